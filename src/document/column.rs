use serde_json::Value;

use super::{Lang, Phrase, Record, Text};

/// One field of a record: its place in the JSON is its name for `--fields` and its CSV header.
/// A column of a table may draw on several fields; it has a `cell` and no `field` then.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Dotted path into the record: `ip.asn.number`.
    pub field: &'static str,
    pub title: Phrase,
    pub align: Align,
    /// Whether a table keeps it on one line while the width allows.
    pub no_wrap: bool,
    /// Columns that its text reads well in when it is broken: for less, others are given up.
    pub min_width: u16,
    /// When a table gives it up for want of room, the lowest first; `None` if it never does.
    pub droppable: Option<u8>,
    /// For an indicator: how a drawn table writes it, so that nobody opens what does harm.
    pub harmless: Option<fn(&Record, &str) -> String>,
    /// Whether a CSV has it only where `--fields` asks for it.
    pub opt_in: bool,
    /// How a person reads it in a table; without one, as in CSV.
    pub cell: Option<fn(&Record, Lang) -> Text>,
    /// How it reads in CSV; without one, [`flat`].
    pub csv: Option<fn(&Value) -> String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

impl Column {
    pub const fn new(field: &'static str, en: &'static str, zh: &'static str) -> Self {
        Column {
            field,
            title: Phrase::new(en, zh),
            align: Align::Left,
            no_wrap: false,
            min_width: 20,
            droppable: None,
            harmless: None,
            opt_in: false,
            cell: None,
            csv: None,
        }
    }

    pub const fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }

    pub const fn no_wrap(mut self) -> Self {
        self.no_wrap = true;
        self
    }

    pub const fn min_width(mut self, columns: u16) -> Self {
        self.min_width = columns;
        self
    }

    pub const fn droppable(mut self, turn: u8) -> Self {
        self.droppable = Some(turn);
        self
    }

    pub const fn harmless(mut self, harmless: fn(&Record, &str) -> String) -> Self {
        self.harmless = Some(harmless);
        self
    }

    pub const fn opt_in(mut self) -> Self {
        self.opt_in = true;
        self
    }

    pub const fn cell(mut self, cell: fn(&Record, Lang) -> Text) -> Self {
        self.cell = Some(cell);
        self
    }

    pub const fn csv(mut self, csv: fn(&Value) -> String) -> Self {
        self.csv = Some(csv);
        self
    }

    /// The value as one line of text, as in CSV; empty where it is absent.
    pub fn flat(&self, record: &Record) -> String {
        at(record, self.field)
            .map(self.csv.unwrap_or(flat))
            .unwrap_or_default()
    }

    pub fn text(&self, record: &Record, lang: Lang) -> Text {
        match self.cell {
            Some(cell) => cell(record, lang),
            None => Text::plain(self.flat(record)),
        }
    }

    /// As a drawn table has it.
    pub fn drawn(&self, record: &Record, lang: Lang) -> Text {
        let text = self.text(record, lang);
        match self.harmless {
            Some(harmless) => Text::new(text.label, harmless(record, &text.text)),
            None => text,
        }
    }
}

/// Lists of columns, one behind the other: `N` in all.
pub const fn joined<const N: usize>(lists: &[&[Column]]) -> [Column; N] {
    let mut all = [Column::new("", "", ""); N];
    let (mut filled, mut list) = (0, 0);
    while list < lists.len() {
        let mut place = 0;
        while place < lists[list].len() {
            all[filled] = lists[list][place];
            filled += 1;
            place += 1;
        }
        list += 1;
    }
    assert!(filled == N, "as many columns as there are");
    all
}

/// The value at a dotted path; `None` if it is absent or null.
pub fn at<'a>(record: &'a Record, path: &str) -> Option<&'a Value> {
    let mut parts = path.split('.');
    let first = record.get(parts.next()?)?;
    let value = parts.try_fold(first, |value, part| value.get(part))?;
    (!value.is_null()).then_some(value)
}

/// The value at a dotted path as one cell; empty where it is absent or null.
pub fn text_at(record: &Record, path: &str) -> String {
    at(record, path).map(flat).unwrap_or_default()
}

/// A value in one cell: lists joined with `|`, objects as JSON.
pub fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join("|"),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_into_objects() {
        let value =
            serde_json::json!({"ip": {"asn": {"number": 64500}}, "list": ["a", "b"], "gone": null});
        let record = value.as_object().unwrap();
        assert_eq!(
            at(record, "ip.asn.number").map(flat).as_deref(),
            Some("64500")
        );
        assert_eq!(at(record, "list").map(flat).as_deref(), Some("a|b"));
        assert_eq!(at(record, "gone"), None);
        assert_eq!(at(record, "ip.asn.rank"), None);
    }
}
