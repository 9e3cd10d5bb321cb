//! From this machine to the service: proxy, name, connection, TLS, clock.

use jiff::{SignedDuration, Timestamp};

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::http::{Certificate, PeerCertificate, Probe, Response, Route, Voucher};
use crate::system::Clock;

use super::checklist::{Checklist, End};
use super::step::Outcome;

/// Days before a certificate's end when somebody should renew it.
const SOON: i64 = 14;
/// How far the clocks may differ: well within the quarter of an hour that signatures hold.
const TOLERATED: SignedDuration = SignedDuration::from_mins(5);
const NOTABLE: SignedDuration = SignedDuration::from_secs(30);

pub fn go(
    list: &mut Checklist,
    settings: &Settings,
    probe: &Probe,
    clock: Clock,
) -> Result<(), End> {
    let secure = probe.url().scheme() == "https";
    if secure {
        list.step("authorities", authorities(probe))?;
    }
    let route = probe.route().map(|route| {
        let said = match &route {
            Route::Direct => "none".to_string(),
            Route::Proxy(proxy) => without_login(proxy),
        };
        (route, said)
    });
    let (route, said) = list.try_step("proxy", route)?;
    let noted = match probe.proxy_variable() {
        Some(variable) if route != Route::Direct => {
            let advice = format!(
                "cron and systemd know {variable} only where it is set for them; {} holds everywhere",
                settings.advice("proxy", Some("URL"))
            );
            Outcome::ok(format!("{said}, by {variable}")).noted(advice)
        }
        _ => Outcome::ok(said),
    };
    list.outcome("proxy", noted)?;
    let addresses = probe.resolve(&route).map(|addresses| {
        let whose = match &route {
            Route::Direct => probe.url().host_str(),
            Route::Proxy(proxy) => proxy.host_str(),
        };
        let whose = whose.unwrap_or_default();
        let mut list: Vec<_> = addresses.iter().map(|one| one.ip().to_string()).collect();
        list.dedup();
        let said = match &list[..] {
            [one] if one == whose.trim_matches(['[', ']']) => format!("{one} is an address"),
            list => format!("{whose} is {}", list.join(", ")),
        };
        (addresses, said)
    });
    let addresses = list.step("name", addresses)?;
    let connected = probe.connect(&route, &addresses).map(|(address, took)| {
        let whose = match route {
            Route::Direct => "",
            Route::Proxy(_) => " (the proxy)",
        };
        ((), format!("{address}{whose} in {} ms", took.as_millis()))
    });
    list.step("connection", connected)?;
    let greeting = list.try_step("server", probe.greet())?;
    if let (true, Err(error)) = (greeting.refused_by_proxy, &greeting.answer) {
        return list.outcome("proxy", Outcome::failed(error.clone()));
    }
    if secure {
        let seen = greeting.seen.as_ref();
        list.outcome("tls", tls(seen, &greeting.answer, clock()))?;
    }
    let response = list.try_step("server", greeting.answer)?;
    let ms = greeting.took.as_millis();
    list.outcome("server", server(response.status, ms))?;
    list.outcome("clock", clock_outcome(&response))
}

/// Any status shows that it is there; what it says to a stranger is mostly a refusal.
fn server(status: u16, ms: u128) -> Outcome {
    let said = format!("answers (HTTP {status} without credentials, {ms} ms)");
    let trouble = "the service or a gateway before it is in trouble: try again later";
    Outcome::ok(said).warned((status >= 500).then_some(trouble))
}

fn authorities(probe: &Probe) -> Result<((), String)> {
    let (file, system) = probe.authorities()?;
    let of_file = file.map(|count| format!("{count} of cacert, "));
    let of_file = of_file.unwrap_or_default();
    if file.is_none() && system == 0 {
        return Err(
            Error::config("this machine trusts no certificate authority")
                .hint("install the package ca-certificates, or name a file: --cacert FILE"),
        );
    }
    Ok(((), format!("{of_file}{system} of the system")))
}

