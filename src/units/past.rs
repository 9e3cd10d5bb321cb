//! Times in the past: what `--since` and `--until` take, in every command.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneTransition};
use jiff::{Span, Timestamp, ToSpan, Zoned};

/// A time as typed. Most forms name a stretch, which has all of its seconds: a day, a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// `7d`: so long before now.
    Ago(u32, Unit),
    /// `today`, `yesterday`: so many days before this one.
    Day(u8),
    /// `2026`, `2026-11`, `2026-11-05`, `2026-11-05 14:00`: the first and the last second, on
    /// whatever clock the times hang that it is compared with.
    Calendar(DateTime, DateTime),
    /// A moment with its zone (RFC 3339).
    At(Timestamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const FORMS: &str = "write 2025-01-31, 2025-01, 2025, today, yesterday, 2025-01-31T14:00Z, \
                     or how long ago: 90m, 12h, 7d, 2w, 3mo, 1y";

const BARE_M: &str = "m alone is no time: write 5m for minutes, 5mo for months";

const LAST: DateTime = DateTime::constant(9999, 12, 31, 23, 59, 59, 0);

/// How long ago a time may be.
const MAX_YEARS: i64 = 1000;

impl FromStr for Past {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "today" => return Ok(Past::Day(0)),
            "yesterday" => return Ok(Past::Day(1)),
            "m" => return Err(BARE_M.to_string()),
            _ => {}
        }
        if let Some(calendar) = calendar(text) {
            return Ok(calendar);
        }
        // The parser takes more than RFC 3339 has: `20261105T0800Z`.
        let has_date = text.get(..10).is_some_and(|date| calendar(date).is_some());
        if let Some(at) = has_date.then(|| text.parse().ok()).flatten() {
            return Ok(Past::At(at));
        }
        ago(text)
    }
}

/// Forms without a zone.
fn calendar(text: &str) -> Option<Past> {
    let day = |text: &str| text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0));
    let (from, span) = match text.len() {
        4 => (day(&format!("{text}-01-01"))?, 1.year()),
        7 => (day(&format!("{text}-01"))?, 1.month()),
        10 => (day(text)?, 1.day()),
        // Of all ASCII, so that no digit of another script is taken for one.
        16 | 19 if text.is_ascii() && matches!(text.as_bytes()[10], b' ' | b'T' | b't') => {
            day(&text[..10])?;
            let (form, span) = match text.len() {
                16 => ("%Y-%m-%d %H:%M", 1.minute()),
                _ => ("%Y-%m-%d %H:%M:%S", 1.second()),
            };
            let text = format!("{} {}", &text[..10], &text[11..]);
            (DateTime::strptime(form, text).ok()?, span)
        }
        _ => return None,
    };
    let next = from.checked_add(span).ok();
    let to = next.and_then(|next| next.checked_sub(1.second()).ok());
    // The last year that there is has no next one.
    Some(Past::Calendar(from, to.unwrap_or(LAST)))
}

fn ago(text: &str) -> Result<Past, String> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let unit = match unit.trim_start().to_ascii_lowercase().as_str() {
        "s" => Unit::Second,
        "m" | "min" => Unit::Minute,
        "h" => Unit::Hour,
        "d" => Unit::Day,
        "w" => Unit::Week,
        "mo" => Unit::Month,
        "y" => Unit::Year,
        _ => return Err(FORMS.to_string()),
    };
    if number.is_empty() {
        return Err(FORMS.to_string());
    }
    let number = number.parse::<u32>().ok();
    let number = number.filter(|number| {
        let ago = unit.span(*number).and_then(|span| {
            DateTime::constant(2000, 1, 1, 0, 0, 0, 0)
                .checked_sub(span)
                .ok()
        });
        ago.is_some_and(|ago| i64::from(ago.year()) >= 2000 - MAX_YEARS)
    });
    match number {
        Some(number) => Ok(Past::Ago(number, unit)),
        None => Err(format!("a time is at most {MAX_YEARS} years ago")),
    }
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Unit::Second => "s",
            Unit::Minute => "m",
            Unit::Hour => "h",
            Unit::Day => "d",
            Unit::Week => "w",
            Unit::Month => "mo",
            Unit::Year => "y",
        }
    }

    fn span(self, count: u32) -> Option<Span> {
        let (span, count) = (Span::new(), i64::from(count));
        match self {
            Unit::Second => span.try_seconds(count),
            Unit::Minute => span.try_minutes(count),
            Unit::Hour => span.try_hours(count),
            Unit::Day => span.try_days(count),
            Unit::Week => span.try_weeks(count),
            Unit::Month => span.try_months(count),
            Unit::Year => span.try_years(count),
        }
        .ok()
    }
}

