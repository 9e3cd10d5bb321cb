//! What people put round an indicator in a text: quotes, brackets, bullets, numbers, labels.

use std::net::Ipv6Addr;

use super::letters::is_in_names;

/// Words before a colon that say what follows, without blanks, hyphens and underscores.
const LABELS: [&str; 42] = [
    "address",
    "addr",
    "c2",
    "cc",
    "cnc",
    "domain",
    "domainname",
    "dst",
    "dstip",
    "email",
    "fqdn",
    "from",
    "hash",
    "host",
    "hostname",
    "indicator",
    "ioc",
    "ip",
    "ipaddress",
    "ipaddr",
    "ipv4",
    "ipv6",
    "link",
    "mail",
    "mailto",
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "site",
    "source",
    "src",
    "srcip",
    "to",
    "url",
    "website",
    "域名",
    "地址",
    "ip地址",
    "网址",
    "链接",
    "哈希",
];

/// Without all that; what is left may be disguised still.
pub(super) fn peel(text: &str) -> String {
    let mut left = text.to_string();
    loop {
        let once = without_brackets(without_label(without_number(without_edges(&left))));
        if once.len() == left.len() {
            return left;
        }
        left = once;
    }
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
        '*' => !rest.starts_with('.'),
        ':' => !rest.starts_with(':'),
        '-' | '+' => rest.starts_with([' ', '\t', '-', '+']),
        '[' => !rest.contains(']'),
        _ if c.is_ascii() => c.is_ascii_control() || " \"'`<(){|~,;!>=#&^]}".contains(c),
        _ => is_around(c),
    }
}

/// Whether a character behind `rest` belongs to no indicator.
fn closes(c: char, rest: &str) -> bool {
    let is_open = |opening: char| rest.matches(opening).count() > rest.matches(c).count();
    match c {
        '*' => !rest.ends_with('.'),
        ':' => !rest.ends_with(':'),
        '-' => rest.ends_with([' ', '\t', '-']),
        '?' => !rest.contains('/'),
        ')' => !is_open('('),
        ']' => !is_open('['),
        '}' => !is_open('{'),
        '.' => rest.ends_with('.'),
        _ if c.is_ascii() => c.is_ascii_control() || " \"'`<({[|~,;!>^\\".contains(c),
        _ => is_around(c),
    }
}

/// Of what is not ASCII, all that names are not made of, and what only joins letters in them.
fn is_around(c: char) -> bool {
    let joins =
        matches!(c, '·' | '・' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    joins || !is_in_names(c)
}

/// `1. evil.com`, `(2) evil.com`, `a) evil.com`, `三、evil.com`.
fn without_number(text: &str) -> &str {
    let inner = text.trim_start_matches(['(', '[', '（']);
    let is_opened = inner.len() < text.len();
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let number = inner.len() - inner.trim_start_matches(digit).len();
    let (number, rest) = match number {
        0 if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) => return text,
        0 => inner.split_at(1),
        _ => inner.split_at(number),
    };
    let Some(end) = rest.chars().next() else {
        return text;
    };
    let after = &rest[end.len_utf8()..];
    let has_blank = after.starts_with(char::is_whitespace);
    let ends = match end {
        '、' | '）' | '．' => number.starts_with(digit),
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
    let in_label = |c: char| c.is_alphanumeric() || " -_#".contains(c);
    let is_label = !label.trim().is_empty()
        && label.split_whitespace().count() <= 3
        && label.chars().all(in_label);
    let word = label.replace([' ', '-', '_'], "").to_lowercase();
    let is_known = LABELS.contains(&word.as_str());
    let ends = match separator {
        Some('=') => is_known,
        Some('：') => !rest.starts_with(['/', '／']),
        _ => is_known || rest.starts_with(char::is_whitespace),
    };
    match is_label && ends && !rest.trim().is_empty() && !rest.starts_with("//") {
        true => rest,
        false => text,
    }
}

/// `[evil.com]`, `[8.8.8.8]:25`; an IPv6 address keeps its brackets before a port.
fn without_brackets(text: &str) -> String {
    let inside = text.strip_prefix('[').and_then(|rest| {
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += i32::from(c == '[') - i32::from(c == ']');
            depth == 0
        })?;
        Some((&rest[..end], &rest[end + 1..]))
    });
    match inside {
        Some((inner, "")) => inner.to_string(),
        Some((inner, after))
            if after.starts_with([':', '/']) && inner.parse::<Ipv6Addr>().is_err() =>
        {
            format!("{inner}{after}")
        }
        _ => text.to_string(),
    }
}
