//! A command's records as table, report, JSON, NDJSON, CSV, bare values or the service's own bytes. Knows no provider.

mod args;
mod cards;
mod chart;
mod csv;
mod fields;
mod format;
mod grid;
mod json;
mod open;
mod page;
mod picture;
mod raw;
mod report;
mod resume;
mod row;
mod stable;
mod table;
mod takes;
mod target;
mod tsv;
mod values;

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use crate::console::{Palette, Reporter};
use crate::document::{Column, Document, Drawn, Listed, Record, Row};
use crate::error::{Error, Kind, Result};
use crate::files::Replaced;
use crate::redact;

pub use args::OutputArgs;
use fields::Picked;
pub use fields::Selection;
pub use format::Format;
pub use json::json_line;
use json::{Element, as_record};
pub use open::{Opening, Options, Payload};
pub use picture::lacking as lacking_for_png;
use report::{Markup, ReportWriter};
pub use resume::Answered;
pub use takes::Takes;
use target::Target;
pub use target::print;

/// Writes records in one format.
trait Writer {
    /// A format of figures has none: a layout without figures is refused before.
    fn record(&mut self, _: Record, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// A typed record; a format that shows it as it is spares itself the map.
    fn element(&mut self, element: &dyn Element, out: &mut dyn Write) -> io::Result<()> {
        self.record(element.to_record(), out)
    }

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

    /// An object with a long list in it: where no object fits, the rows of the list.
    fn listed(&mut self, mut listed: Listed, out: &mut dyn Write) -> io::Result<()> {
        listed.rows.try_for_each(|record| self.record(record, out))
    }

    /// A view that could not be had, and why.
    fn missing(&mut self, _title: &str, _why: &Error) {}

    /// Who is asked.
    fn sources(&mut self, _names: Vec<String>) {}

    /// Not everything has come, and why, where that is known.
    fn incomplete(&mut self, _why: Option<&Error>) {}

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Whether it writes a line a record, and there was none.
    fn has_no_line(&self) -> bool {
        false
    }

    /// What the user should know of what was written.
    fn remarks(&mut self) -> Vec<String> {
        Vec::new()
    }
}

/// Where a command puts what it found, as soon as it knows it: on stdout, or in a file which
/// appears only when it is complete.
///
/// Dropped before its end was told, it stands for a run that failed: no file takes its place, and
/// what went to stdout is ended as its format wants.
pub struct Output {
    /// `None` if no records come out: the service's own bytes, or the user's own rows.
    writer: Option<Box<dyn Writer>>,
    target: Target,
    options: Options,
    payload: Payload,
    widener: row::Widener,
    notes: &'static dyn Reporter,
    /// The file of `--output`.
    path: Option<PathBuf>,
    fail_unchanged: bool,
    /// With `--raw`: the service's bytes on their way out.
    raw: Option<raw::Redacted>,
    /// Bytes on their way to a terminal.
    visible: raw::Visible,
    /// Whether anything was handed in.
    any: bool,
    /// Whether some of it is what was asked for.
    has_answered: bool,
    /// Whether raw bytes were written that do not end a line.
    in_line: bool,
}

/// Proof that a command told its output how the run ended.
#[derive(Debug)]
pub struct Done(());

impl Output {
    /// Everything that was to come has come: a file takes its place.
    pub fn complete(mut self) -> Result<Done> {
        let replaced = self.end(true)?;
        self.say_empty();
        let Some(path) = &self.path else {
            return Ok(Done(()));
        };
        let shown = path.display();
        if replaced == Replaced::Unchanged {
            let same = format!("{shown} is the same as before: not touched");
            if self.fail_unchanged {
                return Err(Error::new(Kind::Unchanged, same));
            }
            self.notes.note(&same);
        } else if path.is_file() {
            self.notes.note(&format!("written: {shown}"));
        }
        Ok(Done(()))
    }

    /// Lines have no place for the sentence that stands for an empty table.
    fn say_empty(&self) {
        if self
            .writer
            .as_ref()
            .is_some_and(|writer| writer.has_no_line())
        {
            self.notes.note(&self.options.empty);
        }
    }

    /// Some of it is missing: a file takes its place all the same, and the run ends with `why`.
    pub fn partial(mut self, why: Error) -> Result<Done> {
        self.writer
            .iter_mut()
            .for_each(|writer| writer.incomplete(Some(&why)));
        self.end(true)?;
        Err(why)
    }

    /// [`Output::complete`], or [`Output::partial`] where something is `missing`.
    pub fn ended(self, missing: Option<Error>) -> Result<Done> {
        match missing {
            None => self.complete(),
            Some(why) => self.partial(why),
        }
    }

    /// Whether nobody reads it any more: of a [gate](Opening::gate) alone is that no error.
    pub fn is_unread(&self) -> bool {
        self.target.is_unread()
    }

