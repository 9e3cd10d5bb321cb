//! The rows of the Master IOC: `,` between cells, `'` around them where needed, doubled inside
//! (contract: kaspersky.md, get_master_ioc).
//!
//! Not a CSV library's work, because it must go on after damage. A title that begins with a
//! stray quote would swallow thousands of rows up to the next one; here a row that makes no sense
//! costs its first line and no more, and it is told by its number.

use std::io::{self, Read};

use memchr::memchr;
use schemars::JsonSchema;

use crate::document::AnswerSchema;
use crate::indicator::{Algorithm, Kind};

use super::cells::{Cells, Parsed};
use super::columns::{self, COLUMNS, Columns};
use super::terms::{Class, Words, kind_by_form};

/// A row as it is understood, blanks around cells taken off; in JSON an empty cell is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
pub struct Row<'a> {
    /// The number of the row, as sent.
    #[schemars(with = "Option<String>")]
    pub id: &'a str,
    /// The title of the report.
    #[schemars(with = "Option<String>")]
    pub publication: &'a str,
    /// The indicator, as sent.
    #[schemars(with = "Option<String>")]
    pub indicator: &'a str,
    /// `YYYY-MM-DD`
    #[schemars(with = "Option<String>")]
    pub detection_date: &'a str,
    /// From the service's word and the form of the indicator.
    #[schemars(rename = "type")]
    pub kind: Kind,
    /// `md5Hash`, `sha1Hash`, `sha256Hash`, `networkActivity`, and others.
    #[schemars(with = "Option<String>")]
    pub type_as_sent: &'a str,
    /// What stands at such a type; `None` if it is not known.
    #[schemars(skip)]
    class: Option<Class>,
}

pub const SCHEMA: AnswerSchema =
    AnswerSchema::list::<Row<'static>>("kaspersky-ioc", &["kaspersky ioc"]);

impl<'a> Row<'a> {
    /// In the order above. They are written as text, as there are hundreds of thousands of rows.
    pub fn cells(&self) -> [&'a str; 6] {
        [
            self.id,
            self.publication,
            self.indicator,
            self.detection_date,
            self.kind.name(),
            self.type_as_sent,
        ]
    }

    /// Whether an indicator and a date stand where they should. Of a type that is not known any
    /// text may be one; but the name of a type in another cell is out of its place.
    pub fn makes_sense(&self) -> bool {
        let is_indicator = match self.class {
            Some(Class::File | Class::Other) => true,
            Some(_) => self.kind != Kind::Other,
            None => [self.id, self.publication, self.indicator]
                .iter()
                .all(|cell| Class::of(cell).is_none()),
        };
        let title = self.publication;
        let other_quotes = title.len() > 1 && title.starts_with('"') && title.ends_with('"');
        is_indicator
            && !self.indicator.is_empty()
            && !other_quotes
            && day(self.detection_date.as_bytes()).is_some()
    }

    /// Whether its indicator has the form of one, whatever its type is called.
    pub fn is_recognised(&self) -> bool {
        let by_form = || match Algorithm::of(self.indicator) {
            Some(algorithm) => algorithm.kind(),
            None => kind_by_form(self.indicator),
        };
        self.kind != Kind::Other || by_form() != Kind::Other
    }
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
    /// As the first row tells.
    shape: Option<Shape>,
    cells: Cells,
    words: Words,
}

/// What the rows of a file have in common.
struct Shape {
    columns: Columns,
    /// Cells of a row.
    width: usize,
    /// `None` if the file began without one.
    header: Option<Cells>,
}

