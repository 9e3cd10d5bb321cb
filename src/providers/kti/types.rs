//! The vendor's threat types and tag types: English, Chinese, category, and our level.
//!
//! Names and categories: the vendor's text, 威胁类型中英文对应表 and 标签类别中英文对应表.
//! The levels are ours: the vendor gives none.

use crate::document::{Lang, Phrase};
use crate::intel::Level;

#[derive(Debug)]
pub struct Threat {
    pub name: Phrase,
    /// The type that this one is a kind of; its own name for the fifteen main types.
    pub category: Phrase,
    pub level: Level,
}

#[derive(Debug)]
pub struct TagType {
    /// As the service sends it.
    pub name: &'static str,
    /// As a person reads it; in Chinese the vendor's own word.
    pub title: Phrase,
}

use Level::{Benign, Info, Malicious, Suspicious};

const SUSPICIOUS: Phrase = Phrase::new("Suspicious", "可疑");
const C2: Phrase = Phrase::new("C2", "远控");
const BRUTE_FORCE: Phrase = Phrase::new("Brute Force", "暴力破解");
const PROXY: Phrase = Phrase::new("Proxy", "代理");
const INFO: Phrase = Phrase::new("Info", "基础信息");

const fn main(en: &'static str, zh: &'static str, level: Level) -> Threat {
    let name = Phrase::new(en, zh);
    Threat {
        name,
        category: name,
        level,
    }
}

const fn kind_of(category: Phrase, level: Level, en: &'static str, zh: &'static str) -> Threat {
    Threat {
        name: Phrase::new(en, zh),
        category,
        level,
    }
}

pub const THREATS: &[Threat] = &[
    main("C2", "远控", Malicious),
    main("Botnet", "僵尸网络", Malicious),
    main("Hijacked", "劫持", Malicious),
    main("Phishing", "钓鱼", Malicious),
    main("Malware", "恶意软件", Malicious),
    main("Exploit", "漏洞利用", Malicious),
    main("Scanner", "扫描", Suspicious),
    main("Zombie", "傀儡机", Malicious),
    main("Spam", "垃圾邮件", Suspicious),
    main("Suspicious", "可疑", Suspicious),
    main("Compromised", "失陷主机", Malicious),
    main("Whitelist", "白名单", Benign),
    main("Brute Force", "暴力破解", Malicious),
    main("Proxy", "代理", Suspicious),
    main("Info", "基础信息", Info),
    kind_of(SUSPICIOUS, Suspicious, "MiningPool", "矿池"),
    kind_of(SUSPICIOUS, Suspicious, "CoinMiner", "私有矿池"),
    // Taken over by a security organisation: what talks to it is infected, it does no harm itself.
    kind_of(C2, Suspicious, "Sinkhole C2", "安全机构接管C2"),
    kind_of(BRUTE_FORCE, Malicious, "SSH Brute Force", "SSH 暴力破解"),
    kind_of(BRUTE_FORCE, Malicious, "FTP Brute Force", "FTP 暴力破解"),
    kind_of(BRUTE_FORCE, Malicious, "SMTP Brute Force", "SMTP 暴力破解"),
    kind_of(
        BRUTE_FORCE,
        Malicious,
        "Http Brute Force",
        "HTTP AUTH 暴力破解",
    ),
    kind_of(BRUTE_FORCE, Malicious, "Web Login Brute Force", "撞库"),
    kind_of(PROXY, Suspicious, "HTTP Proxy", "HTTP Proxy"),
    kind_of(PROXY, Suspicious, "HTTP Proxy In", "HTTP 代理入口"),
    kind_of(PROXY, Suspicious, "HTTP Proxy Out", "HTTP 代理出口"),
    kind_of(PROXY, Suspicious, "Socks Proxy", "Socks 代理"),
    kind_of(PROXY, Suspicious, "Socks Proxy In", "Socks 代理入口"),
    kind_of(PROXY, Suspicious, "Socks Proxy Out", "Socks 代理出口"),
    kind_of(PROXY, Suspicious, "VPN", "VPN 代理"),
    kind_of(PROXY, Suspicious, "VPN In", "VPN 入口"),
    kind_of(PROXY, Suspicious, "VPN Out", "VPN 出口"),
    kind_of(PROXY, Suspicious, "Tor", "Tor 代理"),
    kind_of(PROXY, Suspicious, "Tor Proxy In", "Tor 入口"),
    kind_of(PROXY, Suspicious, "Tor Proxy Out", "Tor 出口"),
    kind_of(INFO, Info, "Bogon", "保留地址"),
    kind_of(INFO, Info, "FullBogon", "未启用IP"),
    kind_of(INFO, Info, "Gateway", "网关"),
    kind_of(INFO, Info, "IDC", "IDC 服务器"),
    kind_of(INFO, Info, "Dynamic IP", "动态IP"),
    kind_of(INFO, Info, "Edu", "教育"),
    kind_of(INFO, Info, "DDNS", "动态域名"),
    kind_of(INFO, Info, "Mobile", "移动基站"),
    kind_of(INFO, Info, "Search Engine Crawler", "搜索引擎爬虫"),
    kind_of(INFO, Info, "CDN", "CDN 服务器"),
];

