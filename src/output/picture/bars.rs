//! Parts of a whole as horizontal bars with a scale. Pure.

use crate::document::{Bar, Bars, Count, Figure, Lang};

use super::canvas::{Anchor, Canvas, Pen, Sheet, cut, lines, text_width};
use super::frame;
use crate::output::chart::bars::greatest;
use crate::output::chart::line::{grouped, percent};
use crate::output::chart::scale::{marks, short};

/// A picture longer than this is no picture; the tables have all.
const MAX_ROWS: usize = 120;

const ROW: f64 = 26.0;
const PART: f64 = 19.0;

/// One bar and where it is.
struct Row<'a> {
    bar: &'a Bar,
    y: f64,
    part: bool,
}

fn rows(bars: &[Bar], top: f64) -> (Vec<Row<'_>>, f64, usize) {
    let mut y = top;
    let mut rows = Vec::new();
    let all = bars.iter().flat_map(|bar| {
        let parts = bar.parts.iter().map(|part| (part, true));
        std::iter::once((bar, false)).chain(parts)
    });
    let mut left_out = 0;
    for (bar, part) in all {
        if rows.len() == MAX_ROWS {
            left_out += 1;
            continue;
        }
        if !part && !rows.is_empty() {
            y += 3.0;
        }
        rows.push(Row { bar, y, part });
        y += if part { PART } else { ROW };
    }
    (rows, y, left_out)
}

/// What stands at the end of a bar; a number is never cut.
fn value(bar: &Bar) -> String {
    match &bar.count {
        Count::Whole(count) => format!("{}   {}", grouped(*count), percent(bar.share)),
        odd => cut(&odd.to_string(), 12.0, 100.0),
    }
}

pub(super) fn draw(figure: &Figure, bars: &Bars, sheet: &Sheet) -> String {
    let (margin, theme) = (sheet.margin, sheet.theme);
    let mut canvas = Canvas::default();
    let summary = figure.amount(&grouped(bars.sum));
    let top = frame::head(&mut canvas, figure, &summary, sheet) + 10.0;
    let (rows, bottom, left_out) = rows(bars.drawn(), top);

    let label_size = |row: &Row| if row.part { 12.0 } else { 13.5 };
    let indent = |row: &Row| if row.part { 14.0 } else { 0.0 };
    let labels = rows
        .iter()
        .map(|row| indent(row) + text_width(&row.bar.label, label_size(row)))
        .fold(40.0, f64::max)
        .min(sheet.width * 0.34);
    let left = margin + labels + 12.0;
    let values = rows.iter().map(|row| text_width(&value(row.bar), 12.0));
    let right = sheet.width - margin - values.fold(60.0, f64::max) - 12.0;
    let scale = marks(
        greatest(bars.drawn()),
        if sheet.is_narrow() { 3 } else { 6 },
    );
    let top_mark = scale.last().copied().unwrap_or(1);
    let x = |count: f64| left + (right - left) * count / top_mark as f64;

    for mark in &scale {
        let at = x(*mark as f64);
        canvas.line([at, top - 4.0, at, bottom + 2.0], theme.grid);
        let pen = Pen::new(11.0, theme.muted).anchor(Anchor::Middle);
        canvas.text(at, bottom + 17.0, pen, &short(*mark));
    }
    let pen = Pen::new(11.0, theme.muted).anchor(Anchor::Middle);
    canvas.text((left + right) / 2.0, bottom + 34.0, pen, &figure.unit);

    for row in &rows {
        let size = label_size(row);
        let height = if row.part { PART } else { ROW };
        let baseline = row.y + height / 2.0 + size * 0.35;
        let colour = if row.part { theme.muted } else { theme.ink };
        let label = cut(&row.bar.label, size, labels - indent(row));
        let pen = Pen::new(size, colour);
        canvas.text(margin + indent(row), baseline, pen, &label);
        let value = value(row.bar);
        let end = row.bar.count.whole().map_or(left, |count| x(count as f64));
        if end > left {
            let thick = if row.part { 8.0 } else { 16.0 };
            // What is something is never nothing.
            let width = (end - left).max(1.0);
            let place = [left, row.y + (height - thick) / 2.0, width, thick];
            let tip = format!("{}: {value}", row.bar.label);
            canvas.rect(place, theme.kind(row.bar.hue), &tip);
        }
        let size = if row.part { 11.0 } else { 12.0 };
        canvas.text(
            end + 7.0,
            row.y + height / 2.0 + size * 0.35,
            Pen::new(size, colour).halo(theme.paper),
            value.trim_end(),
        );
    }
    let mut end = bottom + 40.0;
    if left_out > 0 {
        let text = match figure.lang {
            Lang::En => format!("… {left_out} more rows are not drawn; CSV and JSON have all"),
            Lang::Zh => format!("… 另有 {left_out} 行未绘出；CSV 与 JSON 含全部数据"),
        };
        for line in lines(&text, 12.0, sheet.room()) {
            end += 16.0;
            canvas.text(margin, end, Pen::new(12.0, theme.muted), &line);
        }
    }
    frame::foot(canvas, figure, end, sheet)
}
