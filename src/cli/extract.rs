//! `ti extract`: the indicators in texts, offline.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::{ArgMatches, Args, Command, FromArgMatches};
use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{AnswerSchema, Asked, Column, Layout, Phrase, Record};
use crate::error::{Error, Kind, Result};
use crate::indicator;
use crate::input::{Extracted, TextArgs, Totals};
use crate::output::{Output, Takes};
use crate::providers::kti;

use super::run::Run;

/// Find the indicators in texts: mails, reports, chats, logs (offline)
#[derive(Debug, Args)]
#[command(add = Takes::RECORDS, before_help = "\
Examples:
  ti extract report.txt
  ti extract mail.eml --csv
  xclip -o | ti extract | ti kti search")]
struct ExtractArgs {
    /// Texts, mails among them; `-` is stdin
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    text: TextArgs,
}

pub fn command() -> Command {
    ExtractArgs::augment_args(Command::new("extract"))
}

/// An indicator, and where it stands first.
#[derive(Debug, Serialize, JsonSchema)]
struct Entry {
    /// Without disguise; a domain as it goes over the wire.
    indicator: String,
    /// What it is.
    #[serde(rename = "type")]
    kind: indicator::Kind,
    /// As it was written where it stands first.
    text: String,
    /// Whether it was written so that nobody clicks it.
    disguised: bool,
    /// How often it stands there, in whatever form.
    count: u64,
    /// The file, or `stdin`.
    file: String,
    /// From 1; null in a mail, whose parts are decoded.
    line: Option<u64>,
    /// Bytes before it, of the text as UTF-8; null in a mail.
    offset: Option<u64>,
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<Entry>("extract", &["extract"]);

const LAYOUT: Layout = Layout {
    table: TABLE,
    empty: Phrase::new("No indicators.", "没有指标。"),
    ..Layout::plain(COLUMNS)
};

const COLUMNS: &[Column] = &[
    Column::new("indicator", "Indicator", "指标")
        .no_wrap()
        .harmless(harmless),
    Column::new("type", "Type", "类型").no_wrap().droppable(2),
    Column::new("text", "As written", "原文").harmless(harmless),
    Column::new("disguised", "Disguised", "经伪装"),
    Column::new("count", "Count", "次数").right().droppable(1),
    Column::new("file", "File", "文件").droppable(3),
    Column::new("line", "Line", "行").right(),
    Column::new("offset", "Offset", "偏移").right(),
];
const TABLE: &[Column] = &[COLUMNS[0], COLUMNS[1], COLUMNS[4], COLUMNS[5], COLUMNS[6]];

/// Nobody has said yet that it does no harm.
fn harmless(_: &Record, indicator: &str) -> String {
    indicator::defang(indicator)
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let args = ExtractArgs::from_arg_matches(matches)?;
    let cx = run.context();
    let files = args.text.files(&args.files, cx.system())?;
    let opening = cx.output(LAYOUT);
    let names = files.iter().map(|file| match file.to_str() {
        Some("-") => "stdin".to_string(),
        _ => file.display().to_string(),
    });
    let opening = opening.asked(Asked::inside(names));
    let is_list = opening.is_for_a_pipe();
    let out = match is_list {
        true => cx.byte_output().open()?,
        false => opening.open()?,
    };
    let mut entries = Entries::default();
    let mut failed: Vec<Error> = Vec::new();
    for file in &files {
        if let Err(error) = entries.read(file, &args.text) {
            failed.push(error);
        }
    }
    let missing = match &failed[..] {
        [] => None,
        [only] if files.len() == 1 && entries.entries.is_empty() => return Err(only.clone()),
        [only] if files.len() == 1 => Some(only.clone()),
        failed => {
            for error in failed {
                cx.notes.error(&error.to_string());
            }
            let kind = match failed.len() == files.len() {
                true => Kind::Usage,
                false => Kind::Partial,
            };
            let (failed, files) = (failed.len(), files.len());
            let said = format!("{failed} of {files} files could not be read");
            Some(Error::new(kind, said))
        }
    };
    cx.notes.note(&entries.totals.sentence(kti::SERVICE));
    entries.write(out, is_list, missing)
}

#[derive(Default)]
struct Entries {
    entries: Vec<Entry>,
    /// Where each kind and key is among them.
    places: HashMap<(indicator::Kind, String), usize>,
    totals: Totals,
}

impl Entries {
    fn read(&mut self, file: &std::path::Path, args: &TextArgs) -> Result<()> {
        let (mut text, name) = args.open(file)?;
        let failed = |error| Error::usage(format!("{name}: cannot be read")).cause(error);
        let ended = loop {
            match text.read_next() {
                Ok(Some(found)) => {
                    self.totals.count(&found.indicator, kti::SERVICE);
                    self.add(found, &name);
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(failed(error)),
            }
        };
        self.totals.add(&text);
        ended
    }

    fn add(&mut self, found: Extracted, file: &str) {
        let kind = found.indicator.kind();
        let next = self.entries.len();
        let key = (kind, found.indicator.key().into_owned());
        let place = *self.places.entry(key).or_insert(next);
        if let Some(known) = self.entries.get_mut(place) {
            known.count += 1;
            return;
        }
        self.entries.push(Entry {
            indicator: found.indicator.to_string(),
            kind,
            text: found.text,
            disguised: found.is_disguised,
            count: 1,
            file: file.to_string(),
            line: found.place.map(|(line, _)| line),
            offset: found.place.map(|(_, offset)| offset),
        });
    }

    fn write(self, mut out: Output, is_list: bool, missing: Option<Error>) -> Result<()> {
        for entry in &self.entries {
            match is_list {
                true => out.bytes(format!("{}\n", entry.indicator).as_bytes())?,
                false => out.element(entry)?,
            }
        }
        out.ended(missing).map(drop)
    }
}
