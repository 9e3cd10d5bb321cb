//! A master file out of its answer, `{"status", "status_msg", "return_data": {MEMBER: "…"}}`,
//! read as it comes. Keys come in any order; the content is handed on before the answer ends.

use std::io::{self, Read};

use struson::reader::{
    JsonReader, JsonStreamReader, ReaderError, ReaderSettings, SyntaxErrorKind, ValueType,
};

use crate::error::{Error, Kind, Result};
use crate::net::{Client, Opened, Request, Stream};

use super::content::{self, Fault};
use super::{errors, text};

/// Longest `status` and `status_msg` that are kept.
const MAX_TEXT: u64 = 4096;

/// Which file, and how large it may be.
pub struct Master {
    /// `master_ioc`, the member of `return_data`.
    pub member: &'static str,
    /// Bytes of the unpacked content.
    pub max: u64,
}

/// Bytes of an answer whose content has at most `max`: base64 takes a third more, escapes of
/// plain content more than that.
pub fn max_answer(max: u64) -> usize {
    usize::try_from(max.saturating_mul(2).saturating_add(1 << 20)).unwrap_or(usize::MAX)
}

/// Reads the content of the file with `consume`, to its end.
type Consume<'a, T> = dyn FnMut(&mut dyn Read) -> Result<T> + 'a;

impl Master {
    /// Asks for the file and reads it. What it returns holds only for an answer that is whole.
    pub fn fetch<T>(
        &self,
        client: &Client<'_>,
        request: &Request,
        consume: &mut Consume<T>,
    ) -> Result<T> {
        let mut stream = match client.open(&|_| Ok(request.clone()))? {
            Opened::Stream(stream) => stream,
            Opened::Refused(response) => return Err(errors::refusal(&response)),
        };
        self.read(&mut stream, consume)
            // A failed write is told as it is; else the network knows best.
            .map_err(|error| match Stream::failure(&stream) {
                Some(failure) if error.kind == Kind::Service => failure,
                _ => error,
            })
    }

    fn read<T>(&self, answer: impl Read, consume: &mut Consume<T>) -> Result<T> {
        let mut answer = Remembered::new(answer);
        let read = self.read_envelope(&mut answer, consume);
        read.map_err(|failure| match failure {
            Failure::Json(error) => errors::malformed(json_words(&error), &answer.beginning),
            Failure::Content(fault) => {
                let error = errors::malformed(&fault, &answer.beginning);
                fault
                    .hint
                    .into_iter()
                    .fold(error, |error, hint| error.hint(hint))
            }
            Failure::Missing => {
                let what = format!("it has no {}", self.member);
                errors::malformed(what, &answer.beginning)
            }
            // Said by whoever consumes the content, who does not see the answer.
            Failure::Other(error) if error.kind == Kind::Service && error.causes.is_empty() => {
                errors::beginning_with(error, &answer.beginning)
            }
            Failure::Other(error) => error,
        })
    }

    fn read_envelope<T>(
        &self,
        answer: &mut dyn Read,
        consume: &mut Consume<T>,
    ) -> Result<T, Failure> {
        let mut json = reader(answer);
        let (mut status, mut message, mut taken) = (None, String::new(), None);
        json.begin_object()?;
        while json.has_next()? {
            match json.next_name_owned()?.as_str() {
                "status" => status = Some(scalar(&mut json)?),
                "status_msg" => message = scalar(&mut json)?,
                // What is not ok has nothing to read; its message may still come.
                "return_data" if status.as_deref().is_none_or(is_ok) => {
                    taken = self.read_data(&mut json, consume)?;
                }
                _ => json.skip_value()?,
            }
        }
        json.end_object()?;
        json.consume_trailing_whitespace()?;
        match status.as_deref() {
            Some(status) if is_ok(status) => taken.ok_or(Failure::Missing),
            status => Err(Failure::Other(errors::not_ok(
                status.unwrap_or(""),
                &message,
            ))),
        }
    }

