//! Names and URLs that need no understanding, told at a glance: nearly all of a long list. Pure.

/// Whether a text is a name of ASCII letters and digits, with hyphens that mean nothing: one that
/// is as it stands there, but for upper case.
pub fn is_plain_name(text: &str) -> bool {
    let (mut labels, mut label, mut before, mut letters) = (1, 0, b'.', true);
    for byte in text.bytes() {
        match byte {
            b'.' | b'-' if before == b'-' || before == b'.' => return false,
            b'.' => (labels, label, letters) = (labels + 1, 0, true),
            _ if !byte.is_ascii_alphanumeric() && byte != b'-' => return false,
            _ => (label, letters) = (label + 1, letters && byte.is_ascii_alphabetic()),
        }
        if label > 63 {
            return false;
        }
        before = byte;
    }
    let ends_well = before != b'-' && before != b'.';
    ends_well && letters && labels > 1 && text.len() <= 253
}

/// A URL of the Web without disguise.
pub(super) struct PlainUrl<'a> {
    pub scheme: &'a str,
    /// A plain name, or what could be an address.
    pub host: &'a str,
    /// With its colon; empty where there is none.
    pub port: &'a str,
    pub path: &'a str,
}

pub(super) fn plain_url(text: &str) -> Option<PlainUrl<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
    // Nothing in it begins, separates or disguises anything.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_~?=".contains(&byte);
    let ends_well = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'/';
    let is_port = |port: &str| {
        (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit())
    };
    (matches!(scheme, "http" | "https")
        && port.strip_prefix(':').is_none_or(is_port)
        && path.bytes().all(is_plain)
        && path.as_bytes().last().is_none_or(ends_well))
    .then_some(PlainUrl {
        scheme,
        host,
        port,
        path,
    })
}
