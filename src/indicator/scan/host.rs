//! Addresses and names in a line, and the ports and paths behind them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use ipnet::IpNet;

use crate::indicator::domain::{has_public_suffix, is_like_file};
use crate::indicator::letters::{
    imitates_latin, is_dot, is_joiner, is_letter_or_digit, is_like_quote, is_name_emoji, parts,
};
use crate::indicator::parse::masked;
use crate::indicator::{Algorithm, Domain, Indicator, Url};

use super::{Line, trimmed, url_end};

/// What stands before a number that says which version of a program it was.
const VERSION_WORDS: [&str; 10] = [
    "build",
    "firmware",
    "release",
    "rev",
    "revision",
    "v",
    "ver",
    "version",
    "版本",
    "版本号",
];

/// Bytes of an IPv6 address at most, and of a name in any script: what is longer is none.
const LONGEST_ADDRESS: usize = 64;
const LONGEST_NAME: usize = 1024;

impl Line<'_> {
    /// The addresses and names in a word with dots, with what follows the last of them; `None`
    /// where there are none.
    pub(super) fn hosts(&mut self, word: &Range<usize>) -> Option<usize> {
        let part = trimmed(self.text, word.clone());
        if let Some(addresses) = self.ipv4_range(&part) {
            for (part, address) in addresses {
                self.push(part, Indicator::Ipv4(address));
            }
            return Some(word.end);
        }
        let before = self.found.len();
        let mut end = word.end;
        for piece in self.cut(&part) {
            if let Some(address) = ipv4(&self.text[piece.clone()]) {
                end = self.ipv4(&piece, address).max(end);
            } else if let Some(domain) = self.domain(&piece) {
                end = self.domain_and_path(&piece, domain).max(end);
            } else if let Some((piece, domain)) = self.beginning(&piece) {
                self.push(piece, Indicator::Domain(domain));
            } else {
                self.digests(&piece);
            }
        }
        (self.found.len() > before).then_some(end)
    }

    fn ipv4(&mut self, part: &Range<usize>, address: Ipv4Addr) -> usize {
        let is_disguised = self.plain.is_disguised(part);
        if let Some((range, end)) = self.network(part, IpAddr::V4(address)) {
            self.push(part.start..end, range.into());
            return end;
        }
        let from = self.found.last().map_or(0, |(part, _)| part.end);
        if !is_disguised && is_version(&self.text[from..part.start], address) {
            return part.end;
        }
        self.with_path(part, Indicator::Ipv4(address))
    }

    /// An IPv6 address whose first digits end the word, and what stands before it in a text
    /// without blanks.
    pub(super) fn after_others(&mut self, word: &Range<usize>) -> Option<usize> {
        let digits = self.text[word.clone()].trim_end_matches(|c: char| c.is_ascii_hexdigit());
        let start = match digits.ends_with(|c: char| c.is_ascii()) {
            true => word.start,
            false => word.start + digits.len(),
        };
        let end = self.ipv6(&(start..word.end))?;
        let address = self.found.pop();
        self.hosts(&(word.start..start));
        self.found.extend(address);
        Some(end)
    }

    fn ipv6(&mut self, word: &Range<usize>) -> Option<usize> {
        let before = &self.text[..word.start];
        let start = match before.strip_suffix("::") {
            Some(head) if !head.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ':') => {
                word.start - 2
            }
            _ => word.start,
        };
        let in_address = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
        let run = &self.text[start..];
        let length = run
            .chars()
            .take(LONGEST_ADDRESS)
            .take_while(|c| in_address(*c));
        let run = &run[..length.count()];
        let run = run.trim_end_matches('.');
        let run = match run.strip_suffix(':') {
            Some(head) if !head.ends_with(':') => head,
            _ => run,
        };
        let part = start..start + run.len();
        let digits = run.bytes().filter(u8::is_ascii_hexdigit).count();
        // `a::b` is a word of C++.
        let is_one = digits >= 4 && run.bytes().any(|byte| byte.is_ascii_digit());
        // Eight pairs of digits name a network card of a disk array.
        let is_name = run.len() == 23 && run.split(':').all(|group| group.len() == 2);
        let address: Ipv6Addr = run.parse().ok().filter(|_| is_one && !is_name)?;
        if self.text[part.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            return None;
        }
        match self.network(&part, IpAddr::V6(address)) {
            Some((range, end)) => {
                self.push(part.start..end, range.into());
                Some(end)
            }
            None => {
                let end = part.end;
                self.push(part, IpAddr::from(address).into());
                Some(end)
            }
        }
    }

    /// The range that an address and the `/24` behind it are.
    fn network(&self, part: &Range<usize>, address: IpAddr) -> Option<(IpNet, usize)> {
        let rest = self.text[part.end..].strip_prefix('/')?;
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        let mask = rest.len() - rest.trim_start_matches(is_part).len();
        let mask = rest[..mask].trim_end_matches('.');
        let range = match (mask.parse(), address) {
            (Ok(length), _) => IpNet::new(address, length).ok()?,
            (_, IpAddr::V4(address)) => masked(address, mask)?,
            _ => return None,
        };
        let after = rest[mask.len()..].trim_start_matches(['.', '?']);
        let goes_on = after.starts_with(|c: char| c.is_ascii_alphanumeric() || "/-_=".contains(c));
        let ends = !goes_on || after.strip_prefix('-').is_some_and(begins_ipv4);
        ends.then_some((range, part.end + 1 + mask.len()))
    }

    /// The name that a piece begins with which is none itself: `evil.com-based`.
    fn beginning(&self, part: &Range<usize>) -> Option<(Range<usize>, Domain)> {
        let text = &self.text[part.clone()];
        let (head, last) = text.rsplit_once('.')?;
        let at = last.find('-').filter(|_| !last.starts_with("xn--"))?;
        let part = part.start..part.start + head.len() + 1 + at;
        let name = self.text[part.clone()].to_ascii_lowercase();
        let domain = self.domain(&part)?;
        (!is_like_file(&name)).then_some((part, domain))
    }

    /// `192.0.2.1-192.0.2.9`: its ends.
    fn ipv4_range(&self, part: &Range<usize>) -> Option<Vec<(Range<usize>, Ipv4Addr)>> {
        let text = &self.text[part.clone()];
        let mut start = part.start;
        let pieces = text.split('-').map(|piece| {
            let part = start..start + piece.len();
            start = part.end + 1;
            Some((part, piece.parse().ok()?))
        });
        text.contains('-').then(|| pieces.collect())?
    }

    fn domain_and_path(&mut self, part: &Range<usize>, domain: Domain) -> usize {
        let before = self.found.len();
        let end = self.with_path(part, Indicator::Domain(domain));
        let is_bare = matches!(self.found.last(), Some((_, Indicator::Domain(_))));
        let name = self.text[part.clone()].to_lowercase();
        let is_unsure = is_like_file(&name) || is_sentence_end(&self.text[part.clone()]);
        if is_bare && is_unsure && !self.is_loose && !self.plain.is_disguised(part) {
            self.found.truncate(before);
            self.like_files += u64::from(is_like_file(&name));
        }
        end
    }

    /// The host, or the URL that it begins; gives where that ends, a port included.
    fn with_path(&mut self, part: &Range<usize>, host: Indicator) -> usize {
        let rest = &self.text[part.end..];
        let digits = rest.strip_prefix(':').map_or(0, |rest| {
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()
        });
        // `evil.com:45c48cce…`: a digest follows, and no port.
        let goes_on = rest[digits..].chars().nth(1);
        let port = match goes_on.is_some_and(|next| next.is_ascii_alphanumeric()) {
            false if digits > 0 => digits + 1,
            _ => 0,
        };
        if rest[port..].starts_with(['/', '?', '#']) {
            let end = url_end(self.text, part.end + port);
            let text = &self.text[part.start..end];
            if end > part.end + port
                && let Ok(url) = Url::parse(text)
            {
                self.push(part.start..end, Indicator::Url(url));
                return end;
            }
        }
        self.push(part.clone(), host);
        part.end + port
    }

    /// The name there, if somebody can have it.
    pub(super) fn domain(&self, part: &Range<usize>) -> Option<Domain> {
        let text = &self.text[part.clone()];
        if text.len() > LONGEST_NAME {
            return None;
        }
        if text.is_ascii() {
            let lower = text.to_ascii_lowercase();
            if !lower.contains('.') || !has_public_suffix(&lower) {
                return None;
            }
        }
        let domain = Domain::parse(text).ok()?;
        let name = domain.ascii();
        let is_suffix = psl::suffix(name.as_bytes()).is_some_and(|suffix| {
            suffix.as_bytes().len() == name.len() && suffix.typ() == Some(psl::Type::Icann)
        });
        let is_name = name.contains('.') && domain.is_public() && !is_suffix;
        is_name.then_some(domain)
    }

    /// Where a text without blanks goes from one script to another within a label, a name ends;
    /// where the whole is none, or is two as well, also at what separates in other scripts.
    pub(super) fn cut(&self, part: &Range<usize>) -> Vec<Range<usize>> {
        let text = &self.text[part.clone()];
        if text.is_ascii() {
            return vec![part.clone()];
        }
        let is_stop = |c: char| !c.is_ascii() && is_dot(c);
        let joins = |c: char| {
            let is_odd = !is_letter_or_digit(c) && !is_name_emoji(c) && !is_dot(c);
            !c.is_ascii() && (is_odd || is_joiner(c) || is_like_quote(c) || c == 'ー')
        };
        let pieces = cut_where(text, part.start, |label| {
            let is_one = is_imitation(label);
            move |before, after| !is_one && parts(before, after)
        });
        let pieces = pieces
            .into_iter()
            .flat_map(|piece| self.cut_at(piece, is_stop));
        pieces.flat_map(|piece| self.cut_at(piece, joins)).collect()
    }

    /// Cuts at such characters, unless the whole is one thing and the pieces are not two.
    fn cut_at(&self, whole: Range<usize>, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let is_one = |piece: &Range<usize>| {
            let text = &self.text[piece.clone()];
            ipv4(text).is_some() || Algorithm::of(text).is_some() || self.domain(piece).is_some()
        };
        let cuts = |_: &str| |before, after| ends(before) || ends(after);
        let pieces = cut_where(&self.text[whole.clone()], whole.start, cuts);
        let pieces: Vec<_> = pieces
            .into_iter()
            .map(|piece| trimmed(self.text, piece))
            .collect();
        let two = || pieces.iter().filter(|piece| is_one(piece)).nth(1).is_some();
        match pieces.len() > 1 && (two() || self.is_counted(&pieces) || !is_one(&whole)) {
            true => pieces,
            false => vec![trimmed(self.text, whole)],
        }
    }

    /// `１．evil.com`: a line of a list, and no name that begins with its number.
    fn is_counted(&self, pieces: &[Range<usize>]) -> bool {
        let [number, stop, name] = pieces else {
            return false;
        };
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        is_number(&self.text[number.clone()])
            && self.text[..name.start].ends_with('．')
            && stop.is_empty()
            && self.text[name.clone()].contains('.')
            && self.domain(name).is_some()
    }
}

