//! Line breaks, quotes and brackets as strings in JSON, in programs and in URLs write them.

use std::ops::Range;

use crate::indicator::letters::{is_dot, is_in_names};

/// Characters before a word that are looked at to see whether it stands in a path of Windows.
const BEHIND: usize = 260;

/// A word without the rest of an escape that ends right before it: of `\\nevil.com` the `n`, of
/// `%2Fevil.com` the `2F`.
pub(super) fn without_escape(text: &str, word: Range<usize>) -> Range<usize> {
    let before = &text.as_bytes()[..word.start];
    let here = &text.as_bytes()[word.clone()];
    let rest = match before.last() {
        Some(b'%') => percent(before, here),
        Some(b'\\') => Some(escape_rest(&text[..word.start], here)),
        _ => None,
    };
    word.start + rest.unwrap_or(0)..word.end
}

/// The name that a word is a part of, where letters or dots of it are percent escapes: of `b%61d.org`
/// all, whichever part comes first.
pub(super) fn escaped_name(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let of_name = |at: usize| is_escape_of_name(&text.as_bytes()[at..]);
    let before = word.start.checked_sub(1).filter(|at| of_name(*at));
    let start = before.unwrap_or_else(|| without_escape(text, word.clone()).start);
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
    let [b'%', high, low, ..] = text else {
        return false;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = digit(*high)
        .zip(digit(*low))
        .map(|(high, low)| high * 16 + low);
    let c = byte.and_then(char::from_u32);
    c.is_some_and(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// How much of what follows a backslash is the rest of an escape of a string, as JSON and programs
/// write it: of `nevil.com` the `n`; nothing where it separates folders.
pub fn escape_rest(before: &str, after: &[u8]) -> usize {
    let rest = escape(after).filter(|_| !is_path(before));
    rest.unwrap_or(0)
}

/// Whether an escape follows a backslash that ends a string or separates what stands in it.
pub(super) fn unescaped(after: &str) -> bool {
    after.starts_with(['"', '\'']) || escape(after.as_bytes()).is_some()
}

/// How long an escape is behind its backslash: `n`, `u003c`, `x22`.
fn escape(after: &[u8]) -> Option<usize> {
    let is_hex = |length: usize| {
        let digits = after.get(1..=length);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    match after.first()? {
        b'n' | b'r' | b't' => Some(1),
        b'u' if is_hex(4) => Some(5),
        b'x' if is_hex(2) => Some(3),
        _ => None,
    }
}

/// The two digits behind a `%`: of an ASCII character, or of one that takes several bytes.
fn percent(before: &[u8], here: &[u8]) -> Option<usize> {
    let [high, low, ..] = here else { return None };
    let goes_on = before.len() > 3 && before[before.len() - 4] == b'%';
    let is_ascii = (b'0'..b'8').contains(high);
    (low.is_ascii_hexdigit() && high.is_ascii_hexdigit() && (is_ascii || goes_on)).then_some(2)
}

/// Whether the backslash that ends a text separates folders, or is one that is itself escaped.
fn is_path(text: &str) -> bool {
    let before = text.trim_end_matches('\\');
    if (text.len() - before.len()).is_multiple_of(2) {
        return true;
    }
    let begins = |c: char| c.is_whitespace() || "\"'=,;<>|".contains(c);
    let path: usize = before
        .chars()
        .rev()
        .take(BEHIND)
        .take_while(|c| !begins(*c))
        .map(char::len_utf8)
        .sum();
    let path = &text[before.len() - path..];
    path.contains(":\\") || path.starts_with("\\\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_an_escape_is_no_part_of_a_word() {
        for (before, word, left) in [
            ("evil.com\\", "nevil.org", "evil.org"),
            ("\\", "u003cevil.com", "evil.com"),
            ("\\", "x22evil.com", "evil.com"),
            ("\\", "xevil.com", "xevil.com"),
            ("\\\\", "notes.net", "notes.net"),
            ("C:\\temp\\", "notes.net", "notes.net"),
            ("\\\\host\\", "notes.net", "notes.net"),
            ("http%3A%", "2Fevil.com", "evil.com"),
            ("%E9%AD%", "94evil.com", "evil.com"),
            ("50%", "facebook.com", "facebook.com"),
            ("", "nevil.com", "nevil.com"),
        ] {
            let text = format!("{before}{word}");
            let part = without_escape(&text, before.len()..text.len());
            assert_eq!(&text[part], left, "{text}");
        }
    }
}
