//! How many lookups may still be asked: what the user allows and what the account has left. Pure.

use std::time::Instant;

use crate::error::{Error, Kind};
use crate::providers::kti::answer::Quota;

use super::BulkArgs;

pub struct QuotaGate {
    reserve: Option<u64>,
    max: Option<u64>,
    /// Lookups of this run that were asked, those under way included.
    asked: u64,
    /// The lowest `LeftCount` of late, and since when it is known: answers overtake one another.
    left: Option<(i64, Instant)>,
    /// Whether any lookup is back. The first one goes alone: it may tell that none can succeed.
    heard: bool,
    /// As the service last put it.
    quota: Option<Quota>,
}

#[derive(Debug)]
pub enum Verdict {
    Go,
    /// Not before one that is under way is back.
    Wait,
    Stop(Error),
}

impl QuotaGate {
    pub fn new(args: &BulkArgs) -> Self {
        QuotaGate {
            reserve: args.reserve,
            max: args.max_lookups,
            asked: 0,
            left: None,
            heard: false,
            quota: None,
        }
    }

    /// Whether one more may be asked while some are `under_way`.
    pub fn verdict(&self, under_way: usize) -> Verdict {
        if let Some(max) = self.max.filter(|max| self.asked >= *max) {
            let error = Error::new(Kind::Partial, format!("--max-lookups {max} is reached"));
            return Verdict::Stop(error);
        }
        if under_way > 0 && !self.heard {
            return Verdict::Wait;
        }
        // Each one that is under way may cost one that the service has not counted yet.
        let after = |left: i64| left.saturating_sub_unsigned(under_way as u64 + 1);
        let keeps = |left: i64, reserve: u64| u64::try_from(left).is_ok_and(|left| left >= reserve);
        match (self.left.map(|(left, _)| left), self.reserve) {
            // The first answer that says how much there is opens the gate.
            (None, Some(_)) if under_way > 0 => Verdict::Wait,
            (None, _) => Verdict::Go,
            (Some(left), Some(reserve)) if keeps(after(left), reserve) => Verdict::Go,
            // Nobody counts below zero: the number means something else.
            (Some(left), None) if left < 0 || keeps(after(left), 0) => Verdict::Go,
            // Whether there is really nothing left, one lookup tells as well as many.
            (Some(_), None) if under_way == 0 => Verdict::Go,
            (Some(left), Some(reserve)) if under_way == 0 => {
                let error = Error::new(Kind::Quota, format!("--reserve {reserve} is reached"))
                    .cause(format!("LeftCount is {left}"));
                Verdict::Stop(error)
            }
            (Some(_), _) => Verdict::Wait,
        }
    }

    pub fn started(&mut self) {
        self.asked += 1;
    }

    /// A lookup is back, whatever it brought.
    pub fn heard(&mut self) {
        self.heard = true;
    }

    /// The service did not take it.
    pub fn refused(&mut self) {
        self.asked = self.asked.saturating_sub(1);
    }

    /// The answer to a lookup that was `started` then has come `now`.
    pub fn answered(&mut self, quota: &Quota, started: Instant, now: Instant) {
        if let Some(left) = quota.left.as_i64() {
            // More than is known to be left is a new period, or an answer that was overtaken.
            let overtaken = |(known, since)| left > known && started < since;
            if !self.left.is_some_and(overtaken) {
                self.left = Some((left, now));
            }
        }
        self.quota = Some(quota.clone());
    }

    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// `LeftCount` and `TotalCount`, the former not higher than it is known to be.
    pub fn quota(&self) -> Option<Quota> {
        let mut quota = self.quota.clone()?;
        if let Some((left, _)) = self.left {
            quota.left = left.into();
        }
        Some(quota)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(reserve: Option<u64>, max: Option<u64>) -> QuotaGate {
        QuotaGate {
            reserve,
            max,
            asked: 0,
            left: None,
            heard: true,
            quota: None,
        }
    }

    fn left(left: i64) -> Quota {
        Quota {
            left: left.into(),
            total: 100.into(),
        }
    }

    fn answer(budget: &mut QuotaGate, count: i64) {
        let now = Instant::now();
        budget.answered(&left(count), now, now);
    }

    #[test]
    fn the_reserve_is_never_touched() {
        let mut budget = budget(Some(10), None);
        assert!(matches!(budget.verdict(0), Verdict::Go));
        assert!(matches!(budget.verdict(1), Verdict::Wait));
        answer(&mut budget, 13);
        assert!(matches!(budget.verdict(0), Verdict::Go));
        assert!(matches!(budget.verdict(2), Verdict::Go));
        assert!(matches!(budget.verdict(3), Verdict::Wait));
        answer(&mut budget, 10);
        // Overtaken on its way.
        let now = Instant::now();
        budget.answered(&left(30), now - std::time::Duration::from_secs(9), now);
        assert!(matches!(budget.verdict(0), Verdict::Stop(_)));
        answer(&mut budget, 1000);
        assert!(matches!(budget.verdict(0), Verdict::Go));
    }

    #[test]
    fn the_first_and_the_last_go_alone() {
        let mut budget = budget(None, None);
        budget.heard = false;
        assert!(matches!(budget.verdict(0), Verdict::Go));
        assert!(matches!(budget.verdict(1), Verdict::Wait));
        budget.heard();
        assert!(matches!(budget.verdict(1), Verdict::Go));
        answer(&mut budget, 2);
        assert!(matches!(budget.verdict(1), Verdict::Go));
        assert!(matches!(budget.verdict(2), Verdict::Wait));
        answer(&mut budget, 0);
        assert!(matches!(budget.verdict(1), Verdict::Wait));
        assert!(matches!(budget.verdict(0), Verdict::Go));
        answer(&mut budget, -1);
        assert!(matches!(budget.verdict(3), Verdict::Go));
    }

    #[test]
    fn no_more_than_allowed_are_asked() {
        let mut budget = budget(None, Some(2));
        budget.started();
        budget.started();
        assert!(matches!(budget.verdict(0), Verdict::Stop(_)));
        budget.refused();
        assert!(matches!(budget.verdict(0), Verdict::Go));
    }
}
