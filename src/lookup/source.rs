//! What can be asked about an indicator: a service, a list, a file.

use std::any::Any;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{Record, Sent, record_of};
use crate::error::{Error, Result};
use crate::http::Response;
use crate::indicator::Indicator;
use crate::intel::Verdict;
use crate::store::Owner;
use crate::store::index::How;

/// Asked from several threads at once.
pub trait Source: Send + Sync {
    /// The word for it on the command line, in JSON and in the cache.
    fn name(&self) -> &str;

    /// What is asked about such an indicator: itself, or a part of it such as the host of a URL.
    ///
    /// # Errors
    /// Why this source has nothing to say of it, whatever it is.
    fn accepts(&self, indicator: &Indicator) -> Result<Indicator>;

    /// Asks about what [`Source::accepts`] made, and waits for the answer. Each try may cost
    /// something: before a second one, and each after that, `again` is asked for leave.
    fn ask(&self, query: &Indicator, again: &dyn Fn() -> Result<()>) -> Attempt;

    /// Whose its answers are in the cache; `None` if they are not worth keeping between runs.
    fn owner(&self) -> Option<Owner> {
        None
    }

    /// For a reader: its name, and the address of a service.
    fn shown(&self) -> String {
        match self.owner() {
            Some(owner) => format!("{} ({})", self.name(), owner.endpoint),
            None => self.name().to_string(),
        }
    }

    /// Understands an answer that was kept; `None` if it has to be asked again.
    fn recall(&self, _query: &Indicator, _kept: &Response) -> Option<Answer> {
        None
    }

    /// Whether the account has a number of lookups, and the answers say what is left of it.
    fn is_counted(&self) -> bool {
        false
    }

    /// How often a lookup that has no other beside it may be told that it comes too fast.
    fn patience(&self) -> u32 {
        0
    }
}

/// What a source makes for the first question: what the cache knows needs no credentials and no
/// network.
pub type Lazy<T> = LazyLock<Result<T>, Box<dyn FnOnce() -> Result<T> + Send>>;

/// What came of one question.
pub enum Attempt {
    Answered(Box<Answered>),
    /// This one failed; with the body, where one came.
    Failed(Error, Option<Vec<u8>>),
    /// The source is asked too fast, and may have said how long to wait; with the body.
    TooFast(Error, Option<Duration>, Vec<u8>),
    /// The source can answer nothing at all.
    Down(Error),
}

impl Attempt {
    /// The answer that `body` held when it came.
    pub fn answered(answer: Answer, body: Vec<u8>, at: Timestamp) -> Self {
        Attempt::Answered(Box::new(Answered {
            answer,
            body,
            at,
            is_worth_keeping: true,
        }))
    }
}

pub struct Answered {
    pub answer: Answer,
    /// As it came, without secrets of ours.
    pub body: Vec<u8>,
    pub at: Timestamp,
    /// Whether its body says for a later run what it said when it came.
    pub is_worth_keeping: bool,
}

/// What a source says of an indicator.
#[derive(Debug, Clone)]
pub struct Answer {
    pub verdict: Verdict,
    /// The source's own words for what it is.
    pub judgments: Option<Vec<String>>,
    /// For a list: the entry that it is on.
    pub listing: Option<Listing>,
    /// Whom the answer is about, where that is a parent of the domain asked about.
    pub answered_for: Option<String>,
    pub quota: Quota,
    /// As given; `null` if none was.
    pub request_id: Value,
    /// What else it says; `None` if nothing.
    pub details: Option<Arc<dyn Details>>,
}

impl Answer {
    /// One that says no more than this.
    pub fn of(verdict: Verdict) -> Self {
        Answer {
            verdict,
            judgments: None,
            listing: None,
            answered_for: None,
            quota: Quota::default(),
            request_id: Value::Null,
            details: None,
        }
    }
}

/// What one source says and others do not, in a type of its own: whoever knows the source knows
/// the type.
pub trait Details: Any + Debug + Send + Sync {
    /// Under the names that `ti` documents; what it knows no name for, under the source's own.
    fn record(&self) -> Record;
}

impl<T: Serialize + Any + Debug + Send + Sync> Details for T {
    fn record(&self) -> Record {
        record_of(self)
    }
}

/// The entry of a list.
#[derive(Debug, Clone)]
pub struct Listing {
    pub how: How,
    /// At least one.
    pub reports: Vec<Report>,
}

/// Where an indicator is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// As the source numbers it.
    pub id: Option<String>,
    /// The title of the report, or the reason in a list.
    pub publication: Option<String>,
    /// `YYYY-MM-DD`.
    pub detection_date: Option<String>,
    /// The entry as the source sent it.
    pub listed_as: String,
}

/// What a service says of the lookups of an account, as given. None says whether the total is what
/// is allowed or what was used.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Quota {
    /// The service's `LeftCount`.
    #[schemars(with = "Option<Sent<i64>>")]
    pub left: Value,
    /// The service's `TotalCount`.
    #[schemars(with = "Option<Sent<i64>>")]
    pub total: Value,
}
