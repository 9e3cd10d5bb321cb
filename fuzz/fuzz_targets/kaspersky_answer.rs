//! Whatever the portal or something before it answers for a list or a report: no panic, and file
//! names that lead nowhere. The first two bytes choose the status.
#![cfg_attr(fuzzing, no_main)]

use serde_json::Value;
use ti::http::Response;
use ti::providers::kaspersky::publication::Publication;
use ti::providers::kaspersky::{envelope, openioc, parts};
use ti::redact::Redactor;

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
    let redactor = Redactor::default();
    let Ok(mut data) = envelope::open(&response, &redactor) else {
        return;
    };
    if let Some(Value::Array(publications)) = data.get("publications") {
        for sent in publications.iter().filter_map(Value::as_object) {
            let report = Publication::of(sent.clone());
            let _ = report.published.known();
            assert!(report.tags.iter().all(|tag| !tag.is_empty()));
        }
    }
    let mut left = parts::MAX_PARTS;
    for part in parts::take(&mut data) {
        let Ok(part) = part.unwrap(&mut left) else {
            continue;
        };
        let name = part.file_name(&parts::slug_of(&part.name, parts::MAX_TITLE), 1);
        assert!(!name.contains(['/', '\\', '\0']) && name != "..", "{name}");
        let _ = openioc::parse(&part.content);
    }
    drop(Publication::of(data));
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
