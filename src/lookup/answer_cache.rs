//! What need not be asked: the answers of this run and, young enough, those of earlier ones.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::config::Settings;
use crate::document::Lang;
use crate::http::Response;
use crate::indicator::Indicator;
use crate::providers::kti::answer::{self, Outcome};
use crate::providers::kti::element::{LookupResult, Retrieved};
use crate::store::{Entry, Source, Store};
use crate::system::Clock;

use super::{BulkArgs, Settled};

const MAX_AGE: SignedDuration = SignedDuration::from_hours(1);

/// What was not found may be known soon: such an answer ages this many times faster.
const NOT_FOUND_AGES: i32 = 4;

/// A clock that was wrong for a while must not keep an answer young for ever.
const FUTURE: SignedDuration = SignedDuration::from_mins(5);

/// Fates of this run that are held, failures among them; older answers come from the store.
const RECENT: usize = 1024;

pub struct AnswerCache {
    store: Store,
    source: Source,
    age: Age,
    clock: Clock,
    settings: Settings,
    lang: Lang,
    /// Whether the answers are wanted as they came.
    raw: bool,
    recent: HashMap<Indicator, Arc<Settled>>,
    order: VecDeque<Indicator>,
}

impl AnswerCache {
    pub fn new(
        store: Store,
        endpoint: &str,
        args: &BulkArgs,
        clock: Clock,
        settings: &Settings,
        lang: Lang,
        raw: bool,
    ) -> Self {
        AnswerCache {
            store,
            source: Source {
                provider: "kti",
                endpoint: endpoint.to_string(),
            },
            age: Age::new(args, clock()),
            clock,
            settings: settings.clone(),
            lang,
            raw,
            recent: HashMap::new(),
            order: VecDeque::new(),
        }
    }

    /// Whether the runs to come will know it too.
    pub fn is_kept(&self) -> bool {
        self.store.is_kept()
    }

    pub fn find(&mut self, indicator: &Indicator) -> Option<Arc<Settled>> {
        if let Some(settled) = self.recent.get(indicator) {
            return Some(settled.clone());
        }
        let entry = self.store.get(&self.source, &indicator.to_string())?;
        let at = entry.retrieved_at;
        let response = Response {
            status: 200,
            headers: Vec::new(),
            body: entry.body,
            at,
        };
        // What an older version kept and this one cannot understand is asked again.
        let answer = answer::understand(&response, &self.settings, self.lang).ok()?;
        let found = matches!(answer.outcome, Outcome::Found { .. });
        if !self.age.is_young(at, found, (self.clock)()) {
            return None;
        }
        let cached = at < self.age.began;
        Some(Arc::new(Settled {
            fate: LookupResult::Answered(Box::new(answer), Retrieved { at, cached }),
            body: self.raw.then_some(response.body),
        }))
    }

    /// Keeps what became of a lookup of this run; an answer, also for runs to come.
    pub fn learn(&mut self, indicator: &Indicator, settled: &Arc<Settled>, body: Option<Vec<u8>>) {
        if let (LookupResult::Answered(_, retrieved), Some(body)) = (&settled.fate, body) {
            let entry = Entry {
                retrieved_at: retrieved.at,
                body,
            };
            self.store.put(&self.source, &indicator.to_string(), &entry);
        }
        if self.order.len() == RECENT
            && let Some(oldest) = self.order.pop_front()
        {
            self.recent.remove(&oldest);
        }
        self.order.push_back(indicator.clone());
        self.recent.insert(indicator.clone(), settled.clone());
    }
}

/// How old an answer may be.
struct Age {
    /// When this run began, in whole milliseconds as in the store: what came since is its own.
    began: Timestamp,
    /// None is any age.
    max: Option<SignedDuration>,
}

impl Age {
    fn new(args: &BulkArgs, now: Timestamp) -> Self {
        let given = args.max_age.and_then(|age| age.try_into().ok());
        let max = match args {
            BulkArgs { fresh: true, .. } => Some(SignedDuration::ZERO),
            BulkArgs { offline: true, .. } => given,
            _ => Some(given.unwrap_or(MAX_AGE)),
        };
        let began = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        Age { began, max }
    }

    fn is_young(&self, at: Timestamp, found: bool, now: Timestamp) -> bool {
        let age = now.duration_since(at);
        let max = match (self.max, found) {
            (None, _) => return true,
            (Some(max), true) => max,
            (Some(max), false) => max / NOT_FOUND_AGES,
        };
        age >= -FUTURE && (at >= self.began || age < max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_young_by_its_kind_and_by_its_run() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let ago = |minutes| now - SignedDuration::from_mins(minutes);
        let age = |max| Age { began: ago(2), max };
        let hour = age(Some(SignedDuration::from_hours(1)));
        assert!(hour.is_young(ago(59), true, now));
        assert!(!hour.is_young(ago(60), true, now));
        assert!(hour.is_young(ago(14), false, now));
        assert!(!hour.is_young(ago(15), false, now));
        assert!(!hour.is_young(ago(-60), true, now));
        let fresh = age(Some(SignedDuration::ZERO));
        assert!(fresh.is_young(ago(1), false, now));
        assert!(!fresh.is_young(ago(3), true, now));
        assert!(age(None).is_young(ago(60 * 24 * 365), false, now));
    }
}