/// As it may be typed.
impl fmt::Display for Past {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Past::Ago(count, unit) => write!(f, "{count}{}", unit.name()),
            Past::Day(0) => f.write_str("today"),
            Past::Day(_) => f.write_str("yesterday"),
            Past::At(at) => at.fmt(f),
            Past::Calendar(from, to) => {
                let whole = from.time() == Time::midnight() && to.time() == LAST.time();
                let is_year = from.day_of_year() == 1 && to.month() == 12 && to.day() == 31;
                let form = match whole {
                    true if is_year => "%Y",
                    true if from.day() == 1 && to.day() > 1 => "%Y-%m",
                    true => "%Y-%m-%d",
                    false if from == to => "%Y-%m-%dT%H:%M:%S",
                    false => "%Y-%m-%dT%H:%M",
                };
                from.strftime(form).fmt(f)
            }
        }
    }
}

impl Past {
    /// The first and the last second that are meant, both included, on the clock of `now`.
    /// `None` if that clock is needed and not known.
    pub fn bounds(self, now: Option<&Zoned>) -> Option<(DateTime, DateTime)> {
        Some(match (self, now) {
            (Past::Calendar(from, to), _) => (from, to),
            (_, None) => return None,
            (Past::At(at), Some(now)) => on_clock(&at.to_zoned(now.time_zone().clone())),
            (Past::Ago(count, unit), Some(now)) => {
                let ago = unit.span(count).and_then(|span| now.checked_sub(span).ok());
                on_clock(&ago.unwrap_or_else(|| Timestamp::MIN.to_zoned(now.time_zone().clone())))
            }
            (Past::Day(back), Some(now)) => {
                let date = now.date().saturating_sub(i64::from(back).days());
                (date.at(0, 0, 0, 0), date.at(23, 59, 59, 0))
            }
        })
    }
}

impl Past {
    /// The first and the last moment, both included, where days are those of UTC.
    pub fn moments(self, now: Timestamp) -> (Timestamp, Timestamp) {
        let now = now.to_zoned(TimeZone::UTC);
        let moment = |at: DateTime| match at.to_zoned(TimeZone::UTC) {
            Ok(at) => at.timestamp(),
            // The calendar is a little longer than what a clock can show.
            Err(_) if at.year() > 0 => Timestamp::MAX,
            Err(_) => Timestamp::MIN,
        };
        // With a clock there are always bounds.
        let bounds = self.bounds(Some(&now));
        let (from, to) = bounds.unwrap_or((now.datetime(), now.datetime()));
        (moment(from), moment(to))
    }
}

