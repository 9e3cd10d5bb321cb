//! SVG as text: the few shapes that charts are made of, every text escaped. Pure.

use std::fmt::Write;

use crate::console::sanitise;
use crate::document::Hue;
use crate::output::page::escape;

/// What is drawn on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub width: f64,
    pub margin: f64,
    pub theme: &'static Theme,
}

impl Sheet {
    /// For a file.
    pub const FILE: Sheet = Sheet {
        width: 960.0,
        margin: 32.0,
        theme: &FILE,
    };
    /// On a page that is wide enough.
    pub const WIDE: Sheet = Sheet {
        theme: &PAGE,
        ..Sheet::FILE
    };
    /// On a page in a hand.
    pub const NARROW: Sheet = Sheet {
        width: 380.0,
        margin: 16.0,
        theme: &PAGE,
    };

    /// Between the margins.
    pub fn room(&self) -> f64 {
        self.width - 2.0 * self.margin
    }

    pub fn is_narrow(&self) -> bool {
        self.width < 600.0
    }
}

/// Colours of a picture: as they are in a file, names of CSS variables on a page, so that one
/// drawing is right in light and in dark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    /// What everything is drawn on; also around numbers that cross a line.
    pub paper: &'static str,
    /// Whether the paper is part of the picture.
    pub has_paper: bool,
    pub ink: &'static str,
    pub muted: &'static str,
    pub grid: &'static str,
    pub alert: &'static str,
    pub kinds: [&'static str; Hue::COUNT as usize],
}

const FILE: Theme = Theme {
    paper: "#ffffff",
    has_paper: true,
    ink: "#1b2430",
    muted: "#5b6675",
    grid: "#e3e7ec",
    alert: "#b3202f",
    kinds: [
        "#2f6fde", "#e08a1e", "#9c4ac0", "#2a9662", "#1a93ad", "#d4405a", "#7a8699", "#8a6d3b",
    ],
};

const PAGE: Theme = Theme {
    paper: "var(--paper)",
    has_paper: false,
    ink: "var(--ink)",
    muted: "var(--muted)",
    grid: "var(--grid)",
    alert: "var(--bad)",
    kinds: [
        "var(--k0)",
        "var(--k1)",
        "var(--k2)",
        "var(--k3)",
        "var(--k4)",
        "var(--k5)",
        "var(--k6)",
        "var(--k7)",
    ],
};

impl Theme {
    pub fn kind(&self, hue: Hue) -> &'static str {
        self.kinds[hue.place()]
    }
}

/// Fonts that have Latin, and Chinese on the systems that have any, before the system's own.
pub(super) const FONTS: &[&str] = &[
    "Noto Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    pub size: f64,
    pub colour: &'static str,
    pub bold: bool,
    pub anchor: Anchor,
    /// The colour around the letters.
    pub halo: Option<&'static str>,
}

impl Pen {
    pub fn new(size: f64, colour: &'static str) -> Self {
        Pen {
            size,
            colour,
            bold: false,
            anchor: Anchor::Start,
            halo: None,
        }
    }

    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub fn halo(mut self, colour: &'static str) -> Self {
        self.halo = Some(colour);
        self
    }

    pub fn anchor(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }
}

/// A drawing under way.
#[derive(Default)]
pub(super) struct Canvas {
    shapes: String,
}

