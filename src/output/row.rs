//! A row of the user's own, with fields added at its end.

use std::borrow::Cow;

use serde_json::Value;

use crate::document::{Row, RowFormat};
use crate::error::{Error, Result};

use super::csv::{guard, row as csv_row};
use super::json::compact;

/// What is known of the encoding of a file, row by row: nothing that is not ASCII is added to
/// bytes of an encoding that nobody has named.
#[derive(Default)]
pub(super) struct Widener {
    /// Whether there was a row that is not UTF-8.
    is_unknown: bool,
    /// Whether something was added that is not ASCII.
    is_wide: bool,
}

impl Widener {
    /// Each added field has a name, how it reads in CSV, and its value in JSON.
    pub fn widened(&mut self, row: &Row, added: &[(&str, String, Value)]) -> Result<Vec<u8>> {
        let mut end = Vec::new();
        let mut text = row.text.clone();
        match row.form {
            _ if added.is_empty() => {}
            RowFormat::CsvHeader { delimiter } => {
                let names = added.iter().map(|(name, ..)| name.to_string());
                csv_cells(&mut end, delimiter, names);
            }
            RowFormat::Csv { delimiter, missing } => {
                end.resize(missing, delimiter);
                let cells = added.iter().map(|(_, cell, _)| guard(cell.clone()));
                csv_cells(&mut end, delimiter, cells);
            }
            RowFormat::Json => json_fields(&mut text, &mut end, added),
        }
        let end = self.encoded(row, &end)?;
        text.extend_from_slice(&end);
        text.extend_from_slice(&row.ending);
        Ok(text)
    }

    fn encoded<'a>(&mut self, row: &Row, end: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        if let Some(encoding) = row.encoding {
            let end = String::from_utf8_lossy(end);
            return Ok(Cow::Owned(encoding.encode(&end).0.into_owned()));
        }
        self.is_unknown |= std::str::from_utf8(&row.text).is_err();
        self.is_wide |= !end.is_ascii();
        match self.is_unknown && self.is_wide {
            true => Err(Error::usage(
                "the rows are not UTF-8, and what is to be added is not ASCII",
            )
            .cause("the bytes of one encoding would stand beside those of another")
            .hint("name the encoding of the file: --encoding gbk")),
            false => Ok(Cow::Borrowed(end)),
        }
    }
}

fn csv_cells(text: &mut Vec<u8>, delimiter: u8, cells: impl Iterator<Item = String>) {
    for cell in cells {
        text.push(delimiter);
        if cell.is_empty() {
            continue;
        }
        let begin = text.len();
        // Memory can always be written to.
        let _ = csv_row(std::iter::once(cell), text);
        // The row has its own ending.
        text.truncate(text.len() - b"\r\n".len());
        let is_quoted = text[begin..].starts_with(b"\"");
        if !is_quoted && text[begin..].contains(&delimiter) {
            text.insert(begin, b'"');
            text.push(b'"');
        }
    }
}

/// What is no object stays as it is. The end of the row moves behind the fields.
fn json_fields(text: &mut Vec<u8>, end: &mut Vec<u8>, added: &[(&str, String, Value)]) {
    let Some(at) = text.trim_ascii_end().strip_suffix(b"}").map(<[u8]>::len) else {
        return;
    };
    let after = text.split_off(at);
    let mut empty = text.trim_ascii_end().ends_with(b"{");
    for (name, _, value) in added {
        if !std::mem::replace(&mut empty, false) {
            end.push(b',');
        }
        end.extend_from_slice(format!("\"{name}\":").as_bytes());
        let _ = compact(value, &mut *end);
    }
    end.extend_from_slice(&after);
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: RowFormat = RowFormat::Csv {
        delimiter: b',',
        missing: 0,
    };

    fn row(form: RowFormat, text: &[u8]) -> Row {
        Row {
            form,
            text: text.into(),
            ending: b"\r\n".to_vec(),
            encoding: None,
        }
    }

    fn shown(form: RowFormat, text: &str) -> String {
        let added = [
            ("ti_status", "found".to_string(), Value::from("found")),
            (
                "ti_judgments",
                "=A|B,C".to_string(),
                serde_json::json!(["=A", "B,C"]),
            ),
            ("ti_tags", String::new(), Value::Null),
        ];
        let widened = Widener::default().widened(&row(form, text.as_bytes()), &added);
        String::from_utf8(widened.unwrap()).unwrap()
    }

    #[test]
    fn fields_are_added_and_nothing_else_changes() {
        assert_eq!(
            shown(RowFormat::CsvHeader { delimiter: b',' }, "\u{feff}a,b"),
            "\u{feff}a,b,ti_status,ti_judgments,ti_tags\r\n"
        );
        assert_eq!(shown(CSV, "a, \"b\" "), "a, \"b\" ,found,\"'=A|B,C\",\r\n");
        let piped = |missing| RowFormat::Csv {
            delimiter: b'|',
            missing,
        };
        assert_eq!(shown(piped(0), "a|b"), "a|b|found|\"'=A|B,C\"|\r\n");
        assert_eq!(shown(piped(2), "a"), "a|||found|\"'=A|B,C\"|\r\n");
        assert_eq!(
            shown(RowFormat::Json, "{ \"a\": 1.0 } "),
            "{ \"a\": 1.0 ,\"ti_status\":\"found\",\"ti_judgments\":[\"=A\",\"B,C\"],\"ti_tags\":null} \r\n"
        );
        assert!(shown(RowFormat::Json, "{}").starts_with("{\"ti_status\""));
        assert_eq!(shown(RowFormat::Json, "oops"), "oops\r\n");
    }

    #[test]
    fn one_file_has_one_encoding() {
        let wide = [("ti_tags", "团伙".to_string(), Value::Null)];
        let plain = [("ti_tags", "C2".to_string(), Value::Null)];
        let gbk = b"\xb6\xf1,x";
        for rows in [
            [(&gbk[..], &plain), (&b"a,x"[..], &wide)],
            [(&b"a,x"[..], &wide), (&gbk[..], &plain)],
        ] {
            let mut widener = Widener::default();
            let [first, second] =
                rows.map(|(text, added)| widener.widened(&row(CSV, text), added).is_ok());
            assert!(first && !second);
        }
        let named = Row {
            encoding: Some(encoding_rs::GBK),
            ..row(CSV, gbk)
        };
        let widened = Widener::default().widened(&named, &wide).unwrap();
        assert_eq!(widened, b"\xb6\xf1,x,\xcd\xc5\xbb\xef\r\n");
    }
}
