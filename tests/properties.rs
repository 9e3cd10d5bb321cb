//! What holds for every input, not only for the ones that somebody thought of.

use proptest::prelude::*;
use ti::indicator::{Indicator, defang, parse, refang, scan};

proptest! {
    #[test]
    fn what_is_defanged_is_the_same_indicator(
        text in "((https?|ftp)://)?([a-z]{1,3}@)?([a-z0-9]{1,5}\\.){1,2}(com|example)(:[1-9][0-9]{1,3})?(/[a-z./?=#&@]{0,9})?"
    ) {
        let indicator = parse(&text).map(|parsed| parsed.indicator);
        let again = parse(&defang(&text)).map(|parsed| parsed.indicator);
        prop_assert!(indicator.is_err() || again == indicator, "{text}: {again:?}");
        let shown = defang(&text);
        prop_assert_eq!(defang(&shown), shown.clone());
    }

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

    /// Nobody is asked about what was not typed.
    #[test]
    fn what_is_accepted_stands_in_the_input(text in "[a-e0-9.\\[\\]:/?#@, „“「」、→•®的🔥-]{0,24}(evil\\.com|8\\.8\\.8\\.8|金山\\.cn)[a-e0-9.:/?#@,=„“「」、→®的]{0,12}") {
        if let Ok(parsed) = parse(&text)
            && let Some(host) = parsed.indicator.host()
        {
            let plain = refang(&text).to_lowercase();
            let shown = [Some(host.to_string()), host.unicode().map(str::to_string)];
            let stands = |name: &String| plain.contains(name.as_str()) || text.to_lowercase().contains(name.as_str());
            let wide = plain.replace(['。', '．'], ".");
            prop_assert!(shown.iter().flatten().any(|name| stands(name) || wide.contains(name.as_str())), "{}: {}", text, host);
        }
    }

    #[test]
    fn more_than_one_host_is_never_accepted_as_one(
        first in "[a-z]{3,8}\\.(com|example|cn)(/[a-z]{0,4})?",
        second in "(https?://)?[a-z]{3,8}\\.(com|example|cn)(/[a-z]{0,4})?",
        between in prop::sample::select(BETWEEN),
    ) {
        let text = format!("{first}{between}{second}");
        prop_assert!(parse(&text).is_err(), "{}: {:?}", text, parse(&text));
    }

    #[test]
    fn separators_change_nothing_about_what_is_found(
        names in prop::collection::vec("[a-z]{3,8}\\.(com|example|cn)|h[tx]{2}ps?://[a-z]{3,8}\\[\\.\\](com|cn)/[a-z]{1,4}|([1-9][0-9]?\\.){3}[1-9]", 1..6),
        between in prop::collection::vec(prop::sample::select(BETWEEN), 6),
        other in prop::collection::vec(prop::sample::select(BETWEEN), 6),
    ) {
        let found = |separators: &[&str]| {
            let text: String = names.iter().zip(separators).map(|(name, between)| format!("{between}{name}")).collect();
            let keys = scan(text.as_bytes()).map(|found| found.indicator.key().into_owned());
            (keys.collect::<std::collections::BTreeSet<_>>(), text)
        };
        let ((first, one), (second, another)) = (found(&between), found(&other));
        prop_assert_eq!(first, second, "{} {}", one, another);
    }
}

/// What can stand between two indicators in a text.
const BETWEEN: &[&str] = &[
    " ",
    "\t",
    "\n",
    "\r\n",
    ", ",
    ",",
    ";",
    " | ",
    "|",
    "、",
    "，",
    "；",
    "：",
    " → ",
    "→",
    "「",
    "」",
    "『",
    "』",
    "（",
    "）",
    "《",
    "“",
    "”",
    "„",
    "»",
    "«",
    "•",
    "①",
    "®",
    "—",
    "…",
    "\"",
    "<",
    ">",
    "和",
    "から",
    "그리고",
    "\u{3000}",
    "\u{a0}",
];
