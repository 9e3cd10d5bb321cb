//! Who is asked, and for how long: what a person is told who waits. Pure.

use std::time::{Duration, Instant};

/// Whoever waits for less is not told.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Waits {
    /// By their numbers: whom, and since when.
    asked: Vec<(u64, String, Instant)>,
    last: u64,
}

impl Waits {
    pub fn begin(&mut self, whom: &str, now: Instant) -> u64 {
        self.last += 1;
        self.asked.push((self.last, whom.to_string(), now));
        self.last
    }

    pub fn end(&mut self, number: u64) {
        self.asked.retain(|(asked, ..)| *asked != number);
    }

    /// `asking ksm.api.ksyun.com … 4 s`, if it is time to say so.
    pub fn words(&self, dots: &str, now: Instant) -> Option<String> {
        let waited = self.longest(now).filter(|waited| *waited >= PATIENCE)?;
        let mut names: Vec<&str> = self.asked.iter().map(|(_, whom, _)| &**whom).collect();
        names.sort_unstable();
        names.dedup();
        let seconds = waited.as_secs();
        Some(format!("asking {} {dots} {seconds} s", names.join(", ")))
    }

    /// When other words are due; `None` if nobody is asked.
    pub fn next(&self, now: Instant) -> Option<Duration> {
        let waited = self.longest(now)?;
        Some(Duration::from_secs(waited.as_secs() + 1).saturating_sub(waited))
    }

    fn longest(&self, now: Instant) -> Option<Duration> {
        let since = self.asked.iter().map(|(.., since)| *since).min()?;
        Some(now.saturating_duration_since(since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_second_it_says_who_is_asked_and_for_how_long() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut waits = Waits::default();
        assert_eq!((waits.words("…", at(0)), waits.next(at(0))), (None, None));
        let first = waits.begin("ksm.api.ksyun.com", at(0));
        assert_eq!(waits.words("…", at(999)), None);
        assert_eq!(waits.next(at(999)), Some(Duration::from_millis(1)));
        let second = waits.begin("cti.example.org", at(500));
        let third = waits.begin("ksm.api.ksyun.com", at(600));
        assert_eq!(
            waits.words("...", at(4200)).as_deref(),
            Some("asking cti.example.org, ksm.api.ksyun.com ... 4 s")
        );
        assert_eq!(waits.next(at(4200)), Some(Duration::from_millis(800)));
        waits.end(first);
        waits.end(second);
        assert_eq!(
            waits.words("…", at(4600)).as_deref(),
            Some("asking ksm.api.ksyun.com … 4 s")
        );
        waits.end(third);
        assert_eq!(waits.next(at(5000)), None);
    }
}
