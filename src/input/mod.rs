//! The indicators that a command is asked about: arguments, a file, or stdin, line by line; or
//! one field of each row of a file.

mod content;
mod extract;
mod lines;
mod mail;
mod peeked;
mod rows;
mod understand;
mod unpack;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use crate::console::Reporter;
use crate::document::Row;
use crate::error::{Error, Kind, Result};
use crate::indicator::defang;
use crate::system::System;

pub use content::Content;
pub use extract::{Extracted, Extractor, Service, TextArgs, Totals};
use lines::lines;
pub use rows::{ADDED, RowArgs};
pub use understand::{ADVICE, told_of};
pub use unpack::Packing;

#[derive(Debug, Clone, clap::Args)]
pub struct InputArgs {
    /// What to look up; `-` reads stdin
    #[arg(value_name = "INDICATOR")]
    pub indicators: Vec<String>,

    /// Read indicators from FILE, one a line; `#` begins a comment, `-` is stdin
    #[arg(short, long, value_name = "FILE")]
    pub input: Option<PathBuf>,

    /// Look up the indicators in a text, each once; a mail, a report, a log
    #[arg(long, help_heading = "Input")]
    pub extract: bool,

    /// With --extract: names that could be files too (setup.py)
    #[arg(
        long,
        requires = "extract",
        help_heading = "Input",
        hide_short_help = true
    )]
    pub loose: bool,

    /// Ask for any name, with a public suffix or without, and where a file is called so
    #[arg(long, help_heading = "Input", hide_short_help = true)]
    pub any_name: bool,

    /// Read --input and stdin in this encoding (gbk, utf-16le) [default: UTF-8, or by its mark]
    #[arg(long, value_name = "NAME", value_parser = content::encoding, help_heading = "Input", hide_short_help = true)]
    pub encoding: Option<&'static Encoding>,
}

/// One input as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Without line ending and comment; `None` if there is nothing to be read.
    pub text: Result<String, Unreadable>,
    /// `hosts.txt:3`, or none for an argument.
    pub place: Option<String>,
    /// The row that it is a field of.
    pub row: Option<Row>,
}

impl Input {
    /// As an argument is one: without a place, and in no row.
    pub fn alone(text: impl Into<String>) -> Self {
        Input {
            text: Ok(text.into()),
            place: None,
            row: None,
        }
    }

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
    #[error("the field is not valid text")]
    BadText,
    #[error("the row has the fields that would be added")]
    HasThem,
    #[error("the row has more cells than the header")]
    TooManyCells,
    #[error("a quote opens there that never closes")]
    OpenQuote,
    #[error("the cell is not in the encoding that was named")]
    NotInEncoding,
}

type Stream = Box<dyn Iterator<Item = Result<Input>> + Send>;

/// What `next` gives, up to its end or its first error.
fn stream(mut next: impl FnMut() -> Result<Option<Input>> + Send + 'static) -> Stream {
    let mut over = false;
    Box::new(std::iter::from_fn(move || {
        if over {
            return None;
        }
        let input = next().transpose();
        over = !matches!(input, Some(Ok(_)));
        input
    }))
}

/// Where inputs come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// All from the command line.
    CommandLine,
    /// From a file, at least the last ones: nobody waits for the next one.
    File,
    /// Somebody who may take their time, a pipe or a terminal, is among those they come from.
    Live,
    /// Rows of a file or a pipe, which all come out again, whatever becomes of them.
    Rows,
}

/// Inputs one after the other; a failing read ends them with an error.
pub struct Inputs {
    stream: Stream,
    /// How many there will be, where that is known.
    pub total: Option<u64>,
    /// What stands above the rows.
    pub header: Option<Row>,
    pub origin: Origin,
    /// Whether names without a public suffix are asked for.
    pub any_name: bool,
}

impl Inputs {
    fn of(origin: Origin, stream: Stream) -> Self {
        Inputs {
            stream,
            total: None,
            header: None,
            origin,
            any_name: false,
        }
    }

    /// Those of somebody who may take their time.
    #[cfg(test)]
    pub fn live(inputs: impl Iterator<Item = Result<Input>> + Send + 'static) -> Self {
        Inputs::of(Origin::Live, Box::new(inputs))
    }

    /// Those that `wanted` lets through; how many is no longer known.
    pub fn only(self, mut wanted: impl FnMut(&Input) -> bool + Send + 'static) -> Self {
        let wanted = move |input: &Result<Input>| input.as_ref().map_or(true, &mut wanted);
        Inputs {
            stream: Box::new(self.stream.filter(wanted)),
            total: None,
            ..self
        }
    }
}

impl Iterator for Inputs {
    type Item = Result<Input>;

    fn next(&mut self) -> Option<Self::Item> {
        self.stream.next()
    }
}

/// So many arguments are named where a report says what was asked.
const MAX_SHOWN: usize = 20;

impl InputArgs {
    /// What is asked about, as it was typed, in a form that no click opens.
    pub fn shown(&self) -> String {
        let arguments = self.indicators.iter().take(MAX_SHOWN);
        let shown = |argument: &String| match argument.as_str() {
            "-" => "stdin".to_string(),
            argument => defang(argument),
        };
        let mut shown: Vec<_> = arguments.map(shown).collect();
        let more = self.indicators.len().saturating_sub(MAX_SHOWN);
        shown.extend((more > 0).then(|| format!("+ {more}")));
        let file = self.input.as_ref();
        shown.extend(file.map(|file| format!("--input {}", file.display())));
        if shown.is_empty() {
            shown.push("stdin".to_string());
        }
        shown.join(" ")
    }

