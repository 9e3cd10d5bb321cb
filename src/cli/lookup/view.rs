//! How the answers of all sources are laid out: the columns, the table, the card.

use serde_json::Value;

use crate::document::{
    Card, Column, Label, Lang, Layout, Phrase, Record, Section, Text, at, flat, joined, text_at,
};
use crate::lookup::change_view::{CHANGE, CHANGED, levels, with_change};
use crate::lookup::view::{harmless, indicator, layout, verdict};
use crate::provider::Provider;
use crate::providers;

use super::super::given::quoted;

pub const LAYOUT: Layout = layout(COLUMNS, TABLE, card);

/// Where answers are compared.
pub const CHANGES: Layout = Layout {
    columns: &joined::<{ COLUMNS.len() + CHANGED.len() }>(&[CHANGED, COLUMNS]),
    table: &joined::<{ TABLE.len() + 1 }>(&[&[CHANGE], TABLE]),
    ..LAYOUT
};

const COLUMNS: &[Column] = &[
    Column::new("indicator", "Indicator", "指标").harmless(harmless),
    Column::new("type", "Type", "类型"),
    Column::new("input", "Input", "输入").harmless(harmless),
    Column::new("unicode", "Unicode", "Unicode").harmless(harmless),
    Column::new("status", "Status", "状态"),
    Column::new("level", "Level", "级别").cell(level),
    Column::new("sources", "Sources", "来源")
        .cell(sources)
        .csv(flat_sources),
    Column::new("ignored_by.list", "Ignored by", "忽略名单"),
    Column::new("ignored_by.entry", "Ignored as", "忽略条目"),
    Column::new("ignored_by.reason", "Ignored because", "忽略原因"),
    Column::new("error.kind", "Error", "错误"),
    Column::new("error.message", "Error message", "错误消息"),
];

const TABLE: &[Column] = &[
    Column::new("", "Indicator", "指标")
        .cell(indicator)
        .no_wrap(),
    Column::new("", "Level", "级别").cell(level).no_wrap(),
    Column::new("", "Sources", "来源").cell(sources),
    Column::new("", "What", "内容").cell(what),
];

fn is_ignored(record: &Record) -> bool {
    at(record, "ignored_by").is_some()
}

/// The level, or what kept it from being known; with the one before, where answers are compared.
fn level(record: &Record, lang: Lang) -> Text {
    let text = levels(record, verdict(record, lang), lang);
    match is_ignored(record) {
        true => {
            let ignored = Phrase::new("ignored", "已忽略").in_lang(lang);
            Text::new(Label::Muted, format!("{}, {ignored}", text.text))
        }
        false => text,
    }
}

fn answers(record: &Record) -> impl Iterator<Item = &Record> {
    let sources = at(record, "sources").and_then(Value::as_array);
    sources.into_iter().flatten().filter_map(Value::as_object)
}

fn has_found(answer: &&Record) -> bool {
    text_at(answer, "status") == "found"
}

/// Who knows it.
fn sources(record: &Record, _: Lang) -> Text {
    let names: Vec<_> = answers(record)
        .filter(has_found)
        .map(|answer| text_at(answer, "source"))
        .collect();
    Text::plain(names.join(", "))
}

/// `kti:malicious|kaspersky:not_found`
fn flat_sources(sources: &Value) -> String {
    let answers = sources.as_array().into_iter().flatten();
    let word = |answer: &Value| {
        let said = ["level", "status"]
            .into_iter()
            .find_map(|name| answer.get(name)?.as_str());
        let source = answer.get("source").map(flat).unwrap_or_default();
        format!("{source}:{}", said.unwrap_or_default())
    };
    answers.map(word).collect::<Vec<_>>().join("|")
}

/// The few words that tell an analyst what it is; why it is known to be good.
fn what(record: &Record, lang: Lang) -> Text {
    let mut words = Vec::new();
    if is_ignored(record) {
        words.extend(["ignored_by.list", "ignored_by.reason"].map(|field| text_at(record, field)));
    }
    for answer in answers(record).filter(has_found) {
        words.extend(judgments(answer, lang));
        words.extend(reports(answer).map(|report| text_at(report, "publication")));
    }
    words.retain(|word| !word.is_empty());
    words.dedup();
    Text::plain(words.join(", "))
}

/// As the service's own commands name them.
fn judgments(answer: &Record, lang: Lang) -> Vec<String> {
    let names = list(answer, "judgments");
    match asked(answer) {
        None => names,
        Some(provider) => {
            let names = names.iter().map(|name| provider.judgment_in(name, lang));
            names.collect()
        }
    }
}

