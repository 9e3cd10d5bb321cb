//! Building an index: beside the one that is read, into its place in one step.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use ipnet::IpNet;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::error::{Error, Kind as ErrorKind, Result};
use crate::files::{Succession, place_of};
use crate::indicator::Kind;
use crate::store::file::remove_beside;

use super::fault::{Checked, Fault};
use super::filters::Filters;
use super::listing::{Entry, Lengths, host_of};
use super::parts::{self, About, KeptSource, Part};
use super::places::{self, Place, block_of, blocks_for};
use super::read::Index;
use super::row::{self, StoredRow};
use super::schema::{APPLICATION, TABLES, VERSION, report_checksum, row_checksum};

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
    /// Those that are taken over.
    sources: Vec<KeptSource>,
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

impl Room {
    fn count(&mut self, kind: Kind) {
        let has_host = [Kind::Url, Kind::Domain, Kind::Ip, Kind::Ipv6, Kind::Email];
        self.entries += 1 + u64::from(kind == Kind::Url);
        self.gates += u64::from(has_host.contains(&kind));
    }
}

/// Blocks of places that are made in one go, in some 16 MB.
const BLOCKS_TOGETHER: u64 = 1 << 15;

/// Bytes of titles that are remembered; beyond, a report may stand there twice.
const MAX_TITLES: usize = 4 << 20;

