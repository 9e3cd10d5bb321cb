//! The kinds of a series as they are drawn: the greatest first, and where there are more than
//! can be told apart, the least as one. Pure.

use crate::document::{Hue, Lang, Timeline};

/// As many as there are colours and fills.
const MAX: usize = Hue::COUNT as usize;

pub(in crate::output) struct DrawnKind {
    pub name: String,
    pub hue: Hue,
    pub sum: u128,
    /// Its places in the series; several where it stands for several.
    places: Vec<usize>,
}

impl DrawnKind {
    /// Its part of a bin.
    pub fn count(&self, sums: &[u128]) -> u128 {
        let counts = self.places.iter().filter_map(|place| sums.get(*place));
        counts.sum()
    }
}

pub(in crate::output) fn kinds(timeline: &Timeline, lang: Lang) -> Vec<DrawnKind> {
    let sums = timeline.series.sums();
    let named = timeline.legend.iter().zip(sums).zip(0..);
    let mut kinds: Vec<_> = named
        .map(|((entry, sum), place)| DrawnKind {
            name: entry.name.clone(),
            hue: entry.hue,
            sum,
            places: vec![place],
        })
        .collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.sum));
    let is_grey = |kind: &DrawnKind| kind.hue == Hue::REST;
    let greys = kinds.iter().filter(|kind| is_grey(kind)).count();
    if kinds.len() <= MAX && greys <= 1 {
        return kinds;
    }
    // One colour stands for one entry.
    let (mut rest, mut shown): (Vec<_>, Vec<_>) = kinds.into_iter().partition(is_grey);
    rest.extend(shown.split_off(shown.len().min(MAX - 1)));
    shown.push(DrawnKind {
        name: match lang {
            Lang::En => format!("{} more", rest.len()),
            Lang::Zh => format!("其余 {} 类", rest.len()),
        },
        hue: Hue::REST,
        sum: rest.iter().map(|kind| kind.sum).sum(),
        places: rest.into_iter().flat_map(|kind| kind.places).collect(),
    });
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Civil, Count, LegendEntry, Series, Time};

    /// Kinds of these hues, each with its place as its sum.
    fn kinds_of(hues: &[Hue]) -> Vec<DrawnKind> {
        let names: Vec<_> = (0..hues.len()).map(|at| format!("k{at}")).collect();
        let names = names.iter().map(String::as_str);
        let mut series = Series::default();
        let counts = names.clone().zip((0..).map(Count::Whole));
        series.push(Time::At(Civil(0)), None, counts);
        let entry = |(name, hue): (&str, &Hue)| LegendEntry {
            name: name.to_string(),
            hue: *hue,
        };
        let timeline = Timeline {
            series: &series,
            legend: names.zip(hues).map(entry).collect(),
            window: None,
            axis: String::new(),
            zone: None,
        };
        kinds(&timeline, Lang::En)
    }

    fn shown(kinds: &[DrawnKind]) -> Vec<String> {
        let shown = kinds.iter();
        shown
            .map(|kind| format!("{} {}", kind.name, kind.sum))
            .collect()
    }

    #[test]
    fn the_least_are_one_where_there_are_too_many() {
        let kinds = kinds_of(&[Hue(0); 12]);
        let shown = shown(&kinds);
        assert_eq!(shown[..2], ["k11 11", "k10 10"]);
        assert_eq!(shown[7], "5 more 10");
        assert_eq!(kinds[7].count(&[1; 12]), 5);
        assert_eq!(kinds[7].hue, Hue::REST);
    }

    #[test]
    fn one_grey_stands_for_one_entry() {
        let (blue, grey) = (Hue(0), Hue::REST);
        assert_eq!(
            shown(&kinds_of(&[blue, blue, grey])),
            ["k2 2", "k1 1", "k0 0"]
        );
        let kinds = kinds_of(&[grey, blue, grey, blue, grey]);
        assert_eq!(shown(&kinds), ["k3 3", "k1 1", "3 more 6"]);
        assert_eq!(kinds[2].count(&[1, 2, 4, 8, 16]), 21);
    }
}
