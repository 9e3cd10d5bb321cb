//! A file that appears whole or not at all: written beside its place, then renamed over it.

use std::fs;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// Temporary files of this process, so that an interrupted run can take them away.
static PENDING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes every unfinished file. For the way out after Ctrl-C only.
pub fn abandon_all() {
    let mut pending = PENDING.lock().unwrap_or_else(PoisonError::into_inner);
    for path in pending.drain(..) {
        let _ = fs::remove_file(path);
    }
}

/// A file under way. Dropped without [`Pending::commit`], it leaves nothing behind.
pub struct Pending {
    file: NamedTempFile,
    place: PathBuf,
}

impl Pending {
    /// Begins a file that is to stand at `path`; a symbolic link is followed to its target.
    /// It gets the old file's mode; a new one what the umask leaves, as with any other tool.
    pub fn create(path: &Path) -> io::Result<Self> {
        Self::create_as(path, ".partial")
    }

    /// The same, with another ending of the temporary file's name.
    pub(super) fn create_as(path: &Path, suffix: &str) -> io::Result<Self> {
        Self::begin(place_of(path), mode(path), suffix)
    }

    /// The same for the owner's eyes only.
    pub fn create_private(path: &Path) -> io::Result<Self> {
        Self::begin(place_of(path), Mode::Exactly(0o600), ".partial")
    }

    /// Begins a file that takes the place of whatever has its name: of a symbolic link too, so
    /// that what is written stays in the folder.
    pub(super) fn create_here(place: &Path) -> io::Result<Self> {
        Self::begin(place.to_path_buf(), Mode::ByUmask(0o666), ".partial")
    }

    fn begin(place: PathBuf, mode: Mode, suffix: &str) -> io::Result<Self> {
        let folder = folder_of(&place);
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let prefix = format!(".{name}.");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(suffix);
        #[cfg(unix)]
        let builder = {
            use std::os::unix::fs::PermissionsExt;
            let (Mode::Exactly(bits) | Mode::ByUmask(bits)) = mode;
            builder.permissions(fs::Permissions::from_mode(bits))
        };
        let file = builder.tempfile_in(folder)?;
        #[cfg(unix)]
        keep_owner(file.path(), &place);
        #[cfg(unix)]
        if let Mode::Exactly(bits) = mode {
            use std::os::unix::fs::PermissionsExt;
            // Creation is subject to the umask.
            fs::set_permissions(file.path(), fs::Permissions::from_mode(bits))?;
        }
        #[cfg(not(unix))]
        let _ = mode;
        remember(file.path());
        Ok(Pending { file, place })
    }

    /// Takes back what was written.
    pub fn clear(&mut self) -> io::Result<()> {
        self.file.as_file().set_len(0)?;
        self.file.rewind()
    }

    /// Where it is meanwhile.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Makes the file durable and puts it in its place, over the old one if there is one.
    pub fn commit(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        let temporary = self.file.path().to_path_buf();
        let persisted = self.file.persist(&self.place).map_err(|error| error.error);
        forget(&temporary);
        persisted?;
        // The rename itself must survive a power cut too; not every file system can promise it.
        #[cfg(unix)]
        if let Ok(folder) = fs::File::open(folder_of(&self.place)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Takes the file away again.
    pub fn abandon(self) {
        forget(self.file.path());
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Where a file that is asked for as `path` stands: a symbolic link is followed to its target.
pub(super) fn place_of(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

pub(super) fn folder_of(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Gives the file to the owner and group of the old one, where this user may.
#[cfg(unix)]
fn keep_owner(new: &Path, old: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    if let (Ok(old), Ok(new_data)) = (fs::metadata(old), fs::metadata(new))
        && (old.uid(), old.gid()) != (new_data.uid(), new_data.gid())
    {
        let _ = chown(new, Some(old.uid()), Some(old.gid()));
    }
}

/// Permission bits of a file to be made.
#[derive(Clone, Copy)]
enum Mode {
    Exactly(u32),
    ByUmask(u32),
}

fn mode(path: &Path) -> Mode {
    #[cfg(unix)]
    if let Ok(old) = fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt;
        return Mode::Exactly(old.permissions().mode() & 0o7777);
    }
    let _ = path;
    Mode::ByUmask(0o666)
}

pub(super) fn remember(path: &Path) {
    let mut pending = PENDING.lock().unwrap_or_else(PoisonError::into_inner);
    pending.push(path.to_path_buf());
}

pub(super) fn forget(path: &Path) {
    let mut pending = PENDING.lock().unwrap_or_else(PoisonError::into_inner);
    pending.retain(|other| other != path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stands_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        fs::write(&path, "old").unwrap();

        let mut pending = Pending::create(&path).unwrap();
        pending.write_all(b"ne").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        drop(pending);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);

        let mut pending = Pending::create(&path).unwrap();
        pending.write_all(b"new").unwrap();
        pending.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_of_the_old_file_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o664)).unwrap();
        symlink(&real, &link).unwrap();
        let mut pending = Pending::create(&link).unwrap();
        pending.write_all(b"new").unwrap();
        pending.commit().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o664
        );
    }
}
