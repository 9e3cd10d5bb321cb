//! Known-good lists: what is on one is marked, never dropped. Pure.
//!
//! Two forms are understood: MISP's warning lists (JSON, of all five types), and plain lists, an
//! entry a line: an address, a range, a domain with all names below it, `=exact.name`, a URL, a
//! hash, an e-mail address; what stands in a second column is the reason.

mod entries;

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use ipnet::IpNet;
use regex_lite::{Regex, RegexBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::indicator::{Algorithm, Indicator, Kind, parse, without_escapes};

use entries::{Entries, Keys, Place, name};

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
            let place = list.place(indicator)?;
            let reason = list.reasons.get(&place).or(list.reason.as_ref());
            Some(IgnoredBy {
                list: list.name.clone(),
                entry: list.entries.get(place).to_string(),
                reason: reason.cloned(),
            })
        })
    }
}

/// One list, whatever its form. Entries are known by their place.
#[derive(Debug, Default)]
struct List {
    name: String,
    /// Why an entry without a reason of its own is on it.
    reason: Option<String>,
    /// Kinds that it is about; none of them: all.
    kinds: BTreeSet<Kind>,
    entries: Entries,
    reasons: HashMap<Place, String>,
    /// What is the same, by its kind and key.
    exact: HashMap<(Kind, String), Place>,
    /// What is the same in the words of the list.
    literal: Keys,
    /// A name and all below it.
    domains: Keys,
    ranges: HashMap<IpNet, Place>,
    /// Lengths of the prefixes of the ranges.
    lengths: BTreeSet<u8>,
    substrings: Vec<(String, Place)>,
    patterns: Vec<(Regex, Place)>,
}

impl List {
    fn place(&self, indicator: &Indicator) -> Option<Place> {
        let kind = indicator.kind();
        if !self.kinds.is_empty() && !self.kinds.contains(&kind) {
            return None;
        }
        let key = indicator.key().into_owned();
        let text = indicator.to_string();
        let literal = |key: &str| self.literal.get(&self.entries, key);
        let exact = |key: &str| self.exact.get(&(kind, key.to_string())).copied();
        // A page is the same however it is escaped, as it is to `ti match`.
        let unescaped = || {
            let mut keys = without_escapes(&key).filter(|_| kind == Kind::Url);
            keys.find_map(|key| exact(&key).or_else(|| literal(&key)))
        };
        exact(&key)
            .or_else(|| literal(&key))
            .or_else(|| literal(&text))
            .or_else(unescaped)
            .or_else(|| self.name_above(indicator))
            .or_else(|| self.range_about(indicator))
            .or_else(|| first(&self.substrings, |part| text.contains(part.as_str())))
            .or_else(|| first(&self.patterns, |pattern| pattern.is_match(&text)))
    }

    /// The host itself, or the nearest name above it.
    fn name_above(&self, indicator: &Indicator) -> Option<Place> {
        let Some(Indicator::Domain(domain)) = indicator.host() else {
            return None;
        };
        let mut name = domain.ascii();
        loop {
            if let Some(place) = self.domains.get(&self.entries, name) {
                return Some(place);
            }
            (_, name) = name.split_once('.')?;
        }
    }

    /// The narrowest range that has the address, or the whole range.
    fn range_about(&self, indicator: &Indicator) -> Option<Place> {
        let asked = match indicator {
            Indicator::Cidr(_) => range_of(indicator)?,
            other => range_of(other.host()?)?,
        };
        let lengths = self.lengths.range(..=asked.prefix_len()).rev();
        lengths
            .filter_map(|length| IpNet::new(asked.addr(), *length).ok())
            .find_map(|range| self.ranges.get(&range.trunc()).copied())
    }

    /// The same words, or the same indicator in other words.
    fn add_literal(&mut self, place: Place) {
        let text = self.entries.get(place).trim();
        if let Ok(parsed) = parse(text) {
            let key = parsed.indicator.key().into_owned();
            let key = (parsed.indicator.kind(), key);
            self.exact.entry(key).or_insert(place);
        }
        let lower = text.to_lowercase();
        self.literal.insert(&self.entries, &lower, place);
    }

