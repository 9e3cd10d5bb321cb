//! PEM as people hand it over, and what is wrong with it. A parser's own words are never passed
//! on: they may quote a private key. Pure.

use std::borrow::Cow;

use rustls::pki_types::pem::{PemObject, SectionKind};

use crate::document::without_bom;
use crate::error::Error;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Whether there is any PEM in it, whole or damaged.
pub fn is_pem(bytes: &[u8]) -> bool {
    find(bytes, BEGIN).is_some() || find(bytes, &utf16(BEGIN)).is_some()
}

/// The same without byte order marks: one stands before each file that was put into it.
pub fn without_boms(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut parts = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(without_bom);
    match find(bytes, BOM) {
        Some(_) => parts
            .by_ref()
            .flatten()
            .copied()
            .collect::<Vec<u8>>()
            .into(),
        None => Cow::Borrowed(bytes),
    }
}

/// Every section of a known kind, decoded.
///
/// # Errors
/// What is wrong with the first that cannot be read.
pub fn sections(bytes: &[u8]) -> Result<Vec<(SectionKind, Vec<u8>)>, Damage> {
    if find(bytes, &utf16(BEGIN)).is_some() {
        return Err(Damage::Utf16);
    }
    let found: Result<Vec<_>, _> = <(SectionKind, Vec<u8>)>::pem_slice_iter(bytes).collect();
    match found {
        // A parser takes what does not begin a line for a remark.
        Ok(found) if found.is_empty() || begins_within_a_line(bytes) => match Damage::of(bytes) {
            Some(damage) => Err(damage),
            None => Ok(found),
        },
        Ok(found) => Ok(found),
        Err(_) => Err(Damage::of(bytes).unwrap_or(Damage::NoBase64)),
    }
}

/// The certificates in it alone; all of it where there is none.
pub fn certificates(bytes: &[u8]) -> Cow<'_, [u8]> {
    const LAST: &[u8] = b"-----END CERTIFICATE-----";
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(bytes, b"-----BEGIN CERTIFICATE-----") {
        let length = find(&bytes[at..], LAST).map(|length| length + LAST.len());
        found.extend_from_slice(&bytes[at..length.map_or(bytes.len(), |length| at + length)]);
        found.push(b'\n');
    }
    match found.is_empty() {
        true => Cow::Borrowed(bytes),
        false => Cow::Owned(found),
    }
}

/// The text between the lines that begin and end a section.
pub fn section<'a>(bytes: &'a [u8], label: &str) -> Option<&'a [u8]> {
    let begin = format!("-----BEGIN {label}-----");
    let from = find(bytes, begin.as_bytes())? + begin.len();
    let length = find(&bytes[from..], END)?;
    Some(&bytes[from..from + length])
}

pub fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

fn utf16(ascii: &[u8]) -> Vec<u8> {
    let units = ascii.iter().flat_map(|byte| [0, *byte]);
    units.skip(1).collect()
}

/// What became of a PEM file on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    Utf16,
    WrittenBreaks,
    NoBreaks,
    Indented,
    NoEnd,
    NoBase64,
}

impl Damage {
    /// `None` where nothing is wrong as far as lines go.
    fn of(bytes: &[u8]) -> Option<Self> {
        let lines = || bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
        let marks = [BEGIN, END];
        let holds = |line: &[u8]| marks.iter().any(|mark| find(line, mark).is_some());
        let is_whole = |line: &[u8]| {
            let text = line.trim_ascii();
            marks.iter().any(|mark| text.starts_with(mark))
                && text.ends_with(b"-----")
                && text.windows(5).filter(|dashes| dashes == b"-----").count() == 2
        };
        let broken = lines().find(|line| holds(line) && !is_whole(line));
        let count = |mark| memchr::memmem::find_iter(bytes, mark).count();
        Some(match broken {
            Some(line) if find(line, b"\\n").is_some() => Damage::WrittenBreaks,
            Some(line) => {
                let text = line.trim_ascii_end();
                let at = find(text, BEGIN).or(find(text, END)).unwrap_or(0);
                let (before, mark) = text.split_at(at);
                // Base64 before an end, or an end before a beginning, was a line of its own.
                let is_lost_line = match mark.starts_with(BEGIN) {
                    true => find(before, b"-----").is_some(),
                    false => before.iter().any(u8::is_ascii_alphanumeric),
                };
                match at > 0 && is_whole(mark) && !is_lost_line {
                    true => Damage::Indented,
                    false => Damage::NoBreaks,
                }
            }
            None if begins_within_a_line(bytes) => Damage::Indented,
            None if count(BEGIN) != count(END) => Damage::NoEnd,
            None => return None,
        })
    }

