//! Our own secrets, taken out of a whole answer that echoes them: it stays the JSON that it was.

use std::borrow::Cow;

use memchr::memmem;

use crate::redact::{REDACTED, Redactor};

use super::oversize::end_of_string;

/// The body with every known secret replaced; `None` if it holds none. `asked` is what the question
/// was about: it stays whole, though a secret may be a part of it, as whoever asked knows it.
pub(super) fn without(body: &[u8], redactor: &Redactor, asked: &str) -> Option<Vec<u8>> {
    redactor.scrub_bytes(body)?;
    let is_secret = redactor.scrub_bytes(asked.as_bytes()).is_some();
    let asked = is_secret.then(|| memmem::Finder::new(asked));
    let scrub = |text: &[u8]| match &asked {
        None => redactor.scrub_bytes(text),
        Some(asked) => around(text, asked, redactor),
    };
    let text = body.trim_ascii_start();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    match text.trim_ascii_start().first() {
        Some(b'{' | b'[') => {
            let json = json_without(body, &scrub);
            // What no string and no number holds, stands across them.
            Some(scrub(&json).unwrap_or(json)).filter(|without| without != body)
        }
        _ => scrub(body),
    }
}

/// The text with what stands beside each `whole` scrubbed.
fn around(text: &[u8], whole: &memmem::Finder, redactor: &Redactor) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let mut at = 0;
    let length = whole.needle().len();
    let ends = whole.find_iter(text).map(|start| (start, start + length));
    for (start, end) in ends.chain([(text.len(), text.len())]) {
        let beside = &text[at..start];
        let scrubbed = redactor.scrub_bytes(beside);
        made.extend_from_slice(scrubbed.as_deref().unwrap_or(beside));
        made.extend_from_slice(&text[start..end]);
        at = end;
    }
    (made != text).then_some(made)
}

/// Each string and each number by itself: a number that holds a secret becomes a string.
fn json_without(json: &[u8], scrub: &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut made = Vec::with_capacity(json.len());
    let mut rest = json;
    while let Some((first, _)) = rest.split_first() {
        let (token, is_string) = match first {
            b'"' => (&rest[..end_of_string(rest, 0)], true),
            _ => {
                let is_of_number =
                    |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                let length = rest.iter().take_while(|byte| is_of_number(byte)).count();
                (&rest[..length.max(1)], false)
            }
        };
        rest = &rest[token.len()..];
        made.extend_from_slice(&match scrub(token) {
            None => Cow::Borrowed(token),
            Some(scrubbed) if is_string => Cow::Owned(scrubbed),
            Some(_) => Cow::Owned([b"\"", REDACTED, b"\""].concat()),
        });
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knowing(secrets: &[&str]) -> Redactor {
        let secrets: Vec<_> = secrets.iter().map(|secret| (*secret).into()).collect();
        Redactor::of(&secrets)
    }

    #[test]
    fn an_answer_stays_what_it_was() {
        let redactor = knowing(&["swordfish", "1234", "ab", "a\"b/c"]);
        for (body, without) in [
            (r#"{"a":"x swordfish"}"#, r#"{"a":"x (redacted)"}"#),
            (r#"{"swordfish":[1]}"#, r#"{"(redacted)":[1]}"#),
            (r#"{"a":"sword\u0066ish\\"}"#, r#"{"a":"(redacted)\\"}"#),
            (
                r#"{"a":"a\"b\/c","b":"c"}"#,
                r#"{"a":"(redacted)","b":"c"}"#,
            ),
            (r#"{"a":91234.5e1, "b":7}"#, r#"{"a":"(redacted)", "b":7}"#),
            ("\u{feff} [1234]", "\u{feff} [\"(redacted)\"]"),
            (r#"{"a":"cab","b":"ab"}"#, r#"{"a":"cab","b":"(redacted)"}"#),
            (r#"{"a":"swordfish"#, r#"{"a":"(redacted)"#),
            ("<a>swordfish</a>", "<a>(redacted)</a>"),
            // Of the bytes of a secret, and of what is no JSON, nothing stays either.
            ("{\"a\":[49, 50, 51, 52]}", "{\"a\":[(redacted)]}"),
            ("{a\"b/c}", "{(redacted)}"),
        ] {
            let made = super::without(body.as_bytes(), &redactor, "evil.com");
            let made = made.map(|made| String::from_utf8(made).unwrap());
            assert_eq!(made.as_deref(), Some(without), "{body}");
        }
        assert_eq!(super::without(b"{\"a\":\"123\"}", &redactor, ""), None);
    }

    #[test]
    fn what_was_asked_keeps_its_meaning() {
        let redactor = knowing(&["evil"]);
        for (asked, body, without) in [
            (
                "evil.com",
                r#"{"Domain":"evil.com","By":"evil"}"#,
                Some(r#"{"Domain":"evil.com","By":"(redacted)"}"#),
            ),
            ("evil.com", r#"{"Domain":"evil.com"}"#, None),
            (
                "a.com",
                r#"{"Domain":"evil.com"}"#,
                Some(r#"{"Domain":"(redacted).com"}"#),
            ),
            ("evil.com", "evil.com, evil", Some("evil.com, (redacted)")),
        ] {
            let made = super::without(body.as_bytes(), &redactor, asked);
            let made = made.map(|made| String::from_utf8(made).unwrap());
            assert_eq!(made.as_deref(), without, "{asked} in {body}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_secret_stays_and_json_stays_json(
            before in "\\PC{0,5}", behind in "\\PC{0,5}", number in 0_u64..10_000_000_000,
        ) {
            let redactor = knowing(&["7654", "swordfish"]);
            let sent = serde_json::json!({
                "a": format!("{before}swordfish{behind}"), format!("{behind}7654"): [number, 7654],
            });
            let made = super::without(sent.to_string().as_bytes(), &redactor, "");
            let made = String::from_utf8(made.unwrap()).unwrap();
            proptest::prop_assert!(!made.contains("7654") && !made.contains("swordfish"), "{made}");
            proptest::prop_assert!(serde_json::from_str::<serde_json::Value>(&made).is_ok(), "{made}");
        }
    }
}
