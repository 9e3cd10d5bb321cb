//! Indicators in any bytes: one after the other, as they stand in a text. Pure.

mod escape;
mod host;
mod piece;
mod url_end;

use std::collections::VecDeque;
use std::ops::Range;

use super::domain::is_like_file;
use super::letters::{is_dot, is_in_names, is_letter_or_digit, is_name_emoji, parts};
use super::refang::Plain;
use super::{Algorithm, Indicator, Url, host_indicator, split_scheme, without_escapes_in_host};

pub use escape::{
    BEFORE_ESCAPE, Certainty, PercentEscape, begins_with_entity, hex_byte, percent_escape,
    string_escape,
};
use escape::{ends_in_string, escape_rest, name_in_escapes};
pub use piece::{LONGEST_FOUND, piece_end};
use url_end::url_end;

/// An indicator in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    pub indicator: Indicator,
    /// As it was written.
    pub text: &'a str,
    /// Bytes before it.
    pub offset: usize,
    /// From 1.
    pub line: u64,
    /// Whether it was written so that nobody clicks it.
    pub is_disguised: bool,
}

/// Finds the indicators in a text of any encoding that agrees with ASCII; what is not UTF-8
/// separates. A bare name needs a public suffix, and where it could be the name of a file
/// (`setup.py`) it needs a path, a scheme or a disguise besides.
pub fn scan(text: &[u8]) -> Scan<'_> {
    Scan {
        text,
        at: 0,
        line: 0,
        is_loose: false,
        like_files: 0,
        found: VecDeque::new(),
    }
}

/// See [`scan`].
pub struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
    is_loose: bool,
    like_files: u64,
    found: VecDeque<Found<'a>>,
}

impl Scan<'_> {
    /// Whether names that could be files are names too.
    #[must_use]
    pub fn loose(self, is_loose: bool) -> Self {
        Scan { is_loose, ..self }
    }

    /// How many names were left out so far because they could be files.
    pub fn like_files(&self) -> u64 {
        self.like_files
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        while self.found.is_empty() && self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            self.line += 1;
            let mut offset = self.at;
            for chunk in rest[..end].utf8_chunks() {
                self.read(chunk.valid(), offset);
                offset += chunk.valid().len() + chunk.invalid().len();
            }
            self.at += end;
        }
        self.found.pop_front()
    }
}

impl<'a> Scan<'a> {
    /// Reads a line, or what of it is text.
    fn read(&mut self, text: &'a str, offset: usize) {
        let plain = Plain::of(text);
        let mut line = Line {
            text: &plain.text,
            plain: &plain,
            is_loose: self.is_loose,
            like_files: 0,
            found: Vec::new(),
        };
        line.read();
        self.like_files += line.like_files;
        for (part, indicator) in line.found {
            let original = plain.original(part.clone());
            self.found.push_back(Found {
                indicator,
                text: &text[original.clone()],
                offset: offset + original.start,
                line: self.line,
                is_disguised: plain.is_disguised(&part),
            });
        }
    }
}

/// One line, its disguises undone.
struct Line<'p> {
    text: &'p str,
    plain: &'p Plain<'p>,
    is_loose: bool,
    like_files: u64,
    found: Vec<(Range<usize>, Indicator)>,
}

