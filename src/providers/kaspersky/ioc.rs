//! `ti kaspersky ioc`: the Master IOC, row by row.

use std::io::{self, Read};

use crate::console::{Reporter, Weight};
use crate::context::Context;
use crate::document::{Column, Drawn, Label, Lang, Layout, Phrase, Record, Text, text_at};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::output::{Done, Output};

use super::download::{DownloadArgs, in_pieces};
use super::filter::{Filter, FilterArgs};
use super::kind::Kind;
use super::pieces::{CountLines, Utf8};
use super::rows::{Next, Rows};
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
    Column::new("indicator", "Indicator", "指标"),
    Column::new("detection_date", "Detected", "检测日期"),
    Column::new("type", "Type", "类型"),
];

const TABLE: &[Column] = &[
    Column::new("", "Indicator", "指标")
        .cell(indicator)
        .no_wrap(),
    Column::new("", "Type", "类型").cell(kind).no_wrap(),
    Column::new("detection_date", "Detected", "检测日期")
        .no_wrap()
        .droppable(),
    Column::new("publication", "Report", "报告").droppable(),
];

/// All of them are malicious: none is shown in a form that a click opens.
fn indicator(record: &Record, _: Lang) -> Text {
    let indicator = text_at(record, "indicator");
    let kind = Kind::of(&text_at(record, "type"), &indicator);
    Text::new(Label::Title, kind.defanged(&indicator))
}

fn kind(record: &Record, _: Lang) -> Text {
    let sent = text_at(record, "type");
    Text::plain(match Kind::of(&sent, &text_at(record, "indicator")) {
        Kind::Other => sent,
        kind => kind.name().to_string(),
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
    let mut out = cx.output(LAYOUT).replacing(&args.download.replace).open()?;
    let filter = args.filter.filter(cx.now());
    if out.is_raw() && filter.is_some() {
        return Err(
            Error::usage("--type, --since and --grep cannot be used with --raw")
                .hint("--raw passes on what the service sent; filter with --csv or --ndjson"),
        );
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
    let (mut utf8, mut lines) = (Utf8::default(), CountLines::default());
    in_pieces(content, |bytes| {
        utf8.take(bytes)?;
        // Two are enough: the other millions need no counting.
        if lines.count() < 2 {
            lines.take(bytes);
        }
        out.bytes(bytes)
    })?;
    utf8.finish()?;
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
    let mut rows = Rows::new(content);
    let (mut read, mut unreadable) = (0_u64, 0_u64);
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
                read += 1;
                let cells = [
                    row.id,
                    row.publication,
                    row.indicator,
                    row.detection_date,
                    row.kind,
                ];
                match filter.is_none_or(|filter| filter.lets_through(&row)) {
                    true => out.row(&cells)?,
                    false => out.withhold(&cells)?,
                }
            }
            Some(Next::Unreadable { line, why }) => {
                unreadable += 1;
                notes.say(Weight::Trace, &format!("Master IOC, line {line}: {why}"));
            }
        }
    }
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
