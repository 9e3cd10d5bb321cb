//! The cells of one line of the Master IOC. Pure.

use memchr::{memchr, memchr2};

/// The cells of a row, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// What stands at the beginning of a text.
pub enum Parsed {
    /// A row of so many bytes and lines.
    Row(usize, u64),
    /// It goes on beyond what is there.
    Unfinished,
    Malformed(&'static str),
}

impl Cells {
    pub fn parse(&mut self, text: &[u8], at_end: bool) -> Parsed {
        self.text.clear();
        self.ends.clear();
        let (mut at, mut lines) = (0, 0);
        loop {
            // One cell, from `at`.
            if text.get(at) == Some(&b'\'') {
                at += 1;
                loop {
                    let Some(length) = memchr(b'\'', &text[at..]) else {
                        return Parsed::Unfinished;
                    };
                    let piece = &text[at..at + length];
                    lines += memchr::memchr_iter(b'\n', piece).count() as u64;
                    self.text.extend_from_slice(piece);
                    at += length + 1;
                    match text.get(at) {
                        Some(b'\'') => {
                            self.text.push(b'\'');
                            at += 1;
                        }
                        None if !at_end => return Parsed::Unfinished,
                        _ => break,
                    }
                }
            } else {
                let length = match memchr2(b',', b'\n', &text[at..]) {
                    Some(length) => length,
                    None if at_end => text.len() - at,
                    None => return Parsed::Unfinished,
                };
                let cell = &text[at..at + length];
                self.text
                    .extend_from_slice(cell.strip_suffix(b"\r").unwrap_or(cell));
                at += length;
            }
            self.ends.push(self.text.len());
            match text[at..] {
                [b',', ..] => at += 1,
                [b'\n', ..] => return Parsed::Row(at + 1, lines + 1),
                [b'\r', b'\n', ..] => return Parsed::Row(at + 2, lines + 1),
                [] => return Parsed::Row(at, lines + 1),
                [b'\r'] if !at_end => return Parsed::Unfinished,
                _ => return Parsed::Malformed("text follows a closing quote"),
            }
        }
    }

    /// Reads the line at the beginning of `text` with no quote meaning anything; `None` if its
    /// end is not there. Gives its bytes, with the line break.
    pub fn parse_literally(&mut self, text: &[u8], at_end: bool) -> Option<usize> {
        let end = memchr(b'\n', text);
        let end = end.or(at_end.then_some(text.len()))?;
        let line = &text[..end];
        self.text.clear();
        self.ends.clear();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        for cell in line.split(|byte| *byte == b',') {
            self.text.extend_from_slice(cell);
            self.ends.push(self.text.len());
        }
        Some(text.len().min(end + 1))
    }

    /// A cell without blanks around it; empty if there is none.
    pub fn get(&self, index: usize) -> &[u8] {
        let start = match index {
            0 => 0,
            _ => self.ends.get(index - 1).copied().unwrap_or_default(),
        };
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.text[start..end].trim_ascii()
    }

    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// How many there are up to the last one that is not blank: a comma at the end makes none.
    pub fn filled(&self) -> usize {
        let blank = (0..self.count())
            .rev()
            .take_while(|index| self.get(*index).is_empty());
        self.count() - blank.count()
    }

    pub fn are_blank(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }
}
