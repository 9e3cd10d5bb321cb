//! The rows of the Master IOC: `,` between cells, `'` around them where needed, doubled inside
//! (contract: kaspersky.md, get_master_ioc).
//!
//! Not a CSV library's work, because it must go on after damage. A title that begins with a
//! stray quote would swallow thousands of rows up to the next one; here a row that makes no sense
//! costs its first line and no more, and it is told by its number.

use std::io::{self, Read};

use memchr::{memchr, memchr2};

/// A row as it is understood, blanks around cells taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    pub id: &'a str,
    pub publication: &'a str,
    pub indicator: &'a str,
    /// `YYYY-MM-DD`
    pub detection_date: &'a str,
    /// As sent: `md5Hash`, `networkActivity`.
    pub kind: &'a str,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Next<'a> {
    Row(Row<'a>),
    /// A line that cannot be read, and why.
    Unreadable {
        line: u64,
        why: &'static str,
    },
}

/// Columns of the file; there may be more, which are not known.
const COLUMNS: usize = 5;
/// No row is longer; a quote that stays open this long was none.
const MAX_ROW: usize = 64 * 1024;
const BUFFER: usize = 4 * MAX_ROW;

pub struct Rows<R> {
    source: R,
    buffer: Box<[u8]>,
    /// What of the buffer is not read yet.
    start: usize,
    end: usize,
    at_end: bool,
    /// Number of the line at `start`, from 1.
    line: u64,
    /// Cells that every row has, as the first one tells.
    width: Option<usize>,
    cells: Cells,
}

/// The cells of one row, one after the other.
#[derive(Default)]
struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// What stands at the beginning of a text.
enum Parsed {
    /// A row of so many bytes and lines.
    Row(usize, u64),
    /// It goes on beyond what is there.
    Unfinished,
    Malformed(&'static str),
}

impl<R: Read> Rows<R> {
    pub fn new(source: R) -> Self {
        Rows {
            source,
            buffer: vec![0; BUFFER].into(),
            start: 0,
            end: 0,
            at_end: false,
            line: 1,
            width: None,
            cells: Cells::default(),
        }
    }

    /// The next row; none at the end. The header, blank lines and a byte-order mark are not rows.
    ///
    /// # Errors
    /// A failed read; [`io::ErrorKind::InvalidInput`] for a text that is no table of this kind.
    pub fn next_row(&mut self) -> io::Result<Option<Next<'_>>> {
        loop {
            let line = self.line;
            let Some(parsed) = self.parse()? else {
                return Ok(None);
            };
            let (size, lines) = match parsed {
                Ok(row) => row,
                Err(why) => {
                    self.skip_line()?;
                    return Ok(Some(Next::Unreadable { line, why }));
                }
            };
            if self.cells.are_blank() {
                self.advance(size, lines);
                continue;
            }
            let width = self.cells.ends.len();
            let Some(expected) = self.width else {
                if width < COLUMNS {
                    return Err(io::ErrorKind::InvalidInput.into());
                }
                self.width = Some(width);
                if !self.cells.is_dated() {
                    self.advance(size, lines);
                    continue;
                }
                return self.take(size, lines, line).map(Some);
            };
            if width != expected {
                let why = match width < expected {
                    true => "it has too few cells",
                    false => "it has too many cells",
                };
                // A stray quote may have joined several lines: the others are read by themselves.
                self.skip_line()?;
                return Ok(Some(Next::Unreadable { line, why }));
            }
            return self.take(size, lines, line).map(Some);
        }
    }

    fn take(&mut self, size: usize, lines: u64, line: u64) -> io::Result<Next<'_>> {
        self.advance(size, lines);
        Ok(match self.cells.row() {
            Some(row) => Next::Row(row),
            None => Next::Unreadable {
                line,
                why: "it is not UTF-8",
            },
        })
    }

    fn advance(&mut self, size: usize, lines: u64) {
        self.start += size;
        self.line += lines;
    }

    /// Parses what stands next, reading as much as it takes; none at the end.
    fn parse(&mut self) -> io::Result<Option<Result<(usize, u64), &'static str>>> {
        loop {
            let text = &self.buffer[self.start..self.end];
            if text.is_empty() && self.at_end {
                return Ok(None);
            }
            match self.cells.parse(text, self.at_end) {
                Parsed::Row(size, lines) => return Ok(Some(Ok((size, lines)))),
                Parsed::Malformed(why) => return Ok(Some(Err(why))),
                Parsed::Unfinished if self.at_end || text.len() >= MAX_ROW => {
                    return Ok(Some(Err("a quote is opened and not closed")));
                }
                Parsed::Unfinished => self.fill()?,
            }
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let first = self.line == 1 && self.end == 0;
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            // A byte-order mark has three bytes, and a read may give one.
            if !first || self.at_end || self.end >= 3 {
                break;
            }
        }
        if first && self.buffer[..self.end].starts_with(b"\xef\xbb\xbf") {
            self.start = 3;
        }
        Ok(())
    }

    /// Goes to the next line, however long this one is.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            match memchr(b'\n', &self.buffer[self.start..self.end]) {
                Some(at) => {
                    self.advance(at + 1, 1);
                    return Ok(());
                }
                None => {
                    self.start = self.end;
                    if self.at_end {
                        return Ok(());
                    }
                    self.fill()?;
                }
            }
        }
    }
}

