//! `ti kaspersky ioc`: the Master IOC, row by row.

use std::io::{self, Read};

use crate::console::{Reporter, Weight};
use crate::context::Context;
use crate::document::{Column, Label, Lang, Layout, Phrase, Record, Text, text_at};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::indicator::{self, Kind};
use crate::output::{Done, Output};

use super::download::{DownloadArgs, in_pieces};
use super::filter::{Filter, FilterArgs};
use super::pieces::CountLines;
use super::rows::{Next, Row, Rows};
use super::{errors, master};

#[derive(Debug, clap::Args)]
pub struct IocArgs {
    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    download: DownloadArgs,
}

const COLUMNS: &[Column] = &[
    Column::new("id", "ID", "编号"),
    Column::new("publication", "Report", "报告"),
    Column::new("indicator", "Indicator", "指标").harmless(harmless),
    Column::new("detection_date", "Detected", "检测日期"),
    Column::new("type", "Type", "类型"),
    Column::new("type_as_sent", "Type as sent", "原始类型"),
];

const TABLE: &[Column] = &[
    Column::new("", "Indicator", "指标")
        .cell(indicator)
        .no_wrap(),
    Column::new("", "Type", "类型")
        .cell(kind)
        .no_wrap()
        .droppable(1),
    Column::new("detection_date", "Detected", "检测日期")
        .no_wrap()
        .droppable(3),
    Column::new("publication", "Report", "报告").droppable(2),
];

/// All of them are malicious: none is shown in a form that a click opens.
pub(super) fn harmless(record: &Record, indicator: &str) -> String {
    let kind = text_at(record, "type").parse().unwrap_or(Kind::Other);
    indicator::harmless(kind, indicator)
}

fn indicator(record: &Record, _: Lang) -> Text {
    let indicator = text_at(record, "indicator");
    Text::new(Label::Title, harmless(record, &indicator))
}

fn kind(record: &Record, _: Lang) -> Text {
    let kind = text_at(record, "type");
    let sent = text_at(record, "type_as_sent");
    Text::plain(match sent.is_empty() || kind != Kind::Other.name() {
        true => kind,
        false => sent,
    })
}

const LAYOUT: Layout = Layout {
    table: TABLE,
    empty: Phrase::new("No indicators.", "没有指标。"),
    max_rows: 100,
    ..Layout::plain(COLUMNS)
};

pub fn run(args: &IocArgs, cx: &Context) -> Result<Done> {
    let opening = cx.output(LAYOUT).asked(args.filter.asked());
    let mut out = opening.replacing(&args.download.replace).open()?;
    let filter = args.filter.filter(cx.now());
    if out.is_raw() && filter.is_some() {
        return Err(Error::usage(
            "--type, --since, --grep and --indicator cannot be used with --raw",
        )
        .hint("--raw passes on what the service sent; filter with --csv or --ndjson"));
    }
    let consume = |content: &mut dyn Read, out: &mut Output| match out.is_raw() {
        true => pass_on(content, out).map(|()| None),
        false => write_rows(content, filter.as_ref(), out, cx.notes),
    };
    let unreadable = args
        .download
        .master
        .fetch("master_ioc", cx, &mut out, consume)?;
    match unreadable {
        None => out.complete(),
        Some(error) => out.partial(error),
    }
}

/// The CSV as the service wrote it; at least a header and a row.
fn pass_on(content: &mut dyn Read, out: &mut Output) -> Result<()> {
    let mut lines = CountLines::default();
    in_pieces(content, |bytes| {
        // Two are enough: the other millions need no counting.
        if lines.count() < 2 {
            lines.take(bytes);
        }
        out.bytes(bytes)
    })?;
    match lines.count() {
        0 | 1 => Err(empty()),
        _ => Ok(()),
    }
}

fn empty() -> Error {
    errors::malformed("the Master IOC has no rows")
}

/// Gives what is to be said of lines that cannot be read.
fn write_rows(
    content: &mut dyn Read,
    filter: Option<&Filter>,
    out: &mut Output,
    notes: &dyn Reporter,
) -> Result<Option<Error>> {
    each_row(content, out, notes, &mut |out, row| {
        let cells = row.cells();
        match filter.is_none_or(|filter| filter.lets_through(row)) {
            true => out.row(&cells),
            false => Ok(()),
        }
    })
}

