//! JSON that is well-formed and that no value can hold: lists and objects that are nested too
//! deeply, numbers beyond every range. One such field costs no other: it is read as its text. Pure.

use serde_json::Value;

/// Lists and objects that are nested deeper than this are kept as their text.
pub const MAX_DEPTH: usize = 64;

/// The value of a text.
///
/// # Errors
/// It is no JSON.
pub fn value(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text).or_else(|error| match quoted(text) {
        Some(quoted) => serde_json::from_str(&quoted),
        None => Err(error),
    })
}

/// The same JSON with what is too deep or too large as text; `None` if nothing is.
fn quoted(json: &str) -> Option<String> {
    let mut made = String::new();
    let mut copied = 0;
    let mut quote = |from: usize, to: usize| {
        made.push_str(&json[copied..from]);
        made.push_str(&Value::from(&json[from..to]).to_string());
        copied = to;
    };
    let (mut depth, mut begun, mut at) = (0_usize, 0, 0);
    let bytes = json.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let begins = at;
        at += 1;
        match byte {
            b'"' => at = end_of_string(bytes, begins),
            b'[' | b'{' => {
                if depth == MAX_DEPTH {
                    begun = begins;
                }
                depth += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == MAX_DEPTH {
                    quote(begun, at);
                }
            }
            b'-' | b'0'..=b'9' => {
                let rest = bytes[at..].iter();
                let is_of_number =
                    |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                at += rest.take_while(is_of_number).count();
                let number = json[begins..at].parse::<f64>();
                if depth <= MAX_DEPTH && number.is_ok_and(f64::is_infinite) {
                    quote(begins, at);
                }
            }
            _ => {}
        }
    }
    // What is cut off within something too deep is cut off there.
    let end = if depth > MAX_DEPTH { begun } else { json.len() };
    made.push_str(&json[copied..end]);
    (made != json).then_some(made)
}

/// Behind the quote that closes the string that begins at `at`.
pub(super) fn end_of_string(text: &[u8], mut at: usize) -> usize {
    at += 1;
    loop {
        match text.get(at) {
            None => return text.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_value_holds_is_its_text_and_costs_no_other() {
        for depth in [1, 62, 63, 64, 127, 128, 100_000] {
            for (open, inner, close) in [("[", "", "]"), ("{\"x\\\"]\":", "\"}\"", "}")] {
                let deep = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
                let read = value(&format!("{{\"a\":{deep},\"b\":\"]\"}}")).unwrap();
                assert_eq!(read["b"], "]");
                assert!(read["a"].is_array() || read["a"].is_object());
            }
        }
        let read = value("{\"a\": [1e999, -1e999,1e-999, 12], \"b\": \"1e999\"}").unwrap();
        let expected = serde_json::json!({"a": ["1e999", "-1e999", 0.0, 12], "b": "1e999"});
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_no_json_is_none() {
        let open = "[".repeat(100_000);
        let halves = format!("{open}{}", "]".repeat(50_000));
        assert!(value(&open).unwrap_err().is_eof());
        assert!(value(&halves).unwrap_err().is_eof());
        for text in [
            "",
            "{",
            "1e",
            "[1e999",
            "]",
            "[\"\\",
            "{\"a\": 1e999x}",
            "-",
        ] {
            assert!(value(text).is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[\\[\\]{}\":,\\\\0-9eé.-]{0,200}", depth in 0..200_usize) {
            let _ = value(&format!("{}{text}", "[".repeat(depth)));
        }
    }
}
