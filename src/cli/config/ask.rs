//! The questions of `ti config init`: for each setting one, for a secret two: where it lives, and
//! what it is there. What cannot be used is asked for again.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use toml_edit::{InlineTable, Item, Value};

use crate::cli::run::Run;
use crate::config::{Setting, Shape, check_header_name, from_home, readable_by_others};
use crate::error::{Error, Kind, Result};

use super::prompt::Prompt;
use super::{change, edit};

/// What is to be written; `None` if nothing was typed.
pub fn ask(setting: &Setting, key: &str, old: Option<&Item>, run: &Run) -> Result<Option<Value>> {
    let prompt = Prompt(run.notes);
    prompt.say("");
    prompt.say(&format!("{key}: {}", setting.help));
    let is_needed = setting.required && old.is_none();
    let enter = match (old, setting.default.or(setting.suggested)) {
        (Some(_), _) if setting.is_secret() => "Enter keeps it".to_string(),
        (Some(old), _) => format!("Enter keeps {}", old.to_string().trim()),
        (None, Some(default)) => format!("Enter takes {default}"),
        (None, None) if setting.required => String::new(),
        (None, None) => "Enter leaves it out".to_string(),
    };
    loop {
        let value = match setting.shape {
            Shape::Secret => secret(&enter, run)?,
            Shape::Headers => headers(&enter, run)?,
            _ => plain(setting, key, old, &enter, run)?,
        };
        if value.is_some() || !is_needed {
            return Ok(value);
        }
        prompt.say("  it is needed; Ctrl-C ends this, and nothing is written");
    }
}

/// A remark on a line of its own, and the answer to what stands before it.
fn answer(remark: &str, prompt: Prompt) -> Result<String> {
    if !remark.is_empty() {
        prompt.say(&format!("  ({remark})"));
    }
    prompt.line("  > ")
}

fn plain(
    setting: &Setting,
    key: &str,
    old: Option<&Item>,
    enter: &str,
    run: &Run,
) -> Result<Option<Value>> {
    let prompt = Prompt(run.notes);
    let mut remark = enter;
    loop {
        let typed = match (answer(remark, prompt)?, old, setting.suggested) {
            (typed, None, Some(suggested)) if typed.is_empty() => suggested.to_string(),
            (typed, ..) if typed.is_empty() => return Ok(None),
            (typed, ..) => typed,
        };
        match usable(setting, &typed, key, run) {
            Ok(value) => return Ok(Some(value)),
            Err(error) => prompt.say(&format!("  {error}")),
        }
        remark = "";
    }
}

/// What was typed, as it stands in the file; a file that is named must be there.
fn usable(setting: &Setting, typed: &str, key: &str, run: &Run) -> Result<Value> {
    if setting.shape == Shape::Path {
        find(typed, run)?;
    }
    edit::value(setting, &change::meant(setting, typed), key)
}

fn find(typed: &str, run: &Run) -> Result<PathBuf> {
    let home = run.profile.system.home.as_deref();
    let path = from_home(Path::new(typed), home).unwrap_or_else(|| PathBuf::from(typed));
    match path.is_file() {
        true => Ok(path),
        false => Err(Error::config("there is no such file")),
    }
}

/// Where a secret lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    Here,
    Variable,
    Command,
    File,
}

impl Home {
    /// By its name, or the first letters of it.
    fn of(typed: &str) -> Option<Self> {
        let typed = typed.to_lowercase();
        let homes = [
            ("here", Home::Here),
            ("variable", Home::Variable),
            ("command", Home::Command),
            ("file", Home::File),
        ];
        let mut named = homes.iter().filter(|(name, _)| name.starts_with(&typed));
        named.next().map(|(_, home)| *home)
    }
}

/// A secret, or where it is to be had; `None` if nothing was typed.
fn secret(enter: &str, run: &Run) -> Result<Option<Value>> {
    let prompt = Prompt(run.notes);
    prompt.say("  Where is it? here (in this file), variable, command, file");
    let mut remark = enter;
    loop {
        let typed = answer(remark, prompt)?;
        remark = "";
        if typed.is_empty() {
            return Ok(None);
        }
        let Some(home) = Home::of(&typed) else {
            prompt.say(
                "  here, variable, command or file, please; the secret itself is asked for next",
            );
            continue;
        };
        loop {
            match kept_in(home, run) {
                Ok(Some(value)) => return Ok(Some(value)),
                Ok(None) => break,
                Err(error) if error.kind == Kind::Config => {
                    prompt.say(&format!("  {error}"));
                }
                Err(error) => return Err(error),
            }
        }
        prompt.say("  nothing was typed: where is it?");
    }
}

