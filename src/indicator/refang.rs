//! Reports write `hxxp://evil[.]com` so that nobody clicks it; here it is undone.

use std::borrow::Cow;
use std::ops::Range;

use super::letters::is_in_names;

/// What people write in brackets for a separator, longest first.
const IN_BRACKETS: [(&str, &str); 22] = [
    ("ドット", "."),
    ("точка", "."),
    ("kropka", "."),
    ("tochka", "."),
    ("nokta", "."),
    ("point", "."),
    ("ponto", "."),
    ("punkt", "."),
    ("punto", "."),
    ("dot", "."),
    ("点", "."),
    ("點", "."),
    ("닷", "."),
    ("。", "."),
    ("．", "."),
    (".", "."),
    (",", "."),
    ("at", "@"),
    ("＠", "@"),
    ("@", "@"),
    ("::", "::"),
    (":", ":"),
];

/// As above, where both sides are there: `(/)`.
const SLASH: (&str, &str) = ("/", "/");

/// What stands for a separator without brackets.
const BARE: [(&str, &str); 4] = [("\\.", "."), ("\\/", "/"), ("\\:", ":"), ("＠", "@")];

const OPENING: &[char] = &[
    '[', '(', '{', '<', '［', '（', '｛', '【', '「', '〔', '《', '〈', '«',
];
const CLOSING: &[char] = &[
    ']', ')', '}', '>', '］', '）', '｝', '】', '」', '〕', '》', '〉', '»',
];

/// Brackets in brackets are looked into this deep.
const DEPTH: usize = 3;

/// Characters of a `://` with its disguise at most.
const LONGEST_SEPARATOR: usize = 16;

/// Disguised schemes that are no pattern of the real one.
const SCHEMES: [(&str, &str); 6] = [
    ("meow", "http"),
    ("meows", "https"),
    ("fxp", "ftp"),
    ("fxps", "ftps"),
    ("ttp", "http"),
    ("ttps", "https"),
];

/// A scheme with its disguise is no longer than this.
const LONGEST_SCHEME: usize = 24;

/// `hxxps://evil[.]com` → `https://evil.com`. What is not disguised stays as it is.
pub fn refang(text: &str) -> String {
    Plain::of(text).text.into_owned()
}

/// Whether a text begins with a separator that is disguised by brackets: `[.]`, `【dot】`, `[://]`.
pub fn begins_with_disguise(text: &str) -> bool {
    text.starts_with(OPENING)
        && (in_brackets(text).is_some() || separator(text).is_some_and(|it| it.two.is_some()))
}

/// Whether a path has what a disguise begins with.
pub fn may_be_disguised(path: &[u8]) -> bool {
    path.iter().any(can_disguise)
}

fn can_disguise(byte: &u8) -> bool {
    matches!(
        byte,
        b'[' | b'(' | b'{' | b'<' | b']' | b'\\' | b':' | 0xc2 | 0xe3 | 0xef
    )
}

/// A text without its disguises, which remembers where each was.
pub(super) struct Plain<'a> {
    pub text: Cow<'a, str>,
    /// In order: the bytes of `text`, and those of the original that they stand for.
    undone: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Plain<'a> {
    pub fn of(original: &'a str) -> Self {
        let mut out = Undoing {
            original,
            text: String::new(),
            kept: 0,
            undone: Vec::new(),
        };
        let mut at = 0;
        while let Some(skipped) = original.as_bytes()[at..].iter().position(can_disguise) {
            at += skipped;
            at = out.step(at);
        }
        if out.undone.is_empty() {
            return Plain {
                text: Cow::Borrowed(original),
                undone: Vec::new(),
            };
        }
        out.keep(original.len());
        Plain {
            text: Cow::Owned(out.text),
            undone: out.undone,
        }
    }

    /// Where in the original a part of the text stands.
    pub fn original(&self, part: Range<usize>) -> Range<usize> {
        let start = match self.before(part.start) {
            Some((plain, original)) if part.start < plain.end => original.start,
            Some((plain, original)) => original.end + (part.start - plain.end),
            None => part.start,
        };
        let end = match self.before(part.end.saturating_sub(1)) {
            Some((plain, original)) if part.end <= plain.end => original.end,
            Some((plain, original)) => original.end + (part.end - plain.end),
            None => part.end,
        };
        start..end
    }

    /// Whether any of this part was disguised.
    pub fn is_disguised(&self, part: &Range<usize>) -> bool {
        self.before(part.end.saturating_sub(1))
            .is_some_and(|(plain, _)| plain.end > part.start)
    }

    /// The last disguise that begins at or before.
    fn before(&self, at: usize) -> Option<&(Range<usize>, Range<usize>)> {
        let count = self.undone.partition_point(|(plain, _)| plain.start <= at);
        self.undone[..count].last()
    }
}

