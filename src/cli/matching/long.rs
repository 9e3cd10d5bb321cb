//! A line that is longer than a block, and comes in pieces: printed whole, as any other. What came
//! before it is known whether it is printed waits, beyond some megabytes in a file without a name.

use std::io::{self, Read, Seek, Write};

use tempfile::SpooledTempFile;

use crate::error::{Error, Kind, Result};
use crate::output::Output;

/// So much waits in memory.
const IN_MEMORY: usize = 4 << 20;

pub(super) struct LongLine {
    /// Whether lines without a match are the ones that are printed.
    invert: bool,
    /// Whether lines are but counted.
    count: bool,
    waiting: SpooledTempFile,
    has_match: bool,
    has_end: bool,
}

impl LongLine {
    pub fn new(invert: bool, count: bool) -> Self {
        LongLine {
            invert,
            count,
            waiting: SpooledTempFile::new(IN_MEMORY),
            has_match: false,
            has_end: true,
        }
    }

    /// Its next piece.
    ///
    /// # Errors
    /// It cannot be written, or kept.
    pub fn piece(&mut self, piece: &[u8], has_match: bool, out: &mut Output) -> Result<()> {
        self.has_end = piece.ends_with(b"\n");
        if has_match && !self.has_match {
            self.has_match = true;
            if !self.invert {
                self.hand_on(out)?;
            }
        }
        match self.has_match {
            true if self.invert => Ok(()),
            true => out.bytes(piece),
            false if self.count => Ok(()),
            false => self.waiting.write_all(piece).map_err(not_kept),
        }
    }

    /// Its end, which is one in what is printed too.
    pub fn end(mut self, out: &mut Output) -> Result<()> {
        if self.has_match == self.invert || self.count {
            return Ok(());
        }
        if self.invert {
            self.hand_on(out)?;
        }
        match self.has_end {
            true => Ok(()),
            false => out.bytes(b"\n"),
        }
    }

    pub fn has_match(&self) -> bool {
        self.has_match
    }

    fn hand_on(&mut self, out: &mut Output) -> Result<()> {
        self.waiting.rewind().map_err(not_kept)?;
        let mut part = vec![0; 64 << 10];
        loop {
            match self.waiting.read(&mut part).map_err(not_kept)? {
                0 => return Ok(()),
                length => out.bytes(&part[..length])?,
            }
        }
    }
}

fn not_kept(error: io::Error) -> Error {
    Error::new(Kind::Internal, "a very long line of a log cannot be kept")
        .cause(error)
        .hint("it waits in the folder for temporary files (TMPDIR)")
}
