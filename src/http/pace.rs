//! How fast requests may start: by `--rate`, and as fast as the service grants once it has said
//! "too fast". Pure.
//!
//! The control is that of congestion on a network: a refusal takes the rate down to what was
//! granted of late, each answer takes it up a little. While nothing but refusals come, a single
//! request at a time finds out whether that is over.

use std::time::{Duration, Instant};

/// The wait after a second "too fast" in a row; each further one doubles it.
const FIRST: Duration = Duration::from_millis(50);
const SLOWEST: Duration = Duration::from_secs(2);
/// Nothing but "too fast" for this long is not to be outwaited.
const PATIENCE: Duration = Duration::from_secs(120);

/// Under way at once to begin with.
const NARROW: usize = 4;

/// What is left of the rate after a refusal, at most.
const FALL: f64 = 0.9;
/// Answers after which the last fall has helped.
const HELPED: u32 = 8;
/// What each answer adds to the rate; it doubles with each row of answers.
const RISE: f64 = 0.001;
const MOST_RISE: f64 = 0.1;
const ROW: u32 = 64;
/// Starts a second above which nothing is held back.
const FREE: f64 = 10_000.0;
/// What was granted is measured over one to two of these.
const SPAN: Duration = Duration::from_secs(20);
/// Less time than this tells nothing of what is granted.
const TELLING: Duration = Duration::from_millis(50);

#[derive(Debug, Clone)]
pub struct Pace {
    /// The least time between two starts, by the user's wish.
    wished: Duration,
    /// Starts a second, by the service's; `None` if it never refused.
    rate: Option<f64>,
    /// Nothing starts before this.
    next: Instant,
    /// The first start, and how many there were.
    starts: Option<(Instant, u32)>,
    /// What came since the first refusal.
    granted: Option<Granted>,
    /// How many may be under way: each answer makes room for one more, so that a service with a
    /// low limit is not asked by a crowd to begin with.
    width: usize,
    /// Answers since the last refusal.
    calm: u32,
    /// When the rate last fell: a refusal of what had started before says nothing new.
    fell: Option<Instant>,
    /// Refusals since the last answer, and when the first of them was.
    refused: Option<(u32, Instant)>,
    /// Whether a request is out that tells whether the refusals are over.
    is_probing: bool,
    /// The service asked for a wait that nobody has the patience for.
    hopeless: bool,
}

impl Pace {
    /// `rate` is in starts a second; `None` is as fast as it goes.
    pub fn new(rate: Option<f64>, now: Instant) -> Self {
        let wished = rate.and_then(|rate| Duration::try_from_secs_f64(1.0 / rate).ok());
        Pace {
            wished: wished.unwrap_or_default(),
            rate: None,
            next: now,
            starts: None,
            granted: None,
            width: NARROW,
            calm: 0,
            fell: None,
            refused: None,
            is_probing: false,
            hopeless: false,
        }
    }

    /// When the next request may start while so many are `under_way`; `None` is not before one of
    /// them is back.
    pub fn next(&self, under_way: usize) -> Option<Instant> {
        (!self.is_probing && under_way < self.width).then_some(self.next)
    }

    pub fn started(&mut self, now: Instant) {
        let (_, starts) = self.starts.get_or_insert((now, 0));
        *starts = starts.saturating_add(1);
        self.is_probing = self.refused.is_some_and(|(refused, _)| refused > 1);
        let slowed = self.rate.map(|rate| Duration::from_secs_f64(1.0 / rate));
        // Late by less than a step is made up for: the rate that is wished is kept on the average.
        let due = now
            .checked_sub(self.wished)
            .map_or(self.next, |least| self.next.max(least));
        let slowed = slowed.map_or(now, |slowed| now + slowed);
        self.next = (due + self.wished).max(slowed);
    }

