//! How one report is laid out: a card with its indicators.

use serde_json::Value;

use crate::document::{
    Card, Column, Drawn, Label, Lang, Layout, Phrase, Record, Section, Text, flat, text_at,
};

use super::kind::Kind;

pub const LAYOUT: Layout = Layout {
    columns: COLUMNS,
    table: COLUMNS,
    card: Some(card),
    empty: Phrase::new("No report.", "没有报告。"),
    max_rows: 1,
    drawn: Drawn::Never,
};

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
    Column::new("ioc_id", "OpenIOC", "OpenIOC"),
    Column::new("indicators", "Indicators", "指标").csv(flat_indicators),
    Column::new("parts", "Parts", "部分"),
];

/// Shown on the card, in this order, where there is a value.
const METADATA: [&str; 7] = [
    "id",
    "published",
    "updated",
    "tags_actors",
    "tags_industry",
    "tags_geo",
    "tags",
];

/// A card shows this many indicators; JSON has all of them.
const MAX_INDICATORS: usize = 100;

fn card(record: &Record, lang: Lang) -> Option<Card> {
    let text = |field: &str| text_at(record, field);
    let phrase = |en, zh| Phrase::new(en, zh).in_lang(lang).to_string();
    let mut sections = Vec::new();
    let rows = METADATA.iter().filter_map(|field| {
        let column = COLUMNS.iter().find(|column| column.field == *field)?;
        let value = text(field).replace('|', ", ");
        let row = (column.title.in_lang(lang).to_string(), Text::plain(value));
        (!row.1.text.is_empty()).then_some(row)
    });
    sections.push(Section {
        title: phrase("Report", "报告"),
        rows: rows.collect(),
    });
    if !text("desc").is_empty() {
        sections.push(Section {
            title: phrase("Description", "描述"),
            rows: vec![(String::new(), Text::plain(text("desc")))],
        });
    }
    sections.push(Section {
        title: phrase("Parts", "部分"),
        rows: parts(record, lang),
    });
    if let Some(Value::Array(indicators)) = record.get("indicators") {
        sections.push(Section {
            title: format!("{} ({})", phrase("Indicators", "指标"), indicators.len()),
            rows: rows_of(indicators, lang),
        });
    }
    sections.retain(|section| !section.rows.is_empty());
    Some(Card {
        title: Text::new(Label::Title, text("name")),
        verdict: Text::new(Label::Info, text("report_group")),
        sections,
    })
}

fn parts(record: &Record, lang: Lang) -> Vec<(String, Text)> {
    let parts = record.get("parts").and_then(Value::as_object);
    let parts = parts.into_iter().flatten();
    let row = |(name, about): (&String, &Value)| {
        let size = || format!("{} bytes", about["size"]);
        let text = match (about, about["saved"].as_str()) {
            (Value::Null, _) => Text::new(
                Label::Muted,
                Phrase::new("not in this report", "此报告中没有").in_lang(lang),
            ),
            (_, Some(path)) => Text::plain(format!("{path}  ({})", size())),
            (_, None) => Text::plain(size()),
        };
        (name.clone(), text)
    };
    let saved = |(_, about): (&String, &Value)| about["saved"].is_string();
    let hint = Phrase::new(
        "--save DIR writes all of them to files, the PDF and the YARA rules too",
        "--save DIR 将全部内容（含 PDF 和 YARA 规则）保存为文件",
    );
    let mut rows: Vec<_> = parts.clone().map(row).collect();
    if !parts.clone().any(saved) {
        let hint = Text::new(Label::Muted, hint.in_lang(lang));
        rows.push((String::new(), hint));
    }
    rows
}

/// Nothing malicious is shown in a form that a click opens.
fn rows_of(indicators: &[Value], lang: Lang) -> Vec<(String, Text)> {
    let of = |item: &Value, field: &str| item[field].as_str().unwrap_or_default().to_string();
    let row = |item: &Value| {
        let value = of(item, "value");
        let value = match of(item, "type").as_str() {
            "other" => format!("{value}  ({})", of(item, "search")),
            "ip" | "domain" | "url" => Kind::on_network(&value).defanged(&value),
            _ => value,
        };
        (of(item, "type"), Text::plain(value))
    };
    let mut rows: Vec<_> = indicators.iter().take(MAX_INDICATORS).map(row).collect();
    if indicators.len() > MAX_INDICATORS {
        let more = indicators.len() - MAX_INDICATORS;
        let all = Phrase::new("more: --json has all", "更多：--json 包含全部").in_lang(lang);
        rows.push((
            String::new(),
            Text::new(Label::Muted, format!("{more} {all}")),
        ));
    }
    rows
}

/// `md5:…|domain:…`
fn flat_indicators(value: &Value) -> String {
    let items = value.as_array().into_iter().flatten();
    let pairs: Vec<_> = items
        .map(|item| format!("{}:{}", flat(&item["type"]), flat(&item["value"])))
        .collect();
    pairs.join("|")
}
