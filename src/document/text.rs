/// The language of titles and of the names of threats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    /// As it is set.
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

/// A text without the byte order mark that some editors write before it.
pub fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Phrase {
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Phrase { en, zh }
    }

    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// What a piece of text means; one table turns it into a colour (`terminal::style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Label {
    #[default]
    Plain,
    Title,
    Heading,
    Muted,
    Malicious,
    Suspicious,
    Info,
    Benign,
    Error,
    Warning,
    Hint,
    /// One of several kinds that a chart tells apart.
    Kind(u8),
}

/// Text for a person, unsanitised: whatever renders it makes it safe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub label: Label,
    pub text: String,
}

impl Text {
    pub fn new(label: Label, text: impl Into<String>) -> Self {
        Text {
            label,
            text: text.into(),
        }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Label::Plain, text)
    }
}
