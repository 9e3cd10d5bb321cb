//! What passed a gate, asked for: what it can be listed as, the most specific first, through the
//! filter and then the table. Pure.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use crate::indicator::{Kind, PercentEscape, hex_byte, may_be_disguised, parse, percent_escape};
use crate::store::index::{Entry, Filters, Hit, How, Lengths, Visit, listings, url_listings};

use super::classes::{LOCAL, is, run_start};
use super::cut::behind_string_escape;
use super::ranges::Ranges;
use super::url::{Decoded, UrlAt, quoted_end, url_at};

/// A name is no longer.
pub const LONGEST_NAME: usize = 253;

/// A URL whose path is disguised is no longer.
const LONGEST_WRITTEN: usize = 512;

/// Something that is listed, where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    pub place: Range<usize>,
    /// How it is what is listed; a disguise is said before anything else.
    pub how: How,
    pub hit: Arc<Hit>,
}

/// What is known of an index without asking it.
pub struct Known {
    pub filters: Filters,
    pub ranges: Ranges,
    pub lengths: Lengths,
}

/// Asks the index for an entry that the filter may hold.
pub type Ask<'a> = dyn FnMut(Entry<'_>, How) -> Option<Arc<Hit>> + 'a;

/// What is found so far, and whom to ask for more.
pub struct Asking<'a> {
    pub known: &'a Known,
    pub ask: &'a mut Ask<'a>,
    pub found: Vec<Sighting>,
}

