//! Counts over time as stacked columns, the axis to scale. Pure.

use crate::document::{Figure, Phrase, Timeline, share};

use super::canvas::{Anchor, Canvas, Pen, Theme, cut, text_width};
use super::frame::{self, MARGIN, WIDTH};
use crate::output::chart::bins::Bins;
use crate::output::chart::kinds::{Kind, kinds};
use crate::output::chart::line::{grouped, percent};
use crate::output::chart::scale::{marks, short};

const HEIGHT: f64 = 320.0;

/// As many columns as stay apart from each other.
const MAX_BINS: usize = 220;

pub(super) fn draw(figure: &Figure, timeline: &Timeline, theme: &Theme) -> String {
    let mut canvas = Canvas::default();
    let kinds = kinds(timeline, figure.lang);
    let total: u128 = kinds.iter().map(|kind| kind.sum).sum();
    let bins = Bins::of(timeline.series, MAX_BINS);
    let top = frame::head(&mut canvas, figure, &figure.amount(&grouped(total)), theme);
    let top = legend(&mut canvas, &kinds, total, top, theme) + 42.0;
    let Some(bins) = bins else {
        let nothing = Phrase::new("There is no time to draw.", "没有可绘制的时间。");
        let pen = Pen::new(14.0, theme.muted);
        canvas.text(MARGIN, top + 14.0, pen, nothing.in_lang(figure.lang));
        return frame::foot(canvas, figure, top + 24.0, theme);
    };
    let scale = marks(bins.greatest(), 6);
    let top_mark = scale.last().copied().unwrap_or(1) as f64;
    let (left, right, bottom) = (MARGIN + 50.0, WIDTH - MARGIN, top + HEIGHT);
    let y = |count: f64| bottom - HEIGHT * count / top_mark;
    let per = format!("{} {}", figure.unit, bins.width.label(figure.lang));
    canvas.text(MARGIN, top - 14.0, Pen::new(11.0, theme.muted), &per);
    for mark in &scale {
        let at = y(*mark as f64);
        canvas.line([left, at, right, at], theme.grid);
        let pen = Pen::new(11.0, theme.muted).anchor(Anchor::End);
        canvas.text(left - 8.0, at + 4.0, pen, &short(*mark));
    }
    let wide = (right - left) / bins.len() as f64;
    for (at, sums) in bins.sums.iter().enumerate() {
        let Some(sums) = sums else { continue };
        let x = left + wide * at as f64;
        let gap = if wide > 3.0 {
            (wide * 0.12).clamp(0.5, 6.0)
        } else {
            0.0
        };
        column(
            &mut canvas,
            [x + gap / 2.0, wide - gap],
            sums,
            &kinds,
            &bins.width.tick(bins.edges[at]),
            &y,
            theme,
        );
    }
    canvas.line([left, bottom, right, bottom], theme.muted);
    let characters = ((right - left) / 7.0) as usize;
    for (bin, label) in bins.ticks(characters) {
        let x = left + wide * bin as f64;
        canvas.line([x, bottom, x, bottom + 5.0], theme.muted);
        // A label near the edge stays on the picture.
        let end = x + text_width(&label, 11.0);
        let anchor = if end > right + MARGIN {
            Anchor::End
        } else {
            Anchor::Start
        };
        let pen = Pen::new(11.0, theme.muted).anchor(anchor);
        canvas.text(x, bottom + 19.0, pen, &label);
    }
    let time = Phrase::new("time", "时间").in_lang(figure.lang);
    let no_zone = Phrase::new("as sent, without a zone", "原值，未注明时区");
    let zone = timeline.zone.as_deref();
    let time = format!("{time} ({})", zone.unwrap_or(no_zone.in_lang(figure.lang)));
    let pen = Pen::new(11.0, theme.muted).anchor(Anchor::Middle);
    let middle = (left + right) / 2.0;
    canvas.text(middle, bottom + 36.0, pen, &time);
    frame::foot(canvas, figure, bottom + 42.0, theme)
}

fn legend(canvas: &mut Canvas, kinds: &[Kind], total: u128, top: f64, theme: &Theme) -> f64 {
    let (mut x, mut y) = (MARGIN, top + 6.0);
    for (rank, kind) in kinds.iter().enumerate() {
        let text = format!(
            "{}  {}  {}",
            cut(&kind.name, 12.0, 300.0),
            grouped(kind.sum),
            percent(share(kind.sum, total))
        );
        let wide = 18.0 + text_width(&text, 12.0) + 22.0;
        if x + wide > WIDTH - MARGIN + 22.0 && x > MARGIN {
            x = MARGIN;
            y += 20.0;
        }
        canvas.rect([x, y - 10.0, 12.0, 12.0], theme.kind(rank), "");
        canvas.text(x + 18.0, y, Pen::new(12.0, theme.ink), text.trim_end());
        x += wide;
    }
    y
}

/// One stack; an entry that counts nothing is a mark on the axis, which a gap is not.
fn column(
    canvas: &mut Canvas,
    [x, wide]: [f64; 2],
    sums: &[u128],
    kinds: &[Kind],
    time: &str,
    y: &dyn Fn(f64) -> f64,
    theme: &Theme,
) {
    let mut reached = 0_u128;
    for (rank, kind) in kinds.iter().enumerate() {
        let count = kind.count(sums);
        if count == 0 {
            continue;
        }
        let (from, to) = (y(reached as f64), y((reached + count) as f64));
        reached += count;
        let tip = format!("{time}: {} {}", kind.name, grouped(count));
        canvas.rect([x, to, wide, (from - to).max(0.5)], theme.kind(rank), &tip);
    }
    if reached == 0 {
        canvas.rect(
            [x, y(0.0) - 2.0, wide, 2.0],
            theme.muted,
            &format!("{time}: 0"),
        );
    }
}
