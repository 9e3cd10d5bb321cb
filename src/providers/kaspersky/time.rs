//! Times as the service writes them, and as a user names them. Pure; without a zone it is UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// A moment out of an answer: Unix seconds as a number or a string, or ISO 8601.
pub fn of_value(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => of_seconds(number.as_f64()?),
        Value::String(text) => of_text(text.trim()),
        _ => None,
    }
}

fn of_text(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<f64>() {
        return of_seconds(seconds);
    }
    text.parse().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

/// Whatever counts more than this counts thousandths: it would be the year 5138.
const MAX_SECONDS: f64 = 1e11;

fn of_seconds(seconds: f64) -> Option<Timestamp> {
    let seconds = if seconds.abs() > MAX_SECONDS {
        seconds / 1000.0
    } else {
        seconds
    };
    if !seconds.is_finite() {
        return None;
    }
    // Beyond what a timestamp holds, the conversion to it fails.
    Timestamp::from_second(seconds as i64).ok()
}

/// `2026-01-02T03:04:05Z`
pub fn shown(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A bound as it is typed: `7d`, `12h`, `2026-01-01`, `2026-01-01T08:00`, with a zone or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Ago(SignedDuration),
    Day(Date),
    At(Timestamp),
}

impl std::str::FromStr for Bound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(day) = text.parse::<Date>()
            && text.len() == 10
        {
            return Ok(Bound::Day(day));
        }
        if let Some(ago) = ago(text) {
            return Ok(Bound::Ago(ago));
        }
        match text
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| of_moment(text))
        {
            Some(Some(at)) => Ok(Bound::At(at)),
            _ => Err(
                "expected a day like 2026-01-31, a time like 2026-01-31T08:00Z, or a span like 7d"
                    .to_string(),
            ),
        }
    }
}

fn of_moment(text: &str) -> Option<Timestamp> {
    text.contains('-').then(|| of_text(text))?
}

/// `90m`, `12h`, `7d`, `2w`.
fn ago(text: &str) -> Option<SignedDuration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let hours = match unit {
        "m" => return SignedDuration::from_mins(number.parse::<u32>().ok()?.into()).into(),
        "h" => 1,
        "d" => 24,
        "w" => 7 * 24,
        _ => return None,
    };
    Some(SignedDuration::from_hours(
        i64::from(number.parse::<u32>().ok()?) * hours,
    ))
}

/// As it may be typed.
impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Bound::Day(day) => day.fmt(f),
            Bound::At(at) => f.write_str(&shown(*at)),
            Bound::Ago(ago) => match (ago.as_mins(), ago.as_hours()) {
                (mins, _) if mins % 60 != 0 => write!(f, "{mins}m"),
                (_, hours) if hours % 24 != 0 => write!(f, "{hours}h"),
                (_, hours) => write!(f, "{}d", hours / 24),
            },
        }
    }
}

impl Bound {
    /// The moment from which on something counts: a day begins.
    pub fn from(self, now: Timestamp) -> Timestamp {
        self.moment(now, |day| day.to_datetime(jiff::civil::Time::midnight()))
    }

    /// The moment up to which something counts: a day is over.
    pub fn until(self, now: Timestamp) -> Timestamp {
        self.moment(now, |day| day.at(23, 59, 59, 0))
    }

    fn moment(self, now: Timestamp, of_day: impl Fn(Date) -> DateTime) -> Timestamp {
        match self {
            Bound::At(at) => at,
            Bound::Ago(ago) => now.checked_sub(ago).unwrap_or(Timestamp::UNIX_EPOCH),
            // Any day of the calendar is a moment in UTC but the very last ones.
            Bound::Day(day) => of_day(day)
                .to_zoned(TimeZone::UTC)
                .map_or(Timestamp::MAX, |zoned| zoned.timestamp()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_in_every_form_are_one_time() {
        for value in [
            json!(1767323045),
            json!(1767323045.0),
            json!("1767323045"),
            json!(1767323045000i64),
            json!("2026-01-02T03:04:05Z"),
            json!("2026-01-02T05:04:05+02:00"),
            json!("2026-01-02T03:04:05"),
            json!("2026-01-02 03:04:05"),
        ] {
            let at = of_value(&value).map(shown);
            assert_eq!(at.as_deref(), Some("2026-01-02T03:04:05Z"), "{value}");
        }
        assert_eq!(
            of_value(&json!("2026-01-02")).map(shown).as_deref(),
            Some("2026-01-02T00:00:00Z")
        );
        for value in [
            json!(null),
            json!(""),
            json!("soon"),
            json!(1e300),
            json!([1]),
        ] {
            assert_eq!(of_value(&value), None, "{value}");
        }
    }

    #[test]
    fn bounds_as_they_are_typed() {
        let now = "2026-01-31T12:00:00Z".parse().unwrap();
        for (typed, from, until) in [
            ("7d", "2026-01-24T12:00:00Z", "2026-01-24T12:00:00Z"),
            ("2w", "2026-01-17T12:00:00Z", "2026-01-17T12:00:00Z"),
            ("12h", "2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z"),
            ("90m", "2026-01-31T10:30:00Z", "2026-01-31T10:30:00Z"),
            ("2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T23:59:59Z"),
            (
                "2026-01-01T08:00",
                "2026-01-01T08:00:00Z",
                "2026-01-01T08:00:00Z",
            ),
            (
                "2026-01-01T08:00:00+09:00",
                "2025-12-31T23:00:00Z",
                "2025-12-31T23:00:00Z",
            ),
        ] {
            let bound: Bound = typed.parse().unwrap();
            assert_eq!(
                (shown(bound.from(now)), shown(bound.until(now))),
                (from.into(), until.into())
            );
        }
        for typed in ["", "d", "7", "-7d", "soon", "2026-13-01", "1767323045"] {
            assert!(typed.parse::<Bound>().is_err(), "{typed}");
        }
    }
}
