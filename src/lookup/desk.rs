//! One source of a run: what it is still to be asked, and what its answers mean for the inputs
//! that wait for them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;

use crate::console::Reporter;
use crate::error::{Error, Kind, Result};
use crate::http::{Pace, asking_again, further_try};
use crate::indicator::Indicator;
use crate::store::KeptAnswer;

use super::answer_cache::AnswerCache;
use super::held::Held;
use super::quota::{Leave, QuotaGate};
use super::reorder_buffer::ReorderBuffer;
use super::source::{Answered, Attempt};
use super::worker_pool::{Done, Gate, Job, WorkerPool};
use super::{LookupArgs, LookupResult, Retrieved, Settled, Source};

/// "Too fast" so often in a row ends a run without retries.
const IMPATIENT: u32 = 6;

/// A pause that is shorter than this is none that a person sees.
const LONG: Duration = Duration::from_secs(2);

/// What all desks of a run work with.
pub struct Shared<'a> {
    pub args: &'a LookupArgs,
    pub cache: AnswerCache,
    pub buffer: ReorderBuffer,
    pub held: Arc<Held>,
    pub scrub: Box<dyn Fn(&str) -> String + 'a>,
    pub raw: bool,
    /// Lookups that may be under way at one source.
    pub jobs: usize,
    /// Whether there is one source only: what it does not take or know is a failure then.
    pub is_single: bool,
    /// Inputs that were handed out.
    pub planned: u64,
    /// Whether nothing more is to be asked, whatever the source.
    pub is_stopped: bool,
    pub notes: &'static dyn Reporter,
}

pub struct Desk {
    number: usize,
    source: Arc<dyn Source>,
    pool: WorkerPool,
    pace: Pace,
    gate: Gate,
    /// Who waits for the answer about an indicator: it is asked once.
    waiting: HashMap<Indicator, Vec<u64>>,
    /// What is to be asked.
    queue: VecDeque<Indicator>,
    /// What makes further lookups pointless or unwanted.
    stop: Option<Error>,
    /// The end of the pause that was told of.
    told: Option<Instant>,
}

impl Desk {
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// Whether it is asked not about a URL but about its host.
    pub fn asks_host(&self, indicator: &Indicator) -> bool {
        let query = self.source.accepts(indicator);
        query.is_ok_and(|query| query != *indicator && Some(&query) == indicator.host())
    }

    pub fn new(
        number: usize,
        source: Arc<dyn Source>,
        args: &LookupArgs,
        done: Sender<Done>,
    ) -> Self {
        let gate = Gate::new(QuotaGate::new(args, source.is_counted()));
        Desk {
            number,
            pool: WorkerPool::new(number, source.clone(), gate.clone(), done),
            pace: Pace::new(args.rate, Instant::now()),
            gate,
            source,
            waiting: HashMap::new(),
            queue: VecDeque::new(),
            stop: None,
            told: None,
        }
    }

    pub fn source(&self) -> &dyn Source {
        &*self.source
    }

    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    pub fn under_way(&self) -> usize {
        self.pool.running()
    }

    /// Why it is asked nothing more.
    pub fn stop(&self) -> Option<&Error> {
        self.stop.as_ref()
    }

    /// Answers the input at `place`, written as `typed`, from what is known, or has it asked.
    /// `kept` is what it answered in an earlier run. Gives a failure that needs no asking.
    pub fn plan(
        &mut self,
        place: u64,
        indicator: &Indicator,
        typed: &str,
        kept: Option<KeptAnswer>,
        shared: &mut Shared,
    ) -> Option<Error> {
        let query = match self.source.accepts(indicator) {
            Ok(query) => query,
            Err(mut error) if shared.is_single => {
                error.message = format!("{typed} is refused");
                self.settle(place, LookupResult::Failed(error.clone()), shared);
                return Some(error);
            }
            Err(_) => {
                self.settle(place, LookupResult::Unsupported, shared);
                return None;
            }
        };
        if let Some(places) = self.waiting.get_mut(&query) {
            places.push(place);
        } else if let Some(settled) = shared.cache.find(self.number, &*self.source, &query, kept) {
            shared.buffer.settle(place, self.number, settled);
        } else if shared.args.offline && self.source.owner().is_some() {
            let result = match shared.is_single {
                true => LookupResult::Failed(not_known(shared.cache.is_kept())),
                false => LookupResult::Skipped,
            };
            let settled = Settled::answer(query, result, 0);
            shared.buffer.settle(place, self.number, Arc::new(settled));
        } else if self.stop.is_some() || shared.is_stopped {
            let settled = Settled::answer(query, LookupResult::Skipped, 0);
            shared.buffer.settle(place, self.number, Arc::new(settled));
        } else {
            self.waiting.insert(query.clone(), vec![place]);
            self.queue.push_back(query);
        }
        None
    }

    /// Starts what may be started. Gives when the pace allows the next one, where nothing else is
    /// in its way.
    pub fn start(&mut self, shared: &mut Shared) -> Result<Option<Instant>> {
        while let Some(query) = self.queue.front() {
            if self.stop.is_some() || shared.is_stopped {
                self.skip_the_queue(shared);
                break;
            }
            let under_way = self.pool.running();
            // What is first in the queue is what the buffer waits for.
            if under_way >= shared.jobs || (under_way > 0 && shared.held.is_full()) {
                break;
            }
            let leave = self.gate.lock().leave();
            match leave {
                Leave::Go => {}
                Leave::Wait => break,
                Leave::Stop(error) => {
                    self.stop = Some(error);
                    continue;
                }
            }
            let now = Instant::now();
            let Some(next) = self.pace.next(under_way) else {
                break;
            };
            if next > now {
                return Ok(Some(next));
            }
            let job = Job {
                query: query.clone(),
                started: now,
            };
            if !self.pool.start(job) {
                return Err(Error::new(Kind::Internal, "cannot start a thread")
                    .cause("the system has none to give")
                    .hint("ulimit -u shows how many processes and threads a user may have"));
            }
            self.queue.pop_front();
            self.pace.started(now);
            self.gate.lock().started();
        }
        Ok(None)
    }

