//! End-to-end tests: the program as its users run it, hermetic and on loopback only.
//! One file a command; `generated.rs` compares what is committed with what is made.

mod brcti;
mod brcti_odd;
mod brcti_pictures;
mod kti_search;
mod support;
