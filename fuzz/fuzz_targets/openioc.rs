//! Whatever a report has for indicators: no panic, and none without a value.
#![cfg_attr(fuzzing, no_main)]

use ti::providers::kaspersky::openioc;

pub fn check(xml: &[u8]) {
    let Ok(found) = openioc::parse(xml) else {
        return;
    };
    for item in &found.items {
        assert!(!item.value.is_empty());
        assert_eq!(&*item.value, item.value.trim());
    }
    assert!(found.positive().all(|item| !item.negated));
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
