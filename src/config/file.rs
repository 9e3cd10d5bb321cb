//! The TOML file: read, checked key by key, each value with the line it stands in.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Error, Result, did_you_mean};

use super::headers;
use super::proxy::Proxy;
use super::secret::Source;
use super::setting::{COMMON, IGNORE, LANG, Setting, Shape};
use super::small_file::{readable_by_others, text_if_there};

/// What a provider may be told: its name and settings.
pub type Known<'a> = &'a [(&'static str, &'static [Setting])];

/// `profile name → provider → setting → value`.
#[derive(Debug, Clone, Default)]
pub struct File {
    pub path: PathBuf,
    pub default_profile: Option<String>,
    /// The setting `lang`.
    pub lang: Option<Entry>,
    pub profiles: BTreeMap<String, BTreeMap<String, BTreeMap<String, Entry>>>,
    /// Known-good lists, as they are named, and the lines that name them: `[ignore] files`.
    pub ignore: Vec<(String, usize)>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub value: Value,
    pub line: usize,
}

#[derive(Debug, Clone)]
pub enum Value {
    Text(String),
    Secret(Source),
    Proxy(Proxy),
    /// Headers of a request, each with a value that is a secret.
    Headers(Vec<(String, Source)>),
}

impl Value {
    fn is_literal_secret(&self) -> bool {
        let literal = |source: &Source| matches!(source, Source::Literal(_));
        match self {
            Value::Text(_) => false,
            Value::Proxy(proxy) => proxy.has_login(),
            Value::Secret(source) => literal(source),
            Value::Headers(headers) => headers.iter().any(|(_, source)| literal(source)),
        }
    }
}

impl File {
    /// Reads and checks the file; `None` if there is none.
    pub fn load(path: &Path, known: Known) -> Result<Option<Self>> {
        let Some(text) = text_if_there(path)? else {
            return Ok(None);
        };
        let file = File::parse(&text, path, known)?;
        if file.has_literal_secret() {
            check_mode(path)?;
        }
        Ok(Some(file))
    }

