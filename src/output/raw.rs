use std::io::{self, Write};

use crate::document::Record;
use crate::terminal::sanitise;

use super::Writer;

/// With `--raw`, and where the user's own rows are written, records are not.
pub(super) struct NoRecords;

impl Writer for NoRecords {
    fn record(&mut self, _: Record, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
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
