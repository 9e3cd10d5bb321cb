//! What is packed with gzip or Zstandard, told by its first bytes, as what was packed; other packings
//! by their names.

use std::error::Error as StdError;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::peeked::Peeked;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const LZ4: &[u8] = &[0x04, 0x22, 0x4d, 0x18];

/// A packing that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packing {
    /// How it begins; `?` for any byte.
    magic: &'static [u8],
    name: &'static str,
    /// What unpacks it.
    with: &'static str,
}

const PACKINGS: [Packing; 8] = [
    Packing::new(GZIP, "gzip", "gzip -dc"),
    Packing::new(ZSTD, "Zstandard", "zstd -dc"),
    Packing::new(b"\xfd7zXZ\0", "xz", "xz -dc"),
    Packing::new(b"BZh?1AY&SY", "bzip2", "bzip2 -dc"),
    Packing::new(LZ4, "lz4", "lz4 -dc"),
    Packing::new(b"\x1f\x9d", "compress", "gzip -dc"),
    Packing::new(b"PK\x03\x04", "zip", "unzip -p"),
    Packing::new(b"7z\xbc\xaf\x27\x1c", "7z", "7z x -so"),
];
/// So often may one be packed in another one.
const MOST_LAYERS: usize = 4;
/// Read ahead of the decoders.
const BUFFER: usize = 64 << 10;

impl Packing {
    const fn new(magic: &'static [u8], name: &'static str, with: &'static str) -> Self {
        Packing { magic, name, with }
    }

    /// That of a file which begins so.
    pub fn of(head: &[u8]) -> Option<Self> {
        let begins =
            |packing: &Packing| packing.magic.len() <= head.len() && agree(head, packing.magic);
        let [_, zstd, ..] = PACKINGS;
        match is_skipped(head) {
            true => Some(zstd),
            false => PACKINGS.into_iter().find(begins),
        }
    }

    /// `it is packed with xz`
    pub fn said(self) -> String {
        format!("it is packed with {}", self.name)
    }

    pub fn advice(self) -> String {
        format!("unpack it first: {} FILE", self.with)
    }

    fn unread(self) -> io::Error {
        let Packing { name, with, .. } = self;
        unsupported(&format!(
            "it is packed with {name}, and was not read; unpack it first: {with} FILE"
        ))
    }
}

fn unsupported(said: &str) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, said)
}

fn damaged(said: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, said)
}

fn cut_off(name: &str) -> io::Error {
    damaged(&format!(
        "what {name} packed is cut off: the file is not whole"
    ))
}

/// The content of a stream. Of a stream that is slow no more is awaited than it gives at first.
///
/// # Errors
/// A packing that is not taken off here, or too many of them.
pub fn unpacked<'a>(
    mut stream: Box<dyn Read + Send + 'a>,
) -> io::Result<Box<dyn Read + Send + 'a>> {
    for _ in 0..=MOST_LAYERS {
        // A file gives all of it at once; a pipe may give a line that is shorter.
        let stream_begun = Peeked::new(stream, |head| {
            let goes_on =
                |packing: &Packing| packing.magic.len() > head.len() && agree(head, packing.magic);
            !PACKINGS.iter().any(goes_on) && !may_be_skipped(head)
        });
        let Some(packing) = Packing::of(stream_begun.head()) else {
            return Ok(Box::new(stream_begun));
        };
        let source = BufReader::with_capacity(BUFFER, stream_begun);
        stream = match packing.magic {
            GZIP => Box::new(Gzip(Some(GzDecoder::new(source)))),
            ZSTD => Box::new(Zstd::new(source)),
            _ => return Err(packing.unread()),
        };
    }
    Err(unsupported(&format!(
        "it is packed more than {MOST_LAYERS} times over, and was not read"
    )))
}

/// Whether they do not differ as far as both go.
fn agree(head: &[u8], magic: &[u8]) -> bool {
    let mut pairs = head.iter().zip(magic);
    pairs.all(|(byte, known)| *known == b'?' || byte == known)
}

