//! The only sockets of the program: one request, its retries, its trace.

pub mod answer;
mod auth;
mod causes;
mod connectivity;
mod driver;
mod echo;
mod escapes;
mod failure;
mod message;
pub mod oversize;
mod pace;
mod page;
mod retry;
mod route;
mod spoken;
mod stream;
mod tls;
mod trace;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Once, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use url::Url;

use crate::config::{Remarks, Settings};
use crate::console::{Reporter, Waiting, Weight};
use crate::error::{Error, Result};
use crate::redact::{FOUND, Redactor};
use crate::system::Clock;

pub use auth::{Credentials, Keys, check_header};
pub use connectivity::{Greeting, Probe};
use driver::Driver;
pub use escapes::Mended;
pub use pace::Pace;
pub use page::Page;
use retry::Policy;
pub use retry::{asking_again, further_try};
use route::Proxies;
pub use route::{Route, exposure, is_exposed};
use tls::Asked;
pub use tls::{Certificate, Identity, PeerCertificate, Voucher};

pub use message::{Limits, Method, Request, Response, beneath};
use spoken::Spoken;
use stream::Body;
pub use stream::{Opened, Stream};

/// Bytes in which a refusal has to say what it has to say.
const MAX_REFUSAL: usize = 64 * 1024;

/// Told once, where an answer echoes what signed its question.
const ECHOED: &str =
    "the answer holds the signature of its request: (redacted) stands in its place";

/// Notes about further tries are for a person, who reads a few.
const RETRIES_TOLD: u32 = 10;

/// Sets a client of reqwest's up, without a connection.
type Make = dyn Fn(&Proxies) -> Result<reqwest::Client> + Send + Sync;

/// A client for one service. Connections are kept and shared between threads.
pub struct Client<'a> {
    http: RwLock<reqwest::Client>,
    driver: Driver,
    make: Box<Make>,
    proxies: Proxies,
    /// For one request: until a whole answer has come, or for each wait of a download.
    timeout: Duration,
    policy: Policy,
    limits: Limits,
    clock: Clock,
    notes: &'a dyn Reporter,
    redactor: Redactor,
    remarks: Remarks,
    /// Whether a server asked for the client certificate that there is.
    asked: Option<Asked>,
    warned: Once,
    /// Further tries that were told of.
    told: AtomicU32,
    /// Whether it was told that an answer echoes a signature, and a secret.
    echoed: [Once; 2],
    /// What it is that answers, where it is not the service.
    spoken: OnceLock<Option<Spoken>>,
}

impl<'a> Client<'a> {
    pub fn new(
        settings: &Settings,
        limits: Limits,
        clock: Clock,
        notes: &'a dyn Reporter,
    ) -> Result<Self> {
        let identity = Identity::of(settings)?;
        if let Some(identity) = &identity {
            identity.check(clock(), notes)?;
        }
        let tls = tls::config(tls::trust(settings)?, identity.as_ref())?;
        Self::with_tls(settings, limits, clock, notes, tls, identity.as_ref())
    }

    fn with_tls(
        settings: &Settings,
        limits: Limits,
        clock: Clock,
        notes: &'a dyn Reporter,
        tls: rustls::ClientConfig,
        identity: Option<&Identity>,
    ) -> Result<Self> {
        let proxies = Proxies::of(settings);
        if let Ok(endpoint) = settings.endpoint() {
            proxies.route(&endpoint)?;
        }
        let timeout = settings.duration("timeout");
        let connect_timeout = settings.duration("connect_timeout");
        let make = move |proxies: &Proxies| {
            let builder = reqwest::Client::builder()
                .user_agent(concat!("ti/", env!("CARGO_PKG_VERSION")))
                .read_timeout(timeout)
                .connect_timeout(connect_timeout)
                // Credentials are meant for the configured host; see `failure::refuse_redirect`.
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .tls_backend_preconfigured(tls.clone());
            Ok(proxies.set(builder).build().context("cannot set up HTTP")?)
        };
        Ok(Client {
            http: RwLock::new(make(&proxies)?),
            driver: Driver::start()?,
            make: Box::new(make),
            proxies,
            timeout,
            policy: Policy {
                retries: settings.count("retries"),
            },
            limits,
            clock,
            notes,
            redactor: settings.redactor.clone(),
            remarks: settings.remarks.clone(),
            asked: identity.map(Identity::asked),
            warned: Once::new(),
            told: AtomicU32::new(0),
            echoed: [Once::new(), Once::new()],
            spoken: OnceLock::new(),
        })
    }

