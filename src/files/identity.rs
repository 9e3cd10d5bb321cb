//! Which file a path leads to, by whatever name: `./F`, a symbolic link, a hard link.

use std::fs::{self, Metadata};
use std::path::Path;

/// The device and the number that a file has there.
#[cfg(unix)]
pub type Identity = (u64, u64);

/// Its whole path: there is nothing else to be had.
#[cfg(not(unix))]
pub type Identity = std::path::PathBuf;

/// `None` where there is no regular file: a device and a pipe can be read and written at once.
pub fn identity(path: &Path) -> Option<Identity> {
    let there = fs::metadata(path).ok().filter(Metadata::is_file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((there.dev(), there.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = there;
        fs::canonicalize(path).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_by_all_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("log"), "").unwrap();
        fs::write(at("other"), "").unwrap();
        assert!(identity(&at("log")).is_some());
        assert_ne!(identity(&at("log")), identity(&at("other")));
        assert_eq!(identity(&at("log")), identity(&at("./log")));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("log", at("link")).unwrap();
            fs::hard_link(at("log"), at("hard")).unwrap();
            assert_eq!(identity(&at("log")), identity(&at("link")));
            assert_eq!(identity(&at("log")), identity(&at("hard")));
        }
        for none in [folder.path(), &at("none"), Path::new("/dev/null")] {
            assert_eq!(identity(none), None);
        }
    }
}
