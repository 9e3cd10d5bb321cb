//! What every picture has around its chart: title, remarks, what the numbers are, source and
//! time. Pure.

use crate::document::{Figure, Lang};
use crate::output::page::sample;

use super::canvas::{Anchor, Canvas, Pen, Sheet, cut, lines, text_width};

/// Draws the title and what stands beneath it, and gives where the chart can begin.
pub(super) fn head(canvas: &mut Canvas, figure: &Figure, summary: &str, sheet: &Sheet) -> f64 {
    let (margin, theme, room) = (sheet.margin, sheet.theme, sheet.room());
    let mut y = margin + 12.0;
    if figure.is_sample {
        let text = sample(figure.lang);
        let wide = text_width(text, 12.0) + 20.0;
        canvas.rect([margin, y - 15.0, wide.min(room), 22.0], theme.alert, "");
        let pen = Pen::new(12.0, theme.paper).bold().anchor(Anchor::Middle);
        canvas.text(
            margin + wide.min(room) / 2.0,
            y,
            pen,
            &cut(text, 12.0, room),
        );
        y += 34.0;
    }
    let size = if sheet.is_narrow() { 17.0 } else { 21.0 };
    for line in lines(&figure.title, size * 1.06, room) {
        canvas.text(margin, y, Pen::new(size, theme.ink).bold(), &line);
        y += size + 2.0;
    }
    let remarks = figure.remarks.iter().map(String::as_str);
    for line in std::iter::once(summary)
        .chain(remarks)
        .flat_map(|text| lines(text, 13.0, room))
    {
        canvas.text(margin, y, Pen::new(13.0, theme.muted), &line);
        y += 19.0;
    }
    y
}

/// Draws what the numbers are, where they come from and when, and ends the picture.
pub(super) fn foot(mut canvas: Canvas, figure: &Figure, y: f64, sheet: &Sheet) -> String {
    let mut y = y + 24.0;
    let texts = [figure.footnote.clone(), origin(figure)];
    for line in texts
        .iter()
        .filter(|text| !text.is_empty())
        .flat_map(|text| lines(text, 11.0, sheet.room()))
    {
        let pen = Pen::new(11.0, sheet.theme.muted);
        canvas.text(sheet.margin, y, pen, &line);
        y += 16.0;
    }
    canvas.finish(sheet, y + 4.0, &figure.title)
}

/// `Source: https://… · retrieved 2026-11-22 04:10 UTC`
pub(super) fn origin(figure: &Figure) -> String {
    let at = figure.retrieved_at.strftime("%Y-%m-%d %H:%M:%S UTC");
    match figure.lang {
        Lang::En => format!("Source: {} · retrieved {at}", figure.source),
        Lang::Zh => format!("来源：{} · 获取时间 {at}", figure.source),
    }
}
