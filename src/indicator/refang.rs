//! Reports write `hxxp://evil[.]com` so that nobody clicks it; here it is written and undone.

/// What people write for a dot, a colon or an at sign, longest first.
const DISGUISES: &[(&str, &str)] = &[
    ("[://]", "://"),
    ("[dot]", "."),
    ("(dot)", "."),
    ("[at]", "@"),
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[:]", ":"),
    ("[@]", "@"),
    ("[.", "."),
    (".]", "."),
];

/// `hxxps://evil[.]com` → `https://evil.com`. What is not disguised stays as it is.
pub fn refang(text: &str) -> String {
    let mut plain = text.to_string();
    for (disguise, meant) in DISGUISES {
        plain = replace_ignoring_case(&plain, disguise, meant);
    }
    match plain.get(..4) {
        Some(scheme)
            if scheme.eq_ignore_ascii_case("hxxp") || scheme.eq_ignore_ascii_case("h**p") =>
        {
            format!("http{}", &plain[4..])
        }
        _ => plain,
    }
}

/// `evil.com` → `evil[.]com`: only the last dot, as reports do.
pub fn defang(text: &str) -> String {
    match text.rsplit_once('.') {
        Some((head, tail)) => format!("{head}[.]{tail}"),
        None => text.to_string(),
    }
}

fn replace_ignoring_case(text: &str, from: &str, to: &str) -> String {
    // ASCII lower-casing keeps every byte position.
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(at) = lower[rest..].find(from) {
        out.push_str(&text[rest..rest + at]);
        out.push_str(to);
        rest += at + from.len();
    }
    out.push_str(&text[rest..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_come_off() {
        for (worn, meant) in [
            ("hXXps[:]//evil[.]com", "https://evil.com"),
            ("HXXP://evil(dot)COM", "http://evil.COM"),
            ("1.2.3[.4", "1.2.3.4"),
            ("bob[at]evil[.]com", "bob@evil.com"),
            ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
            ("é", "é"),
        ] {
            assert_eq!(refang(worn), meant);
        }
    }
}
