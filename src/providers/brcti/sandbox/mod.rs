//! br-cti's side of the sandbox: the vendor's own example of each answer, or with `--large` a
//! year of hours and 60 countries.

mod large;

use serde_json::json;

use crate::providers::brcti::call::Call;
use crate::sandbox::{Options, Received, Reply, SAMPLE_HEADER, Service};

/// The vendor documents no authentication; here a token is asked for, so that one is sent.
const TOKEN: &str = "sandbox-token";

pub(super) struct Brcti {
    large: bool,
}

impl Brcti {
    pub fn new(options: &Options) -> Self {
        Brcti {
            large: options.large,
        }
    }
}

impl Service for Brcti {
    fn answer(&self, request: &Received) -> Reply {
        let authorised = request.header("authorization") == Some(&format!("Bearer {TOKEN}"));
        if !authorised {
            return error(401, "unauthorized");
        }
        let path = |call: &Call| request.path == format!("/{}", call.path());
        match Call::ALL.into_iter().find(path) {
            None => error(404, "not found"),
            Some(call) if self.large => json_reply(200, large::answer(call)),
            Some(call) => json_reply(200, example(call)),
        }
    }

    fn failure(&self, status: u16, _: &Received) -> Reply {
        match status {
            502 | 504 => Reply::bad_gateway(status),
            _ => error(status, "sandbox: failed on purpose"),
        }
    }

    fn settings(&self, url: &str) -> Vec<(&'static str, String)> {
        vec![("endpoint", url.to_string()), ("token", TOKEN.to_string())]
    }
}

fn error(status: u16, message: &str) -> Reply {
    json_reply(status, json!({"error": message}).to_string())
}

fn json_reply(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply::json(status, body).header(SAMPLE_HEADER, "invented")
}

/// The answer that the vendor's text gives as an example.
fn example(call: Call) -> &'static str {
    match call {
        Call::Geo => include_str!("examples/queryIOCGeoDistribution.json"),
        Call::Types => include_str!("examples/queryIOCTypeDistribution.json"),
        Call::Attacks => include_str!("examples/queryAttackTypeStatistics.json"),
        Call::AttackIocs => include_str!("examples/queryAttackIOCInfo.json"),
        Call::Traffic => include_str!("examples/queryTrafficTypeRatio.json"),
        Call::TrafficSeries => include_str!("examples/queryTrafficTimeSeries.json"),
    }
}
