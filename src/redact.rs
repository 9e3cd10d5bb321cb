//! The secrets of a run, taken out of whatever text leaves it.
//!
//! A server that echoes what it was sent writes it as its own format demands: percent-encoded, as
//! JSON, as HTML, one within the other. So a secret is looked for letter by letter, each in any
//! way of writing it, and as a whole in hexadecimal, base64 and as a list of bytes.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use memchr::memmem;
use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};

/// What stands in the place of a secret.
pub const REDACTED: &[u8] = b"(redacted)";

/// Told once, where an answer holds a secret.
pub const FOUND: &str =
    "the answer holds a secret of the configuration: (redacted) stands in its place";

/// A secret of fewer bytes is taken out only where it stands alone: `1` or `ab` would blot out
/// half of every text, and nobody would be the wiser.
const SHORT: usize = 4;

/// A piece of base64 that could stand at any place must be at least this long to be one of ours.
const BASE64_PIECE: usize = 8;

/// So many letters of a secret at the end of a text are the beginning of it.
const HALF: usize = 6;

/// What stands behind the place where a text was cut.
const CUTS: &[&[u8]] = &[b"", b"\"", "…".as_bytes(), "\"…".as_bytes()];

/// How often a letter may be encoded: `"` as `\&quot;`, `/` as `%252F`.
const LAYERS: u8 = 2;

/// Every secret that was read, so that no text leaves with one in it.
#[derive(Clone, Default)]
pub struct Redactor(Arc<RwLock<Known>>);

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redactor")
    }
}

#[derive(Default)]
struct Known {
    /// Longest first.
    secrets: Vec<Secret>,
    /// For texts that were cut: there may be no more than half a secret's letters.
    of_halves: Beginnings<{ HALF + 1 - LOOK }>,
    /// For whole ones, which are long.
    of_wholes: Beginnings<12>,
}

impl Redactor {
    /// Takes this text for a secret from now on, in every form.
    pub fn learn(&self, secret: &SecretString) {
        let text = secret.expose_secret();
        if text.is_empty() {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !known.secrets.iter().any(|known| known.is(text)) {
            let secret = Secret::new(text);
            for form in &secret.forms {
                known.of_halves.learn(form);
                known.of_wholes.learn(form);
            }
            known.secrets.push(secret);
            // Where one secret holds another, the longer one goes as a whole.
            let longest_first = |secret: &Secret| std::cmp::Reverse(secret.length);
            known.secrets.sort_by_key(longest_first);
        }
    }

    /// One that knows these secrets alone.
    pub fn of(secrets: &[SecretString]) -> Self {
        let redactor = Redactor::default();
        secrets.iter().for_each(|secret| redactor.learn(secret));
        redactor
    }

    /// The text with every known secret replaced, in whatever form it stands there, and what is
    /// left of one at its end, where somebody cut it.
    pub fn scrub(&self, text: &str) -> String {
        match self.scrubbed(text.as_bytes(), true) {
            Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            None => text.to_string(),
        }
    }

    /// The bytes with every known secret replaced; `None` if they hold none.
    pub fn scrub_bytes(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        self.scrubbed(bytes, false)
    }

    fn scrubbed(&self, bytes: &[u8], halves: bool) -> Option<Vec<u8>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let forms = || known.secrets.iter().flat_map(|secret| &secret.forms);
        let is_at = |at: usize| forms().any(|form| form.is_at(&bytes[at..], halves));
        let is_there = match halves {
            true => known.of_halves.any_in(bytes, is_at),
            false => known.of_wholes.any_in(bytes, is_at),
        };
        if !is_there {
            return None;
        }
        let mut scrubbed: Option<Vec<u8>> = None;
        for form in forms() {
            let text = scrubbed.as_deref().unwrap_or(bytes);
            if let Some(without) = form.replaced_in(text, halves) {
                scrubbed = Some(without);
            }
        }
        scrubbed
    }
}

