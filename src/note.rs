//! What is said beside the data: notes, warnings, quota, traces. All of it goes to stderr.

/// How much a line matters; `-q` and `-v` choose among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Something is wrong, although the run goes on. Shown even with `-q`.
    Error,
    Warning,
    /// Good to know: what was changed in an input, the quota, sample data.
    Note,
    /// What goes over the wire, one line each (`-v`).
    Trace,
    /// Headers and the beginning of bodies (`-vv`).
    Detail,
}

/// Somebody who passes notes on to the user.
pub trait Notes: Sync {
    fn say(&self, weight: Weight, text: &str);

    /// Whether anybody would see it: spares the making of long traces.
    fn hears(&self, weight: Weight) -> bool;

    /// How far a download is: bytes, and of how many where that is known. For people who wait.
    fn progress(&self, _done: u64, _total: Option<u64>) {}

    /// The download has ended, in whatever way.
    fn progress_over(&self) {}

    fn error(&self, text: &str) {
        self.say(Weight::Error, text);
    }
    fn warning(&self, text: &str) {
        self.say(Weight::Warning, text);
    }
    fn note(&self, text: &str) {
        self.say(Weight::Note, text);
    }
}
