//! A file for its owner's eyes only that takes the place of the one before in one step, and keeps
//! that one as FILE.1.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Kind, Result};

use super::atomic::{Guard, Pending, place_of, remove_leftovers};
use super::lock::{self, Lock};
use super::replace::{generation, if_there, rotate};

/// A succession under way; nobody else prepares one of the same file meanwhile.
pub struct Succession {
    place: PathBuf,
    pending: Pending,
    _lock: Lock,
}

impl Succession {
    /// Begins an empty file beside the one at `path`, whose folder is made if there is none. A
    /// symbolic link is followed to its target, here and in [`Succession::delete`].
    ///
    /// # Errors
    /// Another run is at it, or the folder cannot be written.
    pub fn begin(path: &Path) -> Result<Self> {
        let failed = |error: io::Error| Error::write(path.display(), &error);
        let place = place_of(path).map_err(failed)?;
        if let Some(folder) = place.parent() {
            private_folder(folder).map_err(failed)?;
        }
        let lock = lock(&place)?;
        let pending = Pending::create_private_as(&place, Guard::Beside).map_err(failed)?;
        Ok(Succession {
            place,
            pending,
            _lock: lock,
        })
    }

    /// Deletes the file, the one before it, and what is left of one that a killed run began. Says
    /// whether there was any of them.
    ///
    /// # Errors
    /// Another run is at it, or the folder cannot be written.
    pub fn delete(path: &Path) -> Result<bool> {
        let failed = |error: io::Error| Error::write(path.display(), &error);
        let place = &place_of(path).map_err(failed)?;
        if !place.parent().is_some_and(Path::exists) {
            return Ok(false);
        }
        let _lock = lock(place)?;
        let mut any = remove_leftovers(place, Guard::Beside);
        for path in [place, &generation(place, 1), &generation(path, 1)] {
            let removed = if_there(fs::remove_file(path));
            any |= removed.map_err(|error| Error::write(path.display(), &error))?;
        }
        Ok(any)
    }

    /// Where it is to stand.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Where the new file is meanwhile.
    pub fn path(&self) -> &Path {
        self.pending.path()
    }

    /// # Errors
    /// A full disk, or a folder that can no longer be written: the old file stands.
    pub fn finish(self) -> Result<()> {
        let failed = |error: io::Error| Error::write(self.place.display(), &error);
        if self.place.exists() {
            rotate(&self.place, 1).map_err(failed)?;
        }
        self.pending.commit().map_err(failed)
    }
}

fn lock(place: &Path) -> Result<Lock> {
    let lock = Lock::take(&lock::beside(place), Duration::ZERO);
    let lock = lock.map_err(|error| Error::write(place.display(), &error))?;
    lock.ok_or_else(|| {
        Error::new(
            Kind::Internal,
            format!("another run of ti is writing {}", place.display()),
        )
        .hint("let it finish")
    })
}

/// Makes a folder where there is none, and what it is in, for the owner's eyes only.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
