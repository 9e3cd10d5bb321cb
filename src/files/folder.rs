//! A folder that a command fills with files.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Kind, Result};

use super::atomic::{Guard, Pending};

pub struct Folder {
    path: PathBuf,
    /// The folders that were not there before, the innermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// The folder, made where there is none; one that stays empty goes again.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |error: io::Error| {
            Error::usage(format!("{}: no folder to write to", path.display()))
                .cause(error)
                .hint("nothing was asked; choose another folder")
        };
        let missing = path.ancestors().take_while(|folder| !folder.exists());
        let made = missing.map(Path::to_path_buf).collect();
        fs::create_dir_all(path).map_err(failed)?;
        Ok(Folder {
            path: path.to_path_buf(),
            made,
        })
    }

    /// Puts a file there, whole or not at all, over an older one of that name.
    /// Gives its path as it is to be shown; a name that leads out of the folder is an error.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<String> {
        let mut parts = Path::new(name).components();
        let (Some(Component::Normal(file)), None) = (parts.next(), parts.next()) else {
            return Err(Error::new(
                Kind::Internal,
                format!("{name:?} is not the name of a file"),
            ));
        };
        let path = self.path.join(file);
        let shown = path.display().to_string();
        let written = Pending::create_here(&path, Guard::Own).and_then(|mut file| {
            file.write_all(content)?;
            file.commit()
        });
        written.map_err(|error| Error::write(&shown, &error))?;
        Ok(shown)
    }

    /// The first `max` bytes of a file there; `None` if there is none that can be read.
    pub fn read(&self, name: &str, max: u64) -> Option<Vec<u8>> {
        let path = self.path.join(name);
        // A pipe would be waited for.
        let is_file = fs::symlink_metadata(&path).is_ok_and(|there| there.is_file());
        let file = is_file.then(|| File::open(&path).ok()).flatten()?;
        let mut content = Vec::new();
        file.take(max).read_to_end(&mut content).ok()?;
        Some(content)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for folder in &self.made {
            // Refused where something is in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_outside() {
        let outer = tempfile::tempdir().unwrap();
        let folder = Folder::open(&outer.path().join("new/reports")).unwrap();
        for name in ["../x", "/tmp/x", "a/b", "", ".", ".."] {
            assert!(folder.put(name, b"x").is_err(), "{name:?}");
        }
        folder.put("a.pdf", b"%PDF").unwrap();
        assert_eq!(
            fs::read(outer.path().join("new/reports/a.pdf")).unwrap(),
            b"%PDF"
        );
    }

    #[test]
    fn a_new_folder_that_stays_empty_goes_again_and_an_old_one_stays() {
        let outer = tempfile::tempdir().unwrap();
        drop(Folder::open(&outer.path().join("new/reports")).unwrap());
        drop(Folder::open(outer.path()).unwrap());
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 0);
        let filled = outer.path().join("new/reports");
        let folder = Folder::open(&filled).unwrap();
        folder.put("a.pdf", b"%PDF").unwrap();
        drop(folder);
        assert!(filled.join("a.pdf").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_replaced_not_followed() {
        let outer = tempfile::tempdir().unwrap();
        let victim = outer.path().join("victim");
        fs::write(&victim, "old").unwrap();
        let folder = Folder::open(&outer.path().join("in")).unwrap();
        std::os::unix::fs::symlink(&victim, outer.path().join("in/a.pdf")).unwrap();
        folder.put("a.pdf", b"new").unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "old");
        assert_eq!(
            fs::read_to_string(outer.path().join("in/a.pdf")).unwrap(),
            "new"
        );
    }
}
