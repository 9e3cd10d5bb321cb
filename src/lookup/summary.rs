//! What a run came to: counts, the failures told of, and what it ends with.

use jiff::{SignedDuration, Timestamp};

use crate::console::{Lookups, Progress, Reporter};
use crate::error::{Error, Kind};
use crate::input::Input;
use crate::intel::Level;
use crate::providers::kti::answer::{Outcome, Quota};
use crate::providers::kti::element::{LookupResult, failure, verdict};

/// Failures that get a line each: thousands of them say no more, and JSON and CSV have them all.
const TOLD: u64 = 100;

#[derive(Default)]
pub struct Summary {
    inputs: u64,
    found: u64,
    not_found: u64,
    failed: u64,
    skipped: u64,
    /// Rows without an indicator.
    blank: u64,
    cached: u64,
    oldest: Option<Timestamp>,
    /// Those that `fail_on` means.
    met: u64,
    fail_on: Option<Level>,
    /// The first failure; it is told in full if it stays alone.
    first: Option<Error>,
    told: bool,
}

impl Summary {
    pub fn new(fail_on: Option<Level>) -> Self {
        Summary {
            fail_on,
            ..Summary::default()
        }
    }

    pub fn count(&mut self, input: &Input, fate: &LookupResult, notes: &dyn Reporter) {
        self.tell_first(notes);
        self.inputs += 1;
        if input.is_blank() {
            self.blank += 1;
            return;
        }
        if let LookupResult::Answered(answer, retrieved) = fate {
            match answer.outcome {
                Outcome::Found { .. } => self.found += 1,
                Outcome::NotFound => self.not_found += 1,
                Outcome::Malformed(_) => {}
            }
            if retrieved.cached {
                self.cached += 1;
                self.oldest = Some(self.oldest.map_or(retrieved.at, |at| at.min(retrieved.at)));
            }
        }
        if matches!(fate, LookupResult::Skipped) {
            self.skipped += 1;
        }
        if let (Some(limit), Some(level)) = (self.fail_on, verdict(fate)) {
            self.met += u64::from(level >= limit);
        }
        if let Some(error) = failure(fate) {
            self.failed += 1;
            self.tell(input, error, notes);
        }
    }

    fn tell(&mut self, input: &Input, mut error: Error, notes: &dyn Reporter) {
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
            Some(_) if self.failed <= TOLD => notes.error(&error.to_string()),
            Some(_) if self.failed == TOLD + 1 => {
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
        self.found + self.not_found + self.blank
    }

    pub fn progress(&self, total: Option<u64>, quota: Option<&Quota>) -> Progress {
        Progress::Lookups(Lookups {
            done: self.inputs,
            total,
            found: self.found,
            failed: self.failed,
            left: quota.map(|quota| quota.left.to_string()),
        })
    }

    /// What is said at the end beside the data.
    pub fn tell_summary(
        &mut self,
        asked: u64,
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
            _ => notes.note(&self.summary(asked, age.as_deref())),
        }
        if let Some(Quota { left, total }) = quota {
            notes.note(&format!("quota: LeftCount {left}, TotalCount {total}"));
        }
    }

    fn summary(&self, asked: u64, age: Option<&str>) -> String {
        let mut parts = vec![format!("{asked} asked")];
        if let Some(age) = age {
            parts.push(format!("{} from the cache (up to {age} old)", self.cached));
        }
        parts.push(format!("{} found", self.found));
        parts.push(format!("{} not found", self.not_found));
        for (count, what) in [
            (self.failed, "failed"),
            (self.skipped, "skipped"),
            (self.blank, "without an indicator"),
        ] {
            if count > 0 || what == "failed" {
                parts.push(format!("{count} {what}"));
            }
        }
        format!("{} inputs: {}", self.inputs, parts.join(", "))
    }

    /// What the run ends with, if not well: what ended it, what `--fail-on` found, the only
    /// failure, or that there were several.
    pub fn failure(self, stop: Option<Error>) -> Option<Error> {
        let missing = self.failed + self.skipped;
        let message = format!("{missing} of {} inputs were not answered", self.inputs);
        let stop = match stop {
            Some(stop) if stop.kind == Kind::Interrupted => {
                return Some(match missing {
                    0 => stop,
                    _ => stop.cause(message),
                });
            }
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
            let error = Error::new(
                Kind::Threshold,
                format!("--fail-on: {met} {are} {level}{worse}"),
            );
            return Some(match missing {
                0 => error,
                _ => error.cause(message),
            });
        }
        match (stop, self.first) {
            (Some(_), Some(first)) if self.inputs == 1 => Some(first),
            (None, Some(first)) if self.inputs == 1 => Some(first),
            (Some(stop), _) => Some(stop.cause(message)),
            (None, Some(first)) if self.found + self.not_found + self.blank == 0 => {
                Some(Error::new(first.kind, message))
            }
            (None, Some(_)) => Some(Error::new(Kind::Partial, message)),
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
            found,
            failed,
            skipped,
            met,
            fail_on: Some(Level::Malicious),
            first: (failed > 0).then(|| Error::new(Kind::Network, "lost")),
            ..Summary::default()
        };
        let quota = || Some(Error::new(Kind::Quota, "gone"));
        let kind = |tally: Summary, stop| tally.failure(stop).map(|error| error.kind);
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
