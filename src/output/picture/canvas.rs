//! SVG as text: the few shapes that charts are made of, every text escaped. Pure.

use std::fmt::Write;

use crate::console::sanitise;

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
    pub kinds: [&'static str; 8],
}

pub(super) const FILE: Theme = Theme {
    paper: "#ffffff",
    has_paper: true,
    ink: "#1b2430",
    muted: "#5b6675",
    grid: "#e3e7ec",
    kinds: [
        "#2f6fde", "#e08a1e", "#9c4ac0", "#2a9662", "#1a93ad", "#d4405a", "#7a8699", "#8a6d3b",
    ],
};

pub(super) const PAGE: Theme = Theme {
    paper: "var(--paper)",
    has_paper: false,
    ink: "var(--ink)",
    muted: "var(--muted)",
    grid: "var(--grid)",
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
    pub fn kind(&self, rank: usize) -> &'static str {
        self.kinds[rank % self.kinds.len()]
    }
}

/// Fonts that have Latin, and Chinese on the systems that have any, before the system's own.
pub(super) const FONTS: &str = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', \
     'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', \
     'WenQuanYi Micro Hei', sans-serif";

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
    pub fn finish(self, width: f64, height: f64, theme: &Theme, title: &str) -> String {
        let paper = match (theme.has_paper, theme.paper) {
            (false, _) => String::new(),
            (true, paper) => format!("<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\n"),
        };
        let (title, shapes) = (escape(title), self.shapes);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\" \
             font-family=\"{FONTS}\">\n<title>{title}</title>\n{paper}{shapes}</svg>\n"
        )
    }
}

/// Text for XML and HTML, with what could steer a reader made visible.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in sanitise(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Two characters that XML does not allow, whatever Unicode says of them.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_text() {
        assert_eq!(
            escape("</text><script>alert('x')\u{202e}\0&"),
            "&lt;/text&gt;&lt;script&gt;alert(&#39;x&#39;)\\u{202e}\\x00&amp;"
        );
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
