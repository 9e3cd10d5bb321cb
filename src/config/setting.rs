//! What can be set. One definition makes the key in the file, the `TI_*` variable, the check of
//! its value and the line in the reference.

use crate::error::{Error, Result, did_you_mean};

use super::proxy::Proxy;
use crate::units;

#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The key in the file: `secret_key`.
    pub name: &'static str,
    pub shape: Shape,
    pub default: Option<&'static str>,
    /// Whether nothing can be asked without it.
    pub required: bool,
    /// What `ti config init` writes where nothing is typed, for a setting without a default.
    pub suggested: Option<&'static str>,
    /// When `ti config init` asks for it.
    pub asked: Condition,
    /// Whether an empty text is a value, as some passwords are.
    pub may_be_empty: bool,
    /// One line for the reference.
    pub help: &'static str,
}

/// Logins come in several kinds: who has given one is not asked for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Always,
    /// Only together with this setting.
    With(&'static str),
    /// Not where this setting is given.
    Unless(&'static str),
}

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    /// A literal, or `{ env | command | file = … }`.
    Secret,
    OneOf(&'static [&'static str]),
    /// An `http` or `https` URL.
    Url,
    /// What stands between this machine and a service; see [`Proxy`].
    Proxy,
    /// A file; relative to the configuration file.
    Path,
    /// A list of such files.
    Files,
    /// `30s`, `1m 30s`, or seconds as a number.
    Duration,
    Count,
    /// `4GiB`, `500MB`, `1000` bytes.
    Size,
    /// A name of the IANA database: `Asia/Shanghai`.
    TimeZone,
    /// HTTP headers, `{ "X-Name" = "value" }`, whose values are secrets; in a variable a
    /// `X-Name: value` a line.
    Headers,
}

impl Setting {
    pub const fn new(name: &'static str, shape: Shape, help: &'static str) -> Self {
        Setting {
            name,
            shape,
            default: None,
            required: false,
            suggested: None,
            asked: Condition::Always,
            may_be_empty: false,
            help,
        }
    }

    pub const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub const fn suggested(mut self, value: &'static str) -> Self {
        self.suggested = Some(value);
        self
    }

    pub const fn or_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    pub const fn with(mut self, other: &'static str) -> Self {
        self.asked = Condition::With(other);
        self
    }

    pub const fn unless(mut self, other: &'static str) -> Self {
        self.asked = Condition::Unless(other);
        self
    }

    /// Whether its value is, or holds, what nobody else may see.
    pub fn is_secret(&self) -> bool {
        matches!(self.shape, Shape::Secret | Shape::Headers)
    }

    /// The variable that sets it: `TI_KTI_SECRET_KEY`.
    pub fn variable(&self, provider: &str) -> String {
        format!("TI_{provider}_{}", self.name).to_uppercase()
    }

    /// `config.toml:7: proxy`; a flag and a variable say it themselves.
    fn place(&self, from: &str) -> String {
        match from.starts_with("--") || from.starts_with("TI_") {
            true => from.to_string(),
            false => format!("{from}: {}", self.name),
        }
    }

    /// Whether `value` is one; `from` is where it was found (`config.toml:7`, `--timeout`).
    pub fn check(&self, value: &str, from: &str) -> Result<()> {
        let accept = |is_one: bool, expected: &str| match is_one {
            true => Ok(()),
            false => Err(
                Error::config(format!("{from}: {} must be {expected}", self.name))
                    .cause(format!("it is {:?}", without_login(value))),
            ),
        };
        if value.is_empty() && !self.may_be_empty {
            let error = Error::config(format!("{from}: {} must not be empty", self.name));
            return Err(error.hint("give it a value, or leave it out"));
        }
        match self.shape {
            Shape::Text | Shape::Secret | Shape::Path | Shape::Files | Shape::Headers => Ok(()),
            Shape::Proxy => Proxy::parse(value)
                .map(drop)
                .map_err(|why| Proxy::refused(&self.place(from), why)),
            Shape::OneOf(choices) => {
                let expected = format!("one of {}", choices.join(", "));
                let accepted = accept(choices.contains(&value), &expected);
                accepted.map_err(|error| match did_you_mean(value, choices.iter().copied()) {
                    Some(meant) => error.hint(format!("did you mean {meant:?}?")),
                    None => error,
                })
            }
            Shape::Url => {
                let is_web =
                    |url: &url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
                let url = url::Url::parse(value).ok().filter(is_web);
                if url.as_ref().is_some_and(has_login) {
                    let what = format!("{from}: {} must not hold a name or a password", self.name);
                    return Err(Error::config(what).hint(
                        "take them out: what lets you in has settings of its own (man 5 ti-config)",
                    ));
                }
                accept(url.is_some(), "a URL that begins with https:// or http://")
            }
            Shape::Duration => {
                let is_one = units::duration(value).is_ok_and(|duration| !duration.is_zero());
                accept(is_one, "a time span like 30s or 2m")
            }
            Shape::Count => {
                let expected = format!("a whole number from 0 to {}", u32::MAX);
                accept(value.parse::<u32>().is_ok(), &expected)
            }
            Shape::Size => accept(units::size(value).is_ok(), "a size like 500MiB or 8GiB"),
            Shape::TimeZone => match jiff::tz::TimeZone::get(value) {
                Err(_) if jiff::tz::db().available().next().is_none() => accept(
                    false,
                    "a time zone that this machine knows, and it knows none",
                )
                .map_err(|error| error.hint("install tzdata")),
                zone => accept(zone.is_ok(), "the name of a time zone, like Asia/Shanghai"),
            },
        }
    }
}

pub const DEFAULT_PROFILE: Setting = Setting::new(
    "default_profile",
    Shape::Text,
    "the profile to take where none is named",
);

/// It is the reader's and no service's.
pub const LANG: Setting = Setting::new(
    "lang",
    Shape::OneOf(&["en", "zh"]),
    "language of titles and of the names of threats in tables, charts and pictures; without it the locale decides",
);

/// `files` in the table `[ignore]`.
pub const IGNORE: Setting = Setting::new(
    "ignore.files",
    Shape::Files,
    "known-good lists of ti lookup and ti match, besides those of --ignore: what is on one does not count for --fail-on",
);

/// What stands at the top of the file, for all providers; a dot leads into a table there.
pub const TOP: &[Setting] = &[DEFAULT_PROFILE, LANG, IGNORE];

/// What every provider can be told about the way to it.
pub const COMMON: &[Setting] = &[
    Setting::new(
        "timeout",
        Shape::Duration,
        "time for one request, answer included; for a master file, the longest wait for its next byte",
    )
    .default("30s"),
    Setting::new(
        "connect_timeout",
        Shape::Duration,
        "time to connect, TLS included",
    )
    .default("10s"),
    Setting::new(
        "retries",
        Shape::Count,
        "further tries after a passing failure",
    )
    .default("4"),
    Setting::new(
        "proxy",
        Shape::Proxy,
        "proxy URL; without it HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say",
    ),
    Setting::new(
        "cacert",
        Shape::Path,
        "PEM file with certificate authorities to trust besides the system's",
    ),
];

fn has_login(url: &url::Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// `https://user:password@host` as it may be quoted.
fn without_login(value: &str) -> String {
    let Some(end) = value.rfind('@') else {
        return value.to_string();
    };
    let begin = value.find("//").map_or(0, |at| at + 2).min(end);
    format!("{}(redacted){}", &value[..begin], &value[end..])
}
