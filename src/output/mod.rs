//! A command's records as table, JSON, NDJSON, CSV or the service's own bytes. Knows no provider.

mod cards;
mod chart;
mod csv;
mod fields;
mod json;
mod picture;
mod raw;
mod resume;
mod row;
mod table;
mod target;

use std::io;
use std::io::Write;
use std::path::PathBuf;

use crate::console::Palette;
use crate::document::{Column, Document, Lang, Layout, Record, Row, Sink};
use crate::error::{Error, Result};
use crate::files::{Outcome, ReplaceArgs};

pub use fields::{Selection, listing};
pub use resume::{Appended, Resumed};
use target::Target;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Table,
    Json,
    Ndjson,
    Csv,
    // No help of their own: it would make that of every command long.
    Chart,
    Svg,
    Png,
    Html,
    /// The service's own answer, byte for byte.
    #[value(skip)]
    Raw,
}

impl Format {
    /// Whether it shows a figure rather than records.
    pub fn is_drawn(self) -> bool {
        matches!(
            self,
            Format::Chart | Format::Svg | Format::Png | Format::Html
        )
    }

    /// The format that a file's ending asks for.
    pub fn of_path(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "ndjson" | "jsonl" => Some(Format::Ndjson),
            "svg" => Some(Format::Svg),
            "png" => Some(Format::Png),
            "html" | "htm" => Some(Format::Html),
            _ => None,
        }
    }
}

/// How the output is to look, decided before any request.
#[derive(Clone)]
pub struct Options {
    pub format: Format,
    pub path: Option<PathBuf>,
    /// For a file that others rely on: how it is replaced.
    pub replace: Option<ReplaceArgs>,
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

    /// A record that is the whole answer.
    fn object(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.record(record, out)
    }

    /// A record of text alone; a format that writes many of them spares itself the map.
    fn row(&mut self, columns: &[Column], cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
        self.record(as_record(columns, cells), out)
    }

    /// An answer that is more than a list: without more to it, its rows.
    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        document
            .rows()
            .try_for_each(|record| self.record(record, out))
    }

    /// A view that could not be had, and why.
    fn missing(&mut self, _title: &str, _why: &Error) {}

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// What the user should know of what was written.
    fn remarks(&mut self) -> Vec<String> {
        Vec::new()
    }
}

/// An empty cell is an absent value.
fn as_record(columns: &[Column], cells: &[&str]) -> Record {
    let value = |cell: &str| (!cell.is_empty()).then(|| cell.to_string()).into();
    let pairs = columns.iter().zip(cells);
    pairs
        .map(|(column, cell)| (column.field.to_string(), value(cell)))
        .collect()
}

/// A sink that writes to stdout or to a file which appears only when it is complete.
pub struct Output {
    writer: Box<dyn Writer>,
    target: Target,
    format: Format,
    on_terminal: bool,
    options: Options,
    layout: Layout,
    /// Bytes on their way to a terminal.
    visible: raw::Visible,
    /// Whether anything was handed in.
    any: bool,
    /// Whether raw bytes were written that do not end a line.
    in_line: bool,
}

impl Output {
    /// Opens the target first: a path that cannot be written is known before any request.
    pub fn open(options: Options, layout: &Layout) -> Result<Self> {
        let target = Target::open(options.path.as_deref(), options.replace.as_ref())?;
        Self::to(target, options, layout)
    }

    /// Goes on with the file of an earlier run.
    pub fn resume(file: Appended, options: Options, layout: &Layout) -> Result<Self> {
        Self::to(Target::Appended(file), options, layout)
    }

    fn to(target: Target, options: Options, layout: &Layout) -> Result<Self> {
        Ok(Output {
            writer: writer(&options, layout, target.is_begun())?,
            target,
            format: options.format,
            on_terminal: options.on_terminal,
            options,
            layout: layout.clone(),
            visible: raw::Visible::default(),
            any: false,
            in_line: false,
        })
    }

    /// What the user should know of what was written, each once.
    pub fn remarks(&mut self) -> Vec<String> {
        self.writer.remarks()
    }

    /// Writes what remains. A file takes the old one's place only if `keep`; without it and
    /// without a record nothing is written: an empty answer and no answer are not the same.
    pub fn finish(mut self, keep: bool) -> Result<Outcome> {
        let written = self.visible.finish(&mut self.target);
        self.check(written)?;
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

/// `begun` where an earlier run has written the beginning.
fn writer(options: &Options, layout: &Layout, begun: bool) -> Result<Box<dyn Writer>> {
    let (fields, on_terminal) = (options.fields.clone(), options.on_terminal);
    let (lang, empty) = (options.lang, layout.empty.in_lang(options.lang));
    Ok(match options.format {
        _ if options.rows || layout.is_file() => Box::new(raw::NoRecords),
        Format::Table => Box::new(table::TableWriter::new(options.clone(), layout.clone())),
        Format::Json => Box::new(json::ArrayWriter::new(fields, on_terminal)),
        Format::Ndjson => Box::new(json::LinesWriter::new(fields)),
        Format::Csv => Box::new(csv::CsvWriter::new(fields, layout, on_terminal, begun)),
        Format::Chart => Box::new(chart::ChartWriter::new(options.clone(), empty)),
        Format::Svg => Box::new(picture::SvgWriter { lang, empty }),
        Format::Png => Box::new(picture::PngWriter::new(lang, empty)?),
        Format::Html => Box::new(picture::PageWriter::new(lang, empty)),
        Format::Raw => Box::new(raw::NoRecords),
    })
}

impl Sink for Output {
    fn record(&mut self, record: Record) -> Result<()> {
        self.any = true;
        let written = self.writer.record(record, &mut self.target);
        self.check(written)
    }

    fn object(&mut self, record: Record) -> Result<()> {
        self.any = true;
        let written = self.writer.object(record, &mut self.target);
        self.check(written)
    }

    fn row(&mut self, cells: &[&str]) -> Result<()> {
        self.any = true;
        let written = self
            .writer
            .row(self.layout.columns, cells, &mut self.target);
        self.check(written)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match self.on_terminal {
            true => self.visible.write(bytes, &mut self.target),
            false => self.target.write_all(bytes),
        };
        self.check(written)
    }

    fn document(&mut self, document: &dyn Document) -> Result<()> {
        self.any = true;
        let written = self.writer.document(document, &mut self.target);
        self.check(written)
    }

    fn wants_all_views(&self) -> bool {
        self.format == Format::Html
    }

    fn missing(&mut self, title: &str, why: &Error) {
        self.writer.missing(title, why);
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

    fn restart(&mut self) -> Result<bool> {
        let restarted = self.target.restart();
        let restarted = restarted.map_err(|error| Error::write(self.target.name(), &error))?;
        if restarted {
            self.writer = writer(&self.options, &self.layout, false)?;
            self.any = false;
        }
        Ok(restarted)
    }

    fn is_raw(&self) -> bool {
        self.format == Format::Raw
    }

    fn flush(&mut self) -> Result<()> {
        let written = self.target.flush();
        self.check(written)
    }
}
