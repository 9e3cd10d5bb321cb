//! The only sockets of the program: one request, its retries, its trace.

mod certificate;
mod failure;
mod probe;
mod retry;
mod tls;
mod trace;
mod trust;
mod witness;

use std::io::Read;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use crate::error::{Error, Kind, Result};
use crate::note::{Notes, Weight};
use crate::profile::Settings;
use crate::world::Clock;

pub use certificate::Certificate;
pub use probe::{Greeting, Probe, Way};
use retry::Policy;
pub use witness::{Seen, Voucher};

/// One request, complete, as pure code makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    /// Sent with its `Content-Length`.
    pub body: Option<String>,
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
    pub body: Vec<u8>,
    /// When the last byte had come.
    pub at: Timestamp,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
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

/// A client for one service. Connections are kept and shared between threads.
pub struct Client<'a> {
    http: reqwest::blocking::Client,
    policy: Policy,
    limits: Limits,
    clock: Clock,
    notes: &'a dyn Notes,
}

impl<'a> Client<'a> {
    pub fn new(
        settings: &Settings,
        limits: Limits,
        clock: Clock,
        notes: &'a dyn Notes,
    ) -> Result<Self> {
        let tls = tls::config(settings.text("cacert"))?;
        Self::with_tls(settings, limits, clock, notes, tls)
    }

    fn with_tls(
        settings: &Settings,
        limits: Limits,
        clock: Clock,
        notes: &'a dyn Notes,
        tls: rustls::ClientConfig,
    ) -> Result<Self> {
        let mut builder = reqwest::blocking::Client::builder()
            .user_agent(concat!("ti/", env!("CARGO_PKG_VERSION")))
            .timeout(settings.duration("timeout"))
            .connect_timeout(settings.duration("connect_timeout"))
            // Credentials are meant for the configured host; see `refuse_redirect`.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .tls_backend_preconfigured(tls);
        if let Some(proxy) = settings.text("proxy") {
            let proxy = reqwest::Proxy::all(proxy).map_err(|error| {
                Error::config("the proxy is not a URL that can be used")
                    .caused_by(&error.without_url())
                    .hint("write it like http://proxy.example.org:3128")
            })?;
            builder = builder.proxy(proxy);
        }
        let http = builder
            .build()
            .map_err(|error| Error::new(Kind::Internal, "cannot set up HTTP").caused_by(&error))?;
        Ok(Client {
            http,
            policy: Policy::new(settings.count("retries")),
            limits,
            clock,
            notes,
        })
    }

    /// Sends what `make` makes, anew for each try, as a signature holds the time.
    /// The answer comes back whatever its status; a redirect is refused.
    pub fn send(&self, make: &dyn Fn(Timestamp) -> Result<Request>) -> Result<Response> {
        let started = Instant::now();
        for attempt in 0.. {
            let request = make((self.clock)())?;
            let outcome = self.try_once(&request);
            let asked = match &outcome {
                Ok(response) if (self.limits.is_passing)(response) => retry::after(response),
                Err(failure) if failure.passing => None,
                Ok(response) => {
                    refuse_redirect(response, &request.url)?;
                    return outcome.map_err(|failure| failure.error);
                }
                Err(_) => return outcome.map_err(|failure| failure.error),
            };
            let delay = self
                .policy
                .delay(attempt, started.elapsed(), asked, fastrand::f64());
            let Some(delay) = delay else {
                return outcome.map_err(|failure| failure.error.cause(tries(attempt + 1)));
            };
            self.tell_of_retry(&outcome, attempt, delay);
            std::thread::sleep(delay);
        }
        unreachable!("the retry policy ends after a counted number of tries")
    }

    fn try_once(&self, request: &Request) -> Result<Response, failure::Failure> {
        trace::request(request, self.notes);
        let started = Instant::now();
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut builder = self.http.request(method, request.url.clone());
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        let received = builder
            .send()
            .map_err(|error| failure::of_request(error, &request.url))?;
        let status = received.status().as_u16();
        let headers = received.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.as_str().to_string(), value.into_owned())
        });
        let headers = headers.collect();
        let mut body = Vec::new();
        received
            .take(self.limits.max_body as u64 + 1)
            .read_to_end(&mut body)
            .map_err(|error| failure::of_body(&error, &request.url))?;
        if body.len() > self.limits.max_body {
            return Err(failure::too_large(self.limits.max_body));
        }
        let response = Response {
            status,
            headers,
            body,
            at: (self.clock)(),
        };
        trace::response(&response, started.elapsed(), self.notes);
        Ok(response)
    }

    fn tell_of_retry(
        &self,
        outcome: &Result<Response, failure::Failure>,
        attempt: u32,
        delay: Duration,
    ) {
        let why = match outcome {
            Ok(response) => format!("HTTP {}", response.status),
            Err(failure) => failure.error.to_string(),
        };
        // A person should know why nothing happens for long.
        let weight = if delay > Duration::from_secs(2) {
            Weight::Note
        } else {
            Weight::Trace
        };
        let (next, all) = (attempt + 2, self.policy.retries + 1);
        let seconds = delay.as_secs_f64();
        self.notes.say(
            weight,
            &format!("{why}; try {next} of {all} in {seconds:.1} s"),
        );
    }
}

fn tries(count: u32) -> String {
    match count {
        1 => "not tried again".to_string(),
        _ => format!("tried {count} times"),
    }
}

/// The service's host is the one that the credentials are for; no other one is asked.
fn refuse_redirect(response: &Response, from: &Url) -> Result<()> {
    if !(300..400).contains(&response.status) {
        return Ok(());
    }
    let error = Error::service(format!("the service redirects (HTTP {})", response.status))
        .cause("a redirect is not followed: the credentials are for the configured host only");
    Err(
        match response
            .header("location")
            .and_then(|to| from.join(to).ok())
        {
            Some(to) => error
                .cause(format!(
                    "it points to {}",
                    to.origin().ascii_serialization()
                ))
                .hint("if that is the right address, set it as the endpoint"),
            None => error,
        },
    )
}
