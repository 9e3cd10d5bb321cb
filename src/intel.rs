//! What all services agree on: what they say of an indicator, and how bad it is. Pure.

mod ignore;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::{Label, Phrase};
use crate::error::Error;

pub use ignore::{Ignore, IgnoredBy};

/// How bad an indicator is, best first: the worst of several is their maximum.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Known, and nothing is said against it.
    None,
    /// Known to be good.
    Benign,
    /// Neither good nor bad: an address of a cloud, a network's own range.
    Info,
    /// Worth a look.
    Suspicious,
    /// Does harm.
    Malicious,
}

impl Level {
    /// Worst first, as people read them.
    pub const ALL: [Level; 5] = [
        Level::Malicious,
        Level::Suspicious,
        Level::Info,
        Level::Benign,
        Level::None,
    ];

    /// The word for it in JSON, CSV and on the command line.
    pub fn name(self) -> &'static str {
        self.phrase().en
    }

    /// The word for it in a table.
    pub fn phrase(self) -> Phrase {
        match self {
            Level::Malicious => Phrase::new("malicious", "恶意"),
            Level::Suspicious => Phrase::new("suspicious", "可疑"),
            Level::Info => Phrase::new("info", "信息"),
            Level::Benign => Phrase::new("benign", "良性"),
            Level::None => Phrase::new("none", "无"),
        }
    }

    /// What a table colours it by.
    pub fn label(self) -> Label {
        match self {
            Level::Malicious => Label::Malicious,
            Level::Suspicious => Label::Suspicious,
            Level::Info => Label::Info,
            Level::Benign => Label::Benign,
            Level::None => Label::Muted,
        }
    }

    /// The level of this name; `None` if it is no level's.
    pub fn of_name(name: &str) -> Option<Level> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// What a service says of an indicator.
#[derive(Debug, Clone)]
pub enum Verdict {
    Found(Level),
    NotFound,
    /// The service finds it to be no indicator, and why.
    Invalid(Error),
}

impl Verdict {
    /// `None` if the service knows nothing of it.
    pub fn level(&self) -> Option<Level> {
        match self {
            Verdict::Found(level) => Some(*level),
            Verdict::NotFound | Verdict::Invalid(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_has_one_name_everywhere() {
        for level in Level::ALL {
            assert_eq!(Level::of_name(level.name()), Some(level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
        assert_eq!(Level::of_name("Malicious"), None);
        assert!(Level::ALL.is_sorted_by(|worse, better| worse > better));
    }
}
