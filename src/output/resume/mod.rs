//! `--resume FILE`: what an earlier run wrote is kept, and what it did not answer is appended.

mod scan;

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use crate::document::Layout;
use crate::error::{Error, Result};
use crate::files::{open_alone, place_of};

use super::{Format, Selection};

use scan::Scan;

/// What of an element says whether its input was answered.
pub const NEEDED: [&str; 2] = ["input", "status"];

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
    pub(in crate::output) out: BufWriter<File>,
    pub(in crate::output) path: PathBuf,
    /// Whether there is something in it.
    pub(in crate::output) begun: bool,
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
            Error::usage(format!("--resume {}: cannot be used", path.display()))
                .or_full_disk(&error)
                .cause(error)
        };
        let place = place_of(path).map_err(failed)?;
        let file = open_alone(&place).map_err(failed)?;
        let busy = || failed(io::Error::other("another ti is writing to it"));
        let file = file.ok_or_else(busy)?;
        let mut scan = Scan::new(path, format);
        let whole = scan.read(BufReader::new(&file))?;
        let file = match whole {
            true => file,
            // From its first moment the new file is this run's alone, as the old one is until
            // the new one stands in its place.
            false => scan.rewrite(&file, &place).map_err(failed)?,
        };
        let fields = scan.header.as_ref().map(|names| {
            let parsed = Selection::parse(&names.join(","), layout);
            let path = path.display();
            parsed.map_err(|error| error.hint(format!("{path} was not written by this command")))
        });
        let fields = fields.transpose()?;
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

#[cfg(test)]
mod tests;
