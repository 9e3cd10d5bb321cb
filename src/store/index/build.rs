//! Building an index: beside the one that is read, into its place in one step.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::error::{Error, Kind as ErrorKind, Result};
use crate::files::{Succession, place_of};
use crate::indicator::Kind;
use crate::store::file::remove_beside;

use super::filters::Filters;
use super::listing::{Entry, host_of};
use super::read::Index;
use super::schema::{APPLICATION, INDEXES, TABLES, VERSION, checksum};

/// A row to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a> {
    pub kind: Kind,
    /// The canonical form.
    pub key: &'a str,
    /// As it was sent.
    pub sent: &'a str,
    /// As the source numbers the row; empty where it does not.
    pub id: &'a str,
    /// The title of the report, or the reason; empty where there is none.
    pub publication: &'a str,
    /// `YYYY-MM-DD`; empty where there is none.
    pub date: &'a str,
}

/// Where the rows of a source come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    pub name: String,
    pub origin: String,
    /// Of what was read, in hexadecimal.
    pub sha256: String,
    pub retrieved_at: Timestamp,
    /// Whether there is a newer one some day.
    pub ages: bool,
}

/// What an index has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Rows of the source that was read.
    pub rows: u64,
    /// Rows of it that cannot be looked up.
    pub not_indexed: u64,
    /// Different indicators of all sources.
    pub indicators: u64,
}

/// An index under way. Dropped before its end, it leaves nothing behind.
pub struct Builder {
    db: Connection,
    /// `None` for an index that nobody else sees.
    place: Option<Succession>,
    /// Of the source that is added, and of its latest report.
    source: i64,
    report: i64,
    /// Reports that are there already, by their titles.
    reports: HashMap<String, i64>,
    titles: usize,
    rows: u64,
    not_indexed: u64,
    /// What the filters need room for, other sources included.
    room: Room,
    /// Of it, what others' rows need.
    taken_over: Room,
}

#[derive(Debug, Clone, Copy, Default)]
struct Room {
    /// Rows that are hosts or have one.
    gates: u64,
    entries: u64,
}

/// Bytes of titles that are remembered; beyond, a report may stand there twice.
const MAX_TITLES: usize = 4 << 20;

impl Builder {
    /// Begins an index that is to stand at `path`. With `old`, the sources in that one are taken
    /// over, but for the one called `without`.
    ///
    /// # Errors
    /// Another run is building, the folder cannot be written, or `old` is damaged.
    pub fn begin(path: &Path, old: Option<&Path>, without: &str) -> Result<Self> {
        let place = Succession::begin(path)?;
        let db = Connection::open(place.path());
        let mut builder = Self::with(db, Some(place))?;
        if let Some(old) = old {
            builder
                .take_over(old, without)
                .map_err(|error| failed(&error))?;
        }
        Ok(builder)
    }

    /// An index that nobody else sees, gone with this run; in memory while it is small.
    ///
    /// # Errors
    /// There is no place for temporary files.
    pub fn private() -> Result<Self> {
        Self::with(Connection::open(""), None)
    }

    fn with(db: rusqlite::Result<Connection>, place: Option<Succession>) -> Result<Self> {
        let begun = db.and_then(|db| {
            // Nobody sees the file before it is whole; until then nothing is worth a log.
            db.execute_batch(&format!(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
                 PRAGMA foreign_keys = OFF; PRAGMA threads = 2;
                 PRAGMA cache_size = -16000; {TABLES} BEGIN;"
            ))?;
            Ok(db)
        });
        Ok(Builder {
            db: begun.map_err(|error| failed(&error))?,
            place,
            source: 1,
            report: 0,
            reports: HashMap::new(),
            titles: 0,
            rows: 0,
            not_indexed: 0,
            room: Room::default(),
            taken_over: Room::default(),
        })
    }

