//! Opening the database: made when there is none, set aside when it cannot be read.

use std::fs::{self, OpenOptions};
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::files::{Identity, Lock, identity, place_of, private_folder, with_ending};

/// The layout of the tables; a file with a higher one is by a newer `ti`.
const VERSION: i64 = 2;

/// How long a lookup waits for another process that is at the cache: it can do without.
const PATIENCE: Duration = Duration::from_secs(1);

const TABLES: &str = "
    CREATE TABLE answers (
        provider     TEXT NOT NULL,
        endpoint     TEXT NOT NULL,
        indicator    TEXT NOT NULL,
        retrieved_ms INTEGER NOT NULL, -- since 1970, UTC
        body         BLOB NOT NULL,    -- as the service sent it
        run          INTEGER NOT NULL, -- which one asked
        checksum     INTEGER NOT NULL,
        PRIMARY KEY (provider, endpoint, indicator)
    ) WITHOUT ROWID;
    CREATE INDEX answers_by_age ON answers (retrieved_ms);
    PRAGMA user_version = 2;";

#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("is damaged ({0})")]
    Damaged(String),
    #[error("is by a newer version of ti (its layout is {0}, this one knows {VERSION})")]
    Newer(i64),
    /// What is in its place, or beside it, is no file.
    #[error("{0}")]
    InTheWay(String),
    /// Others are at it; it may pass.
    #[error("{0}")]
    InUse(String),
    #[error("{0}")]
    Other(String),
}

impl Trouble {
    pub fn of(error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // `Unknown`: tables that are not ours, under a version that is. `None`: what a column
            // has is of another type.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown)
            | None => Trouble::Damaged(error.to_string()),
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed,
            ) => Trouble::InUse(error.to_string()),
            _ => Trouble::Other(error.to_string()),
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::of(&error)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Other(error.to_string())
    }
}

/// A database, and which file it is: another may take its place while it is open.
pub(super) struct Database {
    db: Connection,
    path: PathBuf,
    file: Option<Identity>,
}

impl Deref for Database {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.db
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if identity(&self.path) != self.file {
            leave_alone(&self.db);
        }
    }
}

/// When it is closed, what lies beside its name stays: SQLite finds the log by name, and that is
/// another file's by then.
fn leave_alone(db: &Connection) {
    let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
}

pub(super) fn open(path: &Path) -> Result<Database, Trouble> {
    if let Ok(Some(db)) = open_made(path) {
        return Ok(db);
    }
    path.parent().map(private_folder).transpose()?;
    let _one_at_a_time = lock(path)?;
    // Whoever sets it aside holds the lock: what failed meanwhile is looked at again.
    match open_made(path)? {
        Some(db) => Ok(db),
        None => make(path),
    }
}

/// Takes the file out of the way and says where to; unless another can be opened by now, as
/// somebody else has done so meanwhile. `damaged` is one that was found to be so while it was open.
pub(super) fn set_aside(
    path: &Path,
    damaged: Option<&Database>,
) -> Result<(Database, Option<PathBuf>), Trouble> {
    let _one_at_a_time = lock(path)?;
    if let Ok(Some(db)) = open_made(path)
        && damaged.is_none_or(|damaged| damaged.file != db.file)
    {
        return Ok((db, None));
    }
    let path = &place_of(path)?;
    let aside = with_ending(path, ".aside");
    fs::rename(path, &aside)?;
    let _ = remove_beside(path);
    Ok((make(path)?, Some(aside)))
}

/// A database that has its tables; none where there is no file, nothing in it yet, or tables of
/// an older layout.
pub(super) fn open_made(path: &Path) -> Result<Option<Database>, Trouble> {
    if !is_there(path)? {
        return Ok(None);
    }
    let db = connect(path)?;
    let version = version(&db)?;
    // With its first question SQLite opens the log, too.
    if identity(path) != db.file {
        return Err(Trouble::InUse("another process has replaced it".into()));
    }
    match version {
        0..VERSION => Ok(None),
        VERSION => {
            // The tables can be others than the version says.
            db.prepare("SELECT retrieved_ms, body, run, checksum FROM answers")?;
            Ok(Some(db))
        }
        newer => Err(Trouble::Newer(newer)),
    }
}

/// Only under the lock: switching to a write-ahead log is not for two at a time.
fn make(path: &Path) -> Result<Database, Trouble> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // SQLite gives its log and its index the mode of the database.
    options.open(path)?;
    let db = connect(path)?;
    match version(&db)? {
        0 => {
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.execute_batch(&format!("BEGIN; {TABLES} COMMIT;"))?;
        }
        // The answers of the first layout had no checksum: what they are worth nobody can say.
        1..VERSION => db.execute_batch(&format!("BEGIN; DROP TABLE answers; {TABLES} COMMIT;"))?,
        _ => {}
    }
    Ok(db)
}

fn connect(path: &Path) -> Result<Database, Trouble> {
    let file = identity(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    // Waiting for the disk takes longer than a lookup. The death of a process costs nothing; a
    // power cut can damage the file, which is then set aside like any other damaged one.
    db.pragma_update(None, "synchronous", "OFF")?;
    Ok(Database {
        db,
        path: path.to_path_buf(),
        file,
    })
}

fn version(db: &Connection) -> Result<i64, Trouble> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// SQLite's own temporary database; its pages go to a file when they are many.
pub(super) fn private() -> rusqlite::Result<Database> {
    let db = Connection::open("")?;
    db.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES}"
    ))?;
    Ok(Database {
        db,
        path: PathBuf::new(),
        file: None,
    })
}

fn lock(path: &Path) -> Result<Lock, Trouble> {
    let path = with_ending(path, ".lock");
    Lock::take(&path, PATIENCE)?
        .ok_or_else(|| Trouble::InUse(format!("another process holds {}", path.display())))
}

/// What SQLite may keep beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Takes away what belongs to a database that is to go: it would be taken for the next one's.
pub(super) fn remove_beside(path: &Path) -> io::Result<()> {
    let mut beside = BESIDE.iter().map(|ending| with_ending(path, ending));
    beside.try_for_each(|path| match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            let why = format!("{}: {error}", path.display());
            Err(io::Error::new(error.kind(), why))
        }
        _ => Ok(()),
    })
}

/// Whether there is a database. A named pipe in its place would be waited for; one in the place of
/// its log or the index of that, too.
pub(super) fn is_there(path: &Path) -> Result<bool, Trouble> {
    let place = place_of(path)?;
    for ending in BESIDE {
        let beside = with_ending(&place, ending);
        if fs::symlink_metadata(&beside).is_ok_and(|there| !there.is_file()) {
            let why = format!("{} is not a regular file", beside.display());
            return Err(Trouble::InTheWay(why));
        }
    }
    match fs::metadata(path) {
        Ok(there) if there.is_file() => Ok(true),
        Ok(_) => Err(Trouble::InTheWay("it is not a regular file".into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}
