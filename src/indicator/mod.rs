//! An indicator: refanged, classified, normalised, defanged. Pure.
//!
//! A lookup costs quota and an indicator travels in many disguises, so what was typed is
//! understood here, before any request (spec: the table "Input" of the KTI contract).

mod address;
mod defang;
mod domain;
mod idna2008;
mod kind;
mod letters;
mod parse;
mod peel;
mod plain;
mod refang;
mod scan;
mod url;

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

pub use defang::{defang, harmless};
pub use domain::Domain;
pub use kind::Kind;
pub use letters::continues_name;
pub use parse::{parse, parse_public};
pub use plain::is_plain_name;
pub use refang::{begins_with_disguise, may_be_disguised, refang};
pub use scan::{
    BEFORE_ESCAPE, Certainty, Found, LONGEST_FOUND, PercentEscape, Scan, begins_with_entity,
    hex_byte, percent_escape, piece_end, scan, string_escape,
};
pub use url::{Url, without_escapes};

use parse::{host_indicator, split_port};
use url::{split_scheme, without_escapes_in_host};

/// What an input turned out to be. An address or a range is made [from](From) what `std` and
/// `ipnet` have, so that it has one form.
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
    /// Of so many hexadecimal digits.
    pub const fn of_length(digits: usize) -> Option<Self> {
        match digits {
            32 => Some(Algorithm::Md5),
            40 => Some(Algorithm::Sha1),
            64 => Some(Algorithm::Sha256),
            128 => Some(Algorithm::Sha512),
            _ => None,
        }
    }

    pub fn of(digest: &str) -> Option<Self> {
        let algorithm = Algorithm::of_length(digest.len())?;
        // All of them are looked at whatever the first one is: many at a time, that way.
        let digits = digest.bytes().map(|byte| byte.is_ascii_hexdigit());
        digits
            .fold(true, |all, is_digit| all & is_digit)
            .then_some(algorithm)
    }

    pub const fn kind(self) -> Kind {
        match self {
            Algorithm::Md5 => Kind::Md5,
            Algorithm::Sha1 => Kind::Sha1,
            Algorithm::Sha256 => Kind::Sha256,
            Algorithm::Sha512 => Kind::Sha512,
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
            Indicator::Hash(algorithm, _) => algorithm.kind(),
            Indicator::Email(_) => Kind::Email,
        }
    }

    /// The canonical text: two indicators are the same where kind and key are. A digest in lower
    /// case; a domain as A-labels; a range by its first address; an IPv4 address in the form of
    /// IPv6, and a range of one address, as the address (see `address.rs`); a URL without scheme, default
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
    /// What else it may be where the script changes: `evil.com` of `域名evil.com`.
    pub other_reading: Option<String>,
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
    #[error("not a domain name: {0:?} is a forbidden character")]
    Forbidden(char),
    #[error("not a domain name: {0} (U+{code:04X}) is not allowed in one (IDNA 2008)", code = u32::from(*.0))]
    NotAllowed(char),
    #[error("not a domain name: {0} is no punycode")]
    NotPunycode(String),
    #[error("not a domain name that somebody can have: .{0} is no public suffix")]
    NoPublicSuffix(String),
    #[error("a wildcard: ask for {0}")]
    Wildcard(String),
    #[error("a pattern, not a name")]
    Pattern,
    #[error("it is {0} with {1} before it, or the name {2}: ask for the one that is meant")]
    Sign(String, String, String),
    #[error("a name that begins with a hyphen: ask for {0}")]
    Hyphen(String),
    #[error("not an e-mail address")]
    NotAnAddress,
    #[error("no address range is of that length")]
    NoSuchRange,
    #[error("it is a text, with {0} in it (a blank is a forbidden character in a name)")]
    InText(String),
    #[error("it is more than one thing: {0}")]
    Several(String),
}

#[cfg(test)]
mod tests;
