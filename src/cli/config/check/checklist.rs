//! The steps one after the other; each is taken only if those before it succeeded.

use crate::error::{Error, Result};

use super::step::{Outcome, Step};

/// A way as far as it was gone.
pub struct Checklist<'a> {
    provider: Option<&'static str>,
    report: &'a mut dyn FnMut(Step) -> Result<()>,
    /// Where it ended.
    failure: Option<Error>,
}

impl<'a> Checklist<'a> {
    pub fn new(
        provider: Option<&'static str>,
        report: &'a mut dyn FnMut(Step) -> Result<()>,
    ) -> Self {
        Checklist {
            provider,
            report,
            failure: None,
        }
    }

    /// What the way ended with, if it did not lead to its end.
    pub fn failure(self) -> Option<Error> {
        self.failure
    }

    /// Reports a step; `None` if the way ends here.
    pub fn outcome(&mut self, name: &'static str, outcome: Outcome) -> Result<Option<()>> {
        let goes_on = match &outcome {
            Outcome::Failed(error) => {
                self.failure = Some(error.clone());
                None
            }
            _ => Some(()),
        };
        (self.report)(Step {
            provider: self.provider,
            name,
            outcome,
        })?;
        Ok(goes_on)
    }

    /// Reports what was found and what to say of it, or the failure.
    pub fn step<T>(&mut self, name: &'static str, found: Result<(T, String)>) -> Result<Option<T>> {
        match found {
            Ok((found, said)) => {
                self.outcome(name, Outcome::Ok(said))?;
                Ok(Some(found))
            }
            Err(error) => {
                self.outcome(name, Outcome::Failed(error))?;
                Ok(None)
            }
        }
    }

    /// Reports a failure only.
    pub fn try_step<T>(&mut self, name: &'static str, found: Result<T>) -> Result<Option<T>> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) => {
                self.outcome(name, Outcome::Failed(error))?;
                Ok(None)
            }
        }
    }
}
