//! The run itself: one event after the other until every input has come out.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, at, never, select};

use crate::config::Settings;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::http::Pace;
use crate::indicator::Indicator;
use crate::input::Inputs;
use crate::output::{Done, Output};
use crate::providers::kti::api::Api;

use super::answer_cache::AnswerCache;
use super::intake::{self, Taken};
use super::quota::{QuotaGate, Verdict};
use super::reorder_buffer::ReorderBuffer;
use super::summary::Summary;
use super::worker_pool::{self, Finished, Job, Worker, WorkerPool};
use super::{BulkArgs, Emit, Order};

/// How long lookups that are under way may take after Ctrl-C.
const GRACE: Duration = Duration::from_millis(800);

/// How often progress is shown anew.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

pub(super) struct Run<'a> {
    pub(super) args: &'a BulkArgs,
    pub(super) cx: &'a Context<'a>,
    pub(super) out: Output,
    emit: Emit<'a>,
    pub(super) settings: Settings,
    total: Option<u64>,
    /// None when there are no more.
    inputs: Option<Receiver<Result<Taken>>>,
    interrupt: Receiver<std::convert::Infallible>,
    pub(super) known: AnswerCache,
    /// Made for the first lookup: what the cache knows needs no credentials and no network.
    pub(super) crew: Option<WorkerPool>,
    pub(super) pace: Pace,
    pub(super) budget: QuotaGate,
    pub(super) window: ReorderBuffer,
    pub(super) tally: Summary,
    /// Who waits for the answer about an indicator: it is asked once.
    pub(super) waiting: HashMap<Indicator, Vec<u64>>,
    /// What is to be asked.
    pub(super) queue: VecDeque<Indicator>,
    /// What makes further lookups pointless or unwanted.
    pub(super) stop: Option<Error>,
    /// Why not all inputs were read.
    unread: Option<Error>,
    pub(super) planned: u64,
    pub(super) cuts: u32,
    shown: Instant,
    /// When the pace allows the next lookup, where nothing else is in its way.
    due: Option<Instant>,
}

enum Event {
    Input(Box<Result<Taken>>),
    NoMoreInputs,
    Done(Box<Finished>),
    Interrupted,
    /// The pace allows another lookup.
    Due,
}

impl<'a> Run<'a> {
    pub fn new(
        args: &'a BulkArgs,
        order: Order,
        inputs: Inputs,
        cx: &'a Context<'a>,
        out: Output,
        emit: Emit<'a>,
    ) -> Result<Self> {
        let settings = cx.settings("kti")?;
        let endpoint = settings.required("endpoint")?;
        let known = AnswerCache::new(
            cx.store(),
            endpoint,
            args,
            cx.clock,
            &settings,
            cx.lang,
            out.is_raw(),
        );
        let now = Instant::now();
        Ok(Run {
            args,
            total: inputs.total,
            inputs: Some(intake::feed(inputs)),
            interrupt: cx.cancel.mind(),
            known,
            crew: None,
            pace: Pace::new(args.rate, now),
            budget: QuotaGate::new(args),
            window: ReorderBuffer::new(order),
            tally: Summary::new(args.fail_on.map(|level| level.level())),
            waiting: HashMap::new(),
            queue: VecDeque::new(),
            stop: None,
            unread: None,
            planned: 0,
            cuts: 0,
            shown: now,
            due: None,
            settings,
            cx,
            out,
            emit,
        })
    }

    pub fn until_all_are_out(&mut self) -> Result<()> {
        loop {
            self.start_lookups()?;
            self.emit_settled()?;
            if self.inputs.is_none() && self.window.is_empty() {
                return Ok(());
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
                Event::NoMoreInputs => self.inputs = None,
                Event::Done(done) => self.finished(*done),
                Event::Due => {}
                Event::Interrupted => return self.wind_down(),
            }
        }
    }

