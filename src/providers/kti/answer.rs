//! What the service answered to one lookup: found, not found, refused, or an error. Pure.

use serde_json::Value;

use crate::config::Settings;
use crate::document::{Lang, Record, Sent, beside, flat};
use crate::error::{Error, Kind, Result, ServiceDetails};
use crate::http::{Response, answer};
use crate::lookup::Quota;

use super::errors::{self, ApiError};
use super::model::{self, DomainInfo, Info, IpInfo, Tag};
use super::tree::{Fields, Node};
use super::wire;

#[derive(Debug, Clone)]
pub struct Answer {
    pub reply: Reply,
    pub quota: Quota,
    pub request_id: Value,
    /// What the model does not know of the answer and of its `IntelInfo`.
    pub unknown: Record,
}

#[derive(Debug, Clone)]
pub enum Reply {
    Found(Box<Found>),
    NotFound,
    /// `RetCode` 1: the service says that it is not a valid domain. Its message.
    Malformed(String),
}

/// What is known of an indicator, by the names that `ti` documents; `None` where the other of both
/// is meant.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub judgments: Option<Vec<String>>,
    pub tags: Option<Vec<Tag>>,
    pub ip: Option<Sent<IpInfo>>,
    pub domain: Option<Sent<DomainInfo>>,
}

/// Whether an answer is a passing failure (contract: kti.md, "Errors", last line).
pub fn is_passing(response: &Response) -> bool {
    match response.status {
        409 => {
            let code = |text: &str| ApiError::of(&wire::read(text).ok()?.into_record())?.code;
            let text = wire::text(response).ok();
            text.and_then(|text| code(&text))
                .is_some_and(|code| code == "LimitExceeded")
        }
        429 => true,
        status => status >= 500,
    }
}

/// Understands an answer of any form, or says what is wrong with it, without any secret that the
/// service echoes.
pub fn understand(response: &Response, settings: &Settings, lang: Lang) -> Result<Answer> {
    understood(response, settings, lang)
        .map_err(|error| answer::scrubbed(error, &settings.redactor))
}

fn understood(response: &Response, settings: &Settings, lang: Lang) -> Result<Answer> {
    let unusable = |why: String| {
        answer::unusable(
            "KTI's answer cannot be used",
            why,
            response,
            &settings.redactor,
        )
    };
    let text = wire::text(response);
    let read = text.as_deref().map_err(Clone::clone).and_then(wire::read);
    let said = |fields: &Fields| {
        let error = ApiError::of(&fields.clone().into_record())?;
        Some(error.error(response, settings, lang))
    };
    if response.status != 200 {
        return Err(match read {
            Ok(fields) => said(&fields).unwrap_or_else(|| without_words(response, None)),
            Err(malformed) => without_words(response, Some(malformed)),
        });
    }
    let fields = read.map_err(|malformed| unusable(malformed.to_string()))?;
    if fields.get("IntelInfo").is_none() {
        return Err(said(&fields).unwrap_or_else(|| unusable("it has no IntelInfo".to_string())));
    }
    let ([info], fields) = fields.split(["IntelInfo"]);
    let info = info.map_or(Some(Fields::default()), as_object);
    let info = info.ok_or_else(|| unusable("its IntelInfo is not an object".to_string()))?;
    let has_error = info.is_empty() && fields.get("Error").is_some();
    if let Some(error) = has_error.then(|| said(&fields)).flatten() {
        return Err(error);
    }
    let ([request_id, left, total], fields) =
        fields.split(["RequestId", "LeftCount", "TotalCount"]);
    let request_id = request_id.map_or(Value::Null, Node::into_value);
    let quota = Quota {
        left: serde_json::json!(left.map(model::integer)),
        total: serde_json::json!(total.map(model::integer)),
    };
    if info.is_empty() && quota.left == 0 {
        // The vendor's sample of an answer is this one: an account without a lookup left.
        return Err(Error::new(
            Kind::Quota,
            "the quota is used up: the indicator was not looked up",
        )
        .cause("the answer is empty and its LeftCount is 0")
        .hint("ask Kingsoft Cloud for more lookups, or wait for the next period")
        .said(ServiceDetails {
            request_id: request_id.as_str().map(str::to_string),
            ..answer::said(response)
        }));
    }
    let (reply, unknown_info) = reply(info).map_err(|OddCode { code, message }| {
        unusable(format!(
            "its RetCode is {code}, which the vendor does not document"
        ))
        .cause(format!("RetMsg: {message:?}"))
        .said(ServiceDetails {
            code: Some(code),
            ..answer::said(response)
        })
    })?;
    let mut unknown = fields.into_record();
    let names: Vec<_> = unknown.keys().map(String::as_str).collect();
    let of_info = beside(&unknown_info, &names).into_owned();
    unknown.extend(of_info);
    Ok(Answer {
        reply,
        quota,
        request_id,
        unknown,
    })
}

/// A `RetCode` that is not in the contract, and the `RetMsg` beside it.
struct OddCode {
    code: String,
    message: String,
}

/// With what the model does not know of it.
fn reply(info: Fields) -> Result<(Reply, Record), OddCode> {
    // Our own element says of what type the indicator is.
    let names = ["Type", "RetMsg", "Ip", "Domain", "RetCode"];
    let ([_, message, ip, domain, code], left) = info.split(names);
    let message = message.map(|text| flat(&text.into_value()));
    let message = message.unwrap_or_default();
    let found = Found::of(ip.map(model::ip), domain.map(model::domain));
    let code = match code.map(model::integer) {
        Some(Sent::Known(code)) => code.to_string(),
        Some(Sent::Other(code)) => flat(&code),
        None if found.has_data() => "0".to_string(),
        None => "2".to_string(),
    };
    let reply = match code.as_str() {
        "0" => Reply::Found(Box::new(found)),
        "1" => Reply::Malformed(message),
        "2" => Reply::NotFound,
        _ => return Err(OddCode { code, message }),
    };
    Ok((reply, left.into_record()))
}

impl Found {
    /// Judgments and tags stand beside the object that they came in.
    fn of(ip: Option<Info<IpInfo>>, domain: Option<Info<DomainInfo>>) -> Found {
        let mut found = Found::default();
        if let Some(ip) = ip {
            found = Found {
                judgments: ip.judgments,
                tags: ip.tags,
                ip: Some(ip.about),
                domain: None,
            };
        }
        if let Some(domain) = domain {
            found.judgments = found.judgments.or(domain.judgments);
            found.tags = found.tags.or(domain.tags);
            found.domain = Some(domain.about);
        }
        found
    }

    fn has_data(&self) -> bool {
        let ip = self.ip.as_ref().and_then(Sent::known);
        let domain = self.domain.as_ref().and_then(Sent::known);
        ip.is_some() || domain.is_some()
    }
}

/// `IntelInfo` as an object; one in a list, an empty text and null are accepted.
fn as_object(info: Node) -> Option<Fields> {
    match info {
        Node::Object(info) => Some(info),
        Node::Other(Value::Null) => Some(Fields::default()),
        Node::List(items) => match items.into_iter().next() {
            None => Some(Fields::default()),
            Some(first) => as_object(first),
        },
        Node::Text(text) if text.trim().is_empty() => Some(Fields::default()),
        _ => None,
    }
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
    error.said(answer::said(response))
}
