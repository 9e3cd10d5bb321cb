//! The file of `--output`: what it must be, and what became of it.

use std::path::Path;

use crate::console::Reporter;
use crate::document::Layout;
use crate::error::{Error, Kind, Result};
use crate::files::{Outcome, ReplaceArgs};
use crate::output::{Format, Options};

use super::Run;
use super::args::Globals;

/// Endings that promise no format.
const PLAIN: [&str; 4] = ["txt", "log", "out", "tmp"];

/// What `--output` must be: for a command whose file others rely on a file, and for all a name
/// that promises nothing else than what will be in it.
pub fn check(options: &Options, layout: &Layout, globals: &Globals) -> Result<()> {
    let path = options
        .path
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    let Some(path) = path else {
        let needs_file = options.replace.as_ref().is_some_and(ReplaceArgs::need_file);
        return match needs_file {
            true => Err(Error::usage(
                "--fail-unchanged, --max-shrink, --keep and --sha256 are about a file",
            )
            .hint("name it: -o FILE")),
            false => Ok(()),
        };
    };
    if options.format != Format::Table || options.rows || layout.is_file() {
        return Ok(());
    }
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_plain = ending.is_none_or(|ending| PLAIN.contains(&ending));
    let is_device = path.metadata().is_ok_and(|there| !there.is_file());
    // A table has the first rows only: nothing to rely on.
    let relied = options.replace.is_some();
    match relied || !(is_plain || is_device || globals.asked_format().is_some()) {
        true => Err(Error::usage(format!("the name of {} says no format", path.display()))
            .hint("choose one: --csv, --ndjson or --json, or a name that ends in .csv, .ndjson or .json")),
        false => Ok(()),
    }
}

/// Says what became of a file: nobody sees it otherwise.
pub fn tell(outcome: Outcome, fail: bool, run: &Run) -> Result<()> {
    let Some(path) = run.globals.output.as_deref() else {
        return Ok(());
    };
    if outcome != Outcome::Unchanged {
        if path.is_file() {
            run.notes.note(&format!("written: {}", path.display()));
        }
        return Ok(());
    }
    let same = format!("{} is the same as before: not touched", path.display());
    match fail {
        true => Err(Error::new(Kind::Unchanged, same)),
        false => {
            run.notes.note(&same);
            Ok(())
        }
    }
}
