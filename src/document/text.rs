use std::cmp::Ordering;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The language of titles and of the names of threats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    /// As it is set.
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

/// A text without the byte order mark that some editors write before it.
pub fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// What a file says of its encoding at its beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    None,
    /// A byte-order mark of so many bytes.
    Of(&'static Encoding, usize),
    /// None, though it is UTF-16 by what its units are.
    MissingUtf16(&'static Encoding),
    /// What the Web has no name for.
    Utf32,
}

/// What is said of UTF-32.
pub const UTF_32: &str = "it looks like UTF-32; save it as UTF-8 (iconv -f UTF-32 -t UTF-8)";

impl Mark {
    pub fn of(head: &[u8]) -> Self {
        if is_utf32(head) {
            return Mark::Utf32;
        }
        if let Some((encoding, length)) = Encoding::for_bom(head) {
            return Mark::Of(encoding, length);
        }
        // UTF-16 without a zero has neither a line end nor a dot.
        if !head.contains(&0) {
            return Mark::None;
        }
        let little = ascii_of_utf16(head, u16::from_le_bytes);
        let big = ascii_of_utf16(head, u16::from_be_bytes);
        match little.cmp(&big) {
            Ordering::Less => Mark::MissingUtf16(UTF_16BE),
            Ordering::Greater => Mark::MissingUtf16(UTF_16LE),
            Ordering::Equal => Mark::None,
        }
    }
}

/// What a text has of ASCII: printable signs, blanks, line ends, colours.
fn is_text(unit: u32) -> bool {
    matches!(unit, 9..=13 | 0x1b | 0x20..=0x7e)
}

/// Whether most units of four bytes are ASCII, or all are characters, of the planes that have any.
fn is_utf32(head: &[u8]) -> bool {
    let (units, _) = head.as_chunks::<4>();
    let is_so = |read: fn([u8; 4]) -> u32| {
        let read = || units.iter().map(|unit| read(*unit));
        let ascii = read().filter(|unit| is_text(*unit)).count();
        ascii > units.len() / 2
            || read().all(|unit| is_text(unit) || (0xa0..0x4_0000).contains(&unit))
    };
    units.len() > 1 && (is_so(u32::from_le_bytes) || is_so(u32::from_be_bytes))
}

/// How many of the units are ASCII, if it is UTF-16 by them: against it are pairs of bytes that a
/// text of bytes has, and what no text has. 0 if it is not.
fn ascii_of_utf16(head: &[u8], unit: fn([u8; 2]) -> u16) -> usize {
    /// Of Chinese characters, one in three is such a pair too, and a line end is behind some fifty.
    const PAIRS: usize = 16;
    /// Line ends of the other order.
    const SWAPPED: [u16; 2] = [0x0a00, 0x0d00];
    let (pairs, _) = head.as_chunks::<2>();
    let units = || pairs.iter().map(|pair| unit(*pair));
    if units().any(|unit| SWAPPED.contains(&unit)) {
        return 0;
    }
    let ascii = units().filter(|unit| is_text((*unit).into())).count();
    let is_pair = |pair: &&[u8; 2]| match pair.map(|byte| byte >= 0x80) {
        [false, false] => pair.iter().all(|byte| is_text((*byte).into())),
        [first, second] => first == second,
    };
    let alike = pairs.iter().filter(is_pair).count();
    let is_never = |c: &Result<char, _>| match *c {
        Ok(c) => !is_text(c.into()) && (c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c)),
        Err(_) => true,
    };
    let never = char::decode_utf16(units()).filter(is_never).count();
    let is_utf8 = std::str::from_utf8(head).map_or_else(|bad| bad.error_len().is_none(), |_| true);
    let against = never + alike / if is_utf8 { 1 } else { PAIRS };
    if ascii > against { ascii } else { 0 }
}

/// The text in a small file: UTF-8, or UTF-16 with the byte-order mark that Notepad sets.
///
/// # Errors
/// What it is in place of that, and what to do.
pub fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    const NO_UTF_8: &str = "it is not UTF-8; save it as UTF-8";
    match Mark::of(&bytes) {
        Mark::None => String::from_utf8(bytes).map_err(|_| NO_UTF_8.to_string()),
        Mark::Of(encoding, length) => {
            let text = &bytes[length..];
            let text = encoding.decode_without_bom_handling_and_without_replacement(text);
            text.map(Into::into).ok_or_else(|| match encoding == UTF_8 {
                true => NO_UTF_8.to_string(),
                false => "it is damaged UTF-16; save it as UTF-8".to_string(),
            })
        }
        Mark::Utf32 => Err(UTF_32.to_string()),
        Mark::MissingUtf16(encoding) => {
            let name = encoding.name();
            Err(format!(
                "it looks like UTF-16 without a byte-order mark; save it as UTF-8 (iconv -f {name} -t UTF-8)"
            ))
        }
    }
}

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Phrase {
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Phrase { en, zh }
    }

    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// What a piece of text means; one table turns it into a colour (`console::style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Label {
    #[default]
    Plain,
    Title,
    Heading,
    Muted,
    Malicious,
    Suspicious,
    Info,
    Benign,
    Error,
    Warning,
    Hint,
    /// One of several kinds that a chart tells apart.
    Kind(u8),
}

/// Text for a person, unsanitised: whatever renders it makes it safe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub label: Label,
    pub text: String,
}

impl Text {
    pub fn new(label: Label, text: impl Into<String>) -> Self {
        Text {
            label,
            text: text.into(),
        }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Label::Plain, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_file_is_read_as_editors_save_it() {
        let text = "name = \"恶意\"\r\n";
        let units = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        let marked = format!("\u{feff}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.clone().into_bytes(),
            units(&marked, u16::to_le_bytes),
            units(&marked, u16::to_be_bytes),
        ] {
            assert_eq!(decoded(bytes).as_deref(), Ok(text));
        }
        for (bytes, why) in [
            (units("a = 1\n", u16::to_le_bytes), "iconv -f UTF-16LE"),
            (units("a = 1\n", u16::to_be_bytes), "iconv -f UTF-16BE"),
            (b"\xff\xfea\0\0\xd8".to_vec(), "damaged UTF-16"),
            (b"\xff\xfe\0\0a\0\0\0=\0\0\0".to_vec(), "iconv -f UTF-32"),
            (b"\0\0\0a\0\0\0=".to_vec(), "iconv -f UTF-32"),
            (b"caf\xe9 = 1\n".to_vec(), "not UTF-8"),
        ] {
            let said = decoded(bytes).unwrap_err();
            assert!(said.contains(why), "{said}");
        }
    }
}
