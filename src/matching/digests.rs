//! Digests in a text. Pure.

use std::ops::Range;

use crate::indicator::{Algorithm, Kind};
use crate::store::index::{Entry, How, digest_hash};

use super::asking::Asking;
use super::cut::{begins, digits_behind_escape};
use super::marks::{self, Marks};

/// Finds those that are listed: runs of hexadecimal digits that are as long as a digest.
pub fn digests(text: &[u8], marks: &Marks, asking: &mut Asking) {
    let mut digests = Vec::new();
    let length = text.len();
    let mut from = 0;
    while let Some(at) = marks.next(marks::digest, from..length) {
        let start = marks.run_start(marks::hex, from..at);
        from = marks.run_end(marks::hex, at..length);
        digests.extend(Digest::of(text, start..from));
    }
    // As with hosts: for all of them at a time.
    let filters = &asking.known.filters;
    digests.retain(|digest| filters.may_hold_hash(digest.hash));
    for Digest {
        kind, place, how, ..
    } in digests
    {
        let key = String::from_utf8_lossy(&text[place.clone()]).to_ascii_lowercase();
        asking.visit(place, how, &mut |visit| {
            visit(Entry::Key(kind, &key), How::Exact)
        });
    }
}

/// A digest that the filter has not been asked for.
struct Digest {
    kind: Kind,
    place: Range<usize>,
    how: Option<How>,
    hash: u64,
}

impl Digest {
    /// The one that a run of hexadecimal digits is, without the escape before it.
    fn of(text: &[u8], run: Range<usize>) -> Option<Self> {
        let behind = digits_behind_escape(text, &run);
        let end = run.end;
        let (kind, start) = begins(&run, behind)
            .find_map(|start| Some((Algorithm::of_length(end - start)?.kind(), start)))?;
        let is_percent = start > run.start && text[run.start - 1] == b'%';
        let how = is_percent.then_some(How::Percent);
        Some(Digest {
            kind,
            hash: digest_hash(kind, &text[start..end]),
            place: start..end,
            how,
        })
    }
}
