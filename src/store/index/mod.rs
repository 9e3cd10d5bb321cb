//! The index: what is listed, so that it can be asked without a network. An SQLite database in
//! the platform's data folder, for its owner's eyes only.
//!
//! It is no cache: what cannot be relied on is an error, and never as good as empty. It is
//! written once ([`Builder`]) and read by many ([`Index`]); a new one takes its place in one step.

mod build;
mod fault;
mod filters;
mod listing;
mod parts;
mod places;
mod read;
mod row;
mod schema;

use std::path::PathBuf;

use crate::system::System;

pub use build::{Builder, Built, Listed, Provenance, delete};
pub use filters::{Filters, gate};
pub use listing::{
    Entry, How, Lengths, Visit, digest_hash, host_of, last_two_labels, listings, url_listings,
};
pub use read::{Hit, Index, IndexedSource, Row, Scope};

/// Where the index of a profile is; `None` on a machine without a folder for it.
pub fn index_path(system: &System, profile: Option<&str>) -> Option<PathBuf> {
    let folder = system.data_home.as_ref()?.join("ti");
    Some(match profile {
        None => folder.join("index.db"),
        Some(name) => folder.join(format!("index-{}.db", file_name(name))),
    })
}

/// A profile can be called anything; a file cannot.
fn file_name(profile: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let escaped = profile.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02x}"),
    });
    escaped.collect()
}

#[cfg(test)]
mod tests;
