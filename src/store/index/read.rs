//! An index that is read.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::error::Result;
use crate::indicator::{Indicator, Kind};
use crate::store::file::{Trouble, is_there};
use crate::store::filter::Filter;

use super::fault::{Checked, Fault, in_the_way, unreadable, unusable};
use super::filters::Filters;
use super::listing::{Entry, How, Lengths, host_of, is_unescaped, listings};
use super::parts::{self, About, KeptSource, Part};
use super::places::{block_of, rows_of};
use super::row::{self, StoredRow};
use super::schema::{APPLICATION, VERSION, statements};

/// A list or a service, and what of it the index has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedSource {
    pub name: String,
    pub origin: String,
    /// Of what was read, in hexadecimal.
    pub sha256: String,
    pub retrieved_at: Timestamp,
    /// Whether there is a newer one some day, so that this one can be too old.
    pub ages: bool,
    /// Rows that are indexed.
    pub rows: u64,
    /// Rows that cannot be looked up: file names, mutexes.
    pub not_indexed: u64,
}

/// What is listed, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub kind: Kind,
    /// In its canonical form.
    pub indicator: String,
    pub how: How,
    /// At least one.
    pub rows: Vec<Row>,
}

/// A row of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub source: String,
    /// As the source numbers it; empty where it does not.
    pub id: String,
    /// The title of the report, or the reason in a list; empty where there is none.
    pub publication: String,
    /// `YYYY-MM-DD`; empty where there is none.
    pub date: String,
    /// The indicator as it was sent.
    pub sent: String,
}

/// Which rows count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// `YYYY-MM-DD`: rows of this day and later, and those without a date.
    pub since: Option<String>,
    /// None of them: all.
    pub kinds: Vec<Kind>,
    /// Only what is the same.
    pub exact: bool,
    /// The host of a URL that is listed, too.
    pub url_hosts: bool,
}

impl Scope {
    /// Whether what is listed counts when it was found like this.
    pub fn takes(&self, how: How) -> bool {
        match how {
            How::UrlHost => self.url_hosts && !self.exact,
            How::Subdomain | How::UrlPrefix | How::Cidr => !self.exact,
            _ => true,
        }
    }

