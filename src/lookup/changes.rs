//! What is different from an earlier answer: new, worse, better, gone.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::sync::Arc;

use crate::error::{Error, Kind, Result};
use crate::indicator::{Indicator, parse};
use crate::input::{self, Input};
use crate::intel::Level;

use super::change::{Change, Changed};
use super::earlier::{Earlier, Said};
use super::{LookupResult, Settled, Slot};

#[derive(Debug, Clone, clap::Args)]
pub struct ChangesArgs {
    /// Show only what has changed since FILE; an earlier answer of this command, in NDJSON or JSON:
    /// what is new, worse, better or gone; exit with 11 if nothing is
    #[arg(long, value_name = "FILE", help_heading = "Lookups")]
    changed_since: Option<PathBuf>,
}

impl ChangesArgs {
    /// The file of the earlier answer, where one is named.
    pub fn file(&self) -> Option<&std::path::Path> {
        self.changed_since.as_deref()
    }

    /// Reads the earlier answer. `subject` is what an element of the command is about; `sources`
    /// are those that it names in each.
    ///
    /// # Errors
    /// Usage: the file cannot be read, or holds something else.
    pub fn open(
        &self,
        subject: fn(&Slot) -> Option<&Indicator>,
        sources: Option<&[String]>,
    ) -> Result<Option<Changes>> {
        let Some(path) = self.file() else {
            return Ok(None);
        };
        if path.as_os_str() == "-" {
            return Err(Error::usage("--changed-since -: stdin is for indicators")
                .hint("write the earlier answer to a file"));
        }
        let (content, name) = input::open(path, "--changed-since", None)?;
        let earlier = Earlier::read(content, &name, sources)?;
        Ok(Some(Changes::since(earlier, name, subject)))
    }
}

/// An earlier answer, and what of it has come again.
pub struct Changes {
    earlier: Earlier,
    is_seen: Vec<bool>,
    name: String,
    subject: fn(&Slot) -> Option<&Indicator>,
    counts: Counts,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    new: u64,
    worse: u64,
    better: u64,
    /// `None` where not all inputs were read.
    gone: Option<u64>,
    same: u64,
    /// Failed or not asked, in whole or so far that it might be worse.
    unanswered: u64,
}

impl Changes {
    /// `name` is what the earlier answer is called.
    pub(super) fn since(
        earlier: Earlier,
        name: String,
        subject: fn(&Slot) -> Option<&Indicator>,
    ) -> Self {
        Changes {
            is_seen: vec![false; earlier.len()],
            earlier,
            name,
            subject,
            counts: Counts::default(),
        }
    }

    /// What is different of an input; `None` where nothing is, or nobody knows.
    pub fn of(&mut self, slot: &Slot) -> Option<Changed> {
        let number = (self.subject)(slot).and_then(|subject| self.earlier.find(&subject.key()));
        let before = number.map_or(Said::Nothing, |number| {
            self.is_seen[number] = true;
            self.earlier.entry(number).1
        });
        let results = slot.answers.iter().map(|settled| &settled.result);
        let (comparison, level_before) = compare(before, now(results));
        let count = match comparison {
            Comparison::Changed(Change::Worse) => &mut self.counts.worse,
            Comparison::Changed(Change::Better) => &mut self.counts.better,
            Comparison::Changed(_) => &mut self.counts.new,
            Comparison::Same => &mut self.counts.same,
            Comparison::Unanswered => &mut self.counts.unanswered,
        };
        *count += 1;
        match comparison {
            Comparison::Changed(change) => Some(Changed {
                change,
                level_before,
            }),
            Comparison::Same | Comparison::Unanswered => None,
        }
    }

    /// The indicators that were not among the inputs, all of which have come; `sources` is how many
    /// there are to be silent of each.
    pub fn gone(&mut self, sources: usize) -> impl Iterator<Item = Slot> {
        let gone = self.is_seen.iter().filter(|is_seen| !**is_seen).count();
        self.counts.gone = Some(gone as u64);
        let this = &*self;
        let unseen = (0..this.earlier.len()).filter(|number| !this.is_seen[*number]);
        unseen.map(move |number| {
            let (name, said) = this.earlier.entry(number);
            gone_slot(name, said, sources)
        })
    }

    /// `2 new, 1 worse, 0 better, 3 gone, 996 as before`
    pub fn words(&self) -> String {
        let Counts {
            new,
            worse,
            better,
            gone,
            same,
            unanswered,
        } = &self.counts;
        let mut counts = vec![
            format!("{new} new"),
            format!("{worse} worse"),
            format!("{better} better"),
        ];
        counts.extend(gone.map(|gone| format!("{gone} gone")));
        counts.push(format!("{same} as before"));
        let mut words = counts.join(", ");
        if *unanswered > 0 {
            words = format!("{words}, {unanswered} not known, as an answer is missing");
        }
        if gone.is_none() {
            words += "; what is gone is not known, as not all inputs were read";
        }
        words
    }

