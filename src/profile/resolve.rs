//! Which value holds: flag, `TI_*` variable, profile, default, in that order.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, Result, did_you_mean};
use crate::world::{Env, World};

use super::file::{File, Known, Value};
use super::headers;
use super::location::with_tilde;
use super::secret::{Redactor, Source};
use super::setting::{COMMON, Setting, Shape, parse_duration};

/// Everything that says how to reach the services; the file is read only when it is needed.
#[derive(Debug, Clone)]
pub struct Profile {
    pub path: PathBuf,
    /// The name asked for by `--profile`.
    pub asked: Option<String>,
    /// What flags say: setting → (value, flag).
    pub flags: BTreeMap<&'static str, (String, &'static str)>,
    /// With `--demo`, the sandbox's own settings: provider → setting → value. No file is read.
    pub demo: Option<BTreeMap<&'static str, BTreeMap<&'static str, String>>>,
    pub world: World,
    pub known: Vec<(&'static str, &'static [Setting])>,
    pub redactor: Redactor,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Flag(&'static str),
    Variable(String),
    /// File and line, as shown to the user.
    File(String),
    Demo,
    Default,
    Unset,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Flag(flag) => f.write_str(flag),
            Origin::Variable(name) => f.write_str(name),
            Origin::File(place) => f.write_str(place),
            Origin::Demo => f.write_str("--demo"),
            Origin::Default => f.write_str("default"),
            Origin::Unset => f.write_str("not set"),
        }
    }
}

/// One setting as it holds.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub value: Option<Value>,
    pub origin: Origin,
}

impl Resolved {
    /// The value as it may be shown: no secret, no password in a URL.
    pub fn shown(&self) -> Option<String> {
        match self.value.as_ref()? {
            Value::Secret(source) => Some(source.describe()),
            Value::Headers(headers) => Some(headers::describe(headers)),
            Value::Text(text) => Some(without_password(text)),
        }
    }
}

fn without_password(text: &str) -> String {
    match url::Url::parse(text) {
        Ok(mut url) if url.password().is_some() => {
            // A URL with a password has a host, so this cannot fail.
            let _ = url.set_password(Some("redacted"));
            url.to_string()
        }
        _ => text.to_string(),
    }
}

impl Profile {
    /// All settings of one provider.
    pub fn settings(&self, provider: &'static str) -> Result<Settings> {
        let own = self.known.iter().find(|(name, _)| *name == provider);
        let own = own.map_or(&[][..], |(_, settings)| settings);
        self.refuse_unknown_variables(provider, own)?;
        let file = match self.demo {
            Some(_) => None,
            None => File::load(&self.path, self.known())?,
        };
        let name = self.name(file.as_ref())?;
        let mut values = BTreeMap::new();
        for setting in own.iter().chain(COMMON) {
            let resolved = self.resolve(provider, setting, file.as_ref(), name.as_deref())?;
            values.insert(setting.name, resolved);
        }
        let profile = name.as_deref().unwrap_or("default");
        let shown = with_tilde(&self.path, self.world.home.as_deref());
        Ok(Settings {
            provider,
            values,
            place: format!("under [profile.{profile}.{provider}] in {shown}"),
            env: self.world.env.clone(),
            redactor: self.redactor.clone(),
        })
    }

