//! Questions to the person at the terminal. They go to stderr: stdout is data.

use std::io::{self, BufRead, Read, Write};

use anyhow::Context;
use secrecy::SecretString;

use crate::cli::echo::hidden;
use crate::console::Stderr;
use crate::document::Label;
use crate::error::{Error, Kind, Result};

/// More than any secret is long.
const MAX_SECRET: u64 = 64 * 1024;

const FAILED: &str = "cannot ask at the terminal";

/// Whoever sits at the terminal, asked in the language of `notes`.
#[derive(Clone, Copy)]
pub struct Prompt(pub &'static Stderr);

impl Prompt {
    /// One line, without blanks around it.
    ///
    /// # Errors
    /// The input has ended, by Ctrl-D.
    pub fn line(self, question: &str) -> Result<String> {
        self.line_or_end(question)?.ok_or_else(ended)
    }

    /// The same; `None` if the input has ended.
    fn line_or_end(self, question: &str) -> Result<Option<String>> {
        let mut stderr = std::io::stderr().lock();
        write!(stderr, "{}", self.worded(question))
            .and_then(|()| stderr.flush())
            .context(FAILED)?;
        let mut typed = String::new();
        let read = std::io::stdin()
            .lock()
            .read_line(&mut typed)
            .context(FAILED)?;
        Ok((read > 0).then(|| typed.trim().to_string()))
    }

    /// One line that is not shown while it is typed.
    ///
    /// # Errors
    /// The input has ended, by Ctrl-D.
    pub fn secret(self, question: &str) -> Result<SecretString> {
        let question = self.worded(question);
        match hidden(|| rpassword::prompt_password(question)) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(ended()),
            typed => Ok(SecretString::from(typed.context(FAILED)?.trim())),
        }
    }

    /// Asks until the answer is one; Enter means no.
    pub fn yes(self, question: &str) -> Result<bool> {
        self.decided(|| self.line(question))
    }

    /// The same for what can as well be left: the end of the input means no.
    pub fn offer(self, question: &str) -> Result<bool> {
        self.decided(|| Ok(self.line_or_end(question)?.unwrap_or_default()))
    }

    fn decided(self, ask: impl Fn() -> Result<String>) -> Result<bool> {
        loop {
            match ask()?.to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "" | "n" | "no" => return Ok(false),
                _ => self.say("  y or n, please; nothing that is typed here is kept"),
            }
        }
    }

    pub fn say(self, text: &str) {
        let (blanks, words, _) = parts(text);
        self.0.line(Label::Plain, blanks, words);
    }

    /// A question in the language, with the blanks that it has around it.
    fn worded(self, question: &str) -> String {
        let (before, words, after) = parts(question);
        format!("{before}{}{after}", self.0.in_language(words))
    }
}

/// Ctrl-D.
fn ended() -> Error {
    Error::new(Kind::Interrupted, "the input ended; nothing was written")
}

/// The blanks before it, the words, and the blanks behind.
fn parts(text: &str) -> (&str, &str, &str) {
    let words = text.trim();
    let begin = text.len() - text.trim_start().len();
    (&text[..begin], words, &text[begin + words.len()..])
}

/// The first line of stdin: for `pass show … | ti config set KEY`.
pub fn piped_secret() -> Result<SecretString> {
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(MAX_SECRET)
        .read_to_string(&mut text)
        .map_err(|error| Error::usage("cannot read the secret from stdin").cause(error))?;
    let first = text.lines().next().unwrap_or_default().trim();
    match first.is_empty() {
        true => Err(Error::usage("there is no secret on stdin")
            .hint("pipe it in, or run this at a terminal to be asked")),
        false => Ok(SecretString::from(first)),
    }
}
