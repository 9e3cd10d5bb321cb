//! JSON whose strings are safe to show anywhere: what could steer a terminal is written as
//! `\uXXXX`, which any parser reads back as the same text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::document::{Document, Json, Record};
use crate::terminal::is_dangerous;

use super::{Selection, Writer};

/// One array: indented on a terminal, elsewhere an element a line, so that it can be followed.
pub(super) struct ArrayWriter {
    fields: Option<Selection>,
    indented: bool,
    empty: bool,
    /// Whether one object was written in the array's place.
    object: bool,
}

impl ArrayWriter {
    pub fn new(fields: Option<Selection>, indented: bool) -> Self {
        ArrayWriter {
            fields,
            indented,
            empty: true,
            object: false,
        }
    }
}

impl Writer for ArrayWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.empty { b"[\n" } else { b",\n" })?;
        self.empty = false;
        let record = chosen(self.fields.as_ref(), record);
        if !self.indented {
            return compact(&record, out);
        }
        let mut text = Vec::new();
        write_with(&record, PrettyFormatter::new(), &mut text)?;
        // A line break inside a string is escaped, so each one here is layout.
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            out.write_all(if index == 0 { b"  " } else { b"\n  " })?;
            out.write_all(line)?;
        }
        Ok(())
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
            Json::Object(object) => {
                self.object = true;
                match self.indented {
                    true => write_with(&object, PrettyFormatter::new(), &mut *out)?,
                    false => compact(&object, out)?,
                }
                out.write_all(b"\n")
            }
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.object {
            return Ok(());
        }
        out.write_all(if self.empty { b"[]\n" } else { b"\n]\n" })
    }
}

/// An element a line, each complete as soon as it is known.
pub(super) struct LinesWriter {
    fields: Option<Selection>,
}

impl LinesWriter {
    pub fn new(fields: Option<Selection>) -> Self {
        LinesWriter { fields }
    }
}

impl Writer for LinesWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        compact(&chosen(self.fields.as_ref(), record), out)?;
        out.write_all(b"\n")
    }

    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        match (document.json(), &self.fields) {
            (Json::Elements(mut elements), None) => {
                elements.try_for_each(|element| self.record(element, out))
            }
            _ => document.rows().try_for_each(|row| self.record(row, out)),
        }
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn chosen(fields: Option<&Selection>, record: Record) -> Record {
    match fields {
        Some(selection) => selection.pick(&record),
        None => record,
    }
}

fn compact(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    write_with(record, CompactFormatter, out)
}

/// Any value on one line.
pub(super) fn compact_value(value: &serde_json::Value, out: impl Write) -> io::Result<()> {
    write_with(value, CompactFormatter, out)
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
