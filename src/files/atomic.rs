//! A file that appears whole or not at all: written beside its place, then renamed over it.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::Error;

use super::attributes;
use super::lock::{Attempt, attempt};
use super::pending;

/// A file under way. Dropped without [`Pending::commit`], it leaves nothing behind.
pub struct Pending {
    file: NamedTempFile,
    place: PathBuf,
    remark: Option<String>,
}

/// Who keeps a temporary file from being taken for one that a killed run left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// A lock on itself, from its first moment to its last.
    Own,
    /// The lock file beside its place, which whoever makes such a file holds.
    Beside,
}

impl Guard {
    /// How names of such files end.
    pub fn suffix(self) -> &'static str {
        match self {
            Guard::Own => ".partial",
            Guard::Beside => ".download",
        }
    }
}

impl Pending {
    /// Begins a file that is to stand at `path`; a symbolic link is followed to its target,
    /// which need not be there. It gets the old file's mode, access control list and other
    /// attributes; a new one what the umask leaves, as with any other tool.
    pub fn create(path: &Path) -> io::Result<Self> {
        Self::create_as(path, Guard::Own)
    }

    pub(super) fn create_as(path: &Path, guard: Guard) -> io::Result<Self> {
        let place = place_of(path)?;
        let mode = mode(&place);
        Self::begin(place, mode, guard)
    }

    /// The same for the owner's eyes only.
    pub fn create_private(path: &Path) -> io::Result<Self> {
        Self::create_private_as(path, Guard::Own)
    }

    pub(super) fn create_private_as(path: &Path, guard: Guard) -> io::Result<Self> {
        Self::begin(place_of(path)?, Mode::Private, guard)
    }

    /// The same for a copy of `original`, whose owner it gets. It takes the place of whatever has
    /// its name: of a symbolic link, or of a file of somebody else's.
    pub fn create_copy(place: &Path, original: &Path) -> io::Result<Self> {
        let copy = Self::begin_unowned(place.to_path_buf(), Mode::Private, Guard::Own)?;
        attributes::keep_owner(copy.file.path(), original);
        Ok(copy)
    }

    /// Begins a file that takes the place of whatever has its name: of a symbolic link too, so
    /// that what is written stays in the folder.
    pub(super) fn create_here(place: &Path, guard: Guard) -> io::Result<Self> {
        Self::begin(place.to_path_buf(), mode(place), guard)
    }

    fn begin(place: PathBuf, mode: Mode, guard: Guard) -> io::Result<Self> {
        let mut pending = Self::begin_unowned(place, mode, guard)?;
        let new = pending.file.path();
        if mode != Mode::ByUmask {
            attributes::keep_owner(new, &pending.place);
        }
        if let Mode::OfOldFile(bits) = mode {
            pending.remark = attributes::keep(&pending.place, new, bits)?;
        }
        Ok(pending)
    }

