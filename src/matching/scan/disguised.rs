//! What is read another way than host by host: lines with disguises, words in other scripts, and
//! what is left when percent escapes come off. Pure.

use std::ops::Range;

use crate::indicator::{self, Kind};
use crate::store::index::{Entry, How, host_of, listings};

use super::super::classes::{self, HOST, IPV6, PARAMETER, URL, is, run_end, run_start};
use super::super::cut::{Behind, begins, behind_string_escape};
use super::super::url::Decoded;
use super::Scan;

/// Escapes of escapes come off so many times.
const DEPTH: u8 = 3;

/// `\U0000000a`, whose backslash may be a percent escape.
const LONGEST_ESCAPE: usize = 10;

impl Scan<'_, '_> {
    /// Reads a line as the scanner of indicators does, for what is disguised in it.
    pub(super) fn line(&mut self, at: usize) {
        if self.lines.contains(&at) {
            return;
        }
        let text = self.text;
        let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
        self.lines = start..end;
        for found in indicator::scan(&text[start..end]).loose(true) {
            if found.is_disguised {
                self.indicator(start, &found, How::Defanged);
            }
        }
    }

    /// The same for a word, for what is in its own script.
    pub(super) fn word(&mut self, at: usize) {
        if self.words.contains(&at) {
            return;
        }
        let text = self.text;
        for part in around(URL, text, at) {
            let first = self.asking.found.len();
            for found in indicator::scan(&text[part.clone()]).loose(true) {
                self.indicator(part.start, &found, How::Idna);
            }
            self.words = part;
            if self.asking.found.len() > first {
                return;
            }
        }
    }

    /// An indicator as the scanner found it, in a text that begins at `start`.
    fn indicator(&mut self, start: usize, seen: &indicator::Found<'_>, how: How) {
        let place = start + seen.offset..start + seen.offset + seen.text.len();
        let disguise = match how {
            How::Idna if seen.is_disguised => Some(How::Defanged),
            How::Idna if seen.text.is_ascii() => None,
            how => Some(how),
        };
        let lengths = &self.asking.known.lengths;
        let (kind, key) = (seen.indicator.kind(), seen.indicator.key());
        let listed = self.asking.visit(place.clone(), disguise, &mut |visit| {
            listings(kind, &key, lengths, visit)
        });
        let has_urls = || {
            self.asking
                .known
                .filters
                .may_hold(Entry::UrlHost(host_of(&key)))
        };
        // What is listed may be longer than what the scanner takes for one.
        if kind == Kind::Url && has_urls() {
            self.asking
                .written(self.text, place.start, place.end, disguise);
        }
        if !listed && let Some((_, host)) = key.rsplit_once('@').filter(|_| kind == Kind::Email) {
            self.asking.visit(place, disguise, &mut |visit| {
                listings(Kind::Domain, host, lengths, visit)
            });
        }
    }

    /// Dots and letters of names that are written as percent escapes.
    pub(super) fn escape(&mut self, at: usize) -> usize {
        let joins = |byte| is(HOST | IPV6, byte) || b"%[({".contains(&byte);
        if classes::escape(&self.text[at..]).is_some_and(joins) {
            self.unescaped(at);
        }
        at + 1
    }

    /// Reads what is round an escape with its escapes taken off.
    pub(super) fn unescaped(&mut self, at: usize) {
        if self.decoded.contains(&at) || self.depth == DEPTH {
            return;
        }
        for part in around(PARAMETER, self.text, at) {
            self.decoded = part.clone();
            if self.decode(part) {
                return;
            }
        }
    }

    /// Says whether anything was found.
    fn decode(&mut self, part: Range<usize>) -> bool {
        let start = part.start;
        let decoded = Decoded::of(&self.text[part]);
        let first = self.asking.found.len();
        Scan::of(&decoded.text, self.depth + 1, self.asking).read();
        let mut inner = self.asking.found.split_off(first);
        inner.retain_mut(|found| {
            let from = found.place.start.saturating_sub(LONGEST_ESCAPE);
            let until = decoded.text.len().min(found.place.end + 1);
            let is_escaped = decoded.is_escaped(from..until);
            let place = decoded.place(found.place.clone());
            found.place = start + place.start..start + place.end;
            let is_deeper = found.how == How::Percent;
            found.how = How::Percent;
            is_escaped || is_deeper
        });
        let is_found = !inner.is_empty();
        self.asking.found.append(&mut inner);
        is_found
    }
}

/// The run of a class round a byte, and what is left of it behind an escape right before it, the
/// likelier first.
fn around(class: u16, text: &[u8], at: usize) -> impl Iterator<Item = Range<usize>> + use<> {
    let run = run_start(class, text, 0, at)..run_end(class, text, at);
    let behind = behind_string_escape(text, &run);
    let start = behind.map_or(run.start, |behind| behind.start);
    // What sets a colour begins with a bracket.
    let colour = match text[start..run.end].first() {
        Some(b'[') => behind_string_escape(text, &(start + 1..run.end)),
        _ => None,
    };
    let behind = colour.or(behind).map(|behind| Behind {
        start: behind.start.min(at),
        ..behind
    });
    begins(&run, behind).map(move |start| start..run.end)
}