impl Builder {
    /// Begins an index that is to stand at `path`. With `old`, the sources in that one are taken
    /// over, but for the one called `without`.
    ///
    /// # Errors
    /// Another run is building, the folder cannot be written, or `old` is damaged.
    pub fn begin(path: &Path, old: Option<&Path>, without: &str) -> Result<Self> {
        // What cannot be taken over is told before anything is prepared.
        old.map(Index::open).transpose()?;
        let place = Succession::begin(path)?;
        let db = Connection::open(place.path());
        let mut builder = Self::with(db, Some(place))?;
        if let Some(old) = old {
            builder.take_over(old, without)?;
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
                 PRAGMA foreign_keys = OFF;
                 PRAGMA cache_size = -16000; {TABLES} BEGIN;"
            ))?;
            Ok(db)
        });
        Ok(Builder {
            db: begun.map_err(|error| failed(&error))?,
            place,
            sources: Vec::new(),
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

    fn take_over(&mut self, old: &Path, without: &str) -> Result<()> {
        let Some(index) = Index::open(old)? else {
            return Ok(());
        };
        self.sources = index.about.sources;
        self.sources.retain(|source| source.name != without);
        self.copy(old).map_err(|fault| match fault.is_damage() {
            true => fault.of(old),
            false => failed(&fault),
        })
    }

    /// Copies the rows of the sources that are taken over. As they get a new filter, one that was
    /// damaged, or is missing, would not be missed any more.
    fn copy(&mut self, old: &Path) -> Checked<()> {
        self.db.execute_batch("COMMIT")?;
        self.db
            .execute("ATTACH ?1 AS old", [old.to_string_lossy()])?;
        self.db.execute_batch("BEGIN")?;
        for source in &self.sources {
            let reports = "INSERT INTO main.reports SELECT * FROM old.reports WHERE source = ?1";
            self.db.execute(reports, [source.id])?;
        }
        self.db.execute_batch(
            "INSERT INTO main.rows SELECT * FROM old.rows
               WHERE report IN (SELECT id FROM main.reports);
             COMMIT; DETACH old; BEGIN;",
        )?;
        let mut counts = HashMap::<i64, u64>::new();
        let mut query = self.db.prepare(row::SELECT)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let row = StoredRow::of(row)?;
            *counts.entry(row.source).or_default() += 1;
            self.room.count(row.kind);
        }
        let count = |source: &KeptSource| counts.get(&source.id).copied().unwrap_or_default();
        if self
            .sources
            .iter()
            .any(|source| count(source) != source.rows)
        {
            return Err(Fault::Damaged("rows of it are missing"));
        }
        self.taken_over = self.room;
        let last_source = self.sources.iter().map(|source| source.id).max();
        self.source = last_source.unwrap_or_default() + 1;
        let last = "SELECT coalesce(max(id), 0) FROM reports";
        self.report = self.db.query_row(last, [], |row| row.get(0))?;
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
        self.room.count(row.kind);
        let mut insert = self
            .db
            .prepare_cached("INSERT INTO rows VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        let kind = row.kind.name();
        insert.execute(params![
            kind,
            row.key,
            (row.sent != row.key).then_some(row.sent),
            report,
            row.id,
            row.date,
            row_checksum(kind, row.key, row.sent, report, row.id, row.date)
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
            .prepare_cached("INSERT INTO reports VALUES (?1, ?2, ?3, ?4)")?;
        let checksum = report_checksum(self.report, self.source, publication);
        insert.execute(params![self.report, self.source, publication, checksum])?;
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
        let mut about = self.write_filters()?;
        about.sources.clone_from(&self.sources);
        about.sources.extend(origin.map(|origin| KeptSource {
            id: self.source,
            name: origin.name.clone(),
            origin: origin.origin.clone(),
            sha256: origin.sha256.clone(),
            retrieved_ms: origin.retrieved_at.as_millisecond(),
            ages: origin.ages,
            rows: self.rows,
            not_indexed: self.not_indexed,
        }));
        about.blocks = blocks_for(self.room.entries);
        about.indicators = self.write_places(about.blocks)?;
        about.write(&self.db)?;
        // Last of all: before, it is no index.
        self.db.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        ))?;
        Ok(Built {
            rows: self.rows,
            not_indexed: self.not_indexed,
            indicators: about.indicators,
        })
    }

    /// Each row: its number, its kind, its key.
    fn each_row(&self, mut visit: impl FnMut(i64, Kind, &str)) -> rusqlite::Result<()> {
        let mut query = self.db.prepare("SELECT id, kind, indicator FROM rows")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let kind = row.get_ref(1)?.as_str()?.parse().unwrap_or(Kind::Other);
            visit(row.get(0)?, kind, row.get_ref(2)?.as_str()?);
        }
        Ok(())
    }

    /// Filters and ranges, and what has to be known of them.
    fn write_filters(&self) -> rusqlite::Result<About> {
        let mut filters = Filters::with_room_for(self.room.gates, self.room.entries);
        let mut ranges = String::new();
        let mut lengths = [(); 2].map(|()| BTreeSet::new());
        let mut longest_url = 0;
        self.each_row(|_, kind, key| {
            filters.insert(kind, key);
            match kind {
                Kind::Url => longest_url = longest_url.max(key.len()),
                Kind::Cidr => {
                    ranges.push_str(key);
                    ranges.push('\n');
                    if let Ok(range) = key.parse::<IpNet>() {
                        let is_v6 = matches!(range, IpNet::V6(_));
                        lengths[usize::from(is_v6)].insert(range.prefix_len());
                    }
                }
                _ => {}
            }
        })?;
        let (gates, entries) = filters.to_bytes();
        parts::write(&self.db, Part::Gates, &gates)?;
        parts::write(&self.db, Part::Entries, &entries)?;
        parts::write(&self.db, Part::Ranges, ranges.as_bytes())?;
        let [v4, v6] = lengths.map(|lengths| lengths.into_iter().rev().collect());
        Ok(About {
            lengths: Lengths {
                v4,
                v6,
                longest_url,
            },
            ..About::default()
        })
    }

    /// Says how many different indicators there are.
    fn write_places(&self, blocks: u64) -> rusqlite::Result<u64> {
        let mut indicators = 0;
        for first in (0..blocks).step_by(BLOCKS_TOGETHER as usize) {
            let together = first..blocks.min(first + BLOCKS_TOGETHER);
            let (mut keys, mut hosts) = (Vec::new(), Vec::new());
            self.each_row(|row, kind, key| {
                let place = |entry: Entry<'_>| {
                    let hash = entry.hash();
                    let is_here = together.contains(&block_of(hash, blocks));
                    is_here.then_some(Place { hash, row })
                };
                keys.extend(place(Entry::Key(kind, key)));
                if kind == Kind::Url {
                    hosts.extend(place(Entry::UrlHost(host_of(key))));
                }
            })?;
            keys.sort_unstable();
            indicators += keys.chunk_by(|a, b| a.hash == b.hash).count() as u64;
            keys.append(&mut hosts);
            keys.sort();
            let mut rest = &keys[..];
            for block in together {
                let is_own = |place: &Place| block_of(place.hash, blocks) <= block;
                let (own, others) = rest.split_at(rest.partition_point(is_own));
                parts::write(&self.db, Part::Places(block), &places::to_bytes(own))?;
                rest = others;
            }
        }
        Ok(indicators)
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

fn failed(error: &dyn fmt::Display) -> Error {
    Error::new(ErrorKind::Internal, "the index cannot be written").cause(error)
}
