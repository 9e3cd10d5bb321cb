//! Records as a table in the width of the terminal; a record alone as a card.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, LineStyle, Table, Width};

use crate::console::wrap;
use crate::document::{
    Align, Column, Document, Label, Lang, Layout, Listed, Phrase, Rank, Record, Text,
};

use super::grid::{RULED, Ranks, bare_table};
use super::{Options, Writer, cards, chart};

/// A cell of a table shows this many characters; JSON and CSV have all of them.
const MAX_CELL: usize = 300;

/// A column that is better not broken is kept whole up to this width: a SHA-256 is. In a window
/// that is too narrow for that, up to half of it.
const WHOLE: usize = 64;

/// What is left to a column that can be broken, if need be.
const LEAST: usize = 14;

/// Blanks between columns.
const GAP: usize = 2;

const COMMA: Phrase = Phrase::new(", ", "，");

pub(super) struct TableWriter {
    options: Options,
    layout: Layout,
    columns: Vec<Column>,
    rows: Vec<Vec<Text>>,
    /// The order of each row, where they have one.
    orders: Vec<u8>,
    ranks: Ranks,
    /// Records that have no row.
    folded: usize,
    /// The only record so far: it may become a card.
    first: Option<Record>,
    count: usize,
    /// Whether a figure or a card was written, which is a table in itself.
    drawn: bool,
    /// Titles of columns for which there is no room.
    left_out: Vec<&'static str>,
    /// Up to this width, columns are kept whole that are better not broken.
    whole: usize,
    /// What the last lines say of rows.
    remarks: Vec<Phrase>,
}

impl TableWriter {
    pub fn new(options: Options, layout: Layout) -> Self {
        let columns = match &options.fields {
            Some(selection) => selection.0.clone(),
            None => layout.table.to_vec(),
        };
        TableWriter {
            options,
            layout,
            columns,
            rows: Vec::new(),
            orders: Vec::new(),
            ranks: Ranks::default(),
            folded: 0,
            first: None,
            count: 0,
            drawn: false,
            left_out: Vec::new(),
            whole: WHOLE,
            remarks: Vec::new(),
        }
    }

    fn row(&mut self, record: &Record) {
        let lang = self.options.lang;
        let texts = self.columns.iter().map(|column| column.drawn(record, lang));
        self.rows.push(texts.collect());
    }

    fn ranked(&mut self, record: &Record, rank: Rank) {
        self.ranks.count(&rank);
        if rank.is_folded {
            self.folded += 1;
            return;
        }
        if let Some(remark) = rank.remark.filter(|remark| !self.remarks.contains(remark)) {
            self.remarks.push(remark);
        }
        self.row(record);
        self.orders.push(rank.order);
        // The worst may come last.
        if self.rows.len() >= self.layout.max_rows.saturating_mul(2) {
            self.sort();
        }
    }

    /// The highest first, as many as are shown.
    fn sort(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let mut ordered: Vec<_> = self.orders.drain(..).zip(rows).collect();
        ordered.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
        ordered.truncate(self.layout.max_rows);
        (self.orders, self.rows) = ordered.into_iter().unzip();
    }

    /// `2 malicious, 1 suspicious, 36 not found (--all shows them) · 3 cached, the oldest 2026-11-21 19:40Z`
    fn counts(&self) -> String {
        let lang = self.options.lang;
        let words = self.ranks.counts(lang);
        let words = words.map(|(count, label)| format!("{count} {label}"));
        let all = Phrase::new(" (--all shows them)", "（--all 显示全部）").in_lang(lang);
        let all = if self.folded == 0 { "" } else { all };
        let counts = words.collect::<Vec<_>>().join(COMMA.in_lang(lang)) + all;
        let Some(oldest) = &self.ranks.oldest else {
            return counts;
        };
        let dot = if self.options.unicode { "·" } else { "-" };
        let cached = match lang {
            Lang::En => format!("{} cached, the oldest {oldest}", self.ranks.cached),
            Lang::Zh => format!("{} 个来自缓存，最早 {oldest}", self.ranks.cached),
        };
        let line = format!("{counts} {dot} {cached}");
        match line.width() <= usize::from(self.options.width) {
            true => line,
            false => format!("{counts}\n{cached}"),
        }
    }

    /// Leaves out as few columns as it can: those that are empty, then those that are worth least.
    fn make_room(&mut self) {
        let is_empty = |index: &usize| self.rows.iter().all(|row| row[*index].text.is_empty());
        let worth = |index: &usize| self.columns[*index].droppable;
        let all = 0..self.columns.len();
        let is_droppable = |index: &usize| self.options.fields.is_none() && worth(index).is_some();
        let mut droppable: Vec<usize> = all.clone().filter(is_droppable).collect();
        droppable.sort_by_key(|index| (!is_empty(index), worth(index)));
        let empty = droppable.iter().take_while(|index| is_empty(index)).count();
        let min_width = |column: &Column| usize::from(column.min_width);
        let third = usize::from(self.options.width / 3).saturating_sub(GAP);
        let fewest = |whole: usize| {
            let mut counts = empty..=droppable.len();
            let count = counts.find(|count| self.fits(&droppable[..*count], whole, min_width));
            let tight = || {
                self.fits(&droppable, whole, |_| LEAST)
                    .then_some(droppable.len())
            };
            Some((count.or_else(tight)?, whole))
        };
        let room = [WHOLE, WHOLE / 2].into_iter().find_map(fewest);
        let (count, whole) = room.unwrap_or((droppable.len(), third));
        let gone = &droppable[..count];
        let is_gone = |index: &usize| gone.contains(index);
        let titles = all
            .clone()
            .filter(|index| is_gone(index) && !is_empty(index));
        let titles = titles.map(|index| self.columns[index].title.in_lang(self.options.lang));
        self.left_out = titles.collect();
        let is_kept: Vec<bool> = all.map(|index| !is_gone(&index)).collect();
        self.whole = whole;
        keep(&mut self.columns, &is_kept);
        for row in &mut self.rows {
            keep(row, &is_kept);
        }
    }