    /// A lookup is back: its inputs are settled, or it has to be asked again. Gives its failure.
    pub fn finished(&mut self, job: Job, attempt: Attempt, shared: &mut Shared) -> Option<Error> {
        self.pool.finished();
        let Job { query, started } = job;
        let now = Instant::now();
        self.gate.lock().returned();
        match attempt {
            Attempt::Answered(answered) => {
                self.pace.answered(started, now);
                let Answered {
                    answer,
                    body,
                    at,
                    is_worth_keeping,
                } = *answered;
                self.gate.lock().answered(&answer.quota, started, now);
                let raw = shared.raw.then(|| body.clone());
                let result =
                    LookupResult::Answered(Box::new(answer), Retrieved { at, cached: false });
                let settled = Settled::answer(query.clone(), result, body.len()).with(raw);
                self.answer(&query, settled, is_worth_keeping.then_some(body), shared)
            }
            Attempt::TooFast(error, wait, body) => {
                self.gate.lock().refused();
                self.pace.refused(started, now, wait, fastrand::f64());
                let is_hopeless = match (shared.planned, self.source.patience()) {
                    (..=1, patience) => self.pace.is_hopeless(patience, false, now),
                    // Who wants no second try does not wait for long, but one is not the end.
                    (_, 0) => self.pace.is_hopeless(IMPATIENT, false, now),
                    _ => self.pace.is_hopeless(0, true, now),
                };
                if is_hopeless {
                    self.fail(&query, error, Some(body), shared)
                } else if self.stop.is_some() || shared.is_stopped {
                    self.skip(&query, shared);
                    None
                } else {
                    self.tell_of_pause(&error.message, now, shared);
                    self.queue.push_front(query);
                    None
                }
            }
            Attempt::Failed(error, body) => {
                self.pace.answered(started, now);
                self.gate.lock().lost(now);
                self.fail(&query, error, body, shared)
            }
            Attempt::Down(error) => {
                self.stop = Some(error.clone());
                self.fail(&query, error, None, shared)
            }
        }
    }

    /// Among many lookups only what is long; whoever waits for one is told of each try.
    fn tell_of_pause(&mut self, why: &str, now: Instant, shared: &Shared) {
        let (pause, refusals) = self.pace.pause(now);
        let patience = self.source.patience();
        match shared.planned {
            ..=1 => {
                let attempt = refusals.saturating_sub(1);
                let note = further_try(why, attempt, patience, pause);
                shared.notes.note(&note);
            }
            // Others that were under way are refused with it.
            _ if pause >= LONG && self.told.is_none_or(|told| told <= now) => {
                self.told = Some(now + pause);
                shared.notes.note(&asking_again(why, pause));
            }
            _ => {}
        }
    }

    fn fail(
        &mut self,
        query: &Indicator,
        mut error: Error,
        body: Option<Vec<u8>>,
        shared: &mut Shared,
    ) -> Option<Error> {
        for cause in &mut error.causes {
            *cause = (shared.scrub)(cause);
        }
        let body = body.filter(|_| shared.raw);
        let settled = Settled::answer(query.clone(), LookupResult::Failed(error), 0).with(body);
        self.answer(query, settled, None, shared)
    }

    /// `body` is kept for runs to come.
    fn answer(
        &mut self,
        query: &Indicator,
        settled: Settled,
        body: Option<Vec<u8>>,
        shared: &mut Shared,
    ) -> Option<Error> {
        let failure = settled.result.failure().cloned();
        // Where nothing else can succeed, the first failure ends it.
        if let Some(error) = &failure
            && matches!(error.kind, Kind::Credentials | Kind::Quota)
            && self.stop.is_none()
        {
            self.stop = Some(error.clone());
        }
        let settled = Arc::new(settled);
        let cache = &mut shared.cache;
        cache.learn(self.number, &*self.source, query, &settled, body);
        for place in self.waiting.remove(query).unwrap_or_default() {
            shared.buffer.settle(place, self.number, settled.clone());
        }
        failure
    }

    fn settle(&self, place: u64, result: LookupResult, shared: &mut Shared) {
        let settled = Arc::new(Settled::of(result));
        shared.buffer.settle(place, self.number, settled);
    }

    pub fn skip_the_queue(&mut self, shared: &mut Shared) {
        for query in std::mem::take(&mut self.queue) {
            self.skip(&query, shared);
        }
    }

    /// Also what is under way: nobody waits for it any more.
    pub fn skip_all(&mut self, shared: &mut Shared) {
        self.queue.clear();
        let waiting: Vec<_> = self.waiting.keys().cloned().collect();
        for query in waiting {
            self.skip(&query, shared);
        }
    }

    fn skip(&mut self, query: &Indicator, shared: &mut Shared) {
        let settled = Arc::new(Settled::answer(query.clone(), LookupResult::Skipped, 0));
        for place in self.waiting.remove(query).unwrap_or_default() {
            shared.buffer.settle(place, self.number, settled.clone());
        }
    }
}

/// `has_cache` is whether there is one that could have known it.
fn not_known(has_cache: bool) -> Error {
    match has_cache {
        true => Error::new(Kind::Partial, "the cache does not know it")
            .hint("leave --offline out to have it asked, or --max-age to take an older answer"),
        false => Error::new(Kind::Partial, "there is no cache to answer from")
            .hint("leave --offline out to have it asked"),
    }
}
