//! What of an index stands in a text: one look at each byte that can begin or join something,
//! a cheap gate, the filter, and only then the table. Pure.
//!
//! A text is some lines; no match goes over the end of one, as nothing that is listed holds a
//! line feed.

use std::net::{IpAddr, Ipv6Addr};
use std::ops::Range;

use crate::indicator::{self, Kind, PercentEscape, percent_escape};
use crate::store::index::{Entry, How, gate, host_of, last_two_labels, listings};

use super::asking::{Ask, Asking, Known, LONGEST_NAME, Sighting};
use super::classes::{self, HEX, HOST, IPV6, PARAMETER, URL, is, quad, run_end, run_start};
use super::cut::{
    AroundColon, LONGEST_IPV6, Labels, around_colon, behind_string_escape, hides_dot, is_disguise,
    is_in_own_script, is_number,
};
use super::digests::digests;
use super::dns_labels::dns_labels;
use super::marks::{self, Marks};
use super::url::Decoded;

/// Escapes of escapes come off so many times.
const DEPTH: u8 = 3;

/// Separators of other scripts.
const WIDE: [&[u8]; 4] = [
    "。".as_bytes(),
    "．".as_bytes(),
    "｡".as_bytes(),
    "＠".as_bytes(),
];

/// Finds what is listed in a text, in the order of the text; of two that overlap the longer one.
pub fn scan(text: &[u8], known: &Known, ask: &mut Ask) -> Vec<Sighting> {
    let mut asking = Asking {
        known,
        ask,
        found: Vec::new(),
    };
    Scan::of(text, 0, &mut asking).read();
    let mut found = asking.found;
    found.sort_by_key(|one| (one.place.start, usize::MAX - one.place.end, one.how));
    let mut end = 0;
    found.retain(|one| {
        let is_apart = one.place.start >= end;
        if is_apart {
            end = one.place.end;
        }
        is_apart
    });
    found
}

/// A host that the gate has not been asked for.
struct Waiting {
    run: Range<usize>,
    is_address: bool,
    /// It begins behind an escape.
    is_behind: bool,
    gate: u64,
}

/// So many wait: the memory is asked for all of them at a time.
const TOGETHER: usize = 64;

struct Scan<'t, 'a> {
    text: &'t [u8],
    marks: Marks,
    /// So many escapes are off.
    depth: u8,
    asking: &'t mut Asking<'a>,
    waiting: Vec<Waiting>,
    /// Up to where hosts have been seen.
    seen: usize,
    /// What has been read another way than host by host: nothing is read so again and again, or a
    /// long line of disguises would take for ever. With the escapes taken off;
    decoded: Range<usize>,
    /// line by line, as the scanner of indicators does;
    lines: Range<usize>,
    /// the same, word by word.
    words: Range<usize>,
}

impl<'t, 'a> Scan<'t, 'a> {
    fn of(text: &'t [u8], depth: u8, asking: &'t mut Asking<'a>) -> Self {
        Scan {
            text,
            marks: Marks::of(text),
            depth,
            asking,
            waiting: Vec::new(),
            seen: 0,
            decoded: 0..0,
            lines: 0..0,
            words: 0..0,
        }
    }

    fn read(&mut self) {
        let mut from = 0;
        while let Some(at) = self.marks.next(marks::begins, from..self.text.len()) {
            from = match self.text[at] {
                b'.' => self.host(at),
                b'%' => self.escape(at),
                b'(' | b'[' | b'{' | b'<' => self.bracket(at),
                0x80.. => self.wide(at),
                _ => self.colons(at),
            };
        }
        self.ask();
        digests(self.text, &self.marks, self.asking);
    }

    /// The run of labels and dots round a dot. As all of these, gives where to go on.
    fn host(&mut self, dot: usize) -> usize {
        let labels = Labels::round(self.text, &self.marks, dot);
        self.seen = labels.place.end;
        self.labels(labels);
        self.seen
    }

    #[inline]
    fn labels(&mut self, labels: Labels) {
        match labels.are_apart(self.text) {
            true => self.apart(labels, false),
            false => self.joined(labels),
        }
    }

    /// A run next to what may join it, hide a dot of it or hang at it.
    fn joined(&mut self, labels: Labels) {
        let text = self.text;
        let run = &labels.place;
        let before = percent_escape(&text[..run.start], &text[run.start..]);
        let after = match text.get(run.end) {
            Some(b'%') => classes::escape(&text[run.end..]),
            _ => None,
        };
        let start = match before {
            // It is read with the escape taken off.
            Some(PercentEscape::Joins(_)) => return,
            _ if after.is_some_and(|byte| is(HOST, byte)) => return,
            Some(PercentEscape::Widens(_)) => return self.unescaped(run.start),
            _ if after.is_some_and(|byte| !byte.is_ascii()) => return self.unescaped(run.start),
            Some(PercentEscape::Separates(length)) => run.end.min(run.start + length),
            None => match behind_string_escape(text, run) {
                Some(behind) if behind.is_sure => behind.start,
                Some(behind) => {
                    self.behind(labels.clone(), behind.start, false);
                    run.start
                }
                None => run.start,
            },
        };
        let run = start..run.end;
        if run.is_empty() {
            return;
        }
        if hides_dot(text, &run) {
            self.line(run.start);
        }
        if is_in_own_script(text, &run) {
            return self.word(run.start);
        }
        self.behind(labels, start, before.is_some());
    }