/// A text while its disguises come off.
struct Undoing<'a> {
    original: &'a str,
    text: String,
    /// Up to where the original has been taken over.
    kept: usize,
    undone: Vec<(Range<usize>, Range<usize>)>,
}

impl Undoing<'_> {
    /// Undoes what begins at a byte, if anything does; gives where to go on.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.original[at..];
        let Some(first) = rest.chars().next() else {
            return at + 1;
        };
        if let Some(separator) = separator(rest) {
            self.keep(at);
            let is_known = scheme_at_end(&self.text).is_some();
            let length = if is_known {
                Some(separator.whole)
            } else {
                separator.two
            };
            if let Some(end) = length.map(|length| at + length) {
                match &self.original[at..end] == "://" {
                    true => self.keep(end),
                    false => self.undo(at..end, "://"),
                }
                self.undo_scheme();
                return end;
            }
        }
        if let Some((blanks, end, meant)) = self.in_brackets(at) {
            self.undo(blanks..end, meant);
            return end;
        }
        if let Some((written, meant)) = BARE.iter().find(|(written, _)| rest.starts_with(written)) {
            self.undo(at..at + written.len(), meant);
            return at + written.len();
        }
        // The regular expression's and the shell's: any number of them before a dot.
        let backslashes = rest.len() - rest.trim_start_matches('\\').len();
        match rest[backslashes..].starts_with('.') {
            true if backslashes > 0 => {
                self.undo(at..at + backslashes + 1, ".");
                return at + backslashes + 1;
            }
            // Only the last of them can begin something.
            _ if backslashes > 1 => return at + backslashes - 1,
            _ => {}
        }
        let end = at + first.len_utf8();
        let next_named = self.original[end..].starts_with(is_in_names);
        match first {
            '[' if rest.starts_with("[.") && self.follows_name(at) => {
                if self.original[at + 2..].starts_with(is_in_names) {
                    self.undo(at..at + 2, ".");
                    return at + 2;
                }
            }
            ']' if next_named && self.original[..at].ends_with('.') => {
                if self.original[..at - 1].ends_with(is_in_names) {
                    self.keep(at - 1);
                    self.undo(at - 1..end, ".");
                }
            }
            // Between two names it may end a sentence.
            '．' if self.original[..at].ends_with(|c: char| c.is_ascii_alphabetic())
                || rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_alphabetic()) => {}
            _ => {
                if let Some(narrow) = narrow(first) {
                    self.undo(at..end, narrow.encode_utf8(&mut [0; 4]));
                }
            }
        }
        end
    }

    /// `[.]`, ` [ dot ] `, `\[.\]`, `[[.]]`: where it begins and ends, and what it means. Blanks
    /// around it belong to it between two parts of a name.
    fn in_brackets(&self, at: usize) -> Option<(usize, usize, &'static str)> {
        let (meant, rest) = in_brackets(&self.original[at..])?;
        let end = self.original.len() - rest.len();
        let before = self.original[self.kept.min(at)..at].trim_end_matches(' ');
        let after = rest.trim_start_matches(' ');
        let is_between = before.ends_with(is_in_names) && after.starts_with(is_in_names);
        Some(match is_between && meant != ":" {
            true => (
                self.kept + before.len(),
                self.original.len() - after.len(),
                meant,
            ),
            false => (at, end, meant),
        })
    }

    fn follows_name(&self, at: usize) -> bool {
        self.original[..at].ends_with(is_in_names)
    }

    fn keep(&mut self, until: usize) {
        if self.kept < until {
            self.text.push_str(&self.original[self.kept..until]);
            self.kept = until;
        }
    }

    fn undo(&mut self, part: Range<usize>, meant: &str) {
        // What was taken over already and is part of a disguise after all.
        if let Some(over) = self.kept.checked_sub(part.start).filter(|over| *over > 0) {
            self.text.truncate(self.text.len().saturating_sub(over));
        }
        self.keep(part.start);
        let start = self.text.len();
        self.text.push_str(meant);
        self.undone.push((start..self.text.len(), part.clone()));
        self.kept = part.end;
    }

    /// The text ends with `://`: what stands before it may be a disguised scheme.
    fn undo_scheme(&mut self) {
        let Some(head) = self.text.strip_suffix("://") else {
            return;
        };
        let Some((start, scheme)) = scheme_at_end(head) else {
            return;
        };
        if head[start..] == *scheme {
            return;
        }
        let plain = Plain {
            text: Cow::Borrowed(""),
            undone: std::mem::take(&mut self.undone),
        };
        let part = plain.original(start..self.text.len());
        let part = part.start..self.kept.max(part.start);
        self.undone = plain.undone;
        let kept = self.undone.partition_point(|(plain, _)| plain.end <= start);
        self.undone.truncate(kept);
        self.text.truncate(start);
        self.text.push_str(scheme);
        self.text.push_str("://");
        self.undone.push((start..self.text.len(), part));
    }
}

