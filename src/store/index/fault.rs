//! Why an index is of no use: it is damaged, or it cannot be read.

use std::fmt;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::error::{Error, Kind};

pub type Checked<T> = std::result::Result<T, Fault>;

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{0}")]
    Damaged(&'static str),
}

impl Fault {
    /// Whether the file is to blame, and not the machine or whoever else is at it.
    pub fn is_damage(&self) -> bool {
        let Fault::Sqlite(error) = self else {
            return true;
        };
        !matches!(
            error.sqlite_error_code(),
            Some(
                ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::OutOfMemory
                    | ErrorCode::SystemIoFailure
                    | ErrorCode::DiskFull
                    | ErrorCode::NoLargeFileSupport
                    | ErrorCode::DatabaseBusy
                    | ErrorCode::DatabaseLocked
                    | ErrorCode::FileLockingProtocolFailed
            )
        )
    }

    pub fn of(self, path: &Path) -> Error {
        match self.is_damage() {
            true => unusable(path, &self),
            false => unreadable(path, &self),
        }
    }
}

pub fn unreadable(path: &Path, why: &dyn fmt::Display) -> Error {
    let message = format!("the index {} cannot be read", path.display());
    Error::new(Kind::Internal, message).cause(why)
}

pub fn unusable(path: &Path, why: &dyn fmt::Display) -> Error {
    Error::service(unreliable(path))
        .cause(why)
        .hint("ti index update builds a new one")
        .hint("lists of your own: ti index clear, and ti index add for each")
}

/// What stands in its place is no file at all.
pub fn in_the_way(path: &Path, why: &dyn fmt::Display) -> Error {
    Error::service(unreliable(path))
        .cause(why)
        .hint("take away what is there; ti index update builds a new one")
}

fn unreliable(path: &Path) -> String {
    format!("the index {} cannot be relied on", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn only_what_is_damaged_is_to_be_deleted() {
        let told = |code| {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let error = Fault::from(error).of(Path::new("i.db"));
            (error.kind, error.hints.is_empty())
        };
        for code in [
            ffi::SQLITE_CANTOPEN,
            ffi::SQLITE_PERM,
            ffi::SQLITE_NOMEM,
            ffi::SQLITE_IOERR,
            ffi::SQLITE_IOERR_READ,
            ffi::SQLITE_BUSY,
            ffi::SQLITE_LOCKED,
        ] {
            assert_eq!(told(code), (Kind::Internal, true), "{code}");
        }
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB, ffi::SQLITE_ERROR] {
            assert_eq!(told(code), (Kind::Service, false), "{code}");
        }
        let error = Fault::from(rusqlite::Error::InvalidQuery).of(Path::new("i.db"));
        assert_eq!(error.kind, Kind::Service);
    }
}
