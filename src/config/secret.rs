//! Secrets: where they come from, and how they are kept from coming out.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

use crate::document::decoded;
use crate::error::{Error, Result};
use crate::system::Env;

use super::command::output_of;
use super::small_file::read_small;

/// No secret is longer.
const MAX_FILE: u64 = 64 * 1024;

/// Where a secret is to be had. `Debug` shows the place, never the secret.
#[derive(Debug, Clone)]
pub enum Source {
    Literal(SecretString),
    /// The name of a variable.
    Env(String),
    /// A program and its arguments; no shell. The first line that it says is the secret.
    Command(Vec<String>),
    /// The first line of a file that is not empty.
    File(PathBuf),
}

impl Source {
    /// What `config show` says instead of the secret.
    pub fn describe(&self) -> String {
        match self {
            Source::Literal(_) => "(redacted)".to_string(),
            Source::Env(name) => format!("{{ env = {name:?} }}"),
            Source::Command(words) => format!("{{ command = {words:?} }}"),
            Source::File(path) => format!("{{ file = {:?} }}", path.display().to_string()),
        }
    }

    /// Gets the secret: may read a file or run a program. `what` names it in errors.
    pub fn read(&self, what: &str, env: &Env) -> Result<Secret> {
        let no_text = || {
            Error::config(format!("{what}: {} is not UTF-8", self.describe()))
                .hint("a secret is one line of plain text")
        };
        let text = match self {
            // One that is empty may be: a password, or the value of a header.
            Source::Literal(secret) if secret.expose_secret().is_empty() => {
                return Ok(Secret::cleaned(""));
            }
            Source::Literal(secret) => {
                return Secret::cleaned(secret.expose_secret()).given(self, what);
            }
            Source::Env(name) => {
                let value = env.get_os(name).ok_or_else(|| {
                    Error::config(format!("{what}: the variable {name} is not set"))
                        .hint(format!("export {name}, or change the setting"))
                })?;
                value.to_str().ok_or_else(no_text)?.to_string()
            }
            Source::File(path) => {
                let bytes = read_small(path, MAX_FILE).map_err(|error| {
                    Error::config(format!("{what}: cannot read {}", path.display())).cause(error)
                })?;
                decoded(bytes).map_err(|why| no_text().cause(why))?
            }
            Source::Command(words) => output_of(words, what)?,
        };
        let mut lines = text.lines().map(Secret::cleaned);
        let first = lines.find(|line| !line.text.expose_secret().is_empty());
        first.unwrap_or(Secret::cleaned("")).given(self, what)
    }
}

/// A secret as it was meant.
#[derive(Debug)]
pub struct Secret {
    pub text: SecretString,
    /// Whether a blank stood before or behind it: it may have been meant, and it is not there.
    pub had_blank: bool,
}

impl Secret {
    /// Without what editors, consoles and shells leave around a text: line breaks, a byte order
    /// mark, characters without a width, blanks.
    fn cleaned(text: &str) -> Self {
        let kept = text.trim_matches(|c| is_mark(c) || c.is_whitespace());
        let marks_off = text.trim_matches(is_mark);
        Secret {
            text: kept.into(),
            had_blank: marks_off.starts_with(char::is_whitespace)
                || marks_off.ends_with(char::is_whitespace),
        }
    }

    fn given(self, source: &Source, what: &str) -> Result<Self> {
        match self.text.expose_secret().is_empty() {
            false => Ok(self),
            true => Err(Error::config(format!(
                "{what}: {} gave nothing",
                source.describe()
            ))),
        }
    }
}

/// What nobody sees and nobody meant.
fn is_mark(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{feff}' | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_from_where_it_is_kept() {
        let env: Env = [("NAME".to_string(), "from env".to_string())]
            .into_iter()
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "from file\n").unwrap();
        for (source, expected) in [
            (Source::Literal("literal".into()), "literal"),
            (Source::Env("NAME".into()), "from env"),
            (Source::File(path), "from file"),
            (
                Source::Command(vec!["echo".into(), "from command".into()]),
                "from command",
            ),
        ] {
            let secret = source.read("secret_key", &env).unwrap();
            assert_eq!(secret.text.expose_secret(), expected);
            assert!(!format!("{source:?}{secret:?}").contains("from file"));
        }
        for (source, message) in [
            (
                Source::Env("GONE".into()),
                "secret_key: the variable GONE is not set",
            ),
            (
                Source::Command(vec!["false".into()]),
                "secret_key: the command [\"false\"] failed",
            ),
            (
                Source::Command(vec!["true".into()]),
                "secret_key: { command = [\"true\"] } gave nothing",
            ),
            (Source::Command(vec![]), "secret_key: the command is empty"),
        ] {
            let error = source.read("secret_key", &env).unwrap_err();
            assert_eq!(error.message, message);
        }
    }

    #[test]
    fn what_nobody_sees_comes_off_whatever_it_came_from() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        for (text, had_blank) in [
            ("s3cret", false),
            ("s3cret\n", false),
            ("s3cret\r\n", false),
            ("\u{feff}s3cret\r", false),
            ("\n\u{200b}s3cret\u{200d}\u{2060}\n\n", false),
            (" s3cret", true),
            ("s3cret \r\n", true),
            ("\u{feff}\ts3cret", true),
            ("s3cret\u{a0}\u{feff}", true),
            ("s3cret\u{3000}\n", true),
        ] {
            std::fs::write(&path, text).unwrap();
            let env: Env = [("NAME".to_string(), text.to_string())]
                .into_iter()
                .collect();
            for source in [
                Source::Literal(text.into()),
                Source::Env("NAME".into()),
                Source::File(path.clone()),
                Source::Command(vec!["cat".into(), path.display().to_string()]),
            ] {
                let secret = source.read("kti secret_key", &env).unwrap();
                assert_eq!(secret.text.expose_secret(), "s3cret", "{text:?}");
                assert_eq!(secret.had_blank, had_blank, "{text:?}");
            }
        }
        // Within it, everything stays.
        let within = Source::Literal("a b\u{200b}c".into()).read("", &Env::default());
        assert_eq!(within.unwrap().text.expose_secret(), "a b\u{200b}c");
        assert!(
            Source::Literal(" \n".into())
                .read("", &Env::default())
                .is_err()
        );
        Source::Literal("".into())
            .read("", &Env::default())
            .unwrap();
    }
}
