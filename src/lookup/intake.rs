//! Each input understood, in a thread of its own: a slow stdin holds up nothing else.

use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};

use crate::error::Result;
use crate::indicator::Parsed;
use crate::input::{Input, Inputs};
use crate::system::spawn;

use super::held::Held;

/// Inputs that are read ahead, as far as there is room for them.
const AHEAD: usize = 1024;

/// An input, and what is to be asked for it.
pub struct Taken {
    pub input: Input,
    pub understood: Result<Parsed>,
    /// Bytes that it holds.
    pub size: usize,
}

/// The channel closes when there are no more. A thread that waits for a terminal or a pipe
/// cannot be called back; it ends with the process.
///
/// # Errors
/// There is no thread to be had.
pub fn feed(inputs: Inputs, held: Arc<Held>) -> Result<Receiver<Result<Taken>>> {
    let (sender, receiver) = bounded(AHEAD);
    let any_name = inputs.any_name;
    spawn(move || {
        for input in inputs {
            let taken = input.map(|input| {
                let size = size(&input);
                held.take(size);
                Taken {
                    understood: input.understood(any_name),
                    input,
                    size,
                }
            });
            if sender.send(taken).is_err() {
                break;
            }
        }
    })?;
    Ok(receiver)
}

fn size(input: &Input) -> usize {
    let text = input.text.as_ref().map_or(0, String::capacity);
    let row = input.row.as_ref().map_or(0, |row| row.text.capacity());
    std::mem::size_of::<Taken>() + text + row
}
