//! What a refusal means and what to do about it (contract: kaspersky.md, "Errors"). Pure.

use serde_json::Value;

use crate::error::{Error, Kind, ServiceDetails};
use crate::http::answer::{self, NoAnswer};
use crate::http::{Response, oversize};
use crate::redact::Redactor;

/// Whether it may pass by itself.
pub fn is_passing(response: &Response) -> bool {
    matches!(response.status, 429 | 500 | 502 | 503 | 504)
}

/// An answer whose status says that it is none.
pub fn refusal(response: &Response, redactor: &Redactor) -> Error {
    let status = response.status;
    let said = words(response, redactor);
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
        400 => Error::service("the portal rejected a parameter"),
        429 => Error::new(Kind::Quota, "the portal is rate-limiting requests")
            .hint("wait a moment before the next request"),
        500..=599 => Error::service("the portal is unavailable").hint("try again later"),
        _ => Error::service("the portal refused the request"),
    };
    let error = error.said(answer::said(response));
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
pub fn malformed(why: impl std::fmt::Display) -> Error {
    Error::service(format!("the answer is unusable: {why}"))
}

/// The same, with the beginning of the answer.
pub fn unusable(why: impl std::fmt::Display, response: &Response, redactor: &Redactor) -> Error {
    beginning_with(malformed(why), &response.body, redactor)
}

pub fn beginning_with(error: Error, body: &[u8], redactor: &Redactor) -> Error {
    match (NoAnswer::of(body, None), answer::beginning(body, redactor)) {
        (Some(NoAnswer::Compressed(_)), _) | (_, None) => error,
        (_, Some(shown)) => error.cause(format!("it begins: {shown}")),
    }
}

/// What the body of an error says: its `status_msg`, the title of a page, or plain text.
fn words(response: &Response, redactor: &Redactor) -> Option<String> {
    let text = match answer::text(response) {
        Ok(text) => text,
        Err(NoAnswer::Page(page)) => return page.title.map(|title| redactor.scrub(&title)),
        Err(NoAnswer::Empty) => return None,
        Err(no_answer) => return Some(no_answer.to_string()),
    };
    if let Ok(Value::Object(said)) = oversize::value(&text) {
        let said = said.get("status_msg").or_else(|| said.get("message"));
        if let Some(Value::String(said)) = said {
            return Some(answer::quoted(said, redactor));
        }
    }
    answer::beginning(text.as_bytes(), redactor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response::new(status, Vec::new(), body.into(), jiff::Timestamp::UNIX_EPOCH)
    }

    fn refused(status: u16, body: &str) -> Error {
        refusal(&response(status, body), &Redactor::default())
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
            assert_eq!(refused(status, "").kind, kind, "{status}");
        }
        let hints = refused(401, "").hints.join("\n");
        assert!(hints.contains("password") && hints.contains("terms"));
    }

    #[test]
    fn a_certificate_refused_in_html_is_no_wrong_parameter() {
        let page =
            "<html><head><title>400 No required SSL certificate was sent</title></head></html>";
        let error = refused(400, page);
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

    #[test]
    fn errors_in_all_forms() {
        for (body, said) in [
            ("", None),
            (r#"{"status":"error","status_msg":"no"}"#, Some("no")),
            ("\u{feff}{\"message\":\"\\ud800\"}", Some("\u{fffd}")),
            (
                "<html><title> Bad Gateway </title></html>",
                Some("Bad Gateway"),
            ),
            ("<html></html>", None),
            ("  busy\n", Some("busy")),
        ] {
            let said_here = words(&response(500, body), &Redactor::default());
            assert_eq!(said_here.as_deref(), said, "{body}");
        }
    }
}
