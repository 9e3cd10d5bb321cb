//! `{"status", "status_msg", "return_data"}` of an answer that is here whole. Pure.

use serde_json::Value;

use crate::document::{Record, flat};
use crate::error::Result;
use crate::http::{Page, Response};

use super::errors;

/// `return_data` of an answer that is ok; an object as a string counts as that object.
pub fn open(response: &Response) -> Result<Record> {
    if response.status != 200 {
        return Err(errors::refusal(response));
    }
    let malformed = |why: &str| errors::malformed(why, &response.body);
    let answer: Value = serde_json::from_slice(&response.body).map_err(|error| {
        malformed(&match (Page::of(&response.body), error.is_eof()) {
            (Some(page), _) => format!("it is {page}"),
            (None, true) => "bad JSON: it is cut off".to_string(),
            (None, false) => "it is not JSON".to_string(),
        })
    })?;
    let Value::Object(mut answer) = answer else {
        return Err(malformed("it is not a JSON object"));
    };
    let text = |name: &str| answer.get(name).map(flat).unwrap_or_default();
    let status = text("status");
    if !status.eq_ignore_ascii_case("ok") {
        return Err(errors::not_ok(&status, &text("status_msg")));
    }
    let data = match answer.remove("return_data") {
        Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Some(data) => data,
        None => Value::Null,
    };
    match data {
        Value::Object(data) => Ok(data),
        _ => Err(malformed("its return_data is not an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(body: &str) -> Result<Record> {
        open(&Response {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn return_data_comes_as_an_object_or_as_a_string() {
        for body in [
            r#"{"status":"ok","status_msg":"","return_data":{"count":1}}"#,
            r#"{"status":"OK","return_data":"{\"count\":1}","new":1}"#,
        ] {
            assert_eq!(opened(body).unwrap()["count"], 1, "{body}");
        }
    }

    #[test]
    fn what_is_not_ok_or_unusable_is_said() {
        for (body, message) in [
            (
                r#"{"status":"error","status_msg":"x"}"#,
                "the portal reports an error",
            ),
            (r#"{"return_data":{}}"#, "the portal reports an error"),
            (
                r#"{"status":"ok"}"#,
                "the answer is unusable: its return_data is not an object",
            ),
            (
                r#"{"status":"ok","return_data":"x"}"#,
                "the answer is unusable: its return_data is not an object",
            ),
            ("<html>", "the answer is unusable: it is an HTML page"),
            ("oops", "the answer is unusable: it is not JSON"),
            (
                r#"{"status":"#,
                "the answer is unusable: bad JSON: it is cut off",
            ),
            ("[]", "the answer is unusable: it is not a JSON object"),
        ] {
            assert_eq!(opened(body).unwrap_err().message, message, "{body}");
        }
    }
}
