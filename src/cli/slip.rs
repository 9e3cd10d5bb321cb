//! A slip is answered with what was meant: a command from anywhere in the tree, an option, a value.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Command};

use crate::error::{did_you_mean, nearest};
use crate::indicator::parse_public;

use super::given::quoted;
use super::help::OPTIONS;
use super::taken::list_behind_format;

/// What an option is called elsewhere.
const ELSEWHERE: [(&str, &str); 3] = [
    ("--jsonl", "--ndjson"),
    ("--file", "--input"),
    ("-f", "--input"),
];

/// More commands than this are no advice.
const MAX_MEANT: usize = 4;

/// The same refusal with what was probably meant, judged as everywhere in `ti`.
pub fn advised(mut error: clap::Error, words: &[OsString], mut root: Command) -> clap::Error {
    let path = understood(root.clone(), words);
    root.build();
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = text(ContextKind::InvalidSubcommand);
            error.remove(ContextKind::SuggestedSubcommand);
            match commands_meant(&word, &path, &places(&root)) {
                Meant::Beside(names) => {
                    suggest(&mut error, ContextKind::SuggestedSubcommand, names)
                }
                Meant::Elsewhere(lines) if lines.is_empty() && path.is_empty() => {
                    tips(&mut error, lookup_meant(&word, words));
                }
                Meant::Elsewhere(lines) => tips(&mut error, lines),
            }
        }
        ErrorKind::UnknownArgument => {
            let typed = text(ContextKind::InvalidArg);
            error.remove(ContextKind::SuggestedArg);
            // The usage is made for what clap would suggest.
            if let Some(command) = command_at(&path, &mut root) {
                let usage = ContextValue::StyledStr(command.render_usage());
                error.insert(ContextKind::Usage, usage);
            }
            let command = command_at(&path, &mut root);
            let searches = command.as_ref().is_some_and(|command| {
                let mut options = command.get_arguments();
                options.any(|option| option.get_long() == Some("grep"))
            });
            match command.and_then(|command| option_meant(&typed, command)) {
                Some(flag) => suggest(&mut error, ContextKind::SuggestedArg, vec![flag]),
                // A word where none belongs: a list can be searched for it.
                None if searches && typed.starts_with(|c| c != '-') => {
                    let line = format!("did you mean: --grep {}", quoted(&typed));
                    tips(&mut error, [line]);
                }
                None => tips(&mut error, owners(&typed, &places(&root))),
            }
            tips(&mut error, fields_meant(words, |list| list == typed));
        }
        ErrorKind::InvalidValue => {
            let typed = text(ContextKind::InvalidValue);
            error.remove(ContextKind::SuggestedValue);
            let near = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(valid)) => {
                    did_you_mean(&typed, valid.iter().map(String::as_str)).map(str::to_string)
                }
                _ => None,
            };
            let near = near.into_iter().collect();
            suggest(&mut error, ContextKind::SuggestedValue, near);
        }
        ErrorKind::MissingSubcommand => {
            if let Some(ContextValue::Strings(names)) = error.get(ContextKind::ValidSubcommand) {
                let shown = |name: &&String| **name != OPTIONS;
                let names = names.iter().filter(shown).cloned().collect();
                error.insert(ContextKind::ValidSubcommand, ContextValue::Strings(names));
            }
        }
        ErrorKind::TooManyValues => tips(&mut error, fields_meant(words, |_| true)),
        _ => {}
    }
    error
}

/// In the words that clap has for it.
fn suggest(error: &mut clap::Error, kind: ContextKind, words: Vec<String>) {
    let value = match <[String; 1]>::try_from(words) {
        Ok([word]) => ContextValue::String(word),
        Err(words) if words.is_empty() => return,
        Err(words) => ContextValue::Strings(words),
    };
    error.insert(kind, value);
}

fn tips(error: &mut clap::Error, lines: impl IntoIterator<Item = String>) {
    let mut all = match error.get(ContextKind::Suggested) {
        Some(ContextValue::StyledStrs(known)) => known.clone(),
        _ => Vec::new(),
    };
    all.extend(lines.into_iter().map(StyledStr::from));
    if !all.is_empty() {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(all));
    }
}

