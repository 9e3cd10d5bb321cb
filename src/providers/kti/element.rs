//! One element of the answer of `kti search`, as documented in the README. Pure.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::document::{Record, rfc3339};
use crate::error::{Error, Kind};
use crate::indicator::Indicator;
use crate::intel::Level;

use super::answer::{Answer, Outcome, Quota};
use super::model;
use super::types;

/// What became of an indicator.
#[derive(Debug, Clone)]
pub enum LookupResult {
    Answered(Box<Answer>, Retrieved),
    Failed(Error),
    /// Not asked: what stopped the run would have stopped this lookup too.
    Skipped,
}

/// When an answer came, and whether for an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retrieved {
    pub at: Timestamp,
    pub cached: bool,
}

/// How bad the service judges it to be; none where it knows nothing of the indicator.
pub fn verdict(fate: &LookupResult) -> Option<Level> {
    let LookupResult::Answered(answer, _) = fate else {
        return None;
    };
    let Outcome::Found { ip, domain } = &answer.outcome else {
        return None;
    };
    let judgments = [ip, domain]
        .into_iter()
        .find_map(|object| object.get("judgments")?.as_array());
    let names = judgments.into_iter().flatten().filter_map(Value::as_str);
    Some(types::level(names))
}

/// The failure of a lookup that is one: also when the service takes the input for no domain.
pub fn failure(fate: &LookupResult) -> Option<Error> {
    match fate {
        LookupResult::Failed(error) => Some(error.clone()),
        LookupResult::Answered(answer, _) => match &answer.outcome {
            Outcome::Malformed(message) => {
                let error = Error::service("KTI takes it for no domain name");
                Some(error.cause(format!("RetCode 1: {message}")))
            }
            Outcome::Found { .. } | Outcome::NotFound => None,
        },
        LookupResult::Skipped => None,
    }
}

/// The element for one input. `indicator` is none where the input is none.
pub fn element(input: &str, indicator: Option<&Indicator>, fate: &LookupResult) -> Record {
    let mut record = Record::new();
    let mut set = |name: &str, value: Value| {
        record.insert(name.to_string(), value);
    };
    let error = failure(fate);
    let (ip, domain) = found(fate);
    let of = |name: &str| {
        [&ip, &domain]
            .into_iter()
            .find_map(|object| object.get(name))
            .cloned()
    };
    let judgments = of("judgments").unwrap_or(Value::Null);
    let tags = of("tags").unwrap_or(Value::Null);

    set("indicator", indicator.map(ToString::to_string).into());
    set("type", indicator.map(|found| found.kind().name()).into());
    set("input", input.into());
    set("unicode", indicator.and_then(Indicator::unicode).into());
    set("status", status(fate).into());
    set("level", verdict(fate).map(Level::name).into());
    set("judgments", judgments);
    set("tags", tags);
    set("ip", without_lifted(ip));
    set("domain", without_lifted(domain));
    let answered = match fate {
        LookupResult::Answered(answer, retrieved) => Some((answer, retrieved)),
        _ => None,
    };
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
    set("error", error.as_ref().map_or(Value::Null, error_object));
    if let Some((answer, _)) = answered {
        model::keep(&mut record, answer.unknown.clone());
    }
    record
}

fn found(fate: &LookupResult) -> (Value, Value) {
    if let LookupResult::Answered(answer, _) = fate
        && let Outcome::Found { ip, domain } = &answer.outcome
    {
        return (ip.clone(), domain.clone());
    }
    (Value::Null, Value::Null)
}

/// Judgments and tags stand beside the object that they came in.
fn without_lifted(mut object: Value) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.shift_remove("judgments");
        object.shift_remove("tags");
    }
    object
}

fn status(fate: &LookupResult) -> &'static str {
    match fate {
        LookupResult::Answered(answer, _) => match answer.outcome {
            Outcome::Found { .. } => "found",
            Outcome::NotFound => "not_found",
            Outcome::Malformed(_) => "invalid",
        },
        LookupResult::Failed(error) if error.kind == Kind::Usage => "invalid",
        LookupResult::Failed(_) => "error",
        LookupResult::Skipped => "skipped",
    }
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
