//! A command's records as table, JSON, NDJSON, CSV or the service's own bytes. Knows no provider.

mod cards;
mod csv;
mod fields;
mod file;
mod json;
mod raw;
mod resume;
mod row;
mod table;
mod target;

use std::io;
use std::io::Write;
use std::path::PathBuf;

use crate::document::{Lang, Layout, Record, Row, Sink};
use crate::error::{Error, Result};
use crate::terminal::Palette;

pub use fields::{Selection, listing};
pub use file::{Pending, abandon_all};
pub use resume::Resumed;
use target::Target;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Table,
    Json,
    Ndjson,
    Csv,
    /// The service's own answer, byte for byte.
    #[value(skip)]
    Raw,
}

impl Format {
    /// The format that a file's ending asks for.
    pub fn of_path(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "ndjson" | "jsonl" => Some(Format::Ndjson),
            _ => None,
        }
    }
}

/// How the output is to look, decided before any request.
pub struct Options {
    pub format: Format,
    pub path: Option<PathBuf>,
    /// The file of an earlier run that this one goes on with, in the place of `path`.
    pub resumed: Option<resume::Appended>,
    pub fields: Option<Selection>,
    pub lang: Lang,
    pub palette: Palette,
    /// Whether the user's own rows come out and no records.
    pub rows: bool,
    /// Columns that a table may take.
    pub width: u16,
    /// Whether stdout shows lines and ellipses; otherwise ASCII takes their place.
    pub unicode: bool,
    /// Whether it is read on a terminal: JSON is indented there, raw bytes are made visible.
    pub on_terminal: bool,
}

/// Writes records in one format.
trait Writer {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()>;
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// A sink that writes to stdout or to a file which appears only when it is complete.
pub struct Output {
    writer: Box<dyn Writer>,
    target: Target,
    format: Format,
    on_terminal: bool,
    /// Whether anything was handed in.
    any: bool,
    /// Whether raw bytes were written that do not end a line.
    in_line: bool,
}

impl Output {
    /// Opens the target first: a path that cannot be written is known before any request.
    pub fn open(mut options: Options, layout: &Layout) -> Result<Self> {
        let target = match options.resumed.take() {
            Some(resumed) => Target::Appended(resumed),
            None => Target::open(options.path.as_deref())?,
        };
        let on_terminal = options.on_terminal;
        let format = options.format;
        let writer: Box<dyn Writer> = match format {
            _ if options.rows => Box::new(raw::NoRecords),
            Format::Table => Box::new(table::TableWriter::new(options, layout.clone())),
            Format::Json => Box::new(json::ArrayWriter::new(options.fields, on_terminal)),
            Format::Ndjson => Box::new(json::LinesWriter::new(options.fields)),
            Format::Csv => Box::new(csv::CsvWriter::new(
                options.fields,
                layout,
                on_terminal,
                target.is_begun(),
            )),
            Format::Raw => Box::new(raw::NoRecords),
        };
        Ok(Output {
            writer,
            target,
            format,
            on_terminal,
            any: false,
            in_line: false,
        })
    }

    /// Writes what remains. A file takes the old one's place only if `keep`; without it and
    /// without a record nothing is written: an empty answer and no answer are not the same.
    pub fn finish(mut self, keep: bool) -> Result<()> {
        if keep || self.any {
            let written = self.writer.finish(&mut self.target);
            self.check(written)?;
        }
        self.target.finish(keep)
    }

    fn check(&self, written: io::Result<()>) -> Result<()> {
        written.map_err(|error| Error::write(self.target.name(), &error))
    }
}

impl Sink for Output {
    fn record(&mut self, record: Record) -> Result<()> {
        self.any = true;
        let written = self.writer.record(record, &mut self.target);
        self.check(written)
    }

    fn raw(&mut self, body: &[u8]) -> Result<()> {
        if self.format != Format::Raw {
            return Ok(());
        }
        // One answer is passed on byte for byte; a further one begins a line.
        if std::mem::replace(&mut self.in_line, !body.ends_with(b"\n")) {
            let written = self.target.write_all(b"\n");
            self.check(written)?;
        }
        let written = raw::write(body, self.on_terminal, &mut self.target);
        self.check(written)
    }

    fn widened(&mut self, row: &Row, added: &[(&str, String, serde_json::Value)]) -> Result<()> {
        self.any = true;
        let written = self.target.write_all(&row::widened(row, added));
        self.check(written)
    }

    fn is_raw(&self) -> bool {
        self.format == Format::Raw
    }

    fn flush(&mut self) -> Result<()> {
        let written = self.target.flush();
        self.check(written)
    }
}
