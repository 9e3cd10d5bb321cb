//! The portal as it is asked: its four methods, and the login for them.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::config::Settings;
use crate::console::Reporter;
use crate::context::Context;
use crate::error::Result;
use crate::http::{Client, Credentials, Identity, Limits, Method, Request, Response, beneath};
use crate::provider::{Finding, LoggedIn};
use crate::redact::Redactor;
use crate::system::Clock;

use super::master::{Consume, Master, Receiver};
use super::{envelope, errors};

/// Thousands of reports with their descriptions are a few MiB.
pub(super) const MAX_LIST: usize = 64 << 20;

/// The portal, ready to be asked.
pub struct Api<'a> {
    client: Client<'a>,
    access: Access,
    pub redactor: Redactor,
}

impl<'a> Api<'a> {
    /// `max_answer` is in bytes; a larger answer is an error.
    pub fn new(
        settings: &Settings,
        max_answer: usize,
        clock: Clock,
        notes: &'a dyn Reporter,
    ) -> Result<Self> {
        let access = Access::of(settings)?;
        let limits = Limits {
            max_body: max_answer,
            is_passing: errors::is_passing,
        };
        Ok(Api {
            client: Client::new(settings, limits, clock, notes)?,
            access,
            redactor: settings.redactor.clone(),
        })
    }

    /// The reports between two times in Unix seconds, both inclusive.
    pub fn list(&self, from: Option<i64>, until: Option<i64>) -> Result<Response> {
        self.ask(&self.access.list(from, until))
    }

    pub fn one(&self, id: &str, include: &str) -> Result<Response> {
        self.ask(&self.access.one(id, include))
    }

    /// The content of a master file, handed to `consume` as it comes.
    pub fn master<T, O: Receiver>(
        &self,
        master: &Master,
        group: &str,
        out: &mut O,
        consume: &mut Consume<T, O>,
    ) -> Result<T> {
        let request = self.access.master(&format!("get_{}", master.member), group);
        master.fetch(&self.client, &request, &self.redactor, out, consume)
    }

    fn ask(&self, request: &Request) -> Result<Response> {
        self.client.send(&|_| Ok(request.clone()))
    }
}

/// The list of the last day's reports, to see whether the portal lets us in.
pub fn login(settings: &Settings, cx: &Context) -> Result<LoggedIn> {
    let api = Api::new(settings, MAX_LIST, cx.clock, cx.notes)?;
    let day_before = ((cx.clock)() - SignedDuration::from_hours(24)).as_second();
    envelope::open(&api.list(Some(day_before), None)?, &api.redactor)?;
    Ok(LoggedIn {
        said: "the list of the last day's reports came".to_string(),
        quota: None,
        spent: None,
    })
}

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
    let unencrypted = Finding::unencrypted(settings, &["username", "password", "token"]);
    std::iter::once(access)
        .chain(certificate)
        .chain(unencrypted)
        .collect()
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

/// How to ask, from the profile.
struct Access {
    endpoint: Url,
    credentials: Credentials,
    by_token: bool,
}

impl Access {
    /// Basic needs the client certificate as well; what is missing is an error here, before
    /// anything is sent. A token goes alone or with one.
    fn of(settings: &Settings) -> Result<Self> {
        let endpoint = settings.endpoint()?;
        let token = Credentials::bearer(settings, "token")?;
        let by_token = token.is_some();
        let credentials = match token {
            Some(token) => token,
            None => {
                let login = Credentials::basic(settings, "username", "password")?;
                settings.required("certificate")?;
                login
            }
        };
        Ok(Access {
            endpoint,
            credentials,
            by_token,
        })
    }

    /// How it gets in, in words that may be shown.
    fn describe(&self) -> &'static str {
        match self.by_token {
            true => "with a token",
            false => "with a login and a client certificate",
        }
    }

    /// `from` and `until` in Unix seconds, both inclusive; a bound that is not sent is none.
    fn list(&self, from: Option<i64>, until: Option<i64>) -> Request {
        let bounds = [("date_start", from), ("date_end", until)];
        let sent: Vec<_> = bounds
            .into_iter()
            .filter_map(|(name, bound)| Some((name, bound?.to_string())))
            .collect();
        let parameters: Vec<_> = sent.iter().map(|(name, at)| (*name, at.as_str())).collect();
        self.call("get_list", &parameters)
    }

    fn one(&self, id: &str, include: &str) -> Request {
        let parameters = [
            ("publication_id", id),
            ("include_info", include),
            ("lang", "en"),
        ];
        self.call("get_one", &parameters)
    }

    fn master(&self, method: &str, group: &str) -> Request {
        self.call(method, &[("report_group", group)])
    }

    fn call(&self, method: &str, parameters: &[(&str, &str)]) -> Request {
        let mut url = beneath(&self.endpoint, &format!("api/publications/{method}"));
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        let mut request = Request::json(Method::Post, url, &self.credentials);
        // An empty POST goes without one unless it is told.
        request
            .headers
            .push(("content-length".into(), "0".to_string()));
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(endpoint: &str) -> Access {
        Access {
            endpoint: Url::parse(endpoint).unwrap(),
            credentials: Credentials::none(),
            by_token: false,
        }
    }

    #[test]
    fn requests_are_as_the_contract_has_them() {
        let access = access("https://tip.kaspersky.com");
        let request = access.list(Some(0), None);
        assert_eq!(request.method, Method::Post);
        assert_eq!(
            request.url.as_str(),
            "https://tip.kaspersky.com/api/publications/get_list?date_start=0"
        );
        assert_eq!(
            access.list(None, Some(1_700_000_000)).url.query(),
            Some("date_end=1700000000")
        );
        assert_eq!(access.list(None, None).url.query(), None);
        assert_eq!(request.body, None);
        assert!(
            request
                .headers
                .contains(&("content-length".into(), "0".to_string()))
        );
        assert_eq!(
            access.one("a b&c", "iocs,yara").url.query(),
            Some("publication_id=a+b%26c&include_info=iocs%2Cyara&lang=en")
        );
        assert_eq!(
            access.master("get_master_yara", "fin").url.path(),
            "/api/publications/get_master_yara"
        );
    }
}
