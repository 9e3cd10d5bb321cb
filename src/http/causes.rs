//! What an error of the network is made of: reqwest's, hyper's, rustls' and the system's. Pure.

use std::error::Error as StdError;
use std::io;

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
    let mut causes = chain(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| is_of_kind(cause, kinds))
}

/// What an `io::Error` wraps may be another one.
fn is_of_kind(error: &io::Error, kinds: &[io::ErrorKind]) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    kinds.contains(&error.kind()) || inner.is_some_and(|inner| is_of_kind(inner, kinds))
}

/// The error and everything beneath it.
pub(super) fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}

/// What TLS ended with, if it was TLS.
pub(super) fn of_rustls(error: &reqwest::Error) -> Option<&rustls::Error> {
    chain(error).find_map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => wrapped(error),
        None => cause.downcast_ref(),
    })
}

/// What an `io::Error` wraps is not among its own sources.
fn wrapped(error: &io::Error) -> Option<&rustls::Error> {
    let inner = error.get_ref()?;
    match inner.downcast_ref::<io::Error>() {
        Some(error) => wrapped(error),
        None => inner.downcast_ref(),
    }
}
