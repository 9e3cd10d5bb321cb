//! What people put round an indicator in a text: quotes, brackets, bullets, numbers, labels.

use std::net::Ipv6Addr;

use super::idna2008::has_reading;
use super::letters::{
    is_dot, is_enumerator, is_in_names, is_joiner, is_letter_or_digit, is_like_quote, is_skin,
};

/// Words before a colon that say what follows, without blanks, hyphens and underscores.
const LABELS: &str = "\
    address addr blob c2 cc cnc domain domainname dst dstip email feed fqdn from hash host \
    hostname href http https hxxp hxxps indicator ioc ip ipaddress ipaddr ipv4 ipv6 link \
    mail mailto md5 sha1 sha256 sha512 site source src srcip to url viewsource website 域名 地址 \
    ip地址 网址 链接 哈希";

/// Without all that; what is left may be disguised still.
pub(super) fn peel(text: &str) -> String {
    let mut left = text.to_string();
    loop {
        let bare = without_number(without_edges(without_signs(&left)));
        let once = without_brackets(without_label(bare));
        if once.len() == left.len() {
            return left;
        }
        left = once;
    }
}

/// Without words at its ends that have neither letter nor digit: `->`, `[+]`, `🔥`, `#️⃣`.
fn without_signs(text: &str) -> &str {
    let is_sign =
        |word: &str| !word.contains(|c: char| c.is_alphanumeric() && is_letter_or_digit(c));
    let mut text = text.trim();
    while let Some((first, rest)) = text.split_once(char::is_whitespace)
        && is_sign(first)
    {
        text = rest.trim_start();
    }
    while let Some((rest, last)) = text.rsplit_once(char::is_whitespace)
        && is_sign(last)
    {
        text = rest.trim_end();
    }
    text
}

fn without_edges(text: &str) -> &str {
    let mut text = text;
    while let Some(first) = text.chars().next()
        && opens(first, &text[first.len_utf8()..])
    {
        text = &text[first.len_utf8()..];
    }
    while let Some(last) = text.chars().next_back()
        && closes(last, &text[..text.len() - last.len_utf8()])
    {
        text = &text[..text.len() - last.len_utf8()];
    }
    match text
        .strip_prefix('_')
        .and_then(|text| text.strip_suffix('_'))
    {
        Some(emphasised) => emphasised,
        None => text,
    }
}

/// Whether a character before `rest` belongs to no indicator.
fn opens(c: char, rest: &str) -> bool {
    match c {
        '*' => !rest.starts_with(['.', ':', '/']),
        ':' => !rest.starts_with(':'),
        '-' | '+' => rest.starts_with([' ', '\t', '-', '+']),
        // A pair of brackets may be part of a disguise.
        '[' => !rest.contains(']'),
        '(' => !rest.contains(')'),
        '{' => !rest.contains('}'),
        // As strings in JSON and in Markdown are written.
        '\\' => rest.starts_with(|c: char| c.is_ascii_punctuation() && !"./\\".contains(c)),
        _ if c.is_ascii() => c.is_ascii_control() || " \"'`<)|~,;!>=#&^]}".contains(c),
        // What can be read as part of the name is no bullet.
        _ => {
            let reads = !is_enumerator(c) && !is_joiner(c) && has_reading(c);
            is_around(c) && !rest.starts_with(is_dot) && !reads
        }
    }
}

/// Whether a character behind `rest` belongs to no indicator.
fn closes(c: char, rest: &str) -> bool {
    let is_open = |opening: char| rest.matches(opening).count() > rest.matches(c).count();
    match c {
        '*' => !rest.ends_with('.'),
        ':' => !rest.ends_with(':'),
        '-' => rest.trim_end_matches('-').ends_with([' ', '\t']),
        '?' | '=' | '$' => !rest.contains(['/', '?']),
        ')' => !is_open('('),
        ']' => !is_open('['),
        '}' => !is_open('{'),
        '.' => true,
        _ if c.is_ascii() => c.is_ascii_control() || " \"'`<({[|~,;!>^\\".contains(c),
        _ => is_around(c) || is_like_quote(c),
    }
}

