//! `--since` and `--until`: which times are meant. The service's times have no zone, so a window
//! is of the same wall clock; only "how long ago" needs to know where that clock hangs.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::document::{Civil, Lang, Step};
use crate::error::{Error, Result};
use crate::units::Past;

use super::args::WindowArgs;

/// Which times are shown, and how.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// Both ends included; `None` for all times.
    pub times: Option<RangeInclusive<Civil>>,
    /// The first and the last moment of it; what lasts until now is cut off there.
    pub ends: Option<(Civil, Civil)>,
    pub by: Option<Step>,
    /// The zone of the times, where the profile says it.
    pub zone: Option<TimeZone>,
}

impl Window {
    /// # Errors
    /// No time can lie in it, or how long ago something is cannot be said.
    pub fn of(args: &WindowArgs, zone: Option<TimeZone>, now: Timestamp) -> Result<Self> {
        let times = times(args, zone.as_ref(), now)?;
        let now = zone
            .as_ref()
            .map(|zone| Civil::of(now.to_zoned(zone.clone()).datetime()));
        let ends = times.clone().map(|times| {
            let (first, last) = times.into_inner();
            (first, now.map_or(last, |now| now.min(last)))
        });
        Ok(Window {
            times,
            ends,
            by: args.by,
            zone,
        })
    }

    /// The window in words; an end that is open is `…`.
    pub fn remark(&self, lang: Lang) -> Option<String> {
        let times = self.times.as_ref()?;
        let end = |at: &Civil, open: i64| match at.0 == open {
            true => "…".to_string(),
            false => at.to_string(),
        };
        let (from, to) = (end(times.start(), i64::MIN), end(times.end(), i64::MAX));
        Some(match lang {
            Lang::En => format!("from {from} to {to}"),
            Lang::Zh => format!("自 {from} 至 {to}"),
        })
    }
}

fn times(
    args: &WindowArgs,
    zone: Option<&TimeZone>,
    now: Timestamp,
) -> Result<Option<RangeInclusive<Civil>>> {
    let WindowArgs { since, until, .. } = *args;
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
        let args = WindowArgs {
            since: since.parse().ok(),
            until: until.parse().ok(),
            by: None,
        };
        match times(&args, zone, now) {
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
