//! Content as the portal wraps it: base64 of gzip, base64 alone, or plain (contract:
//! kaspersky.md, "Answer"). Each is told by its first bytes and unwrapped as it is read.

use std::io::{self, Cursor, Read};

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::read::DecoderReader;
use flate2::read::MultiGzDecoder;
use struson::reader::{JsonSyntaxError, SyntaxErrorKind};

/// Why content cannot be had, in words for an error.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    what: String,
    /// What the user can do about it.
    pub hint: Option<&'static str>,
}

impl Fault {
    fn new(what: impl Into<String>) -> Self {
        Fault {
            what: what.into(),
            hint: None,
        }
    }

    /// The fault that a failed read was about, if it was one of these.
    pub fn of(error: &io::Error) -> Option<&Fault> {
        error.get_ref()?.downcast_ref()
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, fault)
    }
}

/// Padding may be left out; what is cut off shows all the same, in the length or in the gzip.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// So many characters tell base64 from plain text: rules and rows have blanks, commas or braces.
const HEAD: usize = 512;

/// The content of `wrapped`, unwrapped; at most `max` bytes of it, more is an error.
pub fn unwrap<'a>(wrapped: impl Read + 'a, max: u64) -> io::Result<Box<dyn Read + 'a>> {
    let (head, wrapped) = peek(Layer::new("JSON", wrapped), HEAD)?;
    let content: Box<dyn Read + 'a> = match is_base64(&head) {
        false => Box::new(wrapped),
        true => {
            let decoder = DecoderReader::new(WithoutBlanks(wrapped), &BASE64);
            let (magic, decoded) = peek(Layer::new("base64", decoder), 2)?;
            match magic[..] {
                [0x1f, 0x8b] => Box::new(Layer::new("gzip", MultiGzDecoder::new(decoded))),
                _ => Box::new(decoded),
            }
        }
    };
    Ok(Box::new(Capped {
        inner: content,
        left: max,
        max,
    }))
}

/// How base64 of gzip begins.
const GZIP: &[u8] = b"H4sI";

fn is_base64(head: &[u8]) -> bool {
    // Damaged further on, it is still that, and not text.
    if head.starts_with(GZIP) {
        return true;
    }
    let known = |byte: &u8| {
        byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=".contains(byte)
    };
    !head.is_empty() && head.iter().all(known)
}

type Peeked<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The first bytes, and a reader that still gives them.
fn peek<R: Read>(mut reader: R, length: usize) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut head = Vec::with_capacity(length);
    reader.by_ref().take(length as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(reader)))
}

/// Leaves out line breaks, which base64 in the manner of MIME has.
struct WithoutBlanks<R>(R);

impl<R: Read> Read for WithoutBlanks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(buffer)?;
            let text = &mut buffer[..read];
            if !text.iter().any(u8::is_ascii_whitespace) {
                return Ok(read);
            }
            let mut kept = 0;
            for at in 0..read {
                if !text[at].is_ascii_whitespace() {
                    text[kept] = text[at];
                    kept += 1;
                }
            }
            // Nothing kept is not the end.
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// A failed read says in which wrapping it failed: the innermost that noticed.
struct Layer<R> {
    name: &'static str,
    inner: R,
}

impl<R> Layer<R> {
    fn new(name: &'static str, inner: R) -> Self {
        Layer { name, inner }
    }
}

impl<R: Read> Read for Layer<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted || Fault::of(&error).is_some() {
                return error;
            }
            let what = match is_cut_off(&error) {
                true => "it is cut off".to_string(),
                false => error.to_string(),
            };
            Fault::new(format!("bad {}: {what}", self.name)).into()
        })
    }
}

fn is_cut_off(error: &io::Error) -> bool {
    let syntax = error
        .get_ref()
        .and_then(|error| error.downcast_ref::<JsonSyntaxError>());
    error.kind() == io::ErrorKind::UnexpectedEof
        || syntax.is_some_and(|error| error.kind == SyntaxErrorKind::IncompleteDocument)
}

/// Gives `max` bytes; one more is an error.
struct Capped<R> {
    inner: R,
    left: u64,
    max: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => Err(Fault {
                hint: Some("if that is right, raise --max-size or the setting max_size"),
                ..Fault::new(format!("unpacked, it is larger than {} bytes", self.max))
            }
            .into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use base64::Engine;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn read(wrapped: &str, max: u64) -> Result<Vec<u8>, String> {
        let mut content = Vec::new();
        unwrap(wrapped.as_bytes(), max)
            .and_then(|mut reader| reader.read_to_end(&mut content))
            .map_err(|error| error.to_string())?;
        Ok(content)
    }

    const ROWS: &[u8] = b"id,publication,indicator\n1,'A, b',evil.example\n";

    #[test]
    fn every_wrapping_is_told_and_taken_off() {
        let packed = BASE64.encode(gzip(ROWS));
        let in_lines: String = packed
            .as_bytes()
            .chunks(20)
            .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
            .collect();
        let two_members = BASE64.encode([gzip(&ROWS[..10]), gzip(&ROWS[10..])].concat());
        for wrapped in [
            packed.clone(),
            packed.trim_end_matches('=').to_string(),
            in_lines,
            two_members,
            BASE64.encode(ROWS),
            String::from_utf8(ROWS.to_vec()).unwrap(),
        ] {
            assert_eq!(read(&wrapped, 1000).as_deref(), Ok(ROWS), "{wrapped}");
        }
        assert_eq!(read("", 10), Ok(Vec::new()));
    }

    #[test]
    fn damage_is_named_after_the_wrapping_it_is_in() {
        let packed = gzip(&ROWS.repeat(100));
        let mut flipped = packed.clone();
        let last = flipped.len() - 6;
        flipped[last] ^= 1;
        for (wrapped, what) in [
            (
                format!("{}!!!!", BASE64.encode(&packed).repeat(9)),
                "bad base64: ",
            ),
            (
                format!("{}!", &BASE64.encode(&packed)[..40]),
                "bad base64: ",
            ),
            (BASE64.encode(&flipped), "bad gzip: "),
            (
                BASE64.encode(&packed[..packed.len() - 20]),
                "bad gzip: it is cut off",
            ),
            (
                BASE64.encode([&packed[..], b"rubbish"].concat()),
                "bad gzip: ",
            ),
        ] {
            let error = read(&wrapped, 1 << 20).unwrap_err();
            assert!(error.starts_with(what), "{error}");
        }
    }

    #[test]
    fn a_bomb_ends_at_the_cap() {
        let bomb = BASE64.encode(gzip(&vec![b'a'; 10 << 20]));
        assert_eq!(
            read(&bomb, 1 << 20).unwrap_err(),
            "unpacked, it is larger than 1048576 bytes"
        );
        assert_eq!(read(&bomb, 10 << 20).unwrap().len(), 10 << 20);
    }
}
