//! The flags that say whose configuration is meant, kept in the commands that messages name: what
//! is copied from a message is to be about the same file and profile.

use clap::Command;

use crate::error::Error;

use super::globals::Globals;

/// `--config` and `--profile` as they were typed.
#[derive(Debug)]
pub struct Given {
    flags: Vec<(&'static str, String)>,
    root: fn() -> Command,
}

impl Given {
    pub fn of(globals: &Globals, root: fn() -> Command) -> Self {
        let config = globals
            .config
            .as_ref()
            .map(|path| path.display().to_string());
        let flags = [("--config", config), ("--profile", globals.profile.clone())];
        let typed = |(flag, value): (_, Option<String>)| Some((flag, value?));
        let flags = flags.into_iter().filter_map(typed).collect();
        Given { flags, root }
    }

    /// Neither flag.
    pub fn nothing(root: fn() -> Command) -> Self {
        Given {
            flags: Vec::new(),
            root,
        }
    }

    /// The text with them behind each `ti COMMAND` in it; a flag that stands there already is not
    /// said twice.
    pub fn keep(&self, text: &str) -> String {
        let missing = self.flags.iter().filter(|(flag, _)| !text.contains(flag));
        let flags: String = missing
            .map(|(flag, value)| format!(" {flag} {}", quoted(value)))
            .collect();
        if flags.is_empty() {
            return text.to_string();
        }
        let root = (self.root)();
        let (mut kept, mut rest) = (String::new(), text);
        while let Some(end) = end_of_command(rest, &root) {
            kept.push_str(&rest[..end]);
            kept.push_str(&flags);
            rest = &rest[end..];
        }
        kept + rest
    }

    /// The error with them in its hints.
    pub fn keep_in(&self, mut error: Error) -> Error {
        for hint in &mut error.hints {
            *hint = self.keep(hint);
        }
        error
    }
}

/// As a shell wants it.
pub fn quoted(word: &str) -> String {
    shlex::try_quote(word).map_or_else(|_| word.to_string(), |quoted| quoted.into_owned())
}

/// Where the first `ti COMMAND COMMAND` ends.
fn end_of_command(text: &str, root: &Command) -> Option<usize> {
    let mut begins = text.match_indices("ti ");
    begins.find_map(|(at, ti)| {
        let is_in_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || "-_/".contains(c));
        let (mut command, mut end) = (root, at + ti.len() - 1);
        while let Some(rest) = text[end..].strip_prefix(' ') {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
            let Some(below) = command.find_subcommand(word) else {
                break;
            };
            (command, end) = (below, end + 1 + word.len());
        }
        (!is_in_word && end >= at + ti.len()).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_in_a_message_keeps_what_was_given() {
        let with = |flags: &[(&'static str, &str)]| Given {
            flags: flags
                .iter()
                .map(|(flag, value)| (*flag, value.to_string()))
                .collect(),
            root: crate::cli::command,
        };
        let given = with(&[("--config", "a b.toml"), ("--profile", "work")]);
        const BOTH: &str = " --config 'a b.toml' --profile work";
        for (text, kept) in [
            ("ti config check", "ti config check{}"),
            ("next: ti config check", "next: ti config check{}"),
            ("ti config init kti asks", "ti config init{} kti asks"),
            ("see it (ti config check)", "see it (ti config check{})"),
            (
                "ti index update fetches one",
                "ti index update{} fetches one",
            ),
            (
                "ti config show says where; ti config set kti.region X changes it",
                "ti config show{} says where; ti config set{} kti.region X changes it",
            ),
            ("ti lookup evil.com", "ti lookup{} evil.com"),
            // Without a configuration, or no command at all.
            ("ti --demo lookup evil.com", "ti --demo lookup evil.com"),
            ("anti config check", "anti config check"),
            ("ti is there; /ti config", "ti is there; /ti config"),
            ("", ""),
        ] {
            assert_eq!(given.keep(text), kept.replace("{}", BOTH));
            assert_eq!(with(&[]).keep(text), text);
        }
        assert_eq!(
            given.keep("ti config init --profile NAME makes it"),
            "ti config init --config 'a b.toml' --profile NAME makes it"
        );
    }
}