    fn push_range(&mut self, range: IpNet, place: Place) {
        self.lengths.insert(range.prefix_len());
        self.ranges.entry(range.trunc()).or_insert(place);
    }

    fn finished(mut self) -> Self {
        self.literal.finish();
        self.domains.finish();
        self
    }
}

fn first<T>(entries: &[(T, Place)], is_meant: impl Fn(&T) -> bool) -> Option<Place> {
    let found = entries.iter().find(|(entry, _)| is_meant(entry));
    found.map(|(_, place)| *place)
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
        let place = list.entries.push(entry)?;
        list.reasons.extend(reason.map(|reason| (place, reason)));
        match indicator {
            Indicator::Domain(domain) if !is_exact => {
                list.domains.insert(&list.entries, domain.ascii(), place);
            }
            other => match range_of(&other).filter(|_| !is_exact) {
                Some(range) => list.push_range(range, place),
                None => {
                    let key = (other.kind(), other.key().into_owned());
                    list.exact.entry(key).or_insert(place);
                }
            },
        }
    }
    match list.entries.is_empty() {
        true => Err("it has no entry".to_string()),
        false => Ok(list.finished()),
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
    form: Matching,
    list: Entries,
    #[serde(default)]
    matching_attributes: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Matching {
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
        entries: read.list,
        ..List::default()
    };
    let mut lower = String::new();
    for place in list.entries.places() {
        let text = list.entries.get(place);
        match read.form {
            Matching::String | Matching::Hostname if is_plain(text) => {
                lower.clear();
                lower.push_str(name(text));
                lower.make_ascii_lowercase();
                let keys = match read.form {
                    Matching::String => &mut list.literal,
                    _ => &mut list.domains,
                };
                keys.insert(&list.entries, &lower, place);
            }
            Matching::String => list.add_literal(place),
            Matching::Substring => list.substrings.push((text.to_lowercase(), place)),
            Matching::Hostname => {
                let name = name(text);
                // In its own script, a name is asked for by its A-labels.
                let ascii = match parse(name).map(|parsed| parsed.indicator) {
                    Ok(Indicator::Domain(domain)) => domain.ascii().to_string(),
                    _ => name.to_lowercase(),
                };
                list.domains.insert(&list.entries, &ascii, place);
            }
            Matching::Cidr => match range(text) {
                Some(range) => list.push_range(range, place),
                None => list.add_literal(place),
            },
            Matching::Regex => {
                let pattern = pattern(text).map_err(|why| format!("{text:?}: {why}"))?;
                list.patterns.push((pattern, place));
            }
        }
    }
    Ok(list.finished())
}

/// Whether an entry is its own key, but for case, without a look at what it is: most of a million
/// are a digest, an address or a name.
fn is_plain(text: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let bytes = text.as_bytes();
    let top = bytes.rsplit(|byte| *byte == b'.').next();
    let top = top.and_then(<[u8]>::first).copied().unwrap_or_default();
    let is_digest = Algorithm::of(text).is_some();
    // An address may be written as one number, or with a top that is one.
    let is_own_key = top.is_ascii_alphabetic() && bytes.contains(&b'.')
        || is_digest
        || text.parse::<std::net::Ipv4Addr>().is_ok();
    is_own_key
        && bytes.iter().all(|byte| is_of_name(*byte))
        && !bytes.starts_with(b".")
        && !text.contains("--")
}

/// A range, or a single address.
fn range(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let alone = || text.parse::<IpAddr>().ok().map(IpNet::from);
    let range: IpNet = text.parse().ok().or_else(alone)?;
    range_of(&range.into())
}

/// The addresses that an indicator is; an address is a range of one.
fn range_of(indicator: &Indicator) -> Option<IpNet> {
    match indicator {
        Indicator::Ipv4(address) => Some(IpAddr::from(*address).into()),
        Indicator::Ipv6(address) => Some(IpAddr::from(*address).into()),
        Indicator::Cidr(range) => Some(*range),
        _ => None,
    }
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
