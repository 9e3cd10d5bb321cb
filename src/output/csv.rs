//! CSV by RFC 4180. A cell that a spreadsheet would run as a formula is given a leading `'`.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use crate::console::{is_dangerous, sanitise};
use crate::document::{Column, Layout, Record};

use super::{Selection, Writer, as_record};

pub(super) struct CsvWriter {
    columns: Vec<Column>,
    header_written: bool,
    on_terminal: bool,
    /// Whether the columns are all of the layout's, in their order.
    all: bool,
    /// The line being made.
    line: Vec<u8>,
}

impl CsvWriter {
    /// `header_written` where an earlier run has written it.
    pub fn new(
        fields: Option<Selection>,
        layout: &Layout,
        on_terminal: bool,
        header_written: bool,
    ) -> Self {
        CsvWriter {
            all: fields.is_none(),
            line: Vec::new(),
            columns: match fields {
                Some(selection) => selection.0,
                None => layout.unasked().copied().collect(),
            },
            header_written,
            on_terminal,
        }
    }

    fn header(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.header_written, true) {
            return Ok(());
        }
        row(self.columns.iter().map(|column| column.field), out)
    }
}

impl Writer for CsvWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.header(out)?;
        let cells = self.columns.iter().map(|column| {
            let cell = column.flat(&record);
            guard(match self.on_terminal {
                true => sanitise(&cell).into_owned(),
                false => cell,
            })
        });
        row(cells, out)
    }

    fn row(&mut self, columns: &[Column], cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
        if !self.all || self.on_terminal {
            return self.record(as_record(columns, cells), out);
        }
        self.header(out)?;
        self.line.clear();
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.line.push(b',');
            }
            push_cell(cell, &mut self.line);
        }
        self.line.extend_from_slice(b"\r\n");
        out.write_all(&self.line)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.header(out)
    }
}

pub(super) fn row(
    cells: impl Iterator<Item = impl AsRef<[u8]>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(1024)
        .from_writer(out);
    writer.write_record(cells).map_err(io::Error::from)?;
    writer.flush()
}

/// One cell as [`row`] writes it, without setting a writer up for it.
fn push_cell(cell: &str, line: &mut Vec<u8>) {
    let guarded = is_formula(cell).then(|| format!("'{cell}"));
    let cell = guarded.as_deref().unwrap_or(cell);
    // With no way out in the middle, many bytes are looked at in one step.
    let is_marked = |any, byte: &u8| any | matches!(byte, b'"' | b',' | b'\n' | b'\r');
    if !cell.as_bytes().iter().fold(false, is_marked) {
        line.extend_from_slice(cell.as_bytes());
        return;
    }
    line.push(b'"');
    for piece in cell.split_inclusive('"') {
        line.extend_from_slice(piece.as_bytes());
        if piece.ends_with('"') {
            line.push(b'"');
        }
    }
    line.push(b'"');
}

/// Spreadsheets run what begins with a sign of a formula. A plain number is none.
pub(super) fn guard(cell: String) -> String {
    match is_formula(&cell) {
        true => format!("'{cell}"),
        false => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    // Nearly every cell: no letter and no digit begins a formula.
    if cell
        .as_bytes()
        .first()
        .is_none_or(u8::is_ascii_alphanumeric)
    {
        return false;
    }
    // Some spreadsheets pass over what nobody sees, and take full-width signs for the others.
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    cell.starts_with(['\t', '\r', '\n'])
        || seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            && seen.parse::<f64>().is_err()
}

fn is_invisible(character: char) -> bool {
    is_dangerous(character) || character.width().unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_kept() {
        for (cell, written) in [
            ("=cmd()|' /C calc'!A0", "'=cmd()|' /C calc'!A0"),
            ("+1-555", "'+1-555"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\n1", "'\n1"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠A", "'＠A"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\u{200b}\u{2060}＝1", "'\u{200b}\u{2060}＝1"),
            ("\u{ad}=1", "'\u{ad}=1"),
            ("\u{202e}-1+1", "'\u{202e}-1+1"),
            ("\u{a0} @x", "'\u{a0} @x"),
            ("\u{0}=1", "'\u{0}=1"),
            ("\u{200b}evil.com", "\u{200b}evil.com"),
            ("中=1", "中=1"),
            ("", ""),
            ("-73.9", "-73.9"),
            ("evil.com", "evil.com"),
        ] {
            assert_eq!(guard(cell.to_string()), written);
        }
    }

    proptest::proptest! {
        /// At least two cells: a lone empty one is written as `""`, so that its line is not blank.
        #[test]
        fn a_cell_alone_is_as_the_library_writes_it(cells in proptest::collection::vec("[-=a\",\r\n'中 ]{0,6}", 2..5)) {
            let mut expected = Vec::new();
            row(cells.iter().map(|cell| guard(cell.clone())), &mut expected).unwrap();
            let mut line = Vec::new();
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    line.push(b',');
                }
                push_cell(cell, &mut line);
            }
            line.extend_from_slice(b"\r\n");
            proptest::prop_assert_eq!(line, expected);
        }

        #[test]
        fn any_cells_come_back(cells in proptest::collection::vec(".*", 1..5)) {
            // A byte-order mark is one only at the very beginning, where the header stands.
            let cells = [vec!["header".to_string()], cells].concat();
            let mut out = Vec::new();
            row(cells.iter(), &mut out).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&out[..]);
            let back: Vec<String> = reader.records().next().unwrap().unwrap().iter().map(String::from).collect();
            proptest::prop_assert_eq!(back, cells);
        }
    }
}
