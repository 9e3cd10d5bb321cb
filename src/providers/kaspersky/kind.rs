//! What an indicator is, from the service's word for it and from its form. Pure.

use std::net::{IpAddr, SocketAddr};

use crate::indicator::defang;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    Md5,
    Sha1,
    Sha256,
    Ip,
    Domain,
    Url,
    Other,
}

impl Kind {
    /// `word` is the type as sent: `md5Hash`, `networkActivity`, or anything.
    pub fn of(word: &str, indicator: &str) -> Self {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        match word {
            _ if is("md5Hash") || is("md5") => Kind::Md5,
            _ if is("sha1Hash") || is("sha1") => Kind::Sha1,
            _ if is("sha256Hash") || is("sha256") => Kind::Sha256,
            _ if is("networkActivity") || is("ip") || is("domain") || is("url") => {
                Self::on_network(indicator)
            }
            _ => Kind::Other,
        }
    }

    /// An address, else a URL where there is a scheme or a path, else a name.
    pub fn on_network(indicator: &str) -> Self {
        let is_address =
            indicator.parse::<IpAddr>().is_ok() || indicator.parse::<SocketAddr>().is_ok();
        match indicator {
            _ if is_address => Kind::Ip,
            _ if indicator.contains('/') => Kind::Url,
            _ if indicator.contains('.') && !indicator.contains(char::is_whitespace) => {
                Kind::Domain
            }
            _ => Kind::Other,
        }
    }

    /// A hash by its length alone.
    pub fn of_hash(text: &str) -> Option<Self> {
        let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        match text.len() {
            32 if is_hex => Some(Kind::Md5),
            40 if is_hex => Some(Kind::Sha1),
            64 if is_hex => Some(Kind::Sha256),
            _ => None,
        }
    }

    /// The indicator in a form that no click opens: `hxxp://192.0.2[.]1/a.js`. What is not on a
    /// network is left alone.
    pub fn defanged(self, indicator: &str) -> String {
        match self {
            Kind::Ip | Kind::Domain => defang(indicator),
            Kind::Url => {
                let (scheme, rest) = indicator.split_once("://").unwrap_or(("", indicator));
                let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
                let scheme = match scheme {
                    "" => String::new(),
                    scheme => format!("{}://", scheme.replace("tt", "xx")),
                };
                format!("{scheme}{}{path}", defang(host))
            }
            _ => indicator.to_string(),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Md5 => "md5",
            Kind::Sha1 => "sha1",
            Kind::Sha256 => "sha256",
            Kind::Ip => "ip",
            Kind::Domain => "domain",
            Kind::Url => "url",
            Kind::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_word_and_form() {
        for (word, indicator, kind) in [
            ("md5Hash", "x", Kind::Md5),
            ("SHA1HASH", "x", Kind::Sha1),
            ("sha256Hash", "x", Kind::Sha256),
            ("networkActivity", "192.0.2.1", Kind::Ip),
            ("networkActivity", "2001:db8::1", Kind::Ip),
            ("networkActivity", "192.0.2.1:8080", Kind::Ip),
            ("networkActivity", "evil.example", Kind::Domain),
            ("networkActivity", "evil.example/a?b", Kind::Url),
            ("networkActivity", "http://192.0.2.1", Kind::Url),
            ("networkActivity", "what is this.", Kind::Other),
            ("filePath", "C:\\a.exe", Kind::Other),
        ] {
            assert_eq!(Kind::of(word, indicator), kind, "{word} {indicator}");
        }
    }

    #[test]
    fn only_what_is_on_a_network_is_defanged() {
        for (word, indicator, shown) in [
            ("networkActivity", "192.0.2.1", "192.0.2[.]1"),
            ("networkActivity", "evil.example", "evil[.]example"),
            (
                "networkActivity",
                "http://192.0.2.1/a.js?b.c",
                "hxxp://192.0.2[.]1/a.js?b.c",
            ),
            ("networkActivity", "evil.example/a.b", "evil[.]example/a.b"),
            ("filePath", "C:\\a.exe", "C:\\a.exe"),
        ] {
            assert_eq!(Kind::of(word, indicator).defanged(indicator), shown);
        }
    }
}
