//! The run itself: one event after the other until every input has come out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, at, never, select, unbounded};

use crate::console::Reporter;
use crate::error::{Error, Kind, Result};
use crate::indicator::{Indicator, Parsed};
use crate::input::{Origin, told_of};
use crate::system::Clock;

use super::answer_cache::AnswerCache;
use super::desk::{Desk, Shared};
use super::held::Held;
use super::intake::{Cache, Intake, Taken};
use super::quota::Counts;
use super::reorder_buffer::ReorderBuffer;
use super::source::Attempt;
use super::summary::Summary;
use super::worker_pool::Done;
use super::{Changes, Emit, LookupArgs, LookupResult, Quota, Settled, Slot, Work};

/// How long lookups that are under way may take after Ctrl-C, and inputs that are on their way
/// once nothing is asked any more.
const GRACE: Duration = Duration::from_millis(800);

/// How often progress is shown anew.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

/// Notes about inputs that were cut out of something are for a person, who reads a few.
const CUTS_TOLD: u32 = 5;

/// Open files that are no lookup's: the streams, the cache, the configuration.
const OTHER_FILES: u64 = 32;

pub struct Run<'a> {
    shared: Shared<'a>,
    desks: Vec<Desk>,
    emit: &'a mut dyn Emit,
    is_ignored: Box<dyn Fn(&Slot) -> bool + 'a>,
    changes: Option<Changes>,
    clock: Clock,
    notes: &'static dyn Reporter,
    total: Option<u64>,
    /// `None` when there are no more.
    inputs: Option<Intake>,
    /// Whether all inputs were read.
    is_read: bool,
    /// Whether more inputs may come at any time: nobody waits for them once nothing is asked.
    is_live: bool,
    /// Since when nothing is asked any more.
    stopped: Option<Instant>,
    done: Receiver<Done>,
    cancel: Receiver<std::convert::Infallible>,
    summary: Summary,
    /// What makes further lookups unwanted, whatever the source.
    stop: Option<Error>,
    /// Why not all inputs were read.
    unread: Option<Error>,
    cuts: u32,
    shown: Instant,
    /// When the pace of a source allows its next lookup.
    due: Option<Instant>,
}

enum Event {
    Input(Box<Result<Taken>>),
    NoMoreInputs,
    Done(Box<Done>),
    Cancelled,
    /// The pace allows another lookup.
    Due,
    /// No more inputs are waited for.
    Late,
}

impl<'a> Run<'a> {
    pub fn new(work: Work<'a>, emit: &'a mut dyn Emit) -> Result<Self> {
        let (args, notes) = (work.args, work.notes);
        let held = Arc::<Held>::default();
        let (sender, done) = unbounded();
        let sources: Vec<_> = work
            .sources
            .iter()
            .map(|source| source.name().to_string())
            .collect();
        let cache = (work.inputs.origin == Origin::File && !args.fresh)
            .then(|| work.store.reader())
            .flatten()
            .map(|reader| Cache {
                sources: work.sources.clone(),
                reader,
            });
        let desks = work.sources.into_iter().enumerate();
        let desks = desks.map(|(number, source)| Desk::new(number, source, args, sender.clone()));
        Ok(Run {
            total: work.inputs.total,
            is_live: work.inputs.origin == Origin::Live,
            shared: Shared {
                args,
                cache: AnswerCache::new(work.store, args, work.clock, work.raw),
                buffer: ReorderBuffer::new(work.unordered, sources.len(), held.clone()),
                held: held.clone(),
                scrub: work.scrub,
                raw: work.raw,
                jobs: jobs(args, work.open_files, notes),
                is_single: sources.len() == 1,
                planned: 0,
                is_stopped: false,
                notes,
            },
            desks: desks.collect(),
            inputs: Some(Intake::of(work.inputs, held, cache)?),
            stopped: None,
            done,
            cancel: work.cancel.mind(),
            summary: Summary::new(args, sources),
            stop: None,
            unread: None,
            cuts: 0,
            shown: Instant::now(),
            due: None,
            is_ignored: work.is_ignored,
            changes: work.changes,
            is_read: false,
            clock: work.clock,
            notes,
            emit,
        })
    }

    pub fn until_all_are_out(&mut self) -> Result<()> {
        loop {
            self.start_lookups()?;
            self.emit_settled()?;
            if self.inputs.is_none() && self.shared.buffer.is_empty() {
                return self.emit_gone();
            }
            match self.next_event()? {
                Event::Input(taken) => match *taken {
                    Ok(taken) => self.plan(taken),
                    Err(error) => {
                        // What was read before it is answered all the same.
                        self.inputs = None;
                        self.unread = Some(error);
                    }
                },
                Event::NoMoreInputs => {
                    self.inputs = None;
                    self.is_read = true;
                }
                Event::Late => self.inputs = None,
                Event::Done(done) => self.finished(*done)?,
                Event::Due => {}
                Event::Cancelled => return self.wind_down(),
            }
        }
    }