    /// Gives up every connection that is kept: one of them brought the answer to another question,
    /// and would go on doing so.
    pub fn renew(&self) {
        if let Ok(http) = (self.make)(&self.proxies) {
            *self.http.write().unwrap_or_else(PoisonError::into_inner) = http;
        }
    }

    /// Sends what `make` makes, anew for each try, as a signature holds the time.
    /// The answer comes back whatever its status; a redirect is refused.
    pub fn send(&self, make: &dyn Fn(Timestamp) -> Result<Request>) -> Result<Response> {
        self.send_while(make, &|| Ok(()))
    }

    /// The same where each try may cost something: `again` gives leave for every further one, or
    /// says why there is none.
    pub fn send_while(
        &self,
        make: &dyn Fn(Timestamp) -> Result<Request>,
        again: &dyn Fn() -> Result<()>,
    ) -> Result<Response> {
        let once = |request: &Request| self.try_once(request);
        self.persist(make, &once, |response| Some(response), again)
    }

    /// The same for an answer that is read as it comes, where its status says that it is one.
    /// It is tried again only until it begins: what was read, only the caller can take back.
    pub fn open(&self, make: &dyn Fn(Timestamp) -> Result<Request>) -> Result<Opened<'a>> {
        let once = |request: &Request| self.try_open(request);
        self.persist(make, &once, Opened::refusal, &|| Ok(()))
    }

    /// Waits before another try of an answer that broke off after it began, if there is one left.
    pub fn may_try_again(&self, attempt: u32, why: &Error) -> bool {
        let delay = self
            .policy
            .delay(attempt, Duration::ZERO, None, fastrand::f64());
        if let Some(delay) = delay {
            self.tell_of_retry(&why.to_string(), attempt, delay);
            std::thread::sleep(delay);
        }
        delay.is_some()
    }

    fn persist<T>(
        &self,
        make: &dyn Fn(Timestamp) -> Result<Request>,
        once: &dyn Fn(&Request) -> Result<T, failure::Failure>,
        whole: fn(&T) -> Option<&Response>,
        again: &dyn Fn() -> Result<()>,
    ) -> Result<T> {
        let started = Instant::now();
        let mut attempt = 0;
        loop {
            let request = make((self.clock)())?;
            let outcome = once(&request);
            let response = outcome.as_ref().map(whole);
            let asked = match &response {
                Ok(Some(response)) if (self.limits.is_passing)(response) => response.retry_after(),
                Err(failure) if failure.nature == failure::Nature::Passing => None,
                Ok(Some(response)) => {
                    failure::refuse_redirect(response, &request.url)?;
                    return outcome.map_err(|failure| failure.error);
                }
                Ok(None) | Err(_) => return outcome.map_err(|failure| failure.error),
            };
            let delay = self
                .policy
                .delay(attempt, started.elapsed(), asked, fastrand::f64());
            let Some(delay) = delay else {
                return outcome.map_err(|failure| failure.error.cause(tries(attempt + 1)));
            };
            if let Err(refused) = again() {
                let why = format!("not tried again: {refused}");
                return outcome.map_err(|failure| failure.error.cause(why));
            }
            let why = match response {
                Ok(response) => {
                    let status = response.map_or(0, |response| response.status);
                    format!("{} answered {status}", failure::place(&request.url))
                }
                Err(failure) => failure.error.to_string(),
            };
            self.tell_of_retry(&why, attempt, delay);
            std::thread::sleep(delay);
            attempt += 1;
        }
    }

    fn try_once(&self, request: &Request) -> Result<Response, failure::Failure> {
        let started = Instant::now();
        let _waiting = self.waiting(request);
        let received = self.begin(request, Some(self.timeout))?;
        self.read_whole(received, request, started)
    }

    fn try_open(&self, request: &Request) -> Result<Opened<'a>, failure::Failure> {
        let started = Instant::now();
        let waiting = self.waiting(request);
        let received = self.begin(request, None)?;
        // 206 is a part, and the others are no answer to a question either.
        if received.status() != reqwest::StatusCode::OK {
            let response = self.read_whole(received, request, started)?;
            return Ok(Opened::Refused(response));
        }
        let headers = headers(&received);
        trace::head(received.status().as_u16(), &headers, self.notes);
        let max = self.limits.max_body as u64;
        let body = Body::new(received, self.driver.clone());
        let stream = Stream::new(body, &request.url, max, started, self.notes, waiting);
        Ok(Opened::Stream(Box::new(stream)))
    }

    fn waiting(&self, request: &Request) -> Waiting<'a> {
        Waiting::begin(self.notes, &failure::place(&request.url))
    }

    /// Sends the request and waits for the head of the answer; the whole of it has to come
    /// within `deadline`.
    fn begin(
        &self,
        request: &Request,
        deadline: Option<Duration>,
    ) -> Result<reqwest::Response, failure::Failure> {
        let way = self.proxies.route(&request.url)?;
        self.warn_before(request);
        trace::request(request, self.notes);
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let http = self.http.read().unwrap_or_else(PoisonError::into_inner);
        let mut builder = http.request(method, request.url.clone());
        drop(http);
        for (name, value) in &request.headers {
            builder = builder.header(name.as_ref(), value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        if let Some(deadline) = deadline {
            builder = builder.timeout(deadline);
        }
        // Its clocks start where the runtime is.
        let sent = self.driver.run(async move { builder.send().await });
        sent.map_err(|error| {
            let (host, port) = way.end(&request.url);
            let look = || self.spoken.get_or_init(|| Spoken::at(host, port)).clone();
            failure::of_request(error, &request.url, &way, &look)
        })
    }

    /// What somebody should know of the login before it goes out, once.
    fn warn_before(&self, request: &Request) {
        for remark in self.remarks.take() {
            self.notes.warning(&remark);
        }
        if trace::has_login(request) && is_exposed(&request.url) {
            self.warned.call_once(|| {
                let exposure = exposure(&request.url);
                self.notes
                    .warning(&format!("{exposure}; set an endpoint with https://"));
            });
        }
    }

    /// A service that lets in by certificate and did not ask for it was not the one that answered.
    fn warn_of_interception(&self, status: u16, url: &Url) {
        let refused = matches!(status, 400 | 401 | 403 | 495 | 496) && url.scheme() == "https";
        if refused && self.asked.as_ref().is_some_and(|asked| !asked.was()) {
            self.warned.call_once(|| {
                let host = failure::place(url);
                self.notes.warning(&format!(
                    "{host} did not ask for the client certificate: something in between may open TLS (a proxy that inspects it), or the endpoint is another one"
                ));
            });
        }
    }

    fn read_whole(
        &self,
        received: reqwest::Response,
        request: &Request,
        started: Instant,
    ) -> Result<Response, failure::Failure> {
        let status = received.status().as_u16();
        let headers = headers(&received);
        let max = match status {
            200 => self.limits.max_body + 1,
            _ => MAX_REFUSAL,
        };
        // The refusal of a download has no deadline of its own.
        let left = self.timeout.saturating_sub(started.elapsed());
        let body = match self.driver.whole(received, max, left) {
            Some(body) => body.map_err(|error| failure::of_body(error, &request.url))?,
            None => return Err(failure::of_late_body(&request.url)),
        };
        if body.len() > self.limits.max_body {
            return Err(failure::too_large(self.limits.max_body as u64));
        }
        let mut response = Response::new(status, headers, body, (self.clock)());
        let [signature, secret] = &self.echoed;
        if response.take_out_signature(request) {
            signature.call_once(|| self.notes.warning(ECHOED));
        }
        if response.take_out(&self.redactor, request) {
            secret.call_once(|| self.notes.warning(FOUND));
        }
        trace::response(&response, started.elapsed(), &self.redactor, self.notes);
        self.warn_of_interception(status, &request.url);
        if status != 407 {
            return Ok(response);
        }
        Err(match self.proxies.route(&request.url)? {
            Route::Proxy(_) => failure::of_proxy("it wants a login (HTTP 407)", &request.url),
            Route::Direct => failure::of_unknown_proxy(&request.url),
        })
    }

    fn tell_of_retry(&self, why: &str, attempt: u32, delay: Duration) {
        let note = further_try(why, attempt, self.policy.retries, delay);
        match self.told.fetch_add(1, Ordering::Relaxed) {
            ..RETRIES_TOLD => self.notes.note(&note),
            _ if self.notes.enabled(Weight::Trace) => self.notes.say(Weight::Trace, &note),
            RETRIES_TOLD => self.notes.note("more tries follow; -v tells of each"),
            _ => {}
        }
    }
}

fn headers(received: &reqwest::Response) -> Vec<(String, String)> {
    let headers = received.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_string(), value.into_owned())
    });
    headers.collect()
}

fn tries(count: u32) -> String {
    match count {
        1 => "not tried again".to_string(),
        _ => format!("tried {count} times"),
    }
}
