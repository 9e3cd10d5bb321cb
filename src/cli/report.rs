//! An error as three things: what failed, why, and what to do next.

use crate::console::Reporter;
use crate::console::Stderr;
use crate::document::{AnswerSchema, Label};
use crate::error::{Error, ErrorReport, Kind};
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
