use super::*;

fn found(input: &str) -> String {
    match parse_public(input) {
        Ok(Parsed {
            indicator,
            cut_from,
            ..
        }) => {
            let cut = match cut_from {
                None => "",
                Some(CutFrom::Url) => " from url",
                Some(CutFrom::HostAndPort) => " from host:port",
            };
            let host = indicator.host().unwrap_or(&indicator);
            format!("{} {host}{cut}", host.kind())
        }
        Err(refusal) => format!("refused: {refusal}"),
    }
}

/// An input a line, and what is found in it.
#[track_caller]
fn all(table: &str) {
    let rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
    let rows = rows.map(|row| row.split_once(" == ").unwrap());
    let wrong: Vec<_> = rows
        .filter(|(input, expected)| found(input) != *expected)
        .map(|(input, expected)| format!("{input}: {}, not {expected}", found(input)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_the_contract() {
    all(
        "
        8.8.8.8 == ip 8.8.8.8
        10.0.0.1 == ip 10.0.0.1
        127.1 == refused: it ends in a number but is not an IPv4 address of four decimal parts
        010.8.8.8 == refused: it ends in a number but is not an IPv4 address of four decimal parts
        0x7f.1 == refused: it ends in a number but is not an IPv4 address of four decimal parts
        1.2.3.0x4 == refused: it ends in a number but is not an IPv4 address of four decimal parts
        256.1.1.1 == refused: it ends in a number but is not an IPv4 address of four decimal parts
        http://127.1/ == refused: it ends in a number but is not an IPv4 address of four decimal parts
        evil[.]com == domain evil.com
        \"evil[.]com\", == domain evil.com
        <hxxp://evil.com/>; == domain evil.com from url
        (“8.8.8.8”) == ip 8.8.8.8
        `[2001:db8::1]` == ipv6 2001:db8::1
        \",\" == refused: it is empty
        evil(.)com == domain evil.com
        evil[dot]com == domain evil.com
        hxxps://evil[.]com/a == domain evil.com from url
        hxxp[://]evil[.]com:8080/a?b#c == domain evil.com from url
        1.2.3[.]4 == ip 1.2.3.4
        evil.com:8443 == domain evil.com from host:port
        evil.com/gate.php == domain evil.com from url
        http://user:pw@evil.com\\@good.com/ == domain evil.com from url
        http:// == refused: a URL without a host
        金山.cn == domain xn--rhtz55j.cn
        金山。cn == domain xn--rhtz55j.cn
        ８.８.８.８ == ip 8.8.8.8
        _dmarc.evil.com == domain _dmarc.evil.com
        r3---sn-x.evil.com == domain r3---sn-x.evil.com
        2001:db8::1 == ipv6 2001:db8::1
        2001:db8:: == ipv6 2001:db8::
        ::1 == ipv6 ::1
        http://[2001:db8::1]:80/ == ipv6 2001:db8::1 from url
        10.0.0.0/8 == cidr 10.0.0.0/8
        2001:db8::/32 == cidr 2001:db8::/32
        8.8.8.8/path == ip 8.8.8.8 from url
        D41D8CD98F00B204E9800998ECF8427E == md5 d41d8cd98f00b204e9800998ecf8427e
        Bob@evil.com == email bob@evil.com
        localhost == refused: not a domain name: it has no dot
        ",
    );
    assert_eq!(found("  EVIL.com. "), "domain evil.com");
    assert_eq!(found(""), "refused: it is empty");
    assert_eq!(
        parse("金山.cn").unwrap().indicator.unicode(),
        Some("金山.cn")
    );
}

/// Whoever owns a URL must not choose which host is looked up.
#[test]
fn a_host_ends_before_its_path() {
    all("
        evil.com/redirect?u=http://8.8.8.8/ == domain evil.com from url
        evil.com:8080/?u=https://good.example == domain evil.com from url
        evil.com/x#http://good.example/ == domain evil.com from url
        evil.com?u=hxxps://good.example == domain evil.com from url
        evil.com#h[tt]p://good.example == domain evil.com from url
        web.archive.org/web/2024/http://evil.com/x == domain web.archive.org from url
        https://web.archive.org/web/2024/https://evil.com/x == domain web.archive.org from url
        evil.com/hxxp[://]good[.]example/ == domain evil.com from url
        192.0.2.10/?next=meow://good.example/a@b == ip 192.0.2.10 from url
        h[tt]p://evil.com/a == domain evil.com from url
        hxxp://evil.com/a == domain evil.com from url
        h**ps://evil.com/a == domain evil.com from url
        meow://evil.com/a == domain evil.com from url
        svn+ssh://evil.com/a == domain evil.com from url
        //evil.com/http://good.example == domain evil.com from url
        hxxp[:]//evil[.]com/http[:]//good.example == domain evil.com from url
        evil.com:443?u=8.8.8.8 == domain evil.com from url
        http://evil.com\\@good.example == domain evil.com from url
        http://good.example:80@evil.com == domain evil.com from url
        https://good.example@evil.com/ == domain evil.com from url
        https://good.example:pw@evil.com:8443/ == domain evil.com from url
        ");
}

#[test]
fn what_is_more_than_one_thing_is_refused() {
    for input in [
        "see http://a.example/x and http://evil.com/y",
        "https://a.example/,https://evil.com/",
        "https://a.example/x;http://evil.com/y",
        "https://a.example/|https://evil.com/",
        "a.example/x evil.com/y",
        "192.0.2.10 - - [10/Oct/2026:13:55:36 +0000] \"GET http://evil.com/x HTTP/1.1\" 200 5",
        "192.0.2.10,http://8.8.8.8/",
        "evil.com、login.example",
        "evil.com,login.example",
        "evil.com/x,login.example/y",
        "evil.com;login.example",
        "evil.com login.example",
        "evil.com\tlogin.example",
        "evil.com\nlogin.example",
        "evil.com/a\\nhttp://login.example",
        "evil.com|login.example",
        "evil.com・login.example",
        "evil.com。login。example 8.8.8.8",
        "evil.com→login.example",
        "evil.com/x→login.example/y",
        "evil.com和login.example",
        "http://evil.com/x和http://login.example/y",
        "「evil.com」「login.example」",
        "evil.com（login.example）",
        "„evil.com“, »login.example«",
        "[evil.com](http://login.example/)",
        "192.0.2.1-192.0.2.9",
        "evil.com①login.example",
        "evil.com\u{200b}login.example",
        "evil.com\u{ad}login.example",
        "evil.com\u{2060}login.example",
        "evil.com。login.example",
        "evil.com．login.example",
        "evil.com｡login.example",
        "evil.comーlogin.example",
        "evil.comʼlogin.example",
        "evil.com\\t8.8.8.8",
        "evil.com\\nlogin.example",
        "evil.com\\u0026login.example",
        "evil.com%20login.example",
        "http://evil.comhttp://login.example",
        "8.8.8.8/24-9.9.9.0/24",
        "a@evil.com,b@evil.com",
    ] {
        let said = found(input);
        assert!(
            said.starts_with("refused: it is more than one thing: "),
            "{input}: {said}"
        );
    }
    all(
        "
        is evil.com bad? == refused: it is a text, with evil.com in it (a blank is a forbidden character in a name)
        evil[.]com (C2) == refused: it is a text, with evil[.]com in it (a blank is a forbidden character in a name)
        ",
    );
}

/// Quotes, brackets, bullets, arrows and commas of every script, numbers and labels.
#[test]
fn what_stands_around_comes_off() {
    for around in [
        "„evil.com“",
        "»evil.com«",
        "”evil.com”",
        "「evil.com」",
        "『evil.com』",
        "【evil.com】",
        "《evil.com》",
        "〈evil.com〉",
        "〔evil.com〕",
        "（evil.com）",
        "‹evil.com›",
        "‚evil.com‘",
        "evil.com——",
        "evil.com，",
        "evil.com、",
        "evil.com；",
        "evil.com،",
        "evil.com؛",
        "evil.com。",
        "evil.com…",
        "evil.com–",
        "→ evil.com",
        "→evil.com",
        "➡ evil.com",
        "⇒evil.com",
        "• evil.com",
        "•evil.com",
        "‣evil.com",
        "▪ evil.com",
        "◦evil.com",
        "✓evil.com",
        "✔ evil.com",
        "✅evil.com",
        "❌ evil.com",
        "👉 evil.com",
        "🔴evil.com",
        "⚠️ evil.com",
        "★evil.com",
        "evil.com®",
        "evil.com™",
        "①evil.com",
        "⑵ evil.com",
        "evil.com¹",
        "evil.com①",
        "\u{200b}evil.com\u{200b}",
        "\u{feff}evil.com",
        "\u{202a}evil.com\u{202c}",
        "[evil.com]",
        "{evil.com}",
        "- evil.com",
        "-- evil.com",
        "+ evil.com",
        "* evil.com",
        "1. evil.com",
        "12) evil.com",
        "(3) evil.com",
        "[4] evil.com",
        "a) evil.com",
        "1、evil.com",
        "三、evil.com",
        "（一）evil.com",
        "**evil.com**",
        "__evil.com__",
        "*evil.com*",
        "~~evil.com~~",
        "`evil.com`",
        "|evil.com|",
        "| evil.com |",
        "> evil.com",
        "# evil.com",
        "||evil.com^",
        "evil [.] com",
        "evil [dot] com",
        "evil{dot}com",
        "evil<.>com",
        "evil<dot>com",
        "evil[,]com",
        "evil[.com",
        "evil.]com",
        "evil\\.com",
        "evil［.］com",
        "ｅｖｉｌ．ｃｏｍ",
        "evil。com",
        "evil．com",
        "Domain: evil.com",
        "domain=evil.com",
        "域名：evil.com",
        "域名:evil.com",
        "Domain name: evil[.]com",
        "C2：evil.com",
        "evil.com:",
        "· evil.com",
        "・evil.com",
        "evil.com ·",
        "'evil.com'",
        "1\u{fe0f}\u{20e3}evil.com",
        "1\u{fe0f}\u{20e3} evil.com",
        "#\u{fe0f}\u{20e3} evil.com",
        "🔥 evil.com",
        "evil.com 💀💀",
        "🇨🇳 evil.com",
        "👉🏽evil.com",
        "-> evil.com",
        "--> evil.com",
        "[+] evil.com",
        "- [ ] evil.com",
        ":: evil.com",
        "１．evil.com",
        "evil.com״",
        "ㆍ evil.com",
        "==evil.com==",
        "^evil\\.com$",
        "\\\"evil.com\\\"",
        "\\*evil.com\\*",
        "({evil.com})",
        "evil\\[.\\]com",
        "evil[[.]]com",
        "evil[[dot]]com",
        "evil【.】com",
        "evil「.」com",
        "evil«dot»com",
        "evil｛.｝com",
        "evil[．]com",
        "evil[точка]com",
        "evil[ponto]com",
        "evil[ドット]com",
        "домен:evil.com",
        "恶意域名:evil.com",
        "C&C: evil.com",
        "evil.com!",
        "evil.com?",
    ] {
        assert_eq!(found(around), "domain evil.com", "{around}");
    }
    all(
        "
        [8.8.8.8] == ip 8.8.8.8
        [8.8.8.8]:25 == ip 8.8.8.8 from host:port
        [evil.com]:443 == domain evil.com from host:port
        [2001:db8::1]:443 == ipv6 2001:db8::1 from host:port
        IP: 198.51.100.13 == ip 198.51.100.13
        IP:198.51.100.13 == ip 198.51.100.13
        IP地址：198.51.100.13 == ip 198.51.100.13
        mailto:bob@evil.com == email bob@evil.com
        URL: hxxp://evil[.]com/x == domain evil.com from url
        mailto:bob@evil.com?subject=x == email bob@evil.com
        bob@evil.com. == email bob@evil.com
        bob@[8.8.8.8] == email bob@8.8.8.8
        hxxp[:][//]evil[.]com == domain evil.com from url
        hxxp:[//]evil[.]com == domain evil.com from url
        hxxp[:/]/evil[.]com == domain evil.com from url
        hxxp\\[:\\]//evil\\[.\\]com == domain evil.com from url
        (http)://evil.com == domain evil.com from url
        http://[evil.com]/ == domain evil.com from url
        http:///evil.com == domain evil.com from url
        http:\\\\\\\\evil.com\\\\x == domain evil.com from url
        http:evil.com == domain evil.com
        view-source:http://evil.com/ == domain evil.com from url
        href=\"http://evil.com\" == domain evil.com from url
        \\\\evil.com\\c$ == domain evil.com from url
        8。8。8。8 == ip 8.8.8.8
        8．8．8．8 == ip 8.8.8.8
        2001:db8::1. == ipv6 2001:db8::1
        fe80::1%eth0 == ipv6 fe80::1
        [fe80::1%eth0]:22 == ipv6 fe80::1 from host:port
        2001[:]db8[::]1 == ipv6 2001:db8::1
        10.0.0.0/255.0.0.0 == cidr 10.0.0.0/8
        [8.8.8.0]/24 == cidr 8.8.8.0/24
        [2001:db8::]/32 == cidr 2001:db8::/32
        evil[/]x == refused: not a domain name: it has no dot
        evil.com[/]x == domain evil.com from url
        hxxp:\\\\evil.com\\x == domain evil.com from url
        http:/evil.com == domain evil.com from url
        http:\\/\\/evil.com\\/x == domain evil.com from url
        www.evil\\.com == domain www.evil.com
        login.bank\\.example\\.com/x == domain login.bank.example.com from url
        http://evil.com/a_(b) == domain evil.com from url
        SHA256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 == sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        ",
    );
}

#[test]
fn a_refusal_says_what_it_is() {
    all(
        "
        *.evil.com == refused: a wildcard: ask for evil.com
        .evil.com == refused: a wildcard: ask for evil.com
        http://*.evil.com/x == refused: a wildcard: ask for evil.com
        evil.* == refused: a pattern, not a name
        *.*.evil.com == refused: a wildcard: ask for evil.com
        *(.)evil(.)com == refused: a wildcard: ask for evil.com
        *.com == refused: a pattern, not a name
        *://*.evil.com/* == refused: a pattern, not a name
        \\bevil\\.com\\b == refused: a pattern, not a name
        (evil|bad)\\.com == refused: a pattern, not a name
        (?i)evil\\.com == refused: a pattern, not a name
        .8.8.8.8 == refused: not a domain name: a label is empty
        xn--a.com == refused: not a domain name: \u{80} (U+0080) is not allowed in one (IDNA 2008)
        ★.com == refused: not a domain name: ★ (U+2605) is not allowed in one (IDNA 2008)
        ①.evil.com == refused: not a domain name: ① (U+2460) is not allowed in one (IDNA 2008)
        ²x.com == refused: not a domain name: ² (U+00B2) is not allowed in one (IDNA 2008)
        evil™x.com == refused: not a domain name: ™ (U+2122) is not allowed in one (IDNA 2008)
        ⓔvil.com == refused: not a domain name: ⓔ (U+24D4) is not allowed in one (IDNA 2008)
        ㄱ.kr == refused: not a domain name: ㄱ (U+3131) is not allowed in one (IDNA 2008)
        ʻohana.com == refused: it is ohana.com with ʻ before it, or the name xn--ohana-51c.com: ask for the one that is meant
        🇨🇳evil.com == refused: it is evil.com with 🇨🇳 before it, or the name xn--evil-4z33c5b.com: ask for the one that is meant
        -evil.com == refused: a name that begins with a hyphen: ask for evil.com
        xn--tub-test.evil.com == refused: not a domain name: xn--tub-test is no punycode
        xn--tub-test.evil.com. == refused: not a domain name: xn--tub-test is no punycode
        evil→x.com == refused: not a domain name: → (U+2192) is not allowed in one (IDNA 2008)
        a·b.com == refused: not a domain name: · (U+00B7) is not allowed in one (IDNA 2008)
        evil.com的 == refused: not a domain name that somebody can have: .com的 is no public suffix
        invoice.pdf == refused: not a domain name that somebody can have: .pdf is no public suffix
        setup.exe == refused: not a domain name that somebody can have: .exe is no public suffix
        http://server.corp/x == refused: not a domain name that somebody can have: .corp is no public suffix
        evil.com🔥 == refused: not a domain name that somebody can have: .com🔥 is no public suffix
        🔥evil.com == refused: it is evil.com with 🔥 before it, or the name xn--evil-ke73c.com: ask for the one that is meant
        ev il.com == refused: it is a text, with il.com in it (a blank is a forbidden character in a name)
        evil..com == refused: not a domain name: a label is empty
        evil!x.com == refused: not a domain name: '!' is a forbidden character
        10.0.0.0/33 == refused: no address range is of that length
        2001:db8:::1 == refused: not an IPv6 address
        @evil.com == refused: not an e-mail address
        /etc/passwd == refused: a URL without a host
        ",
    );
}

#[test]
fn names_of_every_kind_are_names() {
    all("
        💩.la == domain xn--ls8h.la
        i❤.ws == domain xn--i-7iq.ws
        col·lecció.cat == domain xn--collecci-ioa91d.cat
        カ・フェ.jp == domain xn--hckh0k5f.jp
        域名evil.com == domain xn--evil-uk1gj6r.com
        bücher.de == domain xn--bcher-kva.de
        a.example == domain a.example
        a.test == domain a.test
        a.invalid == domain a.invalid
        a.localhost == domain a.localhost
        printer.local == domain printer.local
        a.internal == domain a.internal
        a.onion == domain a.onion
        1.2.0.192.in-addr.arpa == domain 1.2.0.192.in-addr.arpa
        evil.zip == domain evil.zip
        evil.co.uk == domain evil.co.uk
        ");
    assert!(parse("invoice.pdf").is_ok());
    for (name, other) in [
        ("域名evil.com", Some("evil.com")),
        ("金山.cn", None),
        ("evil.com.", None),
    ] {
        assert_eq!(
            parse(name).unwrap().other_reading.as_deref(),
            other,
            "{name}"
        );
    }
}

#[test]
fn what_is_no_name_is_refused() {
    for input in [
        "evil..com",
        "*.evil.com",
        "a b.com",
        "evil.com\u{1b}[31m",
        "-",
        ".",
        "a\0.com",
    ] {
        assert!(parse(input).is_err(), "{input:?}");
    }
    assert!(parse(&format!("{}.com", "a".repeat(64))).is_err());
    assert!(parse(&"a.".repeat(200)).is_err());
    for odd in [
        ".", "*.", "*..", "[", "(", "\\", "\\[", "[:", "🔥", "#", "xn--", "%.", "1. ", "://",
    ] {
        assert!(parse(&format!("{}a", odd.repeat(5_000))).is_err(), "{odd}");
    }
}

/// One thing each, in plain and in disguise.
const HOSTS: [&str; 20] = [
    "evil.com",
    "login.bank.example",
    "bücher.de",
    "金山.cn",
    "💩.la",
    "xn--bcher-kva.de",
    "8.8.8.8",
    "evil[.]org",
    "evil(dot)net",
    "evil [.] ru",
    "evil\\.info",
    "evil。top",
    "ｅｖｉｌ．ｉｏ",
    "8[.]8[.]4[.]4",
    "１.１.１.１",
    "evil.com:8080",
    "http://evil.com",
    "hxxps[:]//evil[.]com/a?b=c",
    "h**p://192.0.2.7/x",
    "evil.com/gate.php",
];

/// What people, programs and attackers put round it.
const ODDS: [&str; 43] = [
    "", "", " ", "\t", "\"", "'", "`", "(", ")", "[", "]", "{", "}", "<", ">", "「", "」", "„",
    "“", "»", "«", "•", "→", "✓", "①", "🔥", "👉🏽", "1. ", "- ", "*", "**", "_", "|", ",", ";",
    "。", "、", "…", "\u{200b}", "\u{feff}", "\u{202e}", "的", "IP: ",
];

fn odds() -> impl proptest::strategy::Strategy<Value = String> {
    let odds = [&ODDS[..], &["域名："]].concat();
    proptest::collection::vec(proptest::sample::select(odds), 0..4).prop_map(|odds| odds.concat())
}

/// Whether the host of an input stands in it as it was accepted, or its IDNA form does.
fn stands_in(host: &Indicator, input: &str) -> bool {
    let plain = refang(input);
    let ends = |from: usize| {
        plain[from..]
            .char_indices()
            .map(move |(at, c)| from + at + c.len_utf8())
    };
    let mut parts = plain
        .char_indices()
        .flat_map(|(from, _)| ends(from).map(move |end| from..end));
    parts.any(|part| match host {
        Indicator::Domain(domain) => Domain::parse(&plain[part]).as_ref() == Ok(domain),
        Indicator::Ipv4(address) => {
            Domain::parse(&plain[part]).is_ok_and(|name| name.ascii() == address.to_string())
        }
        _ => true,
    })
}

use proptest::strategy::Strategy;

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(input in ".{0,80}") {
        let _ = parse(&input);
    }

    #[test]
    fn refang_undoes_defang(input in "[a-z]{1,8}(\\.[a-z]{2,5}){1,3}") {
        proptest::prop_assert_eq!(refang(&defang(&input)), input.as_str());
    }

    #[test]
    fn what_is_accepted_stands_in_the_input(
        before in odds(), host in proptest::sample::select(&HOSTS[..]), after in odds(), any in ".{0,3}",
    ) {
        for input in [format!("{before}{host}{after}"), format!("{any}{host}{after}"), format!("{before}{host}{any}")] {
            if let Some(found) = parse(&input).ok().as_ref().and_then(|parsed| parsed.indicator.host()) {
                proptest::prop_assert!(stands_in(found, &input), "{input:?}: {found}");
            }
        }
    }

    /// Separated by anything that no name holds and no path begins with.
    #[test]
    fn more_than_one_host_is_never_accepted_as_one(
        before in odds(), after in odds(),
        one in proptest::sample::select(&HOSTS[..16]), two in proptest::sample::select(&HOSTS[..]),
        between in proptest::char::any().prop_filter("separates", |c| {
            !letters::is_in_names(*c) && !letters::is_dot(*c) && !"/?#@\\%".contains(*c)
        }),
    ) {
        let input = format!("{before}{one}{between}{two}{after}");
        proptest::prop_assert!(parse(&input).is_err(), "{input:?}: {:?}", parse(&input));
    }
}

/// Two things are two, and no more are claimed.
#[test]
fn what_is_more_than_one_thing_is_named() {
    for (input, named) in [
        ("evil.com, login.example", "evil.com, login.example"),
        ("1.2.3.4 1.2.3.5", "1.2.3.4, 1.2.3.5"),
        ("a.com b.com c.com", "a.com, b.com, …"),
        ("a.com b.com c.com d.com", "a.com, b.com, …"),
        // A public suffix is a host as well.
        ("mil.cn/,aaa.com", "mil.cn, aaa.com"),
        (
            "github.io/;http://evil.com/x",
            "github.io/, http://evil.com/x",
        ),
    ] {
        let refusal = parse(input).unwrap_err().to_string();
        assert_eq!(refusal, format!("it is more than one thing: {named}"));
    }
}