/// What the cells of a line turned out to be.
enum Judged {
    Header,
    Row,
    Odd(&'static str),
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
            shape: None,
            cells: Cells::default(),
            words: Words::default(),
        }
    }

    /// The next row; `None` at the end. A header, blank lines and a byte-order mark are not rows.
    ///
    /// # Errors
    /// A failed read; [`io::ErrorKind::InvalidInput`] for a text that is no table of this kind.
    pub fn next_row(&mut self) -> io::Result<Option<Next<'_>>> {
        loop {
            let line = self.line;
            let Some(parsed) = self.parse()? else {
                return Ok(None);
            };
            match parsed {
                Ok((size, lines)) if self.cells.are_blank() => self.advance(size, lines),
                Ok((size, lines)) => match self.judge()? {
                    Judged::Header => self.advance(size, lines),
                    Judged::Row => {
                        self.advance(size, lines);
                        return Ok(Some(self.take(line)));
                    }
                    // A stray quote may have joined several lines: the others are read by themselves.
                    Judged::Odd(why) => return self.skip(line, why).map(Some),
                },
                Err(why) => return self.literally_or_skip(line, why).map(Some),
            }
        }
    }

    fn judge(&mut self) -> io::Result<Judged> {
        let Some(shape) = &self.shape else {
            return self.begin();
        };
        let is_dated = day(self.cells.get(shape.columns.date())).is_some();
        let width = self.cells.count();
        if is_dated && width == shape.width {
            return Ok(Judged::Row);
        }
        if !is_dated && (shape.header.as_ref() == Some(&self.cells) || columns::named(&self.cells))
        {
            self.shape = Some(headed(&self.cells)?);
            return Ok(Judged::Header);
        }
        // More or fewer than the header names: those that are known, where they make sense by
        // themselves.
        let more = self.cells.filled() > shape.width;
        let known = shape.columns.last() < width;
        let is_fewer = width < shape.width;
        let makes_sense = |row: Row| row.makes_sense();
        Ok(match is_fewer {
            true if known && self.row().is_some_and(is_plain) => Judged::Row,
            true => Judged::Odd("it has too few cells"),
            false if more && !self.row().is_some_and(makes_sense) => {
                Judged::Odd("it has too many cells")
            }
            false => Judged::Row,
        })
    }

    /// The first row of a file says what the others are like.
    fn begin(&mut self) -> io::Result<Judged> {
        if self.cells.count() < COLUMNS {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let is_row = self.row().is_none_or(|row| {
            let is_dated = day(row.detection_date.as_bytes()).is_some();
            is_dated || row.kind != Kind::Other
        });
        if !is_row {
            self.shape = Some(headed(&self.cells)?);
            return Ok(Judged::Header);
        }
        self.shape = Some(Shape {
            columns: Columns::default(),
            width: self.cells.filled().max(COLUMNS),
            header: None,
        });
        Ok(Judged::Row)
    }

    /// The cells as they are understood; `None` if one of them is not UTF-8.
    fn row(&mut self) -> Option<Row<'_>> {
        let columns = self.shape.as_ref().map(|shape| shape.columns);
        let [id, publication, indicator, detection_date, type_as_sent] = columns
            .unwrap_or_default()
            .0
            .map(|index| std::str::from_utf8(self.cells.get(index)).ok());
        let (indicator, type_as_sent) = (indicator?, type_as_sent?);
        let class = self.words.class(type_as_sent);
        Some(Row {
            id: id?,
            publication: publication?,
            indicator,
            detection_date: detection_date?,
            type_as_sent,
            class,
            kind: class.map_or(Kind::Other, |class| class.kind_of(indicator)),
        })
    }

    fn take(&mut self, line: u64) -> Next<'_> {
        match self.row() {
            Some(row) => Next::Row(row),
            None => Next::Unreadable {
                line,
                why: "it is not UTF-8",
            },
        }
    }

    /// A line whose quotes make no sense, with them as part of its text where that does.
    fn literally_or_skip(&mut self, line: u64, why: &'static str) -> io::Result<Next<'_>> {
        let text = &self.buffer[self.start..self.end];
        let size = self.cells.parse_literally(text, self.at_end);
        let is_wide = |shape: &Shape| self.cells.filled() == shape.width;
        let fits = self.shape.as_ref().is_some_and(is_wide);
        match size {
            Some(size) if fits && self.row().is_some_and(is_plain) => {
                self.advance(size, 1);
                Ok(self.take(line))
            }
            _ => self.skip(line, why),
        }
    }

    fn skip(&mut self, line: u64, why: &'static str) -> io::Result<Next<'_>> {
        self.skip_line()?;
        Ok(Next::Unreadable { line, why })
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
                // Whether it makes sense by itself, its whole line says.
                Parsed::Malformed(_)
                    if !self.at_end && text.len() < MAX_ROW && memchr(b'\n', text).is_none() =>
                {
                    self.fill()?;
                }
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

/// Whether a row that is not as wide as others makes sense beyond doubt.
fn is_plain(row: Row) -> bool {
    row.makes_sense() && row.kind != Kind::Other
}

/// The shape that a header gives.
fn headed(cells: &Cells) -> io::Result<Shape> {
    Ok(Shape {
        columns: Columns::of(cells).ok_or(io::ErrorKind::InvalidInput)?,
        width: cells.filled().max(COLUMNS),
        header: Some(cells.clone()),
    })
}

/// `20260131` of `2026-01-31`, `2026/01/31`, `2026.01.31`, or of a time that begins so.
pub fn day(text: &[u8]) -> Option<[u8; 8]> {
    let [y0, y1, y2, y3, mark, m0, m1, other, d0, d1] = *text.first_chunk::<10>()?;
    let digits = [y0, y1, y2, y3, m0, m1, d0, d1];
    let is_date = b"-/.".contains(&mark) && mark == other && digits.iter().all(u8::is_ascii_digit);
    is_date.then_some(digits)
}

#[cfg(test)]
mod tests;
