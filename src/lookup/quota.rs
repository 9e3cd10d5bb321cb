//! How many tries may still be made: what the user allows and what the account has left. Pure.

use std::time::Instant;

use crate::error::{Error, Kind, Result};

use super::{LookupArgs, Quota};

#[derive(Default)]
pub struct QuotaGate {
    reserve: Option<u64>,
    max: Option<u64>,
    /// Tries of this run, those under way included: each may have been charged.
    tries: u64,
    /// The same without those that the service refused as too fast and without second tries.
    asked: u64,
    answers: u64,
    under_way: u64,
    /// When tries were lost whose answer would have told whether they were charged.
    lost: Vec<Instant>,
    /// The lowest `LeftCount` of late, and since when it is known: answers overtake one another.
    left: Option<(i64, Instant)>,
    /// Whether any lookup is back. The first one goes alone: it may tell that none can succeed.
    heard: bool,
    /// As the service last put it.
    quota: Option<Quota>,
}

#[derive(Debug)]
pub enum Leave {
    Go,
    /// Not before one that is under way is back.
    Wait,
    Stop(Error),
}

impl QuotaGate {
    /// `is_counted` says whether the account has a number of lookups.
    pub fn new(args: &LookupArgs, is_counted: bool) -> Self {
        QuotaGate {
            reserve: args.reserve.filter(|_| is_counted),
            max: args.max_lookups,
            ..QuotaGate::default()
        }
    }

    /// Whether one more lookup may be asked.
    pub fn leave(&self) -> Leave {
        if let Some(error) = self.max_is_reached() {
            return Leave::Stop(error);
        }
        if self.under_way > 0 && !self.heard {
            return Leave::Wait;
        }
        match (self.left.map(|(left, _)| left), self.reserve) {
            // The first answer that says how much there is opens the gate; one that does not shuts it.
            (None, Some(reserve)) if self.answers > 0 => {
                Leave::Stop(left_is_not_known(reserve, self.quota.as_ref()))
            }
            (None, Some(_)) if self.under_way > 0 => Leave::Wait,
            (None, _) => Leave::Go,
            (Some(left), Some(reserve)) if self.keeps(left, reserve) => Leave::Go,
            // Nobody counts below zero: the number means something else.
            (Some(left), None) if left < 0 || self.keeps(left, 0) => Leave::Go,
            // Whether there is really nothing left, one lookup tells as well as many.
            (Some(_), None) if self.under_way == 0 => Leave::Go,
            (Some(left), Some(reserve)) if self.under_way == 0 => {
                Leave::Stop(reserve_is_reached(reserve, left))
            }
            (Some(_), _) => Leave::Wait,
        }
    }

    pub fn started(&mut self) {
        self.tries += 1;
        self.asked += 1;
        self.under_way += 1;
    }

    /// A try of a lookup that is under way brought nothing: leave for another one.
    ///
    /// # Errors
    /// What it would exceed.
    pub fn again(&mut self, now: Instant) -> Result<()> {
        self.lost.push(now);
        if let Some(error) = self.max_is_reached() {
            return Err(error);
        }
        if let (Some((left, _)), Some(reserve)) = (self.left, self.reserve) {
            // The lookup is among those under way already.
            let spare = left.saturating_add(1);
            if !self.keeps(spare, reserve) {
                return Err(reserve_is_reached(reserve, left));
            }
        }
        self.tries += 1;
        Ok(())
    }

    /// A lookup is back, whatever it brought.
    pub fn returned(&mut self) {
        self.heard = true;
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// The service did not take it, and it will be asked once more.
    pub fn refused(&mut self) {
        self.asked = self.asked.saturating_sub(1);
    }

    /// It was lost on the way: whether it was charged, the next answer tells.
    pub fn lost(&mut self, now: Instant) {
        self.lost.push(now);
    }

    /// The answer to a lookup that was `started` then has come `now`.
    pub fn answered(&mut self, quota: &Quota, started: Instant, now: Instant) {
        self.answers += 1;
        match quota.left.as_i64() {
            Some(left) => {
                // More than is known to be left is a new period, or an answer that was overtaken.
                let overtaken = |(known, since)| left > known && started < since;
                if !self.left.is_some_and(overtaken) {
                    self.left = Some((left, now));
                    self.lost.retain(|lost| *lost >= started);
                }
            }
            // It was charged, and the next answer tells for how much.
            None => self.lost.push(now),
        }
        if *quota != Quota::default() {
            self.quota = Some(quota.clone());
        }
    }

    /// Lookups that were asked, tries that it took, and answers that came.
    pub fn counts(&self) -> Counts {
        Counts {
            asked: self.asked,
            tries: self.tries,
            answers: self.answers,
        }
    }

    /// `LeftCount` and `TotalCount`, the former not higher than it is known to be.
    pub fn quota(&self) -> Option<Quota> {
        let mut quota = self.quota.clone()?;
        if let Some((left, _)) = self.left {
            quota.left = left.into();
        }
        Some(quota)
    }

    fn max_is_reached(&self) -> Option<Error> {
        let max = self.max.filter(|max| self.tries >= *max)?;
        Some(Error::new(
            Kind::Partial,
            format!("--max-lookups {max} is reached"),
        ))
    }

    /// Whether one more leaves the reserve: each that is under way, and each that was lost, may
    /// cost one that the service has not counted yet.
    fn keeps(&self, left: i64, reserve: u64) -> bool {
        let may_cost = self.under_way + self.lost.len() as u64 + 1;
        let after = left.saturating_sub_unsigned(may_cost);
        u64::try_from(after).is_ok_and(|after| after >= reserve)
    }
}

/// What a run cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub asked: u64,
    pub tries: u64,
    pub answers: u64,
}

