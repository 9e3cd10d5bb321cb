//! The word that was probably meant, for all who suggest one: settings, fields, commands, values.

/// Characters that separate the words of a name.
const BETWEEN_WORDS: [char; 3] = ['_', '-', '.'];

/// More slips than this make another word.
const MAX_SLIPS: usize = 3;

/// The candidate that `typed` was probably meant to be; of several the first.
pub fn did_you_mean<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    nearest(typed, candidates).into_iter().next()
}

/// The candidates that fewest slips of the fingers lead away from, in their order.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let near: Vec<_> = candidates
        .into_iter()
        .filter_map(|candidate| Some((slips(typed, candidate)?, candidate)))
        .collect();
    let fewest = near.iter().map(|(slips, _)| *slips).min();
    near.into_iter()
        .filter(|(slips, _)| Some(*slips) == fewest)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// How many letters were left out, added, exchanged or swapped, in any case; `None` for another
/// word. What both begin with is no likeness: `TI_KTI_FOO` is not near `TI_KTI_PROXY`.
fn slips(typed: &str, candidate: &str) -> Option<usize> {
    let (typed, candidate) = (typed.to_lowercase(), candidate.to_lowercase());
    let shared = shared_words(&typed, &candidate);
    let (typed, candidate) = (&typed[shared..], &candidate[shared..]);
    let (a, b) = (typed.chars().count(), candidate.chars().count());
    let allowed = (a.max(b) / 3).min(MAX_SLIPS);
    if a.abs_diff(b) > allowed {
        return None;
    }
    let slips = strsim::osa_distance(typed, candidate);
    (slips <= allowed).then_some(slips)
}

/// The length of the whole words that both begin with, in bytes.
fn shared_words(one: &str, other: &str) -> usize {
    let same = one.char_indices().zip(other.chars());
    same.take_while(|((_, a), b)| a == b)
        .filter(|((_, a), _)| BETWEEN_WORDS.contains(a))
        .map(|((at, a), _)| at + a.len_utf8())
        .last()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_neighbour_and_a_shared_beginning_does_not() {
        let known = [
            "access_key",
            "secret_key",
            "endpoint",
            "TI_KTI_PROXY",
            "TI_KASPERSKY_TOKEN",
            "ip.asn.number",
            "kti",
            "json",
            "en",
        ];
        for (typed, meant) in [
            ("secretkey", Some("secret_key")),
            ("secret-key", Some("secret_key")),
            ("acess_key", Some("access_key")),
            ("access_kye", Some("access_key")),
            ("endpiont", Some("endpoint")),
            ("ENDPOINT", Some("endpoint")),
            ("TI_KTI_PROXXY", Some("TI_KTI_PROXY")),
            ("TI_KIT_PROXY", Some("TI_KTI_PROXY")),
            ("TI_KTI_FOO", None),
            ("TI_KTI_PORT", None),
            ("TI_KASPERSKY_FOO", None),
            ("TI_KASPERSKY_TOKENS", Some("TI_KASPERSKY_TOKEN")),
            ("ip.asn.numer", Some("ip.asn.number")),
            ("ip.asn.rank", None),
            ("ip.asn", None),
            ("access_", None),
            ("kit", Some("kti")),
            ("jsn", Some("json")),
            ("colour", None),
            ("zh", None),
            ("", None),
            ("中文", None),
        ] {
            assert_eq!(did_you_mean(typed, known), meant, "{typed}");
        }
    }

    #[test]
    fn all_that_are_as_near_are_found() {
        assert_eq!(nearest("inof", ["info", "path", "info"]), ["info", "info"]);
        assert_eq!(nearest("typo", ["type", "typo", "types"]), ["typo"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(typed in ".{0,12}", candidate in ".{0,12}") {
            let _ = did_you_mean(&typed, [candidate.as_str()]);
        }
    }
}
