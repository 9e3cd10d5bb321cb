//! Figures drawn: in a terminal as tables with bars and as charts, in files as pictures.

mod bars;
mod bins;
mod line;
mod picture;
mod pivot;
mod scale;
mod stack;
mod width;

use std::io::{self, Write};

use crate::document::{Body, Document, Figure, Record};

use super::Options;
use super::Writer;
use line::Ground;
pub(super) use picture::{PageWriter, PngWriter, SvgWriter};

/// A figure as a table; none where it is a list, or there is nothing in it.
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
    options: Options,
    empty: &'static str,
}

impl ChartWriter {
    pub fn new(options: Options, empty: &'static str) -> Self {
        ChartWriter { options, empty }
    }
}

impl Writer for ChartWriter {
    /// Only figures are drawn; a layout that has none is refused before.
    fn record(&mut self, _: Record, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        let figure = document.figure(self.options.lang);
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

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
