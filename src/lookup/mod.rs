//! Lookups by the thousand: understand → plan → ask → answer → emit.
//!
//! Inputs are understood in a thread of their own ([`intake`]). Here, in one thread that decides
//! everything, each is answered from what is [`known`], or asked by the [`crew`] when the pace
//! and the [`budget`] allow it; through the [`window`] they come out in order and are counted
//! ([`tally`]).

mod answer_cache;
mod args;
mod intake;
mod desk;
mod quota;
mod reorder_buffer;
mod run;
mod summary;
mod worker_pool;

use crate::context::Context;
use crate::error::Result;
use crate::input::Inputs;
use crate::output::{Done, Output};

use super::element::LookupResult;

pub use args::BulkArgs;
pub use reorder_buffer::Slot;

use run::Run;

/// Fewer inputs than this are not worth a word before they are asked.
const MANY: u64 = 100;

/// What became of an input.
pub struct Settled {
    pub fate: LookupResult,
    /// The service's own answer, where that is what is wanted.
    body: Option<Vec<u8>>,
}

/// What a command makes of an input once its fate is known.
pub type Emit<'a> = &'a mut dyn FnMut(&mut Output, &Slot, &LookupResult) -> Result<()>;

/// In the order of the inputs, unless said otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order {
    pub as_they_come: bool,
}

/// Looks every input up and hands each to `emit`.
pub fn look_up(
    args: &BulkArgs,
    order: Order,
    inputs: Inputs,
    cx: &Context<'_>,
    out: Output,
    emit: Emit<'_>,
) -> Result<Done> {
    if let Some(total) = inputs.total.filter(|total| *total >= MANY) {
        cx.notes.note(&format!(
            "{total} inputs: each that the cache does not know costs a lookup \
             (--max-lookups N and --reserve N set limits, Ctrl-C ends)"
        ));
    }
    let mut run = Run::new(args, order, inputs, cx, out, emit)?;
    let ran = run.until_all_are_out();
    cx.notes.progress(None);
    ran?;
    run.ending()
}
