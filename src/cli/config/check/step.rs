//! One step of the way, as a record and in words.

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
    pub fn status(&self) -> Status {
        match self {
            Outcome::Ok(_) | Outcome::Noted(..) => Status::Ok,
            Outcome::Warning(..) => Status::Warning,
            Outcome::Failed(_) => Status::Failed,
            Outcome::Skipped(_) => Status::Skipped,
        }
    }

    /// The mark before a line, a word where that can only be ASCII, and its colour.
    pub fn mark(&self, unicode: bool) -> (&'static str, Label) {
        let (sign, word, label) = match self.status() {
            Status::Ok => ("✓", "ok  ", Label::Benign),
            Status::Warning => ("!", "warn", Label::Warning),
            Status::Failed => ("✗", "FAIL", Label::Error),
            Status::Skipped => ("–", "skip", Label::Muted),
        };
        (if unicode { sign } else { word }, label)
    }

    pub fn detail(&self) -> &str {
        match self {
            Outcome::Ok(text) | Outcome::Skipped(text) => text,
            Outcome::Noted(text, _) | Outcome::Warning(text, _) => text,
            Outcome::Failed(error) => &error.message,
        }
    }

    pub fn failure(&self) -> Option<&Error> {
        match self {
            Outcome::Failed(error) => Some(error),
            _ => None,
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

    /// Puts what it says into this language.
    pub fn speak(&mut self, lang: Lang) {
        let speak = |text: &mut String| *text = translate(text, lang).into_owned();
        match self {
            Outcome::Ok(text) | Outcome::Skipped(text) => speak(text),
            Outcome::Noted(text, hint) | Outcome::Warning(text, hint) => {
                [text, hint].into_iter().for_each(speak);
            }
            Outcome::Failed(error) => {
                speak(&mut error.message);
                let rest = error.causes.iter_mut().chain(&mut error.hints);
                rest.for_each(speak);
            }
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

/// A step as it comes out, for monitoring: every field is always there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownStep {
    /// Null for `file` and `profile`, which all providers share.
    provider: Option<&'static str>,
    /// The name of the step, as in the table of steps.
    step: &'static str,
    /// How it went. What has a `warning` works, and somebody should do something soon: a
    /// certificate ends within 14 days, a clock is off by more than 30 seconds, a server is in
    /// trouble.
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
        match outcome.status() {
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
        let error = outcome.failure().map(|error| Failure {
            kind: error.kind,
            code: error.said.code.as_deref().map(scrub),
            message: scrub(&error.to_string()),
            request_id: error.said.request_id.as_deref().map(scrub),
        });
        ShownStep {
            provider: self.provider,
            step: self.name,
            status: outcome.status(),
            detail: scrub(outcome.detail()),
            next: outcome.hints().iter().map(|hint| scrub(hint)).collect(),
            error,
            overall,
        }
    }
}
