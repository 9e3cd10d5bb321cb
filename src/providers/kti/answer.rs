//! What the service answered to one lookup: found, not found, refused, or an error. Pure.

use serde_json::Value;

use crate::document::{Lang, Record};
use crate::error::{Error, Kind, Result, Said};
use crate::net::Response;
use crate::profile::Settings;

use super::{errors, model, wire};

/// A clock that is off by more than this spoils signatures; the error then says by how much.
const CLOCK_TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

#[derive(Debug, Clone)]
pub struct Answer {
    pub outcome: Outcome,
    pub quota: Quota,
    pub request_id: Value,
    /// What the model does not know of the answer and of its `IntelInfo`.
    pub unknown: Record,
}

#[derive(Debug, Clone)]
pub enum Outcome {
    /// `IntelIpInfo` and `DomainInfo` under our names; null where the other one is meant.
    Found {
        ip: Value,
        domain: Value,
    },
    NotFound,
    /// `RetCode` 1: the service takes it for no domain. Its message.
    Malformed(String),
}

/// `LeftCount` and `TotalCount` as given: the vendor does not say whether the total is what is
/// allowed or what was used.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quota {
    pub left: Value,
    pub total: Value,
}

/// Whether an answer is a passing failure (contract: kti.md, "Errors", last line).
pub fn is_passing(response: &Response) -> bool {
    match response.status {
        409 => complaint(&response.body)
            .is_some_and(|said| said.code.as_deref() == Some("LimitExceeded")),
        429 => true,
        status => status >= 500,
    }
}

/// Understands an answer of any form, or says what is wrong with it.
pub fn understand(response: &Response, settings: &Settings, lang: Lang) -> Result<Answer> {
    let read = wire::read(&response.body);
    if response.status != 200 {
        return Err(match complaint(&response.body) {
            Some(complaint) => complaint.error(response, settings, lang),
            None => without_words(response, read.err()),
        });
    }
    let mut record = read.map_err(|malformed| unusable(response, malformed.to_string()))?;
    let has_info = record
        .keys()
        .any(|key| key.eq_ignore_ascii_case("IntelInfo"));
    if !has_info {
        return Err(match complaint(&response.body) {
            Some(complaint) => complaint.error(response, settings, lang),
            None => unusable(response, "it has no IntelInfo".to_string()),
        });
    }
    let request_id = model::take(&mut record, "RequestId").unwrap_or(Value::Null);
    let mut count = |name| model::take(&mut record, name).map_or(Value::Null, model::integer);
    let quota = Quota {
        left: count("LeftCount"),
        total: count("TotalCount"),
    };
    let info = model::take(&mut record, "IntelInfo").unwrap_or(Value::Null);
    let Some(mut info) = as_object(info) else {
        return Err(unusable(
            response,
            "its IntelInfo is not an object".to_string(),
        ));
    };
    if info.is_empty() && quota.left == 0 {
        // The vendor's sample of an answer is this one: an account without a lookup left.
        return Err(Error::new(
            Kind::Quota,
            "the quota is used up: the indicator was not looked up",
        )
        .cause("the answer is empty and its LeftCount is 0")
        .hint("ask Kingsoft Cloud for more lookups, or wait for the next period")
        .said(Said {
            status: Some(200),
            code: None,
            request_id: request_id.as_str().map(str::to_string),
        }));
    }
    let outcome = outcome(&mut info, response)?;
    let mut unknown = record;
    model::keep(&mut unknown, info);
    Ok(Answer {
        outcome,
        quota,
        request_id,
        unknown,
    })
}

