//! JSON whose strings are safe to show anywhere: what could steer a terminal is written as
//! `\uXXXX`, which any parser reads back as the same text.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::console::is_dangerous;
use crate::document::{Column, Document, Json, Listed, Record, record_of};

use super::{Selection, Writer};

/// What a command answers with, whatever its type.
pub(super) trait Element {
    fn to_record(&self) -> Record;

    /// Its JSON on one line, put behind what is there.
    fn push_json(&self, line: &mut Vec<u8>) -> io::Result<()>;
}

impl<T: Serialize> Element for T {
    fn to_record(&self) -> Record {
        record_of(self)
    }

    fn push_json(&self, line: &mut Vec<u8>) -> io::Result<()> {
        compact(self, line)
    }
}

/// An empty cell is an absent value.
pub(super) fn as_record(columns: &[Column], cells: &[&str]) -> Record {
    let value = |cell: &str| (!cell.is_empty()).then(|| cell.to_string()).into();
    let pairs = columns.iter().zip(cells);
    pairs
        .map(|(column, cell)| (column.field.to_string(), value(cell)))
        .collect()
}

/// One array: indented on a terminal, elsewhere an element a line, so that it can be followed.
pub(super) struct ArrayWriter {
    fields: Option<Selection>,
    indented: bool,
    empty: bool,
    /// Whether one object was written in the array's place.
    object: bool,
    /// Indented, the last line of an element, which a comma or nothing follows: a note on the same
    /// terminal stands between two lines, not behind one.
    line: Vec<u8>,
}

impl ArrayWriter {
    pub fn new(fields: Option<Selection>, indented: bool) -> Self {
        ArrayWriter {
            fields,
            indented,
            empty: true,
            object: false,
            line: Vec::new(),
        }
    }

    /// What stands before an element.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.end_element(out)?;
        out.write_all(if self.empty { b"[\n" } else { b",\n" })?;
        self.empty = false;
        Ok(())
    }

    fn end_element(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.indented {
            true => out.write_all(&self.line),
            false => Ok(()),
        }
    }

    /// One object in the array's place.
    fn whole(&mut self, object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
        self.object = true;
        match self.indented {
            true => write_with(object, PrettyFormatter::new(), &mut *out)?,
            false => compact(object, &mut *out)?,
        }
        out.write_all(b"\n")
    }
}

impl Writer for ArrayWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let record = chosen(self.fields.as_ref(), record);
        if !self.indented {
            return compact(&record, out);
        }
        let mut text = Vec::new();
        write_with(&record, PrettyFormatter::new(), &mut text)?;
        // A line break inside a string is escaped, so each one here is layout.
        self.line.clear();
        for line in text.split(|byte| *byte == b'\n') {
            if !self.line.is_empty() {
                self.line.push(b'\n');
                out.write_all(&self.line)?;
            }
            self.line.clear();
            self.line.extend_from_slice(b"  ");
            self.line.extend_from_slice(line);
        }
        Ok(())
    }

    fn element(&mut self, element: &dyn Element, out: &mut dyn Write) -> io::Result<()> {
        if self.fields.is_some() || self.indented {
            return self.record(element.to_record(), out);
        }
        self.begin(out)?;
        self.line.clear();
        element.push_json(&mut self.line)?;
        out.write_all(&self.line)
    }

    fn object(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        let record = chosen(self.fields.as_ref(), record);
        self.whole(&record, out)
    }

    fn row(&mut self, columns: &[Column], cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
        if self.fields.is_some() || self.indented {
            return self.record(as_record(columns, cells), out);
        }
        self.begin(out)?;
        self.line.clear();
        push_object(columns, cells, &mut self.line);
        out.write_all(&self.line)
    }

    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        // Chosen fields are those of the rows.
        if self.fields.is_some() {
            return document.rows().try_for_each(|row| self.record(row, out));
        }
        match document.json() {
            Json::Elements(elements) => elements
                .into_iter()
                .try_for_each(|element| self.record(element, out)),
            Json::Object(object) => self.whole(&object, out),
        }
    }

    fn listed(&mut self, listed: Listed, out: &mut dyn Write) -> io::Result<()> {
        self.whole(&AsWritten(RefCell::new(listed)), out)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match (self.object, self.empty) {
            (true, _) => Ok(()),
            (false, true) => out.write_all(b"[]\n"),
            (false, false) => {
                self.end_element(out)?;
                out.write_all(b"\n]\n")
            }
        }
    }
}

/// Serialised once: its list is used up then.
struct AsWritten<'a>(RefCell<Listed<'a>>);

impl Serialize for AsWritten<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut listed = self.0.borrow_mut();
        let (field, elements) = (listed.field, listed.elements.take());
        let list = elements.map(|elements| Elements(RefCell::new(elements)));
        let mut map = serializer.serialize_map(Some(listed.object.len()))?;
        for (name, value) in &listed.object {
            match &list {
                Some(list) if name == field => map.serialize_entry(name, list)?,
                _ => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

struct Elements<'a>(RefCell<Box<dyn Iterator<Item = Record> + 'a>>);

impl Serialize for Elements<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.borrow_mut().by_ref())
    }
}

