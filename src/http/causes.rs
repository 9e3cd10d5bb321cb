//! What an error of the network is made of: reqwest's, hyper's, rustls' and the system's. Pure.

use std::error::Error as StdError;
use std::io;
use std::iter::successors;

/// A connection that was there, and ended before its time.
pub(super) fn is_lost(error: &reqwest::Error) -> bool {
    let lost = [
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::BrokenPipe,
        io::ErrorKind::UnexpectedEof,
    ];
    has_io_kind(error, &lost)
        || of_hyper(error).any(|cause| cause.is_incomplete_message() || cause.is_closed())
}

pub(super) fn of_hyper(error: &reqwest::Error) -> impl Iterator<Item = &hyper::Error> {
    chain(error).filter_map(|cause| cause.downcast_ref())
}

pub(super) fn has_io_kind(error: &reqwest::Error, kinds: &[io::ErrorKind]) -> bool {
    let mut causes = within(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| kinds.contains(&cause.kind()))
}

/// What TLS ended with, if it was TLS.
pub(super) fn of_rustls(error: &reqwest::Error) -> Option<&rustls::Error> {
    within(error).find_map(|cause| cause.downcast_ref())
}

type Cause = dyn StdError + 'static;

/// The error and everything beneath it.
pub(super) fn chain(error: &Cause) -> impl Iterator<Item = &Cause> {
    successors(Some(error), |&error| error.source())
}

/// With what an `io::Error` wraps, which is not among its own sources.
fn within(error: &Cause) -> impl Iterator<Item = &Cause> {
    successors(Some(error), |&error| {
        let wrapping = error.downcast_ref::<io::Error>();
        match wrapping.and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
