//! Checks on a text that comes in pieces, as it passes by.

use crate::error::{Error, Result};

use super::errors;

/// Checks text that comes in pieces, and knows the line that it is in.
pub struct Utf8 {
    /// The beginning of a character whose end has not come.
    held: Vec<u8>,
    /// From 1.
    line: u64,
}

impl Default for Utf8 {
    fn default() -> Self {
        Utf8 {
            held: Vec::new(),
            line: 1,
        }
    }
}

impl Utf8 {
    pub fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let mut bytes = bytes;
        while !self.held.is_empty() && !bytes.is_empty() {
            self.held.push(bytes[0]);
            bytes = &bytes[1..];
            match std::str::from_utf8(&self.held) {
                Ok(_) => self.held.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(self.not_utf8()),
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => self.pass(text.as_bytes()),
            Err(error) => {
                let (text, rest) = bytes.split_at(error.valid_up_to());
                self.pass(text);
                if error.error_len().is_some() {
                    return Err(self.not_utf8());
                }
                self.held.extend_from_slice(rest);
            }
        }
        Ok(())
    }

    fn pass(&mut self, text: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', text).count() as u64;
    }

    pub fn finish(&self) -> Result<()> {
        match self.held.is_empty() {
            true => Ok(()),
            false => Err(self.not_utf8()),
        }
    }

    fn not_utf8(&self) -> Error {
        errors::malformed(format!("line {} of the file is not UTF-8", self.line))
            .hint("--raw passes the file on as it came")
    }
}

/// Counts lines that are not blank, in text that comes in pieces.
#[derive(Default)]
pub struct CountLines {
    ended: u64,
    /// Whether the line that has not ended yet has anything in it.
    open: bool,
}

impl CountLines {
    pub fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match byte {
                b'\n' => self.ended += u64::from(std::mem::take(&mut self.open)),
                byte => self.open |= !byte.is_ascii_whitespace(),
            }
        }
    }

    pub fn count(&self) -> u64 {
        self.ended + u64::from(self.open)
    }
}

/// Looks for a YARA rule in text that comes in pieces: `rule`, a name, tags after a colon, `{`, and
/// one of its sections.
/// What stands in comments and strings is none, and prose is none.
#[derive(Default)]
pub struct FindRule {
    pub found: bool,
    within: Within,
    before: u8,
    /// The word that is being read.
    word: Vec<u8>,
    expected: Expected,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Within {
    #[default]
    Code,
    String,
    LineComment,
    BlockComment,
}

/// What makes a rule of the words so far.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Expected {
    #[default]
    Keyword,
    Name,
    /// `:` and tags, or `{`.
    Body,
    /// Tags, or `{`.
    Tags,
    /// `meta`, `strings` or `condition`.
    Section,
    /// The colon behind that.
    Colon,
}

/// No word that counts is longer.
const MAX_WORD: usize = 128;