/// `[.]`, `[ dot ]`, `\[.\]`, `[[.]]` at the beginning of a text: what it means, and what follows it.
fn in_brackets(text: &str) -> Option<(&'static str, &str)> {
    let (inner, depth) = bracketed(text, OPENING, DEPTH);
    if depth == 0 {
        return None;
    }
    let inner = inner.trim_start_matches(' ');
    let is_written = |written: &str| {
        let head = inner.get(..written.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(written))
    };
    let mut tables = IN_BRACKETS.iter().chain(std::iter::once(&SLASH));
    let (written, meant) = tables.find(|(written, _)| is_written(written))?;
    let rest = inner[written.len()..].trim_start_matches(' ');
    let (rest, closed) = bracketed(rest, CLOSING, depth);
    (closed > 0).then_some((*meant, rest))
}

/// Without the brackets that a text begins with, so many at most, escaped or not; and how many.
fn bracketed<'a>(text: &'a str, brackets: &[char], most: usize) -> (&'a str, usize) {
    let (mut text, mut count) = (text, 0);
    while count < most
        && let Some(rest) = text
            .strip_prefix('\\')
            .unwrap_or(text)
            .strip_prefix(brackets)
    {
        (text, count) = (rest, count + 1);
    }
    (text, count)
}

/// How long a `://` is.
struct Separator {
    /// With all slashes and backslashes that stand there: behind the scheme of the web a browser
    /// takes any number of them.
    whole: usize,
    /// With two slashes, where there are two.
    two: Option<usize>,
}

/// The `://` that a text begins with, however it is written: `[:]//`, `[://`, `:[/][/]`, `:\/\/`,
/// `：／／`, `:/`, `:\\`.
fn separator(text: &str) -> Option<Separator> {
    let (mut depth, mut has_colon, mut slashes) = (0, false, 0);
    let (mut whole, mut two) = (0, None);
    for (at, c) in text.char_indices().take(LONGEST_SEPARATOR) {
        let next = text[at + c.len_utf8()..].chars().next();
        let is_before = |wanted: &str| next.is_some_and(|c| wanted.contains(c));
        match c {
            ':' | '：' if !has_colon => has_colon = true,
            '/' | '／' if has_colon => slashes += 1,
            '\\' if has_colon || next.is_some_and(|c| OPENING.contains(&c)) => {}
            '\\' if depth > 0 && next.is_some_and(|c| CLOSING.contains(&c)) => {}
            ' ' if depth > 0 => {}
            c if OPENING.contains(&c) && !has_colon && is_before(":： ") => depth += 1,
            c if OPENING.contains(&c) && slashes < 2 && is_before("/／ ") => depth += 1,
            c if CLOSING.contains(&c) && depth > 0 => depth -= 1,
            _ => break,
        }
        whole = at + c.len_utf8();
        if slashes == 2 && (two.is_none() || CLOSING.contains(&c)) {
            two = Some(whole);
        }
    }
    let has_slash = text[..whole].contains(['/', '／', '\\']);
    (has_colon && has_slash).then_some(Separator { whole, two })
}

/// The scheme that a text ends with, and where it begins: `http` of `see h[tt]p`. Only those that
/// reports disguise.
fn scheme_at_end(text: &str) -> Option<(usize, &'static str)> {
    let in_one = |c: char| c.is_ascii_alphanumeric() || "*_#+-[](){}".contains(c);
    let run = text.len()
        - text
            .chars()
            .rev()
            .take(LONGEST_SCHEME)
            .take_while(|c| in_one(*c))
            .count();
    (run..text.len()).find_map(|start| {
        // No word ends in hxxp.
        let is_clear = text
            .get(start..start + 4)
            .is_some_and(|four| four.eq_ignore_ascii_case("hxxp"));
        let begins = is_clear || !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        let scheme = real_scheme(&text[start..]).filter(|_| begins)?;
        Some((start, scheme))
    })
}

