//! Ctrl-C and SIGTERM, for whoever can end well: the first one asks, the second one ends.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

/// Nothing is ever sent: the channel closes when the user wants an end.
#[derive(Debug, Clone)]
pub struct Cancel {
    asked: Receiver<Infallible>,
    shared: Arc<Shared>,
}

/// The other end, for the signal handler.
#[derive(Debug)]
pub struct Trigger(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    minded: AtomicBool,
    /// Both ends keep it: a trigger that is gone has asked nobody.
    open: Mutex<Option<Sender<Infallible>>>,
}

pub fn pair() -> (Cancel, Trigger) {
    let (sender, asked) = bounded(0);
    let shared = Arc::new(Shared {
        minded: AtomicBool::new(false),
        open: Mutex::new(Some(sender)),
    });
    let trigger = Trigger(shared.clone());
    (Cancel { asked, shared }, trigger)
}

impl Cancel {
    /// The caller ends by itself within a second of being asked to: by this channel, which
    /// closes then. Without a caller, the first signal ends the program.
    pub fn mind(&self) -> Receiver<Infallible> {
        self.shared.minded.store(true, Ordering::SeqCst);
        self.asked.clone()
    }
}

impl Trigger {
    /// Whether somebody was asked to end. If not, the program has to be ended here and now.
    pub fn pull(&self) -> bool {
        let Shared { minded, open } = &*self.0;
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        open.take().is_some() && minded.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::TryRecvError;

    use super::*;

    #[test]
    fn the_first_pull_asks_whoever_minds_and_the_second_ends() {
        let (cancel, trigger) = pair();
        let asked = cancel.mind();
        assert_eq!(asked.try_recv(), Err(TryRecvError::Empty));
        assert!(trigger.pull());
        assert_eq!(asked.try_recv(), Err(TryRecvError::Disconnected));
        assert!(!trigger.pull());
    }

    /// Where there is no thread for a handler of signals.
    #[test]
    fn a_trigger_that_is_gone_asks_nobody() {
        let (cancel, trigger) = pair();
        drop(trigger);
        assert_eq!(cancel.mind().try_recv(), Err(TryRecvError::Empty));
    }

    #[test]
    fn nobody_minds_unasked() {
        let (_cancel, trigger) = pair();
        assert!(!trigger.pull());
    }
}
