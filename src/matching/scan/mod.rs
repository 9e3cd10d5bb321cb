//! What of an index stands in a text: one look at each byte that can begin or join something,
//! a cheap gate, the filter, and only then the table. Pure.
//!
//! A text is some lines; no match goes over the end of one, as nothing that is listed holds a
//! line feed.

mod disguised;

use std::net::{IpAddr, Ipv6Addr};
use std::ops::Range;

use crate::indicator::{Certainty, Kind, PercentEscape, hex_byte, percent_escape};
use crate::store::index::{How, gate, last_two_labels, listings};

use super::asking::{Ask, Asking, Known, LONGEST_NAME, Sighting};
use super::classes::{self, HEX, HOST, is, quad};
use super::cut::{
    AroundColon, LONGEST_IPV6, Labels, around_colon, behind_string_escape, hides_dot, is_disguise,
    is_in_own_script, is_number,
};
use super::digests::digests;
use super::dns_labels::dns_labels;
use super::marks::{self, Marks};

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
    begins: Begins,
    gate: u64,
}

/// What stands before a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    Apart,
    BehindPercent,
    /// A backslash: the host is meant where what is left of it behind an escape is not listed.
    Otherwise,
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
            true => self.apart(labels, Begins::Apart),
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
        let mut begins = match before {
            Some(_) => Begins::BehindPercent,
            None => Begins::Apart,
        };
        let start = match before {
            // It is read with the escape taken off.
            Some(PercentEscape::Joins(_)) => return,
            _ if after.is_some_and(|byte| is(HOST, byte)) => return,
            Some(PercentEscape::Widens(_)) => return self.unescaped(run.start),
            _ if after.is_some_and(|byte| !byte.is_ascii()) => return self.unescaped(run.start),
            Some(PercentEscape::Separates(length)) => {
                let start = run.end.min(run.start + length);
                // Of a backslash a letter may be a part: the gate of the name is another one.
                if hex_byte(&text[start - 2..]) == Some(b'\\') {
                    self.unescaped(run.start);
                }
                start
            }
            None => match behind_string_escape(text, run) {
                Some(behind) if behind.certainty == Certainty::Sure => behind.start,
                Some(behind) => {
                    self.behind(labels.clone(), behind.start, begins);
                    if behind.certainty == Certainty::Likely {
                        begins = Begins::Otherwise;
                    }
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
        self.behind(labels, start, begins);
    }

    /// A run without what is before `start`.
    fn behind(&mut self, labels: Labels, start: usize, begins: Begins) {
        if let Some(labels) = labels.trimmed(self.text, start) {
            self.apart(labels, begins);
        }
    }

    #[inline]
    fn apart(&mut self, labels: Labels, begins: Begins) {
        let run = labels.place;
        if !is_number(&self.text[labels.last..run.end]) {
            self.wait(run, labels.last_two, false, begins);
        } else if labels.last_two > run.start {
            self.quads(run, begins);
        }
    }

    /// Addresses: a quad, or several with hyphens between them.
    fn quads(&mut self, run: Range<usize>, begins: Begins) {
        /// `1.2.3.4-5.6.7.8`
        const SHORTEST_TWO: usize = 15;
        let whole = &self.text[run.clone()];
        if whole.len() < SHORTEST_TWO || !whole.contains(&b'-') {
            return self.wait(run.clone(), run.start, true, begins);
        }
        let mut pieces = whole.split(|byte| *byte == b'-');
        if !pieces.all(|piece| quad(piece).is_some()) {
            return;
        }
        let mut start = run.start;
        for piece in whole.split(|byte| *byte == b'-') {
            self.wait(start..start + piece.len(), start, true, begins);
            start += piece.len() + 1;
        }
    }

    #[inline]
    fn wait(&mut self, run: Range<usize>, last_two: usize, is_address: bool, begins: Begins) {
        self.waiting.push(Waiting {
            gate: gate(&self.text[last_two..run.end]),
            run,
            is_address,
            begins,
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
            if host.begins == Begins::Otherwise && self.is_found_in(&host.run) {
                continue;
            }
            let passes = filters.pass(host.gate);
            match host.is_address {
                true if passes || ranges.have_v4() => self.ipv4(host),
                false if passes => self.name(host),
                _ => {}
            }
        }
        self.waiting = waiting;
    }

    /// Whether the last that was found is a part of a run.
    fn is_found_in(&self, run: &Range<usize>) -> bool {
        let last = self.asking.found.last();
        last.is_some_and(|last| (run.start + 1..run.end).contains(&last.place.start))
    }

    fn name(&mut self, host: Waiting) {
        let (text, run) = (self.text, host.run);
        if text[run.end..].starts_with(br"\/") || text[..run.start].ends_with(br"\/") {
            self.line(run.start);
        }
        if host.begins == Begins::BehindPercent || text.get(run.end) == Some(&b'%') {
            self.unescaped(run.start);
        }
        if host.begins != Begins::BehindPercent {
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
            AroundColon::Address { place, behind } => self.ipv6(place, behind),
            AroundColon::Behind => None,
        };
        // `d41d8…427e:2001:db8::1`: the next colon's run begins behind this one.
        self.seen = end.unwrap_or(at);
        self.seen.max(at + 1)
    }

    /// Gives where the address ends, if it is one, or what of it stands behind an escape.
    fn ipv6(&mut self, place: Range<usize>, behind: Option<usize>) -> Option<usize> {
        let behind = behind.filter(|start| *start > place.start);
        let starts = std::iter::once(place.start).chain(behind);
        starts.fold(None, |end, start| self.address(start..place.end).or(end))
    }

    fn address(&mut self, place: Range<usize>) -> Option<usize> {
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
}
