//! `ti kti types`: the threat types and tag types, offline.

use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::document::{AnswerSchema, Column, Label, Lang, Layout, Record, Text, text_at};
use crate::error::Result;
use crate::intel::Level;
use crate::output::Done;

use super::types::{TAG_TYPES, THREATS, tag_type_in};

const COLUMNS: &[Column] = &[
    Column::new("kind", "Kind", "种类"),
    Column::new("name", "Name", "英文名称"),
    Column::new("name_zh", "Chinese", "中文名称"),
    Column::new("category", "Category", "分类"),
    Column::new("category_zh", "Category (Chinese)", "分类（中文）"),
    Column::new("level", "Level", "级别").cell(level),
];
const TABLE: &[Column] = &[
    COLUMNS[0],
    COLUMNS[1],
    COLUMNS[2],
    COLUMNS[3],
    COLUMNS[5],
    Column::new("", "Shown as", "显示为")
        .cell(shown)
        .droppable(1),
];

const LAYOUT: Layout = Layout {
    table: TABLE,
    ..Layout::plain(COLUMNS)
};

/// A threat type or a tag type.
#[derive(Debug, Serialize, JsonSchema)]
struct Entry {
    /// Which of both.
    kind: Sort,
    /// In English, as the service gives it.
    name: &'static str,
    /// In Chinese.
    name_zh: &'static str,
    /// The main type that a threat type is a kind of; null for tags.
    category: Option<&'static str>,
    /// The same in Chinese.
    category_zh: Option<&'static str>,
    /// How bad it is; null for tags.
    level: Option<Level>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Threat,
    Tag,
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<Entry>("kti-types", &["kti types"]);

pub fn run(cx: &Context) -> Result<Done> {
    let mut out = cx.output(LAYOUT).open()?;
    let threats = THREATS.iter().map(|threat| Entry {
        kind: Sort::Threat,
        name: threat.name.en,
        name_zh: threat.name.zh,
        category: Some(threat.category.en),
        category_zh: Some(threat.category.zh),
        level: Some(threat.level),
    });
    let tags = TAG_TYPES.iter().map(|tag| Entry {
        kind: Sort::Tag,
        name: tag.name,
        name_zh: tag.title.zh,
        category: None,
        category_zh: None,
        level: None,
    });
    threats
        .chain(tags)
        .try_for_each(|entry| out.element(&entry))?;
    out.complete()
}

/// The words that a tag type has in tables and on cards.
fn shown(record: &Record, lang: Lang) -> Text {
    Text::plain(match text_at(record, "kind").as_str() {
        "tag" => tag_type_in(&text_at(record, "name"), lang),
        _ => String::new(),
    })
}

fn level(record: &Record, lang: Lang) -> Text {
    let name = text_at(record, "level");
    match Level::of_name(&name) {
        None | Some(Level::None) => Text::new(Label::Muted, ""),
        Some(level) => Text::new(level.label(), level.phrase().in_lang(lang)),
    }
}
