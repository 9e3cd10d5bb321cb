//! Counts over time as a chart of stacked columns in a terminal: the axis to scale, a gap where
//! there was no entry, a dot where nothing was counted. Pure.

use crate::document::{Figure, Hue, Label, Lang, Phrase, Timeline, share};

use super::bins::Bins;
use super::kinds::{DrawnKind, kinds};
use super::line::{Ground, grouped, left, percent, right, width};
use super::scale::{marks, short};

/// Lines between the axis and the top.
const HEIGHT: usize = 12;

/// What tells kinds apart without colour.
const FILLS: [char; 8] = ['█', '░', '▓', '▒', '╳', '▚', '○', '◆'];
const ASCII: [char; 8] = ['#', 'o', '+', 'x', '*', '=', '%', '@'];

pub(in crate::output) fn chart(
    figure: &Figure,
    timeline: &Timeline,
    ground: &Ground,
) -> Vec<String> {
    let kinds = kinds(timeline, figure.lang);
    let total: u128 = kinds.iter().map(|kind| kind.sum).sum();
    let mut lines = vec![ground.heading(figure, total)];
    // Room for the marks of the scale, at their longest.
    let gutter = 7;
    let room = ground.width.saturating_sub(gutter).max(10);
    let Some(bins) = Bins::of(timeline, room) else {
        let nothing = Phrase::new("There is no time to draw.", "没有可绘制的时间。");
        lines.push(nothing.in_lang(figure.lang).to_string());
        return lines;
    };
    let step = (room / bins.len()).clamp(1, 8);
    let per = figure.rate(&bins.width.label(figure.lang));
    let per = ground.cut(&per, ground.width);
    lines.push(ground.palette.label(Label::Muted, &per));
    let scale = marks(bins.greatest(), 4);
    let top = scale.last().copied().unwrap_or(1);
    for row in (0..HEIGHT).rev() {
        lines.push(format!(
            "{}{}",
            side(row, &scale, top, gutter, ground),
            columns(row, &bins, &kinds, top, step, ground)
        ));
    }
    lines.extend(axis(&bins, step, gutter, ground));
    lines.push(String::new());
    lines.extend(legend(&kinds, total, ground));
    lines.extend(cut_off(&bins, figure.lang).map(|text| ground.palette.label(Label::Muted, text)));
    lines
}

/// Which columns show less than their time, because less was asked for.
fn cut_off(bins: &Bins, lang: Lang) -> Option<&'static str> {
    let last = bins.len().saturating_sub(1);
    let phrase = match (bins.is_cut(0), bins.is_cut(last)) {
        (false, false) => return None,
        _ if last == 0 => Phrase::new(
            "The column is cut off by the window.",
            "该柱因时间窗而不完整。",
        ),
        (true, false) => Phrase::new(
            "The first column is cut off by the window.",
            "首柱因时间窗而不完整。",
        ),
        (false, true) => Phrase::new(
            "The last column is cut off by the window.",
            "末柱因时间窗而不完整。",
        ),
        (true, true) => Phrase::new(
            "The first and the last column are cut off by the window.",
            "首柱与末柱因时间窗而不完整。",
        ),
    };
    Some(phrase.in_lang(lang))
}

/// The mark of the scale at a row, and the axis beside it.
fn side(row: usize, scale: &[u128], top: u128, gutter: usize, ground: &Ground) -> String {
    let at = |mark: u128| (mark as f64 / top as f64 * HEIGHT as f64).round() as usize;
    let mark = scale
        .iter()
        .find(|mark| **mark > 0 && at(**mark) == row + 1);
    let (tick, line) = if ground.unicode {
        ("┤", "│")
    } else {
        ("+", "|")
    };
    let text = match mark {
        Some(mark) => format!("{}{tick}", right(&format!("{} ", short(*mark)), gutter - 1)),
        None => format!("{}{line}", " ".repeat(gutter - 1)),
    };
    ground.palette.label(Label::Muted, &text)
}

/// One line of all columns.
fn columns(
    row: usize,
    bins: &Bins,
    kinds: &[DrawnKind],
    top: u128,
    step: usize,
    ground: &Ground,
) -> String {
    // A blank between columns, where they are wide enough to spare one.
    let drawn = step - usize::from(step > 2);
    let mut line = String::new();
    for sums in &bins.sums {
        let (mark, label) = match sums {
            None => (' ', Label::Plain),
            Some(sums) => cell(row, sums, kinds, top, ground),
        };
        let marks = mark.to_string().repeat(drawn);
        match mark {
            ' ' => line.push_str(&marks),
            _ => line.push_str(&ground.palette.label(label, &marks)),
        }
        line.push_str(&" ".repeat(step - drawn));
    }
    line.trim_end().to_string()
}

