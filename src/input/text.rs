//! Files as UTF-8, whatever they were written in.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use crate::document::{Mark, UTF_32};

/// Bytes that are looked at to tell UTF-16.
pub const HEAD: usize = 4096;

/// The encoding of that name, as the web and editors call it (`gbk`, `utf-16le`, `latin1`).
pub(super) fn encoding(label: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(label.as_bytes())
        .ok_or_else(|| "expected the name of an encoding, like gbk, shift_jis or utf-16le".into())
}

/// The beginning of a stream, `most` bytes of it at most. What it gives piece by piece is read
/// until it `tells` enough; no more is waited for.
///
/// # Errors
/// A failed read.
pub fn head(
    stream: &mut impl Read,
    most: usize,
    tells: impl Fn(&[u8]) -> bool,
) -> io::Result<Vec<u8>> {
    let mut head = vec![0; most];
    let mut length = 0;
    while length < most && !tells(&head[..length]) {
        match stream.read(&mut head[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    head.truncate(length);
    Ok(head)
}

/// Reads UTF-16 by its byte-order mark, takes that of UTF-8 off, decodes what is said to be in
/// another encoding, and passes everything else on as it is. What looks like UTF-16 and has no
/// mark is a read that fails.
pub struct Utf8<R> {
    inner: R,
    asked: Option<&'static Encoding>,
    decoder: Option<Decoder>,
    /// Bytes that were read, and how far they have been handed on.
    ready: Vec<u8>,
    at: usize,
    begun: bool,
    ended: bool,
}

impl<R: Read> Utf8<R> {
    pub fn new(inner: R, asked: Option<&'static Encoding>) -> Self {
        Utf8 {
            inner,
            asked,
            decoder: None,
            ready: Vec::new(),
            at: 0,
            begun: false,
            ended: false,
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        self.begun = true;
        // A mark has three bytes at most; a terminal gives a line at a time.
        let mut head = head(&mut self.inner, HEAD, |head| head.len() >= 3)?;
        let encoding = match Mark::of(&head) {
            Mark::Of(encoding, length) => {
                head.drain(..length);
                Some(encoding)
            }
            Mark::MissingUtf16(encoding) if self.asked.is_none() => {
                return Err(no_mark(encoding));
            }
            Mark::Utf32 => return Err(utf32()),
            Mark::MissingUtf16(_) | Mark::None => self.asked,
        };
        self.decoder = encoding
            .filter(|encoding| *encoding != UTF_8)
            .map(Encoding::new_decoder_without_bom_handling);
        self.ready = self.decoded(&head, false);
        Ok(())
    }

    fn decoded(&mut self, bytes: &[u8], last: bool) -> Vec<u8> {
        let Some(decoder) = &mut self.decoder else {
            return bytes.to_vec();
        };
        let room = decoder.max_utf8_buffer_length(bytes.len());
        let mut text = String::with_capacity(room.unwrap_or(bytes.len() * 4));
        let (result, ..) = decoder.decode_to_string(bytes, &mut text, last);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        text.into_bytes()
    }
}

pub(super) fn no_mark(encoding: &'static Encoding) -> io::Error {
    let name = encoding.name().to_ascii_lowercase();
    let said =
        format!("it looks like UTF-16 without a byte-order mark: --encoding {name} reads it");
    io::Error::new(io::ErrorKind::InvalidData, said)
}

pub(super) fn utf32() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, UTF_32)
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.begun {
            self.begin()?;
        }
        while self.at == self.ready.len() && !self.ended {
            let mut chunk = vec![0; 64 * 1024];
            let read = self.inner.read(&mut chunk)?;
            self.ended = read == 0;
            self.ready = self.decoded(&chunk[..read], self.ended);
            self.at = 0;
        }
        let mut left = &self.ready[self.at..];
        let read = left.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(bytes: &[u8], asked: Option<&str>) -> String {
        let asked = asked.map(|label| encoding(label).unwrap());
        let mut text = String::new();
        match Utf8::new(bytes, asked).read_to_string(&mut text) {
            Ok(_) => text,
            Err(error) => error.to_string(),
        }
    }

    fn utf16(text: &str, swap: bool) -> Vec<u8> {
        let bytes = |unit: u16| match swap {
            true => unit.to_be_bytes(),
            false => unit.to_le_bytes(),
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn files_say_what_they_are_written_in() {
        let text = "evil.com # 恶意\r\n";
        assert_eq!(read(&utf16(&format!("\u{feff}{text}"), false), None), text);
        assert_eq!(read(&utf16(&format!("\u{feff}{text}"), true), None), text);
        assert_eq!(read(&utf16(text, false), Some("utf-16le")), text);
        assert!(read(&utf16(text, false), None).contains("--encoding utf-16le"));
        assert!(read(&utf16(text, true), None).contains("--encoding utf-16be"));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes(), None), text);
        assert_eq!(read(text.as_bytes(), None), text);
        assert_eq!(read(b"\xb6\xf1\xd2\xe2", Some("gbk")), "恶意");
        let utf32: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert!(read(&utf32, None).contains("iconv -f UTF-32"));
        assert_eq!(read(b"", None), "");
        assert!(encoding("rubbish").is_err());
    }
}
