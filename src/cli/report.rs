//! An error as three things: what failed, why, and what to do next.

use crate::console::Reporter;
use crate::console::Stderr;
use crate::document::Label;
use crate::error::{Error, Kind};

pub fn report(error: &Error, notes: &Stderr) {
    if matches!(error.kind, Kind::ClosedPipe | Kind::Answered) {
        return;
    }
    // Asked for and expected: cron need not send a letter about it.
    if error.kind == Kind::Unchanged {
        return notes.note(&error.message);
    }
    notes.line(Label::Error, "error: ", &error.message);
    for cause in &error.causes {
        notes.line(Label::Muted, "  cause: ", cause);
    }
    for hint in &error.hints {
        notes.line(Label::Hint, "  hint:  ", hint);
    }
}
