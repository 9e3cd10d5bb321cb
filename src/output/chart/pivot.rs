//! Counts over time as a table: a row a time, a column a kind, the greatest first. Pure.

use crate::console::{sanitise, wrap};
use crate::document::{Count, Figure, Label, Lang, Phrase, Point, Timeline, share};

use super::line::{Ground, grouped, left, percent, right, width};

/// Two blanks between columns.
const GAP: usize = 2;

/// A column of one kind.
struct KindColumn<'a> {
    index: usize,
    name: &'a str,
    sum: u128,
    width: usize,
}

pub(in crate::output) fn table(
    figure: &Figure,
    timeline: &Timeline,
    ground: &Ground,
    max_rows: usize,
) -> Vec<String> {
    let lang = figure.lang;
    let series = timeline.series;
    let [time_title, sum_title, total] = [
        Phrase::new("Time", "时间"),
        Phrase::new("Sum", "合计"),
        Phrase::new("Total", "总计"),
    ]
    .map(|phrase| phrase.in_lang(lang));
    let time_width = series
        .points()
        .take(max_rows)
        .map(|point| width(&point.time().label(series.step())))
        .chain([width(time_title), width(total)])
        .max()
        .unwrap_or(0)
        .min(ground.width / 2);
    let sums = series.sums();
    let sum: u128 = sums.iter().sum();
    let sum_width = grouped(sum).len().max(width(sum_title)).max(6);
    let room = ground.width.saturating_sub(time_width + GAP + sum_width);
    let (kinds, hidden) = kinds(timeline, &sums, max_rows, room);

    let mut lines = header(time_title, time_width, sum_title, sum_width, &kinds, ground);
    let rule =
        time_width + GAP + sum_width + kinds.iter().map(|kind| kind.width + GAP).sum::<usize>();
    lines.push(ground.rule(rule));
    for point in series.points().take(max_rows) {
        let label = ground.cut(&point.time().label(series.step()), time_width);
        let mut line = left(&label, time_width);
        for kind in &kinds {
            line.push_str(&" ".repeat(GAP));
            line.push_str(&cell(&point, kind, ground));
        }
        line.push_str(&" ".repeat(GAP));
        line.push_str(&right(&grouped(point.sum()), sum_width));
        lines.push(line);
    }
    lines.push(ground.rule(rule));
    let footer = |label: &str, value: &dyn Fn(u128) -> String| {
        let mut line = left(label, time_width);
        for kind in &kinds {
            line.push_str(&format!("  {}", right(&value(kind.sum), kind.width)));
        }
        format!("{line}  {}", right(&value(sum), sum_width))
    };
    let share_title = Phrase::new("Share", "占比").in_lang(lang);
    lines.push(ground.palette.label(Label::Title, &footer(total, &grouped)));
    lines.push(footer(share_title, &|part| percent(share(part, sum))));
    lines.extend(left_out(series.len(), max_rows, &hidden, lang, ground));
    lines
}

/// The kinds that fit, greatest first, and the names of those that do not. Those without a
/// count above 0 go first.
fn kinds<'a>(
    timeline: &'a Timeline,
    sums: &[u128],
    max_rows: usize,
    room: usize,
) -> (Vec<KindColumn<'a>>, Vec<String>) {
    let mut widest: Vec<usize> = sums.iter().map(|sum| grouped(*sum).len().max(6)).collect();
    for point in timeline.series.points().take(max_rows) {
        for (index, count) in point.placed_counts() {
            if let (None, Some(widest)) = (count.whole(), widest.get_mut(index)) {
                *widest = (*widest).max(width(&count.to_string()).min(20));
            }
        }
    }
    let mut kinds: Vec<_> = timeline
        .legend
        .iter()
        .enumerate()
        .map(|(index, entry)| KindColumn {
            index,
            name: &entry.name,
            sum: sums.get(index).copied().unwrap_or(0),
            width: lines_of(&entry.name)
                .map(width)
                .max()
                .unwrap_or(0)
                .max(widest.get(index).copied().unwrap_or(0)),
        })
        .collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.sum));
    let mut used = 0;
    let fitting = kinds.iter().take_while(|kind| {
        used += kind.width + GAP;
        used <= room
    });
    let fitting = fitting.count();
    let hidden = kinds.split_off(fitting);
    let hidden = hidden
        .iter()
        .map(|kind| format!("{} {}", kind.name, grouped(kind.sum)));
    (kinds, hidden.collect())
}

/// A title of two words takes two lines.
fn lines_of(name: &str) -> impl Iterator<Item = &str> {
    let (first, rest) = name.split_once(' ').unwrap_or(("", name));
    [first, rest].into_iter()
}

fn header(
    time: &str,
    time_width: usize,
    sum: &str,
    sum_width: usize,
    kinds: &[KindColumn],
    ground: &Ground,
) -> Vec<String> {
    let line = |part: usize, time: &str, sum: &str| {
        let mut line = left(time, time_width);
        for kind in kinds {
            let word = lines_of(kind.name).nth(part).unwrap_or_default();
            let word = ground.cut(word, kind.width);
            line.push_str(&format!("  {}", right(&word, kind.width)));
        }
        format!("{line}  {}", right(sum, sum_width))
    };
    let mut lines = Vec::new();
    if kinds
        .iter()
        .any(|kind| lines_of(kind.name).next() != Some(""))
    {
        lines.push(line(0, "", "").trim_end().to_string());
    }
    lines.push(line(1, time, sum));
    let paint = |line: String| ground.palette.label(Label::Title, &line);
    lines.into_iter().map(paint).collect()
}

/// A count; a dot where there was none, as that is not a zero.
fn cell(point: &Point, kind: &KindColumn, ground: &Ground) -> String {
    let count = point
        .placed_counts()
        .find(|(index, _)| *index == kind.index);
    match count.map(|(_, count)| count) {
        None => ground.palette.label(
            Label::Muted,
            &right(if ground.unicode { "·" } else { "." }, kind.width),
        ),
        Some(Count::Whole(0)) => ground.palette.label(Label::Muted, &right("0", kind.width)),
        Some(Count::Whole(count)) => right(&grouped(count), kind.width),
        Some(odd) => {
            let text = ground.cut(&odd.to_string(), kind.width);
            ground
                .palette
                .label(Label::Warning, &right(&text, kind.width))
        }
    }
}

/// What the table does not show, and where it is.
fn left_out(
    count: usize,
    max_rows: usize,
    hidden: &[String],
    lang: Lang,
    ground: &Ground,
) -> Vec<String> {
    let dots = if ground.unicode { "…" } else { "..." };
    let mut lines = Vec::new();
    if !hidden.is_empty() {
        let hidden = hidden.join(", ");
        lines.push(match lang {
            Lang::En => format!("{dots} no room for: {hidden}"),
            Lang::Zh => format!("{dots} 宽度不足，未列出：{hidden}"),
        });
    }
    if count > max_rows {
        lines.push(match lang {
            Lang::En => format!("{dots} the first {max_rows} of {count} rows; --by day adds them up, --csv and --json have all"),
            Lang::Zh => format!("{dots} 共 {count} 行，仅显示前 {max_rows} 行；--by day 可汇总，--csv 和 --json 输出全部"),
        });
    }
    let wrapped = lines
        .iter()
        .map(|line| wrap(&sanitise(line), ground.width, 0));
    let wrapped: Vec<String> = wrapped.collect();
    let lines = wrapped.iter().flat_map(|line| line.lines());
    lines.map(str::to_string).collect()
}
