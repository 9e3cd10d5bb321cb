//! What is said, in Chinese: messages are written in English where they are made, and put into
//! the language of the reader here, where they meet one. Pure.
//!
//! A line of the catalogue is an English template, a tab, and the Chinese one. `{}` stands for
//! whatever was put in, `{#}` for a number, `{c}` for a count of things, `{w}` for names without
//! blanks, `{q}` for what is quoted, `{?}` for what can be missing. In the Chinese one they follow
//! in the same order, or `{2}` is the second of them. What no template matches stays as it is.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::Lang;

const MESSAGES: &str = include_str!("messages.zh.tsv");

/// Longer ones are no sentences of ours.
const LONGEST: usize = 4096;

/// What one sentence is put together from at most.
const MAX_PARTS: usize = 12;

/// Causes within causes.
const MAX_DEPTH: usize = 4;

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(MESSAGES));

/// A message in this language, as far as the catalogue has it.
pub fn translate(text: &str, lang: Lang) -> Cow<'_, str> {
    let translated = match lang {
        Lang::En => None,
        Lang::Zh if text.len() > LONGEST => None,
        Lang::Zh => CHINESE.message(text, MAX_DEPTH),
    };
    translated.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The word before a message, in this language.
pub(super) fn label(prefix: &str, lang: Lang) -> &str {
    match (lang, prefix) {
        (Lang::Zh, "error: ") => "错误：",
        (Lang::Zh, "warning: ") => "警告：",
        (Lang::Zh, "note: ") => "注意：",
        (Lang::Zh, "  cause: ") => "  原因：",
        (Lang::Zh, "  hint:  " | "  tip: ") => "  提示：",
        (Lang::Zh, "Usage: ") => "用法：",
        _ => prefix,
    }
}

struct Catalogue {
    /// Those whose first word is fixed, by that word.
    by_word: HashMap<&'static str, Vec<Template>>,
    open: Vec<Template>,
}

struct Template {
    english: Vec<Piece>,
    chinese: Vec<Piece>,
    /// Bytes that are fixed in the English one.
    weight: usize,
}