impl FindRule {
    pub fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if self.found {
                return;
            }
            self.step(byte);
        }
    }

    fn step(&mut self, byte: u8) {
        let before = std::mem::replace(&mut self.before, byte);
        self.within = match (self.within, byte) {
            (Within::Code, b'"') => {
                self.end_word();
                Within::String
            }
            (Within::Code, b'/') if before == b'/' => Within::LineComment,
            (Within::Code, b'*') if before == b'/' => {
                // `/*/` does not end what it begins.
                self.before = 0;
                Within::BlockComment
            }
            (Within::Code, byte) => {
                self.code(byte);
                Within::Code
            }
            (Within::String, b'\\') if before == b'\\' => {
                self.before = 0;
                Within::String
            }
            // No string goes on in the next line.
            (Within::String, b'"') if before != b'\\' => Within::Code,
            (Within::String | Within::LineComment, b'\n') => Within::Code,
            (Within::BlockComment, b'/') if before == b'*' => Within::Code,
            (within, _) => within,
        };
    }

    fn code(&mut self, byte: u8) {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            if self.word.len() <= MAX_WORD {
                self.word.push(byte);
            }
            return;
        }
        self.end_word();
        self.expected = match (self.expected, byte) {
            (Expected::Body | Expected::Tags, b'{') => Expected::Section,
            (Expected::Body, b':') => Expected::Tags,
            (Expected::Colon, b':') => {
                self.found = true;
                Expected::Keyword
            }
            // The beginning of a comment, perhaps.
            (expected, b'/') => expected,
            (expected, blank) if blank.is_ascii_whitespace() => expected,
            _ => Expected::Keyword,
        };
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let is_name = !self.word[0].is_ascii_digit() && self.word.len() <= MAX_WORD;
        self.expected = match (self.expected, &self.word[..]) {
            (_, b"rule") => Expected::Name,
            (Expected::Name, _) if is_name => Expected::Body,
            (Expected::Tags, _) if is_name => Expected::Tags,
            (Expected::Section, b"meta" | b"strings" | b"variables" | b"condition") => {
                Expected::Colon
            }
            _ => Expected::Keyword,
        };
        self.word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_may_be_cut_between_pieces_and_nowhere_else() {
        let text = "a中é👩b".as_bytes();
        for size in 1..text.len() {
            let mut utf8 = Utf8::default();
            text.chunks(size)
                .for_each(|piece| utf8.take(piece).unwrap());
            utf8.finish().unwrap();
        }
        let mut cut = Utf8::default();
        cut.take(&text[..2]).unwrap();
        assert!(cut.finish().is_err());
        assert!(cut.take(b"x").is_err());
        assert!(Utf8::default().take(b"\xff").is_err());
    }

    #[test]
    fn lines_are_counted_across_pieces() {
        for (text, count) in [
            ("", 0),
            ("\n \r\n", 0),
            ("Id,Name", 1),
            ("Id,Name\r\n", 1),
            ("a\n\nb", 2),
        ] {
            for size in [1, 2, 100] {
                let mut lines = CountLines::default();
                text.as_bytes()
                    .chunks(size)
                    .for_each(|piece| lines.take(piece));
                assert_eq!(lines.count(), count, "{text:?}");
            }
        }
    }

    const WITH_RULES: [&str; 9] = [
        "import \"pe\"\n\n  rule A { condition: true }",
        "private rule A { condition: true }",
        "private\nglobal\nrule\n\tA\n{ condition: true }",
        "// what follows\nrule A : tag_1 tag2 { condition: true }",
        "/* rule X { */ rule/**/A/* : */:b{ condition: true }",
        "/*/ */ rule A { condition: true }",
        "/* a **/rule A { condition: true }",
        "rule // of what\nA { condition: true }",
        "import \"pe\" rule A { condition: true }",
    ];

    const WITHOUT_RULES: [&str; 8] = [
        "",
        "import \"pe\"\n// no rule here\n",
        "// rule A { condition: true }",
        "/* rule A { condition: true }\n rule B { condition: true } */",
        "Private information: the first rule is: do not { panic }",
        "Rule A { condition: true }",
        "a rule of thumb { x }",
        "import \"rule A { condition: true }\"",
    ];

    fn found(text: &str, size: usize) -> bool {
        let mut rules = FindRule::default();
        text.as_bytes()
            .chunks(size)
            .for_each(|piece| rules.take(piece));
        rules.found
    }

    #[test]
    fn a_rule_is_found_across_pieces_and_nothing_else_is_one() {
        for size in [1, 3, 100] {
            for text in WITH_RULES {
                assert!(found(text, size), "{text}");
            }
            for text in WITHOUT_RULES {
                assert!(!found(text, size), "{text}");
            }
        }
    }

    #[test]
    fn a_line_that_is_not_utf8_is_named() {
        for (text, line) in [
            (&b"\xe9"[..], 1),
            (b"a\nb\n caf\xe9\nd", 3),
            ("é\né\né\n".as_bytes(), 4),
        ] {
            for size in [1, 2, 100] {
                let mut utf8 = Utf8::default();
                let taken = text.chunks(size).try_for_each(|piece| utf8.take(piece));
                let ended = taken.and_then(|()| {
                    utf8.take(b"\xc3")?;
                    utf8.finish()
                });
                let message = ended.unwrap_err().message;
                assert!(message.contains(&format!("line {line} of")), "{message}");
            }
        }
    }
}