impl Asking<'_> {
    /// A host that passed the gate: the URL that it is part of, the mail address, the host.
    pub fn host(&mut self, text: &[u8], place: Range<usize>, kind: Kind, key: &str) {
        if self.known.filters.may_hold(Entry::UrlHost(key))
            && self.url(text, place.clone(), kind, key)
        {
            return;
        }
        if kind == Kind::Domain && place.start > 0 && text[place.start - 1] == b'@' {
            let start = run_start(LOCAL, text, place.start.saturating_sub(65), place.start - 1);
            let listed = local_starts(text, start..place.start - 1).any(|start| {
                let local = String::from_utf8_lossy(&text[start..place.start]).to_lowercase();
                let address = format!("{local}{key}");
                self.visit(start..place.end, None, &mut |visit| {
                    visit(Entry::Key(Kind::Email, &address), How::Exact)
                })
            });
            if listed {
                return;
            }
        }
        let lengths = &self.known.lengths;
        self.visit(place, None, &mut |visit| {
            listings(kind, key, lengths, visit)
        });
    }

    fn url(&mut self, text: &[u8], host: Range<usize>, kind: Kind, key: &str) -> bool {
        let longest = self.known.lengths.longest_url;
        // What is longer is not listed, were each byte of it an escape: a long line of URLs without
        // a blank would take for ever.
        let most = 3 * longest + 1;
        let Some(url) = url_at(text, host, most) else {
            return false;
        };
        let host = match kind {
            Kind::Ipv6 => format!("[{key}]"),
            _ => key.to_string(),
        };
        let widest = &text[url.path.start..url.widest];
        let decoded = widest.contains(&b'%').then(|| Decoded::of(widest));
        // The whole before its beginnings, wherever it ends.
        let whole = url.ends(text).into_iter().any(|end| {
            let written = &text[url.path.start..end];
            let decoded = decoded.as_ref().map(|decoded| decoded.until(written.len()));
            let decoded = decoded.filter(|decoded| decoded.len() < written.len());
            let paths = [(Some(written), None), (decoded, Some(How::Percent))];
            paths.into_iter().any(|(path, disguise)| {
                path.filter(|path| path.len() <= longest)
                    .is_some_and(|path| {
                        self.keys(&url, &host, path, url.start..end, disguise, only)
                    })
            })
        });
        if whole {
            return true;
        }
        let (end, quoted) = (
            url.end(text),
            quoted_end(&text[..url.widest], url.path.start, "\"<>"),
        );
        let ends = [Some(end), Some(quoted).filter(|quoted| *quoted > end)];
        let begins = ends.into_iter().flatten().any(|end| {
            let place = url.start..end;
            let path = &text[url.path.start..end.min(url.path.start + most)];
            let is_escaped = path.contains(&b'%');
            self.keys(&url, &host, path, place.clone(), None, url_listings)
                || (is_escaped
                    && self.keys(
                        &url,
                        &host,
                        &Decoded::of(path).text,
                        place,
                        Some(How::Percent),
                        url_listings,
                    ))
        });
        let quoted = quoted_end(&text[..url.widest], url.path.start, "\"");
        // What is listed may be longer than a beginning of it.
        let written = may_be_disguised(&text[url.path.start..quoted])
            && self.written(text, url.start, url.path.start, None);
        begins || written
    }

    /// The first key of a URL up to one of its ends under which `listings` finds it.
    fn keys(
        &mut self,
        url: &UrlAt<'_>,
        host: &str,
        path: &[u8],
        place: Range<usize>,
        disguise: Option<How>,
        listings: fn(&str, &mut Visit) -> ControlFlow<()>,
    ) -> bool {
        url.keys(host, path)
            .any(|key| self.visit(place.clone(), disguise, &mut |visit| listings(&key, visit)))
    }

    /// A URL as a list is read, which takes off what disguises anything in its path too: the same
    /// text is the same entry.
    pub fn written(
        &mut self,
        text: &[u8],
        start: usize,
        from: usize,
        disguise: Option<How>,
    ) -> bool {
        // A long line of them would take for ever.
        let text = &text[..text.len().min(start + LONGEST_WRITTEN + 1)];
        let mut last = 0;
        ["\"<>&", "\"<>", "\"", ""].into_iter().any(|quotes| {
            let end = quoted_end(text, from.min(text.len()), quotes);
            let is_new = std::mem::replace(&mut last, end) != end;
            is_new
                && end - start <= LONGEST_WRITTEN
                && self.written_until(text, start..end, disguise)
        })
    }

    fn written_until(&mut self, text: &[u8], place: Range<usize>, disguise: Option<How>) -> bool {
        let Ok(written) = std::str::from_utf8(&text[place.clone()]) else {
            return false;
        };
        let Ok(parsed) = parse(written) else {
            return false;
        };
        let key = parsed.indicator.key();
        parsed.indicator.kind() == Kind::Url
            && self.visit(place, disguise, &mut |visit| only(&key, visit))
    }

    /// Takes the first entry that is listed. Says whether there was one.
    pub fn visit(
        &mut self,
        place: Range<usize>,
        disguise: Option<How>,
        entries: &mut dyn FnMut(&mut Visit) -> ControlFlow<()>,
    ) -> bool {
        let Asking { known, ask, found } = self;
        let mut listed = None;
        let _ = entries(&mut |entry, how| {
            if known.filters.may_hold(entry) {
                listed = ask(entry, how).map(|hit| (how, hit));
            }
            match listed {
                Some(_) => ControlFlow::Break(()),
                None => ControlFlow::Continue(()),
            }
        });
        let Some((how, hit)) = listed else {
            return false;
        };
        found.push(Sighting {
            place,
            how: disguise.unwrap_or(how),
            hit,
        });
        true
    }
}

/// A URL itself.
fn only(key: &str, visit: &mut Visit) -> ControlFlow<()> {
    visit(Entry::Key(Kind::Url, key), How::Exact)
}

/// Where the part of a mail address before its `@` can begin: an escape may end right before it.
fn local_starts(text: &[u8], run: Range<usize>) -> impl Iterator<Item = usize> {
    let percent = memchr::memrchr(b'%', &text[run.clone()]).map(|at| run.start + at + 1);
    let unescaped = percent.and_then(|at| {
        let escape = percent_escape(&text[..at], &text[at..run.end]);
        let Some(PercentEscape::Separates(length)) = escape else {
            return None;
        };
        let behind = at + length;
        let byte = hex_byte(&text[behind - 2..]);
        byte.filter(|byte| !is(LOCAL, *byte)).map(|_| behind)
    });
    let unquoted = behind_string_escape(text, &run).map(|behind| behind.start);
    let others = unescaped.into_iter().chain(unquoted);
    std::iter::once(run.start).chain(others.filter(move |start| *start > run.start))
}
