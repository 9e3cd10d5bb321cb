//! `--ignore`: the known-good lists of a run.

use std::path::PathBuf;

use crate::config::{Profile, read_text};
use crate::error::{Error, Result};
use crate::intel::Ignore;

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
        let configured = profile.ignore_files()?;
        for path in self.ignore.iter().chain(&configured) {
            let shown = path.display().to_string();
            let text = read_text(path).map_err(|error| {
                Error::config(format!("the known-good list {shown} cannot be read")).cause(error)
            })?;
            lists.add(&shown, &text)?;
        }
        Ok(lists)
    }
}
