//! What clap has to say: help, which is data, or a refusal that quotes what was typed.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Command;

use crate::console::{Palette, Stderr, sanitise};
use crate::error::Error;
use crate::redact::Redactor;

use super::report::report;

pub fn tell(error: clap::Error, argv: &[OsString], command: fn() -> Command) -> ExitCode {
    let error = match error.use_stderr() {
        true => visible(error, argv, command),
        false => error,
    };
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        Err(failed) if !error.use_stderr() => {
            let failed = Error::write("to stdout", &failed);
            let palette = Palette { colour: false };
            let notes = Stderr::new(false, 0, palette, Redactor::default(), None);
            report(&failed, &notes);
            ExitCode::from(failed.kind.exit_code())
        }
        // Without stderr there is nobody to tell.
        _ => code,
    }
}

/// The same refusal about words that no terminal obeys: a file name that somebody else chose can
/// be among them.
fn visible(error: clap::Error, argv: &[OsString], command: fn() -> Command) -> clap::Error {
    let safe = |word: &OsString| sanitise(&word.to_string_lossy()).into_owned().into();
    let words: Vec<OsString> = argv.iter().map(safe).collect();
    if words == argv {
        return error;
    }
    match command().try_get_matches_from(words) {
        Err(again) if again.kind() == error.kind() => again,
        _ => {
            let text = error.render().to_string();
            let lines: Vec<_> = text.lines().map(sanitise).collect();
            let text = lines.join("\n") + "\n";
            let text = text.strip_prefix("error: ").unwrap_or(&text);
            clap::Error::raw(error.kind(), text)
        }
    }
}
