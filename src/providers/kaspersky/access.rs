//! The four methods as requests. Pure.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::config::Settings;
use crate::error::Result;
use crate::http::{Method, Request};

/// How to ask, from the profile.
pub struct Access {
    endpoint: Url,
    authorization: SecretString,
}

impl Access {
    /// Basic needs the client certificate as well; what is missing is an error here, before
    /// anything is sent. A token goes alone or with one.
    pub fn of(settings: &Settings) -> Result<Self> {
        let endpoint = settings.endpoint()?;
        let authorization = match settings.secret("token")? {
            Some(token) => format!("Bearer {}", token.expose_secret()),
            None => {
                let user = settings.required("username")?;
                let password = settings.required_secret("password")?;
                settings.required("certificate")?;
                let login = basic(user, &password);
                settings.learn(&login);
                format!("Basic {}", login.expose_secret())
            }
        };
        Ok(Access {
            endpoint,
            authorization: authorization.into(),
        })
    }

    /// How it gets in, in words that may be shown.
    pub fn describe(&self) -> &'static str {
        match self.authorization.expose_secret().starts_with("Bearer ") {
            true => "with a token",
            false => "with a login and a client certificate",
        }
    }

    /// `from` and `until` in Unix seconds, both inclusive; a bound that is not sent is none.
    pub fn list(&self, from: Option<i64>, until: Option<i64>) -> Request {
        let bounds = [("date_start", from), ("date_end", until)];
        let sent: Vec<_> = bounds
            .into_iter()
            .filter_map(|(name, bound)| Some((name, bound?.to_string())))
            .collect();
        let parameters: Vec<_> = sent.iter().map(|(name, at)| (*name, at.as_str())).collect();
        self.call("get_list", &parameters)
    }

    pub fn one(&self, id: &str, include: &str) -> Request {
        let parameters = [
            ("publication_id", id),
            ("include_info", include),
            ("lang", "en"),
        ];
        self.call("get_one", &parameters)
    }

    pub fn master(&self, method: &str, group: &str) -> Request {
        self.call(method, &[("report_group", group)])
    }

    fn call(&self, method: &str, parameters: &[(&str, &str)]) -> Request {
        let mut url = self.endpoint.clone();
        url.set_fragment(None);
        let path = format!(
            "{}/api/publications/{method}",
            url.path().trim_end_matches('/')
        );
        url.set_path(&path);
        url.set_query(None);
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        Request {
            method: Method::Post,
            url,
            headers: vec![
                ("accept".into(), "application/json".to_string()),
                (
                    "authorization".into(),
                    self.authorization.expose_secret().to_string(),
                ),
                // An empty POST goes without one unless it is told.
                ("content-length".into(), "0".to_string()),
            ],
            body: None,
        }
    }
}

/// What follows `Basic` (RFC 7617).
fn basic(user: &str, password: &SecretString) -> SecretString {
    let pair = format!("{user}:{}", password.expose_secret());
    BASE64_STANDARD.encode(pair).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(endpoint: &str) -> Access {
        Access {
            endpoint: Url::parse(endpoint).unwrap(),
            authorization: format!(
                "Basic {}",
                basic("Aladdin", &"open sesame".into()).expose_secret()
            )
            .into(),
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
        // RFC 7617's own example.
        let basic = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".to_string();
        assert!(request.headers.contains(&("authorization".into(), basic)));
        assert_eq!(
            access.one("a b&c", "iocs,yara").url.query(),
            Some("publication_id=a+b%26c&include_info=iocs%2Cyara&lang=en")
        );
        assert_eq!(
            access.master("get_master_yara", "fin").url.path(),
            "/api/publications/get_master_yara"
        );
    }

    #[test]
    fn an_endpoint_may_have_a_path_in_front() {
        let request = access("http://127.0.0.1:81/tip/?x=1#y").master("get_master_ioc", "all");
        assert_eq!(
            request.url.as_str(),
            "http://127.0.0.1:81/tip/api/publications/get_master_ioc?report_group=all"
        );
    }
}
