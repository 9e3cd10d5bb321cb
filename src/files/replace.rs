//! Replacing a file that others rely on: a scanner's rules, a block list that cron fetches.
//!
//! The new file is complete before this begins. What is left to decide: whether it is the same,
//! whether it is too small to be believed, and what becomes of the old one. The file itself
//! changes in one step, a rename, so that whoever reads it sees the old or the new one whole.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::error::{Error, Kind, Result};

use super::atomic::{Guard, Pending, place_of, unwritable};
use super::attributes;
use super::check::Check;
use super::identity::identity;
use super::lock::{self, Lock};

#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "File (with --output)")]
pub struct ReplaceArgs {
    /// Refuse a file that is smaller than the old one by more than this
    #[arg(long, value_name = "PERCENT", default_value = "50", value_parser = percent, hide_short_help = true)]
    pub max_shrink: u8,

    /// Keep N older files: FILE.1, the newest, to FILE.N
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub keep: u32,

    /// Write FILE.sha256, for sha256sum -c
    #[arg(long)]
    pub sha256: bool,

    /// Run this on the new file, {} being its name; the old one stays if it fails:
    /// 'yara -w {} /dev/null'
    #[arg(long, value_name = "COMMAND")]
    pub check: Option<Check>,
}

fn percent(text: &str) -> Result<u8, String> {
    match text.trim_end_matches('%').parse() {
        Ok(percent @ 0..=100) => Ok(percent),
        _ => Err("expected a number from 0 to 100".to_string()),
    }
}

impl ReplaceArgs {
    /// Whether anything was asked for that makes no sense without a file.
    pub fn need_file(&self) -> bool {
        self.keep > 0 || self.sha256 || self.max_shrink != 50 || self.check.is_some()
    }
}

/// What became of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    Written,
    /// The same content: the file was not touched.
    Unchanged,
}

/// Puts `new` in the place of the file, unless that has the same content.
pub fn commit_changed(path: &Path, new: Pending) -> io::Result<Replaced> {
    if is_unchanged(path, &new)? {
        new.abandon();
        return Ok(Replaced::Unchanged);
    }
    new.commit()?;
    Ok(Replaced::Written)
}

fn is_unchanged(path: &Path, new: &Pending) -> io::Result<bool> {
    let size = fs::metadata(new.path())?.len();
    let old = fs::metadata(path).ok();
    Ok(old.is_some_and(|old| old.len() == size) && same(path, new.path())?)
}

/// A replacement under way; nobody else replaces the same file meanwhile.
pub struct Replacement {
    args: ReplaceArgs,
    place: PathBuf,
    /// Bytes that the service gave, where that is not the file itself.
    given: Option<u64>,
    _lock: Option<Lock>,
}

impl Replacement {
    /// Locks the file and begins a new one. What a killed run left is taken away.
    pub fn begin(path: &Path, args: ReplaceArgs) -> Result<(Self, Pending)> {
        let failed = |error: io::Error| unwritable(path, &error);
        let place = place_of(path).map_err(failed)?;
        let lock = match Lock::take(&lock::beside(&place), Duration::ZERO) {
            Ok(Some(lock)) => Some(lock),
            Ok(None) => {
                return Err(Error::new(
                    Kind::Internal,
                    format!("another run of ti is writing {}", path.display()),
                )
                .hint("let it finish; nothing was asked"));
            }
            // Some network file systems cannot lock; the rename is safe there too.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => None,
            Err(error) => return Err(failed(error)),
        };
        if args.sha256 {
            check_sidecar(&checksum_of(&place))?;
        }
        let guard = match lock {
            Some(_) => Guard::Beside,
            None => Guard::Own,
        };
        let pending = Pending::create_as(path, guard).map_err(failed)?;
        let replacement = Replacement {
            args,
            place,
            given: None,
            _lock: lock,
        };
        Ok((replacement, pending))
    }

    /// How many bytes the service gave, before filters, fields and formats.
    pub fn given(&mut self, bytes: u64) {
        self.given = Some(bytes);
    }

    /// Decides whether `new` takes the old file's place, and puts it there.
    pub fn finish(self, new: Pending) -> Result<Replaced> {
        let place = self.place.display().to_string();
        let failed = |error: io::Error| Error::write(&place, &error);
        let old = fs::metadata(&self.place).ok();
        let size = fs::metadata(new.path()).map_err(failed)?.len();
        let given = self.given.unwrap_or(size);
        let outcome = match &old {
            _ if is_unchanged(&self.place, &new).map_err(failed)? => {
                new.abandon();
                Replaced::Unchanged
            }
            Some(old) => {
                if let Some(error) = self.too_small(old.len(), size, given) {
                    new.abandon();
                    return Err(error);
                }
                self.put(new, true)?
            }
            None => self.put(new, false)?,
        };
        // Of a file that stays the most counts: it was not looked at what is lost.
        let known = attributes::given(&self.place).unwrap_or(0);
        if outcome == Replaced::Written || given > known {
            attributes::set_given(&self.place, given);
        }
        if self.args.sha256 {
            write_checksum(&self.place).map_err(failed)?;
        }
        Ok(outcome)
    }

