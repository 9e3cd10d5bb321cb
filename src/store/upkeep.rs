//! What the cache holds, and emptying it.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::file::{self, Database, Trouble};
use crate::error::{Error, Kind, Result};
use crate::files::{place_of, with_ending};

/// Whoever empties the cache waits longer for others than a lookup does.
const PATIENCE: Duration = Duration::from_secs(10);

const PAUSE: Duration = Duration::from_millis(20);

/// The answers of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub provider: String,
    pub endpoint: String,
    pub answers: u64,
    pub bytes: u64,
    pub oldest: Option<Timestamp>,
    pub newest: Option<Timestamp>,
}

/// The cache as a thing to look after; unlike a lookup, this can fail.
pub struct Upkeep {
    db: Option<Database>,
}

impl Upkeep {
    /// No file is as good as an empty one, and is not made.
    pub fn open(path: &Path) -> Result<Self> {
        let db = match path.exists() {
            true => Some(file::open(path).map_err(|trouble| failed(path, &trouble))?),
            false => None,
        };
        Ok(Upkeep { db })
    }

    pub fn kept(&self) -> Result<Vec<Kept>> {
        let Some(db) = &self.db else {
            return Ok(Vec::new());
        };
        let kept = || {
            let mut query = db.prepare(
                "SELECT provider, endpoint, count(*), sum(length(body)), min(retrieved_ms), max(retrieved_ms)
                 FROM answers GROUP BY provider, endpoint ORDER BY provider, endpoint",
            )?;
            let rows = query.query_map([], |row| {
                let time = |ms: i64| Timestamp::from_millisecond(ms).ok();
                Ok(Kept {
                    provider: row.get(0)?,
                    endpoint: row.get(1)?,
                    answers: row.get::<_, i64>(2)?.unsigned_abs(),
                    bytes: row.get::<_, i64>(3)?.unsigned_abs(),
                    oldest: time(row.get(4)?),
                    newest: time(row.get(5)?),
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        kept().map_err(|error| unusable(&error))
    }

    /// Takes every answer out, from under other processes too, and says how many there were.
    /// A file that was set aside goes as well.
    pub fn clear(path: &Path) -> Result<u64> {
        // A file that is set aside stays where the link leads to.
        let path = &place_of(path).unwrap_or_else(|_| path.to_path_buf());
        let _ = fs::remove_file(with_ending(path, ".aside"));
        let end = Instant::now() + PATIENCE;
        loop {
            match take_all_out(path) {
                Err(Trouble::InUse(_)) if Instant::now() < end => thread::sleep(PAUSE),
                taken => return taken.map_err(|trouble| failed(path, &trouble)),
            }
        }
    }
}

fn take_all_out(path: &Path) -> Result<u64, Trouble> {
    if !path.exists() {
        return Ok(0);
    }
    let db = match file::open(path) {
        Err(Trouble::Damaged(_) | Trouble::Newer(_)) => {
            let made = file::set_aside(path, None);
            let _ = fs::remove_file(with_ending(path, ".aside"));
            made?.0
        }
        opened => opened?,
    };
    let taken = db.execute("DELETE FROM answers", [])?;
    // The space comes back now, unless another process is at work: then it is reused.
    let _ = db.execute_batch("VACUUM");
    Ok(taken as u64)
}

fn failed(path: &Path, trouble: &Trouble) -> Error {
    let error = Error::new(
        Kind::Internal,
        format!("the cache {} cannot be used", path.display()),
    )
    .cause(trouble);
    match trouble {
        Trouble::Damaged(_) | Trouble::Newer(_) => {
            error.hint("ti cache clear takes it away; the next lookup begins a new one")
        }
        Trouble::InUse(_) => error.hint("another process is at it: let it finish"),
        Trouble::InTheWay(_) | Trouble::Other(_) => error,
    }
}

fn unusable(error: &rusqlite::Error) -> Error {
    Error::new(Kind::Internal, "the cache cannot be used").cause(error)
}
