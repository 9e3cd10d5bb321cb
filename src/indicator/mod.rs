//! An indicator: refanged, classified, normalised, defanged. Pure.
//!
//! A lookup costs quota and an indicator travels in many disguises, so what was typed is
//! understood here, before any request (spec: the table "Input" of the KTI contract).

mod domain;
mod kind;
mod refang;
mod url;

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

pub use domain::Domain;
pub use kind::Kind;
pub use refang::{defang, refang};
pub use url::Url;

/// What an input turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Indicator {
    Ipv4(Ipv4Addr),
    Domain(Domain),
    Ipv6(Ipv6Addr),
    Cidr(IpNet),
    Url(Url),
    /// Hexadecimal digest, lower-case.
    Hash(Algorithm, String),
    Email(String),
}

/// The algorithm of a digest, as its length tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

impl Algorithm {
    pub fn of(digest: &str) -> Option<Self> {
        if !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        match digest.len() {
            32 => Some(Algorithm::Md5),
            40 => Some(Algorithm::Sha1),
            64 => Some(Algorithm::Sha256),
            128 => Some(Algorithm::Sha512),
            _ => None,
        }
    }
}

impl Indicator {
    pub fn kind(&self) -> Kind {
        match self {
            Indicator::Ipv4(_) => Kind::Ip,
            Indicator::Domain(_) => Kind::Domain,
            Indicator::Ipv6(_) => Kind::Ipv6,
            Indicator::Cidr(_) => Kind::Cidr,
            Indicator::Url(_) => Kind::Url,
            Indicator::Hash(Algorithm::Md5, _) => Kind::Md5,
            Indicator::Hash(Algorithm::Sha1, _) => Kind::Sha1,
            Indicator::Hash(Algorithm::Sha256, _) => Kind::Sha256,
            Indicator::Hash(Algorithm::Sha512, _) => Kind::Sha512,
            Indicator::Email(_) => Kind::Email,
        }
    }

    /// The canonical text: two indicators are the same where kind and key are. A digest in lower
    /// case; a domain as A-labels; a range by its first address; a URL without scheme, default
    /// port and fragment (see [`Url::key`]).
    pub fn key(&self) -> Cow<'_, str> {
        match self {
            Indicator::Domain(domain) => Cow::Borrowed(domain.ascii()),
            Indicator::Hash(_, text) | Indicator::Email(text) => Cow::Borrowed(text),
            Indicator::Url(url) => Cow::Borrowed(url.key()),
            Indicator::Cidr(range) => Cow::Owned(range.trunc().to_string()),
            Indicator::Ipv4(_) | Indicator::Ipv6(_) => Cow::Owned(self.to_string()),
        }
    }

    /// The address or the domain that it is or leads to; `None` for what has none.
    pub fn host(&self) -> Option<&Indicator> {
        match self {
            Indicator::Ipv4(_) | Indicator::Ipv6(_) | Indicator::Domain(_) => Some(self),
            Indicator::Url(url) => Some(url.host()),
            Indicator::Cidr(_) | Indicator::Hash(..) | Indicator::Email(_) => None,
        }
    }

    /// The name in its own script, where that differs from what goes over the wire.
    pub fn unicode(&self) -> Option<&str> {
        match self {
            Indicator::Domain(domain) => domain.unicode(),
            _ => None,
        }
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Indicator::Ipv4(address) => address.fmt(f),
            Indicator::Ipv6(address) => address.fmt(f),
            Indicator::Cidr(range) => range.fmt(f),
            Indicator::Domain(domain) => f.write_str(domain.ascii()),
            Indicator::Url(url) => url.fmt(f),
            Indicator::Hash(_, text) | Indicator::Email(text) => f.write_str(text),
        }
    }
}

/// What an indicator was cut out of: the user is told, as the rest is not looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutFrom {
    Url,
    HostAndPort,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    pub indicator: Indicator,
    pub cut_from: Option<CutFrom>,
}

/// Why an input is no indicator at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("it is empty")]
    Empty,
    #[error("a URL without a host")]
    NoHost,
    #[error("it ends in a number but is not an IPv4 address of four decimal parts")]
    NotDottedQuad,
    #[error("not an IPv6 address")]
    NotIpv6,
    #[error("not a domain name: it has no dot")]
    NoDot,
    #[error("not a domain name: {0}")]
    NotADomain(&'static str),
}

/// Understands one input as a person would have meant it.
pub fn parse(input: &str) -> Result<Parsed, Refusal> {
    let text = refang(bare(input));
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let whole = |indicator| {
        Ok(Parsed {
            indicator,
            cut_from: None,
        })
    };
    if let Some(algorithm) = Algorithm::of(text) {
        return whole(Indicator::Hash(algorithm, text.to_ascii_lowercase()));
    }
    if let Ok(range) = text.parse() {
        return whole(Indicator::Cidr(range));
    }
    if text.contains("://") || text.contains(['/', '\\', '?', '#']) {
        return Ok(Parsed {
            indicator: Indicator::Url(Url::parse(text)?),
            cut_from: Some(CutFrom::Url),
        });
    }
    if text.contains('@') {
        return whole(Indicator::Email(text.to_lowercase()));
    }
    if let Some(host) = split_port(text) {
        return Ok(Parsed {
            indicator: host_indicator(host)?,
            cut_from: Some(CutFrom::HostAndPort),
        });
    }
    whole(host_indicator(text)?)
}

/// Without what stands around an indicator in a text: quotes, brackets, a comma behind it.
fn bare(text: &str) -> &str {
    const OPENING: &[char] = &['"', '\'', '<', '(', '`', '“', '‘', '«'];
    const CLOSING: &[char] = &['"', '\'', '>', ')', '`', '”', '’', '»', ',', ';'];
    let text = text.trim().trim_start_matches(OPENING);
    text.trim_end_matches(CLOSING).trim()
}

/// A host: an address or a name. `[…]` and a bare `::1` are IPv6.
fn host_indicator(host: &str) -> Result<Indicator, Refusal> {
    let bracketed = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if bracketed.is_some() || host.contains(':') {
        return bracketed
            .unwrap_or(host)
            .parse()
            .map(Indicator::Ipv6)
            .map_err(|_| Refusal::NotIpv6);
    }
    match Domain::parse(host)? {
        // Full-width digits and `。` become an address only after normalisation.
        domain if ends_in_number(domain.ascii()) => domain
            .ascii()
            .parse()
            .map(Indicator::Ipv4)
            .map_err(|_| Refusal::NotDottedQuad),
        domain if !domain.ascii().contains('.') => Err(Refusal::NoDot),
        domain => Ok(Indicator::Domain(domain)),
    }
}

/// The host of `host:port`; none where there is no port or it is a bare IPv6 address.
fn split_port(text: &str) -> Option<&str> {
    let (host, port) = text.rsplit_once(':')?;
    let ipv6 = host.contains(':') && !host.ends_with(']');
    (!ipv6 && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

/// Whether a resolver would take it for an address: `127.1`, `0x7f.1`, `010.8.8.8`.
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hex = last
        .strip_prefix("0x")
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hex || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
