//! Times as they come out, and those of a service that says no zone: what a clock on a wall there
//! showed.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// `2026-01-02T03:04:05Z`: how a moment stands in JSON and CSV (RFC 3339, in UTC).
pub fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A moment, as [`rfc3339`] in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utc(pub Timestamp);

impl Serialize for Utc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&rfc3339(self.0))
    }
}

impl JsonSchema for Utc {
    fn schema_name() -> Cow<'static, str> {
        "Utc".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date-time"})
    }
}

/// A time as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    At(Civil),
    /// What came instead of a time, to be shown as it came; it is on no axis.
    Odd(String),
    /// `null` came.
    Null,
}

impl Time {
    /// As a person writes it: a time as [`Civil::label`], anything else as it came.
    pub fn label(&self, step: Option<Step>) -> String {
        match self {
            Time::At(at) => at.label(step),
            Time::Odd(text) => text.clone(),
            Time::Null => "null".to_string(),
        }
    }
}

/// Seconds on a wall clock, counted from 1970-01-01 00:00:00 on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil(pub i64);

/// The width of a slot of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Step {
    Hour,
    Day,
    Month,
}

impl Civil {
    /// `2024-12-22 15:00:00`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let form = bytes.len() == 19
            && [(4, b'-'), (7, b'-'), (10, b' '), (13, b':'), (16, b':')]
                .iter()
                .all(|(at, mark)| bytes[*at] == *mark);
        if !form {
            return None;
        }
        let number = |from: usize, to: usize| -> Option<i16> {
            bytes[from..to].iter().try_fold(0, |number, digit| {
                digit
                    .is_ascii_digit()
                    .then(|| number * 10 + i16::from(digit - b'0'))
            })
        };
        let part = |from| number(from, from + 2).and_then(|part| i8::try_from(part).ok());
        let date = Date::new(number(0, 4)?, part(5)?, part(8)?).ok()?;
        let time = jiff::civil::Time::new(part(11)?, part(14)?, part(17)?, 0).ok()?;
        Some(Self::of(date.to_datetime(time)))
    }

    pub fn of(at: DateTime) -> Self {
        Civil(at.duration_since(EPOCH).as_secs())
    }

    pub fn datetime(self) -> DateTime {
        let at = EPOCH.checked_add(SignedDuration::from_secs(self.0));
        // Beyond all times that there can be: the last one.
        at.unwrap_or(DateTime::MAX)
    }

    /// The beginning of the slot that it is in.
    pub fn floor(self, step: Step) -> Self {
        match step {
            Step::Hour => Civil(self.0 - self.0.rem_euclid(3_600)),
            Step::Day => Civil(self.0 - self.0.rem_euclid(86_400)),
            Step::Month => {
                let date = self.datetime().date().first_of_month();
                Self::of(date.to_datetime(jiff::civil::Time::midnight()))
            }
        }
    }

    /// As a person writes the slot: `2024-12-22 15:00`, `2024-12-22`, `2024-12`.
    pub fn label(self, step: Option<Step>) -> String {
        let form = match step {
            None => "%Y-%m-%d %H:%M:%S",
            Some(Step::Hour) => "%Y-%m-%d %H:%M",
            Some(Step::Day) => "%Y-%m-%d",
            Some(Step::Month) => "%Y-%m",
        };
        self.datetime().strftime(form).to_string()
    }
}

impl std::fmt::Display for Civil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.label(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_form_is_a_time() {
        for text in [
            "2024-12-22 15:00:00",
            "2024-02-29 23:59:59",
            "1969-12-31 00:00:01",
            "0001-01-01 00:00:00",
            "9999-12-31 23:59:59",
        ] {
            assert_eq!(Civil::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "soon",
            "2024-13-01 00:00:00",
            "2023-02-29 00:00:00",
            "2024-12-22T15:00:00",
            "2024-12-22 24:00:00",
            "２024-12-22 15:00",
            "+024-12-22 15:00:00",
        ] {
            assert_eq!(Civil::parse(text), None, "{text}");
        }
    }

    #[test]
    fn slots_begin_where_the_calendar_says() {
        let at = Civil::parse("2024-02-29 23:59:59").unwrap();
        let label = |step| at.floor(step).label(Some(step));
        assert_eq!(label(Step::Hour), "2024-02-29 23:00");
        assert_eq!(label(Step::Day), "2024-02-29");
        assert_eq!(label(Step::Month), "2024-02");
        assert_eq!(at.floor(Step::Month).to_string(), "2024-02-01 00:00:00");
        let before = Civil::parse("1969-12-31 23:30:00").unwrap();
        assert_eq!(before.floor(Step::Hour).to_string(), "1969-12-31 23:00:00");
    }
}
