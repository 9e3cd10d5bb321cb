//! Content as the portal wraps it: base64 of gzip, base64 alone, or plain (contract:
//! kaspersky.md, "Answer"). Each is told by its first bytes and unwrapped as it is read.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::read::DecoderReader;
use flate2::bufread::GzDecoder;
use struson::reader::{JsonSyntaxError, SyntaxErrorKind};

/// Why content cannot be had, in words for an error.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    what: String,
    /// Whether it is as it should be, and more than was allowed.
    pub too_large: bool,
}

impl Fault {
    fn new(what: impl Into<String>) -> Self {
        Fault {
            what: what.into(),
            too_large: false,
        }
    }

    /// What the user of a master file can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        let hint = "if that is right, raise --max-size or the setting max_size";
        self.too_large.then_some(hint)
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

/// So many characters tell base64 from plain text.
const HEAD: usize = 512;

/// The content of `wrapped`, unwrapped; at most `max` bytes of it, more is an error.
pub fn unwrap<'a>(wrapped: impl Read + 'a, max: u64) -> io::Result<Box<dyn Read + 'a>> {
    let (head, wrapped) = peek(Layer("JSON", wrapped), HEAD)?;
    let content: Box<dyn Read + 'a> = match is_base64(&head) {
        false => Box::new(wrapped),
        true => {
            let decoder = DecoderReader::new(WithoutBlanks(wrapped), &BASE64);
            let (magic, decoded) = peek(Layer("base64", decoder), 2)?;
            match magic == GZIP {
                true => Box::new(Layer("gzip", Members::new(decoded))),
                false => Box::new(decoded),
            }
        }
    };
    Ok(Box::new(capped(content, max)))
}

/// The first `max` bytes of what is not wrapped in anything; more is an error.
pub fn capped(inner: impl Read, max: u64) -> impl Read {
    Capped {
        inner,
        left: max,
        max,
    }
}

/// How gzip begins, and base64 of it.
const GZIP: [u8; 2] = [0x1f, 0x8b];
const PACKED: &[u8] = b"H4sI";

/// So many characters of the alphabet without a blank are no words.
const NO_WORDS: usize = 48;

/// Whether a text that begins so is base64: its alphabet, its length where all of it is here, and
/// what comes out of it make sense. `N/A` and `None` are words.
fn is_base64(head: &[u8]) -> bool {
    // Damaged further on, it is still that, and not text.
    if head.starts_with(PACKED) {
        return true;
    }
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let text: Vec<u8> = head
        .trim_ascii()
        .iter()
        .copied()
        .filter(|byte| !is_break(byte))
        .collect();
    // What stands behind the head may end the last group of four.
    let is_whole = head.len() < HEAD;
    let text = match is_whole {
        true => &text[..],
        false => &text[..text.len() / 4 * 4],
    };
    if text.iter().all(u8::is_ascii_hexdigit) || is_word(text) {
        return false;
    }
    // Nobody leaves the padding out of a few characters: that is a word.
    let is_long = text.len() >= NO_WORDS;
    let sense = |decoded: Vec<u8>| is_long || makes_sense(&decoded, is_whole);
    (is_long || text.len().is_multiple_of(4)) && BASE64.decode(text).is_ok_and(sense)
}

/// `None`, `unknown`, `NONE`: of four letters or eight, some come out as text.
fn is_word(text: &[u8]) -> bool {
    let rest = text.get(1..).unwrap_or_default();
    text.len() < NO_WORDS
        && text.iter().all(u8::is_ascii_alphabetic)
        && (rest.iter().all(u8::is_ascii_lowercase) || text.iter().all(u8::is_ascii_uppercase))
}

