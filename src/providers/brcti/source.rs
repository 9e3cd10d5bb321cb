//! Who attacked, as a source of lookups: the list is asked for once a run.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use serde_json::Value;

use crate::config::Settings;
use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::indicator::{Indicator, Kind, parse};
use crate::intel::{Level, Verdict};
use crate::lookup::{self, Answered, Asked, Quota};
use crate::system::Clock;

use super::answer::Outcome;
use super::api::Api;
use super::call::Call;
use super::iocs::{self, Attack, Entry};

pub struct Attackers {
    pub settings: Settings,
    pub clock: Clock,
    pub notes: &'static dyn Reporter,
    pub list: OnceLock<Result<List>>,
}

pub struct List {
    at: Timestamp,
    /// By their canonical form.
    entries: HashMap<String, Arc<Attack>>,
}

impl Attackers {
    fn fetch(&self) -> Result<List> {
        let api = Api::new(&self.settings, self.clock, self.notes)?;
        let call = Call::AttackIocs;
        let response = api.send(call)?;
        let entries = api.understand(&response, call, |outcome| match outcome {
            Outcome::Null => Ok(Vec::new()),
            Outcome::Result(result) => iocs::read(result),
        })?;
        let named = |entry: Entry| {
            let parsed = parse(&entry.indicator?).ok()?;
            let key = parsed.indicator.key().into_owned();
            Some((key, Arc::new(entry.attack)))
        };
        Ok(List {
            at: response.at,
            entries: entries.into_iter().filter_map(named).collect(),
        })
    }
}

impl lookup::Source for Attackers {
    fn name(&self) -> &str {
        "brcti"
    }

    /// Addresses and names: what `ip_address` holds.
    fn accepts(&self, indicator: &Indicator) -> Result<Indicator> {
        let host = indicator.host().unwrap_or(indicator);
        match host.kind() {
            Kind::Ip | Kind::Ipv6 | Kind::Domain => Ok(host.clone()),
            other => Err(Error::usage(format!(
                "br-cti has nothing on {}",
                other.name()
            ))),
        }
    }

    fn ask(&self, query: &Indicator, _: &dyn Fn() -> Result<()>) -> Asked {
        let list = match self.list.get_or_init(|| self.fetch()) {
            Ok(list) => list,
            Err(error) => return Asked::Down(error.clone()),
        };
        let entry = list.entries.get(&*query.key());
        let attack = entry.and_then(|entry| entry.attack);
        Asked::Answered(Box::new(Answered {
            answer: lookup::Answer {
                verdict: match entry {
                    Some(_) => Verdict::Found(Level::Malicious),
                    None => Verdict::NotFound,
                },
                judgments: attack.map(|attack| vec![attack.to_string()]),
                listing: None,
                answered_for: None,
                quota: Quota::default(),
                request_id: Value::Null,
                details: entry.map(|entry| entry.clone() as Arc<dyn lookup::Details>),
            },
            body: Vec::new(),
            at: list.at,
        }))
    }
}