    /// Checks a text that stands, or is to stand, at `path`. Messages never quote it: it may hold
    /// a secret.
    pub fn parse(text: &str, path: &Path, known: Known) -> Result<Self> {
        let reader = Reader { text, path };
        // Only the parser's own message: its long form quotes the line, which may hold a secret.
        let table = DeTable::parse(text).map_err(|error| {
            let place = reader.place(error.span().unwrap_or(0..0));
            Error::config(format!("{place}: not valid TOML")).cause(error.message())
        })?;
        let mut file = File {
            path: path.to_path_buf(),
            ..File::default()
        };
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "default_profile" => file.default_profile = Some(reader.text(key, value)?),
                "profile" => {
                    for (name, profile) in reader.table(key, value)? {
                        let providers = reader.profile(name, profile, known)?;
                        file.profiles.insert(name.get_ref().to_string(), providers);
                    }
                }
                "ignore" => file.ignore = reader.ignore(key, value)?,
                "lang" => {
                    let line = reader.line(key.span());
                    let value = reader.value(&LANG, key, value)?;
                    file.lang = Some(Entry { value, line });
                }
                other => {
                    let known = ["default_profile", "lang", "profile", "ignore"];
                    return Err(reader.unknown(key, other, "", &known));
                }
            }
        }
        Ok(file)
    }

    pub fn names(&self) -> Vec<&str> {
        self.profiles.keys().map(String::as_str).collect()
    }

    /// The profile, where there is but one.
    pub fn only_profile(&self) -> Option<&str> {
        match self.names()[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// # Errors
    /// There is no profile of this name.
    pub fn check_profile(&self, name: &str) -> Result<()> {
        if self.profiles.contains_key(name) {
            return Ok(());
        }
        let path = self.path.display();
        let error = Error::config(format!("there is no profile {name:?} in {path}"));
        let names = self.names();
        Err(match did_you_mean(name, names.iter().copied()) {
            Some(meant) => error.hint(format!("did you mean {meant:?}?")),
            None if names.is_empty() => error.hint("ti config init makes one"),
            None => error.hint(format!("profiles there: {}", names.join(", "))),
        })
    }

    /// What stands there for a setting.
    pub(super) fn entry(&self, profile: &str, provider: &str, setting: &str) -> Option<&Entry> {
        self.profiles.get(profile)?.get(provider)?.get(setting)
    }

    pub fn has_literal_secret(&self) -> bool {
        let providers = self.profiles.values().flat_map(BTreeMap::values);
        providers
            .flat_map(BTreeMap::values)
            .any(|entry| entry.value.is_literal_secret())
    }
}

/// A literal secret is for the owner's eyes only.
fn check_mode(path: &Path) -> Result<()> {
    if let Some(mode) = readable_by_others(path) {
        let shown = path.display();
        return Err(
            Error::config(format!("{shown} holds a secret and others can read it"))
                .cause(format!("its mode is {mode:04o}"))
                .hint(format!("chmod 600 {shown}")),
        );
    }
    Ok(())
}

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

/// The text being read, to say where in it something stands.
struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Reader<'_> {
    fn line(&self, span: Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }

    fn place(&self, span: Range<usize>) -> String {
        format!("{}:{}", self.path.display(), self.line(span))
    }

    /// `[ignore]`: the files of known-good lists.
    fn ignore(&self, key: &Key, table: &Spanned<DeValue>) -> Result<Vec<(String, usize)>> {
        let mut files = Vec::new();
        for (key, value) in self.table(key, table)? {
            if key.get_ref().as_ref() != "files" {
                return Err(self.unknown(key, key.get_ref(), " in [ignore]", &["files"]));
            }
            let DeValue::Array(paths) = value.get_ref() else {
                let place = self.place(value.span());
                return Err(Error::config(format!("{place}: files is not a list"))
                    .hint("write  files = [\"known-good.txt\"]"));
            };
            for path in paths {
                let name = self.text(key, path)?;
                IGNORE.check(&name, &self.place(path.span()))?;
                files.push((name, self.line(path.span())));
            }
        }
        Ok(files)
    }

    fn profile(
        &self,
        name: &Key,
        profile: &Spanned<DeValue>,
        known: Known,
    ) -> Result<BTreeMap<String, BTreeMap<String, Entry>>> {
        let mut providers = BTreeMap::new();
        for (key, value) in self.table(name, profile)? {
            let provider = key.get_ref().as_ref();
            let Some((_, settings)) = known.iter().find(|(known, _)| *known == provider) else {
                let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
                let within = format!(" in [profile.{}]", name.get_ref());
                return Err(self.unknown(key, provider, &within, &names));
            };
            let entries = self.settings(key, value, settings)?;
            providers.insert(provider.to_string(), entries);
        }
        Ok(providers)
    }

    fn settings(
        &self,
        provider: &Key,
        table: &Spanned<DeValue>,
        settings: &'static [Setting],
    ) -> Result<BTreeMap<String, Entry>> {
        let all = || settings.iter().chain(COMMON);
        let mut entries = BTreeMap::new();
        for (key, value) in self.table(provider, table)? {
            let name = key.get_ref().as_ref();
            let Some(setting) = all().find(|setting| setting.name == name) else {
                let names: Vec<_> = all().map(|setting| setting.name).collect();
                let within = format!(" for {}", provider.get_ref());
                return Err(self.unknown(key, name, &within, &names));
            };
            let value = self.value(setting, key, value)?;
            let line = self.line(key.span());
            entries.insert(name.to_string(), Entry { value, line });
        }
        Ok(entries)
    }

    fn value(&self, setting: &Setting, key: &Key, value: &Spanned<DeValue>) -> Result<Value> {
        if setting.shape == Shape::Secret {
            if let DeValue::String(literal) = value.get_ref() {
                setting.check(literal, &self.place(key.span()))?;
            }
            return self.secret(key, value).map(Value::Secret);
        }
        if setting.shape == Shape::Headers {
            return self.headers(key, value).map(Value::Headers);
        }
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            _ => self.text(key, value)?,
        };
        let place = self.place(key.span());
        // Which zones there are is the machine's: one that is missing matters to its provider only.
        if setting.shape != Shape::TimeZone {
            setting.check(&text, &place)?;
        }
        if setting.shape == Shape::Proxy {
            let refused = |why| Proxy::refused(&place, why);
            return Proxy::parse(&text).map(Value::Proxy).map_err(refused);
        }
        if setting.shape == Shape::Path {
            return Ok(Value::Text(self.beside(&text).display().to_string()));
        }
        Ok(Value::Text(text))
    }

    fn secret(&self, key: &Key, value: &Spanned<DeValue>) -> Result<Source> {
        let place = self.place(key.span());
        let name = key.get_ref();
        let wrong = || {
            Error::config(format!(
                "{place}: {name} must be a string, or one of the forms below"
            ))
            .hint(format!("{name} = {{ env = \"NAME\" }}"))
            .hint(format!(
                "{name} = {{ command = [\"pass\", \"show\", \"…\"] }}"
            ))
            .hint(format!("{name} = {{ file = \"path\" }}"))
        };
        if let DeValue::String(literal) = value.get_ref() {
            return Ok(Source::Literal(SecretString::from(literal.as_ref())));
        }
        let DeValue::Table(table) = value.get_ref() else {
            return Err(wrong());
        };
        let mut entries = table.iter();
        let (Some((form, value)), None) = (entries.next(), entries.next()) else {
            return Err(wrong());
        };
        match (form.get_ref().as_ref(), value.get_ref()) {
            ("env", DeValue::String(name)) => Ok(Source::Env(name.to_string())),
            ("file", DeValue::String(path)) => Ok(Source::File(self.beside(path))),
            ("command", DeValue::Array(words)) => words
                .iter()
                .map(|word| word.get_ref().as_str().map(str::to_string))
                .collect::<Option<_>>()
                .map(Source::Command)
                .ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }

    fn headers(&self, key: &Key, value: &Spanned<DeValue>) -> Result<Vec<(String, Source)>> {
        self.table(key, value)?
            .iter()
            .map(|(name, value)| {
                headers::check_name(name.get_ref(), &self.place(name.span()))?;
                Ok((name.get_ref().to_string(), self.secret(name, value)?))
            })
            .collect()
    }

    /// A path as written, relative to the folder of this file. Where home is, is not known here.
    fn beside(&self, path: &str) -> PathBuf {
        match path.starts_with("~/") {
            true => PathBuf::from(path),
            false => self.path.parent().unwrap_or(Path::new("")).join(path),
        }
    }

    fn text(&self, key: &Key, value: &Spanned<DeValue>) -> Result<String> {
        value.get_ref().as_str().map(str::to_string).ok_or_else(|| {
            let place = self.place(key.span());
            Error::config(format!("{place}: {} must be a string", key.get_ref()))
        })
    }

    fn table<'v, 't>(&self, key: &Key, value: &'v Spanned<DeValue<'t>>) -> Result<&'v DeTable<'t>> {
        value.get_ref().as_table().ok_or_else(|| {
            let place = self.place(key.span());
            Error::config(format!("{place}: {} must be a table", key.get_ref()))
        })
    }

    fn unknown(&self, key: &Key, name: &str, within: &str, known: &[&str]) -> Error {
        let place = self.place(key.span());
        let error = Error::config(format!("{place}: unknown key {name:?}{within}"));
        match did_you_mean(name, known.iter().copied()) {
            Some(meant) => error.hint(format!("did you mean {meant:?}?")),
            None => error.hint(format!("known here: {}", known.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests;
