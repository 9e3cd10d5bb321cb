//! What is kept between runs: answers, in an SQLite database in the user's cache folder.
//!
//! A cache only ever helps. Whatever is wrong with it (damaged, of a newer version, in a folder
//! that cannot be written, on a full disk), a run goes on with a database of its own that nobody
//! else sees and that is gone when the run ends.

mod checksum;
mod file;
pub mod filter;
pub mod index;
mod upkeep;

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::console::Reporter;
use crate::system::System;

use checksum::checksum;
use file::{Database, Trouble};
pub use upkeep::{Kept, Upkeep};

/// An answer older than this is taken out when a run writes its first new one.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Where the cache is; none on a machine without a folder for it.
pub fn cache_path(system: &System) -> Option<PathBuf> {
    Some(system.cache_home.as_ref()?.join("ti").join("cache.db"))
}

/// Whose answers, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    pub provider: &'static str,
    pub endpoint: String,
}

/// An answer as the service sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// In whole milliseconds.
    pub retrieved_at: Timestamp,
    pub body: Vec<u8>,
    /// Whether it was given in this run, whatever the clock says.
    pub is_own: bool,
}

pub struct Store {
    db: Option<Database>,
    /// Where it is; none for a database that nobody else sees.
    path: Option<PathBuf>,
    /// This run's number: what has it was asked by this run.
    run: i64,
    /// Whether old answers were looked for in this run.
    pruned: bool,
    notes: &'static dyn Reporter,
}

impl Store {
    /// The database at `path`, made if there is none. It cannot fail, only warn.
    pub fn open(path: &Path, notes: &'static dyn Reporter) -> Self {
        let opened = match file::open(path) {
            Err(trouble @ (Trouble::Damaged(_) | Trouble::Newer(_))) => {
                renew(path, &trouble, None, notes)
            }
            opened => opened,
        };
        Self::with(opened, path, notes)
    }

    fn with(opened: Result<Database, Trouble>, path: &Path, notes: &'static dyn Reporter) -> Self {
        match opened {
            Ok(db) => Store {
                db: Some(db),
                path: Some(path.to_path_buf()),
                run: new_run(),
                pruned: false,
                notes,
            },
            Err(trouble) => {
                notes.warning(&format!("no cache: {}: {trouble}", path.display()));
                Store::private(notes)
            }
        }
    }

    /// A database for this run alone: in memory while small, then in a temporary file.
    pub fn private(notes: &'static dyn Reporter) -> Self {
        Store {
            db: file::private().ok(),
            ..Store::none(notes)
        }
    }

    /// None, where no source has anything to be kept.
    pub fn none(notes: &'static dyn Reporter) -> Self {
        Store {
            db: None,
            path: None,
            run: new_run(),
            pruned: true,
            notes,
        }
    }

    /// Whether others see it, the runs to come among them.
    pub fn is_kept(&self) -> bool {
        self.path.is_some()
    }

    /// For another thread that only reads; `None` where there is nothing to be read.
    pub fn reader(&self) -> Option<Reader> {
        let path = self.path.as_ref()?;
        let db = file::open_made(path).ok()??;
        Some(Reader { db, run: self.run })
    }

    pub fn get(&mut self, source: &Owner, indicator: &str) -> Option<KeptAnswer> {
        let db = self.db.as_ref()?;
        let found = select(db, self.run, source, indicator);
        found.unwrap_or_else(|trouble| {
            self.give_up(&trouble);
            None
        })
    }

    /// Keeps an answer in the place of an earlier one for the same indicator.
    pub fn put(&mut self, source: &Owner, indicator: &str, at: Timestamp, body: &[u8]) {
        let Some(db) = &self.db else { return };
        let at = at.as_millisecond();
        let mut written = Ok(0);
        if !std::mem::replace(&mut self.pruned, true) {
            let oldest = at - millis(KEPT_FOR);
            written = db.execute("DELETE FROM answers WHERE retrieved_ms < ?1", [oldest]);
        }
        let written = written.and_then(|_| insert(db, self.run, source, indicator, at, body));
        if let Err(error) = written {
            self.give_up(&error.into());
        }
    }

