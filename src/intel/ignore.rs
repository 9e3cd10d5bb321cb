//! Known-good lists: what is on one is marked, never dropped. Pure.
//!
//! Two forms are understood: MISP's warning lists (JSON, of all five types), and plain lists, an
//! entry a line: an address, a range, a domain with all names below it, `=exact.name`, a URL, a
//! hash, an e-mail address; what stands in a second column is the reason.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use ipnet::IpNet;
use regex_lite::{Regex, RegexBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::indicator::{Indicator, Kind, parse};

/// The entry of a known-good list that an indicator is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IgnoredBy {
    /// The list: its own name, or that of its file.
    pub list: String,
    /// The entry as it stands there.
    pub entry: String,
    /// Why it is on the list, where the list says so.
    pub reason: Option<String>,
}

/// All lists of a run, in the order in which they were named.
#[derive(Debug, Default)]
pub struct Ignore {
    lists: Vec<List>,
}

impl Ignore {
    /// Adds the list in `text`; `file` is its name, for errors and where it has none of its own.
    ///
    /// # Errors
    /// [`Config`](crate::error::Kind::Config): it is in neither form, or an entry is no entry.
    pub fn add(&mut self, file: &str, text: &str) -> Result<()> {
        let text = text.trim_start_matches('\u{feff}');
        let list = match text.trim_start().starts_with(['{', '[']) {
            true => warning_list(file, text),
            false => plain_list(file, text),
        };
        self.lists.push(list.map_err(|why| {
            Error::config(format!("the known-good list {file} cannot be used"))
                .cause(why)
                .hint(
                    "a list is MISP's (JSON), or has an address, a range, a domain or =exact.name \
                     in each line",
                )
        })?);
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The first entry that the indicator is on; `None` if nobody calls it good.
    pub fn find(&self, indicator: &Indicator) -> Option<IgnoredBy> {
        self.lists.iter().find_map(|list| {
            let entry = list.entry(indicator)?;
            Some(IgnoredBy {
                list: list.name.clone(),
                entry: entry.text.clone(),
                reason: entry.reason.clone().or_else(|| list.reason.clone()),
            })
        })
    }
}

#[derive(Debug)]
struct Entry {
    text: String,
    reason: Option<String>,
}

/// One list, whatever its form. Entries are known by their place.
#[derive(Debug, Default)]
struct List {
    name: String,
    /// Why an entry without a reason of its own is on it.
    reason: Option<String>,
    /// Kinds that it is about; none of them: all.
    kinds: BTreeSet<Kind>,
    entries: Vec<Entry>,
    /// What is the same, by its kind and key.
    exact: HashMap<(Kind, String), usize>,
    /// What is the same in the words of the list.
    literal: HashMap<String, usize>,
    /// A name and all below it.
    domains: HashMap<String, usize>,
    ranges: HashMap<IpNet, usize>,
    /// Lengths of the prefixes of the ranges.
    lengths: BTreeSet<u8>,
    substrings: Vec<(String, usize)>,
    patterns: Vec<(Regex, usize)>,
}

impl List {
    fn entry(&self, indicator: &Indicator) -> Option<&Entry> {
        let kind = indicator.kind();
        if !self.kinds.is_empty() && !self.kinds.contains(&kind) {
            return None;
        }
        let key = indicator.key().into_owned();
        let place = self
            .exact
            .get(&(kind, key.clone()))
            .or_else(|| self.literal.get(&key))
            .or_else(|| self.literal.get(&indicator.to_string()))
            .or_else(|| self.name_above(indicator))
            .or_else(|| self.range_about(indicator))
            .copied();
        let text = || indicator.to_string();
        let place = place
            .or_else(|| {
                let text = text();
                let mut all = self.substrings.iter();
                all.find(|(part, _)| text.contains(part.as_str()))
                    .map(|(_, place)| *place)
            })
            .or_else(|| {
                let text = text();
                let mut all = self.patterns.iter();
                all.find(|(pattern, _)| pattern.is_match(&text))
                    .map(|(_, place)| *place)
            })?;
        self.entries.get(place)
    }

    /// The host itself, or the nearest name above it.
    fn name_above(&self, indicator: &Indicator) -> Option<&usize> {
        let Some(Indicator::Domain(domain)) = indicator.host() else {
            return None;
        };
        let mut name = domain.ascii();
        loop {
            if let Some(place) = self.domains.get(name) {
                return Some(place);
            }
            (_, name) = name.split_once('.')?;
        }
    }

    /// The narrowest range that has the address, or the whole range.
    fn range_about(&self, indicator: &Indicator) -> Option<&usize> {
        let asked = match indicator {
            Indicator::Cidr(range) => *range,
            other => match other.host()? {
                Indicator::Ipv4(address) => IpNet::from(IpAddr::V4(*address)),
                Indicator::Ipv6(address) => IpNet::from(IpAddr::V6(*address)),
                _ => return None,
            },
        };
        let lengths = self.lengths.range(..=asked.prefix_len()).rev();
        lengths
            .filter_map(|length| IpNet::new(asked.addr(), *length).ok())
            .find_map(|range| self.ranges.get(&range.trunc()))
    }

    fn push(&mut self, text: &str, reason: Option<String>) -> usize {
        self.entries.push(Entry {
            text: text.to_string(),
            reason,
        });
        self.entries.len() - 1
    }