    fn known(&self) -> Known<'_> {
        &self.known
    }

    /// The profile that holds: asked for, the file's default, or its only one.
    pub fn name(&self, file: Option<&File>) -> Result<Option<String>> {
        let asked = (self.asked.as_deref()).or(self.world.env.get("TI_PROFILE"));
        let Some(file) = file else {
            return match asked {
                Some(name) if self.demo.is_none() => {
                    Err(Error::config(format!("there is no profile {name:?}"))
                        .cause(format!("there is no {}", self.path.display())))
                }
                _ => Ok(None),
            };
        };
        let mut names = file.profiles.keys();
        let only = match (names.next(), names.next()) {
            (Some(only), None) => Some(only.as_str()),
            _ => None,
        };
        let wanted = asked.or(file.default_profile.as_deref());
        let Some(wanted) = wanted.or(only) else {
            return Ok(None);
        };
        if file.profiles.contains_key(wanted) {
            return Ok(Some(wanted.to_string()));
        }
        let names: Vec<_> = file.profiles.keys().map(String::as_str).collect();
        let error = Error::config(format!(
            "there is no profile {wanted:?} in {}",
            file.path.display()
        ));
        Err(match did_you_mean(wanted, names.iter().copied()) {
            Some(meant) => error.hint(format!("did you mean {meant:?}?")),
            None => error.hint(format!("profiles there: {}", names.join(", "))),
        })
    }

    fn resolve(
        &self,
        provider: &'static str,
        setting: &Setting,
        file: Option<&File>,
        name: Option<&str>,
    ) -> Result<Resolved> {
        let text = |text: &str| match setting.shape {
            Shape::Secret => Value::Secret(Source::Literal(SecretString::from(text))),
            _ => Value::Text(text.to_string()),
        };
        let found = |value, origin| {
            Ok(Resolved {
                value: Some(value),
                origin,
            })
        };
        if let Some((value, flag)) = self.flags.get(setting.name) {
            setting.check(value, flag).map_err(|error| Error {
                kind: crate::error::Kind::Usage,
                ..error
            })?;
            return found(text(value), Origin::Flag(flag));
        }
        if let Some(demo) = &self.demo {
            let value = demo
                .get(provider)
                .and_then(|settings| settings.get(setting.name));
            if let Some(value) = value {
                return found(text(value), Origin::Demo);
            }
        } else {
            let variable = setting.variable(provider);
            if let Some(value) = self.world.env.get(&variable) {
                if setting.shape == Shape::Headers {
                    let headers = headers::parse(value, &variable)?;
                    return found(Value::Headers(headers), Origin::Variable(variable));
                }
                setting.check(value, &variable)?;
                return found(text(value), Origin::Variable(variable));
            }
        }
        let entry = file
            .zip(name)
            .and_then(|(file, name)| file.profiles.get(name)?.get(provider)?.get(setting.name));
        if let Some(entry) = entry {
            let shown = with_tilde(&self.path, self.world.home.as_deref());
            return found(
                entry.value.clone(),
                Origin::File(format!("{shown}:{}", entry.line)),
            );
        }
        match setting.default {
            Some(default) => found(text(default), Origin::Default),
            None => Ok(Resolved {
                value: None,
                origin: Origin::Unset,
            }),
        }
    }

    /// `TI_KTI_SECRETKEY` would silently do nothing.
    fn refuse_unknown_variables(&self, provider: &str, own: &[Setting]) -> Result<()> {
        let prefix = format!("TI_{}_", provider.to_uppercase());
        let known: Vec<_> = own
            .iter()
            .chain(COMMON)
            .map(|s| s.variable(provider))
            .collect();
        let mut set = self
            .world
            .env
            .names()
            .filter(|name| name.starts_with(&prefix));
        let Some(unknown) = set.find(|name| !known.iter().any(|known| known == name)) else {
            return Ok(());
        };
        let error = Error::config(format!("unknown variable {unknown}"));
        Err(
            match did_you_mean(unknown, known.iter().map(String::as_str)) {
                Some(meant) => error.hint(format!("did you mean {meant}?")),
                None => error.hint(format!("known: {}", known.join(", "))),
            },
        )
    }
}

/// The settings of one provider as they hold in this run.
#[derive(Debug, Clone)]
pub struct Settings {
    provider: &'static str,
    pub values: BTreeMap<&'static str, Resolved>,
    /// `under [profile.work.kti] in ~/.config/ti/config.toml`
    place: String,
    env: Env,
    redactor: Redactor,
}

