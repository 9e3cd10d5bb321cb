//! Lookups by the thousand: understand → plan → ask → answer → emit. It knows no service.
//!
//! Inputs are understood in a thread of their own ([`intake`]). In one thread that decides
//! everything ([`run`]), each goes to the [`desk`] of every source that takes it, is answered from
//! the [`answer_cache`] or asked by the [`worker_pool`] when the pace and the [`quota`] allow it;
//! through the [`reorder_buffer`] they come out in order and are counted ([`summary`]). Where an
//! [`earlier`] answer is compared with, only what is different comes out ([`changes`]).

mod answer_cache;
mod args;
mod change;
pub mod change_view;
mod changes;
mod desk;
mod earlier;
mod held;
mod intake;
mod listed;
mod quota;
pub mod rank;
mod reorder_buffer;
mod result;
mod run;
mod source;
mod summary;
#[cfg(test)]
mod tests;
pub mod view;
mod worker_pool;

use std::sync::Arc;

use crate::cancel::Cancel;
use crate::console::Reporter;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::input::Inputs;
use crate::store::Store;
use crate::system::Clock;

pub use args::{FailOn, LookupArgs};
pub use change::{Changed, Compared, level_before};
pub use changes::{Changes, ChangesArgs};
pub use listed::{Listed, Unusable};
pub use reorder_buffer::Slot;
pub use result::{LookupResult, Retrieved, Settled, Status};
pub use source::{Answer, Answered, Attempt, Details, Lazy, Listing, Quota, Report, Source};

/// Fewer inputs than this are not worth a word before they are asked.
const MANY: u64 = 100;

/// All that a run is handed.
pub struct Work<'a> {
    /// At least one; each input has an answer of each, in this order.
    pub sources: Vec<Arc<dyn Source>>,
    pub inputs: Inputs,
    pub args: &'a LookupArgs,
    /// Whether the inputs come out as they are answered, and not in their own order.
    pub unordered: bool,
    /// Whether the sources' own bytes are wanted.
    pub raw: bool,
    pub store: Store,
    pub clock: Clock,
    pub notes: &'static dyn Reporter,
    pub cancel: &'a Cancel,
    /// Takes secrets out of what a service said.
    pub scrub: Box<dyn Fn(&str) -> String + 'a>,
    /// Whether an input is known to be good: it then does not count for `--fail-on`.
    pub is_ignored: Box<dyn Fn(&Slot) -> bool + 'a>,
    /// An earlier answer: what is as it was then does not come out, nor count for `--fail-on`.
    pub changes: Option<Changes>,
    /// How many files the process may have open, where there is a limit.
    pub open_files: Option<u64>,
}

impl<'a> Work<'a> {
    /// In order, and without the sources' own bytes.
    pub fn new(
        args: &'a LookupArgs,
        sources: Vec<Arc<dyn Source>>,
        inputs: Inputs,
        cx: &'a Context<'a>,
    ) -> Self {
        let is_kept = sources.iter().any(|source| source.owner().is_some());
        Work {
            store: match is_kept {
                true => cx.store(),
                false => Store::none(cx.notes),
            },
            sources,
            inputs,
            args,
            unordered: false,
            raw: false,
            clock: cx.clock,
            notes: cx.notes,
            cancel: cx.cancel,
            scrub: Box::new(|text| cx.scrub(text)),
            is_ignored: Box::new(|_| false),
            changes: None,
            open_files: cx.system().open_files,
        }
    }
}

/// What a command makes of the inputs once they are answered.
pub trait Emit {
    fn emit(&mut self, slot: &Slot) -> Result<()>;

    /// Hands on what is known so far; called before a wait.
    fn flush(&mut self) -> Result<()>;
}

/// Looks every input up and hands each to `emit`. `Some` is why a part of it is missing.
///
/// # Errors
/// What came out is not worth keeping.
pub fn look_up(work: Work<'_>, emit: &mut dyn Emit) -> Result<Option<Error>> {
    let notes = work.notes;
    if let Some(total) = work.inputs.total.filter(|total| *total >= MANY) {
        notes.note(&format!(
            "{total} inputs: each that the cache does not know costs a lookup \
             (--max-lookups N and --reserve N set limits, Ctrl-C ends)"
        ));
    }
    let mut run = run::Run::new(work, emit)?;
    let ran = run.until_all_are_out();
    notes.progress(None);
    if let Err(error) = ran {
        run.keep_what_is_under_way();
        return Err(error);
    }
    run.ending()
}
