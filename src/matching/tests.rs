use std::sync::Arc;

use super::blocks::{Block, Blocks};
use super::*;
use crate::indicator::parse;
use crate::store::index::{Builder, Index, Listed, Provenance, Scope};

/// An index of some indicators, what is known of it, and what of it counts.
pub struct Lists {
    index: Index,
    known: Known,
    scope: Scope,
}

pub fn lists(listed: &[&str]) -> Lists {
    let mut builder = Builder::private().unwrap();
    for sent in listed {
        let indicator = parse(sent).unwrap().indicator;
        let row = Listed {
            kind: indicator.kind(),
            key: &indicator.key(),
            sent,
            id: "",
            publication: "",
            date: "",
        };
        builder.add(&row).unwrap();
    }
    let origin = Provenance {
        name: "test".to_string(),
        origin: String::new(),
        sha256: String::new(),
        retrieved_at: jiff::Timestamp::UNIX_EPOCH,
        ages: false,
    };
    let index = builder.into_index(&origin).unwrap();
    let known = Known {
        filters: index.filters().unwrap(),
        ranges: Ranges::new(&index.ranges().unwrap()),
        lengths: index.lengths().clone(),
    };
    Lists {
        index,
        known,
        scope: Scope::default(),
    }
}

impl Lists {
    pub fn scan(&self, text: &[u8]) -> Vec<Sighting> {
        scan(text, &self.known, &mut |entry, how| {
            self.index
                .hit(entry, how, &self.scope)
                .unwrap()
                .map(Arc::new)
        })
    }

