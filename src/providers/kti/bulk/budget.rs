//! How many lookups may still be asked: what the user allows and what the account has left. Pure.

use crate::error::{Error, Kind};
use crate::providers::kti::answer::Quota;

use super::BulkArgs;

pub struct Budget {
    reserve: Option<u64>,
    max: Option<u64>,
    /// Lookups of this run that were asked, those under way included.
    asked: u64,
    /// The lowest `LeftCount` of late: answers overtake one another.
    left: Option<i64>,
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

impl Budget {
    pub fn new(args: &BulkArgs) -> Self {
        Budget {
            reserve: args.reserve,
            max: args.max_lookups,
            asked: 0,
            left: None,
            quota: None,
        }
    }

    /// Whether one more may be asked while some are `under_way`.
    pub fn verdict(&self, under_way: usize) -> Verdict {
        if let Some(max) = self.max.filter(|max| self.asked >= *max) {
            let error = Error::new(Kind::Partial, format!("--max-lookups {max} is reached"));
            return Verdict::Stop(error);
        }
        let Some(reserve) = self.reserve else {
            return Verdict::Go;
        };
        // Each one that is under way may cost one that the service has not counted yet.
        let after = |left: i64| left.saturating_sub_unsigned(under_way as u64 + 1);
        let keeps = |left: i64| u64::try_from(left).is_ok_and(|left| left >= reserve);
        match (self.left, under_way) {
            // The first answer says how much there is.
            (None, 0) => Verdict::Go,
            (None, _) => Verdict::Wait,
            (Some(left), _) if keeps(after(left)) => Verdict::Go,
            (Some(left), 0) => {
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

    /// The service did not take it.
    pub fn refused(&mut self) {
        self.asked = self.asked.saturating_sub(1);
    }

    /// `jobs` is how many may be under way at once.
    pub fn answered(&mut self, quota: &Quota, jobs: usize) {
        if let Some(left) = quota.left.as_i64() {
            // Much more than was left is a new period, not an answer that was overtaken.
            let renewed = |known: i64| left > known.saturating_add_unsigned(jobs as u64);
            self.left = match self.left {
                Some(known) if left > known && !renewed(known) => Some(known),
                _ => Some(left),
            };
        }
        self.quota = Some(quota.clone());
    }

    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// `LeftCount` and `TotalCount`, the former not higher than it is known to be.
    pub fn quota(&self) -> Option<Quota> {
        let mut quota = self.quota.clone()?;
        if let Some(left) = self.left {
            quota.left = left.into();
        }
        Some(quota)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(reserve: Option<u64>, max: Option<u64>) -> Budget {
        Budget {
            reserve,
            max,
            asked: 0,
            left: None,
            quota: None,
        }
    }

    fn left(left: i64) -> Quota {
        Quota {
            left: left.into(),
            total: 100.into(),
        }
    }

    #[test]
    fn the_reserve_is_never_touched() {
        let mut budget = budget(Some(10), None);
        assert!(matches!(budget.verdict(0), Verdict::Go));
        assert!(matches!(budget.verdict(1), Verdict::Wait));
        budget.answered(&left(13), 8);
        assert!(matches!(budget.verdict(0), Verdict::Go));
        assert!(matches!(budget.verdict(2), Verdict::Go));
        assert!(matches!(budget.verdict(3), Verdict::Wait));
        budget.answered(&left(10), 8);
        // Overtaken on its way.
        budget.answered(&left(11), 8);
        assert!(matches!(budget.verdict(0), Verdict::Stop(_)));
        budget.answered(&left(1000), 8);
        assert!(matches!(budget.verdict(0), Verdict::Go));
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