    /// Writes what remains. Without `keep` and without a record nothing is written: an empty
    /// answer and no answer are not the same.
    fn end(&mut self, keep: bool) -> Result<Replaced> {
        if let Some(rest) = self.raw.as_mut().map(raw::Redacted::rest) {
            self.pass_on(&rest)?;
            if self.raw.as_ref().is_some_and(|raw| raw.found) {
                self.notes.warning(redact::FOUND);
            }
        }
        let mut target = std::mem::replace(&mut self.target, Target::Closed);
        let name = target.name();
        let failed = |error: io::Error| Error::write(&name, &error);
        self.visible.finish(&mut target).map_err(failed)?;
        if let Some(writer) = &mut self.writer {
            (!keep).then(|| writer.incomplete(None));
            if keep || self.any {
                writer.finish(&mut target).map_err(failed)?;
            }
            for remark in writer.remarks() {
                self.notes.warning(&remark);
            }
        }
        if let Some(remark) = target.remark().filter(|_| keep) {
            self.notes.warning(remark);
        }
        target.finish(keep, self.fail_unchanged)
    }

    fn check(&self, written: io::Result<()>) -> Result<()> {
        written.map_err(|error| Error::write(self.target.name(), &error))
    }

    pub fn record(&mut self, record: Record) -> Result<()> {
        if record.get("error").is_none_or(serde_json::Value::is_null) {
            self.answered();
        }
        self.write(|writer, target| writer.record(record, target))
    }

    /// Whether a field comes out: what does not need not be made.
    pub fn shows(&self, field: &str) -> bool {
        let columns = match (&self.options.fields, self.options.format, &self.payload) {
            (Some(chosen), ..) => &chosen.0[..],
            (None, Format::Table, Payload::Records(layout)) => layout.table,
            _ => return true,
        };
        columns.iter().any(|column| column.field == field)
    }

    /// A record of a type of its own.
    pub fn element(&mut self, element: &impl Serialize) -> Result<()> {
        self.answered();
        self.unanswered(element)
    }

    /// One that says only why there is no answer.
    pub fn unanswered(&mut self, element: &impl Serialize) -> Result<()> {
        self.write(|writer, target| writer.element(&element, target))
    }

    /// A record that is the whole answer: an object in JSON, and no element of a list.
    pub fn object(&mut self, record: Record) -> Result<()> {
        self.answered();
        self.write(|writer, target| writer.object(record, target))
    }

    /// A record of nothing but text, its cells in the order of the layout's columns. No map is
    /// made of it where the format needs none: hundreds of thousands a second get through.
    pub fn row(&mut self, cells: &[&str]) -> Result<()> {
        let columns = match &self.payload {
            Payload::Records(layout) => layout.columns,
            Payload::Rows(_) | Payload::Bytes => &[],
        };
        self.answered();
        self.write(|writer, target| writer.row(columns, cells, target))
    }

    /// How many bytes the service gave, whatever of them comes out: it decides whether a file that
    /// is replaced has become too small.
    pub fn given(&mut self, bytes: u64) {
        if let Target::File(_, _, Some(replacement)) = &mut self.target {
            replacement.given(bytes);
        }
    }

    /// An answer that is more than a list of records.
    pub fn document(&mut self, document: &dyn Document) -> Result<()> {
        self.answered();
        self.write(|writer, target| writer.document(document, target))
    }

    /// An object with a long list in it.
    pub fn listed(&mut self, listed: Listed) -> Result<()> {
        self.answered();
        match self.options.fields.as_ref() {
            None => self.write(|writer, target| writer.listed(listed, target)),
            Some(fields) => match fields.of_listed(listed) {
                Picked::Object(object) => self.object(object),
                Picked::Rows(mut rows) => rows.try_for_each(|row| self.record(row)),
            },
        }
    }

    /// Something that was asked for is there; a failed element is nothing yet.
    fn answered(&mut self) {
        if !std::mem::replace(&mut self.has_answered, true) {
            self.notes.begun();
        }
    }

    fn write(
        &mut self,
        write: impl FnOnce(&mut dyn Writer, &mut Target) -> io::Result<()>,
    ) -> Result<()> {
        self.any = true;
        let written = match &mut self.writer {
            Some(writer) => write(writer.as_mut(), &mut self.target),
            None => Ok(()),
        };
        self.check(written)
    }

    /// The next bytes of a file that the service keeps; they come out as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let piece = self.raw.as_mut().map(|raw| raw.piece(bytes));
        self.pass_on(piece.as_deref().unwrap_or(bytes))
    }

    fn pass_on(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match self.options.on_terminal {
            true => self.visible.write(bytes, &mut self.target),
            false => self.target.write_all(bytes),
        };
        self.check(written)
    }

    /// Who is asked, for a report.
    pub fn sources(&mut self, names: Vec<String>) {
        self.writer
            .iter_mut()
            .for_each(|writer| writer.sources(names.clone()));
    }

    /// Whether a page is being made that shows all views of a service, not only the one asked for.
    pub fn wants_all_views(&self) -> bool {
        self.options.format == Format::Html
    }

    /// A view that could not be had, and why, for such a page.
    pub fn missing(&mut self, title: &str, why: &Error) {
        if let Some(writer) = &mut self.writer {
            writer.missing(title, why);
        }
    }