impl Settings {
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)?.value.as_ref()? {
            Value::Text(text) => Some(text),
            Value::Secret(_) | Value::Headers(_) => None,
        }
    }

    pub fn required(&self, name: &str) -> Result<&str> {
        self.text(name).ok_or_else(|| self.missing(name))
    }

    /// The secret, read now; none where it is not set.
    pub fn secret(&self, name: &str) -> Result<Option<SecretString>> {
        let Some(Resolved {
            value: Some(Value::Secret(source)),
            ..
        }) = self.values.get(name)
        else {
            return Ok(None);
        };
        let secret = source.read(&format!("{} {name}", self.provider), &self.env)?;
        self.redactor.learn(&secret);
        Ok(Some(secret))
    }

    pub fn required_secret(&self, name: &str) -> Result<SecretString> {
        self.secret(name)?.ok_or_else(|| self.missing(name))
    }

    /// The headers that are set, their values read now.
    pub fn headers(&self, name: &str) -> Result<Vec<(String, SecretString)>> {
        let Some(Resolved {
            value: Some(Value::Headers(headers)),
            ..
        }) = self.values.get(name)
        else {
            return Ok(Vec::new());
        };
        let read = |(header, source): &(String, Source)| {
            let what = format!("{} {name} {header}", self.provider);
            let secret = source.read(&what, &self.env)?;
            headers::check_value(&secret, &what)?;
            // A value like `1` would blot out every 1 there is.
            if secret.expose_secret().len() > 3 {
                self.redactor.learn(&secret);
            }
            Ok((header.clone(), secret))
        };
        headers.iter().map(read).collect()
    }

    /// A checked duration; every one has a default.
    pub fn duration(&self, name: &str) -> Duration {
        let parsed = self.text(name).and_then(parse_duration);
        parsed.unwrap_or(Duration::from_secs(30))
    }

    /// A checked count; every one has a default.
    pub fn count(&self, name: &str) -> u32 {
        self.text(name)
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    }

    /// The advice to set `name`, with the place in the file.
    pub fn advice(&self, name: &str, value: &str) -> String {
        format!("set  {name} = {value:?}  {}", self.place)
    }

    fn missing(&self, name: &str) -> Error {
        let variable = format!("TI_{}_{name}", self.provider).to_uppercase();
        Error::config(format!(
            "{} needs the setting {name}, which is not set",
            self.provider
        ))
        .hint(format!(
            "{}, or the variable {variable}",
            self.advice(name, "…")
        ))
        .hint(format!(
            "no account yet? ti --demo {} answers with sample data",
            self.provider
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KTI: &[Setting] = &[
        Setting::new("access_key", Shape::Text, ""),
        Setting::new("secret_key", Shape::Secret, ""),
        Setting::new("method", Shape::OneOf(&["get", "post"]), "").default("get"),
    ];

    fn profile(file: &str, env: &[(&str, &str)]) -> (tempfile::TempDir, Profile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, file).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        let env = env.iter().map(|(k, v)| (k.to_string(), v.to_string()));
        let world = World {
            env: env.collect(),
            clock: jiff::Timestamp::now,
            config_home: None,
            home: Some(folder.path().to_path_buf()),
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            terminal_width: None,
        };
        let profile = Profile {
            path,
            asked: None,
            flags: BTreeMap::new(),
            demo: None,
            world,
            known: vec![("kti", KTI)],
            redactor: Redactor::default(),
        };
        (folder, profile)
    }

    const TWO: &str = "default_profile = \"work\"\n[profile.work.kti]\naccess_key = \"W\"\nsecret_key = \"ws\"\n[profile.home.kti]\naccess_key = \"H\"\n";

    #[test]
    fn flag_over_variable_over_profile_over_default() {
        let (_folder, mut profile) =
            profile(TWO, &[("TI_KTI_TIMEOUT", "7s"), ("TI_KTI_RETRIES", "2")]);
        profile
            .flags
            .insert("timeout", ("3s".to_string(), "--timeout"));
        let settings = profile.settings("kti").unwrap();
        let shown = |name: &str| {
            let origin = &settings.values[name].origin;
            format!("{} {origin}", settings.text(name).unwrap_or("-"))
        };
        assert_eq!(shown("timeout"), "3s --timeout");
        assert_eq!(shown("retries"), "2 TI_KTI_RETRIES");
        assert_eq!(shown("access_key"), "W ~/config.toml:3");
        assert_eq!(shown("method"), "get default");
        assert_eq!(shown("proxy"), "- not set");
        let secret = settings.required_secret("secret_key").unwrap();
        assert_eq!(secret.expose_secret(), "ws");
        assert_eq!(profile.redactor.scrub("ws"), "(redacted)");
    }

    #[test]
    fn a_profile_is_chosen_by_flag_variable_default_or_by_being_alone() {
        let (_folder, mut by_variable) = profile(TWO, &[("TI_PROFILE", "home")]);
        assert_eq!(
            by_variable.settings("kti").unwrap().text("access_key"),
            Some("H")
        );
        by_variable.asked = Some("work".to_string());
        assert_eq!(
            by_variable.settings("kti").unwrap().text("access_key"),
            Some("W")
        );
        by_variable.asked = Some("wrk".to_string());
        let error = by_variable.settings("kti").unwrap_err();
        assert_eq!(error.hints, ["did you mean \"work\"?"]);
        let (_folder, alone) = profile("[profile.only.kti]\naccess_key = \"O\"\n", &[]);
        assert_eq!(alone.settings("kti").unwrap().text("access_key"), Some("O"));
    }

    #[test]
    fn what_is_missing_or_misspelt_says_what_to_do() {
        let (_folder, empty) = profile("", &[]);
        let error = empty
            .settings("kti")
            .unwrap()
            .required("access_key")
            .unwrap_err();
        assert_eq!(error.kind, crate::error::Kind::Config);
        assert!(
            error.hints[0].contains(
                "[profile.default.kti] in ~/config.toml, or the variable TI_KTI_ACCESS_KEY"
            )
        );
        let (_folder, misspelt) = profile("", &[("TI_KTI_SECRETKEY", "x")]);
        let error = misspelt.settings("kti").unwrap_err();
        assert_eq!(error.hints, ["did you mean TI_KTI_SECRET_KEY?"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_literal_secret_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, profile) = profile(TWO, &[]);
        std::fs::set_permissions(&profile.path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let error = profile.settings("kti").unwrap_err();
        assert_eq!(
            error.hints,
            [format!("chmod 600 {}", profile.path.display())]
        );
    }
}
