//! `ti kti enrich`: the user's own rows, with what the service knows of one field of each.

use serde_json::Value;

use crate::context::Context;
use crate::document::{Record, Row, record_of};
use crate::error::{Error, Result};
use crate::input::{ADDED, RowArgs, Unreadable};
use crate::lookup::{Emit, LookupArgs, Slot, Work, look_up};
use crate::output::{Done, Format, Output};

use super::element::Element;
use super::source::Kti;
use super::view;

#[derive(Debug, clap::Args)]
pub struct EnrichArgs {
    #[command(flatten)]
    rows: RowArgs,

    #[command(flatten)]
    lookup: LookupArgs,
}

/// What is added, as fields of an element.
const FROM: [&str; ADDED.len()] = ["status", "level", "judgments", "tags", "indicator"];

pub fn run(args: &EnrichArgs, cx: &Context) -> Result<Done> {
    let format = if args.rows.is_csv() {
        Format::Csv
    } else {
        Format::Ndjson
    };
    let mut out = cx
        .row_output(format)
        .gate(args.lookup.fail_on.is_some())
        .open()?;
    let mut inputs = args.rows.open()?;
    if let Some(header) = inputs.header.take() {
        out.widened(&header, &added(&Record::new()))?;
    }
    let work = Work::new(&args.lookup, vec![Kti::source(cx)?], inputs, cx);
    let mut widened = Widened(out);
    let missing = look_up(work, &mut widened)?;
    widened.0.ended(missing)
}

/// Each row with its new fields.
struct Widened(Output);

impl Emit for Widened {
    fn emit(&mut self, slot: &Slot) -> Result<()> {
        let Some(row) = &slot.input.row else {
            return Err(Error::usage("an input without a row cannot be enriched"));
        };
        if is_left_alone(row, &slot.input.text) {
            return self.0.widened(row, &[]);
        }
        let answer = slot.answers.first().filter(|_| !slot.input.is_blank());
        let record =
            answer.map_or_else(Record::new, |settled| record_of(&Element::of("", settled)));
        self.0.widened(row, &added(&record))
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// Fields cannot be added to what is no row of its file, and not twice.
fn is_left_alone(row: &Row, text: &Result<String, Unreadable>) -> bool {
    let cannot = matches!(
        text,
        Err(Unreadable::NotAnObject
            | Unreadable::HasThem
            | Unreadable::TooManyCells
            | Unreadable::OpenQuote)
    );
    row.text.trim_ascii().is_empty() || cannot
}

/// Name, CSV cell and JSON value of each added field.
fn added(record: &Record) -> [(&'static str, String, Value); ADDED.len()] {
    std::array::from_fn(|place| {
        let (name, field) = (ADDED[place], FROM[place]);
        let value = record.get(field).cloned().unwrap_or(Value::Null);
        (name, view::flat_field(record, field), value)
    })
}
