//! `ti kaspersky ioc`: the Master IOC, row by row.

use std::io::{self, Read};

use crate::console::{Reporter, Weight};
use crate::context::Context;
use crate::document::{Column, Drawn, Label, Lang, Layout, Phrase, Record, Text, text_at};
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
        .spare(1),
    Column::new("detection_date", "Detected", "检测日期")
        .no_wrap()
        .spare(3),
    Column::new("publication", "Report", "报告").spare(2),
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
    columns: COLUMNS,
    table: TABLE,
    card: None,
    empty: Phrase::new("No indicators.", "没有指标。"),
    max_rows: 100,
    drawn: Drawn::Never,
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
    let unreadable = args.download.fetch("master_ioc", cx, &mut out, consume)?;
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
        let cells = [
            row.id,
            row.publication,
            row.indicator,
            row.detection_date,
            row.kind.name(),
            row.type_as_sent,
        ];
        match filter.is_none_or(|filter| filter.lets_through(row)) {
            true => out.row(&cells),
            false => out.withhold(&cells),
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
    let (mut trust, mut unreadable) = (Trust::default(), 0_u64);
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
                unreadable += 1;
                notes.say(Weight::Trace, &format!("Master IOC, line {line}: {why}"));
            }
        }
    }
    trust.check()?;
    let read = trust.rows;
    match (read, unreadable) {
        (0, 0) => Err(empty()),
        (0, _) => Err(errors::malformed("no row of the Master IOC can be read")),
        (_, 0) => Ok(None),
        _ => Ok(Some(
            Error::new(
                ErrorKind::Partial,
                format!("{unreadable} lines of the Master IOC cannot be read"),
            )
            .cause(format!("the other {read} rows are whole"))
            .hint("-v lists the lines by number; --raw gives the file as it came"),
        )),
    }
}

/// Whether the rows are what they are documented to be. One that is not may come out, as there is
/// damage everywhere; many mean that the file has changed, and are not to take the place of a
/// good one.
#[derive(Debug, Default)]
struct Trust {
    rows: u64,
    odd: u64,
}

/// So often it is looked at while rows come, so that a changed file ends early.
const CHECKED_EVERY: u64 = 1024;

impl Trust {
    fn see(&mut self, row: &Row) -> Result<()> {
        self.rows += 1;
        self.odd += u64::from(!row.makes_sense());
        match self.rows % CHECKED_EVERY {
            0 => self.check(),
            _ => Ok(()),
        }
    }

    /// Nearly all: nineteen of twenty, and of a few rows all but one.
    fn check(&self) -> Result<()> {
        let Trust { rows, odd } = self;
        if *rows == 0 || (odd < rows && odd * 20 <= (*rows).max(20)) {
            return Ok(());
        }
        let what = format!(
            "{odd} of {rows} rows of the Master IOC have no indicator or no date where they belong"
        );
        Err(errors::malformed(what)
            .hint("if the portal has changed the file: --raw passes it on as it came"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_rows_must_make_sense() {
        for (rows, odd, holds) in [
            (0, 0, true),
            (1, 0, true),
            (1, 1, false),
            (2, 1, true),
            (19, 2, false),
            (40, 2, true),
            (1_000_000, 50_000, true),
            (1_000_000, 50_001, false),
        ] {
            assert_eq!(
                Trust { rows, odd }.check().is_ok(),
                holds,
                "{odd} of {rows}"
            );
        }
    }
}
