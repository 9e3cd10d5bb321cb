use std::io::{self, Write};

use crate::console::sanitise;

/// The body as it came; on a terminal, line by line with controls made visible.
pub(super) fn write(body: &[u8], on_terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    if !on_terminal {
        return out.write_all(body);
    }
    for line in String::from_utf8_lossy(body).lines() {
        writeln!(out, "{}", sanitise(line))?;
    }
    Ok(())
}

/// Bytes that come in pieces, for a terminal: line by line, with controls made visible.
#[derive(Default)]
pub(super) struct Visible {
    /// The beginning of a line whose end has not come.
    held: Vec<u8>,
}

/// A line longer than this is shown in parts.
const MAX_HELD: usize = 64 * 1024;

impl Visible {
    pub fn write(&mut self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.held.extend_from_slice(piece);
            if piece.ends_with(b"\n") || self.held.len() > MAX_HELD {
                self.finish(out)?;
            }
        }
        Ok(())
    }

    pub fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write(&std::mem::take(&mut self.held), true, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_the_lines_that_the_whole_would_have_made() {
        let text = "rule a\n{\x1b[31m中}\nend";
        for size in 1..text.len() {
            let (mut visible, mut out) = (Visible::default(), Vec::new());
            for piece in text.as_bytes().chunks(size) {
                visible.write(piece, &mut out).unwrap();
            }
            visible.finish(&mut out).unwrap();
            assert_eq!(
                String::from_utf8(out).unwrap(),
                "rule a\n{\\x1b[31m中}\nend\n"
            );
        }
    }
}
