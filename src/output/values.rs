//! `--values`: one field of each record, bare, a line each: for copying, and for the next command.

use std::io::{self, Write};

use serde_json::Value;

use crate::console::sanitise;
use crate::document::{Column, Record, at, flat};
use crate::indicator::{parse, refang};

use super::{Writer, as_record};

pub(super) struct ValuesWriter {
    column: Column,
    any: bool,
}

impl ValuesWriter {
    pub fn new(column: Column) -> Self {
        ValuesWriter { column, any: false }
    }

    /// An absent value has no line.
    fn line(&mut self, value: &str, out: &mut dyn Write) -> io::Result<()> {
        let bare = match self.column.harmless {
            Some(_) => bare(value),
            None => value.to_string(),
        };
        if bare.is_empty() {
            return Ok(());
        }
        self.any = true;
        // A line break within it would make two of it.
        writeln!(out, "{}", sanitise(&bare))
    }
}

/// An indicator without disguise; what is none, such as a path, as it is.
fn bare(value: &str) -> String {
    let plain = refang(value);
    match plain == value || parse(value).is_ok() {
        true => plain,
        false => value.to_string(),
    }
}

impl Writer for ValuesWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        match (at(&record, self.column.field), self.column.csv) {
            (Some(Value::Array(items)), None) => {
                let mut items = items.iter().map(flat);
                items.try_for_each(|item| self.line(&item, out))
            }
            _ => self.line(&self.column.flat(&record), out),
        }
    }

    fn row(&mut self, columns: &[Column], cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
        let field = self.column.field;
        match columns.iter().position(|column| column.field == field) {
            Some(place) => self.line(cells.get(place).copied().unwrap_or_default(), out),
            None => self.record(as_record(columns, cells), out),
        }
    }

    fn has_no_line(&self) -> bool {
        !self.any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDICATOR: Column =
        Column::new("indicator", "", "").harmless(|_, shown| shown.to_string());

    fn written(column: Column, record: serde_json::Value) -> String {
        let mut out = Vec::new();
        let record = record.as_object().unwrap().clone();
        ValuesWriter::new(column).record(record, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn indicators_are_bare_and_what_is_none_stays() {
        for (sent, line) in [
            ("evil.com", "evil.com\n"),
            ("hxxp://evil[.]com/a.js", "http://evil.com/a.js\n"),
            (r"C:\.ssh\a.sys", "C:\\.ssh\\a.sys\n"),
            ("a\nb", "a\\nb\n"),
            ("", ""),
        ] {
            assert_eq!(
                written(INDICATOR, serde_json::json!({"indicator": sent})),
                line
            );
            let mut out = Vec::new();
            let mut writer = ValuesWriter::new(INDICATOR);
            let columns = [Column::new("id", "", ""), INDICATOR];
            writer.row(&columns, &["7", sent], &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), line);
        }
        assert_eq!(
            written(INDICATOR, serde_json::json!({"indicator": null})),
            ""
        );
    }

    #[test]
    fn a_list_has_a_line_for_each_of_its_items() {
        let column = Column::new("domain.cur_ips", "", "");
        let record = serde_json::json!({"domain": {"cur_ips": ["192.0.2.1", "192.0.2.2"]}});
        assert_eq!(written(column, record), "192.0.2.1\n192.0.2.2\n");
        let tags = Column::new("tags", "", "").csv(|_| "gangs:A|region:B".to_string());
        assert_eq!(
            written(tags, serde_json::json!({"tags": []})),
            "gangs:A|region:B\n"
        );
    }
}
