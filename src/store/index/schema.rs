//! The tables of an index.

use crate::store::filter;

use super::filters::CHECKSUM;

/// "ti index", in the place where SQLite keeps whose file it is.
pub const APPLICATION: i64 = 0x7469_6978;
/// The layout of the tables; a file with a higher one is by a newer `ti`.
pub const VERSION: i64 = 5;

pub const TABLES: &str = "
    CREATE TABLE sources (
        id           INTEGER PRIMARY KEY,
        name         TEXT NOT NULL UNIQUE,
        origin       TEXT NOT NULL,    -- where it was read from
        sha256       TEXT NOT NULL,    -- of what was read
        retrieved_ms INTEGER NOT NULL, -- since 1970, UTC
        ages         INTEGER NOT NULL, -- whether there is a newer one some day
        rows         INTEGER NOT NULL,
        not_indexed  INTEGER NOT NULL  -- file names, mutexes
    );
    CREATE TABLE reports (
        id           INTEGER PRIMARY KEY,
        source       INTEGER NOT NULL REFERENCES sources,
        publication  TEXT NOT NULL     -- its title, or the reason in a list
    );
    CREATE TABLE rows (
        hash         INTEGER NOT NULL, -- of kind and indicator: what the filter holds
        host_hash    INTEGER,          -- of the host of a URL
        kind         TEXT NOT NULL,
        indicator    TEXT NOT NULL,    -- in its canonical form
        sent         TEXT,             -- as it was sent, where that differs
        report       INTEGER NOT NULL REFERENCES reports,
        row_id       TEXT NOT NULL,    -- as the source numbers it
        date         TEXT NOT NULL,    -- YYYY-MM-DD
        checksum     INTEGER NOT NULL  -- of what it says besides its indicator
    );
    CREATE TABLE filter (
        indicators   INTEGER NOT NULL, -- different ones
        longest_url  INTEGER NOT NULL, -- bytes of its canonical form
        checksum     INTEGER NOT NULL, -- of both, one after the other
        gates        BLOB NOT NULL,    -- of hosts, by what they end in
        entries      BLOB NOT NULL
    );";

pub const INDEXES: &str = "
    CREATE INDEX rows_by_hash ON rows (hash);
    CREATE INDEX rows_by_host ON rows (host_hash) WHERE host_hash IS NOT NULL;
    CREATE INDEX ranges ON rows (indicator) WHERE kind = 'cidr';";

/// Each of them, as SQLite keeps it.
pub fn statements() -> impl Iterator<Item = &'static str> {
    let all = TABLES.split(';').chain(INDEXES.split(';'));
    all.map(str::trim).filter(|statement| !statement.is_empty())
}

/// Of what a row says besides its indicator, which `hash` is of.
pub fn checksum(sent: &str, row_id: &str, date: &str, publication: &str) -> i64 {
    let parts = [sent, row_id, date, publication];
    let hashes = parts.map(|part| filter::hash(CHECKSUM, part.as_bytes()));
    let sum = hashes
        .iter()
        .fold(0_u64, |sum, hash| sum.rotate_left(1) ^ hash);
    // Four bytes: a million rows have a million of them.
    i64::from(sum as u32)
}
