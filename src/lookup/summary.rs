//! What a run came to: counts, the failures told of, and what it ends with.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::console::{Lookups, Progress, Reporter};
use crate::error::{Error, Kind};
use crate::input::{ADVICE, Input};
use crate::intel::{Level, Verdict};

use super::quota::Counts;
use super::result::Status;
use super::{LookupArgs, LookupResult, Quota, Slot};

/// Failures that get a line each: thousands of them say no more, and JSON and CSV have them all.
const TOLD: u64 = 100;

/// Answers about something wider are for a person, who reads a few.
const PARENTS_TOLD: u64 = 5;

#[derive(Default)]
pub struct Summary {
    inputs: u64,
    /// Those with an indicator, each once.
    by_status: BTreeMap<Status, u64>,
    /// By one source at least.
    answered: u64,
    /// Not by every source that was to answer.
    missing: u64,
    /// Of these, those that another source answered.
    partly: u64,
    /// Rows without an indicator.
    blank: u64,
    cached: u64,
    /// What became of the rows of a file, where the inputs are fields of it.
    rows: Option<Rows>,
    oldest: Option<Timestamp>,
    /// Those that `fail_on` means.
    met: u64,
    fail_on: Option<Level>,
    /// Whether nobody is to be asked: what several sources do not know then is no failure.
    offline: bool,
    /// The names of the sources, where there are several.
    sources: Vec<String>,
    /// Answers about a parent of what was asked.
    parents: u64,
    /// Failures that were told of, or would have been.
    failures: u64,
    /// The first failure; it is told in full if it stays alone.
    first: Option<Error>,
    told: bool,
    /// Which of the [`ADVICE`] some of them gave.
    advised: [bool; ADVICE.len()],
}

/// Each row of a file counts once: their sum is the number of rows.
#[derive(Default)]
struct Rows {
    asked: u64,
    cached: u64,
    empty: u64,
    failed: u64,
    skipped: u64,
}

impl Rows {
    fn count(&mut self, slot: &Slot) {
        let mut results = slot.answers.iter().map(|settled| &settled.result);
        let is_cached = |result: &LookupResult| matches!(result, LookupResult::Answered(_, retrieved) if retrieved.cached);
        let counted = match () {
            () if slot.input.is_blank() => &mut self.empty,
            () if results.clone().any(|result| result.failure().is_some()) => &mut self.failed,
            () if results
                .clone()
                .any(|result| matches!(result, LookupResult::Skipped)) =>
            {
                &mut self.skipped
            }
            () if results.all(is_cached) => &mut self.cached,
            () => &mut self.asked,
        };
        *counted += 1;
    }

    fn words(&self) -> String {
        let Rows {
            asked,
            cached,
            empty,
            failed,
            skipped,
        } = self;
        let rows = asked + cached + empty + failed + skipped;
        let skipped = match skipped {
            0 => String::new(),
            skipped => format!(" + {skipped} skipped"),
        };
        format!(
            "{rows} rows: {asked} asked + {cached} cached + {empty} empty + {failed} failed{skipped}"
        )
    }
}

impl Summary {
    /// For answers of these sources.
    pub fn new(args: &LookupArgs, sources: Vec<String>) -> Self {
        let is_single = sources.len() == 1;
        Summary {
            fail_on: args.fail_on.map(|level| level.level()),
            offline: args.offline && !is_single,
            sources: if is_single { Vec::new() } else { sources },
            ..Summary::default()
        }
    }

    /// `is_counted` is whether it may be one that `--fail-on` means.
    pub fn count(&mut self, slot: &Slot, is_counted: bool, notes: &dyn Reporter) {
        self.tell_first(notes);
        self.inputs += 1;
        if slot.input.row.is_some() {
            self.rows.get_or_insert_default().count(slot);
        }
        if slot.input.is_blank() {
            self.blank += 1;
            return;
        }
        let results = || slot.answers.iter().map(|settled| &settled.result);
        let verdicts = results().filter_map(|result| match result {
            LookupResult::Answered(answer, retrieved) => Some((&answer.verdict, retrieved)),
            _ => None,
        });
        let (mut is_answered, mut is_cached) = (false, false);
        for (verdict, retrieved) in verdicts {
            is_answered |= !matches!(verdict, Verdict::Invalid(_));
            if retrieved.cached {
                is_cached = true;
                self.oldest = Some(self.oldest.map_or(retrieved.at, |at| at.min(retrieved.at)));
            }
        }
        let statuses = results().map(LookupResult::status);
        if let Some(status) = statuses.min() {
            *self.by_status.entry(status).or_default() += 1;
        }
        self.answered += u64::from(is_answered);
        self.cached += u64::from(is_cached);
        let worst = results().filter_map(LookupResult::level).max();
        if let (Some(limit), Some(level)) = (self.fail_on, worst) {
            self.met += u64::from(level >= limit && is_counted);
        }
        self.count_parents(slot, notes);
        let has_failed = self.has_failed(slot, notes);
        let is_skipped =
            !self.offline && results().any(|result| matches!(result, LookupResult::Skipped));
        if has_failed || is_skipped {
            self.missing += 1;
            self.partly += u64::from(is_answered);
        }
    }

