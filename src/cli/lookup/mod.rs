//! `ti lookup`: one answer over all sources.

mod element;
mod sources;
mod view;

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::document::{AnswerSchema, Asked};
use crate::error::Result;
use crate::indicator::parse_public;
use crate::input::{InputArgs, Service};
use crate::intel::Ignore;
use crate::lookup::{ChangesArgs, Compared, Emit, LookupArgs, Slot, Work, look_up, rank};
use crate::output::{Output, Takes};
use crate::providers;

use super::known_good::IgnoreArgs;
use super::run::Run;

use element::Element;

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<Compared<Element>>("lookup", &["lookup"]);

/// Look indicators up in all sources (ti X is ti lookup X)
#[derive(Debug, Args)]
#[command(add = Takes::REPORT.asking(), before_help = "\
Examples:
  ti lookup evil.com                       what is known of it, source by source
  ti lookup 'hxxps://evil[.]com/gate.php'  as it stands in a report
  ti lookup -i iocs.txt --offline          from the index and the cache alone
  ti lookup -i iocs.txt --csv -o out.csv   each with a row")]
struct Lookup {
    #[command(flatten)]
    inputs: InputArgs,

    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        help = sources_help(),
        help_heading = "Lookups"
    )]
    source: Vec<String>,

    #[command(flatten)]
    lookup: LookupArgs,

    /// Answer as the answers come, not in the order of the inputs
    #[arg(long, help_heading = "Lookups", hide_short_help = true)]
    unordered: bool,

    #[command(flatten)]
    ignore: IgnoreArgs,

    #[command(flatten)]
    changes: ChangesArgs,

    /// In a table, show what no source knows, too
    #[arg(long, help_heading = "Output")]
    all: bool,
}

pub fn command() -> Command {
    Lookup::augment_args(Command::new("lookup"))
}

fn sources_help() -> String {
    let services: Vec<_> = providers::ALL.iter().map(|known| known.name()).collect();
    format!(
        "Ask these sources alone; {}, or a list of the index",
        services.join(", ")
    )
}

/// `ti X` is `ti lookup X` where X is no command and an indicator.
pub fn instead(argv: &[OsString], error: &clap::Error) -> Option<Vec<OsString>> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let ContextValue::String(word) = error.get(ContextKind::InvalidSubcommand)? else {
        return None;
    };
    parse_public(word).ok()?;
    // Behind `--` a command would be one more indicator.
    let begins = |argument: &OsString| argument == "--" || argument == word.as_str();
    let place = argv.iter().position(begins)?;
    let mut argv = argv.to_vec();
    argv.insert(place, "lookup".into());
    Some(argv)
}

/// Among several sources there is one for every kind.
const ANY_SOURCE: Service = Service {
    name: "any source",
    takes: |_| true,
};

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let args = Lookup::from_arg_matches(matches)?;
    let cx = run.context();
    let since = args.changes.file();
    let rank = match args.all || since.is_some() {
        true => rank::rank_all,
        false => rank::rank,
    };
    let layout = if since.is_some() {
        view::CHANGES
    } else {
        view::LAYOUT
    };
    let asked = Asked::default().flag("changed-since", since.map(Path::display));
    let opening = cx.output(layout).asked(asked).ranked(rank);
    let opening = opening.about(args.inputs.shown());
    let opening = opening.gate(args.lookup.fail_on.is_some() || since.is_some());
    let mut out = opening.open()?;
    let inputs = args.inputs.open(cx.system(), cx.notes, ANY_SOURCE)?;
    let ignore = args.ignore.lists(&run.profile)?;
    let sources = sources::open(&args.source, args.lookup.offline, run)?;
    let names: Vec<_> = sources
        .iter()
        .map(|source| source.name().to_string())
        .collect();
    let shown = sources.iter().map(|source| cx.scrub(&source.shown()));
    out.sources(shown.collect());
    let changes = args
        .changes
        .open(|slot| slot.indicator.as_ref(), Some(&names))?;
    let mut elements = Elements {
        names,
        ignore: &ignore,
        out,
    };
    let is_ignored = |slot: &Slot| {
        let indicator = slot.indicator.as_ref();
        indicator.is_some_and(|indicator| ignore.find(indicator).is_some())
    };
    let work = Work {
        unordered: args.unordered,
        is_ignored: Box::new(is_ignored),
        changes,
        ..Work::new(&args.lookup, sources, inputs, &cx)
    };
    let missing = look_up(work, &mut elements)?;
    elements.out.ended(missing).map(drop)
}

/// An element each.
struct Elements<'a> {
    names: Vec<String>,
    ignore: &'a Ignore,
    out: Output,
}

impl Emit for Elements<'_> {
    fn emit(&mut self, slot: &Slot) -> Result<()> {
        let element = Element::of(slot, &self.names, self.ignore);
        let failed = element.error.is_some();
        let compared = Compared {
            changed: slot.changed,
            element,
        };
        match failed {
            false => self.out.element(&compared),
            true => self.out.unanswered(&compared),
        }
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
