//! The file of `--output`: what it must be, and what became of it.

use std::path::Path;

use crate::document::Layout;
use crate::error::{Error, Kind, Result};
use crate::note::Notes;
use crate::output::{Format, Options, Outcome};

use super::Run;
use super::args::Globals;

/// What `--output` must be for a command whose file others rely on.
pub fn check(options: &Options, layout: &Layout) -> Result<()> {
    let Some(replace) = &options.replace else {
        return Ok(());
    };
    let path = options
        .path
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    let Some(path) = path else {
        return match replace.need_file() {
            true => Err(Error::usage(
                "--fail-unchanged, --max-shrink, --keep and --sha256 are about a file",
            )
            .hint("name it: -o FILE")),
            false => Ok(()),
        };
    };
    // The table has the first rows only: no file to rely on.
    if options.format == Format::Table && !layout.is_file() {
        return Err(Error::usage(format!("the name of {} says no format", path.display()))
            .hint("choose one: --csv, --ndjson, --json or --raw, or a name that ends in .csv, .ndjson or .json"));
    }
    Ok(())
}

/// A name that promises a format which there is not.
pub fn check_ending(globals: &Globals) -> Result<()> {
    let Some(path) = globals.output.as_deref() else {
        return Ok(());
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    let says_nothing = ending.is_none_or(|ending| ["txt", "log", "out", "tmp"].contains(&ending));
    let is_file = path.metadata().map_or(true, |there| there.is_file());
    if globals.asked_format().is_some()
        || Format::of_path(path).is_some()
        || says_nothing
        || !is_file
    {
        return Ok(());
    }
    Err(Error::usage(format!("the name of {} says no format", path.display()))
        .hint("choose one: --csv, --json, --ndjson or --format table, or a name that ends in .csv, .json or .ndjson"))
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
