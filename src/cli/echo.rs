//! Whether the terminal shows what is typed: a signal in the middle of a password leaves it as it
//! was before.

#[cfg(unix)]
mod terminal {
    use std::fs::File;
    use std::sync::{Mutex, PoisonError};

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    static BEFORE: Mutex<Option<(File, Termios)>> = Mutex::new(None);

    pub fn remember() {
        let Ok(terminal) = File::options().read(true).write(true).open("/dev/tty") else {
            return;
        };
        let settings = tcgetattr(&terminal).ok();
        let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        *before = settings.map(|settings| (terminal, settings));
    }

    pub fn restore() {
        let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((terminal, settings)) = before.take() {
            let _ = tcsetattr(&terminal, OptionalActions::Now, &settings);
        }
    }
}

/// Asks for something that is not shown while it is typed.
pub fn hidden<T>(ask: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    terminal::remember();
    let typed = ask();
    restore();
    typed
}

/// Shows again what is typed. For the way out, too.
pub fn restore() {
    #[cfg(unix)]
    terminal::restore();
}
