//! What came back: a result, an error in the service's words, or something else altogether. Pure.

use serde_json::value::RawValue;

use crate::error::{Error, Kind, Result, ServiceDetails};
use crate::http::{Page, Response};

use super::call::Call;
use super::wire;

/// A redirect of a login page, a busy gateway: another try may help.
pub fn is_passing(response: &Response) -> bool {
    matches!(response.status, 429 | 502 | 503 | 504)
}

/// What an answer holds.
pub enum Outcome<'a> {
    Result(&'a RawValue),
    /// `"result": null`, as some servers write an empty list.
    Null,
}

/// The result in an answer, or what came instead.
pub fn understand(response: &Response, call: Call) -> Result<Outcome<'_>> {
    let body = std::str::from_utf8(&response.body)
        .map(|text| text.trim_start_matches('\u{feff}').trim())
        .map_err(|_| unusable(response, call, "it is not UTF-8".to_string()));
    if response.status != 200 {
        return Err(refusal(response, body.as_deref().unwrap_or_default()));
    }
    let body = body?;
    let pairs = wire::parse(body).map_err(|error| {
        let what = match Page::of(&response.body) {
            _ if body.is_empty() => "the body is empty".to_string(),
            Some(page) => format!("it is {page}"),
            None if error.is_data() => "it is JSON, but not an object".to_string(),
            None => format!("it is not JSON: {error}"),
        };
        unusable(response, call, what)
    })?;
    let value = |name: &str| pairs.iter().rev().find(|(key, _)| key == name);
    match value("result") {
        None => match complaint(&pairs, &["error", "msg", "message"]) {
            Some(words) => Err(Error::service("br-cti answered with an error")
                .cause(format!("{words}   (HTTP {})", response.status))
                .said(said(response))),
            None => Err(unusable(response, call, "it has no result".to_string())),
        },
        Some((_, result)) if result.get() == "null" => match complaint(&pairs, &["error"]) {
            Some(words) => Err(Error::service("br-cti answered with an error")
                .cause(format!("{words}   (HTTP {})", response.status))
                .said(said(response))),
            None => Ok(Outcome::Null),
        },
        Some((_, result)) => Ok(Outcome::Result(result)),
    }
}

/// Status 200 with something that is no answer to this call.
pub fn unusable(response: &Response, call: Call, why: String) -> Error {
    let path = call.path().join("/");
    let mut error = Error::service(format!("br-cti's answer to /{path} cannot be used")).cause(why);
    if let Some(beginning) = beginning(&response.body) {
        error = error.cause(format!("it begins: {beginning}"));
    }
    error
        .hint("check the endpoint: a proxy or a login page may have answered; -vv shows the answer")
        .said(said(response))
}

/// Any other status, with what was said.
fn refusal(response: &Response, body: &str) -> Error {
    let status = response.status;
    let kind = match status {
        401 | 403 => Kind::Credentials,
        429 => Kind::Quota,
        _ => Kind::Service,
    };
    let mut error = Error::new(kind, format!("br-cti answered HTTP {status}"));
    let words = wire::parse(body)
        .ok()
        .and_then(|pairs| complaint(&pairs, &["error", "msg", "message"]));
    error = match (words, Page::of(&response.body)) {
        (Some(words), _) => error.cause(words),
        (None, Some(page)) => error.cause(format!("with it came {page}")),
        (None, _) => match beginning(&response.body) {
            Some(beginning) => error.cause(format!("it says: {beginning}")),
            None => error.cause("nothing came with it"),
        },
    };
    let hint = match status {
        401 | 403 => "check token, or username and password, or headers in the profile",
        404 => "check the endpoint: the service's paths begin with /kp/ beneath it",
        429 => "wait a moment before the next request",
        500.. => "the service or a proxy before it is in trouble: try again later",
        _ => "-vv shows the whole answer",
    };
    error.hint(hint).said(said(response))
}

fn said(response: &Response) -> ServiceDetails {
    ServiceDetails {
        status: Some(response.status),
        ..ServiceDetails::default()
    }
}

/// The service's words under the first of these names that says anything.
fn complaint(pairs: &[(std::borrow::Cow<'_, str>, &RawValue)], names: &[&str]) -> Option<String> {
    let said = |name: &&str| {
        let (_, value) = pairs.iter().find(|(key, _)| key == name)?;
        let inner = wire::pairs(value).and_then(|inner| complaint(&inner, &["message", "msg"]));
        let text = inner.unwrap_or_else(|| wire::text(value).into_owned());
        let nothing = ["", "null", "false", "0", "{}", "[]"].contains(&text.trim());
        (!nothing).then_some(text)
    };
    names.iter().find_map(said)
}

fn beginning(body: &[u8]) -> Option<String> {
    let head = &body[..body.len().min(1_000)];
    let text: String = String::from_utf8_lossy(head)
        .trim()
        .chars()
        .take(120)
        .collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            at: "2026-11-21T20:00:00Z".parse().unwrap(),
        }
    }

    fn told(status: u16, body: &str) -> String {
        match understand(&response(status, body), Call::Geo) {
            Ok(Outcome::Result(result)) => format!("result {}", result.get()),
            Ok(Outcome::Null) => "null".to_string(),
            Err(error) => format!("{} {}", error.kind.exit_code(), error),
        }
    }

    #[test]
    fn an_answer_in_every_form() {
        for (status, body, expected) in [
            (200, r#"{"result":{"CN":{}}}"#, r#"result {"CN":{}}"#),
            (200, "\u{feff}{\"result\":[]}", "result []"),
            (200, r#"{"result":null}"#, "null"),
            (200, r#"{"code":0,"msg":"ok","result":null}"#, "null"),
            (
                200,
                r#"{"error":"database is down","result":null}"#,
                "6 br-cti answered with an error: database is down",
            ),
            (
                200,
                r#"{"error":{"code":7,"message":"no such tenant"}}"#,
                "6 br-cti answered with an error: no such tenant",
            ),
            (
                200,
                r#"{"msg":"请先登录"}"#,
                "6 br-cti answered with an error: 请先登录",
            ),
            (200, r#"{"data":1}"#, "it has no result"),
            (200, "", "the body is empty"),
            (200, "[1]", "it is JSON, but not an object"),
            (200, "{\"result\":", "it is not JSON: EOF"),
            (
                200,
                "<html><head><TITLE> Sign in </TITLE>",
                "it is an HTML page, titled \"Sign in\"",
            ),
            (
                401,
                r#"{"message":"token expired"}"#,
                "4 br-cti answered HTTP 401: token expired",
            ),
            (429, "", "7 br-cti answered HTTP 429: nothing came with it"),
            (
                502,
                "<!DOCTYPE html><title>Bad Gateway</title>",
                "6 br-cti answered HTTP 502: with it came an HTML page, titled \"Bad Gateway\"",
            ),
            (500, "oops", "6 br-cti answered HTTP 500: it says: oops"),
        ] {
            let told = told(status, body);
            assert!(told.contains(expected), "{body}: {told}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(status in 200_u16..600, body in "(<html><title>.{0,20}|\\{\"result\":.{0,30}|.{0,60})") {
            let _ = told(status, &body);
        }
    }
}
