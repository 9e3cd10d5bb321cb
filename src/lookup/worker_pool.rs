//! Those who ask: threads that take one lookup at a time, as many as are needed at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::error::{Error, Kind};
use crate::indicator::Indicator;

use super::quota::QuotaGate;
use super::source::{Attempt, Source};

#[derive(Debug)]
pub struct Job {
    pub query: Indicator,
    pub started: Instant,
}

/// A lookup that is back, and the number of the source that was asked.
pub struct Done {
    pub source: usize,
    pub job: Job,
    pub attempt: Attempt,
}

/// The gate of a source, shared by whoever starts lookups and whoever tries them again.
#[derive(Clone)]
pub struct Gate(Arc<Mutex<QuotaGate>>);

impl Gate {
    pub fn new(gate: QuotaGate) -> Self {
        Gate(Arc::new(Mutex::new(gate)))
    }

    pub fn lock(&self) -> MutexGuard<'_, QuotaGate> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Not joined at the end: a run that is interrupted does not wait for slow answers.
pub struct WorkerPool {
    worker: Worker,
    members: usize,
    running: usize,
    jobs: (Sender<Job>, Receiver<Job>),
}

#[derive(Clone)]
struct Worker {
    number: usize,
    source: Arc<dyn Source>,
    gate: Gate,
    done: Sender<Done>,
}

impl WorkerPool {
    /// What comes back goes to `done`, under the source's `number`; each has to be told of by
    /// [`WorkerPool::finished`].
    pub fn new(number: usize, source: Arc<dyn Source>, gate: Gate, done: Sender<Done>) -> Self {
        WorkerPool {
            worker: Worker {
                number,
                source,
                gate,
                done,
            },
            members: 0,
            running: 0,
            jobs: unbounded(),
        }
    }

    pub fn running(&self) -> usize {
        self.running
    }

    /// Hands a lookup to whoever is free. `false` if there is nobody and no thread to be had.
    pub fn start(&mut self, job: Job) -> bool {
        if self.running == self.members {
            let (worker, jobs) = (self.worker.clone(), self.jobs.1.clone());
            let begun = std::thread::Builder::new().spawn(move || worker.work(&jobs));
            if begun.is_ok() {
                self.members += 1;
            } else if self.members == 0 {
                return false;
            }
        }
        self.running += 1;
        // This side holds a receiver too, so the channel is open.
        let _ = self.jobs.0.send(job);
        true
    }

    pub fn finished(&mut self) {
        self.running -= 1;
    }
}

impl Worker {
    fn work(self, jobs: &Receiver<Job>) {
        for job in jobs {
            let done = Done {
                source: self.number,
                attempt: self.ask(&job.query),
                job,
            };
            if self.done.send(done).is_err() {
                break;
            }
        }
    }

    /// A lookup that panicked is one that failed: the run would wait for it for ever.
    fn ask(&self, query: &Indicator) -> Attempt {
        let again = || self.gate.lock().again(Instant::now());
        let attempt = catch_unwind(AssertUnwindSafe(|| self.source.ask(query, &again)));
        attempt.unwrap_or_else(|_| {
            let error = Error::new(
                Kind::Internal,
                "the lookup ended in a fault of this program",
            );
            Attempt::Failed(error, None)
        })
    }
}
