//! One field of each row of a CSV or NDJSON file; the row travels along, byte for byte.

mod csv;
mod json;
mod reader;

use std::io::{BufReader, Read};
use std::path::PathBuf;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

use super::content::{self, Content};
use super::{Inputs, Unreadable, cannot_read, open_bytes};

use json::Path;
use reader::Rows;

#[derive(Debug, Clone, clap::Args)]
#[command(group = clap::ArgGroup::new("where").required(true))]
pub struct RowArgs {
    /// The file: CSV with --column, NDJSON with --field; `-` is stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The column of a CSV that has the indicators; by its header, NAME#2 is the second of that name
    #[arg(long, value_name = "NAME", group = "where")]
    pub column: Option<String>,

    /// The field of each line of an NDJSON that has them; as in jq: .src.ip, ."id.resp_h",
    /// .answers[0].data
    #[arg(long, value_name = "PATH", group = "where")]
    pub field: Option<Path>,

    /// What separates the cells of a CSV (`;`, `tab`) [default: what separates its header]
    #[arg(long, value_name = "CHAR", value_parser = csv::delimiter, conflicts_with = "field", hide_short_help = true)]
    pub delimiter: Option<u8>,

    /// The file is written in this encoding (gbk, shift_jis), and so is what is added [default: UTF-8]
    #[arg(long, value_name = "NAME", value_parser = content::encoding, hide_short_help = true)]
    pub encoding: Option<&'static Encoding>,

    /// Begin a CSV with a byte-order mark, by which Excel knows UTF-8
    #[arg(long, conflicts_with_all = ["field", "encoding"], hide_short_help = true)]
    pub bom: bool,

    /// Ask for any name, with a public suffix or without
    #[arg(long, hide_short_help = true)]
    pub any_name: bool,
}

/// Names of what is to be added; a file that has them is not enriched again.
pub const ADDED: [&str; 5] = [
    "ti_status",
    "ti_level",
    "ti_judgments",
    "ti_tags",
    "ti_indicator",
];

/// Words for nothing, whatever stands around them: `(empty)`, `#N/A`, `<null>`.
const EMPTY: [&str; 12] = [
    "n/a",
    "na",
    "nil",
    "nan",
    "none",
    "null",
    "empty",
    "blank",
    "undefined",
    "unknown",
    "无",
    "空",
];

impl RowArgs {
    pub fn open(&self) -> Result<Inputs> {
        let (reader, name) = open_bytes(&self.file, "")?;
        self.read(reader, &name)
    }

    pub fn is_csv(&self) -> bool {
        self.column.is_some()
    }

    /// The rows of a file of that name.
    pub fn read(&self, reader: impl Read + Send + 'static, name: &str) -> Result<Inputs> {
        // No row of UTF-16 can be told byte by byte: such a file comes out as UTF-8.
        let wide = |encoding: &&'static Encoding| [UTF_16LE, UTF_16BE].contains(encoding);
        let mut content = Content::new(reader, self.encoding.filter(wide)).keeping_mark();
        let is_decoded = content.is_decoded();
        let is_utf8 = is_decoded.map_err(|error| cannot_read(name, &error))?;
        let encoding = self
            .encoding
            .filter(|encoding| !is_utf8 && *encoding != UTF_8);
        let reader = BufReader::with_capacity(64 * 1024, content);
        let rows = Rows::new(reader, name, encoding);
        let inputs = match (&self.column, &self.field) {
            (Some(column), _) => csv::inputs(rows, column, self.delimiter, self.bom)?,
            (None, Some(path)) => json::inputs(rows, path.clone()),
            (None, None) => return Err(Error::usage("neither --column nor --field")),
        };
        Ok(Inputs {
            any_name: self.any_name,
            ..inputs
        })
    }
}

/// What a field says, where it says anything.
fn said(text: String) -> String {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_word = |empty: &&str| word.eq_ignore_ascii_case(empty);
    // The word of databases.
    let is_empty = word.is_empty() || EMPTY.iter().any(is_word) || text == "\\N";
    if is_empty { String::new() } else { text }
}

fn decoded(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Result<String, Unreadable> {
    match encoding {
        None => String::from_utf8(bytes).map_err(|_| Unreadable::NotUtf8),
        Some(encoding) => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes)
            .map(|text| text.into_owned())
            .ok_or(Unreadable::NotInEncoding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_many_words() {
        for text in [
            "",
            " ",
            "-",
            "--",
            "—",
            "?",
            "...",
            "N/A",
            "n/a",
            "NA",
            "#N/A",
            "null",
            "NULL",
            "<null>",
            "(null)",
            "None",
            "(empty)",
            "[empty]",
            "nan",
            "undefined",
            "Unknown",
            "\\N",
            "无",
            "\"\"",
        ] {
            assert_eq!(said(text.to_string()), "", "{text}");
        }
        for text in ["evil.com", "na.example", "-evil.com", "N", "none.com", "0"] {
            assert_eq!(said(text.to_string()), text);
        }
    }
}
