//! What an indicator is: by the service's term for the place where it stands (`terms.tsv`) and by
//! the form of its value. One classification for OpenIOC and the Master IOC. Pure.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::LazyLock;

use crate::indicator::{Algorithm, Kind, is_plain_name, parse};

/// What stands at a term, if anything of its form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Hash,
    /// An address, a domain or a URL; what else a person might have put there by its form.
    Network,
    /// A URL with its host, and nothing less.
    Url,
    Email,
    File,
    Other,
}

static TERMS: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let lines = include_str!("terms.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (term, class) = line.split_once('\t')?;
            Some((term.to_ascii_lowercase(), Class::named(class)?))
        })
        .collect()
});

impl Class {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "hash" => Class::Hash,
            "network" => Class::Network,
            "url" => Class::Url,
            "email" => Class::Email,
            "file" => Class::File,
            "other" => Class::Other,
            _ => return None,
        })
    }

    /// By the whole term, else by its last segment, else by what is above it; `None` if none of
    /// these is in the table.
    pub fn of(term: &str) -> Option<Self> {
        let term = term.trim().to_ascii_lowercase();
        let last = || TERMS.get(&format!("*/{}", term.rsplit_once('/')?.1));
        let above = || {
            let ends = term.rmatch_indices('/').map(|(end, _)| &term[..end]);
            ends.into_iter()
                .find_map(|above| TERMS.get(&format!("{above}/*")))
        };
        TERMS.get(&term).or_else(last).or_else(above).copied()
    }

    /// What `value` is at such a term; `other` if its form is not one that belongs there.
    pub fn kind_of(self, value: &str) -> Kind {
        let kind = match self {
            Class::Other => return Kind::Other,
            Class::File if value.is_empty() => return Kind::Other,
            Class::File => return Kind::File,
            Class::Hash => return Algorithm::of(value).map_or(Kind::Other, Algorithm::kind),
            Class::Network | Class::Url | Class::Email => kind_by_form(value),
        };
        let belongs = match self {
            Class::Url => kind == Kind::Url,
            Class::Email => kind == Kind::Email,
            _ => true,
        };
        if belongs { kind } else { Kind::Other }
    }
}

/// By the form alone. A quote, a bracket or a blank is no part of an indicator, although a person
/// who types one is understood.
pub fn kind_by_form(value: &str) -> Kind {
    let first = value.bytes().next().unwrap_or_default();
    let is_v4 = first.is_ascii_digit() && value.parse::<Ipv4Addr>().is_ok();
    match () {
        () if is_v4 => Kind::Ip,
        () if is_plain_name(value) => Kind::Domain,
        () if b"\"'<(`".contains(&first) => Kind::Other,
        () if has_blank(value) => Kind::Other,
        () => {
            let address = value.split_whitespace().next().unwrap_or_default();
            parse(address).map_or(Kind::Other, |parsed| parsed.indicator.kind())
        }
    }
}

/// Whether there is a blank before the path of a URL; behind that, people write what they like.
fn has_blank(value: &str) -> bool {
    let (scheme, rest) = value.split_once("://").unwrap_or(("", value));
    let host = match scheme {
        "" => rest,
        _ => &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())],
    };
    [scheme, host]
        .iter()
        .any(|part| part.contains(char::is_whitespace))
}

/// The few words for types that a file has, each looked up once.
#[derive(Debug, Default)]
pub struct Words(Vec<(String, Option<Class>)>);

/// A file with more words than this has no types but titles.
const MAX_WORDS: usize = 32;