    /// Whether there is room without the columns that are `gone`, if each that can be broken has at
    /// least what `text` gives it and the others are whole up to `whole`.
    fn fits(&self, gone: &[usize], whole: usize, text: impl Fn(&Column) -> usize) -> bool {
        let width_of = |(index, column): (usize, &Column)| {
            let title = column.title.in_lang(self.options.lang).width();
            let cells = self.rows.iter().map(|row| row[index].text.width());
            let widest = cells.max().unwrap_or(0).max(title);
            widest.min(if column.no_wrap { whole } else { text(column) }) + GAP
        };
        let kept = self.columns.iter().enumerate();
        let kept = kept.filter(|(index, _)| !gone.contains(index));
        kept.map(width_of).sum::<usize>() <= usize::from(self.options.width) + GAP
    }

    fn table(&self) -> Table {
        let palette = self.options.palette;
        let mut table = bare_table(self.options.width);
        let rule = if self.options.unicode { '─' } else { '-' };
        table.load_style(RULED.header_separator(LineStyle::none().fill(rule)));
        let title = |column: &Column| column.title.in_lang(self.options.lang);
        table.set_header(
            self.columns
                .iter()
                .map(|column| Cell::new(palette.label(Label::Title, title(column)))),
        );
        for row in &self.rows {
            table.add_row(
                row.iter()
                    .map(|text| Cell::new(palette.paint(&self.options.shown(text, MAX_CELL)))),
            );
        }
        let widest = table.column_max_content_widths();
        let whole = (self.whole + GAP) as u16;
        for (index, column) in table.column_iter_mut().enumerate() {
            let Some(definition) = self.columns.get(index) else {
                break;
            };
            column.set_padding((0, GAP as u16));
            if definition.align == Align::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if definition.no_wrap {
                let width = widest
                    .get(index)
                    .map_or(0, |width| (width + GAP as u16).min(whole));
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
            }
        }
        table
    }
}

/// The items whose places are kept.
fn keep<T>(items: &mut Vec<T>, is_kept: &[bool]) {
    let mut places = is_kept.iter();
    items.retain(|_| places.next().is_some_and(|is_kept| *is_kept));
}

impl Writer for TableWriter {
    fn record(&mut self, record: Record, _: &mut dyn Write) -> io::Result<()> {
        self.count += 1;
        match self.options.rank {
            Some(rank) => self.ranked(&record, rank(&record)),
            None if self.count <= self.layout.max_rows => self.row(&record),
            None => {}
        }
        self.first = (self.count == 1).then_some(record);
        Ok(())
    }

    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        if self.options.fields.is_none() {
            let figure = document.figure(self.options.lang);
            if let Some(lines) = chart::table(&figure, &self.options, self.layout.max_rows) {
                self.drawn = true;
                return lines.iter().try_for_each(|line| writeln!(out, "{line}"));
            }
        }
        document
            .rows()
            .try_for_each(|record| self.record(record, out))
    }

    fn listed(&mut self, listed: Listed, out: &mut dyn Write) -> io::Result<()> {
        self.drawn = true;
        cards::write(&listed.card, &self.options, out)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.drawn {
            return Ok(());
        }
        let lang = self.options.lang;
        if let (Some(record), Some(card), None) =
            (&self.first, self.layout.card, &self.options.fields)
        {
            return match card(record, lang) {
                Some(card) => cards::write(&card, &self.options, out),
                None => Ok(()),
            };
        }
        if self.count == 0 {
            return writeln!(out, "{}", self.options.empty);
        }
        if self.options.rank.is_some() {
            self.sort();
        }
        if !self.rows.is_empty() {
            self.make_room();
            for line in self.table().lines() {
                writeln!(out, "{}", line.replace('\u{a0}', " ").trim_end())?;
            }
        }
        let dots = if self.options.unicode { "…" } else { "..." };
        let width = usize::from(self.options.width);
        let mut say = |line: String| writeln!(out, "{}", wrap(&line, width, 0));
        if !self.left_out.is_empty() {
            let titles = self.left_out.join(COMMA.in_lang(lang));
            match lang {
                Lang::En => say(format!("{dots} in a wider window also: {titles}"))?,
                Lang::Zh => say(format!("{dots} 窗口更宽时还有：{titles}"))?,
            }
        }
        let (shown, count) = (self.rows.len(), self.count - self.folded);
        if count > shown {
            match lang {
                Lang::En => say(format!(
                    "{dots} the first {shown} of {count} rows; --csv, --json and --ndjson have all"
                ))?,
                Lang::Zh => say(format!(
                    "{dots} 共 {count} 行，仅显示前 {shown} 行；--csv、--json 和 --ndjson 输出全部"
                ))?,
            }
        }
        for remark in &self.remarks {
            say(remark.in_lang(lang).to_string())?;
        }
        match self.options.rank {
            Some(_) => self
                .counts()
                .lines()
                .try_for_each(|line| say(line.to_string())),
            None => Ok(()),
        }
    }
}
