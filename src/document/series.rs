//! Counts of several kinds over time, compact: a million points take some 60 MB.
//! What is no number and no time is kept beside, as it came.

use std::collections::{BTreeMap, HashMap};

use super::{Civil, Count, Step, Time};

#[derive(Debug, Clone, Default)]
pub struct Series {
    /// The kinds, in the order in which they first came.
    kinds: Vec<String>,
    index: HashMap<String, u16>,
    points: Vec<Packed>,
    cells: Vec<Cell>,
    odd_times: BTreeMap<usize, Time>,
    odd_totals: BTreeMap<usize, Count>,
    odd_counts: BTreeMap<usize, Count>,
    /// The width of its slots, when it was aggregated.
    step: Option<Step>,
}

#[derive(Debug, Clone, Copy)]
struct Packed {
    time: i64,
    total: u64,
    has_total: bool,
    first_cell: u32,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    kind: u16,
    count: u64,
}

/// A count in 64 bits, or what is kept beside. Only a sum can be too large, and no sum of what a
/// service counts comes near that.
fn packed(count: Count) -> Result<u64, Count> {
    match count {
        Count::Whole(number) => u64::try_from(number).map_err(|_| Count::Odd(number.to_string())),
        odd => Err(odd),
    }
}

/// One time and what was counted then.
#[derive(Debug, Clone, Copy)]
pub struct Point<'a> {
    series: &'a Series,
    at: usize,
}

impl Series {
    /// One without points yet, whose times are the beginnings of slots.
    pub(super) fn in_slots(step: Option<Step>) -> Self {
        Series {
            step,
            ..Series::default()
        }
    }

    /// Adds a point. Nothing is filled in: a kind that did not come has no count there.
    pub fn push<'k>(
        &mut self,
        time: Time,
        total: Option<Count>,
        counts: impl IntoIterator<Item = (&'k str, Count)>,
    ) {
        let at = self.points.len();
        let time = match time {
            Time::At(civil) => civil.0,
            odd => {
                self.odd_times.insert(at, odd);
                0
            }
        };
        let has_total = total.is_some();
        let total = total.map_or(Ok(0), packed).unwrap_or_else(|odd| {
            self.odd_totals.insert(at, odd);
            0
        });
        self.points.push(Packed {
            time,
            total,
            has_total,
            first_cell: u32::try_from(self.cells.len()).unwrap_or(u32::MAX),
        });
        for (kind, count) in counts {
            let kind = self.kind(kind);
            let count = packed(count).unwrap_or_else(|odd| {
                self.odd_counts.insert(self.cells.len(), odd);
                0
            });
            self.cells.push(Cell { kind, count });
        }
    }

    /// The number of a kind; one that was not known is added.
    fn kind(&mut self, name: &str) -> u16 {
        if let Some(kind) = self.index.get(name) {
            return *kind;
        }
        let kind = u16::try_from(self.kinds.len()).unwrap_or(u16::MAX);
        self.kinds.push(name.to_string());
        self.index.insert(name.to_string(), kind);
        kind
    }

    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    pub fn step(&self) -> Option<Step> {
        self.step
    }

    pub fn len(&self) -> usize {
        self.points.len()
    }

    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    pub fn points(&self) -> impl Iterator<Item = Point<'_>> {
        (0..self.points.len()).map(|at| Point { series: self, at })
    }

    /// The sum of each kind over all points.
    pub fn sums(&self) -> Vec<u128> {
        let mut sums = vec![0_u128; self.kinds.len()];
        for cell in &self.cells {
            if let Some(sum) = sums.get_mut(usize::from(cell.kind)) {
                *sum += u128::from(cell.count);
            }
        }
        sums
    }

    /// How many counts, totals included, and how many times are shown as they came.
    pub fn oddities(&self) -> (usize, usize) {
        let counts = self.odd_counts.len() + self.odd_totals.len();
        (counts, self.odd_times.len())
    }
}

