//! `--since` and `--until`: which times are meant. The service's times have no zone, so a window
//! is of the same wall clock; only "how long ago" needs to know where that clock hangs.

use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use crate::document::Civil;
use crate::error::{Error, Result};

/// One end of a window, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// A date or time, and the last moment that it covers: a day has all of its hours.
    Civil(Civil, Civil),
    /// `7d`: so long before now.
    Ago(SignedDuration),
}

const FORMS: &str = "write 2025-01-31, 2025-01, \"2025-01-31 14:00\", or how long ago: 12h, 7d, 4w";

impl FromStr for Bound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let of = |from: DateTime, span: Span| {
            let to = from.checked_add(span).map(|to| Civil(Civil::of(to).0 - 1));
            let from = Civil::of(from);
            Some(Bound::Civil(from, to.unwrap_or(from)))
        };
        let day = |text: &str| text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0));
        let plain = text.len() <= 19 && text.is_ascii();
        let found = match text.len() {
            4 => day(&format!("{text}-01-01")).and_then(|from| of(from, Span::new().years(1))),
            7 => day(&format!("{text}-01")).and_then(|from| of(from, Span::new().months(1))),
            10 => day(text).and_then(|from| of(from, Span::new().days(1))),
            16 | 19 if plain => {
                let from = DateTime::strptime("%Y-%m-%d %H:%M", text[..16].replace('T', " ")).ok();
                match text.len() {
                    16 => from.and_then(|from| of(from, Span::new().minutes(1))),
                    _ => Civil::parse(&text.replace('T', " ")).map(|at| Bound::Civil(at, at)),
                }
            }
            _ => None,
        };
        found.or_else(|| ago(text)).ok_or_else(|| FORMS.to_string())
    }
}

fn ago(text: &str) -> Option<Bound> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok()?;
    let hours = match unit {
        "h" => 1,
        "d" => 24,
        "w" => 7 * 24,
        _ => return None,
    };
    Some(Bound::Ago(SignedDuration::from_hours(
        i64::from(number) * hours,
    )))
}

/// The times from `since` to `until`, both included; none where neither is given.
pub fn window(
    since: Option<Bound>,
    until: Option<Bound>,
    zone: Option<&TimeZone>,
    now: Timestamp,
) -> Result<Option<RangeInclusive<Civil>>> {
    if since.is_none() && until.is_none() {
        return Ok(None);
    }
    let before_now = |flag: &str, ago: SignedDuration| {
        let zone = zone.ok_or_else(|| {
            Error::usage(format!("{flag}: a time span needs the setting timezone"))
                .cause("the service's times have no zone")
                .hint("give a date, or set timezone (\"Asia/Shanghai\") in the profile")
        })?;
        let at = now.checked_sub(ago).unwrap_or(Timestamp::MIN);
        Ok(Civil::of(zone.to_datetime(at)))
    };
    let from = match since {
        None => Civil(i64::MIN),
        Some(Bound::Civil(from, _)) => from,
        Some(Bound::Ago(ago)) => before_now("--since", ago)?,
    };
    let to = match until {
        None => Civil(i64::MAX),
        Some(Bound::Civil(_, to)) => to,
        Some(Bound::Ago(ago)) => before_now("--until", ago)?,
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
        ] {
            assert_eq!(shown(since, until, None), expected, "{since} {until}");
        }
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(
            shown("7d", "2025-06", Some(&zone)),
            "2025-05-25 08:00:00 .. 2025-06-30 23:59:59"
        );
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_forms() {
        for text in [
            "",
            "soon",
            "2025-13",
            "2025-02-30",
            "d",
            "-7d",
            "7y",
            "２025",
            "2025-01-31 25:00",
        ] {
            assert_eq!(text.parse::<Bound>(), Err(FORMS.to_string()), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in ".{0,20}|[0-9]{1,12}[hdw]|[0-9]{4}-[0-9]{2}(-[0-9]{2}( [0-9:]{5,8})?)?") {
            let _ = text.parse::<Bound>();
        }
    }
}
