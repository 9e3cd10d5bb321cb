//! A log as it is kept: plain, gzip or Zstandard, told by its first bytes.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::input::head;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Packings that are known, and not taken off: how they begin, `?` for any byte, their name, and
/// what unpacks them.
const OTHERS: [(&[u8], &str, &str); 6] = [
    (b"\xfd7zXZ\0", "xz", "xz -dc"),
    (b"BZh?1AY&SY", "bzip2", "bzip2 -dc"),
    (b"\x04\x22\x4d\x18", "lz4", "lz4 -dc"),
    (b"\x1f\x9d", "compress", "gzip -dc"),
    (b"PK\x03\x04", "zip", "unzip -p"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "7z x -so"),
];
/// The longest of these.
const LONGEST: usize = 10;
/// Read ahead of the decoders.
const BUFFER: usize = 64 << 10;

/// The content of a stream. Of a stream that is slow no more is awaited than it gives at first.
///
/// # Errors
/// A failed read, or a packing that is not taken off here.
pub fn unpacked<'a>(mut stream: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    // A file gives all of it at once; a pipe may give a line that is shorter.
    let mut known = OTHERS.map(|(magic, ..)| magic).to_vec();
    known.extend([GZIP, ZSTD]);
    let is_told = |head: &[u8]| {
        let goes_on = |magic: &&[u8]| magic.len() > head.len() && agree(head, magic);
        !known.iter().any(goes_on) && !may_be_skipped(head)
    };
    let head = head(&mut stream, LONGEST, is_told)?;
    let begins = |magic: &[u8]| magic.len() <= head.len() && agree(&head, magic);
    if let Some((_, name, with)) = OTHERS.iter().find(|(magic, ..)| begins(magic)) {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("it is packed with {name}, and was not read; unpack it first: {with} FILE"),
        ));
    }
    let is_gzip = head.starts_with(GZIP);
    let is_zstd = head.starts_with(ZSTD) || is_skipped(&head);
    let whole = Cursor::new(head).chain(stream);
    let buffered = |whole| BufReader::with_capacity(BUFFER, whole);
    Ok(match (is_gzip, is_zstd) {
        (true, _) => Box::new(Gzip(Some(GzDecoder::new(buffered(whole))))),
        (_, true) => Box::new(Zstd::new(buffered(whole))),
        _ => Box::new(whole),
    })
}

/// Whether they do not differ as far as both go.
fn agree(head: &[u8], magic: &[u8]) -> bool {
    let mut pairs = head.iter().zip(magic);
    pairs.all(|(byte, known)| *known == b'?' || byte == known)
}

/// Whether a frame of Zstandard begins that holds no content (RFC 8878, 3.1.2), as parallel packers
/// write it first.
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
            let read = member.read(buffer)?;
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
                _ => {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "what follows the packed data is not gzip",
                    ));
                }
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
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
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
                decoded.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            self.in_frame = false;
        }
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
        unpacked(packed)?.read_to_end(&mut content)?;
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
        ] {
            let error = unpacked(packed).err().unwrap().to_string();
            assert!(error.contains(said), "{error}");
        }
        let mut content = Vec::new();
        let packed = [&gzip(b"evil.com\n")[..], b"\0rest"].concat();
        let error = unpacked(&packed[..]).unwrap().read_to_end(&mut content);
        assert!(error.unwrap_err().to_string().contains("is not gzip"));
        assert_eq!(content, b"evil.com\n");
    }

    #[test]
    fn what_is_cut_off_is_an_error_and_what_came_before_is_there() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        for packed in [gzip(&text), zstd(&text)] {
            let mut content = Vec::new();
            let cut = &packed[..packed.len() / 2];
            assert!(unpacked(cut).unwrap().read_to_end(&mut content).is_err());
            assert!(!content.is_empty() && text.starts_with(&content));
        }
    }
}