/// The words that lead to the command of a line, as far as it can be understood.
fn understood(root: Command, words: &[OsString]) -> Vec<String> {
    let matches = root.ignore_errors(true).try_get_matches_from(words).ok();
    let mut path = Vec::new();
    let mut inner = matches.as_ref();
    while let Some((name, below)) = inner.and_then(ArgMatches::subcommand) {
        path.push(name.to_string());
        inner = Some(below);
    }
    path
}

/// A command with the words that lead to it.
struct Place<'a> {
    path: Vec<String>,
    command: &'a Command,
}

impl Place<'_> {
    fn line(&self) -> String {
        format!("ti {}", self.path.join(" "))
    }

    fn is_below(&self, path: &[String]) -> bool {
        self.path.len() == path.len() + 1 && self.path.starts_with(path)
    }

    /// Whether the sentence about it has the word.
    fn says(&self, word: &str) -> bool {
        let about = self.command.get_about();
        let about = about.map(ToString::to_string).unwrap_or_default();
        let mut words = about.split(|c: char| !c.is_alphanumeric());
        words.any(|said| said.eq_ignore_ascii_case(word))
    }

    fn looks_up(&self) -> bool {
        self.command.get_positionals().any(|positional| {
            let names = positional.get_value_names().unwrap_or_default();
            names.iter().any(|name| name.as_str() == "INDICATOR")
        })
    }
}

/// Every command that shows.
fn places(root: &Command) -> Vec<Place<'_>> {
    fn collect<'a>(command: &'a Command, path: &[String], all: &mut Vec<Place<'a>>) {
        for below in command.get_subcommands() {
            if below.is_hide_set() || below.get_name() == "help" {
                continue;
            }
            let path = [path, &[below.get_name().to_string()]].concat();
            collect(below, &path, all);
            all.push(Place {
                path,
                command: below,
            });
        }
    }
    let mut all = Vec::new();
    collect(root, &[], &mut all);
    all
}

/// What a word that is no command may stand for.
enum Meant {
    /// Commands that could stand in its place.
    Beside(Vec<String>),
    /// Whole command lines.
    Elsewhere(Vec<String>),
}

/// What `word` after the words `here` stands for: an indicator for a lookup, else a command of
/// that name, of a similar name, or one that speaks of it, as `report` leads to
/// `ti kaspersky get`.
fn commands_meant(word: &str, here: &[String], places: &[Place]) -> Meant {
    if parse_public(word).is_ok() {
        let mut below = places.iter().filter(|place| place.is_below(here));
        let meant = below.find(|place| place.looks_up());
        let word = quoted(word);
        let line = meant.map(|place| format!("did you mean: {} {word}", place.line()));
        return Meant::Elsewhere(line.into_iter().collect());
    }
    let lines = |is_meant: &dyn Fn(&Place) -> bool| {
        let meant = places.iter().filter(|place| is_meant(place));
        let lines: Vec<_> = meant
            .map(|place| format!("did you mean '{}'?", place.line()))
            .collect();
        (1..=MAX_MEANT).contains(&lines.len()).then_some(lines)
    };
    let name = |place: &Place| place.command.get_name().to_string();
    let names: Vec<_> = places.iter().map(name).collect();
    let beside = places.iter().filter(|place| place.is_below(here));
    let near = nearest(word, beside.map(|place| place.command.get_name()));
    let near_anywhere = nearest(word, names.iter().map(String::as_str));
    if let Some(lines) = lines(&|place| name(place).eq_ignore_ascii_case(word)) {
        return Meant::Elsewhere(lines);
    }
    if !near.is_empty() {
        return Meant::Beside(near.into_iter().map(str::to_string).collect());
    }
    let lines = lines(&|place| near_anywhere.contains(&name(place).as_str()))
        .or_else(|| lines(&|place| place.is_below(here) && place.says(word)))
        .or_else(|| lines(&|place| place.says(word)));
    Meant::Elsewhere(lines.unwrap_or_default())
}

