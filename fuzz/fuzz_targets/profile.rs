//! Whatever stands in the configuration file: no panic, and no message that quotes a secret.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use ti::config::File;

fuzz_target!(|text: &str| {
    let known: Vec<_> = ti::providers::ALL
        .iter()
        .map(|provider| (provider.name(), provider.settings()))
        .collect();
    if let Err(error) = File::parse(text, Path::new("config.toml"), &known) {
        let _ = error.to_string();
    }
});
