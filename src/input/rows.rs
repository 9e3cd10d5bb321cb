//! One field of each row of a CSV or NDJSON file; the row travels along, byte for byte.

use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use serde_json::Value;

use super::{Input, Inputs, Unreadable, cannot_read, open};
use crate::document::{Form, Row};
use crate::error::{Error, Result, did_you_mean};

/// A row larger than this is a mistake, such as a quote that is never closed.
const MAX_ROW: usize = 16 << 20;

#[derive(Debug, Clone, clap::Args)]
#[command(group = clap::ArgGroup::new("where").required(true))]
pub struct RowArgs {
    /// The file: CSV with --column, NDJSON with --field; `-` is stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The column of a CSV that has the indicators, by its header
    #[arg(long, value_name = "NAME", group = "where")]
    pub column: Option<String>,

    /// The field of each line of an NDJSON that has the indicator, like .src.ip
    #[arg(long, value_name = "PATH", group = "where")]
    pub field: Option<String>,
}

/// Names of what is to be added; a file that has them is not enriched again.
pub const ADDED: [&str; 4] = ["ti_status", "ti_level", "ti_judgments", "ti_tags"];

impl RowArgs {
    pub fn open(&self) -> Result<Inputs> {
        let (reader, name) = open(&self.file, "")?;
        let mut rows = Rows {
            reader: BufReader::with_capacity(64 * 1024, reader),
            name,
            number: 0,
        };
        match (&self.column, &self.field) {
            (Some(column), _) => csv_inputs(rows, column),
            (None, field) => {
                let path = field.as_deref().unwrap_or_default();
                let path: Vec<String> = path
                    .trim_start_matches('.')
                    .split('.')
                    .map(str::to_string)
                    .collect();
                Ok(Inputs::of(Box::new(std::iter::from_fn(move || {
                    let (row, place) = match rows.next(Form::Json)? {
                        Ok(next) => next,
                        Err(error) => return Some(Err(error)),
                    };
                    Some(Ok(Input {
                        text: json_field(&row.text, &path),
                        place: Some(place),
                        row: Some(row),
                    }))
                }))))
            }
        }
    }
}

fn csv_inputs<R: BufRead + Send + 'static>(mut rows: Rows<R>, column: &str) -> Result<Inputs> {
    let (header, _) = rows
        .next(Form::CsvHeader)
        .unwrap_or_else(|| Err(Error::usage(format!("{} is empty", rows.name))))?;
    let names = cells(
        header
            .text
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&header.text),
    );
    let names: Vec<_> = names
        .iter()
        .map(|name| String::from_utf8_lossy(name))
        .collect();
    let names: Vec<_> = names.iter().map(|name| name.trim()).collect();
    if let Some(there) = ADDED.iter().find(|added| names.contains(added)) {
        return Err(
            Error::usage(format!("{} has a column {there} already", rows.name))
                .hint("enrich the file without it"),
        );
    }
    let Some(index) = names.iter().position(|name| *name == column) else {
        let error = Error::usage(format!("{} has no column {column:?}", rows.name));
        return Err(match did_you_mean(column, names.iter().copied()) {
            Some(meant) => error.hint(format!("did you mean {meant:?}?")),
            None => error.hint(format!("its columns: {}", names.join(", "))),
        });
    };
    let inputs = std::iter::from_fn(move || {
        let (row, place) = match rows.next(Form::Csv)? {
            Ok(next) => next,
            Err(error) => return Some(Err(error)),
        };
        let cell = cells(&row.text).into_iter().nth(index).unwrap_or_default();
        Some(Ok(Input {
            text: String::from_utf8(cell).map_err(|_| Unreadable::NotUtf8),
            place: Some(place),
            row: Some(row),
        }))
    });
    Ok(Inputs {
        header: Some(header),
        ..Inputs::of(Box::new(inputs))
    })
}

struct Rows<R> {
    reader: R,
    name: String,
    number: u64,
}

impl<R: BufRead> Rows<R> {
    /// The next row and its place; none at the end.
    fn next(&mut self, form: Form) -> Option<Result<(Row, String)>> {
        let place = format!("{}:{}", self.name, self.number + 1);
        let mut text = Vec::new();
        let mut quotes = Quotes::default();
        loop {
            let before = text.len();
            let room = (MAX_ROW - before) as u64;
            let read = self.reader.by_ref().take(room).read_until(b'\n', &mut text);
            match read {
                Err(error) => return Some(Err(cannot_read(&place, &error))),
                Ok(0) if before == 0 => return None,
                Ok(0) if before == MAX_ROW => {
                    let error = io::Error::other("the row is longer than 16 MiB");
                    let hint = "a quote that is never closed makes the rest of a CSV one cell";
                    return Some(Err(cannot_read(&place, &error).hint(hint)));
                }
                // A quote is open, but nothing comes.
                Ok(0) => break,
                Ok(_) => {}
            }
            if text.ends_with(b"\n") {
                self.number += 1;
                if form == Form::Json || !quotes.open_after(&text[before..]) {
                    break;
                }
            }
        }
        let body = text.strip_suffix(b"\n").unwrap_or(&text);
        let body = body.strip_suffix(b"\r").unwrap_or(body).len();
        let ending = text.split_off(body);
        Some(Ok((Row { form, text, ending }, place)))
    }
}

