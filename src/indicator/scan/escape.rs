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
    pub certainty: Certainty,
}

/// Whether the word begins behind it: of `\nevil.com` nobody knows, it may be a line break or the
/// name in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    Unlikely,
    Likely,
    Sure,
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
            certainty: Certainty::Sure,
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
    let certainty = certainty(before, (length == 1).then_some(word[0]))?;
    Some(StringEscape { length, certainty })
}

/// How sure an escape behind backslashes is, one of a letter or a longer one; `None` where the
/// backslashes separate folders.
fn certainty(before: &[u8], letter: Option<u8>) -> Option<Certainty> {
    let before = &before[before.len().saturating_sub(BEFORE_ESCAPE)..];
    let outer = before.iter().rposition(|byte| *byte != b'\\');
    let (outer, backslashes) = before.split_at(outer.map_or(0, |last| last + 1));
    let place = Place::of(outer, backslashes);
    let Some(letter) = letter.filter(|_| place != Place::Folder) else {
        return (place != Place::Folder).then_some(Certainty::Sure);
    };
    // The others hardly stand between indicators.
    let is_common = matches!(letter, b'n' | b'r' | b't');
    match place {
        Place::MayBeFolder if !is_common => None,
        Place::Bare if is_common => Some(Certainty::Likely),
        // The name of a server.
        Place::Start if backslashes.len() % 2 == 0 => Some(Certainty::Unlikely),
        Place::Start | Place::Text => Some(Certainty::Likely),
        _ => Some(Certainty::Unlikely),
    }
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

/// What stands before backslashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A path of Windows: `C:`, `C:\temp`, `\\host`, `%TEMP%`, `HKLM\Software`, `..`.
    Folder,
    /// The same with blanks in it, `C:\Program Files`, or without its beginning, `Software\Zone`.
    MayBeFolder,
    /// A word that could name a folder or the domain of an account: `CORP`.
    Bare,
    /// No word.
    Start,
    /// Anything else: a name, an address, the end of a sentence.
    Text,
}

impl Place {
    fn of(text: &[u8], backslashes: &[u8]) -> Self {
        /// Words of the name of a folder: `Program Files (x86)`.
        const WORDS: usize = 3;
        let ends = |byte: &u8| *byte < b' ' || b"\"'=,;<>|".contains(byte);
        let start = text.iter().rposition(ends).map_or(0, |at| at + 1);
        let mut words = text[start..].rsplit(|byte| *byte == b' ');
        let word = words.next().unwrap_or_default();
        let leading = word.iter().take_while(|byte| **byte == b'\\').count();
        let folders = &word[leading..];
        // A path in a string that is escaped once more than what follows it.
        let is_deeper = memchr::memmem::find(folders, &[backslashes, b"\\"].concat()).is_some();
        let is_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || b"-_)".contains(byte) || *byte >= 0x80;
        let is_server = leading == 2 * backslashes.len();
        if !is_deeper && (is_server || has_root(word)) {
            return Place::Folder;
        }
        if word.is_empty() || !word.ends_with(b".") && !word.last().is_some_and(is_name) {
            return Place::Start;
        }
        let mut outer = words.take(WORDS).take_while(|word| !ends_in_file(word));
        let may_be_folder = !word.ends_with(b".") && outer.any(has_root);
        match !is_deeper && (may_be_folder || has_folders(folders, backslashes)) {
            true => Place::MayBeFolder,
            false if word.contains(&b'.') => Place::Text,
            false => Place::Bare,
        }
    }
}

/// Whether the last part of a word of a path names a file: no folder goes on behind it.
fn ends_in_file(word: &[u8]) -> bool {
    let name = word.rsplit(|byte| *byte == b'\\').next();
    name.is_some_and(|name| name.contains(&b'.'))
}

/// Whether a word begins as a path of Windows does: `C:`, `%TEMP%`, `HKLM`, `..`, `~`.
fn has_root(word: &[u8]) -> bool {
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
    let opens = |byte: &u8| b"([{`".contains(byte);
    let bare = &word[word.iter().take_while(|byte| opens(byte)).count()..];
    let is_relative = bare.starts_with(b".") && bare.iter().all(|byte| b".\\".contains(byte));
    let is_variable = |next: &u8| next.is_ascii_alphabetic() || *next == b'{';
    match bare {
        [b'H', b'K', ..] | b"~" => true,
        [b'$', next, ..] if is_variable(next) => true,
        _ if is_relative => bare != b"...",
        _ => memchr::memchr2_iter(b':', b'%', word).any(ends_root),
    }
}

