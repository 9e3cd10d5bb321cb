//! What the network did to a request, as an error with advice, and whether it may pass.

use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, InvalidMessage};
use url::{Position, Url};

use crate::error::{Error, Kind, Result};

use super::causes::{chain, has_io_kind, is_lost, of_hyper, of_rustls};
use super::route::addresses;
use super::spoken::{self, Spoken};
use super::tls::refusal;
use super::{Response, Route};

pub(super) const NO_SUCH_NAME: &str =
    "check the endpoint's spelling and the name server; behind a proxy: --proxy URL";
pub(super) const BAD_PROXY: &str =
    "check the proxy's address: --proxy, the setting proxy, or the variables *_PROXY";
pub(super) const NOBODY_THERE: &str =
    "nothing listens there: check the endpoint and its port; behind a proxy: --proxy URL";

const CHECK: &str = "check the endpoint, its port and http or https";

/// hyper's words for bytes that came before the request.
const UNASKED: &str = "received unexpected message from connection";

pub(super) struct Failure {
    pub error: Error,
    pub nature: Nature,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// Another try makes sense: a timeout, a lost connection.
    Passing,
    Lasting,
    /// The proxy refused, and the service was not reached.
    OfProxy,
}

/// What another try would not change.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure {
            error,
            nature: Nature::Lasting,
        }
    }
}

/// What became of a request that was to go this way. `look` tells what it is that answered.
pub(super) fn of_request(
    error: reqwest::Error,
    url: &Url,
    way: &Route,
    look: &dyn Fn() -> Option<Spoken>,
) -> Failure {
    // Its URL would show the parameters of a signed request.
    let error = error.without_url();
    let said: Vec<_> = chain(&error).map(ToString::to_string).collect();
    let met = Met {
        host: place(url),
        url,
        way,
        text: said.join(": "),
        // What lies outside says only that a request failed.
        innermost: said.last().map(String::as_str),
        error: &error,
        look,
    };
    met.late()
        .or_else(|| met.refused_certificate())
        .or_else(|| met.of_way())
        .unwrap_or_else(|| Failure {
            error: met.of_service(),
            nature: match is_lost(&error) {
                true => Nature::Passing,
                false => Nature::Lasting,
            },
        })
}

/// What a request met with.
struct Met<'a> {
    host: String,
    url: &'a Url,
    way: &'a Route,
    text: String,
    innermost: Option<&'a str>,
    error: &'a reqwest::Error,
    look: &'a dyn Fn() -> Option<Spoken>,
}

