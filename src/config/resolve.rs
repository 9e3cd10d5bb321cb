//! Which value holds: flag, `TI_*` variable, profile, default, in that order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use secrecy::SecretString;

use crate::error::{Error, Result, did_you_mean};
use crate::redact::Redactor;
use crate::system::System;

use super::file::{File, Value};
use super::headers;
use super::location::{Location, from_home, with_tilde};
use super::proxy::Proxy;
use super::secret::Source;
use super::setting::{COMMON, Setting, Shape};
use super::settings::{Origin, Remarks, Resolved, Settings};

/// The settings of a provider's own sandbox: setting → value.
pub type Demo = Arc<dyn Fn(&'static str) -> Result<BTreeMap<&'static str, String>> + Send + Sync>;

/// Everything that says how to reach the services; the file is read only when it is needed.
#[derive(Clone)]
pub struct Profile {
    pub location: Location,
    /// The name asked for by `--profile`.
    pub asked: Option<String>,
    /// What flags say: setting → (value, flag).
    pub flags: BTreeMap<&'static str, (String, &'static str)>,
    /// With `--demo`, where the settings come from. No file is read.
    pub demo: Option<Demo>,
    pub system: System,
    pub known: Vec<(&'static str, &'static [Setting])>,
    pub redactor: Redactor,
    /// The file, once it was read: a pipe cannot be read again.
    pub loaded: OnceLock<Result<Option<Arc<File>>>>,
}

impl Profile {
    /// What the file at this place says, without any flag.
    pub fn new(
        location: Location,
        system: System,
        known: Vec<(&'static str, &'static [Setting])>,
        redactor: Redactor,
    ) -> Self {
        Profile {
            location,
            asked: None,
            flags: BTreeMap::new(),
            demo: None,
            system,
            known,
            redactor,
            loaded: OnceLock::new(),
        }
    }

    /// All settings of one provider.
    pub fn settings(&self, provider: &'static str) -> Result<Settings> {
        let own = self.known.iter().find(|(name, _)| *name == provider);
        let own = own.map_or(&[][..], |(_, settings)| settings);
        self.refuse_unknown_variables(provider, own)?;
        let file = self.file()?;
        let demo = self.demo.as_ref().map(|demo| demo(provider)).transpose()?;
        let name = self.name(file.as_deref())?;
        let mut values = BTreeMap::new();
        for setting in own.iter().chain(COMMON) {
            let resolved = self.resolve(
                provider,
                setting,
                demo.as_ref(),
                file.as_deref(),
                name.as_deref(),
            )?;
            values.insert(setting.name, resolved);
        }
        let absent = file.is_none() && self.demo.is_none();
        Ok(Settings {
            provider,
            values,
            absent: absent.then(|| self.shown(&self.location.own)),
            env: self.system.env.clone(),
            redactor: self.redactor.clone(),
            is_demo: self.demo.is_some(),
            remarks: Remarks::default(),
        })
    }

    /// Known-good lists of the configuration, relative to its file, and where each is named.
    pub fn ignore_files(&self) -> Result<Vec<(PathBuf, Origin)>> {
        let file = self.file()?.unwrap_or_default();
        let home = self.system.home.as_deref();
        let folder = file.path.parent().unwrap_or(Path::new(""));
        let place = |(name, line): &(String, usize)| {
            let path = Path::new(name);
            let whole = from_home(path, home).unwrap_or_else(|| folder.join(path));
            (whole, self.origin(&file, *line))
        };
        Ok(file.ignore.iter().map(place).collect())
    }

