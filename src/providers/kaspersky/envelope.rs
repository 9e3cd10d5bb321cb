//! `{"status", "status_msg", "return_data"}` of an answer that is here whole. Pure.

use serde_json::Value;

use crate::document::{Record, flat};
use crate::error::Result;
use crate::http::Response;
use crate::http::{answer, oversize};
use crate::redact::Redactor;

use super::errors;

/// `return_data` of an answer that is ok; an object as a string counts as that object.
///
/// # Errors
/// What came instead, or what the portal says, without any secret of ours that it echoes.
pub fn open(response: &Response, redactor: &Redactor) -> Result<Record> {
    opened(response, redactor).map_err(|error| answer::scrubbed(error, redactor))
}

fn opened(response: &Response, redactor: &Redactor) -> Result<Record> {
    if response.status != 200 {
        return Err(errors::refusal(response, redactor));
    }
    let malformed = |why: &str| errors::unusable(why, response, redactor);
    let text = answer::text(response).map_err(|no_answer| malformed(&no_answer.to_string()))?;
    let answer = oversize::value(&text).map_err(|error| match error.is_eof() {
        true => malformed("bad JSON: it is cut off"),
        false if text.starts_with(['{', '[']) => malformed(&format!("bad JSON: {error}")),
        false => malformed("it is not JSON"),
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
        Some(Value::String(text)) => oversize::value(&text).unwrap_or(Value::String(text)),
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
        let response = Response::kept(body.into(), jiff::Timestamp::UNIX_EPOCH);
        open(&response, &Redactor::default())
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

    /// It stands as text in what is shown.
    #[test]
    fn a_field_that_no_value_holds_costs_no_other() {
        let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
        for (odd, close) in [(&*deep, ""), ("-1e999", ""), ("[\"x\",1e999", "]")] {
            let data = format!(r#"{{"odd":{odd}{close},"count":1}}"#);
            for data in [data.clone(), Value::from(&*data).to_string()] {
                let answer =
                    format!(r#"{{"odd":{odd}{close},"status":"ok","return_data":{data}}}"#);
                assert_eq!(opened(&answer).unwrap()["count"], 1, "{answer}");
            }
            let cut = format!(r#"{{"status":"ok","return_data":{{"odd":{odd}"#);
            let error = opened(&cut).unwrap_err();
            assert!(error.message.ends_with("it is cut off"), "{error}");
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
            (
                "{\"status\":ok}",
                "the answer is unusable: bad JSON: expected value at line 1 column 11",
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
