//! Whatever is typed: no panic, and an indicator that was understood is understood again, as
//! itself, also when it is defanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ti::indicator::{Indicator, defang, parse};

fuzz_target!(|text: &str| {
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
});