/// The provider that gave an answer; `None` for a list.
fn asked(answer: &Record) -> Option<&'static dyn Provider> {
    let source = text_at(answer, "source");
    let mut providers = providers::ALL.iter().copied();
    providers.find(|provider| provider.name() == source)
}

fn list(answer: &Record, field: &str) -> Vec<String> {
    let items = at(answer, field).and_then(Value::as_array);
    items.into_iter().flatten().map(flat).collect()
}

fn reports(answer: &Record) -> impl Iterator<Item = &Record> {
    let reports = at(answer, "reports").and_then(Value::as_array);
    reports.into_iter().flatten().filter_map(Value::as_object)
}

/// Verdict and number of sources first, then a section a source.
fn card(record: &Record, lang: Lang) -> Option<Card> {
    if at(record, "error").is_some() {
        return None;
    }
    let (known, all) = (
        answers(record).filter(has_found).count(),
        answers(record).count(),
    );
    let of = match lang {
        Lang::En => format!("{known} of {all} sources"),
        Lang::Zh => format!("{all} 个来源中的 {known} 个"),
    };
    let level = with_change(record, level(record, lang), lang);
    let mut sections: Vec<_> = answers(record)
        .map(|answer| section(record, answer, lang))
        .collect();
    if is_ignored(record) {
        let phrase = |en, zh| Phrase::new(en, zh).in_lang(lang).to_string();
        sections.insert(
            0,
            Section {
                title: phrase("Known good", "已知良性"),
                rows: present([
                    (phrase("List", "名单"), text_at(record, "ignored_by.list")),
                    (phrase("Entry", "条目"), text_at(record, "ignored_by.entry")),
                    (
                        phrase("Reason", "原因"),
                        text_at(record, "ignored_by.reason"),
                    ),
                ]),
            },
        );
    }
    Some(Card {
        title: indicator(record, lang),
        verdict: Text::new(level.label, format!("{} · {of}", level.text)),
        sections,
    })
}

/// A report a row; more than a few are counted.
const REPORTS_SHOWN: usize = 5;

fn section(record: &Record, answer: &Record, lang: Lang) -> Section {
    let phrase = |en, zh| Phrase::new(en, zh).in_lang(lang).to_string();
    let mut rows = vec![(phrase("Verdict", "研判"), verdict(answer, lang))];
    let mut told = vec![
        (phrase("Why", "原因"), text_at(answer, "error.message")),
        (
            phrase("Threat types", "威胁类型"),
            judgments(answer, lang).join(", "),
        ),
        (
            phrase("Answer for", "应答对象"),
            harmless(record, &text_at(answer, "answered_for")),
        ),
    ];
    let count = reports(answer).count();
    for report in reports(answer).take(REPORTS_SHOWN) {
        let known = texts_at(report, &["publication", "detection_date"]);
        let id = text_at(report, "id");
        // A bare number would say nothing.
        let text = match (known.is_empty(), id.is_empty()) {
            (true, true) => harmless(record, &text_at(report, "listed_as")),
            (true, false) => format!("id {id}"),
            (false, true) => known,
            (false, false) => format!("{known} · id {id}"),
        };
        told.push((phrase("Listed", "收录"), text));
    }
    if count > REPORTS_SHOWN {
        let more = format!("+ {}", count - REPORTS_SHOWN);
        told.push((phrase("Listed", "收录"), more));
    }
    if !matches!(text_at(answer, "how").as_str(), "" | "exact") {
        told.push((
            phrase("How", "匹配方式"),
            text_at(answer, "how").replace('_', " "),
        ));
    }
    let about = [
        "ip.location.country",
        "ip.asn.info",
        "domain.cur_whois.registrar_name",
    ];
    told.push((phrase("About", "概况"), texts_at(answer, &about)));
    if has_found(&answer) {
        told.push((phrase("More", "更多"), more(record, answer)));
    }
    rows.extend(present(told));
    Section {
        title: text_at(answer, "source"),
        rows,
    }
}

/// What there is of these fields, in one line.
fn texts_at(record: &Record, fields: &[&str]) -> String {
    let texts = fields.iter().map(|field| text_at(record, field));
    let texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}

/// The command that tells more.
fn more(record: &Record, answer: &Record) -> String {
    let words = asked(answer).and_then(|provider| provider.more(record, answer));
    let line = |line: String, word: &String| line + " " + &quoted(word);
    words.map_or_else(String::new, |words| {
        words.iter().fold("ti".to_string(), line)
    })
}

fn present(rows: impl IntoIterator<Item = (String, String)>) -> Vec<(String, Text)> {
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(name, value)| (name, Text::plain(value)))
        .collect()
}
