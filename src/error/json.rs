//! An error as JSON, for scripts that asked for JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Error, Kind};

/// What a run that failed writes to stderr where JSON was asked for, on one line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorReport {
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
    pub fn of(error: &Error, notes: Vec<String>, scrub: impl Fn(&str) -> String) -> Self {
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
