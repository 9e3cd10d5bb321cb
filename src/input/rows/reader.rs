use std::io::{self, BufRead, Cursor, Read};

use encoding_rs::Encoding;

use crate::document::{Row, RowFormat};
use crate::error::Result;
use crate::input::cannot_read;

/// A row larger than this is a mistake, such as a quote that is never closed.
const MAX_ROW: usize = 16 << 20;

/// What can separate the cells of a CSV whose delimiter is not known yet.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a file.
pub(super) struct Rows<R> {
    reader: R,
    /// What was read and given back.
    held: Cursor<Vec<u8>>,
    pub name: String,
    /// Lines that were read.
    number: u64,
    /// The last byte of each line: of an old Mac's it is `\r`.
    end: u8,
    pub encoding: Option<&'static Encoding>,
}

/// A row, where it begins, and whether a quote opens in it that never closes.
pub(super) struct Next {
    pub row: Row,
    pub place: String,
    pub is_open: bool,
}

impl<R: BufRead> Rows<R> {
    pub fn new(reader: R, name: &str, encoding: Option<&'static Encoding>) -> Self {
        Rows {
            reader,
            held: Cursor::default(),
            name: name.to_string(),
            number: 0,
            end: b'\n',
            encoding,
        }
    }

    /// Finds out what ends the lines of a CSV.
    pub fn learn_line_end(&mut self) -> Result<()> {
        let mut first = Vec::new();
        let read = loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => break Err(error),
            };
            // What follows a `\r` tells.
            let end = memchr::memchr2(b'\n', b'\r', &first).filter(|at| at + 1 < first.len());
            if end.is_some() || buffer.is_empty() || first.len() > MAX_ROW || first.contains(&b'\n')
            {
                break Ok(());
            }
            first.extend_from_slice(buffer);
            let length = buffer.len();
            self.reader.consume(length);
        };
        if let Some(at) = memchr::memchr2(b'\n', b'\r', &first)
            && first[at] == b'\r'
            && first.get(at + 1) != Some(&b'\n')
        {
            self.end = b'\r';
        }
        self.held = Cursor::new(first);
        read.map_err(|error| cannot_read(&self.name, &error))
    }

    /// The next row; `None` at the end. Where a quote opens and never closes, the row is the line
    /// in which it does, and the rest is read on.
    pub fn next(&mut self, form: RowFormat) -> Result<Option<Next>> {
        let first = self.number + 1;
        let place = format!("{}:{first}", self.name);
        let mut text = Vec::new();
        let mut quotes = Quotes::default();
        let mut line_end = None;
        let is_open = loop {
            let before = text.len();
            let read = self.read_line(&mut text, MAX_ROW - before);
            match read.map_err(|error| cannot_read(&place, &error))? {
                0 if before == 0 => return Ok(None),
                // A quote is open, and nothing comes or too much.
                0 => break true,
                _ => {}
            }
            let is_whole = text.last() == Some(&self.end);
            self.number += u64::from(is_whole);
            let delimiter = match form {
                RowFormat::Json if is_whole || text.len() < MAX_ROW => break false,
                RowFormat::Json => return Err(too_long(&place)),
                RowFormat::Csv { delimiter, .. } | RowFormat::CsvHeader { delimiter } => delimiter,
            };
            let is_open = quotes.open_after(&text[before..], delimiter);
            line_end.get_or_insert(text.len());
            if !is_open && !is_whole && text.len() == MAX_ROW {
                return Err(too_long(&place));
            }
            if !is_open {
                break false;
            }
        };
        if is_open && let Some(end) = line_end {
            self.number = first - u64::from(text.get(end - 1) != Some(&self.end));
            self.give_back(text.split_off(end));
        }
        let body = text.strip_suffix(b"\n").unwrap_or(&text);
        let body = body.strip_suffix(b"\r").unwrap_or(body).len();
        let ending = text.split_off(body);
        let row = Row {
            form,
            text,
            ending,
            encoding: self.encoding,
        };
        Ok(Some(Next {
            row,
            place,
            is_open,
        }))
    }

    /// Reads to the end of a line, or `room` bytes.
    fn read_line(&mut self, text: &mut Vec<u8>, room: usize) -> io::Result<usize> {
        let held = self
            .held
            .by_ref()
            .take(room as u64)
            .read_until(self.end, text)?;
        if held == room || (held > 0 && text.last() == Some(&self.end)) {
            return Ok(held);
        }
        let more = (room - held) as u64;
        let read = self.reader.by_ref().take(more).read_until(self.end, text)?;
        Ok(held + read)
    }

    fn give_back(&mut self, mut text: Vec<u8>) {
        let read = usize::try_from(self.held.position()).unwrap_or_default();
        text.extend_from_slice(self.held.get_ref().get(read..).unwrap_or_default());
        self.held = Cursor::new(text);
    }
}

fn too_long(place: &str) -> crate::error::Error {
    let why = "the row is longer than 16 MiB";
    cannot_read(place, &io::Error::new(io::ErrorKind::InvalidData, why))
}