    fn begin_unowned(place: PathBuf, mode: Mode, guard: Guard) -> io::Result<Self> {
        check_replaceable(&place)?;
        if is_mounted(&place) {
            return Err(mounted());
        }
        remove_leftovers(&place, guard);
        let file = make(&place, mode, guard)?;
        Ok(Pending {
            file,
            place,
            remark: None,
        })
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

    /// What of the old file the new one will not have.
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// Makes the file durable and puts it in its place, over the old one if there is one.
    pub fn commit(self) -> io::Result<()> {
        self.commit_open().map(drop)
    }

    /// The same, and goes on with the file: nobody else has opened it alone since it stands there.
    pub fn commit_open(self) -> io::Result<File> {
        self.file.as_file().sync_all()?;
        let temporary = self.file.path().to_path_buf();
        let persisted = self.file.persist(&self.place);
        pending::forget(&temporary);
        let file = persisted.map_err(|error| match error.error.kind() {
            io::ErrorKind::ResourceBusy => mounted(),
            _ => error.error,
        })?;
        // The rename itself must survive a power cut too; not every file system can promise it.
        #[cfg(unix)]
        if let Ok(folder) = File::open(folder_of(&self.place)) {
            let _ = folder.sync_all();
        }
        Ok(file)
    }

    /// Takes the file away again.
    pub fn abandon(self) {
        pending::forget(self.file.path());
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

/// Why the file of `--output` cannot be begun, and what to do.
pub fn unwritable(path: &Path, error: &io::Error) -> Error {
    let place = place_of(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = folder_of(&place);
    let hint = match error.kind() {
        io::ErrorKind::NotFound if !folder.exists() => format!("mkdir -p {}", folder.display()),
        io::ErrorKind::ResourceBusy => "mount the folder that it is in, not the file".to_string(),
        _ => "nothing was asked; choose another file or folder".to_string(),
    };
    Error::usage(format!("--output {}: cannot be written", path.display()))
        .cause(error)
        .hint(hint)
        .or_full_disk(error)
}

/// Makes the temporary file, listed and locked from its first moment.
fn make(place: &Path, mode: Mode, guard: Guard) -> io::Result<NamedTempFile> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(guard.suffix());
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        let bits = match mode {
            Mode::ByUmask => 0o666,
            // What others may is decided when their list is there.
            Mode::OfOldFile(_) | Mode::Private => 0o600,
        };
        builder.permissions(fs::Permissions::from_mode(bits))
    };
    #[cfg(not(unix))]
    let _ = mode;
    loop {
        let mut listed = pending::list();
        let file = builder.tempfile_in(folder_of(place))?;
        listed.push(file.path().to_path_buf());
        drop(listed);
        // Elsewhere a lock would keep the database from its own file.
        if guard == Guard::Beside || cfg!(not(unix)) {
            return Ok(file);
        }
        match attempt(file.as_file(), file.path()) {
            // Some network file systems cannot lock; what a killed run leaves stays there.
            Ok(Attempt::Held) | Err(_) => return Ok(file),
            // Another run has just taken it for one that nobody holds: another one, then.
            Ok(Attempt::Busy | Attempt::Moved) => pending::forget(file.path()),
        }
    }
}

/// Takes away temporary files of runs that were killed. Says whether there was one.
pub(super) fn remove_leftovers(place: &Path, guard: Guard) -> bool {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let Ok(entries) = fs::read_dir(folder_of(place)) else {
        return false;
    };
    let mut any = false;
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let random = name
            .strip_prefix(&prefix)
            .and_then(|rest| rest.strip_suffix(guard.suffix()));
        let random = random.map(|rest| rest.strip_prefix("sha256.").unwrap_or(rest));
        // With a dot in it, it is of another file whose name begins with this one's.
        if random.is_none_or(|random| random.contains('.')) {
            continue;
        }
        let path = entry.path();
        any |= match guard {
            Guard::Own => remove_if_left(&path),
            Guard::Beside => fs::remove_file(path).is_ok(),
        };
    }
    any
}

/// Takes a file away that nobody holds any more. Says whether it did.
fn remove_if_left(path: &Path) -> bool {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, super::lock::STAYS_HERE);
    let Ok(file) = options.open(path) else {
        return false;
    };
    let is_left = cfg!(unix)
        && file.metadata().is_ok_and(|there| there.is_file())
        && matches!(attempt(&file, path), Ok(Attempt::Held));
    // While it is locked, so that it is nobody's who has just made it.
    is_left && fs::remove_file(path).is_ok()
}

/// Where a file that is asked for as `path` stands: a symbolic link is followed to its target.
pub fn place_of(path: &Path) -> io::Result<PathBuf> {
    let error = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        found => return found,
    };
    let mut place = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&place) {
            Ok(target) => place = folder_of(&place).join(target),
            Err(_) => return Ok(place),
        }
    }
    Err(error)
}

/// As many as Linux follows.
const MAX_LINKS: usize = 40;

