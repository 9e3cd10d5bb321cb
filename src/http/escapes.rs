//! JSON whose escapes are wrong: one bad character in one field must not cost the whole answer.
//! Half a surrogate becomes `�`, and a backslash that escapes nothing stands for itself. Pure.

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::memchr;

/// The longest escape, a pair of surrogates.
const LONGEST: usize = 12;

/// The JSON with every escape as RFC 8259 has it; a right one keeps its form.
pub(super) fn mended(json: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr(b'\\', &json.as_bytes()[at..]) {
        at += found;
        let (length, right) = escape(&json.as_bytes()[at..]);
        if let Some(right) = right {
            mended.push_str(&json[copied..at]);
            mended.push_str(right);
            copied = at + length;
        }
        at += length;
    }
    match copied {
        0 => Cow::Borrowed(json),
        _ => Cow::Owned(mended + &json[copied..]),
    }
}

/// How long the escape is that `bytes` begins with, and what has to stand there if it is wrong.
fn escape(bytes: &[u8]) -> (usize, Option<&'static str>) {
    match bytes.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (2, None),
        Some(b'u') => match unit(bytes) {
            Some(0xd800..0xdc00) => match bytes.get(6..).and_then(unit) {
                Some(0xdc00..0xe000) => (LONGEST, None),
                _ => (6, Some("\\ufffd")),
            },
            Some(0xdc00..0xe000) => (6, Some("\\ufffd")),
            Some(_) => (6, None),
            None => (1, Some("\\\\")),
        },
        _ => (1, Some("\\\\")),
    }
}

/// The UTF-16 code unit of a `\uXXXX` that `bytes` begins with.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let value = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | u16::try_from(value).ok()?)
    })
}

/// The same for JSON that is read as it comes.
pub struct Mended<R> {
    inner: R,
    /// From a backslash on, not looked at yet.
    raw: Vec<u8>,
    ready: io::Cursor<Vec<u8>>,
}

impl<R: Read> Mended<R> {
    pub fn new(inner: R) -> Self {
        Mended {
            inner,
            raw: Vec::new(),
            ready: io::Cursor::default(),
        }
    }

    /// Moves what can be told for certain from `raw` to `ready`.
    fn mend(&mut self, is_end: bool) {
        let mut out = std::mem::take(&mut self.ready).into_inner();
        out.clear();
        let mut at = 0;
        loop {
            let rest = &self.raw[at..];
            let plain = memchr(b'\\', rest).unwrap_or(rest.len());
            out.extend_from_slice(&rest[..plain]);
            at += plain;
            let rest = &rest[plain..];
            if rest.is_empty() || (rest.len() < LONGEST && !is_end) {
                break;
            }
            let (length, right) = escape(rest);
            out.extend_from_slice(right.map_or(&rest[..length], str::as_bytes));
            at += length;
        }
        self.raw.drain(..at);
        self.ready = io::Cursor::new(out);
    }
}

impl<R: Read> Read for Mended<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.ready.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let read = self.inner.read(buffer)?;
            if self.raw.is_empty() {
                let plain = memchr(b'\\', &buffer[..read]).unwrap_or(read);
                self.raw.extend_from_slice(&buffer[plain..read]);
                if plain > 0 || read == 0 {
                    return Ok(plain);
                }
            } else {
                self.raw.extend_from_slice(&buffer[..read]);
            }
            self.mend(read == 0);
            if read == 0 && self.ready.get_ref().is_empty() {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &[(&str, &str)] = &[
        (
            r#"{"a":"b\n\/\u00e9\ud83d\ude00"}"#,
            r#"{"a":"b\n\/\u00e9\ud83d\ude00"}"#,
        ),
        (r#"["\ud800"]"#, r#"["\ufffd"]"#),
        (r#"["\uDC00x"]"#, r#"["\ufffdx"]"#),
        (r#"["\ud800\u0041"]"#, r#"["\ufffd\u0041"]"#),
        (r#"["\ud800\ud83d\ude00"]"#, r#"["\ufffd\ud83d\ude00"]"#),
        (r#"["\ude00\ud83d"]"#, r#"["\ufffd\ufffd"]"#),
        (r#"["\x41\'\u12\u"]"#, r#"["\\x41\\'\\u12\\u"]"#),
        (r#"["C:\\q\"]"#, r#"["C:\\q\"]"#),
        (r#"["\u中"]"#, r#"["\\u中"]"#),
        ("\\", "\\\\"),
        ("", ""),
    ];

    #[test]
    fn a_bad_escape_is_one_bad_character() {
        for (json, right) in CASES {
            assert_eq!(mended(json), *right, "{json}");
            assert_eq!(matches!(mended(json), Cow::Borrowed(_)), json == right);
        }
    }

    /// A few bytes at a time.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = self.1.min(buffer.len());
            self.0.by_ref().take(size as u64).read(buffer)
        }
    }

    #[test]
    fn wherever_the_pieces_end_it_is_the_same() {
        for (json, right) in CASES {
            for size in 1..20 {
                let mut read = String::new();
                let mut reader = Mended::new(Trickle(json.as_bytes(), size));
                reader.read_to_string(&mut read).unwrap();
                assert_eq!(read, *right, "{json} by {size}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_escaped_can_be_read(text in "([a-c\"]|\\\\|u|d8|dc00|[0-9a-f]){0,20}") {
            let json = format!("\"{}\"", text.replace('"', ""));
            let read: Result<String, _> = serde_json::from_str(&mended(&json));
            // A backslash before the end takes the quote away.
            proptest::prop_assert!(read.is_ok() || json.ends_with("\\\""), "{json}");
        }
    }
}
