//! The body of an answer, sent whole, broken off in the middle, or slowly.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use super::fault::FaultKind;

/// A slow answer comes in this many pieces, with a pause before each.
const PIECES: usize = 20;
const PAUSE: Duration = Duration::from_millis(250);

pub(super) struct Payload {
    rest: Bytes,
    promised: u64,
    slowly: Option<(usize, Pin<Box<Sleep>>)>,
    /// Before it breaks off, what was sent must be on its way.
    ending: Option<Pin<Box<Sleep>>>,
}

impl Payload {
    /// Cut, it is the first half of what is promised.
    pub fn new(body: Vec<u8>, fault: Option<FaultKind>) -> Self {
        let (is_cut, is_slow) = (
            fault == Some(FaultKind::Cut),
            fault == Some(FaultKind::Slow),
        );
        let promised = body.len() as u64;
        let sent = if is_cut { body.len() / 2 } else { body.len() };
        let piece = body.len().div_ceil(PIECES).max(1);
        Payload {
            rest: Bytes::from(body).slice(..sent),
            promised,
            ending: is_cut.then(|| Box::pin(sleep(PAUSE))),
            slowly: is_slow.then(|| (piece, Box::pin(sleep(PAUSE)))),
        }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            if let Some(ending) = &mut self.ending {
                ready!(ending.as_mut().poll(context));
            }
            return Poll::Ready(None);
        }
        let mut size = self.rest.len();
        if let Some((piece, pause)) = &mut self.slowly {
            ready!(pause.as_mut().poll(context));
            pause.set(sleep(PAUSE));
            size = size.min(*piece);
        }
        let bytes = self.rest.split_to(size);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
