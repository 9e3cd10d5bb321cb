//! Every kind of indicator right behind, and right before, every escape, as both `ti match` and
//! `ti extract` see it.

use super::list::canonical;
use super::tests::lists;
use crate::indicator::{self, Kind};

const KINDS: [&str; 14] = [
    "192.0.2.77",
    "2001:db8::5",
    "fe80:db8:1:2:3:4:5:6",
    "198.51.100.7",
    "evil.com",
    "nuxt.fed.com",
    "http://bad.org/a",
    "https://bad.org:443/b?x=1",
    "bare.org/x/y",
    "bob@mail.com",
    "d41d8cd98f00b204e9800998ecf8427e",
    "00000000000000000000000000000abc",
    "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
    "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
];

/// Of strings: each of them escaped once more is the same.
const OF_STRINGS: [&str; 16] = [
    r"\n",
    r"\r",
    r"\t",
    r"\b",
    r"\f",
    r"\a",
    r"\u000a",
    r"\u0022",
    r"\u003C",
    r"\U0000000a",
    r"\u{a}",
    r"\x0a",
    r"\x22",
    r"\012",
    r#"\""#,
    r"\u001b[1;31m",
];

const OF_HTML: [&str; 7] = [
    "&quot;", "&lt;", "&gt;", "&#34;", "&#039;", "&#x22;", "&#10;",
];

const OF_URLS: [&str; 6] = ["%0a", "%0A", "%20", "%22", "%3C", "%2C"];

/// Of syslog, and of a terminal.
const OTHERS: [&str; 3] = ["#012", "#011", "\x1b[0m"];

/// Each, with whether what begins a word, and what follows one, may be a name with its letter.
fn escapes() -> Vec<(String, bool, bool)> {
    let of_strings = OF_STRINGS.iter().flat_map(|one| {
        let is_letter = one.len() == 2 && *one != r#"\""#;
        let is_rare = is_letter && !one.ends_with(['n', 'r', 't']);
        [
            (one.to_string(), false, is_rare),
            (one.replace('\\', r"\\"), is_letter, is_rare),
        ]
    });
    let sure = |one: String| (one, false, false);
    let of_html = OF_HTML
        .iter()
        .flat_map(|one| [one.to_string(), one.replace('&', "&amp;")]);
    let of_urls = OF_URLS
        .iter()
        .flat_map(|one| [one.to_string(), one.replace('%', "%25")]);
    let others = OTHERS.iter().map(|one| one.to_string());
    of_strings
        .chain(of_html.map(sure))
        .chain(of_urls.map(sure))
        .chain(others.map(sure))
        .collect()
}

#[test]
fn what_stands_beside_an_escape_is_what_it_is_alone() {
    let mut listed = KINDS.to_vec();
    listed.retain(|one| *one != "198.51.100.7");
    listed.push("198.51.100.0/24");
    let lists = lists(&listed);
    for (escape, begins_name, follows_name) in escapes() {
        for kind in KINDS {
            let lines = [
                (format!("foo{escape}{kind} bar"), true, follows_name),
                (format!("\"{escape}{kind}\""), true, begins_name),
                (format!("x {kind}{escape}bar"), false, false),
                (format!("\"{escape}{kind}{escape}\""), false, begins_name),
            ];
            // A URL may have any escape of URLs in it.
            let goes_on = kind.contains('/') && escape.starts_with('%');
            for (line, is_before, is_unsure) in lines {
                if goes_on && !is_before {
                    continue;
                }
                let found = lists.scan(line.as_bytes());
                let found: Vec<_> = found.into_iter().map(|one| &line[one.place]).collect();
                assert_eq!(found, [kind], "match {line}");
                let is_name = kind.ends_with(".com") || kind.starts_with("bare");
                if is_unsure && is_name {
                    continue;
                }
                let found: Vec<_> = indicator::scan(line.as_bytes())
                    .map(|one| one.text)
                    .collect();
                assert_eq!(found, [kind], "extract {line}");
            }
        }
    }
}

