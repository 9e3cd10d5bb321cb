use std::io::Write;
use std::sync::Mutex;

use crate::document::Label;
use crate::note::{Notes, Weight};
use crate::profile::Redactor;

use super::progress::Progress;
use super::{Palette, sanitise};

/// Notes written to stderr, each line made safe and free of secrets.
pub struct Stderr {
    quiet: bool,
    verbosity: u8,
    palette: Palette,
    redactor: Redactor,
    /// One line at a time, whoever speaks.
    line: Mutex<()>,
    /// None where nobody watches, or where a bar would run through the data.
    progress: Option<Progress>,
}

impl Stderr {
    pub fn new(quiet: bool, verbosity: u8, palette: Palette, redactor: Redactor) -> Self {
        Stderr {
            quiet,
            verbosity,
            palette,
            redactor,
            line: Mutex::new(()),
            progress: None,
        }
    }

    /// Shows how far downloads are, unless nothing but errors is to be said.
    pub fn with_progress(mut self) -> Self {
        self.progress = (!self.quiet).then(Progress::default);
        self
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
        match &self.progress {
            Some(progress) => progress.beside(write),
            None => write(),
        }
    }
}

impl Notes for Stderr {
    fn say(&self, weight: Weight, text: &str) {
        if !self.hears(weight) {
            return;
        }
        match weight {
            Weight::Error => self.line(Label::Error, "error: ", text),
            Weight::Warning => self.line(Label::Warning, "warning: ", text),
            Weight::Note => self.line(Label::Muted, "note: ", text),
            Weight::Trace | Weight::Detail => self.line(Label::Plain, "", text),
        }
    }

    fn progress(&self, done: u64, total: Option<u64>) {
        if let Some(progress) = &self.progress {
            progress.show(done, total);
        }
    }

    fn progress_over(&self) {
        if let Some(progress) = &self.progress {
            progress.clear();
        }
    }

    fn hears(&self, weight: Weight) -> bool {
        match weight {
            Weight::Error => true,
            Weight::Warning | Weight::Note => !self.quiet,
            Weight::Trace => self.verbosity >= 1,
            Weight::Detail => self.verbosity >= 2,
        }
    }
}
