//! What an answer means: the vendor's fields under the names that `ti` documents. Pure.
//!
//! One table names every field of the vendor's text; what it does not name is kept under the
//! name that the service gave it.

use serde_json::Value;

use crate::document::Record;

/// A field: our name, the vendor's (matched without regard to case), and what it holds.
type Field = (&'static str, &'static str, Holds);

#[derive(Clone, Copy)]
enum Holds {
    Text,
    /// A number; in XML it comes as text.
    Integer,
    Texts,
    /// Text that holds a list, separated by `|`.
    Split,
    Tags,
    Object(&'static [Field]),
}

use Holds::{Integer, Object, Split, Tags, Text, Texts};

/// `IntelIpInfo`
const IP: &[Field] = &[
    ("ip", "Ip", Text),
    ("carrier", "Carrier", Text),
    ("location", "Location", Object(LOCATION)),
    ("asn", "Asn", Object(ASN)),
    ("judgments", "Judgments", Texts),
    ("tags", "Tags", Tags),
];

/// `IpLocationInfo`
const LOCATION: &[Field] = &[
    ("country", "Country", Text),
    ("country_code", "CountryCode", Text),
    ("province", "Province", Text),
    ("city", "City", Text),
    ("lng", "Lng", Text),
    ("lat", "Lat", Text),
];

/// `IpAsnInfo`; the rank is a risk from 0 to 4, 4 the highest.
const ASN: &[Field] = &[
    ("number", "Number", Integer),
    ("rank", "Rank", Integer),
    ("info", "Info", Text),
];

/// `DomainInfo`
const DOMAIN: &[Field] = &[
    ("domain", "Domain", Text),
    ("cur_ips", "CurIps", Texts),
    ("cur_whois", "CurWhois", Object(WHOIS)),
    ("judgments", "Judgments", Texts),
    ("tags", "Tags", Tags),
];

/// `CurWhois`
const WHOIS: &[Field] = &[
    ("registrar_name", "RegistrarName", Text),
    ("name_server", "NameServer", Split),
    ("registrant_name", "RegistrantName", Text),
    ("registrant_email", "RegistrantEmail", Text),
    ("registrant_company", "RegistrantCompany", Text),
    ("registrant_address", "RegistrantAddress", Text),
    ("registrant_phone", "RegistrantPhone", Text),
    ("c_date", "CDate", Text),
    ("u_date", "UDate", Text),
    ("e_date", "EDate", Text),
    ("alexa", "Alexa", Text),
];

/// `TagInfo`
const TAG: &[Field] = &[("type", "Type", Text), ("tags", "Tags", Texts)];

/// `IntelIpInfo` under our names; what is no object stays as it came.
pub fn ip(value: Value) -> Value {
    read(value, IP)
}

/// `DomainInfo` under our names; what is no object stays as it came.
pub fn domain(value: Value) -> Value {
    read(value, DOMAIN)
}

/// An object of the service with our names first and unknown fields behind them.
fn read(value: Value, fields: &[Field]) -> Value {
    let mut wire = match value {
        Value::Object(wire) => wire,
        Value::Null => return Value::Null,
        Value::String(text) if text.is_empty() => return Value::Null,
        other => return other,
    };
    let mut record = Record::new();
    for (name, theirs, holds) in fields {
        let value = take(&mut wire, theirs).map_or(Value::Null, |value| holds.read(value));
        record.insert((*name).to_string(), value);
    }
    keep(&mut record, wire);
    Value::Object(record)
}

/// Adds what the model does not know; a name that we use ourselves is not overwritten.
pub fn keep(record: &mut Record, unknown: Record) {
    for (name, value) in unknown {
        let mut free = name;
        while record.contains_key(&free) {
            free.push('_');
        }
        record.insert(free, value);
    }
}

/// Takes a field out, by name without regard to case; none where it is null or empty.
pub fn take(record: &mut Record, name: &str) -> Option<Value> {
    let key = match record.contains_key(name) {
        true => name.to_string(),
        false => record
            .keys()
            .find(|key| key.eq_ignore_ascii_case(name))?
            .clone(),
    };
    let value = record.shift_remove(&key)?;
    let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
    (!empty).then_some(value)
}

impl Holds {
    fn read(self, value: Value) -> Value {
        match self {
            Text => text(value),
            Integer => integer(value),
            Texts => list(value).into_iter().map(text).collect(),
            Split => match value {
                Value::String(joined) => {
                    let parts = joined.split('|').map(str::trim);
                    parts
                        .filter(|part| !part.is_empty())
                        .map(Value::from)
                        .collect()
                }
                other => list(other).into_iter().map(text).collect(),
            },
            Tags => tags(value).into_iter().map(|tag| read(tag, TAG)).collect(),
            Object(fields) => read(value, fields),
        }
    }
}

/// Numbers and truth values as text; what is no scalar stays as it came.
fn text(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(truth) => Value::String(truth.to_string()),
        other => other,
    }
}

/// A whole number that came as text or as `0.0`; what is none stays as it came.
pub fn integer(value: Value) -> Value {
    let text = match &value {
        Value::String(text) => text.trim(),
        Value::Number(number) if number.is_f64() => &number.to_string(),
        _ => return value,
    };
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => whole,
        _ => text,
    };
    whole.parse::<i64>().map_or(value, Value::from)
}

/// The entries of a list in any of the vendor's forms: `["a"]`, `{"item": ["a"]}`,
/// `{"Item": "a"}`, `"a"`; blanks and nulls are no entries.
fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::Array(items) => items.into_iter().flat_map(list).collect(),
        Value::Object(children) => children
            .into_iter()
            .flat_map(|(_, child)| list(child))
            .collect(),
        scalar => vec![scalar],
    }
}

/// The same for tags, where an entry is an object, and `Tags` holds `Tags`.
fn tags(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.into_iter().flat_map(tags).collect(),
        Value::Object(children) if is_tag(&children) => vec![Value::Object(children)],
        Value::Object(children) => children
            .into_iter()
            .flat_map(|(_, child)| tags(child))
            .collect(),
        _ => Vec::new(),
    }
}

/// An entry has a type; one without has `Tags` with plain names in it.
fn is_tag(children: &Record) -> bool {
    let has = |name: &str| {
        children
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
    };
    match (has("Type"), has("Tags")) {
        (Some(_), _) => true,
        (None, Some((_, names))) => {
            children.len() == 1 && tags(names.clone()).is_empty() && !list(names.clone()).is_empty()
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests;
