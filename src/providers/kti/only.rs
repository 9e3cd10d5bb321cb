//! `--only`: the elements that are shown. Pure.

use std::fmt;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::intel::Level;

use super::element::Element;
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

    pub fn means(self, element: &Element) -> bool {
        let level = element.level.map(Level::name);
        self.means_such(
            element.status.name(),
            level,
            element.judgments.unwrap_or_default(),
        )
    }

    fn means_such(self, status: &str, level: Option<&str>, judgments: &[String]) -> bool {
        match self {
            Only::Word(word) => status == word || level == Some(word),
            Only::Threat(wanted) => judgments.iter().any(|name| {
                threat(name)
                    .is_some_and(|found| [found.name, found.category].contains(&wanted.name))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_means_its_kinds_too_in_any_case_and_language() {
        let judgments = ["ssh brute force", "New"].map(str::to_string);
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
            let only = Only::of(typed).unwrap();
            let is_meant = only.means_such("found", Some("malicious"), &judgments);
            assert_eq!(is_meant, means, "{typed}");
        }
        assert!(Only::of("New").is_none());
    }
}
