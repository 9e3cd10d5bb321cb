//! What every command answers with: records, the columns they have, and how a person reads them;
//! where there are numbers to compare, a figure. Pure: no terminal, no file, no provider.

mod aggregate;
mod asked;
mod column;
mod count;
mod failure;
mod figure;
mod row;
mod schema;
mod sent;
mod series;
mod text;
mod time;

pub use asked::Asked;
pub use column::{Align, Column, at, flat, joined, text_at};
pub use count::{Count, Share, counted, grouped, share, sum};
pub use failure::Failure;
pub use figure::{Bar, Bars, Body, Document, Figure, Hue, Json, LegendEntry, List, Timeline};
pub use row::{Row, RowFormat};
pub use schema::AnswerSchema;
pub use sent::{Sent, beside};
pub use series::{Point, Series};
pub use text::{Label, Lang, Mark, Phrase, Text, UTF_32, decoded, without_bom};
pub use time::{Civil, Step, Time, Utc, rfc3339};

use serde_json::Value;

/// One element of an answer, as it comes out in JSON; keys keep their order.
pub type Record = serde_json::Map<String, Value>;

/// A typed answer as the record that it is in JSON.
pub fn record_of(answer: &impl serde::Serialize) -> Record {
    match serde_json::to_value(answer) {
        Ok(Value::Object(record)) => record,
        // An answer is a struct, and its keys are text: it cannot fail.
        _ => Record::new(),
    }
}

/// An answer that is one object with a long list in it, made as it is written: an object in JSON, a
/// card in a table, elsewhere the rows of the list.
pub struct Listed<'a> {
    pub object: Record,
    /// Where in the object the list stands, in place of a null.
    pub field: &'static str,
    /// The list as JSON has it; `None` if the null stays.
    pub elements: Option<Box<dyn Iterator<Item = Record> + 'a>>,
    pub rows: Box<dyn Iterator<Item = Record> + 'a>,
    /// What of a row is worth showing beside the object.
    pub columns: &'static [Column],
    pub card: Card,
    /// The section of the card that has the first rows.
    pub excerpt: Option<usize>,
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

/// The place of a record in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// The highest comes first.
    pub order: u8,
    /// What it is counted as in the last line.
    pub label: Phrase,
    /// Whether the last line alone speaks of it.
    pub is_folded: bool,
    /// What is to be said under the table, once for all records like it.
    pub remark: Option<Phrase>,
    /// Since when the cache has it; `None` if it was asked.
    pub cached_since: Option<String>,
}

/// Whether an answer can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    Never,
    /// A report can be made of it: HTML or Markdown.
    AsReport,
    /// As one view among others.
    OnPages,
    Always,
}

impl Layout {
    /// For what is here whole and needs no more than its columns.
    pub const fn plain(columns: &'static [Column]) -> Layout {
        Layout {
            columns,
            table: columns,
            card: None,
            empty: Phrase::new("", ""),
            max_rows: usize::MAX,
            drawn: Drawn::Never,
        }
    }

    /// The columns of a CSV without `--fields`.
    pub fn unasked(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|column| !column.opt_in)
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