/// An address, its dots of any width.
fn ipv4(text: &str) -> Option<Ipv4Addr> {
    match text.is_ascii() {
        true => text.parse().ok(),
        false if text.contains(|c: char| c.is_alphabetic()) => None,
        false => text.replace(is_dot, ".").parse().ok(),
    }
}

fn begins_ipv4(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    let address = &text[..end.unwrap_or(text.len())];
    address.trim_end_matches('.').parse::<Ipv4Addr>().is_ok()
}

/// Cuts between two characters where what `ends` makes of their label says so.
fn cut_where<E: Fn(char, char) -> bool>(
    text: &str,
    start: usize,
    ends: impl Fn(&str) -> E,
) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut before = None;
    for label in text.split_inclusive(is_dot) {
        let ends = ends(label);
        for c in label.chars() {
            if before.is_some_and(|before| ends(before, c)) {
                pieces.push(start + from..start + at);
                from = at;
            }
            before = Some(c);
            at += c.len_utf8();
        }
    }
    pieces.push(start + from..start + text.len());
    pieces
}

/// A label of Latin letters and others that pass for them.
fn is_imitation(label: &str) -> bool {
    let mut others = label.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    others.clone().next().is_some() && others.all(imitates_latin)
}

/// `it ended.It was`: two sentences without a blank between them.
fn is_sentence_end(name: &str) -> bool {
    let (head, tail) = name.rsplit_once('.').unwrap_or_default();
    let mut tail = tail.chars();
    let is_word = head.starts_with(char::is_lowercase);
    let is_number = head.bytes().all(|byte| byte.is_ascii_digit());
    tail.next().is_some_and(char::is_uppercase)
        && tail.all(char::is_lowercase)
        && (is_word || is_number)
}

/// `Chrome/120.0.0.0`, `version 1.2.3.4`. In the log of a proxy `HIER_DIRECT/192.0.2.1` is none.
fn is_version(before: &str, address: Ipv4Addr) -> bool {
    let last_word = |text: &str| {
        let start = text.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
        let start = start.map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
        text[start..].to_string()
    };
    if let Some(product) = before.strip_suffix('/') {
        let product = last_word(product);
        return product.contains(char::is_lowercase) || address.octets()[1..] == [0, 0, 0];
    }
    let word = last_word(before.trim_end_matches([' ', '\t', ':', '：', '.', '=', '"', '\'']));
    VERSION_WORDS.contains(&word.to_lowercase().as_str())
        || (address.octets()[1..] == [0, 0, 0] && !word.is_empty())
}
