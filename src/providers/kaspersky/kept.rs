//! The Master IOC for the index: from the portal, or from a file that somebody keeps.

use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::document::without_bom;
use crate::error::{Error, Result};
use crate::indicator::Kind;
use crate::redact::Redactor;

use super::content::capped;
use super::download::MasterArgs;
use super::ioc::each_row;
use super::master::{Master, Receiver};
use super::rows::Row;

const MEMBER: &str = "master_ioc";

/// What was read.
pub struct Kept {
    /// Of the rows as the service writes them, in hexadecimal.
    pub sha256: String,
    /// What is to be said of lines that cannot be read.
    pub unreadable: Option<Error>,
}

/// Whoever takes rows.
pub type Take<O> = dyn FnMut(&mut O, &Row) -> Result<()>;

/// Asks the portal for it.
///
/// # Errors
/// Those of the portal, and of `take`.
pub fn fetch<O: Receiver>(
    args: &MasterArgs,
    cx: &Context,
    out: &mut O,
    take: &mut Take<O>,
) -> Result<Kept> {
    args.fetch(MEMBER, cx, out, |content, out| {
        read_rows(content, out, cx, take)
    })
}

/// Reads a file with the answer of the portal, or with the rows that `ioc --raw` writes.
///
/// # Errors
/// The file is neither, and those of `take`.
pub fn read<O>(
    args: &MasterArgs,
    file: impl Read,
    cx: &Context,
    out: &mut O,
    take: &mut Take<O>,
) -> Result<Kept> {
    let mut file = BufReader::with_capacity(1 << 16, file);
    let head = file
        .fill_buf()
        .map_err(|error| Error::usage("it cannot be read").cause(error))?;
    let max = args.max_size.unwrap_or(u64::MAX / 4);
    if !without_bom(head).trim_ascii_start().starts_with(b"{") {
        return read_rows(&mut capped(file, max), out, cx, take);
    }
    let master = Master {
        member: MEMBER,
        max,
    };
    master.read(file, None, &Redactor::default(), &mut |content| {
        read_rows(content, out, cx, take)
    })
}

/// Whether a row is about something that can be seen on a network or by a digest: no path, no
/// name of a file, whatever it looks like.
pub fn is_looked_up(row: &Row) -> bool {
    !matches!(row.kind, Kind::File | Kind::Other)
}

fn read_rows<O>(
    content: &mut dyn Read,
    out: &mut O,
    cx: &Context,
    take: &mut Take<O>,
) -> Result<Kept> {
    let mut hashed = Hashed {
        inner: content,
        hasher: Sha256::new(),
    };
    let unreadable = each_row(&mut hashed, out, cx.notes, take)?;
    Ok(Kept {
        sha256: hex::encode(hashed.hasher.finalize()),
        unreadable,
    })
}

struct Hashed<'a> {
    inner: &'a mut dyn Read,
    hasher: Sha256,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        Ok(read)
    }
}
