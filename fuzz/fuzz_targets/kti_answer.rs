//! Whatever the service or something before it answers, in JSON, XML or neither: no panic.
//! The first two bytes choose the status.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ti::http::Response;
use ti::config::{Profile, Settings};
use ti::redact::Redactor;
use ti::provider::Provider;
use ti::document::Lang;
use ti::providers::kti::{Kti, answer};
use ti::system::{Env, System};

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let system = System {
        env: Env::default(),
        ..System::of_this_process()
    };
    let profile = Profile {
        path: "none".into(),
        asked: None,
        flags: Default::default(),
        demo: Some(Default::default()),
        system,
        known: vec![("kti", Kti.settings())],
        redactor: Redactor::default(),
    };
    profile.settings("kti").expect("the defaults hold")
});

fuzz_target!(|input: (u16, &[u8])| {
    let (number, body) = input;
    let status = match number % 4 {
        0..2 => 200,
        2 => 403,
        _ => 400 + number % 200,
    };
    let response = Response {
        status,
        headers: Vec::new(),
        body: body.to_vec(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let _ = answer::understand(&response, &SETTINGS, Lang::En);
});
