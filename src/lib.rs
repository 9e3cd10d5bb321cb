//! `ti` asks three threat-intelligence services and answers in one voice.
//!
//! The way of the data, one direction only:
//! `argv → args → profile → request (pure) → net → wire → model → document → output`.
//!
//! The modules in reading order:
//!
//! - [`cli`]: argv understood, a command dispatched, an error reported
//! - [`provider`]: what a provider is, and all that it is handed
//! - [`providers`]: the services, a folder each
//! - [`input`]: the indicators asked about: arguments, a file, stdin
//! - [`indicator`]: parse, refang, classify, defang (pure)
//! - [`profile`]: settings and secrets, and where they come from
//! - [`net`]: the only sockets: client, retry, trace
//! - [`store`]: what is kept between runs
//! - [`document`]: what every command answers with: records, columns, cards, figures (pure)
//! - [`output`]: a document as table, JSON, NDJSON, CSV, chart, picture, raw; files that appear whole
//! - [`terminal`]: where text meets a terminal: sanitised, coloured
//! - [`note`]: what is said beside the data
//! - [`interrupt`]: Ctrl-C, for whoever can end well
//! - [`sandbox`]: the services' stand-in on a loopback port
//! - [`error`]: kinds, causes, hints, exit codes
//! - [`world`]: clock, environment and terminal

// The headers of modules link to what is private: they are for readers of the source.
#![allow(rustdoc::private_intra_doc_links)]

pub mod cli;
pub mod document;
pub mod error;
pub mod indicator;
pub mod input;
pub mod interrupt;
pub mod net;
pub mod note;
pub mod output;
pub mod profile;
pub mod provider;
pub mod providers;
pub mod sandbox;
pub mod store;
pub mod terminal;
pub mod world;
