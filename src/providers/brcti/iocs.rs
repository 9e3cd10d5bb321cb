//! `queryAttackIOCInfo`: who attacked. `ip_address` can hold a domain or a private address.

use std::net::{Ipv4Addr, Ipv6Addr};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::document::{
    AnswerSchema, Body, Column, Document, Drawn, Figure, Json, Label, Lang, Layout, List, Phrase,
    Record, Text, at, beside, record_of, text_at,
};
use crate::indicator::{Indicator, Kind, defang, parse};

use super::call::Call;
use super::names;
use super::view::From;
use super::{countries, wire};

pub const LAYOUT: Layout = Layout {
    table: TABLE,
    empty: Phrase::new(
        "br-cti knows no indicators of attacks.",
        "br-cti 没有攻击情报指标。",
    ),
    max_rows: 10_000,
    drawn: Drawn::OnPages,
    ..Layout::plain(COLUMNS)
};

const COLUMNS: &[Column] = &[
    Column::new("indicator", "Indicator", "指标").harmless(harmless),
    Column::new("type", "Type", "类型"),
    Column::new("private", "Private", "内网"),
    Column::new("country", "Country", "国家或地区"),
    Column::new("region", "Region", "区域"),
    Column::new("city", "City", "城市"),
    Column::new("attack", "Attack", "攻击类型"),
    Column::new("attack_type", "Attack as sent", "攻击类型（原文）"),
    Column::new("port", "Port", "端口"),
    Column::new("hash", "Hash", "哈希"),
    Column::new("location", "Location as sent", "位置（原文）").opt_in(),
];

const TABLE: &[Column] = &[
    Column::new("", "Indicator", "指标")
        .cell(indicator)
        .no_wrap(),
    Column::new("", "Type", "类型").cell(kind).no_wrap(),
    Column::new("", "Country", "国家或地区").cell(country),
    Column::new("region", "Region", "区域").droppable(3),
    Column::new("city", "City", "城市").droppable(4),
    Column::new("", "Attack", "攻击类型").cell(attack).no_wrap(),
    Column::new("port", "Port", "端口").right().droppable(2),
    Column::new("hash", "Hash", "哈希").droppable(1),
];

/// An indicator of an attack.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Entry {
    /// `ip_address` as sent: an address or a domain.
    pub indicator: Option<String>,
    /// What it is; null if it is none of them.
    #[serde(rename = "type")]
    kind: Option<Kind>,
    #[serde(flatten)]
    pub attack: Attack,
}

/// What is said of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Attack {
    /// Whether an address is for use inside a network only (RFC 1918, loopback, link-local,
    /// RFC 6598, RFC 4193); null for what is no address.
    private: Option<bool>,
    /// The first part of `location`, a code.
    country: Option<String>,
    /// The second part of `location`.
    region: Option<String>,
    /// The rest of `location`.
    city: Option<String>,
    /// The attack type's name as in `ti brcti attacks` (`honeypot_info`); null if it is not known.
    pub attack: Option<&'static str>,
    /// The attack type as sent.
    attack_type: Option<String>,
    /// As sent; empty is null.
    port: Option<String>,
    /// As sent; empty is null.
    hash: Option<String>,
    /// As sent.
    location: Option<String>,
    #[serde(flatten)]
    unknown: Record,
}

pub const SCHEMA: AnswerSchema =
    AnswerSchema::list::<Entry>("brcti-iocs", &["brcti attacks --iocs"]);

/// Understands a result; `Err` says which part of it is no entry.
pub fn read(result: Option<&RawValue>) -> Result<Vec<Entry>, String> {
    let Some(result) = result else {
        return Ok(Vec::new());
    };
    let mut entries = Vec::new();
    let mut number = 0;
    let read = wire::elements(result, |element| {
        number += 1;
        if element.get() == "null" {
            return Ok(());
        }
        let entry = Entry::read(element)
            .ok_or_else(|| format!("entry {number} of its result is not an object"))?;
        // The server fills its list up with empty entries.
        if !entry.is_empty() {
            entries.push(entry);
        }
        Ok(())
    });
    match read {
        None => Err("its result is not a list".to_string()),
        Some(read) => read.map(|()| entries),
    }
}

