//! What the service answered to one lookup: found, not found, refused, or an error. Pure.

use std::borrow::Cow;

use serde_json::Value;

use crate::config::Settings;
use crate::document::{Lang, Record, Sent, beside, flat};
use crate::error::{Error, Kind, Result, ServiceDetails};
use crate::http::{Response, answer};
use crate::indicator::{self, Indicator, parse};
use crate::lookup::Quota;

use super::errors::{self, ApiError};
use super::model::{self, DomainInfo, IpInfo, Tag};
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
    Found(Box<Intel>),
    NotFound,
    /// `RetCode` 1: the service says that it is not a valid domain. Its message.
    Malformed(String),
}

/// What is known of an indicator, by the names that `ti` documents; `None` where the other of both
/// is meant.
#[derive(Debug, Clone, Default)]
pub struct Intel {
    pub judgments: Option<Vec<String>>,
    pub tags: Option<Vec<Tag>>,
    pub ip: Option<Sent<IpInfo>>,
    pub domain: Option<Sent<DomainInfo>>,
    /// What the answer is about where it has no object of what was asked about.
    pub instead: Option<String>,
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

/// Understands an answer of any form to the question about `query`, or says what is wrong with it,
/// without any secret that the service echoes. Whether it is about that, `about` tells.
pub fn understand(
    response: &Response,
    query: &Indicator,
    settings: &Settings,
    lang: Lang,
) -> Result<Answer> {
    understood(response, query, settings, lang)
        .map_err(|error| answer::scrubbed(error, &settings.redactor))
}

fn understood(
    response: &Response,
    query: &Indicator,
    settings: &Settings,
    lang: Lang,
) -> Result<Answer> {
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
    let is_refused = fields.get("Error").is_some_and(|error| !error.is_blank());
    let refusal = is_refused.then(|| said(&fields)).flatten();
    let ([info], fields) = fields.split(["IntelInfo"]);
    let ([request_id, left, total], fields) =
        fields.split(["RequestId", "LeftCount", "TotalCount"]);
    let request_id = request_id.map_or(Value::Null, Node::into_value);
    let quota = Quota {
        left: serde_json::json!(left.map(model::integer)),
        total: serde_json::json!(total.map(model::integer)),
    };
    let asked = Asked(query);
    let infos = info.map_or(Some(Vec::new()), |info| info.into_objects(OF_INFO, ""));
    let replied = match asked.one("IntelInfo", infos, |info| asked.about_in(info)) {
        Err(why) => Err(Unclear::because(why)),
        Ok(info) if !info.is_blank() => reply(info, &asked),
        Ok(_) if quota.left == 0 && refusal.is_none() => {
            return Err(used_up(response, &request_id));
        }
        Ok(_) => empty(&quota.left),
    };
    let (reply, unknown_info) = match (replied, refusal) {
        (Ok(found @ (Reply::Found(_), _)), _) => found,
        (_, Some(refusal)) => return Err(refusal),
        (replied, None) => replied.map_err(|Unclear { why, code, message }| {
            let error = unusable(why);
            let error = match message.is_empty() {
                true => error,
                false => error.cause(format!("RetMsg: {message:?}")),
            };
            error.said(ServiceDetails {
                code,
                ..answer::said(response)
            })
        })?,
    };
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

/// The vendor's sample of an answer is this one: an account without a lookup left.
fn used_up(response: &Response, request_id: &Value) -> Error {
    Error::new(
        Kind::Quota,
        "the quota is used up: the indicator was not looked up",
    )
    .cause("the answer is empty and its LeftCount is 0")
    .hint(MORE_LOOKUPS)
    .said(ServiceDetails {
        request_id: request_id.as_str().map(str::to_string),
        ..answer::said(response)
    })
}

/// What to do where nothing is left.
pub const MORE_LOOKUPS: &str = "ask Kingsoft Cloud for more lookups, or wait for the next period";

/// What was asked about, to be found in an answer.
struct Asked<'a>(&'a Indicator);

impl Asked<'_> {
    /// The object that is about it, and has a field of the same name that names it.
    fn object(&self) -> &'static str {
        match self.0.kind() {
            indicator::Kind::Ip => "Ip",
            _ => "Domain",
        }
    }

    fn is_named_by(&self, name: &Node) -> bool {
        let is_it = |name: &str| parse(name).is_ok_and(|parsed| parsed.indicator == *self.0);
        matches!(name, Node::Text(name) if is_it(name))
    }

    fn about(&self, object: &Fields) -> About {
        match object.get(self.object()) {
            Some(name) if self.is_named_by(&name) => About::It,
            None if !object.is_blank() => About::NobodyNamed,
            Some(name) if name.is_blank() && !object.is_blank() => About::NobodyNamed,
            _ => About::Another,
        }
    }

    fn about_in(&self, info: &Fields) -> About {
        let objects = info.get(self.object()).map(Cow::into_owned);
        let objects = objects.and_then(|objects| self.objects(objects));
        let about = objects.iter().flatten().map(|object| self.about(object));
        about.min().unwrap_or(About::Another)
    }

    /// The objects in what stands under the name of the one that is meant.
    fn objects<'n>(&self, sent: Node<'n>) -> Option<Vec<Fields<'n>>> {
        sent.into_objects(model::NAMES, self.object())
    }

    /// The object in `sent`, which may be a list of it, an empty text or nothing; of several, the
    /// one that is about what was asked: by its name, or as the only one that does not say.
    fn one<'n>(
        &self,
        what: &str,
        objects: Option<Vec<Fields<'n>>>,
        about: impl Fn(&Fields) -> About,
    ) -> Result<Fields<'n>, String> {
        let mut objects = objects.ok_or_else(|| format!("its {what} is not an object"))?;
        let count = objects.len();
        if count > 1 {
            let nearest = objects.iter().map(&about).min();
            objects.retain(|object| {
                let about = about(object);
                about != About::Another && Some(about) == nearest
            });
        }
        match (count, objects.len()) {
            (2.., about) if about != 1 => Err(format!(
                "its {what} is a list of {count}, and {about} of them are about {}",
                self.0
            )),
            _ => Ok(objects.pop().unwrap_or_default()),
        }
    }
}