/// `ti whois evil.com`: a lookup of what stands behind a word of another tool.
fn lookup_meant(word: &str, words: &[OsString]) -> Option<String> {
    let words = words.iter().filter_map(|word| word.to_str());
    let mut behind = words.skip_while(|typed| *typed != word).skip(1);
    let indicator = behind.find(|typed| parse_public(typed).is_ok())?;
    Some(format!("did you mean: ti lookup {}", quoted(indicator)))
}

/// `--json a,b`: fields behind a flag that takes none, if it is this list that is meant.
fn fields_meant(words: &[OsString], is_meant: impl Fn(&str) -> bool) -> Option<String> {
    let (flag, list) = list_behind_format(words).filter(|(_, list)| is_meant(list))?;
    Some(format!("did you mean '{flag} --fields {list}'?"))
}

fn command_at<'a>(path: &[String], root: &'a mut Command) -> Option<&'a mut Command> {
    let mut names = path.iter();
    names.try_fold(root, |command, name| command.find_subcommand_mut(name))
}

/// The option of a command, misspelt.
fn option_meant(typed: &str, command: &Command) -> Option<String> {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let flags: Vec<_> = shown
        .filter_map(|arg| Some(format!("--{}", arg.get_long()?)))
        .collect();
    let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == typed);
    let known = elsewhere.map(|(_, flag)| flag.to_string());
    let known = known.filter(|flag| flags.contains(flag));
    known.or_else(|| did_you_mean(typed, flags.iter().map(String::as_str)).map(str::to_string))
}

/// The commands that have the option for themselves.
fn owners(typed: &str, places: &[Place]) -> Vec<String> {
    let has = |place: &&Place| {
        let mut own = place
            .command
            .get_arguments()
            .filter(|arg| !arg.is_global_set());
        own.any(|arg| {
            arg.get_long()
                .is_some_and(|long| typed == format!("--{long}"))
        })
    };
    let lines: Vec<_> = places
        .iter()
        .filter(has)
        .filter(|place| !place.command.has_subcommands())
        .map(|place| format!("'{typed}' is an option of '{}'", place.line()))
        .collect();
    match lines.len() {
        1..=MAX_MEANT => lines,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_finds_the_command_that_is_meant() {
        let mut root = super::super::command();
        root.build();
        let places = places(&root);
        for (here, word, meant) in [
            (&[][..], "kit", &["kti"][..]),
            (&[], "lokup", &["lookup"]),
            (&["config"], "chek", &["check"]),
            (&["kaspersky"], "lsit", &["list"]),
            (&[], "search", &["did you mean 'ti kti search'?"]),
            (&["kaspersky"], "search", &["did you mean 'ti kti search'?"]),
            (
                &["kaspersky"],
                "report",
                &["did you mean 'ti kaspersky get'?"],
            ),
            (&[], "report", &["did you mean 'ti kaspersky get'?"]),
            (&[], "geo", &["did you mean 'ti brcti geo'?"]),
            (&[], "SEARCH", &["did you mean 'ti kti search'?"]),
            (&[], "yra", &["did you mean 'ti kaspersky yara'?"]),
            (&["brcti"], "lookup", &["did you mean 'ti lookup'?"]),
            (
                &["kti"],
                "evil.com",
                &["did you mean: ti kti search evil.com"],
            ),
            (&["kaspersky"], "8.8.8.8", &[]),
            (&[], "xyzzy", &[]),
            (&[], "", &[]),
            (&["kti"], "-", &[]),
        ] {
            let here: Vec<_> = here.iter().map(ToString::to_string).collect();
            let (Meant::Beside(found) | Meant::Elsewhere(found)) =
                commands_meant(word, &here, &places);
            assert_eq!(found, meant, "{here:?} {word}");
        }
        let found = commands_meant("types", &[], &places);
        assert!(matches!(found, Meant::Elsewhere(lines) if lines.len() == 2));
    }
}
