//! The settings of one provider as they hold in one run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::tz::TimeZone;
use secrecy::SecretString;
use url::Url;

use crate::error::{Error, Result};
use crate::redact::Redactor;
use crate::system::Env;
use crate::units;

use super::file::Value;
use super::headers;
use super::proxy::Proxy;
use super::secret::{Secret, Source};
use super::small_file::readable_by_others;

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
    /// The value as it may be shown: no secret, no login in a URL.
    pub fn shown(&self) -> Option<String> {
        match self.value.as_ref()? {
            Value::Secret(source) => Some(source.describe()),
            Value::Headers(headers) => Some(headers::describe(headers)),
            Value::Proxy(proxy) => Some(proxy.shown().to_string()),
            Value::Text(text) => Some(text.clone()),
        }
    }
}

/// The settings of one provider as they hold in this run.
#[derive(Debug, Clone)]
pub struct Settings {
    pub(super) provider: &'static str,
    pub values: BTreeMap<&'static str, Resolved>,
    /// The configuration file, where there is none yet.
    pub(super) absent: Option<String>,
    pub env: Env,
    /// What keeps the secrets of this run from coming out.
    pub redactor: Redactor,
    /// Whether the service is the built-in one: requests must not leave this machine, whatever
    /// proxy there is.
    pub is_demo: bool,
    /// What is to be said of the secrets that were read, each thing once.
    pub remarks: Remarks,
}

/// What was noticed while secrets were read, until somebody tells it.
#[derive(Debug, Clone, Default)]
pub struct Remarks(Arc<Mutex<(Vec<String>, usize)>>);

impl Remarks {
    fn add(&self, remark: String) {
        let mut remarks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !remarks.0.contains(&remark) {
            remarks.0.push(remark);
        }
    }

    /// Those that were not taken yet.
    pub fn take(&self) -> Vec<String> {
        let mut remarks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, told) = &mut *remarks;
        let new = all[*told..].to_vec();
        *told = all.len();
        new
    }
}

