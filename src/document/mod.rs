//! What every command answers with: records, the columns they have, and how a person reads them;
//! where there are numbers to compare, a figure. Pure: no terminal, no file, no provider.

mod aggregate;
mod column;
mod count;
mod figure;
mod row;
mod series;
mod text;
mod time;

pub use column::{Align, Column, at, flat};
pub use count::{Count, share, share_json, sum};
pub use figure::{Bar, Bars, Body, Document, Figure, Json, List, Timeline};
pub use row::{Form, Row};
pub use series::{Point, Series};
pub use text::{Label, Lang, Phrase, Text};
pub use time::{Civil, Step, Time};

use serde_json::Value;

use crate::error::{Error, Kind, Result};

/// One element of an answer, as it comes out in JSON; keys keep their order.
pub type Record = serde_json::Map<String, Value>;

/// A typed answer as the record that it is in JSON.
pub fn record_of(answer: &impl serde::Serialize) -> Result<Record> {
    let failed = || Error::new(Kind::Internal, "an answer is no JSON object");
    match serde_json::to_value(answer) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(failed()),
        Err(error) => Err(failed().cause(error)),
    }
}

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
    pub drawn: Drawn,
}

/// Whether an answer can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    Never,
    /// As one view among others.
    OnPages,
    Always,
}

impl Layout {
    /// For a command that passes a file on: it has no records.
    pub const FILE: Layout = Layout {
        columns: &[],
        table: &[],
        card: None,
        empty: Phrase::new("", ""),
        max_rows: 0,
        drawn: Drawn::Never,
    };

    /// For what is here whole and needs no more than its columns.
    pub const fn plain(columns: &'static [Column]) -> Layout {
        Layout {
            columns,
            table: columns,
            max_rows: usize::MAX,
            ..Layout::FILE
        }
    }

    pub fn is_file(&self) -> bool {
        self.columns.is_empty()
    }
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

    /// A record that is the whole answer: an object in JSON, and no element of a list.
    fn object(&mut self, record: Record) -> Result<()>;

    /// A record of nothing but text, its cells in the order of the layout's columns. No map is
    /// made of it where the format needs none: hundreds of thousands a second get through.
    fn row(&mut self, cells: &[&str]) -> Result<()>;

    /// The next bytes of a file that the service keeps; they come out as they are.
    fn bytes(&mut self, bytes: &[u8]) -> Result<()>;

    /// An answer that is more than a list of records.
    fn document(&mut self, document: &dyn Document) -> Result<()>;

    /// Whether a page is being made that shows all views of a service, not only the one asked for.
    fn wants_all_views(&self) -> bool;

    /// A view that could not be had, and why, for such a page.
    fn missing(&mut self, title: &str, why: &Error);

    /// The service's own answer, byte for byte. Only `--raw` shows it.
    fn raw(&mut self, body: &[u8]) -> Result<()>;

    /// Whether `--raw` was asked for: the answer then need not be understood.
    fn is_raw(&self) -> bool;

    /// A row of the user's own, with fields added to it and every other byte as it was.
    fn widened(&mut self, row: &Row, added: &[(&str, String, serde_json::Value)]) -> Result<()>;

    /// Takes back everything that was handed in, where nobody has seen it yet: in a file that is
    /// not in its place. False where it cannot be taken back.
    fn restart(&mut self) -> Result<bool>;

    /// Hands on what is known so far; called before waiting for the network.
    fn flush(&mut self) -> Result<()>;
}

/// A folder that a command fills with files.
pub trait Folder {
    /// Puts a file there, whole or not at all, over an older one of that name.
    /// Gives its path as it is to be shown; a name that leads out of the folder is an error.
    fn put(&self, name: &str, content: &[u8]) -> Result<String>;
}
