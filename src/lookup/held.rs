//! How much of a run is held in memory: read ahead, and waiting for its turn to come out.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that are held at most. One thing that is larger goes alone.
const LIMIT: usize = 32 << 20;

/// Shared by whoever reads and whoever gives out.
#[derive(Default)]
pub struct Held {
    bytes: Mutex<usize>,
    freed: Condvar,
}

impl Held {
    /// Waits until there is room, and takes it.
    pub fn take(&self, bytes: usize) {
        let held = self.lock();
        let has_no_room = |held: &mut usize| *held > 0 && held.saturating_add(bytes) > LIMIT;
        let held = self.freed.wait_while(held, has_no_room);
        *held.unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    /// Takes room if there is some.
    pub fn try_take(&self, bytes: usize) -> bool {
        let mut held = self.lock();
        let has_room = *held == 0 || held.saturating_add(bytes) <= LIMIT;
        if has_room {
            *held += bytes;
        }
        has_room
    }

    /// Takes room for what has come already.
    pub fn add(&self, bytes: usize) {
        *self.lock() += bytes;
    }

    pub fn free(&self, bytes: usize) {
        let mut held = self.lock();
        *held = held.saturating_sub(bytes);
        self.freed.notify_one();
    }

    pub fn is_full(&self) -> bool {
        *self.lock() > LIMIT
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn who_reads_waits_for_room() {
        let held = Arc::new(Held::default());
        held.take(LIMIT * 2);
        assert!(held.is_full());
        let reader = std::thread::spawn({
            let held = held.clone();
            move || held.take(LIMIT)
        });
        held.add(1);
        held.free(LIMIT * 2 + 1);
        reader.join().unwrap();
        assert!(!held.is_full());
    }
}