fn outcome(info: &mut Record, response: &Response) -> Result<Outcome> {
    // Our own element says of what type the indicator is.
    model::take(info, "Type");
    let message = model::take(info, "RetMsg")
        .map(|text| crate::document::flat(&text))
        .unwrap_or_default();
    let ip = model::take(info, "Ip").map_or(Value::Null, model::ip);
    let domain = model::take(info, "Domain").map_or(Value::Null, model::domain);
    let has_data = ip.is_object() || domain.is_object();
    match model::take(info, "RetCode").map(model::integer) {
        Some(code) if code == 0 => Ok(Outcome::Found { ip, domain }),
        Some(code) if code == 1 => Ok(Outcome::Malformed(message)),
        Some(code) if code == 2 => Ok(Outcome::NotFound),
        None if has_data => Ok(Outcome::Found { ip, domain }),
        None => Ok(Outcome::NotFound),
        Some(code) => {
            let code = crate::document::flat(&code);
            Err(unusable(
                response,
                format!("its RetCode is {code}, which the vendor does not document"),
            )
            .cause(format!("RetMsg: {message:?}"))
            .said(Said {
                status: Some(200),
                code: Some(code),
                request_id: None,
            }))
        }
    }
}

/// `IntelInfo` as an object; one in a list, an empty text and null are accepted.
fn as_object(info: Value) -> Option<Record> {
    match info {
        Value::Object(info) => Some(info),
        Value::Null => Some(Record::new()),
        Value::Array(items) => match items.into_iter().next() {
            None => Some(Record::new()),
            Some(first) => as_object(first),
        },
        Value::String(text) if text.trim().is_empty() => Some(Record::new()),
        _ => None,
    }
}

/// An error in the service's own words.
struct Complaint {
    code: Option<String>,
    message: String,
    request_id: Option<String>,
}

/// The error in a body, in any of the forms of this vendor's services.
fn complaint(body: &[u8]) -> Option<Complaint> {
    let mut record = wire::read(body).ok()?;
    let text = |record: &mut Record, name| {
        model::take(record, name).map(|value| crate::document::flat(&value))
    };
    let request_id = text(&mut record, "RequestId");
    let mut error = match model::take(&mut record, "Error") {
        Some(Value::Object(error)) => error,
        Some(other) => {
            return Some(Complaint {
                code: None,
                message: crate::document::flat(&other),
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
    fn error(self, response: &Response, settings: &Settings, lang: Lang) -> Error {
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
        let code_text = code.as_deref().unwrap_or("no code");
        let mut error =
            Error::new(kind, format!("{what}: {code_text}")).cause(format!("{message}   {place}"));
        if let Some(means) = errors::meaning(code_text, &message) {
            error = error.cause(means.in_lang(lang));
        }
        for hint in hints(code_text, &message, kind, response, settings) {
            error = error.hint(hint);
        }
        error.said(Said {
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
                hints.push(settings.advice("service", service));
            } else if named("valid region").is_some() {
                hints.push("set  region  to the one that your account is for".to_string());
            } else if hints.is_empty() {
                hints.push(
                    "check secret_key: ti config show says where it is taken from".to_string(),
                );
            }
        }
        "InvalidClientTokenId" => {
            hints.push("check access_key: ti config show says where it is taken from".to_string());
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
        _ => {}
    }
    hints
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

/// A failure without words of the service: a proxy's page, an empty body.
fn without_words(response: &Response, malformed: Option<wire::Malformed>) -> Error {
    let status = response.status;
    let kind = errors::kind(None, status);
    let mut error = Error::new(kind, format!("KTI answered HTTP {status}"));
    if let Some(malformed) = malformed {
        error = error.cause(format!("no error code came with it: {malformed}"));
    }
    if kind == Kind::Credentials {
        error = error.hint(
            "check the endpoint, access_key and secret_key; a proxy may have answered instead",
        );
    } else if status >= 500 {
        error = error.hint("the service or a proxy before it is in trouble: try again later");
    }
    error.said(Said {
        status: Some(status),
        ..Said::default()
    })
}

/// Status 200 with something that is no answer.
fn unusable(response: &Response, why: String) -> Error {
    let error = Error::service("KTI's answer cannot be used").cause(why);
    let beginning: String = String::from_utf8_lossy(&response.body)
        .trim()
        .chars()
        .take(200)
        .collect();
    let error = match beginning.is_empty() {
        true => error,
        false => error.cause(format!("it begins: {beginning}")),
    };
    error
        .hint("check the endpoint: a proxy or a login page may have answered; -vv shows the answer")
        .said(Said {
            status: Some(response.status),
            ..Said::default()
        })
}
