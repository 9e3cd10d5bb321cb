//! A log as it is kept: plain, gzip or Zstandard, told by its first bytes.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::input::head;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Read ahead of the decoders.
const BUFFER: usize = 64 << 10;

/// The content of a stream. Of a stream that is slow no more is awaited than it gives at first.
///
/// # Errors
/// A failed read.
pub fn unpacked<'a>(mut stream: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    // A file gives all of it at once; a pipe may give a line that is shorter.
    let may_be_packed =
        |head: &[u8]| GZIP.starts_with(&head[..head.len().min(2)]) || ZSTD.starts_with(head);
    let head = head(&mut stream, ZSTD.len(), |head| !may_be_packed(head))?;
    let (is_gzip, is_zstd) = (head.starts_with(GZIP), head.starts_with(ZSTD));
    let whole = Cursor::new(head).chain(stream);
    let buffered = |whole| BufReader::with_capacity(BUFFER, whole);
    Ok(match (is_gzip, is_zstd) {
        (true, _) => Box::new(MultiGzDecoder::new(buffered(whole))),
        (_, true) => Box::new(Zstd::new(buffered(whole))),
        _ => Box::new(whole),
    })
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
        ] {
            assert!(read(&packed).unwrap() == text);
        }
        for short in [&b""[..], b"a", b"\x1f", b"\x28\xb5\n"] {
            assert_eq!(read(short).unwrap(), short);
        }
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
