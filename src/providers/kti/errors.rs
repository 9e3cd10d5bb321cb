//! An error in the service's own words, in whatever form it comes: what its code means by the
//! vendor's table (`errors.tsv`), and the way out. Pure.

use serde_json::Value;

use crate::config::Settings;
use crate::document::{Lang, Phrase, Record, flat};
use crate::error::{Error, Kind, ServiceDetails};
use crate::http::{Response, answer};

const TABLE: &str = include_str!("errors.tsv");

/// A clock that is off by more than this spoils signatures; the error then says by how much.
const CLOCK_TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// Errors are wrapped no deeper.
const MAX_DEPTH: usize = 4;

/// A row of the table.
struct Known {
    means: Phrase,
    /// Words, or after `@` what the settings decide.
    next_step: &'static str,
}

/// The row of a code, given the message that came with it.
fn known(code: &str, message: &str) -> Option<Known> {
    let message = message.trim_start_matches('\'');
    TABLE.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let fits = cells.next()? == code && message.starts_with(cells.next()?);
        fits.then_some(())?;
        Some(Known {
            means: Phrase::new(cells.next()?, cells.next()?),
            next_step: cells.next()?,
        })
    })
}

/// Which exit code an error of the service leads to.
pub fn kind(code: Option<&str>, status: u16) -> Kind {
    match (code, status) {
        (Some("LimitExceeded"), _) | (_, 429) => Kind::Quota,
        (
            Some(
                "MissingAuthenticationToken"
                | "SignatureDoesNotMatch"
                | "InvalidClientTokenId"
                | "AccessDenied"
                | "PermissionDenied"
                | "IncompleteSignature",
            ),
            _,
        ) => Kind::Credentials,
        (Some(_), _) => Kind::Service,
        (None, _) => answer::kind(status),
    }
}

/// An error in the service's own words.
#[derive(Debug, PartialEq, Eq)]
pub struct ApiError {
    pub code: Option<String>,
    message: String,
    request_id: Option<String>,
}

/// Takes a field out, by name without regard to case; `None` if it is null or empty.
fn take(record: &mut Record, name: &str) -> Option<Value> {
    let value = match record.shift_remove(name) {
        Some(value) => value,
        None => {
            let mut keys = record.keys();
            let key = keys.find(|key| key.eq_ignore_ascii_case(name))?.clone();
            record.shift_remove(&key)?
        }
    };
    let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
    (!empty).then_some(value)
}

impl ApiError {
    /// The error in an answer, in any of the forms of this vendor's services (contract: kti.md,
    /// "Errors").
    pub fn of(record: &Record) -> Option<ApiError> {
        Self::within(record.clone(), None, 0)
    }

    fn within(mut record: Record, outer_id: Option<String>, depth: usize) -> Option<ApiError> {
        let mut text = |name| take(&mut record, name).map(|value| flat(&value));
        let request_id = text("RequestId").or(outer_id);
        // A number beside it says less.
        let code = (text("CodeDesc").or(text("Code"))).or_else(|| text("InnerCode"));
        let message = text("Message");
        match take(&mut record, "Error") {
            Some(Value::Object(error)) => return Self::within(error, request_id, depth + 1),
            Some(other) => {
                return Some(ApiError {
                    code,
                    message: flat(&other),
                    request_id,
                });
            }
            None => {}
        }
        if code.is_some() || message.is_some() {
            return Some(ApiError {
                code,
                message: message.unwrap_or_default(),
                request_id,
            });
        }
        let inner = record.into_iter().filter_map(|(name, value)| match value {
            Value::Object(inner) if !name.eq_ignore_ascii_case("IntelInfo") => Some(inner),
            _ => None,
        });
        let mut inner = inner.filter(|_| depth < MAX_DEPTH);
        inner.find_map(|inner| Self::within(inner, request_id.clone(), depth + 1))
    }

    pub fn error(self, response: &Response, settings: &Settings, lang: Lang) -> Error {
        let ApiError {
            code,
            message,
            request_id,
        } = self;
        let kind = kind(code.as_deref(), response.status);
        let what = match kind {
            Kind::Credentials => "KTI refused the request",
            Kind::Quota => "KTI limits the rate of requests",
            _ => "KTI answered with an error",
        };
        let place = place(response.status, request_id.as_deref());
        let said = match &code {
            Some(code) => format!("{what}: {code}"),
            None => what.to_string(),
        };
        let mut error = Error::new(kind, said).cause(format!("{message}   {place}"));
        let known = known(code.as_deref().unwrap_or_default(), &message);
        if let Some(known) = &known {
            error = error.cause(known.means.in_lang(lang));
        }
        let clock = clock_hint(response).filter(|_| kind == Kind::Credentials);
        let next = match (&code, known) {
            // Every error that is documented has a code.
            (None, _) => Some("check the endpoint: another service may have answered".to_string()),
            (Some(_), Some(known)) => {
                next_step(known.next_step, &message, clock.is_some(), settings)
            }
            (Some(_), None) => None,
        };
        for hint in clock.into_iter().chain(next) {
            error = error.hint(hint);
        }
        error.said(ServiceDetails {
            status: Some(response.status),
            code,
            request_id,
        })
    }
}