const fn tag(name: &'static str, en: &'static str, zh: &'static str) -> TagType {
    TagType {
        name,
        title: Phrase::new(en, zh),
    }
}

pub const TAG_TYPES: &[TagType] = &[
    tag("basic", "Basic tag", "基础标签"),
    tag("gangs", "Gang", "犯罪团伙"),
    tag("industry", "Industry", "相关行业"),
    tag("region", "Region", "相关区域"),
    tag("security_event", "Security event", "安全事件"),
    tag("virus_family", "Malware family", "病毒家族"),
    tag("vulnerability", "Vulnerability", "安全漏洞"),
];

/// The threat type of this name, without regard to case.
pub fn threat(name: &str) -> Option<&'static Threat> {
    // The vendor's table splits `Search Engine Crawler` across its columns, so `Search` may come.
    let name = match name.trim() {
        short if short.eq_ignore_ascii_case("Search") => "Search Engine Crawler",
        name => name,
    };
    THREATS
        .iter()
        .find(|threat| threat.name.en.eq_ignore_ascii_case(name))
}

/// The worst of the levels; a type that is not in the table is worth a look: suspicious.
pub fn level<'a>(judgments: impl IntoIterator<Item = &'a str>) -> Level {
    let levels = judgments
        .into_iter()
        .map(|name| threat(name).map_or(Suspicious, |threat| threat.level));
    levels.max().unwrap_or(Level::None)
}

/// A threat type in the language asked for; one that is not in the table as it came.
pub fn threat_in(name: &str, lang: Lang) -> String {
    match (threat(name), lang) {
        (Some(threat), Lang::Zh) => threat.name.zh.to_string(),
        _ => name.to_string(),
    }
}

/// A tag type in words; one that is not in the table as it came.
pub fn tag_type_in(name: &str, lang: Lang) -> String {
    let known = TAG_TYPES
        .iter()
        .find(|tag| tag.name.eq_ignore_ascii_case(name.trim()));
    known.map_or_else(
        || name.to_string(),
        |tag| tag.title.in_lang(lang).to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendors_tables_are_whole() {
        // 15 main types, then 2 + 1 + 5 + 12 + 10 of the five categories; 7 tag types.
        assert_eq!(THREATS.len(), 15 + 2 + 1 + 5 + 12 + 10);
        assert_eq!(TAG_TYPES.len(), 7);
        assert_eq!(
            THREATS
                .iter()
                .filter(|threat| threat.name == threat.category)
                .count(),
            15
        );
    }

    #[test]
    fn the_worst_level_holds_and_names_ignore_case() {
        assert_eq!(level(["Whitelist", "c2"]), Malicious);
        assert_eq!(level(["info", "WHITELIST"]), Info);
        assert_eq!(level(["Search"]), Info);
        assert_eq!(level(["Something New"]), Suspicious);
        assert_eq!(level([]), Level::None);
        assert_eq!(threat_in("brute force", Lang::Zh), "暴力破解");
        assert_eq!(threat_in("Something New", Lang::Zh), "Something New");
        assert_eq!(tag_type_in("GANGS", Lang::Zh), "犯罪团伙");
        assert_eq!(tag_type_in("virus_family", Lang::En), "Malware family");
        assert_eq!(tag_type_in("new_type", Lang::En), "new_type");
    }
}
