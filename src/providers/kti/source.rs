//! KTI as a source of lookups.

use std::any::Any;
use std::sync::{Arc, LazyLock};

use serde::Serialize;

use crate::config::Settings;
use crate::context::Context;
use crate::document::{Lang, Record, Sent};
use crate::error::{Error, Result};
use crate::http::Response;
use crate::http::answer::scrubbed;
use crate::indicator::{Indicator, Kind, parse};
use crate::input;
use crate::intel::Verdict;
use crate::lookup::{self, Attempt, Lazy, Source};
use crate::provider::LoggedIn;
use crate::store;

use super::answer::{self, Answer, Intel, Reply};
use super::api::Api;
use super::model::{DomainInfo, IpInfo, Tag};
use super::{about, types};

pub struct Kti {
    settings: Settings,
    endpoint: String,
    lang: Lang,
    api: Lazy<Api<'static>>,
}

impl Kti {
    /// # Errors
    /// The profile cannot be read, or has no endpoint.
    pub fn source(cx: &Context) -> Result<Arc<dyn Source>> {
        let settings = cx.settings("kti")?;
        let (own, clock, notes) = (settings.clone(), cx.clock, cx.notes);
        let api = move || Api::new(&own, is_passing, clock, notes);
        Ok(Arc::new(Kti {
            endpoint: settings.required("endpoint")?.to_string(),
            settings,
            lang: cx.lang,
            api: LazyLock::new(Box::new(api)),
        }))
    }
}

/// A name reserved for documentation: looking it up gives nothing away.
const HARMLESS: &str = "example.com";

/// One lookup, to see whether the service lets us in.
pub fn login(settings: &Settings, cx: &Context) -> Result<LoggedIn> {
    let query = parse(HARMLESS)
        .map_err(|refusal| Error::usage(refusal.to_string()))?
        .indicator;
    let api = Api::new(settings, answer::is_passing, cx.clock, cx.notes)?;
    let response = api.ask(HARMLESS, &|| Ok(()))?;
    let answer = read(&response, &query, settings, cx.lang)?;
    if let Verdict::Invalid(error) = answer.verdict {
        // Any service takes this name.
        return Err(error.hint("check the endpoint: a proxy or another service may have answered"));
    }
    let lookup::Quota { left, total } = answer.quota;
    Ok(LoggedIn {
        said: format!("{HARMLESS} was looked up"),
        spent: left
            .as_f64()
            .is_some_and(|left| left <= 0.0)
            .then_some(answer::MORE_LOOKUPS),
        quota: (!left.is_null()).then(|| format!("LeftCount {left}, TotalCount {total}")),
    })
}

/// What the service is asked about in a text.
pub const SERVICE: input::Service = input::Service {
    name: "KTI",
    takes: |indicator| takes(indicator).is_ok(),
};

const HASH: &str = "a file hash";

/// The address or the domain that the service takes of it (contract: kti.md, "Input").
fn takes(indicator: &Indicator) -> Result<Indicator> {
    let host = indicator.host().unwrap_or(indicator);
    let what = match host.kind() {
        Kind::Ip | Kind::Domain => return Ok(host.clone()),
        Kind::Ipv6 => "an IPv6 address",
        Kind::Cidr => "an address range",
        Kind::Email => "an e-mail address",
        _ => HASH,
    };
    let it = match indicator.kind() {
        Kind::Url => "its host",
        _ => "it",
    };
    let error = Error::usage(format!("{host} is refused"))
        .cause(format!(
            "{it} is {what}, and KTI knows IPv4 addresses and domains only"
        ))
        .hint("nothing was asked and no quota spent");
    Err(match what {
        HASH => error.hint(format!("ti lookup {host} asks other sources")),
        _ => error,
    })
}

/// What this source says and others do not.
#[derive(Debug, Serialize)]
pub struct Details {
    pub tags: Option<Vec<Tag>>,
    pub ip: Option<Sent<IpInfo>>,
    pub domain: Option<Sent<DomainInfo>>,
    /// What the model does not know of the answer.
    #[serde(flatten)]
    pub unknown: Record,
}

impl Details {
    /// `None` if the answer is another source's.
    pub fn of(answer: &lookup::Answer) -> Option<&Details> {
        let details: &dyn Any = answer.details.as_deref()?;
        details.downcast_ref()
    }
}

