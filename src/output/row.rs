//! A row of the user's own, with fields added at its end.

use serde_json::Value;

use crate::document::{Form, Row};

use super::csv::{guard, row as csv_row};
use super::json::compact_value;

/// Each added field has a name, how it reads in CSV, and its value in JSON.
pub(super) fn widened(row: &Row, added: &[(&str, String, Value)]) -> Vec<u8> {
    let mut text = row.text.clone();
    match row.form {
        _ if added.is_empty() => {}
        Form::CsvHeader => csv_cells(&mut text, added.iter().map(|(name, ..)| name.to_string())),
        Form::Csv => csv_cells(
            &mut text,
            added.iter().map(|(_, cell, _)| guard(cell.clone())),
        ),
        Form::Json => json_fields(&mut text, added),
    }
    text.extend_from_slice(&row.ending);
    text
}

fn csv_cells(text: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    text.push(b',');
    // Memory can always be written to.
    let _ = csv_row(cells, text);
    // The row has its own ending.
    text.truncate(text.len() - b"\r\n".len());
}

/// What is no object stays as it is.
fn json_fields(text: &mut Vec<u8>, added: &[(&str, String, Value)]) {
    let Some(end) = text.trim_ascii_end().strip_suffix(b"}").map(<[u8]>::len) else {
        return;
    };
    let after = text.split_off(end);
    let mut empty = text.trim_ascii_end().ends_with(b"{");
    for (name, _, value) in added {
        if !std::mem::replace(&mut empty, false) {
            text.push(b',');
        }
        text.extend_from_slice(format!("\"{name}\":").as_bytes());
        let _ = compact_value(value, &mut *text);
    }
    text.extend_from_slice(&after);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(form: Form, text: &str) -> String {
        let row = Row {
            form,
            text: text.into(),
            ending: b"\r\n".to_vec(),
        };
        let added = [
            ("ti_status", "found".to_string(), Value::from("found")),
            (
                "ti_judgments",
                "=A|B,C".to_string(),
                serde_json::json!(["=A", "B,C"]),
            ),
            ("ti_tags", String::new(), Value::Null),
        ];
        String::from_utf8(widened(&row, &added)).unwrap()
    }

    #[test]
    fn fields_are_added_and_nothing_else_changes() {
        assert_eq!(
            shown(Form::CsvHeader, "\u{feff}a,b"),
            "\u{feff}a,b,ti_status,ti_judgments,ti_tags\r\n"
        );
        assert_eq!(
            shown(Form::Csv, "a, \"b\" "),
            "a, \"b\" ,found,\"'=A|B,C\",\r\n"
        );
        assert_eq!(
            shown(Form::Json, "{ \"a\": 1.0 } "),
            "{ \"a\": 1.0 ,\"ti_status\":\"found\",\"ti_judgments\":[\"=A\",\"B,C\"],\"ti_tags\":null} \r\n"
        );
        assert!(shown(Form::Json, "{}").starts_with("{\"ti_status\""));
        assert_eq!(shown(Form::Json, "oops"), "oops\r\n");
    }
}
