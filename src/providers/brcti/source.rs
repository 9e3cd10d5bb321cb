//! Who attacked, as a source of lookups: the list is asked for once a run.

use std::collections::HashMap;
use std::iter;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;

use crate::config::Settings;
use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::http::Response;
use crate::indicator::{Indicator, Kind, parse};
use crate::intel::{Level, Verdict};
use crate::lookup::{self, Attempt, Lazy};
use crate::system::Clock;

use super::api::Api;
use super::call::Call;
use super::iocs::{self, Attack, Entry};

pub struct Attackers {
    list: Lazy<List>,
}

struct List {
    at: Timestamp,
    /// By their canonical form; with what is said of each, unless a secret of ours stands across
    /// several.
    entries: HashMap<String, Option<Arc<Attack>>>,
}

impl Attackers {
    pub fn new(settings: Settings, clock: Clock, notes: &'static dyn Reporter) -> Self {
        let fetch = move || List::fetch(&Api::new(&settings, clock, notes)?);
        Attackers {
            list: LazyLock::new(Box::new(fetch)),
        }
    }
}

impl List {
    fn fetch(api: &Api) -> Result<Self> {
        let call = Call::AttackIocs;
        let response = api.send(call)?;
        let read = |response: &Response| api.understand(response, call, iocs::read);
        let keys = |entries: &[Entry]| entries.iter().map(key).collect::<Vec<_>>();
        let shown = read(&response);
        // A name of which a secret happens to be a part is listed all the same.
        let (listed, mut shown) = match response.as_sent() {
            Some(sent) => (keys(&read(&sent)?), shown.unwrap_or_default()),
            None => {
                let shown = shown?;
                (keys(&shown), shown)
            }
        };
        if shown.len() != listed.len() {
            shown.clear();
        }
        let attacks = shown.into_iter().map(|entry| Some(Arc::new(entry.attack)));
        let entries = listed.into_iter().zip(attacks.chain(iter::repeat(None)));
        Ok(List {
            at: response.at,
            entries: entries
                .filter_map(|(key, attack)| Some((key?, attack)))
                .collect(),
        })
    }
}

fn key(entry: &Entry) -> Option<String> {
    let parsed = parse(entry.indicator.as_deref()?).ok()?;
    Some(parsed.indicator.key().into_owned())
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
            other => Err(Error::usage(format!("{host} is refused"))
                .cause(format!(
                    "it is of the type {}, and br-cti lists addresses and domains only",
                    other.name()
                ))
                .hint("without --source br-cti is left out, and others are asked")),
        }
    }

    fn ask(&self, query: &Indicator, _: &dyn Fn() -> Result<()>) -> Attempt {
        let list = match &*self.list {
            Ok(list) => list,
            Err(error) => return Attempt::Down(error.clone()),
        };
        let entry = list.entries.get(&*query.key());
        let said = entry.and_then(Option::as_ref);
        let attack = said.and_then(|said| said.attack);
        let verdict = match entry {
            Some(_) => Verdict::Found(Level::Malicious),
            None => Verdict::NotFound,
        };
        let answer = lookup::Answer {
            judgments: attack.map(|attack| vec![attack.to_string()]),
            details: said.map(|said| said.clone() as Arc<dyn lookup::Details>),
            ..lookup::Answer::of(verdict)
        };
        Attempt::answered(answer, Vec::new(), list.at)
    }
}
