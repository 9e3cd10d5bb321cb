//! An index that is read.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params};

use crate::error::{Error, Result};
use crate::indicator::{Indicator, Kind};

use super::filters::{Filters, Part};
use super::listing::{Entry, How, Lengths, host_of, is_unescaped, listings};
use super::schema::{APPLICATION, VERSION, checksum, statements};
use crate::store::file::is_there;

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
    lengths: Lengths,
}

impl Index {
    /// `None` if there is none.
    ///
    /// # Errors
    /// [`Service`](crate::error::Kind::Service) for a file that cannot be relied on.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        match is_there(path) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(trouble) => {
                let error = Error::service(unreliable(path)).cause(trouble);
                return Err(error.hint("take away what is there; ti index update builds a new one"));
            }
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags);
        let db = opened.map_err(|error| unusable(path, &error))?;
        check(&db, path)?;
        Self::of(db, path).map(Some)
    }

    /// `path` is what errors name.
    pub(super) fn of(db: Connection, path: &Path) -> Result<Self> {
        let lengths = lengths(&db).map_err(|error| unusable(path, &error))?;
        Ok(Index {
            db,
            path: path.to_path_buf(),
            lengths,
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
        let _ = listings(kind, &key, &self.lengths, &mut |entry, how| {
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
            .map_err(|error| unusable(&self.path, &error))?
            .ok_or_else(|| unusable(&self.path, &"its tables do not fit together"))
    }

    /// `None` for a row that is not as it was written: its hash is another indicator's, it says
    /// something else, or its source is not there.
    fn rows(
        &self,
        entry: Entry<'_>,
        how: How,
        scope: &Scope,
    ) -> rusqlite::Result<Option<Option<Hit>>> {
        let column = match entry {
            Entry::Key(..) => "hash",
            Entry::UrlHost(_) => "host_hash",
        };
        let mut query = self.db.prepare_cached(&format!(
            "SELECT kind, indicator, coalesce(sent, indicator), row_id, date, publication, name,
                    checksum
             FROM rows LEFT JOIN reports ON reports.id = report
             LEFT JOIN sources ON sources.id = source
             WHERE {column} = ?1 ORDER BY rows.rowid"
        ))?;
        let mut rows = query.query(params![entry.hash() as i64])?;
        let mut hit: Option<Hit> = None;
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
            let indicator = text(1)?;
            let Ok(kind) = text(0)?.parse::<Kind>() else {
                return Ok(None);
            };
            let listed = match entry {
                Entry::Key(..) => Entry::Key(kind, indicator),
                Entry::UrlHost(_) => Entry::UrlHost(host_of(indicator)),
            };
            let is_of_kind = kind == Kind::Url || matches!(entry, Entry::Key(..));
            if listed != entry || !is_of_kind {
                if listed.hash() != entry.hash() {
                    return Ok(None);
                }
                continue;
            }
            if row.get_ref(6)? == ValueRef::Null
                || row.get::<_, i64>(7)? != checksum(text(2)?, text(3)?, text(4)?, text(5)?)
            {
                return Ok(None);
            }
            if !scope.has_kind(kind) || !scope.is_new(text(4)?) {
                continue;
            }
            let hit = hit.get_or_insert_with(|| Hit {
                kind,
                indicator: indicator.to_string(),
                how,
                rows: Vec::new(),
            });
            if hit.rows.len() < MAX_ROWS {
                hit.rows.push(Row {
                    source: text(6)?.to_string(),
                    id: text(3)?.to_string(),
                    publication: text(5)?.to_string(),
                    date: text(4)?.to_string(),
                    sent: text(2)?.to_string(),
                });
            }
        }
        Ok(Some(hit))
    }

    /// What `read` makes of each row that a query gives.
    fn select<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<C> {
        let selected = || -> rusqlite::Result<C> {
            let mut query = self.db.prepare(sql)?;
            query.query_map([], read)?.collect()
        };
        selected().map_err(|error| unusable(&self.path, &error))
    }

    /// # Errors
    /// The file is damaged.
    pub fn sources(&self) -> Result<Vec<IndexedSource>> {
        self.select(
            "SELECT name, origin, sha256, retrieved_ms, ages, rows, not_indexed
             FROM sources ORDER BY id",
            |row| {
                Ok(IndexedSource {
                    name: row.get(0)?,
                    origin: row.get(1)?,
                    sha256: row.get(2)?,
                    retrieved_at: moment(row.get(3)?)?,
                    ages: row.get(4)?,
                    rows: row.get::<_, i64>(5)?.unsigned_abs(),
                    not_indexed: row.get::<_, i64>(6)?.unsigned_abs(),
                })
            },
        )
    }

    /// How many different indicators it has.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn indicators(&self) -> Result<u64> {
        let count = self
            .db
            .query_row("SELECT indicators FROM filter", [], |row| {
                row.get::<_, i64>(0)
            });
        count
            .map(i64::unsigned_abs)
            .map_err(|error| unusable(&self.path, &error))
    }

    /// How many rows of each kind a source has.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn kinds(&self) -> Result<BTreeMap<(String, String), u64>> {
        self.select(
            "SELECT name, kind, count(*) FROM rows JOIN reports ON reports.id = report
             JOIN sources ON sources.id = source GROUP BY name, kind",
            |row| {
                let source_and_kind = (row.get(0)?, row.get(1)?);
                Ok((source_and_kind, row.get::<_, i64>(2)?.unsigned_abs()))
            },
        )
    }

    /// What spares most questions.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn filters(&self) -> Result<Filters> {
        let part = |select| {
            let part = |row: &rusqlite::Row| Ok(Part::from_bytes(row.get_ref(0)?.as_blob()?));
            self.db.query_row(select, [], part)
        };
        let filters = || {
            let select = "SELECT checksum FROM filter";
            let checksum = self.db.query_row(select, [], |row| row.get::<_, i64>(0))?;
            let gates = part("SELECT gates FROM filter")?;
            let entries = part("SELECT entries FROM filter")?;
            Ok(Filters::of(gates, entries, checksum as u64))
        };
        filters()
            .map_err(|error: rusqlite::Error| unusable(&self.path, &error))?
            .ok_or_else(|| unusable(&self.path, &"its filter is damaged"))
    }

    /// The ranges that are listed.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn ranges(&self) -> Result<Vec<IpNet>> {
        let ranges: Option<_> = self
            .select("SELECT indicator FROM rows WHERE kind = 'cidr'", |row| {
                Ok(row.get_ref(0)?.as_str()?.parse::<IpNet>().ok())
            })?;
        ranges.ok_or_else(|| unusable(&self.path, &"a range is none"))
    }

    pub fn lengths(&self) -> &Lengths {
        &self.lengths
    }
}

