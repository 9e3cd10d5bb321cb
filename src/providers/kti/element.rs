//! One element of the answer of `kti search`. Pure.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{AnswerSchema, Failure, Record, Sent, Utc, beside};
use crate::indicator::{Indicator, Kind};
use crate::intel::Level;
use crate::lookup::{Compared, LookupResult, Quota, Settled, Status};

use super::model::{DomainInfo, IpInfo, Tag};
use super::source::Details;

/// What the service knows of one input. A field of its own that is not here is kept under its
/// name, in the object that it came in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Element<'a> {
    /// What was asked for; null if ti refuses the input.
    pub indicator: Option<String>,
    /// `ip` or `domain`; null if ti refuses the input.
    #[serde(rename = "type")]
    pub kind: Option<Kind>,
    /// As it was typed.
    pub input: &'a str,
    /// An internationalised domain in its own script.
    pub unicode: Option<&'a str>,
    /// What became of the input: what is `invalid` is refused, by ti or by the service; what is
    /// `skipped` was not asked, as refused credentials or a used-up quota ended the run.
    pub status: Status,
    /// How bad it is by the threat types; `none` if nothing is judged, null if nothing was found.
    pub level: Option<Level>,
    /// The threat types, as the service gave them.
    pub judgments: Option<&'a [String]>,
    /// What the service files it under.
    pub tags: Option<&'a [Tag]>,
    /// What is known of an address.
    pub ip: Option<&'a Sent<IpInfo>>,
    /// What is known of a domain.
    pub domain: Option<&'a Sent<DomainInfo>>,
    /// What is left of the account's lookups.
    pub quota: Option<&'a Quota>,
    /// To be named to the vendor's support.
    #[schemars(with = "Option<Sent<String>>")]
    pub request_id: &'a Value,
    /// When the service said so (RFC 3339, UTC).
    pub retrieved_at: Option<Utc>,
    /// Whether the answer was kept from an earlier run.
    pub cached: bool,
    /// The parent of the domain that the answer is about; absent if it is about what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub answered_for: Option<&'a str>,
    /// Why there is no answer.
    pub error: Option<Failure>,
    #[serde(flatten)]
    pub unknown: Cow<'a, Record>,
}

pub const SCHEMA: AnswerSchema =
    AnswerSchema::list::<Compared<Element<'static>>>("kti-search", &["kti search"]);

/// The names above; the last one is seldom there.
const NAMES: [&str; 16] = [
    "indicator",
    "type",
    "input",
    "unicode",
    "status",
    "level",
    "judgments",
    "tags",
    "ip",
    "domain",
    "quota",
    "request_id",
    "retrieved_at",
    "cached",
    "error",
    "answered_for",
];

/// So many of them are always there.
const ALWAYS: usize = 15;

impl<'a> Element<'a> {
    /// The element for one input.
    pub fn of(input: &'a str, settled: &'a Settled) -> Element<'a> {
        let (indicator, result) = (settled.query.as_ref(), &settled.result);
        let (answer, retrieved) = match result {
            LookupResult::Answered(answer, retrieved) => (Some(&**answer), Some(retrieved)),
            _ => (None, None),
        };
        let details = answer.and_then(Details::of);
        let answered_for = answer.and_then(|answer| answer.answered_for.as_deref());
        let names = match answered_for {
            Some(_) => &NAMES[..],
            None => &NAMES[..ALWAYS],
        };
        Element {
            indicator: indicator.map(ToString::to_string),
            kind: indicator.map(Indicator::kind),
            input,
            unicode: indicator.and_then(Indicator::unicode),
            status: result.status(),
            level: result.level(),
            judgments: answer.and_then(|answer| answer.judgments.as_deref()),
            tags: details.and_then(|details| details.tags.as_deref()),
            ip: details.and_then(|details| details.ip.as_ref()),
            domain: details.and_then(|details| details.domain.as_ref()),
            quota: answer.map(|answer| &answer.quota),
            request_id: answer.map_or(&Value::Null, |answer| &answer.request_id),
            retrieved_at: retrieved.map(|retrieved| Utc(retrieved.at)),
            cached: retrieved.is_some_and(|retrieved| retrieved.cached),
            answered_for,
            error: result.failure().map(Failure::of),
            unknown: details.map_or_else(Cow::default, |details| beside(&details.unknown, names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_fields() {
        let schema = SCHEMA.schema().to_value();
        assert_eq!(
            schema["items"]["required"],
            serde_json::json!(NAMES[..ALWAYS])
        );
        let mut fields = schema["items"]["properties"].as_object().unwrap().clone();
        fields.retain(|field, _| !["change", "level_before"].contains(&field.as_str()));
        assert!(fields.keys().all(|field| NAMES.contains(&field.as_str())));
        assert_eq!(fields.len(), NAMES.len());
    }
}
