//! Parts of a whole in a terminal: as a table with shares, and as a chart. Pure.

use crate::document::{Bar, Bars, Count, Figure, Hue, Label, Phrase};

use super::line::{Ground, grouped, left, percent, right, width};

/// One line of a table or chart: a bar, or a part beneath one.
struct Row<'a> {
    bar: &'a Bar,
    indent: usize,
    label: String,
    count: String,
    share: String,
}

impl<'a> Row<'a> {
    fn all(bars: &'a [Bar]) -> Vec<Self> {
        let mut rows = Vec::new();
        for bar in bars {
            rows.push(Row::new(bar, 0));
            rows.extend(bar.parts.iter().map(|part| Row::new(part, 2)));
        }
        rows
    }

    fn new(bar: &'a Bar, indent: usize) -> Self {
        let count = match &bar.count {
            Count::Whole(count) => grouped(*count),
            odd => odd.to_string(),
        };
        Row {
            bar,
            indent,
            label: bar.label.clone(),
            count,
            share: percent(bar.share),
        }
    }

    /// A part stands beneath its whole.
    fn label(&self, label_width: usize, ground: &Ground) -> String {
        let label = ground.cut(&self.label, label_width - self.indent);
        let label = left(&format!("{}{label}", " ".repeat(self.indent)), label_width);
        match self.indent {
            0 => label,
            _ => ground.palette.label(Label::Muted, &label),
        }
    }

    /// The columns that all labels take.
    fn label_width(rows: &[Row]) -> usize {
        let widths = rows.iter().map(|row| row.indent + width(&row.label));
        widths.max().unwrap_or(0)
    }

    fn bar(&self, eighths: usize, ground: &Ground) -> String {
        let label = self.bar.hue.label();
        ground.palette.label(label, &ground.bar(eighths))
    }

    /// The columns that its count takes.
    fn count_width(&self, most: usize) -> usize {
        match self.bar.count {
            Count::Whole(_) => width(&self.count),
            _ => width(&self.count).min(most),
        }
    }

    /// The bar's length out of `room` columns, in eighths; what is something is never nothing.
    fn eighths(&self, room: usize, greatest: u128) -> usize {
        let Some(count) = self.bar.count.whole().filter(|count| *count > 0) else {
            return 0;
        };
        let length = room as f64 * 8.0 * (count as f64 / greatest.max(1) as f64);
        (length.round() as usize).max(1).min(room * 8)
    }
}

/// The longest bar that there is.
pub(in crate::output) fn greatest<'b>(bars: impl IntoIterator<Item = &'b Bar>) -> u128 {
    let counts = bars.into_iter().filter_map(|bar| bar.count.whole());
    counts.max().unwrap_or(0)
}

/// Names, counts, shares and a bar, with the total beneath.
pub(in crate::output) fn table(figure: &Figure, bars: &Bars, ground: &Ground) -> Vec<String> {
    let lang = figure.lang;
    let [count_title, share_title, total] = [
        Phrase::new("Count", "数量"),
        Phrase::new("Share", "占比"),
        Phrase::new("Total", "合计"),
    ]
    .map(|phrase| phrase.in_lang(lang));
    let rows = Row::all(&bars.bars);
    let sum = grouped(bars.sum);
    let labels = Row::label_width(&rows);
    let fixed = width(&bars.heading).max(width(total));
    // A number is never cut, what came in its place is.
    let counts = rows.iter().map(|row| row.count_width(ground.width / 3));
    let counts = counts.max().unwrap_or(0);
    let count_width = counts.max(width(count_title)).max(sum.len());
    let share_width = width(share_title).max(6);
    let most = ground.width.saturating_sub(count_width + share_width + 4);
    let label_width = labels.max(fixed).min(ground.width * 45 / 100).min(most);
    let used = label_width + 2 + count_width + 2 + share_width + 2;
    let room = ground.width.saturating_sub(used).min(40);
    let line = |label: &str, count: &str, share: &str, bar: &str| {
        let line = format!("{label}  {count}  {share}  {bar}");
        line.trim_end().to_string()
    };
    let title = |text: &str| ground.palette.label(Label::Title, text);
    let mut lines = vec![
        line(
            &title(&left(&bars.heading, label_width)),
            &title(&right(count_title, count_width)),
            &title(&right(share_title, share_width)),
            "",
        ),
        ground.rule(used - 2 + if room > 0 { room + 2 } else { 0 }),
    ];
    let one_by_one = bars.bars.iter().filter(|bar| bar.hue != Hue::REST);
    let greatest = greatest(one_by_one);
    for row in &rows {
        let label = row.label(label_width, ground);
        let count = right(&ground.cut(&row.count, count_width), count_width);
        let count = match row.bar.count {
            Count::Whole(_) => count,
            _ => ground.palette.label(Label::Warning, &count),
        };
        let eighths = match row.bar.hue {
            // Many at once are no bar among single ones.
            Hue::REST => 0,
            _ => row.eighths(room, greatest),
        };
        let bar = row.bar(eighths, ground);
        lines.push(line(&label, &count, &right(&row.share, share_width), &bar));
    }
    lines.push(ground.rule(used - 2));
    lines.push(line(
        &title(&left(total, label_width)),
        &title(&right(&sum, count_width)),
        &right(&percent((bars.sum > 0).then_some(1.0)), share_width),
        "",
    ));
    lines
}

/// Bars over the whole width, each with its number at the end.
pub(in crate::output) fn chart(figure: &Figure, bars: &Bars, ground: &Ground) -> Vec<String> {
    let rows = Row::all(bars.drawn());
    let label_width = Row::label_width(&rows).min(ground.width * 40 / 100);
    let value = |row: &Row| {
        let count = ground.cut(&row.count, row.count_width(ground.width / 3));
        format!("{count} {}", row.share).trim_end().to_string()
    };
    let values = rows.iter().map(|row| width(&value(row))).max().unwrap_or(0);
    let label_width = label_width.min(ground.width.saturating_sub(values + 8));
    let room = ground
        .width
        .saturating_sub(label_width + 3 + values + 1)
        .max(4);
    let axis = if ground.unicode { "▏" } else { "|" };
    let greatest = greatest(bars.drawn());
    let mut lines = vec![ground.heading(figure, bars.sum), String::new()];
    for row in &rows {
        let label = row.label(label_width, ground);
        let bar = row.bar(row.eighths(room, greatest), ground);
        let axis = ground.palette.label(Label::Muted, axis);
        let value = value(row);
        lines.push(format!("{label} {axis}{bar} {value}"));
    }
    lines
}
