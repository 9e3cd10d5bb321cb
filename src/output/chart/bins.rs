//! Time cut into bins that fit a chart: wide enough to be drawn, as narrow as that allows. A bin
//! without an entry is a gap. Pure.

use crate::document::{Civil, Series, Step, Time, Timeline};

use super::width::{NATURAL, WIDTHS, Width};

/// A series in bins from the first time to the last.
#[derive(Debug)]
pub(in crate::output) struct Bins {
    pub width: Width,
    /// Where each begins, and at the end where the last one ends.
    pub edges: Vec<Civil>,
    /// The sum of each kind; `None` if there was no entry.
    pub sums: Vec<Option<Vec<u128>>>,
    /// The first and the last moment asked for.
    window: Option<(Civil, Civil)>,
}

impl Bins {
    /// At most `max` bins; `None` if there is no time to draw.
    pub fn of(timeline: &Timeline, max: usize) -> Option<Self> {
        let series = timeline.series;
        let times = times(series);
        let (first, last) = (*times.first()?, *times.last()?);
        let finest = finest(&times, series.step());
        let widths = NATURAL.iter().skip_while(|width| width.seconds() < finest);
        let mut fitting = widths.filter(|width| {
            let start = width.floor(first);
            // Months are not all as long as the average: one more may begin.
            let spare = i64::from(matches!(width, Width::Months(_)));
            (last.0 - start.0) / width.seconds() + spare < max as i64
        });
        let width = *fitting.next().or(NATURAL.last())?;
        let mut edges = vec![width.floor(first)];
        while let Some(edge) = edges.last().filter(|edge| **edge <= last) {
            edges.push(width.next(*edge));
        }
        let mut bins = Bins {
            width,
            sums: vec![None; edges.len() - 1],
            edges,
            window: timeline.window,
        };
        bins.fill(series);
        Some(bins)
    }

    fn fill(&mut self, series: &Series) {
        let kinds = series.kinds().len();
        for point in series.points() {
            let Time::At(at) = point.time() else { continue };
            let Some(sums) = self.index(at).and_then(|bin| self.sums.get_mut(bin)) else {
                continue;
            };
            let sums = sums.get_or_insert_with(|| vec![0; kinds]);
            for (kind, count) in point.whole_counts() {
                if let Some(sum) = sums.get_mut(kind) {
                    *sum += u128::from(count);
                }
            }
        }
    }

    /// The bin that a time is in.
    pub fn index(&self, at: Civil) -> Option<usize> {
        if let Width::Minutes(minutes) = self.width {
            let offset = at.0 - self.edges.first()?.0;
            return usize::try_from(offset.div_euclid(minutes * 60)).ok();
        }
        self.edges
            .partition_point(|edge| *edge <= at)
            .checked_sub(1)
    }

    /// Whether the window ends within a bin, which then shows less than its time.
    pub fn is_cut(&self, bin: usize) -> bool {
        let (Some((from, to)), Some(start), Some(end)) =
            (self.window, self.edges.get(bin), self.edges.get(bin + 1))
        else {
            return false;
        };
        *start < from || end.0.saturating_sub(1) > to.0
    }

    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// The greatest sum of a bin.
    pub fn greatest(&self) -> u128 {
        let totals = self.sums.iter().flatten().map(|sums| sums.iter().sum());
        totals.max().unwrap_or(0)
    }

    /// Marks for an axis of so many characters, each at the beginning of a bin, with what stands
    /// at it.
    pub fn ticks(&self, length: usize) -> Vec<(usize, String)> {
        let (Some(first), Some(end)) = (self.edges.first(), self.edges.last()) else {
            return Vec::new();
        };
        let span = end.0 - first.0;
        let from = WIDTHS.iter().skip_while(|width| **width != self.width);
        let mut wide_enough = from.filter(|width| {
            let room = length as f64 * width.seconds() as f64 / span as f64;
            room >= (width.tick(*first).len() + 2) as f64
        });
        let Some(width) = wide_enough.next().or(WIDTHS.last()) else {
            return Vec::new();
        };
        let mut ticks = Vec::new();
        let mut at = width.floor(*first);
        if at < *first {
            at = width.next(at);
        }
        while at < *end {
            if let Some(bin) = self.index(at) {
                ticks.push((bin, width.tick(at)));
            }
            at = width.next(at);
        }
        if ticks.is_empty() {
            ticks.push((0, self.width.tick(*first)));
        }
        ticks
    }
}

fn times(series: &Series) -> Vec<Civil> {
    let mut times: Vec<_> = series
        .points()
        .filter_map(|point| match point.time() {
            Time::At(at) => Some(at),
            Time::Odd(_) | Time::Null => None,
        })
        .collect();
    times.sort_unstable();
    times
}