/// How the forms of all secrets begin, for a quick no at most places of a long text, which is
/// looked at every `LONGEST` bytes at the most.
struct Beginnings<const LONGEST: usize> {
    /// A bit for each value of [`Beginnings::index`] with one of the [`ODD`] numbers; the second is
    /// looked at where the first is set: among a million digests one alone is set too often.
    bits: [Bits; 2],
    /// At every so many bytes, fewer where a form is short, it is seen whether a form begins there
    /// or shortly before: four of its letters stand there, the first or a later one in front.
    step: usize,
    /// Those that are too short to be told by it, whole. One of a single byte stands for nothing
    /// where it is not encoded.
    short: Vec<SecretString>,
    /// Whether a blank stands in one, but behind a comma. As `+` it is in each line of base64.
    has_blank: bool,
}

type Bits = Box<[u64; 1024]>;

const ODD: [u32; 2] = [0x9e37_79b1, 0x85eb_ca77];

/// Letters that are looked at together.
const LOOK: usize = 4;

impl<const LONGEST: usize> Default for Beginnings<LONGEST> {
    fn default() -> Self {
        Beginnings {
            bits: [const { [0; 1024] }; 2].map(Box::new),
            step: LONGEST,
            short: Vec::new(),
            has_blank: false,
        }
    }
}

impl<const LONGEST: usize> Beginnings<LONGEST> {
    fn learn(&mut self, form: &Needle) {
        let mut plain: String = form.letters.iter().map(|letter| letter.plain).collect();
        match (plain.len() + 1).checked_sub(LOOK) {
            Some(places @ 1..) => self.step = self.step.min(places),
            _ if plain.len() > 1 => self.short.push(plain.as_str().into()),
            _ => {}
        }
        let mut blanks = plain.match_indices(' ');
        self.has_blank |= blanks.any(|(at, _)| !plain[..at].ends_with(','));
        for letters in plain.as_bytes().windows(LOOK).take(LONGEST) {
            if let Some(letters) = letters.first_chunk() {
                for (bits, odd) in self.bits.iter_mut().zip(ODD) {
                    let index = Self::index(letters, odd);
                    bits[index / 64] |= 1 << (index % 64);
                }
            }
        }
        plain.zeroize();
    }

    /// Of four bytes, whatever their case.
    #[inline]
    fn index(letters: &[u8; LOOK], odd: u32) -> usize {
        let folded = u32::from_le_bytes(*letters) | 0x2020_2020;
        (folded.wrapping_mul(odd) >> 16) as usize
    }

    #[inline]
    fn may_hold<const N: usize>(&self, letters: &[u8; LOOK]) -> bool {
        let index = Self::index(letters, ODD[N]);
        self.bits[N][index / 64] >> (index % 64) & 1 == 1
    }

    /// Whether a form begins at one of the places where one may: where some of its first letters
    /// stand as they are, or one of them encoded. A place may be seen twice.
    fn any_in(&self, text: &[u8], mut is_at: impl FnMut(usize) -> bool) -> bool {
        let step = self.step;
        let mut before = |at: usize, reach: usize| (at.saturating_sub(reach)..=at).any(&mut is_at);
        let mut at = 0;
        while let Some(letters) = text.get(at..).and_then(<[u8]>::first_chunk) {
            if self.may_hold::<0>(letters) && self.may_hold::<1>(letters) && before(at, step - 1) {
                return true;
            }
            at += step;
        }
        let mut short = self
            .short
            .iter()
            .flat_map(|short| memmem::find_iter(text, short.expose_secret()));
        let [first, second, third, fourth] = *ESCAPES;
        let mut encoded = memchr::memchr3_iter(first, second, third, text).chain(
            memchr::memchr_iter(fourth, text).filter(|at| {
                let is_behind_comma = at.checked_sub(1).is_some_and(|before| text[before] == b',');
                self.has_blank || is_behind_comma
            }),
        );
        // Behind the last look only a form that is written shorter could stand.
        let mut end = text.len().saturating_sub(LOOK + step)..text.len();
        short.any(|at| before(at, 0))
            || encoded.any(|at| before(at, LOOK + step - 2))
            || end.any(|at| before(at, 0))
    }
}

