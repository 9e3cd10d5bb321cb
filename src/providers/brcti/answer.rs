//! What came back: a result, an error in the service's words, or something else altogether. Pure.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::error::{Error, Result, ServiceDetails};
use crate::http::Response;
use crate::http::answer;
use crate::redact::Redactor;

use super::call::Call;
use super::wire;

/// A redirect of a login page, a busy gateway: another try may help.
pub fn is_passing(response: &Response) -> bool {
    matches!(response.status, 429 | 502 | 503 | 504)
}

/// Hands the result in an answer to `read`, `None` for `null`, as some servers write an empty list.
/// What `read` refuses is unusable, and it says why.
///
/// # Errors
/// An error in the service's words, or what came instead of an answer; neither holds a secret of
/// ours that the service echoes.
pub fn understand<T>(
    response: &Response,
    call: Call,
    redactor: &Redactor,
    read: impl FnOnce(Option<&RawValue>) -> Result<T, String>,
) -> Result<T> {
    let unusable = |why: String| {
        let what = format!("br-cti's answer to /{} cannot be used", call.path());
        answer::unusable(what, why, response, redactor)
    };
    let text = answer::text(response);
    let pairs = text.as_deref().map(wire::parse);
    if response.status != 200 {
        let words = pairs
            .ok()
            .and_then(Result::ok)
            .and_then(|pairs| words(&pairs));
        let refusal = answer::refusal("br-cti", words, response, redactor);
        return Err(answer::scrubbed(
            refusal.hint(hint(response.status)),
            redactor,
        ));
    }
    let pairs = match pairs {
        Err(no_answer) => return Err(unusable(no_answer.to_string())),
        Ok(Err(error)) if error.is_data() => {
            return Err(unusable("it is JSON, but not an object".to_string()));
        }
        Ok(Err(error)) => return Err(unusable(format!("it is not JSON: {error}"))),
        Ok(Ok(pairs)) => pairs,
    };
    let result = match result(&pairs) {
        Ok(result) => result,
        Err(Refused::InWords { words, code }) => {
            let words = answer::quoted(&words, redactor);
            let place = code
                .as_ref()
                .map_or(String::new(), |code| format!(", code {code}"));
            let status = code
                .as_ref()
                .and_then(|code| code.parse().ok())
                .unwrap_or(0);
            let error = Error::new(answer::kind(status), "br-cti answered with an error")
                .cause(format!("{words}   (HTTP {}{place})", response.status))
                .said(ServiceDetails {
                    code,
                    ..answer::said(response)
                });
            let error = match status {
                401 | 403 | 429 => error.hint(hint(status)),
                _ => error,
            };
            return Err(answer::scrubbed(error, redactor));
        }
        Err(Refused::NoResult(keys)) => return Err(unusable(keys)),
    };
    read(result).map_err(unusable)
}

type Pairs<'a> = [(Cow<'a, str>, &'a RawValue)];

/// Why an object holds no result.
enum Refused {
    InWords { words: String, code: Option<String> },
    NoResult(String),
}

/// The last value of that name, whatever its case; one that says something before one that is
/// empty, and null is none.
fn value<'a>(pairs: &Pairs<'a>, name: &str) -> Option<&'a RawValue> {
    let pairs = pairs.iter().rev();
    let named = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    let mut values = named.map(|(_, value)| *value);
    let mut sent = values.clone().filter(|value| value.get() != "null");
    values
        .find(|value| value.get() != "null" && !is_empty(value))
        .or_else(|| sent.next())
}

