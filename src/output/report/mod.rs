//! A report of records: the headline numbers, a table with the worst first, and a section each.
//! In HTML or Markdown; held in memory until its end, so that it has a limit and says so.

mod html;
mod markdown;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::console::translate;
use crate::document::{
    Card, Column, Label, Lang, Layout, List, Listed, Phrase, Rank, Record, Section, Text, grouped,
    text_at,
};
use crate::error::{Error, Kind};
use crate::indicator::defang;

use super::cards::{MAX_NAME, MAX_VALUE};
use super::grid::{Ranks, shortened};
use super::{Options, Writer, page};

/// So many records have a section: more than anybody reads, and than a browser likes.
const MAX_SECTIONS: usize = 2_000;
/// The text of all sections, in bytes.
const MAX_TEXT: usize = 32 << 20;
/// So many names are listed of what has no section.
const MAX_NAMES: usize = 1_000;
/// A cell of a table shows this many characters.
const MAX_CELL: usize = 300;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Html,
    Markdown,
}

pub(super) struct ReportWriter {
    options: Options,
    layout: Layout,
    markup: Markup,
    entries: Vec<Entry>,
    /// Bytes of text in them.
    held: usize,
    ranks: Ranks,
    /// Those that have a section, or would have one.
    count: usize,
    folded: Folded,
    sources: Vec<String>,
    remarks: Vec<String>,
    /// The list of an object that is the whole answer, and how many there are of each type.
    list: Option<(List, BTreeMap<String, usize>, usize)>,
}

/// A record in the report.
struct Entry {
    order: u8,
    row: Vec<Text>,
    card: Card,
    size: usize,
}

/// Records without a section.
#[derive(Default)]
struct Folded {
    label: Option<Phrase>,
    names: Vec<String>,
    count: usize,
}

/// What is said, in the order in which it is said.
struct Report<'a> {
    title: String,
    lang: Lang,
    sample: Option<&'static str>,
    /// `2026-11-22 04:10 UTC`
    date: String,
    /// So many of what.
    headline: Vec<(String, String)>,
    /// What was asked, and whom.
    facts: Vec<(&'static str, String)>,
    remarks: &'a [String],
    overview: Option<List>,
    cards: Vec<&'a Card>,
    list: Option<(&'static str, &'a List)>,
    /// What has no section.
    folded: Option<(String, String)>,
    /// The sentence where there is nothing else.
    empty: Option<&'a str>,
}

impl ReportWriter {
    pub fn new(options: Options, layout: Layout, markup: Markup) -> Self {
        ReportWriter {
            options,
            layout,
            markup,
            entries: Vec::new(),
            held: 0,
            ranks: Ranks::default(),
            count: 0,
            folded: Folded::default(),
            sources: Vec::new(),
            remarks: Vec::new(),
            list: None,
        }
    }

