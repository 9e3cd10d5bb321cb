use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::system::System;

/// Where the configuration is. Never in the current folder: what lies there may be somebody
/// else's.
#[derive(Debug, Clone)]
pub struct Location {
    /// `--config`, `TI_CONFIG`, else the user's own place. It is the one that is written.
    pub own: PathBuf,
    /// The machine's, for users who have none and have named none.
    machine: Option<PathBuf>,
}

impl Location {
    /// # Errors
    /// No file is named, and there is neither a home folder nor a file of the machine's.
    pub fn find(flag: Option<&Path>, system: &System) -> Result<Self> {
        let named = flag.or(system.env.get_os("TI_CONFIG").map(Path::new));
        if let Some(path) = named {
            return Ok(Self::named(path));
        }
        let below = |folder: &PathBuf| folder.join("ti").join("config.toml");
        let machine = system.machine_config.as_ref().map(below);
        match (&system.config_home, machine) {
            (Some(folder), machine) => Ok(Location {
                own: below(folder),
                machine,
            }),
            (None, Some(path)) if is_there(&path) => Ok(Self::named(&path)),
            (None, _) => Err(Error::config(
                "there is no home folder to look for a configuration in",
            )
            .hint("name the file: --config FILE, or TI_CONFIG")),
        }
    }

    /// This file and no other.
    pub fn named(path: &Path) -> Self {
        Location {
            own: path.to_path_buf(),
            machine: None,
        }
    }

    /// The file that is read.
    pub fn read(&self) -> &Path {
        self.machine_in_use().unwrap_or(&self.own)
    }

    /// The machine's file, where it is the one that is read.
    pub fn machine_in_use(&self) -> Option<&Path> {
        let machine = self.machine.as_deref()?;
        (!is_there(&self.own) && is_there(machine)).then_some(machine)
    }
}

/// One that cannot be looked at is there: an error is to name it, not to lead to another one.
pub fn is_there(path: &Path) -> bool {
    !matches!(path.metadata(), Err(error) if error.kind() == ErrorKind::NotFound)
}

/// `/home/ann/.config/…` → `~/.config/…`, as a person would write it.
pub fn with_tilde(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// `~/client.pfx` as a whole path; none for a path that does not begin at home.
pub fn from_home(path: &Path, home: Option<&Path>) -> Option<PathBuf> {
    Some(home?.join(path.strip_prefix("~").ok()?))
}
