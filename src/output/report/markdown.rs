//! A report as Markdown, as CommonMark and GitHub read it: every text is nothing but text. Pure.

use crate::console::sanitise;
use crate::document::{List, Text};

use super::{Report, lines};

pub(super) fn render(report: &Report) -> String {
    let mut blocks = vec![format!("# {}", text(&report.title))];
    blocks.extend(report.sample.map(|sample| format!("**{}**", text(sample))));
    blocks.push(text(&report.date));
    let remarks = report.remarks.iter();
    blocks.extend(remarks.map(|remark| format!("> {}", text(remark))));
    let numbers = report.headline.iter();
    let numbers: Vec<_> = numbers
        .map(|(count, unit)| format!("- **{}** {}", text(count), text(unit)))
        .collect();
    blocks.push(numbers.join("\n"));
    let facts = report.facts.iter();
    blocks.extend(facts.map(|(name, fact)| format!("**{}:** {}", text(name), text(fact))));
    blocks.extend(report.overview.as_ref().map(table));
    for card in &report.cards {
        blocks.push(format!("## {}", text(&card.title.text)));
        if !card.verdict.text.is_empty() {
            blocks.push(format!("**{}**", text(&card.verdict.text)));
        }
        for part in &card.sections {
            blocks.push(format!("### {}", text(&part.title)));
            let is_named = |(name, _): &&(String, Text)| !name.is_empty();
            let named = part.rows.iter().filter(is_named);
            let named: Vec<_> = named
                .map(|(name, value)| format!("- **{}:** {}", text(name), text(&value.text)))
                .collect();
            blocks.push(named.join("\n"));
            let prose = part.rows.iter().filter(|row| !is_named(row));
            let prose = prose.flat_map(|(_, value)| lines(&value.text));
            blocks.extend(prose.map(text));
        }
    }
    if let Some((title, list)) = report.list {
        blocks.extend([format!("## {}", text(title)), table(list)]);
    }
    if let Some((title, names)) = &report.folded {
        blocks.extend([format!("## {}", text(title)), text(names)]);
    }
    blocks.extend(report.empty.map(text));
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

fn table(list: &List) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<_> = cells.collect();
        format!("| {} |", cells.join(" | "))
    };
    let titles = line(&mut list.titles.iter().map(|title| text(title)));
    let rule = line(&mut list.titles.iter().map(|_| "---".to_string()));
    let rows = list.rows.iter();
    let rows = rows.map(|row| line(&mut row.iter().map(|cell| text(&cell.text))));
    [titles, rule]
        .into_iter()
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Text that no reader of Markdown takes for anything else: neither markup nor HTML, nor an address
/// that becomes a link, which is disguised as an indicator is. On one line.
fn text(plain: &str) -> String {
    let safe = sanitise(plain.trim());
    let mut escaped = String::with_capacity(safe.len() + 8);
    let leads_list = leads_list(&safe);
    for (at, character) in safe.char_indices() {
        let rest = &safe[at..];
        match character {
            '\\' => escaped.push_str("&#92;"),
            '|' => escaped.push_str("&#124;"),
            '`' => escaped.push_str("&#96;"),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("\\[@\\]"),
            ':' if rest.starts_with("://") => escaped.push_str("\\[:\\]"),
            '.' if ends_in_www(&safe[..at]) => escaped.push_str("\\[.\\]"),
            '*' | '_' | '[' | ']' | '#' | '~' | '$' | '^' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '+' | '-' | '=' | '.' | ')' if Some(at) == leads_list => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Where the character is that makes a list, or a rule, of a line: `- `, `1. `, `---`, `===`.
fn leads_list(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let begins = text[digits..].chars().next()?;
    let is_marker = match digits {
        0 => "+-=".contains(begins),
        _ => ".)".contains(begins),
    };
    let mut behind = text[digits..].trim_start_matches(begins).chars();
    (is_marker && behind.next().is_none_or(char::is_whitespace)).then_some(digits)
}

fn ends_in_www(text: &str) -> bool {
    let begin = text.len().checked_sub(3);
    begin.is_some_and(|begin| text.as_bytes()[begin..].eq_ignore_ascii_case(b"www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_nothing_but_text() {
        for (plain, written) in [
            ("C2, Malware", "C2, Malware"),
            ("2026-10-12", "2026-10-12"),
            ("evil[.]com", "evil\\[.\\]com"),
            ("a|b", "a&#124;b"),
            ("a\\|b", "a&#92;&#124;b"),
            ("`a`", "&#96;a&#96;"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("![x](http://evil.com)", "!\\[x\\](http\\[:\\]//evil.com)"),
            ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            (
                "*b* _i_ ~~s~~ #1 $x$",
                "\\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\#1 \\$x\\$",
            ),
            ("bob@evil.com", "bob\\[@\\]evil.com"),
            ("WWW.evil.com", "WWW\\[.\\]evil.com"),
            ("- a", "\\- a"),
            ("--- a", "\\--- a"),
            ("--save", "--save"),
            ("192.0.2.1", "192.0.2.1"),
            ("===", "\\==="),
            ("12) a", "12\\) a"),
            ("1. a", "1\\. a"),
            ("1.", "1\\."),
            (
                "a\r\nb\u{1b}[31m\u{202e}",
                "a&#92;r&#92;nb&#92;x1b\\[31m&#92;u{202e}",
            ),
            ("恶意", "恶意"),
            ("", ""),
        ] {
            assert_eq!(text(plain), written);
        }
    }

    proptest::proptest! {
        /// Whatever it is, it has no character left that is markup by itself.
        #[test]
        fn nothing_is_left_that_is_markup(plain in "\\PC{0,20}|[-a1.)|`<>&*_\\[\\]@:/\\\\w\n ]{0,12}") {
            let written = text(&plain);
            let bare = written.replace("\\[", "").replace("\\]", "");
            proptest::prop_assert!(!bare.contains(['|', '`', '<', '>', '\n', '[', ']']), "{written}");
            proptest::prop_assert!(!written.contains("://"));
        }
    }
}
