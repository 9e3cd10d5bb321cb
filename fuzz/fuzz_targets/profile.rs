//! Whatever stands in the configuration file: no panic, and no message that quotes a secret.
#![cfg_attr(fuzzing, no_main)]

use std::path::Path;

use ti::config::File;

pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let known: Vec<_> = ti::providers::ALL
        .iter()
        .map(|provider| (provider.name(), provider.settings()))
        .collect();
    if let Err(error) = File::parse(text, Path::new("config.toml"), &known) {
        let _ = error.to_string();
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
