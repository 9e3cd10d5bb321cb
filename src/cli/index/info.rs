//! `ti index info`

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::cli::run::Run;
use crate::console::{Reporter, translate};
use crate::document::{AnswerSchema, Column, Lang, Layout, Record, Text, Utc, text_at};
use crate::error::Result;
use crate::indicator::Kind;

use super::listing::{Listing, open};

/// A source of the index.
#[derive(Debug, Serialize, JsonSchema)]
struct IndexSource {
    /// The service, or the name of the list.
    source: String,
    /// The file that was read, or `the service`.
    origin: String,
    /// When it was fetched; of a file, when it was written (RFC 3339, UTC).
    retrieved_at: Utc,
    /// Of the rows that were read, in hexadecimal.
    sha256: String,
    /// Rows that can be looked up.
    rows: u64,
    /// Rows that cannot be looked up: file names, mutexes.
    not_indexed: u64,
    /// Rows of each type.
    #[schemars(with = "BTreeMap<String, u64>")]
    types: BTreeMap<Kind, u64>,
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<IndexSource>("index-info", &["index info"]);

const COLUMNS: &[Column] = &[
    Column::new("source", "Source", "来源"),
    Column::new("origin", "Read from", "读自").cell(origin),
    Column::new("retrieved_at", "Of", "时间").no_wrap(),
    Column::new("sha256", "SHA-256", "SHA-256").droppable(1),
    Column::new("rows", "Rows", "行数").right(),
    Column::new("not_indexed", "Not indexed", "未索引")
        .right()
        .droppable(2),
    Column::new("types", "Types", "类型")
        .csv(types)
        .cell(drawn_types)
        .droppable(3),
];

const LAYOUT: Layout = Layout::plain(COLUMNS);

/// Where it was read, in words if it is no file.
fn origin(record: &Record, lang: Lang) -> Text {
    Text::plain(translate(&text_at(record, "origin"), lang))
}

/// `domain 12|ip 3`
fn types(types: &Value) -> String {
    let types = types.as_object().into_iter().flatten();
    let types: Vec<_> = types
        .map(|(kind, count)| format!("{kind} {count}"))
        .collect();
    types.join("|")
}

/// `domain 12, ip 3`, to be broken between types alone.
fn drawn_types(record: &Record, _: Lang) -> Text {
    let types = record.get("types").map(types).unwrap_or_default();
    Text::plain(types.replace(' ', "\u{a0}").replace('|', ", "))
}

pub fn run(run: &Run) -> Result<()> {
    let mut output = run.context().output(LAYOUT).open()?;
    let Listing { index, title } = open(run, None)?;
    let kinds = index.kinds()?;
    for source in index.sources() {
        let types = Kind::all().filter_map(|kind| {
            let count = kinds.get(&(source.name.clone(), kind))?;
            Some((kind, *count))
        });
        output.element(&IndexSource {
            types: types.collect(),
            source: source.name.clone(),
            origin: source.origin,
            retrieved_at: Utc(source.retrieved_at),
            sha256: source.sha256,
            rows: source.rows,
            not_indexed: source.not_indexed,
        })?;
    }
    run.notes.note(&title);
    output.complete().map(drop)
}
