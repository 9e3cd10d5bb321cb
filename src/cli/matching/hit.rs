//! A match as it comes out in JSON and CSV.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::document::{AnswerSchema, Column, Layout, Phrase, Record, text_at};
use crate::indicator::{self, Kind};
use crate::intel::{IgnoredBy, Level};
use crate::matching::Sighting;
use crate::store::index::How;

/// Something that is listed, where it stands in a log.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatchHit<'a> {
    /// The log as it was named; `-` is stdin.
    pub file: String,
    /// From 1.
    pub line: u64,
    /// Bytes of the log, unpacked and as UTF-8, before the match.
    pub offset: u64,
    /// As it stands in the log; bytes that are no UTF-8 become `U+FFFD`.
    pub r#match: String,
    /// What is listed, in its canonical form.
    pub indicator: String,
    /// What kind of indicator is listed.
    pub r#type: Kind,
    /// How the match is what is listed.
    pub how: How,
    /// The line, without its end.
    pub text: &'a str,
    /// Who lists it.
    pub sources: Vec<MatchSource>,
    /// The entry of a known-good list that it is on; it does not count then.
    pub ignored_by: Option<IgnoredBy>,
}

/// A source that lists an indicator.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatchSource {
    /// The service, or the name of the list.
    pub source: String,
    /// How bad it is there.
    pub level: Level,
    /// Why it is listed, in the order of the source.
    pub reports: Vec<MatchReport>,
}

/// A row of a source.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatchReport {
    /// As the source numbers the row.
    pub id: Option<String>,
    /// The title of the report, or the reason in a list.
    pub publication: Option<String>,
    /// `YYYY-MM-DD`
    pub detection_date: Option<String>,
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<MatchHit>("match", &["match"]);

pub const LAYOUT: Layout = Layout {
    table: TABLE,
    empty: Phrase::new("No match.", "没有匹配。"),
    max_rows: 1000,
    ..Layout::plain(COLUMNS)
};

const COLUMNS: &[Column] = &[
    Column::new("file", "File", "文件"),
    Column::new("line", "Line", "行").right(),
    Column::new("offset", "Offset", "偏移").right(),
    MATCH,
    INDICATOR,
    Column::new("type", "Type", "类型"),
    Column::new("how", "How", "方式"),
    Column::new("text", "Text", "文本").harmless(harmless_line),
    Column::new("sources", "Sources", "来源").csv(names),
    Column::new("ignored_by.list", "Ignored by", "忽略名单"),
    Column::new("ignored_by.entry", "Ignored as", "忽略条目"),
    Column::new("ignored_by.reason", "Ignored because", "忽略原因"),
];

const TABLE: &[Column] = &[
    Column::new("file", "File", "文件"),
    Column::new("line", "Line", "行").right(),
    MATCH,
    INDICATOR,
    Column::new("type", "Type", "类型").no_wrap().droppable(2),
    Column::new("how", "How", "方式").no_wrap().droppable(1),
];

const MATCH: Column = Column::new("match", "Match", "匹配").harmless(harmless);
const INDICATOR: Column = Column::new("indicator", "Indicator", "指标").harmless(harmless);

/// All of them are malicious: none is shown in a form that a click opens.
fn harmless(record: &Record, seen: &str) -> String {
    indicator::harmless(text_at(record, "type").parse().unwrap_or(Kind::Other), seen)
}

fn harmless_line(record: &Record, line: &str) -> String {
    match text_at(record, "match") {
        seen if seen.is_empty() => line.to_string(),
        seen => line.replace(&seen, &harmless(record, &seen)),
    }
}

/// The names of the sources; what else is known of them is for JSON.
fn names(sources: &Value) -> String {
    let sources = sources.as_array().into_iter().flatten();
    let names = sources.filter_map(|source| source["source"].as_str());
    names.collect::<Vec<_>>().join("|")
}

/// The sources of what was found, each with its rows.
pub fn sources(found: &Sighting) -> Vec<MatchSource> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let mut sources: Vec<MatchSource> = Vec::new();
    for row in &found.hit.rows {
        let known = sources.iter().position(|known| known.source == row.source);
        let place = known.unwrap_or_else(|| {
            sources.push(MatchSource {
                source: row.source.clone(),
                level: Level::Malicious,
                reports: Vec::new(),
            });
            sources.len() - 1
        });
        sources[place].reports.push(MatchReport {
            id: text(&row.id),
            publication: text(&row.publication),
            detection_date: text(&row.date),
        });
    }
    sources
}