/// A page of a popular indicator's reports is enough to know it by.
const MAX_ROWS: usize = 100;

/// Whether it is an index, and whole.
fn check(db: &Connection, path: &Path) -> Result<()> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let known = number("application_id").and_then(|id| Ok((id, number("user_version")?)));
    match known.map_err(|error| unusable(path, &error))? {
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
    let made_by = schema_text(db).map_err(|error| unusable(path, &error))?;
    if made_by != statements().collect::<Vec<_>>() {
        return Err(unusable(path, &"its tables are not as ti makes them"));
    }
    let pages = number("page_count").and_then(|pages| Ok((pages, number("page_size")?)));
    let (pages, size) = pages.map_err(|error| unusable(path, &error))?;
    let length = std::fs::metadata(path).map(|file| file.len()).unwrap_or(0);
    if length != pages.unsigned_abs() * size.unsigned_abs() {
        return Err(unusable(path, &"it is cut off"));
    }
    Ok(())
}

/// What its tables and their indexes were made by. Where a letter of that is another one, SQLite
/// may read the same pages as something else.
fn schema_text(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query =
        db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// Of one source, in milliseconds.
fn moment(retrieved_ms: i64) -> rusqlite::Result<Timestamp> {
    let beyond = |_| rusqlite::Error::IntegralValueOutOfRange(3, retrieved_ms);
    Timestamp::from_millisecond(retrieved_ms).map_err(beyond)
}

fn lengths(db: &Connection) -> rusqlite::Result<Lengths> {
    let mut query = db.prepare(
        "SELECT DISTINCT instr(indicator, ':') > 0, substr(indicator, instr(indicator, '/') + 1) + 0 AS length
         FROM rows WHERE kind = 'cidr' ORDER BY length DESC",
    )?;
    let mut rows = query.query([])?;
    let longest = "SELECT longest_url FROM filter";
    let longest: u32 = db.query_row(longest, [], |row| row.get(0))?;
    let mut lengths = Lengths {
        longest_url: longest as usize,
        ..Lengths::default()
    };
    while let Some(row) = rows.next()? {
        match row.get(0)? {
            true => lengths.v6.push(row.get(1)?),
            false => lengths.v4.push(row.get(1)?),
        }
    }
    Ok(lengths)
}

fn unreliable(path: &Path) -> String {
    format!("the index {} cannot be relied on", path.display())
}

fn unusable(path: &Path, why: &dyn fmt::Display) -> Error {
    Error::service(unreliable(path))
        .cause(why)
        .hint("ti index update builds a new one")
        .hint("lists of your own: ti index clear, and ti index add for each")
}
