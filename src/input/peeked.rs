//! A stream whose beginning tells what it is.

use std::io::{self, Read};

/// So many bytes are looked at, at most.
const HEAD: usize = 4096;

/// Gives all of a stream, of whose beginning something is known. What fails there fails again where
/// it stands: nothing before it is lost.
pub(super) struct Peeked<R> {
    head: Vec<u8>,
    given: usize,
    failed: Option<io::Error>,
    rest: R,
}

impl<R: Read> Peeked<R> {
    /// Looks at all that the stream gives at once. What it gives piece by piece is read until that
    /// `tells` enough; no more is waited for.
    pub fn new(mut stream: R, tells: impl Fn(&[u8]) -> bool) -> Self {
        let mut head = vec![0; HEAD];
        let mut length = 0;
        let mut failed = None;
        while length < HEAD && failed.is_none() && !tells(&head[..length]) {
            match stream.read(&mut head[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => failed = Some(error),
            }
        }
        head.truncate(length);
        Peeked {
            head,
            given: 0,
            failed,
            rest: stream,
        }
    }

    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Takes so many bytes off its beginning.
    pub fn skip(&mut self, bytes: usize) {
        self.given = bytes;
    }
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = &self.head[self.given..];
        if !left.is_empty() {
            let read = left.read(buffer)?;
            self.given += read;
            return Ok(read);
        }
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}
