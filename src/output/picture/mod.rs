//! Pictures of a figure: SVG, the same drawing as PNG, and a page with several.

mod bars;
mod canvas;
mod frame;
mod page;
#[cfg(feature = "pictures")]
mod png;
mod timeline;

use std::io::{self, Write};

use crate::document::{Body, Document, Figure, Lang};
use crate::error::Error;

use super::Writer;
use canvas::Sheet;
use page::Section;
#[cfg(feature = "pictures")]
pub(in crate::output) use png::PngWriter;
#[cfg(feature = "pictures")]
pub use png::lacking;

/// No font matters to what draws no PNG.
#[cfg(not(feature = "pictures"))]
pub fn lacking(_: Lang) -> Option<(&'static str, &'static str)> {
    None
}

/// The drawing of a figure; none of a list or where there is nothing in it.
fn svg(figure: &Figure, sheet: &Sheet) -> Option<String> {
    match &figure.body {
        Body::Bars(bars) if !bars.bars.is_empty() => Some(bars::draw(figure, bars, sheet)),
        Body::Timeline(timeline) if !timeline.series.is_empty() => {
            Some(timeline::draw(figure, timeline, sheet))
        }
        _ => None,
    }
}

/// The drawing of a figure in which there is nothing: title, source, and that it is empty.
fn empty_svg(figure: &Figure, empty: &str) -> String {
    let mut canvas = canvas::Canvas::default();
    let y = frame::head(&mut canvas, figure, empty, &Sheet::FILE);
    frame::foot(canvas, figure, y, &Sheet::FILE)
}

/// How pictures are to look.
pub(in crate::output) struct Look {
    pub lang: Lang,
    /// In place of a picture's own.
    pub title: Option<String>,
    /// The sentence for a figure in which there is nothing.
    pub empty: &'static str,
}

impl Look {
    fn draw(&self, document: &dyn Document) -> String {
        let mut figure = document.figure(self.lang);
        if let Some(title) = &self.title {
            figure.title.clone_from(title);
        }
        svg(&figure, &Sheet::FILE).unwrap_or_else(|| empty_svg(&figure, self.empty))
    }
}

pub(in crate::output) struct SvgWriter {
    pub look: Look,
}

impl Writer for SvgWriter {
    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.look.draw(document).as_bytes())
    }
}

pub(in crate::output) struct PageWriter {
    look: Look,
    sections: Vec<Section>,
}

impl PageWriter {
    pub fn new(look: Look) -> Self {
        PageWriter {
            look,
            sections: Vec::new(),
        }
    }
}

impl Writer for PageWriter {
    fn document(&mut self, document: &dyn Document, _: &mut dyn Write) -> io::Result<()> {
        let figure = document.figure(self.look.lang);
        self.sections.push(Section::of(&figure, self.look.empty));
        Ok(())
    }

    fn missing(&mut self, title: &str, why: &Error) {
        self.sections
            .push(Section::missing(title, &why.to_string()));
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let (title, lang) = (self.look.title.as_deref(), self.look.lang);
        out.write_all(page::page(&self.sections, title, lang).as_bytes())
    }
}