    /// `return_data` is an object, or that object as a string, or the content alone.
    fn read_data<R: Read, T>(
        &self,
        json: &mut JsonStreamReader<R>,
        consume: &mut Consume<T>,
    ) -> Result<Option<T>, Failure> {
        match json.peek()? {
            ValueType::Object => self.read_member(json, consume),
            ValueType::String => {
                let mut string = json.next_string_reader()?;
                let mut first = [0];
                if string.read(&mut first).map_err(failed_read)? == 0 {
                    return Ok(None);
                }
                let mut string: Box<dyn Read + '_> = Box::new(first.chain(string));
                if first != *b"{" {
                    return self.read_content(string, consume).map(Some);
                }
                let mut inner = reader(&mut string);
                let taken = self.read_member(&mut inner, consume)?;
                inner.consume_trailing_whitespace()?;
                Ok(taken)
            }
            _ => {
                json.skip_value()?;
                Ok(None)
            }
        }
    }

    fn read_member<R: Read, T>(
        &self,
        json: &mut JsonStreamReader<R>,
        consume: &mut Consume<T>,
    ) -> Result<Option<T>, Failure> {
        let mut taken = None;
        json.begin_object()?;
        while json.has_next()? {
            let ours = json.next_name()? == self.member;
            if ours && taken.is_none() && json.peek()? == ValueType::String {
                taken = Some(self.read_content(json.next_string_reader()?, consume)?);
            } else {
                json.skip_value()?;
            }
        }
        json.end_object()?;
        Ok(taken)
    }

    fn read_content<T>(&self, wrapped: impl Read, consume: &mut Consume<T>) -> Result<T, Failure> {
        let mut content = content::unwrap(wrapped, self.max).map_err(failed_read)?;
        let taken = consume(&mut content).map_err(Failure::Other)?;
        // Whatever the consumer left, the checksum stands at the end.
        io::copy(&mut content, &mut io::sink()).map_err(failed_read)?;
        Ok(taken)
    }
}

/// The words for a failed read of the content, for whoever consumes it.
pub fn unreadable(error: &io::Error) -> Error {
    let error_of = |fault: &Fault| {
        let error = errors::malformed(fault, b"");
        fault
            .hint
            .into_iter()
            .fold(error, |error, hint| error.hint(hint))
    };
    Fault::of(error).map_or_else(|| errors::malformed(error, b""), error_of)
}

/// How reading an answer ended that gave nothing.
enum Failure {
    Json(ReaderError),
    Content(Fault),
    /// The answer is as it should be, and the content is not in it.
    Missing,
    Other(Error),
}

impl From<ReaderError> for Failure {
    fn from(error: ReaderError) -> Self {
        Failure::Json(error)
    }
}

fn failed_read(error: io::Error) -> Failure {
    match Fault::of(&error) {
        Some(fault) => Failure::Content(fault.clone()),
        None => Failure::Other(unreadable(&error)),
    }
}

fn is_ok(status: &str) -> bool {
    status.eq_ignore_ascii_case("ok")
}

fn reader<R: Read>(source: R) -> JsonStreamReader<R> {
    let settings = ReaderSettings {
        track_path: false,
        ..ReaderSettings::default()
    };
    JsonStreamReader::new_custom(source, settings)
}

