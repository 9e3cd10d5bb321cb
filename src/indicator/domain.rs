use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::Refusal;

/// A host name as it goes over the wire: lower-case A-labels, no trailing dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Domain {
    ascii: String,
    unicode: Option<String>,
}

impl Domain {
    /// UTS-46; underscores are let through, as names like `_dmarc.evil.com` are asked for.
    pub(super) fn parse(host: &str) -> Result<Self, Refusal> {
        let uts46 = Uts46::new();
        let ascii = uts46
            .to_ascii(
                host.as_bytes(),
                AsciiDenyList::URL,
                Hyphens::Allow,
                DnsLength::VerifyAllowRootDot,
            )
            .map_err(|_| {
                Refusal::NotADomain("a label is empty, too long, or has a forbidden character")
            })?;
        let ascii = ascii.strip_suffix('.').unwrap_or(&ascii).to_string();
        let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if !ascii.bytes().all(named) || !ascii.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::NotADomain(
                "only letters, digits, '-', '_' and dots are allowed",
            ));
        }
        let (unicode, _) = uts46.to_unicode(ascii.as_bytes(), AsciiDenyList::URL, Hyphens::Allow);
        let unicode = (unicode != ascii).then(|| unicode.into_owned());
        Ok(Domain { ascii, unicode })
    }

    pub fn ascii(&self) -> &str {
        &self.ascii
    }

    pub fn unicode(&self) -> Option<&str> {
        self.unicode.as_deref()
    }
}
