//! Log lines against an index.
//!
//! [`logs`] → [`blocks`] → [`scan`] → whoever shows it, over as many threads as one
//! likes. What is fast is [`scan`]: [`marks`] tell it each byte that can begin or join something, and it
//! asks the index only for what its filter may hold.

mod asking;
mod blocks;
mod classes;
mod cut;
mod digests;
mod dns_labels;
pub mod list;
mod logs;
mod marks;
mod matcher;
mod ranges;
mod run;
mod scan;
mod url;

pub use asking::{Ask, Known, Sighting};
pub use blocks::Block;
pub use logs::{Log, Named, logs};
pub use matcher::{Line, Matched, Matcher};
pub use ranges::Ranges;
pub use run::{Event, Stdin, run};
pub use scan::scan;

#[cfg(test)]
mod escape_tests;
#[cfg(test)]
mod tests;
