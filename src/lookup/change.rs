//! What became of an indicator since an earlier answer. Pure.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{Phrase, Record, text_at};
use crate::intel::Level;

/// What became of an indicator since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// The earlier answer has nothing on it.
    New,
    Worse,
    Better,
    /// It is not asked about any more.
    Gone,
}

impl Change {
    const ALL: [Change; 4] = [Change::New, Change::Worse, Change::Better, Change::Gone];

    pub fn phrase(self) -> Phrase {
        match self {
            Change::New => Phrase::new("new", "新增"),
            Change::Worse => Phrase::new("worse", "恶化"),
            Change::Better => Phrase::new("better", "好转"),
            Change::Gone => Phrase::new("gone", "移除"),
        }
    }

    /// What an element says of itself; `None` where nothing was compared.
    pub fn of(record: &Record) -> Option<Change> {
        let name = text_at(record, "change");
        let mut all = Self::ALL.into_iter();
        all.find(|change| change.phrase().en == name)
    }
}

/// What an element has beside all others, where answers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// What became of the indicator since.
    pub change: Change,
    /// How bad it was; null where nothing was known of it.
    pub level_before: Option<Level>,
}

/// An element, with what has changed where answers are compared.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Compared<T> {
    #[serde(flatten)]
    pub changed: Option<Changed>,
    #[serde(flatten)]
    pub element: T,
}

/// How bad it was, where answers are compared.
pub fn level_before(record: &Record) -> Option<Level> {
    Level::of_name(&text_at(record, "level_before"))
}