    fn phrase(&self, en: &'static str, zh: &'static str) -> &'static str {
        Phrase::new(en, zh).in_lang(self.options.lang)
    }

    fn fold(&mut self, rank: &Rank, row: Vec<Text>) {
        self.folded.label = Some(rank.label);
        self.folded.count += 1;
        if self.folded.names.len() < MAX_NAMES {
            let name = row.into_iter().find(|cell| cell.label == Label::Title);
            self.folded.names.extend(name.map(|name| name.text));
        }
    }

    fn push(&mut self, order: u8, row: Vec<Text>, card: Card) {
        let size = row.iter().map(|cell| cell.text.len()).sum::<usize>() + size_of_card(&card);
        self.held += size;
        self.entries.push(Entry {
            order,
            row,
            card,
            size,
        });
        // The worst may come last.
        if self.entries.len() >= MAX_SECTIONS * 2 || self.held > MAX_TEXT {
            self.keep(MAX_TEXT / 2);
        }
    }

    /// The worst, as many as there is room for.
    fn keep(&mut self, room: usize) {
        self.entries
            .sort_by_key(|entry| std::cmp::Reverse(entry.order));
        let mut held = 0;
        let fits = |entry: &&Entry| {
            held += entry.size;
            held <= room
        };
        let fit = self.entries.iter().take_while(fits).count();
        self.entries.truncate(fit.min(MAX_SECTIONS));
        self.held = self.entries.iter().map(|entry| entry.size).sum();
    }

    /// The section of a record that has no card: why there is no answer.
    fn failed(&self, record: &Record, rank: Option<&Rank>, row: &[Text]) -> Card {
        let title = row.iter().find(|cell| cell.label == Label::Title);
        let label = rank.map_or("", |rank| rank.label.in_lang(self.options.lang));
        let why = text_at(record, "error.message");
        let rows = vec![(String::new(), Text::plain(why))];
        Card {
            title: title.cloned().unwrap_or_default(),
            verdict: Text::new(Label::Error, label),
            sections: vec![Section {
                title: self.phrase("Why", "原因").to_string(),
                rows,
            }],
        }
    }

    fn headline(&self) -> Vec<(String, String)> {
        let counts: Vec<(usize, &str)> = match &self.list {
            Some((_, types, count)) => {
                let mut types: Vec<_> = types.iter().map(|(name, of)| (*of, &**name)).collect();
                types.sort_by_key(|(of, _)| std::cmp::Reverse(*of));
                let all = (*count, self.phrase("indicators", "个指标"));
                std::iter::once(all).chain(types).collect()
            }
            None => self.ranks.counts(self.options.lang).collect(),
        };
        let counts = counts.into_iter();
        counts
            .map(|(count, what)| (grouped(count as u128), what.to_string()))
            .collect()
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let Ranks { cached, oldest, .. } = &self.ranks;
        let cached = oldest.as_ref().map(|oldest| match self.options.lang {
            Lang::En => format!("{cached} of the answers, the oldest {oldest}"),
            Lang::Zh => format!("{cached} 个结果，最早 {oldest}"),
        });
        let facts = [
            (self.phrase("Asked", "查询"), self.options.question.clone()),
            (self.phrase("Sources", "来源"), self.sources.join(", ")),
            (
                self.phrase("From the cache", "来自缓存"),
                cached.unwrap_or_default(),
            ),
        ];
        let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
        facts.collect()
    }

    fn folded(&self) -> Option<(String, String)> {
        let Folded {
            label,
            names,
            count,
        } = &self.folded;
        let title = format!("{} ({count})", label.as_ref()?.in_lang(self.options.lang));
        let mut all = names.join(", ");
        if *count > names.len() {
            let more = grouped((count - names.len()) as u128);
            all += &match self.options.lang {
                Lang::En => format!(" and {more} more"),
                Lang::Zh => format!(" 等，另有 {more} 个"),
            };
        }
        Some((title, all))
    }

    /// What is too much for it.
    fn cut(&self) -> Vec<String> {
        self.cut_sections()
            .into_iter()
            .chain(self.cut_names())
            .collect()
    }

    fn cut_names(&self) -> Option<String> {
        let Folded {
            label,
            names,
            count,
        } = &self.folded;
        let label = label.as_ref()?.in_lang(self.options.lang);
        if *count <= names.len() {
            return None;
        }
        let (all, shown) = (grouped(*count as u128), grouped(names.len() as u128));
        Some(match self.options.lang {
            Lang::En => format!(
                "of {all} {label}, {shown} are named in the report; --csv, --json and --ndjson have all"
            ),
            Lang::Zh => format!(
                "{all} 个{label}中，报告只列出 {shown} 个；--csv、--json 和 --ndjson 包含全部"
            ),
        })
    }

    fn cut_sections(&self) -> Option<String> {
        let (all, shown) = match &self.list {
            Some((list, _, count)) => (*count, list.rows.len()),
            None => (self.count, self.entries.len()),
        };
        let is_ranked = self.options.rank.is_some();
        let (all, shown) = match all > shown {
            true => (grouped(all as u128), grouped(shown as u128)),
            false => return None,
        };
        Some(match (self.options.lang, is_ranked) {
            (Lang::En, true) => format!(
                "the {shown} worst of {all} are in the report; --csv, --json and --ndjson have all"
            ),
            (Lang::En, false) => format!(
                "the first {shown} of {all} are in the report; --csv, --json and --ndjson have all"
            ),
            (Lang::Zh, true) => format!(
                "报告只含 {all} 个中最严重的 {shown} 个；--csv、--json 和 --ndjson 包含全部"
            ),
            (Lang::Zh, false) => {
                format!("报告只含 {all} 个中的前 {shown} 个；--csv、--json 和 --ndjson 包含全部")
            }
        })
    }

    fn report(&self) -> Report<'_> {
        let lang = self.options.lang;
        let overview = List {
            titles: titles(self.layout.table, lang),
            rows: self.entries.iter().map(|entry| entry.row.clone()).collect(),
        };
        let is_empty = self.entries.is_empty() && self.folded.count == 0 && self.list.is_none();
        let list = self.list.as_ref().map(|(list, ..)| list);
        Report {
            title: match &self.options.title {
                Some(title) => title.clone(),
                None => page::own_title(lang).to_string(),
            },
            lang,
            sample: self.options.is_sample.then(|| page::sample(lang)),
            date: self.options.now.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            headline: self.headline(),
            facts: self.facts(),
            remarks: &self.remarks,
            // One has its section.
            overview: (self.entries.len() > 1).then_some(overview),
            cards: self.entries.iter().map(|entry| &entry.card).collect(),
            list: list
                .filter(|list| !list.rows.is_empty())
                .map(|list| (self.phrase("Indicators", "指标"), list)),
            folded: self.folded(),
            empty: is_empty.then_some(self.options.empty.as_str()),
        }
    }
}

