//! What was asked for, in words: an answer without rows repeats it.

use std::fmt::Display;

use super::{Lang, Phrase};

#[derive(Debug, Clone)]
pub struct Asked {
    preposition: &'static str,
    words: Vec<String>,
}

impl Default for Asked {
    /// By flags that are still to be named.
    fn default() -> Self {
        Asked {
            preposition: "with",
            words: Vec::new(),
        }
    }
}

impl Asked {
    /// What these have in them.
    pub fn inside(names: impl IntoIterator<Item = impl Display>) -> Self {
        let names: Vec<_> = names.into_iter().map(|name| name.to_string()).collect();
        Asked {
            preposition: "in",
            words: vec![names.join(", ")],
        }
    }

    /// A flag that was typed, if it was.
    pub fn flag(mut self, name: &str, value: Option<impl Display>) -> Self {
        let word = value.map(|value| format!("--{name} {}", quoted(&value.to_string())));
        self.words.extend(word);
        self
    }

    /// A flag that takes a list; one that is empty was not typed.
    pub fn list(self, name: &str, values: &[impl Display]) -> Self {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        let joined = values.join(",");
        self.flag(name, (!values.is_empty()).then_some(joined))
    }

    /// A flag without a value.
    pub fn switch(mut self, name: &str, is_on: bool) -> Self {
        self.words.extend(is_on.then(|| format!("--{name}")));
        self
    }

    /// The flags as they were typed.
    pub fn words(&self) -> String {
        self.words.join(" ")
    }

    /// `No reports.` → `No reports with --group apt`
    pub fn sentence(&self, empty: Phrase, lang: Lang) -> String {
        let (empty, words) = (empty.in_lang(lang), self.words());
        match (words.as_str(), lang) {
            ("", _) => empty.to_string(),
            (_, Lang::En) => format!(
                "{} {} {words}",
                empty.trim_end_matches('.'),
                self.preposition
            ),
            (_, Lang::Zh) => format!("{}：{words}", empty.trim_end_matches('。')),
        }
    }
}

/// As a shell wants it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || ",.:_-+".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_answer_repeats_the_question() {
        const NONE: Phrase = Phrase::new("No reports.", "没有报告。");
        let nothing = Asked::default().flag("grep", None::<&str>);
        assert_eq!(nothing.sentence(NONE, Lang::En), "No reports.");
        let flags = Asked::default()
            .switch("exact", true)
            .flag("since", Some("36h"))
            .list("group", &["apt", "fin"])
            .list("tag", &[] as &[&str])
            .flag("grep", Some("it's"));
        let words = r"--exact --since 36h --group apt,fin --grep 'it'\''s'";
        assert_eq!(
            flags.sentence(NONE, Lang::En),
            format!("No reports with {words}")
        );
        assert_eq!(flags.sentence(NONE, Lang::Zh), format!("没有报告：{words}"));
        let inside = Asked::inside(["a.txt", "b.txt"]);
        assert_eq!(
            inside.sentence(NONE, Lang::En),
            "No reports in a.txt, b.txt"
        );
    }
}
