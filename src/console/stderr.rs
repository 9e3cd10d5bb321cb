use std::io::Write;
use std::sync::Mutex;

use super::{Progress, Reporter, Weight};
use crate::document::Label;
use crate::redact::Redactor;

use super::progress::Bar;
use super::{Palette, sanitise};

/// Reporter written to stderr, each line made safe and free of secrets.
pub struct Stderr {
    quiet: bool,
    verbosity: u8,
    palette: Palette,
    redactor: Redactor,
    /// One line at a time, whoever speaks.
    line: Mutex<()>,
    watched: Watched,
    bar: Bar,
}

/// What somebody at the terminal sees move, without the data running into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    Nothing,
    /// A table comes at the end; a download would flow to the same terminal at once.
    Lookups,
    Everything,
}

impl Stderr {
    pub fn new(
        quiet: bool,
        verbosity: u8,
        palette: Palette,
        redactor: Redactor,
        watched: Watched,
    ) -> Self {
        Stderr {
            quiet,
            verbosity,
            palette,
            redactor,
            line: Mutex::new(()),
            watched: if quiet { Watched::Nothing } else { watched },
            bar: Bar::default(),
        }
    }

    pub fn palette(&self) -> Palette {
        self.palette
    }

    /// Writes one line: `label` in its colour, then text that may hold anything.
    pub fn line(&self, label: Label, prefix: &str, text: &str) {
        let text = self.redactor.scrub(text);
        let line = format!("{}{}\n", self.palette.label(label, prefix), sanitise(&text));
        let _one_at_a_time = self.line.lock();
        let write = || {
            // Nobody is left to tell when stderr itself cannot be written.
            let _ = std::io::stderr().lock().write_all(line.as_bytes());
        };
        self.bar.aside(write);
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
        match (self.watched, progress) {
            (Watched::Nothing, _) | (Watched::Lookups, Some(Progress::Bytes { .. })) => {}
            _ => self.bar.show(progress),
        }
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
