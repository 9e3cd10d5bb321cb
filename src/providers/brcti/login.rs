//! The smallest of the six answers, to see whether the service lets us in.

use crate::config::Settings;
use crate::error::Result;
use crate::http::Limits;
use crate::provider::{LoggedIn, LoginContext};

use super::answer;
use super::call::Call;
use super::command::MAX_BODY;
use super::request::Access;

/// No view is smaller, and it is not one that could be taken for another.
const CALL: Call = Call::Types;

pub fn run(settings: &Settings, visit: &LoginContext<'_>) -> Result<LoggedIn> {
    let access = Access::of(settings)?;
    let limits = Limits {
        max_body: MAX_BODY,
        is_passing: answer::is_passing,
    };
    let client = visit.client(settings, limits)?;
    let response = client.send(&|_| Ok(access.request(CALL)))?;
    answer::understand(&response, CALL).map_err(|error| visit.scrubbed(error))?;
    Ok(LoggedIn {
        said: "the distribution of indicator types came".to_string(),
        quota: None,
    })
}
