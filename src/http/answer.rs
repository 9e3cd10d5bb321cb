//! One reading of what came in place of an answer, for all services: nothing, a web page,
//! something compressed, something else; and one way to quote it. Pure.
//!
//! What differs stays with a service: where its words stand, what its codes mean, what to do.

use std::borrow::Cow;
use std::fmt;

use crate::document::without_bom;
use crate::error::{Error, Kind, ServiceDetails};
use crate::redact::Redactor;

use super::escapes::mended;
use super::{Page, Response};

/// An error quotes this many characters of an answer at most.
const MAX_QUOTED: usize = 200;

/// This much of a body is looked at for what is quoted: more than any secret is long.
pub const MAX_HEAD: usize = 64 * 1024;

/// What came in place of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    #[error("the body is empty")]
    Empty,
    #[error("it is {0}")]
    Page(Page),
    /// By its `Content-Encoding`, or by its first bytes.
    #[error("it is compressed ({0}), which nobody asked for")]
    Compressed(String),
    #[error("it is not UTF-8")]
    NotUtf8,
}

impl NoAnswer {
    /// What a body is, or what begins like `head`, by itself and its `Content-Encoding`; `None`
    /// if it may be an answer.
    pub fn of(head: &[u8], encoding: Option<&str>) -> Option<NoAnswer> {
        let text = without_bom(head).trim_ascii();
        if text.is_empty() {
            return Some(NoAnswer::Empty);
        }
        if let Some(page) = Page::of(head) {
            return Some(NoAnswer::Page(page));
        }
        // A head may end within a character.
        let is_text = std::str::from_utf8(text).map_or_else(|e| e.error_len().is_none(), |_| true);
        match encoding {
            _ if is_text => None,
            Some(encoding) if !encoding.eq_ignore_ascii_case("identity") => Some(
                NoAnswer::Compressed(format!("Content-Encoding: {encoding}")),
            ),
            _ if head.starts_with(b"\x1f\x8b") => Some(NoAnswer::Compressed("gzip".to_string())),
            _ => Some(NoAnswer::NotUtf8),
        }
    }
}

/// The text of a body, without a byte order mark and blanks around it. If it looks like JSON,
/// with every escape set right.
pub fn text(response: &Response) -> Result<Cow<'_, str>, NoAnswer> {
    let body = &response.body;
    if let Some(no_answer) = NoAnswer::of(body, response.header("content-encoding")) {
        return Err(no_answer);
    }
    let text = std::str::from_utf8(without_bom(body)).map_err(|_| NoAnswer::NotUtf8)?;
    let text = text.trim_matches('\u{feff}').trim();
    Ok(match text.starts_with(['{', '[']) {
        true => mended(text),
        false => Cow::Borrowed(text),
    })
}

/// The beginning of a body, for an error: without our secrets, then cut. `None` if there is
/// nothing to read in it.
pub fn beginning(body: &[u8], redactor: &Redactor) -> Option<String> {
    let head = String::from_utf8_lossy(&body[..body.len().min(MAX_HEAD)]);
    let shown = quoted(
        head.trim_matches(|c: char| c == '\u{fffd}' || c == '\u{feff}' || c.is_whitespace()),
        redactor,
    );
    (!shown.is_empty()).then_some(shown)
}

/// Words of a service, without our secrets, then cut.
pub fn quoted(text: &str, redactor: &Redactor) -> String {
    redactor.scrub(text).chars().take(MAX_QUOTED).collect()
}

/// Something that is no answer, under a status that says that it is one: `what` cannot be used,
/// and why.
pub fn unusable(
    what: impl Into<String>,
    why: impl fmt::Display,
    response: &Response,
    redactor: &Redactor,
) -> Error {
    let error = Error::service(what).cause(why);
    let encoding = response.header("content-encoding");
    let shown = match NoAnswer::of(&response.body, encoding) {
        Some(NoAnswer::Compressed(_)) => None,
        _ => beginning(&response.body, redactor),
    };
    let error = match shown {
        Some(beginning) => error.cause(format!("it begins: {beginning}")),
        None => error,
    };
    error
        .hint("check the endpoint: a proxy or a login page may have answered; -vv shows the answer")
        .said(said(response))
}

/// The kind of failure that a status stands for, where the service says no more of it.
pub fn kind(status: u16) -> Kind {
    match status {
        401 | 403 => Kind::Credentials,
        429 => Kind::Quota,
        _ => Kind::Service,
    }
}

