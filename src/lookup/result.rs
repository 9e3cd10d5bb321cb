//! What became of an input. Pure.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Error, Kind};
use crate::indicator::Indicator;
use crate::intel::{Level, Verdict};

use super::source::Answer;

/// What became of an input at one source.
#[derive(Debug, Clone)]
pub enum LookupResult {
    Answered(Box<Answer>, Retrieved),
    Failed(Error),
    /// Not asked: what stopped the run would have stopped this lookup too.
    Skipped,
    /// The source has nothing to say of such indicators.
    Unsupported,
}

/// The word for what became of an input (`status` in JSON); of several sources, the first that one
/// of them has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is something on it.
    Found,
    /// The lookup failed.
    Error,
    /// Not asked: what ended the run would have stopped this lookup too.
    Skipped,
    /// There is nothing on it, wherever it was asked for.
    NotFound,
    /// The input is refused, by ti or by the service.
    Invalid,
    /// The source has nothing on such indicators.
    Unsupported,
}

impl Status {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Found => "found",
            Status::Error => "error",
            Status::NotFound => "not_found",
            Status::Invalid => "invalid",
            Status::Skipped => "skipped",
            Status::Unsupported => "unsupported",
        }
    }
}

/// When an answer came, and whether for an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retrieved {
    pub at: Timestamp,
    pub cached: bool,
}

/// The same for every input that waited for it.
pub struct Settled {
    /// What was asked; `None` if there was nothing to ask.
    pub query: Option<Indicator>,
    pub result: LookupResult,
    /// The source's own answer, where that is what is wanted.
    pub body: Option<Vec<u8>>,
    /// What it takes to hold it, roughly, in bytes.
    pub(super) size: usize,
}

/// An answer that was read takes some times the room of its text.
const OF_TEXT: usize = 4;

impl Settled {
    /// What needs no room worth counting: everything but an answer.
    pub(super) fn of(result: LookupResult) -> Self {
        Settled {
            query: None,
            result,
            body: None,
            size: 0,
        }
    }

    /// An answer whose text has `length` bytes.
    pub(super) fn answer(query: Indicator, result: LookupResult, length: usize) -> Self {
        Settled {
            query: Some(query),
            result,
            body: None,
            size: length.saturating_mul(OF_TEXT),
        }
    }

    /// With the source's own bytes.
    pub(super) fn with(mut self, body: Option<Vec<u8>>) -> Self {
        self.size += body.as_ref().map_or(0, Vec::len);
        self.body = body;
        self
    }
}

impl LookupResult {
    /// How bad the source judges it to be; `None` if it knows nothing of the indicator.
    pub fn level(&self) -> Option<Level> {
        match self {
            LookupResult::Answered(answer, _) => answer.verdict.level(),
            _ => None,
        }
    }

    /// The failure of a lookup that is one: also when the source finds the input to be no indicator.
    pub fn failure(&self) -> Option<&Error> {
        match self {
            LookupResult::Failed(error) => Some(error),
            LookupResult::Answered(answer, _) => match &answer.verdict {
                Verdict::Invalid(error) => Some(error),
                Verdict::Found(_) | Verdict::NotFound => None,
            },
            LookupResult::Skipped | LookupResult::Unsupported => None,
        }
    }

    pub fn status(&self) -> Status {
        match self {
            LookupResult::Answered(answer, _) => match answer.verdict {
                Verdict::Found(_) => Status::Found,
                Verdict::NotFound => Status::NotFound,
                Verdict::Invalid(_) => Status::Invalid,
            },
            LookupResult::Failed(error) if error.kind == Kind::Usage => Status::Invalid,
            LookupResult::Failed(_) => Status::Error,
            LookupResult::Skipped => Status::Skipped,
            LookupResult::Unsupported => Status::Unsupported,
        }
    }
}
