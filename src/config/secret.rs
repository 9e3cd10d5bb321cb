//! Secrets: where they come from, and how they are kept from coming out.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use secrecy::SecretString;

use crate::error::{Error, Result};
use crate::system::Env;

/// Where a secret is to be had. `Debug` shows the place, never the secret.
#[derive(Debug, Clone)]
pub enum Source {
    Literal(SecretString),
    /// The name of a variable.
    Env(String),
    /// A program and its arguments; no shell. Its first line is the secret.
    Command(Vec<String>),
    /// The first line of a file.
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
    pub fn read(&self, what: &str, env: &Env) -> Result<SecretString> {
        let text = match self {
            Source::Literal(secret) => return Ok(secret.clone()),
            Source::Env(name) => env.get(name).map(str::to_string).ok_or_else(|| {
                Error::config(format!("{what}: the variable {name} is not set"))
                    .hint(format!("export {name}, or change the setting"))
            })?,
            Source::File(path) => std::fs::read_to_string(path).map_err(|error| {
                Error::config(format!("{what}: cannot read {}", path.display())).cause(error)
            })?,
            Source::Command(words) => output_of(words, what)?,
        };
        let secret = text.lines().next().unwrap_or_default();
        if secret.is_empty() {
            return Err(Error::config(format!(
                "{what}: {} gave nothing",
                self.describe()
            )));
        }
        Ok(SecretString::from(secret))
    }
}

/// Runs a password manager. It may talk to the user over stdin and stderr.
fn output_of(words: &[String], what: &str) -> Result<String> {
    let failed = || Error::config(format!("{what}: the command {words:?} failed"));
    let Some((program, arguments)) = words.split_first() else {
        return Err(Error::config(format!("{what}: the command is empty")));
    };
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed().cause(error))?;
    if !output.status.success() {
        return Err(failed().cause(output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| failed().cause("its output is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

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
            assert_eq!(secret.expose_secret(), expected);
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
}
