//! The steps one after the other; each is taken only if those before it succeeded.

use crate::error::{Error, Result};

use super::step::{Outcome, Step};

/// The steps of one provider, or of what all share.
pub struct Checklist<'a> {
    pub provider: Option<&'static str>,
    pub report: &'a mut dyn FnMut(Step) -> Result<()>,
}

/// Why no further step is taken.
pub enum End {
    /// One failed, and this was reported.
    Failed(Error),
    /// One cannot be reported.
    Unreported(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        End::Unreported(error)
    }
}

impl Checklist<'_> {
    pub fn outcome(&mut self, name: &'static str, outcome: Outcome) -> Result<(), End> {
        let failure = outcome.failure.clone();
        (self.report)(Step {
            provider: self.provider,
            name,
            outcome,
        })?;
        failure.map_or(Ok(()), |error| Err(End::Failed(error)))
    }

    /// Reports what was found and what to say of it, or the failure.
    pub fn step<T>(&mut self, name: &'static str, found: Result<(T, String)>) -> Result<T, End> {
        let (found, said) = self.try_step(name, found)?;
        self.outcome(name, Outcome::ok(said))?;
        Ok(found)
    }

    /// Reports a failure only.
    pub fn try_step<T>(&mut self, name: &'static str, found: Result<T>) -> Result<T, End> {
        found.or_else(|error| {
            self.outcome(name, Outcome::failed(error.clone()))?;
            Err(End::Failed(error))
        })
    }
}
