//! One element of the answer of `ti lookup`. Pure.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{Failure, Record, Utc};
use crate::indicator::Kind;
use crate::intel::{Ignore, IgnoredBy, Level};
use crate::lookup::{LookupResult, Report, Settled, Slot, Status};
use crate::store::index::How;

/// What all sources say of one input.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Element {
    /// The indicator in its canonical form; null where the input is none.
    pub indicator: Option<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Option<Kind>,
    /// The input as it was given.
    pub input: String,
    /// The name in its own script, where that differs.
    pub unicode: Option<String>,
    /// `found` where one source knows it; else what kept it from being known.
    pub status: Status,
    /// The worst that a source says.
    pub level: Option<Level>,
    /// The known-good list that it is on; it then does not count for `--fail-on`.
    pub ignored_by: Option<IgnoredBy>,
    /// What each source says, in the order in which they are asked.
    pub sources: Vec<SourceAnswer>,
    /// Why the input is no indicator.
    pub error: Option<Failure>,
}

/// What one source says.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceAnswer {
    /// The service, or the list of the index.
    pub source: String,
    /// What became of it there.
    pub status: Status,
    /// How bad it is there.
    pub level: Option<Level>,
    /// The source's own words for what it is.
    pub judgments: Option<Vec<String>>,
    /// For a list: how the indicator is what is listed.
    pub how: Option<How>,
    /// For a list: where it is reported.
    pub reports: Option<Vec<Report>>,
    /// The parent of the domain that the answer is about, where the source answered for one.
    pub answered_for: Option<String>,
    /// When the source said so, or when the list was fetched (RFC 3339, UTC).
    pub retrieved_at: Option<Utc>,
    /// Whether the answer was kept from an earlier run.
    pub cached: bool,
    /// Why it did not answer.
    pub error: Option<Failure>,
    /// What else the source says, under its own names.
    #[serde(flatten)]
    pub details: Record,
}

impl Element {
    /// `names` are those of the sources, in the order of the slot's answers.
    pub fn of(slot: &Slot, names: &[String], ignore: &Ignore) -> Element {
        let indicator = slot.indicator.as_ref();
        let results = || slot.answers.iter().map(|settled| &settled.result);
        let failure = results().find_map(LookupResult::failure);
        Element {
            indicator: indicator.map(|indicator| indicator.key().into_owned()),
            kind: indicator.map(|indicator| indicator.kind()),
            input: slot.input.text.clone().unwrap_or_default(),
            unicode: indicator.and_then(|found| found.unicode().map(str::to_string)),
            status: results()
                .map(LookupResult::status)
                .min()
                .unwrap_or(Status::Unsupported),
            level: results().filter_map(LookupResult::level).max(),
            ignored_by: indicator.and_then(|indicator| ignore.find(indicator)),
            error: failure.filter(|_| indicator.is_none()).map(Failure::of),
            sources: match indicator {
                Some(_) => names
                    .iter()
                    .zip(&slot.answers)
                    .map(SourceAnswer::of)
                    .collect(),
                None => Vec::new(),
            },
        }
    }
}

impl SourceAnswer {
    fn of((name, settled): (&String, &std::sync::Arc<Settled>)) -> SourceAnswer {
        let result = &settled.result;
        let (answer, retrieved) = match result {
            LookupResult::Answered(answer, retrieved) => (Some(answer), Some(retrieved)),
            _ => (None, None),
        };
        let listing = answer.and_then(|answer| answer.listing.as_ref());
        let details = answer.and_then(|answer| answer.details.as_ref());
        let details = details.map(|details| details.record());
        let is_said = |name: &str, value: &Value| !value.is_null() && !NAMES.contains(&name);
        SourceAnswer {
            source: name.clone(),
            status: result.status(),
            level: result.level(),
            judgments: answer.and_then(|answer| answer.judgments.clone()),
            how: listing.map(|listing| listing.how),
            reports: listing.map(|listing| listing.reports.clone()),
            answered_for: answer.and_then(|answer| answer.answered_for.clone()),
            retrieved_at: retrieved.map(|retrieved| Utc(retrieved.at)),
            cached: retrieved.is_some_and(|retrieved| retrieved.cached),
            error: result.failure().map(Failure::of),
            details: details
                .into_iter()
                .flatten()
                .filter(|(name, value)| is_said(name, value))
                .collect(),
        }
    }
}

/// Names of our own: a source's field of such a name would stand there twice.
const NAMES: [&str; 10] = [
    "source",
    "status",
    "level",
    "judgments",
    "how",
    "reports",
    "answered_for",
    "retrieved_at",
    "cached",
    "error",
];