/// A short value as text; what is beyond [`MAX_TEXT`] is read and dropped.
fn scalar<R: Read>(json: &mut JsonStreamReader<R>) -> Result<String, Failure> {
    match json.peek()? {
        ValueType::String => {
            let mut string = json.next_string_reader()?;
            let mut bytes = Vec::new();
            let read = string.by_ref().take(MAX_TEXT).read_to_end(&mut bytes);
            read.map_err(failed_read)?;
            io::copy(&mut string, &mut io::sink()).map_err(failed_read)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        ValueType::Number => Ok(json.next_number_as_string()?),
        ValueType::Boolean => Ok(json.next_bool()?.to_string()),
        _ => {
            json.skip_value()?;
            Ok(String::new())
        }
    }
}

fn json_words(error: &ReaderError) -> String {
    match error {
        ReaderError::SyntaxError(error) if error.kind == SyntaxErrorKind::IncompleteDocument => {
            "bad JSON: it is cut off".to_string()
        }
        ReaderError::SyntaxError(_) => "it is not JSON".to_string(),
        ReaderError::UnexpectedValueType { .. } => "it is not a JSON object".to_string(),
        error => format!("bad JSON: {error}"),
    }
}

/// Keeps the beginning of an answer, to show when it turns out to be unusable.
struct Remembered<R> {
    inner: R,
    beginning: Vec<u8>,
}

impl<R> Remembered<R> {
    fn new(inner: R) -> Self {
        Remembered {
            inner,
            beginning: Vec::new(),
        }
    }
}

impl<R: Read> Read for Remembered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let missing = (text::MAX_QUOTED * 4).saturating_sub(self.beginning.len());
        self.beginning
            .extend_from_slice(&buffer[..read.min(missing)]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str) -> Result<String> {
        let master = Master {
            member: "master_ioc",
            max: 1 << 20,
        };
        master.read(answer.as_bytes(), &mut |content| {
            let mut text = String::new();
            let read = content.read_to_string(&mut text);
            read.map_err(|error| unreadable(&error))?;
            Ok(text)
        })
    }

    #[test]
    fn the_content_is_found_wherever_it_stands() {
        for answer in [
            r#"{"status":"ok","status_msg":"","return_data":{"master_ioc":"a,b"}}"#,
            r#"{"return_data":{"x":[{}],"master_ioc":"a,b","count":1},"more":{"a":[1]},"status":"OK"}"#,
            r#" {"status":"ok","return_data":"{\"master_ioc\":\"a,b\"}"} "#,
            r#"{"status":"ok","return_data":"a,b","status_msg":null}"#,
            r#"{"status":"ok","return_data":{"master_ioc":"YSxi"}}"#,
        ] {
            assert_eq!(read(answer).unwrap(), "a,b", "{answer}");
        }
    }

    #[test]
    fn what_is_unusable_is_said_with_the_beginning_of_the_answer() {
        for (answer, message) in [
            ("", "the answer is unusable: bad JSON: it is cut off"),
            (
                "<html>Sign in</html>",
                "the answer is unusable: it is not JSON",
            ),
            ("[]", "the answer is unusable: it is not a JSON object"),
            (
                r#"{"status":"ok","return_data":{"master_ioc":"YSxi"#,
                "the answer is unusable: bad JSON: it is cut off",
            ),
            (
                r#"{"status":"ok","return_data":{"master_ioc":"YSxi"}"#,
                "the answer is unusable: bad JSON: it is cut off",
            ),
            (
                r#"{"status":"ok","return_data":{"master_ioc":"YSxi"}}x"#,
                "the answer is unusable: it is not JSON",
            ),
            (
                r#"{"status":"ok","return_data":{"master_yara":"YSxi"}}"#,
                "the answer is unusable: it has no master_ioc",
            ),
            (
                r#"{"status":"ok","return_data":null}"#,
                "the answer is unusable: it has no master_ioc",
            ),
            (
                r#"{"status":"ok","return_data":{"master_ioc":null}}"#,
                "the answer is unusable: it has no master_ioc",
            ),
            (
                r#"{"status":"ok","return_data":{"master_ioc":"H4sIAAAA"}}"#,
                "the answer is unusable: bad gzip: it is cut off",
            ),
        ] {
            let error = read(answer).unwrap_err();
            assert_eq!(error.message, message, "{answer}");
            assert_eq!(error.kind, Kind::Service);
        }
        let error = read("<html>Sign in</html>").unwrap_err();
        assert_eq!(error.causes, ["it begins with \"<html>Sign in</html>\""]);
    }

    #[test]
    fn a_status_that_is_not_ok_is_an_error_wherever_it_stands() {
        for answer in [
            r#"{"status":"error","status_msg":"no licence","return_data":null}"#,
            r#"{"return_data":{"master_ioc":"a,b"},"status_msg":"no licence","status":"error"}"#,
        ] {
            let error = read(answer).unwrap_err();
            assert_eq!(
                error.causes,
                ["\"no licence\" (status \"error\")"],
                "{answer}"
            );
        }
        assert!(read(r#"{"return_data":{"master_ioc":"a,b"}}"#).is_err());
    }

    #[test]
    fn a_long_message_is_not_held() {
        let answer = format!(
            r#"{{"status":"no","status_msg":"{}"}}"#,
            "x".repeat(1 << 20)
        );
        assert!(read(&answer).unwrap_err().causes[0].len() < 5000);
    }
}
