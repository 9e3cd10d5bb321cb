//! The tree of an answer as it was sent, borrowed from its text: an answer has some thirty fields,
//! and there are answers by the million. Pure.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

use crate::document::Record;
use crate::http::oversize::MAX_DEPTH;

#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Fields<'a>),
    /// A number, a truth value, null.
    Other(Value),
}

/// The fields of an object in their order, each name once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

impl<'a> Fields<'a> {
    /// Without regard to case; of several spellings that say anything, all that they say.
    pub fn get(&self, name: &str) -> Option<Cow<'_, Node<'a>>> {
        let fields = self.0.iter();
        let found = fields.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let values = found.map(|(_, value)| Cow::Borrowed(value));
        values.reduce(
            |before, value| match (before.is_blank(), value.is_blank()) {
                (_, true) => before,
                (true, false) => value,
                (false, false) => Cow::Owned(before.into_owned().and(value.into_owned())),
            },
        )
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in any of them.
    pub fn is_blank(&self) -> bool {
        self.is_blank_but("")
    }

    /// The same of all but the one of this name.
    pub fn is_blank_but(&self, name: &str) -> bool {
        let mut fields = self.0.iter();
        fields.all(|(key, value)| value.is_blank() || key.eq_ignore_ascii_case(name))
    }

    pub fn into_values(self) -> impl Iterator<Item = Node<'a>> {
        self.0.into_iter().map(|(_, value)| value)
    }

    /// The fields of these names, without regard to case, and what is left. Two spellings that both
    /// say something are a name that is there twice; `None` if a field is null or empty.
    pub fn split<const N: usize>(self, names: [&str; N]) -> ([Option<Node<'a>>; N], Self) {
        let mut taken = [const { None }; N];
        let mut left = Vec::new();
        for (key, value) in self.0 {
            let place = names.iter().position(|name| key.eq_ignore_ascii_case(name));
            let Some(place) = place else {
                left.push((key, value));
                continue;
            };
            taken[place] = Some(match taken[place].take() {
                None => (key, value),
                Some(before) if value.is_blank() => {
                    left.push((key, value));
                    before
                }
                Some(before) if before.1.is_blank() => {
                    left.push(before);
                    (key, value)
                }
                Some((key, before)) => (key, before.and(value)),
            });
        }
        let taken = taken.map(|field| field.map(|(_, value)| value).filter(Node::is_full));
        (taken, Fields(left))
    }

    /// Whether a name may be there twice: of many, an index finds it.
    fn have_one_twice(&self) -> bool {
        const MANY: usize = 32;
        let mut names = self.0.iter().map(|(name, _)| name).enumerate();
        let is_before = |(number, name)| self.0[..number].iter().any(|(other, _)| other == name);
        self.0.len() > MANY || names.any(is_before)
    }

    /// Whether a field of one of these names is there, and is no object where `own` is its name.
    fn has_any(&self, names: &[&str], own: &str) -> bool {
        self.0.iter().any(|(key, value)| {
            let is = |name: &str| key.eq_ignore_ascii_case(name);
            names.iter().any(|name| is(name)) && !(is(own) && value.is_of_objects())
        })
    }

    pub fn into_record(self) -> Record {
        let fields = self.0.into_iter();
        fields
            .map(|(key, value)| (key.into_owned(), value.into_value()))
            .collect()
    }

    /// The same with each name once.
    fn merged(self) -> Record {
        let mut record = Record::new();
        for (key, value) in self.0 {
            add(&mut record, key.into_owned(), value.into_value());
        }
        record
    }
}

/// Adds a field; one that is there already becomes a list, in JSON as in XML: of two verdicts that
/// came under one name, none is lost.
pub fn add(record: &mut Record, name: String, value: Value) {
    match record.get_mut(&name) {
        None => _ = record.insert(name, value),
        Some(Value::Array(list)) => list.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
    }
}

impl<'a> Node<'a> {
    /// The same as [`add`].
    fn and(self, other: Self) -> Self {
        match self {
            Node::List(mut list) => {
                list.push(other);
                Node::List(list)
            }
            one => Node::List(vec![one, other]),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Node::Text(text) => text.trim().is_empty(),
            Node::List(items) => items.iter().all(Node::is_blank),
            Node::Object(fields) => fields.is_blank(),
            Node::Other(value) => value.is_null(),
        }
    }