/// Whether a frame of Zstandard begins that holds no content (RFC 8878, 3.1.2), as parallel packers
/// write it first. Those of lz4 are the same.
fn is_skipped(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Whether one may, of which more is to come.
fn may_be_skipped(head: &[u8]) -> bool {
    matches!(
        head,
        [] | [0x50..=0x5f] | [0x50..=0x5f, 0x2a] | [0x50..=0x5f, 0x2a, 0x4d]
    )
}

/// Member after member; zeros behind one are padding (as of tapes), which gzip skips too.
struct Gzip<R>(Option<GzDecoder<R>>);

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let read = member.read(buffer).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => cut_off("gzip"),
                // Of the decoder; what is inside or outside of this layer has said it in words.
                io::ErrorKind::InvalidInput => damaged("what gzip packed is damaged"),
                _ => error,
            })?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut source) = self.0.take().map(GzDecoder::into_inner) else {
                break;
            };
            while let [0, ..] = source.fill_buf()? {
                source.consume(1);
            }
            match source.fill_buf()? {
                [] => {}
                rest if GZIP.starts_with(&rest[..rest.len().min(2)]) => {
                    self.0 = Some(GzDecoder::new(source));
                }
                _ => return Err(damaged("what follows the packed data is not gzip")),
            }
        }
        Ok(0)
    }
}

/// Frame after frame; those that hold no content are skipped.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Self {
        Zstd {
            source,
            decoder: FrameDecoder::new(),
            in_frame: false,
        }
    }

    /// Begins the frame that stands next. Says whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.source.by_ref().take(length.into());
                    if io::copy(&mut skipped, &mut io::sink())? < u64::from(length) {
                        return Err(cut_off("Zstandard"));
                    }
                }
                Err(error) => return Err(in_words(&error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame && !self.begin()? {
                return Ok(0);
            }
            self.in_frame = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.source, one);
                decoded.map_err(|error| in_words(&error))?;
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            self.in_frame = false;
            let (said, counted) = (
                self.decoder.get_checksum_from_data(),
                self.decoder.get_calculated_checksum(),
            );
            if said.is_some() && said != counted {
                return Err(damaged(DAMAGED_ZSTD));
            }
        }
    }
}

const DAMAGED_ZSTD: &str = "what Zstandard packed is damaged";