/// What an object is about, by the name in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    It,
    NobodyNamed,
    Another,
}

/// An answer that says neither what was found nor that nothing was.
struct Unclear {
    why: String,
    code: Option<String>,
    /// The `RetMsg` in it.
    message: String,
}

impl Unclear {
    fn because(why: impl Into<String>) -> Self {
        Unclear {
            why: why.into(),
            code: None,
            message: String::new(),
        }
    }
}

/// An empty answer is documented as "no data". An account that has less than nothing left, or
/// something that is no number, may not have been served.
fn empty(left: &Value) -> Result<(Reply, Record), Unclear> {
    match left.is_null() || left.as_u64().is_some() {
        true => Ok((Reply::NotFound, Record::new())),
        false => Err(Unclear::because(format!(
            "it is empty, and with a LeftCount of {left} that may be for want of lookups"
        ))),
    }
}

/// What an `IntelInfo` may hold.
const OF_INFO: &[&str] = &["Type", "RetMsg", "RetCode", "Ip", "Domain"];

/// With what the model does not know of it.
fn reply(info: Fields, asked: &Asked) -> Result<(Reply, Record), Unclear> {
    let own = asked.object();
    let other = if own == "Ip" { "Domain" } else { "Ip" };
    // Our own element says of what type the indicator is.
    let names = ["Type", "RetMsg", "RetCode", own, other];
    let ([_, message, code, sent, beside], left) = info.split(names);
    let message = message.map(|text| flat(&text.into_value()));
    let message = message.unwrap_or_default();
    let unclear = |why, code| Unclear {
        why,
        code,
        message: message.clone(),
    };
    let sent = match sent {
        Some(sent @ (Node::List(_) | Node::Object(_))) => {
            let one = asked.one(own, asked.objects(sent), |object| asked.about(object));
            Some(Node::Object(one.map_err(|why| unclear(why, None))?))
        }
        sent => sent,
    };
    let is_sent = matches!(&sent, Some(Node::Object(object)) if !object.is_blank());
    let says_more = matches!(&sent, Some(Node::Object(object)) if !object.is_blank_but(own));
    let beside = beside.filter(|beside| !beside.is_blank());
    let code = match code.map(model::integer) {
        Some(Sent::Known(code)) => code.to_string(),
        Some(Sent::Other(code)) => flat(&code),
        None if is_sent || beside.is_some() => "0".to_string(),
        None => {
            let why = "its IntelInfo has neither a RetCode nor data";
            return Err(unclear(why.to_string(), None));
        }
    };
    let mut unknown = left.into_record();
    // A word in the place of data may be an error, and is nothing that is known.
    if let Some(odd @ (Node::Text(_) | Node::Other(_))) = &sent
        && (&*code, &beside) == ("0", &None)
        && !odd.is_blank()
        && !asked.is_named_by(odd)
    {
        return Err(unclear(format!("its {own} is not an object"), None));
    }
    // Data about what was asked is there, whatever the code says of it, which is shown beside it.
    let is_denied = says_more && matches!(&*code, "1" | "2");
    if is_denied {
        unknown.insert("RetCode".to_string(), code.clone().into());
        if !message.is_empty() {
            unknown.insert("RetMsg".to_string(), message.clone().into());
        }
    }
    let reply = match code.as_str() {
        code if is_denied || code == "0" => {
            let mut found = Intel::of(own, sent);
            match beside {
                Some(beside) if is_sent => {
                    unknown.insert(other.to_string(), beside.into_value());
                }
                beside => found.instead = beside.map(|beside| named(other, &beside)),
            }
            Reply::Found(Box::new(found))
        }
        "1" => Reply::Malformed(message),
        "2" => Reply::NotFound,
        _ => {
            let why = format!("its RetCode is {code}, which the vendor does not document");
            return Err(unclear(why, Some(code)));
        }
    };
    Ok((reply, unknown))
}

