//! The URL round a host in a log line, and its canonical key by bytes. Pure.

use std::ops::Range;

use crate::indicator::begins_with_entity;

use super::classes::{self, ENDS, HOST, PATH, SCHEME, URL, WORD, is, run_end, run_start};
use super::cut::behind_escape;

/// Longer ones are shown up to here, unless longer ones are listed; servers take no longer ones.
const LONGEST: usize = 8192;
/// Userinfo and scheme are looked for so far back.
const BEFORE: usize = 256;
/// So many ends are tried.
const MOST_ENDS: usize = 32;

/// Signs before a blank: so many are looked at.
const MOST_AROUND: usize = 8;

/// What at its end is part of it, or of the sentence.
const STOPS: [&[u8]; 4] = [b".:,;!?", b".:", b".", b""];

/// A URL in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlAt<'t> {
    /// Where it begins: its scheme, else its host.
    pub start: usize,
    /// Lower case; empty where there is none.
    scheme: String,
    /// With its colon; empty where there is none.
    port: &'t [u8],
    /// From the end of port or host on; empty where there is none.
    pub path: Range<usize>,
    /// Up to a blank, as what is listed may have anything else in it, and no longer than that.
    pub widest: usize,
}

/// The URL whose host is at `host`; `None` where it is a host alone. An IPv6 address stands there
/// without its brackets. What is listed has a path of `longest` bytes at most.
pub fn url_at(text: &[u8], host: Range<usize>, longest: usize) -> Option<UrlAt<'_>> {
    let brackets =
        host.start > 0 && text[host.start - 1] == b'[' && text.get(host.end) == Some(&b']');
    let (begin, after) = match brackets {
        true => (host.start - 1, host.end + 1),
        false => (host.start, host.end),
    };
    let (start, scheme) = scheme(text, begin).unwrap_or((begin, String::new()));
    let is_path = |at: usize| matches!(text.get(at), Some(b'/' | b'?'));
    // The dot of a name that is complete.
    let after = match text.get(after) {
        Some(b'.') if is_path(after + 1) || text.get(after + 1) == Some(&b':') => after + 1,
        _ => after,
    };
    let (mut path, mut port) = (after, after..after);
    if text.get(after) == Some(&b':') {
        let digits = text[after + 1..]
            .iter()
            .take(6)
            .take_while(|byte| byte.is_ascii_digit());
        let end = after + 1 + digits.count();
        let goes_on = text.get(end).is_some_and(|byte| is(HOST, *byte));
        match end - after {
            1 if is_path(end) => path = end,
            2..=6 if !goes_on => (path, port) = (end, after..end),
            _ => {}
        }
    }
    let begins = is_path(path);
    if !begins && scheme.is_empty() {
        return None;
    }
    let before = |length: usize| &text[..text.len().min(path.saturating_add(length))];
    let end = match begins {
        true => run_end(PATH, before(longest.max(LONGEST)), path),
        false => path,
    };
    let widest = match begins || text.get(path) == Some(&b'\\') {
        true => run_end(WORD, before(longest), path),
        false => path,
    };
    Some(UrlAt {
        start,
        scheme,
        port: &text[port],
        path: path..end,
        widest,
    })
}

/// The scheme before a host, over userinfo, and where it begins.
fn scheme(text: &[u8], host: usize) -> Option<(usize, String)> {
    let floor = host.saturating_sub(BEFORE);
    let mut end = host;
    if host > floor && text[host - 1] == b'@' {
        let in_userinfo = |byte: &u8| is(URL, *byte) && *byte != b'/';
        let info = text[floor..host]
            .iter()
            .rev()
            .take_while(|byte| in_userinfo(byte));
        end = host - info.count();
    }
    let before = text[floor..end].strip_suffix(b"://")?;
    let colon = floor + before.len();
    let start = run_start(SCHEME, text, floor, colon);
    let behind = behind_escape(text, &(start..colon)).map(|behind| behind.start);
    let start = behind.map_or(start, |behind| behind.min(colon));
    let skipped = text[start..colon]
        .iter()
        .position(u8::is_ascii_alphabetic)?;
    let start = start + skipped;
    let scheme = String::from_utf8_lossy(&text[start..colon]).to_ascii_lowercase();
    Some((start, scheme))
}