    /// What the run ends with, if not well; `missing` is why a part of it is missing.
    pub fn ending(&self, missing: Option<Error>) -> Option<Error> {
        let counts = &self.counts;
        let is_same = counts.new + counts.worse + counts.better == 0 && counts.gone == Some(0);
        match missing {
            Some(mut met) if met.kind == Kind::Threshold => {
                met.message = format!("{}, of what has changed", met.message);
                Some(met)
            }
            None if is_same => Some(Error::new(
                Kind::Unchanged,
                format!("nothing has changed since {}", self.name),
            )),
            missing => missing,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Comparison {
    Changed(Change),
    Same,
    Unanswered,
}

/// What is said of an input now.
struct Now {
    /// The worst that a source says.
    level: Option<Level>,
    /// Whether all sources have answered: it can be no worse.
    is_whole: bool,
}

fn now<'a>(results: impl Iterator<Item = &'a LookupResult> + Clone) -> Now {
    let is_missing = |result: &LookupResult| {
        result.failure().is_some() || matches!(result, LookupResult::Skipped)
    };
    Now {
        level: results.clone().filter_map(LookupResult::level).max(),
        is_whole: !results.clone().any(is_missing) && results.count() > 0,
    }
}

/// With the level before. What is not answered in full may be worse than it looks: it is neither
/// better nor as before.
fn compare(before: Said, now: Now) -> (Comparison, Option<Level>) {
    let is_known = now.is_whole || now.level.is_some();
    match before {
        _ if !is_known => (Comparison::Unanswered, None),
        Said::Nothing => (Comparison::Changed(Change::New), None),
        Said::Level(level) => {
            let comparison = match badness(now.level).cmp(&badness(level)) {
                Ordering::Greater => Comparison::Changed(Change::Worse),
                _ if !now.is_whole => Comparison::Unanswered,
                Ordering::Less => Comparison::Changed(Change::Better),
                Ordering::Equal => Comparison::Same,
            };
            (comparison, level)
        }
    }
}

/// Known to be good is better than unknown; to be known, with nothing said against it, is neither
/// better nor worse.
fn badness(level: Option<Level>) -> u8 {
    match level {
        Some(Level::Benign) => 0,
        None | Some(Level::None) => 1,
        Some(Level::Info) => 2,
        Some(Level::Suspicious) => 3,
        Some(Level::Malicious) => 4,
    }
}

/// As an input that was not asked about.
fn gone_slot(name: &str, said: Said, sources: usize) -> Slot {
    let indicator = parse(name).ok().map(|parsed| parsed.indicator);
    let indicator = indicator.filter(|indicator| indicator.key() == name);
    let silent = match &indicator {
        Some(indicator) => Settled::answer(indicator.clone(), LookupResult::Skipped, 0),
        None => Settled::of(LookupResult::Skipped),
    };
    let level_before = match said {
        Said::Level(level) => level,
        Said::Nothing => None,
    };
    Slot {
        input: Input::alone(name),
        indicator,
        answers: std::iter::repeat_n(Arc::new(silent), sources).collect(),
        changed: Some(Changed {
            change: Change::Gone,
            level_before,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_is_said_and_no_more_than_is_known() {
        use Change::{Better, New, Worse};
        use Level::{Benign, Info, Malicious, None as Plain, Suspicious};
        let changed = Comparison::Changed;
        let known = |level| Said::Level(Some(level));
        let unknown = Said::Level(None);
        for (before, level, is_whole, comparison) in [
            (known(Suspicious), Some(Malicious), true, changed(Worse)),
            (known(Malicious), Some(Suspicious), true, changed(Better)),
            (known(Malicious), Some(Malicious), true, Comparison::Same),
            (known(Malicious), None, true, changed(Better)),
            (unknown, Some(Malicious), true, changed(Worse)),
            (unknown, None, true, Comparison::Same),
            // To be known and not judged is no news, to be known for good is.
            (unknown, Some(Plain), true, Comparison::Same),
            (known(Plain), None, true, Comparison::Same),
            (unknown, Some(Benign), true, changed(Better)),
            (known(Plain), Some(Benign), true, changed(Better)),
            (known(Benign), None, true, changed(Worse)),
            (known(Benign), Some(Info), true, changed(Worse)),
            // What has no answer, or none of a source, is not better and not as before.
            (known(Malicious), None, false, Comparison::Unanswered),
            (known(Malicious), Some(Info), false, Comparison::Unanswered),
            (known(Info), Some(Info), false, Comparison::Unanswered),
            (known(Info), Some(Malicious), false, changed(Worse)),
            (Said::Nothing, None, false, Comparison::Unanswered),
            (Said::Nothing, None, true, changed(New)),
            (Said::Nothing, Some(Info), false, changed(New)),
        ] {
            let (got, _) = compare(before, Now { level, is_whole });
            assert_eq!(got, comparison, "{before:?} {level:?} {is_whole}");
        }
    }

    #[test]
    fn what_was_an_indicator_is_one_again() {
        for name in [
            "evil.com",
            "192.0.2.1",
            "2001:db8::1",
            "192.0.2.0/24",
            "evil.com/x?y=1",
        ] {
            let slot = gone_slot(name, Said::Level(None), 2);
            assert_eq!(slot.indicator.unwrap().key(), name);
            assert_eq!(slot.answers.len(), 2);
        }
    }
}
