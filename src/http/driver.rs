//! The thread that drives the connections, and what waits for them.
//!
//! Bytes that wait on a connection before a request would be taken for its answer. hyper gives such
//! a connection up, but knows only of what the system has told; so the system is asked before each
//! step. A thread of reqwest's own would ask it once in many.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::error::{Error, Kind, Result};
use crate::system::spawn;

/// Shared by whoever waits for a connection; the thread ends with the last of them.
#[derive(Clone)]
pub(super) struct Driver {
    runtime: Handle,
    _running: Arc<oneshot::Sender<()>>,
}

impl Driver {
    /// # Errors
    /// The machine has no thread, or no file, to give.
    pub fn start() -> Result<Self> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .event_interval(1)
            .build()
            .map_err(|error| Error::new(Kind::Internal, "cannot set up HTTP").cause(error))?;
        let handle = runtime.handle().clone();
        let (running, over) = oneshot::channel();
        spawn(move || {
            let _ = runtime.block_on(over);
            // A name that is still being looked up holds nobody up.
            runtime.shutdown_background();
        })?;
        Ok(Driver {
            runtime: handle,
            _running: Arc::new(running),
        })
    }

    /// What becomes of `work`, done where the connections are.
    pub fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> T {
        let done = self.runtime.spawn(work);
        match self.runtime.block_on(done) {
            Ok(done) => done,
            Err(fault) => std::panic::resume_unwind(fault.into_panic()),
        }
    }

    /// The first bytes of a body, `max` at most, or what became of it; `None` if it takes longer
    /// than is `left`.
    pub fn whole(
        &self,
        mut received: reqwest::Response,
        max: usize,
        left: Duration,
    ) -> Option<reqwest::Result<Vec<u8>>> {
        let read = async move {
            let mut body = Vec::new();
            while body.len() < max
                && let Some(piece) = received.chunk().await?
            {
                body.extend_from_slice(&piece[..piece.len().min(max - body.len())]);
            }
            Ok(body)
        };
        // Its clock starts where the runtime is.
        let read = async move { timeout(left, read).await };
        self.run(read).ok()
    }

    /// The same as [`Driver::run`] for what borrows; done here.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use tokio::io::Interest;

    use super::*;

    #[test]
    fn what_has_come_before_a_step_is_known_in_it() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let mut peer = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (own, _) = listener.accept().unwrap();
        own.set_nonblocking(true).unwrap();
        let driver = Driver::start().unwrap();
        let is_known = driver.run(async move {
            let own = tokio::net::TcpStream::from_std(own).unwrap();
            own.writable().await.unwrap();
            peer.write_all(b"nobody asked").unwrap();
            // As the request that goes to a connection and the connection that takes it.
            let step = tokio::spawn(async move {
                own.try_io(Interest::READABLE, || own.try_read(&mut [0]))
                    .map_err(|error| error.kind())
            });
            step.await.unwrap()
        });
        assert_ne!(is_known, Err(io::ErrorKind::WouldBlock));
    }
}
