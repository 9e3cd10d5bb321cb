//! What holds for every input, not only for the ones that somebody thought of.

use proptest::prelude::*;
use ti::indicator::{Indicator, defang, parse, refang};

proptest! {
    #[test]
    fn what_is_defanged_is_refanged(host in "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\\.[a-z]{2,6}){1,3}") {
        prop_assert_eq!(refang(&defang(&host)), host.clone());
        let indicator = parse(&host).map(|parsed| parsed.indicator);
        prop_assert_eq!(parse(&defang(&host)).map(|parsed| parsed.indicator), indicator);
    }

    #[test]
    fn an_indicator_is_itself_when_it_is_read_again(text in "\\PC{0,40}") {
        if let Ok(parsed) = parse(&text)
            && let Indicator::Ipv4(_) | Indicator::Domain(_) = parsed.indicator
        {
            let shown = parsed.indicator.to_string();
            prop_assert_eq!(parse(&shown).map(|parsed| parsed.indicator), Ok(parsed.indicator));
        }
    }

    #[test]
    fn an_address_is_understood_in_every_disguise(address in any::<std::net::Ipv4Addr>(), port in any::<u16>()) {
        for text in [
            address.to_string(),
            address.to_string().replace('.', "[.]"),
            address.to_string().replace('.', "。"),
            format!("hxxp://{address}:{port}/a?b=c"),
            format!("{address}:{port}"),
        ] {
            let indicator = parse(&text).map(|parsed| parsed.indicator);
            let host = indicator.as_ref().ok().and_then(Indicator::host);
            prop_assert_eq!(host, Some(&Indicator::Ipv4(address)), "{}", text);
        }
    }

    #[test]
    fn a_configuration_never_panics_and_never_quotes(secret in "[a-zA-Z0-9]{12}", text in "[\\[\\]={}\"'a-z.\n ]{0,40}") {
        let known: Vec<_> = ti::providers::ALL.iter().map(|p| (p.name(), p.settings())).collect();
        let file = format!("[profile.w.kti]\nsecret_key = \"{secret}\"{text}");
        if let Err(error) = ti::config::File::parse(&file, std::path::Path::new("f"), &known) {
            prop_assert!(!error.to_string().contains(&secret), "{}", error);
        }
    }
}
