//! The way to a service, one step at a time: for `ti config check`. Nothing here shows a
//! credential to anybody but the proxy.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use url::Url;

use crate::config::Settings;
use crate::console::Reporter;
use crate::error::{Error, Kind, Result};
use crate::system::{Clock, spawn};

use super::failure::{BAD_PROXY, NO_SUCH_NAME, NOBODY_THERE, Nature};
use super::route::{Proxies, Route, addresses};
use super::tls::{Identity, Observer, PeerCertificate};
use super::{Client, Limits, Method, Request, Response, tls};

/// More than any page at a service's address.
const MAX_BODY: usize = 4 << 20;

const FIREWALL: &str = "a firewall may be in between; behind a proxy: --proxy URL";

/// What to do when the first host on the way cannot be reached.
fn advice_for(route: &Route, without_proxy: &'static str) -> &'static str {
    match route {
        Route::Direct => without_proxy,
        Route::Proxy(_) => BAD_PROXY,
    }
}

pub struct Probe<'a> {
    settings: &'a Settings,
    url: Url,
    clock: Clock,
    notes: &'a dyn Reporter,
}

/// What a request without credentials brought.
pub struct Greeting {
    /// The server's certificate, where one was shown.
    pub seen: Option<PeerCertificate>,
    /// Any answer shows that the service is there.
    pub answer: Result<Response>,
    /// Whether it was the proxy that refused.
    pub refused_by_proxy: bool,
    pub took: Duration,
}

impl<'a> Probe<'a> {
    pub fn new(settings: &'a Settings, url: Url, clock: Clock, notes: &'a dyn Reporter) -> Self {
        Probe {
            settings,
            url,
            clock,
            notes,
        }
    }

    pub fn url(&self) -> &Url {
        &self.url
    }

    /// How many authorities are trusted: of `cacert`, and of the system.
    pub fn authorities(&self) -> Result<(Option<usize>, usize)> {
        tls::count(self.settings)
    }

    /// The proxy that a request would take.
    pub fn route(&self) -> Result<Route> {
        Proxies::of(self.settings).route(&self.url)
    }

    /// The variable that names this proxy; `None` if a setting does, or the system.
    pub fn proxy_variable(&self) -> Option<String> {
        let proxies = Proxies::of(self.settings);
        proxies.variable(&self.url).map(str::to_string)
    }

    /// The addresses of the host that a connection goes to.
    pub fn resolve(&self, route: &Route) -> Result<Vec<SocketAddr>> {
        let (host, port) = route.end(&self.url);
        let advice = advice_for(route, NO_SUCH_NAME);
        let failed = || Error::new(Kind::Network, format!("{host} has no address")).hint(advice);
        let host = host.to_string();
        let patience = self.settings.duration("connect_timeout");
        let found = within(patience, move || Ok(addresses(&host, port)?.collect()));
        let found: Vec<_> = found.map_err(|error| failed().cause(error))?;
        match found.is_empty() {
            true => Err(failed()),
            false => Ok(found),
        }
    }

    /// Connects to the first address that lets us, as a request would.
    pub fn connect(
        &self,
        route: &Route,
        addresses: &[SocketAddr],
    ) -> Result<(SocketAddr, Duration)> {
        let (host, port) = route.end(&self.url);
        let patience = self.settings.duration("connect_timeout");
        let whose = match route {
            Route::Direct => "",
            Route::Proxy(_) => "the proxy ",
        };
        let mut refusal = Error::new(
            Kind::Network,
            format!("cannot connect to {whose}{host}:{port}"),
        );
        let mut advice = advice_for(route, NOBODY_THERE);
        for address in addresses {
            let started = Instant::now();
            match TcpStream::connect_timeout(address, patience) {
                Ok(_) => return Ok((*address, started.elapsed())),
                Err(error) => {
                    if error.kind() != io::ErrorKind::ConnectionRefused {
                        advice = advice_for(route, FIREWALL);
                    }
                    refusal = refusal.cause(format!("{address}: {error}"));
                }
            }
        }
        Err(refusal.hint(advice))
    }

    /// Asks for the service's address without credentials: shows TLS, the proxy and the clock,
    /// and costs nothing.
    pub fn greet(&self) -> Result<Greeting> {
        let limits = Limits {
            max_body: MAX_BODY,
            is_passing: |_| false,
        };
        let observer = Observer::new(self.settings.text("cacert").is_some());
        let trust = tls::trust(self.settings)?.before(observer.clone());
        let identity = Identity::of(self.settings)?;
        let config = tls::config(trust, identity.as_ref())?;
        let client = Client::with_tls(
            self.settings,
            limits,
            self.clock,
            self.notes,
            config,
            identity.as_ref(),
        )?;
        let request = Request {
            method: Method::Get,
            url: self.url.clone(),
            headers: Vec::new(),
            body: None,
            secrets: Vec::new(),
            asked: String::new(),
        };
        let started = Instant::now();
        let answer = client.try_once(&request);
        let nature = answer.as_ref().err().map(|failure| failure.nature);
        Ok(Greeting {
            took: started.elapsed(),
            seen: observer.seen(),
            refused_by_proxy: nature == Some(Nature::OfProxy),
            answer: answer.map_err(|failure| failure.error),
        })
    }
}

/// What `work` gives, or that it takes too long: the system's resolver has a patience of its own.
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (send, receive) = mpsc::channel();
    spawn(move || send.send(work())).map_err(io::Error::other)?;
    receive.recv_timeout(patience).unwrap_or_else(|_| {
        let what = format!("no name server answered in {} s", patience.as_secs_f64());
        Err(io::Error::new(io::ErrorKind::TimedOut, what))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_not_waited_for() {
        let (_open, closed) = mpsc::channel::<()>();
        let stuck = within(Duration::from_millis(1), move || Ok(closed.recv()));
        assert_eq!(
            stuck.unwrap_err().to_string(),
            "no name server answered in 0.001 s"
        );
        assert_eq!(within(Duration::from_secs(60), || Ok(7)).unwrap(), 7);
    }
}
