//! The file read, changed and written back: whole, private, and only if it can be read again.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::run::Run;
use crate::config::{COMMON, File, Profile, Setting, Shape, readable_by_others, text_if_there};
use crate::console::Reporter;
use crate::error::{Error, Result, did_you_mean};
use crate::files::{Lock, Pending, check_place, lock_beside, place_of, private_folder};
use crate::providers;

use super::edit;

/// How long to wait for another run that is changing the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// The text of the file, checked; empty where there is none.
///
/// # Errors
/// It cannot be read, is wrong, or is none that could be changed.
pub fn read(profile: &Profile) -> Result<String> {
    let path = &profile.location.own;
    check_place(path).map_err(|error| cannot_write(path, error))?;
    let text = text_if_there(path)?.unwrap_or_default();
    parse(profile, &text)?;
    Ok(text)
}

/// The profile that is meant: asked for, the file's own choice, or `default`.
pub fn profile_name(profile: &Profile, text: &str) -> Result<String> {
    let variable = profile.system.env.get("TI_PROFILE");
    if let Some(asked) = profile.asked.as_deref().or(variable) {
        return Ok(asked.to_string());
    }
    let file = parse(profile, text)?;
    Ok(profile.name(Some(&file))?.unwrap_or("default".to_string()))
}

/// What is to be changed, as it stands in the file.
pub fn parse(profile: &Profile, text: &str) -> Result<File> {
    File::parse(text, &profile.location.own, &profile.known)
}

/// What becomes of the file as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    Dropped,
    /// It stays beside the new one, with `.bak` behind its name.
    Kept,
}

/// Reads the file, has it changed, and puts the new text in its place, for the owner's eyes only;
/// one setting in a file for all users, without a secret in it, leaves it that.
/// Whoever else changes it meanwhile waits: nobody's change is lost. Gives also where the old one
/// is kept, if there was one and it is another.
pub fn rewrite<T>(
    run: &Run,
    old: Old,
    change: impl Fn(&str) -> Result<(String, T)>,
) -> Result<(T, Option<PathBuf>)> {
    let path = &run.profile.location.own;
    // What cannot be changed is told before a folder or a lock is made for it.
    change(&read(&run.profile)?)?;
    let failed = |error| cannot_write(path, error);
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        private_folder(folder).map_err(failed)?;
    }
    let place = place_of(path).map_err(failed)?;
    let lock = Lock::take(&lock_beside(&place), PATIENCE).map_err(failed)?;
    let _one_at_a_time = lock.ok_or_else(|| {
        Error::config(format!("another run of ti is changing {}", path.display()))
            .hint("let it finish; nothing was changed")
    })?;
    let before = read(&run.profile)?;
    let (text, made) = change(&before)?;
    let new = parse(&run.profile, &text)?;
    let is_news = !is_undecided(&parse(&run.profile, &before)?) && is_undecided(&new);
    let shared = readable_by_others(path);
    let stays_shared = shared.is_some() && old == Old::Dropped && !new.has_literal_secret();
    let hides = run.profile.location.machine_in_use();
    let is_kept = old == Old::Kept && !before.is_empty() && before != text;
    let copy = is_kept.then(|| copy_of(path));
    if let Some(copy) = &copy {
        let kept = Pending::create_copy(copy, path).and_then(|file| put(file, &before));
        kept.map_err(|error| cannot_write(copy, error))?;
    }
    let file = match stays_shared {
        true => Pending::create(path),
        false => Pending::create_private(path),
    };
    file.and_then(|file| put(file, &text)).map_err(failed)?;
    if let Some(mode) = shared.filter(|_| !stays_shared) {
        let path = shown_path(run);
        run.notes.warning(&format!(
            "{path} is for its owner only now; others could read it (mode {mode:04o})"
        ));
    }
    if let Some(machine) = hides {
        run.notes.warning(&format!(
            "{} is no longer read for you: {} is, and nothing else",
            machine.display(),
            shown_path(run)
        ));
    }
    if is_news {
        let next = "there are several profiles now, and none is chosen: ti config set default_profile NAME";
        run.notes.warning(&run.advice(next));
    }
    Ok((made, copy))
}

/// Whether each run has to say which profile it means.
fn is_undecided(file: &File) -> bool {
    file.profiles.len() > 1 && file.default_profile.is_none()
}

fn put(mut file: Pending, text: &str) -> std::io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.commit()
}

fn cannot_write(path: &Path, error: std::io::Error) -> Error {
    Error::config(format!("cannot write {}", path.display()))
        .or_full_disk(&error)
        .cause(error)
}

fn copy_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".bak");
    path.with_file_name(name)
}

/// As a person would write the file's path.
pub fn shown_path(run: &Run) -> String {
    run.profile.shown(&run.profile.location.own)
}

/// The setting that `kti.access_key` names.
pub fn setting(key: &str) -> Result<(&'static str, &'static Setting)> {
    let all = providers::ALL.iter().flat_map(|provider| {
        let settings = provider.settings().iter().chain(COMMON);
        settings.map(|setting| (provider.name(), setting))
    });
    let known: Vec<_> = all
        .map(|(provider, setting)| (format!("{provider}.{}", setting.name), provider, setting))
        .collect();
    if let Some((_, provider, setting)) = known.iter().find(|(known, ..)| known == key) {
        return Ok((provider, setting));
    }
    let error = Error::usage(format!("there is no setting {key:?}"));
    let keys = known.iter().map(|(known, ..)| known.as_str());
    Err(match did_you_mean(key, keys) {
        Some(meant) => error.hint(format!("did you mean {meant}?")),
        None => error.hint("write it as PROVIDER.SETTING; ti config show lists them"),
    })
}

/// What is to stand in the file for what was typed.
pub fn meant(setting: &Setting, typed: &str) -> String {
    match setting.shape {
        Shape::Path => from_here(typed),
        Shape::Files => {
            let files = edit::files(typed);
            let files = files.as_array().into_iter().flatten();
            let whole = files.filter_map(|file| Some(from_here(file.as_str()?)));
            toml_edit::Value::from_iter(whole).to_string()
        }
        _ => typed.to_string(),
    }
}

/// A file as typed on the command line is meant from the current folder; in the configuration it
/// is meant from beside that. One that exists is therefore written with its whole path.
pub fn from_here(typed: &str) -> String {
    // Home is found when the file is read.
    if typed.starts_with("~/") {
        return typed.to_string();
    }
    match std::fs::canonicalize(typed) {
        Ok(_) => std::path::absolute(typed)
            .map_or_else(|_| typed.to_string(), |path| path.display().to_string()),
        Err(_) => typed.to_string(),
    }
}
