//! What an escape is, as strings in JSON and in programs, URLs and syslog write line breaks, quotes
//! and brackets. Of the one right before a word the rest is taken for the word's beginning. Pure.

use std::ops::Range;

use crate::indicator::letters::{is_dot, is_in_names};

/// Bytes before a word that are looked at to see whether it stands in a path of Windows.
pub const BEFORE_ESCAPE: usize = 264;

/// The rest of an escape of a string, at the beginning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StringEscape {
    pub length: usize,
    /// Of `\\nevil.com` nobody knows: a line break that is escaped twice, or the name of a server.
    pub is_sure: bool,
}

/// The escape of a string whose backslash ends what is before a word, of `\nevil.com` the `n`; or
/// that of syslog, `#012`. `None` where it is none, or the backslash separates folders.
pub fn string_escape(before: &[u8], word: &[u8]) -> Option<StringEscape> {
    let is_octal = matches!(word, [b'0', b'0'..=b'7', b'0'..=b'7', ..]);
    let hex = |length: usize| {
        let digits = word.get(1..=length)?;
        let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
        is_hex.then_some(1 + length)
    };
    let sure = |length| {
        Some(StringEscape {
            length,
            is_sure: true,
        })
    };
    let length = match (before.last()?, word.first()?) {
        (b'#', _) if is_octal => return sure(3),
        (b'[' | b';', b'0'..=b'9' | b'm') => return sure(colour(before, word)?),
        (b'\\', b'u') if word.get(1) == Some(&b'{') => {
            let digits = word.iter().take(9).position(|byte| *byte == b'}')?;
            digits + 1
        }
        (b'\\', b'u') => hex(4)?,
        (b'\\', b'U') => hex(8)?,
        (b'\\', b'x') => hex(2)?,
        (b'\\', b'0') if is_octal => 3,
        (b'\\', b'0') if !word.get(1).is_some_and(u8::is_ascii_digit) => 1,
        (b'\\', b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v') => 1,
        _ => return None,
    };
    let before = &before[before.len().saturating_sub(BEFORE_ESCAPE)..];
    let outer = before.iter().rposition(|byte| *byte != b'\\');
    let (outer, backslashes) = before.split_at(outer.map_or(0, |last| last + 1));
    let is_sure = length > 1 || backslashes.len() % 2 == 1;
    (!is_in_path(outer)).then_some(StringEscape { length, is_sure })
}

/// The rest of what sets a colour at a terminal: of `\x1b[1;31mevil.com` the `31m`.
fn colour(before: &[u8], word: &[u8]) -> Option<usize> {
    const ESC: [&[u8]; 8] = [
        b"\x1b", b"\\e", b"\\033", b"\\x1b", b"\\x1B", b"\\u001b", b"\\u001B", b"#033",
    ];
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
    let digits = word
        .iter()
        .take(12)
        .take_while(|byte| is_number(byte))
        .count();
    let numbers = before
        .iter()
        .rev()
        .take(12)
        .take_while(|byte| is_number(byte));
    let head = &before[..before.len() - numbers.count()];
    let begins = head.strip_suffix(b"[")?;
    let is_colour = word.get(digits) == Some(&b'm') && ESC.iter().any(|esc| begins.ends_with(esc));
    is_colour.then_some(digits + 1)
}

/// Whether a word that ends here, before backslashes, is a path of Windows: `C:`, `C:\temp`,
/// `\\host`, `%TEMP%`.
fn is_in_path(text: &[u8]) -> bool {
    let begins = |byte: &u8| *byte <= b' ' || b"\"'=,;<>|".contains(byte);
    let word = text.iter().rposition(begins).map_or(0, |at| at + 1);
    let word = &text[word..];
    let is_drive = |colon: usize| {
        let before = &word[..colon];
        let is_in_word =
            |at: usize| before.len() > at && before[before.len() - at - 1].is_ascii_alphanumeric();
        is_in_word(0) && !is_in_word(1)
    };
    let follows = |at: usize| word.get(at + 1).is_none_or(|byte| *byte == b'\\');
    let is_root = |at: usize| match word[at] {
        b'%' => word[..at].contains(&b'%'),
        _ => is_drive(at),
    };
    let ends_root = |at: usize| follows(at) && is_root(at);
    word.starts_with(b"\\\\") || memchr::memchr2_iter(b':', b'%', word).any(ends_root)
}

/// A percent escape whose digits begin a word; one of an escape, `%252F`, is as long as the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentEscape {
    /// It stands for what separates: the word begins behind so many bytes.
    Separates(usize),
    /// It stands for a part of the word.
    Joins(usize),
    /// It stands for a byte beyond ASCII, which may be a part of the word that begins behind it.
    Widens(usize),
}

/// The percent escape whose `%` ends what is before a word.
pub fn percent_escape(before: &[u8], word: &[u8]) -> Option<PercentEscape> {
    before.last().filter(|byte| **byte == b'%')?;
    let mut length = 0;
    // The digits of the escape within the escape follow it, as if its `%` stood there.
    loop {
        let byte = hex_byte(&word[length..]);
        length += 2;
        return Some(match byte {
            Some(b'%') if hex_byte(&word[length..]).is_some() => continue,
            Some(byte) if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) => {
                PercentEscape::Joins(length)
            }
            Some(0x80..) => PercentEscape::Widens(length),
            Some(_) => PercentEscape::Separates(length),
            None => return None,
        });
    }
}

