//! Which options a command takes: what would do nothing is refused before anything is done.

use std::ffi::OsString;
use std::path::Path;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, ValueEnum};

use crate::error::{Error, Result};
use crate::indicator::parse_public;
use crate::output::{Format, Takes};

use super::globals::Globals;

/// Refuses what would be left without effect, or would have another one than meant.
///
/// # Errors
/// Usage: an option that does nothing for this command, with those that do; `-o json`;
/// `--json a,b`.
pub fn check(
    root: &Command,
    matches: &ArgMatches,
    globals: &Globals,
    words: &[OsString],
) -> Result<()> {
    let (line, command, _) = typed(root, matches);
    let takes = Takes::of(command);
    let is_typed = |arg: &&Arg| {
        // Of a format it is the value that matters.
        arg.is_global_set()
            && arg.get_id() != "format"
            && matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    };
    for option in root.get_arguments().filter(is_typed) {
        let flag = format!("--{}", option.get_long().unwrap_or_default());
        if let Some(why) = takes.refuses(option) {
            return Err(refusal(&line, &flag, why, command, option));
        }
    }
    if let Some(format) = globals.output.format
        && let Some(why) = takes.refuses_format(format)
    {
        let flag = format!("--format {}", format.name());
        return Err(Error::usage(format!("{line} does not take {flag}"))
            .cause(why)
            .hint(formats(takes)));
    }
    if takes.refuses_format(Format::Json).is_some() {
        return Ok(());
    }
    if let Some((flag, list)) = list_behind_format(words) {
        return Err(Error::usage(format!("{flag} takes no value"))
            .cause(format!("{list:?} stands behind it"))
            .hint(format!("did you mean {flag} --fields {list}?")));
    }
    let named = globals.output.file().and_then(named_like);
    let Some((name, format)) = named else {
        return Ok(());
    };
    let error = Error::usage(format!("-o names a file, and {name:?} is a format"));
    let error = match takes.refuses_format(format) {
        None => error.hint(format!("did you mean {}?", format.flag())),
        Some(why) => error.cause(why),
    };
    Err(error.hint(format!("for a file of that name: -o ./{name}")))
}

/// The command that was typed: the words that lead to it, what it takes, and what it was given.
pub fn typed<'a>(
    root: &'a Command,
    matches: &'a ArgMatches,
) -> (String, &'a Command, &'a ArgMatches) {
    let (mut line, mut command, mut inner) = ("ti".to_string(), root, matches);
    while let Some((name, below)) = inner.subcommand() {
        line = format!("{line} {name}");
        command = command.find_subcommand(name).unwrap_or(command);
        inner = below;
    }
    (line, command, inner)
}

fn refusal(line: &str, flag: &str, why: &str, command: &Command, option: &Arg) -> Error {
    let works = command.get_arguments().filter(|arg| {
        arg.is_global_set()
            && !arg.is_hide_set()
            && arg.get_help_heading() == option.get_help_heading()
    });
    let works: Vec<_> = works
        .filter_map(|arg| Some(format!("--{}", arg.get_long()?)))
        .collect();
    let error = Error::usage(format!("{line} does not take {flag}")).cause(why);
    match works.is_empty() {
        true => error.hint("leave it out"),
        false => error.hint(format!("it takes {}", works.join(", "))),
    }
}

fn formats(takes: Takes) -> String {
    let all = Format::value_variants().iter();
    let works = all.filter(|format| takes.refuses_format(**format).is_none());
    let names: Vec<_> = works.map(|format| format.name()).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("choose --format {} or {last}", others.join(", "))
        }
        _ => "leave --format out".to_string(),
    }
}

/// The format that a file's whole name is, and that name.
fn named_like(file: &Path) -> Option<(&str, Format)> {
    let name = file.to_str()?;
    let all = Format::value_variants().iter().copied();
    let format = all
        .chain([Format::Raw, Format::Values])
        .find(|format| format.name().eq_ignore_ascii_case(name))?;
    Some((name, format))
}

/// Names of fields behind a flag that takes none, as some programs want them: `--json a,b`.
pub fn list_behind_format(words: &[OsString]) -> Option<(&'static str, String)> {
    const FLAGS: [&str; 3] = ["--json", "--ndjson", "--csv"];
    let words: Vec<_> = words.iter().take_while(|word| *word != "--").collect();
    let joined = words
        .iter()
        .filter_map(|word| word.to_str()?.split_once('='));
    let behind = words
        .windows(2)
        .filter_map(|pair| Some((pair[0].to_str()?, pair[1].to_str()?)));
    joined.chain(behind).find_map(|(flag, list)| {
        let flag = FLAGS.into_iter().find(|known| *known == flag)?;
        is_list_of_fields(list).then(|| (flag, list.to_string()))
    })
}

/// At least two names, which are no indicators and no file.
fn is_list_of_fields(text: &str) -> bool {
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c);
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_part)
    };
    let mut names = text.split(',');
    text.contains(',')
        && names.clone().all(is_name)
        && names.any(|name| parse_public(name).is_err())
        && !Path::new(text).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_behind_a_format_is_one_of_fields() {
        for (line, expected) in [
            (
                "ti kti search x --json indicator,level",
                Some(("--json", "indicator,level")),
            ),
            (
                "ti kti search x --ndjson ip.asn.number,level",
                Some(("--ndjson", "ip.asn.number,level")),
            ),
            (
                "ti kti types --csv=name,level",
                Some(("--csv", "name,level")),
            ),
            ("ti kti search --json evil.com,bad.com", None),
            ("ti kti search --json evil.com", None),
            ("ti kti search --json level", None),
            ("ti kti search --json http://a.com/x,y", None),
            ("ti kti search --json -- a,b", None),
            ("ti kti search --fields a,b --json", None),
        ] {
            let words: Vec<_> = line.split(' ').map(OsString::from).collect();
            let found = list_behind_format(&words);
            let found = found.as_ref().map(|(flag, list)| (*flag, list.as_str()));
            assert_eq!(found, expected, "{line}");
        }
    }
}