    pub fn why(self) -> &'static str {
        match self {
            Damage::Utf16 => "it is UTF-16, not plain text",
            Damage::WrittenBreaks => "its line breaks are missing: they are written as \\n",
            Damage::NoBreaks => "its line breaks are missing",
            Damage::Indented => "something stands before its -----BEGIN or -----END lines",
            Damage::NoEnd => "a -----BEGIN line is without its -----END line: it is cut off",
            Damage::NoBase64 => "what stands between its -----BEGIN and -----END lines is damaged",
        }
    }

    fn way_out(self) -> &'static str {
        match self {
            Damage::Utf16 => "save it as UTF-8: iconv -f UTF-16 -t UTF-8 OLD.pem > NEW.pem",
            Damage::WrittenBreaks => {
                "turn each \\n into a line break: sed 's/\\\\n/\\n/g' OLD.pem > NEW.pem"
            }
            Damage::NoBreaks => {
                "put a line break behind each -----BEGIN …----- and before each -----END …-----"
            }
            Damage::Indented => "let these lines begin with the first dash",
            Damage::NoEnd | Damage::NoBase64 => "copy the file anew, from where it was issued",
        }
    }

    pub fn add_to(self, error: Error) -> Error {
        error.hint(self.way_out())
    }
}

fn begins_within_a_line(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, BEGIN)
        .any(|at| at > 0 && !matches!(bytes[at - 1], b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMIIB\nAAAA\n-----END PRIVATE KEY-----\n";

    #[test]
    fn each_damage_has_its_sentence() {
        for (text, damage) in [
            (KEY.replace('\n', ""), Damage::NoBreaks),
            (KEY.replace('\n', " "), Damage::NoBreaks),
            (KEY.replace('\n', "\\n"), Damage::WrittenBreaks),
            (KEY.replacen("KEY-----\n", "KEY-----", 1), Damage::NoBreaks),
            (KEY.replace("AAAA\n", "AAAA"), Damage::NoBreaks),
            (format!("{}{KEY}", KEY.trim_end()), Damage::NoBreaks),
            (
                KEY.replace("-----END PRIVATE KEY-----\n", ""),
                Damage::NoEnd,
            ),
            (KEY.replace("AAAA", "A:AA"), Damage::NoBase64),
            (KEY.replace("MIIB", "M"), Damage::NoBase64),
            (KEY.replace("-----BEGIN", "  -----BEGIN"), Damage::Indented),
            (
                KEY.replace("-----BEGIN", "key: -----BEGIN"),
                Damage::Indented,
            ),
            (KEY.replace('\n', "\n> "), Damage::Indented),
            (KEY.replace("END PRIVATE", "END PUBLIC"), Damage::NoBase64),
        ] {
            assert_eq!(sections(text.as_bytes()).unwrap_err(), damage, "{text}");
        }
        let utf16: Vec<_> = KEY.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sections(&utf16).unwrap_err(), Damage::Utf16);
        let utf16: Vec<_> = KEY.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(sections(&utf16).unwrap_err(), Damage::Utf16);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_it() {
        let marked = format!("\u{feff}{KEY}\u{feff}{KEY}");
        let read = sections(&without_boms(marked.as_bytes())).unwrap();
        assert_eq!(read.len(), 2);
        assert!(matches!(without_boms(KEY.as_bytes()), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_whole_is_read() {
        let remark = format!("Bag Attributes\n  friendlyName: x\n{KEY}");
        for text in [
            KEY,
            &KEY.replace('\n', "\r\n"),
            &KEY.replace('\n', "\r"),
            &remark,
        ] {
            assert_eq!(sections(text.as_bytes()).unwrap().len(), 1, "{text}");
        }
        assert!(sections(b"no PEM").unwrap().is_empty());
        assert!(!is_pem(b"no PEM"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(-----BEGIN |-----END |-----|A|\\\\n|\n| ){0,20}") {
            let _ = sections(text.as_bytes());
            let _ = section(text.as_bytes(), "A");
        }
    }
}
