//! How elements read that are compared with an earlier answer. Pure.

use crate::document::{Column, Label, Lang, Record, Text};
use crate::intel::Level;

use super::change::{Change, level_before};
use super::view::phrase;

/// The columns of [`Changed`].
pub const CHANGED: &[Column] = &[CHANGE, BEFORE];

const BEFORE: Column = Column::new("level_before", "Level before", "此前级别");

pub const CHANGE: Column = Column::new("change", "Change", "变化")
    .cell(change)
    .no_wrap();

fn change(record: &Record, lang: Lang) -> Text {
    let change = Change::of(record);
    let label = match change {
        Some(Change::New | Change::Worse) => Label::Plain,
        _ => Label::Muted,
    };
    Text::new(
        label,
        change.map_or("", |change| change.phrase().in_lang(lang)),
    )
}

/// `worse: suspicious → malicious`: the levels where no column says what has become of it.
pub fn with_change(record: &Record, levels: Text, lang: Lang) -> Text {
    match change(record, lang).text.as_str() {
        "" => levels,
        change => Text::new(levels.label, format!("{change}: {}", levels.text)),
    }
}

/// `suspicious → malicious`, where answers are compared; `now` is how the record reads by itself.
pub fn levels(record: &Record, now: Text, lang: Lang) -> Text {
    let before = match Change::of(record) {
        None | Some(Change::New) => return now,
        Some(_) => level_before(record),
    };
    let before = before.map_or_else(|| phrase("not_found"), Level::phrase);
    Text::new(
        now.label,
        format!("{} → {}", before.in_lang(lang), now.text),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_levels_are_shown_where_there_are_two() {
        let now = || Text::new(Label::Malicious, "malicious");
        for (change, before, shown) in [
            ("worse", Some("info"), "info → malicious"),
            ("worse", None, "not found → malicious"),
            ("new", None, "malicious"),
            ("", None, "malicious"),
        ] {
            let record = serde_json::json!({"change": change, "level_before": before});
            let record = record.as_object().unwrap();
            assert_eq!(levels(record, now(), Lang::En).text, shown);
        }
    }
}
