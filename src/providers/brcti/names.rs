//! What the service's keys mean, in English and Chinese. The sets are open: a key that is not
//! here is shown as it came.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Hue, Lang, Phrase};

use super::call::Call;

/// A kind of thing that is counted: the name in our JSON, how a person reads it, and its colour.
struct Named {
    name: &'static str,
    title: Phrase,
    hue: Hue,
}

const fn named(name: &'static str, en: &'static str, zh: &'static str, hue: u8) -> Named {
    Named {
        name,
        title: Phrase::new(en, zh),
        hue: Hue(hue),
    }
}

/// Those that can stand in one picture differ in colour.
const TYPES: &[Named] = &[
    named("ip", "IP addresses", "IP 地址", 0),
    named("port", "Ports", "端口", 4),
    named("payload", "Payloads", "载荷", 5),
    named("url", "URLs", "URL", 1),
    named("hash", "File hashes", "文件哈希", 2),
];
const ATTACKS: &[Named] = &[
    named("malicious_traffic", "Malicious traffic", "恶意流量", 5),
    named("honeypot_info", "Honeypot", "蜜罐情报", 1),
    named("botnet", "Botnet", "僵尸网络", 2),
    named("app_layer_attack", "Application layer", "应用层攻击", 0),
    named("open_source_info", "Open source", "开源情报", 3),
    named(OTHER, "Other", "其他", Hue::REST.0),
];
const TRAFFIC: &[Named] = &[
    named("non_traffic", "Non-traffic", "非流量", 0),
    named("satellite", "Satellite", "卫星网络", 2),
    named("five_g", "5G", "5G", 1),
    named("sdn", "SDN", "SDN", 3),
];

/// The kinds that a view can have.
fn of_view(call: Call) -> &'static [Named] {
    match call {
        Call::Types => TYPES,
        Call::Attacks | Call::AttackIocs => ATTACKS,
        Call::Traffic | Call::TrafficSeries => TRAFFIC,
        Call::Geo => &[],
    }
}

fn find(is: impl Fn(&Named) -> bool) -> Option<&'static Named> {
    let all = [TYPES, ATTACKS, TRAFFIC].into_iter().flatten();
    all.into_iter().find(|known| is(known))
}

/// What an entry's `total` counts beside the types that the service tells apart.
pub const OTHER: &str = "other";

/// The colours of kinds, in their order. One that is not known gets its own by its name, or where
/// that one is taken the next that is free: the known kinds of the view keep theirs, there or not.
pub fn hues<'k>(call: Call, kinds: impl Iterator<Item = &'k str> + Clone) -> Vec<Hue> {
    let view = of_view(call);
    let known = |kind: &str| {
        let known = view.iter().find(|known| known.name == kind);
        known.map(|known| known.hue)
    };
    let mut taken: BTreeSet<Hue> = view.iter().map(|known| known.hue).collect();
    taken.insert(Hue::REST);
    let mut unknown: Vec<_> = kinds.clone().filter(|kind| known(kind).is_none()).collect();
    unknown.sort_unstable();
    let unknown: BTreeMap<_, _> = unknown
        .into_iter()
        .map(|kind| {
            let own = kind
                .bytes()
                .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
            let mut from_own = (0..Hue::COUNT).map(|step| Hue(own.wrapping_add(step) % Hue::COUNT));
            let free = from_own.find(|hue| !taken.contains(hue));
            taken.extend(free);
            (kind, free.unwrap_or(Hue::REST))
        })
        .collect();
    kinds
        .map(|kind| {
            known(kind)
                .or(unknown.get(kind).copied())
                .unwrap_or(Hue::REST)
        })
        .collect()
}

/// How a person reads a kind; one that is not known as it came.
pub fn title(name: &str, lang: Lang) -> &str {
    let known = find(|known| known.name == name);
    known.map_or(name, |known| known.title.in_lang(lang))
}

/// `ip_count` → `ip`, where that is a kind we know.
pub fn counted(key: &str) -> &str {
    match key.strip_suffix("_count") {
        Some(name) if find(|known| known.name == name).is_some() => name,
        _ => key,
    }
}

