use std::net::Ipv4Addr;

use crate::indicator::domain::{has_public_suffix, is_like_file};
use crate::indicator::letters::{is_dot, is_in_names, parts};

use super::{begins_with_entity, ends_in_string, next_word, string_escape, trimmed};

/// What another URL can begin with, longest first.
const SCHEMES: [&str; 3] = ["https", "http", "ftp"];

/// Where a URL ends that has begun before: at what no URL holds, at a comma before the next one,
/// at a bracket that closes what was opened before it, where the script changes.
pub(super) fn url_end(text: &str, from: usize) -> usize {
    let mut open = (0, 0);
    let mut before = '/';
    let mut end = text.len();
    let (mut is_host, mut glued) = (true, 0);
    for (at, c) in text[from..].char_indices() {
        let rest = &text[from + at..];
        let stops = match c {
            _ if c.is_ascii_alphanumeric() => !before.is_ascii() && parts(before, c),
            '(' | '[' => {
                *side(&mut open, c) += 1;
                false
            }
            ')' | ']' => {
                let open = side(&mut open, c);
                *open -= 1;
                *open < 0
            }
            ',' | ';' => begins_another(&rest[1..]),
            '\\' => ends_in_string(&text[from..=from + at], &rest[1..]),
            // Another one, right behind its host.
            ':' if is_host && rest.starts_with("://") => {
                let before = text[from..from + at].to_ascii_lowercase();
                let scheme = SCHEMES.iter().find(|scheme| before.ends_with(*scheme));
                glued = scheme.map_or(0, |scheme| scheme.len());
                glued > 0
            }
            '&' => begins_with_entity(rest.as_bytes()),
            '#' => string_escape(b"#", &rest.as_bytes()[1..]).is_some(),
            _ if c.is_ascii() => c.is_ascii_control() || " \"'<>`{}|^".contains(c),
            _ if is_host && is_dot(c) => {
                let next = rest.chars().nth(1);
                !next.is_some_and(|next| joins_labels(&text[from..from + at], next))
            }
            _ => !is_in_names(c) || parts(before, c),
        };
        if stops {
            end = from + at - glued;
            break;
        }
        is_host &= !matches!(c, '/' | '?' | '#' | '\\');
        before = if is_dot(c) { '.' } else { c };
    }
    from + text[from..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '~', '\\', '(', '['])
        .len()
}

/// Whether the dot of another script behind this part of a host is one of its dots, and not the
/// end of a sentence.
fn joins_labels(host: &str, next: char) -> bool {
    let goes_on = match host.is_ascii() {
        true => next.is_ascii_alphanumeric(),
        false => is_in_names(next),
    };
    let is_whole = || has_public_suffix(&host.replace(is_dot, ".").to_lowercase());
    goes_on && !host.contains('.') && !(host.contains(is_dot) && is_whole())
}

fn side(open: &mut (i32, i32), bracket: char) -> &mut i32 {
    match bracket {
        '(' | ')' => &mut open.0,
        _ => &mut open.1,
    }
}

/// Characters that are looked at to see what a comma separates.
const AHEAD: usize = 256;

/// Whether a URL, an address or a name follows.
fn begins_another(text: &str) -> bool {
    let end = text
        .char_indices()
        .nth(AHEAD)
        .map_or(text.len(), |(end, _)| end);
    let text = &text[..end];
    let Some(word) = next_word(text, 0).filter(|word| word.start <= 1) else {
        return false;
    };
    let part = trimmed(text, word.clone());
    let name = text[part].to_lowercase();
    // Behind a name in Latin letters a text without blanks may go on.
    let latin = name.find(|c: char| !c.is_ascii()).unwrap_or(name.len());
    let name = if latin == 0 { &name } else { &name[..latin] };
    text[word.end..].starts_with("://")
        || name.parse::<Ipv4Addr>().is_ok()
        || (name.contains('.') && has_public_suffix(name) && !is_like_file(name))
}
