//! An indicator in a form that no click opens.

use super::Kind;

/// `evil.com` → `evil[.]com`, `http://evil.com/a.js` → `hxxp://evil[.]com/a.js`: the last dot of the
/// host, as reports do. What is disguised already stays as it is.
pub fn defang(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{}://", disguised(scheme)), rest),
        None => (String::new(), text),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = match &rest[..end] {
        // A mailbox may be called `a/b`.
        host if scheme.is_empty() && !host.contains('.') => rest,
        host => host,
    };
    let path = &rest[host.len()..];
    match host.rsplit_once('.') {
        Some((head, tail)) if !host.contains(['[', '(', '{']) => {
            format!("{scheme}{head}[.]{tail}{path}")
        }
        _ => format!("{scheme}{rest}"),
    }
}

/// What is of this kind in such a form; what is not on a network as it is.
pub fn harmless(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Ip | Kind::Ipv6 | Kind::Cidr | Kind::Domain | Kind::Email | Kind::Url => defang(text),
        _ => text.to_string(),
    }
}

/// `https` → `hxxps`
fn disguised(scheme: &str) -> String {
    scheme.replace("tt", "xx").replace("TT", "XX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_is_disguised_and_only_once() {
        for (indicator, shown) in [
            ("evil.com", "evil[.]com"),
            ("192.0.2.1", "192.0.2[.]1"),
            ("192.0.2.0/24", "192.0.2[.]0/24"),
            ("evil.com:8080", "evil[.]com:8080"),
            ("evil.com/a.b", "evil[.]com/a.b"),
            ("http://192.0.2.1/a.js?b.c", "hxxp://192.0.2[.]1/a.js?b.c"),
            ("HTTPS://evil.com#a.b", "HXXPS://evil[.]com#a.b"),
            (
                "http://evil.com?next=http://a.b",
                "hxxp://evil[.]com?next=http://a.b",
            ),
            ("http://[2001:db8::1]/a.js", "hxxp://[2001:db8::1]/a.js"),
            ("bob@evil.com", "bob@evil[.]com"),
            ("a/b@evil.com", "a/b@evil[.]com"),
            ("hxxp://evil[.]com/a.b", "hxxp://evil[.]com/a.b"),
            ("evil(dot)com", "evil(dot)com"),
            ("2001:db8::1", "2001:db8::1"),
            ("", ""),
        ] {
            assert_eq!(defang(indicator), shown);
        }
    }

    #[test]
    fn only_what_is_on_a_network_is_disguised() {
        assert_eq!(harmless(Kind::Domain, "evil.example"), "evil[.]example");
        assert_eq!(harmless(Kind::File, "C:\\a.exe"), "C:\\a.exe");
        assert_eq!(harmless(Kind::Other, "a.b"), "a.b");
    }
}
