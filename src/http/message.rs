//! Requests as pure code makes them, and whole answers. Plain data.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use url::Url;

use crate::redact::Redactor;

use super::auth::Credentials;
use super::echo;

/// One request, complete, as pure code makes it.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// Sent with its `Content-Length`.
    pub body: Option<String>,
    /// What of it lets us in and is made anew for each request: a signature. An answer that
    /// echoes it is without it.
    pub secrets: Vec<SecretString>,
    /// What it asks about, empty if nothing: an answer may repeat it, whatever is secret.
    pub asked: String,
}

impl Request {
    /// One without a body that wants JSON, with what lets us in.
    pub fn json(method: Method, url: Url, credentials: &Credentials) -> Self {
        let mut headers = vec![("accept".into(), "application/json".to_string())];
        headers.extend(credentials.headers());
        Request {
            method,
            url,
            headers,
            body: None,
            secrets: Vec::new(),
            asked: String::new(),
        }
    }
}

/// The address of a call beneath an endpoint, whose own path stays before it.
pub fn beneath(endpoint: &Url, path: &str) -> Url {
    let mut url = endpoint.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.set_path(&format!("{}/{path}", endpoint.path().trim_end_matches('/')));
    url
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// A whole answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Without any secret of ours.
    pub body: Vec<u8>,
    /// When the last byte had come.
    pub at: Timestamp,
    /// The body as it came, where a secret was in it.
    as_sent: Option<SecretSlice<u8>>,
}

impl Response {
    /// An answer that was kept: of all that came, its body alone.
    pub fn kept(body: Vec<u8>, at: Timestamp) -> Self {
        Response::new(200, Vec::new(), body, at)
    }

    pub fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>, at: Timestamp) -> Self {
        Response {
            status,
            headers,
            body,
            at,
            as_sent: None,
        }
    }

    /// Itself as it came, to be judged by and never to be shown: what is taken out of it, a name
    /// of which a secret happens to be a part, would change what it says. `None` if nothing was.
    pub fn as_sent(&self) -> Option<Response> {
        let body = self.as_sent.as_ref()?.expose_secret().to_vec();
        let headers = self.headers.clone();
        Some(Response::new(self.status, headers, body, self.at))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether it echoes what signed its request, and is without it from now on, as it came too:
    /// it is made anew each time, and no part of what an answer is about.
    pub(super) fn take_out_signature(&mut self, request: &Request) -> bool {
        if request.secrets.is_empty() {
            return false;
        }
        let redactor = Redactor::of(&request.secrets);
        for (_, value) in &mut self.headers {
            *value = redactor.scrub(value);
        }
        self.replaced(&redactor, request).is_some()
    }

    /// The same of the secrets of the configuration. Headers are no data, and whoever shows one
    /// scrubs it.
    pub(super) fn take_out(&mut self, redactor: &Redactor, request: &Request) -> bool {
        let sent = self.replaced(redactor, request);
        self.as_sent = sent.map(SecretSlice::from);
        self.as_sent.is_some()
    }

    /// The body before secrets were taken out of it; `None` if it holds none.
    fn replaced(&mut self, redactor: &Redactor, request: &Request) -> Option<Vec<u8>> {
        let without = echo::without(&self.body, redactor, &request.asked)?;
        Some(std::mem::replace(&mut self.body, without))
    }

    /// How long the service asks to wait before another try, by `Retry-After`: seconds, or a date
    /// by its own clock where it shows one.
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.header("retry-after")?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
        let offset = self.clock_difference().unwrap_or_default();
        let wait = date.duration_since(self.at) - offset;
        Some(Duration::try_from(wait).unwrap_or_default())
    }

    /// The service's clock minus ours, from the `Date` header (in whole seconds).
    pub fn clock_difference(&self) -> Option<jiff::SignedDuration> {
        let date = jiff::fmt::rfc2822::parse(self.header("date")?).ok()?;
        Some(date.timestamp().duration_since(self.at))
    }
}

/// How far a client goes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of an answer; a larger one is an error.
    pub max_body: usize,
    /// Whether an answer is a passing failure, to be tried again.
    pub is_passing: fn(&Response) -> bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter().map(|(k, v)| (k.to_string(), v.to_string()));
        let at = "2026-11-21T20:00:00Z".parse().unwrap();
        Response::new(503, headers.collect(), Vec::new(), at)
    }

    #[test]
    fn retry_after_in_both_forms() {
        let after = |headers| response(headers).retry_after();
        assert_eq!(after(&[("retry-after", "3")]), Some(Duration::from_secs(3)));
        assert_eq!(
            after(&[("retry-after", "Sat, 21 Nov 2026 20:00:05 GMT")]),
            Some(Duration::from_secs(5))
        );
        // The service's clock is an hour ahead of ours: five of its seconds are five of ours.
        assert_eq!(
            after(&[
                ("retry-after", "Sat, 21 Nov 2026 21:00:05 GMT"),
                ("date", "Sat, 21 Nov 2026 21:00:00 GMT")
            ]),
            Some(Duration::from_secs(5))
        );
        assert_eq!(
            after(&[("retry-after", "Sat, 21 Nov 2026 19:00:00 GMT")]),
            Some(Duration::ZERO)
        );
        assert_eq!(after(&[("retry-after", "soon")]), None);
        assert_eq!(after(&[]), None);
    }

    #[test]
    fn an_endpoint_may_have_a_path_of_its_own() {
        for (endpoint, expected) in [
            ("https://cti.example", "https://cti.example/kp/query"),
            (
                "https://gw.example/br/v1/",
                "https://gw.example/br/v1/kp/query",
            ),
            (
                "http://127.0.0.1:81/tip?x=1#y",
                "http://127.0.0.1:81/tip/kp/query",
            ),
        ] {
            let endpoint = Url::parse(endpoint).unwrap();
            assert_eq!(beneath(&endpoint, "kp/query").as_str(), expected);
        }
    }
}