/// One secret in the forms that it may take.
struct Secret {
    /// Bytes of the plain one.
    length: usize,
    forms: Vec<Needle>,
}

impl Secret {
    fn new(text: &str) -> Self {
        let mut forms = vec![Needle {
            letters: text.chars().map(Letter::new).collect(),
            ignore_case: false,
            alone: text.len() < SHORT,
        }];
        if text.len() >= SHORT {
            let bytes = text.as_bytes();
            forms.push(Needle::of(&hex::encode(bytes), true));
            let decimal: Vec<_> = bytes.iter().map(u8::to_string).collect();
            forms.push(Needle::of(&decimal.join(", "), false));
            forms.push(Needle::of(&decimal.join(","), false));
            forms.extend(base64(bytes).iter().map(|piece| Needle::of(piece, false)));
        }
        Secret {
            length: text.len(),
            forms,
        }
    }

    fn is(&self, text: &str) -> bool {
        let letters = self.forms[0].letters.iter().map(|letter| letter.plain);
        letters.eq(text.chars())
    }
}

/// What base64 makes of the bytes, whatever stands before and behind them: at each of the three
/// places in a group, the letters that come of these bytes alone; and the whole of it.
fn base64(bytes: &[u8]) -> Vec<String> {
    let mut pieces = Vec::new();
    for engine in [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD] {
        for before in 0..3 {
            let mut padded = vec![0; before];
            padded.extend_from_slice(bytes);
            let whole = engine.encode(&padded);
            padded.zeroize();
            let from = (before * 8).div_ceil(6);
            let until = (before + bytes.len()) * 8 / 6;
            let piece = &whole[from..until];
            if piece.len() >= BASE64_PIECE && !pieces.iter().any(|known| known == piece) {
                pieces.push(piece.to_string());
            }
            // The last letter of the whole one holds what is left of the last byte.
            if before == 0 && whole.len() > until && whole.len() >= 6 {
                pieces.insert(0, whole);
            }
        }
    }
    pieces
}

/// A text to be looked for.
struct Needle {
    letters: Vec<Letter>,
    ignore_case: bool,
    /// Only where no letter or digit stands beside it.
    alone: bool,
}

impl Drop for Needle {
    fn drop(&mut self) {
        for letter in &mut self.letters {
            letter.plain = '\0';
            if let Cow::Owned(encoded) = &mut letter.encoded {
                encoded.iter_mut().for_each(Zeroize::zeroize);
            }
        }
    }
}

impl Needle {
    /// Of hexadecimal, base64 and numbers, whose letters nobody encodes once more.
    fn of(text: &str, ignore_case: bool) -> Self {
        let letter = |plain: char| match plain.is_ascii_alphanumeric() {
            true => Letter {
                plain,
                encoded: Cow::Borrowed(&[]),
            },
            false => Letter::new(plain),
        };
        Needle {
            letters: text.chars().map(letter).collect(),
            ignore_case,
            alone: false,
        }
    }

    /// `None` where it does not stand in the text.
    fn replaced_in(&self, text: &[u8], halves: bool) -> Option<Vec<u8>> {
        let first = self.letters.first()?;
        let mut made: Option<Vec<u8>> = None;
        let (mut kept, mut at) = (0, 0);
        while at < text.len() {
            let begins = first.begins_with(text[at], self.ignore_case);
            let length = begins
                .then(|| self.length_at(&text[at..], halves))
                .flatten();
            let Some(length) = length.filter(|length| !self.alone || alone(text, at, *length))
            else {
                at += 1;
                continue;
            };
            let made = made.get_or_insert_default();
            made.extend_from_slice(&text[kept..at]);
            made.extend_from_slice(REDACTED);
            at += length;
            kept = at;
        }
        made.as_mut()?.extend_from_slice(&text[kept..]);
        made
    }