/// The key of a URL, what is no part of a plain one in percent escapes.
fn escaped(key: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/?=&.-_:[]".contains(&byte);
    let escaped = key.bytes().map(|byte| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    escaped.collect()
}

/// Whatever a list has, the same text in a log is it.
#[test]
fn a_url_of_a_list_is_found_as_it_stands_there() {
    const SIGNS: &str = "\"{}`^\\|<>…'();,[]~$*!é路。&.:/?=-_aB1";
    let signs: Vec<char> = SIGNS.chars().collect();
    let path = proptest::collection::vec(proptest::sample::select(signs), 0..12);
    let hosts = proptest::sample::select(vec![
        "http://a.org/x",
        "https://A.org:8443/",
        "hxxp://a[.]org/",
        "http://192.0.2.7/x?y=",
        "http://[2001:db8::1]/x",
        "a.org/x",
        "http://路.cn/x",
    ]);
    let config = proptest::test_runner::Config::with_cases(4000);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let checked = runner.run(&(hosts, path), |(host, path)| {
        let entry = format!("{host}{}", path.into_iter().collect::<String>());
        // In a text that is disguised, brackets of two kinds are a disguise too.
        if host.starts_with("hxxp") && entry.contains(['<', '>', '{', '}', '(']) {
            return Ok(());
        }
        // So is one behind a quote, which ends a path that is disguised.
        if let Some((_, behind)) = entry.split_once('"')
            && behind.contains(['\\', '[', '(', '{', '<', ':'])
        {
            return Ok(());
        }
        let Some((Kind::Url, key)) = canonical(&entry) else {
            return Ok(());
        };
        let lists = lists(&[&entry]);
        let is_found = |line: &str| {
            let found = lists.scan(line.as_bytes());
            let found = found.iter().any(|one| one.hit.indicator == key);
            proptest::prop_assert!(found, "{entry} ({key}) in {line}");
            Ok(())
        };
        is_found(&entry)?;
        is_found(&format!("GET {entry} HTTP/1.1"))?;
        is_found(&format!("x url={entry}"))?;
        is_found(&format!("GET http://{}", escaped(&key)))?;
        if !entry.contains('"') {
            is_found(&format!(
                "{{\"a\":\"b\",\"url\":\"{entry}\",\"c\":\"d,e\"}}"
            ))?;
        }
        Ok(())
    });
    checked.unwrap();
}

/// A folder, a key, an account: the letter behind the backslash is the name's, or, where it is an
/// escape, none of it.
#[test]
fn both_readings_of_a_letter_behind_a_backslash_are_looked_for() {
    let names = lists(&[
        "aa.org",
        "ba.org",
        "fa.org",
        "na.org",
        "ra.org",
        "ta.org",
        "va.org",
        "0a.org",
        "fd00::bad",
    ]);
    let rest = lists(&["a.org", "d00::bad"]);
    for before in [
        r"foo\",
        r"x user=CORP\",
        r"x \",
        r"\\",
        r"a.exe C:\x.exe and\",
        "f=%5C",
        "x%5C",
        "?u=%5c%5c",
    ] {
        for letter in ["a", "b", "f", "n", "r", "t", "v", "0"] {
            let line = format!("{before}{letter}a.org x");
            assert_eq!(names.scan(line.as_bytes()).len(), 1, "{line}");
            assert_eq!(rest.scan(line.as_bytes()).len(), 1, "{line}");
        }
        let line = format!("{before}fd00::bad x");
        assert_eq!(names.scan(line.as_bytes()).len(), 1, "{line}");
    }
    assert_eq!(rest.scan(br"x \fd00::bad").len(), 1);
    assert_eq!(rest.scan(b"q=%5cu003ca.org x=%255Cx3ca.org").len(), 2);
    for folder in [
        r"TargetObject: HKU\S-1-5-21-1\Software\Microsoft\Windows\Internet Settings\ZoneMap\Domains\",
        r"Path: C:\Program Files\",
        r#""C:\\Program Files (x86)\\"#,
        r"share\vhosts\",
        r".\",
        r"..\",
        r"C%3A%5Ctemp%5C",
        "..%255c",
    ] {
        for letter in ["a", "b", "f", "v"] {
            let line = format!("{folder}{letter}a.org");
            assert_eq!(names.scan(line.as_bytes()).len(), 1, "{line}");
            assert!(rest.scan(line.as_bytes()).is_empty(), "{line}");
        }
    }
}

/// What is found in a text is not invented by taking the first letter of a name for an escape.
#[test]
fn extract_takes_the_likelier_reading() {
    for (text, found) in [
        (
            r"HKU\S-1-5-21-1\Software\Internet Settings\ZoneMap\Domains\bad.org",
            "bad.org",
        ),
        (r"C:\Program Files\bad.org\a.exe", "bad.org"),
        (r"C:\Program Files\new.com\a.exe", "new.com"),
        (r"user=CORP\bob@new.com", "bob@new.com"),
        (r"CORP\avery@new.com", "avery@new.com"),
        (
            r#"{"path":"HKCU\\Software\\ZoneMap\\Domains\\bad.org"}"#,
            "bad.org",
        ),
        (r#""user":"CORP\\bob@new.com""#, "bob@new.com"),
        (r"..\..\new.com", "new.com"),
        (r"~\new.com", "new.com"),
        (r"$env:TEMP\new.com", "new.com"),
        (r"^\bnew.com\b", "new.com"),
        (r"\\r\\nevil.com", "evil.com"),
        (r#""Image: C:\\temp\\x.exe\nevil.com""#, "evil.com"),
        (r"x.exe was blocked\nevil.com", "evil.com"),
    ] {
        let seen: Vec<_> = indicator::scan(text.as_bytes())
            .map(|one| one.text)
            .collect();
        assert_eq!(seen, [found], "{text}");
    }
}

#[test]
fn of_urls_that_are_disguised_the_longest_that_is_listed_counts() {
    let lists = lists(&[
        "http://evil.com/",
        "http://evil.com/a",
        "http://evil.com/a|b",
        "http://evil.com/{1}",
        "http://evil.com/x^y",
        "http://evil.com/a[.]b|c",
    ]);
    for (line, key) in [
        ("hxxp://evil[.]com/a|b", "evil.com/a|b"),
        (r#"{"u":"http:\/\/evil.com\/{1}","x":1}"#, "evil.com/{1}"),
        ("http://evil.com/a[.]b|c", "evil.com/a.b|c"),
        ("http://evil(.)com/x^y z", "evil.com/x^y"),
        ("hxxp://evil[.]com/x", "evil.com/"),
        ("hxxp://evil[.]com/a?x", "evil.com/a"),
    ] {
        let found: Vec<_> = lists
            .scan(line.as_bytes())
            .into_iter()
            .map(|one| one.hit.indicator.clone())
            .collect();
        assert_eq!(found, [key], "{line}");
    }
}
