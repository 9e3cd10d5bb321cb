//! What clap has to say: help, which is data, or a refusal that quotes what was typed.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Command;
use clap::error::ErrorKind;

use crate::console::{Palette, Stderr, sanitise};
use crate::error::Error;
use crate::redact::Redactor;

use super::given::Given;
use super::report::report;
use super::{help, slip};

pub fn tell(error: clap::Error, words: &[OsString], command: fn() -> Command) -> ExitCode {
    let palette = Palette { colour: false };
    let stderr = Stderr::new(false, 0, palette, Redactor::default(), None);
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let error = match (error.kind(), is_help) {
        (_, true) => again(error, help::view(command(), words), words),
        (ErrorKind::DisplayVersion, _) => error,
        _ => {
            let (error, words) = visible(error, words, command);
            slip::advised(error, &words, command())
        }
    };
    if error.use_stderr() && wants_json(words) {
        let error = as_error(&error);
        report(
            &error,
            &Given::nothing(command),
            &stderr.with_json_errors(false),
        );
        return ExitCode::from(error.kind.exit_code());
    }
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        Err(failed) if !error.use_stderr() => {
            let failed = Error::write("to stdout", &failed);
            report(&failed, &Given::nothing(command), &stderr);
            ExitCode::from(failed.kind.exit_code())
        }
        // Without stderr there is nobody to tell.
        _ => code,
    }
}

/// What another definition says of the same words, where it says the same kind of thing.
fn again(error: clap::Error, mut command: Command, words: &[OsString]) -> clap::Error {
    match command.try_get_matches_from_mut(words) {
        Err(again) if again.kind() == error.kind() => again,
        _ => error,
    }
}

/// The same refusal about words that no terminal obeys: a file name that somebody else chose can
/// be among them.
fn visible(
    error: clap::Error,
    words: &[OsString],
    command: fn() -> Command,
) -> (clap::Error, Vec<OsString>) {
    let safe = |word: &OsString| sanitise(&word.to_string_lossy()).into_owned().into();
    let safe: Vec<OsString> = words.iter().map(safe).collect();
    if safe == words {
        return (error, safe);
    }
    let error = match command().try_get_matches_from(&safe) {
        Err(again) if again.kind() == error.kind() => again,
        _ => {
            let text = error.render().to_string();
            let lines: Vec<_> = text.lines().map(sanitise).collect();
            let text = lines.join("\n") + "\n";
            let text = text.strip_prefix("error: ").unwrap_or(&text);
            clap::Error::raw(error.kind(), text)
        }
    };
    (error, safe)
}

/// Whether errors are to be JSON, as far as a line says it that cannot be understood.
fn wants_json(words: &[OsString]) -> bool {
    let words: Vec<_> = words
        .iter()
        .take_while(|word| *word != "--")
        .map(|word| word.to_string_lossy())
        .collect();
    let is_json = |name: &str| ["json", "ndjson"].contains(&name.to_ascii_lowercase().as_str());
    words.iter().any(|word| match word.split_once('=') {
        Some((flag, name)) => {
            flag == "--json" || flag == "--ndjson" || flag == "--format" && is_json(name)
        }
        None => word == "--json" || word == "--ndjson",
    }) || words
        .windows(2)
        .any(|pair| pair[0] == "--format" && is_json(&pair[1]))
}

/// In the three parts that every error has.
fn as_error(error: &clap::Error) -> Error {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Error::usage("there is no command").hint("--help lists the commands");
    }
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let mut parts = text.split("\n\n").map(|part| part.lines().map(str::trim));
    let message = parts
        .next()
        .map(|lines| lines.collect::<Vec<_>>().join(" "));
    let hints = parts.flatten().filter(|line| !line.is_empty());
    hints.fold(Error::usage(message.unwrap_or_default()), |error, line| {
        error.hint(line.strip_prefix("tip: ").unwrap_or(line))
    })
}
