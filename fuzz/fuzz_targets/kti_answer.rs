//! Whatever the service or something before it answers, in JSON, XML or neither: no panic.
//! The first two bytes choose the status.
#![cfg_attr(fuzzing, no_main)]

use std::sync::{Arc, LazyLock};

use ti::config::{Location, Profile, Settings};
use ti::document::Lang;
use ti::http::Response;
use ti::indicator::{Indicator, parse};
use ti::provider::Provider;
use ti::providers::kti::{Kti, answer};
use ti::redact::Redactor;
use ti::system::{Env, System};

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let system = System {
        env: Env::default(),
        ..System::of_this_process()
    };
    let profile = Profile {
        location: Location::named("none".as_ref()),
        asked: None,
        flags: Default::default(),
        demo: Some(Arc::new(|_| Ok(Default::default()))),
        system,
        known: vec![("kti", Kti.settings())],
        redactor: Redactor::default(),
        loaded: Default::default(),
    };
    profile.settings("kti").expect("the defaults hold")
});

static QUERIES: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    let asked = ["evil.com", "8.8.8.8"].iter();
    asked
        .filter_map(|asked| Some(parse(asked).ok()?.indicator))
        .collect()
});

pub fn check(input: &[u8]) {
    let Some((number, body)) = input.split_first_chunk() else {
        return;
    };
    let number = u16::from_le_bytes(*number);
    let status = match number % 4 {
        0..2 => 200,
        2 => 403,
        _ => 400 + number % 200,
    };
    let response = Response::new(
        status,
        Vec::new(),
        body.to_vec(),
        jiff::Timestamp::UNIX_EPOCH,
    );
    for query in &*QUERIES {
        let _ = answer::understand(&response, query, &SETTINGS, Lang::En);
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
