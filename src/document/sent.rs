//! What comes from a service otherwise than it documents: kept, as nothing is to be lost.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Record;

/// A value of the kind that a service documents, or what came in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Sent<T> {
    Known(T),
    /// As sent, where it is nothing of that kind.
    Other(Value),
}

impl<T> Sent<T> {
    /// `None` for what came in its place.
    pub fn known(&self) -> Option<&T> {
        match self {
            Sent::Known(value) => Some(value),
            Sent::Other(_) => None,
        }
    }
}

/// Fields that are not known, to stand beside those with these names: one that has such a name gets
/// an underscore behind it.
pub fn beside<'a>(unknown: &'a Record, names: &[&str]) -> Cow<'a, Record> {
    if !unknown.keys().any(|name| names.contains(&name.as_str())) {
        return Cow::Borrowed(unknown);
    }
    let mut renamed = Record::new();
    for (name, value) in unknown {
        let mut free = name.clone();
        while names.contains(&free.as_str()) || renamed.contains_key(&free) {
            free.push('_');
        }
        renamed.insert(free, value.clone());
    }
    Cow::Owned(renamed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_field_takes_the_place_of_one_of_ours() {
        let sent = json!({"status": 1, "status_": 2, "new": 3});
        let sent = sent.as_object().unwrap();
        let renamed = beside(sent, &["status", "level"]).into_owned();
        let names: Vec<_> = renamed.keys().map(String::as_str).collect();
        assert_eq!(names, ["status_", "status__", "new"]);
        assert_eq!(*beside(sent, &["level"]), *sent);
    }
}