impl Canvas {
    pub fn text(&mut self, x: f64, y: f64, pen: Pen, text: &str) {
        let anchor = match pen.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if pen.bold { " font-weight=\"600\"" } else { "" };
        let halo = pen.halo.map_or(String::new(), |halo| {
            format!(" stroke=\"{halo}\" stroke-width=\"3\" paint-order=\"stroke\"")
        });
        let (size, colour, text) = (pen.size, pen.colour, escape(text));
        self.shape(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{colour}\"{weight}{anchor}{halo} xml:space=\"preserve\">{text}</text>\n"
        ));
    }

    /// A rectangle that says what it is when it is pointed at.
    pub fn rect(&mut self, [x, y, width, height]: [f64; 4], colour: &str, tip: &str) {
        let tip = match tip {
            "" => String::new(),
            tip => format!("<title>{}</title>", escape(tip)),
        };
        self.shape(format_args!(
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{colour}\">{tip}</rect>\n"
        ));
    }

    /// A rectangle that is not whole: pale, with an outline.
    pub fn outline(&mut self, [x, y, width, height]: [f64; 4], colour: &str, tip: &str) {
        // The line is drawn within the rectangle's own place.
        let inner = |length: f64| (length - 1.0).max(0.0);
        let (x, y, width, height) = (x + 0.5, y + 0.5, inner(width), inner(height));
        let tip = escape(tip);
        self.shape(format_args!(
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{colour}\" fill-opacity=\"0.25\" stroke=\"{colour}\" stroke-dasharray=\"3 2\"><title>{tip}</title></rect>\n"
        ));
    }

    pub fn line(&mut self, [x1, y1, x2, y2]: [f64; 4], colour: &str) {
        self.shape(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\"/>\n"
        ));
    }

    fn shape(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.shapes.write_fmt(shape);
    }

    /// The whole SVG document.
    pub fn finish(self, sheet: &Sheet, height: f64, title: &str) -> String {
        let (width, theme) = (sheet.width, sheet.theme);
        let paper = match (theme.has_paper, theme.paper) {
            (false, _) => String::new(),
            (true, paper) => format!("<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\n"),
        };
        let (title, shapes) = (escape(title), self.shapes);
        let fonts: String = FONTS.iter().map(|font| format!("'{font}', ")).collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\" \
             font-family=\"{fonts}sans-serif\">\n<title>{title}</title>\n{paper}{shapes}</svg>\n"
        )
    }
}

/// About how wide a text is: whoever draws it has fonts of their own.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let text = sanitise(text);
    let ems = text.chars().map(|character| match character {
        'i' | 'j' | 'l' | '.' | ',' | ' ' | '\'' | '|' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.9,
        c if c.is_ascii_uppercase() => 0.7,
        c if unicode_width::UnicodeWidthChar::width(c) == Some(2) => 1.0,
        _ => 0.58,
    });
    ems.sum::<f64>() * size
}

/// The text, cut to about `width` with an ellipsis.
pub(super) fn cut(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_string();
    }
    let mut cut = String::new();
    for character in text.chars() {
        cut.push(character);
        if text_width(&cut, size) > width - size {
            cut.pop();
            break;
        }
    }
    cut + "…"
}

/// The text in lines of about `width`: broken at blanks, and between characters that have none.
pub(super) fn lines(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut word = String::new();
    let mut put = |word: &mut String| {
        match lines.last_mut() {
            Some(last) if last.is_empty() => last.push_str(word.trim_start()),
            Some(last) if text_width(&format!("{last}{word}"), size) <= width => {
                last.push_str(word);
            }
            _ => lines.push(word.trim_start().to_string()),
        }
        word.clear();
    };
    for character in text.chars() {
        let is_wide = unicode_width::UnicodeWidthChar::width(character) == Some(2);
        // No line begins with a mark that ends a clause.
        let closes = "，。；：）、".contains(character);
        if (character == ' ' || is_wide) && !closes {
            put(&mut word);
        }
        word.push(character);
        if closes || text_width(&word, size) >= width {
            put(&mut word);
        }
    }
    put(&mut word);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_into_lines() {
        let broken = lines("Places are no evidence here", 10.0, 70.0);
        assert_eq!(broken, ["Places are no", "evidence", "here"]);
        let broken = lines("来源：http://127.0.0.1/ 时间", 10.0, 90.0);
        assert_eq!(broken, ["来源：", "http://127.0.0.1/", "时间"]);
        let broken = lines("地理位置，不可作为证据", 10.0, 40.0);
        assert_eq!(broken.concat(), "地理位置，不可作为证据");
        assert!(broken.len() > 2 && !broken.iter().any(|line| line.starts_with('，')));
        let broken = lines(&"x".repeat(100), 10.0, 60.0);
        assert!(broken.len() > 5 && broken.concat().len() == 100);
        assert_eq!(lines("", 10.0, 60.0), [""]);
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(cut("short", 12.0, 100.0), "short");
        let cut = cut(&"中".repeat(50), 10.0, 100.0);
        assert!(
            cut.ends_with('…') && text_width(&cut, 10.0) <= 110.0,
            "{cut}"
        );
    }
}
