//! Output over what is read: `-o log` beside `log` is a slip, and would cost the log.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::config::Profile;
use crate::error::{Error, Result};
use crate::files::{Identity, identity};
use crate::output::{OutputArgs, Takes};
use crate::store::cache_path;
use crate::store::index::index_path;

use super::taken::typed;

const OUTPUT: &str = "--output";
const STDIN: &str = "/dev/stdin";
const STDOUT: &str = "/dev/stdout";

/// Where the answer goes: what names it, and the file.
type Place<'a> = (&'static str, &'a Path);

/// Refuses an answer over a file that is read for it, by whatever name.
///
/// # Errors
/// Usage.
pub fn check(
    root: &Command,
    matches: &ArgMatches,
    output: &OutputArgs,
    profile: &Profile,
) -> Result<()> {
    let (_, command, matches) = typed(root, matches);
    let resumed = values(matches, "resume").next().map(Path::new);
    let place = resumed.map_or_else(|| place(output), |file| ("--resume", file));
    let Some(written) = identity(place.1) else {
        return Ok(());
    };
    let takes = Takes::of(command);
    // A profile of sample data is renewed where it stands, and takes no other's place.
    if takes.is_profile() {
        return Ok(());
    }
    // Rows with more to them may take the place of the rows, and not follow them.
    let replaces_rows = takes.keeps_rows() && place.0 == OUTPUT;
    let is_read = |arg: &&Arg| {
        is_file(arg)
            && !["output", "resume"].contains(&arg.get_id().as_str())
            && !(arg.is_positional() && replaces_rows)
    };
    let mut read: Vec<PathBuf> = command
        .get_arguments()
        .filter(is_read)
        .flat_map(|arg| values(matches, arg.get_id().as_str()))
        .map(PathBuf::from)
        .collect();
    if !replaces_rows {
        read.push(STDIN.into());
    }
    read.extend(profile.files());
    let index = profile.chosen().ok();
    let index = index.and_then(|name| index_path(&profile.system, name.as_deref()));
    let mut kept = index.into_iter().chain(cache_path(&profile.system));
    if let Some(kept) = kept.find(|file| identity(file) == Some(written)) {
        let (flag, kept) = (place.0, kept.display());
        return Err(Error::usage(format!("{flag} names what ti keeps, {kept}"))
            .cause("what is in it would be lost")
            .hint("write to another file"));
    }
    match read.iter().find(|file| identity(file) == Some(written)) {
        Some(read) => Err(refusal(place, read)),
        None => Ok(()),
    }
}

/// The file that the answer goes to, if there is one already.
pub fn written(output: &OutputArgs) -> Option<Identity> {
    identity(place(output).1)
}

fn place(output: &OutputArgs) -> Place<'_> {
    match output.file() {
        Some(file) => (OUTPUT, file),
        None => ("stdout", Path::new(STDOUT)),
    }
}

fn is_file(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().any(|name| name == "FILE")
}

fn values<'a>(matches: &'a ArgMatches, id: &str) -> impl Iterator<Item = &'a OsStr> {
    let values = matches.try_get_raw(id).ok().flatten();
    values.into_iter().flatten()
}

fn refusal((flag, _): Place, read: &Path) -> Error {
    let read = match read.to_str() {
        Some(STDIN) => "stdin".to_string(),
        _ => read.display().to_string(),
    };
    let why = match flag {
        OUTPUT => "what is read would be lost",
        _ => "what is written would be read again",
    };
    Error::usage(format!("{flag} and what is read are one file, {read}"))
        .cause(why)
        .hint("write to another file")
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;

    use super::*;

    fn paths(command: &Command, found: &mut usize) {
        for arg in command.get_arguments() {
            if arg.get_value_parser().type_id() != TypeId::of::<PathBuf>() {
                continue;
            }
            let names = arg.get_value_names().unwrap_or_default();
            let is_folder = names.iter().any(|name| name == "DIR");
            assert!(is_file(arg) || is_folder, "{}: {arg}", command.get_name());
            *found += 1;
        }
        command
            .get_subcommands()
            .for_each(|below| paths(below, found));
    }

    #[test]
    fn what_is_a_path_says_what_it_is_of() {
        let mut found = 0;
        paths(&crate::cli::command(), &mut found);
        assert!(found > 10);
    }
}
