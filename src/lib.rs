//! `ti` asks three threat-intelligence services and answers in one voice.
//!
//! The way of the data, one direction only:
//! `argv → args → profile → request (pure) → http → wire → model → document → output`.
//!
//! "Contract" in comments means the description of a vendor's interface, with its files (`kti.md`,
//! `kaspersky.md`, `brcti.md`) and headings: it is the vendor's and not part of this repository. What
//! users are told stands in `docs/`.
//!
//! The modules in reading order:
//!
//! - [`cli`]: argv understood, a command dispatched, an error reported
//! - [`provider`]: what a provider is
//! - [`context`]: all that a command is handed
//! - [`providers`]: the services, a folder each
//! - [`input`]: the indicators asked about: arguments, a file, stdin
//! - [`indicator`]: parse, refang, classify, defang (pure)
//! - [`intel`]: what all services agree on: how bad an indicator is; known-good lists (pure)
//! - [`lookup`]: the engine that asks sources about indicators, however many
//! - [`config`]: settings and secrets, and where they come from
//! - [`http`]: the only sockets: client, retry, trace
//! - [`matching`]: log lines against what is listed
//! - [`store`]: what is kept between runs, and the index of what is listed
//! - [`document`]: what every command answers with: records, columns, cards, figures (pure)
//! - [`output`]: a document as table, JSON, NDJSON, CSV, chart, picture, raw
//! - [`files`]: files that appear whole, and are locked while they are written
//! - [`console`]: what meets a terminal: notes and progress, sanitised, coloured
//! - [`redact`]: the secrets of a run, taken out of whatever text leaves it
//! - [`cancel`]: Ctrl-C, for whoever can end well
//! - [`sandbox`]: the services' stand-in on a loopback port
//! - [`units`]: times in the past, durations, sizes and rates as people write them (pure)
//! - [`error`]: kinds, causes, hints, exit codes
//! - [`system`]: clock, environment and terminal

// The headers of modules link to what is private: they are for readers of the source.
#![allow(rustdoc::private_intra_doc_links)]

pub mod cancel;
pub mod cli;
pub mod config;
pub mod console;
pub mod context;
pub mod document;
pub mod error;
pub mod files;
pub mod http;
pub mod indicator;
pub mod input;
pub mod intel;
pub mod lookup;
pub mod matching;
pub mod output;
pub mod provider;
pub mod providers;
pub mod redact;
pub mod sandbox;
pub mod store;
pub mod system;
pub mod units;
