//! Figures drawn: in a terminal as tables with bars and as charts, in files as pictures.

pub(super) mod bars;
pub(super) mod bins;
pub(super) mod kinds;
pub(super) mod line;
mod pivot;
pub(super) mod scale;
mod stack;
mod width;

use std::io::{self, Write};

use crate::document::{Body, Document, Figure};

use super::Options;
use super::Writer;
use line::Ground;

/// A figure as a table; `None` if it is a list, or there is nothing in it.
pub(super) fn table(figure: &Figure, options: &Options, max_rows: usize) -> Option<Vec<String>> {
    let ground = Ground::of(options);
    match &figure.body {
        Body::Bars(bars) if !bars.bars.is_empty() => Some(bars::table(figure, bars, &ground)),
        Body::Timeline(timeline) if !timeline.series.is_empty() => {
            Some(pivot::table(figure, timeline, &ground, max_rows))
        }
        _ => None,
    }
}

/// `--chart`.
pub(super) struct ChartWriter {
    pub options: Options,
    pub empty: &'static str,
}

impl Writer for ChartWriter {
    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        let mut figure = document.figure(self.options.lang);
        if let Some(title) = &self.options.title {
            figure.title.clone_from(title);
        }
        let ground = Ground::of(&self.options);
        let lines = match &figure.body {
            Body::Bars(bars) if !bars.bars.is_empty() => bars::chart(&figure, bars, &ground),
            Body::Timeline(timeline) if !timeline.series.is_empty() => {
                stack::chart(&figure, timeline, &ground)
            }
            _ => vec![self.empty.to_string()],
        };
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{
        Bar, Bars, Civil, Count, Hue, Lang, LegendEntry, Series, Time, Timeline, share,
    };

    fn figure(body: Body<'_>) -> Figure<'_> {
        Figure {
            title: "Title".to_string(),
            unit: "things".to_string(),
            remarks: Vec::new(),
            footnote: String::new(),
            is_sample: false,
            source: String::new(),
            retrieved_at: jiff::Timestamp::UNIX_EPOCH,
            lang: Lang::En,
            body,
        }
    }

    fn any_count() -> impl Strategy<Value = Count> {
        prop_oneof![
            (0_u64..3).prop_map(|number| Count::Whole(number.into())),
            any::<u64>().prop_map(|number| Count::Whole(number.into())),
            ".{0,40}".prop_map(Count::Odd),
        ]
    }

    fn any_bar() -> impl Strategy<Value = Bar> {
        (".{0,30}", any_count(), 0..Hue::COUNT).prop_map(|(label, count, hue)| Bar {
            label,
            share: count
                .whole()
                .and_then(|count| share(count, u64::MAX.into())),
            count,
            parts: Vec::new(),
            hue: Hue(hue),
        })
    }

    proptest! {
        #[test]
        fn any_bars_can_be_drawn(bars in prop::collection::vec(any_bar(), 1..6), width in 40_usize..170, unicode: bool) {
            let sum = crate::document::sum(bars.iter().map(|bar| &bar.count));
            let bars = Bars { heading: "Kind".to_string(), bars, overview: None, sum };
            let ground = Ground::plain(width, unicode);
            let figure = figure(Body::List(crate::document::List { titles: Vec::new(), rows: Vec::new() }));
            for lines in [bars::table(&figure, &bars, &ground), bars::chart(&figure, &bars, &ground)] {
                prop_assert!(lines.iter().all(|line| !line.chars().any(crate::console::is_dangerous)));
            }
        }

        #[test]
        fn any_series_can_be_drawn(
            points in prop::collection::vec((-60_000_000_000_i64..250_000_000_000, ".{0,9}", any_count()), 1..20),
            width in 40_usize..170,
            unicode: bool,
        ) {
            let mut series = Series::default();
            for (at, kind, count) in &points {
                series.push(Time::At(Civil(*at)), None, [(kind.as_str(), count.clone())]);
            }
            let entry = |name: &String| LegendEntry { name: name.clone(), hue: Hue(0) };
            let legend = series.kinds().iter().map(entry).collect();
            let timeline = Timeline { series: &series, legend, window: None, axis: String::new(), zone: None };
            let ground = Ground::plain(width, unicode);
            let figure = figure(Body::List(crate::document::List { titles: Vec::new(), rows: Vec::new() }));
            for lines in [pivot::table(&figure, &timeline, &ground, 10), stack::chart(&figure, &timeline, &ground)] {
                prop_assert!(lines.iter().all(|line| !line.chars().any(crate::console::is_dangerous)));
            }
        }
    }
}