/// Whether nothing is said; of a place, that is what stands between its commas.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == ',')
}

const KNOWN: [&str; 5] = ["ip_address", "location", "attack_type", "port", "hash"];

/// Names of ours that stand for none of the service's.
const OWN: [&str; 7] = [
    "indicator",
    "type",
    "private",
    "country",
    "region",
    "city",
    "attack",
];

impl Entry {
    fn read(raw: &RawValue) -> Option<Entry> {
        let pairs = wire::pairs(raw)?;
        // Of a name that is there twice, what says something.
        let text = |name: &str| {
            let mut values = pairs.iter().filter(|(key, _)| key == name);
            values.find_map(|(_, value)| {
                let text = wire::text(value).into_owned();
                (!text.is_empty() && value.get() != "null").then_some(text)
            })
        };
        let mut unknown = Record::new();
        for (key, value) in &pairs {
            if !KNOWN.contains(&key.as_ref()) && !unknown.contains_key(key.as_ref()) {
                // What is valid JSON there is a value here; a number too large for one stays text.
                let value = serde_json::from_str(value.get())
                    .unwrap_or_else(|_| Value::from(wire::text(value)));
                unknown.insert(key.to_string(), value);
            }
        }
        let address = text("ip_address");
        let indicator = address.as_deref().and_then(|text| parse(text).ok());
        let indicator = indicator.filter(|parsed| parsed.cut_from.is_none());
        let indicator = indicator.map(|parsed| parsed.indicator);
        let location = text("location");
        let [country, region, city] = split(location.as_deref());
        let attack_type = text("attack_type");
        Some(Entry {
            kind: indicator.as_ref().map(Indicator::kind),
            indicator: address,
            attack: Attack {
                private: indicator.as_ref().and_then(is_private),
                country,
                region,
                city,
                attack: attack_type.as_deref().and_then(names::of_attack_type),
                attack_type,
                port: text("port"),
                hash: text("hash"),
                location,
                unknown: beside(&unknown, &OWN).into_owned(),
            },
        })
    }

    fn is_empty(&self) -> bool {
        let Attack {
            attack_type,
            port,
            hash,
            location,
            unknown,
            ..
        } = &self.attack;
        let sent = [&self.indicator, attack_type, port, hash, location];
        let is_nothing = |value: &Value| value.is_null() || value.as_str().is_some_and(is_blank);
        sent.into_iter().flatten().all(|text| is_blank(text)) && unknown.values().all(is_nothing)
    }
}

/// `country,region,city`; what is missing or empty is none, further commas belong to the city.
fn split(location: Option<&str>) -> [Option<String>; 3] {
    let mut parts = location.unwrap_or_default().splitn(3, ',').map(str::trim);
    let mut next = || {
        let part = parts.next().filter(|part| !part.is_empty());
        part.map(str::to_string)
    };
    [next(), next(), next()]
}