/// Whether these bytes are something that a report is made of, or the beginning of it.
fn makes_sense(decoded: &[u8], is_whole: bool) -> bool {
    let known: [&[u8]; 3] = [&GZIP, b"%PDF", b"PK\x03\x04"];
    let is_text = |text: &str| {
        let odd = |c: char| c.is_control() && !c.is_ascii_whitespace();
        !text.is_empty() && !text.contains(odd)
    };
    let text = match std::str::from_utf8(decoded) {
        Ok(text) => text,
        // A character is cut off where the head ends.
        Err(error) if error.error_len().is_none() && !is_whole => {
            std::str::from_utf8(&decoded[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => "",
    };
    known.iter().any(|magic| decoded.starts_with(magic)) || is_text(text)
}

type Peeked<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The first bytes, and a reader that still gives them.
fn peek<R: Read>(mut reader: R, length: usize) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut head = Vec::with_capacity(length);
    reader.by_ref().take(length as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(reader)))
}

/// The members of a gzip file, one after the other. What pads the last one (zeros, as on tapes, or
/// blanks) is no member and no damage.
struct Members<R> {
    /// `None` at the end.
    member: Option<GzDecoder<BufReader<R>>>,
}

impl<R: Read> Members<R> {
    fn new(packed: R) -> Self {
        let packed = BufReader::with_capacity(1 << 15, packed);
        Members {
            member: Some(GzDecoder::new(packed)),
        }
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.member else {
                return Ok(0);
            };
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut rest) = self.member.take().map(GzDecoder::into_inner) else {
                return Ok(0);
            };
            if skip_padding(&mut rest)? {
                self.member = Some(GzDecoder::new(rest));
            }
        }
    }
}

/// Whether anything is left behind the padding.
fn skip_padding(rest: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = rest.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        let is_padding = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
        let padding = bytes.iter().take_while(|byte| is_padding(byte)).count();
        let all = padding == bytes.len();
        rest.consume(padding);
        if !all {
            return Ok(true);
        }
    }
}

/// Leaves out line breaks, which base64 in the manner of MIME has.
struct WithoutBlanks<R>(R);

impl<R: Read> Read for WithoutBlanks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(buffer)?;
            let text = &mut buffer[..read];
            // With no way out in the middle, many bytes are looked at in one step.
            let has_blank = |any, byte: &u8| any | byte.is_ascii_whitespace();
            if !text.iter().fold(false, has_blank) {
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
struct Layer<R>(&'static str, R);

impl<R: Read> Read for Layer<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted || Fault::of(&error).is_some() {
                return error;
            }
            let what = match is_cut_off(&error) {
                true => "it is cut off".to_string(),
                false => error.to_string(),
            };
            Fault::new(format!("bad {}: {what}", self.0)).into()
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
                too_large: true,
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
        let padded = |padding: &[u8]| BASE64.encode([&gzip(ROWS), padding].concat());
        let two_members = BASE64.encode([gzip(&ROWS[..10]), gzip(&ROWS[10..])].concat());
        for wrapped in [
            packed.clone(),
            packed.trim_end_matches('=').to_string(),
            in_lines,
            two_members,
            padded(b"\n"),
            padded(&[0; 600]),
            padded(b"\0\r\n "),
            format!("\n {packed}\n"),
            BASE64.encode(ROWS),
            String::from_utf8(ROWS.to_vec()).unwrap(),
        ] {
            assert_eq!(read(&wrapped, 1000).as_deref(), Ok(ROWS), "{wrapped}");
        }
        assert_eq!(read("", 10), Ok(Vec::new()));
    }

    #[test]
    fn words_are_no_base64_and_base64_is_no_word() {
        for plain in [
            "N/A",
            "None",
            "test",
            "none given",
            "No summary is available",
            "There is no executive summary",
            "Confidential",
            "Summary",
            "0123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "See+PDF=",
            "x64",
            "OldNew",
            "SEENew",
            "rule/a",
        ] {
            assert_eq!(
                read(plain, 1000).as_deref(),
                Ok(plain.as_bytes()),
                "{plain}"
            );
        }
        for content in [
            &b"a,b"[..],
            b"In short: nothing.\n",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
            b"PK\x03\x04\x14\0\x06\0",
            "要約".as_bytes(),
            &[0xd0, 0xcf, 0x11, 0xe0].repeat(100),
            &"é".repeat(999).into_bytes(),
        ] {
            let wrapped = BASE64.encode(content);
            assert_eq!(read(&wrapped, 2000).as_deref(), Ok(content), "{wrapped}");
        }
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
