//! Names as the debug log of a Windows DNS server has them: `(3)www(4)evil(3)com(0)`. Pure.

use super::classes::{LABEL, is};

/// A name, in lower case.
#[derive(Debug, PartialEq, Eq)]
pub struct DnsName {
    pub name: String,
    /// Where its text ends.
    pub end: usize,
}

/// The name at the beginning of a text: each label after its length, the last one of no length.
pub fn dns_name(text: &[u8]) -> Option<DnsName> {
    let mut name = String::new();
    let mut at = 0;
    loop {
        let (length, digits) = length(&text[at..])?;
        at += digits;
        if length == 0 {
            return name.contains('.').then_some(DnsName { name, end: at });
        }
        let label = text.get(at..at + length)?;
        if !label.iter().all(|byte| is(LABEL, *byte)) {
            return None;
        }
        if !name.is_empty() {
            name.push('.');
        }
        name.extend(
            label
                .iter()
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
        at += length;
    }
}

/// `(12)`: the number, at most 63, and how long its text is.
fn length(text: &[u8]) -> Option<(usize, usize)> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| usize::from(byte - b'0'));
    match text {
        [b'(', one, b')', ..] => Some((digit(one)?, 3)),
        [b'(', ten, one, b')', ..] => {
            let length = digit(ten)? * 10 + digit(one)?;
            (length <= 63).then_some((length, 4))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_become_dots() {
        let name = |text: &str| dns_name(text.as_bytes()).map(|found| (found.name, found.end));
        let evil = || Some(("evil.com".to_string(), 16));
        assert_eq!(name("(4)Evil(3)com(0) x"), evil());
        assert_eq!(name("(10)0123456789(3)com(0)").unwrap().0, "0123456789.com");
        for text in [
            "(4)evil(3)com",
            "(5)evil(3)com(0)",
            "(3)evil(3)com(0)",
            "(3)com(0)",
            "(0)",
            "(4)ev.l(3)com(0)",
            "(99)x",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
