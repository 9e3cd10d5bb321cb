//! Times as the service writes them. Pure; without a zone it is UTC.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

/// A moment out of an answer: Unix seconds as a number or a string, or ISO 8601. What was never
/// set comes as 0 or as the first day of a calendar, and is none.
pub fn of_value(value: &Value) -> Option<Timestamp> {
    let moment = match value {
        Value::Number(number) => of_seconds(number.as_f64()?),
        Value::String(text) => of_text(text.trim()),
        _ => None,
    };
    moment.filter(|at| *at > Timestamp::UNIX_EPOCH)
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
    let is_thousandths = seconds.abs() > MAX_SECONDS;
    let seconds = if is_thousandths {
        seconds / 1000.0
    } else {
        seconds
    };
    // Beyond what a timestamp holds, the conversion to it fails; what is no number becomes 0.
    Timestamp::from_second(seconds as i64).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::rfc3339;
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
            let at = of_value(&value).map(rfc3339);
            assert_eq!(at.as_deref(), Some("2026-01-02T03:04:05Z"), "{value}");
        }
        assert_eq!(
            of_value(&json!("2026-01-02")).map(rfc3339).as_deref(),
            Some("2026-01-02T00:00:00Z")
        );
        for value in [
            json!(null),
            json!(""),
            json!("soon"),
            json!(0),
            json!("0"),
            json!("0001-01-01T00:00:00"),
            json!("1970-01-01T00:00:00Z"),
            json!(1e300),
            json!("inf"),
            json!("NaN"),
            json!([1]),
        ] {
            assert_eq!(of_value(&value), None, "{value}");
        }
    }
}