/// The name that a word is a part of, where letters or dots of it are percent escapes: of `b%61d.org`
/// all, whichever part comes first.
pub(super) fn name_in_escapes(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let of_name = |at: usize| is_escape_of_name(&bytes[at..]);
    let before = word.start.checked_sub(1).filter(|at| of_name(*at));
    let behind_escape = || {
        let rest = escape_rest(&bytes[..word.start], &bytes[word.clone()]);
        word.start + rest.map_or(0, |rest| rest.length)
    };
    let start = before.unwrap_or_else(behind_escape);
    let mut end = if before.is_some() { start } else { word.end };
    while let Some(c) = text[end..].chars().next() {
        end += match c {
            '%' if of_name(end) => 3,
            c if is_in_names(c) || is_dot(c) => c.len_utf8(),
            _ => break,
        };
    }
    (before.is_some() || end > word.end).then_some(start..end)
}

fn is_escape_of_name(text: &[u8]) -> bool {
    let byte = text.strip_prefix(b"%").and_then(hex_byte);
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The byte that two hexadecimal digits at the beginning of a text stand for.
pub fn hex_byte(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    match text {
        [high, low, ..] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
        _ => None,
    }
}

/// How much of a word is the rest of an escape right before it.
pub(super) fn escape_rest(before: &[u8], word: &[u8]) -> Option<StringEscape> {
    let length = match percent_escape(before, word) {
        Some(PercentEscape::Separates(length) | PercentEscape::Joins(length)) => length,
        // Of one byte beyond ASCII there is no character.
        Some(PercentEscape::Widens(length)) if follows_percent_escape(before) => length,
        _ => return string_escape(before, word),
    };
    Some(StringEscape {
        length,
        is_sure: true,
    })
}

/// Whether the `%` that ends a text follows an escape: `%E9%`, `%25E9%`.
fn follows_percent_escape(text: &[u8]) -> bool {
    let Some(mut head) = text.len().checked_sub(3).map(|end| &text[..end]) else {
        return false;
    };
    while let Some(outer) = head.strip_suffix(b"25") {
        head = outer;
    }
    head.ends_with(b"%")
}

/// Whether an escape follows a backslash that ends a text: it ends a string, or separates what
/// stands in it.
pub(super) fn ends_in_string(before: &str, after: &str) -> bool {
    after.starts_with(['"', '\'']) || string_escape(before.as_bytes(), after.as_bytes()).is_some()
}

/// Whether a text begins with a sign that HTML escapes and no URL has: `&quot;`, `&#34;`, `&#x22;`,
/// also escaped twice.
pub fn begins_with_entity(text: &[u8]) -> bool {
    const NAMES: [&str; 5] = ["quot", "lt", "gt", "apos", "nbsp"];
    let Some(mut inner) = text.strip_prefix(b"&") else {
        return false;
    };
    while let Some(rest) = inner.strip_prefix(b"amp;") {
        inner = rest;
    }
    let end = inner.iter().take(8).position(|byte| *byte == b';');
    let name = end.and_then(|end| std::str::from_utf8(&inner[..end]).ok());
    let Some(name) = name else {
        return false;
    };
    let code = match name.strip_prefix('#') {
        None => return NAMES.contains(&name),
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u8::from_str_radix(digits, 16),
            None => digits.parse(),
        },
    };
    code.is_ok_and(|code| code <= b' ' || b"\"'<>\xa0".contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_an_escape_is_no_part_of_a_word() {
        for (before, word, left) in [
            ("evil.com\\", "nevil.org", "evil.org"),
            ("hosts:\\", "nevil.org", "evil.org"),
            ("\\", "bevil.com", "evil.com"),
            ("\\", "u003cevil.com", "evil.com"),
            ("\\\\", "u003cevil.com", "evil.com"),
            ("\\", "U0000000aevil.com", "evil.com"),
            ("\\", "x22evil.com", "evil.com"),
            ("\\", "xevil.com", "xevil.com"),
            ("\\", "012evil.com", "evil.com"),
            ("\\", "0evil.com", "evil.com"),
            ("\\", "09.evil.com", "09.evil.com"),
            ("a#", "012evil.com", "evil.com"),
            ("\x1b[", "31mevil.com", "evil.com"),
            ("\\u001b[1;", "31mevil.com", "evil.com"),
            ("#033[", "mevil.com", "evil.com"),
            ("a[", "31mevil.com", "31mevil.com"),
            ("a#", "123.evil.com", "123.evil.com"),
            ("C:\\temp\\", "notes.net", "notes.net"),
            ("C:\\", "notes.net", "notes.net"),
            ("file:///c:\\\\", "notes.net", "notes.net"),
            ("%TEMP%\\", "notes.net", "notes.net"),
            ("\\\\host\\", "notes.net", "notes.net"),
            ("http%3A%", "2Fevil.com", "evil.com"),
            ("%", "25250aevil.com", "evil.com"),
            ("%E9%AD%", "94evil.com", "evil.com"),
            ("%25E9%25AD%", "2594evil.com", "evil.com"),
            ("50%", "facebook.com", "facebook.com"),
            ("", "nevil.com", "nevil.com"),
        ] {
            let rest = escape_rest(before.as_bytes(), word.as_bytes());
            assert!(rest.is_none_or(|rest| rest.is_sure), "{before}{word}");
            let length = rest.map_or(0, |rest| rest.length);
            assert_eq!(&word[length..], left, "{before}{word}");
        }
        let twice = string_escape(b"\\\\", b"nevil.com").map(|rest| rest.is_sure);
        assert_eq!(twice, Some(false));
    }

    #[test]
    fn signs_that_html_escapes() {
        for (text, is_one) in [
            ("&quot;x", true),
            ("&#34;", true),
            ("&#x22;", true),
            ("&#039;", true),
            ("&amp;amp;lt;", true),
            ("&#10;", true),
            ("&nbsp;", true),
            ("&amp;y=1", false),
            ("&lt=1;", false),
            ("&#65;", false),
            ("&", false),
        ] {
            assert_eq!(begins_with_entity(text.as_bytes()), is_one, "{text}");
        }
    }
}
