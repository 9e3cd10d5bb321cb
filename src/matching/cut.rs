//! Where the parts of names and addresses begin and end in a text, and what stands round them. Pure.

use std::ops::Range;

use crate::indicator::{
    self, BEFORE_ESCAPE, Certainty, PercentEscape, continues_name, percent_escape, string_escape,
};

use super::classes::{HANGS, HOST, JOINS, LABEL, LEADS, is, quad, run_start};
use super::marks::{self, Marks};

/// Whether a dot at either end of a run stands in a bracket, or behind a backslash.
pub fn hides_dot(text: &[u8], run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).map(|at| text[at]);
    let opens = |byte: u8| b"[({<\\".contains(&byte);
    let first = text[run.start] == b'.';
    let is_spaced = || {
        let inner = text[..run.start].trim_ascii_end();
        before == Some(b' ') && run.len() == 1 && inner.last().is_some_and(|byte| opens(*byte))
    };
    let closes = text[run.end - 1] == b'.'
        && text.get(run.end) == Some(&b']')
        && text.get(run.end + 1).is_some_and(|byte| is(LABEL, *byte));
    (first && (before.is_some_and(opens) || is_spaced())) || closes
}

/// Whether a disguise in brackets begins here, as whoever takes it off says.
pub fn is_disguise(text: &[u8]) -> bool {
    /// Brackets, blanks and the longest word that stands for a dot.
    const LONGEST: usize = 48;
    let bracket = usize::from(text[0].is_ascii());
    let inner = text[bracket..].iter().find(|byte| **byte != b' ');
    // The first letters of those words; a dot is seen as a dot.
    if !inner
        .is_some_and(|byte| b"dpaktn@,:/".contains(&byte.to_ascii_lowercase()) || *byte >= 0x80)
    {
        return false;
    }
    let text = &text[..text.len().min(LONGEST)];
    let valid = text.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    indicator::begins_with_disguise(valid)
}

/// Whether a run goes on beyond ASCII, so that the whole is read as a name in its own script.
pub fn is_in_own_script(text: &[u8], run: &Range<usize>) -> bool {
    let is_wide = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(|byte| *byte >= 0x80)
    };
    let (before, after) = (is_wide(run.start.checked_sub(1)), is_wide(Some(run.end)));
    if !before && !after {
        return false;
    }
    let edge = |at: usize| char::from(text[at]);
    let goes_on = |c: Option<char>, edge: char| c.is_some_and(|c| continues_name(c, edge));
    let goes_on = (before && goes_on(char_before(text, run.start), edge(run.start)))
        || (after && goes_on(char_after(text, run.end), edge(run.end - 1)));
    let bare = text[run.clone()].strip_suffix(b".");
    goes_on && quad(bare.unwrap_or(&text[run.clone()])).is_none()
}

/// The character that ends before; `None` where that is none.
fn char_before(text: &[u8], end: usize) -> Option<char> {
    let start = (end.saturating_sub(4)..end).rfind(|at| text[*at] & 0xc0 != 0x80)?;
    std::str::from_utf8(&text[start..end]).ok()?.chars().next()
}

/// The character that begins there; `None` where that is none.
fn char_after(text: &[u8], start: usize) -> Option<char> {
    let text = &text[start..text.len().min(start + 4)];
    text.utf8_chunks().next()?.valid().chars().next()
}

/// A run of labels and dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    pub place: Range<usize>,
    /// Where the last label begins, and where the one before it does.
    pub last: usize,
    pub last_two: usize,
}

impl Labels {
    /// The run round a dot, the first one in it; two dots in a row end it too.
    #[inline]
    pub fn round(text: &[u8], marks: &Marks, dot: usize) -> Self {
        let start = marks.run_start(marks::label, 0..dot);
        let end = marks.run_end(marks::host, dot + 1..text.len());
        let (last, before) = marks.last_two(marks::dot, dot..end);
        Labels {
            place: start..end,
            last: last + 1,
            last_two: before.map_or(start, |before| before + 1),
        }
    }

    /// Whether nothing stands next to the run that could join it, and nothing hangs at it: most do.
    #[inline]
    pub fn are_apart(&self, text: &[u8]) -> bool {
        let Range { start, end } = self.place;
        let next = |at: usize| text.get(at).copied().unwrap_or(b' ');
        let joins = is(LEADS, next(start.wrapping_sub(1))) | is(JOINS, next(end));
        !(joins | is(HANGS, text[start]) | is(HANGS, text[end - 1]))
    }

    /// Without hyphens and dots around it, and what is before `start`; `None` where no dot is left.
    #[inline]
    pub fn trimmed(self, text: &[u8], start: usize) -> Option<Self> {
        let hangs = |byte: &u8| is(HANGS, *byte);
        let place = start..self.place.end;
        let whole = &text[place.clone()];
        if self.place == place && !hangs(whole.first()?) && !hangs(whole.last()?) {
            return Some(self);
        }
        let first = whole.iter().position(|byte| !hangs(byte))?;
        let end = whole.iter().rposition(|byte| !hangs(byte))? + 1;
        let whole = &whole[first..end];
        let start = start + first;
        let mut dots = memchr::memrchr_iter(b'.', whole);
        Some(Labels {
            place: start..start + whole.len(),
            last: start + dots.next()? + 1,
            last_two: start + dots.next().map_or(0, |dot| dot + 1),
        })
    }
}