impl UrlAt<'_> {
    /// Where it most likely ends: the full stop of a sentence is none of it.
    pub fn end(&self, text: &[u8]) -> usize {
        self.path.start + without(STOPS[0], &text[self.path.clone()]).len()
    }

    /// Where it can end, the farthest first: what is listed may have signs in it that most often
    /// follow a URL, and a comma or a letter beyond ASCII can be either.
    pub fn ends(&self, text: &[u8]) -> Vec<usize> {
        let Range { start, end } = self.path;
        let path = &text[start..self.widest];
        // What has a quote in it does not stand in quotes: it ends before a blank.
        let quoted = memchr::memchr(b'"', path).map_or(path.len(), |quote| quote + 1);
        let query = memchr::memchr(b'?', path).unwrap_or(path.len());
        let can_end = |at: &usize| match path[*at] {
            // Between the parameters of a URL that this one is in.
            b'&' => *at < query || begins_with_entity(&text[start + *at..]),
            byte => is(ENDS, byte),
        };
        let ends = (0..quoted).filter(can_end).take(MOST_ENDS);
        let is_around =
            |at: &usize| path[*at] >= 0x80 || is(ENDS, path[*at]) || STOPS[0].contains(&path[*at]);
        let around = (quoted..path.len()).rev().take_while(is_around);
        let around = around.filter(|at| is(ENDS, path[*at])).take(MOST_AROUND);
        let ends = ends.chain(around);
        // What is cut because nothing longer is listed does not end there.
        let is_end = |at: &usize| {
            let next = text.get(start + at);
            *at <= path.len() && next.is_none_or(|next| !is(PATH, *next))
        };
        let ends = ends.chain([end - start, path.len()].into_iter().filter(is_end));
        let mut ends: Vec<_> = ends
            .flat_map(|end| {
                let whole = &path[..end];
                STOPS.map(|stops| without(stops, whole).len())
            })
            .map(|end| start + end)
            .collect();
        ends.sort_unstable_by(|one, other| other.cmp(one));
        ends.dedup();
        ends
    }

    /// The keys with this host, canonical and in brackets where it is IPv6, up to this end of the
    /// path: one, or two where without a scheme the port could be the default one.
    pub fn keys(&self, host: &str, path: &[u8]) -> impl Iterator<Item = String> {
        let path = String::from_utf8_lossy(path);
        let slash = match path.starts_with(['/', '\\']) {
            true => "",
            false => "/",
        };
        let key = |port: &[u8]| {
            let port = String::from_utf8_lossy(port);
            format!("{host}{port}{slash}{path}")
        };
        let is_default = match self.scheme.as_str() {
            "" | "http" | "ws" | "hxxp" => self.port == b":80",
            "https" | "wss" | "hxxps" => self.port == b":443",
            "ftp" => self.port == b":21",
            _ => false,
        };
        let first = key(if is_default { b"" } else { self.port });
        let second = (self.scheme.is_empty() && self.port == b":443").then(|| key(b""));
        std::iter::once(first).chain(second)
    }
}

/// Where a URL that goes on at `from` ends if signs that no URL should have are part of it: at a
/// blank or one of the `quotes`.
pub fn quoted_end(text: &[u8], from: usize, quotes: &str) -> usize {
    let ends = |byte: &u8| !is(WORD, *byte) || quotes.as_bytes().contains(byte);
    let length = text[from..].iter().position(ends);
    length.map_or(text.len(), |length| from + length)
}

/// A path without such signs at its end.
fn without<'t>(stops: &[u8], path: &'t [u8]) -> &'t [u8] {
    let last = path.iter().rposition(|byte| !stops.contains(byte));
    &path[..last.map_or(0, |last| last + 1)]
}

/// A text without its percent escapes, and where each byte of it stood.
pub struct Decoded {
    pub text: Vec<u8>,
    /// One more than the text has bytes.
    places: Vec<usize>,
}

impl Decoded {
    pub fn of(text: &[u8]) -> Self {
        let mut decoded = Decoded {
            text: Vec::with_capacity(text.len()),
            places: Vec::with_capacity(text.len() + 1),
        };
        let mut at = 0;
        while at < text.len() {
            decoded.places.push(at);
            match classes::escape(&text[at..]) {
                Some(byte) => {
                    decoded.text.push(byte);
                    at += 3;
                }
                None => {
                    decoded.text.push(text[at]);
                    at += 1;
                }
            }
        }
        decoded.places.push(at);
        decoded
    }

