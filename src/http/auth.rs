//! How we get in: every kind of login that a service may want, and the headers that carry it.
//!
//! What grants access is checked here, before anything is sent, and each form that is sent is
//! made known to the redactor: a server may echo it.

use std::borrow::Cow;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};

use crate::config::Settings;
use crate::error::{Error, Result};

/// What goes with every request to one service.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// What follows `authorization:`; `None` where the service wants nothing.
    authorization: Option<SecretString>,
    headers: Vec<(String, SecretString)>,
}

impl Credentials {
    /// For a service that lets everybody in.
    pub fn none() -> Self {
        Credentials {
            authorization: None,
            headers: Vec::new(),
        }
    }

    /// RFC 6750, with the token of this setting; `None` where it is not set.
    ///
    /// # Errors
    /// The token cannot be read, or not be sent.
    pub fn bearer(settings: &Settings, token: &str) -> Result<Option<Self>> {
        let Some(secret) = settings.secret(token)? else {
            return Ok(None);
        };
        check_header(settings, token, secret.expose_secret())?;
        Ok(Some(Credentials {
            authorization: Some(format!("Bearer {}", secret.expose_secret()).into()),
            ..Credentials::none()
        }))
    }

    /// RFC 7617, with the user name and the password of these settings.
    ///
    /// # Errors
    /// One of them is not set, cannot be read, or not be sent.
    pub fn basic(settings: &Settings, username: &str, password: &str) -> Result<Self> {
        let user = settings.required(username)?;
        let secret = settings.required_secret(password)?;
        check_user(settings, username, user)?;
        check_visible(settings, password, secret.expose_secret())?;
        let pair = SecretString::from(format!("{user}:{}", secret.expose_secret()));
        settings.redactor.learn(&pair);
        let encoded = BASE64_STANDARD.encode(pair.expose_secret());
        Ok(Credentials {
            authorization: Some(format!("Basic {encoded}").into()),
            ..Credentials::none()
        })
    }

    /// The same with the headers of this setting.
    ///
    /// # Errors
    /// A value cannot be read, or not be sent.
    pub fn with_headers(mut self, settings: &Settings, setting: &str) -> Result<Self> {
        for (name, value) in settings.headers(setting)? {
            check_header(
                settings,
                &format!("{setting} {name}"),
                value.expose_secret(),
            )?;
            self.headers.push((name, value));
        }
        Ok(self)
    }

    /// As a request has them.
    pub fn headers(&self) -> Vec<(Cow<'static, str>, String)> {
        let authorization = self.authorization.iter();
        let authorization = authorization.map(|value| ("authorization".into(), value));
        let own = self.headers.iter();
        let own = own.map(|(name, value)| (name.clone().into(), value));
        authorization
            .chain(own)
            .map(|(name, value)| (name, value.expose_secret().to_string()))
            .collect()
    }
}

/// What a request is signed with; the secret itself is never sent.
#[derive(Debug, Clone)]
pub struct Keys {
    pub access_key: String,
    pub secret_key: SecretString,
}

impl Keys {
    /// The keys of these settings.
    ///
    /// # Errors
    /// One of them is not set, cannot be read, or holds what no key holds.
    pub fn of(settings: &Settings, access_key: &str, secret_key: &str) -> Result<Self> {
        let (access, secret) = (
            settings.required(access_key)?,
            settings.required_secret(secret_key)?,
        );
        check_header(settings, access_key, access)?;
        check_visible(settings, secret_key, secret.expose_secret())?;
        Ok(Keys {
            access_key: access.to_string(),
            secret_key: secret,
        })
    }
}

/// Whether the value of this setting can stand in a header (RFC 9110, 5.5).
pub fn check_header(settings: &Settings, setting: &str, value: &str) -> Result<()> {
    let is_visible = value.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    let fault = (!is_visible).then_some("it holds a character that is not visible ASCII");
    refuse(settings, setting, fault)
}

/// Basic encodes what it sends, so that any letter will do (RFC 7617, 2).
fn check_visible(settings: &Settings, setting: &str, value: &str) -> Result<()> {
    let is_control = value.contains(char::is_control);
    let fault = is_control.then_some("it holds a control character, such as a line break or a tab");
    refuse(settings, setting, fault)
}

fn check_user(settings: &Settings, setting: &str, user: &str) -> Result<()> {
    check_visible(settings, setting, user)?;
    let has_colon = user.contains(':');
    let fault = has_colon.then_some("it holds a colon, which ends the user name in a login");
    refuse(settings, setting, fault)
}