fn folder_of(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A device or a pipe is there to be written to: a file in its place would be none.
fn check_replaceable(place: &Path) -> io::Result<()> {
    match fs::symlink_metadata(place) {
        Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        // Whoever does not mean the link itself has followed it.
        Ok(there) if !there.is_file() && !there.is_symlink() => {
            let why = "it is not a file but a pipe or a device";
            Err(io::Error::other(why))
        }
        _ => Ok(()),
    }
}

/// Checks that a file can stand at `path`, or stands there, before anything is read or asked.
///
/// # Errors
/// A device, a pipe or a folder is there.
pub fn check_place(path: &Path) -> io::Result<()> {
    check_replaceable(&place_of(path)?)
}

/// Whether something is mounted just there, as containers do with single files: such a file can
/// be written to, and not be replaced. Older kernels do not say; there it shows at the end.
#[cfg(target_os = "linux")]
fn is_mounted(place: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, place, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|there| there.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mounted(_: &Path) -> bool {
    false
}

fn mounted() -> io::Error {
    let why = "it is mounted by itself, and a file that is mounted cannot be replaced";
    io::Error::new(io::ErrorKind::ResourceBusy, why)
}

/// Permission bits of a file to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// For the owner's eyes only.
    Private,
    OfOldFile(u32),
    ByUmask,
}

fn mode(place: &Path) -> Mode {
    #[cfg(unix)]
    if let Some(old) = fs::symlink_metadata(place)
        .ok()
        .filter(fs::Metadata::is_file)
    {
        use std::os::unix::fs::PermissionsExt;
        return Mode::OfOldFile(old.permissions().mode() & 0o7777);
    }
    let _ = place;
    Mode::ByUmask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, content: &[u8]) {
        let mut pending = Pending::create(path).unwrap();
        pending.write_all(content).unwrap();
        pending.commit().unwrap();
    }

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

        write(&path, b"new");
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
        write(&link, b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o664
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_gets_its_target() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("data")).unwrap();
        symlink("data/second", at("first")).unwrap();
        symlink("third", at("data/second")).unwrap();
        write(&at("first"), b"new");
        assert!(fs::symlink_metadata(at("first")).unwrap().is_symlink());
        assert!(
            fs::symlink_metadata(at("data/second"))
                .unwrap()
                .is_symlink()
        );
        assert_eq!(fs::read_to_string(at("data/third")).unwrap(), "new");

        symlink("nowhere/at/all", at("lost")).unwrap();
        let error = Pending::create(&at("lost")).err().unwrap();
        let hint = &unwritable(&at("lost"), &error).hints[0];
        assert!(hint.ends_with("nowhere/at"), "{hint}");
        symlink("loop", at("loop")).unwrap();
        assert!(Pending::create(&at("loop")).is_err());
        assert!(fs::symlink_metadata(at("loop")).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        rustix::fs::mkfifoat(rustix::fs::CWD, at("pipe"), 0o600.into()).unwrap();
        let _listener = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        std::os::unix::fs::symlink("pipe", at("link")).unwrap();
        let kind = |name: &str| fs::metadata(at(name)).unwrap().file_type();
        for name in ["pipe", "socket", "folder", "link"] {
            let before = kind(name);
            assert!(check_place(&at(name)).is_err(), "{name}");
            assert!(Pending::create(&at(name)).is_err(), "{name}");
            assert!(Pending::create_private(&at(name)).is_err(), "{name}");
            assert_eq!(kind(name), before);
        }
        assert!(check_place(&at("none")).is_ok());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
    }

    #[cfg(unix)]
    #[test]
    fn only_what_nobody_holds_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let at_work = Pending::create(&path).unwrap();
        let others = [
            ".out.csv.gz.x1.partial",
            ".a.csv.x1.partial",
            "out.csv.partial",
        ];
        for name in others.iter().chain(&[".out.csv.x1.partial"]) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        drop(Pending::create(&path).unwrap());
        assert!(at_work.path().exists());
        assert!(!folder.path().join(".out.csv.x1.partial").exists());
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
    }

    #[test]
    fn many_at_once_keep_their_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        write(&path, b"whole");
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }
}