impl Line<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(word) = next_word(self.text, at) {
            if let Some(name) = name_in_escapes(self.text, &word) {
                at = name.end;
                self.name_in_escapes(name);
                continue;
            }
            at = self.behind_escape(word);
        }
    }

    /// A word without the rest of an escape right before it.
    fn behind_escape(&mut self, word: Range<usize>) -> usize {
        let (before, text) = (&self.text[..word.start], &self.text[word.clone()]);
        let Some(rest) = escape_rest(before.as_bytes(), text.as_bytes()) else {
            return self.word(word);
        };
        let inner = word.start + rest.length..word.end;
        if rest.certainty > Certainty::Unlikely || self.text[word.end..].starts_with("://") {
            return self.word(inner);
        }
        let found = self.found.len();
        Some(self.word(word))
            .filter(|_| self.found.len() > found)
            .unwrap_or_else(|| self.word(inner))
    }

    /// Looks at a run of what names are made of, dots included; gives where to go on.
    fn word(&mut self, word: Range<usize>) -> usize {
        let rest = &self.text[word.end..];
        if rest.starts_with("://") {
            return self.url(word);
        }
        if rest.starts_with('@')
            && let Some(end) = self.email(&word)
        {
            return end;
        }
        if rest.starts_with(':')
            && let Some(end) = self.after_others(&word)
        {
            return end;
        }
        if self.text[word.clone()].contains(is_dot)
            && let Some(end) = self.hosts(&word)
        {
            return end;
        }
        self.digests(&word);
        word.end
    }

    /// A name or an address with percent escapes in it.
    fn name_in_escapes(&mut self, name: Range<usize>) {
        let name = trimmed(self.text, name);
        let Some(plain) = without_escapes(&self.text[name.clone()]) else {
            return;
        };
        let Some(host) = host_indicator(&plain).ok().filter(is_somewhere) else {
            return;
        };
        match is_like_file(&plain.to_ascii_lowercase()) && !self.is_loose {
            true => self.like_files += 1,
            false => self.push(name, host),
        }
    }

    fn push(&mut self, part: Range<usize>, indicator: Indicator) {
        self.found.push((part, indicator));
    }

    /// A URL whose scheme ends the word.
    fn url(&mut self, word: Range<usize>) -> usize {
        let end = url_end(self.text, word.end + "://".len());
        let in_scheme = |c: &char| c.is_ascii_alphanumeric() || "+-.".contains(*c);
        let scheme = self.text[word.clone()]
            .chars()
            .rev()
            .take_while(in_scheme)
            .count();
        let scheme = &self.text[word.end - scheme..word.end];
        let start = word.end
            - scheme
                .trim_start_matches(|c: char| !c.is_ascii_alphabetic())
                .len();
        // Where no blank is written, a name can end right before a scheme.
        self.hosts(&(word.start..start));
        let text = &self.text[start..end];
        let plain = without_escapes(text);
        if split_scheme(text).is_some()
            && let Ok(url) = Url::parse(plain.as_deref().unwrap_or(text))
            && is_somewhere(url.host())
        {
            self.push(start..end, Indicator::Url(url));
        }
        end
    }

    fn email(&mut self, word: &Range<usize>) -> Option<usize> {
        let in_local = |c: &char| match c.is_ascii() {
            true => c.is_ascii_alphanumeric() || "._%+-".contains(*c),
            false => is_letter_or_digit(*c) && !parts(*c, 'a'),
        };
        let from = match self.text[..word.start].ends_with(is_in_names) {
            // What stands before it is the rest of an escape.
            true => word.start,
            false => self.found.last().map_or(0, |(part, _)| part.end),
        };
        let before = &self.text[from..word.end];
        let local = before.chars().rev().take_while(in_local);
        let start = word.end - local.map(char::len_utf8).sum::<usize>();
        let name = next_word(self.text, word.end + 1).filter(|name| name.start == word.end + 1)?;
        let name = trimmed(self.text, name);
        let name = self.cut(&name).into_iter().next()?;
        let domain = self.domain(&name)?;
        if start == word.end || self.text[start..].starts_with('.') {
            return None;
        }
        // Nor right before an address.
        self.hosts(&(word.start..start.max(word.start)));
        let local = self.text[start..word.end].to_lowercase();
        let address = format!("{local}@{}", domain.ascii());
        self.push(start..name.end, Indicator::Email(address));
        Some(name.end)
    }

    /// Digests, alone or as names of files.
    fn digests(&mut self, word: &Range<usize>) {
        if word.len() < 32 {
            return;
        }
        let mut start = word.start;
        let ends = |c: char| !c.is_ascii_alphanumeric();
        for piece in self.text[word.clone()].split_inclusive(ends) {
            let part = start..start + piece.trim_end_matches(ends).len();
            start += piece.len();
            let piece = &self.text[part.clone()];
            // So many digits and no letter are an account, not a digest.
            if let Some(algorithm) = Algorithm::of(piece)
                && piece.bytes().any(|byte| byte.is_ascii_alphabetic())
            {
                let digest = piece.to_ascii_lowercase();
                self.push(part, Indicator::Hash(algorithm, digest));
            }
        }
    }
}

/// Without the percent escapes in its host, those that are escaped again too; `None` where there
/// are none.
fn without_escapes(text: &str) -> Option<String> {
    let once = without_escapes_in_host(text);
    std::iter::successors(once, |text| without_escapes_in_host(text)).last()
}

/// Whether there can be such a host, so that a text means it.
fn is_somewhere(host: &Indicator) -> bool {
    match host {
        Indicator::Domain(domain) => domain.is_public(),
        _ => true,
    }
}

/// The next run of what names are made of.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let in_word = |c: char| is_in_names(c) || is_dot(c);
    let start = from + text[from..].find(in_word)?;
    let end = text[start..].find(|c| !in_word(c));
    Some(start..end.map_or(text.len(), |end| start + end))
}

/// Without the full stop of its sentence and the hyphens around it.
fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let is_named = |c: char| c.is_ascii() || c.is_alphanumeric() || is_name_emoji(c);
    let leads = |c: char| is_dot(c) || c == '-' || !is_named(c);
    let ends = |c: char| leads(c) || c == '_';
    let whole = &text[part.clone()];
    let kept = whole.trim_end_matches(ends);
    let end = part.start + kept.len();
    let kept = kept.trim_start_matches(leads);
    // Emphasis, as Markdown writes it.
    let kept = match whole.ends_with('_') {
        true => kept.trim_start_matches('_'),
        false => kept,
    };
    end - kept.len()..end
}

#[cfg(test)]
mod tests;
