//! What an answer means: the vendor's fields under the names that `ti` documents. Pure.
//!
//! Each type names the fields of one in the vendor's text; what is not among them is kept under the
//! name that the service gave it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{Record, Sent, beside};

use super::tree::{Fields, Node};

/// A type of the vendor's: our name of each field, its own (matched without regard to case), and
/// what understands it.
macro_rules! of_the_service {
    ($(#[$about:meta])* $name:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty = $theirs:literal as $read:expr,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
        pub struct $name {
            $($(#[$doc])* pub $field: Option<$type>,)*
            #[serde(flatten)]
            pub unknown: Record,
        }

        impl $name {
            fn of(sent: Fields) -> Self {
                let ([$($field),*], left) = sent.split([$($theirs),*]);
                $name {
                    $($field: $field.map($read),)*
                    unknown: unknown(left, &[$(stringify!($field)),*]),
                }
            }
        }
    };
}

of_the_service! {
    /// What is known of an address.
    IpInfo {
        /// The address.
        ip: Sent<String> = "Ip" as text,
        /// The operator of its network.
        carrier: Sent<String> = "Carrier" as text,
        /// Where it is.
        location: Sent<Location> = "Location" as object(Location::of),
        /// The autonomous system that it is in.
        asn: Sent<Asn> = "Asn" as object(Asn::of),
    }
}

of_the_service! {
    /// Where an address is.
    Location {
        /// The country.
        country: Sent<String> = "Country" as text,
        /// Its code.
        country_code: Sent<String> = "CountryCode" as text,
        /// The province or state.
        province: Sent<String> = "Province" as text,
        /// The city.
        city: Sent<String> = "City" as text,
        /// The longitude.
        lng: Sent<String> = "Lng" as text,
        /// The latitude.
        lat: Sent<String> = "Lat" as text,
    }
}

of_the_service! {
    /// An autonomous system.
    Asn {
        /// Its number.
        number: Sent<i64> = "Number" as integer,
        /// A risk from 0 to 4, 4 the highest.
        rank: Sent<i64> = "Rank" as integer,
        /// Whose it is.
        info: Sent<String> = "Info" as text,
    }
}

of_the_service! {
    /// What is known of a domain.
    DomainInfo {
        /// The domain.
        domain: Sent<String> = "Domain" as text,
        /// The addresses that it resolves to now.
        cur_ips: Vec<String> = "CurIps" as list_of_text,
        /// Its registration.
        cur_whois: Sent<Whois> = "CurWhois" as object(Whois::of),
    }
}

of_the_service! {
    /// The registration of a domain.
    Whois {
        /// Who registered it for its owner.
        registrar_name: Sent<String> = "RegistrarName" as text,
        /// Its name servers.
        name_server: Vec<String> = "NameServer" as parts,
        /// Whose it is.
        registrant_name: Sent<String> = "RegistrantName" as text,
        /// The owner's e-mail address.
        registrant_email: Sent<String> = "RegistrantEmail" as text,
        /// The owner's organisation.
        registrant_company: Sent<String> = "RegistrantCompany" as text,
        /// The owner's postal address.
        registrant_address: Sent<String> = "RegistrantAddress" as text,
        /// The owner's telephone number.
        registrant_phone: Sent<String> = "RegistrantPhone" as text,
        /// When it was registered, as given.
        c_date: Sent<String> = "CDate" as text,
        /// When that was last changed, as given.
        u_date: Sent<String> = "UDate" as text,
        /// When it expires, as given.
        e_date: Sent<String> = "EDate" as text,
        /// Its rank at Alexa.
        alexa: Sent<String> = "Alexa" as text,
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
    fn of(sent: Fields) -> Self {
        let ([kind, tags], left) = sent.split(["Type", "Tags"]);
        Tag {
            kind: kind.map(text),
            tags: tags.map(list_of_text),
            unknown: unknown(left, &["type", "tags"]),
        }
    }
}

/// What such an object may hold.
pub const NAMES: &[&str] = &[
    "Ip",
    "Domain",
    "Judgments",
    "Tags",
    "Carrier",
    "Location",
    "Asn",
    "CurIps",
    "CurWhois",
];

/// `IntelIpInfo` or `DomainInfo`: the verdict in it, and what else is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Info<T> {
    pub judgments: Option<Vec<String>>,
    pub tags: Option<Vec<Tag>>,
    /// What is no object stays as it came.
    pub about: Sent<T>,
}

pub fn ip(sent: Node) -> Info<IpInfo> {
    info(sent, IpInfo::of)
}

pub fn domain(sent: Node) -> Info<DomainInfo> {
    info(sent, DomainInfo::of)
}

fn info<T>(sent: Node, of: fn(Fields) -> T) -> Info<T> {
    let ([judgments, sent_tags], about) = match sent {
        Node::Object(fields) => {
            let (taken, left) = fields.split(["Judgments", "Tags"]);
            (taken, Sent::Known(of(left)))
        }
        other => ([None, None], Sent::Other(other.into_value())),
    };
    Info {
        judgments: judgments.map(parts),
        tags: sent_tags.map(|sent| tags(sent).into_iter().map(Tag::of).collect()),
        about,
    }
}

fn object<T>(of: fn(Fields) -> T) -> impl FnOnce(Node) -> Sent<T> {
    move |sent| match sent {
        Node::Object(fields) => Sent::Known(of(fields)),
        other => Sent::Other(other.into_value()),
    }
}

/// What the model does not know, to stand beside the fields of these names.
fn unknown(left: Fields, names: &[&str]) -> Record {
    beside(&left.into_record(), names).into_owned()
}

/// Numbers and truth values as text; what is no scalar stays as it came.
fn text(sent: Node) -> Sent<String> {
    match sent {
        Node::Text(text) => Sent::Known(text.into_owned()),
        Node::Other(Value::Number(number)) => Sent::Known(number.to_string()),
        Node::Other(Value::Bool(truth)) => Sent::Known(truth.to_string()),
        other => Sent::Other(other.into_value()),
    }
}

/// A whole number that came as text or as `0.0`; what is none stays as it came.
pub fn integer(sent: Node) -> Sent<i64> {
    let text = match &sent {
        Node::Text(text) => text.trim(),
        Node::Other(Value::Number(number)) => &number.to_string(),
        _ => return Sent::Other(sent.into_value()),
    };
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => whole,
        _ => text,
    };
    match whole.parse() {
        Ok(number) => Sent::Known(number),
        Err(_) => Sent::Other(sent.into_value()),
    }
}

/// The entries of a list in any of the vendor's forms: `["a"]`, `{"item": ["a"]}`,
/// `{"Item": "a"}`, `"a"`; blanks and nulls are no entries.
fn list(sent: Node) -> Vec<Node> {
    match sent {
        Node::Other(Value::Null) => Vec::new(),
        Node::Text(text) if text.trim().is_empty() => Vec::new(),
        Node::List(items) => items.into_iter().flat_map(list).collect(),
        Node::Object(children) => children.into_values().flat_map(list).collect(),
        scalar => vec![scalar],
    }
}

fn list_of_text(sent: Node) -> Vec<String> {
    let entries = list(sent).into_iter();
    entries
        .filter_map(|entry| match text(entry) {
            Sent::Known(text) => Some(text),
            // An entry is a scalar.
            Sent::Other(_) => None,
        })
        .collect()
}

/// Text that holds a list, separated by `|`.
fn parts(sent: Node) -> Vec<String> {
    let entries = list_of_text(sent);
    let parts = entries.iter().flat_map(|joined| joined.split('|'));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_string).collect()
}

/// The same for tags, where an entry is an object, and `Tags` holds `Tags`.
fn tags(sent: Node) -> Vec<Fields> {
    match sent {
        Node::List(items) => items.into_iter().flat_map(tags).collect(),
        Node::Object(children) if is_tag(&children) => vec![children],
        Node::Object(children) => children.into_values().flat_map(tags).collect(),
        _ => Vec::new(),
    }
}

/// An entry has a type; one without has `Tags` with plain names in it.
fn is_tag(children: &Fields) -> bool {
    match (children.get("Type"), children.get("Tags")) {
        (Some(_), _) => true,
        (None, Some(names)) => {
            let names = names.into_owned();
            children.len() == 1 && tags(names.clone()).is_empty() && !list(names).is_empty()
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests;
