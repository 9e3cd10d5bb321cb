//! One step of the way, as a record and in words.

use std::iter;

use schemars::JsonSchema;
use serde::Serialize;

use crate::cli::given::Given;
use crate::console::translate;
use crate::document::{AnswerSchema, Failure, Label, Lang};
use crate::error::Error;

pub struct Step {
    /// None for what all providers share.
    pub provider: Option<&'static str>,
    pub name: &'static str,
    pub outcome: Outcome,
}

/// How it went.
pub struct Outcome {
    pub status: Status,
    /// What was found, or what failed.
    pub detail: String,
    /// What to do next.
    pub next: Vec<String>,
    pub failure: Option<Error>,
}

impl Outcome {
    fn new(status: Status, detail: impl Into<String>) -> Self {
        Outcome {
            status,
            detail: detail.into(),
            next: Vec::new(),
            failure: None,
        }
    }

    pub fn ok(detail: impl Into<String>) -> Self {
        Self::new(Status::Ok, detail)
    }

    pub fn skipped(detail: impl Into<String>) -> Self {
        Self::new(Status::Skipped, detail)
    }

    pub fn failed(error: Error) -> Self {
        Outcome {
            next: error.hints.clone(),
            failure: Some(error.clone()),
            ..Self::new(Status::Failed, error.message)
        }
    }

    /// It works here; what somebody may have to do elsewhere.
    pub fn noted(mut self, hint: impl Into<String>) -> Self {
        self.next.push(hint.into());
        self
    }

    /// It works, and somebody should do something, if there is a hint.
    pub fn warned(mut self, hint: Option<impl Into<String>>) -> Self {
        if let Some(hint) = hint {
            self.status = Status::Warning;
            self.next.push(hint.into());
        }
        self
    }

    /// The mark before a line, a word where that can only be ASCII, and its colour.
    pub fn mark(&self, unicode: bool) -> (&'static str, Label) {
        let (sign, word, label) = match self.status {
            Status::Ok => ("✓", "ok  ", Label::Benign),
            Status::Warning => ("!", "warn", Label::Warning),
            Status::Failed => ("✗", "FAIL", Label::Error),
            Status::Skipped => ("–", "skip", Label::Muted),
        };
        (if unicode { sign } else { word }, label)
    }

    /// Puts what it says into this language.
    pub fn speak(&mut self, lang: Lang) {
        let causes = self.failure.iter_mut().flat_map(|error| &mut error.causes);
        let texts = iter::once(&mut self.detail).chain(&mut self.next);
        for text in texts.chain(causes) {
            *text = translate(text, lang).into_owned();
        }
    }

    /// The commands in what to do next are about the file and the profile of this run.
    pub fn keep(&mut self, given: &Given) {
        for hint in &mut self.next {
            *hint = given.keep(hint);
        }
    }
}

/// A step as it comes out, for monitoring: every field is always there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownStep {
    /// Null for `file`, `profile` and `ignore.files`, which all providers share.
    provider: Option<&'static str>,
    /// The name of the step, as in the table of steps.
    step: &'static str,
    /// How it went. What has a `warning` works, and somebody should do something soon: a
    /// certificate ends within 14 days, a clock is off by more than 30 seconds, a server is in
    /// trouble, no lookup is left.
    status: Status,
    /// What was found.
    detail: String,
    /// What to do.
    next: Vec<String>,
    /// Why it failed.
    error: Option<Failure>,
    /// The worst so far, so that the last element has it for the whole.
    overall: Overall,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Ok,
    Warning,
    Failed,
    Skipped,
}

/// What some steps come to, the worst last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Overall {
    #[default]
    Ok,
    Warning,
    Failed,
}

impl Overall {
    pub fn of(outcome: &Outcome) -> Self {
        match outcome.status {
            Status::Ok | Status::Skipped => Overall::Ok,
            Status::Warning => Overall::Warning,
            Status::Failed => Overall::Failed,
        }
    }
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<ShownStep>("config-check", &["config check"]);

impl Step {
    /// `overall` is what the steps come to with it.
    pub fn shown(&self, overall: Overall, scrub: &dyn Fn(&str) -> String) -> ShownStep {
        let outcome = &self.outcome;
        let error = outcome.failure.as_ref().map(|error| Failure {
            kind: error.kind,
            code: error.said.code.as_deref().map(scrub),
            message: scrub(&error.to_string()),
            request_id: error.said.request_id.as_deref().map(scrub),
        });
        ShownStep {
            provider: self.provider,
            step: self.name,
            status: outcome.status,
            detail: scrub(&outcome.detail),
            next: outcome.next.iter().map(|hint| scrub(hint)).collect(),
            error,
            overall,
        }
    }
}
