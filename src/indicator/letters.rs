//! Which characters a name is made of, and which stand around or between names. Unicode's general
//! categories decide, so that quotes, brackets, bullets, arrows and commas of every script do.

use icu_properties::props::{Emoji, GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

/// RFC 5892, 2.6: letters and marks that no name may hold all the same.
const NEVER: [char; 11] = [
    '\u{640}', '\u{7fa}', '\u{302e}', '\u{302f}', '\u{3031}', '\u{3032}', '\u{3033}', '\u{3034}',
    '\u{3035}', '\u{303b}', '\u{3164}',
];

/// RFC 5892, 2.6 and appendix A: what a name may hold although it is no letter, mark or digit;
/// joiners and what is ignored in a name (UTS 46) among them.
const IN_NAMES_TOO: [char; 16] = [
    '-', '_', '·', '͵', '׳', '״', '・', '〇', '۽', '۾', '་', '\u{ad}', '\u{200b}', '\u{200c}',
    '\u{200d}', '\u{2060}',
];

/// Signs that Unicode counts among the emoji and people put before a line: arrows, squares,
/// check marks, pointing hands, lamps.
const LIST_MARKS: [(char, char); 16] = [
    ('\u{a9}', '\u{ae}'),
    ('\u{2000}', '\u{22ff}'),
    ('\u{2300}', '\u{23ff}'),
    ('\u{2460}', '\u{25ff}'),
    ('\u{2611}', '\u{2612}'),
    ('\u{261d}', '\u{2620}'),
    ('\u{26a0}', '\u{26ab}'),
    ('\u{2705}', '\u{271d}'),
    ('\u{2733}', '\u{2757}'),
    ('\u{2795}', '\u{27bf}'),
    ('\u{2900}', '\u{2bff}'),
    ('\u{1f446}', '\u{1f449}'),
    ('\u{1f4cc}', '\u{1f4cd}'),
    ('\u{1f517}', '\u{1f518}'),
    ('\u{1f532}', '\u{1f53d}'),
    ('\u{1f6a8}', '\u{1f6ab}'),
];

/// What a domain name can be written with; dots are not among them.
pub(super) fn is_in_names(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '-' || c == '_';
    }
    is_letter_or_digit(c) || IN_NAMES_TOO.contains(&c) || is_name_emoji(c) || is_variation(c)
}

/// RFC 5892, 2.1: LetterDigits, without those that 2.6 and 2.9 take out.
pub(super) fn is_letter_or_digit(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let is_one = category == GeneralCategory::DecimalNumber
        || GeneralCategoryGroup::Letter.contains(category)
        || (GeneralCategoryGroup::Mark.contains(category)
            && category != GeneralCategory::EnclosingMark);
    is_one && !NEVER.contains(&c) && !is_old_hangul(c)
}

/// RFC 5892, 2.9: conjoining jamo, and those that become such.
fn is_old_hangul(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}'
    )
}

/// What UTS 46 maps to something that names are made of, or ignores, and IDNA 2008 does not allow:
/// `™`, `½`, `ⓔ`. Width is no matter.
pub(super) fn is_foreign(c: char) -> bool {
    !c.is_ascii() && !is_dot(c) && !is_in_names(c) && !matches!(c, '－' | '＿')
}

/// Letters that are written as quotes are (ʻ ʼ ˮ).
pub(super) fn is_like_quote(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{2c8}'..='\u{2cb}' | '\u{2ee}' | '\u{a78b}' | '\u{a78c}')
}

/// What joins letters in a name, or is not seen there, and is taken for a separator as well.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '·' | '・' | '͵' | '׳' | '״' | '་' | '\u{ad}' | '\u{34f}' | '\u{200b}'
            ..='\u{200d}' | '\u{2060}'
    ) || is_variation(c)
}

/// The colour of the sign before it.
pub(super) fn is_skin(c: char) -> bool {
    ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
}

/// Numbers in circles, in brackets, with a full stop, that people count lines with.
pub(super) fn is_enumerator(c: char) -> bool {
    matches!(
        c,
        '\u{2460}'..='\u{24b5}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}'
            | '\u{3200}'..='\u{32ff}' | '\u{1f100}'..='\u{1f10c}'
    )
}

/// Registries did sell names with emoji, whatever IDNA says.
pub(super) fn is_name_emoji(c: char) -> bool {
    let is_mark = LIST_MARKS
        .iter()
        .any(|(from, to)| (*from..=*to).contains(&c));
    !c.is_ascii() && !is_mark && CodePointSetData::new::<Emoji>().contains(c)
}

/// Chooses the form of the sign before it.
fn is_variation(c: char) -> bool {
    ('\u{fe00}'..='\u{fe0f}').contains(&c)
}

/// A dot of any width, as UTS 46 reads them.
pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡')
}

/// Whether a writer puts no blank between two such letters, so that a name can end between them:
/// scripts without blanks beside Latin, and any script beside Latin that does not imitate it.
pub(super) fn parts(before: char, after: char) -> bool {
    match (kind(before), kind(after)) {
        (Writing::Latin, Writing::Latin) => false,
        (Writing::Other, Writing::Latin) | (Writing::Latin, Writing::Other) => true,
        _ => false,
    }
}

/// Whether a character beyond ASCII can belong to the same name as the one in ASCII next to it;
/// only the whole name tells.
pub fn continues_name(c: char, ascii: char) -> bool {
    is_in_names(c) && (imitates_latin(c) || !parts(c, ascii))
}

#[derive(Clone, Copy, PartialEq)]
enum Writing {
    Latin,
    Other,
    /// Digits, hyphens and marks go with what they stand beside.
    Any,
}

fn kind(c: char) -> Writing {
    if c.is_ascii() {
        return match c.is_ascii_alphanumeric() {
            true => Writing::Latin,
            false => Writing::Any,
        };
    }
    match CodePointMapData::<Script>::new().get(c) {
        Script::Latin => Writing::Latin,
        _ if is_name_emoji(c) => Writing::Other,
        Script::Common | Script::Inherited => Writing::Any,
        _ => Writing::Other,
    }
}

/// Cyrillic and Greek letters that pass for Latin ones: a label of these beside Latin letters is
/// one name that imitates another, and no change of script.
pub(super) fn imitates_latin(c: char) -> bool {
    const ALIKE: &str = "асԁеѕіјорԛԝхуһӏьѵгѡΐοναικρτυχηωγϲϳ";
    ALIKE.contains(c)
}
