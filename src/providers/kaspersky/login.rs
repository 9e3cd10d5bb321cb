//! The list of the last day's reports, to see whether the portal lets us in.

use jiff::{SignedDuration, Timestamp};

use crate::config::Settings;
use crate::error::Result;
use crate::http::{Identity, Limits};
use crate::provider::{Finding, LoggedIn, LoginContext};

use super::access::Access;
use super::list::MAX_BODY;
use super::{envelope, errors};

/// Whether login and certificate are complete, and whom the certificate is for.
pub fn preflight(settings: &Settings, now: Timestamp) -> Vec<Finding> {
    let access = Finding {
        name: "access",
        outcome: Access::of(settings).map(|access| access.describe().to_string()),
        warning: None,
    };
    let certificate = Identity::of(settings)
        .transpose()
        .map(|identity| described(identity, now));
    std::iter::once(access).chain(certificate).collect()
}

fn described(identity: Result<Identity>, now: Timestamp) -> Finding {
    let held = identity.and_then(|identity| Ok((identity.holds(now)?, identity)));
    let (outcome, warning) = match held {
        Err(error) => (Err(error), None),
        Ok((warning, identity)) => {
            let until = identity.not_after.strftime("%Y-%m-%d");
            let (subject, issuer) = (&identity.subject, &identity.issuer);
            (
                Ok(format!("for {subject}, by {issuer}, until {until}")),
                warning,
            )
        }
    };
    Finding {
        name: "certificate",
        outcome,
        warning,
    }
}

pub fn run(settings: &Settings, visit: &LoginContext<'_>) -> Result<LoggedIn> {
    let access = Access::of(settings)?;
    let limits = Limits {
        max_body: MAX_BODY,
        is_passing: errors::is_passing,
    };
    let client = visit.client(settings, limits)?;
    let day_before = (visit.now() - SignedDuration::from_hours(24)).as_second();
    let response = client.send(&|_| Ok(access.list(Some(day_before), None)))?;
    envelope::open(&response)?;
    Ok(LoggedIn {
        said: "the list of the last day's reports came".to_string(),
        quota: None,
    })
}
