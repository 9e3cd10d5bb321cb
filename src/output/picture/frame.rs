//! What every picture has around its chart: title, remarks, source and time. Pure.

use crate::document::{Figure, Lang};

use super::canvas::{Canvas, Pen, Theme, cut};

pub(super) const WIDTH: f64 = 960.0;
pub(super) const MARGIN: f64 = 32.0;

/// Draws the title and what stands beneath it, and gives where the chart can begin.
pub(super) fn head(canvas: &mut Canvas, figure: &Figure, summary: &str, theme: &Theme) -> f64 {
    let room = WIDTH - 2.0 * MARGIN;
    let title = cut(&figure.title, 21.0, room);
    canvas.text(MARGIN, 44.0, Pen::new(21.0, theme.ink).bold(), &title);
    let mut y = 67.0;
    let remarks = figure.remarks.iter().map(String::as_str);
    for line in std::iter::once(summary).chain(remarks) {
        let line = cut(line, 13.0, room);
        canvas.text(MARGIN, y, Pen::new(13.0, theme.muted), &line);
        y += 19.0;
    }
    y
}

/// Draws source and time beneath the chart and ends the picture.
pub(super) fn foot(mut canvas: Canvas, figure: &Figure, y: f64, theme: &Theme) -> String {
    let text = cut(&origin(figure), 11.0, WIDTH - 2.0 * MARGIN);
    let y = y + 24.0;
    canvas.text(MARGIN, y, Pen::new(11.0, theme.muted), &text);
    canvas.finish(WIDTH, y + 18.0, theme, &figure.title)
}

/// `Source: https://… · retrieved 2026-11-22 04:10 UTC`
pub(super) fn origin(figure: &Figure) -> String {
    let at = figure.retrieved_at.strftime("%Y-%m-%d %H:%M:%S UTC");
    match figure.lang {
        Lang::En => format!("Source: {} · retrieved {at}", figure.source),
        Lang::Zh => format!("来源：{} · 获取时间 {at}", figure.source),
    }
}
