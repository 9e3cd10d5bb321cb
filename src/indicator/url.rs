use std::fmt;

use super::plain::{PlainUrl, is_plain_name, plain_url};
use super::{Domain, Indicator, Refusal, host_indicator, split_port};

/// A URL, or a host with a path: where a thing lies on a host.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Url {
    /// As it was written, refanged.
    text: String,
    /// An address or a domain.
    host: Box<Indicator>,
    key: String,
}

impl Url {
    /// A scheme is a letter, then letters, digits, `+-.` (RFC 3986, 3.1); what has none is a host
    /// with a path, also behind `//` (4.2) or `\\\\`, where files are shared. The host ends before the first `/`, `?`, `#`, or `\`, as it does in browsers.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let bare = ["//", "\\\\"].iter().find_map(|two| text.strip_prefix(two));
        let (scheme, rest) = split_scheme(text).unwrap_or(("", bare.unwrap_or(text)));
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        // Userinfo is before the last `@`.
        let authority = authority.rsplit('@').next().unwrap_or_default();
        let host = split_port(authority).unwrap_or(authority);
        if host.is_empty() {
            return Err(Refusal::NoHost);
        }
        let port = &authority[host.len()..];
        let host = host_indicator(host)?;
        let key = key(scheme, &host, port, path);
        Ok(Url {
            text: text.to_string(),
            host: Box::new(host),
            key,
        })
    }

    /// The same for one that needs no understanding; `None` where it does.
    pub(super) fn plain(text: &str) -> Option<Self> {
        let PlainUrl {
            scheme,
            host,
            port,
            path,
        } = plain_url(text)?;
        let host = match host.parse() {
            Ok(address) => Indicator::Ipv4(address),
            Err(_) if is_plain_name(host) => Indicator::Domain(Domain::plain(host)),
            Err(_) => return None,
        };
        Some(Url {
            text: text.to_string(),
            key: key(scheme, &host, port, path),
            host: Box::new(host),
        })
    }

    /// The address or the domain that it leads to.
    pub fn host(&self) -> &Indicator {
        &self.host
    }

    /// Without scheme, userinfo, default port and fragment, the host in its canonical form, the
    /// path as it is; no path is `/` (RFC 3986, 6.2.3).
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `https`, `evil.com/x` of `https://evil.com/x`.
pub(super) fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let starts = scheme
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    (starts && scheme.bytes().all(named)).then_some((scheme, rest))
}

fn key(scheme: &str, host: &Indicator, port: &str, path: &str) -> String {
    let port = match (scheme.to_ascii_lowercase().as_str(), port) {
        (_, ":")
        | ("" | "http" | "ws", ":80")
        | ("" | "https" | "wss", ":443")
        | ("ftp", ":21") => "",
        (_, port) => port,
    };
    let path = path.split('#').next().unwrap_or_default();
    let slash = if path.starts_with(['/', '\\']) {
        ""
    } else {
        "/"
    };
    match host {
        Indicator::Ipv6(address) => format!("[{address}]{port}{slash}{path}"),
        host => format!("{host}{port}{slash}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_one_place_has_one_key() {
        for (text, host, key) in [
            ("http://EVIL.com", "evil.com", "evil.com/"),
            (
                "https://evil.com:443/Gate.php?a=B#c",
                "evil.com",
                "evil.com/Gate.php?a=B",
            ),
            ("evil.com:80/x", "evil.com", "evil.com/x"),
            ("evil.com:443/x", "evil.com", "evil.com/x"),
            ("http://evil.com:443/", "evil.com", "evil.com:443/"),
            ("http://u:p@good.com@evil.com?q", "evil.com", "evil.com/?q"),
            (
                "https://evil.com\\@good.com/",
                "evil.com",
                "evil.com\\@good.com/",
            ),
            ("ftp://192.0.2.1:21/a", "192.0.2.1", "192.0.2.1/a"),
            (
                "http://[2001:DB8::1]:8080/a",
                "2001:db8::1",
                "[2001:db8::1]:8080/a",
            ),
            (
                "evil.com/redirect?u=http://8.8.8.8/",
                "evil.com",
                "evil.com/redirect?u=http://8.8.8.8/",
            ),
            ("http://金山.cn/路", "xn--rhtz55j.cn", "xn--rhtz55j.cn/路"),
            ("//evil.com/x", "evil.com", "evil.com/x"),
            ("\\\\evil.com\\c$", "evil.com", "evil.com\\c$"),
        ] {
            let url = Url::parse(text).unwrap();
            assert_eq!(url.host().to_string(), host, "{text}");
            assert_eq!(url.key(), key, "{text}");
            assert_eq!(url.to_string(), text);
        }
        assert_eq!(Url::parse("http:///x"), Err(Refusal::NoHost));
    }
}
