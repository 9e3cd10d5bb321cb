//! How fast requests may start: by `--rate`, and as fast as the service grants once it has said
//! "too fast". Pure.
//!
//! Services count in windows that are fixed or slide, of a second or of a minute, or by a bucket
//! that is filled evenly and holds much or next to nothing. What all grant is a steady pace just
//! below what they granted of late; so that is what is found and kept, with slow and rare steps
//! upwards. While nothing but refusals come, a single request at a time finds out whether that is
//! over.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The wait after a second "too fast" in a row; each further one makes it so many times longer.
const LONGER: f64 = 1.5;
const FIRST: Duration = Duration::from_millis(100);
const SLOWEST: Duration = Duration::from_secs(8);
/// Nothing but "too fast" for this long is not to be outwaited.
const PATIENCE: Duration = Duration::from_secs(120);

/// Under way at once to begin with.
const NARROW: usize = 4;

/// How much of what is granted is asked for.
const BELOW: f64 = 0.88;
/// How much of the rate that was refused is come back to at once.
const NEAR: f64 = 0.94;
/// What is left of the rate after a refusal soon after another one.
const FALL: f64 = 0.75;
/// So many of these without a calm between them, and the rate is not the reason: at twice of what
/// is granted, where half is refused, fewer help.
const FALLS: u32 = 6;
const HALF: f64 = 0.5;
/// What is left of it then.
const HELD: f64 = 0.985;
/// What the last request counts for in how much is refused.
const WEIGHT: f64 = 0.0625;
/// Answers after which a refusal is one of a rate that is nearly right, and after which the last
/// fall has helped.
const CALM: u32 = 8;
const HELPED: u32 = 16;
/// Refusals in a row that are a window without a place left.
const DROUGHT: u32 = 6;
/// Each answer brings the rate nearer, by one part of so many, to the one that was refused.
const PARTS: f64 = 64.0;
/// Answers that make room for one more at once.
const WIDER: u32 = 8;
/// What the first answer beyond it adds to the rate; each row of answers adds as much once more.
const RISE: f64 = 0.0004;
const ROW: f64 = 32.0;
/// The rate that is tried goes beyond what was granted on the average by as much, at most.
const MOST: f64 = 2.5;
/// What each answer adds to the rate where nothing is known of what is granted.
const BLIND_RISE: f64 = 0.25;
/// Starts a second that are never too many.
const LEAST_RATE: f64 = 1.0 / 120.0;
/// Starts a second above which nothing is held back.
const FREE: f64 = 10_000.0;

