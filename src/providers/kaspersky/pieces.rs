//! Checks on a text that comes in pieces, as it passes by.

use crate::error::{Error, Result};

use super::errors;

/// Checks text that comes in pieces.
#[derive(Default)]
pub struct Utf8 {
    /// The beginning of a character whose end has not come.
    held: Vec<u8>,
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
                Err(_) => return Err(not_utf8()),
            }
        }
        if let Err(error) = std::str::from_utf8(bytes) {
            if error.error_len().is_some() {
                return Err(not_utf8());
            }
            self.held.extend_from_slice(&bytes[error.valid_up_to()..]);
        }
        Ok(())
    }

    pub fn finish(&self) -> Result<()> {
        match self.held.is_empty() {
            true => Ok(()),
            false => Err(not_utf8()),
        }
    }
}

fn not_utf8() -> Error {
    errors::malformed("the file is not UTF-8")
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

/// Looks for a line that begins a rule, in text that comes in pieces.
#[derive(Default)]
pub struct FindRule {
    pub found: bool,
    /// The beginning of the line, without blanks in front.
    line: Vec<u8>,
}

impl FindRule {
    pub fn take(&mut self, bytes: &[u8]) {
        if self.found {
            return;
        }
        for &byte in bytes {
            match byte {
                b'\n' => self.line.clear(),
                b' ' | b'\t' | b'\r' if self.line.is_empty() => {}
                byte if self.line.len() < "private ".len() => {
                    self.line.push(byte.to_ascii_lowercase());
                }
                _ => {}
            }
            let begins = [&b"rule "[..], b"rule\t", b"private ", b"global "];
            if begins.iter().any(|word| self.line.starts_with(word)) {
                self.found = true;
                return;
            }
        }
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

    #[test]
    fn a_rule_is_found_across_pieces_and_a_comment_is_none() {
        let found = |text: &str, size: usize| {
            let mut rules = FindRule::default();
            text.as_bytes()
                .chunks(size)
                .for_each(|piece| rules.take(piece));
            rules.found
        };
        for size in [1, 3, 100] {
            assert!(found("import \"pe\"\n\n  rule A { condition: true }", size));
            assert!(found("private rule A {}", size));
            assert!(!found("import \"pe\"\n// no rule here\n", size));
        }
    }
}