    fn has_kind(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    fn is_new(&self, date: &str) -> bool {
        match &self.since {
            Some(since) => date.is_empty() || date >= since.as_str(),
            None => true,
        }
    }
}

/// An index that is read.
#[derive(Debug)]
pub struct Index {
    db: Connection,
    path: PathBuf,
    pub(super) about: About,
}

impl Index {
    /// `None` if there is none.
    ///
    /// # Errors
    /// [`Service`](crate::error::Kind::Service) for a file that cannot be relied on,
    /// [`Internal`](crate::error::Kind::Internal) for one that cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        match is_there(path) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(trouble @ Trouble::InTheWay(_)) => return Err(in_the_way(path, &trouble)),
            Err(trouble) => return Err(unreadable(path, &trouble)),
        }
        // SQLite does not say why it cannot open a file.
        std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags);
        let db = opened.map_err(|error| Fault::from(error).of(path))?;
        check(&db, path)?;
        Self::of(db, path).map(Some)
    }

    /// `path` is what errors name.
    pub(super) fn of(db: Connection, path: &Path) -> Result<Self> {
        let about = About::read(&db).map_err(|fault| fault.of(path))?;
        Ok(Index {
            db,
            path: path.to_path_buf(),
            about,
        })
    }

    /// All that this can be listed as, the most specific first.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn find(&self, indicator: &Indicator, scope: &Scope) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        let mut failed = None;
        let (kind, key) = (indicator.kind(), indicator.key());
        let _ = listings(kind, &key, &self.about.lengths, &mut |entry, how| {
            match self.hit(entry, how, scope) {
                Ok(hit) => {
                    // As of what is seen in a log, a disguise is said before anything else.
                    let is_unescaped = kind == Kind::Url && is_unescaped(entry, &key);
                    let how = if is_unescaped { How::Percent } else { how };
                    hits.extend(hit.map(|hit| Hit { how, ..hit }));
                    ControlFlow::Continue(())
                }
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        failed.map_or(Ok(hits), Err)
    }

    /// What is listed under one entry.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn hit(&self, entry: Entry<'_>, how: How, scope: &Scope) -> Result<Option<Hit>> {
        if !scope.takes(how) || matches!(entry, Entry::Key(kind, _) if !scope.has_kind(kind)) {
            return Ok(None);
        }
        self.rows(entry, how, scope)
            .map_err(|fault| fault.of(&self.path))
    }

    fn rows(&self, entry: Entry<'_>, how: How, scope: &Scope) -> Checked<Option<Hit>> {
        let hash = entry.hash();
        let block = Part::Places(block_of(hash, self.about.blocks));
        let numbers = parts::read(&self.db, block, |block| rows_of(block, hash))?;
        if numbers.is_empty() {
            return Ok(None);
        }
        let select = format!("{} WHERE rows.id = ?1", row::SELECT);
        let mut query = self.db.prepare_cached(&select)?;
        let mut hit: Option<Hit> = None;
        for number in numbers {
            let mut rows = query.query([number])?;
            let row = rows.next()?.ok_or(NOT_TOGETHER)?;
            let row = StoredRow::of(row)?;
            let (kind, indicator) = (row.kind, row.indicator);
            let listed = match entry {
                Entry::Key(..) => Entry::Key(kind, indicator),
                Entry::UrlHost(_) => Entry::UrlHost(host_of(indicator)),
            };
            let is_of_kind = kind == Kind::Url || matches!(entry, Entry::Key(..));
            if listed.hash() != hash || !is_of_kind {
                return Err(NOT_TOGETHER);
            }
            if listed != entry || !scope.has_kind(kind) || !scope.is_new(row.date) {
                continue;
            }
            let hit = hit.get_or_insert_with(|| Hit {
                kind,
                indicator: indicator.to_string(),
                how,
                rows: Vec::new(),
            });
            hit.rows.push(Row {
                source: self.source(row.source).ok_or(NOT_TOGETHER)?.name.clone(),
                id: row.id.to_string(),
                publication: row.publication.to_string(),
                date: row.date.to_string(),
                sent: row.sent.to_string(),
            });
            if hit.rows.len() == MAX_ROWS {
                break;
            }
        }
        Ok(hit)
    }

    fn source(&self, id: i64) -> Option<&KeptSource> {
        self.about.sources.iter().find(|source| source.id == id)
    }

    pub fn sources(&self) -> Vec<IndexedSource> {
        let sources = self.about.sources.iter().map(|source| IndexedSource {
            name: source.name.clone(),
            origin: source.origin.clone(),
            sha256: source.sha256.clone(),
            retrieved_at: Timestamp::from_millisecond(source.retrieved_ms).unwrap_or_default(),
            ages: source.ages,
            rows: source.rows,
            not_indexed: source.not_indexed,
        });
        sources.collect()
    }

    /// How many different indicators it has.
    pub fn indicators(&self) -> u64 {
        self.about.indicators
    }

    /// How many rows of each kind a source has.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn kinds(&self) -> Result<BTreeMap<(String, Kind), u64>> {
        self.count_kinds().map_err(|fault| fault.of(&self.path))
    }

    fn count_kinds(&self) -> Checked<BTreeMap<(String, Kind), u64>> {
        let mut query = self.db.prepare(
            "SELECT source, kind, count(*) FROM rows JOIN reports ON reports.id = report
             GROUP BY source, kind",
        )?;
        let mut rows = query.query([])?;
        let mut kinds = BTreeMap::new();
        let mut missing: u64 = self.about.sources.iter().map(|source| source.rows).sum();
        while let Some(row) = rows.next()? {
            let source = self.source(row.get(0)?).ok_or(NOT_TOGETHER)?;
            let kind = row.get_ref(1).and_then(|kind| Ok(kind.as_str()?))?;
            let kind = kind.parse().map_err(|_| NOT_TOGETHER)?;
            let count = row.get::<_, i64>(2)?.unsigned_abs();
            missing = missing.checked_sub(count).ok_or(NOT_TOGETHER)?;
            kinds.insert((source.name.clone(), kind), count);
        }
        match missing {
            0 => Ok(kinds),
            _ => Err(NOT_TOGETHER),
        }
    }

    /// What spares most questions.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn filters(&self) -> Result<Filters> {
        let filter = |part| {
            let read = parts::read(&self.db, part, Filter::from_bytes);
            read.map_err(|fault| fault.of(&self.path))
        };
        Ok(Filters::of(filter(Part::Gates)?, filter(Part::Entries)?))
    }

    /// The ranges that are listed.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn ranges(&self) -> Result<Vec<IpNet>> {
        let read = parts::read(&self.db, Part::Ranges, |ranges| {
            let ranges = std::str::from_utf8(ranges).ok()?.lines();
            ranges.map(|range| range.parse().ok()).collect()
        });
        read.map_err(|fault| fault.of(&self.path))
    }

    pub fn lengths(&self) -> &Lengths {
        &self.about.lengths
    }
}

/// A page of a popular indicator's reports is enough to know it by.
const MAX_ROWS: usize = 100;

const NOT_TOGETHER: Fault = Fault::Damaged("its tables do not fit together");

/// Whether it is an index.
fn check(db: &Connection, path: &Path) -> Result<()> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let known = number("application_id").and_then(|id| Ok((id, number("user_version")?)));
    match known.map_err(|error| Fault::from(error).of(path))? {
        (APPLICATION, VERSION) => {}
        (APPLICATION, version) if (1..VERSION).contains(&version) => {
            return Err(unusable(path, &"it is by an older ti, with another layout"));
        }
        (APPLICATION, version) if version > VERSION => {
            let why =
                format!("it is by a newer ti: its layout is {version}, this one knows {VERSION}");
            return Err(unusable(path, &why));
        }
        _ => return Err(unusable(path, &"it is not an index of ti")),
    }
    let made_by = schema_text(db).map_err(|error| Fault::from(error).of(path))?;
    match made_by == statements().collect::<Vec<_>>() {
        true => Ok(()),
        false => Err(unusable(path, &"its tables are not as ti makes them")),
    }
}

/// What its tables were made by. Where a letter of that is another one, SQLite may read the same
/// pages as something else.
fn schema_text(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query =
        db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")?;
    query.query_map([], |row| row.get(0))?.collect()
}