/// What the rest of an escape may be at the beginning of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// Where the run begins without it.
    pub start: usize,
    /// Whether the run can begin nowhere else.
    pub certainty: Certainty,
}

/// Where a run begins without the rest of an escape of a string right before it: of
/// `\u003cevil.com` behind `u003c`. `None` where there is none.
pub fn behind_string_escape(text: &[u8], run: &Range<usize>) -> Option<Behind> {
    if !is(LEADS, text[run.start.checked_sub(1)?]) {
        return None;
    }
    let before = &text[run.start.saturating_sub(BEFORE_ESCAPE)..run.start];
    let escape = string_escape(before, &text[run.clone()])?;
    Some(Behind {
        start: run.start + escape.length,
        certainty: escape.certainty,
    })
}

/// Where a run can begin, the likelier first: behind an escape, and with what would be its rest.
pub fn begins(run: &Range<usize>, behind: Option<Behind>) -> impl Iterator<Item = usize> + use<> {
    let whole = Some(run.start);
    let starts = match behind.map(|behind| (behind.certainty, behind.start)) {
        None => [whole, None],
        Some((Certainty::Unlikely, start)) => [whole, Some(start)],
        Some((Certainty::Likely, start)) => [Some(start), whole],
        Some((Certainty::Sure, start)) => [Some(start), None],
    };
    starts.into_iter().flatten()
}

/// The same behind any escape.
pub fn behind_escape(text: &[u8], run: &Range<usize>) -> Option<Behind> {
    match percent_escape(&text[..run.start], &text[run.clone()]) {
        Some(PercentEscape::Separates(length) | PercentEscape::Widens(length)) => Some(Behind {
            start: run.start + length,
            certainty: Certainty::Sure,
        }),
        _ => behind_string_escape(text, run),
    }
}

/// The same for a run of hexadecimal digits, whose first ones may be the last ones of the escape.
pub fn digits_behind_escape(text: &[u8], run: &Range<usize>) -> Option<Behind> {
    /// The letters of an escape before digits: `u`, `31m`.
    const LETTERS: usize = 4;
    let start = run_start(LABEL, text, run.start.saturating_sub(LETTERS), run.start);
    behind_escape(text, &(start..run.end)).filter(|behind| run.contains(&behind.start))
}

/// Whether a label is nothing but digits. Most that begin with one are parts of an address: they
/// are told without a loop, whose end no processor guesses.
#[inline]
pub fn is_number(label: &[u8]) -> bool {
    match label {
        [a] => a.is_ascii_digit(),
        [a, .., c] if label.len() <= 3 => {
            a.is_ascii_digit() & label[label.len() / 2].is_ascii_digit() & c.is_ascii_digit()
        }
        [a, ..] => a.is_ascii_digit() && label.iter().all(u8::is_ascii_digit),
        [] => true,
    }
}

/// No IPv6 address is longer as a text.
pub const LONGEST_IPV6: usize = 48;

/// The run round a colon where an IPv6 address could be in it: with `::`, or with six colons or more.
pub enum AroundColon {
    /// It could be one, and so could what is left of it behind an escape.
    Address {
        place: Range<usize>,
        behind: Option<usize>,
    },
    /// It is none, but what is behind the colon could be.
    Behind,
    No,
}

pub fn around_colon(text: &[u8], marks: &Marks, floor: usize, colon: usize) -> AroundColon {
    let floor = floor.max(colon.saturating_sub(LONGEST_IPV6));
    let limit = text.len().min(colon + LONGEST_IPV6);
    let mut start = marks.run_start(marks::ipv6, floor.min(colon)..colon);
    let end = marks.run_end(marks::ipv6, colon..limit);
    let is_address = |run: Range<usize>| {
        marks.count(marks::colon, run.clone()) >= 6
            || marks.last(marks::gap, run.start + 1..run.end).is_some()
    };
    if !is_address(start..end) {
        return AroundColon::No;
    }
    // A single colon stands between a word and the address: `src:2001:db8::1`.
    let behind = digits_behind_escape(text, &(start..end));
    let behind = behind.filter(|behind| is_address(behind.start..end));
    let sure = behind.filter(|behind| behind.certainty == Certainty::Sure);
    let is_word = behind.is_none() && start > 0 && is(HOST, text[start - 1]);
    start = sure.map_or(start, |behind| behind.start);
    if is_word || (text[start] == b':' && text[start + 1] != b':') {
        start = marks.next(marks::colon, start..end).unwrap_or(start) + 1;
    }
    let is_apart = !is_word || text.get(start) != Some(&b':');
    let ends = text.get(end).is_none_or(|byte| !is(HOST, *byte));
    let fits = end - start < LONGEST_IPV6;
    match is_apart && ends && fits && is_address(start..end) {
        true => AroundColon::Address {
            place: start..end,
            behind: behind.map(|behind| behind.start),
        },
        false => AroundColon::Behind,
    }
}
