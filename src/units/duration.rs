use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo};

/// Far beyond any wait or age, and far from what a clock cannot hold.
const MAX: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// `30s`, `1m 30s`, `500ms`, `12h`, `7d`, `2w`; a bare number is seconds, a day has 24 hours.
pub fn duration(text: &str) -> Result<Duration, String> {
    let expected = || "expected a time span like 30s, 5m, 12h or 7d".to_string();
    let text = text.trim();
    let duration = match text.parse::<f64>() {
        Ok(seconds) if seconds.is_nan() || seconds < 0.0 => return Err(expected()),
        Ok(seconds) => Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX),
        Err(_) => {
            let span: Span = text.parse().map_err(|_| expected())?;
            // Months and years are not all of one length.
            let span = span.to_duration(SpanRelativeTo::days_are_24_hours());
            let span: SignedDuration = span.map_err(|_| expected())?;
            Duration::try_from(span).map_err(|_| expected())?
        }
    };
    match duration <= MAX {
        true => Ok(duration),
        false => Err("a time span has 100 years at most".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (text, millis) in [
            ("30", 30_000),
            ("1.5", 1_500),
            ("0", 0),
            ("0s", 0),
            ("30s", 30_000),
            ("80ms", 80),
            ("2m", 120_000),
            ("1m 30s", 90_000),
            (" 12h ", 12 * 3_600_000),
            ("7d", 7 * 86_400_000),
            ("2w", 14 * 86_400_000),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in [
            "", "-3s", "-3", "-1h", "soon", "s", "NaN", "1mo", "1y", "3 x",
        ] {
            let error = duration(text).unwrap_err();
            assert!(error.starts_with("expected"), "{text}: {error}");
        }
        for text in ["1e400", "inf", "1e19", "36501d", "99999999999999"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_clock_can_always_hold_it(text in ".{0,12}|[0-9]{1,22}(ms|s|m|h|d|w)?|[0-9.e+-]{1,8}") {
            if let Ok(duration) = duration(&text) {
                let _ = std::time::Instant::now() + duration;
            }
        }
    }
}
