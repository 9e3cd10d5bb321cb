//! The indicators that a command is asked about: arguments, a file, or stdin, line by line; or
//! one field of each row of a file.

mod lines;
mod rows;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::document::Row;
use crate::error::{Error, Kind, Result};
use crate::system::System;

use lines::lines;
pub use rows::{ADDED, RowArgs};

#[derive(Debug, Clone, clap::Args)]
pub struct InputArgs {
    /// What to look up; `-` reads stdin
    #[arg(value_name = "INDICATOR")]
    pub indicators: Vec<String>,

    /// Read indicators from FILE, one a line; `#` begins a comment, `-` is stdin
    #[arg(short, long, value_name = "FILE")]
    pub input: Option<PathBuf>,
}

/// One input as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Without line ending and comment; none where there is nothing to be read.
    pub text: Result<String, Unreadable>,
    /// `hosts.txt:3`, or none for an argument.
    pub place: Option<String>,
    /// The row that it is a field of.
    pub row: Option<Row>,
}

impl Input {
    /// A row whose field is empty or not there: nothing to look up, and no mistake.
    pub fn is_blank(&self) -> bool {
        self.row.is_some()
            && self
                .text
                .as_deref()
                .is_ok_and(|text| text.trim().is_empty())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the line is not UTF-8")]
    NotUtf8,
    #[error("the line is longer than 64 KiB")]
    TooLong,
    #[error("the line is not a JSON object")]
    NotAnObject,
    #[error("the field is not text")]
    NotText,
    #[error("the row has the fields that would be added")]
    HasThem,
}

type Stream = Box<dyn Iterator<Item = Result<Input>> + Send>;

/// Inputs one after the other; a failing read ends them with an error.
pub struct Inputs {
    stream: Stream,
    /// How many there will be, where that is known.
    pub total: Option<u64>,
    /// What stands above the rows.
    pub header: Option<Row>,
    /// Whether they come from somebody who may take their time: a pipe, a terminal.
    pub is_live: bool,
}

impl Inputs {
    pub fn none() -> Self {
        Self::of(Box::new(std::iter::empty()))
    }

    fn of(stream: Stream) -> Self {
        Inputs {
            stream,
            total: None,
            header: None,
            is_live: false,
        }
    }

    /// Those of somebody who may take their time.
    #[cfg(test)]
    pub fn live(inputs: impl Iterator<Item = Result<Input>> + Send + 'static) -> Self {
        Inputs {
            is_live: true,
            ..Self::of(Box::new(inputs))
        }
    }

    /// Those that `wanted` lets through; how many is no longer known.
    pub fn only(self, mut wanted: impl FnMut(&Input) -> bool + Send + 'static) -> Self {
        let wanted = move |input: &Result<Input>| input.as_ref().map_or(true, &mut wanted);
        Inputs {
            stream: Box::new(self.stream.filter(wanted)),
            total: None,
            header: self.header,
            is_live: self.is_live,
        }
    }
}

impl Iterator for Inputs {
    type Item = Result<Input>;

    fn next(&mut self) -> Option<Self::Item> {
        self.stream.next()
    }
}

impl InputArgs {
    /// Stdin counts unasked only when it is piped and nothing was named.
    pub fn open(&self, system: &System) -> Result<Inputs> {
        let mut streams = Vec::new();
        // Counting is for a person who waits.
        let mut total = system.stderr_is_terminal.then_some(0);
        let mut live = false;
        for argument in &self.indicators {
            if argument == "-" {
                streams.push(lines(io::stdin(), "stdin"));
                (total, live) = (None, true);
                continue;
            }
            refuse_file(argument)?;
            let input = Input {
                text: Ok(argument.clone()),
                place: None,
                row: None,
            };
            streams.push(Box::new(std::iter::once(Ok(input))));
            total = total.map(|total| total + 1);
        }
        match &self.input {
            Some(path) => {
                let (reader, name) = open(path, "--input")?;
                streams.push(lines(reader, &name));
                total = total.and_then(|total| Some(total + count(path)?));
                live |= is_live(path);
            }
            None if self.indicators.is_empty() && !system.stdin_is_terminal => {
                streams.push(lines(io::stdin(), "stdin"));
                (total, live) = (None, true);
            }
            None if self.indicators.is_empty() => {
                return Err(Error::usage("there is nothing to look up")
                    .hint("name an indicator, or a file of them: -i FILE"));
            }
            None => {}
        }
        Ok(Inputs {
            total,
            is_live: live,
            ..Inputs::of(Box::new(streams.into_iter().flatten()))
        })
    }
}

/// `hosts.txt` is a name that could be looked up, and cost something; where it is a file with
/// indicators, `-i` was forgotten. None of these endings is a top-level domain.
fn refuse_file(argument: &str) -> Result<()> {
    const LISTS: [&str; 6] = ["txt", "csv", "json", "ndjson", "log", "lst"];
    let path = Path::new(argument);
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.is_some_and(|ending| LISTS.contains(&ending)) && path.is_file() {
        true => Err(Error::usage(format!("{argument} is a file"))
            .cause("nothing was asked")
            .hint(format!("-i {argument} reads the indicators in it"))),
        false => Ok(()),
    }
}

/// A file or, for `-`, stdin; and what to call it.
fn open(path: &Path, flag: &str) -> Result<(Box<dyn Read + Send>, String)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin()), "stdin".to_string()));
    }
    let name = path.display().to_string();
    let unreadable = |error| Error::usage(format!("{flag} {name}: cannot be read")).cause(error);
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|file| file.is_dir()) {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    Ok((Box::new(file), name))
}

/// Whether what is read there may keep its reader waiting.
fn is_live(path: &Path) -> bool {
    path == Path::new("-") || !path.is_file()
}

/// The inputs in a file that can be read twice.
fn count(path: &Path) -> Option<u64> {
    let file = File::open(path).ok()?;
    let regular = file.metadata().ok()?.is_file();
    regular.then(|| lines(file, "").count() as u64)
}

fn cannot_read(place: &str, error: &io::Error) -> Error {
    Error::new(Kind::Internal, format!("{place}: cannot be read")).cause(error)
}
