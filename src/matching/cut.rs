//! Where the parts of names and addresses begin and end in a text, and what stands round them. Pure.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use crate::indicator::{self, continues_name, escape_rest};

use super::classes::{HEX, HOST, IPV6, LABEL, is, quad, run_end, run_start};

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
    /// The run that begins at `start` and has a dot; two dots in a row end it too.
    #[inline]
    pub fn at(text: &[u8], start: usize, dot: usize) -> Self {
        let (mut last, mut last_two, mut end) = (dot + 1, start, dot + 1);
        while let Some(byte) = text.get(end) {
            if *byte == b'.' && last != end {
                (last, last_two) = (end + 1, last);
            } else if !is(LABEL, *byte) {
                break;
            }
            end += 1;
        }
        Labels {
            place: start..end,
            last,
            last_two,
        }
    }

    /// Without hyphens and dots around it, and what is before `start`; `None` where no dot is left.
    #[inline]
    pub fn trimmed(self, text: &[u8], start: usize) -> Option<Self> {
        let hangs = |byte: &u8| *byte == b'-' || *byte == b'.';
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

/// A percent escape whose digits begin a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    None,
    /// It stands for what separates: the run begins behind it.
    Separates(usize),
    /// It stands for a part of the run.
    Joins,
    /// It stands for a byte beyond ASCII, which may be a part of the run that begins behind it.
    Widens(usize),
}

/// What a run that begins at `start` has before it. An escaped `%` begins a further escape.
pub fn escape_before(text: &[u8], start: usize) -> Escape {
    let Some(mut at) = start.checked_sub(1).filter(|at| text[*at] == b'%') else {
        return Escape::None;
    };
    let mut escape = Escape::None;
    // The digits of the escape within the escape follow it, as if its `%` stood there.
    while let Some(byte) = two_digits(text, at + 1) {
        at += 2;
        escape = match byte {
            byte if is(HOST, byte) => return Escape::Joins,
            0x80.. => Escape::Widens(at + 1),
            _ => Escape::Separates(at + 1),
        };
        if byte != b'%' {
            break;
        }
    }
    escape
}

/// Where a run begins without the rest of an escape of a string: of `\u003cevil.com` behind `u003c`.
pub fn without_string_escape(text: &[u8], run: &Range<usize>) -> usize {
    /// What stands before it and tells it from a folder.
    const BEFORE: usize = 264;
    let may_begin = b"nrtux".contains(&text[run.start]);
    if !may_begin || run.start == 0 || text[run.start - 1] != b'\\' {
        return run.start;
    }
    let before = &text[run.start.saturating_sub(BEFORE)..run.start];
    let rest = escape_rest(&String::from_utf8_lossy(before), &text[run.clone()]);
    run.start + rest
}

fn two_digits(text: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    Some((digit(at)? * 16 + digit(at + 1)?) as u8)
}

/// The run round a colon: where it could be an IPv6 address, with `::` or with seven colons, and
/// where the next one can begin.
pub fn ipv6_at(text: &[u8], colon: usize, floor: usize) -> (Option<Range<usize>>, usize) {
    const LONGEST: usize = 48;
    let none = (None, colon + 1);
    let before = colon.checked_sub(1).map(|at| text[at]);
    let Some(after) = text.get(colon + 1) else {
        return none;
    };
    if !is(HEX, *after) && *after != b':' {
        return none;
    }
    if *after != b':' && !before.is_some_and(|byte| is(HEX, byte)) {
        return none;
    }
    let floor = floor.max(colon.saturating_sub(LONGEST));
    let mut start = run_start(IPV6, text, floor, colon);
    let end = run_end(IPV6, &text[..text.len().min(colon + LONGEST)], colon);
    // A single colon stands between a word and the address: `src:2001:db8::1`.
    let is_word = start > 0 && is(HOST, text[start - 1]);
    if is_word || (text[start] == b':' && text.get(start + 1) != Some(&b':')) {
        start = start + memchr::memchr(b':', &text[start..end]).unwrap_or(0) + 1;
    }
    let run = &text[start..end];
    if run.len() >= LONGEST {
        return none;
    }
    let is_apart = !is_word || !run.starts_with(b":");
    let ends = text.get(end).is_none_or(|byte| !is(HOST, *byte));
    let has_gap = memmem::find(run, b"::").is_some();
    let colons = memchr_iter(b':', run).count();
    if is_apart && ends && (has_gap || colons >= 6) {
        return (Some(start..end), end);
    }
    // Seen from another colon of it, it is the same run; its dots may join something else.
    let last = memchr::memrchr(b':', run).map_or(colon, |at| start + at);
    (None, last.max(colon) + 1)
}
