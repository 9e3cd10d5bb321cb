//! Text broken between words at the width of a terminal. Pure.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Less than this is left to no line, however narrow the terminal.
const LEAST: usize = 20;

/// Whatever can be copied into a shell and begins so.
const PROGRAMS: [&str; 6] = ["ti", "chmod", "export", "openssl", "ulimit", "date"];

/// Broken so that each line has room in `width` columns of which the first `indent` are taken: in
/// the first line by what stands before the text, in the others by blanks. A command stays in one
/// line where it has room in one; a word is never broken.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let room = width.saturating_sub(indent).max(LEAST);
    let mut lines = vec![String::new()];
    let mut taken = 0;
    for (blanks, piece) in pieces(text, room) {
        let needed = blanks.width() + piece.width();
        match lines.last_mut() {
            Some(line) if taken == 0 || taken + needed <= room => {
                line.push_str(blanks);
                line.push_str(piece);
                taken += needed;
            }
            _ => {
                lines.push(piece.to_string());
                taken = piece.width();
            }
        }
    }
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// What is kept together, each with the blanks before it.
fn pieces(text: &str, room: usize) -> Vec<(&str, &str)> {
    let words = words(text);
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(first) = words.get(at) {
        let texts: Vec<_> = words[at..].iter().map(|word| &text[word.clone()]).collect();
        let whole = first.start..words[at + command(&texts) - 1].end;
        let kept = match text[whole.clone()].width() <= room {
            true => whole,
            // One that has no room in a line is broken like any other text.
            false => first.clone(),
        };
        let before = pieces.last().map_or(0, |_| words[at - 1].end);
        pieces.push((&text[before..kept.start], &text[kept.clone()]));
        at += words[at..]
            .iter()
            .take_while(|word| word.end <= kept.end)
            .count();
    }
    pieces
}

/// Where a line may end: at blanks, between the characters of a script without any, and behind
/// its punctuation.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let (mut is_open, mut before) = (false, ' ');
    let is_wide = |c: char| c.width() == Some(2);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let is_behind = is_wide(before) && is_wide(c) || "，、；：。！？）".contains(before);
        let may_begin = is_behind && c.is_alphanumeric();
        match words.last_mut() {
            _ if c == ' ' => is_open = false,
            Some(word) if is_open && !may_begin => word.end = end,
            _ => {
                words.push(at..end);
                is_open = true;
            }
        }
        before = c;
    }
    words
}

/// How many words from the first on are a command that a person may copy; 1 where none begins.
fn command(words: &[&str]) -> usize {
    let is_name = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    // Of lower-case words the first two belong to it, as in `ti kti search`.
    let names = match words {
        [first, rest @ ..] if PROGRAMS.contains(first) => {
            rest.iter().take(2).take_while(is_name).count()
        }
        [first, ..] if first.starts_with("--") => 0,
        _ => return 1,
    };
    let goes_on = |pair: &&[&str]| !pair[0].ends_with([',', ';', ':', ')']) && is_argument(pair[1]);
    1 + names + words[names..].windows(2).take_while(goes_on).count()
}

/// What stands behind a command and is no word of the sentence: a flag, a path, `NAME`, `600`.
fn is_argument(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    let is_placeholder = has(u8::is_ascii_alphanumeric) && !has(u8::is_ascii_lowercase);
    is_placeholder
        || word.starts_with(['-', '\'', '"', '<'])
        || word.trim_end_matches('.').contains(['/', '=', '~', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_hang() {
        for (text, width, indent, lines) in [
            ("", 30, 7, ""),
            ("short", 30, 7, "short"),
            (
                "nothing was asked and no quota was spent at all",
                30,
                7,
                "nothing was asked and\n       no quota was spent at\n       all",
            ),
            // Blanks stay where no line ends.
            (
                "set  service = 1  under it",
                40,
                0,
                "set  service = 1  under it",
            ),
            // A word is never broken.
            (
                "see https://tip.kaspersky.com/help/api here",
                24,
                0,
                "see\nhttps://tip.kaspersky.com/help/api\nhere",
            ),
            // Nor is a command, where a line has room for it.
            (
                "the IDs are in ti kaspersky list --since 7d",
                34,
                0,
                "the IDs are in\nti kaspersky list --since 7d",
            ),
            (
                "make it yours: chmod 600 /home/a/.config/ti/config.toml",
                44,
                0,
                "make it yours:\nchmod 600 /home/a/.config/ti/config.toml",
            ),
            (
                "write it to a file: --output FILE",
                27,
                0,
                "write it to a file:\n--output FILE",
            ),
            (
                "leave out --json, --ndjson and --csv",
                20,
                0,
                "leave out --json,\n--ndjson and --csv",
            ),
            // One that is longer than a line is broken all the same.
            (
                "ti kti search --profile NAME --config FILE",
                24,
                0,
                "ti kti search --profile\nNAME --config FILE",
            ),
            (
                "输入的域名格式不正确，请检查输入的域名",
                22,
                0,
                "输入的域名格式不正确，\n请检查输入的域名",
            ),
            (
                "请写成 2025-01-31、today、yesterday，或用命令：ti config check",
                26,
                0,
                "请写成 2025-01-31、today、\nyesterday，或用命令：\nti config check",
            ),
            // However narrow the window, there is something to read.
            (
                "one two three four five",
                4,
                7,
                "one two three four\n       five",
            ),
        ] {
            assert_eq!(wrap(text, width, indent), lines);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(text in "([a-z-]{1,9}|ti|[A-Z]{2,5}|[一-三，]{1,9}| ){0,30}", width in 0_usize..60) {
            let wrapped = wrap(&text, width, 4);
            let bare = |text: &str| text.replace([' ', '\n'], "");
            proptest::prop_assert_eq!(bare(&wrapped), bare(&text));
        }
    }
}
