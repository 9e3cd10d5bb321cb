//! The temporary files and lock files of this process, so that a signal leaves none behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static PENDING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Whoever makes a file holds the list meanwhile: there is no moment in which it is made and not
/// listed.
pub(super) fn list() -> MutexGuard<'static, Vec<PathBuf>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn forget(path: &Path) {
    list().retain(|other| other != path);
}

/// Removes every unfinished file, and keeps new ones from being made. For the way out only.
pub fn abandon_all() {
    let mut listed = list();
    for path in listed.drain(..) {
        let _ = fs::remove_file(path);
    }
    std::mem::forget(listed);
}
