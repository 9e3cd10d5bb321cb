//! What a refusal means and what to do about it (contract: kaspersky.md, "Errors"). Pure.

use crate::error::{Error, Kind, ServiceDetails};
use crate::http::Response;

use super::text;

/// Whether it may pass by itself.
pub fn is_passing(response: &Response) -> bool {
    matches!(response.status, 429 | 500 | 502 | 503 | 504)
}

/// An answer whose status says that it is none.
pub fn refusal(response: &Response) -> Error {
    let status = response.status;
    let said = text::of_error(&response.body);
    let about_certificate = said.as_ref().is_some_and(|said| {
        let said = said.to_ascii_lowercase();
        said.contains("ssl certificate") || said.contains("client certificate")
    });
    let error = match status {
        // What a web server in front of the service says of a certificate, in HTML.
        400 | 403 | 495 | 496 if about_certificate => {
            Error::new(Kind::Credentials, "the portal refuses the client certificate")
                .hint("check the setting certificate: ti config check")
        }
        401 => Error::new(Kind::Credentials, "the portal refuses the login")
            .hint("check username and password: they are those for the API")
            .hint("or its terms are not accepted yet: sign in once at https://tip.kaspersky.com in a browser and accept them"),
        403 => Error::new(Kind::Credentials, "the account has no access to this API")
            .hint("ask your account manager at Kaspersky for APT or crimeware reporting"),
        400 => Error::service("the portal takes a parameter for wrong"),
        429 => Error::new(Kind::Quota, "the portal wants fewer requests"),
        500..=599 => Error::service("the portal is out of order").hint("try again later"),
        _ => Error::service("the portal refused the request"),
    };
    let error = error.said(ServiceDetails {
        status: Some(status),
        ..ServiceDetails::default()
    });
    match said {
        Some(said) => error.cause(format!("{said:?} (HTTP {status})")),
        None => error.cause(format!("HTTP {status}")),
    }
}

/// HTTP 200, and a `status` that is not `ok`.
pub fn not_ok(status: &str, message: &str) -> Error {
    let error = Error::service("the portal reports an error").said(ServiceDetails {
        status: Some(200),
        code: Some(status.to_string()),
        request_id: None,
    });
    match message {
        "" => error.cause(format!("its status is {status:?}, without a message")),
        message => error.cause(format!("{message:?} (status {status:?})")),
    }
}

/// An answer that cannot be used; `why` ends the sentence "the answer is unusable:".
pub fn malformed(why: impl std::fmt::Display, beginning: &[u8]) -> Error {
    beginning_with(
        Error::service(format!("the answer is unusable: {why}")),
        beginning,
    )
}

pub fn beginning_with(error: Error, beginning: &[u8]) -> Error {
    match text::beginning(beginning) {
        shown if shown.is_empty() => error,
        shown => error.cause(format!("it begins with {shown:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            headers: Vec::new(),
            body: body.into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (400, Kind::Service),
            (401, Kind::Credentials),
            (403, Kind::Credentials),
            (404, Kind::Service),
            (429, Kind::Quota),
            (503, Kind::Service),
        ] {
            assert_eq!(refusal(&response(status, "")).kind, kind, "{status}");
        }
        let hints = refusal(&response(401, "")).hints.join("\n");
        assert!(hints.contains("password") && hints.contains("terms"));
    }

    #[test]
    fn a_certificate_refused_in_html_is_no_wrong_parameter() {
        let page =
            "<html><head><title>400 No required SSL certificate was sent</title></head></html>";
        let error = refusal(&response(400, page));
        assert_eq!(error.kind, Kind::Credentials);
        assert_eq!(
            error.causes,
            ["\"400 No required SSL certificate was sent\" (HTTP 400)"]
        );
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let passing: Vec<u16> = (400..600)
            .filter(|status| is_passing(&response(*status, "")))
            .collect();
        assert_eq!(passing, [429, 500, 502, 503, 504]);
    }
}
