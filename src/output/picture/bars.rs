//! Parts of a whole as horizontal bars with a scale. Pure.

use crate::document::{Bar, Bars, Count, Figure, Lang};

use super::canvas::{Anchor, Canvas, Pen, Theme, cut, text_width};
use super::frame::{self, MARGIN, WIDTH};
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

fn rows<'a>(bars: &'a Bars, top: f64) -> (Vec<Row<'a>>, f64, usize) {
    let mut y = top;
    let mut rows = Vec::new();
    let all = bars.bars.iter().flat_map(|bar| {
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

pub(super) fn draw(figure: &Figure, bars: &Bars, theme: &Theme) -> String {
    let mut canvas = Canvas::default();
    let summary = figure.amount(&grouped(bars.sum));
    let top = frame::head(&mut canvas, figure, &summary, theme) + 10.0;
    let (rows, bottom, left_out) = rows(bars, top);

    let label_size = |row: &Row| if row.part { 12.0 } else { 13.5 };
    let indent = |row: &Row| if row.part { 14.0 } else { 0.0 };
    let labels = rows
        .iter()
        .map(|row| indent(row) + text_width(&row.bar.label, label_size(row)))
        .fold(40.0, f64::max)
        .min(WIDTH * 0.34);
    let left = MARGIN + labels + 12.0;
    let values = rows.iter().map(|row| text_width(&value(row.bar), 12.0));
    let right = WIDTH - MARGIN - values.fold(60.0, f64::max) - 12.0;
    let greatest = bars.bars.iter().filter(|bar| !bar.rest);
    let greatest = greatest
        .filter_map(|bar| bar.count.whole())
        .max()
        .unwrap_or(0);
    let scale = marks(greatest, 6);
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
        canvas.text(
            MARGIN + indent(row),
            baseline,
            Pen::new(size, colour),
            &label,
        );
        let (value, end) = match row.bar.count {
            Count::Whole(count) => {
                let thick = if row.part { 8.0 } else { 16.0 };
                let kind = theme.kind(if row.part { 4 } else { 0 });
                let end = if row.bar.rest { left } else { x(count as f64) };
                let value = value(row.bar);
                if end > left {
                    // What is something is never nothing.
                    let width = (end - left).max(1.0);
                    let tip = format!("{}: {value}", row.bar.label);
                    canvas.rect(
                        [left, row.y + (height - thick) / 2.0, width, thick],
                        kind,
                        &tip,
                    );
                }
                (value, end)
            }
            _ => (value(row.bar), left),
        };
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
        end += 16.0;
        canvas.text(MARGIN, end, Pen::new(12.0, theme.muted), &text);
    }
    frame::foot(canvas, figure, end, theme)
}
