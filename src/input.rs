//! The indicators that a command is asked about: arguments, a file, or stdin, line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use crate::error::{Error, Kind, Result};
use crate::world::World;

/// A line longer than this is no indicator; it is refused without being held.
const MAX_LINE: u64 = 64 * 1024;

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
    /// Without line ending and comment; none where the line is not UTF-8 or too long.
    pub text: Result<String, Unreadable>,
    /// `hosts.txt:3`, or none for an argument.
    pub place: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the line is not UTF-8")]
    NotUtf8,
    #[error("the line is longer than 64 KiB")]
    TooLong,
}

/// Inputs one after the other; a failing read ends them with an error.
pub type Inputs = Box<dyn Iterator<Item = Result<Input>> + Send>;

impl InputArgs {
    /// Opens what is to be read. Stdin counts unasked only when it is piped and nothing was named.
    pub fn open(&self, world: &World) -> Result<Inputs> {
        let mut all: Inputs = Box::new(std::iter::empty());
        for argument in &self.indicators {
            all = match argument.as_str() {
                "-" => Box::new(all.chain(lines(io::stdin(), "stdin"))),
                text => {
                    let text = Ok(text.to_string());
                    let input = Input { text, place: None };
                    Box::new(all.chain(std::iter::once(Ok(input))))
                }
            };
        }
        match &self.input {
            Some(path) if path.as_os_str() == "-" => {
                all = Box::new(all.chain(lines(io::stdin(), "stdin")));
            }
            Some(path) => {
                let name = path.display().to_string();
                let unreadable =
                    |error| Error::usage(format!("--input {name}: cannot be read")).cause(error);
                let file = File::open(path).map_err(unreadable)?;
                if file.metadata().is_ok_and(|file| file.is_dir()) {
                    return Err(unreadable(io::ErrorKind::IsADirectory.into()));
                }
                all = Box::new(all.chain(lines(file, &name)));
            }
            None if self.indicators.is_empty() && !world.stdin_is_terminal => {
                all = lines(io::stdin(), "stdin");
            }
            None if self.indicators.is_empty() => {
                return Err(Error::usage("there is nothing to look up")
                    .hint("name an indicator, or a file of them: -i FILE"));
            }
            None => {}
        }
        Ok(all)
    }
}

/// Lines of any encoding and length, in flat memory.
fn lines(reader: impl Read + Send + 'static, name: &str) -> Inputs {
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    let name = name.to_string();
    let mut number = 0;
    let mut over = false;
    Box::new(std::iter::from_fn(move || {
        while !over {
            number += 1;
            match next_line(&mut reader, number == 1) {
                Ok(None) => over = true,
                // A blank line or a comment.
                Ok(Some(Ok(text))) if text.is_empty() => {}
                Ok(Some(text)) => {
                    let place = Some(format!("{name}:{number}"));
                    return Some(Ok(Input { text, place }));
                }
                Err(error) => {
                    over = true;
                    let failed =
                        Error::new(Kind::Internal, format!("{name}:{number}: cannot be read"));
                    return Some(Err(failed.cause(error)));
                }
            }
        }
        None
    }))
}

/// The next line without comment, blanks and byte-order mark; none at the end.
fn next_line(
    reader: &mut impl BufRead,
    first: bool,
) -> io::Result<Option<Result<String, Unreadable>>> {
    let mut line = Vec::new();
    let read = reader
        .by_ref()
        .take(MAX_LINE)
        .read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == MAX_LINE && !line.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
        return Ok(Some(Err(Unreadable::TooLong)));
    }
    let bytes = match line.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) if first => rest,
        _ => &line,
    };
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotUtf8);
    Ok(Some(
        text.map(|text| without_comment(text).trim().to_string()),
    ))
}

/// A `#` begins a comment at the start of a line or after a blank: in `evil.com/#a` it does not.
fn without_comment(line: &str) -> &str {
    let begins = |at: &usize| *at == 0 || line[..*at].ends_with([' ', '\t']);
    let comment = line.match_indices('#').map(|(at, _)| at).find(begins);
    &line[..comment.unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8]) -> Vec<String> {
        lines(bytes, "f")
            .map(|input| {
                let input = input.unwrap();
                let text = input
                    .text
                    .unwrap_or_else(|unreadable| format!("({unreadable})"));
                format!("{} {text}", input.place.unwrap())
            })
            .collect()
    }

    #[test]
    fn lines_as_people_and_machines_write_them() {
        assert_eq!(
            read(b"\xef\xbb\xbfevil.com\r\n\n# note\n  a.example  # why\nevil.com/#x\n\xff\xfe\nlast"),
            ["f:1 evil.com", "f:4 a.example", "f:5 evil.com/#x", "f:6 (the line is not UTF-8)", "f:7 last"]
        );
        assert!(read(b"").is_empty());
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_read() {
        let mut long = vec![b'a'; 10 << 20];
        long.extend_from_slice(b"\nevil.com\n");
        assert_eq!(
            read(long.leak()),
            ["f:1 (the line is longer than 64 KiB)", "f:2 evil.com"]
        );
    }
}