/// An element a line, each complete as soon as it is known.
pub(super) struct LinesWriter {
    fields: Option<Selection>,
    line: Vec<u8>,
}

impl LinesWriter {
    pub fn new(fields: Option<Selection>) -> Self {
        LinesWriter {
            fields,
            line: Vec::new(),
        }
    }
}

impl Writer for LinesWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        compact(&chosen(self.fields.as_ref(), record), &mut *out)?;
        out.write_all(b"\n")
    }

    fn element(&mut self, element: &dyn Element, out: &mut dyn Write) -> io::Result<()> {
        if self.fields.is_some() {
            return self.record(element.to_record(), out);
        }
        self.line.clear();
        element.push_json(&mut self.line)?;
        self.line.push(b'\n');
        out.write_all(&self.line)
    }

    fn row(&mut self, columns: &[Column], cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
        if self.fields.is_some() {
            return self.record(as_record(columns, cells), out);
        }
        self.line.clear();
        push_object(columns, cells, &mut self.line);
        self.line.push(b'\n');
        out.write_all(&self.line)
    }

    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        match (document.json(), &self.fields) {
            (Json::Elements(mut elements), None) => {
                elements.try_for_each(|element| self.record(element, out))
            }
            _ => document.rows().try_for_each(|row| self.record(row, out)),
        }
    }
}

/// What [`compact`] writes for such a record, without making the record.
fn push_object(columns: &[Column], cells: &[&str], line: &mut Vec<u8>) {
    line.push(b'{');
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if index > 0 {
            line.push(b',');
        }
        push_string(column.field, line);
        line.push(b':');
        match cell.is_empty() {
            true => line.extend_from_slice(b"null"),
            false => push_string(cell, line),
        }
    }
    line.push(b'}');
}

fn push_string(text: &str, line: &mut Vec<u8>) {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') & (byte != b'"') & (byte != b'\\');
    // With no way out in the middle, many bytes are looked at in one step.
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
        return;
    }
    let mut serializer = Serializer::with_formatter(line, Visible(CompactFormatter));
    // Writing to memory cannot fail, and a string is always JSON.
    let _ = text.serialize(&mut serializer);
}

fn chosen(fields: Option<&Selection>, record: Record) -> Record {
    match fields {
        Some(selection) => selection.pick(&record),
        None => record,
    }
}

/// Any value on one line.
pub(super) fn compact(value: &impl Serialize, out: impl Write) -> io::Result<()> {
    write_with(value, CompactFormatter, out)
}

/// A value as one line with its end, safe for a terminal.
pub fn json_line(value: &impl Serialize) -> String {
    let mut line = Vec::new();
    // Writing to memory cannot fail.
    let _ = compact(value, &mut line);
    line.push(b'\n');
    String::from_utf8_lossy(&line).into_owned()
}

fn write_with(value: &impl Serialize, inner: impl Formatter, out: impl Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Visible(inner));
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// A formatter that escapes what [`is_dangerous`]; the layout is the inner one's.
struct Visible<F>(F);

macro_rules! as_inner {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$method(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Visible<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Nearly all text: nothing in ASCII is dangerous but controls, and those are escaped.
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return writer.write_all(fragment.as_bytes());
        }
        let mut plain = 0;
        for (at, character) in fragment.char_indices().filter(|(_, c)| is_dangerous(*c)) {
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }

    as_inner! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Record {
        let mut record = Record::new();
        record.insert("a".into(), text.into());
        record.insert("b".into(), serde_json::json!([1, {}]));
        record
    }

    #[test]
    fn hostile_text_survives_as_the_same_text() {
        let hostile = "\u{1b}[2J\u{9b}\u{202e}\u{e0041}\"\\\n中";
        let mut out = Vec::new();
        compact(&record(hostile), &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert!(!shown.chars().any(is_dangerous), "{shown}");
        let back: Record = serde_json::from_str(&shown).unwrap();
        assert_eq!(back["a"], hostile);
    }

    proptest::proptest! {
        #[test]
        fn a_row_is_written_as_the_record_would_be(cells in proptest::collection::vec("\\PC{0,6}|[\"\\\\a\r\n\u{1b}\u{202e}]{0,4}", 2)) {
            let columns = [Column::new("a", "", ""), Column::new("b", "", "")];
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let mut expected = Vec::new();
            compact(&as_record(&columns, &cells), &mut expected).unwrap();
            let mut line = Vec::new();
            push_object(&columns, &cells, &mut line);
            proptest::prop_assert_eq!(line, expected);
        }
    }

    #[test]
    fn an_array_of_none_one_two() {
        let written = |indented, count| {
            let mut out = Vec::new();
            let mut writer = ArrayWriter::new(None, indented);
            for _ in 0..count {
                writer.record(record("x"), &mut out).unwrap();
            }
            writer.finish(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(false, 0), "[]\n");
        assert_eq!(written(false, 1), "[\n{\"a\":\"x\",\"b\":[1,{}]}\n]\n");
        let two: Vec<Record> = serde_json::from_str(&written(true, 2)).unwrap();
        assert_eq!(two.len(), 2);
        assert!(written(true, 1).contains("\n    \"a\": \"x\",\n"));
    }
}
