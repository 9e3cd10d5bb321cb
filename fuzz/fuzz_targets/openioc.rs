//! Whatever a report has for indicators: no panic, and none without a value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ti::providers::kaspersky::openioc;

fuzz_target!(|xml: &[u8]| {
    let Ok(found) = openioc::parse(xml) else {
        return;
    };
    for item in found.items {
        assert!(!item.value.is_empty());
        assert_eq!(item.value, item.value.trim());
        drop(item.json());
        drop(item.kind().defanged(&item.value));
    }
});
