//! What of an index is read as a whole: each part under a checksum, and none that may be missing.
//! What a table of rows cannot tell, that a row is gone, these can.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::store::checksum::checksum;

use super::fault::{Checked, Fault};
use super::listing::Lengths;

/// One of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// [`About`], in JSON.
    About,
    /// The filter of hosts, by what they end in.
    Gates,
    /// The filter of all entries.
    Entries,
    /// The ranges that are listed, one a line.
    Ranges,
    /// Where rows are, by their hashes: the block with this number.
    Places(u64),
}

impl Part {
    fn id(self) -> i64 {
        match self {
            Part::About => 0,
            Part::Gates => 1,
            Part::Entries => 2,
            Part::Ranges => 3,
            Part::Places(block) => 4 + block as i64,
        }
    }

    fn checksum(self, bytes: &[u8]) -> i64 {
        checksum(&[bytes, &self.id().to_le_bytes()]) as i64
    }
}

pub fn write(db: &Connection, part: Part, bytes: &[u8]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO parts VALUES (?1, ?2, ?3)")?;
    insert
        .execute(params![part.id(), part.checksum(bytes), bytes])
        .map(drop)
}

/// What `read` makes of a part.
///
/// # Errors
/// It is missing, not as it was written, or `read` makes nothing of it.
pub fn read<T>(db: &Connection, part: Part, read: impl FnOnce(&[u8]) -> Option<T>) -> Checked<T> {
    let mut select = db.prepare_cached("SELECT checksum, bytes FROM parts WHERE id = ?1")?;
    let found = select.query_row([part.id()], |row| {
        let bytes = row.get_ref(1)?.as_blob()?;
        let is_whole = row.get::<_, i64>(0)? == part.checksum(bytes);
        Ok(is_whole.then(|| read(bytes)).flatten())
    });
    found
        .optional()?
        .flatten()
        .ok_or(Fault::Damaged("a part of it is not as it was written"))
}

/// What there is to know of an index before anything is looked up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct About {
    pub sources: Vec<KeptSource>,
    /// Different ones.
    pub indicators: u64,
    pub lengths: Lengths,
    /// Blocks of places.
    pub blocks: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptSource {
    pub id: i64,
    pub name: String,
    /// Where it was read from.
    pub origin: String,
    /// Of what was read.
    pub sha256: String,
    /// Since 1970, UTC.
    pub retrieved_ms: i64,
    /// Whether there is a newer one some day.
    pub ages: bool,
    pub rows: u64,
    /// File names, mutexes.
    pub not_indexed: u64,
}

impl About {
    pub fn write(&self, db: &Connection) -> rusqlite::Result<()> {
        let bytes = serde_json::to_vec(self)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        write(db, Part::About, &bytes)
    }

    pub fn read(db: &Connection) -> Checked<Self> {
        read(db, Part::About, |bytes| serde_json::from_slice(bytes).ok())
    }
}
