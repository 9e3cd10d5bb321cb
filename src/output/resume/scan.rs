//! What an earlier run wrote, row by row: what stays, and what it answered.

use std::fs::File;
use std::io::{self, BufRead, BufWriter, Read, Seek};
use std::path::Path;

use encoding_rs::UTF_8;

use crate::document::{Mark, without_bom};
use crate::error::{Error, Result};

use super::{Answered, NEEDED};
use crate::files::Pending;
use crate::input::Packing;
use crate::output::Format;

/// The statuses of an input that need not be asked again.
const SETTLED: [&str; 3] = ["found", "not_found", "invalid"];

/// An element is never longer than this.
const MAX_LINE: u64 = 16 << 20;

pub(super) struct Scan {
    name: String,
    format: Format,
    pub header: Option<Vec<String>>,
    /// Where in a row of a CSV the input and the status are.
    places: (usize, usize),
    pub answered: Answered,
    /// The pieces of the file that stay: from, to.
    kept: Vec<(u64, u64)>,
}

impl Scan {
    pub fn new(path: &Path, format: Format) -> Self {
        Scan {
            name: path.display().to_string(),
            format,
            header: None,
            places: (0, 0),
            answered: Answered::default(),
            kept: Vec::new(),
        }
    }

    /// Whether all of the file stays.
    pub fn read(&mut self, mut file: impl BufRead) -> Result<bool> {
        let head = file.fill_buf().map_err(|error| self.unreadable(error))?;
        self.refuse_other_forms(head)?;
        let mut from = 0;
        let mut whole = true;
        let mut number = 0;
        loop {
            let mut row = Vec::new();
            let read = self.next_row(&mut file, &mut row);
            let read = read.map_err(|error| self.unreadable(error))?;
            if !read {
                // What is left is half a row.
                return Ok(whole && row.is_empty());
            }
            number += 1;
            let to = from + row.len() as u64;
            if self.is_kept(&row, number)? {
                match self.kept.last_mut() {
                    Some((_, end)) if *end == from => *end = to,
                    _ => self.kept.push((from, to)),
                }
            } else {
                whole = false;
            }
            from = to;
        }
    }

    fn unreadable(&self, error: io::Error) -> Error {
        Error::usage(format!("{}: cannot be read", self.name)).cause(error)
    }

    /// Answers are appended as they are, which a file in another form would not bear.
    fn refuse_other_forms(&self, head: &[u8]) -> Result<()> {
        let refused = |why: String, advice: String| {
            let error = Error::usage(format!("--resume {}: cannot be used", self.name));
            Err(error
                .cause(why)
                .cause("answers are appended to it as plain UTF-8")
                .hint(advice))
        };
        if let Some(packing) = Packing::of(head) {
            return refused(packing.said(), packing.advice());
        }
        match Mark::of(head) {
            Mark::Of(encoding, _) | Mark::MissingUtf16(encoding) if encoding != UTF_8 => {
                let name = encoding.name();
                refused(
                    format!("it is written in {name}"),
                    format!("save it as UTF-8: iconv -f {name} -t UTF-8"),
                )
            }
            Mark::Utf32 => refused(
                "it is written in UTF-32".to_string(),
                "save it as UTF-8: iconv -f UTF-32 -t UTF-8".to_string(),
            ),
            _ => Ok(()),
        }
    }

    /// Reads a whole row; false at the end, where `row` holds what is left.
    fn next_row(&self, file: &mut impl BufRead, row: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let room = MAX_LINE.saturating_sub(row.len() as u64);
            let read = file.by_ref().take(room).read_until(b'\n', row)?;
            if read == 0 || !row.ends_with(b"\n") {
                return Ok(false);
            }
            // Our own CSV quotes every cell that has a quote, so that they come in pairs.
            let quotes = row.iter().filter(|byte| **byte == b'"').count();
            if self.format != Format::Csv || quotes % 2 == 0 {
                return Ok(true);
            }
        }
    }

    fn is_kept(&mut self, row: &[u8], number: u64) -> Result<bool> {
        let found = match self.format {
            Format::Csv if number == 1 => {
                self.read_header(row)?;
                return Ok(true);
            }
            Format::Csv => {
                let mut cells = cells(row);
                let status = cells.get(self.places.1).cloned();
                let input = cells.get_mut(self.places.0).map(std::mem::take);
                input.zip(status)
            }
            _ => {
                let element: Option<serde_json::Value> =
                    serde_json::from_slice(without_bom(row)).ok();
                let text = |name: &str| Some(element.as_ref()?.get(name)?.as_str()?.to_string());
                text(NEEDED[0]).zip(text(NEEDED[1]))
            }
        };
        let Some((input, status)) = found else {
            return Err(Error::usage(format!(
                "--resume {}:{number}: not an element of an earlier run",
                self.name
            ))
            .hint(
                "an element needs its input and its status: do not leave them out with --fields",
            ));
        };
        let settled = SETTLED.contains(&status.as_str());
        if settled {
            self.answered.add(&input);
        }
        Ok(settled)
    }

    fn read_header(&mut self, row: &[u8]) -> Result<()> {
        let names = cells(row);
        let place = |name: &str| names.iter().position(|known| known == name);
        self.places = place(NEEDED[0]).zip(place(NEEDED[1])).ok_or_else(|| {
            Error::usage(format!(
                "--resume {}: its columns are not those of an earlier run",
                self.name
            ))
            .hint("it needs the columns input and status: do not leave them out with --fields")
        })?;
        self.header = Some(names);
        Ok(())
    }

    /// Puts a file with the kept pieces in the place of the old one, and gives it, open alone.
    pub fn rewrite(&self, mut old: &File, path: &Path) -> io::Result<File> {
        let mut new = BufWriter::new(Pending::create(path)?);
        for (from, to) in &self.kept {
            old.seek(io::SeekFrom::Start(*from))?;
            io::copy(&mut old.take(to - from), &mut new)?;
        }
        new.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .commit_open()
    }
}

fn cells(row: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(row);
    let record = reader.records().next().and_then(std::result::Result::ok);
    record.iter().flatten().map(str::to_string).collect()
}
