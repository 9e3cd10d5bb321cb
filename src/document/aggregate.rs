//! A series cut to a window, or added up in slots. Pure.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Civil, Count, Series, Step, Time};

impl Series {
    /// The points within a window, its ends included; those without a time are in none.
    pub fn within(&self, window: &RangeInclusive<Civil>) -> Series {
        let mut within = Series::in_slots(self.step());
        for point in self.points() {
            if let Time::At(at) = point.time()
                && window.contains(&at)
            {
                within.push(point.time(), point.total(), point.counts());
            }
        }
        within
    }

    /// The points of each slot added up, in the order of time; those without a time are left out.
    pub fn by(&self, step: Step) -> Series {
        let mut slots: BTreeMap<Civil, Slot> = BTreeMap::new();
        let no_slot = || Slot {
            counts: vec![None; self.kinds().len()],
            total: None,
        };
        for point in self.points() {
            let Time::At(at) = point.time() else { continue };
            let slot = slots.entry(at.floor(step)).or_insert_with(no_slot);
            for (kind, count) in point.whole_counts() {
                if let Some(sum) = slot.counts.get_mut(kind) {
                    *sum = Some(sum.unwrap_or(0) + u128::from(count));
                }
            }
            if let Some(Count::Whole(total)) = point.total() {
                slot.total = Some(slot.total.unwrap_or(0) + total);
            }
        }
        let mut series = Series::in_slots(Some(step));
        for (start, slot) in slots {
            let counts = self.kinds().iter().map(String::as_str).zip(slot.counts);
            let counts = counts.filter_map(|(kind, sum)| sum.map(|sum| (kind, Count::Whole(sum))));
            series.push(Time::At(start), slot.total.map(Count::Whole), counts);
        }
        series
    }
}

struct Slot {
    counts: Vec<Option<u128>>,
    total: Option<u128>,
}

#[cfg(test)]
mod tests {
    use super::super::series::tests::{sample, shown};
    use super::*;

    #[test]
    fn a_slot_adds_up_what_is_there_and_fills_nothing_in() {
        assert_eq!(
            shown(&sample().by(Step::Day)),
            ["2024-12-22 a=20,b=1 total 21", "2025-01-01 c=0 total -"]
        );
        let window = Civil::parse("2024-12-22 16:00:00").unwrap()..=Civil(i64::MAX);
        assert_eq!(
            shown(&sample().within(&window)),
            [
                "2024-12-22 23:00:00 b=many total 0",
                "2025-01-01 00:00:00 c=0 total -"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn aggregating_loses_nothing(hours in proptest::collection::vec((0_i64..20_000, 0_u64..1_000), 0..60)) {
            let mut series = Series::default();
            for (hour, count) in &hours {
                series.push(Time::At(Civil(hour * 3_600)), None, [("a", Count::Whole((*count).into()))]);
            }
            for step in [Step::Hour, Step::Day, Step::Month] {
                proptest::prop_assert_eq!(series.by(step).sums().iter().sum::<u128>(), series.sums().iter().sum::<u128>());
            }
        }
    }
}
