//! One step of the way, as a record and in words.

use serde_json::json;

use crate::cli::given::Given;
use crate::document::{Label, Record};
use crate::error::Error;

pub struct Step {
    /// None for what all providers share.
    pub provider: Option<&'static str>,
    pub name: &'static str,
    pub outcome: Outcome,
}

pub enum Outcome {
    Ok(String),
    /// It works here; what somebody may have to do elsewhere.
    Noted(String, String),
    /// It works, and somebody should do something.
    Warning(String, String),
    Failed(Error),
    Skipped(String),
}

impl Outcome {
    /// The word in JSON (`status`).
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Ok(_) | Outcome::Noted(..) => "ok",
            Outcome::Warning(..) => "warning",
            Outcome::Failed(_) => "failed",
            Outcome::Skipped(_) => "skipped",
        }
    }

    /// The mark before a line, and in plain ASCII.
    pub fn mark(&self, unicode: bool) -> &'static str {
        match (self, unicode) {
            (Outcome::Ok(_) | Outcome::Noted(..), true) => "✓",
            (Outcome::Warning(..), true) => "!",
            (Outcome::Failed(_), true) => "✗",
            (Outcome::Skipped(_), true) => "–",
            (Outcome::Ok(_) | Outcome::Noted(..), false) => "ok  ",
            (Outcome::Warning(..), false) => "warn",
            (Outcome::Failed(_), false) => "FAIL",
            (Outcome::Skipped(_), false) => "skip",
        }
    }

    pub fn label(&self) -> Label {
        match self {
            Outcome::Ok(_) | Outcome::Noted(..) => Label::Benign,
            Outcome::Warning(..) => Label::Warning,
            Outcome::Failed(_) => Label::Error,
            Outcome::Skipped(_) => Label::Muted,
        }
    }

    pub fn detail(&self) -> &str {
        match self {
            Outcome::Ok(text) | Outcome::Skipped(text) => text,
            Outcome::Noted(text, _) | Outcome::Warning(text, _) => text,
            Outcome::Failed(error) => &error.message,
        }
    }

    pub fn causes(&self) -> &[String] {
        match self {
            Outcome::Failed(error) => &error.causes,
            _ => &[],
        }
    }

    /// What to do next.
    pub fn hints(&self) -> &[String] {
        match self {
            Outcome::Failed(error) => &error.hints,
            Outcome::Noted(_, hint) | Outcome::Warning(_, hint) => std::slice::from_ref(hint),
            _ => &[],
        }
    }

    /// The commands in what to do next are about the file and the profile of this run.
    pub fn keep(&mut self, given: &Given) {
        match self {
            Outcome::Failed(error) => *error = given.keep_in(error.clone()),
            Outcome::Noted(_, hint) | Outcome::Warning(_, hint) => *hint = given.keep(hint),
            Outcome::Ok(_) | Outcome::Skipped(_) => {}
        }
    }
}

impl Step {
    /// For monitoring: every field is always there. `overall` is what the steps come to with it.
    pub fn record(&self, overall: &str, scrub: &dyn Fn(&str) -> String) -> Record {
        let error = match &self.outcome {
            Outcome::Failed(error) => json!({
                "kind": error.kind.name(),
                "code": error.said.code.as_deref().map(scrub),
                "message": scrub(&error.to_string()),
                "request_id": error.said.request_id.as_deref().map(scrub),
            }),
            _ => json!(null),
        };
        let next: Vec<_> = self
            .outcome
            .hints()
            .iter()
            .map(|hint| scrub(hint))
            .collect();
        let mut record = Record::new();
        for (field, value) in [
            ("provider", json!(self.provider)),
            ("step", json!(self.name)),
            ("status", json!(self.outcome.name())),
            ("detail", json!(scrub(self.outcome.detail()))),
            ("next", json!(next)),
            ("error", error),
            ("overall", json!(overall)),
        ] {
            record.insert(field.to_string(), value);
        }
        record
    }
}
