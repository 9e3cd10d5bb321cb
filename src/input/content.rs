//! What is in files and streams, whatever they are packed with and written in.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use crate::document::{Mark, UTF_32};

use super::peeked::Peeked;
use super::unpack::unpacked;

/// So many bytes with a zero among them tell UTF-16 and UTF-32, where they do.
const ENOUGH: usize = 8;
/// So many tell that it is neither.
const PLENTY: usize = 256;
/// Bytes that are decoded at a time.
const CHUNK: usize = 64 * 1024;

/// The encoding of that name, as the web and editors call it (`gbk`, `utf-16le`, `latin1`).
pub(super) fn encoding(label: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(label.as_bytes())
        .ok_or_else(|| "expected the name of an encoding, like gbk, shift_jis or utf-16le".into())
}

/// What a file or a stream of the user's has in it: the one reader for all of them. Packings come
/// off; UTF-16 becomes UTF-8, and so does what is said to be in another encoding; the mark of UTF-8
/// goes. Everything else is passed on as it is: there are texts of any encoding, and of none.
///
/// Nothing is read before the first read, which fails for what cannot be read here: another
/// packing, UTF-32.
pub struct Content<'a> {
    stream: Box<dyn Read + Send + 'a>,
    asked: Option<&'static Encoding>,
    keeps_mark: bool,
    begun: bool,
    decoder: Option<Decoder>,
    ended: bool,
    /// What was decoded, and how far it has been handed on.
    ready: Vec<u8>,
    given: usize,
}

impl<'a> Content<'a> {
    /// `asked` is what it is said to be written in.
    pub fn new(stream: impl Read + Send + 'a, asked: Option<&'static Encoding>) -> Self {
        Content {
            stream: Box::new(stream),
            asked,
            keeps_mark: false,
            begun: false,
            decoder: None,
            ended: false,
            ready: Vec::new(),
            given: 0,
        }
    }

    /// The mark of UTF-8 stays, for whoever counts bytes or hands them on.
    pub fn keeping_mark(self) -> Self {
        Content {
            keeps_mark: true,
            ..self
        }
    }

    /// Whether it is written in something else than what comes out.
    ///
    /// # Errors
    /// It cannot be read here.
    pub fn is_decoded(&mut self) -> io::Result<bool> {
        self.begin()?;
        Ok(self.decoder.is_some())
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let packed = std::mem::replace(&mut self.stream, Box::new(io::empty()));
        let mut stream = Peeked::new(unpacked(packed)?, is_told);
        let (encoding, mark) = match Mark::of(stream.head()) {
            Mark::Utf32 => return Err(io::Error::new(io::ErrorKind::InvalidData, UTF_32)),
            // UTF-16 without a zero has neither a line end nor a dot.
            Mark::Of(encoding, length)
                if [Some(UTF_8), self.asked].contains(&Some(encoding))
                    || stream.head().contains(&0) =>
            {
                (Some(encoding), length)
            }
            Mark::MissingUtf16(encoding) => (self.asked.or(Some(encoding)), 0),
            Mark::None | Mark::Of(..) => (self.asked, 0),
        };
        let other = encoding.filter(|encoding| *encoding != UTF_8);
        if other.is_some() || !self.keeps_mark {
            stream.skip(mark);
        }
        self.decoder = other.map(Encoding::new_decoder_without_bom_handling);
        self.stream = Box::new(stream);
        Ok(())
    }
}

