//! An error in the service's own words, in whatever form it comes, with the way out. Pure.

use serde_json::Value;

use crate::config::Settings;
use crate::document::{Lang, Record, flat};
use crate::error::{Error, Kind, ServiceDetails};
use crate::http::Response;

use super::{errors, model, wire};

/// A clock that is off by more than this spoils signatures; the error then says by how much.
const CLOCK_TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// An error in the service's own words.
pub struct Complaint {
    pub code: Option<String>,
    message: String,
    request_id: Option<String>,
}

/// The error in a body, in any of the forms of this vendor's services.
pub fn complaint(body: &[u8]) -> Option<Complaint> {
    let mut record = wire::read(body).ok()?;
    let text = |record: &mut Record, name| model::take(record, name).map(|value| flat(&value));
    let request_id = text(&mut record, "RequestId");
    let mut error = match model::take(&mut record, "Error") {
        Some(Value::Object(error)) => error,
        Some(other) => {
            return Some(Complaint {
                code: None,
                message: flat(&other),
                request_id,
            });
        }
        None => record,
    };
    let code = text(&mut error, "Code").or_else(|| text(&mut error, "InnerCode"));
    let message = text(&mut error, "Message");
    if code.is_none() && message.is_none() {
        return None;
    }
    Some(Complaint {
        code,
        message: message.unwrap_or_default(),
        request_id,
    })
}

impl Complaint {
    pub fn error(self, response: &Response, settings: &Settings, lang: Lang) -> Error {
        let Complaint {
            code,
            message,
            request_id,
        } = self;
        let kind = errors::kind(code.as_deref(), response.status);
        let what = match kind {
            Kind::Credentials => "KTI refused the request",
            Kind::Quota => "KTI limits the rate of requests",
            _ => "KTI answered with an error",
        };
        let place = place(response.status, request_id.as_deref());
        let code_text = code.as_deref().unwrap_or_default();
        let said = match code_text {
            "" => what.to_string(),
            code => format!("{what}: {code}"),
        };
        let mut error = Error::new(kind, said).cause(format!("{message}   {place}"));
        if let Some(means) = errors::meaning(code_text, &message) {
            error = error.cause(means.in_lang(lang));
        }
        for hint in hints(code_text, &message, kind, response, settings) {
            error = error.hint(hint);
        }
        error.said(ServiceDetails {
            status: Some(response.status),
            code,
            request_id,
        })
    }
}

/// `(HTTP 403, request fd229f7c-…)`
fn place(status: u16, request_id: Option<&str>) -> String {
    match request_id {
        Some(id) => format!("(HTTP {status}, request {id})"),
        None => format!("(HTTP {status})"),
    }
}

fn hints(
    code: &str,
    message: &str,
    kind: Kind,
    response: &Response,
    settings: &Settings,
) -> Vec<String> {
    let mut hints = Vec::new();
    let named = |marker| {
        message
            .split_once(marker)
            .map(|(_, name): (&str, &str)| name.trim().trim_end_matches('.'))
    };
    if kind == Kind::Credentials {
        hints.extend(clock_hint(response));
    }
    match code {
        "SignatureDoesNotMatch" => {
            if let Some(service) = named("correct service:").filter(|name| !name.is_empty()) {
                hints.push(settings.advice("service", Some(service)));
            } else if named("valid region").is_some() {
                hints.push(format!(
                    "set the region that your account is for: {}",
                    settings.advice("region", Some("REGION"))
                ));
            } else if hints.is_empty() {
                hints.push(check("secret_key", settings));
            }
        }
        "InvalidClientTokenId" => {
            hints.push(check("access_key", settings));
        }
        "AccessDenied" | "PermissionDenied" => {
            hints.push(
                "let the account's owner grant this user the threat intelligence service (KTI)"
                    .to_string(),
            );
        }
        "LimitExceeded" => {
            hints.push("wait a moment, or ask for fewer indicators at a time".to_string())
        }
        // Every error that is documented has a code.
        "" => hints.push("check the endpoint: another service may have answered".to_string()),
        _ => {}
    }
    hints
}

/// The value may come from a variable: setting it in the file would change nothing then.
fn check(name: &str, settings: &Settings) -> String {
    let value = (name == "access_key").then_some("VALUE");
    let command = settings.advice(name, value);
    format!("check {name}: ti config show says where it is taken from; {command} changes it")
}

fn clock_hint(response: &Response) -> Option<String> {
    let difference = response.clock_difference()?;
    if difference.abs() <= CLOCK_TOLERANCE {
        return None;
    }
    let direction = if difference.is_positive() {
        "behind"
    } else {
        "ahead of"
    };
    let rounded = jiff::SignedDuration::from_secs(difference.abs().as_secs());
    Some(format!(
        "this machine's clock is {rounded:#} {direction} the service's: set it right"
    ))
}
