//! The kinds of a series as they are drawn: the greatest first, and where there are more than
//! can be told apart, the least as one. Pure.

use crate::document::{Hue, Lang, Timeline};

/// As many as there are colours and fills.
const MAX: usize = Hue::COUNT as usize;

pub(in crate::output) struct Kind {
    pub name: String,
    pub hue: Hue,
    pub sum: u128,
    /// Its places in the series; several where it stands for several.
    places: Vec<usize>,
}

impl Kind {
    /// Its part of a bin.
    pub fn count(&self, sums: &[u128]) -> u128 {
        let counts = self.places.iter().filter_map(|place| sums.get(*place));
        counts.sum()
    }
}

pub(in crate::output) fn kinds(timeline: &Timeline, lang: Lang) -> Vec<Kind> {
    let sums = timeline.series.sums();
    let named = timeline.legend.iter().zip(sums).zip(0..);
    let mut kinds: Vec<_> = named
        .map(|((entry, sum), place)| Kind {
            name: entry.name.clone(),
            hue: entry.hue,
            sum,
            places: vec![place],
        })
        .collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.sum));
    if kinds.len() > MAX {
        let rest = kinds.split_off(MAX - 1);
        kinds.push(Kind {
            name: match lang {
                Lang::En => format!("{} more", rest.len()),
                Lang::Zh => format!("其余 {} 类", rest.len()),
            },
            hue: Hue::REST,
            sum: rest.iter().map(|kind| kind.sum).sum(),
            places: rest.into_iter().flat_map(|kind| kind.places).collect(),
        });
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Civil, Count, LegendEntry, Series, Time};

    #[test]
    fn the_least_are_one_where_there_are_too_many() {
        let names: Vec<_> = (0..12).map(|number| format!("k{number}")).collect();
        let mut series = Series::default();
        let counts = names
            .iter()
            .map(String::as_str)
            .zip((0..12).map(Count::Whole));
        series.push(Time::At(Civil(0)), None, counts);
        let timeline = Timeline {
            series: &series,
            legend: names
                .iter()
                .map(|name| LegendEntry {
                    name: name.clone(),
                    hue: Hue(0),
                })
                .collect(),
            window: None,
            axis: String::new(),
            zone: None,
        };
        let kinds = kinds(&timeline, Lang::En);
        let shown: Vec<_> = kinds
            .iter()
            .map(|kind| format!("{} {}", kind.name, kind.sum))
            .collect();
        assert_eq!(shown[..2], ["k11 11", "k10 10"]);
        assert_eq!(shown[7], "5 more 10");
        assert_eq!(kinds[7].count(&[1; 12]), 5);
        assert_eq!(kinds[7].hue, Hue::REST);
    }
}
