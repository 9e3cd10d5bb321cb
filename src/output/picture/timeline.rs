//! Counts over time as stacked columns, the axis to scale. Pure.

use crate::document::{Figure, Phrase, Timeline, share};

use super::canvas::{Anchor, Canvas, Pen, Sheet, cut, text_width};
use super::frame;
use crate::output::chart::bins::Bins;
use crate::output::chart::kinds::{DrawnKind, kinds};
use crate::output::chart::line::{grouped, percent};
use crate::output::chart::scale::{marks, short};

/// Columns this far apart can be told from each other.
const NARROWEST: f64 = 3.9;

pub(super) fn draw(figure: &Figure, timeline: &Timeline, sheet: &Sheet) -> String {
    let (margin, theme) = (sheet.margin, sheet.theme);
    let height = if sheet.is_narrow() { 200.0 } else { 320.0 };
    let (left, right) = (margin + 44.0, sheet.width - margin);
    let mut canvas = Canvas::default();
    let kinds = kinds(timeline, figure.lang);
    let total: u128 = kinds.iter().map(|kind| kind.sum).sum();
    let bins = Bins::of(timeline, ((right - left) / NARROWEST) as usize);
    let top = frame::head(&mut canvas, figure, &figure.amount(&grouped(total)), sheet);
    let is_cut = |bins: &Bins| (0..bins.len()).any(|bin| bins.is_cut(bin));
    let cut_off = Phrase::new("cut off by the window", "因时间窗而不完整");
    let cut_off = cut_off.in_lang(figure.lang);
    let cut_off = bins.as_ref().is_some_and(is_cut).then_some(cut_off);
    let top = legend(&mut canvas, &kinds, total, cut_off, top, sheet) + 42.0;
    let Some(bins) = bins else {
        let nothing = Phrase::new("There is no time to draw.", "没有可绘制的时间。");
        let pen = Pen::new(14.0, theme.muted);
        canvas.text(margin, top + 14.0, pen, nothing.in_lang(figure.lang));
        return frame::foot(canvas, figure, top + 24.0, sheet);
    };
    let scale = marks(bins.greatest(), if sheet.is_narrow() { 4 } else { 6 });
    let top_mark = scale.last().copied().unwrap_or(1) as f64;
    let bottom = top + height;
    let y = |count: f64| bottom - height * count / top_mark;
    let per = figure.rate(&bins.width.label(figure.lang));
    canvas.text(margin, top - 14.0, Pen::new(11.0, theme.muted), &per);
    for mark in &scale {
        let at = y(*mark as f64);
        canvas.line([left, at, right, at], theme.grid);
        let pen = Pen::new(11.0, theme.muted).anchor(Anchor::End);
        canvas.text(left - 8.0, at + 4.0, pen, &short(*mark));
    }
    let wide = (right - left) / bins.len() as f64;
    for (at, sums) in bins.sums.iter().enumerate() {
        let Some(sums) = sums else { continue };
        let gap = if wide > 3.0 {
            (wide * 0.12).clamp(0.5, 6.0)
        } else {
            0.0
        };
        let column = Column {
            place: [left + wide * at as f64 + gap / 2.0, wide - gap],
            time: bins.width.tick(bins.edges[at]),
            is_cut: bins.is_cut(at),
        };
        column.draw(&mut canvas, sums, &kinds, &y, sheet);
    }
    canvas.line([left, bottom, right, bottom], theme.muted);
    let characters = ((right - left) / 7.0) as usize;
    let mut free = 0.0;
    for (bin, label) in bins.ticks(characters) {
        let x = left + wide * bin as f64;
        canvas.line([x, bottom, x, bottom + 5.0], theme.muted);
        // A label near the edge stays on the picture, and no label on another.
        let long = text_width(&label, 11.0);
        let start = x.min(right + margin - long);
        if start >= free {
            canvas.text(start, bottom + 19.0, Pen::new(11.0, theme.muted), &label);
            free = start + long + 8.0;
        }
    }
    let no_zone = Phrase::new("as sent, without a zone", "原值，未注明时区");
    let zone = timeline.zone.as_deref();
    let zone = zone.unwrap_or(no_zone.in_lang(figure.lang));
    let time = format!("{} ({zone})", timeline.axis);
    let pen = Pen::new(11.0, theme.muted).anchor(Anchor::Middle);
    let middle = (left + right) / 2.0;
    canvas.text(middle, bottom + 36.0, pen, &time);
    frame::foot(canvas, figure, bottom + 42.0, sheet)
}

/// The kinds with their colours, sums and shares, and what an outlined column is, if there is one.
fn legend(
    canvas: &mut Canvas,
    kinds: &[DrawnKind],
    total: u128,
    cut_off: Option<&str>,
    top: f64,
    sheet: &Sheet,
) -> f64 {
    let (mut x, mut y) = (sheet.margin, top + 6.0);
    let kinds = kinds.iter().map(|kind| {
        let text = format!(
            "{}  {}  {}",
            cut(&kind.name, 12.0, sheet.room() * 0.6),
            grouped(kind.sum),
            percent(share(kind.sum, total))
        );
        (text, Some(kind.hue))
    });
    let cut_off = cut_off.map(|text| (text.to_string(), None));
    for (text, hue) in kinds.chain(cut_off) {
        let wide = 18.0 + text_width(&text, 12.0) + 22.0;
        if x + wide > sheet.width - sheet.margin + 22.0 && x > sheet.margin {
            x = sheet.margin;
            y += 20.0;
        }
        let mark = [x, y - 10.0, 12.0, 12.0];
        match hue {
            Some(hue) => canvas.rect(mark, sheet.theme.kind(hue), ""),
            None => canvas.outline(mark, sheet.theme.ink, &text),
        }
        let pen = Pen::new(12.0, sheet.theme.ink);
        canvas.text(x + 18.0, y, pen, text.trim_end());
        x += wide;
    }
    y
}

struct Column {
    /// Its left edge and its width.
    place: [f64; 2],
    time: String,
    /// Whether the window ends within its time.
    is_cut: bool,
}

impl Column {
    /// One stack; an entry that counts nothing is a mark on the axis, which a gap is not.
    fn draw(
        &self,
        canvas: &mut Canvas,
        sums: &[u128],
        kinds: &[DrawnKind],
        y: &dyn Fn(f64) -> f64,
        sheet: &Sheet,
    ) {
        let ([x, wide], time) = (self.place, &self.time);
        let mut reached = 0_u128;
        for kind in kinds {
            let count = kind.count(sums);
            if count == 0 {
                continue;
            }
            let (from, to) = (y(reached as f64), y((reached + count) as f64));
            reached += count;
            let tip = format!("{time}: {} {}", kind.name, grouped(count));
            let (place, colour) = (
                [x, to, wide, (from - to).max(0.5)],
                sheet.theme.kind(kind.hue),
            );
            match self.is_cut {
                true => canvas.outline(place, colour, &tip),
                false => canvas.rect(place, colour, &tip),
            }
        }
        if reached == 0 {
            let place = [x, y(0.0) - 2.0, wide, 2.0];
            canvas.rect(place, sheet.theme.muted, &format!("{time}: 0"));
        }
    }
}
