//! What bytes are, in tables, and the runs of them. Pure.

use crate::indicator::hex_byte;

/// Letters, digits, `-`, `_`: what a label is made of.
pub const LABEL: u16 = 1;
/// A label's or a dot.
pub const HOST: u16 = 2;
/// A hexadecimal digit.
pub const HEX: u16 = 4;
/// What an IPv6 address is made of.
pub const IPV6: u16 = 8;
/// What can be part of a URL, as logs write them; beyond ASCII too.
pub const URL: u16 = 16;
/// What the part of a mail address before its `@` is made of.
pub const LOCAL: u16 = 32;
/// What a scheme is made of.
pub const SCHEME: u16 = 64;
/// What can be part of one parameter of a URL.
pub const PARAMETER: u16 = 128;
/// What can join a host that it stands next to: an escape's, a backslash, what is beyond ASCII.
pub const JOINS: u16 = 256;
/// What can stand in a host, but not at its ends.
pub const HANGS: u16 = 512;
/// What can join a host that begins behind it: the same, and what else can be in an escape.
pub const LEADS: u16 = 1024;
/// What can be part of a URL before its fragment.
pub const PATH: u16 = 2048;
/// The same, and what no URL should have: all but blanks.
pub const WORD: u16 = 4096;
/// What can belong to a URL and can follow one.
pub const ENDS: u16 = 8192;

const CLASSES: [u16; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let mut class = 0;
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
            class |= LABEL | HOST | LOCAL;
        }
        if byte == b'.' {
            class |= HOST | LOCAL | IPV6;
        }
        if byte.is_ascii_hexdigit() {
            class |= HEX | IPV6;
        }
        if byte == b':' {
            class |= IPV6;
        }
        if byte == b'+' || byte == b'%' {
            class |= LOCAL;
        }
        if byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-' || byte == b'.' {
            class |= SCHEME;
        }
        if byte == b'%' || byte == b'\\' || byte >= 0x80 {
            class |= JOINS | LEADS;
        }
        if matches!(byte, b'#' | b'[' | b';') {
            class |= LEADS;
        }
        if byte == b'-' || byte == b'.' {
            class |= HANGS;
        }
        let ends_url = matches!(
            byte,
            b'"' | b'<' | b'>' | b'`' | b'|' | b'\\' | b'^' | b'{' | b'}'
        );
        if byte > b' ' && byte != 0x7f && byte != b'#' {
            class |= if ends_url { WORD } else { WORD | PATH };
        }
        let can_follow = matches!(
            byte,
            b',' | b';' | b'\'' | b'(' | b')' | b'[' | b']' | b'*' | b'!' | b'~'
        );
        // Of what is beyond ASCII the first byte.
        if can_follow || ends_url || byte >= 0xc0 {
            class |= ENDS;
        }
        if byte > b' ' && byte != 0x7f && !ends_url {
            class |= URL;
            if byte != b'&' {
                class |= PARAMETER;
            }
        }
        classes[at] = class;
        at += 1;
    }
    classes
};

#[inline]
pub const fn is(class: u16, byte: u8) -> bool {
    CLASSES[byte as usize] & class != 0
}

/// Where the run of a class that goes on at `from` ends.
#[inline]
pub fn run_end(class: u16, text: &[u8], from: usize) -> usize {
    let run = text[from..].iter().position(|byte| !is(class, *byte));
    run.map_or(text.len(), |length| from + length)
}

/// Where the run of a class that ends before `until` begins, `floor` at the earliest.
#[inline]
pub fn run_start(class: u16, text: &[u8], floor: usize, until: usize) -> usize {
    let run = text[floor..until]
        .iter()
        .rposition(|byte| !is(class, *byte));
    run.map_or(floor, |before| floor + before + 1)
}

/// A dotted quad of decimal numbers, none of them with a zero in front.
pub fn quad(text: &[u8]) -> Option<u32> {
    let (mut address, mut part, mut digits, mut dots) = (0_u32, 0_u32, 0, 0);
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                if digits > 0 && part == 0 {
                    return None;
                }
                part = part * 10 + u32::from(byte - b'0');
                digits += 1;
                if part > 255 {
                    return None;
                }
            }
            b'.' if digits > 0 && dots < 3 => {
                address = address << 8 | part;
                (part, digits, dots) = (0, 0, dots + 1);
            }
            _ => return None,
        }
    }
    (dots == 3 && digits > 0).then_some(address << 8 | part)
}

/// The byte of a percent escape that stands at the beginning.
pub fn escape(text: &[u8]) -> Option<u8> {
    hex_byte(text.strip_prefix(b"%")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quad_is_what_the_standard_library_takes_for_one() {
        for text in [
            "0.0.0.0",
            "1.2.3.4",
            "255.255.255.255",
            "256.1.1.1",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "1.2.3.04",
            "1..3.4",
            "1.2.3.",
            ".2.3.4",
            "1.2.3.4a",
            "",
            "1.2.3.00",
            "1000.2.3.4",
        ] {
            let parsed = text.parse::<std::net::Ipv4Addr>().ok().map(u32::from);
            assert_eq!(quad(text.as_bytes()), parsed, "{text}");
        }
    }

    #[test]
    fn runs_begin_and_end() {
        let text = b"x=www.evil.com:80";
        assert_eq!(run_end(HOST, text, 4), 14);
        assert_eq!(run_start(LABEL, text, 0, 5), 2);
        assert_eq!(run_start(LABEL, text, 3, 5), 3);
        assert_eq!(escape(b"%2Fx"), Some(b'/'));
        assert_eq!(escape(b"%2"), None);
        assert_eq!(escape(b"%zz"), None);
    }
}