    /// Whether the text begins with it, whatever stands before.
    fn is_at(&self, text: &[u8], halves: bool) -> bool {
        let first = self.letters.first();
        first.is_some_and(|first| first.begins_with(text[0], self.ignore_case))
            && self.length_at(text, halves).is_some()
    }

    /// How many bytes at the beginning of the text are this one; the most, where several are.
    fn length_at(&self, text: &[u8], halves: bool) -> Option<usize> {
        let mut ends = vec![0];
        for (index, letter) in self.letters.iter().enumerate() {
            let mut next = Vec::new();
            let is_cut = |end: &usize| CUTS.contains(&text.get(*end..).unwrap_or_default());
            if halves && index >= HALF && ends.iter().any(is_cut) {
                return ends.into_iter().max();
            }
            for end in ends {
                let rest = text.get(end..).unwrap_or_default();
                letter.lengths_at(rest, LAYERS, self.ignore_case, &mut |length| {
                    add(&mut next, end + length);
                });
            }
            ends = next;
            if ends.is_empty() {
                return None;
            }
        }
        ends.into_iter().max()
    }
}

fn add(ends: &mut Vec<usize>, end: usize) {
    if !ends.contains(&end) {
        ends.push(end);
    }
}

fn alone(text: &[u8], at: usize, length: usize) -> bool {
    let beside = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    length > 1 && !beside(before) && !beside(text.get(at + length))
}

/// A character and the ways to write it.
struct Letter {
    plain: char,
    /// Each in ASCII; hexadecimal digits of either case count.
    encoded: Cow<'static, [String]>,
}

impl Letter {
    fn new(plain: char) -> Self {
        let encoded = match ASCII.get(plain as usize) {
            Some(known) => Cow::Borrowed(&**known.get_or_init(|| Self::ways(plain))),
            None => Cow::Owned(Self::ways(plain)),
        };
        Letter { plain, encoded }
    }

    fn ways(plain: char) -> Vec<String> {
        let code = u32::from(plain);
        let (mut utf8, mut utf16) = ([0; 4], [0; 2]);
        let bytes = plain.encode_utf8(&mut utf8).as_bytes();
        let each = |prefix: &str| -> String {
            let all = bytes.iter().map(|byte| format!("{prefix}{byte:02x}"));
            all.collect()
        };
        let units = plain.encode_utf16(&mut utf16).iter();
        let mut encoded = vec![
            each("%"),
            each("\\x"),
            units.map(|unit| format!("\\u{unit:04x}")).collect(),
            format!("\\u{{{code:x}}}"),
            format!("&#{code};"),
            format!("&#{code:03};"),
            format!("&#x{code:x};"),
            format!("&#x{code:02x};"),
        ];
        let named = match plain {
            '"' => &["\\\"", "&quot;"][..],
            '\'' => &["\\'", "&apos;"],
            '\\' => &["\\\\"],
            '/' => &["\\/"],
            '\t' => &["\\t"],
            '&' => &["&amp;"],
            '<' => &["&lt;"],
            '>' => &["&gt;"],
            ' ' => &["+"],
            _ => &[],
        };
        encoded.extend(named.iter().map(ToString::to_string));
        encoded
    }

    /// A quick no for most bytes.
    fn begins_with(&self, byte: u8, ignore_case: bool) -> bool {
        let plain = self.plain.encode_utf8(&mut [0; 4]).as_bytes()[0];
        byte == plain
            || (!self.encoded.is_empty() && ESCAPES.contains(&byte))
            || (ignore_case && byte.eq_ignore_ascii_case(&plain))
    }

