//! What moves at the bottom of the terminal: how far a run is, or whom it waits for.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use indicatif::ProgressBar;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::document::Lang;
use crate::system::spawn;

use super::waits::Waits;
use super::{Progress, progress, sanitise, translate};

/// Held by whoever writes to the terminal.
#[derive(Clone)]
pub(super) struct Status(Arc<Shared>);

struct Shared {
    shown: Mutex<Shown>,
    /// Somebody is asked.
    changed: Condvar,
    width: usize,
    dots: &'static str,
}

#[derive(Default)]
struct Shown {
    bar: Option<ProgressBar>,
    waits: Waits,
    /// Columns of the line that says who is asked.
    drawn: usize,
    /// Whether there is a thread that draws it.
    is_watched: bool,
    lang: Lang,
}

impl Status {
    /// For a terminal of this width.
    pub fn new(width: u16, unicode: bool) -> Self {
        Status(Arc::new(Shared {
            shown: Mutex::default(),
            changed: Condvar::new(),
            width: usize::from(width),
            dots: if unicode { "…" } else { "..." },
        }))
    }

    /// In which language it speaks.
    pub fn speak(&self, lang: Lang) {
        self.0.lock().lang = lang;
    }

    pub fn lang(&self) -> Lang {
        self.0.lock().lang
    }

    pub fn progress(&self, progress: Option<&Progress>) {
        let mut shown = self.0.lock();
        shown.erase();
        let lang = shown.lang;
        progress::draw(&mut shown.bar, progress, lang);
    }

    pub fn asking(&self, whom: &str) -> u64 {
        let mut shown = self.0.lock();
        if !shown.is_watched {
            let shared = self.0.clone();
            shown.is_watched = spawn(move || shared.watch()).is_ok();
        }
        self.0.changed.notify_one();
        shown.waits.begin(&sanitise(whom), Instant::now())
    }

    pub fn answered(&self, number: u64) {
        let mut shown = self.0.lock();
        shown.waits.end(number);
        if shown.waits.next(Instant::now()).is_none() {
            shown.erase();
        }
    }

    /// Writes something else without running into the line.
    pub fn aside(&self, write: impl FnOnce()) {
        let mut shown = self.0.lock();
        shown.erase();
        match &shown.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws the line as long as the program lives.
    fn watch(&self) {
        let mut shown = self.lock();
        loop {
            let now = Instant::now();
            if shown.bar.is_none()
                && let Some(words) = shown.waits.words(self.dots, now)
            {
                let words = translate(&words, shown.lang);
                shown.draw(&words, self.width);
            }
            shown = match shown.waits.next(now) {
                Some(next) => {
                    let waited = self.changed.wait_timeout(shown, next);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => {
                    let waited = self.changed.wait(shown);
                    waited.unwrap_or_else(PoisonError::into_inner)
                }
            };
        }
    }
}

impl Shown {
    /// A carriage return and blanks are what every terminal knows, a dumb one too.
    fn draw(&mut self, words: &str, width: usize) {
        let words = cut(words, width.saturating_sub(1));
        let rest = " ".repeat(self.drawn.saturating_sub(words.width()));
        to_stderr(&format!("\r{words}{rest}"));
        self.drawn = words.width();
    }

    fn erase(&mut self) {
        let drawn = std::mem::take(&mut self.drawn);
        if drawn > 0 {
            to_stderr(&format!("\r{}\r", " ".repeat(drawn)));
        }
    }
}

/// What of it has room in so many columns.
fn cut(words: &str, width: usize) -> String {
    let mut left = width;
    let fits = |c: &char| match left.checked_sub(c.width().unwrap_or(0)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    words.chars().take_while(fits).collect()
}

fn to_stderr(text: &str) {
    let mut stderr = io::stderr().lock();
    // Nobody is left to tell when stderr itself cannot be written.
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_more_columns_than_the_terminal() {
        assert_eq!(cut("asking a", 80), "asking a");
        assert_eq!(cut("asking 例子", 9), "asking 例");
        assert_eq!(cut("asking 例子", 10), "asking 例");
        assert_eq!(cut("asking", 0), "");
    }
}
