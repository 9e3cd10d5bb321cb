//! `ti match`: log lines against the index, or against a list.

mod hit;
mod long;
mod printed;
mod show;

use std::io::{self, Read};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use clap::{ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::console::Reporter;
use crate::document::{Asked, counted, grouped};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::files::identity;
use crate::indicator::Kind;
use crate::matching::{Event, Log, Matcher, Named, logs, run as run_logs};
use crate::output::Takes;
use crate::store::index::Scope;
use crate::units::{self, Past};

use super::index::{self, Listing};
use super::known_good::IgnoreArgs;
use super::overlap;
use super::run::Run;
pub use hit::SCHEMA;
use printed::Shown;

/// Find what the index lists in logs, offline
#[derive(Debug, Args)]
#[command(add = Takes::RECORDS, before_help = "\
Examples:
  ti match /var/log/squid/access.log
  ti match --json logs/ | jq -r '.[].indicator' | sort | uniq -c
  tail -f access.log | ti match
  ti match --iocs indicators.txt --only match proxy.log.gz")]
struct MatchArgs {
    /// Logs, packed or not (gzip, Zstandard), and folders of them; `-` or none reads stdin
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Match against the indicators in FILE; needs no index
    #[arg(long, value_name = "FILE")]
    iocs: Option<PathBuf>,

    /// Print of each line only this
    #[arg(long, value_name = "PART", conflicts_with_all = ["count", "invert"])]
    only: Option<Only>,

    /// Print how many lines have a match, for each log
    #[arg(long)]
    count: bool,

    /// Lines without a match
    #[arg(long, hide_short_help = true)]
    invert: bool,

    /// Only what is the same; nothing below a domain, a URL or in a range
    #[arg(long, conflicts_with = "url_hosts")]
    exact: bool,

    /// Match the hosts of URLs that are listed, too
    #[arg(long, hide_short_help = true)]
    url_hosts: bool,

    /// Only what was detected since: 90d, 2026-01-01
    #[arg(long, value_name = "TIME")]
    since: Option<Past>,

    /// Only indicators of these types
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_delimiter = ',',
        hide_short_help = true
    )]
    kinds: Vec<Kind>,

    /// Refuse an index that is older: 36h, 7d
    #[arg(long, value_name = "TIME", value_parser = units::duration, conflicts_with = "iocs", hide_short_help = true)]
    max_age: Option<Duration>,

    #[command(flatten)]
    ignore: IgnoreArgs,

    /// Lines whose matches are all on a known-good list, too; JSON and CSV always have them
    #[arg(long, hide_short_help = true)]
    show_ignored: bool,

    /// Exit with 10 if a line has a match
    #[arg(long)]
    fail_on_match: bool,

    /// Threads that match; output stays in order [default: one for each processor, at most 4]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64), hide_short_help = true)]
    jobs: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// The line, byte for byte
    Line,
    /// What stands in the line
    Match,
    /// What is listed
    Indicator,
}

pub fn command() -> Command {
    MatchArgs::augment_args(Command::new("match"))
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let args = MatchArgs::from_arg_matches(matches)?;
    let logs = args.logs(run)?;
    let mut shown = Shown::open(&args, run)?;
    let Listing { index, title } = match &args.iocs {
        Some(list) => index::of_list(list)?,
        None => index::open(run, args.max_age)?,
    };
    let matcher = Matcher::new(index, args.scope(run))?;
    let stdin = || Box::new(io::stdin()) as Box<dyn Read + Send>;
    let mut tally = Tally::default();
    run_logs(
        logs,
        stdin,
        matcher,
        args.threads(),
        &mut |event| match event {
            Event::Block(log, block, matched) => {
                tally.begun = true;
                tally.lines += matched.ends;
                tally.in_line = !block.text.ends_with(b"\n");
                shown.block(log, block, matched, &mut tally)?;
                match shown.out.is_unread() {
                    // Whoever reads no more need not wait for the end of `tail -f`.
                    true => args.gate(&tally).map_err(|error| {
                        error.cause("nobody reads them any more: there may be further ones")
                    }),
                    false => Ok(()),
                }
            }
            Event::Ended(log, ended) => {
                tally.lines += u64::from(std::mem::take(&mut tally.in_line));
                let is_whole = ended.is_ok();
                tally.ended(&log.name(), ended, run.notes);
                shown.ended(log, is_whole, &mut tally)
            }
            Event::Missing(path, error) => {
                tally.ended(&path.display().to_string(), Err(error), run.notes);
                Ok(())
            }
        },
    )?;
    if tally.files == 0 && tally.failed > 0 {
        return Err(Error::usage("none of the logs can be read"));
    }
    run.notes.note(&format!("{}; {title}", tally.summary()));
    let missing = (tally.failed > 0).then(|| {
        let failed = counted(tally.failed, "log");
        Error::new(
            ErrorKind::Partial,
            format!("{failed} cannot be read to the end"),
        )
        .cause("what could be read was looked through")
    });
    shown.out.ended(missing)?;
    args.gate(&tally)
}