    fn take_over(&mut self, old: &Path, without: &str) -> rusqlite::Result<()> {
        self.db.execute_batch("COMMIT")?;
        self.db
            .execute("ATTACH ?1 AS old", [old.to_string_lossy()])?;
        self.db.execute_batch("BEGIN")?;
        self.db.execute(
            "INSERT INTO main.sources SELECT * FROM old.sources WHERE name <> ?1",
            [without],
        )?;
        self.db.execute_batch(
            "INSERT INTO main.reports SELECT * FROM old.reports
               WHERE source IN (SELECT id FROM main.sources);
             INSERT INTO main.rows SELECT * FROM old.rows
               WHERE report IN (SELECT id FROM main.reports);
             COMMIT; DETACH old; BEGIN;",
        )?;
        let last = |sql| self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        self.source = last("SELECT coalesce(max(id), 0) + 1 FROM sources")?;
        self.report = last("SELECT coalesce(max(id), 0) FROM reports")?;
        let room = Room {
            gates: last(
                "SELECT count(*) FROM rows WHERE kind IN ('url', 'domain', 'ip', 'ipv6', 'email')",
            )?
            .unsigned_abs(),
            entries: last("SELECT count(*) + count(host_hash) FROM rows")?.unsigned_abs(),
        };
        (self.room, self.taken_over) = (room, room);
        Ok(())
    }

    /// # Errors
    /// A full disk.
    pub fn add(&mut self, row: &Listed<'_>) -> Result<()> {
        self.rows += 1;
        self.insert(row).map_err(|error| failed(&error))
    }

    /// Takes out again what was added.
    ///
    /// # Errors
    /// A full disk.
    pub fn restart(&mut self) -> Result<()> {
        (self.rows, self.not_indexed, self.titles) = (0, 0, 0);
        self.reports.clear();
        self.room = self.taken_over;
        let own = "report IN (SELECT id FROM reports WHERE source = ?1)";
        let deleted = self
            .db
            .execute(&format!("DELETE FROM rows WHERE {own}"), [self.source]);
        deleted.map(drop).map_err(|error| failed(&error))
    }

    /// Counts a row that cannot be looked up.
    pub fn count_not_indexed(&mut self) {
        self.not_indexed += 1;
    }