/// Hands on every row. Gives what is to be said of lines that cannot be read.
pub fn each_row<O>(
    content: &mut dyn Read,
    out: &mut O,
    notes: &dyn Reporter,
    take: &mut dyn FnMut(&mut O, &Row) -> Result<()>,
) -> Result<Option<Error>> {
    let mut rows = Rows::new(content);
    let mut trust = Trust::default();
    loop {
        let next = rows.next_row().map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput => errors::malformed(
                "the Master IOC does not have the five columns that are documented",
            ),
            _ => master::unreadable(&error),
        })?;
        match next {
            None => break,
            Some(Next::Row(row)) => {
                trust.see(&row)?;
                take(out, &row)?;
            }
            Some(Next::Unreadable { line, why }) => {
                trust.unreadable += 1;
                notes.say(Weight::Trace, &format!("Master IOC, line {line}: {why}"));
            }
        }
    }
    trust.check()?;
    let Trust {
        rows, unreadable, ..
    } = trust;
    match (rows, unreadable) {
        (0, 0) => Err(empty()),
        (0, _) => Err(errors::malformed("no row of the Master IOC can be read")),
        (_, 0) => Ok(None),
        _ => Ok(Some(
            Error::new(
                ErrorKind::Partial,
                format!("{unreadable} lines of the Master IOC cannot be read"),
            )
            .cause(format!("the other {rows} rows are whole"))
            .hint("-v lists the lines by number; ti kaspersky ioc --raw gives the file as it came"),
        )),
    }
}

/// Whether the rows are what they are documented to be. One that is not may come out, as there is
/// damage everywhere; many mean that the file has changed, and are not to take the place of a
/// good one.
#[derive(Debug, Default, Clone, Copy)]
struct Trust {
    rows: u64,
    /// Rows without an indicator or a date in their places.
    odd: u64,
    /// Rows whose indicator has the form of one; of an unknown type any text may be one, but not
    /// nearly all of a file.
    recognised: u64,
    /// Lines that are no rows.
    unreadable: u64,
}

/// So often it is looked at while rows come, so that a changed file ends early.
const CHECKED_EVERY: u64 = 1024;

/// So many rows are a file that can be judged, and so many lines may be damaged in any.
const FEW: u64 = 10;

impl Trust {
    fn see(&mut self, row: &Row) -> Result<()> {
        self.rows += 1;
        self.odd += u64::from(!row.makes_sense());
        self.recognised += u64::from(row.is_recognised());
        match self.rows % CHECKED_EVERY {
            0 => self.check(),
            _ => Ok(()),
        }
    }

    /// Nearly all: nineteen of twenty, and of a few rows all but one.
    fn check(&self) -> Result<()> {
        let Trust {
            rows,
            odd,
            recognised,
            unreadable,
        } = *self;
        let lines = rows + unreadable;
        let what = match () {
            () if rows == 0 => return Ok(()),
            () if odd == rows || odd * 20 > rows.max(20) => format!(
                "{odd} of {rows} rows of the Master IOC have no indicator or no date where they belong"
            ),
            () if rows >= FEW && recognised * 20 < rows => format!(
                "{} of {rows} rows of the Master IOC have no indicator of a known form",
                rows - recognised
            ),
            () if unreadable > FEW && unreadable * 20 > lines => {
                format!("{unreadable} of {lines} lines of the Master IOC cannot be read")
            }
            () => return Ok(()),
        };
        Err(errors::malformed(what).hint(
            "if the portal has changed the file: ti kaspersky ioc --raw passes it on as it came",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_rows_must_make_sense() {
        for (rows, odd, recognised, unreadable, holds) in [
            (0, 0, 0, 0, true),
            (1, 0, 1, 0, true),
            (1, 1, 0, 0, false),
            (2, 1, 1, 0, true),
            (19, 2, 17, 0, false),
            (40, 2, 38, 0, true),
            (1_000_000, 50_000, 950_000, 0, true),
            (1_000_000, 50_001, 949_999, 0, false),
            // Of types that are not known.
            (9, 0, 0, 0, true),
            (10, 0, 0, 0, false),
            (100, 0, 4, 0, false),
            (100, 0, 5, 0, true),
            // Lines that are no rows.
            (2, 0, 2, 10, true),
            (2, 0, 2, 11, false),
            (1_900, 0, 1_900, 100, true),
            (1_899, 0, 1_899, 101, false),
        ] {
            let trust = Trust {
                rows,
                odd,
                recognised,
                unreadable,
            };
            assert_eq!(trust.check().is_ok(), holds, "{trust:?}");
        }
    }
}
