//! The services' stand-in on a loopback port: for `--demo`, for `ti sandbox`, and for tests.
//!
//! It knows HTTP and faults; what a service answers, each provider brings itself.

mod fault;
mod payload;
mod server;
mod tls;

use std::time::Duration;

use url::form_urlencoded;

pub use fault::{Encoding, Fault};
pub use server::Server;
pub use tls::abandon_all;

/// The header by which an answer says that it is sample data.
pub const SAMPLE_HEADER: &str = "x-sample-data";

/// How a sandbox is to behave.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Faults, one after the other, before answers are as they should be.
    pub faults: Vec<Fault>,
    /// Waited before each answer.
    pub latency: Duration,
    /// Lookups that the account has; a provider without a quota takes no notice.
    pub quota: Option<u32>,
    /// A large set of sample data, for a provider that has one.
    pub large: bool,
    /// Whether answers come in odd forms that services were seen to send.
    pub odd: bool,
    /// Whether a list of reports is filtered by the date of their update, not of publication.
    pub by_updated: bool,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub path: String,
    /// As sent, still encoded, without the `?`.
    pub query: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// A parameter of the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find_map(|(known, value)| (known == name).then(|| value.into_owned()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Reply {
            status,
            headers: vec![("content-type".to_string(), content_type.to_string())],
            body: body.into(),
        }
    }

    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// What a proxy before the service says.
    pub fn bad_gateway(status: u16) -> Self {
        let page = "<html><title>Bad Gateway</title></html>";
        Self::new(status, "text/html", page)
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_string(), value.into()));
        self
    }
}

/// One service's side of the conversation. Called from one thread at a time.
pub trait Service: Send + Sync {
    fn answer(&self, request: &Received) -> Reply;

    /// How the service words a failure with this status.
    fn failure(&self, status: u16, request: &Received) -> Reply;

    /// An answer whose content is broken within this encoding; a service that uses none of
    /// them answers as ever.
    fn spoilt(&self, _: Encoding, request: &Received) -> Reply {
        self.answer(request)
    }

    /// Whether it speaks TLS and wants to see a client certificate; the server then makes an
    /// authority and adds `cacert` and `certificate` to the profile.
    fn demands_certificate(&self) -> bool {
        false
    }

    /// The profile that talks to it: setting and value.
    fn settings(&self, url: &str) -> Vec<(&'static str, String)>;
}
