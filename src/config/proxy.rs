//! A proxy as people write it: `http://proxy.example:3128`, `user:password@proxy.example:3128`.
//! Pure. One that cannot be used is refused: without it requests would go another way than meant.

use std::borrow::Cow;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::error::Error;

/// A password of a letter stands beside a token, to fill its place: `TOKEN:x@proxy.example`.
const NO_PASSWORD: usize = 1;

/// A user of so many letters may be a token, whatever its password.
const TOKEN: usize = 16;

const SCHEMES: &[&str] = &["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

#[derive(Debug, Clone)]
pub struct Proxy {
    /// With its scheme, login and port; what it needs to be percent-encoded is.
    url: SecretString,
    /// The same as it may be shown.
    shown: String,
    login: Option<Login>,
}

/// Either may be a token, percent-encoded.
#[derive(Debug, Clone)]
struct Login {
    user: SecretString,
    password: Option<SecretString>,
}

impl Proxy {
    /// # Errors
    /// Why nothing can go through it, in words that do not quote it: it may hold a password.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("a blank or a control character is in it");
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("http".to_string(), text),
        };
        if !SCHEMES.contains(&scheme.as_str()) {
            return Err("its scheme is none of http, https, socks4, socks4a, socks5, socks5h");
        }
        let unusable = "it is not a host and a port";
        // The scheme decides nothing but which port need not be written.
        let url = Url::parse(&format!("http://{rest}")).map_err(|_| unusable)?;
        let behind = &url[url::Position::BeforePath..];
        if behind.contains('@') {
            return Err("in its user name or password, @ is %40, / is %2F, # is %23 and ? is %3F");
        }
        let host = url.host_str().unwrap_or_default();
        let typed = rest.rsplit('@').next().unwrap_or_default();
        let is_number = typed.chars().all(|c| c.is_ascii_digit());
        let is_host = !typed.is_empty() && !typed.starts_with(['/', '\\', ':']) && !is_number;
        // A path behind a host without a scheme is a scheme that was mistyped.
        let is_whole = text.contains("://") || matches!(behind, "" | "/");
        if host.is_empty() || !is_host || !is_whole || typed.contains('\\') {
            return Err(unusable);
        }
        let port = match url.port_or_known_default() {
            Some(80) if !typed.contains(":80") => String::new(),
            Some(port) => format!(":{port}"),
            None => String::new(),
        };
        let login = (!url.username().is_empty() || url.password().is_some()).then(|| Login {
            user: url.username().into(),
            password: url.password().map(SecretString::from),
        });
        let with = |login: &str| format!("{scheme}://{login}{host}{port}/");
        Ok(match login {
            None => Proxy {
                url: with("").into(),
                shown: text.to_string(),
                login,
            },
            Some(login) => Proxy {
                url: with(&url[url::Position::BeforeUsername..url::Position::BeforeHost]).into(),
                // A token may stand in the place of either.
                shown: with("redacted@"),
                login: Some(login),
            },
        })
    }

    /// The error of one that was refused; `from` is where it was found.
    pub fn refused(from: &str, why: &str) -> Error {
        Error::config(format!("{from}: this proxy cannot be used"))
            .cause(why)
            .hint("write it like http://proxy.example.org:3128 or socks5h://proxy.example.org:1080")
            .hint("a login goes before the host: http://USER:PASSWORD@HOST:PORT")
    }

    /// With its login, for whoever connects.
    pub fn url(&self) -> &SecretString {
        &self.url
    }

    pub fn shown(&self) -> &str {
        &self.shown
    }

    pub fn has_login(&self) -> bool {
        self.login.is_some()
    }

    /// What grants access to it, in each form that is sent: a user alone, or with a password that
    /// is none or as long as a token, but not the name that a password belongs to.
    pub fn secrets(&self) -> Vec<SecretString> {
        let Some(Login { user, password }) = &self.login else {
            return Vec::new();
        };
        // What is no text when decoded is known as it is written.
        let decoded = |text: &SecretString| {
            let text = text.expose_secret();
            let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
            decoded.map_or_else(|_| text.to_string(), Cow::into_owned)
        };
        let user = decoded(user);
        let password = password.as_ref().map(decoded).unwrap_or_default();
        let pair = format!("{user}:{password}");
        let is_token = password.len() <= NO_PASSWORD || user.len() >= TOKEN;
        let mut secrets = vec![password, pair];
        secrets.extend(is_token.then_some(user));
        secrets.retain(|secret| !secret.is_empty());
        secrets.into_iter().map(SecretString::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_in_every_form_that_can_be_used() {
        for (text, url, shown) in [
            (
                "http://proxy.example:3128",
                "http://proxy.example:3128/",
                None,
            ),
            ("proxy.example:3128", "http://proxy.example:3128/", None),
            ("proxy.example:3128/", "http://proxy.example:3128/", None),
            ("proxy.example", "http://proxy.example/", None),
            ("HTTP://Proxy.Example:80", "http://proxy.example:80/", None),
            (
                "https://proxy.example:443",
                "https://proxy.example:443/",
                None,
            ),
            ("socks5://127.0.0.1:80", "socks5://127.0.0.1:80/", None),
            ("SOCKS5H://proxy.example", "socks5h://proxy.example/", None),
            ("socks4a://[::1]:1080", "socks4a://[::1]:1080/", None),
            (
                "http://user@proxy.example",
                "http://user@proxy.example/",
                Some("http://redacted@proxy.example/"),
            ),
            (
                "http://ann:pw@proxy.example:3128/x",
                "http://ann:pw@proxy.example:3128/",
                Some("http://redacted@proxy.example:3128/"),
            ),
            (
                "ann:p%40w@proxy.example:3128",
                "http://ann:p%40w@proxy.example:3128/",
                Some("http://redacted@proxy.example:3128/"),
            ),
            (
                "ann:p@w@proxy.example:3128",
                "http://ann:p%40w@proxy.example:3128/",
                Some("http://redacted@proxy.example:3128/"),
            ),
        ] {
            let proxy = Proxy::parse(text).unwrap();
            assert_eq!(proxy.url().expose_secret(), url);
            assert_eq!(proxy.shown(), shown.unwrap_or(text));
            assert!(!format!("{proxy:?}").contains("pw"), "{proxy:?}");
        }
        for (text, expected) in [
            ("http://a%20b:p%40w@h", &["p@w", "a b:p@w"][..]),
            ("http://tok%2Fen@h", &["tok/en:", "tok/en"]),
            ("u%3Apw@h", &["u:pw:", "u:pw"]),
            ("http://token:@h", &["token:", "token"]),
            ("http://tok%65n:x@h", &["x", "token:x", "token"]),
            ("tok%FFen:-@h", &["-", "tok%FFen:-", "tok%FFen"]),
            (
                "0123456789abcdef:api-token@h",
                &[
                    "api-token",
                    "0123456789abcdef:api-token",
                    "0123456789abcdef",
                ],
            ),
            ("http://:secret@h", &["secret", ":secret"]),
            ("http://h", &[]),
        ] {
            let secrets = Proxy::parse(text).unwrap().secrets();
            let secrets: Vec<_> = secrets.iter().map(ExposeSecret::expose_secret).collect();
            assert_eq!(secrets, expected);
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_and_not_quoted() {
        for text in REFUSED {
            let why = Proxy::parse(text).expect_err(text);
            assert!(!why.contains("pw") && !why.contains("CANARY"), "{why}");
        }
    }

    const REFUSED: &[&str] = &[
        "",
        " ",
        " http://127.0.0.1:1",
        "http://127.0.0.1:1 ",
        "\thttp://127.0.0.1:1",
        "http://127.0.0.1:1\n",
        "http:// 127.0.0.1:1",
        "\u{a0}http://127.0.0.1:1",
        "htp://127.0.0.1:1",
        "ftp://127.0.0.1:1",
        "file:///etc/passwd",
        "socks://127.0.0.1:1",
        "socks6://127.0.0.1:1",
        "socks5h//127.0.0.1:1",
        "socks5h:/127.0.0.1:1",
        "socks5h:127.0.0.1:1",
        "http//127.0.0.1:1",
        "http:/127.0.0.1:1",
        "http:127.0.0.1:1",
        "//127.0.0.1:1",
        "://127.0.0.1:1",
        "/127.0.0.1:1",
        "http://",
        "http:///",
        "http:///127.0.0.1:1",
        "http://:1",
        "http://user:pw@",
        "http://user:pw@:1",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
        "http://127.0.0.1:1:2",
        "http://[::1:1",
        "http://a b:1",
        "http://user:CANARY/pw@127.0.0.1:1",
        "http://user:CANARY#pw@127.0.0.1:1",
        "http://user:1?pw@127.0.0.1:1",
        "http:\\\\127.0.0.1:1",
        "http://\\127.0.0.1:1",
        "3128",
        "PROXY 127.0.0.1:1; DIRECT",
        "\"http://127.0.0.1:1\"",
        "'http://127.0.0.1:1'",
        "<http://127.0.0.1:1>",
    ];

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(http|socks5)?:?/{0,2}[a-z0-9:@/%#\\\\\\[\\] .é]{0,20}|\\PC{0,20}") {
            let _ = Proxy::parse(&text);
        }
    }
}