    /// From here on without what others see: with a fresh file where this one is damaged.
    fn give_up(&mut self, trouble: &Trouble) {
        let db = self.db.take();
        let Some(path) = self.path.take() else { return };
        let next = match trouble {
            Trouble::Damaged(_) => {
                let renewed = renew(&path, trouble, db.as_ref(), self.notes);
                Store::with(renewed, &path, self.notes)
            }
            trouble => {
                self.notes.warning(&format!(
                    "the cache is not used any further: {}: {trouble}",
                    path.display()
                ));
                Store::private(self.notes)
            }
        };
        let run = self.run;
        *self = Store { run, ..next };
    }
}

/// A second look at a store. What it cannot read is not there: the store itself says why.
pub struct Reader {
    db: Database,
    run: i64,
}

impl Reader {
    pub fn get(&self, source: &Owner, indicator: &str) -> Option<KeptAnswer> {
        select(&self.db, self.run, source, indicator).ok()?
    }
}

/// One that no other process has, as long as this one runs.
fn new_run() -> i64 {
    i64::from(std::process::id()) << 31 | i64::from(fastrand::u32(..) >> 1)
}

fn renew(
    path: &Path,
    trouble: &Trouble,
    damaged: Option<&Database>,
    notes: &dyn Reporter,
) -> Result<Database, Trouble> {
    let (db, aside) = file::set_aside(path, damaged)?;
    if let Some(aside) = aside {
        notes.warning(&format!(
            "the cache {} {trouble}: it was set aside as {} and a new one begun",
            path.display(),
            aside.display()
        ));
    }
    Ok(db)
}

/// # Errors
/// The database is of no use, or the answer is not as it was written.
fn select(
    db: &Connection,
    run: i64,
    source: &Owner,
    indicator: &str,
) -> Result<Option<KeptAnswer>, Trouble> {
    let mut query = db.prepare_cached(
        "SELECT retrieved_ms, body, run, checksum FROM answers
         WHERE provider = ?1 AND endpoint = ?2 AND indicator = ?3",
    )?;
    let row = query.query_row(
        params![source.provider, source.endpoint, indicator],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    );
    let row: Option<(i64, Vec<u8>, i64, i64)> = row.optional()?;
    let Some((retrieved_ms, body, by, sum)) = row else {
        return Ok(None);
    };
    let retrieved_at = Timestamp::from_millisecond(retrieved_ms).ok();
    let retrieved_at =
        retrieved_at.filter(|_| sum == sum_of(source, indicator, retrieved_ms, by, &body));
    match retrieved_at {
        Some(retrieved_at) => Ok(Some(KeptAnswer {
            retrieved_at,
            body,
            is_own: by == run,
        })),
        None => Err(Trouble::Damaged(
            "an answer is not as it was written".to_string(),
        )),
    }
}

/// The later of two stays, also where the clock went back between them.
fn insert(
    db: &Connection,
    run: i64,
    source: &Owner,
    indicator: &str,
    retrieved_ms: i64,
    body: &[u8],
) -> rusqlite::Result<usize> {
    let mut statement =
        db.prepare_cached("INSERT OR REPLACE INTO answers VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    statement.execute(params![
        source.provider,
        source.endpoint,
        indicator,
        retrieved_ms,
        body,
        run,
        sum_of(source, indicator, retrieved_ms, run, body)
    ])
}

fn sum_of(source: &Owner, indicator: &str, retrieved_ms: i64, run: i64, body: &[u8]) -> i64 {
    let [retrieved_ms, run] = [retrieved_ms, run].map(i64::to_le_bytes);
    let texts = [source.provider, &source.endpoint, indicator].map(str::as_bytes);
    let [provider, endpoint, indicator] = texts;
    checksum(&[provider, endpoint, indicator, &retrieved_ms, &run, body]) as i64
}

fn millis(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