/// The result, unless a gateway refuses inside HTTP 200 (contract: brcti.md, last lines).
fn result<'a>(pairs: &Pairs<'a>) -> Result<Option<&'a RawValue>, Refused> {
    let result = value(pairs, "result");
    if let Some(result) = result.filter(|result| !is_empty(result)) {
        return Ok(Some(result));
    }
    let text = |name| value(pairs, name).map(|raw| wire::text(raw).trim().to_string());
    let is_number = |text: &String| text.parse::<f64>().is_ok();
    let other = OTHER_CODES.iter().filter_map(|name| text(name));
    let code = text("code").filter(|code| !code.is_empty());
    let code = code.or_else(|| other.clone().find(is_number));
    let is_fine =
        |code: &String| matches!(code.parse::<f64>(), Ok(code) if code == 0.0 || code == 200.0);
    let mut flags = FLAGS.iter().filter_map(|name| text(name));
    let failed = flags.any(|flag| ["false", "0"].contains(&flag.to_lowercase().as_str()))
        || other
            .clone()
            .any(|word| FAILURES.contains(&word.to_lowercase().as_str()));
    let refused = failed || code.as_ref().is_some_and(|code| !is_fine(code));
    let is_there = pairs
        .iter()
        .any(|(key, _)| key.eq_ignore_ascii_case("result"));
    // Words of success stand beside a code of success; where there is neither, they are all
    // that came.
    let is_named = code.is_some() || text("success").is_some();
    let words = match refused || !(is_there || is_named) {
        true => words(pairs),
        false => said(pairs, ERRORS),
    };
    let silent = || "it does not say why".to_string();
    match words.or_else(|| refused.then(silent)) {
        Some(words) => Err(Refused::InWords {
            words,
            code: code.filter(|code| !is_fine(code)),
        }),
        None if is_there => Ok(result),
        None => Err(Refused::NoResult(no_result(pairs))),
    }
}

fn is_empty(raw: &RawValue) -> bool {
    let inner = raw
        .get()
        .trim_matches(|c: char| c.is_whitespace() || "{}[]\"".contains(c));
    inner.is_empty()
}

/// `it has no result, only code, msg, data`
fn no_result(pairs: &Pairs) -> String {
    let keys: Vec<_> = pairs.iter().map(|(key, _)| &**key).take(MAX_KEYS).collect();
    let more = if pairs.len() > MAX_KEYS { ", …" } else { "" };
    match keys.is_empty() {
        true => "it has no result".to_string(),
        false => format!("it has no result, only {}{more}", keys.join(", ")),
    }
}

/// An answer of another service may have any number.
const MAX_KEYS: usize = 10;

fn hint(status: u16) -> &'static str {
    match status {
        401 | 403 => "check token, or username and password, or headers in the profile",
        404 => "check the endpoint: the service's paths begin with /kp/ beneath it",
        429 => "wait a moment before the next request",
        500.. => "the service or a proxy before it is in trouble: try again later",
        _ => "-vv shows the whole answer",
    }
}

/// Names beside `code` and `success` under which gateways say how it went.
const OTHER_CODES: &[&str] = &[
    "status",
    "status_code",
    "statusCode",
    "errno",
    "errcode",
    "error_code",
    "retcode",
    "ret_code",
];
const FLAGS: &[&str] = &["success", "ok"];
const FAILURES: &[&str] = &[
    "error",
    "fail",
    "failed",
    "failure",
    "denied",
    "forbidden",
    "unauthorized",
];

/// What stands under these is an error, whatever else there is.
const ERRORS: &[&str] = &["error", "errors"];

/// An error in the service's words.
fn words(pairs: &Pairs) -> Option<String> {
    said(
        pairs,
        &[
            "error",
            "errors",
            "errmsg",
            "error_msg",
            "status_msg",
            "msg",
            "message",
        ],
    )
}

/// What stands under the first of these names that says anything, with the `detail` beside it.
fn said(pairs: &Pairs, names: &[&str]) -> Option<String> {
    said_within(pairs, names, MAX_DEPTH)
}

/// No gateway wraps its words in more objects than this.
const MAX_DEPTH: u8 = 4;

