//! CSV by RFC 4180. A cell that a spreadsheet would run as a formula is given a leading `'`.

use std::io::{self, Write};

use crate::document::{Column, Layout, Record};
use crate::terminal::sanitise;

use super::{Selection, Writer};

pub(super) struct CsvWriter {
    columns: Vec<Column>,
    header_written: bool,
    on_terminal: bool,
}

impl CsvWriter {
    /// `header_written` where an earlier run has written it.
    pub fn new(
        fields: Option<Selection>,
        layout: &Layout,
        on_terminal: bool,
        header_written: bool,
    ) -> Self {
        CsvWriter {
            columns: match fields {
                Some(selection) => selection.0,
                None => unasked(layout),
            },
            header_written,
            on_terminal,
        }
    }

    fn header(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.header_written, true) {
            return Ok(());
        }
        row(self.columns.iter().map(|column| column.field), out)
    }
}

/// The columns of a CSV without `--fields`.
fn unasked(layout: &Layout) -> Vec<Column> {
    let columns = layout.columns.iter().filter(|column| !column.asked);
    columns.copied().collect()
}

impl Writer for CsvWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.header(out)?;
        let cells = self.columns.iter().map(|column| {
            let cell = column.flat(&record);
            let cell = if self.on_terminal {
                sanitise(&cell).into_owned()
            } else {
                cell
            };
            guard(cell)
        });
        row(cells, out)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.header(out)
    }
}

pub(super) fn row(
    cells: impl Iterator<Item = impl AsRef<[u8]>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(1024)
        .from_writer(out);
    writer.write_record(cells).map_err(io::Error::from)?;
    writer.flush()
}

/// Spreadsheets run what begins with one of these. A plain number is no formula.
pub(super) fn guard(cell: String) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<f64>().is_err() {
        return format!("'{cell}");
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_kept() {
        for (cell, written) in [
            ("=cmd()|' /C calc'!A0", "'=cmd()|' /C calc'!A0"),
            ("+1-555", "'+1-555"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("-73.9", "-73.9"),
            ("evil.com", "evil.com"),
        ] {
            assert_eq!(guard(cell.to_string()), written);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cells_come_back(cells in proptest::collection::vec(".*", 1..5)) {
            // A byte-order mark is one only at the very beginning, where the header stands.
            let cells = [vec!["header".to_string()], cells].concat();
            let mut out = Vec::new();
            row(cells.iter(), &mut out).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&out[..]);
            let back: Vec<String> = reader.records().next().unwrap().unwrap().iter().map(String::from).collect();
            proptest::prop_assert_eq!(back, cells);
        }
    }
}
