//! A column of a CSV.

use std::io::BufRead;

use crate::document::RowFormat;
use crate::error::{Error, Result, did_you_mean};
use crate::input::{Input, Inputs, Origin, Unreadable, stream};

use super::reader::{DELIMITERS, Rows, cells};
use super::{ADDED, decoded, said};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// `;`, `tab`, `\t`: one ASCII character.
pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [one]) if one.is_ascii() && !b"\"\r\n".contains(one) => Ok(*one),
        _ => Err("expected one character, like ; or |, or tab".into()),
    }
}

pub(super) fn inputs<R: BufRead + Send + 'static>(
    mut rows: Rows<R>,
    column: &str,
    asked: Option<u8>,
    bom: bool,
) -> Result<Inputs> {
    rows.learn_line_end()?;
    let unknown = RowFormat::CsvHeader {
        delimiter: asked.unwrap_or(b','),
    };
    let mut next_row = || {
        let next = rows.next(unknown)?;
        let next = next.ok_or_else(|| Error::usage(format!("{} is empty", rows.name)))?;
        match next.is_open {
            true => Err(Error::usage(format!(
                "{}: a quote opens in the header and never closes",
                next.place
            ))),
            false => Ok(next.row),
        }
    };
    let mut header = next_row()?;
    let mut names = header
        .text
        .strip_prefix(BOM)
        .unwrap_or(&header.text)
        .to_vec();
    let mut asked = asked;
    // Excel's own word for its delimiter stands above the header.
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', said] = names[..] {
        asked = asked.or(Some(said));
        let below = next_row()?;
        names = below.text.clone();
        header.text.append(&mut header.ending);
        header.text.extend(&below.text);
        header.ending = below.ending;
    }
    if bom && !header.text.starts_with(BOM) {
        header.text.splice(..0, BOM.iter().copied());
    }
    let encoding = rows.encoding;
    let split = |delimiter: u8| -> Vec<String> {
        let name = |cell: Vec<u8>| match decoded(cell, encoding) {
            Ok(name) => name.trim().to_string(),
            Err(_) => String::new(),
        };
        cells(&names, delimiter).into_iter().map(name).collect()
    };
    let delimiter = asked.unwrap_or_else(|| {
        // The one that gives the wanted column, else the one that gives most.
        let by = |delimiter: &u8| {
            let names = split(*delimiter);
            (place(&names, column).is_ok(), names.len())
        };
        let best = DELIMITERS
            .iter()
            .rev()
            .max_by_key(|delimiter| by(delimiter));
        best.copied().unwrap_or(b',')
    });
    let names = split(delimiter);
    if let Some(there) = ADDED
        .iter()
        .find(|added| names.iter().any(|name| name == *added))
    {
        return Err(
            Error::usage(format!("{} has a column {there} already", rows.name))
                .hint("enrich the file without it"),
        );
    }
    let index = place(&names, column).map_err(|why| why.of(&rows.name, &names, column))?;
    header.form = RowFormat::CsvHeader { delimiter };
    let stream = stream(move || {
        let form = RowFormat::Csv {
            delimiter,
            missing: 0,
        };
        let Some(mut next) = rows.next(form)? else {
            return Ok(None);
        };
        let mut cells = cells(&next.row.text, delimiter);
        let missing = names.len().saturating_sub(cells.len());
        next.row.form = RowFormat::Csv { delimiter, missing };
        let text = match () {
            () if next.is_open => Err(Unreadable::OpenQuote),
            () if cells.len() > names.len() => Err(Unreadable::TooManyCells),
            () if index < cells.len() => decoded(cells.swap_remove(index), rows.encoding).map(said),
            () => Ok(String::new()),
        };
        Ok(Some(Input {
            text,
            place: Some(next.place),
            row: Some(next.row),
        }))
    });
    Ok(Inputs {
        header: Some(header),
        ..Inputs::of(Origin::Rows, stream)
    })
}

/// Why a column is not found.
enum NoColumn {
    Unknown,
    /// So many have the name.
    Several(usize),
}

/// Where a column stands: by its name, or by `NAME#2`, the second of that name.
fn place(names: &[String], column: &str) -> Result<usize, NoColumn> {
    let of = |wanted: &str| -> Vec<usize> {
        let places = names.iter().enumerate();
        places
            .filter(|(_, name)| *name == wanted)
            .map(|(at, _)| at)
            .collect()
    };
    match of(column)[..] {
        [one] => return Ok(one),
        [] => {}
        ref several => return Err(NoColumn::Several(several.len())),
    }
    let numbered = column.rsplit_once('#').and_then(|(name, number)| {
        let number: usize = number.parse().ok()?;
        of(name).get(number.checked_sub(1)?).copied()
    });
    numbered.ok_or(NoColumn::Unknown)
}

impl NoColumn {
    fn of(self, file: &str, names: &[String], column: &str) -> Error {
        match self {
            NoColumn::Several(count) => {
                Error::usage(format!("{file} has {count} columns {column:?}")).hint(
                    format!("say which: --column {column:?}#1 … {column:?}#{count}")
                        .replace('"', ""),
                )
            }
            NoColumn::Unknown => {
                let error = Error::usage(format!("{file} has no column {column:?}"));
                match did_you_mean(column, names.iter().map(String::as_str)) {
                    Some(meant) => error.hint(format!("did you mean {meant:?}?")),
                    None => error.hint(format!("its columns: {}", names.join(", "))),
                }
            }
        }
    }
}
