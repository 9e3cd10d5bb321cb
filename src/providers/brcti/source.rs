//! Who attacked, as a source of lookups: the list is asked for once a run.

use std::collections::HashMap;
use std::iter;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;

use crate::config::Settings;
use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::indicator::{Indicator, Kind, parse};
use crate::intel::{Level, Verdict};
use crate::lookup::{self, Attempt, Lazy};
use crate::system::Clock;

use super::api::Api;
use super::call::Call;
use super::doubts::{many, say_null};
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
        let fetch = move || List::fetch(&Api::new(&settings, clock, notes)?, notes);
        Attackers {
            list: LazyLock::new(Box::new(fetch)),
        }
    }
}

impl List {
    fn fetch(api: &Api, notes: &dyn Reporter) -> Result<Self> {
        let call = Call::AttackIocs;
        let response = api.send(call)?;
        // A name of which a secret happens to be a part is listed all the same.
        let sent = response.as_sent();
        let sent = sent.as_ref().unwrap_or(&response);
        let listed = api.understand(sent, call, |result| {
            say_null(result, call, notes);
            keys(&iocs::read(result)?)
        })?;
        let shown = api.understand(&response, call, iocs::read);
        let mut shown = shown.unwrap_or_default();
        if shown.len() != listed.len() {
            shown.clear();
        }
        if let unnamed @ 1.. = listed.iter().filter(|key| key.is_none()).count() {
            notes.warning(&many(
                unnamed,
                "entry of br-cti's list names no address or domain, and cannot be looked up",
                "entries of br-cti's list name no address or domain, and cannot be looked up",
            ));
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

/// Addresses and names: what `ip_address` holds, and what is looked up there.
fn is_looked_up(indicator: &Indicator) -> bool {
    matches!(indicator.kind(), Kind::Ip | Kind::Ipv6 | Kind::Domain)
}

/// What each entry is looked up by; `None` if it names nothing that can be.
fn keys(entries: &[Entry]) -> Result<Vec<Option<String>>, String> {
    let key = |entry: &Entry| {
        let named = parse(entry.indicator.as_deref()?).ok()?.indicator;
        is_looked_up(&named).then(|| named.key().into_owned())
    };
    let keys: Vec<_> = entries.iter().map(key).collect();
    // What is asked about may be one of them.
    match keys.is_empty() || keys.iter().any(Option::is_some) {
        true => Ok(keys),
        false => Err(
            "not one entry of its result names an address or a domain as ip_address".to_string(),
        ),
    }
}

impl lookup::Source for Attackers {
    fn name(&self) -> &str {
        "brcti"
    }

    fn accepts(&self, indicator: &Indicator) -> Result<Indicator> {
        let host = indicator.host().unwrap_or(indicator);
        if is_looked_up(host) {
            return Ok(host.clone());
        }
        Err(Error::usage(format!("{host} is refused"))
            .cause(format!(
                "it is of the type {}, and br-cti lists addresses and domains only",
                host.kind().name()
            ))
            .hint("without --source br-cti is left out, and others are asked"))
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