    /// `match = indicator how`, one after the other.
    fn found(&self, line: &[u8]) -> String {
        let shown = self.scan(line).into_iter().map(|found| {
            let text = String::from_utf8_lossy(&line[found.place]).into_owned();
            format!("{text} = {} {}", found.hit.indicator, found.how.name())
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    /// A line of a log in each row, and what is found in it.
    #[track_caller]
    fn have(&self, table: &str) {
        let rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
        for (line, expected) in rows.map(|row| row.split_once(" ==").unwrap()) {
            assert_eq!(self.found(line.as_bytes()), expected.trim(), "{line}");
        }
    }

    fn places(&self, text: &[u8]) -> Vec<(usize, String)> {
        let found = self.scan(text).into_iter();
        found
            .map(|found| (found.place.start, found.hit.indicator.clone()))
            .collect()
    }
}

#[test]
fn domains_and_what_is_below_them() {
    lists(&["evil.com"]).have(
        "
        evil.com == evil.com = evil.com exact
        a CDN.Evil.COM b == CDN.Evil.COM = evil.com subdomain
        a.b.c.evil.com. == a.b.c.evil.com = evil.com subdomain
        q:evil.com:8080 == evil.com = evil.com exact
        http://user:pw@evil.com/x?y == evil.com = evil.com exact
        <bob@mail.evil.com> == mail.evil.com = evil.com subdomain
        .evil.com == evil.com = evil.com exact
        x...evil.com...y == evil.com = evil.com exact
        -evil.com- == evil.com = evil.com exact
        _dmarc.evil.com == _dmarc.evil.com = evil.com subdomain
        \"evil.com\",'evil.com' == evil.com = evil.com exact; evil.com = evil.com exact
        100%evil.com == evil.com = evil.com exact
        notevil.com ==
        evil.com.au ==
        evil.com-x.net ==
        evil.comx ==
        x_evil.com ==
        evil-com ==
        com ==
        evil.co m ==
        a:1:evil.com:443:2 == evil.com = evil.com exact
        ",
    );
    assert_eq!(
        lists(&["evil.com"]).found(b"evil.com\nevil.org"),
        "evil.com = evil.com exact"
    );
    // What an IPv6 address could be made of.
    lists(&["cafe.de"]).have(
        "
        1:cafe.de:443 == cafe.de = cafe.de exact
        dead::cafe.de == cafe.de = cafe.de exact
        1:2:3:4:5:6:7:cafe.de == cafe.de = cafe.de exact
        12:34:56 a.cafe.de == a.cafe.de = cafe.de subdomain
        ",
    );
    lists(&["evil.com", "b.evil.com", "www.good.com"]).have(
        "
        a.b.evil.com == a.b.evil.com = b.evil.com subdomain
        c.evil.com == c.evil.com = evil.com subdomain
        good.com ==
        w.good.com ==
        ",
    );
}

#[test]
fn urls_whole_and_from_their_beginning() {
    lists(&["http://evil.com/gate.php"]).have("
        GET http://evil.com/gate.php HTTP/1.1 == http://evil.com/gate.php = evil.com/gate.php exact
        https://EVIL.com/gate.php == https://EVIL.com/gate.php = evil.com/gate.php exact
        evil.com/gate.php == evil.com/gate.php = evil.com/gate.php exact
        http://evil.com:80/gate.php#x == http://evil.com:80/gate.php = evil.com/gate.php exact
        https://evil.com:443/gate.php. == https://evil.com:443/gate.php = evil.com/gate.php exact
        http://u:p@evil.com/gate.php?id=1 == http://u:p@evil.com/gate.php?id=1 = evil.com/gate.php url_prefix
        (http://evil.com/gate.php) == http://evil.com/gate.php = evil.com/gate.php exact
        x,http://evil.com/gate.php,200 == http://evil.com/gate.php = evil.com/gate.php exact
        hxxp://evil.com/gate.php == hxxp://evil.com/gate.php = evil.com/gate.php exact
        http://evil.com/%67ate.php == http://evil.com/%67ate.php = evil.com/gate.php percent
        http://evil.com./gate.php == http://evil.com./gate.php = evil.com/gate.php exact
        http://evil.com:/gate.php == http://evil.com:/gate.php = evil.com/gate.php exact
        http://evil.com.:80/gate.php == http://evil.com.:80/gate.php = evil.com/gate.php exact
        http://evil。com/gate.php == http://evil。com/gate.php = evil.com/gate.php idna
        http://evil.com../gate.php ==
        http://evil.com.:8080/gate.php ==
        http://evil.com:8080/gate.php ==
        http://evil.com:443/gate.php ==
        http://evil.com/Gate.php ==
        http://evil.com/gate.php/x ==
        http://evil.com/gate.phpx ==
        http://www.evil.com/gate.php ==
        evil.com ==
        http://evil.com/ ==
        ");
    lists(&["http://evil.com/a/"]).have(
        "
        http://evil.com/a/ == http://evil.com/a/ = evil.com/a/ exact
        http://evil.com/a/b/c?d == http://evil.com/a/b/c?d = evil.com/a/ url_prefix
        http://evil.com/a ==
        http://evil.com/ab/ ==
        http://evil.com/?x=/a/ ==
        ",
    );
    lists(&["http://evil.com:8080"]).have(
        "
        http://evil.com:8080 == http://evil.com:8080 = evil.com:8080/ exact
        http://evil.com:8080/x == http://evil.com:8080/x = evil.com:8080/ url_prefix
        http://evil.com/x ==
        CONNECT evil.com:8080 ==
        ",
    );
    lists(&["http://evil.com/a?x=1"]).have(
        "
        http://evil.com/a?x=1 == http://evil.com/a?x=1 = evil.com/a?x=1 exact
        http://evil.com/a ==
        http://evil.com/a?x=12 ==
        http://evil.com/a?x=1&y=2 ==
        ",
    );
    lists(&["http://192.0.2.7/x", "http://[2001:db8::1]:81/x"]).have(
        "
        http://192.0.2.7/x == http://192.0.2.7/x = 192.0.2.7/x exact
        192.0.2.7 ==
        http://[2001:DB8:0::1]:81/x == http://[2001:DB8:0::1]:81/x = [2001:db8::1]:81/x exact
        http://[2001:db8::1]/x ==
        ",
    );
    // The URL says more than its host.
    lists(&["evil.com", "http://evil.com/x"]).have(
        "
        http://evil.com/x == http://evil.com/x = evil.com/x exact
        http://evil.com/y == evil.com = evil.com exact
        ",
    );
}

#[test]
fn hosts_of_urls_where_they_are_asked_for() {
    let scope = Scope {
        url_hosts: true,
        ..Scope::default()
    };
    let lists = Lists {
        scope,
        ..lists(&["http://evil.com:8080/x", "http://192.0.2.7/x"])
    };
    lists.have(
        "
        evil.com == evil.com = evil.com:8080/x url_host
        http://evil.com/ == evil.com = evil.com:8080/x url_host
        www.evil.com ==
        192.0.2.7:22 == 192.0.2.7 = 192.0.2.7/x url_host
        ",
    );
}

#[test]
fn only_what_is_the_same_where_that_is_asked_for() {
    let scope = Scope {
        exact: true,
        ..Scope::default()
    };
    let lists = Lists {
        scope,
        ..lists(&["evil.com", "http://evil.org/a/", "192.0.2.0/24"])
    };
    lists.have(
        "
        evil.com www.evil.com == evil.com = evil.com exact
        http://evil.org/a/ http://evil.org/a/b == http://evil.org/a/ = evil.org/a/ exact
        192.0.2.1 ==
        evil%2Ecom == evil%2Ecom = evil.com percent
        ",
    );
}

#[test]
fn addresses_in_every_spelling() {
    // Behind what could be a part of it.
    lists(&["2001:db8::1", "192.0.2.7"]).have("
        d41d8cd98f00b204e9800998ecf8427e:2001:db8::1 == 2001:db8::1 = 2001:db8::1 exact
        d41d8cd98f00b204e9800998ecf8427e:2001:DB8:0:0:0:0:0:1 x == 2001:DB8:0:0:0:0:0:1 = 2001:db8::1 exact
        facade:::ffff:192.0.2.7 == ::ffff:192.0.2.7 = 192.0.2.7 exact
        1.2.3:2001:db8::1: x == 2001:db8::1 = 2001:db8::1 exact
        2001:db8::1:2:3:4:5:6:7:8 ==
        ");
    // Without a gap, among times and hardware addresses, and with a quad at its end.
    lists(&["2001:db8:5:6:7:8:9:a", "1:2:3:4:5:6:c000:207"]).have("
        12:34:56 00:1c:23:4f:5a:6b 2001:DB8:5:6:7:8:9:A 12:34 == 2001:DB8:5:6:7:8:9:A = 2001:db8:5:6:7:8:9:a exact
        d41d8cd98f00b204e9800998ecf8427e:2001:db8:5:6:7:8:9:a == 2001:db8:5:6:7:8:9:a = 2001:db8:5:6:7:8:9:a exact
        x2001:DB8:0:0:0:0:0:1d41d8cd98f00b204e9800998ecf8427e:2001:db8:5:6:7:8:9:a= == 2001:db8:5:6:7:8:9:a = 2001:db8:5:6:7:8:9:a exact
        a=1:2:3:4:5:6:192.0.2.7; == 1:2:3:4:5:6:192.0.2.7 = 1:2:3:4:5:6:c000:207 exact
        2001:db8:5:6:7:8:9:a:b ==
        2001:db8:5:6:7:8:9 ==
        ");
    // Listed in one of them.
    lists(&[
        "::ffff:192.0.2.7",
        "192.0.2.8/32",
        "::ffff:198.51.100.0/120",
    ])
    .have(
        "
        192.0.2.7 == 192.0.2.7 = 192.0.2.7 exact
        ::ffff:192.0.2.8 == ::ffff:192.0.2.8 = 192.0.2.8 exact
        ::ffff:198.51.100.9 == ::ffff:198.51.100.9 = 198.51.100.0/24 cidr
        198.51.100.9 == 198.51.100.9 = 198.51.100.0/24 cidr
        ",
    );
    lists(&["192.0.2.7", "192.0.2.8"]).have(
        "
        192.0.2.7 == 192.0.2.7 = 192.0.2.7 exact
        192.0.2.7:443 == 192.0.2.7 = 192.0.2.7 exact
        [192.0.2.7] == 192.0.2.7 = 192.0.2.7 exact
        SRC=192.0.2.7. == 192.0.2.7 = 192.0.2.7 exact
        192.0.2.7->192.0.2.8 == 192.0.2.7 = 192.0.2.7 exact; 192.0.2.8 = 192.0.2.8 exact
        192.0.2.7-192.0.2.8 == 192.0.2.7 = 192.0.2.7 exact; 192.0.2.8 = 192.0.2.8 exact
        192.0.2.7/32 == 192.0.2.7 = 192.0.2.7 exact
        ::ffff:192.0.2.7 == ::ffff:192.0.2.7 = 192.0.2.7 exact
        ::ffff:c000:207 == ::ffff:c000:207 = 192.0.2.7 exact
        1.192.0.2.7 ==
        192.0.2.7.1 ==
        192.0.2.07 ==
        192.0.02.7 ==
        192.0.2.77 ==
        v192.0.2.7 ==
        192.0.2.7x ==
        192.0.2.7.example ==
        ",
    );
    lists(&["2001:db8::1"]).have(
        "
        2001:db8::1 == 2001:db8::1 = 2001:db8::1 exact
        2001:0DB8:0:0:0:0:0:1 == 2001:0DB8:0:0:0:0:0:1 = 2001:db8::1 exact
        [2001:db8:0::1]:443 == 2001:db8:0::1 = 2001:db8::1 exact
        from 2001:db8::1: refused == 2001:db8::1 = 2001:db8::1 exact
        src:2001:db8::1, x == 2001:db8::1 = 2001:db8::1 exact
        2001:db8::1%eth0 == 2001:db8::1 = 2001:db8::1 exact
        2001:db8::0.0.0.1 == 2001:db8::0.0.0.1 = 2001:db8::1 exact
        2001%3Adb8%3A%3A1 == 2001%3Adb8%3A%3A1 = 2001:db8::1 percent
        2001:db8::12 ==
        12001:db8::1 ==
        x2001:db8::1 ==
        2001:db8::1x ==
        12:34:56 aa:bb:cc:dd:ee:ff std::abs ==
        ",
    );
    lists(&[
        "192.0.2.0/24",
        "192.0.2.128/25",
        "2001:db8::/32",
        "10.0.0.0/8",
    ])
    .have(
        "
        192.0.2.1 == 192.0.2.1 = 192.0.2.0/24 cidr
        192.0.2.200:1 == 192.0.2.200 = 192.0.2.128/25 cidr
        192.0.3.1 11.0.0.1 ==
        10.255.255.255 == 10.255.255.255 = 10.0.0.0/8 cidr
        2001:db8:ffff::2 == 2001:db8:ffff::2 = 2001:db8::/32 cidr
        2001:db9:: ==
        ",
    );
}

#[test]
fn digests_as_whole_runs() {
    const MD5: &str = "d41d8cd98f00b204e9800998ecf8427e";
    const SHA1: &str = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    const SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let lists = lists(&[MD5, SHA1, SHA256]);
    for digest in [MD5, SHA1, SHA256] {
        let upper = digest.to_uppercase();
        for (before, after) in [
            ("", ""),
            ("MD5=", ","),
            ("x", "z"),
            ("sample_", ".exe"),
            ("\\n", "\n"),
        ] {
            for padding in 0..40 {
                let line = format!("{}{before}{upper}{after}", "-".repeat(padding));
                let expected = format!("{upper} = {digest} exact");
                assert_eq!(lists.found(line.as_bytes()), expected, "{line}");
            }
        }
        for (before, after) in [("a", ""), ("", "0"), ("0", "0")] {
            let line = format!("{before}{digest}{after}");
            assert_eq!(lists.found(line.as_bytes()), "", "{line}");
        }
        let line = format!("h%3D{digest}%26");
        assert_eq!(
            lists.found(line.as_bytes()),
            format!("{digest} = {digest} percent")
        );
    }
}

#[test]
fn mail_addresses_and_their_hosts() {
    lists(&["Bob@evil.com"]).have(
        "
        from=<BOB@Evil.com> == BOB@Evil.com = bob@evil.com exact
        alice@evil.com ==
        xbob@evil.com ==
        evil.com ==
        ",
    );
    lists(&["evil.com"]).have(
        "
        bob@evil.com == evil.com = evil.com exact
        ",
    );
}

#[test]
fn what_is_escaped_is_read() {
    lists(&["evil.com", "http://evil.org/gate.php", "192.0.2.7", "münchen.de"]).have("
        u=http%3A%2F%2Fevil.com%2Fx == evil.com = evil.com percent
        %2Fevil.com == evil.com = evil.com percent
        %252Fevil.com == evil.com = evil.com percent
        %25252fwww.evil.com == www.evil.com = evil.com percent
        evil%2ecom == evil%2ecom = evil.com percent
        evil%252Ecom == evil%252Ecom = evil.com percent
        %65vil.com == %65vil.com = evil.com percent
        ev%69l.co%6D == ev%69l.co%6D = evil.com percent
        evil.com%2Fx == evil.com = evil.com exact
        192%2E0%2E2%2E7 == 192%2E0%2E2%2E7 = 192.0.2.7 percent
        ?u=http%3A%2F%2Fevil.org%2Fgate.php&x == http%3A%2F%2Fevil.org%2Fgate.php = evil.org/gate.php percent
        evil.org%2Fgate.php == evil.org%2Fgate.php = evil.org/gate.php percent
        M%C3%BCnchen.de == M%C3%BCnchen.de = xn--mnchen-3ya.de percent
        q=x.m%c3%bcnchen%2Ede&y == x.m%c3%bcnchen%2Ede = xn--mnchen-3ya.de percent
        evil.com%E3%80%81 == evil.com = evil.com percent
        %E3%80%81evil.com == evil.com = evil.com percent
        %FFevil.com%FF == evil.com = evil.com percent
        q%C3%BC192.0.2.7. == 192.0.2.7 = 192.0.2.7 percent
        %C3%BCevil.com ==
        evil.com%C3%BC ==
        %6Eotevil.com ==
        not%65vil.com ==
        evil.com%2Eau ==
        xevil%2Ecom ==
        evil.com%6D ==
        ");
}

#[test]
fn names_as_a_dns_server_logs_them() {
    lists(&["evil.com"]).have(
        "
        UDP Rcv 192.0.2.1 A (4)evil(3)com(0) == (4)evil(3)com(0) = evil.com dns_labels
        (3)WWW(4)Evil(3)COM(0) == (3)WWW(4)Evil(3)COM(0) = evil.com dns_labels
        (3)www(4)evil(3)com(4)evil(3)com(0) == (3)www(4)evil(3)com(4)evil(3)com(0) = evil.com dns_labels
        (3)www(3)(4)evil(3)com(0) == (4)evil(3)com(0) = evil.com dns_labels
        (4)evil(dot)com == evil(dot)com = evil.com defanged
        (7)notevil(3)com(0) ==
        (4)evil(3)com(2)au(0) ==
        (4)evil(3)com ==
        ",
    );
}

#[test]
fn disguises_are_seen_through() {
    lists(&[
        "evil.com",
        "http://evil.org/gate.php",
        "192.0.2.7",
        "bob@evil.net",
    ])
    .have(
        "
        evil[.]com == evil[.]com = evil.com defanged
        see CDN[.]Evil[.]com. == CDN[.]Evil[.]com = evil.com defanged
        evil(.)com == evil(.)com = evil.com defanged
        evil{.}com == evil{.}com = evil.com defanged
        evil[dot]com == evil[dot]com = evil.com defanged
        evil(DOT)com == evil(DOT)com = evil.com defanged
        evil [dot] com == evil [dot] com = evil.com defanged
        evil [.] com == evil [.] com = evil.com defanged
        evil[ . ]com == evil[ . ]com = evil.com defanged
        evil[.com == evil[.com = evil.com defanged
        evil.]com == evil.]com = evil.com defanged
        evil\\.com == evil\\.com = evil.com defanged
        192.0.2[.]7 == 192.0.2[.]7 = 192.0.2.7 defanged
        192[.]0[.]2[.]7:80 == 192[.]0[.]2[.]7 = 192.0.2.7 defanged
        hxxp://evil[.]org/gate.php == hxxp://evil[.]org/gate.php = evil.org/gate.php defanged
        hxxps[://]www[.]evil[.]com/x == hxxps[://]www[.]evil[.]com/x = evil.com defanged
        bob[at]evil[.]net == bob[at]evil[.]net = bob@evil.net defanged
        u=evil%5B.%5Dcom == evil%5B.%5Dcom = evil.com percent
        notevil[.]com ==
        evil[.]com[.]au ==
        x[.]evil.comx ==
        [evil] (com) evil[1].com ==
        ",
    );
}

#[test]
fn brackets_and_words_of_every_language_are_seen_through() {
    let lists = lists(&["evil.com", "http://evil.org/gate.php", "192.0.2.7"]);
    let brackets = "[] () {} <> ［］ （） ｛｝ 【】 「」 〔〕 《》 〈〉 «»";
    let words = [
        ".",
        "dot",
        "Point",
        "ponto",
        "punkt",
        "punto",
        "KROPKA",
        "tochka",
        "nokta",
        "точка",
        "点",
        "點",
        "닷",
        "ドット",
        ",",
    ];
    for pair in brackets.split(' ') {
        let (open, close) = pair.split_at(pair.len() / 2);
        for word in words {
            for dot in [
                format!("{open}{word}{close}"),
                format!("{open} {word} {close}"),
                format!(" {open}{word}{close} "),
                format!("\\{open}{word}\\{close}"),
                format!("{open}{open}{word}{close}{close}"),
            ] {
                for (seen, is) in [
                    (format!("evil{dot}com"), "evil.com"),
                    (format!("192{dot}0.2{dot}7"), "192.0.2.7"),
                    (format!("http://evil{dot}org/gate.php"), "evil.org/gate.php"),
                ] {
                    let line = format!("x {seen} y");
                    let expected = format!("{seen} = {is} defanged");
                    assert_eq!(lists.found(line.as_bytes()), expected, "{line}");
                }
            }
        }
    }
}

#[test]
fn what_strings_escape_is_read() {
    const MD5: &str = "d41d8cd98f00b204e9800998ecf8427e";
    let md5 = || format!("{MD5} = {MD5} exact");
    let mail = "bob@evil.net = bob@evil.net exact";
    let url = r"http:\/\/evil.org\/gate.php = evil.org/gate.php defanged";
    let lines = [
        (r"to\nevil.com\n", "evil.com = evil.com exact"),
        (r"to\r\nWWW.evil.com", "WWW.evil.com = evil.com subdomain"),
        (r"\tevil.com", "evil.com = evil.com exact"),
        (r"\u003cevil.com\u003e", "evil.com = evil.com exact"),
        (r"\x22evil.com\x22", "evil.com = evil.com exact"),
        (r"\n192.0.2.7\n", "192.0.2.7 = 192.0.2.7 exact"),
        (r"\u003cbob@evil.net\u003e", mail),
        (r"\nbob@evil.net", mail),
        ("%3Cbob@evil.net", mail),
        ("x%2Ebob@evil.net x%2Bbob@evil.net %C3%BCbob@evil.net", ""),
        (r#""u":"http:\/\/evil.org\/gate.php""#, url),
        (r"C:\temp\nevil.com", ""),
        (r"C:\\temp\\nevil.com", ""),
        (r"\\host\nevil.com", ""),
        (r"foo\\nevil.com", "evil.com = evil.com exact"),
        (r"\\nevil.com", "evil.com = evil.com exact"),
        (r"hosts:\nevil.com", "evil.com = evil.com exact"),
        (r"nevil.com u003cevil.com", ""),
    ];
    let lists = lists(&[
        "evil.com",
        "http://evil.org/gate.php",
        "192.0.2.7",
        "bob@evil.net",
        MD5,
    ]);
    for (line, expected) in lines {
        let seen = lists.found(line.as_bytes());
        assert_eq!(seen, expected, "{line}");
    }
    for before in [r"\u0022", r"\x22", r"\n"] {
        let line = format!("{before}{MD5}");
        assert_eq!(lists.found(line.as_bytes()), md5());
    }
}

#[test]
fn a_long_line_of_disguises_is_read_once() {
    let Lists {
        index,
        known,
        scope,
    } = &lists(&["evil.com", "xn--mnchen-3ya.de"]);
    for one in [
        "evil[.]com ",
        "evil[dot]com ",
        "evil【.】com ",
        "münchen.de,",
    ] {
        const TIMES: usize = 200;
        let mut asked = 0;
        let found = scan(one.repeat(TIMES).as_bytes(), known, &mut |entry, how| {
            asked += 1;
            index.hit(entry, how, scope).unwrap().map(Arc::new)
        });
        assert_eq!(found.len(), TIMES, "{one}");
        assert!(asked <= 4 * TIMES, "{one}: {asked}");
    }
}

#[test]
fn names_in_their_own_script() {
    lists(&["bücher.example", "金山.cn", "evil.com", "192.0.2.7"]).have(
        "
        bücher.example == bücher.example = xn--bcher-kva.example idna
        BÜCHER.example == BÜCHER.example = xn--bcher-kva.example idna
        xn--bcher-kva.example == xn--bcher-kva.example = xn--bcher-kva.example exact
        www.金山.cn == www.金山.cn = xn--rhtz55j.cn idna
        金山。cn == 金山。cn = xn--rhtz55j.cn idna
        http://金山.cn/路 == http://金山.cn/路 = xn--rhtz55j.cn idna
        evil。com == evil。com = evil.com idna
        evil[。]com == evil[。]com = evil.com defanged
        evil(．)com == evil(．)com = evil.com defanged
        金山[。]cn == 金山[。]cn = xn--rhtz55j.cn defanged
        访问evil.com被阻断 == evil.com = evil.com exact
        域名：www.evil.com，已阻断 == www.evil.com = evil.com subdomain
        源地址192.0.2.7，端口 == 192.0.2.7 = 192.0.2.7 exact
        évil.com éevil.com ==
        еvil.com ==
        evil.comé ==
        ",
    );
    // What is in no list of public suffixes all the same.
    lists(&["evil.corp"]).have(
        "
        x evil.corp == evil.corp = evil.corp exact
        访问evil.corp被阻断 == evil.corp = evil.corp exact
        ",
    );
}

#[test]
fn bytes_that_are_no_text() {
    let lists = lists(&["evil.com", "192.0.2.7"]);
    for (line, expected) in [
        (&b"\xff\xfeevil.com\xff"[..], "evil.com = evil.com exact"),
        (
            b"\x00evil.com\x00192.0.2.7\x80",
            "evil.com = evil.com exact; 192.0.2.7 = 192.0.2.7 exact",
        ),
        (b"\xe9vil.com", ""),
    ] {
        assert_eq!(lists.found(line), expected, "{line:?}");
    }
}

/// What is found in a text, said as simply as can be: every run of what names are made of, cut at
/// double dots, without hyphens and dots around it; each of its ends, or the addresses that hyphens
/// join; every run of hexadecimal digits.
fn slow(listed: &[&str], text: &str) -> Vec<(usize, String)> {
    let (mut found, mut names) = (Vec::new(), Vec::new());
    let in_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    for (start, run) in runs(text, in_name) {
        let mut start = start;
        for piece in run.split("..") {
            let name = piece.trim_matches(['.', '-']);
            let at = start + piece.find(name).unwrap_or(0);
            start += piece.len() + 2;
            if name.is_empty() || !name.contains('.') {
                continue;
            }
            let quads: Vec<_> = name.split('-').collect();
            let is_quad = |text: &&str| text.parse::<std::net::Ipv4Addr>().is_ok();
            if quads.len() > 1 && quads.iter().all(is_quad) {
                let mut at = at;
                for quad in quads {
                    found.extend(listed.contains(&quad).then(|| (at, quad.to_string())));
                    at += quad.len() + 1;
                }
                continue;
            }
            let lower = name.to_lowercase();
            let is_address = lower.parse::<std::net::Ipv4Addr>().is_ok();
            let labels: Vec<_> = lower.split('.').collect();
            let ends = (0..labels.len().saturating_sub(1)).map(|from| labels[from..].join("."));
            let ends = ends.filter(|end| !is_address || *end == lower);
            let is_number = labels
                .last()
                .unwrap()
                .bytes()
                .all(|byte| byte.is_ascii_digit());
            if let Some(end) = ends
                .filter(|_| is_address || !is_number)
                .find(|end| listed.contains(&end.as_str()))
            {
                found.push((at, end));
                names.push(at..at + name.len());
            }
        }
    }
    for (start, run) in runs(text, |c| c.is_ascii_hexdigit()) {
        let lower = run.to_lowercase();
        // Of two that overlap, the longer one counts.
        let is_in_name = names.iter().any(|name| name.contains(&start));
        if listed.contains(&lower.as_str()) && !is_in_name {
            found.push((start, lower));
        }
    }
    found.sort();
    found
}

fn runs(text: &str, of: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(&of) {
        let start = at + start;
        let end = text[start..]
            .find(|c| !of(c))
            .map_or(text.len(), |end| start + end);
        runs.push((start, &text[start..end]));
        at = end;
    }
    runs
}

const PARTS: &[&str] = &[
    "evil",
    "EVIL",
    "com",
    "org",
    "a",
    "b1",
    ".",
    ".",
    ".",
    "-",
    "_",
    " ",
    "\n",
    ",",
    "=",
    "/",
    "192.0.2.7",
    "192.0.2",
    "7",
    "10",
    "d41d8cd98f00b204e9800998ecf8427e",
    "0",
    "x",
    "\"",
    "@",
    "?",
    "é",
    ";",
    ":",
    ":",
    "cafe.de",
    "dead",
];

const LISTED: &[&str] = &[
    "evil.com",
    "a.evil.com",
    "b1.org",
    "evil-a.com",
    "192.0.2.7",
    "10.192.0.2",
    "d41d8cd98f00b204e9800998ecf8427e",
    "com.org",
    "cafe.de",
];

#[test]
fn random_texts_have_what_the_slow_way_finds() {
    let lists = lists(LISTED);
    let strategy = proptest::collection::vec(proptest::sample::select(PARTS), 1..14);
    let mut runner =
        proptest::test_runner::TestRunner::new(proptest::test_runner::Config::with_cases(4000));
    let checked = runner.run(&strategy, |parts| {
        let text = parts.concat();
        // A letter beyond ASCII may belong to a name, and two colons to an address: they have
        // their own tests.
        let mut plain = text.replace('é', "|");
        while plain.contains("::") {
            plain = plain.replace("::", ":");
        }
        proptest::prop_assert_eq!(
            lists.places(plain.as_bytes()),
            slow(LISTED, &plain),
            "{}",
            plain
        );
        let _ = lists.places(text.as_bytes());
        Ok(())
    });
    checked.unwrap();
}

#[test]
fn a_url_alone_is_found_as_its_indicator_is() {
    const URLS: &[&str] = &[
        "http://evil.com/a/",
        "http://evil.com:8080/x",
        "https://a.evil.com/b?q=1",
        "evil.org",
        "http://192.0.2.7/x/y",
    ];
    let lists = lists(URLS);
    let strategy = (
        "(http|https|ftp)",
        "(evil\\.com|a\\.evil\\.com|x\\.evil\\.org|192\\.0\\.2\\.7)",
        "(:80|:443|:8080|)",
        "((/a/|/x|/b|/x/y|/)(z|)(\\?q=1|\\?q|)(#f|))?",
    );
    let mut runner =
        proptest::test_runner::TestRunner::new(proptest::test_runner::Config::with_cases(1000));
    let checked = runner.run(&strategy, |(scheme, host, port, path)| {
        let text = format!("{scheme}://{host}{port}{path}");
        let indicator = parse(&text).unwrap().indicator;
        let hits = lists.index.find(&indicator, &lists.scope).unwrap();
        let expected = hits.first().map(|hit| hit.indicator.clone());
        let line = format!("GET {text} HTTP/1.1");
        let found = lists
            .places(line.as_bytes())
            .into_iter()
            .next()
            .map(|(_, indicator)| indicator);
        proptest::prop_assert_eq!(found, expected, "{}", text);
        Ok(())
    });
    checked.unwrap();
}

#[test]
fn nothing_makes_it_panic() {
    let lists = lists(&["evil.com", "10.0.0.0/8"]);
    let config = proptest::test_runner::Config::with_cases(1000);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let any = proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200);
    let disguised = "[a-z0-9.:%\\[\\](){}<>/@\\\\ 。é访٠-]{0,60}";
    let checked = runner.run(&(any, disguised), |(any, disguised)| {
        for text in [&any[..], disguised.as_bytes()] {
            for (place, _) in lists.places(text) {
                proptest::prop_assert!(place < text.len());
            }
        }
        Ok(())
    });
    checked.unwrap();
}

#[test]
fn a_url_is_as_long_as_it_is() {
    let long = format!("http://evil.com/{}", "a/b".repeat(4_000));
    let short = "http://evil.com/x";
    let key = &long["http://".len()..];
    assert_eq!(
        lists(&[&long]).found(long.as_bytes()),
        format!("{long} = {key} exact")
    );
    let lists = lists(&[short]);
    for behind in [
        "...........................................................y",
        "yyyyyy",
        "/y",
    ] {
        let line = format!("{short}{behind}");
        assert_eq!(lists.found(line.as_bytes()), "", "{line}");
    }
    let query = format!("{short}?{}", "q".repeat(5_000));
    assert!(
        lists
            .found(query.as_bytes())
            .ends_with("evil.com/x url_prefix")
    );
}

#[test]
fn nothing_is_lost_where_a_long_line_is_cut() {
    const MD5: &str = "350d343e41314813fe7c1085ce43b441";
    let lists = lists(&[MD5, "evil.com", "192.0.2.7"]);
    for (what, before) in [
        (MD5, 7),
        (MD5, 33),
        ("evil.com", 3),
        ("192.0.2.7", 20),
        ("evil.com", 9),
    ] {
        for border in [1 << 20, (1 << 20) - (16 << 10)] {
            let mut line = "h.ok.example/".repeat(100_000);
            line.replace_range(border - before..border - before, &format!("/{what}/"));
            let mut blocks = Blocks::new(line.as_bytes());
            let mut block = Block::default();
            let mut found = 0;
            while blocks.next(&mut block).unwrap() {
                let places = lists.places(&block.text).into_iter();
                found += places
                    .filter(|(start, _)| block.own.contains(start))
                    .count();
            }
            assert_eq!(found, 1, "{what} {before} before {border}");
        }
    }
}

/// Each would take minutes if what follows one of them were read again for each.
#[test]
fn a_long_line_is_read_in_the_time_that_it_is_long() {
    let lists = lists(&["evil.com", "http://evil.com/a"]);
    for one in [
        "(1)a",
        r"http://evil.com/\.",
        "h[tt]p://",
        "evil.com/",
        "http://evil.com/a/",
        "hxxp://evil[.]com",
        "evil.com?",
        "dotаа",
        "🙂d41d8cd98f00b204e9800998ecf8427e",
    ] {
        lists.scan(one.repeat((1 << 18) / one.len()).as_bytes());
    }
}
