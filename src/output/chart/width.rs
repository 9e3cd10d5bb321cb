//! How wide a bin of time can be, and what that is called. Pure.

use jiff::Span;

use crate::document::{Civil, Lang, Step};

/// The width of a bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::output) enum Width {
    Minutes(i64),
    Months(i64),
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// What a person counts time in, narrowest first: the bins of a chart.
pub(in crate::output) const NATURAL: &[Width] = &[
    Width::Minutes(HOUR),
    Width::Minutes(DAY),
    Width::Minutes(7 * DAY),
    Width::Months(1),
    Width::Months(12),
    Width::Months(10 * 12),
    Width::Months(100 * 12),
    Width::Months(1_000 * 12),
];

/// How far apart the marks of an axis can be, narrowest first.
pub(in crate::output) const WIDTHS: &[Width] = &[
    Width::Minutes(HOUR),
    Width::Minutes(2 * HOUR),
    Width::Minutes(3 * HOUR),
    Width::Minutes(6 * HOUR),
    Width::Minutes(12 * HOUR),
    Width::Minutes(DAY),
    Width::Minutes(2 * DAY),
    Width::Minutes(7 * DAY),
    Width::Minutes(14 * DAY),
    Width::Months(1),
    Width::Months(2),
    Width::Months(3),
    Width::Months(6),
    Width::Months(12),
    Width::Months(5 * 12),
    Width::Months(10 * 12),
    Width::Months(50 * 12),
    Width::Months(100 * 12),
    Width::Months(1_000 * 12),
];

impl Width {
    /// The beginning of the bin that a time is in. Weeks begin on Monday.
    pub fn floor(self, at: Civil) -> Civil {
        match self {
            Width::Minutes(minutes) => {
                let width = minutes * 60;
                // 1970-01-05 was a Monday.
                let origin = if minutes % (7 * DAY) == 0 {
                    4 * 86_400
                } else {
                    0
                };
                Civil(at.0 - (at.0 - origin).rem_euclid(width))
            }
            Width::Months(months) => {
                let month = at.floor(Step::Month);
                let date = month.datetime().date();
                let number = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
                let back = Span::new().months(number.rem_euclid(months));
                let at = month.datetime().checked_sub(back);
                at.map_or(month, Civil::of)
            }
        }
    }

    /// The beginning of the next bin.
    pub fn next(self, start: Civil) -> Civil {
        match self {
            Width::Minutes(minutes) => Civil(start.0.saturating_add(minutes * 60)),
            Width::Months(months) => {
                let at = start.datetime().checked_add(Span::new().months(months));
                at.map_or(Civil(start.0.saturating_add(self.seconds())), Civil::of)
            }
        }
    }

    /// About how long it is.
    pub fn seconds(self) -> i64 {
        match self {
            Width::Minutes(minutes) => minutes * 60,
            Width::Months(months) => months * 2_629_746,
        }
    }

    /// `per week`
    pub fn label(self, lang: Lang) -> String {
        let (number, en, zh) = match self {
            Width::Minutes(minutes) if minutes % (7 * DAY) == 0 => {
                (minutes / 7 / DAY, "week", "周")
            }
            Width::Minutes(minutes) if minutes % DAY == 0 => (minutes / DAY, "day", "天"),
            Width::Minutes(minutes) => (minutes / HOUR, "hour", "小时"),
            Width::Months(months) if months % 12 == 0 => (months / 12, "year", "年"),
            Width::Months(months) => (months, "month", "个月"),
        };
        match (lang, number) {
            (Lang::En, 1) => format!("per {en}"),
            (Lang::En, _) => format!("per {number} {en}s"),
            (Lang::Zh, 1) => format!("每{zh}"),
            (Lang::Zh, _) => format!("每 {number} {zh}"),
        }
    }

    /// How a time is written on an axis that has such marks.
    pub fn tick(self, at: Civil) -> String {
        let form = match self {
            Width::Minutes(minutes) if minutes < DAY => "%m-%d %H:%M",
            Width::Minutes(_) => "%Y-%m-%d",
            Width::Months(months) if months < 12 => "%Y-%m",
            Width::Months(_) => "%Y",
        };
        at.datetime().strftime(form).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let at = Civil::parse("2025-01-01 12:00:00").unwrap();
        assert_eq!(
            Width::Minutes(7 * DAY).floor(at).to_string(),
            "2024-12-30 00:00:00"
        );
    }
}
