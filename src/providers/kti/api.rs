//! The service as it is asked: `SearchIntelInfo` signed, sent, understood.

use jiff::Timestamp;
use url::{Position, Url};

use crate::config::Settings;
use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::http::{Client, Keys, Limits, Method, Request, Response, check_header};
use crate::system::Clock;

use super::sign::{self, Params, Scope, Signed};

/// No answer about one indicator comes near this size.
const MAX_BODY: usize = 4 << 20;

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Aws4,
    Simple,
}

/// The service, ready to be asked.
pub struct Api<'a> {
    client: Client<'a>,
    access: Access,
}

impl<'a> Api<'a> {
    /// `is_passing` says what the client tries again by itself.
    pub fn new(
        settings: &Settings,
        is_passing: fn(&Response) -> bool,
        clock: Clock,
        notes: &'a dyn Reporter,
    ) -> Result<Self> {
        let access = Access::of(settings)?;
        let limits = Limits {
            max_body: MAX_BODY,
            is_passing,
        };
        Ok(Api {
            client: Client::new(settings, limits, clock, notes)?,
            access,
        })
    }

    /// What the service sends for one indicator, whatever it is. Each try may cost a lookup:
    /// `again` gives leave for every further one.
    pub fn ask(&self, indicator: &str, again: &dyn Fn() -> Result<()>) -> Result<Response> {
        let make = |at| Ok(self.access.search(indicator, at));
        self.client.send_while(&make, again)
    }

    /// After an answer that is none to its question: no connection of before is used again.
    pub fn renew(&self) {
        self.client.renew();
    }
}

/// How to ask, from the profile.
#[derive(Debug, Clone)]
pub struct Access {
    pub endpoint: Url,
    pub region: String,
    pub service: String,
    pub scheme: Scheme,
    pub method: Method,
    pub keys: Keys,
}

impl Access {
    pub fn of(settings: &Settings) -> Result<Self> {
        let endpoint = settings.endpoint()?;
        // The signature covers the path `/` and the parameters that we set, nothing else.
        if endpoint.path() != "/" {
            return Err(Error::config("endpoint must not have a path")
                .hint(settings.advice("endpoint", Some(&endpoint[..Position::BeforePath]))));
        }
        // They stand in the credential's scope.
        let scope = |name| {
            let value = settings.required(name)?;
            check_header(settings, name, value).map(|()| value.to_string())
        };
        Ok(Access {
            endpoint,
            region: scope("region")?,
            service: scope("service")?,
            scheme: match settings.required("signature")? {
                "simple" => Scheme::Simple,
                _ => Scheme::Aws4,
            },
            method: match settings.required("method")? {
                "post" => Method::Post,
                _ => Method::Get,
            },
            keys: Keys::of(settings, "access_key", "secret_key")?,
        })
    }

    /// How requests are signed, as a person checks it against the account.
    pub fn describe(&self) -> String {
        let scheme = match self.scheme {
            Scheme::Aws4 => "aws4",
            Scheme::Simple => "simple",
        };
        let (region, service, method) = (&self.region, &self.service, self.method.name());
        format!("{scheme} by {method}, service {service} in {region}")
    }

    /// The lookup of one indicator, signed for the time `at`.
    pub fn search(&self, indicator: &str, at: Timestamp) -> Request {
        let mut params: Params = [
            ("Action", "SearchIntelInfo"),
            ("Version", "2019-07-11"),
            ("Param", indicator),
        ]
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .to_vec();
        let mut headers = vec![("accept", "application/json".to_string())];
        if self.method == Method::Post {
            headers.push(("content-type", FORM.to_string()));
        }
        let mut secrets = Vec::new();
        let query = match self.scheme {
            Scheme::Simple => {
                params.extend(sign::simple_params(
                    &self.keys,
                    &self.region,
                    &self.service,
                    at,
                ));
                let canonical = sign::canonical_query(&params);
                let signature = sign::simple(&canonical, &self.keys.secret_key);
                let query = format!("{canonical}&Signature={signature}");
                secrets.push(signature.into());
                query
            }
            Scheme::Aws4 => {
                let query = sign::canonical_query(&params);
                let (own, signature) = self.aws4_headers(&query, at);
                secrets.push(signature.into());
                headers.extend(own);
                query
            }
        };
        let mut url = self.endpoint.clone();
        let body = match self.method {
            Method::Get => {
                url.set_query(Some(&query));
                None
            }
            Method::Post => Some(query),
        };
        Request {
            method: self.method,
            url,
            headers: headers
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
            body,
            secrets,
            asked: indicator.to_string(),
        }
    }