impl Met<'_> {
    fn failed(&self, message: String) -> Error {
        let error = Error::new(Kind::Network, message);
        match self.innermost {
            // Some end in the address of a manual for programmers.
            Some(cause) => error.cause(cause.split(": https://docs.rs/").next().unwrap_or(cause)),
            None => error,
        }
    }

    fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    fn late(&self) -> Option<Failure> {
        if !self.error.is_timeout() {
            return None;
        }
        let host = &self.host;
        let is_connect = self.error.is_connect();
        let may_be_tls = is_connect && self.url.scheme() == "https" && *self.way == Route::Direct;
        let spoken = may_be_tls.then(self.look).flatten();
        let error = match spoken {
            Some(spoken) => self
                .failed(format!(
                    "{host} takes connections, but gave no answer in TLS in time"
                ))
                .hint(format!("{}: {CHECK}", spoken::hint("TLS", Some(&spoken)))),
            None if is_connect => self.failed(format!("no connection to {host} in time")),
            None => self.failed(format!("no answer from {host} in time")),
        };
        Some(Failure {
            error: error.hint(match is_connect {
                true => "raise --connect-timeout",
                false => "raise --timeout",
            }),
            nature: Nature::Passing,
        })
    }

    fn refused_certificate(&self) -> Option<Failure> {
        let alert = alert_about_certificate(&self.text)?;
        let error = Error {
            kind: Kind::Credentials,
            ..self.failed(format!("{} {alert}", self.host))
        };
        Some(error.hint("check the setting certificate: who it is for, until when, and that it is the one for this service (ti config check)").into())
    }

    fn is_dns(&self) -> bool {
        self.error.is_dns() || self.says("dns error") || self.says("failed to lookup")
    }

    /// SOCKS has only words for a connection that was not made.
    fn is_unmade(&self) -> bool {
        self.says("failed to create underlying connection")
    }

    fn is_refused(&self) -> bool {
        has_io_kind(self.error, &[io::ErrorKind::ConnectionRefused]) || self.is_unmade()
    }

    /// The proxy that was not passed.
    fn of_way(&self) -> Option<Failure> {
        let Route::Proxy(address) = self.way else {
            return None;
        };
        let (proxy, port) = self.way.end(self.url);
        let fault = |error| {
            Some(Failure {
                error,
                nature: Nature::OfProxy,
            })
        };
        // Who looks a name up says not which one it was.
        if (self.is_dns() || self.is_unmade()) && addresses(proxy, port).is_err() {
            return fault(
                self.failed(format!("the proxy {proxy} has no address"))
                    .hint(BAD_PROXY),
            );
        }
        let who = format!("the proxy {proxy}:{port}");
        if self.is_unmade()
            && let Some(error) = self.of_tls(&who, BAD_PROXY)
        {
            return fault(error);
        }
        if self.is_refused() {
            return fault(
                self.failed(format!("cannot connect to the proxy {proxy}:{port}"))
                    .hint(BAD_PROXY),
            );
        }
        let plain = match address.scheme() {
            "https" => None,
            "http" => Some("HTTP"),
            _ => Some("SOCKS"),
        };
        if self.says("SOCKS error: failed parsing")
            || self.is_no_http() && self.url.scheme() == "http"
        {
            return fault(self.not_in(plain.unwrap_or("HTTP"), &who, (self.look)(), BAD_PROXY));
        }
        if !self.says("tunnel error") && !self.says("SOCKS error") {
            return None;
        }
        if let (true, Some(language)) = (self.says("tunnel error: unsuccessful"), plain)
            && let Some(spoken @ (Spoken::Tls | Spoken::Line(_) | Spoken::Binary)) = (self.look)()
        {
            return fault(self.not_in(language, &who, Some(spoken), BAD_PROXY));
        }
        let refused = of_proxy(self.innermost.unwrap_or("it does not say why"), self.url);
        // One that hung up may hold the next time.
        let is_lost = is_lost(self.error) || self.says("tunnel error: unexpected end of file");
        Some(match is_lost {
            true => Failure {
                nature: Nature::Passing,
                ..refused
            },
            false => refused,
        })
    }

    fn of_service(&self) -> Error {
        let host = &self.host;
        if let Some(error) = self.of_tls(host, CHECK) {
            return error;
        }
        if self.is_no_http() {
            return match self.url.scheme() {
                "https" if self.says(UNASKED) => {
                    self.failed(format!("{host} speaks before it is asked"))
                }
                "https" => self
                    .failed(format!("{host} answered over TLS, but not in HTTP"))
                    .hint(format!("what listens there does not speak HTTP: {CHECK}")),
                _ => self.not_in("HTTP", host, (self.look)(), CHECK),
            };
        }
        if of_hyper(self.error).any(hyper::Error::is_parse) {
            return self.failed(format!("the answer for {host} is not valid HTTP"));
        }
        if !self.error.is_connect() && is_lost(self.error) {
            return self.failed(format!("{host} closed the connection without an answer"));
        }
        let error = self.failed(format!("cannot reach {host}"));
        match (self.is_dns(), self.is_refused()) {
            (true, _) => error.hint(NO_SUCH_NAME),
            (_, true) => error.hint(NOBODY_THERE),
            _ => error,
        }
    }

    /// The handshake with `who`, if that is what failed.
    fn of_tls(&self, who: &str, check: &str) -> Option<Error> {
        let is_first = *self.way == Route::Direct || self.is_unmade();
        let look = || is_first.then(self.look).flatten();
        let Some(fault) = of_rustls(self.error) else {
            let is_within = self.error.is_connect() && self.url.scheme() == "https";
            return (is_within && is_lost(self.error)).then(|| {
                let error =
                    self.failed(format!("{who} closed the connection in the TLS handshake"));
                match look() {
                    Some(spoken @ (Spoken::Http(_) | Spoken::Line(_) | Spoken::Binary)) => {
                        let hint = spoken::hint("TLS", Some(&spoken));
                        error.hint(format!("{hint}: {check}"))
                    }
                    _ => error,
                }
            });
        };
        Some(match fault {
            rustls::Error::InvalidCertificate(refused) => {
                let (reason, hints) = refusal::of(refused);
                let made = Error::new(
                    Kind::Network,
                    format!("the certificate of {who} is not accepted"),
                );
                let made = made.cause(reason);
                hints.iter().fold(made, |made, hint| made.hint(*hint))
            }
            rustls::Error::PeerIncompatible(_)
            | rustls::Error::AlertReceived(
                AlertDescription::HandshakeFailure
                | AlertDescription::ProtocolVersion
                | AlertDescription::InsufficientSecurity,
            ) => self.failed(format!("{who} and ti have no way of TLS in common")).hint(
                "the server needs TLS 1.2 or 1.3, and a certificate with a key of RSA, P-256, P-384 or Ed25519: openssl s_client -connect HOST:PORT shows what it has",
            ),
            rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
                self.not_in("TLS", who, look(), check)
            }
            _ => self.failed(format!("the TLS handshake with {who} failed")),
        })
    }

    fn is_no_http(&self) -> bool {
        self.says("invalid HTTP version") || self.says(UNASKED)
    }

    /// `who` answered in another language. `check` is what to look at.
    fn not_in(&self, language: &str, who: &str, spoken: Option<Spoken>, check: &str) -> Error {
        let quoted = spoken.as_ref().and_then(Spoken::quoted);
        let error = self.failed(match (quoted, self.says(UNASKED)) {
            (Some(quoted), true) => format!("{who} speaks before it is asked: {quoted}"),
            (None, true) => format!("{who} speaks before it is asked"),
            (Some(quoted), false) => format!("{who} answered, but not in {language}: {quoted}"),
            (None, false) => format!("{who} answered, but not in {language}"),
        });
        // Bytes beyond an answer may be HTTP all the same.
        match (self.says(UNASKED), &spoken) {
            (true, None | Some(Spoken::Nothing | Spoken::Http(_))) => error,
            (_, spoken) => {
                let hint = spoken::hint(language, spoken.as_ref());
                error.hint(format!("{hint}: {check}"))
            }
        }
    }
}

