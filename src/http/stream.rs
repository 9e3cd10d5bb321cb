//! An answer that is read as it comes: of any size, in flat memory.

use std::io::{self, Read};
use std::time::Instant;

use url::Url;

use crate::console::{Progress, Reporter, Waiting, Weight};
use crate::error::Error;

use super::Response;
use super::driver::Driver;
use super::failure::{self, Failure, Nature};

/// What came back: an answer to be read as it comes, or a refusal that is here whole.
pub enum Opened<'a> {
    Stream(Box<Stream<'a>>),
    Refused(Response),
}

impl Opened<'_> {
    pub(super) fn refusal(&self) -> Option<&Response> {
        match self {
            Opened::Stream(_) => None,
            Opened::Refused(response) => Some(response),
        }
    }
}

/// The body of an answer. It may take as long as it
/// comes: `--timeout` is the longest wait without a byte.
pub struct Stream<'a> {
    body: Body,
    url: Url,
    encoding: Option<String>,
    /// Bytes that the service announced.
    total: Option<u64>,
    done: u64,
    max: u64,
    started: Instant,
    failure: Option<Failure>,
    notes: &'a dyn Reporter,
    /// Until there is progress to show.
    waiting: Option<Waiting<'a>>,
}

/// Progress is told of as often.
const STEP: u64 = 64 * 1024;

/// Pieces of a body as they come.
pub(super) struct Body {
    received: reqwest::Response,
    driver: Driver,
    piece: Vec<u8>,
    /// How much of the piece was handed on.
    at: usize,
}

impl Body {
    pub fn new(received: reqwest::Response, driver: Driver) -> Self {
        Body {
            received,
            driver,
            piece: Vec::new(),
            at: 0,
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> reqwest::Result<usize> {
        while self.at == self.piece.len() {
            let Some(piece) = self.driver.wait(self.received.chunk())? else {
                return Ok(0);
            };
            self.piece.clear();
            self.piece.extend_from_slice(&piece);
            self.at = 0;
        }
        let read = buffer.len().min(self.piece.len() - self.at);
        buffer[..read].copy_from_slice(&self.piece[self.at..self.at + read]);
        self.at += read;
        Ok(read)
    }
}

impl<'a> Stream<'a> {
    pub(super) fn new(
        body: Body,
        url: &Url,
        max: u64,
        started: Instant,
        notes: &'a dyn Reporter,
        waiting: Waiting<'a>,
    ) -> Self {
        Stream {
            total: body.received.content_length(),
            encoding: body
                .received
                .headers()
                .get("content-encoding")
                .map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned()),
            body,
            url: url.clone(),
            done: 0,
            max,
            started,
            failure: None,
            notes,
            waiting: Some(waiting),
        }
    }

    /// Its `Content-Encoding`.
    pub fn encoding(&self) -> Option<&str> {
        self.encoding.as_deref()
    }

    /// What the network did to the body, if it did anything. Whoever decodes the body sees only
    /// a failed read, and it comes back in the decoder's own words; this is the reason.
    pub fn failure(&self) -> Option<Error> {
        self.failure.as_ref().map(|failure| failure.error.clone())
    }

    /// Whether what the network did may not happen again.
    pub fn may_pass(&self) -> bool {
        self.failure
            .as_ref()
            .is_some_and(|failure| failure.nature == Nature::Passing)
    }

    fn fail(&mut self, failure: Failure) -> io::Error {
        self.failure = Some(failure);
        io::Error::other("the answer broke off")
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Err(io::Error::other("the answer broke off"));
        }
        let read = match self.body.read(buffer) {
            Ok(read) => read,
            Err(error) => {
                let failure = failure::of_body(error, &self.url);
                return Err(self.fail(failure));
            }
        };
        let before = self.done / STEP;
        self.done += read as u64;
        if self.done > self.max {
            let too_large = failure::too_large(self.max);
            return Err(self.fail(too_large));
        }
        if self.done / STEP > before {
            self.waiting = None;
            let (done, total) = (self.done, self.total);
            self.notes.progress(Some(&Progress::Bytes { done, total }));
        }
        Ok(read)
    }
}

impl Drop for Stream<'_> {
    fn drop(&mut self) {
        self.notes.progress(None);
        let (size, ms) = (self.done, self.started.elapsed().as_millis());
        self.notes
            .say(Weight::Trace, &format!("<   {size} bytes in {ms} ms"));
    }
}
