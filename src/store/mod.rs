//! What is kept between runs: answers, in an SQLite database in the user's cache folder.
//!
//! A cache only ever helps. Whatever is wrong with it (damaged, of a newer version, in a folder
//! that cannot be written, on a full disk), a run goes on with a database of its own that nobody
//! else sees and that is gone when the run ends.

mod file;
pub mod filter;
pub mod index;
mod upkeep;

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::console::Reporter;
use crate::system::System;

use file::Trouble;
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
pub struct Entry {
    /// In whole milliseconds.
    pub retrieved_at: Timestamp,
    pub body: Vec<u8>,
}

pub struct Store {
    db: Option<Connection>,
    /// Where it is; none for a database that nobody else sees.
    path: Option<PathBuf>,
    /// Whether old answers were looked for in this run.
    pruned: bool,
    notes: &'static dyn Reporter,
}

impl Store {
    /// The database at `path`, made if there is none. It cannot fail, only warn.
    pub fn open(path: &Path, notes: &'static dyn Reporter) -> Self {
        let opened = match file::open(path) {
            Err(trouble @ (Trouble::Damaged(_) | Trouble::Newer(_))) => {
                renew(path, &trouble, false, notes)
            }
            opened => opened,
        };
        Self::with(opened, path, notes)
    }

    fn with(
        opened: Result<Connection, Trouble>,
        path: &Path,
        notes: &'static dyn Reporter,
    ) -> Self {
        match opened {
            Ok(db) => Store {
                db: Some(db),
                path: Some(path.to_path_buf()),
                pruned: false,
                notes,
            },
            Err(trouble) => {
                notes.warning(&format!(
                    "no cache, every lookup is asked: {}: {trouble}",
                    path.display()
                ));
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
        Some(Reader(file::open_made(path).ok()??))
    }

    pub fn get(&mut self, source: &Owner, indicator: &str) -> Option<Entry> {
        let found = self.db.as_ref().map(|db| select(db, source, indicator))?;
        found.unwrap_or_else(|error| {
            self.give_up(&error);
            None
        })
    }

    /// Keeps an answer in the place of an older one for the same indicator.
    pub fn put(&mut self, source: &Owner, indicator: &str, entry: &Entry) {
        let Some(db) = &self.db else { return };
        let mut written = Ok(0);
        if !std::mem::replace(&mut self.pruned, true) {
            let oldest = entry.retrieved_at.as_millisecond() - millis(KEPT_FOR);
            written = db.execute("DELETE FROM answers WHERE retrieved_ms < ?1", [oldest]);
        }
        let written = written.and_then(|_| insert(db, source, indicator, entry));
        if let Err(error) = written {
            self.give_up(&error);
        }
    }

    /// From here on without what others see: with a fresh file where this one is damaged.
    fn give_up(&mut self, error: &rusqlite::Error) {
        let trouble = Trouble::of(error);
        let Some(path) = self.path.take() else {
            self.db = None;
            return;
        };
        self.db = None;
        *self = match trouble {
            Trouble::Damaged(_) => {
                let renewed = renew(&path, &trouble, true, self.notes);
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
    }
}

/// A second look at a store. What it cannot read is not there: the store itself says why.
pub struct Reader(Connection);

impl Reader {
    pub fn get(&self, source: &Owner, indicator: &str) -> Option<Entry> {
        select(&self.0, source, indicator).ok()?
    }
}

fn renew(
    path: &Path,
    trouble: &Trouble,
    seen: bool,
    notes: &dyn Reporter,
) -> Result<Connection, Trouble> {
    let (db, aside) = file::set_aside(path, seen)?;
    if let Some(aside) = aside {
        notes.warning(&format!(
            "the cache {} {trouble}: it was set aside as {} and a new one begun",
            path.display(),
            aside.display()
        ));
    }
    Ok(db)
}

fn select(db: &Connection, source: &Owner, indicator: &str) -> rusqlite::Result<Option<Entry>> {
    let mut query = db.prepare_cached(
        "SELECT retrieved_ms, body FROM answers WHERE provider = ?1 AND endpoint = ?2 AND indicator = ?3",
    )?;
    let row = query.query_row(
        params![source.provider, source.endpoint, indicator],
        |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)),
    );
    let entry = |(retrieved_ms, body)| {
        let retrieved_at = Timestamp::from_millisecond(retrieved_ms).ok()?;
        Some(Entry { retrieved_at, body })
    };
    Ok(row.optional()?.and_then(entry))
}

fn insert(
    db: &Connection,
    source: &Owner,
    indicator: &str,
    entry: &Entry,
) -> rusqlite::Result<usize> {
    // Of two processes that asked at the same time, the later answer stays.
    let mut statement = db.prepare_cached(
        "INSERT INTO answers (provider, endpoint, indicator, retrieved_ms, body) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET retrieved_ms = excluded.retrieved_ms, body = excluded.body
         WHERE excluded.retrieved_ms >= retrieved_ms",
    )?;
    statement.execute(params![
        source.provider,
        source.endpoint,
        indicator,
        entry.retrieved_at.as_millisecond(),
        entry.body
    ])
}

fn millis(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
