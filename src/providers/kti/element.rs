//! One element of the answer of `kti search`, as documented in the README. Pure.

use serde_json::{Value, json};

use crate::document::{Record, rfc3339};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::intel::Level;
use crate::lookup::{LookupResult, Quota, Settled};

use super::model;

/// The element for one input.
pub fn element(input: &str, settled: &Settled) -> Record {
    let (indicator, result) = (settled.query.as_ref(), &settled.result);
    let mut record = Record::new();
    let mut set = |name: &str, value: Value| {
        record.insert(name.to_string(), value);
    };
    let answered = match result {
        LookupResult::Answered(answer, retrieved) => Some((answer, retrieved)),
        _ => None,
    };
    let detail = |name: &str| {
        let value = answered.and_then(|(answer, _)| answer.details.get(name));
        value.cloned().unwrap_or_default()
    };

    set("indicator", indicator.map(ToString::to_string).into());
    set("type", indicator.map(|found| found.kind().name()).into());
    set("input", input.into());
    set("unicode", indicator.and_then(Indicator::unicode).into());
    set("status", result.status().into());
    set("level", result.level().map(Level::name).into());
    let judgments = answered.and_then(|(answer, _)| answer.judgments.clone());
    set("judgments", judgments.into());
    set("tags", detail("tags"));
    set("ip", detail("ip"));
    set("domain", detail("domain"));
    set(
        "quota",
        answered.map_or(Value::Null, |(answer, _)| quota(&answer.quota)),
    );
    set(
        "request_id",
        answered.map_or(Value::Null, |(answer, _)| answer.request_id.clone()),
    );
    set(
        "retrieved_at",
        answered.map(|(_, retrieved)| rfc3339(retrieved.at)).into(),
    );
    let cached = answered.is_some_and(|(_, retrieved)| retrieved.cached);
    set("cached", cached.into());
    if let Some(parent) = answered.and_then(|(answer, _)| answer.answered_for.clone()) {
        set("answered_for", parent.into());
    }
    set("error", result.failure().map_or(Value::Null, error_object));
    if let Some((answer, _)) = answered {
        model::keep(&mut record, answer.unknown.clone());
    }
    record
}

fn quota(quota: &Quota) -> Value {
    json!({"left": quota.left, "total": quota.total})
}

fn error_object(error: &Error) -> Value {
    json!({
        "kind": error.kind.name(),
        "code": error.said.code,
        "message": error.to_string(),
        "request_id": error.said.request_id,
    })
}
