//! What can be checked on this machine: the file, the settings, the secrets.

use std::path::Path;

use url::Url;

use crate::cli::known_good;
use crate::config::{IGNORE, Origin, Profile, Setting, Settings, Shape};
use crate::document::Lang;
use crate::error::Result;
use crate::http;
use crate::intel::Ignore;
use crate::output::lacking_for_png;
use crate::provider::Provider;

use super::checklist::{Checklist, End};
use super::step::Outcome;

/// The file and the profile in it, which all providers share.
pub fn file(list: &mut Checklist, profile: &Profile) -> Result<(), End> {
    let loaded = profile.file().map(|file| {
        let location = &profile.location;
        let path = profile.shown(location.read());
        let whose = match location.machine_in_use() {
            Some(_) => ", of the machine",
            None => "",
        };
        let said = match &file {
            Some(file) => format!("{path}{}{whose}", mode(&file.path)),
            None => format!("{path} is not there: settings come from variables and defaults"),
        };
        (file, said)
    });
    let file = list.step("file", loaded)?;
    let name = profile.name(file.as_deref());
    list.step(
        "profile",
        name.map(|name| ((), name.unwrap_or("none".to_string()))),
    )
}

/// The known-good lists of the configuration, where it has any.
pub fn known_good(list: &mut Checklist, profile: &Profile) -> Result<(), End> {
    let read = known_good::add_configured(&mut Ignore::default(), profile);
    let paths = list.try_step(IGNORE.name, read)?;
    if paths.is_empty() {
        return Ok(());
    }
    let paths: Vec<_> = paths.iter().map(|path| profile.shown(path)).collect();
    let said = format!(
        "what is on {} does not count for --fail-on",
        paths.join(", ")
    );
    list.outcome(IGNORE.name, Outcome::ok(said))
}

#[cfg(unix)]
fn mode(path: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).map_or(String::new(), |file| {
        format!(", mode {:04o}", file.permissions().mode() & 0o7777)
    })
}

#[cfg(not(unix))]
fn mode(_: &Path) -> String {
    String::new()
}

/// What somebody should do about a secret that could be read.
fn concern(settings: &Settings, name: &str) -> Option<String> {
    let open = settings
        .open_files(name)
        .into_iter()
        .map(|(path, mode)| format!("others can read {path} (mode {mode:04o}): chmod 600 {path}"));
    let concerns: Vec<_> = settings.remarks.take().into_iter().chain(open).collect();
    (!concerns.is_empty()).then(|| concerns.join("; "))
}

/// Warns of a login that can be read on the way.
pub fn exposure(list: &mut Checklist, settings: &Settings, url: &Url) -> Result<(), End> {
    if settings.has_secret() && http::is_exposed(url) {
        let outcome = Outcome::ok(http::exposure(url));
        let hint = "set an endpoint that begins with https://";
        list.outcome("endpoint", outcome.warned(Some(hint)))?;
    }
    Ok(())
}

/// The settings with every secret read.
pub fn settings(
    list: &mut Checklist,
    provider: &dyn Provider,
    profile: &Profile,
    lang: Lang,
) -> Result<Settings, End> {
    let resolved = profile.settings(provider.name()).and_then(|settings| {
        let required = provider
            .settings()
            .iter()
            .filter(|setting| setting.required);
        for setting in required {
            if settings.value(setting.name).is_none() {
                return Err(settings.missing(setting.name));
            }
        }
        let is_set = |setting: &&Setting| {
            let resolved = settings.values.get(setting.name);
            resolved
                .is_some_and(|resolved| !matches!(resolved.origin, Origin::Default | Origin::Unset))
        };
        let names = provider.settings().iter().filter(is_set);
        let names: Vec<_> = names.map(|setting| setting.name).collect();
        let said = match names.is_empty() {
            true => "none set".to_string(),
            false => format!("{} set", names.join(", ")),
        };
        Ok((settings, said))
    });
    let mut settings = list.step("settings", resolved)?;
    let secrets = provider.settings().iter();
    for setting in secrets.filter(|setting| setting.shape == Shape::Secret) {
        let Some(place) = settings.secret_place(setting.name) else {
            continue;
        };
        let read = settings.required_secret(setting.name);
        let secret = list.try_step(setting.name, read)?;
        let outcome = Outcome::ok(format!("read: {place}"));
        list.outcome(
            setting.name,
            outcome.warned(concern(&settings, setting.name)),
        )?;
        settings = settings.with_secret(setting.name, secret);
    }
    let headers = provider.settings().iter();
    for setting in headers.filter(|setting| setting.shape == Shape::Headers) {
        if let Some(concern) = concern(&settings, setting.name) {
            let outcome = Outcome::ok("values of headers come from files");
            list.outcome(setting.name, outcome.warned(Some(concern)))?;
        }
    }
    // What only this provider has: how it signs, its certificate and until when it is valid.
    for finding in provider.preflight(&settings, profile.system.clock) {
        let outcome = match finding.outcome {
            Ok(said) => Outcome::ok(said).warned(finding.warning),
            Err(error) => Outcome::failed(error),
        };
        list.outcome(finding.name, outcome)?;
    }
    if provider.draws()
        && let Some((lack, advice)) = lacking_for_png(lang)
    {
        let outcome = Outcome::ok(format!("SVG and HTML; {lack} for PNG"));
        list.outcome("pictures", outcome.noted(advice))?;
    }
    Ok(settings)
}