    /// The files that are read for what is set, the configuration first; as far as it can be told,
    /// and with `--demo` no others.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = vec![self.location.read().to_path_buf()];
        if self.demo.is_some() {
            return files;
        }
        let lists = self.ignore_files().unwrap_or_default();
        files.extend(lists.into_iter().map(|(list, _)| list));
        for (provider, own) in &self.known {
            let Ok(settings) = self.settings(provider) else {
                continue;
            };
            let paths = own
                .iter()
                .chain(COMMON)
                .filter(|one| one.shape == Shape::Path);
            files.extend(
                paths
                    .filter_map(|one| settings.text(one.name))
                    .map(PathBuf::from),
            );
            files.extend(settings.secret_files());
        }
        files
    }

    /// The name of the profile that holds; `None` if there is none.
    pub fn chosen(&self) -> Result<Option<String>> {
        self.name(self.file()?.as_deref())
    }

    /// The file as it was when it was first asked for; `None` if there is none, and with `--demo`.
    pub fn file(&self) -> Result<Option<Arc<File>>> {
        match self.demo {
            Some(_) => Ok(None),
            None => self.loaded.get_or_init(|| self.load()).clone(),
        }
    }

    fn load(&self) -> Result<Option<Arc<File>>> {
        let loaded = File::load(self.location.read(), &self.known);
        let loaded = loaded.map_err(|error| match self.location.machine_in_use() {
            Some(_) => error.hint("ti config init makes a file of your own, which is read instead"),
            None => error,
        });
        Ok(loaded?.map(Arc::new))
    }

    /// As a person would write the path.
    pub fn shown(&self, path: &Path) -> String {
        with_tilde(path, self.system.home.as_deref())
    }

    /// Where a line of the file is, for messages.
    pub(super) fn origin(&self, file: &File, line: usize) -> Origin {
        Origin::File(format!("{}:{line}", self.shown(&file.path)))
    }

    /// The profile that holds: asked for, the file's default, or its only one.
    ///
    /// # Errors
    /// It is not there, or there are several and none is chosen.
    pub fn name(&self, file: Option<&File>) -> Result<Option<String>> {
        let asked = (self.asked.as_deref()).or(self.system.env.get("TI_PROFILE"));
        let Some(file) = file else {
            return match asked {
                Some(name) if self.demo.is_none() => {
                    Err(Error::config(format!("there is no profile {name:?}"))
                        .cause(format!("there is no {}", self.location.own.display())))
                }
                _ => Ok(None),
            };
        };
        let wanted = asked.or(file.default_profile.as_deref());
        let Some(wanted) = wanted.or(file.only_profile()) else {
            return match file.profiles.is_empty() {
                true => Ok(None),
                false => Err(self.unchosen(file)),
            };
        };
        file.check_profile(wanted)?;
        Ok(Some(wanted.to_string()))
    }

    fn unchosen(&self, file: &File) -> Error {
        let error = Error::config(format!(
            "there are several profiles in {}, and none is chosen",
            self.shown(&file.path)
        ))
        .cause(format!("profiles there: {}", file.names().join(", ")))
        .hint("name one: --profile NAME");
        match self.location.machine_in_use() {
            Some(_) => error.hint("or set the variable TI_PROFILE"),
            None => error.hint("ti config set default_profile NAME chooses one for good"),
        }
    }

    fn resolve(
        &self,
        provider: &'static str,
        setting: &Setting,
        demo: Option<&BTreeMap<&'static str, String>>,
        file: Option<&File>,
        name: Option<&str>,
    ) -> Result<Resolved> {
        let text = |text: &str| match setting.shape {
            Shape::Secret => Value::Secret(Source::Literal(SecretString::from(text))),
            // It was checked where it comes from.
            Shape::Proxy => Proxy::parse(text).map_or(Value::Text(String::new()), Value::Proxy),
            _ => Value::Text(text.to_string()),
        };
        let found = |value, origin| {
            Ok(Resolved {
                value: Some(value),
                origin,
            })
        };
        if let Some((value, flag)) = self.flags.get(setting.name) {
            let checked = setting.check(value, flag);
            checked.map_err(|error| match setting.shape {
                // As where a variable or the file names it: it is the way that is not there.
                Shape::Proxy => error,
                _ => error.as_usage(),
            })?;
            return found(text(value), Origin::Flag(flag));
        }
        if let Some(demo) = demo {
            if let Some(value) = demo.get(setting.name) {
                return found(text(value), Origin::Demo);
            }
        } else {
            let variable = setting.variable(provider);
            if let Some(value) = self.system.env.get(&variable) {
                setting.check(value, &variable)?;
                let value = match setting.shape {
                    Shape::Headers => {
                        let headers = headers::lines(value, &variable)?.into_iter();
                        let headers = headers.map(|(name, value)| (name, Source::Literal(value)));
                        Value::Headers(headers.collect())
                    }
                    _ => text(value),
                };
                return found(value, Origin::Variable(variable));
            }
        }
        if let Some((file, name)) = file.zip(name)
            && let Some(entry) = file.entry(name, provider, setting.name)
        {
            if let (Shape::TimeZone, Value::Text(zone)) = (setting.shape, &entry.value) {
                setting.check(zone, &format!("{}:{}", file.path.display(), entry.line))?;
            }
            let value = self.at_home(setting, &entry.value);
            return found(value, self.origin(file, entry.line));
        }
        match setting.default {
            Some(default) => found(text(default), Origin::Default),
            None => Ok(Resolved {
                value: None,
                origin: Origin::Unset,
            }),
        }
    }

    /// `~/client.pfx` is meant from the home folder, as a shell would take it.
    fn at_home(&self, setting: &Setting, value: &Value) -> Value {
        let whole = |path: &Path| from_home(path, self.system.home.as_deref());
        let found = match value {
            Value::Text(text) if setting.shape == Shape::Path => {
                whole(Path::new(text)).map(|path| Value::Text(path.display().to_string()))
            }
            Value::Secret(Source::File(path)) => {
                whole(path).map(|path| Value::Secret(Source::File(path)))
            }
            _ => None,
        };
        found.unwrap_or_else(|| value.clone())
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
            .system
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

#[cfg(test)]
mod tests;
