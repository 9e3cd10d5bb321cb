//! How reports are laid out in a list.

use crate::document::{Column, Label, Lang, Layout, Phrase, Record, Text, text_at};

use super::publication::By;

pub fn layout(by: By) -> Layout {
    Layout {
        table: match by {
            By::Published => BY_PUBLISHED,
            By::Updated => BY_UPDATED,
        },
        empty: Phrase::new("No reports.", "没有报告。"),
        max_rows: 1_000,
        ..Layout::plain(COLUMNS)
    }
}

const COLUMNS: &[Column] = &[
    Column::new("id", "ID", "编号"),
    Column::new("name", "Name", "名称"),
    Column::new("desc", "Description", "描述"),
    Column::new("report_group", "Group", "类别"),
    Column::new("published", "Published", "发布时间"),
    Column::new("updated", "Updated", "更新时间"),
    Column::new("tags", "Tags", "标签"),
    Column::new("tags_industry", "Industries", "行业"),
    Column::new("tags_geo", "Regions", "地区"),
    Column::new("tags_actors", "Actors", "攻击者"),
];

const NAME: Column = Column::new("", "Report", "报告").cell(name).min_width(30);
const GROUP: Column = Column::new("report_group", "Group", "类别").no_wrap();
const ID: Column = Column::new("", "ID", "编号").cell(id).no_wrap();

const INDUSTRIES: Column = Column::new("", "Industries", "行业")
    .cell(industries)
    .droppable(2);
const REGIONS: Column = Column::new("", "Regions", "地区")
    .cell(regions)
    .droppable(1);

const PUBLISHED: Column = Column::new("", "Published", "发布日期").cell(published);
const UPDATED: Column = Column::new("", "Updated", "更新日期").cell(updated);

const BY_PUBLISHED: &[Column] = &table(PUBLISHED);
const BY_UPDATED: &[Column] = &table(UPDATED);

const fn table(date: Column) -> [Column; 6] {
    [date.no_wrap(), GROUP, NAME, INDUSTRIES, REGIONS, ID]
}

/// The name, and whom the report is about.
fn name(record: &Record, _: Lang) -> Text {
    let name = text_at(record, "name");
    let actors = text_at(record, "tags_actors").replace('|', ", ");
    Text::plain(match actors.as_str() {
        "" => name,
        actors if name.contains(actors) => name,
        actors => format!("{name} ({actors})"),
    })
}

fn id(record: &Record, _: Lang) -> Text {
    Text::new(Label::Muted, text_at(record, "id"))
}

fn industries(record: &Record, _: Lang) -> Text {
    Text::plain(text_at(record, "tags_industry").replace('|', ", "))
}

fn regions(record: &Record, _: Lang) -> Text {
    Text::plain(text_at(record, "tags_geo").replace('|', ", "))
}

fn published(record: &Record, _: Lang) -> Text {
    Text::plain(day(text_at(record, "published")))
}

fn updated(record: &Record, _: Lang) -> Text {
    Text::plain(day(text_at(record, "updated")))
}

/// The day of an RFC 3339 time; anything else as it is.
fn day(mut time: String) -> String {
    if time.len() == "2026-01-31T00:00:00Z".len() && time.ends_with('Z') {
        time.truncate("2026-01-31".len());
    }
    time
}
