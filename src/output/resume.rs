//! `--resume FILE`: what an earlier run wrote is kept, and what it did not answer is appended.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek};
use std::path::{Path, PathBuf};

use crate::document::Layout;
use crate::error::{Error, Result};

use super::{Format, Pending, Selection};

/// The statuses of an input that need not be asked again.
const SETTLED: [&str; 3] = ["found", "not_found", "invalid"];

/// An element is never longer than this.
const MAX_LINE: u64 = 16 << 20;

/// A file that an earlier run wrote, and what it answered.
pub struct Resumed {
    pub file: Appended,
    pub format: Format,
    /// The columns of a CSV that is there already: the new rows have the same.
    pub fields: Option<Selection>,
    pub answered: Answered,
}

/// A file to append to. Nobody else does so while it is open.
pub struct Appended {
    pub(super) out: BufWriter<File>,
    pub(super) path: PathBuf,
    /// Whether there is something in it.
    pub(super) begun: bool,
}

/// How often each input was answered, by the hash of its text: 50 million inputs that are all
/// different have one chance in 15,000 that two of them are taken for one.
#[derive(Default)]
pub struct Answered {
    hasher: RandomState,
    counts: HashMap<u64, u32>,
}

impl Answered {
    pub fn len(&self) -> u64 {
        self.counts.values().map(|count| u64::from(*count)).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn add(&mut self, input: &str) {
        *self.counts.entry(self.key(input)).or_default() += 1;
    }

    /// Whether this input was answered; each answer counts for one input.
    pub fn take(&mut self, input: &str) -> bool {
        let key = self.key(input);
        let Some(count) = self.counts.get_mut(&key) else {
            return false;
        };
        *count -= 1;
        if *count == 0 {
            self.counts.remove(&key);
        }
        true
    }

    /// In CSV a `'` may have been put before the input.
    fn key(&self, input: &str) -> u64 {
        self.hasher
            .hash_one(input.strip_prefix('\'').unwrap_or(input))
    }
}

impl Resumed {
    /// Reads what is there, if anything, and leaves it with the elements that are settled: what
    /// failed is asked again, and a last line cut in half goes.
    pub fn open(path: &Path, asked: Option<Format>, layout: &Layout) -> Result<Self> {
        let format = asked.or_else(|| Format::of_path(path));
        let Some(format @ (Format::Ndjson | Format::Csv)) = format else {
            return Err(Error::usage(format!(
                "--resume {}: not a file that can be continued",
                path.display()
            ))
            .hint("name it .ndjson or .csv, or add --ndjson or --csv"));
        };
        let failed = |error: io::Error| {
            Error::usage(format!("--resume {}: cannot be used", path.display())).cause(error)
        };
        let file = locked(path).map_err(failed)?;
        let mut scan = Scan::new(path, format);
        let whole = scan.read(BufReader::new(&file))?;
        let file = match whole {
            true => file,
            false => {
                drop(file);
                scan.rewrite(path).map_err(failed)?;
                locked(path).map_err(failed)?
            }
        };
        let fields = match &scan.header {
            Some(names) => Some(Selection::parse(&names.join(","), layout).map_err(|error| {
                error.hint(format!(
                    "{} was not written by this command",
                    path.display()
                ))
            })?),
            None => None,
        };
        let begun = file.metadata().map_err(failed)?.len() > 0;
        Ok(Resumed {
            file: Appended {
                out: BufWriter::new(file),
                path: path.to_path_buf(),
                begun,
            },
            format,
            fields,
            answered: scan.answered,
        })
    }
}

/// The file, made if need be, for this process alone.
fn locked(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(io::Error::other("another ti is writing to it")),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

struct Scan {
    name: String,
    format: Format,
    header: Option<Vec<String>>,
    /// Where in a row of a CSV the input and the status are.
    places: (usize, usize),
    answered: Answered,
    /// The pieces of the file that stay: from, to.
    kept: Vec<(u64, u64)>,
}

impl Scan {
    fn new(path: &Path, format: Format) -> Self {
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
    fn read(&mut self, mut file: impl BufRead) -> Result<bool> {
        let mut from = 0;
        let mut whole = true;
        let mut number = 0;
        loop {
            let mut row = Vec::new();
            let read = self.next_row(&mut file, &mut row);
            let read = read.map_err(|error| {
                Error::usage(format!("{}: cannot be read", self.name)).cause(error)
            })?;
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
                let element: Option<serde_json::Value> = serde_json::from_slice(row).ok();
                let text = |name: &str| Some(element.as_ref()?.get(name)?.as_str()?.to_string());
                text("input").zip(text("status"))
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
        self.places = place("input").zip(place("status")).ok_or_else(|| {
            Error::usage(format!(
                "--resume {}: its columns are not those of an earlier run",
                self.name
            ))
            .hint("it needs the columns input and status: do not leave them out with --fields")
        })?;
        self.header = Some(names);
        Ok(())
    }

    /// Puts a file with the kept pieces in the place of the old one.
    fn rewrite(&self, path: &Path) -> io::Result<()> {
        let mut old = File::open(path)?;
        let mut new = BufWriter::new(Pending::create(path)?);
        for (from, to) in &self.kept {
            old.seek(io::SeekFrom::Start(*from))?;
            io::copy(&mut (&mut old).take(to - from), &mut new)?;
        }
        new.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .commit()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Column, Drawn, Phrase};

    const LAYOUT: Layout = Layout {
        columns: &[
            Column::new("input", "", ""),
            Column::new("status", "", ""),
            Column::new("tags", "", ""),
        ],
        table: &[],
        card: None,
        empty: Phrase::new("", ""),
        max_rows: 10,
        drawn: Drawn::Never,
    };

    fn resumed(name: &str, text: &str) -> (Resumed, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let resumed = Resumed::open(&path, None, &LAYOUT).unwrap();
        let left = fs::read_to_string(&path).unwrap();
        (resumed, left)
    }

    #[test]
    fn what_is_settled_stays_and_the_rest_goes() {
        let found = "{\"input\":\"a\",\"status\":\"found\"}\n";
        let text = [
            found,
            "{\"input\":\"b\",\"status\":\"error\"}\n",
            found,
            "{\"input\":\"c\",\"sta",
        ]
        .concat();
        let (mut resumed, left) = resumed("f.ndjson", &text);
        assert_eq!(left, [found, found].concat());
        let answered = &mut resumed.answered;
        assert_eq!(answered.len(), 2);
        let taken = ["a", "b", "c", "a", "a"].map(|input| answered.take(input));
        assert_eq!(taken, [true, false, false, true, false]);
    }

    #[test]
    fn a_csv_goes_on_with_its_own_columns() {
        let whole = "status,tags,input\r\nfound,\"a\r\n\"\"b\"\"\",a\r\ninvalid,,'=x\r\n";
        let (mut resumed, left) = resumed("f.csv", &[whole, "found,\"a\r\n"].concat());
        assert_eq!(left, whole);
        assert!(resumed.answered.take("=x") && resumed.answered.take("a"));
        let fields = resumed.fields.unwrap();
        let names: Vec<_> = fields.0.iter().map(|column| column.field).collect();
        assert_eq!(names, ["status", "tags", "input"]);
        assert!(resumed.file.begun);
    }

    #[test]
    fn half_a_header_is_none() {
        let (resumed, left) = resumed("f.csv", "status,ta");
        assert_eq!(left, "");
        assert!(!resumed.file.begun && resumed.fields.is_none());
    }

    #[test]
    fn a_file_of_somebody_else_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("f.ndjson", "{\"a\":1}\n"),
            ("f.csv", "a,b\n"),
            ("f.json", "[]"),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            assert!(Resumed::open(&path, None, &LAYOUT).is_err());
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn two_at_once_are_one_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.csv");
        let first = Resumed::open(&path, None, &LAYOUT).unwrap();
        let Err(error) = Resumed::open(&path, None, &LAYOUT) else {
            panic!("two");
        };
        assert!(error.to_string().contains("another ti"), "{error}");
        drop(first);
    }
}
