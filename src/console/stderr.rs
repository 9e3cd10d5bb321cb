use std::io::Write;

use unicode_width::UnicodeWidthStr;

use super::{Progress, Reporter, Weight};
use crate::document::Label;
use crate::redact::Redactor;

use super::status::Status;
use super::wrap::wrap;
use super::{Palette, sanitise};

/// Reporter written to stderr, each line made safe and free of secrets.
pub struct Stderr {
    quiet: bool,
    verbosity: u8,
    palette: Palette,
    redactor: Redactor,
    terminal: Option<Terminal>,
    status: Status,
}

/// The terminal that stderr is.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// In columns.
    pub width: u16,
    /// Whether it shows more than ASCII.
    pub unicode: bool,
    /// Whether it can draw a line anew in another way than from its beginning.
    pub is_dumb: bool,
}

impl Stderr {
    /// `terminal` is `None` where stderr goes to a file or to another program.
    pub fn new(
        quiet: bool,
        verbosity: u8,
        palette: Palette,
        redactor: Redactor,
        terminal: Option<Terminal>,
    ) -> Self {
        let (width, unicode) = terminal.map_or((0, false), |it| (it.width, it.unicode));
        Stderr {
            quiet,
            verbosity,
            palette,
            redactor,
            terminal,
            status: Status::new(width, unicode),
        }
    }

    pub fn palette(&self) -> Palette {
        self.palette
    }

    /// Writes `label` in its colour, then text that may hold anything: one line, or on a terminal
    /// as many as it needs, those after the first below the text.
    pub fn line(&self, label: Label, prefix: &str, text: &str) {
        let text = self.redactor.scrub(text);
        let mut text = sanitise(&text).into_owned();
        // What goes over the wire is no text.
        if let (Some(terminal), false) = (self.terminal, prefix.is_empty()) {
            text = wrap(&text, terminal.width.into(), prefix.width());
        }
        let line = format!("{}{text}\n", self.palette.label(label, prefix));
        self.status.aside(|| {
            // Nobody is left to tell when stderr itself cannot be written.
            let _ = std::io::stderr().lock().write_all(line.as_bytes());
        });
    }

    fn is_watched(&self) -> bool {
        self.terminal.is_some() && !self.quiet
    }
}

impl Reporter for Stderr {
    fn say(&self, weight: Weight, text: &str) {
        if !self.enabled(weight) {
            return;
        }
        match weight {
            Weight::Error => self.line(Label::Error, "error: ", text),
            Weight::Warning => self.line(Label::Warning, "warning: ", text),
            Weight::Note => self.line(Label::Muted, "note: ", text),
            Weight::Trace | Weight::Detail => self.line(Label::Plain, "", text),
        }
    }

    fn progress(&self, progress: Option<&Progress>) {
        if self.is_watched() && !self.terminal.is_some_and(|terminal| terminal.is_dumb) {
            self.status.progress(progress);
        }
    }

    fn asking(&self, whom: &str) -> u64 {
        match self.is_watched() {
            true => self.status.asking(whom),
            false => 0,
        }
    }

    fn answered(&self, number: u64) {
        if self.is_watched() {
            self.status.answered(number);
        }
    }

    fn aside(&self, write: &mut dyn FnMut()) {
        self.status.aside(write);
    }

    fn enabled(&self, weight: Weight) -> bool {
        match weight {
            Weight::Error => true,
            Weight::Warning | Weight::Note => !self.quiet,
            Weight::Trace => self.verbosity >= 1,
            Weight::Detail => self.verbosity >= 2,
        }
    }
}
