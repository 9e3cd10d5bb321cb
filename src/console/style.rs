//! Code names what a text means; this is the one table that gives it a colour.

use anstyle::{AnsiColor, Style};

use crate::document::{Label, Text};
use crate::system::Env;

use super::sanitise;

/// Colours that stay apart from each other, on dark ground and on light.
const KINDS: [AnsiColor; 8] = [
    AnsiColor::Blue,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Green,
    AnsiColor::Cyan,
    AnsiColor::Red,
    AnsiColor::BrightBlack,
    AnsiColor::BrightBlue,
];

fn style_of(label: Label) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match label {
        Label::Plain => Style::new(),
        Label::Title => Style::new().bold(),
        Label::Heading => colour(AnsiColor::Cyan),
        Label::Muted => Style::new().dimmed(),
        Label::Malicious | Label::Error => colour(AnsiColor::Red).bold(),
        Label::Suspicious | Label::Warning => colour(AnsiColor::Yellow),
        Label::Info => colour(AnsiColor::Blue),
        Label::Benign | Label::Hint => colour(AnsiColor::Green),
        Label::Kind(number) => colour(KINDS[usize::from(number) % KINDS.len()]),
    }
}

/// Paints labelled text, or leaves it plain. Whatever it returns is safe to show.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub colour: bool,
}

impl Palette {
    /// The text made safe and, where colour is wanted, coloured by its label.
    pub fn paint(self, text: &Text) -> String {
        self.label(text.label, &text.text)
    }

    pub fn label(self, label: Label, text: &str) -> String {
        let text = sanitise(text);
        let style = style_of(label);
        if !self.colour || style.is_plain() || text.is_empty() {
            return text.into_owned();
        }
        format!("{style}{text}{style:#}")
    }
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// `auto` is a terminal that is not dumb, unless the environment says otherwise
    /// (no-color.org, and `CLICOLOR_FORCE` for pagers that understand colour).
    pub fn is_wanted(self, env: &Env, is_terminal: bool) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if env.get("NO_COLOR").is_some() => false,
            Colour::Auto if env.get("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            Colour::Auto => is_terminal && env.get("TERM") != Some("dumb"),
        }
    }
}
