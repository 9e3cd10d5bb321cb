//! Which code points a label may hold (RFC 5892), after UTS 46 has mapped it.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use idna::uts46::{AsciiDenyList, Hyphens, Uts46};

use super::letters::{is_letter_or_digit, is_name_emoji};

/// RFC 5892, 2.6: allowed although they are no letters.
const ALWAYS: [char; 4] = ['\u{6fd}', '\u{6fe}', '\u{f0b}', '\u{3007}'];

/// The first character of the label that no name may hold.
pub(super) fn not_allowed(label: &str) -> Option<char> {
    let chars: Vec<char> = label.chars().collect();
    let allowed = |at: usize| match chars[at] {
        c if c.is_ascii() => true,
        c if ALWAYS.contains(&c) || is_name_emoji(c) => true,
        // UTS 46 has looked at what stands around joiners.
        '\u{200c}' | '\u{200d}' => true,
        c => in_context(&chars, at).unwrap_or_else(|| is_letter_or_digit(c)),
    };
    (0..chars.len())
        .find(|at| !allowed(*at))
        .map(|at| chars[at])
}

/// RFC 5892, appendix A; `None` for what has no rule there.
fn in_context(chars: &[char], at: usize) -> Option<bool> {
    let script = |c: char| CodePointMapData::<Script>::new().get(c);
    let before = at.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(at + 1).copied();
    let has = |from: char, to: char| chars.iter().any(|c| (from..=to).contains(c));
    Some(match chars[at] {
        '·' => before == Some('l') && after == Some('l'),
        '\u{375}' => after.is_some_and(|c| script(c) == Script::Greek),
        '\u{5f3}' | '\u{5f4}' => before.is_some_and(|c| script(c) == Script::Hebrew),
        '・' => chars.iter().any(|c| {
            *c != '・'
                && matches!(
                    script(*c),
                    Script::Hiragana | Script::Katakana | Script::Han
                )
        }),
        '\u{660}'..='\u{669}' => !has('\u{6f0}', '\u{6f9}'),
        '\u{6f0}'..='\u{6f9}' => !has('\u{660}', '\u{669}'),
        _ => return None,
    })
}

/// What UTS 46 makes of a character: `1` of `①`, and of what it ignores nothing.
pub(super) fn mapped(c: char) -> String {
    let text = c.to_string();
    let uts46 = Uts46::new();
    let (mapped, _) = uts46.to_unicode(text.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow);
    mapped.into_owned()
}

/// Whether a character stands for letters or digits: `²`, `™`, `㎏`.
pub(super) fn has_reading(c: char) -> bool {
    let mapped = mapped(c);
    !mapped.is_empty() && mapped.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_judged_as_rfc_5892_does() {
        for (label, refused) in [
            ("evil", None),
            ("金山", None),
            ("bücher", None),
            ("l·l", None),
            ("a·b", Some('·')),
            ("カ・フェ", None),
            ("a・b", Some('・')),
            ("א״ב", None),
            ("a״", Some('״')),
            ("٣۳", Some('٣')),
            ("〇", None),
            ("💩", None),
            ("i❤", None),
            ("→evil", Some('→')),
            ("evil®", Some('®')),
            ("evil—", Some('—')),
            ("„evil", Some('„')),
            ("「evil", Some('「')),
            ("ـ", Some('ـ')),
            ("ᄀ", Some('ᄀ')),
            ("1\u{20e3}", Some('\u{20e3}')),
        ] {
            assert_eq!(not_allowed(label), refused, "{label}");
        }
    }
}