/// What the secret is there; `None` if nothing was typed.
///
/// # Errors
/// A configuration error, if it cannot be kept there like this.
fn kept_in(home: Home, run: &Run) -> Result<Option<Value>> {
    let prompt = Prompt(run.notes);
    let question = match home {
        Home::Here => "  the secret, not shown > ",
        Home::Variable => "  the variable's name > ",
        Home::Command => "  the command that prints it, as: pass show ti/kti > ",
        Home::File => "  the file's path > ",
    };
    if home == Home::Here {
        let typed = prompt.secret(question)?;
        run.profile.redactor.learn(&typed);
        let typed = typed.expose_secret();
        return Ok((!typed.is_empty()).then(|| edit::secret(typed)));
    }
    let typed = prompt.line(question)?;
    if typed.is_empty() {
        return Ok(None);
    }
    let (form, value) = match home {
        Home::Here | Home::Variable => ("env", variable(&typed, run)?),
        Home::Command => ("command", words(&typed)?),
        Home::File => ("file", file(&typed, run)?),
    };
    Ok(Some(reference(form, value)))
}

fn reference(form: &str, value: Value) -> Value {
    Value::InlineTable([(form, value)].into_iter().collect())
}

fn variable(name: &str, run: &Run) -> Result<Value> {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_name = |c: char| is_first(c) || c.is_ascii_digit();
    if !name.starts_with(is_first) || !name.chars().all(is_name) {
        return Err(Error::config(
            "the name of a variable is letters, digits and _, as KTI_SECRET",
        ));
    }
    if run.profile.system.env.get_os(name).is_none() {
        Prompt(run.notes).say(&format!(
            "  {name} is not set at present; it has to be for each run"
        ));
    }
    Ok(Value::from(name))
}

fn words(typed: &str) -> Result<Value> {
    match shlex::split(typed) {
        Some(words) if !words.is_empty() => Ok(Value::Array(words.into_iter().collect())),
        _ => Err(Error::config("a quote is opened and not closed")),
    }
}

fn file(typed: &str, run: &Run) -> Result<Value> {
    let path = find(typed, run)?;
    if let Some(mode) = readable_by_others(&path) {
        let path = path.display();
        Prompt(run.notes).say(&format!(
            "  others can read it (mode {mode:04o}): chmod 600 {path}"
        ));
    }
    Ok(Value::from(change::from_here(typed)))
}

/// Headers, each with a value that is a secret; `None` if nothing was typed.
fn headers(enter: &str, run: &Run) -> Result<Option<Value>> {
    let prompt = Prompt(run.notes);
    let mut headers = InlineTable::new();
    let mut remark = format!("the name of a header, as X-Api-Key; {enter}");
    loop {
        let name = answer(&remark, prompt)?;
        if name.is_empty() {
            return Ok((!headers.is_empty()).then_some(Value::InlineTable(headers)));
        }
        if let Err(error) = check_header_name(&name, "a name") {
            prompt.say(&format!("  {error}"));
            continue;
        }
        if let Some(value) = secret("Enter leaves this header out", run)? {
            headers.insert(&name, value);
        }
        remark = "the name of one more; Enter if there is none".to_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_its_first_letters() {
        for (typed, home) in [
            ("here", Some(Home::Here)),
            ("H", Some(Home::Here)),
            ("var", Some(Home::Variable)),
            ("Command", Some(Home::Command)),
            ("f", Some(Home::File)),
            ("x", None),
            ("here it is", None),
        ] {
            assert_eq!(Home::of(typed), home, "{typed}");
        }
    }

    #[test]
    fn a_command_is_written_word_by_word() {
        let value = reference("command", words("pass show 'ti/my kti'").unwrap());
        assert_eq!(
            value.to_string(),
            r#"{ command = ["pass", "show", "ti/my kti"] }"#
        );
        assert!(words("pass 'show").is_err());
    }
}