#[derive(Debug, Clone)]
pub struct Pace {
    /// The least time between two starts, by the user's wish.
    wished: Duration,
    /// Starts a second, by the service's; `None` if it never refused.
    rate: Option<f64>,
    /// The rate that was last refused; `None` if it is not known how fast is too fast.
    ceiling: Option<f64>,
    /// Answers since the rate came back to it.
    above: u32,
    /// Nothing starts before this.
    next: Instant,
    granted: Granted,
    /// How many may be under way: each answer makes room for one more, so that a service with a
    /// low limit is not asked by a crowd to begin with.
    width: usize,
    /// Answers since the last refusal.
    calm: u32,
    /// Falls without a calm between them, each while less than half was refused.
    falls: u32,
    /// How much of what was asked of late was refused, from 0 to 1.
    share: f64,
    /// When the rate last fell: a refusal of what had started before says nothing new.
    fell: Option<Instant>,
    /// Refusals since the last answer, and when the first of them was.
    refused: Option<(u32, Instant)>,
    /// The wait after the last of them.
    waited: Duration,
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
            ceiling: None,
            above: 0,
            next: now,
            granted: Granted::new(now),
            width: NARROW,
            calm: 0,
            falls: 0,
            share: 0.0,
            fell: None,
            refused: None,
            waited: Duration::ZERO,
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
        self.granted.started(now, self.next);
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
        self.granted.returned(now, true);
        if self.fell.is_none_or(|fell| started >= fell) {
            if self.refused.is_some_and(|(refused, _)| refused >= DROUGHT) {
                self.end_of_drought(now);
            }
            self.refused = None;
            self.is_probing = false;
        }
        self.share -= self.share * WEIGHT;
        self.calm = self.calm.saturating_add(1);
        if self.calm >= HELPED {
            self.falls = 0;
        }
        if self.granted.answers.is_multiple_of(WIDER) {
            self.width = self.width.saturating_add(1);
        }
        let rate = self.rate.map(|rate| self.risen(rate, now));
        self.rate = rate.filter(|rate| *rate < FREE);
    }

    /// The rate after an answer.
    fn risen(&mut self, rate: f64, now: Instant) -> f64 {
        let Some(ceiling) = self.ceiling else {
            return rate * (1.0 + BLIND_RISE);
        };
        let missing = NEAR * ceiling - rate;
        if missing > 0.01 * rate {
            return rate + missing / PARTS;
        }
        let rise = RISE * (1.0 + f64::from(self.above) / ROW);
        self.above = self.above.saturating_add(1);
        // A window may have much room before it has none.
        let most = self
            .granted
            .rate(now)
            .map_or(rate, |granted| granted * MOST);
        (rate * (1.0 + rise)).min(most.max(rate))
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
        self.granted.returned(now, false);
        self.share += (1.0 - self.share) * WEIGHT;
        if self.fell.is_none_or(|fell| started >= fell) {
            let (before, since) = self.refused.unwrap_or((0, now));
            if before == 0 {
                self.fall(now);
            }
            self.waited = match before {
                0 => self
                    .rate
                    .map_or(FIRST, |rate| Duration::from_secs_f64(1.0 / rate)),
                before => FIRST
                    .mul_f64(LONGER.powi(before.min(20).cast_signed() - 1))
                    .min(SLOWEST),
            };
            self.next = self
                .next
                .max(now + self.waited.mul_f64(0.5 + random.clamp(0.0, 1.0)));
            self.refused = Some((before + 1, since));
            self.calm = 0;
            self.fell = Some(now);
            self.is_probing = false;
        }
        if let Some(asked) = asked {
            self.hopeless |= asked > PATIENCE;
            self.next = self.next.max(now + asked.min(PATIENCE));
        }
    }

    /// The first refusal after an answer, or of all.
    fn fall(&mut self, now: Instant) {
        let granted = || self.granted.rate(now);
        // As fast as it went, where nothing held it back.
        let rate = self.rate.or_else(granted);
        let rate = rate.unwrap_or_else(|| self.granted.starts(now));
        self.ceiling = Some(rate);
        let rate = match self.rate {
            // Far too fast, as it seems: by how much, the next ones tell.
            None => rate * HALF,
            Some(_) if self.calm >= CALM => rate * BELOW,
            Some(_) if self.share > HALF => self.granted.lately().clamp(rate / 8.0, rate * FALL),
            Some(_) if self.falls < FALLS => rate * FALL,
            Some(_) => rate * HELD,
        };
        self.rate = Some(rate.max(LEAST_RATE));
        self.above = 0;
        self.falls += u32::from(self.share <= HALF);
    }

    /// All that is granted in a window was used up, and the next one begins.
    fn end_of_drought(&mut self, now: Instant) {
        let granted = self.granted.rate(now).zip(self.rate);
        let known = granted.map(|(granted, rate)| granted.min(rate));
        self.ceiling = known;
        self.rate = Some(match known {
            Some(rate) => (rate * BELOW).max(LEAST_RATE),
            None => 1.0 / self.waited.max(FIRST).as_secs_f64(),
        });
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

/// Answers by time, over the last two minutes in which there was something to ask.
#[derive(Debug, Clone)]
struct Granted {
    /// When a slice begins, and the answers in it.
    slices: VecDeque<(Instant, u32)>,
    starts: u32,
    answers: u32,
    /// When the last answers came.
    last: VecDeque<Instant>,
    under_way: u32,
    /// When the last request came back.
    back: Instant,
    /// The time in which nobody asked: the clock here is behind by it.
    idle: Duration,
}

const SLICE: Duration = Duration::from_secs(10);
const SLICES: usize = 12;
/// Fewer answers, or less time, than this tell nothing of what is granted.
const TELLING: u32 = 8;
const LEAST: Duration = Duration::from_millis(50);
/// How many the last few are.
const LAST: usize = 4;

impl Granted {
    fn new(now: Instant) -> Self {
        Granted {
            slices: VecDeque::from([(now, 0)]),
            starts: 0,
            answers: 0,
            last: VecDeque::new(),
            under_way: 0,
            back: now,
            idle: Duration::ZERO,
        }
    }

    /// A request starts, which might have from `next` on.
    fn started(&mut self, now: Instant, next: Instant) {
        if self.under_way == 0 {
            self.idle += now.saturating_duration_since(next.max(self.back));
        }
        self.starts = self.starts.saturating_add(1);
        self.under_way += 1;
    }

    fn returned(&mut self, now: Instant, is_answer: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        self.back = now;
        let busy = now - self.idle;
        if is_answer {
            self.answers = self.answers.wrapping_add(1);
            self.last.push_back(busy);
            if self.last.len() > LAST {
                self.last.pop_front();
            }
        }
        match self.slices.back_mut() {
            Some((since, count)) if busy.saturating_duration_since(*since) < SLICE => {
                *count += u32::from(is_answer);
            }
            _ => self.slices.push_back((busy, u32::from(is_answer))),
        }
        if self.slices.len() > SLICES {
            self.slices.pop_front();
        }
    }

    /// Answers a second; `None` if it is too early to tell.
    fn rate(&self, now: Instant) -> Option<f64> {
        let answers: u32 = self.slices.iter().map(|(_, count)| count).sum();
        let span = self.span(now);
        (answers >= TELLING && span >= LEAST).then(|| f64::from(answers) / span.as_secs_f64())
    }

    /// Answers a second, by the last few.
    fn lately(&self) -> f64 {
        let span = self.last.back().zip(self.last.front());
        let span = span.map_or(Duration::ZERO, |(last, first)| *last - *first);
        let steps = self.last.len().saturating_sub(1);
        match span.is_zero() {
            true => 0.0,
            false => steps as f64 / span.as_secs_f64(),
        }
    }

    /// Starts a second, over all.
    fn starts(&self, now: Instant) -> f64 {
        f64::from(self.starts.max(1)) / self.span(now).as_secs_f64().max(0.001)
    }

    fn span(&self, now: Instant) -> Duration {
        let first = self.slices.front().map_or(now, |(since, _)| *since);
        (now - self.idle).saturating_duration_since(first)
    }
}

#[cfg(test)]
mod tests;