    /// The service's own answer as it came, a refusal too; a secret of ours in it is replaced.
    /// Only `--raw` shows it.
    pub fn raw(&mut self, body: &[u8]) -> Result<()> {
        let Some(raw) = &mut self.raw else {
            return Ok(());
        };
        let body = &*raw.whole(body);
        // One answer is passed on byte for byte; a further one begins a line.
        if std::mem::replace(&mut self.in_line, !body.ends_with(b"\n")) {
            let written = self.target.write_all(b"\n");
            self.check(written)?;
        }
        let written = raw::write(body, self.options.on_terminal, &mut self.target);
        self.check(written)
    }

    /// Whether `--raw` was asked for: the answer then need not be understood.
    pub fn is_raw(&self) -> bool {
        self.raw.is_some()
    }

    /// A line of the user's own, with its end; one that has none gets it. Controls in it are made
    /// visible on a terminal.
    pub fn line(&mut self, line: &[u8]) -> Result<()> {
        self.any = true;
        self.bytes(line)?;
        match line.ends_with(b"\n") {
            true => Ok(()),
            false => self.bytes(b"\n"),
        }
    }

    /// Text that was made for a terminal: safe, and coloured.
    pub fn shown(&mut self, text: &str) -> Result<()> {
        self.any = true;
        let written = self.target.write_all(text.as_bytes());
        self.check(written)
    }

    pub fn is_on_terminal(&self) -> bool {
        self.options.on_terminal
    }

    pub fn palette(&self) -> Palette {
        self.options.palette
    }

    /// A row of the user's own, with fields added to it and every other byte as it was.
    pub fn widened(&mut self, row: &Row, added: &[(&str, String, Value)]) -> Result<()> {
        self.any = true;
        let written = self.target.write_all(&self.widener.widened(row, added)?);
        self.check(written)
    }

    /// Takes back everything that was handed in, where nobody has seen it yet: in a file that is
    /// not in its place. False where it cannot be taken back.
    pub fn restart(&mut self) -> Result<bool> {
        let restarted = self.target.restart();
        let restarted = restarted.map_err(|error| Error::write(self.target.name(), &error))?;
        if restarted {
            self.writer = writer(&self.options, &self.payload, false)?;
            self.any = false;
            if let Some(raw) = &mut self.raw {
                raw.forget();
            }
        }
        Ok(restarted)
    }

    /// Hands on what is known so far; called before waiting for the network.
    pub fn flush(&mut self) -> Result<()> {
        let written = self.target.flush();
        self.check(written)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !matches!(self.target, Target::Closed) {
            // The error that led here is the one to tell.
            let _ = self.end(false);
        }
    }
}

/// `begun` where an earlier run has written the beginning.
fn writer(options: &Options, payload: &Payload, begun: bool) -> Result<Option<Box<dyn Writer>>> {
    let Payload::Records(layout) = payload else {
        return Ok(None);
    };
    let (mut fields, on_terminal) = (options.fields.clone(), options.on_terminal);
    if options.is_stable && options.format == Format::Csv {
        fields = fields.or_else(|| Selection::lasting(layout));
    }
    let empty = layout.empty.in_lang(options.lang);
    let look = || picture::Look {
        lang: options.lang,
        title: options.title.clone(),
        empty,
    };
    let report = |markup| -> Box<dyn Writer> {
        Box::new(ReportWriter::new(options.clone(), layout.clone(), markup))
    };
    let writer: Box<dyn Writer> = match options.format {
        Format::Table if options.is_drawn => {
            Box::new(table::TableWriter::new(options.clone(), layout.clone()))
        }
        Format::Table => Box::new(tsv::TsvWriter::new(
            fields.map_or_else(|| layout.table.to_vec(), |fields| fields.0),
            options.lang,
        )),
        Format::Json => Box::new(json::ArrayWriter::new(fields, on_terminal)),
        Format::Ndjson => Box::new(json::LinesWriter::new(fields)),
        Format::Csv => Box::new(csv::CsvWriter::new(fields, layout, on_terminal, begun)),
        Format::Chart => Box::new(chart::ChartWriter {
            options: options.clone(),
            empty,
        }),
        Format::Svg => Box::new(picture::SvgWriter { look: look() }),
        #[cfg(feature = "pictures")]
        Format::Png => Box::new(picture::PngWriter::new(look())?),
        #[cfg(not(feature = "pictures"))]
        Format::Png => {
            return Err(Error::usage("this ti was built without what draws a PNG")
                .hint("write SVG: -o chart.svg"));
        }
        Format::Html if layout.drawn != Drawn::AsReport => {
            Box::new(picture::PageWriter::new(look()))
        }
        Format::Html => report(Markup::Html),
        Format::Md => report(Markup::Markdown),
        Format::Values => match fields.and_then(|fields| fields.0.first().copied()) {
            Some(column) => Box::new(values::ValuesWriter::new(column)),
            None => return Ok(None),
        },
        Format::Raw => return Ok(None),
    };
    Ok(Some(match options.is_stable {
        true => Box::new(stable::StableWriter(writer)),
        false => writer,
    }))
}
