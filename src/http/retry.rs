//! After how long to try again, and when to give up; which answers are worth it is for each provider
//! to say (`Limits::is_passing`). Pure.

use std::time::Duration;

/// The longest that all tries of one request may take together, waits included.
const BUDGET: Duration = Duration::from_secs(120);
const FIRST_DELAY: Duration = Duration::from_millis(500);
const MAX_DELAY: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, Copy)]
pub(super) struct Policy {
    /// Tries after the first one.
    pub retries: u32,
}

impl Policy {
    /// The wait before the next try, or none to give up.
    ///
    /// Exponential with full jitter (`random` is from 0 to 1): a crowd of clients that failed
    /// together does not come back together. What the service `asked` for is kept to.
    pub fn delay(
        &self,
        attempt: u32,
        elapsed: Duration,
        asked: Option<Duration>,
        random: f64,
    ) -> Option<Duration> {
        if attempt >= self.retries {
            return None;
        }
        let ceiling = FIRST_DELAY
            .saturating_mul(1 << attempt.min(10))
            .min(MAX_DELAY);
        let delay = asked.unwrap_or_else(|| ceiling.mul_f64(random.clamp(0.0, 1.0)));
        (elapsed.checked_add(delay)? <= BUDGET).then_some(delay)
    }
}

/// `api.example.org answered 503; asking again in 4 s`
pub fn asking_again(why: &str, delay: Duration) -> String {
    let seconds = (delay.as_secs_f64() * 10.0).round() / 10.0;
    format!("{why}; asking again in {seconds} s")
}

/// The same after the try with the number `attempt`, from 0, where so many may follow the first.
pub fn further_try(why: &str, attempt: u32, retries: u32, delay: Duration) -> String {
    let (again, next) = (asking_again(why, delay), attempt.saturating_add(2));
    format!("{again} (try {next} of {})", retries.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_try_says_why_and_when() {
        for (ms, seconds) in [(0, "0"), (349, "0.3"), (4000, "4"), (12_960, "13")] {
            assert_eq!(
                further_try("it failed", 0, 4, Duration::from_millis(ms)),
                format!("it failed; asking again in {seconds} s (try 2 of 5)")
            );
        }
    }

    #[test]
    fn delays_grow_are_capped_and_end() {
        let policy = Policy { retries: 3 };
        let delay = |attempt, elapsed, asked, random| {
            policy.delay(attempt, Duration::from_secs(elapsed), asked, random)
        };
        assert_eq!(delay(0, 0, None, 1.0), Some(Duration::from_millis(500)));
        assert_eq!(delay(2, 0, None, 1.0), Some(Duration::from_secs(2)));
        assert_eq!(delay(2, 0, None, 0.0), Some(Duration::ZERO));
        assert_eq!(delay(3, 0, None, 0.0), None);
        assert_eq!(
            Policy { retries: 99 }.delay(50, Duration::ZERO, None, 1.0),
            Some(MAX_DELAY)
        );
        // Within the budget what the service asks for is done; beyond it there is no waiting.
        let asked = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(delay(0, 10, asked(60), 0.5), asked(60));
        assert_eq!(delay(0, 10, asked(111), 0.5), None);
        assert_eq!(delay(0, 10, Some(Duration::MAX), 0.5), None);
    }
}
