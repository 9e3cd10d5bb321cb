//! A row as the table has it: believed only where it is as it was written.

use rusqlite::Row;

use crate::indicator::Kind;

use super::fault::{Checked, Fault};
use super::schema::{report_checksum, row_checksum};

/// What [`StoredRow::of`] reads.
pub const SELECT: &str =
    "SELECT kind, indicator, coalesce(sent, indicator), report, row_id, date, rows.checksum,
            source, publication, reports.checksum
     FROM rows JOIN reports ON reports.id = report";

pub struct StoredRow<'a> {
    pub kind: Kind,
    pub indicator: &'a str,
    pub sent: &'a str,
    pub id: &'a str,
    pub date: &'a str,
    /// The number of its source.
    pub source: i64,
    pub publication: &'a str,
}

impl<'a> StoredRow<'a> {
    /// # Errors
    /// It or its report is not as it was written.
    pub fn of(row: &'a Row) -> Checked<Self> {
        let text = |column| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
        let number = |column| row.get::<_, i64>(column);
        let [kind, indicator, sent, id, date] = [text(0)?, text(1)?, text(2)?, text(4)?, text(5)?];
        let (report, source, publication) = (number(3)?, number(7)?, text(8)?);
        let is_whole = number(6)? == row_checksum(kind, indicator, sent, report, id, date)
            && number(9)? == report_checksum(report, source, publication);
        match kind.parse() {
            Ok(kind) if is_whole => Ok(StoredRow {
                kind,
                indicator,
                sent,
                id,
                date,
                source,
                publication,
            }),
            _ => Err(Fault::Damaged("a row of it is not as it was written")),
        }
    }
}