/// What a column shows at a row: the kind that is there, or the part of one that reaches into it.
fn cell(
    row: usize,
    sums: &[u128],
    kinds: &[DrawnKind],
    top: u128,
    ground: &Ground,
) -> (char, Label) {
    const PARTS: [char; 8] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇'];
    let total: u128 = sums.iter().sum();
    if total == 0 {
        // An entry that counts nothing is not a gap.
        let dot = if ground.unicode { '·' } else { '.' };
        return (if row == 0 { dot } else { ' ' }, Label::Muted);
    }
    let eighths = (total as f64 / top as f64 * (HEIGHT * 8) as f64).round() as usize;
    let filled = eighths.max(1).saturating_sub(row * 8).min(8);
    if filled == 0 {
        return (' ', Label::Plain);
    }
    // The kind in the middle of what is filled.
    let middle = (row as f64 + filled as f64 / 16.0) / HEIGHT as f64 * top as f64;
    let mut reached = 0_u128;
    let mut there = Hue::REST;
    for kind in kinds {
        let count = kind.count(sums);
        if count > 0 {
            there = kind.hue;
            reached += count;
            if reached as f64 > middle {
                break;
            }
        }
    }
    let mark = match (ground.unicode, ground.palette.colour) {
        (true, true) if filled < 8 => PARTS[filled],
        (true, true) => '█',
        // Without colour the fill tells the kind, so that part of a column is drawn whole or not.
        _ if filled < 4 && row > 0 => ' ',
        _ => fill(there, ground),
    };
    (mark, there.label())
}

fn fill(hue: Hue, ground: &Ground) -> char {
    let fills = if ground.unicode { FILLS } else { ASCII };
    fills[hue.place()]
}

/// The axis with its marks, and what stands at them.
fn axis(bins: &Bins, step: usize, gutter: usize, ground: &Ground) -> Vec<String> {
    let length = bins.len() * step;
    let ticks = bins.ticks(length);
    let (corner, line, tick) = if ground.unicode {
        ('└', '─', '┬')
    } else {
        ('+', '-', '+')
    };
    let mut marks = vec![line; length];
    let mut labels = String::new();
    for (bin, label) in &ticks {
        let column = bin * step;
        if let Some(mark) = marks.get_mut(column) {
            *mark = tick;
        }
        // The label begins at its mark, unless the last one would go over the edge.
        let room = (ground.width - gutter).saturating_sub(width(label));
        let column = column.min(room.max(length.saturating_sub(width(label))));
        if labels.is_empty() || width(&labels) < column {
            labels = left(&labels, column) + label;
        }
    }
    let axis = format!(
        "{}{corner}{}",
        right("0 ", gutter - 1),
        String::from_iter(marks)
    );
    let labels = format!("{}{labels}", " ".repeat(gutter));
    [axis, labels]
        .map(|line| ground.palette.label(Label::Muted, line.trim_end()))
        .to_vec()
}

/// The kinds with their marks, sums and shares, as many a line as fit.
fn legend(kinds: &[DrawnKind], total: u128, ground: &Ground) -> Vec<String> {
    let mut lines = vec![(String::new(), 0)];
    for kind in kinds {
        let name = ground.cut(&kind.name, ground.width / 2);
        let share = percent(share(kind.sum, total));
        let text = format!(" {name} {} {share}", grouped(kind.sum));
        let text = text.trim_end().to_string();
        let fill = match (ground.unicode, ground.palette.colour) {
            (true, true) => '█',
            _ => fill(kind.hue, ground),
        };
        let mark = ground.palette.label(kind.hue.label(), &fill.to_string());
        let columns = 1 + width(&text) + 3;
        match lines.last_mut() {
            Some((line, used)) if *used + columns <= ground.width + 3 => {
                line.push_str(&format!("{mark}{text}   "));
                *used += columns;
            }
            _ => lines.push((format!("{mark}{text}   "), columns)),
        }
    }
    lines
        .into_iter()
        .map(|(line, _)| line.trim_end().to_string())
        .collect()
}
