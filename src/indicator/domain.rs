use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::{Refusal, idna2008, letters};

/// Names for special use are names although no registry sells them (RFC 2606, 6761, 6762, 7686,
/// 8375, 9476; `.internal`: ICANN, 2024).
const SPECIAL_USE: [&str; 10] = [
    "alt",
    "arpa",
    "example",
    "home.arpa",
    "internal",
    "invalid",
    "local",
    "localhost",
    "onion",
    "test",
];

/// A host name as it goes over the wire: lower-case A-labels, no trailing dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Domain {
    ascii: String,
    unicode: Option<String>,
}

impl Domain {
    /// UTS 46 maps it, IDNA 2008 judges it; underscores are let through, as names like
    /// `_dmarc.evil.com` are asked for.
    pub(super) fn parse(host: &str) -> Result<Self, Refusal> {
        if let Some(c) = host.chars().find(|c| letters::is_foreign(*c)) {
            return Err(Refusal::NotAllowed(c));
        }
        let uts46 = Uts46::new();
        let ascii = uts46
            .to_ascii(
                host.as_bytes(),
                AsciiDenyList::URL,
                Hyphens::Allow,
                DnsLength::VerifyAllowRootDot,
            )
            .map_err(|_| why_not(host))?;
        let ascii = ascii.strip_suffix('.').unwrap_or(&ascii).to_string();
        let named = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if let Some(c) = ascii.chars().find(|c| !named(c)) {
            return Err(Refusal::Forbidden(c));
        }
        if !ascii.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::NotADomain("it has neither letter nor digit"));
        }
        let (unicode, _) = uts46.to_unicode(ascii.as_bytes(), AsciiDenyList::URL, Hyphens::Allow);
        if let Some(c) = unicode.split('.').find_map(idna2008::not_allowed) {
            let typed = host
                .chars()
                .find(|typed| idna2008::mapped(*typed).contains(c));
            return Err(Refusal::NotAllowed(typed.unwrap_or(c)));
        }
        let unicode = (unicode != ascii).then(|| unicode.into_owned());
        Ok(Domain { ascii, unicode })
    }

    /// Of what [`is_plain_name`](super::is_plain_name) takes for one.
    pub(super) fn plain(name: &str) -> Self {
        Domain {
            ascii: name.to_ascii_lowercase(),
            unicode: None,
        }
    }

    pub fn ascii(&self) -> &str {
        &self.ascii
    }

    pub fn unicode(&self) -> Option<&str> {
        self.unicode.as_deref()
    }

    /// Its last label, in its own script.
    pub fn top(&self) -> &str {
        let name = self.unicode.as_deref().unwrap_or(&self.ascii);
        name.rsplit('.').next().unwrap_or_default()
    }

    /// Whether somebody can have such a name: below a public suffix, or one for special use.
    pub fn is_public(&self) -> bool {
        has_public_suffix(&self.ascii)
    }

    /// Whether those below it are of different owners: a registry's suffix (`co.uk`), or that of a
    /// host of many (`github.io`).
    pub fn is_suffix(&self) -> bool {
        psl::suffix(self.ascii.as_bytes())
            .is_some_and(|suffix| suffix.as_bytes().len() == self.ascii.len())
    }
}

/// Of a name in lower case, its labels in ASCII.
pub(super) fn has_public_suffix(name: &str) -> bool {
    let top = name.rsplit('.').next().unwrap_or_default();
    SPECIAL_USE.contains(&top)
        || psl::suffix(top.as_bytes()).is_some_and(|suffix| suffix.is_known())
        || psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// What of it no domain name may have.
fn why_not(host: &str) -> Refusal {
    let host = host.strip_suffix(letters::is_dot).unwrap_or(host);
    for label in host.split(letters::is_dot) {
        let lower = label.to_ascii_lowercase();
        if label.is_empty() {
            return Refusal::NotADomain("a label is empty");
        }
        if let Some(c) = label
            .chars()
            .find(|c| c.is_ascii() && !letters::is_in_names(*c))
        {
            return Refusal::Forbidden(c);
        }
        if let Some(encoded) = lower.strip_prefix("xn--") {
            let Some(label) = decoded(encoded) else {
                return Refusal::NotPunycode(label.to_string());
            };
            if let Some(c) = idna2008::not_allowed(&label) {
                return Refusal::NotAllowed(c);
            }
        }
        if let Some(c) = idna2008::not_allowed(&lower) {
            return Refusal::NotAllowed(c);
        }
        if label.len() > 63 {
            return Refusal::NotADomain("a label is longer than 63 bytes");
        }
    }
    match host.len() > 253 {
        true => Refusal::NotADomain("it is longer than 253 bytes"),
        false => Refusal::NotADomain("its letters cannot stand together in a label"),
    }
}

/// What it is punycode of; `None` for what is no punycode of a label that needs it.
fn decoded(text: &str) -> Option<String> {
    let label = idna::punycode::decode_to_string(text)?;
    let is_canonical = idna::punycode::encode_str(&label).as_deref() == Some(text);
    (!label.is_ascii() && is_canonical).then_some(label)
}

/// Top-level domains that are endings of files, whose names stand in texts more often than sites.
const FILE_ENDINGS: [&str; 17] = [
    "bz", "cab", "dot", "gz", "map", "md", "mov", "pl", "pm", "ps", "py", "rs", "sh", "so", "tf",
    "zip", "ph",
];

/// Whether a name in lower case could be a file's.
pub(in crate::indicator) fn is_like_file(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    FILE_ENDINGS.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_which_everybody_is_another() {
        for (name, is_suffix) in [
            ("com", true),
            ("co.uk", true),
            ("公司.cn", true),
            ("anything.ck", true),
            ("www.ck", false),
            ("github.io", true),
            ("blogspot.com", true),
            ("s3.amazonaws.com", true),
            ("evil.com", false),
            ("evil.co.uk", false),
            ("a.github.io", false),
            ("金山.cn", false),
        ] {
            assert_eq!(
                Domain::parse(name).unwrap().is_suffix(),
                is_suffix,
                "{name}"
            );
        }
    }

    #[test]
    fn names_that_somebody_can_have() {
        for (name, public) in [
            ("evil.com", true),
            ("evil.co.uk", true),
            ("a.github.io", true),
            ("金山.中国", true),
            ("💩.la", true),
            ("printer.local", true),
            ("x.onion", true),
            ("5.1.168.192.in-addr.arpa", true),
            ("a.example", true),
            ("invoice.pdf", false),
            ("setup.exe", false),
            ("evil.com的", false),
            ("server.corp", false),
        ] {
            assert_eq!(Domain::parse(name).unwrap().is_public(), public, "{name}");
        }
    }
}
