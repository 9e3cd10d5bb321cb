//! Whatever text it is: no panic, everything found stands where it is said to stand, in order, and
//! what is not disguised leads to the same host when it is read alone.
#![cfg_attr(fuzzing, no_main)]

use ti::indicator::{parse, scan};

pub fn check(bytes: &[u8]) {
    let mut end = 0;
    let mut line = 1;
    for found in scan(bytes).loose(true) {
        assert!(found.offset >= end && found.line >= line, "{found:?}");
        (end, line) = (found.offset + found.text.len(), found.line);
        assert_eq!(&bytes[found.offset..end], found.text.as_bytes());
        assert!(!found.indicator.key().is_empty());
        if let (false, Ok(alone)) = (found.is_disguised, parse(found.text)) {
            let host = alone.indicator.host();
            assert_eq!(host, found.indicator.host(), "{:?}", found.text);
        }
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
