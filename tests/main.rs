//! End-to-end tests: the program as its users run it, hermetic and on loopback only.
//! One file a command; `generated.rs` compares what is committed with what is made.

// A test says what it expects by failing, its helpers included.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod answers;
mod architecture;
mod brcti;
mod brcti_odd;
mod brcti_pictures;
mod brcti_server;
mod bulk;
mod changes;
mod chinese;
mod completions;
mod config;
mod config_check;
mod config_init;
mod config_set;
mod documents;
mod endings;
mod extract;
mod faults;
mod files;
mod fuzz_corpora;
mod generated;
mod help;
mod json_errors;
mod kaspersky_certificates;
mod kaspersky_faults;
mod kaspersky_files;
mod kaspersky_kill;
mod kaspersky_master;
mod kaspersky_reports;
mod kti_search;
mod lookup;
mod manual;
mod matching;
mod other_services;
mod overlap;
mod packed;
mod properties;
mod proxies;
mod raw;
mod reports;
mod sandbox;
mod schemas;
mod secret_files;
mod secrets;
mod signing;
mod slips;
mod stable;
mod support;
mod tables;
mod terminal;
mod tls;
mod units;
mod version;