    fn next_event(&mut self) -> Result<Event> {
        let is_cancelled = self.cancel_has_come();
        let is_read = self.inputs.is_none();
        let mut inputs = self
            .inputs
            .as_mut()
            .filter(|_| self.shared.buffer.has_room());
        if self.done.is_empty() {
            // Of many inputs most are there, and known.
            if let Some(intake) = &mut inputs
                && !is_cancelled
                && !(self.is_live && self.stopped.is_some())
                && let Some(taken) = intake.next_ready()
            {
                return Ok(Event::Input(Box::new(taken)));
            }
            // What is known goes out before a wait.
            self.emit.flush()?;
        }
        let no_inputs = never();
        let batches = inputs.as_ref().and_then(|intake| intake.batches());
        let batches = batches.unwrap_or(&no_inputs);
        let due = self.due.map_or_else(never, at);
        let late = match self.stopped {
            Some(stopped) if self.is_live && !is_read => at(stopped + GRACE),
            _ => never(),
        };
        Ok(select! {
            recv(batches) -> batch => match (inputs, batch) {
                (Some(intake), Ok(batch)) => Event::Input(Box::new(intake.first_of(batch))),
                _ => Event::NoMoreInputs,
            },
            // The desks hold the other end.
            recv(self.done) -> done => done.map_or(Event::Due, |done| Event::Done(Box::new(done))),
            recv(self.cancel) -> _ => Event::Cancelled,
            recv(due) -> _ => Event::Due,
            recv(late) -> _ => Event::Late,
        })
    }

    fn cancel_has_come(&self) -> bool {
        self.cancel.try_recv() == Err(TryRecvError::Disconnected)
    }

    fn start_lookups(&mut self) -> Result<()> {
        self.due = None;
        for desk in &mut self.desks {
            let due = desk.start(&mut self.shared)?;
            self.due = self.due.into_iter().chain(due).min();
        }
        let is_over = self.stop.is_some() || self.desks.iter().all(|desk| desk.stop().is_some());
        if is_over && self.stopped.is_none() {
            self.stopped = Some(Instant::now());
        }
        Ok(())
    }

    /// Hands the input to every source.
    fn plan(&mut self, taken: Taken) {
        let Taken {
            input,
            understood,
            size,
            kept,
        } = taken;
        self.shared.planned += 1;
        let buffer = &mut self.shared.buffer;
        if input.is_blank() {
            let place = buffer.push(input, None, size);
            return buffer.settle_all(place, &Arc::new(Settled::of(LookupResult::Skipped)));
        }
        let parsed = match understood {
            Ok(parsed) => parsed,
            Err(error) => {
                let place = buffer.push(input, None, size);
                let failed = LookupResult::Failed(error.clone());
                buffer.settle_all(place, &Arc::new(Settled::of(failed)));
                return self.mind_failure(error);
            }
        };
        let typed = input.text.clone().unwrap_or_default();
        self.tell_of_cut(&parsed, &typed);
        let indicator = parsed.indicator;
        let buffer = &mut self.shared.buffer;
        let place = buffer.push(input, Some(indicator.clone()), size);
        let mut kept = kept.into_iter();
        for number in 0..self.desks.len() {
            let kept = kept.next().flatten();
            let desk = &mut self.desks[number];
            let failed = desk.plan(place, &indicator, &typed, kept, &mut self.shared);
            failed
                .into_iter()
                .for_each(|error| self.mind_failure(error));
        }
    }

    fn tell_of_cut(&mut self, parsed: &Parsed, shown: &str) {
        let host = parsed.indicator.host().unwrap_or(&parsed.indicator);
        let of_host = self
            .desks
            .iter()
            .filter(|desk| desk.asks_host(&parsed.indicator));
        let of_host: Vec<_> = of_host.map(Desk::name).collect();
        let is_whole = matches!(parsed.indicator, Indicator::Url(_));
        if is_whole && of_host.is_empty() {
            return;
        }
        let Some(mut told) = told_of(parsed, shown, host) else {
            return;
        };
        // The others are asked about the URL itself.
        if is_whole && of_host.len() < self.desks.len() {
            told.push_str(&format!(" ({})", of_host.join(", ")));
        }
        self.cuts += 1;
        let note = match self.cuts {
            ..=CUTS_TOLD => told,
            cuts if cuts == CUTS_TOLD + 1 => {
                "more of the inputs are URLs or have a port: their hosts are looked up".to_string()
            }
            _ => return,
        };
        self.notes.note(&note);
    }

    fn finished(&mut self, done: Done) -> Result<()> {
        let Done {
            source,
            job,
            attempt,
        } = done;
        let is_down = self.shared.is_single && matches!(attempt, Attempt::Down(_));
        let desk = &mut self.desks[source];
        match desk.finished(job, attempt, &mut self.shared) {
            Some(error) if is_down => return Err(error),
            Some(error) => self.mind_failure(error),
            None => {}
        }
        Ok(())
    }

    /// What was asked may have been charged: its answers are kept, though nobody reads them.
    pub fn keep_what_is_under_way(&mut self) {
        if self.shared.cache.is_kept() && !self.cancel_has_come() {
            self.shared.is_stopped = true;
            let end = at(Instant::now() + GRACE);
            while self.let_come_in(&end).is_err() {}
        }
    }

