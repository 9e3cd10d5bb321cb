//! An error as three things: what failed, why, and what to do next.

use schemars::JsonSchema;
use serde::Serialize;

use crate::console::{Reporter, Stderr};
use crate::document::{AnswerSchema, Label};
use crate::error::{Error, Kind};
use crate::output::json_line;

use super::given::Given;

pub const ERROR_SCHEMA: AnswerSchema = AnswerSchema::aside::<ErrorReport>(
    "error",
    "What a run that fails whole writes to stderr, on one line, where --json or --ndjson was given.",
);

/// The commands in it are about what was `given`.
pub fn report(error: &Error, given: &Given, notes: &Stderr) {
    match error.kind {
        Kind::ClosedPipe | Kind::Answered => return notes.release(),
        // Asked for and expected: cron need not send a letter about it.
        Kind::Unchanged => {
            notes.release();
            return notes.note(&error.message);
        }
        _ => {}
    }
    if notes.errors_are_json() && is_whole(error, notes) {
        let said = notes.take_held();
        let error = given.keep_in(error.clone());
        let report = ErrorReport::of(&error, said, |text| notes.scrub(text));
        return notes.write(&json_line(&report));
    }
    notes.release();
    notes.line(Label::Error, "error: ", &error.message);
    for cause in &error.causes {
        notes.line(Label::Muted, "  cause: ", cause);
    }
    for hint in &error.hints {
        notes.line(
            Label::Hint,
            "  hint:  ",
            &given.keep(&notes.in_language(hint)),
        );
    }
}

/// Whether nothing came of the run; where something did, its data says what is missing.
fn is_whole(error: &Error, notes: &Stderr) -> bool {
    match error.kind {
        Kind::Partial | Kind::Threshold => false,
        Kind::Interrupted => !notes.has_begun(),
        _ => true,
    }
}

/// What a run that failed writes to stderr where JSON was asked for, on one line.
#[derive(Debug, Serialize, JsonSchema)]
struct ErrorReport {
    /// Why nothing came.
    error: Failure,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Failure {
    /// `usage`, `config`, `credentials`, `network`, `service`, `quota`, `partial`, `missing` (no
    /// such report), `met` (`--fail-on`), `interrupted`, or `internal`.
    #[schemars(with = "String")]
    kind: Kind,
    /// The service's own code, where it gave one.
    code: Option<String>,
    /// What failed.
    message: String,
    /// Why, outermost first.
    causes: Vec<String>,
    /// What to do next.
    hints: Vec<String>,
    /// The HTTP status of the service's answer.
    status: Option<u16>,
    /// The service's id of the request.
    request_id: Option<String>,
    /// What the process exits with.
    exit_code: u8,
    /// What was said before it and not shown: errors, warnings and notes, each as in a terminal.
    notes: Vec<String>,
}

impl ErrorReport {
    /// Each text is handed through `scrub`, which takes secrets out.
    fn of(error: &Error, notes: Vec<String>, scrub: impl Fn(&str) -> String) -> Self {
        let all = |texts: &[String]| texts.iter().map(|text| scrub(text)).collect();
        let optional = |text: &Option<String>| text.as_deref().map(&scrub);
        ErrorReport {
            error: Failure {
                kind: error.kind,
                code: optional(&error.said.code),
                message: scrub(&error.message),
                causes: all(&error.causes),
                hints: all(&error.hints),
                status: error.said.status,
                request_id: optional(&error.said.request_id),
                exit_code: error.kind.exit_code(),
                notes,
            },
        }
    }
}
