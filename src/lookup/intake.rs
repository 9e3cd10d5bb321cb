//! Each input understood, in a thread of its own: a slow stdin holds up nothing else.

use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};

use crate::error::{Error, Result};
use crate::indicator::{CutFrom, Indicator, Parsed, parse};
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
    spawn(move || {
        for input in inputs {
            let taken = input.map(|input| {
                let size = size(&input);
                held.take(size);
                Taken {
                    understood: understand(&input),
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

/// The indicator in an input, or why there is none.
fn understand(input: &Input) -> Result<Parsed> {
    let refused = |what: &str, why: &dyn std::fmt::Display| {
        Error::usage(format!("{what} is refused"))
            .cause(why)
            .hint("nothing was asked and no quota spent")
    };
    match &input.text {
        Ok(text) => parse(text).map_err(|refusal| refused(&format!("{text:?}"), &refusal)),
        Err(unreadable) => Err(refused("the line", unreadable)),
    }
}

/// What the user is told of an input that was more than an indicator.
pub fn told_of_cut(cut_from: CutFrom, shown: &str, indicator: &Indicator) -> String {
    let whole = match cut_from {
        CutFrom::Url => "a URL",
        CutFrom::HostAndPort => "a host with a port",
    };
    format!("{shown} is {whole}: its host {indicator} is looked up")
}