/// What an answer says of what was asked: judged as it came, shown without secrets of ours.
///
/// # Errors
/// It cannot be used, or is about something else.
fn read(
    response: &Response,
    query: &Indicator,
    settings: &Settings,
    lang: Lang,
) -> Result<lookup::Answer> {
    let understand = |response: &Response| answer::understand(response, query, settings, lang);
    let Some(sent) = response.as_sent() else {
        let answer = understand(response)?;
        let judged = judged(query, &answer.reply)?;
        return Ok(shown(answer, judged));
    };
    let judged = understand(&sent).and_then(|answer| judged(query, &answer.reply));
    let scrubbed = |error| scrubbed(error, &settings.redactor);
    let (verdict, answered_for) = match judged.map_err(scrubbed)? {
        (Verdict::Invalid(error), _) => (Verdict::Invalid(scrubbed(error)), None),
        judged => judged,
    };
    Ok(match understand(response) {
        Ok(answer) => shown(answer, (verdict, answered_for)),
        Err(_) => lookup::Answer {
            answered_for,
            ..lookup::Answer::of(verdict)
        },
    })
}

/// The verdict, and the parent of the domain that it is about.
type Judged = (Verdict, Option<String>);

fn judged(query: &Indicator, reply: &Reply) -> Result<Judged> {
    Ok(match reply {
        Reply::Found(found) => {
            let answered_for = about::check(query, found)?;
            let names = found.judgments.as_deref().unwrap_or_default();
            let level = types::level(names.iter().map(String::as_str));
            (Verdict::Found(level), answered_for)
        }
        Reply::NotFound => (Verdict::NotFound, None),
        Reply::Malformed(message) => {
            let error = Error::service("KTI says this is not a valid domain")
                .cause(format!("RetCode 1: {message}"));
            (Verdict::Invalid(error), None)
        }
    })
}

fn shown(answer: Answer, (verdict, answered_for): Judged) -> lookup::Answer {
    let found = match answer.reply {
        Reply::Found(found) => *found,
        Reply::NotFound | Reply::Malformed(_) => Intel::default(),
    };
    lookup::Answer {
        judgments: found.judgments,
        answered_for,
        quota: answer.quota,
        request_id: answer.request_id,
        details: Some(Arc::new(Details {
            tags: found.tags,
            ip: found.ip,
            domain: found.domain,
            unknown: answer.unknown,
        })),
        ..lookup::Answer::of(verdict)
    }
}

impl Source for Kti {
    fn name(&self) -> &str {
        "kti"
    }

    /// IPv4 addresses and domains (contract: kti.md, "Input").
    fn accepts(&self, indicator: &Indicator) -> Result<Indicator> {
        takes(indicator)
    }

    fn ask(&self, query: &Indicator, again: &dyn Fn() -> Result<()>) -> Attempt {
        let api = match &*self.api {
            Ok(api) => api,
            Err(error) => return Attempt::Down(error.clone()),
        };
        let response = match api.ask(&query.to_string(), again) {
            Ok(response) => response,
            Err(error) => return Attempt::Failed(error, None),
        };
        match read(&response, query, &self.settings, self.lang) {
            Ok(answer) => {
                let kept = || Response::kept(response.body.clone(), response.at);
                let says_the_same =
                    |recalled: lookup::Answer| recalled.verdict.level() == answer.verdict.level();
                Attempt::Answered(Box::new(lookup::Answered {
                    is_worth_keeping: response.as_sent().is_none()
                        || self.recall(query, &kept()).is_some_and(says_the_same),
                    answer,
                    body: response.body,
                    at: response.at,
                }))
            }
            Err(error) if is_too_fast(&response) => {
                Attempt::TooFast(error, response.retry_after(), response.body)
            }
            Err(error) => {
                if response.status == 200 {
                    // It may be another question's.
                    api.renew();
                }
                Attempt::Failed(error, Some(response.body))
            }
        }
    }

    fn owner(&self) -> Option<store::Owner> {
        Some(store::Owner {
            provider: "kti",
            endpoint: self.endpoint.clone(),
        })
    }

    fn recall(&self, query: &Indicator, kept: &Response) -> Option<lookup::Answer> {
        read(kept, query, &self.settings, self.lang).ok()
    }

    fn is_counted(&self) -> bool {
        true
    }

    fn patience(&self) -> u32 {
        self.settings.count("retries")
    }
}

/// Failures that the client tries again by itself; "too fast" concerns all lookups and is
/// answered by a slower pace instead.
fn is_passing(response: &Response) -> bool {
    answer::is_passing(response) && !is_too_fast(response)
}

fn is_too_fast(response: &Response) -> bool {
    matches!(response.status, 409 | 429) && answer::is_passing(response)
}