    /// What of it stood before this place.
    pub fn until(&self, place: usize) -> &[u8] {
        &self.text[..self.places.partition_point(|at| *at < place)]
    }

    /// Where a part of it stood.
    pub fn place(&self, part: Range<usize>) -> Range<usize> {
        self.places[part.start]..self.places[part.end]
    }

    /// Whether one of these bytes was an escape.
    pub fn is_escaped(&self, part: Range<usize>) -> bool {
        self.places[part.end] - self.places[part.start] > part.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::{Indicator, parse};

    fn at<'t>(text: &'t str, host: &str) -> Option<UrlAt<'t>> {
        let start = text.find(host).unwrap();
        url_at(text.as_bytes(), start..start + host.len(), 100)
    }

    /// One rule, in two places.
    #[test]
    fn a_key_by_bytes_is_the_key_of_the_indicator() {
        for text in [
            "http://evil.com",
            "http://evil.com/",
            "https://evil.com:443/Gate.php?a=B#c",
            "http://evil.com:443/a",
            "evil.com:80/x",
            "evil.com/x",
            "evil.com/?q",
            "http://evil.com?q",
            "ftp://evil.com:21/x",
            "http://u:p@evil.com:8080/x",
            "hxxps://evil.com:443/x",
            "gopher://evil.com:70/x",
            "http://evil.com/路",
            "http://evil.com./a",
            "http://evil.com.:8080/a",
            "http://evil.com:/a",
            "evil.com:?q",
            "evil.com/redirect?u=http://8.8.8.8/",
        ] {
            let url = at(text, "evil.com").unwrap();
            let Indicator::Url(parsed) = parse(text).unwrap().indicator else {
                panic!("{text} is no URL");
            };
            let path = &text.as_bytes()[url.path.clone()];
            let keys: Vec<_> = url.keys("evil.com", path).collect();
            assert_eq!(keys[0], parsed.key(), "{text}");
            assert_eq!(url.start, 0, "{text}");
        }
        let text = "x http://[2001:db8::1]:8080/a y";
        let url = at(text, "2001:db8::1").unwrap();
        let keys: Vec<_> = url.keys("[2001:db8::1]", b"/a").collect();
        assert_eq!(
            (url.start, &keys[..]),
            (2, &["[2001:db8::1]:8080/a".to_string()][..])
        );
    }

    #[test]
    fn a_host_alone_is_no_url() {
        for text in [
            "evil.com",
            "evil.com:8080",
            "bob@evil.com",
            "//evil.com",
            "x=evil.com,y",
        ] {
            assert_eq!(at(text, "evil.com"), None, "{text}");
        }
    }

    #[test]
    fn a_url_can_end_in_several_places() {
        let text = "http://evil.com/a,b(c). and";
        let url = at(text, "evil.com").unwrap();
        let ends = url.ends(text.as_bytes());
        let ends: Vec<_> = ends
            .into_iter()
            .map(|end| &text[url.path.start..end])
            .collect();
        assert_eq!(ends, ["/a,b(c).", "/a,b(c)", "/a,b(c", "/a,b", "/a"]);
        let text = "http://evil.com";
        let url = at(text, "evil.com").unwrap();
        assert_eq!(url.ends(text.as_bytes()), [text.len()]);
        let text = "http://evil.com/a?b&quot;|c&d";
        let url = at(text, "evil.com").unwrap();
        assert_eq!(url.ends(text.as_bytes()).len(), 4);
        assert_eq!(
            quoted_end(text.as_bytes(), url.path.start, "<>"),
            text.len()
        );
    }

    #[test]
    fn escapes_come_off_and_their_places_are_known() {
        let decoded = Decoded::of(b"a%2Fevil%2ecom%");
        assert_eq!(decoded.text, b"a/evil.com%");
        assert_eq!(decoded.place(2..10), 4..14);
        assert!(decoded.is_escaped(1..2) && decoded.is_escaped(2..10) && !decoded.is_escaped(2..6));
    }
}
