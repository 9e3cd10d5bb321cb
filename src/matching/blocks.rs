//! Whole lines at a time out of a stream; a line that is too long for that in pieces.

use std::io::{self, Read};
use std::ops::Range;

use crate::indicator::LONGEST_FOUND;

/// So much is read at a time.
const STEP: usize = 128 << 10;
/// A longer line comes in pieces.
const LONGEST_LINE: usize = 1 << 20;
/// A piece shows so much of what is before it and behind it.
const OVERLAP: usize = LONGEST_FOUND;

/// Some whole lines, or a piece of one.
#[derive(Debug, Default)]
pub struct Block {
    pub text: Vec<u8>,
    /// What of the text is this block's own: a match that begins elsewhere is another's.
    pub own: Range<usize>,
    /// Where the text begins in the stream.
    pub offset: u64,
}

/// Cuts a stream into blocks.
pub struct Blocks<R> {
    source: R,
    /// What was read behind the last line end.
    rest: Vec<u8>,
    /// What of `rest` was another block's own already.
    seen: usize,
    /// Where `rest` begins in the stream.
    offset: u64,
    at_end: bool,
}

impl<R: Read> Blocks<R> {
    pub fn new(source: R) -> Self {
        Blocks {
            source,
            rest: Vec::new(),
            seen: 0,
            offset: 0,
            at_end: false,
        }
    }

    /// Reads the next block into one that is no longer needed. Says whether there was one; a
    /// stream that is slow gives each line as soon as it is there.
    ///
    /// # Errors
    /// A failed read: what was read before it came in blocks before.
    pub fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        block.text.clear();
        block.text.append(&mut self.rest);
        block.offset = self.offset;
        let own = std::mem::take(&mut self.seen);
        let mut searched = own;
        while !self.at_end {
            let start = block.text.len();
            block.text.resize(start + STEP, 0);
            let read = self.source.read(&mut block.text[start..]);
            block.text.truncate(start + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.at_end = true,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.at_end = true;
                    return Err(error);
                }
            }
            if let Some(at) = memchr::memrchr(b'\n', &block.text[searched..]) {
                let end = searched + at + 1;
                return Ok(self.cut(block, own..end, end));
            }
            searched = block.text.len();
            if block.text.len() >= LONGEST_LINE {
                let end = block.text.len() - OVERLAP;
                let kept = end - OVERLAP;
                self.seen = OVERLAP;
                self.rest.extend_from_slice(&block.text[kept..]);
                self.offset += kept as u64;
                block.own = own..end;
                return Ok(true);
            }
        }
        let end = block.text.len();
        Ok(own < end && self.cut(block, own..end, end))
    }

    /// Keeps what is behind `end` for the next block.
    fn cut(&mut self, block: &mut Block, own: Range<usize>, end: usize) -> bool {
        self.rest.extend_from_slice(&block.text[end..]);
        block.text.truncate(end);
        block.own = own;
        self.offset += end as u64;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes a read.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.by_ref().take(self.1 as u64).read(buffer)
        }
    }

    fn blocks(text: &[u8], step: usize) -> Vec<Block> {
        let mut source = Blocks::new(Slow(text, step));
        let mut blocks = Vec::new();
        loop {
            let mut block = Block::default();
            if !source.next(&mut block).unwrap() {
                return blocks;
            }
            blocks.push(block);
        }
    }

    #[test]
    fn lines_come_whole_and_as_soon_as_they_are_there() {
        let text = b"one\ntwo\n\nlast";
        for step in 1..text.len() + 1 {
            let blocks = blocks(text, step);
            let joined: Vec<u8> = blocks.iter().flat_map(|block| block.text.clone()).collect();
            assert_eq!(joined, text);
            let mut offset = 0;
            for block in &blocks {
                assert_eq!(
                    (block.offset, block.own.clone()),
                    (offset, 0..block.text.len())
                );
                offset += block.text.len() as u64;
            }
            let first = blocks[0].text.len();
            assert!(first <= step.max(4), "no more is awaited than a line");
        }
        assert!(blocks(b"", 1).is_empty());
    }

    #[test]
    fn a_long_line_comes_in_pieces_that_overlap() {
        let mut text = b"first\n".to_vec();
        text.extend((0..3 * LONGEST_LINE).map(|at| b'a' + (at % 26) as u8));
        text.extend_from_slice(b"\nlast\n");
        for step in [1000, 70_000, STEP] {
            let mut own = 0;
            for block in blocks(&text, step) {
                let start = block.offset as usize;
                assert_eq!(block.text, text[start..start + block.text.len()]);
                assert_eq!(
                    start + block.own.start,
                    own,
                    "none is left out, none is twice"
                );
                own = start + block.own.end;
                assert!(block.text.len() <= LONGEST_LINE + STEP);
                let in_line = block.own.start > 0;
                assert!(!in_line || block.own.start >= OVERLAP);
            }
            assert_eq!(own, text.len());
        }
    }
}