enum Piece {
    Text(&'static str),
    /// The number of an argument from 0, and what it can be.
    Argument(usize, Kind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{}`
    Text,
    /// `{?}`: nothing, too.
    Optional,
    /// `{#}`: `1,000`, `0.5`.
    Number,
    /// `{w}`: a name, a path, several with commas, or something in quotes; no sentence.
    Words,
    /// `{c}`: `3 lines`.
    Count,
    /// `{q}`: something in quotes.
    Quoted,
    /// `'{}'`: what somebody typed, or is to type.
    Typed,
}

impl Kind {
    fn takes(self, text: &str) -> bool {
        let is_numeral = |byte: u8| byte.is_ascii_digit() || b",.".contains(&byte);
        let mut blanks = text.match_indices(' ');
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let is_quoted = inner.is_some_and(|inner| !inner.contains('"'));
        match self {
            Kind::Optional => true,
            Kind::Typed => !text.contains("': "),
            Kind::Text => !text.is_empty(),
            Kind::Number => !text.is_empty() && text.bytes().all(is_numeral),
            Kind::Words => {
                let is_listed = |(at, _): (usize, _)| text[..at].ends_with(',');
                !text.is_empty() && blanks.all(is_listed) || is_quoted
            }
            Kind::Quoted => is_quoted,
            Kind::Count => text.split_once(' ').is_some_and(|(number, things)| {
                Kind::Number.takes(number) && !things.is_empty() && !things.contains(' ')
            }),
        }
    }
}

impl Catalogue {
    fn of(messages: &'static str) -> Self {
        let mut catalogue = Catalogue {
            by_word: HashMap::new(),
            open: Vec::new(),
        };
        for (english, chinese) in messages.lines().filter_map(|line| line.split_once('\t')) {
            let template = Template::new(english, chinese);
            match first_word(&template.english) {
                Some(word) => catalogue.by_word.entry(word).or_default().push(template),
                None => catalogue.open.push(template),
            }
        }
        catalogue
    }

    /// The whole, or the parts that it is put together from.
    fn message(&self, text: &str, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        self.whole(text, depth)
            .or_else(|| list(text, ["; ", "；"], |part| self.message(part, depth)))
            .or_else(|| self.counts(text, depth))
            .or_else(|| self.chain(text, depth))
    }

    /// `3 found, 2 failed`
    fn counts(&self, text: &str, depth: usize) -> Option<String> {
        list(text, [", ", "，"], |part| self.whole(part, depth))
    }

    fn whole(&self, text: &str, depth: usize) -> Option<String> {
        let word = text.split(' ').next().unwrap_or(text);
        let known = self.by_word.get(word).into_iter().flatten();
        let fitting = known
            .chain(&self.open)
            .filter_map(|template| Some((template, arguments(&template.english, text)?)));
        let (template, arguments) = fitting.max_by_key(|(template, _)| template.weight)?;
        let mut translated = String::new();
        for piece in &template.chinese {
            match piece {
                Piece::Text(text) => translated.push_str(text),
                Piece::Argument(number, _) => {
                    let (argument, kind) = *arguments.get(*number)?;
                    let own = match kind {
                        Kind::Typed => None,
                        _ => of_words(argument, |argument| self.message(argument, depth)),
                    };
                    translated.push_str(own.as_deref().unwrap_or(argument));
                }
            }
        }
        Some(translated)
    }

    /// `evil.txt: cannot be read: it is empty`: a place, what failed, and why, each by itself.
    fn chain(&self, text: &str, depth: usize) -> Option<String> {
        let parts: Vec<_> = text.splitn(MAX_PARTS, ": ").collect();
        let (mut said, mut at) = (String::new(), 0);
        let (mut any, mut was_ours) = (false, false);
        while at < parts.len() {
            let known = (at + 1..=parts.len()).rev().find_map(|end| {
                // The whole was tried.
                let part = (end - at < parts.len()).then(|| parts[at..end].join(": "))?;
                let own = of_words(&part, |part| {
                    self.whole(part, depth).or_else(|| self.counts(part, depth))
                })?;
                Some((end, own))
            });
            let is_ours = known.is_some();
            // A place stands before what is ours; what follows it may be somebody else's words.
            let is_place = !any && !parts[at].contains(' ');
            if at > 0 {
                said.push_str(if was_ours || is_ours || is_place {
                    "："
                } else {
                    ": "
                });
            }
            (any, was_ours) = (any || is_ours, is_ours);
            let (end, part) = known.unwrap_or_else(|| (at + 1, parts[at].to_string()));
            said.push_str(&part);
            at = end;
        }
        any.then_some(said)
    }
}

/// The parts between the separators, if each that has several words is known.
fn list(
    text: &str,
    [english, chinese]: [&str; 2],
    translated: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let parts: Vec<_> = text.split(english).take(MAX_PARTS + 1).collect();
    if !(2..=MAX_PARTS).contains(&parts.len()) {
        return None;
    }
    let mut any = false;
    let parts = parts.into_iter().map(|part| {
        let own = of_words(part, &translated);
        any |= own.is_some();
        own.or_else(|| (!part.contains(' ')).then(|| part.to_string()))
    });
    let parts = parts.collect::<Option<Vec<_>>>()?;
    any.then(|| parts.join(chinese))
}

/// One word alone may be a name that somebody gave.
fn of_words(text: &str, translated: impl Fn(&str) -> Option<String>) -> Option<String> {
    text.contains(' ').then(|| translated(text)).flatten()
}

impl Template {
    fn new(english: &'static str, chinese: &'static str) -> Self {
        let english = pieces(english);
        let weight = english.iter().map(|piece| match piece {
            Piece::Text(text) => text.len(),
            // Of two that fit, the one that asks for more.
            Piece::Argument(_, kind) => usize::from(*kind != Kind::Text),
        });
        Template {
            weight: weight.sum(),
            english,
            chinese: pieces(chinese),
        }
    }
}

fn pieces(template: &'static str) -> Vec<Piece> {
    let (mut pieces, mut rest, mut next) = (Vec::new(), template, 0);
    while let Some((before, name, after)) = placeholder(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let kind = match name {
            "#" => Kind::Number,
            "w" => Kind::Words,
            "q" => Kind::Quoted,
            "c" => Kind::Count,
            "?" => Kind::Optional,
            _ if before.ends_with('\'') && after.starts_with('\'') => Kind::Typed,
            _ => Kind::Text,
        };
        let number = name.parse().map_or(next, |number: usize| number - 1);
        pieces.push(Piece::Argument(number, kind));
        next += 1;
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The first one, between what is before and behind it; other braces are text.
fn placeholder(template: &str) -> Option<(&str, &str, &str)> {
    template.match_indices('{').find_map(|(at, _)| {
        let (name, after) = template[at + 1..].split_once('}')?;
        let is_name = matches!(name, "" | "#" | "w" | "c" | "q" | "?" | "1" | "2" | "3");
        is_name.then_some((&template[..at], name, after))
    })
}

/// The word that each message of a template begins with.
fn first_word(english: &[Piece]) -> Option<&'static str> {
    match english {
        [Piece::Text(text)] => text.split(' ').next(),
        [Piece::Text(text), ..] => Some(text.split_once(' ')?.0),
        _ => None,
    }
}

/// What stands for the arguments, if the text is one of this template.
fn arguments<'a>(english: &[Piece], text: &'a str) -> Option<Vec<(&'a str, Kind)>> {
    match english {
        [] => text.is_empty().then(Vec::new),
        [Piece::Text(fixed), rest @ ..] => arguments(rest, text.strip_prefix(fixed)?),
        [Piece::Argument(_, kind)] => kind.takes(text).then(|| vec![(text, *kind)]),
        [Piece::Argument(_, kind), rest @ ..] => {
            let next = match rest {
                [Piece::Text(fixed), ..] => fixed,
                _ => "",
            };
            let ends = text.match_indices(next).map(|(end, _)| end);
            // What is put in before the end of a sentence is no chain of causes and no list of
            // clauses, unless something holds it together.
            let is_held = next.starts_with(['\'', ')']);
            let is_one = |text: &str| is_held || !text.contains(": ") && !text.contains("; ");
            let ends = ends.filter(|end| is_one(&text[..*end]));
            let ends = ends.filter(|end| kind.takes(&text[..*end]));
            ends.take(MAX_PARTS).find_map(|end| {
                let mut found = arguments(rest, &text[end..])?;
                found.insert(0, (&text[..end], *kind));
                Some(found)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese(text: &str) -> Cow<'_, str> {
        translate(text, Lang::Zh)
    }

    #[test]
    fn a_message_keeps_what_was_put_in() {
        for (english, chinese_one) in [
            (
                "quota: LeftCount 8, TotalCount 1,000",
                "配额：剩余 LeftCount 8，总量 TotalCount 1,000",
            ),
            (
                "there is no profile b in ~/x.toml",
                "~/x.toml 中没有配置组 b",
            ),
            // Parts, each by itself.
            (
                "3 inputs: 2 asked, 1 from the cache (up to 3 min old), 2 found",
                "3 个输入：已查询 2，来自缓存 1（最早 3 分钟前），命中 2",
            ),
            (
                "list.txt:3: \"foo bar\" is refused: not a domain name: it has no dot",
                "list.txt:3：\"foo bar\" 不被接受：不是域名：没有点号",
            ),
            (
                "1.2.3.4/24 is refused: it is an address range, and KTI knows IPv4 addresses and domains only",
                "1.2.3.4/24 不被接受：地址段不受支持：KTI 只查询 IPv4 地址和域名",
            ),
            (
                "asking a.example, b.example … 4 s",
                "正在询问 a.example, b.example … 4 秒",
            ),
            (
                "1,000 of 4,000, 35 found, 2 errors, 412/s, 8,766 left, 00:00:07 to go",
                "1,000/4,000，命中 35，出错 2，412/s，剩余 8,766，还需 00:00:07",
            ),
            (
                "9 rows: 1 asked + 2 cached + 0 empty + 3 failed + 3 skipped",
                "9 行：已查询 1 + 缓存 2 + 空 0 + 失败 3 + 跳过 3",
            ),
            (
                "1 log, 1,200 lines, 5 lines with a match, 3 lines ignored",
                "1 个日志，1,200 行，5 行有匹配，忽略 3 行",
            ),
            (
                "9 rows: 1 asked + 2 cached + 0 empty + 6 failed",
                "9 行：已查询 1 + 缓存 2 + 空 0 + 失败 6",
            ),
            (
                "2 indicators in 1 line: 1 URL, 1 hash; 1 hash is nothing for KTI; 1 name that could be a file left out (--loose takes them)",
                "1 行中有 2 个指标：1 个 URL，1 个哈希；1 个哈希不适用于 KTI；已略去 1 个可能是文件的名称（--loose 可包含它们）",
            ),
            (
                "1 file, 2 lines, 0 with a match; index of 2026-11-26, 11 indicators",
                "1 个文件，2 行，有匹配 0；索引（2026-11-26），11 个指标",
            ),
            (
                "2 counts are not whole numbers: shown as sent, in no sum (first CN, Beijing: \"a; b\")",
                "2 个计数不是整数：原样显示，不计入合计（首个：CN, Beijing: \"a; b\"）",
            ),
            (
                "2 new, 0 worse, 1 better, 9 as before, 3 not known, as an answer is missing; what is gone is not known, as not all inputs were read",
                "新增 2，加重 0，减轻 1，不变 9，因缺少应答而未知 3；移除情况未知，因未读取全部输入",
            ),
            (
                "a.example closed the connection without an answer: connection closed before message completed; asking again in 0.3 s (try 2 of 5)",
                "a.example 未作应答就关闭了连接：消息未完成时连接已关闭；0.3 秒后重试（第 2 次，共 5 次）",
            ),
            (
                "8.8.8.8: kti: KTI answered with an error: Odd: User: it said so (HTTP 400)",
                "8.8.8.8：kti：KTI 返回了错误：Odd: User: it said so (HTTP 400)",
            ),
            (
                "invalid value 'a b' for '--check <COMMAND>': expected a command with {} for the file: 'yara -w {} /dev/null'",
                "'--check <COMMAND>' 的值 'a b' 无效：应为用 {} 代表文件的命令：'yara -w {} /dev/null'",
            ),
            // What was typed is kept.
            (
                "invalid value 'not set: it is empty' for '--max-age <TIME>': it is empty",
                "'--max-age <TIME>' 的值 'not set: it is empty' 无效：内容为空",
            ),
            (
                "say where it is: --set 'kti.a={ env = \"NAME\" }', or { command | file = … }",
                "请说明其位置：--set 'kti.a={ env = \"NAME\" }'，或 { command | file = … }",
            ),
        ] {
            assert_eq!(chinese(english), chinese_one);
            assert_eq!(translate(english, Lang::En), english);
        }
    }

    #[test]
    fn what_nobody_translated_stays_as_it_is() {
        for text in [
            "",
            "a sentence of a service",
            // Its end alone is one of ours.
            "the password must be set",
            "a great deal found",
            "one, two, a third one",
            "1.2.3.4/24 was asked: it is one range, and KTI knows none",
            // Names that somebody gave.
            "x: none: y",
            "Signature is invalid",
            "denied, by the owner of it",
        ] {
            assert_eq!(chinese(text), text);
        }
        let long = "not ready: ".repeat(1000);
        assert_eq!(chinese(&long), long);
    }

    fn sample(number: usize, kind: Kind) -> String {
        match kind {
            Kind::Number => format!("{}", number + 7),
            Kind::Count => format!("{} things", number + 7),
            Kind::Quoted => format!("\"a b{number}\""),
            _ => format!("Zq{number}"),
        }
    }

    #[test]
    fn each_template_is_found_by_its_own_messages() {
        for line in MESSAGES.lines() {
            let (english, translated) = line.split_once('\t').unwrap();
            let template = Template::new(english, translated);
            let filled: String = template
                .english
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text.to_string(),
                    Piece::Argument(number, kind) => sample(*number, *kind),
                })
                .collect();
            let expected = template.chinese.iter().map(|piece| match piece {
                Piece::Text(text) => text.to_string(),
                Piece::Argument(number, _) => {
                    let of =
                        |piece: &&Piece| matches!(piece, Piece::Argument(at, _) if at == number);
                    match template.english.iter().find(of) {
                        Some(Piece::Argument(_, kind)) => sample(*number, *kind),
                        _ => panic!("{line}"),
                    }
                }
            });
            assert_eq!(chinese(&filled), expected.collect::<String>(), "{english}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_too_odd_to_be_looked_at(text in "(it|is|[a-z]{1,3}|: |, |; |no |[{}#0-9]| ){0,60}") {
            let _ = chinese(&text);
        }
    }
}
