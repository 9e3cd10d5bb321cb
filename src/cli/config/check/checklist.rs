//! The steps one after the other; each is taken only if those before it succeeded.

use crate::cli::run::Run;
use crate::config::{Profile, Settings};
use crate::error::{Error, Result};
use crate::http::Probe;
use crate::provider::{LoginContext, Provider};

use super::step::{Outcome, Step};
use super::{connectivity, local};

/// A way as far as it was gone.
pub struct Checklist<'a> {
    provider: Option<&'static str>,
    report: &'a mut dyn FnMut(Step) -> Result<()>,
    /// Where it ended.
    failure: Option<Error>,
}

/// Checks the file; the error is what is wrong with it.
pub fn file(
    profile: &Profile,
    report: &mut dyn FnMut(Step) -> Result<()>,
) -> Result<Option<Error>> {
    let mut list = Checklist {
        provider: None,
        report,
        failure: None,
    };
    local::file(&mut list, profile)?;
    Ok(list.failure)
}

/// Goes the way to one provider; the error is what it ended with.
pub fn provider(
    provider: &dyn Provider,
    run: &Run,
    no_lookup: bool,
    report: &mut dyn FnMut(Step) -> Result<()>,
) -> Result<Option<Error>> {
    let mut list = Checklist {
        provider: Some(provider.name()),
        report,
        failure: None,
    };
    let clock = run.profile.system.clock;
    if let Some(settings) = local::settings(&mut list, provider, &run.profile)?
        && let Some(url) = list.try_step("endpoint", settings.endpoint())?
        && connectivity::go(
            &mut list,
            &Probe::new(&settings, url, clock, run.notes),
            clock,
        )?
        .is_some()
    {
        list.log_in(provider, &settings, run, no_lookup)?;
    }
    Ok(list.failure)
}

impl Checklist<'_> {
    /// Reports a step; none where the way ends here.
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

    fn log_in(
        &mut self,
        provider: &dyn Provider,
        settings: &Settings,
        run: &Run,
        no_lookup: bool,
    ) -> Result<()> {
        let Some(login) = provider.login() else {
            return Ok(());
        };
        if no_lookup && login.costs_lookup {
            let said = "not tried (--no-lookup): it would cost one lookup".to_string();
            self.outcome("login", Outcome::Skipped(said))?;
            return Ok(());
        }
        let cost = match login.costs_lookup {
            true => "this cost one lookup",
            false => "this cost no lookup",
        };
        let visit = LoginContext {
            profile: &run.profile,
            lang: run.globals.output.lang,
            notes: run.notes,
        };
        let came = (login.run)(settings, &visit);
        let came = came.map(|came| (came.quota, format!("{}; {cost}", came.said)));
        if let Some(quota) = self.step("login", came)? {
            let outcome = match quota {
                Some(quota) => Outcome::Ok(quota),
                None => Outcome::Skipped("the service does not say".to_string()),
            };
            self.outcome("quota", outcome)?;
        }
        Ok(())
    }
}
