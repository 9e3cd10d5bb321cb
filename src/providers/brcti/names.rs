//! What the service's keys mean, in English and Chinese. The sets are open: a key that is not
//! here is shown as it came.

use crate::document::{Lang, Phrase};

/// A kind of thing that is counted: the name in our JSON and how a person reads it.
struct Named {
    name: &'static str,
    title: Phrase,
}

const fn named(name: &'static str, en: &'static str, zh: &'static str) -> Named {
    Named {
        name,
        title: Phrase::new(en, zh),
    }
}

const NAMES: &[Named] = &[
    named("ip", "IP addresses", "IP 地址"),
    named("port", "Ports", "端口"),
    named("payload", "Payloads", "载荷"),
    named("url", "URLs", "URL"),
    named("hash", "File hashes", "文件哈希"),
    named("malicious_traffic", "Malicious traffic", "恶意流量"),
    named(HONEYPOT, "Honeypot", "蜜罐情报"),
    named("botnet", "Botnet", "僵尸网络"),
    named("app_layer_attack", "Application layer", "应用层攻击"),
    named("open_source_info", "Open source", "开源情报"),
    named("non_traffic", "Non-traffic", "非流量"),
    named("satellite", "Satellite", "卫星"),
    named("five_g", "5G", "5G"),
    named("sdn", "SDN", "SDN"),
];

const HONEYPOT: &str = "honeypot_info";

/// How a person reads a kind; one that is not known as it came.
pub fn title(name: &str, lang: Lang) -> &str {
    let known = NAMES.iter().find(|known| known.name == name);
    known.map_or(name, |known| known.title.in_lang(lang))
}

/// `ip_count` → `ip`, where that is a kind we know.
pub fn counted(key: &str) -> &str {
    match key.strip_suffix("_count") {
        Some(name) if NAMES.iter().any(|known| known.name == name) => name,
        _ => key,
    }
}

/// The traffic type of a code in the series. 0 and 1 are inferred: in the vendor's examples they
/// add up to the counts of the ratio; 2 and 3 are not known.
pub fn of_code(code: &str) -> &str {
    match code {
        "0" => "non_traffic",
        "1" => "five_g",
        _ => code,
    }
}

/// The name behind an attack type in Chinese. Only 蜜罐情报 is in the vendor's examples; the
/// others are not written anywhere, so they are matched by the titles above.
pub fn of_attack_type(text: &str) -> Option<&'static str> {
    let known = NAMES
        .iter()
        .find(|known| known.name == text || known.title.zh == text);
    known.map(|known| known.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stays_as_it_came() {
        assert_eq!(counted("ip_count"), "ip");
        assert_eq!(counted("email_count"), "email_count");
        assert_eq!(of_code("1"), "five_g");
        assert_eq!(of_code("2"), "2");
        assert_eq!(of_attack_type("蜜罐情报"), Some("honeypot_info"));
        assert_eq!(of_attack_type("新类型"), None);
        assert_eq!(title("quantum", Lang::Zh), "quantum");
    }
}