/// The host, with its port where that is not the usual one.
pub(super) fn place(url: &Url) -> String {
    url[Position::BeforeHost..Position::AfterPort].to_string()
}

/// The proxy does not lead to the service. It alone answers 407 (RFC 9110, 15.5.8).
pub(super) fn of_proxy(why: &str, url: &Url) -> Failure {
    let host = place(url);
    let message = format!("the proxy refused the connection to {host}");
    Failure {
        error: Error::new(Kind::Network, message).cause(why).hint(format!(
            "check --proxy, its user and password (http://USER:PASSWORD@HOST:PORT), and whether it allows {host}"
        )),
        nature: Nature::OfProxy,
    }
}

/// A proxy that nobody told us of answered, or a service as only proxies do.
pub(super) fn of_unknown_proxy(url: &Url) -> Failure {
    let host = place(url);
    let message = format!("{host} answered as a proxy that wants a login (HTTP 407)");
    Error::new(Kind::Network, message)
        .cause("no proxy is set: the request went straight to this address")
        .hint(CHECK)
        .hint("a proxy that has to be passed: --proxy http://USER:PASSWORD@HOST:PORT")
        .into()
}

/// The answer began and broke off.
pub(super) fn of_body(error: reqwest::Error, url: &Url) -> Failure {
    let timed_out = error.is_timeout();
    // Its URL would show the parameters of a signed request.
    broken_off(&error.without_url(), timed_out, url)
}

/// The answer began, and did not end in time.
pub(super) fn of_late_body(url: &Url) -> Failure {
    let late = io::Error::new(io::ErrorKind::TimedOut, "operation timed out");
    broken_off(&late, true, url)
}

fn broken_off(why: &(dyn StdError + 'static), timed_out: bool, url: &Url) -> Failure {
    let host = place(url);
    let made = Error::new(Kind::Network, format!("the answer of {host} broke off"));
    let made = made.caused_by(why);
    Failure {
        error: match timed_out {
            true => made.hint("raise --timeout"),
            false => made,
        },
        nature: Nature::Passing,
    }
}

pub(super) fn too_large(max: u64) -> Failure {
    let mebibytes = max / (1 << 20);
    Error::service(format!("the answer is larger than {mebibytes} MiB"))
        .cause("no answer of this service is that large; it was not read further")
        .into()
}

/// What a TLS alert says of the certificate that we showed, or did not.
fn alert_about_certificate(text: &str) -> Option<&'static str> {
    let (_, alert) = text.split_once("received fatal alert: ")?;
    Some(match alert.split([' ', ':', ',']).next()? {
        "CertificateRequired" => "demands a client certificate, and none was sent",
        "CertificateExpired" => "refuses the client certificate: it has expired",
        "CertificateRevoked" => "refuses the client certificate: it was revoked",
        "UnknownCA" => {
            "refuses the client certificate: it is by an authority that it does not know"
        }
        "BadCertificate" | "CertificateUnknown" | "UnsupportedCertificate" | "AccessDenied" => {
            "refuses the client certificate"
        }
        _ => return None,
    })
}

/// The service's host is the one that the credentials are for; no other one is asked.
pub(super) fn refuse_redirect(response: &Response, from: &Url) -> Result<()> {
    // The others of their kind lead nowhere unless they say where (RFC 9110, 15.4).
    let leads = match response.status {
        301..=303 | 307 | 308 => true,
        300..=399 => response.header("location").is_some(),
        _ => false,
    };
    if !leads {
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
            None => error.hint(CHECK),
        },
    )
}
