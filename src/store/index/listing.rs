//! What of an index a thing that was seen can be listed as. Pure.

use std::borrow::Cow;
use std::net::IpAddr;
use std::ops::ControlFlow;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::indicator::{Kind, without_escapes};
use crate::store::filter;

/// How what was seen is what is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is the same.
    Exact,
    /// A name below a domain that is listed.
    Subdomain,
    /// A URL that goes on after one that is listed: with a query, or below its last `/`.
    UrlPrefix,
    /// The host of a URL that is listed.
    UrlHost,
    /// An address of a range that is listed.
    Cidr,
    /// Written in its own script.
    Idna,
    /// Written with percent escapes.
    Percent,
    /// Written so that nobody clicks it: `evil[.]com`.
    Defanged,
    /// Written as a DNS server logs it: `(4)evil(3)com(0)`.
    DnsLabels,
}

impl How {
    pub fn name(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Subdomain => "subdomain",
            How::UrlPrefix => "url_prefix",
            How::UrlHost => "url_host",
            How::Cidr => "cidr",
            How::Idna => "idna",
            How::Percent => "percent",
            How::Defanged => "defanged",
            How::DnsLabels => "dns_labels",
        }
    }
}

/// One question to an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// An indicator, by its canonical key.
    Key(Kind, &'a str),
    /// A URL that leads to this host.
    UrlHost(&'a str),
}

impl Entry<'_> {
    pub fn hash(self) -> u64 {
        match self {
            Entry::Key(kind, key) => filter::hash(space(kind), key.as_bytes()),
            Entry::UrlHost(host) => filter::hash(URL_HOST, host.as_bytes()),
        }
    }
}

/// The hash of the entry of a digest, in upper case too.
#[inline]
pub fn digest_hash(kind: Kind, digest: &[u8]) -> u64 {
    filter::caseless_hash(space(kind), digest)
}

const URL_HOST: u8 = 1;

/// Kept in files: a number never changes its kind.
const fn space(kind: Kind) -> u8 {
    match kind {
        Kind::Ip => 16,
        Kind::Ipv6 => 17,
        Kind::Cidr => 18,
        Kind::Domain => 19,
        Kind::Url => 20,
        Kind::Email => 21,
        Kind::Md5 => 22,
        Kind::Sha1 => 23,
        Kind::Sha256 => 24,
        Kind::Sha512 => 25,
        Kind::File => 26,
        Kind::Other => 27,
    }
}

/// Of a name; an address as a whole.
pub fn last_two_labels(host: &[u8]) -> &[u8] {
    let mut dots = memchr::memrchr_iter(b'.', host);
    let last = dots.next().map_or(0, |dot| dot + 1);
    let is_address = host[last..].iter().all(u8::is_ascii_digit) || host.contains(&b':');
    match dots.next() {
        Some(dot) if !is_address => &host[dot + 1..],
        _ => host,
    }
}

/// The host in the key of a URL: `evil.com:8080/x`, `[2001:db8::1]/x`.
pub fn host_of(key: &str) -> &str {
    match key.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => key.split([':', '/']).next().unwrap_or_default(),
    }
}

/// What an index holds besides rows that can be asked for by their key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lengths {
    /// Prefix lengths of the ranges that are listed, longest first.
    pub v4: Vec<u8>,
    pub v6: Vec<u8>,
    /// Bytes of the longest key of a URL.
    pub longest_url: usize,
}

/// Whoever looks whether an entry is listed, and ends the visit when it is enough.
pub type Visit<'a> = dyn FnMut(Entry<'_>, How) -> ControlFlow<()> + 'a;

/// Visits what a thing with this canonical key can be listed as, the most specific first.
pub fn listings(kind: Kind, key: &str, lengths: &Lengths, visit: &mut Visit) -> ControlFlow<()> {
    if kind == Kind::Url {
        return url(key, lengths, visit);
    }
    visit(Entry::Key(kind, key), How::Exact)?;
    match kind {
        Kind::Domain => {
            parents(key)
                .try_for_each(|parent| visit(Entry::Key(Kind::Domain, parent), How::Subdomain))?;
            visit(Entry::UrlHost(key), How::UrlHost)
        }
        Kind::Ip | Kind::Ipv6 => {
            if let Ok(address) = key.parse::<IpAddr>() {
                ranges(IpNet::from(address), lengths, visit)?;
            }
            visit(Entry::UrlHost(key), How::UrlHost)
        }
        Kind::Cidr => match key.parse() {
            Ok(range) => ranges(range, lengths, visit),
            Err(_) => ControlFlow::Continue(()),
        },
        _ => ControlFlow::Continue(()),
    }
}

fn url(key: &str, lengths: &Lengths, visit: &mut Visit) -> ControlFlow<()> {
    url_listings(key, visit)?;
    let mut written = Cow::Borrowed(key);
    for unescaped in without_escapes(key) {
        let mut visit_new = |entry: Entry<'_>, how| match is_unescaped(entry, &written) {
            true => visit(entry, how),
            false => ControlFlow::Continue(()),
        };
        url_listings(&unescaped, &mut visit_new)?;
        written = Cow::Owned(unescaped);
    }
    let host = host_of(key);
    let kind = match host.parse() {
        Ok(IpAddr::V4(_)) => Kind::Ip,
        Ok(IpAddr::V6(_)) => Kind::Ipv6,
        Err(_) => Kind::Domain,
    };
    listings(kind, host, lengths, visit)
}

