use std::borrow::Cow;
use std::io::{self, Write};

use crate::console::sanitise;
use crate::redact::Redactor;

/// Bytes of a service as they came, but for our own secrets.
pub struct Redacted {
    redactor: Redactor,
    /// The end of what came in pieces: a secret may go on in the next.
    held: Vec<u8>,
    /// Whether a secret was replaced.
    pub found: bool,
}

/// No secret is longer in any of its forms.
const LONGEST: usize = 16 * 1024;

impl Redacted {
    pub fn new(redactor: Redactor) -> Self {
        Redacted {
            redactor,
            held: Vec::new(),
            found: false,
        }
    }

    /// An answer that is here whole.
    pub fn whole<'b>(&mut self, body: &'b [u8]) -> Cow<'b, [u8]> {
        match self.redactor.scrub_bytes(body) {
            Some(scrubbed) => {
                self.found = true;
                Cow::Owned(scrubbed)
            }
            None => Cow::Borrowed(body),
        }
    }

    /// What can go out after these bytes too have come.
    pub fn piece(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(bytes);
        match self.held.len() > 2 * LONGEST {
            true => self.release(LONGEST),
            false => Vec::new(),
        }
    }

    /// What is left when all have come.
    pub fn rest(&mut self) -> Vec<u8> {
        self.release(0)
    }

    /// What came is withdrawn, and comes anew.
    pub fn forget(&mut self) {
        self.held.clear();
        self.found = false;
    }

    fn release(&mut self, kept: usize) -> Vec<u8> {
        if let Some(scrubbed) = self.redactor.scrub_bytes(&self.held) {
            self.found = true;
            self.held = scrubbed;
        }
        let out = self.held.len().saturating_sub(kept);
        let held = self.held.split_off(out);
        std::mem::replace(&mut self.held, held)
    }
}

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
    fn a_secret_is_found_wherever_the_pieces_end() {
        let redactor = Redactor::default();
        redactor.learn(&"swordfish".into());
        let text = format!(
            "{}swordfish{}",
            "x".repeat(3 * LONGEST),
            "y".repeat(LONGEST)
        );
        for size in [1000, LONGEST - 3, 2 * LONGEST + 5, text.len()] {
            let mut redacted = Redacted::new(redactor.clone());
            let mut out = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                out.extend(redacted.piece(piece));
            }
            out.extend(redacted.rest());
            let out = String::from_utf8(out).unwrap();
            assert!(
                redacted.found && out == text.replace("swordfish", "(redacted)"),
                "{size}"
            );
        }
    }

    #[test]
    fn what_is_withdrawn_is_not_told_of() {
        let redactor = Redactor::of(&["swordfish".into()]);
        let mut redacted = Redacted::new(redactor);
        redacted.piece(b"swordfish");
        redacted.rest();
        assert!(redacted.found);
        redacted.forget();
        redacted.piece(b"goldfish");
        assert_eq!(
            (redacted.rest(), redacted.found),
            (b"goldfish".to_vec(), false)
        );
    }

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