    fn put(&self, new: Pending, over_old: bool) -> Result<Replaced> {
        if let Some(Err(error)) = self.args.check.as_ref().map(|check| check.run(new.path())) {
            new.abandon();
            return Err(error);
        }
        let failed = |error: io::Error| Error::write(self.place.display(), &error);
        if over_old {
            rotate(&self.place, self.args.keep).map_err(failed)?;
        }
        new.commit().map_err(failed)?;
        Ok(Replaced::Written)
    }

    /// Why the new file is not to be believed: the service gave too little beside what it gave for
    /// the old one, where that is known, or else beside the old file. A file without filters or in
    /// a wordier format is larger than what came: that is no loss.
    fn too_small(&self, old: u64, size: u64, given: u64) -> Option<Error> {
        let percent = self.args.max_shrink;
        let known = attributes::given(&self.place);
        let (before, now) = match known {
            Some(before) => (before, given),
            None => (old, size.max(given)),
        };
        if !shrank(before, now, percent) {
            return None;
        }
        let lost = 100 - u128::from(now) * 100 / u128::from(before.max(1));
        let place = self.place.display();
        let (what, why) = match known {
            Some(_) => (
                format!("what the service gave is {lost} % smaller than for {place}"),
                format!("{before} bytes then, {now} now"),
            ),
            None => (
                format!("the new file is {lost} % smaller than {place}"),
                format!("the file has {before} bytes, the new one would have {now}"),
            ),
        };
        Some(
            Error::service(what)
                .cause(format!("{why}; at most {percent} % are allowed to go"))
                .hint("the file stays as it was; if the new one is right: --max-shrink 100"),
        )
    }
}

/// Anybody can lay a link in a folder that is shared; where it leads, nothing of ours belongs.
fn check_sidecar(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.is_file() => Err(Error::usage(format!(
            "{} is not a regular file",
            path.display()
        ))
        .cause("--sha256 would write there")
        .hint("nothing was asked; take it away, or leave --sha256 out")),
        _ => Ok(()),
    }
}

fn checksum_of(place: &Path) -> PathBuf {
    with_ending(place, ".sha256")
}

/// `cache.db` → `cache.db.aside`
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

fn shrank(old: u64, new: u64, percent: u8) -> bool {
    u128::from(new) * 100 < u128::from(old) * u128::from(100 - percent.min(100))
}

fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |path| File::open(path).map(|file| BufReader::with_capacity(1 << 16, file));
    let (mut one, mut other) = (open(one)?, open(other)?);
    let (mut a, mut b) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = one.read(&mut a)?;
        if read == 0 {
            return Ok(other.read(&mut b[..1])? == 0);
        }
        match other.read_exact(&mut b[..read]) {
            Ok(()) if a[..read] == b[..read] => {}
            Ok(()) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
}

/// Where a file of before is kept: FILE.1 is the latest.
pub(super) fn generation(place: &Path, number: u32) -> PathBuf {
    with_ending(place, &format!(".{number}"))
}

/// FILE becomes FILE.1 as well, FILE.1 becomes FILE.2, and so on. FILE stays where it is: at no
/// moment is there none. Those of a time when more were kept go, unless none is kept any more: who
/// leaves --keep out once does not mean that.
pub(super) fn rotate(place: &Path, keep: u32) -> io::Result<()> {
    let generation = |number| generation(place, number);
    if keep == 0 {
        return Ok(());
    }
    let is_there =
        |number: &u32| fs::symlink_metadata(generation(*number)).is_ok_and(|there| there.is_file());
    for number in (keep.saturating_add(1)..u32::MAX).take_while(is_there) {
        fs::remove_file(generation(number))?;
    }
    let first = generation(1);
    // A run that was killed in between has done this already.
    let is_done = identity(place).is_some_and(|file| identity(&first) == Some(file));
    if is_done && !first.is_symlink() {
        return Ok(());
    }
    let moved: Vec<_> = (1..keep).take_while(is_there).collect();
    for number in moved.into_iter().rev() {
        fs::rename(generation(number), generation(number + 1))?;
    }
    if_there(fs::remove_file(&first))?;
    // Some file systems have no links.
    fs::hard_link(place, &first).or_else(|_| fs::copy(place, &first).map(drop))
}

/// Whether there was a file to do it with: none is no fault.
pub(super) fn if_there(done: io::Result<()>) -> io::Result<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// `FILE.sha256` as `sha256sum` writes it; left alone where it is right already.
fn write_checksum(place: &Path) -> io::Result<()> {
    let mut hasher = Sha256::new();
    let mut file = File::open(place)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let digest = hex::encode(hasher.finalize());
    let name = place.file_name().unwrap_or_default();
    let line = checksum_line(&digest, name.as_encoded_bytes());
    let sidecar = checksum_of(place);
    if fs::read(&sidecar).is_ok_and(|old| old == line) {
        return Ok(());
    }
    let mut pending = Pending::create_here(&sidecar, Guard::Beside)?;
    pending.write_all(&line)?;
    pending.commit()
}

/// A backslash in front says that the name is escaped.
fn checksum_line(digest: &str, name: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::new();
    for byte in name {
        match byte {
            b'\\' => escaped.extend(b"\\\\"),
            b'\n' => escaped.extend(b"\\n"),
            b'\r' => escaped.extend(b"\\r"),
            byte => escaped.push(*byte),
        }
    }
    let mark: &[u8] = if escaped == name { b"" } else { b"\\" };
    [mark, digest.as_bytes(), b"  ", &escaped, b"\n"].concat()
}

#[cfg(test)]
mod tests;