/// The traffic type of a code in the series, as the service's source has them.
pub fn of_code(code: &str) -> &str {
    match code {
        "0" => "non_traffic",
        "1" => "five_g",
        "2" => "satellite",
        "3" => "sdn",
        _ => code,
    }
}

/// How a person reads a kind beside counts: an unknown code is not to be taken for a number.
pub fn heading(kind: &str, lang: Lang) -> String {
    let is_number = kind.parse().is_ok_and(f64::is_finite);
    match lang {
        Lang::En if is_number => format!("code {kind}"),
        Lang::Zh if is_number => format!("代码 {kind}"),
        _ => title(kind, lang).to_string(),
    }
}

/// The name behind an attack type in Chinese, which is its title above. An uploader's own text
/// can stand there too.
pub fn of_attack_type(text: &str) -> Option<&'static str> {
    let known = find(|known| known.name == text || known.title.zh == text);
    known.map(|known| known.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_keeps_its_colour_whatever_stands_beside_it() {
        let hues = |call, kinds: &[&str]| hues(call, kinds.iter().copied());
        let of = |kinds: &[&str]| hues(Call::Attacks, kinds);
        let botnet = of(&["botnet"])[0];
        assert_eq!(of(&["honeypot_info", "other", "botnet"])[2], botnet);
        assert_eq!(of(&["new", "botnet", "quantum"])[1], botnet);
        // Whatever its place, and apart from those that stand beside it.
        let (first, second) = (of(&["new", "botnet"]), of(&["botnet", "new"]));
        assert_eq!(first[0], second[1]);
        assert_ne!(first[0], botnet);
        // Also where those that are known do not come.
        for code in 4..20 {
            let code = code.to_string();
            let alone = hues(Call::TrafficSeries, &[&code]);
            let all = ["non_traffic", "five_g", "satellite", "sdn", &code];
            assert_eq!(hues(Call::TrafficSeries, &all)[4], alone[0], "{code}");
        }
        for (call, kinds) in [
            (
                Call::Types,
                &["ip", "port", "payload", "url", "hash", "new", "newer"][..],
            ),
            (
                Call::TrafficSeries,
                &["non_traffic", "five_g", "satellite", "sdn", "7", "8", "9"],
            ),
            (
                Call::Attacks,
                &[
                    "malicious_traffic",
                    "honeypot_info",
                    "botnet",
                    "app_layer_attack",
                    "open_source_info",
                    "other",
                    "a",
                    "b",
                ],
            ),
        ] {
            let hues: BTreeSet<_> = hues(call, kinds).into_iter().collect();
            assert_eq!(hues.len(), kinds.len(), "{kinds:?}");
        }
        // More than there are colours: the rest is grey.
        let many: Vec<_> = (4..24).map(|number| number.to_string()).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        let grey = hues(Call::Traffic, &many);
        assert_eq!(grey.iter().filter(|hue| **hue == Hue::REST).count(), 17);
    }

    #[test]
    fn what_is_not_known_stays_as_it_came() {
        assert_eq!(counted("ip_count"), "ip");
        assert_eq!(counted("email_count"), "email_count");
        assert_eq!(of_code("1"), "five_g");
        for (code, name, en, zh) in [
            ("0", "non_traffic", "Non-traffic", "非流量"),
            ("1", "five_g", "5G", "5G"),
            ("2", "satellite", "Satellite", "卫星网络"),
            ("3", "sdn", "SDN", "SDN"),
            ("7", "7", "code 7", "代码 7"),
            ("-1", "-1", "code -1", "代码 -1"),
            ("quantum", "quantum", "quantum", "quantum"),
            ("inf", "inf", "inf", "inf"),
        ] {
            assert_eq!(of_code(code), name);
            assert_eq!(heading(of_code(code), Lang::En), en);
            assert_eq!(heading(of_code(code), Lang::Zh), zh);
        }
        assert_eq!(of_attack_type("蜜罐情报"), Some("honeypot_info"));
        assert_eq!(of_attack_type("新类型"), None);
        assert_eq!(title("quantum", Lang::Zh), "quantum");
    }
}
