//! One element of the answer of `ti lookup`. Pure.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{Record, rfc3339};
use crate::error::Error;
use crate::indicator::Kind;
use crate::intel::{Ignore, IgnoredBy, Level};
use crate::lookup::{LookupResult, Report, Settled, Slot};
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
    /// `found` where one source knows it; else what kept it from being known: `error`,
    /// `not_found`, `invalid`, `skipped`, `unsupported`.
    pub status: &'static str,
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
    /// `found`, `not_found`, `invalid`, `error`, `skipped` (not asked), `unsupported` (the source
    /// has nothing on such indicators).
    pub status: &'static str,
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
    pub retrieved_at: Option<String>,
    /// Whether the answer was kept from an earlier run.
    pub cached: bool,
    pub error: Option<Failure>,
    /// What else the source says, under its own names.
    #[serde(flatten)]
    pub details: Record,
}

/// Why there is no answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Failure {
    pub kind: &'static str,
    /// The code of the service.
    pub code: Option<String>,
    pub message: String,
    /// To be named to the service's support.
    pub request_id: Option<String>,
}

/// What counts more in the status of several sources comes first.
const STATUSES: [&str; 6] = [
    "found",
    "error",
    "not_found",
    "invalid",
    "skipped",
    "unsupported",
];

impl Element {
    /// `names` are those of the sources, in the order of the slot's answers.
    pub fn of(slot: &Slot, names: &[String], ignore: &Ignore) -> Element {
        let indicator = slot.indicator.as_ref();
        let results = || slot.answers.iter().map(|settled| &settled.result);
        let is_there = |status: &&str| results().any(|result| result.status() == *status);
        let failure = results().find_map(LookupResult::failure);
        Element {
            indicator: indicator.map(|indicator| indicator.key().into_owned()),
            kind: indicator.map(|indicator| indicator.kind()),
            input: slot.input.text.clone().unwrap_or_default(),
            unicode: indicator.and_then(|found| found.unicode().map(str::to_string)),
            status: STATUSES.into_iter().find(is_there).unwrap_or("unsupported"),
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
        let mut said = SourceAnswer {
            source: name.clone(),
            status: result.status(),
            level: result.level(),
            judgments: None,
            how: None,
            reports: None,
            answered_for: None,
            retrieved_at: None,
            cached: false,
            error: result.failure().map(Failure::of),
            details: Record::new(),
        };
        if let LookupResult::Answered(answer, retrieved) = result {
            said.judgments = answer.judgments.clone();
            said.how = answer.listing.as_ref().map(|listing| listing.how);
            said.reports = answer
                .listing
                .as_ref()
                .map(|listing| listing.reports.clone());
            said.answered_for = answer.answered_for.clone();
            said.retrieved_at = Some(rfc3339(retrieved.at));
            said.cached = retrieved.cached;
            let present = |(_, value): &(&String, &Value)| !value.is_null();
            let details = answer.details.iter().chain(&answer.unknown).filter(present);
            let is_free = |name: &str| !NAMES.contains(&name);
            said.details = details
                .filter(|(name, _)| is_free(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
        }
        said
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

impl Failure {
    fn of(error: &Error) -> Failure {
        Failure {
            kind: error.kind.name(),
            code: error.said.code.clone(),
            message: error.to_string(),
            request_id: error.said.request_id.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use schemars::generate::SchemaSettings;

    use super::*;

    /// `TI_UPDATE=1` writes it anew.
    #[test]
    fn the_schema_is_that_of_the_type() {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
        });
        let schema = settings
            .into_generator()
            .into_root_schema_for::<Vec<Element>>();
        let mut schema = serde_json::to_value(schema).unwrap();
        schema["title"] = "ti lookup --json".into();
        schema["description"] = "An array; with --ndjson each line is one of its items.".into();
        let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/lookup.json");
        if std::env::var_os("TI_UPDATE").is_some() {
            fs::write(&path, &made).unwrap();
        }
        assert_eq!(fs::read_to_string(path).unwrap(), made);
    }
}