    /// Lookups that are under way may still finish, until `end`.
    fn let_come_in(&mut self, end: &Receiver<Instant>) -> Result<()> {
        while self.desks.iter().any(|desk| desk.under_way() > 0) {
            select! {
                recv(self.done) -> done => match done {
                    Ok(done) => self.finished(done)?,
                    Err(_) => break,
                },
                recv(end) -> _ => break,
            }
        }
        Ok(())
    }

    /// Where nothing else is wanted, the first failure ends it.
    fn mind_failure(&mut self, error: Error) {
        if self.shared.args.fail_fast && self.stop.is_none() {
            self.stop_asking(error);
        }
    }

    fn stop_asking(&mut self, why: Error) {
        self.stop = Some(why);
        self.shared.is_stopped = true;
        for desk in &mut self.desks {
            desk.skip_the_queue(&mut self.shared);
        }
    }

    fn emit_settled(&mut self) -> Result<()> {
        while let Some(mut slot) = self.shared.buffer.pop() {
            slot.changed = self.changes.as_mut().and_then(|changes| changes.of(&slot));
            let is_shown = self.changes.is_none() || slot.changed.is_some();
            let is_counted = is_shown && !(self.is_ignored)(&slot);
            self.summary.count(&slot, is_counted, self.notes);
            if is_shown {
                self.emit.emit(&slot)?;
            }
        }
        if self.shown.elapsed() >= SHOWN_EVERY {
            self.shown = Instant::now();
            let quota = self.quota();
            let progress = self.summary.progress(self.total, quota.as_ref());
            self.notes.progress(Some(&progress));
        }
        Ok(())
    }

    /// What an earlier answer has and no input is about.
    fn emit_gone(&mut self) -> Result<()> {
        match &mut self.changes {
            Some(changes) if self.is_read => {
                let mut gone = changes.gone(self.desks.len());
                gone.try_for_each(|slot| self.emit.emit(&slot))
            }
            _ => Ok(()),
        }
    }

    /// Of the first source that speaks of one.
    fn quota(&self) -> Option<Quota> {
        let mut quotas = self.desks.iter().map(|desk| desk.gate().lock().quota());
        quotas.find_map(|quota| quota)
    }

    /// Lookups that are under way may still finish; all that is not known then is skipped.
    fn wind_down(&mut self) -> Result<()> {
        self.inputs = None;
        let stop = Error::new(Kind::Interrupted, "interrupted");
        self.stop_asking(match self.shared.cache.is_kept() {
            true => {
                stop.hint("what was answered is in the cache: the same command goes on from there")
            }
            false => stop,
        });
        self.let_come_in(&at(Instant::now() + GRACE))?;
        for desk in &mut self.desks {
            desk.skip_all(&mut self.shared);
        }
        self.emit_settled()
    }

    pub fn ending(mut self) -> Result<Option<Error>> {
        let counts = self
            .desks
            .iter()
            .filter(|desk| desk.source().owner().is_some());
        let counts = counts.map(|desk| desk.gate().lock().counts());
        let counts = counts.fold(Counts::default(), Counts::and);
        let quota = self.quota();
        let now = (self.clock)();
        self.summary.tell(counts, quota.as_ref(), now, self.notes);
        if let Some(changes) = &self.changes {
            self.notes.note(&changes.words());
        }
        let answered = self.summary.answered();
        let stops = self.desks.iter().map(|desk| desk.stop().cloned());
        // Where another source goes on, the failure of one is among those that were told.
        let all: Option<Vec<_>> = stops.collect();
        let stop = self.stop.or_else(|| all?.into_iter().next());
        let missing = self.unread.or(self.summary.failure(stop, self.is_read));
        let missing = match &self.changes {
            Some(changes) => changes.ending(missing),
            None => missing,
        };
        match missing {
            None => Ok(None),
            // What went to stdout is there; a file stands for the whole answer.
            Some(error) if error.kind == Kind::Interrupted => Err(error),
            Some(error) if answered == 0 && error.kind != Kind::Unchanged => Err(error),
            Some(error) => Ok(Some(error)),
        }
    }
}

/// Each lookup under way is an open file.
fn jobs(args: &LookupArgs, open_files: Option<u64>, notes: &dyn Reporter) -> usize {
    let asked = usize::from(args.jobs.get());
    let Some(open_files) = open_files else {
        return asked;
    };
    let most = usize::try_from(open_files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
    let most = most.max(1);
    if asked > most {
        notes.note(&format!(
            "{most} lookups at a time, not {asked}: the system lets a program have {open_files} \
             open files (ulimit -n)"
        ));
    }
    asked.min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::tests::{Quiet, args};

    #[test]
    fn lookups_at_once_follow_the_limit_of_open_files() {
        for (asked, open_files, jobs_then) in [
            ("8", Some(1024), 8),
            ("2000", Some(1024), 992),
            ("2000", None, 2000),
            ("8", Some(20), 1),
        ] {
            let args = args(&["-j", asked]);
            assert_eq!(jobs(&args, open_files, &Quiet), jobs_then);
        }
    }
}
