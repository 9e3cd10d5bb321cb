//! What in an answer is not as it should be: shown as it came, and said.

use crate::console::{Reporter, Weight};
use crate::document::Count;

/// What was met while an answer was understood.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Doubts {
    /// Counts that are no numbers, and the first of them with its place.
    pub counts: usize,
    pub first_count: Option<String>,
    /// Counts that came as text.
    pub as_text: usize,
    /// Times that are none, and the first of them.
    pub times: usize,
    pub first_time: Option<String>,
    /// Times that the clocks of the zone skipped, and the first of them.
    pub skipped: usize,
    pub first_skipped: Option<String>,
    /// Where totals are not the sums of their counts.
    pub disagreement: Option<String>,
}

impl Doubts {
    pub fn count(&mut self, place: impl FnOnce() -> String, came: &Count) {
        self.counts += 1;
        if self.first_count.is_none() {
            let came = serde_json::json!(came);
            self.first_count = Some(format!("{}: {came}", place()));
        }
    }

    pub fn time(&mut self, shown: &str) {
        self.times += 1;
        self.first_time.get_or_insert_with(|| format!("{shown:?}"));
    }

    pub fn skipped(&mut self, shown: &str) {
        self.skipped += 1;
        self.first_skipped.get_or_insert_with(|| shown.to_string());
    }

    pub fn say(&self, notes: &dyn Reporter) {
        if let Some(disagreement) = &self.disagreement {
            notes.say(Weight::Trace, disagreement);
        }
        if self.counts > 0 {
            let first = self.first_count.as_deref().unwrap_or_default();
            let what = many(
                self.counts,
                "count is not a whole number",
                "counts are not whole numbers",
            );
            notes.warning(&format!("{what}: shown as sent, in no sum (first {first})"));
        }
        if self.as_text > 0 {
            let what = many(self.as_text, "count was sent", "counts were sent");
            notes.note(&format!("{what} as text: read as numbers"));
        }
        if self.times > 0 {
            let first = self.first_time.as_deref().unwrap_or_default();
            let what = many(self.times, "time is not", "times are not");
            notes.warning(&format!(
                "{what} of the form YYYY-MM-DD HH:MM:SS: shown as sent, in no window, no --by and no chart (first {first})"
            ));
        }
        if self.skipped > 0 {
            let first = self.first_skipped.as_deref().unwrap_or_default();
            let what = many(self.skipped, "time does not exist", "times do not exist");
            notes.note(&format!(
                "{what} in the setting timezone, whose clocks were set forward then: kept as sent (first {first})"
            ));
        }
    }
}

pub fn many(count: usize, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {several}"),
    }
}
