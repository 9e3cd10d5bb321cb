//! What passed a gate, asked for: what it can be listed as, the most specific first, through the
//! filter and then the table. Pure.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use crate::indicator::Kind;
use crate::store::index::{Entry, Filters, Hit, How, Lengths, Visit, listings, url_listings};

use super::classes::{self, LOCAL, is, run_start};
use super::cut::without_string_escape;
use super::ranges::Ranges;
use super::url::{Decoded, url_at};

/// A name is no longer.
pub const LONGEST_NAME: usize = 253;

/// Something that is listed, where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
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
    pub found: Vec<Found>,
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
        // What is longer is not listed, were each byte of it an escape: a long line of URLs without
        // a blank would take for ever.
        let longest = 3 * self.known.lengths.longest_url + 1;
        let Some(url) = url_at(text, host, longest) else {
            return false;
        };
        let host = match kind {
            Kind::Ipv6 => format!("[{key}]"),
            _ => key.to_string(),
        };
        let most = url.path.start + longest;
        let path = &text[url.path.start..url.path.end.min(most)];
        // The whole before its beginnings, wherever it ends.
        let whole = url.ends(text, longest).any(|end| {
            url.keys(&host, &text[url.path.start..end]).any(|key| {
                self.visit(url.start..end, None, &mut |visit| {
                    visit(Entry::Key(Kind::Url, &key), How::Exact)
                })
            })
        });
        if whole {
            return true;
        }
        let end = url.end(text);
        let place = url.start..end;
        if url
            .keys(&host, path)
            .any(|key| self.visit(place.clone(), None, &mut |visit| url_listings(&key, visit)))
        {
            return true;
        }
        if !path.contains(&b'%') {
            return false;
        }
        let decoded = Decoded::of(&text[url.path.start..end.min(most)]);
        url.keys(&host, &decoded.text).any(|key| {
            self.visit(place.clone(), Some(How::Percent), &mut |visit| {
                url_listings(&key, visit)
            })
        })
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
        found.push(Found {
            place,
            how: disguise.unwrap_or(how),
            hit,
        });
        true
    }
}

/// Where the part of a mail address before its `@` can begin: an escape may end right before it.
fn local_starts(text: &[u8], run: Range<usize>) -> impl Iterator<Item = usize> {
    let separates = |byte: u8| byte.is_ascii() && !is(LOCAL, byte);
    let percent = memchr::memrchr(b'%', &text[run.clone()]).map(|at| run.start + at);
    let unescaped = percent
        .filter(|at| classes::escape(&text[*at..run.end]).is_some_and(separates))
        .map(|at| at + 3);
    let unquoted = (!run.is_empty()).then(|| without_string_escape(text, &run));
    let others = unescaped.into_iter().chain(unquoted);
    std::iter::once(run.start).chain(others.filter(move |start| *start > run.start))
}
