//! `ti kti search`: what the service knows of each input.

use std::path::PathBuf;

use crate::context::Context;
use crate::document::{Drawn, Layout, Phrase};
use crate::error::Result;
use crate::input::InputArgs;
use crate::output::{Answered, Done};

use super::bulk::{self, BulkArgs};
use super::element::element;
use super::only::Only;
use super::{card, view};

#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    #[command(flatten)]
    inputs: InputArgs,

    #[command(flatten)]
    bulk: BulkArgs,

    /// Answer as the answers come, not in the order of the inputs
    #[arg(long, help_heading = "Lookups")]
    unordered: bool,

    /// Append to FILE (.ndjson, .csv) what an earlier run did not answer in it
    #[arg(long, value_name = "FILE", help_heading = "Lookups")]
    resume: Option<PathBuf>,

    /// Show these alone: a level, a status (found, not_found, …) or a threat type; can repeat, or
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
    let opening = cx.output(LAYOUT);
    let (out, mut answered) = match &args.resume {
        Some(path) => opening.resume(path)?,
        None => (opening.open()?, Answered::default()),
    };
    let mut inputs = args.inputs.open(cx.system())?;
    if !answered.is_empty() {
        inputs =
            inputs.only(move |input| !answered.take(input.text.as_deref().unwrap_or_default()));
    }
    let only = &args.only;
    let order = bulk::Order {
        as_they_come: args.unordered,
    };
    bulk::look_up(
        &args.bulk,
        order,
        inputs,
        cx,
        out,
        &mut |out, slot, fate| {
            let input = slot.input.text.as_deref().unwrap_or_default();
            let record = element(input, slot.indicator.as_ref(), fate);
            match only.is_empty() || only.iter().any(|only| only.means(&record)) {
                true => out.record(record),
                false => Ok(()),
            }
        },
    )
}
