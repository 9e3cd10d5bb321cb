//! Anyone can put bytes into a WHOIS record. What could steer a terminal, or make text read
//! otherwise than it is, is shown as a visible escape instead.

use std::borrow::Cow;

/// Controls (C0, DEL, C1), bidirectional controls, and invisible characters that hide text.
pub fn is_dangerous(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `"\x1b[31m"` → `"\\x1b[31m"`: one line, whatever the service sent.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            c if is_dangerous(c) && (c as u32) < 0x100 => {
                safe.push_str(&format!("\\x{:02x}", c as u32));
            }
            c if is_dangerous(c) => safe.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// Signs of ours, and what takes their place on a terminal without UTF-8.
const SIGNS: [(char, &str); 4] = [('·', "-"), ('–', "-"), ('…', "..."), ('→', "->")];

/// The text without signs that a terminal without UTF-8 cannot show.
pub fn plain_signs(text: &str) -> Cow<'_, str> {
    SIGNS
        .iter()
        .fold(Cow::Borrowed(text), |text, (sign, plain)| {
            match text.contains(*sign) {
                true => text.replace(*sign, plain).into(),
                false => text,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_becomes_visible() {
        for (hostile, shown) in [
            ("plain", "plain"),
            ("中文 é 👩‍💻", "中文 é 👩‍💻"),
            ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
            ("\u{9b}31m", "\\x9b31m"),
            ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
            ("evil\u{202e}moc", "evil\\u{202e}moc"),
        ] {
            assert_eq!(sanitise(hostile), shown);
        }
    }

    #[test]
    fn signs_have_a_plain_form() {
        assert_eq!(plain_signs("a · b → c…"), "a - b -> c...");
        assert_eq!(plain_signs("Île"), "Île");
    }

    proptest::proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in "\\PC*|.*") {
            proptest::prop_assert!(!sanitise(&text).chars().any(is_dangerous));
        }
    }
}
