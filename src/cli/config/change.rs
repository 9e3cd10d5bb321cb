//! The file read, changed and written back: whole, private, and only if it can be read again.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::cli::run::Run;
use crate::config::{COMMON, File, Profile, Setting, with_tilde};
use crate::error::{Error, Result, did_you_mean};
use crate::files::{Lock, Pending, lock_beside, place_of};
use crate::providers;

/// How long to wait for another run that is changing the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// The text of the file, checked; empty where there is none.
pub fn read(profile: &Profile) -> Result<String> {
    let text = match std::fs::read_to_string(&profile.path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(
                Error::config(format!("cannot read {}", profile.path.display())).cause(error),
            );
        }
    };
    File::parse(&text, &profile.path, &profile.known)?;
    Ok(text)
}

/// The profile that is meant: asked for, the file's own choice, or `default`.
pub fn profile_name(profile: &Profile, text: &str) -> Result<String> {
    if let Some(asked) = profile
        .asked
        .as_deref()
        .or(profile.system.env.get("TI_PROFILE"))
    {
        return Ok(asked.to_string());
    }
    let file = File::parse(text, &profile.path, &profile.known)?;
    let several = file.profiles.len() > 1;
    match profile.name(Some(&file))? {
        Some(name) => Ok(name),
        None if several => Err(Error::usage("which profile is meant?")
            .hint("name it with --profile, or set default_profile")),
        None => Ok("default".to_string()),
    }
}

/// Reads the file, has it changed, and puts the new text in its place, for the owner's eyes only.
/// Whoever else changes it meanwhile waits: nobody's change is lost.
pub fn rewrite<T>(run: &Run, change: impl Fn(&str) -> Result<(String, T)>) -> Result<T> {
    let path = &run.profile.path;
    // What cannot be changed is told before a folder or a lock is made for it.
    change(&read(&run.profile)?)?;
    let failed = |error| Error::config(format!("cannot write {}", path.display())).cause(error);
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_private_folder(folder).map_err(failed)?;
    }
    let place = place_of(path).map_err(failed)?;
    let lock = Lock::take(&lock_beside(&place), PATIENCE).map_err(failed)?;
    let _one_at_a_time = lock.ok_or_else(|| {
        Error::config(format!("another run of ti is changing {}", path.display()))
            .hint("let it finish; nothing was changed")
    })?;
    let (text, made) = change(&read(&run.profile)?)?;
    File::parse(&text, path, &run.profile.known)?;
    let mut file = Pending::create_private(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.commit().map_err(failed)?;
    Ok(made)
}

fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// As a person would write the file's path.
pub fn shown_path(run: &Run) -> String {
    with_tilde(&run.profile.path, run.profile.system.home.as_deref())
}

/// All settings of a provider, its own first.
pub fn settings_of(provider: &str) -> Option<impl Iterator<Item = &'static Setting>> {
    let mut all = providers::ALL.iter();
    let provider = all.find(|known| known.name() == provider)?;
    Some(provider.settings().iter().chain(COMMON))
}

/// The setting that `kti.access_key` names.
pub fn setting(key: &str) -> Result<(&'static str, &'static Setting)> {
    let all = providers::ALL.iter().flat_map(|provider| {
        let settings = settings_of(provider.name()).into_iter().flatten();
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
