//! What of an index stands in a text: one look at each byte that can begin or join something,
//! a cheap gate, the filter, and only then the table. Pure.
//!
//! A text is some lines; no match goes over the end of one, as nothing that is listed holds a
//! line feed.

use std::net::Ipv6Addr;
use std::ops::Range;

use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

use crate::indicator::{self, Kind};
use crate::store::index::{Entry, How, last_two_labels, listings};

use super::asking::{Ask, Asking, Found, Known, LONGEST_NAME};
use super::classes::{self, HEX, HOST, IPV6, LABEL, PARAMETER, URL, is, quad, run_end, run_start};
use super::cut::{
    Escape, Labels, escape_before, hides_dot, ipv6_at, is_disguise, is_in_own_script,
    without_string_escape,
};
use super::dns_labels::{DnsName, dns_name};
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
pub fn scan(text: &[u8], known: &Known, ask: &mut Ask) -> Vec<Found> {
    let mut scan = Scan {
        asking: Asking {
            known,
            ask,
            found: Vec::new(),
        },
    };
    scan.read(text, 0);
    let mut found = scan.asking.found;
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

struct Scan<'a> {
    asking: Asking<'a>,
}

/// Up to where a text has been read another way than host by host: nothing is read so twice, or a
/// long line of disguises would take for ever.
#[derive(Default)]
struct Read {
    /// With the escapes taken off.
    decoded: usize,
    /// Line by line, as the scanner of indicators does.
    lines: usize,
    /// The same, word by word.
    words: usize,
}

