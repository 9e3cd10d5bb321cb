//! `--only`: the elements that are shown. Pure.

use std::fmt;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::Value;

use crate::document::{Record, at};

use super::types::{THREATS, Threat, threat};

/// Statuses and levels; a threat type of the same name is meant by its level.
const WORDS: [&str; 10] = [
    "found",
    "malicious",
    "suspicious",
    "info",
    "benign",
    "none",
    "not_found",
    "invalid",
    "error",
    "skipped",
];

#[derive(Debug, Clone, Copy)]
pub enum Only {
    Word(&'static str),
    /// This threat type, and those that are a kind of it.
    Threat(&'static Threat),
}

/// As it may be typed.
impl fmt::Display for Only {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Only::Word(word) => word,
            Only::Threat(threat) => threat.name.en,
        })
    }
}

impl Only {
    /// Understands a word in any case, and a threat type's Chinese name.
    pub fn parser() -> impl TypedValueParser<Value = Only> {
        let words = WORDS.map(PossibleValue::new).into_iter();
        let threats = THREATS
            .iter()
            .filter(|threat| {
                !WORDS
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(threat.name.en))
            })
            .map(|threat| PossibleValue::new(threat.name.en).alias(threat.name.zh));
        PossibleValuesParser::new(words.chain(threats))
            .try_map(|typed| Only::of(&typed).ok_or("unknown"))
    }

    fn of(typed: &str) -> Option<Only> {
        let word = WORDS.iter().find(|word| word.eq_ignore_ascii_case(typed));
        let threat = || {
            let of_name = |threat: &&Threat| {
                threat.name.en.eq_ignore_ascii_case(typed) || threat.name.zh == typed
            };
            THREATS.iter().find(of_name)
        };
        word.map(|word| Only::Word(word))
            .or_else(|| threat().map(Only::Threat))
    }

    pub fn means(self, element: &Record) -> bool {
        match self {
            Only::Word(word) => ["status", "level"]
                .iter()
                .any(|field| at(element, field).is_some_and(|value| value == word)),
            Only::Threat(wanted) => {
                let judgments = element.get("judgments").and_then(Value::as_array);
                let mut names = judgments.into_iter().flatten().filter_map(Value::as_str);
                names.any(|name| {
                    threat(name)
                        .is_some_and(|found| [found.name, found.category].contains(&wanted.name))
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_type_means_its_kinds_too_in_any_case_and_language() {
        let element = json!({"status": "found", "level": "malicious", "judgments": ["ssh brute force", "New"]});
        let element = element.as_object().unwrap();
        for (typed, means) in [
            ("found", true),
            ("MALICIOUS", true),
            ("suspicious", false),
            ("brute force", true),
            ("SSH Brute Force", true),
            ("暴力破解", true),
            ("FTP Brute Force", false),
            ("C2", false),
        ] {
            assert_eq!(Only::of(typed).unwrap().means(element), means, "{typed}");
        }
        assert!(Only::of("New").is_none());
    }
}
