use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on stderr while a download runs; what is said meanwhile appears above it.
#[derive(Default)]
pub(super) struct Progress(Mutex<Option<ProgressBar>>);

impl Progress {
    pub fn show(&self, done: u64, total: Option<u64>) {
        let mut bar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bar.get_or_insert_with(|| start(total)).set_position(done);
    }

    pub fn clear(&self) {
        let mut bar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = bar.take() {
            bar.finish_and_clear();
        }
    }

    pub fn beside(&self, say: impl FnOnce()) {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }
}

fn start(total: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10));
    let template = match total {
        Some(_) => "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
        None => "{spinner} {bytes}, {bytes_per_sec}",
    };
    // Both are tested to be templates.
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_comes_and_goes_with_and_without_a_known_end() {
        for total in [Some(10), None] {
            let progress = Progress::default();
            progress.show(5, total);
            let mut said = false;
            progress.beside(|| said = true);
            assert!(said);
            let bar = progress.0.lock().unwrap().clone().unwrap();
            assert_eq!((bar.position(), bar.length()), (5, total));
            progress.clear();
            assert!(bar.is_finished());
        }
    }
}