impl<'a> Point<'a> {
    pub fn time(&self) -> Time {
        match self.series.odd_times.get(&self.at) {
            Some(odd) => odd.clone(),
            None => Time::At(Civil(self.packed().time)),
        }
    }

    /// What the service says the counts add up to.
    pub fn total(&self) -> Option<Count> {
        let packed = self.packed();
        match self.series.odd_totals.get(&self.at) {
            Some(odd) => Some(odd.clone()),
            None => packed
                .has_total
                .then_some(Count::Whole(packed.total.into())),
        }
    }

    /// What they do add up to.
    pub fn sum(&self) -> u128 {
        let (_, cells) = self.cells();
        cells.iter().map(|cell| u128::from(cell.count)).sum()
    }

    /// The counts by the names of their kinds, as they came.
    pub fn counts(&self) -> impl Iterator<Item = (&'a str, Count)> + use<'a> {
        let kinds = &self.series.kinds;
        self.placed_counts()
            .map(|(kind, count)| (kinds.get(kind).map_or("", String::as_str), count))
    }

    /// The counts by the places of their kinds, as they came.
    pub fn placed_counts(&self) -> impl Iterator<Item = (usize, Count)> + use<'a> {
        let series = self.series;
        let (first, cells) = self.cells();
        cells.iter().zip(first..).map(move |(cell, at)| {
            let count = match series.odd_counts.get(&at) {
                Some(odd) => odd.clone(),
                None => Count::Whole(cell.count.into()),
            };
            (usize::from(cell.kind), count)
        })
    }

    /// The counts that are numbers, by the places of their kinds.
    pub fn whole_counts(&self) -> impl Iterator<Item = (usize, u64)> + use<'a> {
        let series = self.series;
        let (first, cells) = self.cells();
        cells
            .iter()
            .zip(first..)
            .filter(|(_, at)| series.odd_counts.is_empty() || !series.odd_counts.contains_key(at))
            .map(|(cell, _)| (usize::from(cell.kind), cell.count))
    }

    fn packed(&self) -> Packed {
        self.series.points[self.at]
    }

    fn cells(&self) -> (usize, &'a [Cell]) {
        let series = self.series;
        let first = self.packed().first_cell as usize;
        let end = series.points.get(self.at + 1);
        let end = end.map_or(series.cells.len(), |next| next.first_cell as usize);
        (first, series.cells.get(first..end).unwrap_or(&[]))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time::At(Civil::parse(text).unwrap())
    }

    pub(in crate::document) fn sample() -> Series {
        let mut series = Series::default();
        let whole = Count::Whole;
        series.push(
            at("2024-12-22 15:00:00"),
            Some(whole(21)),
            [("a", whole(20)), ("b", whole(1))],
        );
        series.push(
            at("2024-12-22 23:00:00"),
            Some(whole(0)),
            [("b", Count::Odd("many".into()))],
        );
        series.push(Time::Odd("soon".into()), None, [("a", whole(7))]);
        series.push(at("2025-01-01 00:00:00"), None, [("c", whole(0))]);
        series
    }

    pub(in crate::document) fn shown(series: &Series) -> Vec<String> {
        let point = |point: Point| {
            let counts: Vec<_> = point
                .counts()
                .map(|(kind, count)| format!("{kind}={count}"))
                .collect();
            let time = point.time().label(series.step());
            let total = point
                .total()
                .map_or("-".to_string(), |total| total.to_string());
            format!("{time} {} total {total}", counts.join(","))
        };
        series.points().map(point).collect()
    }

    #[test]
    fn points_come_out_as_they_went_in() {
        let series = sample();
        assert_eq!(
            shown(&series),
            [
                "2024-12-22 15:00:00 a=20,b=1 total 21",
                "2024-12-22 23:00:00 b=many total 0",
                "soon a=7 total -",
                "2025-01-01 00:00:00 c=0 total -",
            ]
        );
        assert_eq!(series.sums(), [27, 1, 0]);
        assert_eq!(series.oddities(), (1, 1));
    }
}