/// An answer whose status says that it is none: the service's own `words`, or else what came.
pub fn refusal(
    service: &str,
    words: Option<String>,
    response: &Response,
    redactor: &Redactor,
) -> Error {
    let status = response.status;
    let why = match (words, text(response).err()) {
        (Some(words), _) => quoted(&words, redactor),
        (None, Some(NoAnswer::Page(page))) => format!("with it came {page}"),
        (None, Some(NoAnswer::Compressed(how))) => {
            format!("what came with it is compressed ({how})")
        }
        (None, _) => match beginning(&response.body, redactor) {
            Some(beginning) => format!("it says: {beginning}"),
            None => "nothing came with it".to_string(),
        },
    };
    Error::new(kind(status), format!("{service} answered HTTP {status}"))
        .cause(why)
        .said(said(response))
}

/// What the status alone says.
pub fn said(response: &Response) -> ServiceDetails {
    ServiceDetails {
        status: Some(response.status),
        ..ServiceDetails::default()
    }
}

/// An error in a service's words, without any secret that it echoes.
pub fn scrubbed(mut error: Error, redactor: &Redactor) -> Error {
    let ServiceDetails {
        code, request_id, ..
    } = &mut error.said;
    let said = code.iter_mut().chain(request_id);
    let texts = std::iter::once(&mut error.message).chain(&mut error.causes);
    for text in texts.chain(said) {
        *text = redactor.scrub(text);
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &[u8], encoding: &str) -> Response {
        let headers = vec![("content-encoding".to_string(), encoding.to_string())];
        Response::new(200, headers, body.to_vec(), jiff::Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_came_in_place_of_an_answer() {
        for (body, encoding, expected) in [
            (&b""[..], "", "the body is empty"),
            (b"\xef\xbb\xbf \r\n", "", "the body is empty"),
            (
                b"\xef\xbb\xbf<HTML><title>Sign in</title>",
                "",
                "it is an HTML page, titled \"Sign in\"",
            ),
            (
                b"\x1f\x8b\x08\0",
                "gzip",
                "it is compressed (Content-Encoding: gzip), which nobody asked for",
            ),
            (
                b"\x8b\x0f\x80",
                "br",
                "it is compressed (Content-Encoding: br), which nobody asked for",
            ),
            (
                b"\x1f\x8b\x08\0",
                "identity",
                "it is compressed (gzip), which nobody asked for",
            ),
            (b"{\"a\":\"\xff\"}", "identity", "it is not UTF-8"),
            // A proxy unpacked it and left the header in place.
            (b" {\"a\":1}\n", "gzip", "{\"a\":1}"),
            (
                b"\xef\xbb\xbf{\"a\":\"\\ud800\"}",
                "",
                "{\"a\":\"\\ufffd\"}",
            ),
            (b"<a>\\x</a>", "", "<a>\\x</a>"),
            (b"Bad Gateway", "", "Bad Gateway"),
        ] {
            let response = response(body, encoding);
            let read = text(&response).map_or_else(|no| no.to_string(), Cow::into_owned);
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn what_is_quoted_is_redacted_before_it_is_cut() {
        let redactor = Redactor::default();
        redactor.learn(&"swordfish".into());
        let body = format!("\u{feff} {}swordfish", "x".repeat(MAX_QUOTED - 4));
        let shown = beginning(body.as_bytes(), &redactor).unwrap();
        assert!(!shown.contains("sword"), "{shown}");
        assert_eq!(shown.chars().count(), MAX_QUOTED);
        assert_eq!(beginning(b"\xff\xfe", &redactor), None);
        assert_eq!(
            beginning("中".repeat(500).as_bytes(), &redactor)
                .unwrap()
                .chars()
                .count(),
            MAX_QUOTED
        );
    }

    #[test]
    fn a_secret_is_nowhere_in_an_error() {
        let redactor = Redactor::default();
        redactor.learn(&"swordfish".into());
        let error = Error::service("a swordfish")
            .cause("b swordfish")
            .said(ServiceDetails {
                status: None,
                code: Some("swordfish".to_string()),
                request_id: Some("swordfish".to_string()),
            });
        let error = scrubbed(error, &redactor);
        assert!(!format!("{error:?}").contains("swordfish"), "{error:?}");
    }
}
