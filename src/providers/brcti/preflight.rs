//! What can be said of the settings before anything is asked, for `ti config check`.

use crate::config::{Origin, Settings};
use crate::provider::Finding;

/// What goes along with each request and is for the service's eyes only.
const LOGIN: [&str; 4] = ["token", "username", "password", "headers"];

/// A login that goes out unencrypted works, and is worth a warning.
pub fn preflight(settings: &Settings) -> Vec<Finding> {
    let is_http = settings
        .endpoint()
        .is_ok_and(|endpoint| endpoint.scheme() == "http");
    let is_set = |name: &&str| {
        let resolved = settings.values.get(name);
        resolved.is_some_and(|known| known.value.is_some() && known.origin != Origin::Demo)
    };
    let sent: Vec<_> = LOGIN.into_iter().filter(is_set).collect();
    if !is_http || sent.is_empty() {
        return Vec::new();
    }
    vec![Finding {
        name: "encryption",
        outcome: Ok(format!("{} over http://, unencrypted", sent.join(", "))),
        warning: Some(
            "use https:// where the service has it: what goes over http:// can be read on the way"
                .to_string(),
        ),
    }]
}
