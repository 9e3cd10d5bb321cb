//! Each input understood, and of many what is known of it, in a thread of its own: a slow stdin
//! holds up nothing else. A command line has been read already.

use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};

use crate::error::Result;
use crate::indicator::{Indicator, Parsed};
use crate::input::{Input, Inputs, Origin};
use crate::store::{KeptAnswer, Reader};
use crate::system::spawn;

use super::Source;
use super::held::Held;

/// Inputs that are read ahead, as far as there is room for them.
const AHEAD: usize = 1024;

/// So many come at a time, where nobody waits for the first of them.
const TOGETHER: usize = 64;

/// An input, and what is to be asked for it.
pub struct Taken {
    pub input: Input,
    pub understood: Result<Parsed>,
    /// Bytes that it holds.
    pub size: usize,
    /// What the sources said of it in earlier runs; empty where nobody looked.
    pub kept: Vec<Option<KeptAnswer>>,
}

/// Where to look for what is known, while others are busy.
pub struct Cache {
    pub reader: Reader,
    pub sources: Vec<Arc<dyn Source>>,
}

impl Cache {
    fn look(&self, indicator: &Indicator) -> Vec<Option<KeptAnswer>> {
        let entry = |source: &Arc<dyn Source>| {
            let query = source.accepts(indicator).ok()?;
            self.reader.get(&source.owner()?, &query.to_string())
        };
        self.sources.iter().map(entry).collect()
    }
}

/// What comes from the thread. Inputs of a file come many at a time: two threads that hand each
/// other one thing after the other wait more than they work.
pub struct Intake {
    batches: Receiver<Batch>,
    ready: std::vec::IntoIter<Result<Taken>>,
}

/// The first, and what came with it.
pub type Batch = (Result<Taken>, Vec<Result<Taken>>);

impl Intake {
    /// Starts the thread, if there is something to be read. One that waits for a terminal or a pipe cannot be called back; it ends
    /// with the process.
    ///
    /// # Errors
    /// There is no thread to be had.
    pub fn of(inputs: Inputs, held: Arc<Held>, cache: Option<Cache>) -> Result<Self> {
        let together = match inputs.origin {
            Origin::File => TOGETHER,
            Origin::CommandLine | Origin::Live | Origin::Rows => 1,
        };
        let (sender, batches) = bounded(AHEAD / together);
        if inputs.origin == Origin::CommandLine {
            let ready: Vec<_> = taken(inputs, cache).collect();
            held.add(ready.iter().map(size_of).sum());
            return Ok(Intake {
                batches,
                ready: ready.into_iter(),
            });
        }
        spawn(move || {
            let mut inputs = taken(inputs, cache);
            let mut next = inputs.next();
            while let Some(first) = next.take() {
                held.take(size_of(&first));
                let mut others = Vec::new();
                while others.len() + 1 < together {
                    next = inputs.next();
                    match next.take_if(|taken| held.try_take(size_of(taken))) {
                        Some(taken) => others.push(taken),
                        // Whoever gets what is there makes room.
                        None => break,
                    }
                }
                if sender.send((first, others)).is_err() {
                    break;
                }
                next = next.or_else(|| inputs.next());
            }
        })?;
        Ok(Intake {
            batches,
            ready: Vec::new().into_iter(),
        })
    }

    /// The next one that is there.
    pub fn next_ready(&mut self) -> Option<Result<Taken>> {
        if let Some(taken) = self.ready.next() {
            return Some(taken);
        }
        let batch = self.batches.try_recv().ok()?;
        Some(self.first_of(batch))
    }

    /// Where more come from; `None` while there are some.
    pub fn batches(&self) -> Option<&Receiver<Batch>> {
        (self.ready.len() == 0).then_some(&self.batches)
    }

    pub fn first_of(&mut self, (first, others): Batch) -> Result<Taken> {
        self.ready = others.into_iter();
        first
    }
}

fn size_of(taken: &Result<Taken>) -> usize {
    taken.as_ref().map_or(0, |taken| taken.size)
}

fn taken(inputs: Inputs, cache: Option<Cache>) -> impl Iterator<Item = Result<Taken>> {
    let any_name = inputs.any_name;
    inputs.map(move |input| {
        let input = input?;
        let understood = input.understood(any_name);
        let kept = match (&cache, &understood) {
            (Some(cache), Ok(parsed)) => cache.look(&parsed.indicator),
            _ => Vec::new(),
        };
        let bodies = kept.iter().flatten().map(|entry| entry.body.len());
        Ok(Taken {
            size: size(&input) + bodies.sum::<usize>(),
            understood,
            input,
            kept,
        })
    })
}

fn size(input: &Input) -> usize {
    let text = input.text.as_ref().map_or(0, String::capacity);
    let row = input.row.as_ref().map_or(0, |row| row.text.capacity());
    std::mem::size_of::<Taken>() + text + row
}
