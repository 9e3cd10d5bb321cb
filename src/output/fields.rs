//! `--fields A,B`: which fields, in which order.

use serde_json::Value;

use crate::document::{Column, Layout, Listed, Record, at};
use crate::error::{Error, Result, did_you_mean};

use super::stable::is_volatile;

/// The chosen columns, in the order they were named.
#[derive(Clone)]
pub struct Selection(pub(super) Vec<Column>);

impl Selection {
    pub fn parse(list: &str, layout: &Layout) -> Result<Self> {
        list.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| find(name, layout))
            .collect::<Result<_>>()
            .map(Selection)
    }

    /// The only field that `--values` prints: the one that is named, else the indicator.
    ///
    /// # Errors
    /// Usage: there is no indicator, or more than one field is named.
    pub fn single(list: Option<&str>, layout: &Layout) -> Result<Self> {
        let Some(list) = list else {
            let mut columns = layout.columns.iter();
            let indicator = columns.find(|column| column.field == INDICATOR).copied();
            return indicator.map(|column| Selection(vec![column])).ok_or_else(|| {
                Error::usage("--values prints indicators, and this answer has none")
                    .hint("add --fields NAME to print that field; --fields alone lists what can be chosen")
            });
        };
        let chosen = Selection::parse(list, layout)?;
        match chosen.0.len() {
            1 => Ok(chosen),
            count => Err(Error::usage(format!(
                "--values prints one field, and --fields names {count}"
            ))
            .hint("name one; --csv, --json and tables take several")),
        }
    }

    /// The columns of a CSV without those that are of the run; `None` where there is none of those.
    pub(super) fn lasting(layout: &Layout) -> Option<Self> {
        let lasting = layout.unasked().filter(|column| !is_volatile(column));
        let lasting: Vec<_> = lasting.copied().collect();
        (lasting.len() < layout.unasked().count()).then_some(Selection(lasting))
    }

    /// The first chosen field that is of the run.
    pub(super) fn volatile(&self) -> Option<&'static str> {
        let volatile = self.0.iter().find(|column| is_volatile(column));
        volatile.map(|column| column.field)
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.0.iter().any(|column| column.field == field)
    }

    /// The record with the chosen fields only, each where it was.
    pub(super) fn pick(&self, record: &Record) -> Record {
        let mut picked = Record::new();
        for column in &self.0 {
            let value = at(record, column.field).cloned().unwrap_or(Value::Null);
            insert(&mut picked, column.field, value);
        }
        picked
    }

    pub(super) fn of_listed<'a>(&self, listed: Listed<'a>) -> Picked<'a> {
        let Listed {
            mut object,
            field,
            elements,
            rows,
            ..
        } = listed;
        let fields = || self.0.iter().map(|column| column.field);
        if fields().all(|field| object.contains_key(field)) {
            if let Some(elements) = elements {
                let elements = elements.map(Value::Object).collect();
                object.insert(field.to_string(), elements);
            }
            return Picked::Object(object);
        }
        let said = fields().filter_map(|field| object.get_key_value(field));
        let said: Record = said
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect();
        Picked::Rows(Box::new(rows.map(move |mut row| {
            for (field, value) in &said {
                row.entry(field).or_insert_with(|| value.clone());
            }
            row
        })))
    }
}

/// What an indicator is called in every answer that has one.
const INDICATOR: &str = "indicator";

/// What was chosen of an object with a list in it.
pub(super) enum Picked<'a> {
    /// The object alone, which has all of it.
    Object(Record),
    /// Those of its list, with what the object says of each.
    Rows(Box<dyn Iterator<Item = Record> + 'a>),
}

fn find(name: &str, layout: &Layout) -> Result<Column> {
    let known = layout.columns.iter().find(|column| column.field == name);
    known.copied().ok_or_else(|| {
        let error = Error::usage(format!("--fields: there is no field {name:?}"));
        let names = layout.columns.iter().map(|column| column.field);
        match did_you_mean(name, names) {
            Some(meant) => error.hint(format!("did you mean {meant}?")),
            None => error.hint("--fields alone lists what can be chosen"),
        }
    })
}

fn insert(into: &mut Record, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            into.insert(path.to_string(), value);
        }
        Some((first, rest)) => {
            let inner = into
                .entry(first)
                .or_insert_with(|| Value::Object(Record::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// What `--fields` alone prints: a name a line.
pub(super) fn list(layout: &Layout) -> Result<()> {
    let names = layout.columns.iter().map(|column| column.field);
    let lines: String = names.map(|name| format!("{name}\n")).collect();
    super::print(lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout::plain(&[
        Column::new("indicator", "Indicator", "指标"),
        Column::new("ip.asn.number", "ASN", "ASN"),
        Column::new("ip.asn.rank", "Rank", "风险值"),
    ]);

    #[test]
    fn chosen_fields_stay_in_their_places() {
        let record = serde_json::json!({"indicator": "a", "ip": {"asn": {"number": 1, "rank": 2}}});
        let selection = Selection::parse("ip.asn.rank, indicator,ip.asn.number", &LAYOUT).unwrap();
        let picked = selection.pick(record.as_object().unwrap());
        assert_eq!(
            serde_json::to_string(&picked).unwrap(),
            r#"{"ip":{"asn":{"rank":2,"number":1}},"indicator":"a"}"#
        );
    }

    #[test]
    fn an_unknown_field_is_a_usage_error_with_advice() {
        let Err(error) = Selection::parse("indicatr", &LAYOUT) else {
            panic!("accepted")
        };
        assert_eq!(error.hints, ["did you mean indicator?"]);
    }
}