impl Counts {
    pub fn and(self, other: Counts) -> Counts {
        Counts {
            asked: self.asked + other.asked,
            tries: self.tries + other.tries,
            answers: self.answers + other.answers,
        }
    }
}

fn reserve_is_reached(reserve: u64, left: i64) -> Error {
    Error::new(Kind::Quota, format!("--reserve {reserve} is reached"))
        .cause(format!("LeftCount is {left}"))
}

/// An answer came, and no number with it.
fn left_is_not_known(reserve: u64, quota: Option<&Quota>) -> Error {
    let why = match quota.map(|quota| &quota.left) {
        Some(left) if !left.is_null() => format!("LeftCount is {left}, which is no whole number"),
        _ => "the answer has no LeftCount".to_string(),
    };
    let message = format!("--reserve {reserve}: how many lookups are left is not known");
    Error::new(Kind::Quota, message)
        .cause(why)
        .hint("--max-lookups N in its place bounds what is asked")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn gate(reserve: Option<u64>, max: Option<u64>) -> QuotaGate {
        QuotaGate {
            reserve,
            max,
            heard: true,
            ..QuotaGate::default()
        }
    }

    fn left(left: i64) -> Quota {
        Quota {
            left: left.into(),
            total: 100.into(),
        }
    }

    fn answer(gate: &mut QuotaGate, count: i64) {
        let now = Instant::now();
        gate.answered(&left(count), now, now);
    }

    /// What the gate says while so many are under way.
    fn leave(gate: &mut QuotaGate, under_way: u64) -> Leave {
        gate.under_way = under_way;
        gate.leave()
    }

    #[test]
    fn the_reserve_is_never_touched() {
        let mut gate = gate(Some(10), None);
        assert!(matches!(leave(&mut gate, 0), Leave::Go));
        assert!(matches!(leave(&mut gate, 1), Leave::Wait));
        answer(&mut gate, 13);
        assert!(matches!(leave(&mut gate, 0), Leave::Go));
        assert!(matches!(leave(&mut gate, 2), Leave::Go));
        assert!(matches!(leave(&mut gate, 3), Leave::Wait));
        answer(&mut gate, 10);
        // Overtaken on its way.
        let now = Instant::now();
        gate.answered(&left(30), now - Duration::from_secs(9), now);
        assert!(matches!(leave(&mut gate, 0), Leave::Stop(_)));
        answer(&mut gate, 1000);
        assert!(matches!(leave(&mut gate, 0), Leave::Go));
    }

    #[test]
    fn what_was_lost_may_have_been_charged() {
        let mut gate = gate(Some(10), None);
        answer(&mut gate, 13);
        gate.started();
        let lost = Instant::now();
        assert!(gate.again(lost).is_ok());
        assert!(gate.again(lost).is_ok());
        assert!(gate.again(lost).is_err());
        gate.returned();
        assert!(matches!(gate.leave(), Leave::Stop(_)));
        // An answer to what began later counts the lost ones.
        let later = lost + Duration::from_secs(1);
        gate.answered(&left(12), later, later);
        assert!(matches!(gate.leave(), Leave::Go));
        assert_eq!(gate.counts().tries, 3);
    }

    #[test]
    fn what_is_no_number_shuts_the_gate_of_a_reserve_alone() {
        let now = Instant::now();
        for odd in [
            serde_json::json!(5.5),
            "many".into(),
            serde_json::Value::Null,
        ] {
            let odd = Quota {
                left: odd,
                total: 100.into(),
            };
            for (reserve, stops) in [(None, false), (Some(10), true)] {
                let mut gate = gate(reserve, None);
                gate.answered(&odd, now, now);
                assert_eq!(matches!(gate.leave(), Leave::Stop(_)), stops, "{odd:?}");
            }
            // Each of them may have been charged.
            let mut gate = gate(Some(10), None);
            answer(&mut gate, 13);
            for goes in [true, true, false] {
                gate.answered(&odd, now, now + Duration::from_secs(1));
                assert_eq!(matches!(gate.leave(), Leave::Go), goes, "{odd:?}");
            }
        }
    }

    #[test]
    fn the_first_and_the_last_go_alone() {
        let mut gate = gate(None, None);
        gate.heard = false;
        assert!(matches!(leave(&mut gate, 0), Leave::Go));
        assert!(matches!(leave(&mut gate, 1), Leave::Wait));
        gate.heard = true;
        assert!(matches!(leave(&mut gate, 1), Leave::Go));
        answer(&mut gate, 2);
        assert!(matches!(leave(&mut gate, 1), Leave::Go));
        assert!(matches!(leave(&mut gate, 2), Leave::Wait));
        answer(&mut gate, 0);
        assert!(matches!(leave(&mut gate, 1), Leave::Wait));
        assert!(matches!(leave(&mut gate, 0), Leave::Go));
        answer(&mut gate, -1);
        assert!(matches!(leave(&mut gate, 3), Leave::Go));
    }

    #[test]
    fn no_more_tries_than_allowed() {
        let mut gate = gate(None, Some(3));
        gate.started();
        gate.started();
        gate.refused();
        assert!(gate.again(Instant::now()).is_ok());
        assert!(gate.again(Instant::now()).is_err());
        assert!(matches!(gate.leave(), Leave::Stop(_)));
        let counts = gate.counts();
        assert_eq!((counts.asked, counts.tries), (1, 3));
    }
}