    /// An answer for the registered name may say less of the name below it.
    fn count_parents(&mut self, slot: &Slot, notes: &dyn Reporter) {
        for settled in &slot.answers {
            if let LookupResult::Answered(answer, _) = &settled.result
                && let (Some(parent), Some(query)) = (&answer.answered_for, &settled.query)
            {
                self.parents += 1;
                match self.parents {
                    ..=PARENTS_TOLD => {
                        notes.note(&format!("{query}: the answer is about {parent}"));
                    }
                    parents if parents == PARENTS_TOLD + 1 => {
                        notes.note("more answers are about a parent: answered_for says which");
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether one of the sources failed to answer; that is told.
    fn has_failed(&mut self, slot: &Slot, notes: &dyn Reporter) -> bool {
        let mut failed = false;
        // What is no indicator is none for all sources alike.
        let all = match slot.indicator {
            Some(_) => slot.answers.len(),
            None => 1,
        };
        for (number, settled) in slot.answers.iter().take(all).enumerate() {
            if let Some(error) = settled.result.failure() {
                failed = true;
                let mut error = error.clone();
                // A source names what it understood; the user knows what was typed.
                if let (Kind::Usage, Some(_), Ok(typed)) =
                    (error.kind, &slot.indicator, &slot.input.text)
                {
                    error.message = format!("{typed} is refused");
                }
                self.tell_failure(&slot.input, number, error, notes);
            }
        }
        failed
    }

    /// Inputs of which this became.
    fn of(&self, statuses: &[Status]) -> u64 {
        let counts = statuses.iter().filter_map(|one| self.by_status.get(one));
        counts.sum()
    }

    fn failed(&self) -> u64 {
        self.of(&[Status::Error, Status::Invalid])
    }

    fn tell_failure(
        &mut self,
        input: &Input,
        source: usize,
        mut error: Error,
        notes: &dyn Reporter,
    ) {
        self.failures += 1;
        for (advised, advice) in self.advised.iter_mut().zip(ADVICE) {
            *advised |= error.hints.iter().any(|hint| hint == advice);
        }
        if let Some(source) = self
            .sources
            .get(source)
            .filter(|_| error.kind != Kind::Usage)
        {
            error.message = format!("{source}: {}", error.message);
        }
        // A refusal names the input itself.
        if error.kind != Kind::Usage {
            let shown = input.text.as_deref().unwrap_or_default();
            error.message = format!("{shown}: {}", error.message);
        }
        if let Some(place) = &input.place {
            error.message = format!("{place}: {}", error.message);
        }
        match self.first {
            None => self.first = Some(error),
            Some(_) if self.failures <= TOLD => notes.error(&error.to_string()),
            Some(_) if self.failures == TOLD + 1 => {
                notes.error("more inputs failed; they are counted at the end");
            }
            Some(_) => {}
        }
    }

    /// Another input follows: the first failure is one of several and gets one line as they do.
    fn tell_first(&mut self, notes: &dyn Reporter) {
        if let (Some(error), false) = (&self.first, self.told) {
            self.told = true;
            notes.error(&error.to_string());
        }
    }

    pub fn answered(&self) -> u64 {
        self.answered + self.blank
    }

    pub fn progress(&self, total: Option<u64>, quota: Option<&Quota>) -> Progress {
        Progress::Lookups(Lookups {
            done: self.inputs,
            total,
            found: self.of(&[Status::Found]),
            failed: self.failed(),
            left: quota.map(|quota| quota.left.to_string()),
        })
    }

    /// What is said at the end beside the data.
    pub fn tell(
        &mut self,
        counts: Counts,
        quota: Option<&Quota>,
        now: Timestamp,
        notes: &dyn Reporter,
    ) {
        if self.inputs > 1 {
            self.tell_first(notes);
        }
        let age = self.oldest.map(|oldest| age(now.duration_since(oldest)));
        match (self.inputs, &age) {
            (0, _) => {}
            (1, Some(age)) => {
                notes.note(&format!("from the cache, {age} old; --fresh asks again"));
            }
            (1, None) => {}
            _ => notes.note(&self.words(counts, age.as_deref())),
        }
        if let Some(rows) = &self.rows {
            notes.note(&rows.words());
        }
        if let Some(Quota { left, total }) = quota {
            notes.note(&format!("quota: LeftCount {left}, TotalCount {total}"));
        }
    }

    fn words(&self, counts: Counts, age: Option<&str>) -> String {
        let Counts {
            asked,
            tries,
            answers,
        } = counts;
        // Each try may have been charged.
        let mut parts = vec![match tries > asked {
            true => format!("{asked} asked ({tries} tries, {answers} answers)"),
            false => format!("{asked} asked"),
        }];
        if let Some(age) = age {
            parts.push(format!("{} from the cache (up to {age} old)", self.cached));
        }
        parts.push(format!("{} found", self.of(&[Status::Found])));
        parts.push(format!("{} not found", self.of(&[Status::NotFound])));
        for (count, what) in [
            (self.failed(), "failed"),
            (self.of(&[Status::Skipped]), "skipped"),
            (self.of(&[Status::Unsupported]), "unsupported"),
            (self.blank, "without an indicator"),
        ] {
            if count > 0 || what == "failed" {
                parts.push(format!("{count} {what}"));
            }
        }
        format!("{} inputs: {}", self.inputs, parts.join(", "))
    }

    fn missing(&self) -> String {
        let Summary {
            missing, inputs, ..
        } = self;
        match self.partly {
            0 => format!("{missing} of {inputs} inputs were not answered"),
            _ => format!("{missing} of {inputs} inputs were not answered by every source"),
        }
    }

    /// What the run ends with, if not well: what ended it, what `--fail-on` found, the only
    /// failure, or that there were several. `is_read` is whether all inputs were.
    pub fn failure(self, stop: Option<Error>, is_read: bool) -> Option<Error> {
        let message = self.missing();
        let with_unread = |error: Error| match is_read {
            true => error,
            false => error.cause("the inputs were not read to their end"),
        };
        let with_gaps = |error: Error| match self.missing {
            0 => with_unread(error),
            _ => with_unread(error.cause(&message)),
        };
        let stop = match stop {
            Some(stop) if stop.kind == Kind::Interrupted => return Some(with_gaps(stop)),
            stop => stop,
        };
        if let (Some(level), 1..) = (self.fail_on, self.met) {
            let (met, level) = (self.met, level.name());
            let are = if met == 1 {
                "indicator is"
            } else {
                "indicators are"
            };
            let worse = if level == "malicious" {
                ""
            } else {
                " or worse"
            };
            return Some(with_gaps(Error::new(
                Kind::Threshold,
                format!("--fail-on: {met} {are} {level}{worse}"),
            )));
        }
        let advised = self.advised.into_iter().zip(ADVICE);
        let advise = |error| {
            let advice = advised.filter_map(|(is_given, advice)| is_given.then_some(advice));
            advice.fold(error, Error::hint)
        };
        match (stop, self.first) {
            (_, Some(mut first)) if self.inputs == 1 => {
                // Another source answered.
                if self.answered > 0 {
                    first.kind = Kind::Partial;
                }
                Some(with_unread(first))
            }
            (Some(stop), _) => Some(with_gaps(stop)),
            (None, Some(first)) if self.answered + self.blank == 0 => {
                Some(advise(Error::new(first.kind, message)))
            }
            (None, Some(_)) => Some(advise(Error::new(Kind::Partial, message))),
            (None, None) if self.missing > 0 => Some(Error::new(Kind::Partial, message)),
            (None, None) => None,
        }
    }
}

/// `12 min`: the two largest units are one too many.
fn age(age: SignedDuration) -> String {
    let seconds = age.as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_a_person_says_them() {
        for (seconds, shown) in [
            (-5, "0 s"),
            (59, "59 s"),
            (61, "1 min"),
            (7200, "2 h"),
            (86_400 * 3, "3 days"),
        ] {
            assert_eq!(age(SignedDuration::from_secs(seconds)), shown);
        }
    }

    #[test]
    fn what_a_run_ends_with() {
        let tally = |inputs, found, failed, skipped, met| Summary {
            inputs,
            by_status: BTreeMap::from([(Status::Found, found), (Status::Error, failed)]),
            answered: found,
            missing: failed + skipped,
            met,
            fail_on: Some(Level::Malicious),
            first: (failed > 0).then(|| Error::new(Kind::Network, "lost")),
            ..Summary::default()
        };
        let quota = || Some(Error::new(Kind::Quota, "gone"));
        let kind = |tally: Summary, stop| tally.failure(stop, true).map(|error| error.kind);
        assert_eq!(kind(tally(2, 2, 0, 0, 0), None), None);
        assert_eq!(kind(tally(2, 2, 0, 0, 1), None), Some(Kind::Threshold));
        assert_eq!(kind(tally(2, 1, 1, 0, 0), None), Some(Kind::Partial));
        assert_eq!(kind(tally(2, 0, 2, 0, 0), None), Some(Kind::Network));
        assert_eq!(kind(tally(1, 0, 1, 0, 0), None), Some(Kind::Network));
        assert_eq!(kind(tally(3, 1, 1, 1, 0), quota()), Some(Kind::Quota));
        assert_eq!(kind(tally(3, 1, 1, 1, 1), quota()), Some(Kind::Threshold));
        let interrupted = Some(Error::new(Kind::Interrupted, "interrupted"));
        assert_eq!(
            kind(tally(3, 1, 0, 2, 1), interrupted),
            Some(Kind::Interrupted)
        );
    }
}
