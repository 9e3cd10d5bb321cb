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
    named("satellite", "Satellite", "卫星网络"),
    named("five_g", "5G", "5G"),
    named("sdn", "SDN", "SDN"),
    named(OTHER, "Other", "其他"),
];

/// What an entry's `total` counts beside the types that the service tells apart.
pub const OTHER: &str = "other";

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

/// How a person reads a traffic type: an unknown code is not to be taken for a number.
pub fn traffic_title(kind: &str, lang: Lang) -> String {
    let is_number = kind.parse::<f64>().is_ok();
    match lang {
        Lang::En if is_number => format!("code {kind}"),
        Lang::Zh if is_number => format!("代码 {kind}"),
        _ => title(kind, lang).to_string(),
    }
}

/// The name behind an attack type in Chinese, which is its title above. An uploader's own text
/// can stand there too.
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
        for (code, name, en, zh) in [
            ("0", "non_traffic", "Non-traffic", "非流量"),
            ("1", "five_g", "5G", "5G"),
            ("2", "satellite", "Satellite", "卫星网络"),
            ("3", "sdn", "SDN", "SDN"),
            ("7", "7", "code 7", "代码 7"),
            ("-1", "-1", "code -1", "代码 -1"),
            ("quantum", "quantum", "quantum", "quantum"),
        ] {
            assert_eq!(of_code(code), name);
            assert_eq!(traffic_title(of_code(code), Lang::En), en);
            assert_eq!(traffic_title(of_code(code), Lang::Zh), zh);
        }
        assert_eq!(of_attack_type("蜜罐情报"), Some("honeypot_info"));
        assert_eq!(of_attack_type("新类型"), None);
        assert_eq!(title("quantum", Lang::Zh), "quantum");
    }
}
