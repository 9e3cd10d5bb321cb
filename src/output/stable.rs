//! `--stable`: what differs from run to run although the answer is the same is left out, so that a
//! comparison of two runs shows news alone.

use std::io::{self, Write};

use serde_json::Value;

use crate::document::{Column, Document, Figure, Json, Lang, Listed, Record};
use crate::error::Error;

use super::Writer;

/// Fields that say something of the run, not of what was asked about; wherever they stand.
const VOLATILE: [&str; 4] = ["quota", "request_id", "retrieved_at", "cached"];

/// Whether a column is of the run.
pub fn is_volatile(column: &Column) -> bool {
    column.field.split('.').any(|part| VOLATILE.contains(&part))
}

/// Hands on what is left.
pub(super) struct StableWriter(pub Box<dyn Writer>);

impl Writer for StableWriter {
    fn record(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.0.record(lasting(record), out)
    }

    fn object(&mut self, record: Record, out: &mut dyn Write) -> io::Result<()> {
        self.0.object(lasting(record), out)
    }

    fn row(&mut self, columns: &[Column], cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
        let lasts = |(column, _): &(&Column, &&str)| !is_volatile(column);
        let pairs = columns.iter().zip(cells).filter(lasts);
        let (columns, cells): (Vec<_>, Vec<_>) =
            pairs.map(|(column, cell)| (*column, *cell)).unzip();
        self.0.row(&columns, &cells, out)
    }

    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        self.0.document(&Lasting(document), out)
    }

    fn listed(&mut self, listed: Listed, out: &mut dyn Write) -> io::Result<()> {
        let listed = Listed {
            object: lasting(listed.object),
            elements: listed
                .elements
                .map(|elements| Box::new(elements.map(lasting)) as _),
            rows: Box::new(listed.rows.map(lasting)),
            ..listed
        };
        self.0.listed(listed, out)
    }

    fn missing(&mut self, title: &str, why: &Error) {
        self.0.missing(title, why);
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.0.finish(out)
    }

    fn remarks(&mut self) -> Vec<String> {
        self.0.remarks()
    }
}

struct Lasting<'a>(&'a dyn Document);

impl Document for Lasting<'_> {
    fn json(&self) -> Json<'_> {
        match self.0.json() {
            Json::Object(object) => Json::Object(lasting(object)),
            Json::Elements(elements) => Json::Elements(Box::new(elements.map(lasting))),
        }
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        Box::new(self.0.rows().map(lasting))
    }

    fn figure(&self, lang: Lang) -> Figure<'_> {
        self.0.figure(lang)
    }
}

fn lasting(mut record: Record) -> Record {
    strip(&mut record);
    record
}

fn strip(record: &mut Record) {
    record.retain(|name, _| !VOLATILE.contains(&name.as_str()));
    record.values_mut().for_each(strip_value);
}

fn strip_value(value: &mut Value) {
    match value {
        Value::Object(object) => strip(object),
        Value::Array(items) => items.iter_mut().for_each(strip_value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_the_run_goes_wherever_it_stands() {
        let record = serde_json::json!({
            "indicator": "evil.com",
            "quota": {"left": 1, "total": 2},
            "sources": [{"source": "kti", "retrieved_at": "2026-01-01T00:00:00Z", "cached": true}],
            "error": {"code": null, "request_id": "r"},
        });
        let left = lasting(record.as_object().cloned().unwrap());
        assert_eq!(
            serde_json::to_string(&left).unwrap(),
            r#"{"indicator":"evil.com","sources":[{"source":"kti"}],"error":{"code":null}}"#
        );
        let of_the_run = |field| is_volatile(&Column::new(field, "", ""));
        assert!(of_the_run("quota.left") && of_the_run("error.request_id"));
        assert!(!of_the_run("indicator") && !of_the_run("quotas"));
    }
}
