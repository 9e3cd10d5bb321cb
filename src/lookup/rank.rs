//! How answers follow one another in a table: worst first, and what nobody knows in the last line.
//! Pure.

use serde_json::Value;

use crate::document::{Phrase, Rank, Record, at, text_at};

use super::change::Change;
use super::view::{level_of, phrase};

/// What is not found has no row of its own.
pub fn rank(record: &Record) -> Rank {
    Rank {
        is_folded: text_at(record, "status") == "not_found",
        ..rank_all(record)
    }
}

/// Everything has a row of its own.
pub fn rank_all(record: &Record) -> Rank {
    let status = text_at(record, "status");
    let level = level_of(record);
    let (order, label) = match status.as_str() {
        _ if Change::of(record) == Some(Change::Gone) => (0, Change::Gone.phrase()),
        "found" if at(record, "ignored_by").is_some() => (6, Phrase::new("ignored", "已忽略")),
        "found" => (7 + level as u8, level.phrase()),
        "error" => (5, phrase(&status)),
        "invalid" => (4, phrase(&status)),
        "skipped" => (3, phrase(&status)),
        "unsupported" => (2, phrase(&status)),
        _ => (1, phrase(&status)),
    };
    Rank {
        order,
        label,
        is_folded: false,
        remark: None,
        cached_since: answers(record).filter_map(cached_since).min(),
    }
}

/// The answers in it: of each source, or of the only one.
fn answers(record: &Record) -> impl Iterator<Item = &Record> {
    let sources = at(record, "sources").and_then(Value::as_array);
    let sources = sources.into_iter().flatten();
    sources.filter_map(Value::as_object).chain([record])
}

/// Since when the cache has an answer, as `2026-11-21 19:40Z`; `None` if the source was asked.
pub fn cached_since(answer: &Record) -> Option<String> {
    at(answer, "cached").filter(|cached| **cached == true)?;
    let at = text_at(answer, "retrieved_at");
    let minute = at.get(..16).unwrap_or(&at).replace('T', " ");
    Some(format!("{minute}Z"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_worst_comes_first_and_what_nobody_knows_is_folded() {
        let records = [
            json!({"status": "found", "level": "malicious"}),
            json!({"status": "found", "level": "suspicious"}),
            json!({"status": "found", "level": "benign"}),
            json!({"status": "found", "level": "none"}),
            json!({"status": "found", "level": "malicious", "ignored_by": {"list": "good"}}),
            json!({"status": "error"}),
            json!({"status": "invalid"}),
            json!({"status": "skipped"}),
            json!({"status": "unsupported"}),
            json!({"status": "not_found"}),
            json!({"status": "skipped", "change": "gone"}),
        ];
        let ranks = records.map(|record| rank(record.as_object().unwrap()));
        assert!(ranks.is_sorted_by(|worse, better| worse.order > better.order));
        let folded: Vec<_> = ranks.iter().filter(|rank| rank.is_folded).collect();
        assert_eq!((folded.len(), folded[0].label.en), (1, "not found"));
    }

    #[test]
    fn the_oldest_answer_of_the_cache_counts() {
        let answer = |cached, minute| json!({"cached": cached, "retrieved_at": format!("2026-11-21T19:{minute}:05Z")});
        for (record, since) in [
            (answer(true, 40), Some("2026-11-21 19:40Z")),
            (answer(false, 40), None),
            (
                json!({"sources": [answer(true, 41), answer(true, 39), answer(false, 10)]}),
                Some("2026-11-21 19:39Z"),
            ),
            (json!({"sources": []}), None),
        ] {
            let rank = rank(record.as_object().unwrap());
            assert_eq!(rank.cached_since.as_deref(), since);
        }
    }
}
