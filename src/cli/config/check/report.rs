//! The steps on stdout: a line each as soon as it is known, or records.

use unicode_width::UnicodeWidthStr;

use crate::console::Palette;
use crate::document::{Column, Label, Lang, Layout, Phrase};
use crate::error::{Kind, Result};
use crate::output::{Format, Opening, Output, print};
use crate::redact::Redactor;

use super::step::{Overall, Step};

pub const LAYOUT: Layout = Layout::plain(COLUMNS);

const COLUMNS: &[Column] = &[
    Column::new("provider", "Provider", "服务"),
    Column::new("step", "Step", "步骤"),
    Column::new("status", "Status", "状态"),
    Column::new("detail", "Detail", "详情"),
    Column::new("next", "Next", "下一步"),
    Column::new("error.kind", "Kind", "错误类别"),
    Column::new("error.code", "Code", "错误码"),
    Column::new("error.message", "Message", "错误信息"),
    Column::new("error.request_id", "Request", "请求 ID"),
    Column::new("overall", "Overall", "总体"),
];

/// Columns of a line before its text: two blanks, the mark, and the name of the step.
const NAME: usize = 14;

const CAUSE: Phrase = Phrase::new("cause: ", "原因：");
const NEXT: Phrase = Phrase::new("next:  ", "下一步：");

pub struct Report {
    shown: Shown,
    redactor: Redactor,
    /// The worst so far.
    overall: Overall,
}

enum Shown {
    Lines(Lines),
    Records(Box<Output>),
}

struct Lines {
    palette: Palette,
    width: usize,
    unicode: bool,
    lang: Lang,
    /// The provider of the last line, once there was a line.
    under: Option<Option<&'static str>>,
}

impl Report {
    pub fn open(opening: Opening<'_>, lang: Lang, redactor: Redactor) -> Result<Self> {
        let options = opening.options()?;
        let is_table = options.format == Format::Table && options.fields.is_none();
        let shown = match is_table && !options.to_file {
            true => Shown::Lines(Lines {
                palette: options.palette,
                width: usize::from(options.width).min(100),
                unicode: options.unicode,
                lang,
                under: None,
            }),
            false => Shown::Records(Box::new(opening.open()?)),
        };
        Ok(Report {
            shown,
            redactor,
            overall: Overall::Ok,
        })
    }

    /// Whether the steps are lines to be read, and no records.
    pub fn is_for_a_person(&self) -> bool {
        matches!(self.shown, Shown::Lines(_))
    }

    pub fn step(&mut self, step: Step) -> Result<()> {
        let scrub = |text: &str| self.redactor.scrub(text);
        self.overall = self.overall.max(Overall::of(&step.outcome));
        match &mut self.shown {
            Shown::Records(output) => {
                output.element(&step.shown(self.overall, &scrub))?;
                output.flush()
            }
            Shown::Lines(lines) => {
                let mut text = String::new();
                let before = lines.under.replace(step.provider);
                if let Some(provider) = step.provider
                    && before != Some(step.provider)
                {
                    let gap = if before.is_some() { "\n" } else { "" };
                    text = format!("{gap}{}\n", lines.palette.label(Label::Title, provider));
                }
                text.push_str(&lines.of(&step, &scrub));
                // As of any gate, the exit code says what was found without a reader, too.
                match print(text.as_bytes()) {
                    Err(error) if error.kind == Kind::ClosedPipe => Ok(()),
                    printed => printed,
                }
            }
        }
    }

    /// The failure is one that no step has told: records have it, too. Beside lines it stands on
    /// stderr.
    pub fn finish(mut self, failure: Option<Step>) -> Result<()> {
        if let (Shown::Records(_), Some(step)) = (&self.shown, failure) {
            self.step(step)?;
        }
        match self.shown {
            Shown::Lines(_) => Ok(()),
            Shown::Records(output) => output.complete().map(drop),
        }
    }
}

impl Lines {
    /// A step, its causes and what to do next.
    fn of(&self, step: &Step, scrub: &dyn Fn(&str) -> String) -> String {
        let (outcome, palette) = (&step.outcome, self.palette);
        let (mark, colour) = outcome.mark(self.unicode);
        let indent = 2 + mark.chars().count() + 1 + NAME;
        let mut text = String::new();
        let mut paragraph = |label: Label, lead: &str, body: &str| {
            let body = scrub(body);
            let room = self.width.saturating_sub(indent + lead.width()).max(20);
            for (index, line) in wrapped(&body, room).into_iter().enumerate() {
                let before = match (text.is_empty(), index) {
                    // A longer name pushes its own line only.
                    (true, _) => format!(
                        "  {} {:width$}",
                        palette.label(colour, mark),
                        step.name,
                        width = NAME.max(step.name.len() + 2)
                    ),
                    (false, 0) => format!("{:indent$}{}", "", palette.label(label, lead)),
                    (false, _) => " ".repeat(indent + lead.width()),
                };
                text.push_str(&before);
                text.push_str(&palette.label(Label::Plain, line));
                text.push('\n');
            }
        };
        paragraph(Label::Plain, "", &outcome.detail);
        for cause in outcome.failure.iter().flat_map(|error| &error.causes) {
            paragraph(Label::Muted, CAUSE.in_lang(self.lang), cause);
        }
        for hint in &outcome.next {
            paragraph(Label::Hint, NEXT.in_lang(self.lang), hint);
        }
        text
    }
}

/// Lines of at most `width` columns where words allow it; a word is never broken, so that a
/// path or a command can be copied.
fn wrapped(text: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while rest.width() > width {
        let ends = rest.match_indices([' ', '，', '；', '：', '、']);
        // Such a mark ends its line.
        let ends = ends.map(|(at, mark)| at + mark.trim_start().len());
        let fits = |at: &usize| rest[..*at].width() <= width;
        let Some(at) = ends.clone().rfind(fits).or(ends.clone().next()) else {
            break;
        };
        lines.push(rest[..at].trim_end());
        rest = rest[at..].trim_start();
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::check::step::Outcome;
    use crate::error::Error;

    #[test]
    fn words_are_wrapped_and_never_broken() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("/a/long/path and", 6), ["/a/long/path", "and"]);
        assert_eq!(wrapped("中文 中文", 5), ["中文", "中文"]);
        assert_eq!(wrapped("没有证书，请检查", 10), ["没有证书，", "请检查"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn a_failure_is_what_why_and_what_next() {
        let error = Error::config("no such file")
            .cause("a cause that takes two lines")
            .hint("make one");
        let step = Step {
            provider: None,
            name: "file",
            outcome: Outcome::failed(error),
        };
        let shown = |width, unicode| {
            let lines = Lines {
                palette: Palette { colour: false },
                width,
                unicode,
                lang: Lang::En,
                under: None,
            };
            lines.of(&step, &str::to_string)
        };
        assert_eq!(
            shown(45, true),
            "  ✗ file          no such file\n\
             \x20                 cause: a cause that takes\n\
             \x20                        two lines\n\
             \x20                 next:  make one\n"
        );
        assert!(shown(40, false).starts_with("  FAIL file "));
    }
}
