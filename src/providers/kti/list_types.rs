//! `ti kti types`: the threat types and tag types, offline.

use serde_json::{Value, json};

use crate::context::Context;
use crate::document::{Column, Label, Lang, Layout, Record, Text, text_at};
use crate::error::Result;
use crate::intel::Level;
use crate::output::Done;

use super::types::{TAG_TYPES, THREATS, tag_type_in};

#[derive(Debug, clap::Args)]
pub struct TypesArgs {}

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
    Column::new("", "Shown as", "显示为").cell(shown).spare(1),
];

const LAYOUT: Layout = Layout {
    table: TABLE,
    ..Layout::plain(COLUMNS)
};

pub fn run(_: &TypesArgs, cx: &Context) -> Result<Done> {
    let mut out = cx.output(LAYOUT).open()?;
    let threats = THREATS.iter().map(|threat| {
        json!({
            "kind": "threat",
            "name": threat.name.en,
            "name_zh": threat.name.zh,
            "category": threat.category.en,
            "category_zh": threat.category.zh,
            "level": threat.level.name(),
        })
    });
    let tags = TAG_TYPES.iter().map(|tag| {
        json!({
            "kind": "tag",
            "name": tag.name,
            "name_zh": tag.title.zh,
            "category": null,
            "category_zh": null,
            "level": null,
        })
    });
    for record in threats.chain(tags) {
        if let Value::Object(record) = record {
            out.record(record)?;
        }
    }
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
