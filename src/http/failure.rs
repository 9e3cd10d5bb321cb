//! What the network did to a request, as an error with advice, and whether it may pass.

use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, InvalidMessage};
use url::{Position, Url};

use crate::error::{Error, Kind, Result};

use super::tls::refusal;
use super::{Response, Route};

pub(super) const NO_SUCH_NAME: &str =
    "check the endpoint's spelling and the name server; behind a proxy: --proxy URL";
pub(super) const BAD_PROXY: &str =
    "check the proxy's address: --proxy, the setting proxy, or the variables *_PROXY";
pub(super) const NOBODY_THERE: &str =
    "nothing listens there: check the endpoint and its port; behind a proxy: --proxy URL";

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

/// What became of a request that was to go this way.
pub(super) fn of_request(error: reqwest::Error, url: &Url, way: &Route) -> Failure {
    // Its URL would show the parameters of a signed request.
    let error = error.without_url();
    let host = &place(url);
    // What lies outside says only that a request failed.
    let innermost = chain(&error).last().map(ToString::to_string);
    let failed = |message: String| {
        let error = Error::new(Kind::Network, message);
        match &innermost {
            // Some end in the address of a manual for programmers.
            Some(cause) => error.cause(cause.split(": https://docs.rs/").next().unwrap_or(cause)),
            None => error,
        }
    };
    if error.is_timeout() {
        let (message, flag) = match error.is_connect() {
            true => (
                format!("no connection to {host} in time"),
                "--connect-timeout",
            ),
            false => (format!("no answer from {host} in time"), "--timeout"),
        };
        return Failure {
            error: failed(message).hint(format!("raise {flag}")),
            nature: Nature::Passing,
        };
    }
    let text = chain(&error)
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ");
    if let Some(alert) = alert_about_certificate(&text) {
        return Failure {
            error: Error {
                kind: Kind::Credentials,
                ..failed(format!("{host} {alert}"))
            }
            .hint("check the setting certificate: who it is for, until when, and that it is the one for this service (ti config check)"),
            nature: Nature::Lasting,
        };
    }
    let is_dns = error.is_dns() || text.contains("dns error") || text.contains("failed to lookup");
    // SOCKS has only words for a connection that was not made.
    let is_lost_way = is_dns || text.contains("failed to create underlying connection");
    if let (true, Route::Proxy(_)) = (is_lost_way, way) {
        let (proxy, port) = way.end(url);
        if is_unknown(proxy, port) {
            return Failure {
                error: failed(format!("the proxy {proxy} has no address")).hint(BAD_PROXY),
                nature: Nature::OfProxy,
            };
        }
    }
    // SOCKS has only words for it.
    let refused = has_io_kind(&error, &[io::ErrorKind::ConnectionRefused])
        || text.contains("failed to create underlying connection");
    if let (true, Route::Proxy(_)) = (refused, way) {
        let (proxy, port) = way.end(url);
        return Failure {
            error: failed(format!("cannot connect to the proxy {proxy}:{port}")).hint(BAD_PROXY),
            nature: Nature::OfProxy,
        };
    }
    if text.contains("tunnel error") || text.contains("SOCKS error") {
        let refused = of_proxy(innermost.as_deref().unwrap_or("it does not say why"), url);
        // One that hung up may hold the next time.
        return match is_lost(&error) || text.contains("tunnel error: unexpected end of file") {
            true => Failure {
                nature: Nature::Passing,
                ..refused
            },
            false => refused,
        };
    }
    let error_with_advice = match of_tls(&error) {
        Some(rustls::Error::InvalidCertificate(refused)) => {
            let (reason, hints) = refusal::of(refused);
            let made = Error::new(
                Kind::Network,
                format!("the certificate of {host} is not accepted"),
            );
            let made = made.cause(reason);
            hints.iter().fold(made, |made, hint| made.hint(*hint))
        }
        Some(
            rustls::Error::PeerIncompatible(_)
            | rustls::Error::AlertReceived(
                AlertDescription::HandshakeFailure
                | AlertDescription::ProtocolVersion
                | AlertDescription::InsufficientSecurity,
            ),
        ) => failed(format!("{host} and ti have no way of TLS in common")).hint(
            "the server needs TLS 1.2 or 1.3, and a certificate with a key of RSA, P-256, P-384 or Ed25519: openssl s_client -connect HOST:PORT shows what it has",
        ),
        Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => {
            failed(format!("cannot reach {host}")).hint(
                "what listens there does not speak TLS: check the endpoint, its port and http or https",
            )
        }
        Some(_) => failed(format!("the TLS handshake with {host} failed")),
        None if !error.is_connect() && is_lost(&error) => {
            failed(format!("{host} closed the connection without an answer"))
        }
        None => {
            let made = failed(format!("cannot reach {host}"));
            if text.contains("invalid HTTP version") {
                made.hint(
                    "what listens there does not speak plain HTTP, perhaps TLS: check the endpoint, its port and http or https",
                )
            } else if is_dns {
                made.hint(NO_SUCH_NAME)
            } else if refused {
                made.hint(NOBODY_THERE)
            } else {
                made
            }
        }
    };
    Failure {
        error: error_with_advice,
        nature: match is_lost(&error) {
            true => Nature::Passing,
            false => Nature::Lasting,
        },
    }
}

/// What TLS ended with, if it was TLS.
fn of_tls(error: &reqwest::Error) -> Option<&rustls::Error> {
    chain(error).find_map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => wrapped(error),
        None => cause.downcast_ref(),
    })
}

/// What an `io::Error` wraps is not among its own sources.
fn wrapped(error: &io::Error) -> Option<&rustls::Error> {
    let inner = error.get_ref()?;
    match inner.downcast_ref::<io::Error>() {
        Some(error) => wrapped(error),
        None => inner.downcast_ref(),
    }
}

/// Whether the proxy's own name leads nowhere. Who looks a name up says not which one it was.
fn is_unknown(proxy: &str, port: u16) -> bool {
    let bare = proxy.trim_start_matches('[').trim_end_matches(']');
    std::net::ToSocketAddrs::to_socket_addrs(&(bare, port)).is_err()
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
    Failure {
        error: Error::service(format!("the answer is larger than {mebibytes} MiB"))
            .cause("no answer of this service is that large; it was not read further"),
        nature: Nature::Lasting,
    }
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

fn is_lost(error: &reqwest::Error) -> bool {
    let lost = [
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::BrokenPipe,
        io::ErrorKind::UnexpectedEof,
    ];
    has_io_kind(error, &lost)
        || chain(error).any(|cause| {
            let cause = cause.downcast_ref::<hyper::Error>();
            cause.is_some_and(|cause| cause.is_incomplete_message() || cause.is_closed())
        })
}

fn has_io_kind(error: &reqwest::Error, kinds: &[io::ErrorKind]) -> bool {
    chain(error).any(|cause| {
        let cause = cause.downcast_ref::<io::Error>();
        cause.is_some_and(|cause| kinds.contains(&cause.kind()))
    })
}

/// The error and everything beneath it.
fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}

/// The service's host is the one that the credentials are for; no other one is asked.
pub(super) fn refuse_redirect(response: &Response, from: &Url) -> Result<()> {
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