    /// A run without what is before `start`.
    fn behind(&mut self, labels: Labels, start: usize, is_behind: bool) {
        if let Some(labels) = labels.trimmed(self.text, start) {
            self.apart(labels, is_behind);
        }
    }

    #[inline]
    fn apart(&mut self, labels: Labels, is_behind: bool) {
        let run = labels.place;
        if !is_number(&self.text[labels.last..run.end]) {
            self.wait(run, labels.last_two, false, is_behind);
        } else if labels.last_two > run.start {
            self.quads(run, is_behind);
        }
    }

    /// Addresses: a quad, or several with hyphens between them.
    fn quads(&mut self, run: Range<usize>, is_behind: bool) {
        /// `1.2.3.4-5.6.7.8`
        const SHORTEST_TWO: usize = 15;
        let whole = &self.text[run.clone()];
        if whole.len() < SHORTEST_TWO || !whole.contains(&b'-') {
            return self.wait(run.clone(), run.start, true, is_behind);
        }
        let mut pieces = whole.split(|byte| *byte == b'-');
        if !pieces.all(|piece| quad(piece).is_some()) {
            return;
        }
        let mut start = run.start;
        for piece in whole.split(|byte| *byte == b'-') {
            self.wait(start..start + piece.len(), start, true, is_behind);
            start += piece.len() + 1;
        }
    }

    #[inline]
    fn wait(&mut self, run: Range<usize>, last_two: usize, is_address: bool, is_behind: bool) {
        self.waiting.push(Waiting {
            gate: gate(&self.text[last_two..run.end]),
            run,
            is_address,
            is_behind,
        });
        if self.waiting.len() == TOGETHER {
            self.ask();
        }
    }

    fn ask(&mut self) {
        let Known {
            filters, ranges, ..
        } = self.asking.known;
        let mut waiting = std::mem::take(&mut self.waiting);
        for host in waiting.drain(..) {
            let passes = filters.pass(host.gate);
            match host.is_address {
                true if passes || ranges.have_v4() => self.ipv4(host),
                false if passes => self.name(host),
                _ => {}
            }
        }
        self.waiting = waiting;
    }

    fn name(&mut self, host: Waiting) {
        let (text, run) = (self.text, host.run);
        if text[run.end..].starts_with(br"\/") || text[..run.start].ends_with(br"\/") {
            self.line(run.start);
        }
        if host.is_behind || text.get(run.end) == Some(&b'%') {
            self.unescaped(run.start);
        }
        if !host.is_behind {
            let start = run.end.saturating_sub(LONGEST_NAME).max(run.start);
            let name = String::from_utf8_lossy(&text[start..run.end]).to_ascii_lowercase();
            self.asking.host(text, run, Kind::Domain, &name);
        }
    }

    fn ipv4(&mut self, host: Waiting) {
        let Known {
            filters, ranges, ..
        } = self.asking.known;
        let key = &self.text[host.run.clone()];
        if let Some(address) = quad(key)
            && (filters.pass(host.gate) || ranges.hold_v4(address))
        {
            let key = String::from_utf8_lossy(key).into_owned();
            self.asking.host(self.text, host.run, Kind::Ip, &key);
        }
    }

    /// What may be an IPv6 address, up to the byte behind one of its colons.
    fn colons(&mut self, at: usize) -> usize {
        let floor = self.seen.max(at.saturating_sub(LONGEST_IPV6)).min(at);
        let mut from = self.marks.run_start(marks::hex_or_colon, floor..at);
        while let Some(colon) = self.marks.next(marks::colon, from..at) {
            let is_digit = |at: usize| self.text.get(at).is_some_and(|byte| is(HEX, *byte));
            let behind = colon + 1;
            let is_inner = colon > 0 && is_digit(colon - 1) && is_digit(behind);
            from = match is_inner || self.text.get(behind) == Some(&b':') {
                true => self.colon(behind),
                false => behind,
            };
        }
        from.max(at + 1)
    }

    /// The same round the colon before a byte.
    fn colon(&mut self, at: usize) -> usize {
        let end = match around_colon(self.text, &self.marks, self.seen, at - 1) {
            AroundColon::No => {
                // Seen from another colon of it, it is the same run; its dots may join something.
                let limit = self.text.len().min(at + LONGEST_IPV6);
                return self.marks.run_end(marks::hex_or_colon, at..limit);
            }
            AroundColon::Address(place) => self.ipv6(place),
            AroundColon::Behind => None,
        };
        // `d41d8…427e:2001:db8::1`: the next colon's run begins behind this one.
        self.seen = end.unwrap_or(at);
        self.seen.max(at + 1)
    }

