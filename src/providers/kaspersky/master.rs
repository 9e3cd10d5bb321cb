//! A master file out of its answer, `{"status", "status_msg", "return_data": {MEMBER: "…"}}`,
//! read as it comes. Keys come in any order; the content is handed on before the answer ends.

use std::io::{self, Read};

use struson::reader::{
    JsonReader, JsonStreamReader, ReaderError, ReaderSettings, SyntaxErrorKind, ValueType,
};

use crate::error::{Error, Kind, Result};
use crate::http::answer::{self, NoAnswer};
use crate::http::{Client, Mended, Opened, Request};
use crate::output::Output;
use crate::redact::Redactor;

use super::content::{self, Fault};
use super::errors;

/// Longest `status` and `status_msg` that are kept.
const MAX_TEXT: u64 = 4096;

/// What is beside the content is skipped, however deeply it is nested; within reason, as each level
/// takes room.
const MAX_DEPTH: u32 = 1 << 20;

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

/// What content is handed on to.
pub trait Receiver {
    /// Takes back everything that was handed in. Says whether that could be done.
    ///
    /// # Errors
    /// A failed write.
    fn restart(&mut self) -> Result<bool>;

    /// How many bytes of content came in all.
    fn given(&mut self, _bytes: u64) {}

    /// What the portal sent in place of content.
    ///
    /// # Errors
    /// A failed write.
    fn refused(&mut self, body: &[u8]) -> Result<()>;
}

impl Receiver for Output {
    fn restart(&mut self) -> Result<bool> {
        Output::restart(self)
    }

    fn given(&mut self, bytes: u64) {
        Output::given(self, bytes);
    }

    fn refused(&mut self, body: &[u8]) -> Result<()> {
        self.raw(body)
    }
}

/// Reads the content of the file and hands it to the sink; what it leaves is read all the same, and
/// after a download that broke off it is called once more, from the beginning.
pub type Consume<'a, T, O> = dyn FnMut(&mut dyn Read, &mut O) -> Result<T> + 'a;

type Take<'a, T> = dyn FnMut(&mut dyn Read) -> Result<T> + 'a;

impl Master {
    /// Asks for the file and reads it. What it returns holds only for an answer that is whole.
    /// One that broke off is asked for again, where `out` can take back what it was given.
    pub fn fetch<T, O: Receiver>(
        &self,
        client: &Client<'_>,
        request: &Request,
        redactor: &Redactor,
        out: &mut O,
        consume: &mut Consume<T, O>,
    ) -> Result<T> {
        let mut attempt = 0;
        loop {
            let mut stream = match client.open(&|_| Ok(request.clone()))? {
                Opened::Stream(stream) => stream,
                Opened::Refused(response) => {
                    out.refused(&response.body)?;
                    let error = errors::refusal(&response, redactor);
                    return Err(answer::scrubbed(error, redactor));
                }
            };
            let encoding = stream.encoding().map(str::to_string);
            let read = self.read(&mut stream, encoding.as_deref(), redactor, &mut |content| {
                let mut content = Counted {
                    inner: content,
                    bytes: 0,
                };
                let taken = consume(&mut content, out)?;
                out.given(content.bytes);
                Ok(taken)
            });
            let error = match read {
                Ok(taken) => return Ok(taken),
                Err(error) => error,
            };
            // A failed write is told as it is; else the network knows best.
            let Some(failure) = stream.failure().filter(|_| error.kind == Kind::Service) else {
                return Err(error);
            };
            if !stream.may_pass() || !out.restart()? || !client.may_try_again(attempt, &failure) {
                return Err(failure);
            }
            attempt += 1;
        }
    }

    /// Reads an answer and hands its content to `take`.
    pub fn read<T>(
        &self,
        answer: impl Read,
        encoding: Option<&str>,
        redactor: &Redactor,
        take: &mut Take<T>,
    ) -> Result<T> {
        let mut answer = Remembered {
            inner: answer,
            beginning: Vec::new(),
        };
        let read = self.read_envelope(&mut answer, take);
        let head = &answer.beginning;
        let error = match read {
            Ok(taken) => return Ok(taken),
            Err(Failure::Json(error)) => {
                let no_answer = NoAnswer::of(head, encoding);
                errors::malformed(no_answer.map_or_else(|| json_words(&error), |no| no.to_string()))
            }
            Err(Failure::Other(error)) => error,
        };
        // Whoever consumes the content does not see the answer.
        Err(
            match error.kind == Kind::Service && error.causes.is_empty() {
                true => errors::beginning_with(error, head, redactor),
                false => answer::scrubbed(error, redactor),
            },
        )
    }

