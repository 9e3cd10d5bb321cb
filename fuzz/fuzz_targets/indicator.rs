//! Whatever is typed: no panic, and an indicator that was understood is understood again, as
//! itself, also when it is defanged.
#![cfg_attr(fuzzing, no_main)]

use ti::indicator::{Indicator, defang, parse};

pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(parsed) = parse(text) else { return };
    let indicator = parsed.indicator;
    let again = |shown: &str| parse(shown).map(|parsed| parsed.indicator);
    match &indicator {
        Indicator::Ipv4(_) | Indicator::Domain(_) => {
            let shown = indicator.to_string();
            assert_eq!(again(&shown).as_ref(), Ok(&indicator), "{shown}");
            assert_eq!(again(&defang(&shown)).as_ref(), Ok(&indicator), "{shown}");
        }
        _ => drop(indicator.to_string()),
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
