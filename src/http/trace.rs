//! `-v` and `-vv`: what goes over the wire, without what grants access.

use std::time::Duration;

use url::Url;

use crate::console::{Reporter, Weight};
use crate::redact::Redactor;

use super::answer::MAX_HEAD;
use super::{Request, Response};

/// Characters of a body that `-vv` shows.
const SHOWN_BODY: usize = 2_000;

pub(super) fn request(request: &Request, notes: &dyn Reporter) {
    if notes.enabled(Weight::Trace) {
        let (method, url) = (request.method.name(), without_keys(&request.url));
        notes.say(Weight::Trace, &format!("> {method} {url}"));
    }
    if notes.enabled(Weight::Detail) {
        for (name, value) in &request.headers {
            let value = if is_public(name) { value } else { "(redacted)" };
            notes.say(Weight::Detail, &format!(">   {name}: {value}"));
        }
        if let Some(body) = &request.body {
            notes.say(Weight::Detail, &format!(">   {}", pairs_without_keys(body)));
        }
    }
}

pub(super) fn response(
    response: &Response,
    took: Duration,
    redactor: &Redactor,
    notes: &dyn Reporter,
) {
    if notes.enabled(Weight::Trace) {
        let (status, size, ms) = (response.status, response.body.len(), took.as_millis());
        notes.say(
            Weight::Trace,
            &format!("< {status}, {size} bytes in {ms} ms"),
        );
    }
    headers(&response.headers, notes);
    if notes.enabled(Weight::Detail) {
        // What is cut first could end in half a secret that nobody recognises.
        let head = &response.body[..response.body.len().min(MAX_HEAD)];
        let shown = redactor.scrub(&String::from_utf8_lossy(head));
        let shown: String = shown.chars().take(SHOWN_BODY).collect();
        for line in shown.lines() {
            notes.say(Weight::Detail, &format!("<   {line}"));
        }
    }
}

/// The head of an answer whose body is read as it comes.
pub(super) fn head(status: u16, received: &[(String, String)], notes: &dyn Reporter) {
    notes.say(Weight::Trace, &format!("< {status}"));
    headers(received, notes);
}

fn headers(headers: &[(String, String)], notes: &dyn Reporter) {
    if !notes.enabled(Weight::Detail) {
        return;
    }
    for (name, value) in headers {
        let value = match name.as_str() {
            "set-cookie" => "(redacted)",
            _ => value,
        };
        notes.say(Weight::Detail, &format!("<   {name}: {value}"));
    }
}

/// Headers of a request whose values are no secret; any other could be one.
fn is_public(name: &str) -> bool {
    ["accept", "content-length", "content-type", "x-amz-date"]
        .contains(&name.to_ascii_lowercase().as_str())
}

/// Whether it holds what lets us in: a header that could, or a signature among its parameters.
pub(super) fn has_login(request: &Request) -> bool {
    let pairs = request
        .url
        .query()
        .into_iter()
        .chain(request.body.as_deref());
    let mut names = pairs
        .flat_map(|pairs| pairs.split('&'))
        .filter_map(|pair| pair.split_once('='));
    request.headers.iter().any(|(name, _)| !is_public(name)) || names.any(|(name, _)| is_key(name))
}

fn without_keys(url: &Url) -> String {
    let mut shown = url.clone();
    // Neither can fail for a URL with a host, which a request has.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    if let Some(query) = url.query() {
        shown.set_query(Some(&pairs_without_keys(query)));
    }
    shown.to_string()
}

/// `a=b&Signature=…` with the values of what identifies or signs taken out.
fn pairs_without_keys(pairs: &str) -> String {
    let shown = pairs.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_key(name) => format!("{name}=(redacted)"),
        _ => pair.to_string(),
    });
    shown.collect::<Vec<_>>().join("&")
}

fn is_key(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [
        "signature",
        "accesskey",
        "credential",
        "token",
        "password",
        "secret",
    ];
    ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grants_access_is_not_shown() {
        let url =
            "https://u:p@h.example/?Accesskey=AK&Param=evil.com&SignatureVersion=1.0&Signature=ab";
        assert_eq!(
            without_keys(&Url::parse(url).unwrap()),
            "https://h.example/?Accesskey=(redacted)&Param=evil.com&SignatureVersion=1.0&Signature=(redacted)"
        );
        assert!(!is_public("Authorization"));
        assert!(!is_public("X-Api-Key"));
    }
}
