use proptest::strategy::Strategy;

use super::*;

/// `kind key` of each, with what was written where it differs.
fn found(text: &str) -> Vec<String> {
    let shown = |found: Found| format!("{} {}", found.indicator.kind(), found.indicator);
    scan(text.as_bytes()).map(shown).collect()
}

/// A text a line, and what is found in it.
#[track_caller]
fn all(table: &str) {
    let rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
    let rows = rows.map(|row| row.split_once(" ==").unwrap());
    let wrong: Vec<_> = rows
        .map(|(text, expected)| (text, found(text).join(" + "), expected.trim_start()))
        .filter(|(_, found, expected)| found != expected)
        .map(|(text, found, expected)| format!("{text}: {found}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_is_found_where_it_stands() {
    all(
        "
        see 192.0.2.1, 2001:db8::1 and 192.0.2.0/24. == ip 192.0.2.1 + ipv6 2001:db8::1 + cidr 192.0.2.0/24
        (2001:db8::/32) [2001:db8::7]:443 ::ffff:192.0.2.1 == cidr 2001:db8::/32 + ipv6 2001:db8::7 + ip 192.0.2.1
        fe80::1%eth0 at 12:34:56, mac 00:1a:2b:3c:4d:5e, std::cout a::b == ipv6 fe80::1
        Evil.COM. And login.evil.co.uk! == domain evil.com + domain login.evil.co.uk
        mail bob.x+y@evil.com or <BOB@evil.org> == email bob.x+y@evil.com + email bob@evil.org
        bob[at]evil[.]com, bob (at) evil (dot) com == email bob@evil.com + email bob@evil.com
        d41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709.exe == md5 d41d8cd98f00b204e9800998ecf8427e + sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709
        12345678901234567890123456789012 ==
        evil.com:45c48cce2e2d7fbdea1afc51c7c6ad26 192.0.2.1:45c48cce2e2d7fbdea1afc51c7c6ad26 == domain evil.com + md5 45c48cce2e2d7fbdea1afc51c7c6ad26 + ip 192.0.2.1 + md5 45c48cce2e2d7fbdea1afc51c7c6ad26
        192.0.2.1:8080 evil.com:443 http://evil.com:8080 == ip 192.0.2.1 + domain evil.com + url http://evil.com:8080
        192.0.2.1-192.0.2.9 == ip 192.0.2.1 + ip 192.0.2.9
        10.0.0.0/255.0.0.0, 8.8.8.0/24-8.8.9.0/24 == cidr 10.0.0.0/8 + cidr 8.8.8.0/24 + cidr 8.8.9.0/24
        8。8。8。8 == ip 8.8.8.8
        http://evil。com/a https://www．evil｡com?b http://恶。org/a == url http://evil。com/a + url https://www．evil｡com?b + url http://恶。org/a
        http://8。8。8。8/a http://evil.com。Next http://evil。com。然后 == url http://8。8。8。8/a + url http://evil.com + url http://evil。com
        地址2001:db8::1的，192.0.2.1。2001:db8::2① == ipv6 2001:db8::1 + ip 192.0.2.1 + ipv6 2001:db8::2
        样本d41d8cd98f00b204e9800998ecf8427e的 == md5 d41d8cd98f00b204e9800998ecf8427e
        bób@evil.com == email bób@evil.com
        １．evil.com 24．evil.org evil．net == domain evil.com + domain evil.org + domain evil.net
        __evil.com__ _evil.org_ _dmarc.evil.net == domain evil.com + domain evil.org + domain _dmarc.evil.net
        an evil.com-based kit == domain evil.com
        ",
    );
}

#[test]
fn a_url_ends_where_it_ends() {
    for (text, url) in [
        ("see http://evil.com/a_(b).", "http://evil.com/a_(b)"),
        ("(http://evil.com/a)", "http://evil.com/a"),
        ("[x](http://evil.com/a) next", "http://evil.com/a"),
        ("\"http://evil.com/a\"", "http://evil.com/a"),
        ("'http://evil.com/a',", "http://evil.com/a"),
        (
            "<a href=\"http://evil.com/a?b=1&c=2\">",
            "http://evil.com/a?b=1&c=2",
        ),
        ("&quot;http://evil.com/a&quot;", "http://evil.com/a"),
        ("**http://evil.com/a**", "http://evil.com/a"),
        ("{\"u\":\"http:\\/\\/evil.com\\/a\"}", "http://evil.com/a"),
        ("http://evil.com/a\\n", "http://evil.com/a"),
        ("http://evil.com/a,b,c", "http://evil.com/a,b,c"),
        ("请访问http://evil.com/a下载", "http://evil.com/a"),
        ("http://evil.com/a，然后", "http://evil.com/a"),
        ("「http://evil.com/a」", "http://evil.com/a"),
        ("http://evil.com/下载/x", "http://evil.com/下载/x"),
        (
            "evil.com/redirect?u=http://8.8.8.8/",
            "evil.com/redirect?u=http://8.8.8.8/",
        ),
        ("u=hxxp://evil[.]com/a;", "http://evil.com/a"),
        ("hxxp :// no http://evil.com/", "http://evil.com/"),
    ] {
        assert_eq!(found(text), [format!("url {url}")], "{text}");
    }
    all(
        "
        https://a.example/,https://evil.com/ == url https://a.example/ + url https://evil.com/
        http://a.example/x,evil.com;192.0.2.1 == url http://a.example/x + domain evil.com + ip 192.0.2.1
        http://server/evil.com http://localhost/ ==
        http://evil.comhttp://login.example == url http://evil.com + url http://login.example
        http://evil.com/x\\nhttp://login.example/\\u003e == url http://evil.com/x + url http://login.example/
        hxxp[:][//]evil[.]com hxxp\\[:\\]//evil\\[.\\]org http[:/]/evil.net == url http://evil.com + url http://evil.org + url http://evil.net
        b%61d.org %62ad.org not%65vil.com evil.co%6D a%2Eevil.com == domain bad.org + domain bad.org + domain notevil.com + domain evil.com + domain a.evil.com
        q=http%3A%2F%2Fb%61d%2Eorg%2Fx&v=100%25 http://b%61d.org/%61?x == domain bad.org + url http://bad.org/%61?x
        q=%2565vil.com ev%2569l.com x%252565vil.com http://ev%2569l.com/a evil%252ecom == domain evil.com + domain evil.com + domain xevil.com + url http://evil.com/a + domain evil.com
        %73etup.py 192%2E0%2E2%2E7 a%20evil.com evil.com%20 evil.com%2F%41 == ip 192.0.2.7 + domain evil.com + domain evil.com + domain evil.com
        u=http%3A%2F%2Fevil.com%2Fx C:\\temp\\notes.net == domain evil.com + domain notes.net
        ",
    );
}

#[test]
fn every_script_separates() {
    let separators = [
        " ", "\t", "\r\n", ",", ", ", ";", "|", "、", "，", "；", "。", "・", "·", "—", "–", "…",
        "→", "「」", "『』", "（", "）", "《》", "“”", "„“", "»«", "•", "①", "®", "\"", "'",
        "<br>", "和", "から", "и", " и ", "💩", "=", "&", "\\n", "\\u003c", "%20", "\u{200b}",
        "ー", "ʼ", "।", "؛", "(", ")", "[", "]", "{", "}", "\u{3000}", "\u{a0}", "::",
    ];
    for between in separators.into_iter().chain(["그리고"]) {
        let text = format!("evil.com{between}login.example{between}192.0.2.1");
        assert_eq!(
            found(&text),
            ["domain evil.com", "domain login.example", "ip 192.0.2.1"],
            "{text}"
        );
    }
    all("
        域名evil.com的 == domain evil.com
        访问金山.cn == domain xn--rhtt41ih2dlue.cn
        раypal.com == domain xn--ypal-43d9g.com
        💩.la == domain xn--ls8h.la
        evil.comです。 == domain evil.com
        bücher.de == domain xn--bcher-kva.de
        ");
}

#[test]
fn what_only_looks_like_one_is_none() {
    all(
        "
        Chrome/120.0.0.0 Safari/537.36 ==
        Chrome 120.0.0.0, version 1.2.3.4, v1.2.3.4, build: 10.0.1.2 ==
        Chrome/120.0.0[.]0 version 1.2.3[.]4 == ip 120.0.0.0 + ip 1.2.3.4
        TCP_MISS/200 HIER_DIRECT/192.0.2.7 == ip 192.0.2.7
        24.12.2026 2026.12.24 1.2.3 1.2.3.4.5 999.1.1.1 ==
        setup.py main.rs archive.zip run.sh clip.mov ==
        hxxp://archive.zip run[.]sh archive.zip/x == url http://archive.zip + domain run.sh + url archive.zip/x
        invoice.pdf setup.exe e.g. i.e. U.S. and so on.It was ==
        co.uk com.cn ==
        wwn 50:06:01:60:3b:a0:11:22, see 3.In ==
        node.js foo.baz() a.b.c ==
        ",
    );
    let mut loose = scan(b"setup.py x").loose(true);
    assert_eq!(loose.next().unwrap().text, "setup.py");
    let mut strict = scan(b"setup.py evil.com x.zip");
    assert_eq!(strict.by_ref().count(), 1);
    assert_eq!(strict.like_files(), 2);
}

/// Nobody's line is looked at for each of its bytes again.
#[test]
fn long_lines_take_no_longer() {
    for odd in [
        "\\", "[", "[ ", "(", ".", ":", "://", "@", "a@", "。", "a。", "%2", "\\n", "1.", "http",
        "_", "[[.", "💩", "·",
    ] {
        let line = format!("{} evil.com", odd.repeat(20_000));
        assert_eq!(found(&line).last().unwrap(), "domain evil.com", "{odd}");
    }
}

#[test]
fn where_and_how_it_was_written_is_known() {
    let text = b"one\n\xff\xfe hxxps://evil[.]com/x \xe9 and\r\n\n\xe5\x8f\xa6 1.2.3.4";
    let found: Vec<_> = scan(text)
        .map(|found| {
            assert_eq!(
                &text[found.offset..][..found.text.len()],
                found.text.as_bytes()
            );
            (found.text, found.line, found.offset, found.is_disguised)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("hxxps://evil[.]com/x", 2, 7, true),
            ("1.2.3.4", 4, 40, false)
        ]
    );
}

/// Each with how it is written, and what may not follow a URL directly: it could belong to it.
const ITEMS: [(&str, &str); 12] = [
    ("domain evil.com", "evil.com"),
    ("domain xn--bcher-kva.de", "bücher.de"),
    ("domain login.example", "login[.]example"),
    ("domain xn--ls8h.la", "💩.la"),
    ("ip 192.0.2.1", "192.0.2.1"),
    ("ip 192.0.2.2", "192[.]0[.]2[.]2"),
    ("ipv6 2001:db8::1", "2001:db8::1"),
    ("cidr 198.51.100.0/24", "198.51.100.0/24"),
    ("email bob@evil.org", "bob[@]evil[.]org"),
    (
        "md5 d41d8cd98f00b204e9800998ecf8427e",
        "D41D8CD98F00B204E9800998ECF8427E",
    ),
    ("url http://evil.net/a", "hxxp://evil[.]net/a"),
    ("url https://192.0.2.3:8443/b", "https[:]//192.0.2.3:8443/b"),
];
const SEPARATORS: [&str; 30] = [
    " ", "\t", "\n", "\r\n", "\n\n", ", ", "; ", " | ", "、", "，", "；", "。", "「」", "』『",
    "》", "“", "»", "«", "→", " → ", "•", "①", "\u{3000}", "\u{a0}", "\u{2028}", "\"", "'", "<br>",
    "\\n", "، ",
];

proptest::proptest! {
    #[test]
    fn whatever_separates_them_the_same_are_found(
        items in proptest::sample::subsequence(ITEMS.to_vec(), 1..=ITEMS.len()).prop_shuffle(),
        separators in proptest::collection::vec(proptest::sample::select(&SEPARATORS[..]), ITEMS.len() + 1),
    ) {
        let mut text = String::new();
        for ((_, written), separator) in items.iter().zip(&separators) {
            text.push_str(separator);
            text.push_str(written);
        }
        text.push_str(separators[items.len()]);
        let expected: Vec<_> = items.iter().map(|(item, _)| item.to_string()).collect();
        proptest::prop_assert_eq!(found(&text), expected, "{}", text);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in proptest::collection::vec(
        proptest::sample::select(b"ab1.:/@[]()-_,; \n\\\xe3\x80\x82\xff=hxtp&%".to_vec()), 0..80,
    )) {
        let mut end = 0;
        for found in scan(&text) {
            proptest::prop_assert!(found.offset >= end);
            end = found.offset + found.text.len();
            proptest::prop_assert_eq!(&text[found.offset..end], found.text.as_bytes());
        }
    }
}
