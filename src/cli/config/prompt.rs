//! Questions to the person at the terminal. They go to stderr: stdout is data.

use std::io::{BufRead, Read, Write};

use anyhow::Context;
use secrecy::SecretString;

use crate::cli::echo::hidden;
use crate::error::{Error, Kind, Result};

/// More than any secret is long.
const MAX_SECRET: u64 = 64 * 1024;

const FAILED: &str = "cannot ask at the terminal";

/// One line, without blanks around it.
///
/// # Errors
/// The input has ended, by Ctrl-D.
pub fn line(question: &str) -> Result<String> {
    line_or_end(question)?
        .ok_or_else(|| Error::new(Kind::Interrupted, "the input ended; nothing was written"))
}

/// The same; `None` if the input has ended.
fn line_or_end(question: &str) -> Result<Option<String>> {
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{question}")
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
pub fn secret(question: &str) -> Result<SecretString> {
    let typed = hidden(|| rpassword::prompt_password(question)).context(FAILED)?;
    Ok(SecretString::from(typed.trim()))
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

/// Asks until the answer is one; Enter means no.
pub fn yes(question: &str) -> Result<bool> {
    decided(|| line(question))
}

/// The same for what can as well be left: the end of the input means no.
pub fn offer(question: &str) -> Result<bool> {
    decided(|| Ok(line_or_end(question)?.unwrap_or_default()))
}

fn decided(ask: impl Fn() -> Result<String>) -> Result<bool> {
    loop {
        match ask()?.to_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "" | "n" | "no" => return Ok(false),
            _ => say("  y or n, please; nothing that is typed here is kept")?,
        }
    }
}

pub fn say(text: &str) -> Result<()> {
    writeln!(std::io::stderr().lock(), "{text}").context(FAILED)?;
    Ok(())
}