/// Whether enough of a text is there to tell how it is written: its first line, which nobody can
/// use before it is whole, and of UTF-16 all of its end.
fn is_told(head: &[u8]) -> bool {
    let is_marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let enough = match head.contains(&0) {
        true if Mark::of(head) == Mark::None => PLENTY,
        true => ENOUGH,
        false if is_marked => return false,
        false => 2,
    };
    head.len() >= enough && head.contains(&b'\n')
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.begin()?;
        let Some(decoder) = &mut self.decoder else {
            return self.stream.read(buffer);
        };
        while self.given == self.ready.len() && !self.ended {
            let mut chunk = vec![0; CHUNK];
            let read = self.stream.read(&mut chunk)?;
            self.ended = read == 0;
            let room = decoder.max_utf8_buffer_length(read);
            let mut text = String::with_capacity(room.unwrap_or(CHUNK * 4));
            let (result, ..) = decoder.decode_to_string(&chunk[..read], &mut text, self.ended);
            debug_assert_eq!(result, CoderResult::InputEmpty);
            (self.ready, self.given) = (text.into_bytes(), 0);
        }
        let read = (&self.ready[self.given..]).read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8], asked: Option<&str>) -> String {
        let asked = asked.map(|label| encoding(label).unwrap());
        let said = |content: Content<'_>| match io::read_to_string(content) {
            Ok(text) => text,
            Err(error) => error.to_string(),
        };
        let all = said(Content::new(bytes, asked));
        // Byte for byte, as a slow pipe gives it.
        let slow = bytes.iter().map(std::slice::from_ref);
        let slow = slow.fold(
            Box::new(io::empty()) as Box<dyn Read + Send>,
            |all, byte| Box::new(all.chain(byte)),
        );
        assert_eq!(said(Content::new(slow, asked)), all);
        all
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn files_say_what_they_are_written_in() {
        for text in [
            "evil.com # 恶意\r\n",
            "恶意evil.com\n8.8.8.8\n",
            "\nevil.com\n",
            "\r\n活动连接\r\n一 最 开 10.0.0.1\r\n",
            "\n恶意域\nevil.com\n",
        ] {
            for (bytes, name) in [
                (u16::to_le_bytes as fn(u16) -> [u8; 2], "utf-16le"),
                (u16::to_be_bytes, "utf-16be"),
            ] {
                assert_eq!(read(&utf16(&format!("\u{feff}{text}"), bytes), None), text);
                assert_eq!(read(&utf16(text, bytes), None), text);
                assert_eq!(read(&utf16(text, bytes), Some(name)), text);
            }
            assert_eq!(read(format!("\u{feff}{text}").as_bytes(), None), text);
            assert_eq!(read(text.as_bytes(), None), text);
            let utf32 = text.chars().flat_map(|c| u32::from(c).to_le_bytes());
            assert!(read(&utf32.collect::<Vec<_>>(), None).contains("iconv -f UTF-32"));
        }
        assert_eq!(read(b"\xb6\xf1\xd2\xe2", Some("gbk")), "恶意");
        assert_eq!(
            read(&utf16("\u{feff}恶意", u16::to_le_bytes), Some("utf-16le")),
            "恶意"
        );
        assert_eq!(read(b"", None), "");
        assert!(encoding("rubbish").is_err());
    }

    #[test]
    fn what_is_not_told_passes_as_it_is() {
        for bytes in [
            &b"\xff\xfeevil.com\n"[..],
            b"\xfeevil.com",
            b"\xff",
            b"e\0\0v",
            &[0; 40],
            b"a\0b\0c\0\nx\nGET evil.com 200 more text here\nfoo bar 203.0.113.9\n",
            b"\n\0\0\0 \0\0\0GET evil.com 200 more text here\n",
            // Tables of numbers, as catalogues of messages and fonts have them.
            b"\xde\x12\x04\x95\0\0\0\0\xf9\x01\0\0\x1c\0\0\0\xe4\x0f\0\0evil.com\n",
            b"\0\x01\0\0\0\x10\x01\0\0\x04\0\x20\0\x41\0\x1e\0\x42\0\x02\0\x30evil.com\n",
            b"caf\xe9 \0 evil.com\n\0 and more of it, enough to tell that it is text\n",
        ] {
            let mut read = Vec::new();
            Content::new(bytes, None).read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes);
        }
        let marked = "\u{feff}evil.com";
        let content = Content::new(marked.as_bytes(), None).keeping_mark();
        assert_eq!(io::read_to_string(content).unwrap(), marked);
    }

    /// Gives piece after piece; whoever reads on would wait.
    struct Waiting(Vec<&'static [u8]>);

    impl Read for Waiting {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let piece = self.0.first_mut().expect("a read that nobody answers");
            let read = piece.read(buffer)?;
            self.0.retain(|piece| !piece.is_empty());
            Ok(read)
        }
    }

    #[test]
    fn a_line_of_a_slow_pipe_is_there_at_once() {
        for pieces in [
            vec![&b"a.example\n"[..]],
            vec![b"a.exa", b"mple\n"],
            vec![b"a", b".example\n"],
            vec![b"P", b"K.example\n"],
            vec![b"a\0.\0e\0x\0a\0m\0p\0l\0e\0\n\0"],
        ] {
            let mut content = Content::new(Waiting(pieces), None);
            let mut line = Vec::new();
            while !line.ends_with(b"\n") {
                let mut buffer = [0; 100];
                let read = content.read(&mut buffer).unwrap();
                line.extend_from_slice(&buffer[..read]);
            }
            assert!(line.ends_with(b".example\n"));
        }
    }

    /// Gives at first so many bytes, then pieces of one size.
    struct Pieces<'a>(&'a [u8], usize, usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Pieces(rest, first, then) = self;
            let piece = std::mem::replace(first, *then).min(buffer.len());
            rest.take(piece as u64).read(buffer)
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            "[a-z0-9.:/ -]{1,20}",
            "[\u{4e00}-\u{9fa5}，。　]{1,16}",
            "[а-яё ]{1,16}",
            "[가-힣 ]{1,16}",
            "[ぁ-ん一上最开😀é]{1,6}",
        ];
        proptest::collection::vec(word, 0..5).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn utf16_without_a_mark_is_read_whole_and_in_pieces(
            lines in proptest::collection::vec(line(), 1..8),
            end in prop_oneof![Just("\n"), Just("\r\n")],
            piece in 2..100_usize,
            is_little: bool,
        ) {
            let text = lines.iter().map(|line| format!("{line}{end}")).collect::<String>();
            let bytes = match is_little {
                true => utf16(&text, u16::to_le_bytes),
                false => utf16(&text, u16::to_be_bytes),
            };
            // Of `ぁ上\n`, which is `A0\nN\n\0` as well, nobody can tell.
            let is_ascii = |unit: u16| unit.to_le_bytes().iter().all(|byte| (9..0x7f).contains(byte));
            prop_assume!(std::str::from_utf8(&bytes).is_err() || !text.encode_utf16().any(is_ascii));
            let first = lines[0].encode_utf16().count() * 2 + end.len() * 2;
            for first in [bytes.len(), first.max(piece)] {
                let content = Content::new(Pieces(&bytes, first, piece), None);
                let read = io::read_to_string(content);
                prop_assert_eq!(read.ok(), Some(text.clone()));
            }
        }

        #[test]
        fn a_few_zeros_make_no_utf16_of_text(
            text in "[ -~\r\n\t]{20,300}",
            zeros in proptest::collection::vec(0..300_usize, 0..6),
            piece in 16..100_usize,
        ) {
            let mut bytes = text.into_bytes();
            for at in zeros {
                let at = at.min(bytes.len());
                bytes.insert(at, 0);
            }
            for first in [bytes.len(), piece] {
                let mut read = Vec::new();
                Content::new(Pieces(&bytes, first, piece), None).read_to_end(&mut read).unwrap();
                prop_assert_eq!(&read, &bytes);
            }
        }
    }

    #[test]
    fn what_was_read_before_a_fault_is_there() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("it broke"))
            }
        }
        for text in ["", "a", "evil.com", "evil.com\na", "PK"] {
            let mut content = Content::new(text.as_bytes().chain(Failing), None);
            let mut read = Vec::new();
            let error = content.read_to_end(&mut read).unwrap_err();
            assert_eq!(
                (error.to_string().as_str(), read.as_slice()),
                ("it broke", text.as_bytes())
            );
        }
    }
}
