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

/// How far a long run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Lookups(Lookups),
    /// Of a download, and of how many where that is known.
    Bytes {
        done: u64,
        total: Option<u64>,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lookups {
    pub done: u64,
    /// Of how many, where that is known.
    pub total: Option<u64>,
    pub found: u64,
    pub failed: u64,
    /// What is left of the quota, as the service puts it.
    pub left: Option<String>,
}

/// Somebody who passes notes on to the user.
pub trait Reporter: Send + Sync {
    fn say(&self, weight: Weight, text: &str);

    /// Whether anybody would see it: spares the making of long traces.
    fn enabled(&self, weight: Weight) -> bool;

    /// Shown in place of what was shown before; none takes it away. Not everybody shows it.
    fn progress(&self, _: Option<&Progress>) {}

    /// Somebody is asked, until [`Reporter::answered`] is given the number that this gives.
    fn asking(&self, _whom: &str) -> u64 {
        0
    }

    fn answered(&self, _number: u64) {}

    /// Writes to the terminal without running into what moves there.
    fn aside(&self, write: &mut dyn FnMut()) {
        write();
    }

    /// The first data is on its way: the run comes to something.
    fn begun(&self) {}

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

/// That somebody is asked, until it is dropped: who waits for long is told for whom.
pub struct Waiting<'a> {
    notes: &'a dyn Reporter,
    number: u64,
}

impl<'a> Waiting<'a> {
    pub fn begin(notes: &'a dyn Reporter, whom: &str) -> Self {
        Waiting {
            notes,
            number: notes.asking(whom),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.notes.answered(self.number);
    }
}