/// The server's certificate, or why there is no TLS.
fn tls(seen: Option<&PeerCertificate>, answer: &Result<Response>, now: Timestamp) -> Outcome {
    let certificate = seen.and_then(|seen| seen.certificate.as_ref());
    match (seen, answer) {
        // A connection that broke off later is no matter of TLS.
        (Some(seen), _) if seen.voucher.is_some() => {
            let Some(certificate) = certificate else {
                return Outcome::ok("trusted");
            };
            let days = certificate.not_after.duration_since(now).as_hours() / 24;
            let said = describe(certificate, Some(seen));
            match days < SOON {
                true => Outcome::ok(format!("{said}; it ends in {days} days"))
                    .warned(Some("let whoever runs the server renew its certificate")),
                false => Outcome::ok(said),
            }
        }
        (_, Err(error)) => {
            let mut error = error.clone();
            let seen = certificate.map(|certificate| describe(certificate, None));
            error.causes.extend(seen);
            Outcome::failed(error)
        }
        (_, Ok(_)) => Outcome::ok("resumed"),
    }
}

fn describe(certificate: &Certificate, seen: Option<&PeerCertificate>) -> String {
    let names = match &certificate.names[..] {
        [] => "nobody".to_string(),
        [one, two, three, rest @ ..] if !rest.is_empty() => {
            format!("{one}, {two}, {three} and {} more", rest.len())
        }
        names => names.join(", "),
    };
    let until = certificate.not_after.strftime("%Y-%m-%d");
    let mut text = format!(
        "the certificate is for {names}, by {}, valid until {until}",
        certificate.issuer
    );
    if let Some(seen) = seen {
        let store = match seen.voucher {
            Some(Voucher::Cacert) => "cacert",
            _ => "the system",
        };
        match &seen.authority {
            Some(authority) if *authority != certificate.issuer => {
                text.push_str(&format!("; {authority} is trusted by {store}"));
            }
            _ => text.push_str(&format!("; trusted by {store}")),
        }
    }
    text
}

fn clock_outcome(response: &Response) -> Outcome {
    let Some(ahead) = response.clock_difference() else {
        return Outcome::skipped("the server does not say what time it is");
    };
    // The server's clock is one of whole seconds.
    let off = SignedDuration::from_secs(ahead.abs().as_secs());
    let said = match ahead.is_negative() {
        _ if off < SignedDuration::from_secs(2) => "in sync".to_string(),
        true => format!("{off:#} ahead of the server's"),
        false => format!("{off:#} behind the server's"),
    };
    let advice = "set this machine's clock, for example: timedatectl set-ntp true";
    if off > TOLERATED {
        let error = Error::config(format!("this machine's clock is {said}"));
        return Outcome::failed(
            error
                .cause("a signature of the wrong time is refused")
                .hint(advice),
        );
    }
    Outcome::ok(said).warned((off > NOTABLE).then_some(advice))
}

fn without_login(url: &url::Url) -> String {
    let mut shown = url.clone();
    // Neither can fail for a URL with a host, which a proxy's has.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.to_string()
}

#[cfg(test)]
mod tests {
    use crate::cli::config::check::step::Status;

    use super::*;

    fn clock(date: Option<&str>) -> Outcome {
        let headers = date.map(|date| ("date".to_string(), date.to_string()));
        let at = "2026-11-21T20:00:00.232279283Z".parse().unwrap();
        let headers = headers.into_iter().collect();
        clock_outcome(&Response::new(200, headers, Vec::new(), at))
    }

    #[test]
    fn clocks_may_differ_by_minutes_but_not_by_more() {
        for (date, status, detail) in [
            ("Sat, 21 Nov 2026 20:00:01 GMT", Status::Ok, "in sync"),
            (
                "Sat, 21 Nov 2026 19:58:38 GMT",
                Status::Warning,
                "1m 22s ahead of the server's",
            ),
            (
                "Sat, 21 Nov 2026 20:00:20 GMT",
                Status::Ok,
                "19s behind the server's",
            ),
            (
                "Sat, 21 Nov 2026 19:57:00 GMT",
                Status::Warning,
                "3m ahead of the server's",
            ),
            (
                "Sat, 21 Nov 2026 21:00:00 GMT",
                Status::Failed,
                "this machine's clock is 59m 59s behind the server's",
            ),
        ] {
            let outcome = clock(Some(date));
            assert_eq!((outcome.status, outcome.detail.as_str()), (status, detail));
        }
        assert_eq!(clock(None).status, Status::Skipped);
    }
}
