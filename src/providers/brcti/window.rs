//! `--since` and `--until`: which times are meant. The service's times have no zone, so a window
//! is of the same wall clock; only "how long ago" needs to know where that clock hangs.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::document::Civil;
use crate::error::{Error, Result};
use crate::units::Past;

/// The times from `since` to `until`, both included; none where neither is given.
pub fn window(
    since: Option<Past>,
    until: Option<Past>,
    zone: Option<&TimeZone>,
    now: Timestamp,
) -> Result<Option<RangeInclusive<Civil>>> {
    if since.is_none() && until.is_none() {
        return Ok(None);
    }
    let now = zone.map(|zone| now.to_zoned(zone.clone()));
    let bounds = |flag: &str, past: Past| -> Result<(Civil, Civil)> {
        let what = match past {
            Past::Ago(..) => "a time span",
            Past::Day(_) | Past::Calendar(..) => "a day that counts from now",
            Past::At(_) => "a time with a zone",
        };
        let (from, to) = past.bounds(now.as_ref()).ok_or_else(|| {
            Error::usage(format!("{flag}: {what} needs the setting timezone"))
                .cause("the service's times have no zone")
                .hint("give a date, or set timezone (\"Asia/Shanghai\") in the profile")
        })?;
        Ok((Civil::of(from), Civil::of(to)))
    };
    let from = match since {
        None => Civil(i64::MIN),
        Some(past) => bounds("--since", past)?.0,
    };
    let to = match until {
        None => Civil(i64::MAX),
        Some(past) => bounds("--until", past)?.1,
    };
    if from > to {
        return Err(Error::usage("--since is after --until").hint("no time can lie between them"));
    }
    Ok(Some(from..=to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(since: &str, until: &str, zone: Option<&TimeZone>) -> String {
        let now = "2025-06-01T00:00:00Z".parse().unwrap();
        let window = window(since.parse().ok(), until.parse().ok(), zone, now);
        match window {
            Ok(Some(window)) => format!("{} .. {}", window.start(), window.end()),
            Ok(None) => "all".to_string(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn a_day_or_month_has_all_of_its_hours() {
        for (since, until, expected) in [
            (
                "2024-12-22",
                "2024-12-22",
                "2024-12-22 00:00:00 .. 2024-12-22 23:59:59",
            ),
            (
                "2024",
                "2024-02",
                "2024-01-01 00:00:00 .. 2024-02-29 23:59:59",
            ),
            (
                "2024-12-22 15:00",
                "2024-12-22T15:30:10",
                "2024-12-22 15:00:00 .. 2024-12-22 15:30:10",
            ),
            ("", "", "all"),
            ("2025-02", "2025-01", "--since is after --until"),
            ("7d", "", "--since: a time span needs the setting timezone"),
            (
                "2025",
                "today",
                "--until: a day that counts from now needs the setting timezone",
            ),
        ] {
            assert_eq!(shown(since, until, None), expected, "{since} {until}");
        }
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(
            shown("7d", "2025-06", Some(&zone)),
            "2025-05-25 08:00:00 .. 2025-06-30 23:59:59"
        );
        assert_eq!(
            shown("2025-05-31T16:00:00Z", "today", Some(&zone)),
            "2025-06-01 00:00:00 .. 2025-06-01 23:59:59"
        );
    }
}
