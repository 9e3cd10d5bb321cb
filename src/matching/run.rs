//! Logs through threads: read by one, matched by several, handed on in order.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::error::Result;

use super::blocks::{Block, Blocks};
use super::logs::{Log, Named};
use super::matcher::{Answers, Matched, Matcher};

/// What comes of logs, in order.
#[derive(Debug)]
pub enum Event<'a> {
    Block(&'a Log, &'a Block, &'a Matched),
    /// It was read to its end, or could not be read any further.
    Ended(&'a Log, io::Result<()>),
    /// What was named is no log.
    Missing(PathBuf, io::Error),
}

/// Whoever takes what comes of logs.
pub type Take<'a> = dyn FnMut(Event<'_>) -> Result<()> + 'a;

/// How stdin is opened.
pub type Stdin = fn() -> Box<dyn Read + Send>;

/// Hands on what is found in the logs. What was read of a log before it failed is handed on too.
///
/// # Errors
/// The index is damaged, or `take` failed.
pub fn run(
    logs: Vec<Named>,
    stdin: Stdin,
    matcher: Matcher,
    threads: usize,
    take: &mut Take<'_>,
) -> Result<()> {
    match threads {
        0 | 1 => alone(logs, stdin, &matcher, take),
        threads => together(logs, stdin, matcher, threads, take),
    }
}

fn alone(logs: Vec<Named>, stdin: Stdin, matcher: &Matcher, take: &mut Take<'_>) -> Result<()> {
    let mut answers = Answers::default();
    let free = Cell::new(Block::default());
    read(logs, stdin, &mut || Some(free.take()), &mut |part| {
        let matched = part.matched(matcher, &mut answers)?;
        free.set(part.hand_on(&matched, take)?.unwrap_or_default());
        Ok(())
    })
}

/// What is read, in order.
enum Part {
    Block(Arc<Log>, Block),
    Ended(Arc<Log>, io::Result<()>),
    Missing(PathBuf, io::Error),
}

impl Part {
    fn matched(&self, matcher: &Matcher, answers: &mut Answers) -> Result<Matched> {
        match self {
            Part::Block(_, block) => matcher.matched(block, answers),
            Part::Ended(..) | Part::Missing(..) => Ok(Matched::default()),
        }
    }

    /// Gives back the block, where it is one.
    fn hand_on(self, matched: &Matched, take: &mut Take<'_>) -> Result<Option<Block>> {
        match self {
            Part::Block(log, block) => {
                take(Event::Block(&log, &block, matched))?;
                return Ok(Some(block));
            }
            Part::Ended(log, ended) => take(Event::Ended(&log, ended))?,
            Part::Missing(path, error) => take(Event::Missing(path, error))?,
        }
        Ok(None)
    }
}

/// A part, and for a block what was found in it.
type Done = (u64, Part, Result<Matched>);

/// The threads end by themselves when nobody takes what they have; one that waits for stdin is
/// left behind.
fn together(
    logs: Vec<Named>,
    stdin: Stdin,
    matcher: Matcher,
    threads: usize,
    take: &mut Take<'_>,
) -> Result<()> {
    // As many blocks as there are keep everybody busy; a reader that is ahead waits for one.
    let (free, empty) = unbounded();
    for _ in 0..threads * 2 + 1 {
        let _ = free.send(Block::default());
    }
    let (parts, work) = bounded(threads);
    let (done, results) = unbounded::<Done>();
    const FAILED: &str = "no thread can be started";
    let reader = thread::Builder::new().spawn(move || {
        let mut number = 0;
        // Where nobody wants it any more, it ends.
        let _ = read(logs, stdin, &mut || empty.recv().ok(), &mut |part| {
            number += 1;
            parts.send((number - 1, part))
        });
    });
    reader.context(FAILED)?;
    let matcher = Arc::new(matcher);
    for _ in 0..threads {
        let (matcher, work, done) = (matcher.clone(), work.clone(), done.clone());
        let worker = thread::Builder::new().spawn(move || find(&matcher, &work, &done));
        worker.context(FAILED)?;
    }
    drop((work, done));
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, part, matched) in results {
        waiting.insert(number, (part, matched));
        while let Some((part, matched)) = waiting.remove(&next) {
            next += 1;
            if let Some(block) = part.hand_on(&matched?, take)? {
                let _ = free.send(block);
            }
        }
    }
    Ok(())
}

fn find(matcher: &Matcher, work: &Receiver<(u64, Part)>, done: &Sender<Done>) {
    let mut answers = Answers::default();
    for (number, part) in work {
        let matched = part.matched(matcher, &mut answers);
        if done.send((number, part, matched)).is_err() {
            return;
        }
    }
}

/// Reads log after log, into blocks that are `free`, and sends on what it read; ends where there is
/// no more block, or nobody wants what is sent.
fn read<E>(
    logs: Vec<Named>,
    stdin: Stdin,
    free: &mut dyn FnMut() -> Option<Block>,
    send: &mut dyn FnMut(Part) -> Result<(), E>,
) -> Result<(), E> {
    let mut spare = None;
    for named in logs {
        let log = match named {
            Ok(log) => Arc::new(log),
            Err((path, error)) => {
                send(Part::Missing(path, error))?;
                continue;
            }
        };
        let ended = match log.open(stdin).map(Blocks::new) {
            Err(error) => Err(error),
            Ok(mut blocks) => loop {
                let Some(mut block) = spare.take().or_else(&mut *free) else {
                    return Ok(());
                };
                let read = blocks.next(&mut block);
                if let Ok(true) = read {
                    send(Part::Block(log.clone(), block))?;
                    continue;
                }
                spare = Some(block);
                break read.map(drop);
            },
        };
        send(Part::Ended(log, ended))?;
    }
    Ok(())
}