    fn next_event(&mut self) -> Result<Event> {
        let no_inputs = never();
        let inputs = match &self.inputs {
            Some(inputs) if self.window.has_room() => inputs,
            _ => &no_inputs,
        };
        let nobody = never();
        let done = self.crew.as_ref().map_or(&nobody, WorkerPool::done);
        if inputs.is_empty() && done.is_empty() {
            // What is known goes out before a wait.
            self.out.flush()?;
        }
        let due = self.due.map_or_else(never, at);
        Ok(select! {
            recv(inputs) -> taken => taken.map_or(Event::NoMoreInputs, |taken| Event::Input(Box::new(taken))),
            // The crew holds the other end as long as it is there.
            recv(done) -> done => done.map_or(Event::Due, |done| Event::Done(Box::new(done))),
            recv(self.interrupt) -> _ => Event::Interrupted,
            recv(due) -> _ => Event::Due,
        })
    }

    fn start_lookups(&mut self) -> Result<()> {
        self.due = None;
        while let Some(indicator) = self.queue.front() {
            if self.stop.is_some() {
                self.skip_the_queue();
                break;
            }
            let under_way = self.under_way();
            match self.budget.verdict(under_way) {
                Verdict::Go => {}
                Verdict::Wait => break,
                Verdict::Stop(error) => {
                    self.stop = Some(error);
                    continue;
                }
            }
            let started = Instant::now();
            if under_way >= self.jobs() {
                break;
            }
            if self.pace.next() > started {
                self.due = Some(self.pace.next());
                break;
            }
            let job = Job {
                indicator: indicator.clone(),
                started,
            };
            self.crew()?.start(job);
            self.queue.pop_front();
            self.pace.started(started);
            self.budget.started();
        }
        Ok(())
    }

    fn jobs(&self) -> usize {
        usize::from(self.args.jobs.get())
    }

    pub(super) fn under_way(&self) -> usize {
        self.crew.as_ref().map_or(0, WorkerPool::running)
    }

    fn crew(&mut self) -> Result<&mut WorkerPool> {
        let made = match self.crew.take() {
            Some(crew) => crew,
            None => {
                let api = Api::new(
                    &self.settings,
                    worker_pool::is_passing,
                    self.cx.lang,
                    self.cx.clock,
                    self.cx.notes,
                )?;
                WorkerPool::new(Worker(api))
            }
        };
        Ok(self.crew.insert(made))
    }

    fn emit_settled(&mut self) -> Result<()> {
        while let Some((slot, settled)) = self.window.pop() {
            let notes = self.cx.notes;
            self.tally.count(&slot.input, &settled.fate, notes);
            match &settled.body {
                Some(body) => self.out.raw(body)?,
                None => (self.emit)(&mut self.out, &slot, &settled.fate)?,
            }
        }
        if self.shown.elapsed() >= SHOWN_EVERY {
            self.shown = Instant::now();
            let quota = self.budget.quota();
            let progress = self.tally.progress(self.total, quota.as_ref());
            self.cx.notes.progress(Some(&progress));
        }
        Ok(())
    }

    /// Lookups that are under way may still finish; all that is not known then is skipped.
    fn wind_down(&mut self) -> Result<()> {
        self.inputs = None;
        let stop = Error::new(Kind::Interrupted, "interrupted");
        self.stop = Some(match self.known.is_kept() {
            true => {
                stop.hint("what was answered is in the cache: the same command goes on from there")
            }
            false => stop,
        });
        self.skip_the_queue();
        let end = at(Instant::now() + GRACE);
        while self.under_way() > 0
            && let Some(crew) = &self.crew
        {
            select! {
                recv(crew.done()) -> done => match done {
                    Ok(done) => self.finished(done),
                    Err(_) => break,
                },
                recv(end) -> _ => break,
            }
        }
        self.skip_all();
        self.emit_settled()
    }

    pub fn ending(mut self) -> Result<Done> {
        let quota = self.budget.quota();
        let (asked, now) = (self.budget.asked(), (self.cx.clock)());
        let notes = self.cx.notes;
        self.tally.tell_summary(asked, quota.as_ref(), now, notes);
        let answered = self.tally.answered();
        match self.unread.or(self.tally.failure(self.stop)) {
            None => self.out.complete(),
            // What went to stdout is there; a file stands for the whole answer.
            Some(error) if answered == 0 || error.kind == Kind::Interrupted => Err(error),
            Some(error) => self.out.partial(error),
        }
    }
}