    /// An object, those in a list, or none for nothing; `None` if it is anything else. An object
    /// with none of `names` in it and nothing but objects is a list of them, as XML has it; `own`
    /// is the name that such an object has, and one field in it.
    pub fn into_objects(self, names: &[&str], own: &str) -> Option<Vec<Fields<'a>>> {
        let of_each = |items: Vec<Node<'a>>| {
            let objects = items.into_iter().map(|item| item.into_objects(names, own));
            Some(objects.collect::<Option<Vec<_>>>()?.concat())
        };
        match self {
            Node::Object(fields) if fields.has_any(names, own) => Some(vec![fields]),
            Node::Object(fields) if fields.0.iter().any(|(_, value)| !value.is_of_objects()) => {
                Some(vec![fields])
            }
            Node::Object(fields) => of_each(fields.into_values().collect()),
            Node::List(items) => of_each(items),
            other => other.is_blank().then(Vec::new),
        }
    }

    /// Whether it is an object, or a list that holds nothing else.
    fn is_of_objects(&self) -> bool {
        match self {
            Node::Object(_) => true,
            Node::List(items) => !items.is_empty() && items.iter().all(Node::is_of_objects),
            Node::Text(_) | Node::Other(_) => false,
        }
    }

    fn is_full(&self) -> bool {
        match self {
            Node::Text(text) => !text.is_empty(),
            Node::Other(value) => !value.is_null(),
            Node::List(_) | Node::Object(_) => true,
        }
    }

    pub fn into_value(self) -> Value {
        match self {
            Node::Text(text) => Value::String(text.into_owned()),
            Node::List(items) => items.into_iter().map(Node::into_value).collect(),
            Node::Object(fields) => Value::Object(fields.into_record()),
            Node::Other(value) => value,
        }
    }
}

impl From<Value> for Node<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Node::Text(text.into()),
            Value::Array(items) => Node::List(items.into_iter().map(Node::from).collect()),
            Value::Object(record) => Node::Object(record.into()),
            other => Node::Other(other),
        }
    }
}

impl From<Record> for Fields<'_> {
    fn from(record: Record) -> Self {
        let fields = record.into_iter();
        Fields(
            fields
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Sent { room: MAX_DEPTH })
    }
}

/// Takes whatever JSON can hold.
struct Sent {
    /// So much deeper it may be nested.
    room: usize,
}

impl Sent {
    fn inner(&self) -> Self {
        Sent {
            room: self.room.saturating_sub(1),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Sent {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        if self.room > 0 {
            return deserializer.deserialize_any(self);
        }
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        match raw.starts_with(['{', '[']) {
            true => Ok(Node::Text(raw.into())),
            false => serde_json::from_str(raw).map_err(serde::de::Error::custom),
        }
    }
}

impl<'de> Visitor<'de> for Sent {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(text.to_string().into()))
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Other(Value::Null))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node<'de>, E> {
        Ok(Node::Other(truth.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node<'de>, E> {
        Ok(Node::Other(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node<'de>, E> {
        Ok(Node::Other(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node<'de>, E> {
        let number = Number::from_f64(number);
        Ok(Node::Other(number.map_or(Value::Null, Value::Number)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self.inner())? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            fields.push((key, map.next_value_seed(self.inner())?));
        }
        let fields = Fields(fields);
        Ok(Node::Object(match fields.have_one_twice() {
            true => fields.merged().into(),
            false => fields,
        }))
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Sent { room: 0 })? {
            Node::Text(key) => Ok(Key(key)),
            _ => Err(serde::de::Error::custom("a name is text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tree_is_what_the_library_makes_of_the_same_text() {
        for text in [
            r#"{"a": "x", "b\u4e2d": "\"\n", "c": [1, -2, 3.5, true, null, {"d": []}], "": {}}"#,
            "[18446744073709551615, 1e300, 0.0, -0.0]",
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            let node: Node = serde_json::from_str(text).unwrap();
            assert_eq!(node.into_value(), value, "{text}");
            assert_eq!(Node::from(value.clone()).into_value(), value);
        }
        let deep = "[".repeat(100_000);
        assert!(serde_json::from_str::<Node>(&deep).is_err());
    }

    #[test]
    fn two_spellings_that_say_something_are_a_name_twice() {
        for (text, taken, left) in [
            ("{}", json!([null, null]), json!({})),
            (
                r#"{"ip": 1, "x": 2, "ASN": 3, "y": 4}"#,
                json!([1, 3]),
                json!({"x": 2, "y": 4}),
            ),
            (
                r#"{"ip": 1, "Ip": 2, "IP": 3}"#,
                json!([[1, 2, 3], null]),
                json!({}),
            ),
            (
                r#"{"Ip": [1], "ip": "", "IP": [2], "asn": 3, "x": 4, "X": 5}"#,
                json!([[1, [2]], 3]),
                json!({"ip": "", "x": 4, "X": 5}),
            ),
            (
                r#"{"ip": 1, "x": 3, "ip": [2], "ip": 4}"#,
                json!([[1, [2], 4], null]),
                json!({"x": 3}),
            ),
            (
                r#"{"Ip": null, "ip": 2, "Asn": ""}"#,
                json!([2, null]),
                json!({"Ip": null}),
            ),
            (
                r#"{"ip": 2, "Ip": {}}"#,
                json!([2, null]),
                json!({"Ip": {}}),
            ),
        ] {
            let Ok(Node::Object(fields)) = serde_json::from_str(text) else {
                panic!("{text} is an object");
            };
            for (name, taken) in ["Ip", "Asn"].iter().zip(taken.as_array().unwrap()) {
                let got = fields.get(name).filter(|node| node.is_full());
                let got = got.map(|node| node.into_owned().into_value());
                assert_eq!(json!(got), *taken, "{text}");
            }
            let (got, rest) = fields.split(["Ip", "Asn"]);
            assert_eq!(json!(got.map(|node| node.map(Node::into_value))), taken);
            assert_eq!(Value::Object(rest.into_record()), left, "{text}");
        }
    }
}
