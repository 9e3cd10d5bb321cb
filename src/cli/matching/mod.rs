//! `ti match`: log lines against the index, or against a list.

mod hit;
mod show;

use std::io::{self, Read};
use std::ops::Range;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use clap::{ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::console::Reporter;
use crate::document::{Asked, counted, grouped};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::indicator::{Kind, parse};
use crate::intel::{Ignore, IgnoredBy};
use crate::matching::{Block, Event, Found, Line, Log, Matched, Matcher, logs, run as run_logs};
use crate::output::{Output, Takes};
use crate::store::index::Scope;
use crate::units::{self, Past};

use super::index::{self, Listing};
use super::known_good::IgnoreArgs;
use super::run::Run;
use hit::MatchHit;
pub use hit::SCHEMA;
use hit::{LAYOUT, sources};

#[derive(Debug, Args)]
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
    let command = Command::new("match")
        .about("Find what the index lists in logs, offline")
        .before_help(
            "\
Examples:
  ti match /var/log/squid/access.log
  ti match --json logs/ | jq -r '.[].indicator' | sort | uniq -c
  tail -f access.log | ti match
  ti match --iocs indicators.txt --only match proxy.log.gz",
        );
    MatchArgs::augment_args(command).add(Takes::RECORDS)
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let args =
        MatchArgs::from_arg_matches(matches).map_err(|error| Error::usage(error.to_string()))?;
    let named = args.named(run)?;
    let mut shown = Shown::open(&args, run)?;
    let Listing { index, title } = match &args.iocs {
        Some(list) => index::of_list(list)?,
        None => index::open(run, args.max_age)?,
    };
    let matcher = Matcher::new(index, args.scope(run))?;
    let stdin = || Box::new(io::stdin()) as Box<dyn Read + Send>;
    let mut tally = Tally::default();
    run_logs(
        logs(&named),
        stdin,
        matcher,
        args.threads(),
        &mut |event| match event {
            Event::Block(log, block, matched) => {
                tally.lines += matched.ends;
                tally.in_line = !block.text.ends_with(b"\n");
                shown.block(log, block, matched, &mut tally)
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
    if tally.read == 0 && tally.failed > 0 {
        return Err(Error::usage("none of the logs can be read"));
    }
    run.notes.note(&format!("{}; {title}", tally.summary()));
    let failed = tally.failed;
    match failed {
        0 => shown.out.complete()?,
        _ => shown.out.partial(
            Error::new(
                ErrorKind::Partial,
                format!("{} cannot be read", counted(failed, "log")),
            )
            .cause("what the others have was found"),
        )?,
    };
    match args.fail_on_match && tally.matched > 0 {
        true => Err(Error::new(
            ErrorKind::Threshold,
            format!("{} with a match", counted(tally.matched, "line")),
        )),
        false => Ok(()),
    }
}

impl MatchArgs {
    fn named(&self, run: &Run) -> Result<Vec<PathBuf>> {
        if self.files.is_empty() && run.profile.system.stdin_is_terminal {
            return Err(Error::usage("there is nothing to look through")
                .hint("name a log or a folder, or pipe lines in"));
        }
        Ok(match self.files.is_empty() {
            true => vec!["-".into()],
            false => self.files.clone(),
        })
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
    /// Logs that were opened, and those that failed.
    read: u64,
    failed: u64,
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
        match ended {
            Ok(()) => self.read += 1,
            Err(error) => {
                self.failed += 1;
                notes.error(&format!("{name}: {error}"));
            }
        }
    }

    fn summary(&self) -> String {
        let (files, lines) = (
            counted(self.read + self.failed, "file"),
            counted(self.lines, "line"),
        );
        let ignored = match self.ignored {
            0 => String::new(),
            count => format!(", {} ignored", grouped(count.into())),
        };
        let matched = grouped(self.matched.into());
        format!("{files}, {lines}, {matched} with a match{ignored}")
    }
}

/// Where matches go, in one of the forms that were asked for.
struct Shown<'a> {
    args: &'a MatchArgs,
    out: Output,
    /// Records rather than lines.
    records: bool,
    run: &'a Run<'a>,
    ignore: Ignore,
    /// Lines of the current log before the current block.
    before: u64,
    /// The last line that counted as matched.
    last: Option<u64>,
}

impl<'a> Shown<'a> {
    fn open(args: &'a MatchArgs, run: &'a Run<'a>) -> Result<Self> {
        let asked = &run.globals.output;
        let records = asked.wants_records();
        if records && (args.only.is_some() || args.count || args.invert) {
            return Err(Error::usage(
                "--only, --count and --invert are about lines, not about records",
            )
            .hint("leave --format, --json, --ndjson, --csv, --values and --fields out"));
        }
        let opening = match records {
            true => run.context().output(LAYOUT).asked(args.asked()),
            false => run.context().line_output(),
        };
        Ok(Shown {
            args,
            out: opening.open()?,
            records,
            run,
            ignore: args.ignore.lists(&run.profile)?,
            before: 0,
            last: None,
        })
    }

    fn block(
        &mut self,
        log: &Log,
        block: &Block,
        matched: &Matched,
        tally: &mut Tally,
    ) -> Result<()> {
        let ignored: Vec<_> = matched
            .lines
            .iter()
            .map(|line| self.ignored(block, line))
            .collect();
        for (line, ignored) in matched.lines.iter().zip(&ignored) {
            let number = self.before + line.number + 1;
            let is_ignored = ignored.iter().all(Option::is_some);
            // A long line comes in pieces.
            if self.last.replace(number) != Some(number) {
                tally.ignored += u64::from(is_ignored);
                tally.matched += u64::from(!is_ignored);
                tally.in_log += u64::from(!is_ignored && !self.args.invert);
            }
            let is_shown = !is_ignored || self.args.show_ignored || self.records;
            if is_shown && !self.args.count && !self.args.invert {
                self.line(log, block, line, ignored, number)?;
            }
        }
        if self.args.invert {
            let matched: Vec<_> = matched
                .lines
                .iter()
                .zip(&ignored)
                .filter(|(_, ignored)| ignored.iter().any(Option::is_none))
                .map(|(line, _)| &line.place)
                .collect();
            self.others(block, &matched, tally)?;
        }
        self.before += matched.ends;
        self.out.flush()
    }

    /// Of a log that could not be read to its end nobody knows that nothing is in it.
    fn ended(&mut self, log: &Log, is_whole: bool, tally: &mut Tally) -> Result<()> {
        (self.before, self.last) = (0, None);
        let count = std::mem::take(&mut tally.in_log);
        if !self.args.count || (count == 0 && !is_whole) {
            return Ok(());
        }
        let name = match self.args.files.len() == 1 && !self.args.files[0].is_dir()
            || self.args.files.is_empty()
        {
            true => String::new(),
            false => format!("{}:", log.name()),
        };
        self.out.line(format!("{name}{count}\n").as_bytes())
    }

    /// The entries of known-good lists that the matches of a line are on: as they stand there, or
    /// as they are listed.
    fn ignored(&self, block: &Block, line: &Line) -> Vec<Option<IgnoredBy>> {
        let one = |found: &Found| {
            if self.ignore.is_empty() {
                return None;
            }
            let seen = String::from_utf8_lossy(&block.text[found.place.clone()]);
            let texts = [seen.as_ref(), found.hit.indicator.as_str()];
            texts
                .into_iter()
                .find_map(|text| self.ignore.find(&parse(text).ok()?.indicator))
        };
        line.found.iter().map(one).collect()
    }

    fn line(
        &mut self,
        log: &Log,
        block: &Block,
        line: &Line,
        ignored: &[Option<IgnoredBy>],
        number: u64,
    ) -> Result<()> {
        let text = &block.text[line.place.clone()];
        if self.records {
            let all = line.found.iter().zip(ignored);
            return all.into_iter().try_for_each(|(found, ignored)| {
                let place = found.place.clone();
                let hit = MatchHit {
                    file: log.name(),
                    line: number,
                    offset: block.offset + place.start as u64,
                    r#match: String::from_utf8_lossy(&block.text[place]).into_owned(),
                    indicator: found.hit.indicator.clone(),
                    r#type: found.hit.kind,
                    how: found.how,
                    text: String::from_utf8_lossy(text)
                        .trim_end_matches('\r')
                        .to_string(),
                    sources: sources(found),
                    ignored_by: ignored.clone(),
                };
                self.out.element(&hit)
            });
        }
        match self.args.only {
            Some(Only::Match) => line.found.iter().try_for_each(|found| {
                self.out
                    .line(&[&block.text[found.place.clone()], b"\n"].concat())
            }),
            Some(Only::Indicator) => line.found.iter().try_for_each(|found| {
                self.out
                    .line(format!("{}\n", found.hit.indicator).as_bytes())
            }),
            None if self.out.is_on_terminal() => {
                let inside = |place: &Range<usize>| {
                    place.start - line.place.start..place.end.min(line.place.end) - line.place.start
                };
                let found: Vec<_> = line
                    .found
                    .iter()
                    .zip(ignored)
                    .map(|(found, ignored)| show::Marked {
                        place: inside(&found.place),
                        found,
                        ignored: ignored.as_ref(),
                    })
                    .collect();
                let ground = show::Ground {
                    palette: self.out.palette(),
                    lang: self.run.lang,
                    width: self.run.profile.system.width(),
                };
                let shown = show::line(&log.name(), number, text, &found, &ground);
                self.out.shown(&shown)
            }
            _ => self
                .out
                .line(&block.text[line.place.start..self.end(block, line)]),
        }
    }

    /// Where a line ends with its line end; one that has none gets none.
    fn end(&self, block: &Block, line: &Line) -> usize {
        line.place.end + usize::from(block.text.get(line.place.end) == Some(&b'\n'))
    }

    /// The lines of a block that have no match.
    fn others(
        &mut self,
        block: &Block,
        matched: &[&Range<usize>],
        tally: &mut Tally,
    ) -> Result<()> {
        let mut lines = matched.iter().peekable();
        let mut at = block.own.start;
        while at < block.own.end {
            let rest = &block.text[at..block.own.end];
            let end = at + memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            while lines.peek().is_some_and(|line| line.end < at) {
                lines.next();
            }
            let has_match = lines.peek().is_some_and(|line| line.start < end);
            if !has_match {
                tally.in_log += 1;
                if !self.args.count {
                    self.out.line(&block.text[at..end])?;
                }
            }
            at = end;
        }
        Ok(())
    }
}
