use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::system::System;

/// The configuration file: `--config`, `TI_CONFIG`, else the platform's place.
/// Never the current folder: what lies there may be somebody else's.
pub fn config_path(flag: Option<&Path>, system: &System) -> Result<PathBuf> {
    if let Some(path) = flag {
        return Ok(path.to_path_buf());
    }
    if let Some(path) = system.env.get("TI_CONFIG") {
        return Ok(PathBuf::from(path));
    }
    match &system.config_home {
        Some(folder) => Ok(folder.join("ti").join("config.toml")),
        None => Err(
            Error::config("there is no home folder to look for a configuration in")
                .hint("name the file: --config FILE, or TI_CONFIG"),
        ),
    }
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