impl Scan<'_> {
    fn read(&mut self, text: &[u8], depth: u8) {
        self.hosts(text, depth);
        self.digests(text);
        self.dns_names(text);
        self.disguises(text);
        if !text.is_ascii() {
            self.wide(text);
        }
        if depth < DEPTH {
            self.escapes(text, depth);
        }
    }

    /// Names and addresses: a dot is in each of them, or colons are.
    fn hosts(&mut self, text: &[u8], depth: u8) {
        let (mut done, mut read) = (0, Read::default());
        for at in memchr2_iter(b'.', b':', text) {
            if at < done {
                continue;
            }
            if text[at] == b'.' {
                let start = run_start(LABEL, text, done, at);
                let labels = Labels::at(text, start, at);
                done = labels.place.end;
                self.host(text, labels, depth, &mut read);
            } else {
                let (place, end) = ipv6_at(text, at, done);
                if let Some(place) = place {
                    self.ipv6(text, place);
                }
                done = end;
            }
        }
    }

    /// A run of labels and dots.
    fn host(&mut self, text: &[u8], labels: Labels, depth: u8, read: &mut Read) {
        let run = &labels.place;
        let before = match run.start.checked_sub(1) {
            Some(before) if text[before] == b'%' => escape_before(text, run.start),
            _ => Escape::None,
        };
        let after = match text.get(run.end) {
            Some(b'%') => classes::escape(&text[run.end..]),
            _ => None,
        };
        let start = match before {
            // It is read with the escape taken off.
            Escape::Joins => return,
            _ if after.is_some_and(|byte| is(HOST, byte)) => return,
            Escape::Widens(_) => return self.decoded(text, run.start, depth, read),
            _ if after.is_some_and(|byte| !byte.is_ascii()) => {
                return self.decoded(text, run.start, depth, read);
            }
            Escape::Separates(from) => from.min(run.end),
            Escape::None => without_string_escape(text, run),
        };
        let run = start..run.end;
        if run.is_empty() {
            return;
        }
        if run.start >= read.lines && hides_dot(text, &run) {
            read.lines = self.line(text, run.start, How::Defanged);
        }
        if is_in_own_script(text, &run) {
            if run.start >= read.words {
                read.words = self.word(text, run.start);
            }
            return;
        }
        let Some(labels) = labels.trimmed(text, start) else {
            return;
        };
        let run = labels.place;
        if text[labels.last..run.end].iter().all(u8::is_ascii_digit) {
            return self.quads(text, run);
        }
        if !self.asking.passes(&text[labels.last_two..run.end]) {
            return;
        }
        let is_slash_escaped =
            text[run.end..].starts_with(br"\/") || text[..run.start].ends_with(br"\/");
        if is_slash_escaped && run.start >= read.lines {
            read.lines = self.line(text, run.start, How::Defanged);
        }
        let is_behind = before != Escape::None;
        if is_behind || text.get(run.end) == Some(&b'%') {
            self.decoded(text, run.start, depth, read);
        }
        if !is_behind {
            self.name(text, run);
        }
    }

    /// Reads what is round an escape with its escapes taken off, unless that was done.
    fn decoded(&mut self, text: &[u8], at: usize, depth: u8, read: &mut Read) {
        if at >= read.decoded && depth < DEPTH {
            read.decoded = self.escaped(text, at, depth);
        }
    }

    fn name(&mut self, text: &[u8], run: Range<usize>) {
        let start = run.end.saturating_sub(LONGEST_NAME).max(run.start);
        let name = String::from_utf8_lossy(&text[start..run.end]).to_ascii_lowercase();
        self.asking.host(text, run, Kind::Domain, &name);
    }

    /// Addresses: a quad, or several with hyphens between them.
    fn quads(&mut self, text: &[u8], run: Range<usize>) {
        let whole = &text[run.clone()];
        if let Some(address) = quad(whole) {
            return self.ipv4(text, run, address);
        }
        let mut pieces = whole.split(|byte| *byte == b'-');
        if !whole.contains(&b'-') || !pieces.all(|piece| quad(piece).is_some()) {
            return;
        }
        let mut start = run.start;
        for piece in whole.split(|byte| *byte == b'-') {
            if let Some(address) = quad(piece) {
                self.ipv4(text, start..start + piece.len(), address);
            }
            start += piece.len() + 1;
        }
    }

    fn ipv4(&mut self, text: &[u8], place: Range<usize>, address: u32) {
        let key = &text[place.clone()];
        let known = self.asking.known;
        if known.filters.pass(key) || known.ranges.hold_v4(address) {
            let key = String::from_utf8_lossy(key).into_owned();
            self.asking.host(text, place, Kind::Ip, &key);
        }
    }

    fn ipv6(&mut self, text: &[u8], place: Range<usize>) {
        let run = std::str::from_utf8(&text[place.clone()]).unwrap_or_default();
        // A colon after an address is the sentence's.
        let (run, address) = match run.parse::<Ipv6Addr>() {
            Ok(address) => (run, address),
            Err(_) => {
                let run = run.trim_end_matches([':', '.']);
                match run.parse() {
                    Ok(address) => (run, address),
                    Err(_) => return,
                }
            }
        };
        let place = place.start..place.start + run.len();
        if let Some(address) = address.to_ipv4_mapped() {
            let key = address.to_string();
            let bits = address.to_bits();
            if self.asking.known.filters.pass(key.as_bytes())
                || self.asking.known.ranges.hold_v4(bits)
            {
                self.asking.host(text, place.clone(), Kind::Ip, &key);
            }
        }
        let key = address.to_string();
        let bits = address.to_bits();
        if self.asking.known.filters.pass(key.as_bytes()) || self.asking.known.ranges.hold_v6(bits)
        {
            self.asking.host(text, place, Kind::Ipv6, &key);
        }
    }

    /// Runs of hexadecimal digits that are as long as a digest. Each holds one of the bytes that
    /// are looked at.
    fn digests(&mut self, text: &[u8]) {
        const SHORTEST: usize = 32;
        let mut done = 0;
        for at in (SHORTEST - 1..text.len()).step_by(SHORTEST) {
            if at < done || !is(HEX, text[at]) {
                continue;
            }
            let start = run_start(HEX, text, done, at);
            done = run_end(HEX, text, at);
            self.digest(text, start..done);
        }
    }

    fn digest(&mut self, text: &[u8], run: Range<usize>) {
        let mut run = run;
        let mut disguise = None;
        if let Escape::Separates(start) | Escape::Widens(start) = escape_before(text, run.start) {
            run.start = start.min(run.end);
            disguise = Some(How::Percent);
        } else if run.start > 1 && text[run.start - 2] == b'\\' {
            let start = without_string_escape(text, &(run.start - 1..run.end));
            run.start = start.max(run.start);
        }
        let kind = match run.len() {
            32 => Kind::Md5,
            40 => Kind::Sha1,
            64 => Kind::Sha256,
            128 => Kind::Sha512,
            _ => return,
        };
        let mut lower = [0; 128];
        let lower = &mut lower[..run.len()];
        lower.copy_from_slice(&text[run.clone()]);
        lower.make_ascii_lowercase();
        let key = std::str::from_utf8(lower).unwrap_or_default();
        self.asking.visit(run, disguise, &mut |visit| {
            visit(Entry::Key(kind, key), How::Exact)
        });
    }

    /// Names as a DNS server logs them.
    fn dns_names(&mut self, text: &[u8]) {
        let mut done = 0;
        for at in memchr_iter(b'(', text) {
            if at < done {
                continue;
            }
            let Some(DnsName { name, end }) = dns_name(&text[at..]) else {
                continue;
            };
            done = at + end;
            if self.asking.passes(last_two_labels(name.as_bytes())) {
                let lengths = &self.asking.known.lengths;
                self.asking
                    .visit(at..done, Some(How::DnsLabels), &mut |visit| {
                        listings(Kind::Domain, &name, lengths, visit)
                    });
            }
        }
    }

    /// Words in brackets that stand for a dot: `[dot]`. Dots in brackets are seen as dots.
    fn disguises(&mut self, text: &[u8]) {
        let mut done = 0;
        for at in memchr3_iter(b'[', b'(', b'{', text) {
            if at >= done && is_disguise(&text[at..]) {
                done = self.line(text, at, How::Defanged);
            }
        }
        done = 0;
        for at in memchr_iter(b'<', text) {
            if at >= done && is_disguise(&text[at..]) {
                done = self.line(text, at, How::Defanged);
            }
        }
    }

    /// Separators and brackets of other scripts: `evil。com`, `evil【.】com`.
    fn wide(&mut self, text: &[u8]) {
        let (mut read, mut done) = (0, 0);
        for at in memchr3_iter(0xc2, 0xe3, 0xef, text) {
            let rest = &text[at..];
            // The blocks in which they are.
            if !matches!(rest[1..], [0xab, ..] | [0x80, ..] | [0xbc | 0xbd, ..]) {
                continue;
            }
            if at >= read && WIDE.iter().any(|one| rest.starts_with(one)) {
                read = self.word(text, at);
            } else if at >= done && is_disguise(rest) {
                done = self.line(text, at, How::Defanged);
            }
        }
    }

    /// Reads a line as the scanner of indicators does, for what is disguised in it. Gives where it
    /// ends.
    fn line(&mut self, text: &[u8], at: usize, how: How) -> usize {
        let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
        for found in indicator::scan(&text[start..end]).loose(true) {
            if found.is_disguised {
                self.seen(start, &found, how);
            }
        }
        end
    }

    /// The same for a word, for what is in its own script.
    fn word(&mut self, text: &[u8], at: usize) -> usize {
        let start = run_start(URL, text, 0, at);
        let end = run_end(URL, text, at);
        for found in indicator::scan(&text[start..end]).loose(true) {
            self.seen(start, &found, How::Idna);
        }
        end
    }

    /// An indicator as the scanner found it, in a text that begins at `start`.
    fn seen(&mut self, start: usize, seen: &indicator::Found<'_>, how: How) {
        let place = start + seen.offset..start + seen.offset + seen.text.len();
        let disguise = match how {
            How::Idna if seen.text.is_ascii() => seen.is_disguised.then_some(How::Defanged),
            how => Some(how),
        };
        let lengths = &self.asking.known.lengths;
        let (kind, key) = (seen.indicator.kind(), seen.indicator.key());
        let listed = self.asking.visit(place.clone(), disguise, &mut |visit| {
            listings(kind, &key, lengths, visit)
        });
        if !listed && let Some((_, host)) = key.rsplit_once('@').filter(|_| kind == Kind::Email) {
            self.asking.visit(place, disguise, &mut |visit| {
                listings(Kind::Domain, host, lengths, visit)
            });
        }
    }

    /// Dots and letters of names that are written as percent escapes.
    fn escapes(&mut self, text: &[u8], depth: u8) {
        let mut done = 0;
        for at in memchr_iter(b'%', text) {
            let joins = |byte| is(HOST | IPV6, byte) || b"%[({".contains(&byte);
            if at >= done && classes::escape(&text[at..]).is_some_and(joins) {
                done = self.escaped(text, at, depth);
            }
        }
    }

    /// Reads the run round an escape with its escapes taken off.
    /// Gives where the run ends.
    fn escaped(&mut self, text: &[u8], at: usize, depth: u8) -> usize {
        let start = run_start(PARAMETER, text, 0, at);
        let end = run_end(PARAMETER, text, at);
        let decoded = Decoded::of(&text[start..end]);
        let first = self.asking.found.len();
        self.read(&decoded.text, depth + 1);
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
        end
    }
}
