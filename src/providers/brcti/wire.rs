//! JSON as sent, read without changing a number: each value keeps its own text until it is
//! understood, the order of keys is kept, and no key is taken for granted. Pure.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::document::Count;

/// An odd value is shown this far.
const MAX_SHOWN: usize = 80;

/// The pairs of an object, in their order.
pub fn pairs(raw: &RawValue) -> Option<Vec<(Cow<'_, str>, &RawValue)>> {
    parse(raw.get()).ok()
}

/// The same of a whole text, with what is wrong with it.
pub fn parse(text: &str) -> serde_json::Result<Vec<(Cow<'_, str>, &RawValue)>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let pairs = reader.deserialize_map(Pairs)?;
    reader.end()?;
    Ok(pairs)
}

/// Hands out the elements of an array one by one; `None` if it is no array. What `each` refuses
/// ends it.
pub fn elements<'a, E>(
    raw: &'a RawValue,
    mut each: impl FnMut(&'a RawValue) -> Result<(), E>,
) -> Option<Result<(), E>> {
    let mut refused = None;
    let seed = Elements(|element| match each(element) {
        Ok(()) => true,
        Err(error) => {
            refused = Some(error);
            false
        }
    });
    let read = seed.deserialize(&mut serde_json::Deserializer::from_str(raw.get()));
    match (read, refused) {
        (_, Some(error)) => Some(Err(error)),
        (Ok(()), None) => Some(Ok(())),
        (Err(_), None) => None,
    }
}

/// A text, unescaped; any other value as its JSON, cut where it is long.
pub fn text(raw: &RawValue) -> Cow<'_, str> {
    let json = raw.get();
    match serde_json::from_str::<String>(json) {
        Ok(text) => Cow::Owned(text),
        Err(_) if json.len() <= MAX_SHOWN => Cow::Borrowed(json),
        Err(_) => Cow::Owned(shortened(json)),
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(MAX_SHOWN).collect();
    short.push('…');
    short
}

/// A number of things, and whether it came as text.
pub fn count(raw: &RawValue) -> (Count, bool) {
    let json = raw.get();
    if let Some(number) = whole(json) {
        return (Count::Whole(number.into()), false);
    }
    if json == "null" {
        return (Count::Null, false);
    }
    let shown = text(raw);
    match whole(shown.trim()) {
        Some(number) => (Count::Whole(number.into()), true),
        None => (Count::Odd(shortened_if_long(shown)), false),
    }
}

fn shortened_if_long(text: Cow<'_, str>) -> String {
    match text.chars().count() > MAX_SHOWN {
        true => shortened(&text),
        false => text.into_owned(),
    }
}

/// Digits only: a sign, a fraction or an exponent is no count.
fn whole(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            pairs.push((key, map.next_value()?));
        }
        Ok(pairs)
    }
}

/// A key, borrowed where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_string()))
    }
}

struct Elements<F>(F);

impl<'de, F: FnMut(&'de RawValue) -> bool> DeserializeSeed<'de> for Elements<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&'de RawValue) -> bool> Visitor<'de> for Elements<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while let Some(element) = seq.next_element()? {
            if !(self.0)(element) {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_string()).unwrap()
    }

    #[test]
    fn a_count_in_every_form() {
        let odd = |text: &str| (Count::Odd(text.to_string()), false);
        for (json, expected) in [
            ("7", (Count::Whole(7), false)),
            (
                "9007199254740993",
                (Count::Whole(9_007_199_254_740_993), false),
            ),
            ("18446744073709551616", odd("18446744073709551616")),
            ("\" 12 \"", (Count::Whole(12), true)),
            ("\"many\"", odd("many")),
            ("\"\"", odd("")),
            ("-3", odd("-3")),
            ("1.5", odd("1.5")),
            ("1e3", odd("1e3")),
            ("null", (Count::Null, false)),
            ("\"null\"", odd("null")),
            ("true", odd("true")),
            ("{\"a\":1}", odd("{\"a\":1}")),
        ] {
            assert_eq!(count(&raw(json)), expected, "{json}");
        }
    }

    #[test]
    fn keys_keep_their_order_and_their_escapes() {
        let json = raw(r#"{"b":1,"a\u00e9":"x","b":2}"#);
        let keys: Vec<_> = pairs(&json)
            .unwrap()
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(keys, ["b", "aé", "b"]);
        assert!(pairs(&raw("[1]")).is_none());
    }

    #[test]
    fn elements_stop_where_one_is_refused() {
        let json = raw("[1,2,3]");
        let mut seen = Vec::new();
        let read = elements(&json, |element| {
            seen.push(element.get().to_string());
            if seen.len() == 2 { Err("no") } else { Ok(()) }
        });
        assert_eq!(read, Some(Err("no")));
        assert_eq!(seen, ["1", "2"]);
        assert!(elements(&raw("{}"), |_| Ok::<_, ()>(())).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_count_keeps_its_digits(number: u64) {
            proptest::prop_assert_eq!(count(&raw(&number.to_string())).0.to_string(), number.to_string());
        }
    }
}
