use super::*;

fn ignore(text: &str) -> Ignore {
    let mut ignore = Ignore::default();
    ignore.add("good.txt", text).unwrap();
    ignore
}

/// The entry that an indicator is on.
#[track_caller]
fn entry(ignore: &Ignore, typed: &str) -> Option<String> {
    let indicator = parse(typed).unwrap().indicator;
    ignore.find(&indicator).map(|found| found.entry)
}

#[test]
fn plain_lists_as_people_write_them() {
    let list = ignore(
        "\u{feff}# ours\n192.0.2.1\n198.51.100.0/24,the office\n2001:db8::/32\texample net\nexample.com ; our own\n\
         =exact.example.net  \"only, this\"\n\"good.example\",\"a reason\"\n金山.cn\n\
         d41d8cd98f00b204e9800998ecf8427e # the empty file\nhttps://site.example.org/path\nme@mail.example.org\n",
    );
    for (typed, expected) in [
        ("192.0.2.1", Some("192.0.2.1")),
        ("192.0.2.1/32", Some("192.0.2.1")),
        ("::ffff:192.0.2.1", Some("192.0.2.1")),
        ("http://192.0.2.1/x", Some("192.0.2.1")),
        ("192.0.2.10", None),
        ("::ffff:198.51.100.77", Some("198.51.100.0/24")),
        ("198.51.100.77", Some("198.51.100.0/24")),
        ("http://198.51.100.77/x", Some("198.51.100.0/24")),
        ("198.51.100.128/25", Some("198.51.100.0/24")),
        ("198.51.0.0/16", None),
        ("2001:db8::7", Some("2001:db8::/32")),
        ("example.com", Some("example.com")),
        ("WWW.Example.com", Some("example.com")),
        ("https://a.example.com/x", Some("example.com")),
        ("notexample.com", None),
        ("example.com.au", None),
        ("exact.example.net", Some("=exact.example.net")),
        ("www.exact.example.net", None),
        ("a.good.example", Some("good.example")),
        ("www.xn--rhtz55j.cn", Some("金山.cn")),
        (
            "D41D8CD98F00B204E9800998ECF8427E",
            Some("d41d8cd98f00b204e9800998ecf8427e"),
        ),
        (
            "http://site.example.org/path",
            Some("https://site.example.org/path"),
        ),
        (
            "http://s%69te.example.org/%70ath",
            Some("https://site.example.org/path"),
        ),
        (
            "http://site.example.org/%2570ath#x",
            Some("https://site.example.org/path"),
        ),
        ("http://site.example.org/other", None),
        ("http://site.example.org/%6Fther", None),
        ("site.example.org", None),
        ("me@mail.example.org", Some("me@mail.example.org")),
    ] {
        assert_eq!(entry(&list, typed).as_deref(), expected, "{typed}");
    }
    for (typed, expected) in [
        ("198.51.100.77", Some("the office")),
        ("example.com", Some("our own")),
        ("exact.example.net", Some("only, this")),
        ("good.example", Some("a reason")),
        ("d41d8cd98f00b204e9800998ecf8427e", Some("the empty file")),
        ("192.0.2.1", None),
    ] {
        let found = list.find(&parse(typed).unwrap().indicator).unwrap();
        assert_eq!(
            (found.list.as_str(), found.reason.as_deref()),
            ("good.txt", expected),
            "{typed}"
        );
    }
}

