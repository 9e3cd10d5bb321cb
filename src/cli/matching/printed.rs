//! What is printed of logs: lines, parts of them, counts, or records.

use std::ops::Range;

use crate::error::{Error, Result};
use crate::indicator::parse;
use crate::intel::{Ignore, IgnoredBy};
use crate::matching::{Block, Line, Log, Matched, Sighting};
use crate::output::Output;

use super::hit::{LAYOUT, MatchHit, sources};
use super::long::LongLine;
use super::{MatchArgs, Only, Run, Tally, show};

/// Where matches go, in one of the forms that were asked for.
pub(super) struct Shown<'a> {
    args: &'a MatchArgs,
    pub(super) out: Output,
    /// Records rather than lines.
    records: bool,
    run: &'a Run<'a>,
    ignore: Ignore,
    /// Lines of the current log before the current block.
    before: u64,
    /// The last line that counted, and whether all its matches so far are on known-good lists.
    last: Option<(u64, bool)>,
    /// The line that goes on in the next block.
    long: Option<LongLine>,
}

impl<'a> Shown<'a> {
    pub(super) fn open(args: &'a MatchArgs, run: &'a Run<'a>) -> Result<Self> {
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
            out: opening.gate(args.fail_on_match).open()?,
            records,
            run,
            ignore: args.ignore.lists(&run.profile)?,
            before: 0,
            last: None,
            long: None,
        })
    }

    pub(super) fn block(
        &mut self,
        log: &Log,
        block: &Block,
        matched: &Matched,
        tally: &mut Tally,
    ) -> Result<()> {
        let mut hits = Vec::new();
        for line in &matched.lines {
            let ignored = self.ignored(block, line);
            let number = self.before + line.number + 1;
            let is_ignored = ignored.iter().all(Option::is_some);
            self.count(number, is_ignored, tally);
            let is_shown = self.args.show_ignored && !self.args.invert || self.records;
            if !is_ignored || is_shown {
                hits.push((line, ignored, number));
            }
        }
        self.before += matched.ends;
        let text = &block.text;
        let own = block.own.clone();
        let begins_with_match = |part: &Range<usize>| {
            let mut starts = hits.iter().map(|(line, ..)| line.place.start);
            starts.any(|start| part.contains(&start))
        };
        // Of the line that began before, and of the one that goes on.
        let (mut head, mut tail) = (own.start..own.start, own.end..own.end);
        if let Some(mut long) = self.long.take() {
            let end = memchr::memchr(b'\n', &text[own.clone()]);
            head.end = end.map_or(own.end, |end| own.start + end + 1);
            long.piece(&text[head.clone()], begins_with_match(&head), &mut self.out)?;
            match end {
                Some(_) => self.end_of_line(long, tally)?,
                None => self.long = Some(long),
            }
        }
        if self.is_of_whole_lines() && head.end < own.end {
            let end = memchr::memrchr(b'\n', &text[own.clone()]);
            tail.start = end.map_or(own.start, |end| own.start + end + 1);
        }
        let within =
            |line: &Line| !head.contains(&line.place.start) && line.place.start < tail.start;
        match self.args.invert {
            true => {
                let lines = hits.iter().map(|(line, ..)| &line.place);
                self.others(&text[..tail.start], head.end, lines, tally)?;
            }
            false if self.args.count => {}
            false => {
                for (line, ignored, number) in hits.iter().filter(|(line, ..)| within(line)) {
                    self.line(log, block, line, ignored, *number)?;
                }
            }
        }
        if !tail.is_empty() {
            let mut long = LongLine::new(self.args.invert, self.args.count);
            long.piece(&text[tail.clone()], begins_with_match(&tail), &mut self.out)?;
            self.long = Some(long);
        }
        self.out.flush()
    }

    /// A long line comes in pieces, and counts once.
    fn count(&mut self, number: u64, is_ignored: bool, tally: &mut Tally) {
        let before = self.last.filter(|(last, _)| *last == number);
        match before {
            None => tally.ignored += u64::from(is_ignored),
            Some((_, true)) if !is_ignored => tally.ignored -= 1,
            Some(_) => return,
        }
        tally.matched += u64::from(!is_ignored);
        tally.in_log += u64::from(!is_ignored && !self.args.invert);
        self.last = Some((number, is_ignored));
    }

    /// Whether lines are printed as they are, or counted, and not what stands in them.
    fn is_of_whole_lines(&self) -> bool {
        let is_drawn = self.args.only.is_none() && self.out.is_on_terminal();
        let is_part = matches!(self.args.only, Some(Only::Match | Only::Indicator));
        self.args.invert || !self.records && !self.args.count && !is_drawn && !is_part
    }

    fn end_of_line(&mut self, long: LongLine, tally: &mut Tally) -> Result<()> {
        tally.in_log += u64::from(self.args.invert && !long.has_match());
        long.end(&mut self.out)
    }

    /// Of a log that could not be read to its end nobody knows that nothing is in it.
    pub(super) fn ended(&mut self, log: &Log, is_whole: bool, tally: &mut Tally) -> Result<()> {
        if let Some(long) = self.long.take() {
            self.end_of_line(long, tally)?;
        }
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
        self.out.line(format!("{name}{count}").as_bytes())
    }

    /// The entries of known-good lists that the matches of a line are on: as they stand there, or
    /// as they are listed.
    fn ignored(&self, block: &Block, line: &Line) -> Vec<Option<IgnoredBy>> {
        let one = |found: &Sighting| {
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
            // Once for all matches of a line, which may be thousands in a megabyte.
            let shown = match self.out.shows("text") {
                true => String::from_utf8_lossy(text),
                false => "".into(),
            };
            let shown = shown.trim_end_matches('\r');
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
                    text: shown,
                    sources: sources(found),
                    ignored_by: ignored.clone(),
                };
                self.out.element(&hit)
            });
        }
        match self.args.only {
            Some(Only::Match) => {
                let mut places = line.found.iter().map(|found| found.place.clone());
                places.try_for_each(|place| self.out.line(&block.text[place]))
            }
            Some(Only::Indicator) => {
                let mut listed = line.found.iter().map(|found| &found.hit.indicator);
                listed.try_for_each(|indicator| self.out.line(indicator.as_bytes()))
            }
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

    /// The lines from `at` on that have no match.
    fn others<'l>(
        &mut self,
        text: &[u8],
        mut at: usize,
        matched: impl Iterator<Item = &'l Range<usize>>,
        tally: &mut Tally,
    ) -> Result<()> {
        let mut lines = matched.peekable();
        while at < text.len() {
            let rest = &text[at..];
            let end = at + memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            while lines.peek().is_some_and(|line| line.end < at) {
                lines.next();
            }
            let has_match = lines.peek().is_some_and(|line| line.start < end);
            if !has_match {
                tally.in_log += 1;
                if !self.args.count {
                    self.out.line(&text[at..end])?;
                }
            }
            at = end;
        }
        Ok(())
    }
}