    /// Gives where the address ends, if it is one.
    fn ipv6(&mut self, place: Range<usize>) -> Option<usize> {
        let run = std::str::from_utf8(&self.text[place.clone()]).ok()?;
        // A colon after an address is the sentence's.
        let trimmed = run.trim_end_matches([':', '.']);
        let (run, address) = [run, trimmed]
            .into_iter()
            .find_map(|run| Some((run, run.parse::<Ipv6Addr>().ok()?)))?;
        let place = place.start..place.start + run.len();
        let end = place.end;
        let Known {
            filters, ranges, ..
        } = self.asking.known;
        let (kind, key, is_in_range) = match address.to_canonical() {
            IpAddr::V4(v4) => (Kind::Ip, v4.to_string(), ranges.hold_v4(v4.to_bits())),
            IpAddr::V6(v6) => (Kind::Ipv6, v6.to_string(), ranges.hold_v6(v6.to_bits())),
        };
        if is_in_range || filters.pass(gate(key.as_bytes())) {
            self.asking.host(self.text, place, kind, &key);
        }
        Some(end)
    }

    /// Words in brackets that stand for a dot, `[dot]`, and names as a DNS server logs them. Dots
    /// in brackets are seen as dots.
    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let labels = dns_labels(rest);
        if let Some(name) = &labels.name {
            self.dns_name(at..at + labels.end, name);
        } else if is_disguise(rest) {
            self.line(at);
        }
        at + labels.end.max(1)
    }

    fn dns_name(&mut self, place: Range<usize>, name: &str) {
        let known = self.asking.known;
        let name = &name[name.len().saturating_sub(LONGEST_NAME)..];
        if known.filters.pass(gate(last_two_labels(name.as_bytes()))) {
            self.asking
                .visit(place, Some(How::DnsLabels), &mut |visit| {
                    listings(Kind::Domain, name, &known.lengths, visit)
                });
        }
    }

    /// Separators and brackets of other scripts: `evil。com`, `evil【.】com`.
    fn wide(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        // The blocks in which they are.
        if matches!(rest[1..], [0xab, ..] | [0x80, ..] | [0xbc | 0xbd, ..]) {
            if WIDE.iter().any(|one| rest.starts_with(one)) {
                self.word(at);
            } else if is_disguise(rest) {
                self.line(at);
            }
        }
        at + 1
    }

    /// Reads a line as the scanner of indicators does, for what is disguised in it.
    fn line(&mut self, at: usize) {
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
    fn word(&mut self, at: usize) {
        if self.words.contains(&at) {
            return;
        }
        self.words = around(URL, self.text, at);
        let (text, start) = (self.text, self.words.start);
        for found in indicator::scan(&text[self.words.clone()]).loose(true) {
            self.indicator(start, &found, How::Idna);
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
        if kind == Kind::Url && !listed && has_urls() {
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
    fn escape(&mut self, at: usize) -> usize {
        let joins = |byte| is(HOST | IPV6, byte) || b"%[({".contains(&byte);
        if classes::escape(&self.text[at..]).is_some_and(joins) {
            self.unescaped(at);
        }
        at + 1
    }

    /// Reads what is round an escape with its escapes taken off.
    fn unescaped(&mut self, at: usize) {
        if self.decoded.contains(&at) || self.depth == DEPTH {
            return;
        }
        self.decoded = around(PARAMETER, self.text, at);
        let start = self.decoded.start;
        let decoded = Decoded::of(&self.text[self.decoded.clone()]);
        let first = self.asking.found.len();
        Scan::of(&decoded.text, self.depth + 1, self.asking).read();
        let mut inner = self.asking.found.split_off(first);
        inner.retain_mut(|found| {
            let from = found.place.start.saturating_sub(1);
            let until = decoded.text.len().min(found.place.end + 1);
            let is_escaped = decoded.is_escaped(from..until);
            let place = decoded.place(found.place.clone());
            found.place = start + place.start..start + place.end;
            let is_deeper = found.how == How::Percent;
            found.how = How::Percent;
            is_escaped || is_deeper
        });
        self.asking.found.append(&mut inner);
    }
}

/// The run of a class round a byte, without the rest of an escape right before it.
fn around(class: u16, text: &[u8], at: usize) -> Range<usize> {
    let run = run_start(class, text, 0, at)..run_end(class, text, at);
    let behind = behind_string_escape(text, &run);
    let start = behind.map_or(run.start, |behind| behind.start.min(at));
    // What sets a colour begins with a bracket.
    let colour = match text[start..run.end].first() {
        Some(b'[') => behind_string_escape(text, &(start + 1..run.end)),
        _ => None,
    };
    colour.map_or(start, |behind| behind.start.min(at))..run.end
}