impl MatchArgs {
    fn gate(&self, tally: &Tally) -> Result<()> {
        match self.fail_on_match && tally.matched > 0 {
            true => Err(Error::new(
                ErrorKind::Threshold,
                format!("{} with a match", counted(tally.matched, "line")),
            )),
            false => Ok(()),
        }
    }

    /// The logs that were named, before anything is written beside them; without what the answer
    /// goes to, which may lie in one of the folders.
    fn logs(&self, run: &Run) -> Result<Vec<Named>> {
        if self.files.is_empty() && run.profile.system.stdin_is_terminal {
            return Err(Error::usage("there is nothing to look through")
                .hint("name a log or a folder, or pipe lines in"));
        }
        let mut logs = match self.files.is_empty() {
            true => vec![Ok(Log::Stdin)],
            false => logs(&self.files),
        };
        if let Some(written) = overlap::written(&run.globals.output) {
            logs.retain(|named| match named {
                Ok(Log::File(path)) if identity(path) == Some(written) => {
                    let path = path.display();
                    run.notes
                        .warning(&format!("{path} is not read: the answer goes there"));
                    false
                }
                _ => true,
            });
        }
        Ok(logs)
    }

    /// The flags that say what counts as a match.
    fn asked(&self) -> Asked {
        Asked::default()
            .flag("iocs", self.iocs.as_ref().map(|list| list.display()))
            .switch("exact", self.exact)
            .switch("url-hosts", self.url_hosts)
            .flag("since", self.since)
            .list("type", &self.kinds)
    }

    fn scope(&self, run: &Run) -> Scope {
        let now = (run.profile.system.clock)();
        let day = |since: Past| since.moments(now).0.strftime("%Y-%m-%d").to_string();
        Scope {
            since: self.since.map(day),
            kinds: self.kinds.clone(),
            exact: self.exact,
            url_hosts: self.url_hosts,
        }
    }

    fn threads(&self) -> usize {
        let processors = || thread::available_parallelism().map_or(1, |count| count.get().min(4));
        self.jobs.map_or_else(processors, usize::from)
    }
}

/// What was read so far.
#[derive(Debug, Default)]
struct Tally {
    /// Logs of which something was read, or that are empty; and those that failed before their end.
    files: u64,
    failed: u64,
    /// Whether something of the current log was read.
    begun: bool,
    lines: u64,
    matched: u64,
    /// Lines whose matches are all on a known-good list.
    ignored: u64,
    /// Lines that count in the current log.
    in_log: u64,
    /// Whether the last line has no end so far.
    in_line: bool,
}

impl Tally {
    fn ended(&mut self, name: &str, ended: io::Result<()>, notes: &dyn Reporter) {
        self.files += u64::from(std::mem::take(&mut self.begun) || ended.is_ok());
        if let Err(error) = ended {
            self.failed += 1;
            notes.error(&format!("{name}: {error}"));
        }
    }

    fn summary(&self) -> String {
        let (files, lines) = (counted(self.files, "file"), counted(self.lines, "line"));
        let ignored = match self.ignored {
            0 => String::new(),
            count => format!(", {} ignored", grouped(count.into())),
        };
        let matched = grouped(self.matched.into());
        format!("{files}, {lines}, {matched} with a match{ignored}")
    }
}