/// The first time that a clock without a zone may show from this moment on, and the last one that
/// it may show until then: where clocks are set back, an hour comes twice.
fn on_clock(at: &Zoned) -> (DateTime, DateTime) {
    let (shown, zone) = (at.datetime(), at.time_zone());
    let AmbiguousOffset::Fold { before, .. } = zone.to_ambiguous_timestamp(shown).offset() else {
        return (shown, shown);
    };
    let shown_at = |moment: Timestamp| zone.to_datetime(moment);
    let moment = at.timestamp();
    if at.offset() == before {
        let set_back = zone.following(moment).next();
        let first = set_back.map_or(shown, |change| shown_at(change.timestamp()));
        return (first.min(shown), shown);
    }
    // What precedes a moment does not include it.
    let set_back = zone.preceding(moment.saturating_add(1.nanosecond()).unwrap_or(moment));
    let second_before =
        |change: TimeZoneTransition| change.timestamp().checked_sub(1.second()).ok();
    let last = set_back
        .take(1)
        .find_map(second_before)
        .map_or(shown, shown_at);
    (shown, last.max(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str) -> String {
        let now: Zoned = "2026-03-31T12:30:00+02:00[+02:00]".parse().unwrap();
        match typed.parse::<Past>() {
            Ok(past) => {
                let (from, to) = past.bounds(Some(&now)).unwrap();
                match from == to {
                    true => from.to_string(),
                    false => format!("{from}..{to}"),
                }
            }
            Err(error) => error,
        }
    }

    #[test]
    fn every_form_is_a_stretch_or_a_moment() {
        for (typed, expected) in [
            ("90s", "2026-03-31T12:28:30"),
            ("90m", "2026-03-31T11:00:00"),
            ("90min", "2026-03-31T11:00:00"),
            ("12h", "2026-03-31T00:30:00"),
            ("7d", "2026-03-24T12:30:00"),
            ("2w", "2026-03-17T12:30:00"),
            ("1mo", "2026-02-28T12:30:00"),
            ("3mo", "2025-12-31T12:30:00"),
            ("1y", "2025-03-31T12:30:00"),
            ("7 D", "2026-03-24T12:30:00"),
            ("today", "2026-03-31T00:00:00..2026-03-31T23:59:59"),
            ("Yesterday", "2026-03-30T00:00:00..2026-03-30T23:59:59"),
            ("2026", "2026-01-01T00:00:00..2026-12-31T23:59:59"),
            ("2024-02", "2024-02-01T00:00:00..2024-02-29T23:59:59"),
            ("2026-11-05", "2026-11-05T00:00:00..2026-11-05T23:59:59"),
            (
                "2026-11-05 14:00",
                "2026-11-05T14:00:00..2026-11-05T14:00:59",
            ),
            ("2026-11-05T14:00:09", "2026-11-05T14:00:09"),
            ("2026-11-05T14:00Z", "2026-11-05T16:00:00"),
            ("2026-11-05T14:00:00.5+09:00", "2026-11-05T07:00:00.5"),
            ("2026-11-05t14:00:00z", "2026-11-05T16:00:00"),
            ("9999", "9999-01-01T00:00:00..9999-12-31T23:59:59"),
            ("1000y", "1026-03-31T12:30:00"),
        ] {
            assert_eq!(shown(typed), expected, "{typed}");
        }
    }

    #[test]
    fn of_an_hour_that_comes_twice_nothing_is_dropped() {
        for (now, ago, first, last) in [
            ("01:10:00-04:00", "1h", "00:10:00", "00:10:00"),
            ("01:10:00-04:00", "5m", "01:00:00", "01:05:00"),
            ("01:59:59-04:00", "0s", "01:00:00", "01:59:59"),
            ("01:00:00-05:00", "0s", "01:00:00", "01:59:59"),
            ("01:10:00-05:00", "1h", "01:00:00", "01:10:00"),
            ("01:10:00-05:00", "5m", "01:05:00", "01:59:59"),
            ("02:10:00-05:00", "5m", "02:05:00", "02:05:00"),
            ("02:10:00-05:00", "2h", "01:00:00", "01:10:00"),
        ] {
            let now = format!("2025-11-02T{now}[America/New_York]");
            let now: Zoned = now.parse().unwrap();
            let (from, to) = ago.parse::<Past>().unwrap().bounds(Some(&now)).unwrap();
            let at = |time: DateTime| time.time().to_string();
            assert_eq!(
                (at(from), at(to)),
                (first.into(), last.into()),
                "{now} {ago}"
            );
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_forms() {
        for typed in [
            "",
            "d",
            "mo",
            "7",
            "-7d",
            "+7d",
            "7.5d",
            "soon",
            "2026-13",
            "2026-13-01",
            "2026-02-30",
            "1767323045",
            "20261105",
            "２026",
            "2026-11-05 25:00",
            "2026-11-05x08:00",
            "7x",
            "7 days",
            "2026-1-5",
            "tomorrow",
            "0x7d",
        ] {
            assert_eq!(typed.parse::<Past>(), Err(FORMS.to_string()), "{typed}");
        }
        let bare = "m".parse::<Past>().unwrap_err();
        assert!(bare.contains("minutes") && bare.contains("months"));
        for typed in ["1001y", "99999999999d", "4294967295w"] {
            assert!(shown(typed).contains("1000 years"), "{typed}");
        }
    }

    #[test]
    fn it_is_shown_as_it_was_typed() {
        let all = "90s 90m 12h 7d 2w 3mo 1y today yesterday 2026 \
                   2026-12 2026-01-31 2026-12-31 2026-01-01T00:00 2026-11-05T14:00:09 2026-11-05T14:00:00Z";
        for typed in all.split(' ') {
            assert_eq!(typed.parse::<Past>().unwrap().to_string(), typed);
        }
    }

    #[test]
    fn only_the_calendar_can_do_without_a_clock() {
        for (typed, can) in [
            ("2026-11", true),
            ("7d", false),
            ("today", false),
            ("2026-11-05T14:00Z", false),
        ] {
            let past: Past = typed.parse().unwrap();
            assert_eq!(past.bounds(None).is_some(), can, "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(
            text in ".{0,24}|[0-9]{1,12}(s|m|h|d|w|mo|y)|[0-9]{4}-[0-9]{2}(-[0-9]{2}([T ][0-9:.]{5,8}(Z|[+-][0-9:]{5})?)?)?",
            second in -377_705_023_201_i64..253_402_207_200,
        ) {
            let now = Timestamp::from_second(second).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
            if let Ok(past) = text.parse::<Past>() {
                let (from, to) = past.bounds(Some(&now)).unwrap();
                proptest::prop_assert!(from <= to);
            }
        }
    }
}