fn real_scheme(written: &str) -> Option<&'static str> {
    let count = |brackets: &[char]| written.matches(brackets).count();
    if count(OPENING) != count(CLOSING) || written.starts_with(CLOSING) {
        return None;
    }
    let bare: String = written
        .replace(OPENING, "")
        .replace(CLOSING, "")
        .to_ascii_lowercase();
    if let Some((_, real)) = SCHEMES.iter().find(|(disguised, _)| *disguised == bare) {
        return Some(real);
    }
    let is_any = |bytes: &[u8]| bytes.iter().all(|byte| b"tx*_#+-".contains(byte));
    match bare.as_bytes() {
        [b'h', two @ .., b'p'] if two.len() == 2 && is_any(two) => Some("http"),
        [b'h', two @ .., b'p', b's'] if two.len() == 2 && is_any(two) => Some("https"),
        b"ftp" => Some("ftp"),
        _ => None,
    }
}

/// The ASCII form of a full-width letter, digit or dot.
fn narrow(c: char) -> Option<char> {
    let narrow = char::from_u32(u32::from(c).checked_sub(0xfee0)?)?;
    (narrow.is_ascii_alphanumeric() || narrow == '.').then_some(narrow)
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
            ("1.2.3.]4", "1.2.3.4"),
            ("bob[at]evil[.]com", "bob@evil.com"),
            ("bob (at) evil (dot) com", "bob@evil.com"),
            ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
            ("é", "é"),
            ("h[tt]p://evil.com", "http://evil.com"),
            ("see h**ps://evil.com", "see https://evil.com"),
            (
                "h__p://a http[s]://b (hxxp://c)",
                "http://a https://b (http://c)",
            ),
            (
                "meow://evil.com [http]://x fxp://y",
                "http://evil.com http://x ftp://y",
            ),
            ("xhttp://evil.com", "xhttp://evil.com"),
            ("x\\nhxxp://evil.com", "x\\nhttp://evil.com"),
            ("tcp[:]//x svn[:][/][/]x", "tcp://x svn://x"),
            ("http[:]//[2001:db8::1]/", "http://[2001:db8::1]/"),
            (
                "file:///etc C:\\\\evil.com\\\\x",
                "file:///etc C:\\\\evil.com\\\\x",
            ),
            ("evil．com. 8．8", "evil．com. 8.8"),
            ("hxxp[://]evil.com", "http://evil.com"),
            ("hxxp:\\\\evil.com\\x", "http://evil.com\\x"),
            ("http:/evil.com", "http://evil.com"),
            ("http:\\/\\/evil.com\\/x", "http://evil.com/x"),
            ("a:/evil.com", "a:/evil.com"),
            ("evil [.] com", "evil.com"),
            ("evil[ dot ]com", "evil.com"),
            (
                "evil{dot}com evil<.>com evil[,]com evil[/]x",
                "evil.com evil.com evil.com evil/x",
            ),
            ("www.evil\\.com", "www.evil.com"),
            ("evil\\\\.com", "evil.com"),
            ("[evil[.]com]", "[evil.com]"),
            ("ｈｔｔｐ：／／ｅｖｉｌ．ｃｏｍ", "http://evil.com"),
            ("see [1] (a) <b>", "see [1] (a) <b>"),
            ("evil［.］com", "evil.com"),
        ] {
            assert_eq!(refang(worn), meant, "{worn}");
        }
    }

    #[test]
    fn where_it_stood_is_known() {
        let text = "see hxxp://evil [.] com/x and b[.]org";
        let plain = Plain::of(text);
        let part = |sought: &str| {
            let at = plain.text.find(sought).unwrap();
            at..at + sought.len()
        };
        for (sought, stood) in [
            ("http://evil.com/x", "hxxp://evil [.] com/x"),
            ("evil", "evil"),
            ("com/x", "com/x"),
            ("b.org", "b[.]org"),
            ("and", "and"),
        ] {
            assert_eq!(&text[plain.original(part(sought))], stood);
            assert_eq!(
                plain.is_disguised(&part(sought)),
                sought != stood,
                "{sought}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_part_of_any_text_has_a_place(text in "[a-z.:/\\\\\\[\\]() 。：／ｈx*]{0,40}") {
            let plain = Plain::of(&text);
            let mut end = 0;
            for (at, c) in plain.text.char_indices() {
                let place = plain.original(at..at + c.len_utf8());
                proptest::prop_assert!(text.get(place.clone()).is_some(), "{:?} {:?}", plain.text, place);
                proptest::prop_assert!(place.end >= end);
                end = place.end;
            }
        }
    }
}
