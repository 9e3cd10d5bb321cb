//! The few words of an answer that an error may quote. Pure.

use serde_json::Value;

use crate::http::Page;

/// An error quotes this many characters of an answer at most (contract: kaspersky.md, "Errors").
pub const MAX_QUOTED: usize = 200;

/// The beginning of an answer; bytes that are no text become `�`.
pub fn beginning(body: &[u8]) -> String {
    // A character has at most four bytes.
    let head = &body[..body.len().min(MAX_QUOTED * 4)];
    let text = String::from_utf8_lossy(head);
    short(text.trim_matches(['\u{fffd}', ' ', '\n', '\r', '\t']))
}

/// What the body of an error says: its `status_msg`, the title of a page, or plain text.
pub fn of_error(body: &[u8]) -> Option<String> {
    if let Ok(Value::Object(answer)) = serde_json::from_slice(body) {
        let said = answer.get("status_msg").or_else(|| answer.get("message"));
        if let Some(Value::String(said)) = said {
            return Some(short(said));
        }
    }
    let text = beginning(body);
    if text.is_empty() {
        return None;
    }
    match Page::of(body) {
        Some(page) => page.title,
        None => Some(text),
    }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_QUOTED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_in_all_forms() {
        for (body, said) in [
            ("", None),
            (r#"{"status":"error","status_msg":"no"}"#, Some("no")),
            (
                "<html><title> Bad Gateway </title></html>",
                Some("Bad Gateway"),
            ),
            ("<html></html>", None),
            ("  busy\n", Some("busy")),
        ] {
            assert_eq!(of_error(body.as_bytes()).as_deref(), said, "{body}");
        }
        assert_eq!(
            beginning("中".repeat(500).as_bytes()).chars().count(),
            MAX_QUOTED
        );
        assert_eq!(beginning(b"\xff\xfe"), "");
    }
}