    fn read_envelope<T>(&self, answer: &mut dyn Read, take: &mut Take<T>) -> Result<T, Failure> {
        let mut json = reader(Mended::new(answer));
        let (mut status, mut message, mut taken) = (None, String::new(), None);
        json.begin_object()?;
        while json.has_next()? {
            match json.next_name_owned()?.as_str() {
                "status" => status = Some(scalar(&mut json)?),
                "status_msg" => message = scalar(&mut json)?,
                // What is not ok has nothing to read; its message may still come.
                "return_data" if status.as_deref().is_none_or(is_ok) => {
                    taken = self.read_data(&mut json, take)?;
                }
                _ => json.skip_value()?,
            }
        }
        json.end_object()?;
        json.consume_trailing_whitespace()?;
        match status.as_deref() {
            Some(status) if is_ok(status) => {
                let missing = || errors::malformed(format!("it has no {}", self.member));
                taken.ok_or_else(|| Failure::Other(missing()))
            }
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
        take: &mut Take<T>,
    ) -> Result<Option<T>, Failure> {
        match json.peek()? {
            ValueType::Object => self.read_member(json, take),
            ValueType::String => {
                let mut string = json.next_string_reader()?;
                let mut first = [0];
                if string.read(&mut first).map_err(failed_read)? == 0 {
                    return Ok(None);
                }
                let mut string: Box<dyn Read + '_> = Box::new(first.chain(string));
                if first != *b"{" {
                    return self.read_content(string, take).map(Some);
                }
                let mut inner = reader(&mut string);
                let taken = self.read_member(&mut inner, take)?;
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
        take: &mut Take<T>,
    ) -> Result<Option<T>, Failure> {
        let mut taken = None;
        json.begin_object()?;
        while json.has_next()? {
            let ours = json.next_name()? == self.member;
            if ours && taken.is_none() && json.peek()? == ValueType::String {
                taken = Some(self.read_content(json.next_string_reader()?, take)?);
            } else {
                json.skip_value()?;
            }
        }
        json.end_object()?;
        Ok(taken)
    }

    fn read_content<T>(&self, wrapped: impl Read, take: &mut Take<T>) -> Result<T, Failure> {
        let mut content = content::unwrap(wrapped, self.max).map_err(failed_read)?;
        let taken = take(&mut content).map_err(Failure::Other)?;
        // Whatever the consumer left, the checksum stands at the end.
        io::copy(&mut content, &mut io::sink()).map_err(failed_read)?;
        Ok(taken)
    }
}

/// The words for a failed read of the content, for whoever consumes it.
pub fn unreadable(error: &io::Error) -> Error {
    let malformed = errors::malformed(error);
    match Fault::of(error).and_then(Fault::hint) {
        Some(hint) => malformed.hint(hint),
        None => malformed,
    }
}

/// How reading an answer ended that gave nothing.
enum Failure {
    Json(ReaderError),
    Other(Error),
}

impl From<ReaderError> for Failure {
    fn from(error: ReaderError) -> Self {
        Failure::Json(error)
    }
}

fn failed_read(error: io::Error) -> Failure {
    Failure::Other(unreadable(&error))
}

fn is_ok(status: &str) -> bool {
    status.eq_ignore_ascii_case("ok")
}

fn reader<R: Read>(source: R) -> JsonStreamReader<R> {
    let settings = ReaderSettings {
        track_path: false,
        max_nesting_depth: Some(MAX_DEPTH),
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

impl<R: Read> Read for Remembered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let missing = answer::MAX_HEAD.saturating_sub(self.beginning.len());
        self.beginning
            .extend_from_slice(&buffer[..read.min(missing)]);
        Ok(read)
    }
}

/// Counts what the portal gave, before anything is made of it.
struct Counted<'a> {
    inner: &'a mut dyn Read,
    bytes: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
