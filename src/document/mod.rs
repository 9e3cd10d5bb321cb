//! What every command answers with: records, the columns they have, and how a person reads them.
//! Pure: no terminal, no file, no provider.

mod column;
mod row;
mod text;

pub use column::{Align, Column, at, flat};
pub use row::{Form, Row};
pub use text::{Label, Lang, Phrase, Text};

use crate::error::Result;

/// One element of an answer, as it comes out in JSON; keys keep their order.
pub type Record = serde_json::Map<String, serde_json::Value>;

/// How the records of one command are laid out.
#[derive(Clone)]
pub struct Layout {
    /// Every field that can be chosen, in the order of the CSV.
    pub columns: &'static [Column],
    /// What a table shows unasked; `--fields` takes its place.
    pub table: &'static [Column],
    /// How one record alone is shown; without it, one record is a table of one row.
    /// A record that has nothing to show (its failure is on stderr) makes no card.
    pub card: Option<fn(&Record, Lang) -> Option<Card>>,
    /// The sentence for a table without rows.
    pub empty: Phrase,
    /// A table shows this many rows and says how many there were.
    pub max_rows: usize,
}

/// One record as sections of names and values.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub title: Text,
    pub verdict: Text,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub title: String,
    pub rows: Vec<(String, Text)>,
}

/// Where a command puts what it found, as soon as it knows it.
pub trait Sink {
    fn record(&mut self, record: Record) -> Result<()>;

    /// The service's own answer, byte for byte. Only `--raw` shows it.
    fn raw(&mut self, body: &[u8]) -> Result<()>;

    /// Whether `--raw` was asked for: the answer then need not be understood.
    fn is_raw(&self) -> bool;

    /// A row of the user's own, with fields added to it and every other byte as it was.
    fn widened(&mut self, row: &Row, added: &[(&str, String, serde_json::Value)]) -> Result<()>;

    /// Hands on what is known so far; called before waiting for the network.
    fn flush(&mut self) -> Result<()>;
}
