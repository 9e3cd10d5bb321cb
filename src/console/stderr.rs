use std::borrow::Cow;
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use unicode_width::UnicodeWidthStr;

use super::translate::{label, translate};
use super::{Progress, Reporter, Weight};
use crate::document::{Label, Lang};
use crate::redact::Redactor;

use super::status::Status;
use super::wrap::wrap;
use super::{Palette, plain_signs, sanitise};

/// Reporter written to stderr, each line made safe and free of secrets.
pub struct Stderr {
    quiet: bool,
    verbosity: u8,
    palette: Palette,
    redactor: Redactor,
    terminal: Option<Terminal>,
    status: Status,
    errors_are_json: bool,
    held: Mutex<Held>,
}

/// What was said before anybody knows whether the run will come to anything: an error as JSON
/// then stands alone, with this in it.
#[derive(Default)]
struct Held {
    /// `None` where what is said is shown at once.
    lines: Option<Vec<(Label, &'static str, String)>>,
    bytes: usize,
    begun: bool,
}

/// More than this is not held back.
const MAX_HELD: usize = 64 * 1024;

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
            errors_are_json: false,
            held: Mutex::default(),
        }
    }

    /// Errors that end a run are told as JSON. Where a program reads them, what is said before
    /// the first data is held back, so that an error of a run without any stands alone.
    pub fn with_json_errors(mut self, read_by_program: bool) -> Self {
        self.errors_are_json = true;
        self.held = Mutex::new(Held {
            lines: read_by_program.then(Vec::new),
            ..Held::default()
        });
        self
    }

    /// In which language messages are from now on.
    pub fn speak(&self, lang: Lang) {
        self.status.speak(lang);
    }

    /// A message in that language.
    pub fn in_language<'a>(&self, text: &'a str) -> Cow<'a, str> {
        translate(text, self.status.lang())
    }

    pub fn errors_are_json(&self) -> bool {
        self.errors_are_json
    }

    /// Shows what was held back, and from now on everything at once.
    pub fn release(&self) {
        for (label, prefix, text) in self.held_lines() {
            self.line(label, prefix, &text);
        }
    }

    /// What was held back, without secrets; from now on everything is shown at once.
    pub fn take_held(&self) -> Vec<String> {
        let lines = self.held_lines().into_iter();
        lines
            .map(|(_, prefix, text)| self.scrub(&format!("{prefix}{text}")))
            .collect()
    }

    /// Whether any data came out.
    pub fn has_begun(&self) -> bool {
        self.held().begun
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held_lines(&self) -> Vec<(Label, &'static str, String)> {
        self.held().lines.take().unwrap_or_default()
    }

    /// Whether a line was held back.
    fn hold(&self, label: Label, prefix: &'static str, text: &str) -> bool {
        let mut held = self.held();
        let Some(lines) = &mut held.lines else {
            return false;
        };
        lines.push((label, prefix, text.to_string()));
        held.bytes += text.len();
        if held.bytes > MAX_HELD {
            drop(held);
            self.release();
        }
        true
    }

    pub fn scrub(&self, text: &str) -> String {
        self.redactor.scrub(text)
    }

    pub fn palette(&self) -> Palette {
        self.palette
    }

    /// Writes `prefix` in its colour, then a message that may hold anything: one line, or on a
    /// terminal as many as it needs, those after the first below the text.
    pub fn line(&self, colour: Label, prefix: &str, text: &str) {
        let text = self.redactor.scrub(text);
        let text = self.in_language(&text);
        let prefix = label(prefix, self.status.lang());
        let mut text = sanitise(&text).into_owned();
        if let Some(terminal) = self.terminal {
            if !terminal.unicode {
                text = plain_signs(&text).into_owned();
            }
            text = wrap(&text, terminal.width.into(), prefix.width());
        }
        let line = format!("{}{text}\n", self.palette.label(colour, prefix));
        self.write(&line);
    }

    /// Writes text that is safe and ends a line.
    pub fn write(&self, line: &str) {
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
        let (label, prefix) = match weight {
            Weight::Error => (Label::Error, "error: "),
            Weight::Warning => (Label::Warning, "warning: "),
            Weight::Note => (Label::Muted, "note: "),
            // What goes over the wire is no message.
            Weight::Trace | Weight::Detail => {
                let text = self.redactor.scrub(text);
                return self.write(&format!("{}\n", sanitise(&text)));
            }
        };
        if !self.hold(label, prefix, text) {
            self.line(label, prefix, text);
        }
    }

    fn begun(&self) {
        self.held().begun = true;
        self.release();
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