impl Settings {
    /// `None` if it is not set.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)?.value.as_ref()
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            Value::Secret(_) | Value::Headers(_) | Value::Proxy(_) => None,
        }
    }

    pub fn required(&self, name: &str) -> Result<&str> {
        self.text(name).ok_or_else(|| self.missing(name))
    }

    /// The address of the service, without a query. That it holds no login was checked where it
    /// comes from.
    ///
    /// # Errors
    /// It is not set.
    pub fn endpoint(&self) -> Result<Url> {
        let mut endpoint = Url::parse(self.required("endpoint")?)
            .map_err(|error| Error::config("endpoint is not a URL").cause(error))?;
        endpoint.set_query(None);
        endpoint.set_fragment(None);
        Ok(endpoint)
    }

    /// The setting `proxy`; its login will not come out.
    pub fn proxy(&self) -> Option<&Proxy> {
        let Value::Proxy(proxy) = self.value("proxy")? else {
            return None;
        };
        let secrets = proxy.secrets();
        secrets.iter().for_each(|one| self.redactor.learn(one));
        Some(proxy)
    }

    /// Whether something is set that lets us in, as far as the names say.
    pub fn has_secret(&self) -> bool {
        let mut values = self.values.values();
        values.any(|resolved| matches!(resolved.value, Some(Value::Secret(_) | Value::Headers(_))))
    }

    /// The secret, read now; `None` if it is not set.
    pub fn secret(&self, name: &str) -> Result<Option<SecretString>> {
        match self.value(name) {
            Some(Value::Secret(source)) => self.read(source, self.key(name)).map(Some),
            _ => Ok(None),
        }
    }

    fn read(&self, source: &Source, what: String) -> Result<SecretString> {
        let Secret { text, had_blank } = source.read(&what, &self.env)?;
        self.redactor.learn(&text);
        if had_blank {
            self.remarks
                .add(format!("{what}: a blank before or behind it is left out"));
        }
        Ok(text)
    }

    /// The sources of this secret, or of these headers.
    fn sources(&self, name: &str) -> Vec<&Source> {
        match self.value(name) {
            Some(Value::Secret(source)) => vec![source],
            Some(Value::Headers(headers)) => headers.iter().map(|(_, source)| source).collect(),
            _ => Vec::new(),
        }
    }

    /// The files of this secret, or of these headers, that others can read, and their modes.
    pub fn open_files(&self, name: &str) -> Vec<(String, u32)> {
        let open = |source: &Source| match source {
            Source::File(path) => Some((path.display().to_string(), readable_by_others(path)?)),
            _ => None,
        };
        self.sources(name).into_iter().filter_map(open).collect()
    }

    /// The files of these secrets.
    pub(super) fn secret_files(&self) -> Vec<PathBuf> {
        let sources = self.values.keys().flat_map(|name| self.sources(name));
        let file = |source: &Source| match source {
            Source::File(path) => Some(path.clone()),
            _ => None,
        };
        sources.filter_map(file).collect()
    }

    pub fn required_secret(&self, name: &str) -> Result<SecretString> {
        self.secret(name)?.ok_or_else(|| self.missing(name))
    }

    /// The headers that are set, their values read now.
    pub fn headers(&self, name: &str) -> Result<Vec<(String, SecretString)>> {
        let Some(Value::Headers(headers)) = self.value(name) else {
            return Ok(Vec::new());
        };
        let read = |(header, source): &(String, Source)| {
            let what = format!("{} {name} {header}", self.provider);
            Ok((header.clone(), self.read(source, what)?))
        };
        headers.iter().map(read).collect()
    }

    /// How messages name a setting: `kti access_key`.
    pub fn key(&self, name: &str) -> String {
        format!("{} {name}", self.provider)
    }

    /// The settings with a secret that was read: its command need not run again.
    pub fn with_secret(mut self, name: &'static str, secret: SecretString) -> Self {
        if let Some(resolved) = self.values.get_mut(name) {
            resolved.value = Some(Value::Secret(Source::Literal(secret)));
        }
        self
    }

    /// Where the secret is kept, in words that may be shown; `None` if it is not set.
    pub fn secret_place(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::Secret(Source::Literal(_)) => Some(self.values.get(name)?.origin.to_string()),
            Value::Secret(source) => Some(source.describe()),
            Value::Text(_) | Value::Headers(_) | Value::Proxy(_) => None,
        }
    }

    /// A checked duration; every one has a default.
    pub fn duration(&self, name: &str) -> Duration {
        let parsed = self.text(name).and_then(|text| units::duration(text).ok());
        parsed.unwrap_or(Duration::from_secs(30))
    }

    /// A checked size in bytes; every one has a default.
    pub fn size(&self, name: &str) -> u64 {
        self.text(name)
            .and_then(|text| units::size(text).ok())
            .unwrap_or(0)
    }

    /// A checked time zone.
    pub fn time_zone(&self, name: &str) -> Option<TimeZone> {
        TimeZone::get(self.text(name)?).ok()
    }

    /// A checked count; every one has a default.
    pub fn count(&self, name: &str) -> u32 {
        self.text(name)
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    }

    /// The command that sets `name`; without a value, the one that asks for it.
    pub fn advice(&self, name: &str, value: Option<&str>) -> String {
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        let key = format!("{}.{name}", self.provider);
        format!("ti config set {key}{value}")
    }

    /// The error of a setting that is needed and not there.
    pub fn missing(&self, name: &str) -> Error {
        let provider = self.provider;
        let variable = format!("TI_{provider}_{name}").to_uppercase();
        let error = Error::config(format!(
            "{provider} needs the setting {name}, which is not set"
        ));
        let error = match &self.absent {
            Some(path) => error.cause(format!("there is no {path} yet")),
            None => error,
        };
        error
            .hint(format!("ti config init {provider} asks for what is needed"))
            .hint(format!("or set the variable {variable}"))
            .hint("no account yet? with --demo the same command answers from sample data")
    }
}
