//! Logs through threads: read by one, matched by several, handed on in order.

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
    take: &mut dyn FnMut(Event<'_>) -> Result<()>,
) -> Result<()> {
    match threads {
        0 | 1 => alone(logs, stdin, &matcher, take),
        threads => together(logs, stdin, matcher, threads, take),
    }
}

fn alone(
    logs: Vec<Named>,
    stdin: Stdin,
    matcher: &Matcher,
    take: &mut dyn FnMut(Event<'_>) -> Result<()>,
) -> Result<()> {
    let mut answers = Answers::default();
    let mut block = Block::default();
    for named in logs {
        let log = match named {
            Ok(log) => log,
            Err((path, error)) => {
                take(Event::Missing(path, error))?;
                continue;
            }
        };
        let mut blocks = match log.open(stdin) {
            Ok(content) => Blocks::new(content),
            Err(error) => {
                take(Event::Ended(&log, Err(error)))?;
                continue;
            }
        };
        let ended = loop {
            match blocks.next(&mut block) {
                Ok(true) => {
                    let matched = matcher.matched(&block, &mut answers)?;
                    take(Event::Block(&log, &block, &matched))?;
                }
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        take(Event::Ended(&log, ended))?;
    }
    Ok(())
}

enum Part {
    Block(Arc<Log>, Block),
    Ended(Arc<Log>, io::Result<()>),
    Missing(PathBuf, io::Error),
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
    take: &mut dyn FnMut(Event<'_>) -> Result<()>,
) -> Result<()> {
    // As many blocks as there are keep everybody busy; a reader that is ahead waits for one.
    let (free, empty) = unbounded();
    for _ in 0..threads * 2 + 1 {
        let _ = free.send(Block::default());
    }
    let (parts, work) = bounded(threads);
    let (done, results) = unbounded::<Done>();
    const FAILED: &str = "no thread can be started";
    let reader = thread::Builder::new().spawn(move || read(logs, stdin, &empty, &parts));
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
            let matched = matched?;
            match part {
                Part::Block(log, block) => {
                    take(Event::Block(&log, &block, &matched))?;
                    let _ = free.send(block);
                }
                Part::Ended(log, ended) => take(Event::Ended(&log, ended))?,
                Part::Missing(path, error) => take(Event::Missing(path, error))?,
            }
        }
    }
    Ok(())
}

fn find(matcher: &Matcher, work: &Receiver<(u64, Part)>, done: &Sender<Done>) {
    let mut answers = Answers::default();
    for (number, part) in work {
        let matched = match &part {
            Part::Block(_, block) => matcher.matched(block, &mut answers),
            _ => Ok(Matched::default()),
        };
        if done.send((number, part, matched)).is_err() {
            return;
        }
    }
}

/// Reads log after log, into blocks that are free; ends early when nobody wants them.
fn read(logs: Vec<Named>, stdin: Stdin, empty: &Receiver<Block>, parts: &Sender<(u64, Part)>) {
    let mut number = 0;
    let mut spare = None;
    let mut send = |part| {
        let sent = parts.send((number, part)).is_ok();
        number += 1;
        sent
    };
    for named in logs {
        let log = match named {
            Ok(log) => Arc::new(log),
            Err((path, error)) => {
                if !send(Part::Missing(path, error)) {
                    return;
                }
                continue;
            }
        };
        let mut blocks = log.open(stdin).map(Blocks::new);
        let ended = loop {
            let blocks = match &mut blocks {
                Ok(blocks) => blocks,
                Err(error) => break Err(std::mem::replace(error, io::ErrorKind::Other.into())),
            };
            let Some(mut block) = spare.take().or_else(|| empty.recv().ok()) else {
                return;
            };
            let ended = match blocks.next(&mut block) {
                Ok(true) => {
                    if !send(Part::Block(log.clone(), block)) {
                        return;
                    }
                    continue;
                }
                Ok(false) => Ok(()),
                Err(error) => Err(error),
            };
            spare = Some(block);
            break ended;
        };
        if !send(Part::Ended(log, ended)) {
            return;
        }
    }
}