    /// What began at `started` is back and was not found to come too fast.
    pub fn answered(&mut self, started: Instant, now: Instant) {
        if let Some(granted) = &mut self.granted {
            granted.count(now);
        }
        if self.fell.is_none_or(|fell| started >= fell) {
            self.refused = None;
            self.is_probing = false;
        }
        self.width = self.width.saturating_add(1);
        let rise = RISE * f64::from(2_u32.saturating_pow(self.calm / ROW));
        self.calm = self.calm.saturating_add(1);
        let rate = self.rate.map(|rate| rate * (1.0 + rise.min(MOST_RISE)));
        self.rate = rate.filter(|rate| *rate < FREE);
    }

    /// The service found a request that began at `started` to come too fast and may have `asked`
    /// for a wait; `random` is from 0 to 1, so that many clients do not keep step.
    pub fn refused(
        &mut self,
        started: Instant,
        now: Instant,
        asked: Option<Duration>,
        random: f64,
    ) {
        if self.fell.is_none_or(|fell| started >= fell) {
            let (before, since) = self.refused.unwrap_or((0, now));
            if before == 0 {
                self.rate = Some(self.lower(now));
            }
            let step = self
                .rate
                .map_or(FIRST, |rate| Duration::from_secs_f64(1.0 / rate));
            let wait = match before {
                0 => step,
                before => (FIRST * 2_u32.saturating_pow(before.min(10) - 1)).min(SLOWEST),
            };
            self.next = self
                .next
                .max(now + wait.mul_f64(0.5 + random.clamp(0.0, 1.0)));
            self.refused = Some((before + 1, since));
            self.granted.get_or_insert(Granted::since(now));
            self.calm = 0;
            self.fell = Some(now);
            self.is_probing = false;
        }
        if let Some(asked) = asked {
            self.hopeless |= asked > PATIENCE;
            self.next = self.next.max(now + asked.min(PATIENCE));
        }
    }

    /// The rate after a refusal: what the service granted, as far as that is known.
    fn lower(&self, now: Instant) -> f64 {
        let current = self.rate.unwrap_or_else(|| {
            let (first, starts) = self.starts.unwrap_or((now, 1));
            let seconds = now.duration_since(first).as_secs_f64().max(0.001);
            f64::from(starts) / seconds
        });
        let granted = self.granted.as_ref().and_then(|granted| granted.rate(now));
        match granted {
            None if self.granted.is_none() => current / 2.0,
            None => current,
            Some(granted) if self.calm >= HELPED => granted.min(current * FALL),
            // Slower than it was, and refused at once: it was far too fast.
            Some(granted) => granted.clamp(current / 4.0, current),
        }
    }

    /// How long nothing starts from now on, and after how many refusals in a row.
    pub fn pause(&self, now: Instant) -> (Duration, u32) {
        let refusals = self.refused.map_or(0, |(refusals, _)| refusals);
        (self.next.saturating_duration_since(now), refusals)
    }

    /// Whether waiting longer is pointless: `falls` in a row and, where there is `much` to do,
    /// for long.
    pub fn is_hopeless(&self, falls: u32, much: bool, now: Instant) -> bool {
        let is_long = |since| now.duration_since(since) >= PATIENCE;
        let refused = self.refused;
        self.hopeless
            || refused.is_some_and(|(refused, since)| match much {
                true => is_long(since),
                false => refused > falls,
            })
    }
}

/// Answers by time: those of the span before, and of the one that is not over.
#[derive(Debug, Clone)]
struct Granted {
    before: (Instant, u32),
    since: Instant,
    count: u32,
}

impl Granted {
    fn since(now: Instant) -> Self {
        Granted {
            before: (now, 0),
            since: now,
            count: 0,
        }
    }

    fn count(&mut self, now: Instant) {
        if now.duration_since(self.since) >= SPAN {
            self.before = (self.since, self.count);
            (self.since, self.count) = (now, 0);
        }
        self.count += 1;
    }

    /// Answers a second; `None` if it is too early to tell.
    fn rate(&self, now: Instant) -> Option<f64> {
        let (since, before) = self.before;
        let span = now.duration_since(since);
        // One more, as none at all in a short time is not none for ever.
        let answers = f64::from(before + self.count + 1);
        (span >= TELLING).then(|| answers / span.as_secs_f64())
    }
}

#[cfg(test)]
mod tests;
