//! Which column of the Master IOC is which: by the header's names where they say something, else
//! by position (contract: kaspersky.md, get_master_ioc). Pure.

use super::cells::Cells;

/// Columns that are known; there may be more.
pub const COLUMNS: usize = 5;

/// Where id, publication, indicator, detection date and type stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns(pub [usize; COLUMNS]);

/// What each column is called, as letters and digits in lower case.
const NAMES: [&[&str]; COLUMNS] = [
    &["id", "recordid", "rowid", "uid"],
    &[
        "publication",
        "publicationname",
        "publicationtitle",
        "report",
        "reportname",
        "reporttitle",
        "title",
    ],
    &["indicator", "indicatorvalue", "ioc", "iocvalue", "value"],
    &["detectiondate", "detected", "detection", "date"],
    &["indicatortype", "ioctype", "type"],
];

/// As documented.
impl Default for Columns {
    fn default() -> Self {
        Columns([0, 1, 2, 3, 4])
    }
}

impl Columns {
    /// By a header. A column that goes by no known name stands where it is documented; `None` if
    /// that is another's place.
    pub fn of(header: &Cells) -> Option<Self> {
        let places = places(header);
        let mut columns = Self::default();
        for (column, place) in columns.0.iter_mut().zip(places) {
            match place {
                Some(place) => *column = place,
                None if places.contains(&Some(*column)) => return None,
                None => {}
            }
        }
        Some(columns)
    }

    pub fn date(&self) -> usize {
        self.0[3]
    }

    /// The place of the last one.
    pub fn last(&self) -> usize {
        self.0.into_iter().max().unwrap_or_default()
    }
}

/// Whether a row names every column, as only a header does.
pub fn named(row: &Cells) -> bool {
    places(row).iter().all(Option::is_some)
}

fn places(header: &Cells) -> [Option<usize>; COLUMNS] {
    let words: Vec<String> = (0..header.count())
        .map(|index| word(header.get(index)))
        .collect();
    NAMES.map(|names| words.iter().position(|word| names.contains(&word.as_str())))
}

/// `Detection Date` → `detectiondate`.
fn word(name: &[u8]) -> String {
    let letters = name.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}