/// `(HTTP 403, request fd229f7c-…)`
fn place(status: u16, request_id: Option<&str>) -> String {
    match request_id {
        Some(id) => format!("(HTTP {status}, request {id})"),
        None => format!("(HTTP {status})"),
    }
}

/// What to do about a row of the table; `None` if the clock explains it already.
fn next_step(step: &str, message: &str, clock: bool, settings: &Settings) -> Option<String> {
    Some(match step {
        "@service" => match message.split_once("correct service:") {
            Some((_, name)) if !name.trim().trim_end_matches('.').is_empty() => {
                settings.advice("service", Some(name.trim().trim_end_matches('.')))
            }
            _ => check("service", Some("SERVICE"), settings),
        },
        "@region" => format!(
            "set the region that your account is for: {}",
            settings.advice("region", Some("REGION"))
        ),
        "@clock" | "@secret_key" if clock => return None,
        "@clock" => "check this machine's clock, date and time zone: date -u".to_string(),
        "@secret_key" => check("secret_key", None, settings),
        "@access_key" => check("access_key", Some("VALUE"), settings),
        words => words.to_string(),
    })
}

/// The value may come from a variable: setting it in the file would change nothing then.
fn check(name: &str, value: Option<&str>, settings: &Settings) -> String {
    let command = settings.advice(name, value);
    format!("check {name}: ti config show says where it is taken from; {command} changes it")
}

fn clock_hint(response: &Response) -> Option<String> {
    let difference = response.clock_difference()?;
    if difference.abs() <= CLOCK_TOLERANCE {
        return None;
    }
    let off = jiff::SignedDuration::from_secs(difference.abs().as_secs());
    Some(match difference.is_positive() {
        true => format!("this machine's clock is {off:#} behind the service's: set it right"),
        false => format!("this machine's clock is {off:#} ahead of the service's: set it right"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_whole_and_can_be_reached() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        let mut count = 0;
        for row in rows {
            let cells: Vec<_> = row.split('\t').collect();
            let [code, begins, en, zh, next] = cells[..] else {
                panic!("{row}");
            };
            assert!(
                !en.is_empty() && !zh.is_empty() && !next.is_empty(),
                "{row}"
            );
            let found = known(code, &format!("{begins} x")).unwrap();
            assert_eq!((found.means.en, found.next_step), (en, next));
            count += 1;
        }
        assert_eq!(count, 34);
    }

    #[test]
    fn a_row_is_found_by_code_and_message() {
        let en = |code, message| known(code, message).map(|known| known.means.en);
        assert_eq!(
            en(
                "SignatureDoesNotMatch",
                "Signature expired:20210812T024736Z"
            ),
            Some("the signature has expired")
        );
        assert_eq!(
            en(
                "SignatureDoesNotMatch",
                "'Host' must be a 'SignedHeader' in the Authorization."
            ),
            Some("Host must be among the signed headers")
        );
        assert_eq!(
            en("SignatureDoesNotMatch", "anything"),
            Some("the signature is not the one that the service calculates")
        );
        assert_eq!(en("Unheard", "of"), None);
        assert_eq!(
            known("LimitExceeded", "x").unwrap().means.zh,
            "请求被拒绝, 因该openAPI接口访问速度已达到流控上限"
        );
    }

    #[test]
    fn codes_lead_to_exit_codes() {
        assert_eq!(kind(Some("SignatureDoesNotMatch"), 403), Kind::Credentials);
        assert_eq!(kind(Some("LimitExceeded"), 409), Kind::Quota);
        assert_eq!(kind(Some("InvalidParameterValue"), 400), Kind::Service);
        assert_eq!(kind(None, 403), Kind::Credentials);
        assert_eq!(kind(None, 500), Kind::Service);
    }

    #[test]
    fn an_error_is_found_in_every_form() {
        for json in [
            r#"{"Error":{"Code":"C","InnerCode":"i","Message":"m"},"RequestId":"r"}"#,
            r#"{"RequestId":"r","Code":"C","Message":"m"}"#,
            r#"{"error":{"code":"C","message":"m"},"RequestID":"r"}"#,
            r#"{"ErrorResponse":{"Error":{"Type":"Sender","Code":"C","Message":"m"},"RequestId":"r"}}"#,
            r#"{"RequestId":"r","ErrorResponse":{"Error":{"Code":"C","Message":"m"}}}"#,
            r#"{"Response":{"Error":{"Code":"C","Message":"m"},"RequestId":"r"}}"#,
            r#"{"code":4000,"message":"m","codeDesc":"C","requestId":"r"}"#,
            r#"{"Error":{"InnerCode":"C","Message":"m"},"RequestId":"r"}"#,
        ] {
            let record = serde_json::from_str(json).unwrap();
            let expected = ApiError {
                code: Some("C".to_string()),
                message: "m".to_string(),
                request_id: Some("r".to_string()),
            };
            assert_eq!(ApiError::of(&record), Some(expected), "{json}");
        }
        for json in [
            "{}",
            r#"{"IntelInfo":{"Message":"m"}}"#,
            r#"{"a":{"b":{}}}"#,
        ] {
            assert_eq!(ApiError::of(&serde_json::from_str(json).unwrap()), None);
        }
    }
}