/// What an object of this name is about.
fn named(object: &str, sent: &Node) -> String {
    let name = match sent {
        Node::Object(fields) => fields.get(object),
        _ => None,
    };
    match name.as_deref() {
        Some(Node::Text(name)) if !name.is_empty() => name.to_string(),
        _ => format!("some {object} that has no name"),
    }
}

impl Intel {
    /// Judgments and tags stand in the object that is about what was asked.
    fn of(own: &str, sent: Option<Node>) -> Intel {
        match (own, sent) {
            (_, None) => Intel::default(),
            ("Ip", Some(sent)) => {
                let info = model::ip(sent);
                Intel {
                    judgments: info.judgments,
                    tags: info.tags,
                    ip: Some(info.about),
                    ..Intel::default()
                }
            }
            (_, Some(sent)) => {
                let info = model::domain(sent);
                Intel {
                    judgments: info.judgments,
                    tags: info.tags,
                    domain: Some(info.about),
                    ..Intel::default()
                }
            }
        }
    }
}

/// A failure without words of the service: a proxy's page, an empty body.
fn without_words(response: &Response, malformed: Option<wire::Malformed>) -> Error {
    let status = response.status;
    let kind = errors::kind(None, status);
    let error = Error::new(kind, format!("KTI answered HTTP {status}")).cause(match malformed {
        Some(malformed) => format!("no error code came with it: {malformed}"),
        None => "no error code came with it".to_string(),
    });
    let error = match status {
        401 | 403 => error.hint(
            "check the endpoint, access_key and secret_key; a proxy may have answered instead",
        ),
        429 => error.hint("wait a moment, or ask for fewer indicators at a time: -j, --rate"),
        500.. => error.hint("the service or a proxy before it is in trouble: try again later"),
        _ => error.hint("check the endpoint: a proxy or another service may have answered"),
    };
    error.said(answer::said(response))
}
