//! Records as a table in the width of the terminal; a record alone as a card.

use std::collections::BTreeMap;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, LineStyle, Table, Width};

use crate::document::{Align, Column, Document, Label, Layout, Listed, Phrase, Rank, Record, Text};

use super::grid::{RULED, bare_table, shortened};
use super::{Options, Writer, cards, chart};

/// A cell of a table shows this many characters; JSON and CSV have all of them.
const MAX_CELL: usize = 300;

/// A firm column is kept whole up to this width: a SHA-256 is.
const WHOLE: usize = 64;

/// What is left to a column that can be broken.
const LEAST: usize = 14;

/// Blanks between columns.
const GAP: usize = 2;

pub(super) struct TableWriter {
    options: Options,
    layout: Layout,
    columns: Vec<Column>,
    rows: Vec<Vec<Text>>,
    /// The order of each row, where they have one.
    orders: Vec<u8>,
    /// How many records there are of each order, and what they are called.
    ranks: BTreeMap<u8, (Phrase, usize)>,
    /// Records that have no row.
    folded: usize,
    /// The only record so far: it may become a card.
    first: Option<Record>,
    count: usize,
    /// Whether a figure or a card was written, which is a table in itself.
    drawn: bool,
    /// Titles of columns for which there is no room.
    left_out: Vec<&'static str>,
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
            ranks: BTreeMap::new(),
            folded: 0,
            first: None,
            count: 0,
            drawn: false,
            left_out: Vec::new(),
        }
    }

    fn row(&mut self, record: &Record) {
        let lang = self.options.lang;
        let texts = self.columns.iter().map(|column| column.text(record, lang));
        self.rows.push(texts.collect());
    }

    fn ranked(&mut self, record: &Record, rank: Rank) {
        let (_, count) = self.ranks.entry(rank.order).or_insert((rank.label, 0));
        *count += 1;
        if rank.is_folded {
            self.folded += 1;
            return;
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

    /// `2 malicious, 1 suspicious, 36 not found (--all shows them)`
    fn counts(&self) -> String {
        let lang = self.options.lang;
        let words = self.ranks.values().rev();
        let words = words.map(|(label, count)| format!("{count} {}", label.in_lang(lang)));
        let counts = words.collect::<Vec<_>>().join(", ");
        let all = Phrase::new("(--all shows them)", "（--all 显示全部）");
        match self.folded {
            0 => counts,
            _ => format!("{counts} {}", all.in_lang(lang)),
        }
    }

    /// Leaves out columns that are not worth their width here, or have none.
    fn make_room(&mut self) {
        if self.options.fields.is_some() {
            return;
        }
        for index in (0..self.columns.len()).rev() {
            let is_empty = self.rows.iter().all(|row| row[index].text.is_empty());
            let min_width = self.columns[index].min_width;
            if min_width > self.options.width || (min_width > 0 && is_empty) {
                self.leave_out(index, is_empty);
            }
        }
        while self.firm_limit().is_none()
            && let Some(index) = self.columns.iter().rposition(|column| column.droppable)
        {
            self.leave_out(index, false);
        }
    }

    fn leave_out(&mut self, index: usize, silently: bool) {
        let column = self.columns.remove(index);
        for row in &mut self.rows {
            row.remove(index);
        }
        if !silently {
            self.left_out
                .insert(0, column.title.in_lang(self.options.lang));
        }
    }

    /// The most that a firm column may take, if all of them can stay whole.
    fn firm_limit(&self) -> Option<u16> {
        let width_of = |(index, column): (usize, &Column)| {
            let title = column.title.in_lang(self.options.lang).width();
            let cells = self.rows.iter().map(|row| row[index].text.width());
            let widest = cells.max().unwrap_or(0).max(title);
            match column.no_wrap {
                true => widest.min(WHOLE) + GAP,
                false => widest.min(LEAST) + GAP,
            }
        };
        let all: usize = self.columns.iter().enumerate().map(width_of).sum();
        let fits = all <= usize::from(self.options.width) + GAP;
        fits.then_some((WHOLE + GAP) as u16)
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
                    .map(|text| Cell::new(palette.paint(&shortened(text, MAX_CELL)))),
            );
        }
        let widest = table.column_max_content_widths();
        let width = self.options.width;
        let firm = self.firm_limit().unwrap_or(width / 3);
        for (index, column) in table.column_iter_mut().enumerate() {
            let Some(definition) = self.columns.get(index) else {
                break;
            };
            column.set_padding((0, GAP as u16));
            if definition.align == Align::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if definition.no_wrap {
                let width = widest.get(index).map_or(0, |width| (width + 2).min(firm));
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
            }
        }
        table
    }
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

    fn listed(&mut self, mut listed: Listed, out: &mut dyn Write) -> io::Result<()> {
        if self.options.fields.is_some() {
            return listed.rows.try_for_each(|row| self.record(row, out));
        }
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
            return writeln!(out, "{}", self.layout.empty.in_lang(lang));
        }
        if self.options.rank.is_some() {
            self.sort();
        }
        if !self.rows.is_empty() {
            self.make_room();
            for line in self.table().lines() {
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        let dots = if self.options.unicode { "…" } else { "..." };
        if !self.left_out.is_empty() {
            let titles = self.left_out.join(", ");
            writeln!(out, "{dots} in a wider window also: {titles}")?;
        }
        let (shown, count) = (self.rows.len(), self.count - self.folded);
        if count > shown {
            writeln!(
                out,
                "{dots} the first {shown} of {count} rows; --csv, --json and --ndjson have all"
            )?;
        }
        match self.options.rank {
            Some(_) => writeln!(out, "{}", self.counts()),
            None => Ok(()),
        }
    }
}
