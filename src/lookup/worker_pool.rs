//! Those who ask: threads that take one lookup at a time, as many as are needed at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::error::{Error, Kind};
use crate::http::Response;
use crate::indicator::Indicator;
use crate::providers::kti::answer::{self, Answer};
use crate::providers::kti::api::Api;

/// Who asks the service.
pub struct Worker(pub Api<'static>);

#[derive(Debug)]
pub struct Job {
    pub indicator: Indicator,
    pub started: Instant,
}

pub struct Finished {
    pub job: Job,
    pub outcome: Outcome,
}

pub enum Outcome {
    Answered(Box<Answer>, Response),
    /// With the body, where one came.
    Failed(Error, Option<Response>),
    /// The service is asked too fast, and may have said how long to wait.
    TooFast(Error, Option<Duration>),
}

/// Not joined at the end: a run that is interrupted does not wait for slow answers.
pub struct WorkerPool {
    asker: Arc<Worker>,
    members: usize,
    running: usize,
    jobs: (Sender<Job>, Receiver<Job>),
    done: (Sender<Finished>, Receiver<Finished>),
}

impl WorkerPool {
    pub fn new(asker: Worker) -> Self {
        WorkerPool {
            asker: Arc::new(asker),
            members: 0,
            running: 0,
            jobs: unbounded(),
            done: unbounded(),
        }
    }

    pub fn running(&self) -> usize {
        self.running
    }

    pub fn start(&mut self, job: Job) {
        self.running += 1;
        if self.running > self.members {
            self.members += 1;
            let (asker, jobs, done) =
                (self.asker.clone(), self.jobs.1.clone(), self.done.0.clone());
            std::thread::spawn(move || {
                for job in jobs {
                    let outcome = asker.ask_or_fail(&job);
                    if done.send(Finished { job, outcome }).is_err() {
                        break;
                    }
                }
            });
        }
        // This side holds a receiver too, so the channel is open.
        let _ = self.jobs.0.send(job);
    }

    /// Where finished lookups come from; each has to be told of by [`WorkerPool::finished`].
    pub fn done(&self) -> &Receiver<Finished> {
        &self.done.1
    }

    pub fn finished(&mut self) {
        self.running -= 1;
    }
}

impl Worker {
    /// A lookup that panicked is one that failed: the run would wait for it for ever.
    fn ask_or_fail(&self, job: &Job) -> Outcome {
        catch_unwind(AssertUnwindSafe(|| self.ask(job))).unwrap_or_else(|_| {
            let error = Error::new(
                Kind::Internal,
                "the lookup ended in a fault of this program",
            );
            Outcome::Failed(error, None)
        })
    }

    fn ask(&self, job: &Job) -> Outcome {
        let text = job.indicator.to_string();
        let response = match self.0.ask(&text) {
            Ok(response) => response,
            Err(error) => return Outcome::Failed(error, None),
        };
        match self.0.understand(&response) {
            Ok(answer) => Outcome::Answered(Box::new(answer), response),
            Err(error) if is_too_fast(&response) => Outcome::TooFast(error, response.retry_after()),
            Err(error) => Outcome::Failed(error, Some(response)),
        }
    }
}

/// Failures that the client tries again by itself; "too fast" concerns all lookups and is
/// answered by a slower pace instead.
pub fn is_passing(response: &Response) -> bool {
    answer::is_passing(response) && !is_too_fast(response)
}

fn is_too_fast(response: &Response) -> bool {
    matches!(response.status, 409 | 429) && answer::is_passing(response)
}