impl Cells {
    fn parse(&mut self, text: &[u8], at_end: bool) -> Parsed {
        self.text.clear();
        self.ends.clear();
        let (mut at, mut lines) = (0, 0);
        loop {
            // One cell, from `at`.
            if text.get(at) == Some(&b'\'') {
                at += 1;
                loop {
                    let Some(length) = memchr(b'\'', &text[at..]) else {
                        return Parsed::Unfinished;
                    };
                    let piece = &text[at..at + length];
                    lines += memchr::memchr_iter(b'\n', piece).count() as u64;
                    self.text.extend_from_slice(piece);
                    at += length + 1;
                    match text.get(at) {
                        Some(b'\'') => {
                            self.text.push(b'\'');
                            at += 1;
                        }
                        None if !at_end => return Parsed::Unfinished,
                        _ => break,
                    }
                }
            } else {
                let length = match memchr2(b',', b'\n', &text[at..]) {
                    Some(length) => length,
                    None if at_end => text.len() - at,
                    None => return Parsed::Unfinished,
                };
                let cell = &text[at..at + length];
                self.text
                    .extend_from_slice(cell.strip_suffix(b"\r").unwrap_or(cell));
                at += length;
            }
            self.ends.push(self.text.len());
            match text[at..] {
                [b',', ..] => at += 1,
                [b'\n', ..] => return Parsed::Row(at + 1, lines + 1),
                [b'\r', b'\n', ..] => return Parsed::Row(at + 2, lines + 1),
                [] => return Parsed::Row(at, lines + 1),
                [b'\r'] if !at_end => return Parsed::Unfinished,
                _ => return Parsed::Malformed("text follows a closing quote"),
            }
        }
    }

    fn cell(&self, index: usize) -> &[u8] {
        let start = match index {
            0 => 0,
            _ => self.ends[index - 1],
        };
        self.text[start..self.ends[index]].trim_ascii()
    }

    fn are_blank(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }

    /// Whether the cell of the date holds one: a header does not.
    fn is_dated(&self) -> bool {
        is_date(self.cell(3))
    }

    fn row(&self) -> Option<Row<'_>> {
        let cell = |index| std::str::from_utf8(self.cell(index)).ok();
        Some(Row {
            id: cell(0)?,
            publication: cell(1)?,
            indicator: cell(2)?,
            detection_date: cell(3)?,
            kind: cell(4)?,
        })
    }
}

/// `YYYY-MM-DD`, by its form.
pub fn is_date(text: &[u8]) -> bool {
    text.len() >= 10
        && text[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