/// The value is not quoted: it may be a secret.
fn refuse(settings: &Settings, setting: &str, fault: Option<&str>) -> Result<()> {
    let Some(why) = fault else {
        return Ok(());
    };
    let what = settings.key(setting);
    Err(Error::config(format!("{what}: the value cannot be sent"))
        .cause(why)
        .hint(format!(
            "give {what} anew; ti config show says where it comes from"
        )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Location, Profile, Setting, Shape};
    use crate::redact::Redactor;
    use crate::system::System;

    const SETTINGS: &[Setting] = &[
        Setting::new("access_key", Shape::Text, ""),
        Setting::new("username", Shape::Text, ""),
        Setting::new("password", Shape::Secret, ""),
        Setting::new("token", Shape::Secret, ""),
        Setting::new("headers", Shape::Headers, ""),
    ];

    fn settings(values: &[(&'static str, &str)]) -> Settings {
        let variables = values
            .iter()
            .map(|(name, value)| (format!("TI_X_{}", name.to_uppercase()), value.to_string()));
        let location = Location::named("/nowhere/config.toml".as_ref());
        let system = System {
            env: variables.collect(),
            ..System::of_this_process()
        };
        let known = vec![("x", SETTINGS)];
        let profile = Profile::new(location, system, known, Redactor::default());
        profile.settings("x").unwrap()
    }

    fn sent(credentials: &Credentials) -> Vec<String> {
        let headers = credentials.headers().into_iter();
        headers
            .map(|(name, value)| format!("{name}: {value}"))
            .collect()
    }

    #[test]
    fn each_login_is_sent_in_its_form_and_known_in_it() {
        // RFC 7617's own example.
        let basic = settings(&[
            ("username", "Aladdin"),
            ("password", "open sesame"),
            ("headers", "X-Team: blue-ish"),
        ]);
        let login = Credentials::basic(&basic, "username", "password").unwrap();
        let login = login.with_headers(&basic, "headers").unwrap();
        assert_eq!(
            sent(&login),
            [
                "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                "X-Team: blue-ish"
            ]
        );
        let echoed = "QWxhZGRpbjpvcGVuIHNlc2FtZQ, open%20sesame, blue-ish";
        assert_eq!(
            basic.redactor.scrub(echoed),
            "(redacted), (redacted), (redacted)"
        );
        let bearer = settings(&[("token", "t0ken")]);
        let login = Credentials::bearer(&bearer, "token").unwrap().unwrap();
        assert_eq!(sent(&login), ["authorization: Bearer t0ken"]);
        assert!(
            Credentials::bearer(&settings(&[]), "token")
                .unwrap()
                .is_none()
        );
        assert!(sent(&Credentials::none()).is_empty());
    }

    #[test]
    fn what_cannot_be_sent_is_named_and_not_quoted() {
        fn both(name: &'static str, value: &str) -> Settings {
            let mut values = vec![("username", "u"), ("password", "pass"), ("access_key", "a")];
            values.retain(|(known, _)| *known != name);
            values.push((name, value));
            settings(&values)
        }
        let refused = |name: &'static str, value: &str| {
            let settings = both(name, value);
            let error = match name {
                "token" => Credentials::bearer(&settings, name).map(drop),
                "headers" => Credentials::none().with_headers(&settings, name).map(drop),
                "access_key" => Keys::of(&settings, name, "password").map(drop),
                _ => Credentials::basic(&settings, "username", "password").map(drop),
            };
            let error = error.unwrap_err();
            assert_eq!(error.kind, crate::error::Kind::Config);
            let all = format!("{error} {:?}", error.hints);
            assert!(!all.contains("CANARY"), "{all}");
            error.message
        };
        for c in ['\u{1}', '\u{7f}', '\u{1b}', '\0', '\t', '\u{85}'] {
            let value = format!("CANARY{c}CANARY");
            for name in ["token", "password", "username", "access_key"] {
                let message = refused(name, &value);
                assert_eq!(message, format!("x {name}: the value cannot be sent"));
            }
            let message = refused("headers", &format!("X-Key: {value}"));
            assert_eq!(message, "x headers X-Key: the value cannot be sent");
        }
        refused("token", "CANARYé");
        refused("username", "CANARY:CANARY");
        // Basic takes any letter.
        let settings = both("password", "pässwörd 中文");
        Credentials::basic(&settings, "username", "password").unwrap();
    }
}