/// No bin is narrower than the times are apart: hours drawn as minutes would be mostly gaps.
fn finest(times: &[Civil], step: Option<Step>) -> i64 {
    match step {
        Some(Step::Hour) => return 3_600,
        Some(Step::Day) => return 86_400,
        Some(Step::Month) => return Width::Months(1).seconds(),
        None => {}
    }
    let gaps = times.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let least = gaps.filter(|gap| *gap > 0).min().unwrap_or(3_600);
    let widths = NATURAL.iter().map(|width| width.seconds());
    let fitting = widths.rev().find(|seconds| *seconds <= least);
    fitting.unwrap_or(3_600)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Count, Lang};

    fn series(times: &[&str]) -> Series {
        let mut series = Series::default();
        for text in times {
            let at = Civil::parse(text).unwrap();
            series.push(Time::At(at), None, [("a", Count::Whole(1))]);
        }
        series
    }

    fn bins(series: &Series, max: usize) -> Option<Bins> {
        windowed(series, max, None)
    }

    fn windowed(series: &Series, max: usize, window: Option<(Civil, Civil)>) -> Option<Bins> {
        let timeline = Timeline {
            series,
            legend: Vec::new(),
            window,
            axis: String::new(),
            zone: None,
        };
        Bins::of(&timeline, max)
    }

    fn shown(bins: &Bins) -> String {
        let mark =
            |sums: &Option<Vec<u128>>| sums.as_ref().map_or(".".into(), |s| s[0].to_string());
        bins.sums.iter().map(mark).collect()
    }

    #[test]
    fn the_axis_is_to_scale_and_gaps_stay_gaps() {
        let series = series(&[
            "2024-12-22 15:00:00",
            "2024-12-22 16:00:00",
            "2024-12-22 20:00:00",
        ]);
        let hours = bins(&series, 50).unwrap();
        assert_eq!(hours.width, Width::Minutes(60));
        assert_eq!(shown(&hours), "11...1");
        let day = bins(&series, 3).unwrap();
        assert_eq!(
            (day.width, shown(&day)),
            (Width::Minutes(24 * 60), "3".to_string())
        );
    }

    #[test]
    fn bins_are_what_a_person_counts_time_in() {
        let named = |last: &str, max: usize| {
            let series = series(&["2024-12-21 17:00:00", "2024-12-21 18:00:00", last]);
            bins(&series, max).unwrap().width.label(Lang::En)
        };
        for (last, max, expected) in [
            ("2024-12-23 13:00:00", 50, "per hour"),
            ("2024-12-23 13:00:00", 40, "per day"),
            ("2025-01-04 16:00:00", 100, "per day"),
            ("2025-05-06 16:00:00", 130, "per week"),
            ("2025-05-06 16:00:00", 15, "per month"),
            ("2029-05-06 16:00:00", 50, "per year"),
        ] {
            assert_eq!(named(last, max), expected, "{last} in {max}");
        }
    }

    #[test]
    fn what_the_window_cuts_off_is_known() {
        let series = series(&["2025-01-08 05:00:00", "2025-01-30 07:00:00"]).by(Step::Day);
        let at = |text: &str| Civil::parse(text).unwrap();
        let open = (Civil(i64::MIN), Civil(i64::MAX));
        let cut = |window: Option<(Civil, Civil)>| {
            let bins = windowed(&series, 10, window).unwrap();
            assert_eq!(bins.width.label(Lang::En), "per week");
            let cut = (0..bins.len()).filter(|bin| bins.is_cut(*bin));
            cut.map(|bin| bin.to_string()).collect::<Vec<_>>().join(" ")
        };
        let (monday, sunday) = (at("2025-01-06 00:00:00"), at("2025-02-02 23:59:59"));
        let (wednesday, thursday) = (at("2025-01-08 00:00:00"), at("2025-01-30 23:59:59"));
        assert_eq!(cut(None), "");
        assert_eq!(cut(Some(open)), "");
        assert_eq!(cut(Some((monday, sunday))), "");
        assert_eq!(cut(Some((wednesday, open.1))), "0");
        assert_eq!(cut(Some((open.0, thursday))), "3");
        assert_eq!(cut(Some((wednesday, thursday))), "0 3");
    }

    #[test]
    fn months_are_as_long_as_they_are() {
        let series = series(&[
            "2024-01-31 00:00:00",
            "2024-02-01 00:00:00",
            "2024-12-31 23:00:00",
        ])
        .by(Step::Month);
        let bins = bins(&series, 50).unwrap();
        assert_eq!(
            (bins.width, shown(&bins).as_str()),
            (Width::Months(1), "11.........1")
        );
        let ticks: Vec<_> = bins
            .ticks(40)
            .into_iter()
            .map(|(bin, label)| format!("{bin} {label}"))
            .collect();
        assert_eq!(ticks, ["0 2024-01", "3 2024-04", "6 2024-07", "9 2024-10"]);
    }

    #[test]
    fn nothing_to_draw_is_none() {
        assert!(bins(&Series::default(), 10).is_none());
    }

    proptest::proptest! {
        #[test]
        fn every_count_is_in_one_bin(hours in proptest::collection::vec(-17_000_000_i64..70_000_000, 1..40), max in 15_usize..200) {
            let mut series = Series::default();
            for hour in &hours {
                series.push(Time::At(Civil(hour * 3_600)), None, [("a", Count::Whole(1))]);
            }
            let bins = bins(&series, max).unwrap();
            let sum: u128 = bins.sums.iter().flatten().map(|sums| sums[0]).sum();
            proptest::prop_assert_eq!(sum, hours.len() as u128);
            proptest::prop_assert!(bins.len() <= max);
        }
    }
}
