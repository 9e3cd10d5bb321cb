//! What an answer means: the vendor's fields under the names that `ti` documents. Pure.
//!
//! Each type names the fields of one in the vendor's text; what is not among them is kept under the
//! name that the service gave it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{Record, Sent, beside};

/// A type of the vendor's: our name of each field, its own (matched without regard to case), and
/// what understands it.
macro_rules! of_the_service {
    ($(#[$about:meta])* $name:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty = $read:ident($theirs:literal),)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
        pub struct $name {
            $($(#[$doc])* pub $field: Option<$type>,)*
            #[serde(flatten)]
            pub unknown: Record,
        }

        impl $name {
            fn of(sent: Record) -> Self {
                let ([$($field),*], unknown) = split(sent, [$($theirs),*]);
                let unknown = beside(&unknown, &[$(stringify!($field)),*]).into_owned();
                $name { $($field: $field.map(self::$read),)* unknown }
            }
        }
    };
}

of_the_service! {
    /// What is known of an address.
    IpInfo {
        /// The address.
        ip: Sent<String> = text("Ip"),
        /// The operator of its network.
        carrier: Sent<String> = text("Carrier"),
        /// Where it is.
        location: Sent<Location> = location("Location"),
        /// The autonomous system that it is in.
        asn: Sent<Asn> = asn("Asn"),
    }
}

of_the_service! {
    /// Where an address is.
    Location {
        /// The country.
        country: Sent<String> = text("Country"),
        /// Its code.
        country_code: Sent<String> = text("CountryCode"),
        /// The province or state.
        province: Sent<String> = text("Province"),
        /// The city.
        city: Sent<String> = text("City"),
        /// The longitude.
        lng: Sent<String> = text("Lng"),
        /// The latitude.
        lat: Sent<String> = text("Lat"),
    }
}

of_the_service! {
    /// An autonomous system.
    Asn {
        /// Its number.
        number: Sent<i64> = integer("Number"),
        /// A risk from 0 to 4, 4 the highest.
        rank: Sent<i64> = integer("Rank"),
        /// Whose it is.
        info: Sent<String> = text("Info"),
    }
}

of_the_service! {
    /// What is known of a domain.
    DomainInfo {
        /// The domain.
        domain: Sent<String> = text("Domain"),
        /// The addresses that it resolves to now.
        cur_ips: Vec<String> = list_of_text("CurIps"),
        /// Its registration.
        cur_whois: Sent<Whois> = whois("CurWhois"),
    }
}

of_the_service! {
    /// The registration of a domain.
    Whois {
        /// Who registered it for its owner.
        registrar_name: Sent<String> = text("RegistrarName"),
        /// Its name servers.
        name_server: Vec<String> = parts("NameServer"),
        /// Whose it is.
        registrant_name: Sent<String> = text("RegistrantName"),
        /// The owner's e-mail address.
        registrant_email: Sent<String> = text("RegistrantEmail"),
        /// The owner's organisation.
        registrant_company: Sent<String> = text("RegistrantCompany"),
        /// The owner's postal address.
        registrant_address: Sent<String> = text("RegistrantAddress"),
        /// The owner's telephone number.
        registrant_phone: Sent<String> = text("RegistrantPhone"),
        /// When it was registered, as given.
        c_date: Sent<String> = text("CDate"),
        /// When that was last changed, as given.
        u_date: Sent<String> = text("UDate"),
        /// When it expires, as given.
        e_date: Sent<String> = text("EDate"),
        /// Its rank at Alexa.
        alexa: Sent<String> = text("Alexa"),
    }
}

/// What the service files an indicator under.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tag {
    /// A tag type of `ti kti types`.
    #[serde(rename = "type")]
    pub kind: Option<Sent<String>>,
    /// The tags of this type.
    pub tags: Option<Vec<String>>,
    #[serde(flatten)]
    pub unknown: Record,
}

impl Tag {
    fn of(sent: Record) -> Self {
        let ([kind, tags], unknown) = split(sent, ["Type", "Tags"]);
        Tag {
            kind: kind.map(text),
            tags: tags.map(list_of_text),
            unknown: beside(&unknown, &["type", "tags"]).into_owned(),
        }
    }
}

/// `IntelIpInfo` or `DomainInfo`: the verdict in it, and what else is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Info<T> {
    pub judgments: Option<Vec<String>>,
    pub tags: Option<Vec<Tag>>,
    /// What is no object stays as it came.
    pub about: Sent<T>,
}

pub fn ip(value: Value) -> Info<IpInfo> {
    info(value, IpInfo::of)
}

pub fn domain(value: Value) -> Info<DomainInfo> {
    info(value, DomainInfo::of)
}

fn info<T>(mut value: Value, of: fn(Record) -> T) -> Info<T> {
    let mut take = |name| take(value.as_object_mut()?, name);
    Info {
        judgments: take("Judgments").map(list_of_text),
        tags: take("Tags").map(|sent| tags(sent).into_iter().map(Tag::of).collect()),
        about: object(value, of),
    }
}

fn object<T>(value: Value, of: fn(Record) -> T) -> Sent<T> {
    match value {
        Value::Object(sent) => Sent::Known(of(sent)),
        other => Sent::Other(other),
    }
}

fn location(value: Value) -> Sent<Location> {
    object(value, Location::of)
}

fn asn(value: Value) -> Sent<Asn> {
    object(value, Asn::of)
}

fn whois(value: Value) -> Sent<Whois> {
    object(value, Whois::of)
}

/// The fields of these names, as [`take`] takes them out, and what is left. In one pass: an answer
/// has some thirty, and there are answers by the million.
pub fn split<const N: usize>(record: Record, names: [&str; N]) -> ([Option<Value>; N], Record) {
    let mut taken = [const { None }; N];
    let mut left = Record::new();
    for (key, value) in record {
        let place = names.iter().position(|name| key.eq_ignore_ascii_case(name));
        let Some(place) = place else {
            left.insert(key, value);
            continue;
        };
        let is_better =
            |(before, _): &(String, Value)| key == names[place] && before != names[place];
        match &mut taken[place] {
            empty @ None => *empty = Some((key, value)),
            Some(before) if is_better(before) => {
                let (key, value) = std::mem::replace(before, (key, value));
                left.insert(key, value);
            }
            Some(_) => {
                left.insert(key, value);
            }
        }
    }
    (taken.map(|field| full(field?.1)), left)
}

fn full(value: Value) -> Option<Value> {
    let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
    (!empty).then_some(value)
}

/// Takes a field out, by name without regard to case; `None` if it is null or empty.
pub fn take(record: &mut Record, name: &str) -> Option<Value> {
    let value = match record.shift_remove(name) {
        Some(value) => value,
        None => {
            let mut keys = record.keys();
            let key = keys.find(|key| key.eq_ignore_ascii_case(name))?.clone();
            record.shift_remove(&key)?
        }
    };
    full(value)
}

/// Numbers and truth values as text; what is no scalar stays as it came.
fn text(value: Value) -> Sent<String> {
    match value {
        Value::String(text) => Sent::Known(text),
        Value::Number(number) => Sent::Known(number.to_string()),
        Value::Bool(truth) => Sent::Known(truth.to_string()),
        other => Sent::Other(other),
    }
}

/// A whole number that came as text or as `0.0`; what is none stays as it came.
pub fn integer(value: Value) -> Sent<i64> {
    let text = match &value {
        Value::String(text) => text.trim(),
        Value::Number(number) => &number.to_string(),
        _ => return Sent::Other(value),
    };
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => whole,
        _ => text,
    };
    whole.parse().map_or(Sent::Other(value), Sent::Known)
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

fn list_of_text(value: Value) -> Vec<String> {
    let entries = list(value).into_iter();
    entries
        .filter_map(|entry| match text(entry) {
            Sent::Known(text) => Some(text),
            // An entry is a scalar.
            Sent::Other(_) => None,
        })
        .collect()
}

/// Text that holds a list, separated by `|`.
fn parts(value: Value) -> Vec<String> {
    let Value::String(joined) = value else {
        return list_of_text(value);
    };
    let parts = joined.split('|').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_string)
        .collect()
}

/// The same for tags, where an entry is an object, and `Tags` holds `Tags`.
fn tags(value: Value) -> Vec<Record> {
    match value {
        Value::Array(items) => items.into_iter().flat_map(tags).collect(),
        Value::Object(children) if is_tag(&children) => vec![children],
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
