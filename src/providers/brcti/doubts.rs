//! What in an answer is not as it should be: shown as it came, and said.

use serde_json::value::RawValue;

use crate::console::{Reporter, Weight};
use crate::document::Count;

use super::call::Call;
use super::wire;

/// What was met while an answer was understood.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Doubts {
    /// Counts that are no numbers, each with its place.
    pub counts: Met,
    /// Counts that came as text.
    pub as_text: usize,
    /// Times that are none.
    pub times: Met,
    /// Times that the clocks of the zone skipped.
    pub skipped: Met,
    /// Where totals are not the sums of their counts.
    pub disagreement: Option<String>,
}

/// How many there were, and the first of them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Met {
    pub count: usize,
    pub first: String,
}

impl Met {
    pub fn add(&mut self, shown: impl FnOnce() -> String) {
        if self.count == 0 {
            self.first = shown();
        }
        self.count += 1;
    }
}

impl Doubts {
    /// The count that was sent at a place.
    pub fn read(&mut self, sent: &RawValue, place: impl FnOnce() -> String) -> Count {
        let (count, as_text) = wire::count(sent);
        self.as_text += usize::from(as_text);
        if count.whole().is_none() {
            self.odd(place, &count);
        }
        count
    }

    pub fn odd(&mut self, place: impl FnOnce() -> String, came: &Count) {
        let shown = || format!("{}: {}", place(), serde_json::json!(came));
        self.counts.add(shown);
    }

    pub fn say(&self, notes: &dyn Reporter) {
        if let Some(disagreement) = &self.disagreement {
            notes.say(Weight::Trace, disagreement);
        }
        if let Met { count: 1.., first } = &self.counts {
            let what = many(
                self.counts.count,
                "count is not a whole number",
                "counts are not whole numbers",
            );
            notes.warning(&format!("{what}: shown as sent, in no sum (first {first})"));
        }
        if self.as_text > 0 {
            let what = many(self.as_text, "count was sent", "counts were sent");
            notes.note(&format!("{what} as text: read as numbers"));
        }
        if let Met { count: 1.., first } = &self.times {
            let what = many(self.times.count, "time is not", "times are not");
            notes.warning(&format!(
                "{what} of the form YYYY-MM-DD HH:MM:SS: shown as sent, in no window, no --by and no chart (first {first})"
            ));
        }
        if let Met { count: 1.., first } = &self.skipped {
            let what = many(
                self.skipped.count,
                "time does not exist",
                "times do not exist",
            );
            notes.note(&format!(
                "{what} in the setting timezone, whose clocks were set forward then: kept as sent (first {first})"
            ));
        }
    }
}

/// Some servers write an empty list as null, and a gateway may lose one so.
pub fn say_null(result: Option<&RawValue>, call: Call, notes: &dyn Reporter) {
    if result.is_none() {
        let path = call.path();
        notes.warning(&format!("the result of /{path} is null: taken as no data"));
    }
}

pub fn many(count: usize, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {several}"),
    }
}
