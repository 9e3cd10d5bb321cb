//! Names as the debug log of a Windows DNS server has them: `(3)www(4)evil(3)com(0)`. Pure.

use super::classes::{LABEL, is};

/// What stands at the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct DnsLabels {
    /// In lower case, with its dots; `None` if it is no name of two labels at least.
    pub name: Option<String>,
    /// Where the labels end: none of them begins another name.
    pub end: usize,
}

/// The labels at the beginning of a text, each after its length, up to one of no length.
pub fn dns_labels(text: &[u8]) -> DnsLabels {
    let mut name = String::new();
    let mut end = 0;
    while let Some((length, digits)) = length(&text[end..]) {
        end += digits;
        if length == 0 {
            let name = Some(name).filter(|name| name.contains('.'));
            return DnsLabels { name, end };
        }
        let label = text.get(end..end + length).unwrap_or_default();
        if label.is_empty() || !label.iter().all(|byte| is(LABEL, *byte)) {
            break;
        }
        if !name.is_empty() {
            name.push('.');
        }
        let letters = label
            .iter()
            .map(|byte| char::from(byte.to_ascii_lowercase()));
        name.extend(letters);
        end += length;
    }
    DnsLabels { name: None, end }
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
        for (text, name, end) in [
            ("(4)Evil(3)com(0) x", Some("evil.com"), 16),
            ("(10)0123456789(3)com(0)", Some("0123456789.com"), 23),
            ("(4)evil(3)com", None, 13),
            ("(4)evil(3)com(dot)x", None, 13),
            ("(5)evil(3)com(0)", None, 3),
            ("(3)evil(3)com(0)", None, 6),
            ("(3)com(0)", None, 9),
            ("(0)", None, 3),
            ("(4)ev.l(3)com(0)", None, 3),
            ("(4)evil(9)com", None, 10),
            ("(99)x", None, 0),
            ("(dot)", None, 0),
        ] {
            let name = name.map(str::to_string);
            assert_eq!(
                dns_labels(text.as_bytes()),
                DnsLabels { name, end },
                "{text}"
            );
        }
    }
}
