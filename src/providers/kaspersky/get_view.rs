//! How one report is laid out: a card with its indicators; in CSV a row an indicator.

use serde_json::Value;

use crate::document::{
    Card, Column, Drawn, Label, Lang, Layout, Phrase, Record, Section, Text, joined,
};
use crate::indicator::{self, Kind};

use super::ioc::harmless;
use super::openioc::{Indicator, OpenIoc};
use super::publication::shown;
use super::report::Report;

pub const LAYOUT: Layout = Layout {
    table: ROWS,
    empty: Phrase::new("No indicators.", "没有指标。"),
    max_rows: 1_000,
    drawn: Drawn::AsReport,
    ..Layout::plain(COLUMNS)
};

const ID: Column = Column::new("id", "ID", "编号").droppable(2);
const REPORT: Column = Column::new("report", "Report", "报告").droppable(5);
const INDICATOR: Column = Column::new("indicator", "Indicator", "指标")
    .no_wrap()
    .harmless(harmless);
const TYPE: Column = Column::new("type", "Type", "类型").no_wrap().droppable(4);
const CONDITION: Column = Column::new("condition", "Condition", "条件")
    .no_wrap()
    .droppable(3);
const SEARCH: Column = Column::new("search", "Search", "查找位置").droppable(1);

/// A row an indicator.
const ROWS: &[Column] = &[ID, REPORT, INDICATOR, TYPE, CONDITION, SEARCH];

/// The same, and what the report has, for `--fields`.
const COLUMNS: &[Column] = &joined::<{ ROWS.len() + OF_REPORT.len() }>(&[ROWS, OF_REPORT]);

const OF_REPORT: &[Column] = &[
    Column::new("name", "Name", "名称").opt_in(),
    Column::new("desc", "Description", "描述").opt_in(),
    Column::new("report_group", "Group", "类别").opt_in(),
    Column::new("published", "Published", "发布时间").opt_in(),
    Column::new("updated", "Updated", "更新时间").opt_in(),
    Column::new("tags", "Tags", "标签").opt_in(),
    Column::new("tags_industry", "Industries", "行业").opt_in(),
    Column::new("tags_geo", "Regions", "地区").opt_in(),
    Column::new("tags_actors", "Actors", "攻击者").opt_in(),
    Column::new("page", "Page", "网页").opt_in(),
    Column::new("ioc_id", "OpenIOC", "OpenIOC").opt_in(),
    Column::new("ioc_description", "OpenIOC's description", "OpenIOC 描述").opt_in(),
    Column::new("ioc_authored_date", "Authored", "编写时间").opt_in(),
    Column::new("ioc_last_modified", "Modified", "修改时间").opt_in(),
    Column::new("ioc_groups", "Indicator groups", "指标组").opt_in(),
    Column::new("indicators", "Indicators", "指标").opt_in(),
    Column::new("parts", "Parts", "部分").opt_in(),
];

/// What differs from row to row.
pub const BESIDE: &[Column] = &[INDICATOR, TYPE, CONDITION, SEARCH];

/// A card shows this many indicators; JSON has all of them.
const MAX_INDICATORS: usize = 100;

/// With the place of the section that has the first indicators.
pub fn card(report: &Report, ioc: Option<&OpenIoc>, lang: Lang) -> (Card, Option<usize>) {
    let phrase = |en, zh| Phrase::new(en, zh).in_lang(lang).to_string();
    let publication = &report.publication;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let metadata = [
        (phrase("ID", "编号"), text(&publication.id)),
        (
            phrase("Published", "发布时间"),
            shown(&publication.published),
        ),
        (phrase("Updated", "更新时间"), shown(&publication.updated)),
        (
            phrase("Actors", "攻击者"),
            publication.tags_actors.join(", "),
        ),
        (
            phrase("Industries", "行业"),
            publication.tags_industry.join(", "),
        ),
        (phrase("Regions", "地区"), publication.tags_geo.join(", ")),
        (phrase("Tags", "标签"), publication.tags.join(", ")),
    ];
    let unnamed = |text: String| match text.as_str() {
        "" => Vec::new(),
        text => vec![(String::new(), Text::plain(text))],
    };
    let filled = |(_, value): &(String, String)| !value.is_empty();
    let metadata = metadata.into_iter().filter(filled);
    let mut sections = vec![
        Section {
            title: phrase("Report", "报告"),
            rows: metadata
                .map(|(name, value)| (name, Text::plain(value)))
                .collect(),
        },
        Section {
            title: phrase("Description", "描述"),
            rows: unnamed(text(&publication.desc)),
        },
        Section {
            title: phrase("Parts", "部分"),
            rows: parts(&report.parts, lang),
        },
    ];
    let count = ioc.map_or(0, |ioc| ioc.positive().count());
    let indicators = format!("{} ({count})", phrase("Indicators", "指标"));
    if let Some(ioc) = ioc {
        sections.push(Section {
            title: indicators.clone(),
            rows: rows_of(ioc, count, lang),
        });
    }
    sections.push(Section {
        title: phrase("Page", "网页"),
        rows: unnamed(report.page.clone()),
    });
    sections.retain(|section| !section.rows.is_empty());
    let excerpt = sections
        .iter()
        .position(|section| section.title == indicators);
    let card = Card {
        title: Text::new(Label::Title, text(&publication.name)),
        verdict: Text::new(Label::Info, text(&publication.report_group)),
        sections,
    };
    (card, excerpt)
}

fn parts(parts: &Record, lang: Lang) -> Vec<(String, Text)> {
    let row = |(name, about): (&String, &Value)| {
        let size = || match lang {
            Lang::En => format!("{} bytes", about["size"]),
            Lang::Zh => format!("{} 字节", about["size"]),
        };
        let error = about["error"].as_str();
        let text = match (about, about["saved"].as_str()) {
            (Value::Null, _) => Text::new(
                Label::Muted,
                Phrase::new("not in this report", "此报告中没有").in_lang(lang),
            ),
            _ if about["size"].is_null() => Text::new(Label::Error, error.unwrap_or_default()),
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
    let mut rows: Vec<_> = parts.iter().map(row).collect();
    if !parts.iter().any(saved) {
        let hint = Text::new(Label::Muted, hint.in_lang(lang));
        rows.push((String::new(), hint));
    }
    rows
}

/// Nothing malicious is shown in a form that a click opens, and nothing that is negated at all.
fn rows_of(ioc: &OpenIoc, count: usize, lang: Lang) -> Vec<(String, Text)> {
    let row = |item: Indicator| {
        let value = indicator::harmless(item.kind, item.value);
        let value = match item.kind {
            Kind::Other | Kind::File => format!("{value}  ({})", item.search),
            _ => value,
        };
        (item.kind.name().to_string(), Text::plain(value))
    };
    let muted = |count: usize, phrase: Phrase| {
        let text = format!("{count} {}", phrase.in_lang(lang));
        (String::new(), Text::new(Label::Muted, text))
    };
    let mut rows: Vec<_> = ioc.positive().take(MAX_INDICATORS).map(row).collect();
    if let Some(more) = count.checked_sub(MAX_INDICATORS).filter(|more| *more > 0) {
        let phrase = Phrase::new("more: --json has all", "更多：--json 包含全部");
        rows.push(muted(more, phrase));
    }
    let negated = ioc.items.len() - count;
    if negated > 0 {
        let phrase = Phrase::new(
            "negated, which are no indicators: --json has them",
            "个否定条件，不是指标：--json 包含它们",
        );
        rows.push(muted(negated, phrase));
    }
    rows
}