/// Whether the same backslashes stand before what can only be the name of a folder.
fn has_folders(word: &[u8], backslashes: &[u8]) -> bool {
    let names_folder = |at: usize| match word[at + backslashes.len()..] {
        [b'n' | b'r' | b't' | b'u' | b'U' | b'x', ..] => false,
        [first, second, ..] => first.is_ascii_alphabetic() && second.is_ascii_alphanumeric(),
        _ => false,
    };
    memchr::memmem::find_iter(word, backslashes).any(names_folder)
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
    let before = word.start.checked_sub(1);
    let before = before.filter(|at| escape_of_name(&bytes[*at..]).is_some());
    let behind_escape = || {
        let rest = escape_rest(&bytes[..word.start], &bytes[word.clone()]);
        let rest = rest.filter(|rest| rest.certainty > Certainty::Unlikely);
        word.start + rest.map_or(0, |rest| rest.length)
    };
    let start = before.unwrap_or_else(behind_escape);
    let mut end = if before.is_some() { start } else { word.end };
    while let Some(c) = text[end..].chars().next() {
        end += match escape_of_name(&bytes[end..]) {
            Some(length) => length,
            None if is_in_names(c) || is_dot(c) => c.len_utf8(),
            None => break,
        };
    }
    (before.is_some() || end > word.end).then_some(start..end)
}

/// How long the percent escape of a letter or a dot is that a text begins with, escaped again or not.
fn escape_of_name(text: &[u8]) -> Option<usize> {
    match percent_escape(text.get(..1)?, &text[1..])? {
        PercentEscape::Joins(length) => Some(1 + length),
        _ => None,
    }
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
        Some(PercentEscape::Separates(length)) => length,
        // Of one byte beyond ASCII there is no character.
        Some(PercentEscape::Widens(length)) if follows_percent_escape(before) => length,
        _ => return string_escape(before, word),
    };
    Some(StringEscape {
        length,
        certainty: Certainty::Sure,
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
            (r"\", "u003cevil.com", "evil.com"),
            (r"\\", "u003cevil.com", "evil.com"),
            (r"\", "U0000000aevil.com", "evil.com"),
            (r"\", "x22evil.com", "evil.com"),
            (r"\", "xevil.com", "xevil.com"),
            (r"\", "012evil.com", "evil.com"),
            (r"\", "09.evil.com", "09.evil.com"),
            ("a#", "012evil.com", "evil.com"),
            ("\x1b[", "31mevil.com", "evil.com"),
            (r"\u001b[1;", "31mevil.com", "evil.com"),
            ("#033[", "mevil.com", "evil.com"),
            ("a[", "31mevil.com", "31mevil.com"),
            ("a#", "123.evil.com", "123.evil.com"),
            ("http%3A%", "2Fevil.com", "evil.com"),
            ("%", "25250aevil.com", "evil.com"),
            ("%E9%AD%", "94evil.com", "evil.com"),
            ("%25E9%25AD%", "2594evil.com", "evil.com"),
            ("50%", "facebook.com", "facebook.com"),
            ("", "nevil.com", "nevil.com"),
        ] {
            let rest = escape_rest(before.as_bytes(), word.as_bytes());
            let length = rest.map_or(0, |rest| rest.length);
            assert_eq!(&word[length..], left, "{before}{word}");
            assert!(rest.is_none_or(|rest| rest.certainty == Certainty::Sure));
        }
    }

    #[test]
    fn a_letter_behind_a_backslash_is_an_escape_or_begins_a_name() {
        let judged = |before: &str, letter: &str| {
            let word = format!("{letter}evil.com");
            let escape = string_escape(before.as_bytes(), word.as_bytes());
            escape.map(|escape| escape.certainty)
        };
        let (likely, unlikely) = (Some(Certainty::Likely), Some(Certainty::Unlikely));
        // Before it; one that is common, `n`; one that is rare, `b`.
        for (before, common, rare) in [
            (r"\", likely, likely),
            (r"hosts:\", likely, likely),
            (r#""\"#, likely, likely),
            (r"evil.com\", likely, likely),
            (r"It ended.\", likely, likely),
            (r"Loading ...\", likely, likely),
            (r"foo\", likely, unlikely),
            (r"foo\\", likely, unlikely),
            (r"foo\r\", likely, unlikely),
            (r"\\r\\", likely, unlikely),
            (r"恶意\", likely, unlikely),
            (r"\\", unlikely, unlikely),
            (r"user=CORP\", likely, unlikely),
            (r"C:\\x.exe\", likely, likely),
            (r"C:\x.exe was blocked\", likely, unlikely),
            (r"C:\Program Files\", unlikely, None),
            (r"C:\Program Files (x86)\", unlikely, None),
            (r"HKLM\Software\Trend Micro\", unlikely, None),
            (r"Internet Settings\ZoneMap\Domains\", unlikely, None),
            (r"share\vhosts\", unlikely, None),
            (r"C:\temp\", None, None),
            (r"C:\", None, None),
            (r"file:///c:\\", None, None),
            (r"C:\\temp\\", None, None),
            (r"%TEMP%\", None, None),
            (r"$env:TEMP\", None, None),
            (r"\\host\", None, None),
            (r"\\\\host\\", None, None),
            (r"HKCU\\Software\\", None, None),
            (r".\", None, None),
            (r"x ..\..\", None, None),
            (r"(~\", None, None),
        ] {
            assert_eq!(judged(before, "n"), common, "{before}nevil.com");
            assert_eq!(judged(before, "b"), rare, "{before}bevil.com");
        }
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
