//! What to do about an input, and what an answer means for the inputs that wait for it.

use std::sync::Arc;
use std::time::Instant;

use crate::error::{Error, Kind};
use crate::indicator::{Indicator, Parsed};
use crate::providers::kti::element::{LookupResult, Retrieved, failure};

use super::Settled;
use super::intake::{Taken, told_of_cut};
use super::run::Run;
use super::worker_pool::{Finished, Outcome, WorkerPool};

/// Reporter about inputs that were cut out of something are for a person, who reads a few.
const CUTS_TOLD: u32 = 5;

impl Run<'_> {
    /// Answers the input from what is known, or has it asked.
    pub(super) fn plan(&mut self, taken: Taken) {
        self.planned += 1;
        let Taken { input, understood } = taken;
        if input.is_blank() {
            let place = self.window.push(input, None);
            return self.settle(place, LookupResult::Skipped);
        }
        let indicator = match understood {
            Ok(parsed) => {
                self.tell_of_cut(&parsed, input.text.as_deref().unwrap_or_default());
                parsed.indicator
            }
            Err(error) => {
                let place = self.window.push(input, None);
                self.settle(place, LookupResult::Failed(error.clone()));
                return self.mind_failure(error);
            }
        };
        let place = self.window.push(input, Some(indicator.clone()));
        if let Some(places) = self.waiting.get_mut(&indicator) {
            places.push(place);
        } else if let Some(settled) = self.known.find(&indicator) {
            self.window.settle(place, settled);
        } else if self.args.offline {
            self.settle(place, LookupResult::Failed(not_in_the_cache()));
        } else if self.stop.is_some() {
            self.settle(place, LookupResult::Skipped);
        } else {
            self.waiting.insert(indicator.clone(), vec![place]);
            self.queue.push_back(indicator);
        }
    }

    fn tell_of_cut(&mut self, parsed: &Parsed, shown: &str) {
        let Some(cut_from) = parsed.cut_from else {
            return;
        };
        self.cuts += 1;
        let note = match self.cuts {
            ..=CUTS_TOLD => told_of_cut(cut_from, shown, &parsed.indicator),
            cuts if cuts == CUTS_TOLD + 1 => {
                "more of the inputs are URLs or have a port: their hosts are looked up".to_string()
            }
            _ => return,
        };
        self.cx.notes.note(&note);
    }

    /// A lookup is back: its inputs are settled, or it has to be asked again.
    pub(super) fn finished(&mut self, done: Finished) {
        let Finished { job, outcome } = done;
        self.crew.as_mut().map(WorkerPool::finished);
        self.budget.heard();
        let indicator = job.indicator;
        match outcome {
            Outcome::Answered(answer, response) => {
                self.pace.answered();
                let now = Instant::now();
                self.budget.answered(&answer.quota, job.started, now);
                let body = self.scrubbed(response.body);
                let retrieved = Retrieved {
                    at: response.at,
                    cached: false,
                };
                let settled = Settled {
                    fate: LookupResult::Answered(answer, retrieved),
                    body: self.out.is_raw().then(|| body.clone()),
                };
                self.answer(&indicator, settled, Some(body));
            }
            Outcome::TooFast(error, wait) => {
                self.budget.refused();
                let now = Instant::now();
                self.pace.refused(job.started, now, wait, fastrand::f64());
                let falls = self.settings.count("retries");
                // Who wants no second try at all is not kept waiting for a better pace either.
                let is_patient = self.planned > 1 && falls > 0;
                if self.pace.is_hopeless(falls, is_patient, now) {
                    self.fail(&indicator, error, None);
                } else if self.stop.is_some() {
                    self.answer_skipped(&indicator);
                } else {
                    self.queue.push_front(indicator);
                }
            }
            Outcome::Failed(error, response) => {
                let body = response.map(|response| self.scrubbed(response.body));
                self.fail(&indicator, error, body);
            }
        }
    }

    fn fail(&mut self, indicator: &Indicator, mut error: Error, body: Option<Vec<u8>>) {
        for cause in &mut error.causes {
            *cause = self.cx.scrub(cause);
        }
        let settled = Settled {
            fate: LookupResult::Failed(error),
            body: body.filter(|_| self.out.is_raw()),
        };
        self.answer(indicator, settled, None);
    }

    /// `body` is kept for runs to come.
    fn answer(&mut self, indicator: &Indicator, settled: Settled, body: Option<Vec<u8>>) {
        let settled = Arc::new(settled);
        self.known.learn(indicator, &settled, body);
        for place in self.waiting.remove(indicator).unwrap_or_default() {
            self.window.settle(place, settled.clone());
        }
        if let Some(error) = failure(&settled.fate) {
            self.mind_failure(error);
        }
    }

    /// Where nothing else can succeed, or nothing else is wanted, the first failure ends it.
    fn mind_failure(&mut self, error: Error) {
        let ends = matches!(error.kind, Kind::Credentials | Kind::Quota) || self.args.fail_fast;
        if ends && self.stop.is_none() {
            self.stop = Some(error);
            self.skip_the_queue();
        }
    }

    fn settle(&mut self, place: u64, fate: LookupResult) {
        let settled = Settled { fate, body: None };
        self.window.settle(place, Arc::new(settled));
    }

    pub(super) fn skip_the_queue(&mut self) {
        for indicator in std::mem::take(&mut self.queue) {
            self.answer_skipped(&indicator);
        }
    }

    pub(super) fn skip_all(&mut self) {
        self.skip_the_queue();
        for (_, places) in std::mem::take(&mut self.waiting) {
            for place in places {
                self.settle(place, LookupResult::Skipped);
            }
        }
    }

    fn answer_skipped(&mut self, indicator: &Indicator) {
        for place in self.waiting.remove(indicator).unwrap_or_default() {
            self.settle(place, LookupResult::Skipped);
        }
    }

    /// The body without any secret that it echoes; it is kept and passed on.
    fn scrubbed(&self, body: Vec<u8>) -> Vec<u8> {
        let text = String::from_utf8_lossy(&body);
        let scrubbed = self.cx.scrub(&text);
        if scrubbed == text {
            return body;
        }
        scrubbed.into_bytes()
    }
}

fn not_in_the_cache() -> Error {
    Error::new(Kind::Partial, "the cache does not know it")
        .hint("leave --offline out to have it asked, or --max-age to take an older answer")
}