/// Pieces of the lists that MISP ships, one of each type.
#[test]
fn warning_lists_of_all_five_types() {
    for (list, on_it, not_on_it) in [
        (
            r#"{"name":"List of known IPv4 public DNS resolvers","type":"string","version":1,"description":"d",
                "matching_attributes":["ip-src","ip-dst","domain|ip"],"list":["8.8.8.8","1.1.1.1"]}"#,
            &["8.8.8.8"][..],
            &["8.8.4.4", "http://8.8.8.8/x"][..],
        ),
        (
            r#"{"name":"Empty hashes","type":"string","matching_attributes":["md5","filename|md5"],
                "list":["D41D8CD98F00B204E9800998ECF8427E"]}"#,
            &["d41d8cd98f00b204e9800998ecf8427e"],
            &["da39a3ee5e6b4b0d3255bfef95601890afd80709"],
        ),
        (
            r#"{"name":"Automated malware analysis","type":"substring","matching_attributes":["domain","hostname","url"],
                "list":["app.any.run","Analyze.intezer.com"]}"#,
            &[
                "app.any.run",
                "https://app.any.run/tasks/1",
                "analyze.intezer.com",
            ],
            &["any.run"],
        ),
        (
            r#"{"name":"Top 1000","type":"hostname","matching_attributes":["hostname","domain","url"],
                "list":["google.com",".windowsupdate.com","kündigung.de"]}"#,
            &[
                "google.com",
                "www.google.com",
                "https://google.com/search?q=1",
                "a.windowsupdate.com",
                "xn--kndigung-65a.de",
            ],
            &["notgoogle.com", "google.com.au", "8.8.8.8"],
        ),
        (
            r#"{"name":"RFC 1918","type":"cidr","matching_attributes":["ip-src|port","ip-dst|port"],
                "list":["10.0.0.0/8","::ffff:192.168.0.0/112","2001:db8::/32","203.0.113.7","::ffff:0:0/96"]}"#,
            &["10.1.2.3", "192.168.255.1", "2001:DB8:0::1", "203.0.113.7"],
            &[
                "11.0.0.1",
                "203.0.113.8",
                "ten.example.com",
                "::ffff:8.8.8.8",
            ],
        ),
        (
            r#"{"name":"Common contact e-mail addresses","type":"regex","matching_attributes":["email-dst","email-src"],
                "list":["/^(security|noc|soc|abuse)\\@.*\\..*$/i"]}"#,
            &["abuse@example.org", "NOC@example.org"],
            &["abuser@example.org", "abuse.example.org"],
        ),
        (
            r#"{"name":"Phone numbers","type":"regex","matching_attributes":["phone-number"],"list":["/((?:\\+|00)1)?55501([0-9]{2})/g"]}"#,
            &[],
            &["5550123.example.org"],
        ),
        (
            r#"{"name":"Without attributes","type":"string","list":["evil.com"]}"#,
            &["evil.com"],
            &["www.evil.com"],
        ),
    ] {
        let ignore = ignore(list);
        for typed in on_it {
            assert!(entry(&ignore, typed).is_some(), "{typed}: {list}");
        }
        for typed in not_on_it {
            assert_eq!(entry(&ignore, typed), None, "{typed}: {list}");
        }
    }
}

#[test]
fn the_first_list_that_knows_it_is_named() {
    let mut lists = ignore("example.com ours\n");
    let misp = r#"{"name":"Theirs","description":"why","type":"hostname","list":["example.com","example.org"]}"#;
    lists.add("list.json", misp).unwrap();
    let by = |typed: &str| {
        let found = lists.find(&parse(typed).unwrap().indicator).unwrap();
        (found.list, found.reason.unwrap())
    };
    assert_eq!(by("a.example.com"), ("good.txt".into(), "ours".into()));
    assert_eq!(by("a.example.org"), ("Theirs".into(), "why".into()));
}

#[test]
fn what_is_no_list_is_an_error_of_the_configuration() {
    for (text, said) in [
        ("", "it has no entry"),
        ("# nothing\n", "it has no entry"),
        ("example.com\nnonsense\n", "line 2: \"nonsense\""),
        ("{", "EOF"),
        (r#"{"type":"hostname"}"#, "missing field `list`"),
        (r#"{"type":"soup","list":[]}"#, "unknown variant `soup`"),
        (r#"{"type":"regex","list":["/(?<=a)b/"]}"#, "look"),
    ] {
        let error = Ignore::default().add("good.txt", text).unwrap_err();
        assert_eq!(error.kind, crate::error::Kind::Config, "{text}");
        assert!(error.causes[0].contains(said), "{text}: {:?}", error.causes);
    }
}

/// What is not looked at is what looking at it would make of it.
#[test]
fn an_entry_that_is_its_own_key_is_known_without_a_look() {
    let digest = "d41d8cd98f00b204e9800998ecf8427e";
    for (entry, plain) in [
        ("evil.com", true),
        ("Evil.COM", true),
        ("192.0.2.1", true),
        (digest, true),
        ("evil.com.", false),
        (".evil.com", false),
        ("xn--rhtz55j.cn", false),
        ("3232235777", false),
        ("0300.0250.1.1", false),
        ("0x7f.1", false),
        ("1.2.3", false),
        ("evil.com/x", false),
        ("2001:db8::1", false),
        ("localhost", false),
        ("", false),
    ] {
        assert_eq!(is_plain(entry), plain, "{entry}");
    }
}

proptest::proptest! {
    #[test]
    fn a_plain_entry_is_its_own_key(entry in "[a-zA-Z0-9]{1,5}([._-][a-zA-Z0-9]{1,4}){0,4}|[0-9.]{7,15}|[0-9A-Fa-f]{32}") {
        if let (true, Ok(parsed)) = (is_plain(&entry), parse(&entry)) {
            assert_eq!(parsed.indicator.key(), entry.to_ascii_lowercase());
        }
    }
}