impl Words {
    pub fn class(&mut self, word: &str) -> Option<Class> {
        if let Some((_, class)) = self.0.iter().find(|(known, _)| known == word) {
            return *class;
        }
        let class = Class::of(word);
        if self.0.len() < MAX_WORDS {
            self.0.push((word.to_string(), class));
        }
        class
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_in_use() {
        let lines: Vec<_> = include_str!("terms.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        for line in &lines {
            let (term, class) = line.split_once('\t').unwrap();
            let found = Class::of(&term.replace('*', "Any/Path"));
            assert!(found.is_some() && found == Class::named(class), "{line}");
        }
        assert_eq!(lines.len(), TERMS.len());
    }

    #[test]
    fn kinds_by_term_and_form() {
        let md5 = "0123456789abcdef0123456789abcdef";
        let sha256 = "0123456789abcdef0123456789abcdef0123456789ABCDEF0123456789abcdef";
        for (term, value, kind) in [
            ("md5Hash", md5, Kind::Md5),
            ("SHA256HASH", sha256, Kind::Sha256),
            ("sha1Hash", sha256, Kind::Sha256),
            ("md5Hash", "evil.example", Kind::Other),
            ("md5Hash", "", Kind::Other),
            ("FileItem/Md5sum", md5, Kind::Md5),
            ("FileItem/StreamList/Stream/Md5sum", md5, Kind::Md5),
            ("FileItem/PEInfo/ImpHash", md5, Kind::Other),
            ("networkActivity", "192.0.2.1", Kind::Ip),
            ("networkActivity", "192.0.2.1:8080", Kind::Ip),
            ("networkActivity", "2001:db8::1", Kind::Ipv6),
            ("networkActivity", "192.0.2.0/24", Kind::Cidr),
            ("networkActivity", "192.0.2.", Kind::Other),
            ("networkActivity", "evil.example", Kind::Domain),
            ("networkActivity", "Evil.Example.", Kind::Domain),
            ("networkActivity", "evil.example:8080", Kind::Domain),
            ("networkActivity", "例え.example", Kind::Domain),
            ("networkActivity", "evil.example/a?b", Kind::Url),
            ("networkActivity", "hxxp://evil[.]example/a b", Kind::Url),
            ("networkActivity", "http://192.0.2.1", Kind::Url),
            ("networkActivity", "bob@evil.example", Kind::Email),
            ("networkActivity", "what is this.", Kind::Other),
            ("networkActivity", "\"evil.example\"", Kind::Other),
            ("networkActivity", "cmd.exe /c", Kind::Other),
            (
                "networkActivity",
                "Mozilla/5.0 (Windows NT 10.0)",
                Kind::Other,
            ),
            ("networkActivity", "high", Kind::Other),
            ("RouteEntryItem/Destination", "evil.example", Kind::Domain),
            ("routeentryitem/destination", "192.0.2.7", Kind::Ip),
            ("PortItem/process", "svchost.exe", Kind::Other),
            ("PortItem/remoteIP", "192.0.2.7", Kind::Ip),
            (
                "FileItem/PEInfo/ImportedModules/Module/Name",
                "kernel32.dll",
                Kind::Other,
            ),
            (
                "FileItem/PEInfo/Exports/DllName",
                "payload.dll",
                Kind::Other,
            ),
            ("Network/UserAgent", "curl/7.88", Kind::Other),
            ("Network/URI", "/gate.php?id=", Kind::Other),
            ("Network/URI", "index.php", Kind::Other),
            ("Network/URI", "evil.example/gate.php", Kind::Url),
            ("RouteEntryItem/Netmask", "255.255.255.0", Kind::Other),
            (
                "SystemInfoItem/networkArray/networkInfo/ipAddress",
                "192.0.2.7",
                Kind::Other,
            ),
            ("FileItem/PEInfo/RichHeader/Hash", md5, Kind::Other),
            ("FileItem/PEInfo/Sections/Section/Md5sum", md5, Kind::Md5),
            ("domainName", "evil.example", Kind::Domain),
            ("ipAddress", "2001:db8::1", Kind::Ipv6),
            ("fileHash", sha256, Kind::Sha256),
            ("Email/From", "bob@evil.example", Kind::Email),
            ("Email/From", "evil.example", Kind::Other),
            ("filePath", "C:\\a.exe", Kind::File),
            ("FileItem/FileName", "kernel32.dll", Kind::File),
            ("mutex", "Global\\x", Kind::Other),
        ] {
            let found = Class::of(term).map_or(Kind::Other, |class| class.kind_of(value));
            assert_eq!(found, kind, "{term} {value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_short_way_leads_where_the_long_one_does(value in "[a-z0-9.x:-]{0,20}") {
            let long = parse(&value).map_or(Kind::Other, |parsed| parsed.indicator.kind());
            proptest::prop_assert_eq!(kind_by_form(&value), long);
        }
    }
}