/// Whether an address is for use inside a network only; none for what is no address.
fn is_private(indicator: &Indicator) -> Option<bool> {
    match indicator {
        Indicator::Ipv4(address) => Some(is_private_v4(*address)),
        Indicator::Ipv6(address) => Some(is_private_v6(*address)),
        _ => None,
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    // 100.64.0.0/10 is shared by the customers of a carrier (RFC 6598).
    let shared = a == 100 && (64..128).contains(&b);
    address.is_private() || address.is_loopback() || address.is_link_local() || shared
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback()
}

/// An attacker is malicious and shown in a form that no click opens; an address inside a network
/// is nobody's but its owner's.
fn harmless(record: &Record, name: &str) -> String {
    match is_inside(record) {
        true => name.to_string(),
        false => defang(name),
    }
}

fn is_inside(record: &Record) -> bool {
    at(record, "private") == Some(&Value::Bool(true))
}

fn indicator(record: &Record, _: Lang) -> Text {
    let label = match is_inside(record) {
        true => Label::Title,
        false => Label::Malicious,
    };
    Text::new(label, harmless(record, &text_at(record, "indicator")))
}

fn kind(record: &Record, lang: Lang) -> Text {
    let private = is_inside(record);
    let shown = match (text_at(record, "type").as_str(), private) {
        ("ip", true) => Phrase::new("private IP", "内网 IP"),
        ("ipv6", true) => Phrase::new("private IPv6", "内网 IPv6"),
        ("ip", _) => Phrase::new("IP", "IP"),
        ("ipv6", _) => Phrase::new("IPv6", "IPv6"),
        ("domain", _) => Phrase::new("domain", "域名"),
        ("", _) => Phrase::new("?", "?"),
        (other, _) => return Text::plain(other),
    };
    let label = if private {
        Label::Suspicious
    } else {
        Label::Plain
    };
    Text::new(label, shown.in_lang(lang))
}

fn country(record: &Record, lang: Lang) -> Text {
    Text::plain(countries::label(&text_at(record, "country"), lang))
}

/// In the language asked for; what is not known as it came.
fn attack(record: &Record, lang: Lang) -> Text {
    match at(record, "attack").and_then(Value::as_str) {
        Some(name) => Text::plain(names::title(name, lang)),
        None => Text::plain(text_at(record, "attack_type")),
    }
}

/// They, as a view.
pub struct Iocs {
    pub entries: Vec<Entry>,
    pub from: From,
}

impl Document for Iocs {
    fn json(&self) -> Json<'_> {
        Json::Elements(self.rows())
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        Box::new(self.entries.iter().map(record_of))
    }

    fn figure(&self, lang: Lang) -> Figure<'_> {
        let row = |record: Record| {
            TABLE
                .iter()
                .map(|column| column.text(&record, lang))
                .collect()
        };
        let list = List {
            titles: TABLE
                .iter()
                .map(|c| c.title.in_lang(lang).to_string())
                .collect(),
            rows: self.rows().map(row).collect(),
        };
        self.from.figure(Call::AttackIocs, lang, Body::List(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(json: &str) -> Record {
        let raw = RawValue::from_string(format!("[{json}]")).unwrap();
        record_of(&read(Some(&*raw)).unwrap()[0])
    }

    #[test]
    fn addresses_are_classified() {
        for (address, kind, private, shown) in [
            ("36.99.136.136", "ip", Some(false), "36.99.136[.]136"),
            ("192.168.0.238", "ip", Some(true), "192.168.0.238"),
            ("100.64.1.1", "ip", Some(true), "100.64.1.1"),
            (
                "schedule.cantonfair.org.cn",
                "domain",
                None,
                "schedule.cantonfair.org[.]cn",
            ),
            ("fe80::1", "ipv6", Some(true), "fe80::1"),
            ("not an address", "", None, "not an address"),
            ("evil.com:80", "", None, "evil[.]com:80"),
        ] {
            let record = first(&format!(r#"{{"ip_address":"{address}"}}"#));
            assert_eq!(text_at(&record, "type"), kind, "{address}");
            assert_eq!(record["private"].as_bool(), private, "{address}");
            assert_eq!(indicator(&record, Lang::En).text, shown);
        }
    }

    #[test]
    fn location_and_attack_type_are_understood_or_shown_as_they_came() {
        let record = first(
            r#"{"ip_address":"36.99.136.136","location":"FR,Île-de-France,Paris, 15e","attack_type":"蜜罐情报","port":"","hash":null,"score":7}"#,
        );
        assert_eq!(text_at(&record, "city"), "Paris, 15e");
        assert_eq!(text_at(&record, "attack"), "honeypot_info");
        assert_eq!(attack(&record, Lang::En).text, "Honeypot");
        assert_eq!(attack(&record, Lang::Zh).text, "蜜罐情报");
        assert_eq!(country(&record, Lang::Zh).text, "FR  法国");
        assert_eq!(record["port"], Value::Null);
        assert_eq!(record["score"], 7);
        let record = first(r#"{"location":"Atlantis","attack_type":"新类型"}"#);
        assert_eq!(text_at(&record, "country"), "Atlantis");
        assert_eq!(record["region"], Value::Null);
        assert_eq!(attack(&record, Lang::En).text, "新类型");
    }
}
