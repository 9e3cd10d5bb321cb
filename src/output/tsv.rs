//! Records for `cut` and `grep`: one a line, every column of the table, separated by tabs; no
//! title, no rule, nothing wrapped.

use std::io::{self, Write};

use crate::console::sanitise;
use crate::document::{Column, Lang, Record};

use super::Writer;

pub(super) struct TsvWriter {
    columns: Vec<Column>,
    lang: Lang,
    any: bool,
}

impl TsvWriter {
    pub fn new(columns: Vec<Column>, lang: Lang) -> Self {
        TsvWriter {
            columns,
            lang,
            any: false,
        }
    }
}

impl Writer for TsvWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.any = true;
        for (index, column) in self.columns.iter().enumerate() {
            let before: &[u8] = if index == 0 { b"" } else { b"\t" };
            out.write_all(before)?;
            // A tab or a line break within a cell would make two of it.
            let text = column.text(&record, self.lang).text;
            let text = text.replace(['\t', '\n', '\r'], " ");
            out.write_all(sanitise(&text).as_bytes())?;
        }
        out.write_all(b"\n")
    }

    fn has_no_line(&self) -> bool {
        !self.any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_a_line_whatever_is_in_it() {
        let columns = vec![Column::new("a", "A", "A"), Column::new("b", "B", "B")];
        let mut writer = TsvWriter::new(columns, Lang::En);
        let mut out = Vec::new();
        for record in [
            serde_json::json!({"a": "one\ttwo\nthree", "b": ["x", "y"]}),
            serde_json::json!({"b": "\u{1b}[31m"}),
        ] {
            let record = record.as_object().unwrap().clone();
            writer.record(record, &mut out).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "one two three\tx|y\n\t\\x1b[31m\n");
    }
}
