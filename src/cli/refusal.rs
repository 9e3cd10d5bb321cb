//! What clap has to say: help, which is data, or a refusal that quotes what was typed.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, ValueEnum};

use crate::config::{Location, lang, lang_at_first};
use crate::console::{Colour, Palette, Stderr, sanitise};
use crate::document::Label;
use crate::error::Error;
use crate::output::Format;
use crate::redact::Redactor;
use crate::system::System;

use super::given::Given;
use super::report::report;
use super::{help, profile, slip, terminal};

/// `words` are the line that was refused.
pub fn tell(
    error: clap::Error,
    words: &[OsString],
    command: fn() -> Command,
    system: &System,
) -> ExitCode {
    let typed = Typed::of(words);
    let notes = typed.notes(system);
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
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    if error.use_stderr() && typed.wants_json() {
        let error = as_error(&error);
        report(
            &error,
            &Given::nothing(command),
            &notes.with_json_errors(false),
        );
        return ExitCode::from(error.kind.exit_code());
    }
    if error.use_stderr() && !is_help {
        show(&error.render().to_string(), &notes);
        return code;
    }
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        Err(failed) if !error.use_stderr() => {
            let failed = Error::write("to stdout", &failed);
            report(&failed, &Given::nothing(command), &notes);
            ExitCode::from(failed.kind.exit_code())
        }
        // Without stderr there is nobody to tell.
        _ => code,
    }
}

/// Line by line as it is laid out, in the language and the width of the terminal.
fn show(text: &str, notes: &Stderr) {
    for line in text.lines() {
        let labels = [
            (Label::Error, "error: "),
            (Label::Hint, "  tip: "),
            (Label::Title, "Usage: "),
        ];
        let mut labels = labels.into_iter();
        let labelled = labels.find(|(_, prefix)| line.starts_with(prefix));
        let blanks = &line[..line.len() - line.trim_start().len()];
        let (label, prefix) = labelled.unwrap_or((Label::Plain, blanks));
        notes.line(label, prefix, &line[prefix.len()..]);
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

/// What a line that cannot be understood says about how to speak of it.
struct Typed<'a> {
    words: Vec<Cow<'a, str>>,
}

impl<'a> Typed<'a> {
    fn of(words: &'a [OsString]) -> Self {
        let words = words.iter().take_while(|word| *word != "--");
        Typed {
            words: words.map(|word| word.to_string_lossy()).collect(),
        }
    }

    fn has(&self, flag: &str) -> bool {
        self.words.iter().any(|word| {
            let name = word.split_once('=').map_or(&**word, |(name, _)| name);
            name == flag
        })
    }

    /// The value of a flag, in one word with it or in the next.
    fn value(&self, flag: &str) -> Option<&str> {
        let mut words = self.words.iter();
        while let Some(word) = words.next() {
            match word.strip_prefix(flag) {
                Some("") => return words.next().map(|word| &**word),
                Some(rest) if rest.starts_with('=') => return rest.get(1..),
                _ => {}
            }
        }
        None
    }

    fn choice<T: ValueEnum>(&self, flag: &str) -> Option<T> {
        T::from_str(self.value(flag)?, true).ok()
    }

    /// Whether errors are to be JSON.
    fn wants_json(&self) -> bool {
        let format = self.choice("--format");
        let is_named = matches!(format, Some(Format::Json | Format::Ndjson));
        is_named || self.has("--json") || self.has("--ndjson")
    }

    /// Whom to tell, and in which language.
    fn notes(&self, system: &System) -> Stderr {
        let colour: Colour = self.choice("--color").unwrap_or(Colour::Auto);
        let colour = colour.is_wanted(&system.env, system.stderr_is_terminal);
        let redactor = Redactor::default();
        let palette = Palette { colour };
        let notes = Stderr::new(false, 0, palette, redactor.clone(), terminal(system));
        let flag = self.choice("--lang");
        let file = self.value("--config").map(Path::new);
        let of_file = || {
            let location = Location::find(file, system).ok()?;
            let profile = profile(location, system.clone(), redactor);
            Some(lang(&profile, flag).ok()?.0)
        };
        let of_file = if self.has("--demo") { None } else { of_file() };
        notes.speak(of_file.unwrap_or_else(|| lang_at_first(&system.env, flag)));
        notes
    }
}

/// In the three parts that every error has.
fn as_error(error: &clap::Error) -> Error {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Error::usage("there is no command").hint("--help lists the commands");
    }
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    // The usage is no advice: it is what `--help` begins with.
    let parts = text
        .split("\n\n")
        .filter(|part| !part.starts_with("Usage: "));
    let mut parts = parts.map(|part| part.lines().map(str::trim));
    let message = parts
        .next()
        .map(|lines| lines.collect::<Vec<_>>().join(" "));
    let hints = parts.flatten().filter(|line| !line.is_empty());
    hints.fold(Error::usage(message.unwrap_or_default()), |error, line| {
        error.hint(line.strip_prefix("tip: ").unwrap_or(line))
    })
}
