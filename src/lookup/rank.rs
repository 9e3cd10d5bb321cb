//! How answers follow one another in a table: worst first, and what nobody knows in the last line.
//! Pure.

use crate::document::{Phrase, Rank, Record, at, text_at};
use crate::intel::Level;

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
    let level = Level::of_name(&text_at(record, "level")).unwrap_or(Level::None);
    let (order, label) = match status.as_str() {
        "found" if at(record, "ignored_by").is_some() => (5, Phrase::new("ignored", "已忽略")),
        "found" => (6 + level as u8, level.phrase()),
        "error" => (4, phrase(&status)),
        "invalid" => (3, phrase(&status)),
        "skipped" => (2, phrase(&status)),
        "unsupported" => (1, phrase(&status)),
        _ => (0, phrase(&status)),
    };
    Rank {
        order,
        label,
        is_folded: false,
    }
}

/// The words for a status that is no verdict.
pub fn phrase(status: &str) -> Phrase {
    match status {
        "not_found" => Phrase::new("not found", "无数据"),
        "invalid" => Phrase::new("refused", "无效"),
        "skipped" => Phrase::new("not asked", "未查询"),
        "unsupported" => Phrase::new("unsupported", "不支持"),
        _ => Phrase::new("failed", "失败"),
    }
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
        ];
        let ranks = records.map(|record| rank(record.as_object().unwrap()));
        assert!(ranks.is_sorted_by(|worse, better| worse.order > better.order));
        let folded: Vec<_> = ranks.iter().filter(|rank| rank.is_folded).collect();
        assert_eq!((folded.len(), folded[0].label.en), (1, "not found"));
    }
}
