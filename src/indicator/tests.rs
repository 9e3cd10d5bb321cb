use super::*;

fn found(input: &str) -> String {
    match parse(input) {
        Ok(Parsed {
            indicator,
            cut_from,
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

#[test]
fn the_table_of_the_contract() {
    let quad = "refused: it ends in a number but is not an IPv4 address of four decimal parts";
    for (input, expected) in [
        ("8.8.8.8", "ip 8.8.8.8"),
        ("10.0.0.1", "ip 10.0.0.1"),
        ("127.1", quad),
        ("010.8.8.8", quad),
        ("0x7f.1", quad),
        ("1.2.3.0x4", quad),
        ("256.1.1.1", quad),
        ("http://127.1/", quad),
        ("evil[.]com", "domain evil.com"),
        ("\"evil[.]com\",", "domain evil.com"),
        ("<hxxp://evil.com/>;", "domain evil.com from url"),
        ("(“8.8.8.8”)", "ip 8.8.8.8"),
        ("`[2001:db8::1]`", "ipv6 2001:db8::1"),
        ("\",\"", "refused: it is empty"),
        ("evil(.)com", "domain evil.com"),
        ("evil[dot]com", "domain evil.com"),
        ("hxxps://evil[.]com/a", "domain evil.com from url"),
        ("hxxp[://]evil[.]com:8080/a?b#c", "domain evil.com from url"),
        ("1.2.3[.]4", "ip 1.2.3.4"),
        ("evil.com:8443", "domain evil.com from host:port"),
        ("evil.com/gate.php", "domain evil.com from url"),
        (
            "http://user:pw@evil.com\\@good.com/",
            "domain evil.com from url",
        ),
        ("http://", "refused: a URL without a host"),
        ("  EVIL.com. ", "domain evil.com"),
        ("金山.cn", "domain xn--rhtz55j.cn"),
        ("金山。cn", "domain xn--rhtz55j.cn"),
        ("８.８.８.８", "ip 8.8.8.8"),
        ("_dmarc.evil.com", "domain _dmarc.evil.com"),
        ("r3---sn-x.evil.com", "domain r3---sn-x.evil.com"),
        ("2001:db8::1", "ipv6 2001:db8::1"),
        ("http://[2001:db8::1]:80/", "ipv6 2001:db8::1 from url"),
        ("10.0.0.0/8", "cidr 10.0.0.0/8"),
        ("2001:db8::/32", "cidr 2001:db8::/32"),
        ("8.8.8.8/path", "ip 8.8.8.8 from url"),
        (
            "D41D8CD98F00B204E9800998ECF8427E",
            "md5 d41d8cd98f00b204e9800998ecf8427e",
        ),
        ("Bob@evil.com", "email bob@evil.com"),
        ("", "refused: it is empty"),
        ("localhost", "refused: not a domain name: it has no dot"),
    ] {
        assert_eq!(found(input), expected, "{input}");
    }
    assert_eq!(
        parse("金山.cn").unwrap().indicator.unicode(),
        Some("金山.cn")
    );
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
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(input in ".{0,80}") {
        let _ = parse(&input);
    }

    #[test]
    fn refang_undoes_defang(input in "[a-z]{1,8}(\\.[a-z]{2,5}){1,3}") {
        proptest::prop_assert_eq!(refang(&defang(&input)), input.as_str());
    }
}
