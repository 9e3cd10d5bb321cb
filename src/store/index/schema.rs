//! The tables of an index.

use crate::store::checksum::checksum;

/// "ti index", in the place where SQLite keeps whose file it is.
pub const APPLICATION: i64 = 0x7469_6978;
/// The layout of the tables; a file with a higher one is by a newer `ti`.
pub const VERSION: i64 = 6;

pub const TABLES: &str = "
    CREATE TABLE reports (
        id           INTEGER PRIMARY KEY,
        source       INTEGER NOT NULL, -- by its id in the part about the index
        publication  TEXT NOT NULL,    -- its title, or the reason in a list
        checksum     INTEGER NOT NULL
    );
    CREATE TABLE rows (
        id           INTEGER PRIMARY KEY,
        kind         TEXT NOT NULL,
        indicator    TEXT NOT NULL,    -- in its canonical form
        sent         TEXT,             -- as it was sent, where that differs
        report       INTEGER NOT NULL REFERENCES reports,
        row_id       TEXT NOT NULL,    -- as the source numbers it
        date         TEXT NOT NULL,    -- YYYY-MM-DD
        checksum     INTEGER NOT NULL
    );
    CREATE TABLE parts (
        id           INTEGER PRIMARY KEY, -- about it, filters, ranges, places of rows
        checksum     INTEGER NOT NULL,
        bytes        BLOB NOT NULL
    );";

/// Each of them, as SQLite keeps it.
pub fn statements() -> impl Iterator<Item = &'static str> {
    TABLES
        .split(';')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
}

/// Of all that a row says. `sent` is never absent here.
pub fn row_checksum(
    kind: &str,
    indicator: &str,
    sent: &str,
    report: i64,
    row_id: &str,
    date: &str,
) -> i64 {
    let report = report.to_le_bytes();
    let [kind, indicator, sent, row_id, date] =
        [kind, indicator, sent, row_id, date].map(str::as_bytes);
    short(checksum(&[kind, indicator, sent, row_id, date, &report]))
}

pub fn report_checksum(id: i64, source: i64, publication: &str) -> i64 {
    let [id, source] = [id, source].map(i64::to_le_bytes);
    short(checksum(&[publication.as_bytes(), &id, &source]))
}

/// Four bytes: a million rows have a million of them.
fn short(checksum: u64) -> i64 {
    i64::from(checksum as u32)
}