/// What the decoder says is for whoever wrote it.
fn in_words(error: &FrameDecoderError) -> io::Error {
    let mut source: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(cause) = source {
        match cause.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return cut_off("Zstandard");
            }
            Some(error) => return io::Error::new(error.kind(), error.to_string()),
            None => source = cause.source(),
        }
    }
    match error {
        FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(magic)) => {
            match Packing::of(&magic.to_le_bytes()) {
                Some(other) => other.unread(),
                None => damaged("what follows the packed data is not Zstandard"),
            }
        }
        FrameDecoderError::WindowSizeTooBig { .. } => unsupported(
            "it is packed with a long window of Zstandard, and was not read; unpack it first: \
             zstd -dc --long=31 FILE",
        ),
        FrameDecoderError::DictNotProvided { .. } => unsupported(
            "it is packed with a dictionary of Zstandard, and was not read; unpack it first: \
             zstd -dc -D DICTIONARY FILE",
        ),
        _ => damaged(DAMAGED_ZSTD),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(content: &[u8]) -> Vec<u8> {
        compress_to_vec(content, CompressionLevel::Fastest)
    }

    fn read(packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        unpacked(Box::new(packed))?.read_to_end(&mut content)?;
        Ok(content)
    }

    #[test]
    fn every_packing_is_told_and_taken_off() {
        let text = b"a line of a log\n".repeat(10_000);
        let skipped = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc";
        for packed in [
            text.clone(),
            gzip(&text),
            [gzip(&text[..1000]), gzip(&text[1000..])].concat(),
            zstd(&text),
            [&zstd(&text[..1000])[..], skipped, &zstd(&text[1000..])].concat(),
            [&skipped[..], &zstd(&text)].concat(),
            [&gzip(&text)[..], &[0; 1000]].concat(),
            gzip(&gzip(&text)),
            gzip(&zstd(&text)),
            zstd(&gzip(&gzip(&zstd(&text)))),
        ] {
            assert!(read(&packed).unwrap() == text);
        }
        for short in [
            &b""[..],
            b"a",
            b"\x1f",
            b"\x28\xb5\n",
            b"P",
            b"P*M",
            b"PK",
            b"BZ\n",
        ] {
            assert_eq!(read(short).unwrap(), short);
        }
    }

    #[test]
    fn what_cannot_be_unpacked_is_no_log_without_a_match() {
        for (packed, said) in [
            (&b"\xfd7zXZ\0\0\x04"[..], "packed with xz"),
            (b"BZh91AY&SY", "unpack it first: bzip2 -dc FILE"),
            (b"PK\x03\x04\x14", "unzip -p"),
            (
                b"\x50\x2a\x4d\x18\x01\0\0\0a\x04\x22\x4d\x18\x64",
                "with lz4",
            ),
        ] {
            for packed in [packed.to_vec(), gzip(packed), zstd(&gzip(packed))] {
                let error = read(&packed).unwrap_err();
                assert!(error.to_string().contains(said), "{error}");
                assert_eq!(error.kind(), io::ErrorKind::Unsupported);
            }
        }
        let layers = (0..6).fold(b"evil.com\n".to_vec(), |packed, _| gzip(&packed));
        let error = read(&layers).unwrap_err().to_string();
        assert!(error.contains("more than 4 times over"), "{error}");
        let mut content = Vec::new();
        let packed = [&gzip(b"evil.com\n")[..], b"\0rest"].concat();
        let error = unpacked(Box::new(&packed[..]))
            .unwrap()
            .read_to_end(&mut content);
        assert!(error.unwrap_err().to_string().contains("is not gzip"));
        assert_eq!(content, b"evil.com\n");
    }

    #[test]
    fn what_is_cut_off_is_an_error_and_what_came_before_is_there() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        for packed in [gzip(&text), zstd(&text), gzip(&zstd(&text))] {
            let mut content = Vec::new();
            let cut = &packed[..packed.len() / 2];
            let read = unpacked(Box::new(cut)).unwrap().read_to_end(&mut content);
            let error = read.unwrap_err();
            assert!(
                error.to_string().contains("is cut off: the file"),
                "{error}"
            );
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert!(!content.is_empty() && text.starts_with(&content));
        }
    }

    #[test]
    fn damage_is_said_in_words() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        const BIG_WINDOW: &[u8] = b"\x28\xb5\x2f\xfd\x04\xa8\x09\0\0a";
        const DICTIONARY: &[u8] = b"\x28\xb5\x2f\xfd\x01\x58\x07\x09\0\0a";
        const RESERVED: &[u8] = b"\x28\xb5\x2f\xfd\x04\x58\x07\0\0a";
        let flipped = |mut packed: Vec<u8>, at: usize| {
            packed[at] ^= 0xff;
            packed
        };
        let end = gzip(&text).len() - 6;
        for (packed, said) in [
            (flipped(gzip(&text), end), "what gzip packed is damaged"),
            (flipped(gzip(&text), 2000), "what gzip packed is damaged"),
            (RESERVED.to_vec(), "what Zstandard packed is damaged"),
            (BIG_WINDOW.to_vec(), "zstd -dc --long=31 FILE"),
            (DICTIONARY.to_vec(), "zstd -dc -D DICTIONARY FILE"),
            ([&zstd(b"a\n")[..], b"rest"].concat(), "is not Zstandard"),
            ([ZSTD, b"\x04"].concat(), "Zstandard packed is cut off"),
        ] {
            for packed in [gzip(&packed), packed] {
                let error = read(&packed).unwrap_err().to_string();
                assert!(error.contains(said), "{error}");
            }
        }
    }
}