/// Of what is not ASCII, all that names are not made of, and what only joins letters in them.
fn is_around(c: char) -> bool {
    is_joiner(c) || is_skin(c) || !is_in_names(c)
}

/// `1. evil.com`, `(2) evil.com`, `a) evil.com`, `三、evil.com`, `1️⃣evil.com`.
fn without_number(text: &str) -> &str {
    let inner = text.trim_start_matches(['(', '[', '（']);
    let is_opened = inner.len() < text.len();
    let digit = |c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)
    };
    let number = inner.len() - inner.trim_start_matches(digit).len();
    let (number, rest) = match number {
        0 if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) => return text,
        0 => inner.split_at(1),
        _ => inner.split_at(number),
    };
    let form = rest.strip_prefix('\u{fe0f}').unwrap_or(rest);
    if let Some(after) = form.strip_prefix('\u{20e3}') {
        return after;
    }
    let Some(end) = rest.chars().next() else {
        return text;
    };
    let after = &rest[end.len_utf8()..];
    let has_blank = after.starts_with(char::is_whitespace);
    let ends = match end {
        '、' | '）' => number.starts_with(digit),
        // `８．８．８．８` is no list.
        '．' => number.starts_with(digit) && after.contains('.'),
        ']' => is_opened && has_blank,
        '.' | ')' => has_blank,
        _ => false,
    };
    match ends && !after.trim().is_empty() {
        true => after,
        false => text,
    }
}

/// `IP: 192.0.2.1`, `域名：evil.com`, `SHA256:…`; without a blank, only words that are known.
fn without_label(text: &str) -> &str {
    let Some(at) = text.find([':', '：', '=']) else {
        return text;
    };
    let (label, rest) = text.split_at(at);
    let mut rest = rest.chars();
    let separator = rest.next();
    let rest = rest.as_str();
    let in_label = |c: char| c.is_alphanumeric() || " -_#&".contains(c);
    let is_label = !label.trim().is_empty()
        && label.split_whitespace().count() <= 3
        && label.chars().all(in_label);
    let word = label.replace([' ', '-', '_'], "").to_lowercase();
    let is_known = || LABELS.split(' ').any(|label| label == word);
    let ends = || match separator {
        Some('=') => is_known(),
        Some('：') => !rest.starts_with(['/', '／']),
        // No scheme is of another script.
        _ => is_known() || !label.is_ascii() || rest.starts_with(char::is_whitespace),
    };
    let is_scheme = word.starts_with("http") || word.starts_with("hxxp");
    let begins = match is_scheme {
        true => rest.trim().starts_with(char::is_alphanumeric),
        false => !rest.trim().is_empty() && !rest.starts_with(['/', '\\']),
    };
    match is_label && begins && ends() {
        true if word == "mailto" => rest.split('?').next().unwrap_or_default(),
        true => rest,
        false => text,
    }
}

/// `[evil.com]`, `(evil.com)`, `[8.8.8.8]:25`; an IPv6 address keeps its brackets before a port.
fn without_brackets(text: &str) -> String {
    let pair = ["[]", "()", "{}"].iter().find_map(|pair| {
        let (opening, closing) = (pair.chars().next()?, pair.chars().last()?);
        let rest = text.strip_prefix(opening)?;
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += i32::from(c == opening) - i32::from(c == closing);
            depth == 0
        })?;
        Some((&rest[..end], &rest[end + 1..]))
    });
    let Some((inner, after)) = pair else {
        return text.to_string();
    };
    let is_length = |length: &str| length.bytes().all(|byte| byte.is_ascii_digit());
    let is_range = after.strip_prefix('/').is_some_and(is_length);
    let address = inner.split('%').next().unwrap_or_default();
    match address.parse::<Ipv6Addr>().is_err() || is_range {
        _ if after.is_empty() => inner.to_string(),
        true if after.starts_with([':', '/']) => format!("{inner}{after}"),
        _ => text.to_string(),
    }
}