/// Where in a CSV record we are: a line break inside quotes does not end it.
#[derive(Default, Clone, Copy)]
enum Quotes {
    #[default]
    CellBegins,
    Bare,
    Quoted,
    /// A quote within quotes: the end of the cell, or the first of a pair.
    Closed,
}

impl Quotes {
    fn open_after(&mut self, bytes: &[u8], delimiter: u8) -> bool {
        for byte in bytes {
            *self = self.after(*byte, delimiter);
        }
        matches!(self, Quotes::Quoted)
    }

    fn after(self, byte: u8, delimiter: u8) -> Quotes {
        match (self, byte) {
            (Quotes::Quoted, b'"') => Quotes::Closed,
            (Quotes::Quoted, _) => Quotes::Quoted,
            (Quotes::CellBegins | Quotes::Closed, b'"') => Quotes::Quoted,
            (_, b'\n' | b'\r') => Quotes::CellBegins,
            (_, byte) if byte == delimiter => Quotes::CellBegins,
            _ => Quotes::Bare,
        }
    }
}

/// The cells of a row, their quotes undone.
pub(super) fn cells(row: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let mut cells = vec![Vec::new()];
    let mut state = Quotes::CellBegins;
    for byte in row {
        let next = state.after(*byte, delimiter);
        match (state, next) {
            (Quotes::CellBegins, Quotes::Quoted) | (Quotes::Quoted, Quotes::Closed) => {}
            (Quotes::Quoted, _) | (_, Quotes::Quoted | Quotes::Closed | Quotes::Bare) => {
                push(&mut cells, *byte);
            }
            // A lone `\r` in a cell.
            (_, Quotes::CellBegins) if *byte != delimiter => push(&mut cells, *byte),
            (_, Quotes::CellBegins) => cells.push(Vec::new()),
        }
        state = next;
    }
    cells
}

fn push(cells: &mut [Vec<u8>], byte: u8) {
    if let Some(cell) = cells.last_mut() {
        cell.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: RowFormat = RowFormat::Csv {
        delimiter: b',',
        missing: 0,
    };

    fn rows(text: &[u8]) -> Vec<Next> {
        let mut rows = Rows::new(text, "f", None);
        rows.learn_line_end().unwrap();
        std::iter::from_fn(|| rows.next(CSV).unwrap()).collect()
    }

    fn joined(rows: &[Next]) -> Vec<u8> {
        let bytes = |next: &Next| [&next.row.text[..], &next.row.ending].concat();
        rows.iter().flat_map(bytes).collect()
    }

    #[test]
    fn a_line_break_in_quotes_does_not_end_a_row() {
        let text = b"a,\"b\r\nc\",d\r\n5\" disk,x\n\"say \"\"hi\"\"\n\",y\nlast,end";
        let rows = rows(text);
        assert_eq!(joined(&rows), text);
        let places: Vec<_> = rows.iter().map(|next| next.place.as_str()).collect();
        assert_eq!(places, ["f:1", "f:3", "f:4", "f:6"]);
        assert_eq!(cells(&rows[0].row.text, b',')[1], b"b\r\nc");
        assert_eq!(cells(&rows[1].row.text, b',')[0], b"5\" disk");
        assert_eq!(cells(&rows[2].row.text, b',')[0], b"say \"hi\"\n");
        assert_eq!(rows[0].row.ending, b"\r\n");
    }

    #[test]
    fn a_quote_that_never_closes_spoils_its_own_line_alone() {
        let text = b"a,b\n1,\"open\n2,x\n3,y\n";
        let rows = rows(text);
        assert_eq!(joined(&rows), text);
        let open: Vec<_> = rows
            .iter()
            .map(|next| (next.place.as_str(), next.is_open))
            .collect();
        assert_eq!(
            open,
            [
                ("f:1", false),
                ("f:2", true),
                ("f:3", false),
                ("f:4", false)
            ]
        );
    }

    #[test]
    fn a_row_that_is_too_long_is_no_fault_of_the_machine() {
        let endless = io::BufReader::new(io::repeat(b'a'));
        let read = Rows::new(endless, "f", None).next(RowFormat::Json);
        let error = read.err().unwrap();
        assert_eq!(error.kind, crate::error::Kind::Usage);
        assert_eq!(error.causes, ["the row is longer than 16 MiB"]);
    }

    #[test]
    fn lines_end_as_an_old_mac_ends_them() {
        let text = b"a,b\r1,\"x\ry\"\r2,z";
        let rows = rows(text);
        assert_eq!(joined(&rows), text);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].row.ending, b"\r");
        assert_eq!(rows[2].place, "f:4");
    }

    proptest::proptest! {
        #[test]
        fn every_byte_of_any_file_comes_back(text in "[a,\"\r\n]{0,40}") {
            let rows = rows(text.as_bytes());
            proptest::prop_assert_eq!(joined(&rows), text.as_bytes());
        }
    }
}
