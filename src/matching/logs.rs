//! The logs to look through: files, folders, stdin.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::input::Content;

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

    /// What is in it; its bytes are counted, those of a mark too.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(&self, stdin: fn() -> Box<dyn Read + Send>) -> io::Result<Content<'static>> {
        let content = match self {
            Log::Stdin => Content::new(stdin(), None),
            Log::File(path) => Content::new(File::open(path)?, None),
        };
        Ok(content.keeping_mark())
    }
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