    /// The headers that sign, and the signature in them.
    fn aws4_headers(&self, query: &str, at: Timestamp) -> ([(&'static str, String); 2], String) {
        let scope = Scope {
            region: &self.region,
            service: &self.service,
            at,
        };
        let date = scope.amz_date();
        let host = self.host();
        let mut headers = vec![("host", host.as_str()), ("x-amz-date", date.as_str())];
        let (query, body) = match self.method {
            Method::Get => (query, ""),
            Method::Post => {
                headers.insert(0, ("content-type", FORM));
                ("", query)
            }
        };
        let signed = Signed {
            method: self.method.name(),
            query,
            headers: &headers,
            body,
        };
        let signature = scope.signature(&signed.canonical_request(), &self.keys.secret_key);
        let authorization = sign::authorization(&signed, &scope, &self.keys.access_key, &signature);
        let headers = [("x-amz-date", date), ("authorization", authorization)];
        (headers, signature)
    }

    /// As in the `Host` header: with the port where it is not the scheme's own.
    fn host(&self) -> String {
        self.endpoint[Position::BeforeHost..Position::AfterPort].to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(scheme: Scheme, method: Method, endpoint: &str) -> Access {
        Access {
            endpoint: Url::parse(endpoint).unwrap(),
            region: "cn-beijing-6".into(),
            service: "ksm".into(),
            scheme,
            method,
            keys: Keys {
                access_key: "AKLTdummyAccessKey00000".into(),
                secret_key: "dummySecret/Key+for~tests==".into(),
            },
        }
    }

    fn vectors() -> serde_json::Value {
        serde_json::from_str(include_str!("vectors.json")).unwrap()
    }

    /// The request as a whole is the vector's, not only its signature.
    #[test]
    fn requests_are_those_of_the_vectors() {
        let vectors = vectors();
        let at = vectors["timestamp"].as_str().unwrap().parse().unwrap();
        let endpoint = "https://ksm.api.ksyun.com/";
        let made = |scheme, method, case: &serde_json::Value| {
            let indicator = case["params"]["Param"].as_str().unwrap();
            access(scheme, method, endpoint).search(indicator, at)
        };
        let header = |request: &Request, name: &str| {
            let mut headers = request.headers.iter();
            headers
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
        };
        for case in vectors["aws4_get_header"].as_array().unwrap() {
            let request = made(Scheme::Aws4, Method::Get, case);
            assert_eq!(request.url.as_str(), case["url"]);
            assert_eq!(
                header(&request, "authorization").unwrap(),
                case["authorization"]
            );
            assert_eq!(header(&request, "x-amz-date").unwrap(), case["x_amz_date"]);
            assert_eq!(request.body, None);
        }
        for case in vectors["aws4_post_header"].as_array().unwrap() {
            let request = made(Scheme::Aws4, Method::Post, case);
            assert_eq!(request.url.as_str(), endpoint);
            assert_eq!(
                header(&request, "authorization").unwrap(),
                case["authorization"]
            );
            assert_eq!(
                header(&request, "content-type").unwrap(),
                case["content_type"]
            );
            assert_eq!(request.body.unwrap(), case["body"]);
        }
        for case in vectors["simplified"].as_array().unwrap() {
            let request = made(Scheme::Simple, Method::Get, case);
            assert_eq!(request.url.as_str(), case["get_url"]);
            let request = made(Scheme::Simple, Method::Post, case);
            assert_eq!(request.body.as_deref(), case["post_body_rfc3986"].as_str());
            assert_eq!(request.url.as_str(), endpoint);
            assert_eq!(header(&request, "authorization"), None);
        }
    }

    #[test]
    fn the_host_has_its_port_only_where_it_is_not_the_usual_one() {
        for (endpoint, host) in [
            ("https://ksm.example/", "ksm.example"),
            ("https://ksm.example:443/", "ksm.example"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://[::1]:81/", "[::1]:81"),
        ] {
            assert_eq!(access(Scheme::Aws4, Method::Get, endpoint).host(), host);
        }
    }
}
