//! How an element of a lookup reads, whichever command shows it. Pure.

use crate::document::{Card, Column, Drawn, Label, Lang, Layout, Phrase, Record, Text, text_at};
use crate::indicator::defang;
use crate::intel::Level;

use super::change::level_before;

/// A list of elements; one alone is a card.
pub const fn layout(
    columns: &'static [Column],
    table: &'static [Column],
    card: fn(&Record, Lang) -> Option<Card>,
) -> Layout {
    Layout {
        columns,
        table,
        card: Some(card),
        empty: Phrase::new("Nothing to show.", "没有可显示的结果。"),
        max_rows: 10_000,
        drawn: Drawn::AsReport,
    }
}

pub fn level_of(record: &Record) -> Level {
    Level::of_name(&text_at(record, "level")).unwrap_or(Level::None)
}

/// Nothing malicious, now or before, is shown in a form that a click opens.
pub fn harmless(record: &Record, name: &str) -> String {
    let was = level_before(record).unwrap_or(Level::None);
    match level_of(record).max(was) {
        Level::Malicious => defang(name),
        _ => name.to_string(),
    }
}

/// The indicator, or what was given in its place; in its own script first.
pub fn indicator(record: &Record, _: Lang) -> Text {
    let name = match text_at(record, "indicator") {
        name if name.is_empty() => text_at(record, "input"),
        name => name,
    };
    let name = harmless(record, &name);
    let shown = match text_at(record, "unicode") {
        unicode if unicode.is_empty() => name,
        unicode => format!("{} ({name})", harmless(record, &unicode)),
    };
    Text::new(Label::Title, shown)
}

/// The level of an element or of an answer in it, or what kept it from being known.
pub fn verdict(record: &Record, lang: Lang) -> Text {
    let status = text_at(record, "status");
    let label = match status.as_str() {
        "found" => {
            let level = level_of(record);
            return Text::new(level.label(), level.phrase().in_lang(lang));
        }
        "not_found" | "skipped" | "unsupported" => Label::Muted,
        _ => Label::Error,
    };
    Text::new(label, phrase(&status).in_lang(lang))
}

/// The words for a status that is no verdict.
pub fn phrase(status: &str) -> Phrase {
    match status {
        "not_found" => Phrase::new("not found", "无数据"),
        "invalid" => Phrase::new("refused", "无效"),
        "skipped" => Phrase::new("not asked", "未查询"),
        "unsupported" => Phrase::new("unsupported", "不支持"),
        _ => Phrase::new("failed", "失败"),
    }
}