impl Writer for ReportWriter {
    fn record(&mut self, record: Record, _: &mut dyn Write) -> io::Result<()> {
        let lang = self.options.lang;
        let rank = self.options.rank.map(|rank| rank(&record));
        let harmless = Harmless::of(&record);
        let mut row = cells(self.layout.table, &record, lang);
        row.iter_mut().for_each(|cell| harmless.disguise(cell));
        if let Some(rank) = &rank {
            self.ranks.count(rank);
            if rank.is_folded {
                self.fold(rank, row);
                return Ok(());
            }
        }
        self.count += 1;
        let card = self.layout.card.and_then(|card| card(&record, lang));
        let mut card = card.unwrap_or_else(|| self.failed(&record, rank.as_ref(), &row));
        harmless.disguise(&mut card.title);
        let rows = card.sections.iter_mut().flat_map(|part| &mut part.rows);
        rows.for_each(|(_, value)| harmless.disguise(value));
        self.push(rank.map_or(0, |rank| rank.order), row, bounded(card, lang));
        Ok(())
    }

    fn listed(&mut self, listed: Listed, _: &mut dyn Write) -> io::Result<()> {
        let Listed {
            mut card,
            rows,
            excerpt,
            columns,
            ..
        } = listed;
        let lang = self.options.lang;
        // The list itself stands in its place.
        if let Some(place) = excerpt.filter(|place| *place < card.sections.len()) {
            card.sections.remove(place);
        }
        let mut list = List {
            titles: titles(columns, lang),
            rows: Vec::new(),
        };
        let (mut types, mut count) = (BTreeMap::new(), 0);
        for row in rows {
            count += 1;
            *types.entry(text_at(&row, "type")).or_default() += 1;
            if list.rows.len() < self.layout.max_rows {
                list.rows.push(cells(columns, &row, lang));
            }
        }
        self.list = Some((list, types, count));
        self.push(0, Vec::new(), bounded(card, lang));
        Ok(())
    }

    fn sources(&mut self, names: Vec<String>) {
        self.sources = names;
    }

    fn incomplete(&mut self, why: Option<&Error>) {
        let why = match why {
            Some(error) if error.kind == Kind::Unchanged => return,
            // What was found ended the run; what is missing is a cause of it.
            Some(error) if error.kind == Kind::Threshold => match error.causes.first() {
                Some(missing) => missing.clone(),
                None => return,
            },
            Some(error) => translate(&error.to_string(), self.options.lang).into_owned(),
            None => self
                .phrase("the run ended with an error", "运行出错结束")
                .to_string(),
        };
        let remark = match self.options.lang {
            Lang::En => format!("This report is not complete: {why}"),
            Lang::Zh => format!("本报告不完整：{why}"),
        };
        self.remarks.insert(0, remark);
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.keep(MAX_TEXT);
        self.remarks.extend(self.cut());
        let report = self.report();
        let text = match self.markup {
            Markup::Html => html::render(&report),
            Markup::Markdown => markdown::render(&report),
        };
        out.write_all(text.as_bytes())
    }

    fn remarks(&mut self) -> Vec<String> {
        self.cut()
    }
}

/// What a record is about, in a form that no click opens: a report is sent to others, whose programs
/// make links of what looks like one.
struct Harmless(Vec<(String, String)>);

impl Harmless {
    fn of(record: &Record) -> Self {
        let names = ["indicator", "input", "unicode"].map(|field| text_at(record, field));
        let names = names.into_iter().filter(|name| !name.is_empty());
        let disguised = names.map(|name| (defang(&name), name));
        let pairs = disguised.filter(|(disguised, name)| disguised != name);
        Harmless(pairs.map(|(disguised, name)| (name, disguised)).collect())
    }

    fn disguise(&self, text: &mut Text) {
        for (name, disguised) in &self.0 {
            if text.text.contains(name) {
                text.text = text.text.replace(name, disguised);
            }
        }
    }
}

fn titles(columns: &[Column], lang: Lang) -> Vec<String> {
    let titles = columns.iter().map(|column| column.title.in_lang(lang));
    titles.map(str::to_string).collect()
}

fn cells(columns: &[Column], record: &Record, lang: Lang) -> Vec<Text> {
    let cells = columns.iter().map(|column| column.drawn(record, lang));
    cells.map(|cell| shortened(&cell, MAX_CELL, lang)).collect()
}

/// With no more text than a card has on a terminal.
fn bounded(mut card: Card, lang: Lang) -> Card {
    card.title = shortened(&card.title, MAX_VALUE, lang);
    for (name, value) in card
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.rows)
    {
        *name = shortened(&Text::plain(name.as_str()), MAX_NAME, lang).text;
        *value = shortened(value, MAX_VALUE, lang);
    }
    card
}

fn size_of_card(card: &Card) -> usize {
    let rows = card.sections.iter().flat_map(|section| &section.rows);
    let rows = rows.map(|(name, value)| name.len() + value.text.len());
    card.title.text.len() + rows.sum::<usize>()
}

/// The paragraphs of a text.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
