//! What tables, cards and reports are made with.

use std::collections::BTreeMap;

use comfy_table::{ContentArrangement, Table, TableStyle};

use crate::console::plain_signs;
use crate::document::{Lang, Phrase, Rank, Text};

use super::Options;

/// Two blanks between columns, no lines.
pub(super) const RULED: TableStyle = TableStyle::new();

/// What records come to, by their ranks.
#[derive(Default)]
pub(super) struct Ranks {
    /// How many there are of each order, and what they are called.
    counts: BTreeMap<u8, (Phrase, usize)>,
    /// Answers from the cache, and since when it has the oldest.
    pub cached: usize,
    pub oldest: Option<String>,
}

impl Ranks {
    pub fn count(&mut self, rank: &Rank) {
        self.counts.entry(rank.order).or_insert((rank.label, 0)).1 += 1;
        if let Some(since) = rank.cached_since.clone() {
            self.cached += 1;
            self.oldest = self.oldest.take().into_iter().chain([since]).min();
        }
    }

    /// The highest first.
    pub fn counts(&self, lang: Lang) -> impl Iterator<Item = (usize, &'static str)> {
        let counts = self.counts.values().rev();
        counts.map(move |(label, count)| (*count, label.in_lang(lang)))
    }
}

/// A table without lines that keeps to a width.
pub(super) fn bare_table(width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(RULED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    table
}

impl Options {
    /// As a terminal shows it: at most `max` characters, with signs that it has.
    pub(super) fn shown(&self, text: &Text, max: usize) -> Text {
        let mut shown = shortened(text, max, self.lang);
        if !self.unicode {
            shown.text = plain_signs(&shown.text).into_owned();
        }
        shown
    }
}

/// Hostile or merely long: at most `max` characters, and how many there were.
pub(super) fn shortened(text: &Text, max: usize, lang: Lang) -> Text {
    if text.text.len() <= max {
        return text.clone();
    }
    let count = text.text.chars().count();
    if count <= max {
        return text.clone();
    }
    let head: String = text.text.chars().take(max).collect();
    let shown = match lang {
        Lang::En => format!("{head}… ({count} characters)"),
        Lang::Zh => format!("{head}…（共 {count} 字符）"),
    };
    Text::new(text.label, shown)
}
