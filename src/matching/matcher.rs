//! The blocks of a log against an index.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::store::index::{Entry, Hit, How, Index, Scope};

use super::asking::{Known, Sighting};
use super::blocks::Block;
use super::ranges::Ranges;
use super::scan::scan;

/// An index as many threads ask it.
pub struct Matcher {
    index: Mutex<Index>,
    known: Known,
    scope: Scope,
}

/// A line with a match.
#[derive(Debug)]
pub struct Line {
    /// Lines of the block before it.
    pub number: u64,
    /// Where it stands in the text of the block, without its line end.
    pub place: Range<usize>,
    /// Its places are those in the text of the block.
    pub found: Vec<Sighting>,
}

/// What a block has.
#[derive(Debug, Default)]
pub struct Matched {
    pub lines: Vec<Line>,
    /// Ends of lines.
    pub ends: u64,
}

/// Answers of the index: a log names the same hosts again and again.
#[derive(Default)]
pub struct Answers {
    known: HashMap<u64, (String, Option<Arc<Hit>>)>,
    failed: Option<Error>,
}

/// So many answers are remembered.
const MOST_ANSWERS: usize = 4096;

impl Matcher {
    /// # Errors
    /// The index is damaged.
    pub fn new(index: Index, scope: Scope) -> Result<Self> {
        let known = Known {
            filters: index.filters()?,
            ranges: Ranges::new(&index.ranges()?),
            lengths: index.lengths().clone(),
        };
        Ok(Matcher {
            index: Mutex::new(index),
            known,
            scope,
        })
    }

    /// Finds the lines of a block that have something that is listed.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn matched(&self, block: &Block, answers: &mut Answers) -> Result<Matched> {
        let text = &block.text[..];
        let mut found = scan(text, &self.known, &mut |entry, how| {
            self.ask(entry, how, answers)
        });
        if let Some(error) = answers.failed.take() {
            return Err(error);
        }
        found.retain(|found| block.own.contains(&found.place.start));
        let mut matched = Matched::default();
        let mut counted = block.own.start;
        for found in found {
            if let Some(line) = matched
                .lines
                .last_mut()
                .filter(|line| found.place.start < line.place.end)
            {
                line.found.push(found);
                continue;
            }
            let at = found.place.start;
            let start =
                memchr::memrchr(b'\n', &text[counted..at]).map_or(counted, |end| counted + end + 1);
            matched.ends += count(&text[counted..start]);
            let limit = text.len().min(block.own.end.max(found.place.end));
            let end = memchr::memchr(b'\n', &text[at..limit]).map_or(limit, |end| at + end);
            counted = end;
            matched.lines.push(Line {
                number: matched.ends,
                place: start..end,
                found: vec![found],
            });
        }
        matched.ends += count(&text[counted.min(block.own.end)..block.own.end]);
        Ok(matched)
    }

    fn ask(&self, entry: Entry<'_>, how: How, answers: &mut Answers) -> Option<Arc<Hit>> {
        if answers.failed.is_some() || !self.scope.takes(how) {
            return None;
        }
        let hash = entry.hash();
        let (Entry::Key(_, text) | Entry::UrlHost(text)) = entry;
        if let Some((known, hit)) = answers.known.get(&hash)
            && known == text
        {
            return hit.clone();
        }
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        match index.hit(entry, how, &self.scope) {
            Ok(hit) => {
                let hit = hit.map(Arc::new);
                if answers.known.len() >= MOST_ANSWERS {
                    answers.known.clear();
                }
                answers.known.insert(hash, (text.to_string(), hit.clone()));
                hit
            }
            Err(error) => {
                answers.failed = Some(error);
                None
            }
        }
    }
}

fn count(text: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', text).count() as u64
}
