//! `ti kti search`: what the service knows of each input.

use std::path::PathBuf;

use crate::context::Context;
use crate::document::{Asked, Drawn, Layout, Phrase, Rank, Record};
use crate::error::Result;
use crate::input::InputArgs;
use crate::lookup::{Emit, LookupArgs, Slot, Work, look_up, rank};
use crate::output::{Answered, Done, Output};

use super::element::Element;
use super::only::Only;
use super::source::{Kti, SERVICE};
use super::{card, view};

#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    #[command(flatten)]
    inputs: InputArgs,

    #[command(flatten)]
    lookup: LookupArgs,

    /// Answer as the answers come, not in the order of the inputs
    #[arg(long, help_heading = "Lookups", hide_short_help = true)]
    unordered: bool,

    /// Add to FILE what an earlier run did not answer in it; .ndjson or .csv
    #[arg(long, value_name = "FILE", help_heading = "Lookups")]
    resume: Option<PathBuf>,

    /// Show this level, status or threat type alone; malicious, not_found, C2, …; can repeat, or
    /// list several
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        value_parser = Only::parser(),
        ignore_case = true,
        hide_possible_values = true,
        conflicts_with = "resume",
        help_heading = "Output"
    )]
    only: Vec<Only>,

    /// In a table, show what is not found, too
    #[arg(long, help_heading = "Output")]
    all: bool,
}

const LAYOUT: Layout = Layout {
    columns: view::COLUMNS,
    table: view::TABLE,
    card: Some(card::card),
    empty: Phrase::new("Nothing to show.", "没有可显示的结果。"),
    max_rows: 10_000,
    drawn: Drawn::Never,
};

pub fn run(args: &SearchArgs, cx: &Context) -> Result<Done> {
    let rank = match args.all || !args.only.is_empty() {
        true => |record: &Record| remarked(record, rank::rank_all(record)),
        false => |record: &Record| remarked(record, rank::rank(record)),
    };
    let asked = Asked::default().list("only", &args.only);
    let opening = cx.output(LAYOUT).asked(asked).ranked(rank);
    let (out, mut answered) = match &args.resume {
        Some(path) => opening.resume(path)?,
        None => (opening.open()?, Answered::default()),
    };
    let mut inputs = args.inputs.open(cx.system(), cx.notes, SERVICE)?;
    if !answered.is_empty() {
        inputs =
            inputs.only(move |input| !answered.take(input.text.as_deref().unwrap_or_default()));
    }
    let mut elements = Elements {
        only: &args.only,
        out,
    };
    let work = Work {
        unordered: args.unordered,
        raw: elements.out.is_raw(),
        ..Work::new(&args.lookup, vec![Kti::source(cx)?], inputs, cx)
    };
    let missing = look_up(work, &mut elements)?;
    elements.out.ended(missing)
}

fn remarked(record: &Record, rank: Rank) -> Rank {
    const WHY: Phrase = Phrase::new(
        "benign beside another level: it is on the whitelist, too, and the worst counts",
        "“良性”与其他级别并列：它同时在白名单中，以最严重者为准",
    );
    Rank {
        remark: view::is_benign_too(record).then_some(WHY),
        ..rank
    }
}

/// An element each.
struct Elements<'a> {
    only: &'a [Only],
    out: Output,
}

impl Emit for Elements<'_> {
    fn emit(&mut self, slot: &Slot) -> Result<()> {
        for settled in &slot.answers {
            if let Some(body) = &settled.body {
                self.out.raw(body)?;
                continue;
            }
            let input = slot.input.text.as_deref().unwrap_or_default();
            let element = Element::of(input, settled);
            if self.only.is_empty() || self.only.iter().any(|only| only.means(&element)) {
                match element.error {
                    None => self.out.element(&element)?,
                    Some(_) => self.out.unanswered(&element)?,
                }
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
