//! A publication as it comes out: the contract's fields first, whatever else was sent after them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{Record, Sent, Utc, flat, rfc3339};

use super::time;

/// The date that a window of reports and their order are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum By {
    Published,
    Updated,
}

/// A report, without its parts.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Publication {
    /// For `ti kaspersky get`.
    pub id: Option<String>,
    /// The title.
    pub name: Option<String>,
    /// The description.
    pub desc: Option<String>,
    /// `apt` or `fin` (crimeware).
    pub report_group: Option<String>,
    /// When it was published.
    pub published: Moment,
    /// When it was last changed.
    pub updated: Moment,
    /// Its tags, without blank ones.
    pub tags: Vec<String>,
    /// The industries that it is about.
    pub tags_industry: Vec<String>,
    /// The countries and regions that it is about.
    pub tags_geo: Vec<String>,
    /// The actors that it is about.
    pub tags_actors: Vec<String>,
    /// What the portal sends and is not known here.
    #[serde(flatten)]
    pub unknown: Record,
}

/// A time as the portal means it.
pub type Moment = Sent<Utc>;

pub fn moment(sent: Value) -> Moment {
    match time::of_value(&sent) {
        Some(at) => Sent::Known(Utc(at)),
        None => Sent::Other(sent),
    }
}

/// In one line of text.
pub fn shown(moment: &Moment) -> String {
    match moment {
        Sent::Known(Utc(at)) => rfc3339(*at),
        Sent::Other(value) => flat(value),
    }
}

impl Publication {
    /// Normalises what the service sends in several forms.
    pub fn of(mut sent: Record) -> Self {
        let mut take = |name: &str| sent.shift_remove(name).unwrap_or(Value::Null);
        Publication {
            id: text(take("id")).filter(|id| !id.trim().is_empty()),
            name: text(take("name")),
            desc: text(take("desc")),
            report_group: text(take("report_group")),
            published: moment(take("published")),
            updated: moment(take("updated")),
            tags: list(take("tags")),
            tags_industry: list(take("tags_industry")),
            tags_geo: list(take("tags_geo")),
            tags_actors: list(take("tags_actors")),
            unknown: sent,
        }
    }
}

fn text(value: Value) -> Option<String> {
    (!value.is_null()).then(|| flat(&value))
}

/// A list of words, or one comma-separated string of them; blank ones are dropped.
fn list(value: Value) -> Vec<String> {
    let words: Vec<String> = match value {
        Value::Array(items) => items.iter().map(flat).collect(),
        Value::String(text) => text.split(',').map(str::to_string).collect(),
        _ => Vec::new(),
    };
    let words = words.iter().map(|word| word.trim());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn normal(sent: Value) -> Value {
        serde_json::to_value(Publication::of(sent.as_object().unwrap().clone())).unwrap()
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
        for blank in [json!(null), json!(""), json!(" ")] {
            assert_eq!(normal(json!({"id": blank}))["id"], Value::Null);
        }
        let record = normal(json!({"new": {"x": [1]}, "name": "N"}));
        assert_eq!(record["new"], json!({"x": [1]}));
        assert_eq!(record["published"], Value::Null);
        let keys: Vec<_> = record.as_object().unwrap().keys().take(3).collect();
        assert_eq!(keys, ["id", "name", "desc"]);
    }
}
