//! How far a long run is: one line at the bottom of the terminal, drawn anew.

use std::time::Duration;

use indicatif::{FormattedDuration, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::document::Lang;

use super::{Lookups, Progress, sanitise, translate};

/// The line anew, made where there is none.
pub(super) fn draw(bar: &mut Option<ProgressBar>, progress: Option<&Progress>, lang: Lang) {
    let Some(progress) = progress else {
        if let Some(bar) = bar.take() {
            bar.finish_and_clear();
        }
        return;
    };
    let bar = bar.get_or_insert_with(|| made(progress));
    match progress {
        Progress::Lookups(lookups) => {
            let words = words(lookups, bar.elapsed());
            bar.set_message(translate(&words, lang).into_owned());
            bar.set_position(lookups.done);
        }
        Progress::Bytes { done, .. } => bar.set_position(*done),
    }
}

fn made(progress: &Progress) -> ProgressBar {
    let (total, with_total, without) = match progress {
        Progress::Lookups(Lookups { total, .. }) => (total, "{wide_bar} {msg}", "{spinner} {msg}"),
        Progress::Bytes { total, .. } => (
            total,
            "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            "{spinner} {bytes}, {bytes_per_sec}",
        ),
    };
    let template = total.map_or(without, |_| with_total);
    let bar = ProgressBar::with_draw_target(*total, ProgressDrawTarget::stderr());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// `1,000 of 4,000, 35 found, 2 errors, 412/s, 8,766 left, 7s to go`
fn words(progress: &Lookups, elapsed: Duration) -> String {
    let count = |count: u64| HumanCount(count).to_string();
    let done = match progress.total {
        Some(total) => format!("{} of {}", count(progress.done), count(total)),
        None => format!("{} done", count(progress.done)),
    };
    let (found, failed) = (count(progress.found), count(progress.failed));
    let mut words = format!("{done}, {found} found, {failed} errors");
    // Before the first answers are in, a rate means nothing.
    let rate = progress.done as f64 / elapsed.as_secs_f64().max(0.1);
    let is_known = elapsed >= Duration::from_millis(500) && progress.done > 0;
    if is_known {
        words.push_str(&format!(", {rate:.0}/s"));
    }
    if let Some(left) = &progress.left {
        let left = left
            .parse()
            .map_or_else(|_| sanitise(left).into_owned(), count);
        words.push_str(&format!(", {left} left"));
    }
    if let Some(total) = progress.total.filter(|_| is_known) {
        let rest = total.saturating_sub(progress.done) as f64 / rate;
        let rest = Duration::from_secs(rest.ceil() as u64);
        words.push_str(&format!(", {} to go", FormattedDuration(rest)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wants_to_know() {
        let mut progress = Lookups {
            done: 1000,
            total: Some(4000),
            found: 35,
            failed: 2,
            left: Some("8766".to_string()),
        };
        let words = |progress: &Lookups, ms| words(progress, Duration::from_millis(ms));
        assert_eq!(
            words(&progress, 2000),
            "1,000 of 4,000, 35 found, 2 errors, 500/s, 8,766 left, 00:00:06 to go"
        );
        progress.total = None;
        progress.left = None;
        assert_eq!(words(&progress, 10), "1,000 done, 35 found, 2 errors");
    }
}
