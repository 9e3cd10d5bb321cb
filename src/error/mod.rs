//! What went wrong, in three parts: what failed, why, and what to do next.
//!
//! An [`Error`] is plain data (it can be cloned): the same failed lookup may be
//! reported for several inputs, and it ends up in JSON as well as on stderr.

mod suggest;

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

pub use suggest::{did_you_mean, nearest};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kinds of failure that a user or a script can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A fault of the program or of this machine (a full disk, a failed write).
    Internal,
    /// A bad flag, an unreadable input, an indicator refused before any request.
    Usage,
    /// Profile, secret or certificate file.
    Config,
    /// Credentials refused, or not entitled.
    Credentials,
    /// Network, TLS, timeout.
    Network,
    /// The service answered something unusable, or an API error.
    Service,
    /// Quota used up, or a rate limit not to be outwaited.
    Quota,
    /// Some inputs answered, some failed.
    Partial,
    /// What `--fail-on` names was found.
    #[serde(rename = "met")]
    Threshold,
    /// The service has no such report.
    #[serde(rename = "missing")]
    NotFound,
    /// `--fail-unchanged`, and the file is the same; `--changed-since`, and the answer is.
    Unchanged,
    /// Stopped by the user.
    Interrupted,
    /// The reader of our output went away; nothing to report.
    #[schemars(skip)]
    ClosedPipe,
    /// A question about the output itself was answered in place of the command, as `--help` is.
    #[schemars(skip)]
    Answered,
}

impl Kind {
    /// The exit code, as documented in the README.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::ClosedPipe | Kind::Answered => 0,
            Kind::Internal => 1,
            Kind::Usage => 2,
            Kind::Config => 3,
            Kind::Credentials => 4,
            Kind::Network => 5,
            Kind::Service => 6,
            Kind::Quota => 7,
            Kind::Partial => 8,
            Kind::NotFound => 9,
            Kind::Threshold => 10,
            Kind::Unchanged => 11,
            Kind::Interrupted => 130,
        }
    }
}

/// What the service itself said about the failure, where it said anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceDetails {
    pub status: Option<u16>,
    pub code: Option<String>,
    pub request_id: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Error {
    pub kind: Kind,
    /// What failed, one sentence without a full stop.
    pub message: String,
    /// Why, outermost first.
    pub causes: Vec<String>,
    /// What to do next.
    pub hints: Vec<String>,
    pub said: ServiceDetails,
}

impl Error {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            causes: Vec::new(),
            hints: Vec::new(),
            said: ServiceDetails::default(),
        }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, message)
    }

    pub fn service(message: impl Into<String>) -> Self {
        Self::new(Kind::Service, message)
    }

    pub fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.causes.push(cause.to_string());
        self
    }

    /// Adds `error` and everything beneath it, each said once.
    pub fn caused_by(mut self, error: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            let text = error.to_string();
            // Many libraries repeat their source in their own message.
            if !self.causes.iter().any(|said| said.contains(&text)) {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Where what was typed is wrong, not what is in the file.
    pub fn as_usage(mut self) -> Self {
        self.kind = Kind::Usage;
        self
    }

    pub fn said(mut self, said: ServiceDetails) -> Self {
        self.said = said;
        self
    }

    /// Where the machine has no room, nothing that was typed or set is wrong.
    pub fn or_full_disk(mut self, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        if let StorageFull | QuotaExceeded | FileTooLarge = error.kind() {
            self.kind = Kind::Internal;
        }
        self
    }

    /// A failed write. A reader that has gone is no error of anybody's.
    pub fn write(what: impl fmt::Display, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Error::new(Kind::ClosedPipe, "the reader closed the pipe");
        }
        Error::new(Kind::Internal, format!("cannot write {what}")).cause(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for cause in &self.causes {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// What nobody tells apart: a fault of the program or of this machine, the outermost context first.
impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        // One of our own keeps its kind on its way through.
        let error = match error.downcast::<Error>() {
            Ok(own) => return own,
            Err(error) => error,
        };
        let failed = Error::new(Kind::Internal, error.to_string());
        match error.source() {
            Some(source) => failed.caused_by(source),
            None => failed,
        }
    }
}

/// What was typed and cannot be meant.
impl From<clap::Error> for Error {
    fn from(error: clap::Error) -> Self {
        Error::usage(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_nobody_tells_apart_keeps_its_chain_and_one_of_ours_its_kind() {
        let chain = anyhow::Error::new(std::io::Error::other("no space left"))
            .context("the page cannot be written")
            .context("cannot draw");
        let error = Error::from(chain);
        assert_eq!(
            (error.kind, &*error.message),
            (Kind::Internal, "cannot draw")
        );
        assert_eq!(
            error.causes,
            ["the page cannot be written", "no space left"]
        );
        let own = anyhow::Error::new(Error::config("no such profile").hint("name one"));
        let own = Error::from(own);
        assert_eq!((own.kind, own.hints.len()), (Kind::Config, 1));
    }

    #[test]
    fn a_full_disk_is_the_fault_of_the_machine() {
        for (code, kind) in [
            (std::io::ErrorKind::StorageFull, Kind::Internal),
            (std::io::ErrorKind::PermissionDenied, Kind::Config),
        ] {
            let error = std::io::Error::from(code);
            assert_eq!(Error::config("").or_full_disk(&error).kind, kind);
        }
    }

    #[test]
    fn a_cause_is_not_said_twice() {
        let inner = std::io::Error::other("reset by peer");
        let error = Error::service("outer")
            .cause("sending: reset by peer")
            .caused_by(&inner);
        assert_eq!(error.causes, ["sending: reset by peer"]);
    }
}
