//! The logs to look through: files, folders, stdin.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use encoding_rs::UTF_8;

use crate::document::{Mark, UTF_32};
use crate::input::{HEAD, Utf8, head};

use super::unpack::unpacked;

/// Bytes that tell what is written without a mark.
const ENOUGH: usize = 8;

/// One log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Log {
    Stdin,
    File(PathBuf),
}

impl Log {
    /// `-` for stdin.
    pub fn name(&self) -> String {
        match self {
            Log::Stdin => "-".to_string(),
            Log::File(path) => path.display().to_string(),
        }
    }

    /// See [`content`].
    ///
    /// # Errors
    /// It cannot be opened or read.
    pub fn open(&self, stdin: fn() -> Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Log::Stdin => content(stdin()),
            Log::File(path) => content(File::open(path)?),
        }
    }
}

/// What is in a stream, unpacked; UTF-16, as PowerShell writes it, becomes UTF-8.
///
/// # Errors
/// A failed read, and what cannot be read here: another packing, UTF-32.
pub fn content(stream: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    decoded(unpacked(stream)?)
}

/// What is not wide by its first bytes is passed on as it is: there are logs of any encoding, and
/// of none.
fn decoded(mut content: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let may_be_wide = |head: &[u8]| match head {
        [] | [0xfe | 0xff] => true,
        head if head.contains(&0) => head.len() < ENOUGH,
        head => matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]),
    };
    let head = head(&mut content, HEAD, |head| !may_be_wide(head))?;
    let (mark, has_zero) = (Mark::of(&head), head.contains(&0));
    let whole = Cursor::new(head).chain(content);
    Ok(match mark {
        Mark::Utf32 => return Err(io::Error::new(io::ErrorKind::InvalidData, UTF_32)),
        Mark::MissingUtf16(encoding) => Box::new(Utf8::new(whole, Some(encoding))),
        Mark::Of(encoding, _) if encoding != UTF_8 && has_zero => Box::new(Utf8::new(whole, None)),
        _ => Box::new(whole),
    })
}

/// A log, or why what was named is none.
pub type Named = Result<Log, (PathBuf, io::Error)>;

/// All logs that were named, those in folders in the order of their names. Links within a folder
/// are followed to files only: nobody goes round in circles.
pub fn logs(paths: &[PathBuf]) -> Vec<Named> {
    let mut logs = Vec::new();
    for path in paths {
        match path.as_os_str() {
            dash if dash == "-" => logs.push(Ok(Log::Stdin)),
            _ if path.is_dir() => folder(path, &mut logs),
            _ => logs.push(Ok(Log::File(path.clone()))),
        }
    }
    logs
}

fn folder(path: &Path, logs: &mut Vec<Named>) {
    let entries = fs::read_dir(path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return logs.push(Err((path.to_path_buf(), error))),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folder(&path, logs);
        } else if path.is_file() {
            logs.push(Ok(Log::File(path)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_read_by_its_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}恶上evil.com\r\n"
                .encode_utf16()
                .flat_map(to)
                .collect()
        };
        for (bytes, content) in [
            (wide(u16::to_le_bytes), "恶上evil.com\r\n".as_bytes()),
            (wide(u16::to_be_bytes), "恶上evil.com\r\n".as_bytes()),
            (b"\xff\xfeevil.com".to_vec(), b"\xff\xfeevil.com"),
            (b"\xfeevil.com".to_vec(), b"\xfeevil.com"),
            (b"\xff".to_vec(), b"\xff"),
            (b"e\0v\0".to_vec(), b"ev"),
            (b"\0e\0v\0i".to_vec(), b"evi"),
            (b"e\0\0v".to_vec(), b"e\0\0v"),
            (vec![0; 40], &[0; 40]),
            (Vec::new(), b""),
        ] {
            fs::write(&path, bytes).unwrap();
            let mut read = Vec::new();
            let mut log = Log::File(path.clone())
                .open(|| Box::new(io::empty()))
                .unwrap();
            log.read_to_end(&mut read).unwrap();
            assert_eq!(read, content);
        }
    }

    #[test]
    fn folders_are_read_through() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        for name in ["c.log", "b/x.gz", "b/a", "a.log"] {
            fs::write(at(name), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("b/round")).unwrap();
        let named = logs(&[folder.path().to_path_buf(), "-".into(), at("none")]);
        let names: Vec<_> = named.into_iter().map(|log| log.unwrap().name()).collect();
        let expected =
            ["a.log", "b/a", "b/x.gz", "c.log"].map(|name| at(name).display().to_string());
        assert_eq!(names[..4], expected);
        assert_eq!(
            names[4..],
            ["-".to_string(), at("none").display().to_string()]
        );
    }
}
