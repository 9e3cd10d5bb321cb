//! The smallest request that shows whether the credentials hold.

use crate::cli::run::Run;
use crate::config::Settings;
use crate::error::Result;
use crate::provider::Provider;

use super::checklist::Checklist;
use super::step::Outcome;

pub fn log_in(
    list: &mut Checklist,
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
        list.outcome("login", Outcome::Skipped(said))?;
        return Ok(());
    }
    let cost = match login.costs_lookup {
        true => "this cost one lookup",
        false => "this cost no lookup",
    };
    let came = (login.run)(settings, &run.context());
    let came = came.map(|came| (came.quota, format!("{}; {cost}", came.said)));
    if let Some(quota) = list.step("login", came)? {
        let outcome = match quota {
            Some(quota) => Outcome::Ok(quota),
            None => Outcome::Skipped("the service does not say".to_string()),
        };
        list.outcome("quota", outcome)?;
    }
    Ok(())
}