fn said_within(pairs: &Pairs, names: &[&str], depth: u8) -> Option<String> {
    let text = |name: &&str| {
        let raw = value(pairs, name)?;
        let inner = wire::pairs(raw).filter(|_| depth > 0);
        let inner = inner.and_then(|inner| said_within(&inner, &["message", "msg"], depth - 1));
        // Not cut here: it may end in half a secret that it echoes.
        let text = inner.unwrap_or_else(|| match serde_json::from_str(raw.get()) {
            Ok(text) => text,
            Err(_) => raw.get().to_string(),
        });
        let nothing = ["", "null", "false", "0", "{}", "[]"].contains(&text.trim());
        (!nothing).then_some(text)
    };
    let words = names.iter().find_map(text);
    let detail = text(&"detail");
    match (words, detail) {
        (Some(words), Some(detail)) => Some(format!("{words}: {detail}")),
        (words, detail) => words.or(detail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response::new(status, Vec::new(), body.into(), jiff::Timestamp::UNIX_EPOCH)
    }

    fn told(status: u16, body: &str) -> String {
        let understood = understand(
            &response(status, body),
            Call::Geo,
            &Redactor::default(),
            |result| {
                Ok(match result {
                    Some(result) => format!("result {}", result.get()),
                    None => "null".to_string(),
                })
            },
        );
        understood.unwrap_or_else(|error| format!("{} {error}", error.kind.exit_code()))
    }

    /// Also a refusal inside HTTP 200, in the words of several gateways.
    #[test]
    fn an_answer_in_every_form() {
        let table = r#"
            200 {"result":{"CN":{}}} == result {"CN":{}}
            200 {"result":null} == null
            200 {"result":[1],"Result":null} == result [1]
            200 {"result":null,"RESULT":[1],"result":[]} == result [1]
            200 {"code":0,"msg":"ok","result":null} == null
            200 {"error":"database is down","result":null} == 6 br-cti answered with an error: database is down
            200 {"error":{"code":7,"message":"no such tenant"}} == 6 br-cti answered with an error: no such tenant
            200 {"msg":"请先登录"} == 6 br-cti answered with an error: 请先登录
            200 {"error":"查询失败","detail":"no record yet"} == 6 br-cti answered with an error: 查询失败: no record yet   (HTTP 200)
            500 {"error":"查询失败","detail":"no record yet"} == 6 br-cti answered HTTP 500: 查询失败: no record yet
            200 {"success":false,"message":"请先登录","code":401,"result":null} == 4 br-cti answered with an error: 请先登录   (HTTP 200, code 401)
            200 {"success":"false","msg":"no","result":{}} == 6 br-cti answered with an error: no   (HTTP 200)
            200 {"code":"403","result":[]} == 4 br-cti answered with an error: it does not say why   (HTTP 200, code 403)
            200 {"code":50014,"msg":"token expired"} == token expired   (HTTP 200, code 50014)
            200 {"code":429,"msg":"slow down"} == 7 br-cti
            200 {"success":true,"code":200.0,"msg":"success","result":[]} == result []
            200 {"success":false,"code":7,"result":{"CN":{}}} == result {"CN":{}}
            200 {"status":"error","status_msg":"denied","result":null} == 6 br-cti answered with an error: denied   (HTTP 200)
            200 {"status":401,"result":null} == 4 br-cti answered with an error: it does not say why   (HTTP 200, code 401)
            200 {"errno":5,"errmsg":"no tenant","result":[]} == an error: no tenant   (HTTP 200, code 5)
            200 {"ok":false,"result":[]} == an error: it does not
            200 {"success":0,"result":[]} == an error: it does not
            200 {"errors":[{"message":"who are you?"}],"result":null} == who are you?
            200 {"status":"ok","errno":0,"result":[]} == result []
            200 {"code":0,"success":true,"result":null} == null
            200 {"code":200,"msg":"success","data":{}} == it has no result, only code, msg, data
            200 {"code":0,"error":"no tenant"} == an error: no tenant
            200 {"data":1} == it has no result, only data
            200 {} == it has no result
            200 [1] == it is JSON, but not an object
            200 {"result": == it is not JSON: EOF
            200 <html><head><TITLE> Sign in </TITLE> == it is an HTML page, titled "Sign in"
            401 {"message":"token expired"} == 4 br-cti answered HTTP 401: token expired
            502 <!DOCTYPE html><title>Bad Gateway</title> == 6 br-cti answered HTTP 502: with it came an HTML page, titled "Bad Gateway"
            500 oops == 6 br-cti answered HTTP 500: it says: oops
        "#;
        let rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
        let rows = rows.map(|row| {
            let (sent, expected) = row.split_once(" == ").unwrap();
            let (status, body) = sent.split_once(' ').unwrap();
            (status.parse().unwrap(), body, expected)
        });
        let empty = [
            (200, "", "the body is empty"),
            (429, "", "7 br-cti answered HTTP 429: nothing came with it"),
            (200, "\u{feff}{\"result\":[]}", "result []"),
        ];
        for (status, body, expected) in rows.chain(empty) {
            let told = told(status, body);
            assert!(told.contains(expected), "{body}: {told}");
        }
    }

    #[test]
    fn words_are_not_looked_for_for_ever() {
        let (open, close) = ("{\"msg\":".repeat(100_000), "}".repeat(100_000));
        let told = told(200, &format!("{{\"error\":{open}\"no\"{close}}}"));
        assert!(
            told.contains("br-cti answered with an error: {\"msg\":"),
            "{told}"
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(status in 200_u16..600, body in "(<html><title>.{0,20}|\\{\"result\":.{0,30}|.{0,60})") {
            let _ = told(status, &body);
        }
    }
}
