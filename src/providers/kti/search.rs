//! `ti kti search`: what the service knows of each input.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::document::{Asked, Layout, Phrase, Rank, Record, joined};
use crate::error::{Error, Result};
use crate::indicator::Indicator;
use crate::input::InputArgs;
use crate::lookup::change_view::{CHANGE, CHANGED};
use crate::lookup::view::layout;
use crate::lookup::{ChangesArgs, Compared, Emit, LookupArgs, Slot, Work, look_up, rank};
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

    /// Add to FILE what an earlier run left unanswered; .ndjson or .csv
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "changed_since",
        help_heading = "Lookups"
    )]
    resume: Option<PathBuf>,

    #[command(flatten)]
    changes: ChangesArgs,

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

const LAYOUT: Layout = layout(view::COLUMNS, view::TABLE, card::card);

/// Where answers are compared.
const CHANGES: Layout = Layout {
    columns: &joined::<{ view::COLUMNS.len() + CHANGED.len() }>(&[CHANGED, view::COLUMNS]),
    table: &joined::<{ view::TABLE.len() + 1 }>(&[&[CHANGE], view::TABLE]),
    ..LAYOUT
};

pub fn run(args: &SearchArgs, cx: &Context) -> Result<Done> {
    let since = args.changes.file();
    let rank = match args.all || !args.only.is_empty() || since.is_some() {
        true => |record: &Record| remarked(record, rank::rank_all(record)),
        false => |record: &Record| remarked(record, rank::rank(record)),
    };
    let layout = if since.is_some() { CHANGES } else { LAYOUT };
    let asked = Asked::default()
        .flag("changed-since", since.map(Path::display))
        .list("only", &args.only);
    let opening = cx.output(layout).asked(asked).ranked(rank);
    let opening = opening.about(args.inputs.shown());
    let opening = opening.gate(args.lookup.fail_on.is_some() || since.is_some());
    let (out, mut answered) = match &args.resume {
        Some(path) => opening.resume(path)?,
        None => (opening.open()?, Answered::default()),
    };
    if since.is_some() && out.is_raw() {
        return Err(Error::usage(
            "--changed-since: the service's own answer says nothing of changes",
        )
        .hint("leave --raw out; --json and --csv have both levels"));
    }
    let changes = args.changes.open(subject, None)?;
    let mut inputs = args.inputs.open(cx.system(), cx.notes, SERVICE)?;
    if !answered.is_empty() {
        inputs =
            inputs.only(move |input| !answered.take(input.text.as_deref().unwrap_or_default()));
    }
    let mut elements = Elements {
        only: &args.only,
        out,
    };
    let source = Kti::source(cx)?;
    elements.out.sources(vec![cx.scrub(&source.shown())]);
    let work = Work {
        unordered: args.unordered,
        raw: elements.out.is_raw(),
        changes,
        ..Work::new(&args.lookup, vec![source], inputs, cx)
    };
    let missing = look_up(work, &mut elements)?;
    elements.out.ended(missing)
}

/// What an element is about.
fn subject(slot: &Slot) -> Option<&Indicator> {
    slot.answers.first()?.query.as_ref()
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
                let failed = element.error.is_some();
                let compared = Compared {
                    changed: slot.changed,
                    element,
                };
                match failed {
                    false => self.out.element(&compared)?,
                    true => self.out.unanswered(&compared)?,
                }
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
