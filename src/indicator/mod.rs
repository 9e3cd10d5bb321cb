//! An indicator: refanged, classified, normalised, defanged. Pure.
//!
//! A lookup costs quota and an indicator travels in many disguises, so what was typed is
//! understood here, before any request (spec: the table "Input" of the KTI contract).

mod domain;
mod refang;

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

pub use domain::Domain;
pub use refang::{defang, refang};

/// What an input turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Indicator {
    Ipv4(Ipv4Addr),
    Domain(Domain),
    Ipv6(Ipv6Addr),
    Cidr(String),
    /// Hexadecimal digest, lower-case, with the name of the algorithm of that length.
    Hash(&'static str, String),
    Email(String),
}

impl Indicator {
    /// The word for it in JSON (`type`).
    pub fn type_name(&self) -> &'static str {
        match self {
            Indicator::Ipv4(_) => "ip",
            Indicator::Domain(_) => "domain",
            Indicator::Ipv6(_) => "ipv6",
            Indicator::Cidr(_) => "cidr",
            Indicator::Hash(algorithm, _) => algorithm,
            Indicator::Email(_) => "email",
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
            Indicator::Domain(domain) => f.write_str(domain.ascii()),
            Indicator::Cidr(text) | Indicator::Hash(_, text) | Indicator::Email(text) => {
                f.write_str(text)
            }
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
    if let Some(algorithm) = hash_algorithm(text) {
        return whole(Indicator::Hash(algorithm, text.to_ascii_lowercase()));
    }
    if is_cidr(text) {
        return whole(Indicator::Cidr(text.to_ascii_lowercase()));
    }
    let authority = match text.split_once("://") {
        Some((_, rest)) => Some(rest),
        // `evil.com/gate.php`, pasted without its scheme.
        None if text.contains(['/', '\\', '?', '#']) => Some(text),
        None => None,
    };
    if let Some(rest) = authority {
        // A backslash ends the authority, as it does in browsers; userinfo is before the last `@`.
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let host = rest[..end].rsplit('@').next().unwrap_or_default();
        let host = split_port(host).unwrap_or(host);
        if host.is_empty() {
            return Err(Refusal::NoHost);
        }
        return Ok(Parsed {
            indicator: host_indicator(host)?,
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

fn hash_algorithm(text: &str) -> Option<&'static str> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match text.len() {
        32 => Some("md5"),
        40 => Some("sha1"),
        64 => Some("sha256"),
        128 => Some("sha512"),
        _ => None,
    }
}

fn is_cidr(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, length)| {
        address.parse::<std::net::IpAddr>().is_ok()
            && !length.is_empty()
            && length.len() <= 3
            && length.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests;
