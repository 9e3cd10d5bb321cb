//! Whatever comes for a master file: no panic, never more than the cap, and the content that
//! reading the whole answer at once gives too.
#![cfg_attr(fuzzing, no_main)]

use std::io::{self, Read};

use serde_json::Value;
use ti::providers::kaspersky::master::{Master, unreadable};
use ti::redact::Redactor;

const MASTER: Master = Master {
    member: "master_ioc",
    max: 64 << 10,
};

fn read(answer: impl Read) -> ti::error::Result<Vec<u8>> {
    MASTER.read(answer, None, &Redactor::default(), &mut |content| {
        let mut bytes = Vec::new();
        let read = content.read_to_end(&mut bytes);
        // The cap holds also for what is read before the failure.
        assert!(bytes.len() as u64 <= MASTER.max);
        read.map_err(|error| unreadable(&error))?;
        Ok(bytes)
    })
}

/// A byte at a time.
struct Trickle<'a>(&'a [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = buffer.len().min(1);
        self.0.read(&mut buffer[..size])
    }
}

pub fn check(answer: &[u8]) {
    let content = read(answer);
    match (&content, read(Trickle(answer))) {
        (Ok(whole), Ok(trickled)) => assert_eq!(*whole, trickled),
        (Err(_), Err(_)) => {}
        (whole, trickled) => panic!("{whole:?} and {trickled:?}"),
    }
    // Plain text comes out as another reader of JSON understands it, where there is but one way to.
    let Ok(content) = content else { return };
    let Ok(other) = serde_json::from_slice::<Value>(answer) else {
        return;
    };
    let times = |word: &[u8]| answer.windows(word.len()).filter(|at| *at == word).count();
    let plain = other["return_data"]["master_ioc"].as_str();
    if let Some(plain) = plain.filter(|plain| plain.get(..512).unwrap_or(plain).contains(','))
        && [&b"master_ioc"[..], b"return_data"].map(times) == [1, 1]
        && times(b"\\") == 0
    {
        assert_eq!(content, plain.as_bytes());
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
