//! How fast requests may start: by `--rate`, and slower while the service says "too fast". Pure.

use std::time::{Duration, Instant};

/// The first wait after a "too fast"; each further one doubles it.
const FIRST: Duration = Duration::from_millis(50);
const SLOWEST: Duration = Duration::from_secs(2);
/// Below this the slowing down has no effect any more.
const GONE: Duration = Duration::from_millis(2);
/// What is left of the slowing down after an answer: half, back to where it was first too fast;
/// from there on carefully.
const RECOVERY: f64 = 0.95;
/// Nothing but "too fast" for this long is not to be outwaited.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Debug, Clone)]
pub struct Pace {
    /// The least time between two starts, by the user's wish.
    wished: Duration,
    /// The same, by the service's.
    slowed: Duration,
    /// Where the last row of refusals began.
    careful: Duration,
    /// Nothing starts before this.
    next: Instant,
    /// When the pace last fell: a refusal of what had started before says nothing new.
    fell: Option<Instant>,
    /// Falls since the last answer, and when the first of them was.
    refused: Option<(u32, Instant)>,
    /// The service asked for a wait that nobody has the patience for.
    hopeless: bool,
}

impl Pace {
    /// `rate` is in starts a second; none is as fast as it goes.
    pub fn new(rate: Option<f64>, now: Instant) -> Self {
        let wished = rate.and_then(|rate| Duration::try_from_secs_f64(1.0 / rate).ok());
        Pace {
            wished: wished.unwrap_or_default(),
            slowed: Duration::ZERO,
            careful: Duration::ZERO,
            next: now,
            fell: None,
            refused: None,
            hopeless: false,
        }
    }

    /// When the next request may start.
    pub fn next(&self) -> Instant {
        self.next
    }

    pub fn started(&mut self, now: Instant) {
        let step = self.wished.max(self.slowed);
        // Late by less than a step is made up for: the rate is kept on the average.
        let due = now
            .checked_sub(step)
            .map_or(self.next, |least| self.next.max(least));
        self.next = due + step;
    }

    pub fn answered(&mut self) {
        self.refused = None;
        self.slowed = match self.slowed > self.careful {
            true => (self.slowed / 2).max(self.careful),
            false => self.slowed.mul_f64(RECOVERY),
        };
        if self.slowed < GONE {
            self.slowed = Duration::ZERO;
        }
    }

    /// The service found a request that started at `started` to come too fast and may have
    /// `asked` for a wait; `random` is from 0 to 1, so that many clients do not keep step.
    pub fn refused(
        &mut self,
        started: Instant,
        now: Instant,
        asked: Option<Duration>,
        random: f64,
    ) {
        if self.fell.is_none_or(|fell| started >= fell) {
            self.slowed = (self.slowed * 2).clamp(FIRST, SLOWEST);
            if self.refused.is_none() {
                self.careful = self.slowed;
            }
            self.fell = Some(now);
            let (falls, since) = self.refused.unwrap_or((0, now));
            self.refused = Some((falls + 1, since));
            self.next = self
                .next
                .max(now + self.slowed.mul_f64(0.5 + random.clamp(0.0, 1.0)));
        }
        if let Some(asked) = asked {
            self.hopeless |= asked > PATIENCE;
            self.next = self.next.max(now + asked.min(PATIENCE));
        }
    }

    /// Whether waiting longer is pointless: `falls` in a row and, where there is `much` to do,
    /// for long.
    pub fn is_hopeless(&self, falls: u32, much: bool, now: Instant) -> bool {
        let is_long = |since| now.duration_since(since) >= PATIENCE;
        let refused = self.refused;
        self.hopeless
            || refused.is_some_and(|(refused, since)| refused > falls && (!much || is_long(since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_rate_is_kept_on_the_average() {
        let begin = Instant::now();
        let mut pace = Pace::new(Some(10.0), begin);
        pace.started(begin);
        assert_eq!(pace.next(), begin + 100 * MS);
        // Late by 30 ms: the one after it is not.
        pace.started(begin + 130 * MS);
        assert_eq!(pace.next(), begin + 200 * MS);
        // Nothing to do for a second is no credit for a burst.
        pace.started(begin + 1200 * MS);
        assert_eq!(pace.next(), begin + 1200 * MS);
    }

    #[test]
    fn it_falls_once_for_all_that_were_under_way_and_recovers() {
        let begin = Instant::now();
        let mut pace = Pace::new(None, begin);
        for _ in 0..8 {
            pace.started(begin);
        }
        for _ in 0..8 {
            pace.refused(begin, begin + 20 * MS, None, 0.5);
        }
        assert_eq!(pace.next(), begin + 70 * MS);
        pace.started(begin + 70 * MS);
        pace.refused(begin + 70 * MS, begin + 90 * MS, None, 0.5);
        assert_eq!(pace.next(), begin + 190 * MS);
        for _ in 0..200 {
            pace.answered();
        }
        assert_eq!(pace.slowed, Duration::ZERO);
    }

    #[test]
    fn what_the_service_asks_for_is_kept_to() {
        let begin = Instant::now();
        let mut pace = Pace::new(None, begin);
        pace.refused(begin, begin, Some(3000 * MS), 0.0);
        assert_eq!(pace.next(), begin + 3000 * MS);
        assert!(!pace.is_hopeless(0, true, begin));
        pace.refused(begin, begin, Some(PATIENCE + MS), 0.0);
        assert!(pace.is_hopeless(9, true, begin));
    }

    #[test]
    fn hope_ends_soon_for_one_and_late_for_many() {
        let begin = Instant::now();
        let mut pace = Pace::new(None, begin);
        for second in 0..3 {
            let now = begin + second * 1000 * MS;
            pace.refused(now, now, None, 0.0);
        }
        let now = begin + 3000 * MS;
        assert!(pace.is_hopeless(2, false, now));
        assert!(!pace.is_hopeless(3, false, now));
        assert!(!pace.is_hopeless(2, true, now));
        assert!(pace.is_hopeless(2, true, begin + PATIENCE));
        pace.answered();
        assert!(!pace.is_hopeless(2, false, begin + PATIENCE));
    }
}
