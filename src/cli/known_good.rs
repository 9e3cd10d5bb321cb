//! `--ignore`: the known-good lists of a run.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::config::{IGNORE, Profile};
use crate::error::{Error, Result};
use crate::input::Content;
use crate::intel::Ignore;

/// A list is held whole; what is in a small file is no larger than this.
const MOST_UNPACKED: u64 = 256 << 20;

#[derive(Debug, Clone, clap::Args)]
pub struct IgnoreArgs {
    /// Mark what is on this known-good list; MISP's, or an entry and a reason a line; can repeat
    #[arg(long, value_name = "FILE")]
    ignore: Vec<PathBuf>,
}

impl IgnoreArgs {
    /// The lists of the command line, then those of the configuration.
    ///
    /// # Errors
    /// [`Config`](crate::error::Kind::Config): one of them cannot be read.
    pub fn lists(&self, profile: &Profile) -> Result<Ignore> {
        let mut lists = Ignore::default();
        for path in &self.ignore {
            add(&mut lists, path)?;
        }
        add_configured(&mut lists, profile)?;
        Ok(lists)
    }
}

fn add(lists: &mut Ignore, path: &Path) -> Result<()> {
    let shown = path.display().to_string();
    let text = read_text(path).map_err(|error| {
        Error::config(format!("the known-good list {shown} cannot be read")).cause(error)
    })?;
    lists.add(&shown, &text)
}

/// Adds the lists of the configuration, and gives their paths.
///
/// # Errors
/// [`Config`](crate::error::Kind::Config): one of them cannot be read.
pub fn add_configured(lists: &mut Ignore, profile: &Profile) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for (path, origin) in profile.ignore_files()? {
        let named = |error: Error| {
            let key = IGNORE.name;
            error.hint(format!(
                "{origin} names it: ti config set {key} LIST changes it"
            ))
        };
        add(lists, &path).map_err(named)?;
        paths.push(path);
    }
    Ok(paths)
}

fn read_text(path: &Path) -> io::Result<String> {
    let unusable = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let file = File::open(path)?;
    let most = file.metadata()?.len().max(MOST_UNPACKED);
    let mut text = Vec::new();
    let content = Content::new(file, None);
    content.take(most + 1).read_to_end(&mut text)?;
    if text.len() as u64 > most {
        return Err(unusable(format!(
            "unpacked, it is larger than {most} bytes"
        )));
    }
    let text = String::from_utf8(text);
    text.map_err(|_| unusable("it is not UTF-8; save it as UTF-8".to_string()))
}