    fn insert(&mut self, row: &Listed<'_>) -> rusqlite::Result<()> {
        let report = self.report(row.publication)?;
        self.room.entries += 1 + u64::from(row.kind == Kind::Url);
        let has_host = [Kind::Url, Kind::Domain, Kind::Ip, Kind::Ipv6, Kind::Email];
        self.room.gates += u64::from(has_host.contains(&row.kind));
        let host_hash =
            (row.kind == Kind::Url).then(|| Entry::UrlHost(host_of(row.key)).hash() as i64);
        let mut insert = self
            .db
            .prepare_cached("INSERT INTO rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        insert.execute(params![
            Entry::Key(row.kind, row.key).hash() as i64,
            host_hash,
            row.kind.name(),
            row.key,
            (row.sent != row.key).then_some(row.sent),
            report,
            row.id,
            row.date,
            checksum(row.sent, row.id, row.date, row.publication)
        ])?;
        Ok(())
    }

    fn report(&mut self, publication: &str) -> rusqlite::Result<i64> {
        if let Some(report) = self.reports.get(publication) {
            return Ok(*report);
        }
        self.report += 1;
        let mut insert = self
            .db
            .prepare_cached("INSERT INTO reports VALUES (?1, ?2, ?3)")?;
        insert.execute(params![self.report, self.source, publication])?;
        self.titles += publication.len();
        if self.titles > MAX_TITLES {
            self.reports.clear();
            self.titles = publication.len();
        }
        self.reports.insert(publication.to_string(), self.report);
        Ok(self.report)
    }

    /// Ends the index and puts it in its place. `None` as origin: nothing was added.
    ///
    /// # Errors
    /// A full disk: the old index stands.
    pub fn finish(self, origin: Option<&Provenance>) -> Result<Built> {
        let built = self.complete(origin).map_err(|error| failed(&error))?;
        if let Some(place) = self.place {
            self.db.close().map_err(|(_, error)| failed(&error))?;
            without_beside(place.place())?;
            place.finish()?;
        }
        Ok(built)
    }

    /// Ends a private index, to be read.
    ///
    /// # Errors
    /// A full disk.
    pub fn into_index(self, origin: &Provenance) -> Result<Index> {
        let built = self.complete(Some(origin));
        built.map_err(|error| failed(&error))?;
        Index::of(self.db, Path::new(&origin.origin))
    }

    fn complete(&self, origin: Option<&Provenance>) -> rusqlite::Result<Built> {
        if let Some(origin) = origin {
            self.db.execute(
                "INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    self.source,
                    origin.name,
                    origin.origin,
                    origin.sha256,
                    origin.retrieved_at.as_millisecond(),
                    origin.ages,
                    self.rows as i64,
                    self.not_indexed as i64
                ],
            )?;
        }
        self.db.execute_batch(INDEXES)?;
        let indicators = self.insert_filter()?;
        // Last of all: before, it is no index.
        self.db.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        ))?;
        Ok(Built {
            rows: self.rows,
            not_indexed: self.not_indexed,
            indicators,
        })
    }

    /// Says how many different indicators there are.
    fn insert_filter(&self) -> rusqlite::Result<u64> {
        let count = "SELECT count(DISTINCT hash) FROM rows";
        let indicators: i64 = self.db.query_row(count, [], |row| row.get(0))?;
        let mut filters = Filters::with_room_for(self.room.gates, self.room.entries);
        let mut query = self.db.prepare("SELECT kind, indicator FROM rows")?;
        let mut rows = query.query([])?;
        let mut longest_url = 0;
        while let Some(row) = rows.next()? {
            let kind = row.get_ref(0)?.as_str()?.parse().unwrap_or(Kind::Other);
            let key = row.get_ref(1)?.as_str()?;
            filters.insert(kind, key);
            if kind == Kind::Url {
                longest_url = longest_url.max(key.len());
            }
        }
        let (gates, entries, checksum) = filters.to_bytes();
        self.db.execute(
            "INSERT INTO filter VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                indicators,
                longest_url as i64,
                checksum as i64,
                gates,
                entries
            ],
        )?;
        Ok(indicators.unsigned_abs())
    }
}

/// Deletes the index at `path`, the one before, and what belongs to them. Says whether there was
/// any.
///
/// # Errors
/// Another run is building, the folder cannot be written, or a link leads to what is no index.
pub fn delete(path: &Path) -> Result<bool> {
    if path.is_symlink() && path.exists() && !begins_as_index(path) {
        return Err(Error::service(format!("{} is not deleted", path.display()))
            .cause("it is a link, and what it leads to does not begin as an index does")
            .hint("take the link away"));
    }
    let any = Succession::delete(path)?;
    let place = place_of(path).map_err(|error| Error::write(path.display(), &error))?;
    without_beside(&place)?;
    Ok(any)
}

/// By what SQLite writes first, and where it keeps whose file it is (its file format, 1.3).
fn begins_as_index(path: &Path) -> bool {
    let begins = || -> std::io::Result<bool> {
        let mut head = [0; 72];
        File::open(path)?.read_exact(&mut head)?;
        let application = i64::from_be_bytes([0, 0, 0, 0, head[68], head[69], head[70], head[71]]);
        Ok(head.starts_with(b"SQLite format 3\0") && application == APPLICATION)
    };
    path.is_file() && begins().unwrap_or(false)
}

/// An index is written once, without a journal: one beside it is a stranger's, and SQLite would
/// put what it holds into the next one.
fn without_beside(place: &Path) -> Result<()> {
    remove_beside(place).map_err(|error| Error::write(place.display(), &error))
}

fn failed(error: &rusqlite::Error) -> Error {
    Error::new(ErrorKind::Internal, "the index cannot be written").cause(error)
}
