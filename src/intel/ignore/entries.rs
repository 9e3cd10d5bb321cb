//! The entries of a list as they stand there, in one text, and the tables that find them. A list
//! may have a million, and is read anew by each run. Pure.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hasher};

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// An entry is known by its place, from 0.
pub type Place = u32;

/// Entries one behind the other.
#[derive(Debug, Default)]
pub struct Entries {
    text: String,
    ends: Vec<u32>,
}

impl Entries {
    /// Its place.
    ///
    /// # Errors
    /// The list is larger than 4 GiB.
    pub fn push(&mut self, entry: &str) -> Result<Place, String> {
        let too_large = |_| "it is larger than 4 GiB".to_string();
        let place = Place::try_from(self.ends.len()).map_err(too_large)?;
        self.text.push_str(entry);
        let end = u32::try_from(self.text.len()).map_err(too_large)?;
        self.ends.push(end);
        Ok(place)
    }

    pub fn get(&self, place: Place) -> &str {
        let place = place as usize;
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[begin as usize..self.ends[place] as usize]
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        // No place is larger than the last one.
        0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }
}

/// A text that may be a part of what it is read from.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Entries, A::Error> {
                let mut entries = Entries::default();
                while let Some(Text(entry)) = list.next_element()? {
                    entries.push(&entry).map_err(A::Error::custom)?;
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_seq(List)
    }
}

/// Which entry has a key. The first that was put in counts.
#[derive(Debug, Default)]
pub struct Keys {
    /// Of those whose key is what stands there: 32 bits of its hash, then the place; in order.
    hashed: Vec<u64>,
    others: HashMap<String, Place>,
}

impl Keys {
    /// `key` is in lower case.
    pub fn insert(&mut self, entries: &Entries, key: &str, place: Place) {
        match is_spelled(entries.get(place), key) {
            true => self.hashed.push(hash(key) | u64::from(place)),
            false => {
                self.others.entry(key.to_string()).or_insert(place);
            }
        }
    }

    /// To be called before the first question.
    pub fn finish(&mut self) {
        self.hashed.sort_unstable();
        self.hashed.shrink_to_fit();
    }

    pub fn get(&self, entries: &Entries, key: &str) -> Option<Place> {
        let hash = hash(key);
        let first = self.hashed.partition_point(|known| *known < hash);
        let same = self.hashed[first..].iter();
        let mut same = same
            .take_while(|known| **known >> 32 == hash >> 32)
            // The lower half of it.
            .map(|known| (*known & u64::from(u32::MAX)) as Place);
        same.find(|place| is_spelled(entries.get(*place), key))
            .or_else(|| self.others.get(key).copied())
    }
}

/// What an entry names, as it is written.
pub fn name(entry: &str) -> &str {
    entry.trim().trim_matches('.')
}

fn is_spelled(entry: &str, key: &str) -> bool {
    name(entry).eq_ignore_ascii_case(key)
}

/// In the upper half.
fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key.as_bytes());
    hasher.finish() & !u64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_entry_of_a_key_is_found() {
        let mut entries = Entries::default();
        let mut keys = Keys::default();
        for (entry, key) in [
            ("Evil.com", "evil.com"),
            (".evil.com", "evil.com"),
            ("金山.cn", "xn--rhtz55j.cn"),
            ("金山.cn", "xn--rhtz55j.cn"),
            ("", ""),
        ] {
            let place = entries.push(entry).unwrap();
            keys.insert(&entries, key, place);
        }
        keys.finish();
        for (key, place) in [
            ("evil.com", Some(0)),
            ("xn--rhtz55j.cn", Some(2)),
            ("", Some(4)),
            ("Evil.com", None),
            ("evil.co", None),
        ] {
            assert_eq!(keys.get(&entries, key), place, "{key}");
        }
        assert_eq!(entries.get(1), ".evil.com");
    }
}