    /// Every number of bytes at the beginning of the text that can be this letter: `\\` is a
    /// backslash, and the first half of an escaped one.
    fn lengths_at(&self, text: &[u8], layers: u8, ignore_case: bool, found: &mut dyn FnMut(usize)) {
        let mut buffer = [0; 4];
        let plain = self.plain.encode_utf8(&mut buffer).as_bytes();
        let is_plain = text
            .get(..plain.len())
            .is_some_and(|text| match ignore_case {
                true => text.eq_ignore_ascii_case(plain),
                false => text == plain,
            });
        if is_plain {
            found(plain.len());
        }
        if layers > 0 && text.first().is_some_and(|byte| ESCAPES.contains(byte)) {
            for way in self.encoded.iter() {
                written(way.as_bytes(), text, layers - 1, 0, found);
            }
        }
    }
}

/// The same for one way to write a letter, whose own signs may be written in some way in turn.
fn written(way: &[u8], text: &[u8], layers: u8, before: usize, found: &mut dyn FnMut(usize)) {
    let Some((sign, rest)) = way.split_first() else {
        return found(before);
    };
    let at = text.get(before..).unwrap_or_default();
    if at
        .first()
        .is_some_and(|byte| byte.eq_ignore_ascii_case(sign))
    {
        written(rest, text, layers, before + 1, found);
    }
    if layers > 0 && at.first().is_some_and(|byte| ESCAPES.contains(byte)) {
        let known = SIGNS
            .iter()
            .find(|letter| letter.plain == char::from(*sign));
        for way in known.iter().flat_map(|letter| letter.encoded.iter()) {
            written(way.as_bytes(), at, layers - 1, 0, &mut |length| {
                written(rest, text, layers, before + length, found);
            });
        }
    }
}

/// The ways to write each letter of ASCII, once it was in a secret: one of a request is made known
/// with every request.
static ASCII: [OnceLock<Vec<String>>; 128] = [const { OnceLock::new() }; 128];

/// What an encoded letter begins with.
const ESCAPES: &[u8; 4] = b"%\\&+";

/// The signs of an encoded letter that may be encoded themselves.
static SIGNS: LazyLock<Vec<Letter>> =
    LazyLock::new(|| "%\\&#;\"'/+{}".chars().map(Letter::new).collect());

#[cfg(test)]
mod tests {
    use super::*;

    fn knowing(secrets: &[&str]) -> Redactor {
        let redactor = Redactor::default();
        for secret in secrets {
            redactor.learn(&SecretString::from(*secret));
        }
        redactor
    }

    proptest::proptest! {
        /// The quick no is never a wrong one.
        #[test]
        fn whatever_stands_around_it_is_found(
            before in "[ -~é]{0,5}", behind in "[ -~é]{0,5}",
            secret in "[a-zA-Z0-9%é\"/]{4,9}", ways in proptest::collection::vec(0..20_usize, 9),
        ) {
            let redactor = knowing(&[&secret]);
            let encoded = secret.chars().zip(ways).map(|(letter, way)| {
                let ways = Letter::new(letter).encoded.clone();
                ways.get(way).cloned().unwrap_or_else(|| letter.to_string())
            });
            let text = format!("{before}{}{behind}", encoded.collect::<String>());
            proptest::prop_assert!(redactor.scrub(&text).contains("(redacted)"), "{text}");
        }
    }

    #[test]
    fn a_known_secret_does_not_come_out() {
        let redactor = knowing(&["s/cret+1"]);
        assert_eq!(
            redactor.scrub("a s/cret+1 b s%2Fcret%2B1"),
            "a (redacted) b (redacted)"
        );
        assert!(!format!("{redactor:?}").contains("cret+1"));
    }

