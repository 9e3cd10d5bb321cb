//! One lookup, to see whether the service lets us in.

use crate::config::Settings;
use crate::error::Result;
use crate::http::Limits;
use crate::provider::{LoggedIn, LoginContext};

use super::answer::{self, Quota};
use super::request::{self, Access};

/// A name reserved for documentation: looking it up gives nothing away.
const INDICATOR: &str = "example.com";

pub fn run(settings: &Settings, visit: &LoginContext<'_>) -> Result<LoggedIn> {
    let access = Access::of(settings)?;
    let limits = Limits {
        max_body: request::MAX_BODY,
        is_passing: answer::is_passing,
    };
    let client = visit.client(settings, limits)?;
    let response = client.send(&|at| Ok(access.search(INDICATOR, at)))?;
    let answer = answer::understand(&response, settings, visit.lang)
        .map_err(|error| visit.scrubbed(error))?;
    let Quota { left, total } = &answer.quota;
    Ok(LoggedIn {
        said: format!("{INDICATOR} was looked up"),
        quota: (!left.is_null()).then(|| format!("LeftCount {left}, TotalCount {total}")),
    })
}
