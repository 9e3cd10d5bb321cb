//! Files that hold little: a secret, a certificate. One that never ends, or never begins, is none.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::document::decoded;
use crate::error::{Error, Result};

/// The bytes of a file of at most `max`.
///
/// # Errors
/// It cannot be read, is larger, or is no file: a folder, a device, a pipe that lies in a folder.
pub fn read_small(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() && !is_of_shell(path, &about) {
        return Err(match about.is_dir() {
            true => io::Error::other("it is a folder"),
            false => not_a_file(),
        });
    }
    read_at_most(path, max)
}

fn not_a_file() -> io::Error {
    io::Error::other("it is not a file but a pipe or a device")
}

fn read_at_most(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(max + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > max {
        true => Err(io::Error::other(format!(
            "it is larger than {} KiB",
            max / 1024
        ))),
        false => Ok(bytes),
    }
}

/// The text in a file, as editors save it.
fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    decoded(bytes).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))
}

/// No configuration is larger.
const MAX_CONFIGURATION: u64 = 16 * 1024 * 1024;

/// The text of the configuration, or where there is none, `None`. A device is read, as `/dev/null`
/// stands for an empty one; a pipe that lies in a folder would be waited for.
pub fn text_if_there(path: &Path) -> Result<Option<String>> {
    let read = || match fs::metadata(path)? {
        about if is_pipe(&about) && !is_of_shell(path, &about) => Err(not_a_file()),
        _ => text_of(read_at_most(path, MAX_CONFIGURATION)?),
    };
    match read() {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::config(format!("cannot read {}", path.display())).cause(error)),
    }
}

/// `<(pass show …)`: a pipe without a name, which its writer closes.
fn is_of_shell(path: &Path, about: &fs::Metadata) -> bool {
    is_pipe(about) && fs::canonicalize(path).is_err()
}

#[cfg(unix)]
fn is_pipe(about: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&about.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &fs::Metadata) -> bool {
    false
}

/// The mode of a file that others than its owner can read; `None` if they cannot.
pub fn readable_by_others(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).ok()?.permissions().mode();
        (mode & 0o077 != 0).then_some(mode & 0o7777)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}