    #[test]
    fn whatever_way_it_is_written() {
        let secret = "pa\"ss\\é/wö rd&<🔑>";
        let redactor = knowing(&[secret]);
        for written in [
            secret,
            r#"pa\"ss\\é/wö rd&<🔑>"#,
            r#"pa\"ss\\\u00e9\/w\u00F6 rd&<\ud83d\udd11>"#,
            "pa&quot;ss\\&#233;/w&#xf6; rd&amp;&lt;&#128273;&gt;",
            "pa\\&quot;ss\\\\é/wö rd&amp;&lt;🔑&gt;",
            "pa%22ss%5C%C3%A9%2Fw%C3%B6%20rd%26%3C%F0%9F%94%91%3E",
            "pa%22ss%5c%c3%a9/w%c3%b6+rd%26%3c%f0%9f%94%91%3e",
            r#"pa\\\"ss\\\\\\u00e9/w\\u00f6 rd&<\\ud83d\\udd11>"#,
            "pa%2522ss%255C%25C3%25A9/w%25c3%25b6%2520rd%2526%253C%25F0%259F%2594%2591%253E",
            r#"pa\x22ss\x5C\xC3\xA9/w\xC3\xB6 rd&<\xF0\x9F\x94\x91>"#,
            r#"pa\"ss\\\u{e9}/w\u{f6} rd&<\u{1f511}>"#,
        ] {
            let text = format!("{{{written}}}");
            assert_eq!(redactor.scrub(&text), "{(redacted)}", "{written}");
        }
    }

    #[test]
    fn as_hexadecimal_base64_and_bytes() {
        let secret = "Tr0ub4dor&3/x?y>z~";
        let redactor = knowing(&[secret]);
        let hex = hex::encode(secret);
        let bytes = format!("{:?}", secret.as_bytes());
        for text in [
            bytes.replace(' ', "+"),
            hex.clone(),
            hex.to_uppercase(),
            bytes.replace(' ', ""),
            bytes,
        ] {
            let scrubbed = redactor.scrub(&text);
            assert_eq!(scrubbed.trim_matches(['[', ']']), "(redacted)", "{text}");
        }
        for (before, behind) in [("", ""), ("a", "b"), ("ab", "cd"), ("user:", "")] {
            let inner = format!("{before}{secret}{behind}");
            for text in [
                BASE64_STANDARD_NO_PAD.encode(&inner),
                BASE64_URL_SAFE_NO_PAD.encode(&inner),
            ] {
                let scrubbed = redactor.scrub(&text);
                let left = scrubbed.replace("(redacted)", "");
                assert!(left.len() <= 8 && left != scrubbed, "{inner}: {scrubbed}");
            }
        }
        // As a whole, with nothing left of it.
        let basic = knowing(&["ann:pw"]);
        assert_eq!(basic.scrub("Basic YW5uOnB3"), "Basic (redacted)");
    }

    #[test]
    fn half_a_secret_at_the_end_is_one_too_many() {
        let redactor = knowing(&["0123456789abcdef"]);
        for end in ["", "\"", "…"] {
            let text = format!("titled \"0123456789{end}");
            assert_eq!(redactor.scrub(&text), format!("titled \"(redacted){end}"));
        }
        assert_eq!(redactor.scrub("01234"), "01234");
        assert_eq!(redactor.scrub("0123456789 is"), "0123456789 is");
        assert_eq!(redactor.scrub_bytes(b"0123456789"), None);
    }

    #[test]
    fn a_short_secret_goes_where_it_stands_alone() {
        let redactor = knowing(&["ab", "7"]);
        assert_eq!(
            redactor.scrub("password=ab; \"ab\", abc, cab, 7 ab"),
            "password=(redacted); \"(redacted)\", abc, cab, 7 (redacted)"
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(secret in "\\PC{0,9}", text in "[%\\\\&+;u0-9a-fA-F]{0,40}|\\PC{0,40}") {
            let redactor = knowing(&[&secret]);
            redactor.scrub(&text);
            if secret.len() >= SHORT {
                let held = format!("{text}{secret}{text}");
                proptest::prop_assert!(!redactor.scrub(&held).contains(&secret) || "(redacted)".contains(&secret));
            }
        }
    }
}
