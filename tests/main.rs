//! End-to-end tests: the program as its users run it, hermetic and on loopback only.
//! One file a command; `generated.rs` compares what is committed with what is made.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stderr)]

mod architecture;
mod completions;
mod config;
mod config_check;
mod config_init;
mod config_set;
mod documents;
mod faults;
mod generated;
mod help;
mod kti_search;
mod manual;
mod properties;
mod sandbox;
mod schemas;
mod secrets;
mod support;
mod tls;
mod version;
