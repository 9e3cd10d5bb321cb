//! One run at a time: the one lock of this program.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::pending;

/// How often a lock that somebody else holds is tried again.
const PAUSE: Duration = Duration::from_millis(5);

/// A lock file, held until dropped. The kernel gives it back when the process dies, however it
/// dies; the file that a killed run leaves locks nobody out.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Locks the file at `path`, which is made for that and taken away again. `None` if somebody
    /// else still holds it after `patience`.
    ///
    /// # Errors
    /// What is there is a link, a named pipe or not ours; each names `path`.
    pub fn take(path: &Path, patience: Duration) -> io::Result<Option<Self>> {
        let end = Instant::now() + patience;
        loop {
            // Under the guard, so that a signal finds it either not made or in the list.
            let mut listed = pending::list();
            let file = open(path, 0o600)?;
            match attempt(&file, path).map_err(|error| named(path, &error))? {
                Attempt::Held => {
                    listed.push(path.to_path_buf());
                    return Ok(Some(Lock {
                        path: path.to_path_buf(),
                        _file: file,
                    }));
                }
                Attempt::Moved => {}
                Attempt::Busy if Instant::now() >= end => return Ok(None),
                Attempt::Busy => {
                    drop(listed);
                    std::thread::sleep(PAUSE);
                }
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked, so that nobody else's is taken away.
        let _ = fs::remove_file(&self.path);
        pending::forget(&self.path);
    }
}

/// `rules.yar` → `.rules.yar.lock`
pub fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.lock"))
}

/// The file at `path`, made if need be, for this process alone as long as it is open; `None` if
/// another process has it.
pub fn open_alone(path: &Path) -> io::Result<Option<File>> {
    loop {
        let file = open(path, 0o666)?;
        match attempt(&file, path)? {
            Attempt::Held => return Ok(Some(file)),
            Attempt::Busy => return Ok(None),
            Attempt::Moved => {}
        }
    }
}

pub(super) enum Attempt {
    Held,
    Busy,
    /// Locked, but by now another file stands there, or none: whoever had it before has replaced
    /// it or taken it away.
    Moved,
}

pub(super) fn attempt(file: &File, path: &Path) -> io::Result<Attempt> {
    match file.try_lock() {
        Ok(()) if is_at(file, path) => Ok(Attempt::Held),
        Ok(()) => Ok(Attempt::Moved),
        Err(TryLockError::WouldBlock) => Ok(Attempt::Busy),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Opens a regular file to be locked and appended to. No link is followed, as anybody can lay one
/// in a folder that is shared, and nothing waits for the other end of a pipe.
fn open(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(mode).custom_flags(STAYS_HERE);
    }
    #[cfg(not(unix))]
    let _ = mode;
    let is_link = || fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink());
    match options.open(path) {
        Ok(file) if file.metadata().is_ok_and(|there| there.is_file()) => Ok(file),
        Ok(_) => Err(named(path, &io::Error::other("it is not a regular file"))),
        Err(_) if is_link() => Err(named(path, &io::Error::other("it is a symbolic link"))),
        Err(error) => Err(named(path, &error)),
    }
}

#[cfg(unix)]
pub(super) const STAYS_HERE: i32 = rustix::fs::OFlags::NOFOLLOW
    .union(rustix::fs::OFlags::NONBLOCK)
    .bits() as i32;

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
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

    fn take(path: &Path) -> io::Result<Option<Lock>> {
        Lock::take(path, Duration::ZERO)
    }

    #[test]
    fn the_second_run_is_told_and_the_third_gets_in() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".rules.yar.lock");
        let first = take(&path).unwrap();
        assert!(first.is_some());
        assert!(take(&path).unwrap().is_none());
        drop(first);
        assert!(take(&path).unwrap().is_some());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_run_left_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".rules.yar.lock");
        fs::write(&path, "").unwrap();
        assert!(take(&path).unwrap().is_some());
    }

    #[test]
    fn of_many_at_once_one_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::take(&path, Duration::from_secs(60)).unwrap();
                        assert!(lock.is_some());
                        let others = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(others, 0);
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_or_a_pipe_is_refused_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let victim = folder.path().join("victim");
        let make_fifo = |path: &Path| {
            rustix::fs::mkfifoat(rustix::fs::CWD, path, 0o600.into()).unwrap();
        };
        let link = |to: &Path| std::os::unix::fs::symlink(to, &path).unwrap();
        for (make, why) in [
            (&(|| make_fifo(&path)) as &dyn Fn(), "not a regular file"),
            (&(|| link(&victim)), "symbolic link"),
            (&(|| link(Path::new("/dev/null"))), "symbolic link"),
            (&(|| fs::create_dir(&path).unwrap()), "directory"),
        ] {
            make();
            let error = take(&path).unwrap_err().to_string();
            assert!(error.contains(why) && error.contains("/lock: "), "{error}");
            assert!(!victim.exists());
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir(&path));
        }
    }
}
