//! One lookup, to see whether the service lets us in.

use crate::error::Result;
use crate::net::Limits;
use crate::profile::Settings;
use crate::provider::{Context, LoggedIn};

use super::answer::{self, Quota};
use super::request::Access;
use super::search::MAX_BODY;

/// A name reserved for documentation: looking it up gives nothing away.
const INDICATOR: &str = "example.com";

pub fn run(settings: &Settings, context: &Context<'_>) -> Result<LoggedIn> {
    let access = Access::of(settings)?;
    let limits = Limits {
        max_body: MAX_BODY,
        is_passing: answer::is_passing,
    };
    let client = context.client(settings, limits)?;
    let response = client.send(&|at| Ok(access.search(INDICATOR, at)))?;
    let answer = answer::understand(&response, settings, context.lang).map_err(|mut error| {
        error.causes = error
            .causes
            .iter()
            .map(|cause| context.scrub(cause))
            .collect();
        error
    })?;
    let Quota { left, total } = &answer.quota;
    Ok(LoggedIn {
        said: format!("{INDICATOR} was looked up"),
        quota: (!left.is_null()).then(|| format!("LeftCount {left}, TotalCount {total}")),
    })
}