    fn push_range(&mut self, range: IpNet, place: usize) {
        self.lengths.insert(range.prefix_len());
        self.ranges.entry(range.trunc()).or_insert(place);
    }
}

/// An entry a line, with a reason behind it.
fn plain_list(file: &str, text: &str) -> Result<List, String> {
    let mut list = List {
        name: file.to_string(),
        ..List::default()
    };
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (entry, reason) = columns(line);
        let failed = |why: &dyn std::fmt::Display| format!("line {}: {entry:?}: {why}", number + 1);
        let (is_exact, named) = match entry.strip_prefix('=') {
            Some(name) => (true, name),
            None => (false, entry),
        };
        let indicator = parse(named).map_err(|refusal| failed(&refusal))?.indicator;
        let place = list.push(entry, reason);
        match indicator {
            Indicator::Domain(domain) if !is_exact => {
                let name = domain.ascii().to_string();
                list.domains.entry(name).or_insert(place);
            }
            Indicator::Cidr(range) if !is_exact => list.push_range(range, place),
            other => {
                let key = (other.kind(), other.key().into_owned());
                list.exact.entry(key).or_insert(place);
            }
        }
    }
    match list.entries.is_empty() {
        true => Err("it has no entry".to_string()),
        false => Ok(list),
    }
}

/// The first column and what stands in the second one; a `#` begins a reason too.
fn columns(line: &str) -> (&str, Option<String>) {
    let line = line.trim_matches('"');
    let ends = |c: char| c == ',' || c == ';' || c.is_whitespace();
    let Some((entry, rest)) = line.split_once(ends) else {
        return (line, None);
    };
    let reason = rest.trim_matches(|c: char| ends(c) || c == '"' || c == '#');
    let entry = entry.trim_matches('"');
    (entry, (!reason.is_empty()).then(|| reason.to_string()))
}

#[derive(Deserialize)]
struct WarningList {
    name: Option<String>,
    description: Option<String>,
    #[serde(rename = "type")]
    form: Form,
    list: Vec<String>,
    #[serde(default)]
    matching_attributes: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    String,
    Substring,
    Hostname,
    Cidr,
    Regex,
}

/// A list of MISP's; an attribute that is none of ours (a telephone number) matches nothing.
fn warning_list(file: &str, text: &str) -> Result<List, String> {
    let read: WarningList = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let kinds: BTreeSet<Kind> = read
        .matching_attributes
        .iter()
        .flat_map(|attribute| kinds_of(attribute))
        .collect();
    let is_for_others = kinds.is_empty() && !read.matching_attributes.is_empty();
    let mut list = List {
        name: read.name.unwrap_or_else(|| file.to_string()),
        reason: read.description,
        kinds: if is_for_others {
            BTreeSet::from([Kind::Other])
        } else {
            kinds
        },
        ..List::default()
    };
    for text in &read.list {
        let place = list.push(text, None);
        match read.form {
            Form::String => add_literal(&mut list, text, place),
            Form::Substring => list.substrings.push((text.to_lowercase(), place)),
            Form::Hostname => {
                let name = text.trim().trim_start_matches('.').trim_end_matches('.');
                // In its own script, a name is asked for by its A-labels.
                let ascii = match parse(name).map(|parsed| parsed.indicator) {
                    Ok(Indicator::Domain(domain)) => domain.ascii().to_string(),
                    _ => name.to_lowercase(),
                };
                list.domains.entry(ascii).or_insert(place);
            }
            Form::Cidr => match range(text) {
                Some(range) => list.push_range(range, place),
                None => add_literal(&mut list, text, place),
            },
            Form::Regex => {
                let pattern = pattern(text).map_err(|why| format!("{text:?}: {why}"))?;
                list.patterns.push((pattern, place));
            }
        }
    }
    Ok(list)
}

/// The same words, or the same indicator in other words.
fn add_literal(list: &mut List, text: &str, place: usize) {
    let text = text.trim();
    if let Ok(parsed) = parse(text) {
        let key = parsed.indicator.key().into_owned();
        let key = (parsed.indicator.kind(), key);
        list.exact.entry(key).or_insert(place);
    }
    list.literal.entry(text.to_lowercase()).or_insert(place);
}

/// A range, or a single address.
fn range(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let alone = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse().ok().or_else(alone)
}

/// `/pattern/flags`, as PHP writes it.
fn pattern(text: &str) -> Result<Regex, String> {
    let (pattern, flags) = match text
        .strip_prefix('/')
        .and_then(|rest| rest.rsplit_once('/'))
    {
        Some((pattern, flags)) => (pattern, flags),
        None => (text, ""),
    };
    // An escaped delimiter is the character itself, and so is an escaped @.
    let pattern = pattern.replace("\\/", "/").replace("\\@", "@");
    RegexBuilder::new(&pattern)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .size_limit(1 << 20)
        .build()
        .map_err(|error| error.to_string())
}

/// The kinds that an attribute of MISP's can hold; a composite is about each of its parts.
fn kinds_of(attribute: &str) -> Vec<Kind> {
    let of_part = |part: &str| match part {
        "ip-src" | "ip-dst" | "ip" => vec![Kind::Ip, Kind::Ipv6, Kind::Cidr],
        "domain" | "hostname" => vec![Kind::Domain],
        "url" | "uri" | "link" => vec![Kind::Url],
        "md5" => vec![Kind::Md5],
        "sha1" => vec![Kind::Sha1],
        "sha256" => vec![Kind::Sha256],
        "sha512" => vec![Kind::Sha512],
        "email"
        | "email-src"
        | "email-dst"
        | "target-email"
        | "whois-registrant-email"
        | "dns-soa-email" => vec![Kind::Email],
        _ => Vec::new(),
    };
    attribute.split('|').flat_map(of_part).collect()
}

#[cfg(test)]
mod tests;