    /// Stdin counts unasked only when it is piped and nothing was named. `notes` hear at the end
    /// what was found in a text, and what of it is nothing for the service.
    pub fn open(
        &self,
        system: &System,
        notes: &'static dyn Reporter,
        service: Service,
    ) -> Result<Inputs> {
        let mut texts: Vec<Part> = Vec::new();
        for argument in &self.indicators {
            if argument == "-" {
                texts.push(self.stdin());
                continue;
            }
            if !self.any_name {
                refuse_file(argument)?;
            }
            texts.push(Part::Argument(unlisted(argument).to_string()));
        }
        match &self.input {
            Some(path) => {
                let (content, name) = open(path, "--input", self.encoding)?;
                texts.push(Part::Text(content, name));
            }
            None if self.indicators.is_empty() && !system.stdin_is_terminal => {
                texts.push(self.stdin());
            }
            None if self.indicators.is_empty() => {
                return Err(Error::usage("there is nothing to look up")
                    .hint("name an indicator, or a file of them: -i FILE"));
            }
            None => {}
        }
        let origin = self.origin();
        // Counting is for a person who waits.
        let total = match system.stderr_is_terminal && !self.extract {
            true => self.count(origin),
            false => None,
        };
        let stream: Stream = match self.extract {
            true => extract::inputs(texts, self.loose, notes, service),
            false => Box::new(texts.into_iter().flat_map(Part::inputs)),
        };
        Ok(Inputs {
            total,
            any_name: self.any_name,
            ..Inputs::of(origin, stream)
        })
    }

    fn origin(&self) -> Origin {
        let is_stdin = |argument: &String| argument == "-";
        match &self.input {
            _ if self.indicators.iter().any(is_stdin) => Origin::Live,
            // A pipe may have a name, too.
            Some(path) if path == Path::new("-") || !path.is_file() => Origin::Live,
            Some(_) => Origin::File,
            None if self.indicators.is_empty() => Origin::Live,
            None => Origin::CommandLine,
        }
    }

    fn stdin(&self) -> Part {
        Part::Text(
            Content::new(io::stdin(), self.encoding),
            "stdin".to_string(),
        )
    }

    /// How many inputs there are, where all can be read twice.
    fn count(&self, origin: Origin) -> Option<u64> {
        let arguments = self.indicators.len() as u64;
        match (origin, &self.input) {
            (Origin::CommandLine, _) => Some(arguments),
            (Origin::File, Some(path)) => {
                let file = Content::new(File::open(path).ok()?, self.encoding);
                Some(arguments + lines(file, "").count() as u64)
            }
            _ => None,
        }
    }
}

/// An item of a list, as an argument, has a blank before its hyphen: it would be a flag without.
fn unlisted(argument: &str) -> &str {
    let item = argument.strip_prefix(' ');
    item.filter(|item| item.starts_with("- "))
        .unwrap_or(argument)
}

/// An input, or a text that has one on each line.
enum Part {
    Argument(String),
    /// A file or stdin, and what to call it.
    Text(Content<'static>, String),
}

impl Part {
    /// One input, or one a line.
    fn inputs(self) -> Stream {
        match self {
            Part::Argument(text) => Box::new(std::iter::once(Ok(Input::alone(text)))),
            Part::Text(reader, name) => lines(reader, &name),
        }
    }
}

/// `hosts.txt`, `evil.zip`: a name that could be looked up, and cost something; where it is a
/// file, `-i` was forgotten. `@hosts.txt` is how curl has it.
fn refuse_file(argument: &str) -> Result<()> {
    let path = argument.strip_prefix('@').unwrap_or(argument);
    match Path::new(path).is_file() {
        true => Err(Error::usage(format!("{path} is a file"))
            .cause("nothing was asked")
            .hint(format!("-i {path} reads the indicators in it"))
            .hint("if the name was meant and not the file: --any-name")),
        false => Ok(()),
    }
}

/// What is in a file or, for `-`, in stdin; and what to call it. `flag` is what named it.
///
/// # Errors
/// As of [`open_bytes`].
pub fn open(
    path: &Path,
    flag: &str,
    encoding: Option<&'static Encoding>,
) -> Result<(Content<'static>, String)> {
    let (bytes, name) = open_bytes(path, flag)?;
    Ok((Content::new(bytes, encoding), name))
}

/// The same, as it lies there.
///
/// # Errors
/// Usage: it cannot be read, or is a folder.
fn open_bytes(path: &Path, flag: &str) -> Result<(Box<dyn Read + Send>, String)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin()), "stdin".to_string()));
    }
    let name = path.display().to_string();
    let said = format!("{flag} {name}: cannot be read");
    let unreadable = |error| Error::usage(said.trim_start()).cause(error);
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|file| file.is_dir()) {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    Ok((Box::new(file), name))
}

/// Where a packing or an encoding is in the way the user can do something; a failing disk is a fault.
fn cannot_read(place: &str, error: &io::Error) -> Error {
    let kind = match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::Unsupported => Kind::Usage,
        _ => Kind::Internal,
    };
    Error::new(kind, format!("{place}: cannot be read")).cause(error)
}
