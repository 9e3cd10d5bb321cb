use std::borrow::Cow;
use std::fmt;
use std::iter;

use percent_encoding::percent_decode_str;

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
        let (scheme, authority, path) = parts(text);
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

/// Scheme, host with port, and what follows; of a host alone too.
fn parts(text: &str) -> (&str, &str, &str) {
    let bare = ["//", "\\\\"].iter().find_map(|two| text.strip_prefix(two));
    let (scheme, rest) = split_scheme(text).unwrap_or(("", bare.unwrap_or(text)));
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // Userinfo is before the last `@`.
    let authority = authority.rsplit('@').next().unwrap_or_default();
    (scheme, authority, path)
}

/// The same with the percent escapes in its host taken off, as browsers read it (RFC 3986, 3.2.2);
/// `None` where none is to be, or what comes out could be no host.
pub(super) fn without_escapes_in_host(text: &str) -> Option<String> {
    let (_, host, path) = parts(text);
    let (before, _) = host.split_once('%')?;
    // What follows an IPv6 address is its zone.
    if before.contains([':', '[']) {
        return None;
    }
    let plain = percent_decode_str(host).decode_utf8().ok()?;
    let may_be_in_host =
        |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-_.:%".contains(c);
    let is_host = plain != host && plain.chars().all(may_be_in_host);
    let start = text.len() - path.len() - host.len();
    is_host.then(|| [&text[..start], &plain, path].concat())
}

/// Percent escapes of percent escapes come off so many times.
const ESCAPES: usize = 4;

/// The key of a URL without its percent escapes, then without those that they were escapes of.
pub fn without_escapes(key: &str) -> impl Iterator<Item = String> {
    let plain = |text: &str| match percent_decode_str(text).decode_utf8_lossy() {
        Cow::Owned(plain) => Some(plain),
        Cow::Borrowed(_) => None,
    };
    iter::successors(plain(key), move |text| plain(text)).take(ESCAPES)
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

    #[test]
    fn a_host_is_read_without_its_escapes() {
        for (text, plain) in [
            ("http://b%61d.org/%61", "http://bad.org/%61"),
            ("//u%40:p@b%61d%2eorg:80?x", "//u%40:p@bad.org:80?x"),
            ("b%61d.org", "bad.org"),
            ("bob@b%61d.org", "bob@bad.org"),
            ("http://192%2E0.2.7/", "http://192.0.2.7/"),
            ("http://m%C3%BCnchen.de/", "http://münchen.de/"),
            ("http://b%2561d.org/", "http://b%61d.org/"),
        ] {
            assert_eq!(without_escapes_in_host(text).as_deref(), Some(plain));
        }
        for text in [
            "http://evil.com/%61",
            "http://good.com%2F@evil.com/",
            "http://evil.com%2F.good.com/",
            "http://evil.com%40good.com/",
            "http://evil.com%20/",
            "%.evil.com",
            "http://b%e1d.org/",
            "fe80::1%41",
            "http://[fe80::1%2541]/",
        ] {
            assert_eq!(without_escapes_in_host(text), None, "{text}");
        }
    }
}
