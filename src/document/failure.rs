use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Error, Kind};

/// Why there is no answer, as it stands in JSON.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: Kind,
    /// The code of the service.
    pub code: Option<String>,
    /// What failed, and why.
    pub message: String,
    /// To be named to the service's support.
    pub request_id: Option<String>,
}

impl Failure {
    pub fn of(error: &Error) -> Failure {
        Failure {
            kind: error.kind,
            code: error.said.code.clone(),
            message: error.to_string(),
            request_id: error.said.request_id.clone(),
        }
    }
}
