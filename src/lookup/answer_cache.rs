//! What need not be asked: the answers of this run and, young enough, those of earlier ones.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::http::Response;
use crate::indicator::Indicator;
use crate::intel::Verdict;
use crate::store::{KeptAnswer, Store};
use crate::system::Clock;

use super::{LookupArgs, LookupResult, Retrieved, Settled, Source};

const MAX_AGE: SignedDuration = SignedDuration::from_hours(1);

/// What was not found may be known soon: such an answer ages this many times faster.
const NOT_FOUND_AGES: i32 = 4;

/// A clock that was wrong for a while must not keep an answer young for ever.
const FUTURE: SignedDuration = SignedDuration::from_mins(5);

/// Results of this run that are held, failures among them; older answers come from the store.
const RECENT: usize = 1024;

/// Bytes that they take at most.
const RECENT_BYTES: usize = 8 << 20;

/// The number of a source, and what it was asked.
type Key = (usize, Indicator);

pub struct AnswerCache {
    store: Store,
    max_age: MaxAge,
    clock: Clock,
    /// Whether the answers are wanted as they came.
    raw: bool,
    recent: HashMap<Key, Arc<Settled>>,
    order: VecDeque<Key>,
    /// What the recent ones take.
    bytes: usize,
}

impl AnswerCache {
    pub fn new(store: Store, args: &LookupArgs, clock: Clock, raw: bool) -> Self {
        AnswerCache {
            store,
            max_age: MaxAge::new(args),
            clock,
            raw,
            recent: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
        }
    }

    /// Whether the runs to come will know it too.
    pub fn is_kept(&self) -> bool {
        self.store.is_kept()
    }

    /// What the source with this number is known to say; `kept` is what it said in an earlier run,
    /// where somebody has looked already.
    pub fn find(
        &mut self,
        number: usize,
        source: &dyn Source,
        query: &Indicator,
        kept: Option<KeptAnswer>,
    ) -> Option<Arc<Settled>> {
        if let Some(settled) = self.recent.get(&(number, query.clone())) {
            return Some(settled.clone());
        }
        let look = || self.store.get(&source.owner()?, &query.to_string());
        let entry = kept.or_else(look)?;
        let at = entry.retrieved_at;
        // What an older version kept and this one cannot understand is asked again.
        let kept = Response::kept(entry.body, at);
        let answer = source.recall(query, &kept)?;
        let found = matches!(answer.verdict, Verdict::Found(_));
        let cached = !entry.is_own;
        if cached && !self.max_age.allows(at, found, (self.clock)()) {
            return None;
        }
        let result = LookupResult::Answered(Box::new(answer), Retrieved { at, cached });
        let settled = Settled::answer(query.clone(), result, kept.body.len());
        Some(Arc::new(settled.with(self.raw.then_some(kept.body))))
    }

    /// Keeps what became of a lookup of this run; an answer, also for runs to come.
    pub fn learn(
        &mut self,
        number: usize,
        source: &dyn Source,
        query: &Indicator,
        settled: &Arc<Settled>,
        body: Option<Vec<u8>>,
    ) {
        if let (LookupResult::Answered(_, retrieved), Some(body), Some(owner)) =
            (&settled.result, body, source.owner())
        {
            let query = query.to_string();
            self.store.put(&owner, &query, retrieved.at, &body);
        }
        self.bytes += settled.size;
        while (self.order.len() >= RECENT || self.bytes > RECENT_BYTES)
            && let Some(oldest) = self.order.pop_front()
        {
            let forgotten = self.recent.remove(&oldest);
            self.bytes -= forgotten.map_or(0, |settled| settled.size);
        }
        let key = (number, query.clone());
        self.order.push_back(key.clone());
        if let Some(before) = self.recent.insert(key, settled.clone()) {
            self.bytes -= before.size;
        }
    }
}

/// How old an answer of another run may be; any age, if there is none.
struct MaxAge(Option<SignedDuration>);

impl MaxAge {
    fn new(args: &LookupArgs) -> Self {
        let given = args.max_age.and_then(|age| age.try_into().ok());
        MaxAge(match args {
            LookupArgs { fresh: true, .. } => Some(SignedDuration::ZERO),
            LookupArgs { offline: true, .. } => given,
            _ => Some(given.unwrap_or(MAX_AGE)),
        })
    }

    fn allows(&self, at: Timestamp, found: bool, now: Timestamp) -> bool {
        let age = now.duration_since(at);
        let max = match (self.0, found) {
            (None, _) => return true,
            (Some(max), true) => max,
            (Some(max), false) => max / NOT_FOUND_AGES,
        };
        // By a clock that went back it may be yet to come: that makes it no younger than new.
        age >= -FUTURE && age.max(SignedDuration::ZERO) < max
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::tests::{Quiet, args};
    use crate::store::Owner;

    #[test]
    fn an_answer_is_young_by_its_kind() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let ago = |minutes| now - SignedDuration::from_mins(minutes);
        let hour = MaxAge::new(&args(&[]));
        assert!(hour.allows(ago(59), true, now));
        assert!(!hour.allows(ago(60), true, now));
        assert!(hour.allows(ago(14), false, now));
        assert!(!hour.allows(ago(15), false, now));
        assert!(hour.allows(ago(-4), true, now));
        assert!(!hour.allows(ago(-60), true, now));
        for none in [&["--fresh"][..], &["--max-age", "0s"]] {
            let none = MaxAge::new(&args(none));
            for minutes in [-4, 0, 3] {
                assert!(!none.allows(ago(minutes), true, now), "{minutes}");
            }
        }
        assert!(MaxAge::new(&args(&["--offline"])).allows(ago(60 * 24 * 365), false, now));
    }

    /// Known by who asked, and not by when.
    #[test]
    fn an_answer_of_this_run_is_told_from_one_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let owner = Owner {
            provider: "one",
            endpoint: String::new(),
        };
        let now = Timestamp::UNIX_EPOCH;
        let mut mine = Store::open(&path, &Quiet);
        let mut other = Store::open(&path, &Quiet);
        mine.put(&owner, "a", now, b"");
        other.put(&owner, "b", now + SignedDuration::from_mins(1), b"");
        let mut is_own = |indicator| mine.get(&owner, indicator).unwrap().is_own;
        assert!(is_own("a") && !is_own("b"));
    }
}