/// Whether this is an entry for the URL with this key only where its percent escapes come off.
pub fn is_unescaped(entry: Entry<'_>, key: &str) -> bool {
    matches!(entry, Entry::Key(Kind::Url, listed) if !key.starts_with(listed))
}

/// Folders of a URL that are asked for: a long line of slashes would take for ever.
const DEEPEST: usize = 64;

/// The part of [`listings`] that is about URLs: itself, without its query, and each beginning
/// that ends in `/`.
pub fn url_listings(key: &str, visit: &mut Visit) -> ControlFlow<()> {
    visit(Entry::Key(Kind::Url, key), How::Exact)?;
    let path = key.split('?').next().unwrap_or_default();
    if path.len() < key.len() {
        visit(Entry::Key(Kind::Url, path), How::UrlPrefix)?;
    }
    let slashes = memchr::memchr_iter(b'/', path.as_bytes());
    let slashes: Vec<_> = slashes.take(DEEPEST).collect();
    let beginnings = slashes.iter().rev().map(|slash| &path[..=*slash]);
    beginnings
        .filter(|beginning| beginning.len() < path.len())
        .try_for_each(|beginning| visit(Entry::Key(Kind::Url, beginning), How::UrlPrefix))
}

/// The domains above one: `b.c` of `a.b.c`, never a single label.
fn parents(domain: &str) -> impl Iterator<Item = &str> {
    let dots = memchr::memchr_iter(b'.', domain.as_bytes());
    dots.map(|dot| &domain[dot + 1..])
        .filter(|parent| parent.contains('.'))
}

/// The ranges that hold this one and are not it, smallest first.
fn ranges(inner: IpNet, lengths: &Lengths, visit: &mut Visit) -> ControlFlow<()> {
    let lengths = match inner {
        IpNet::V4(_) => &lengths.v4,
        IpNet::V6(_) => &lengths.v6,
    };
    let outer = lengths
        .iter()
        .filter(|length| **length < inner.prefix_len());
    let ranges = outer.filter_map(|length| IpNet::new(inner.addr(), *length).ok());
    for range in ranges {
        let key = range.trunc().to_string();
        visit(Entry::Key(Kind::Cidr, &key), How::Cidr)?;
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(kind: Kind, key: &str) -> Vec<String> {
        let lengths = Lengths {
            v4: vec![24, 8],
            v6: vec![64, 32],
            longest_url: 0,
        };
        let mut seen = Vec::new();
        let _ = listings(kind, key, &lengths, &mut |entry, how| {
            seen.push(match entry {
                Entry::Key(kind, key) => format!("{kind} {key} {}", how.name()),
                Entry::UrlHost(host) => format!("on {host} {}", how.name()),
            });
            ControlFlow::Continue(())
        });
        seen
    }

    #[test]
    fn what_is_seen_can_be_listed_as() {
        assert_eq!(
            all(Kind::Domain, "a.b.evil.com"),
            [
                "domain a.b.evil.com exact",
                "domain b.evil.com subdomain",
                "domain evil.com subdomain",
                "on a.b.evil.com url_host"
            ]
        );
        assert_eq!(
            all(Kind::Url, "evil.com:8080/a/b?c=/d"),
            [
                "url evil.com:8080/a/b?c=/d exact",
                "url evil.com:8080/a/b url_prefix",
                "url evil.com:8080/a/ url_prefix",
                "url evil.com:8080/ url_prefix",
                "domain evil.com exact",
                "on evil.com url_host"
            ]
        );
        assert_eq!(
            all(Kind::Url, "evil.com/%61/b%252Ephp%zz"),
            [
                "url evil.com/%61/b%252Ephp%zz exact",
                "url evil.com/%61/ url_prefix",
                "url evil.com/ url_prefix",
                "url evil.com/a/b%2Ephp%zz exact",
                "url evil.com/a/ url_prefix",
                "url evil.com/a/b.php%zz exact",
                "domain evil.com exact",
                "on evil.com url_host"
            ]
        );
        assert_eq!(
            all(Kind::Url, "[2001:db8::1]/"),
            [
                "url [2001:db8::1]/ exact",
                "ipv6 2001:db8::1 exact",
                "cidr 2001:db8::/64 cidr",
                "cidr 2001:db8::/32 cidr",
                "on 2001:db8::1 url_host"
            ]
        );
        assert_eq!(
            all(Kind::Ip, "192.0.2.7"),
            [
                "ip 192.0.2.7 exact",
                "cidr 192.0.2.0/24 cidr",
                "cidr 192.0.0.0/8 cidr",
                "on 192.0.2.7 url_host"
            ]
        );
        assert_eq!(
            all(Kind::Cidr, "10.1.0.0/16"),
            ["cidr 10.1.0.0/16 exact", "cidr 10.0.0.0/8 cidr"]
        );
        assert_eq!(all(Kind::Md5, "d4"), ["md5 d4 exact"]);
        assert_eq!(all(Kind::Email, "a@b.c"), ["email a@b.c exact"]);
    }
}
