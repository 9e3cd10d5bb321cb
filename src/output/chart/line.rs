//! Lines of text that keep to columns of a terminal. Pure.

pub(in crate::output) use crate::document::grouped;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::console::{Palette, sanitise};
use crate::document::{Figure, Label};

use super::super::Options;

/// What a terminal can show, and how wide it is.
#[derive(Clone, Copy)]
pub(in crate::output) struct Ground {
    pub width: usize,
    pub unicode: bool,
    pub palette: Palette,
}

impl Ground {
    pub fn of(options: &Options) -> Self {
        Ground {
            width: usize::from(options.width),
            unicode: options.unicode,
            palette: options.palette,
        }
    }

    #[cfg(test)]
    pub fn plain(width: usize, unicode: bool) -> Self {
        Ground {
            width,
            unicode,
            palette: Palette { colour: false },
        }
    }

    /// What is drawn, and how much there is of it.
    pub fn heading(&self, figure: &Figure, sum: u128) -> String {
        let heading = format!("{}: {}", figure.title, figure.amount(&grouped(sum)));
        let heading = self.cut(&heading, self.width);
        self.palette.label(Label::Title, &heading)
    }

    pub fn rule(&self, width: usize) -> String {
        let rule = if self.unicode { "─" } else { "-" };
        self.palette.label(Label::Muted, &rule.repeat(width))
    }

    /// A bar of so many eighths of a column.
    pub fn bar(&self, eighths: usize) -> String {
        const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        match self.unicode {
            true => "█".repeat(eighths / 8) + PARTS[eighths % 8],
            // Rounded, but something is never nothing.
            false => "#".repeat(((eighths + 4) / 8).max(usize::from(eighths > 0))),
        }
    }

    /// The text made safe, cut to `width` columns with an ellipsis, not padded.
    pub fn cut(&self, text: &str, width: usize) -> String {
        let text = sanitise(text);
        if text.width() <= width {
            return text.into_owned();
        }
        let dots = if self.unicode { "…" } else { "..." };
        let room = width.saturating_sub(dots.width());
        let mut cut = String::new();
        let mut used = 0;
        for character in text.chars() {
            used += character.width().unwrap_or(0);
            if used > room {
                break;
            }
            cut.push(character);
        }
        cut + dots
    }
}

/// Blanks after it, up to `width` columns.
pub(in crate::output) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Blanks before it, up to `width` columns.
pub(in crate::output) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

pub(in crate::output) fn width(text: &str) -> usize {
    sanitise(text).width()
}

/// `20.4%`; what is something but rounds to nothing is `<0.1%`.
pub(in crate::output) fn percent(share: Option<f64>) -> String {
    match share {
        None => String::new(),
        Some(share) if share > 0.0 && share < 0.000_5 => "<0.1%".to_string(),
        Some(share) => format!("{:.1}%", share * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_columns_not_by_characters() {
        let ground = Ground::plain(80, true);
        assert_eq!(ground.cut("中华人民", 5), "中华…");
        assert_eq!(ground.cut("plain", 5), "plain");
        assert_eq!(ground.cut("a\x1b[31m", 20), "a\\x1b[31m");
        assert_eq!(left("中", 4), "中  ");
        assert_eq!(right("中", 4), "  中");
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(percent(Some(0.2037)), "20.4%");
        assert_eq!(percent(Some(0.0001)), "<0.1%");
        assert_eq!(percent(Some(0.0)), "0.0%");
    }

    #[test]
    fn a_bar_is_as_long_as_it_says() {
        assert_eq!(Ground::plain(80, true).bar(20), "██▌");
        assert_eq!(Ground::plain(80, false).bar(20), "###");
        assert_eq!(Ground::plain(80, false).bar(1), "#");
        assert_eq!(Ground::plain(80, false).bar(0), "");
    }
}
