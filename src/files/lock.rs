//! One run at a time for a file: a second one is told, and does not wait.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::atomic::{forget, remember};

/// Held until dropped. The kernel gives it back when the process dies, however it dies.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Locks `.NAME.lock` beside the file; none where another run holds it.
    pub fn take(place: &Path) -> io::Result<Option<Self>> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let path = place.with_file_name(format!(".{name}.lock"));
        loop {
            let file = OpenOptions::new().create(true).append(true).open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The run before takes its lock file away: what was locked may be one that is gone.
            if is_at(&file, &path) {
                remember(&path);
                return Ok(Some(Lock { path, _file: file }));
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked, so that nobody else's is taken away.
        let _ = fs::remove_file(&self.path);
        forget(&self.path);
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_run_is_told_and_the_third_gets_in() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("rules.yar");
        let first = Lock::take(&place).unwrap();
        assert!(first.is_some());
        assert!(Lock::take(&place).unwrap().is_none());
        drop(first);
        assert!(Lock::take(&place).unwrap().is_some());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_run_left_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".rules.yar.lock"), "").unwrap();
        assert!(
            Lock::take(&folder.path().join("rules.yar"))
                .unwrap()
                .is_some()
        );
    }
}
