//! A publication as it comes out: the contract's fields first, whatever else was sent after them.

use jiff::Timestamp;
use serde_json::Value;

use crate::document::{Record, flat};

use super::time;

const TEXTS: [&str; 4] = ["id", "name", "desc", "report_group"];
const TIMES: [&str; 2] = ["published", "updated"];
const LISTS: [&str; 4] = ["tags", "tags_industry", "tags_geo", "tags_actors"];

/// Normalises what the service sends in several forms: times become RFC 3339, lists lists.
/// A time that is none of the known forms stays as it came.
pub fn of(mut sent: Record) -> Record {
    let mut record = Record::new();
    let mut move_over = |name: &str, normal: fn(Value) -> Value| {
        let value = sent.shift_remove(name).unwrap_or(Value::Null);
        record.insert(name.to_string(), normal(value));
    };
    TEXTS.iter().for_each(|name| move_over(name, text));
    TIMES.iter().for_each(|name| move_over(name, moment));
    LISTS.iter().for_each(|name| move_over(name, list));
    record.extend(sent);
    record
}

/// The moment that a normalised publication gives for `published` or `updated`.
pub fn at(record: &Record, field: &str) -> Option<Timestamp> {
    time::of_value(record.get(field)?)
}

pub fn words<'a>(record: &'a Record, field: &str) -> impl Iterator<Item = &'a str> {
    let values = record.get(field).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str)
}

fn text(value: Value) -> Value {
    match value {
        Value::Null => Value::Null,
        value => flat(&value).into(),
    }
}

fn moment(value: Value) -> Value {
    match time::of_value(&value) {
        Some(at) => time::shown(at).into(),
        None => value,
    }
}

/// A list of words, or one comma-separated string of them; blank ones are dropped.
fn list(value: Value) -> Value {
    let words: Vec<String> = match value {
        Value::Array(items) => items.iter().map(flat).collect(),
        Value::String(text) => text.split(',').map(str::to_string).collect(),
        _ => Vec::new(),
    };
    let words = words.iter().map(|word| word.trim());
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn normal(sent: Value) -> Value {
        Value::Object(of(sent.as_object().unwrap().clone()))
    }

    #[test]
    fn every_form_of_a_field_becomes_one() {
        for tags in [
            json!(["a", "", " b "]),
            json!("a, b,,"),
            json!(["a", "b", null]),
        ] {
            assert_eq!(normal(json!({"tags": tags}))["tags"], json!(["a", "b"]));
        }
        for none in [json!(null), json!(""), json!([]), json!({})] {
            assert_eq!(normal(json!({"tags_geo": none}))["tags_geo"], json!([]));
        }
        for time in [
            json!(1767323045),
            json!("1767323045"),
            json!("2026-01-02T03:04:05"),
        ] {
            assert_eq!(
                normal(json!({"updated": time}))["updated"],
                "2026-01-02T03:04:05Z"
            );
        }
        assert_eq!(normal(json!({"published": "soon"}))["published"], "soon");
        assert_eq!(normal(json!({"id": 7}))["id"], "7");
    }

    #[test]
    fn what_is_not_known_is_kept_and_what_is_absent_is_null() {
        let record = of(json!({"new": {"x": [1]}, "name": "N"})
            .as_object()
            .unwrap()
            .clone());
        assert_eq!(record["new"], json!({"x": [1]}));
        assert_eq!(record["published"], Value::Null);
        let keys: Vec<_> = record.keys().take(3).collect();
        assert_eq!(keys, ["id", "name", "desc"]);
    }
}