/// Where in a CSV record we are: a line break inside quotes does not end it.
#[derive(Default, Clone, Copy)]
enum Quotes {
    #[default]
    CellBegins,
    Bare,
    Quoted,
    /// A quote within quotes: the end of the cell, or the first of a pair.
    Closed,
}

impl Quotes {
    fn open_after(&mut self, bytes: &[u8]) -> bool {
        for byte in bytes {
            *self = match (*self, byte) {
                (Quotes::Quoted, b'"') => Quotes::Closed,
                (Quotes::Quoted, _) => Quotes::Quoted,
                (Quotes::CellBegins | Quotes::Closed, b'"') => Quotes::Quoted,
                (_, b',' | b'\n') => Quotes::CellBegins,
                _ => Quotes::Bare,
            };
        }
        matches!(self, Quotes::Quoted)
    }
}

fn cells(row: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(row.len() + 1)
        .from_reader(row);
    let mut record = csv::ByteRecord::new();
    // What cannot be parsed has no cells; a slice can be read.
    let _ = reader.read_byte_record(&mut record);
    record.iter().map(<[u8]>::to_vec).collect()
}

/// The text at a path; empty where it is absent or null.
fn json_field(line: &[u8], path: &[String]) -> Result<String, Unreadable> {
    if line.trim_ascii().is_empty() {
        return Ok(String::new());
    }
    let object: Value = serde_json::from_slice(line).map_err(|_| Unreadable::NotAnObject)?;
    let fields = object.as_object().ok_or(Unreadable::NotAnObject)?;
    if ADDED.iter().any(|added| fields.contains_key(*added)) {
        return Err(Unreadable::HasThem);
    }
    match path.iter().try_fold(&object, |value, name| value.get(name)) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(Unreadable::NotText),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &'static [u8], form: Form) -> Vec<(Row, String)> {
        let mut rows = Rows {
            reader: text,
            name: "f".to_string(),
            number: 0,
        };
        std::iter::from_fn(|| rows.next(form).map(Result::unwrap)).collect()
    }

    #[test]
    fn a_line_break_in_quotes_does_not_end_a_row() {
        let text = b"a,\"b\r\nc\",d\r\n5\" disk,x\n\"say \"\"hi\"\"\n\",y\nlast,\"open\n";
        let rows = rows(text, Form::Csv);
        let back: Vec<u8> = rows
            .iter()
            .flat_map(|(row, _)| [&row.text[..], &row.ending].concat())
            .collect();
        assert_eq!(back, text);
        let places: Vec<_> = rows.iter().map(|(_, place)| place.as_str()).collect();
        assert_eq!(places, ["f:1", "f:3", "f:4", "f:6"]);
        assert_eq!(cells(&rows[0].0.text)[1], b"b\r\nc");
        assert_eq!(cells(&rows[1].0.text)[0], b"5\" disk");
        assert_eq!(rows[0].0.ending, b"\r\n");
    }

    #[test]
    fn a_field_is_found_by_its_path() {
        let path = ["src".to_string(), "ip".to_string()];
        let field = |line: &str| json_field(line.as_bytes(), &path);
        assert_eq!(
            field(r#"{"src": {"ip": "192.0.2.1"}}"#),
            Ok("192.0.2.1".into())
        );
        assert_eq!(field(r#"{"src": {}}"#), Ok(String::new()));
        assert_eq!(field(r#"{"src": {"ip": 7}}"#), Err(Unreadable::NotText));
        assert_eq!(field(r#"["src"]"#), Err(Unreadable::NotAnObject));
        assert_eq!(field("{"), Err(Unreadable::NotAnObject));
        assert_eq!(field(r#"{"ti_tags": 1}"#), Err(Unreadable::HasThem));
    }

    proptest::proptest! {
        #[test]
        fn every_byte_of_any_file_comes_back(text in "[a,\"\r\n]{0,40}") {
            let text: &'static [u8] = text.into_bytes().leak();
            let back: Vec<u8> = rows(text, Form::Csv).iter().flat_map(|(row, _)| [&row.text[..], &row.ending].concat()).collect();
            proptest::prop_assert_eq!(back, text);
        }
    }
}
