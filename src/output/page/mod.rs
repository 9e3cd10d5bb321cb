//! What every page of HTML has: its head, its look, and text that is nothing but text.
//! Self-contained, without scripts, right in light and in dark, on a desk, in a hand and on paper. Pure.

use crate::console::sanitise;
use crate::document::{Label, Lang, Phrase, Text};

const STYLE: &str = include_str!("page.css");

/// Text in HTML or SVG, between tags or in an attribute.
pub(in crate::output) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in sanitise(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Two characters that XML does not allow, whatever Unicode says of them.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What a picture or a report of invented data says of itself.
pub(in crate::output) fn sample(lang: Lang) -> &'static str {
    const SAMPLE: Phrase = Phrase::new(
        "SAMPLE DATA: invented, not intelligence",
        "SAMPLE DATA 示例数据：纯属虚构，并非情报",
    );
    SAMPLE.in_lang(lang)
}

/// The title of what has none of its own.
pub(in crate::output) fn own_title(lang: Lang) -> &'static str {
    Phrase::new("Threat intelligence report", "威胁情报报告").in_lang(lang)
}

/// The whole page; `body` is HTML.
pub(in crate::output) fn page(title: &str, lang: Lang, body: &str) -> String {
    let title = escape(title);
    let code = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    // Nothing but its own style may be loaded or run, whatever a service's text holds.
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The columns in which there is anything.
pub(in crate::output) fn table(titles: &[String], rows: &[Vec<Text>]) -> String {
    let is_used = |column: &usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(*column));
        cells.any(|cell| !cell.text.is_empty())
    };
    let used: Vec<_> = (0..titles.len()).filter(is_used).collect();
    let title = |column: &usize| escape(titles.get(*column).map_or("", String::as_str));
    let head: String = used
        .iter()
        .map(|column| format!("<th>{}</th>", title(column)))
        .collect();
    // In a hand each row stands on its own, and its cells bring their titles.
    let row = |row: &Vec<Text>| {
        let cells = used.iter().filter_map(|column| {
            let (title, cell) = (title(column), marked(row.get(*column)?));
            Some(format!("<td data-title=\"{title}\">{cell}</td>"))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>"
    )
}

/// Text in the colour of what it means.
pub(in crate::output) fn marked(text: &Text) -> String {
    let class = match text.label {
        Label::Malicious => " class=\"malicious\"",
        Label::Suspicious => " class=\"suspicious\"",
        _ => "",
    };
    format!("<span{class}>{}</span>", escape(&text.text))
}

pub(in crate::output) fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>", escape(text))
}

/// `body` is HTML.
pub(in crate::output) fn section(title: &str, body: &str) -> String {
    let title = match title {
        "" => String::new(),
        title => format!("<h2>{}</h2>\n", escape(title)),
    };
    format!("<section>\n{title}{body}\n</section>\n")
}

/// So much of what, in large figures; `about` is HTML.
pub(in crate::output) fn headline(count: &str, unit: &str, about: &str) -> String {
    format!("<li><b>{count}</b> {}{about}</li>\n", escape(unit))
}

/// Each a [`headline`].
pub(in crate::output) fn headlines(each: impl Iterator<Item = String>) -> String {
    match each.collect::<String>() {
        none if none.is_empty() => none,
        headlines => format!("<ul class=\"headline\">\n{headlines}</ul>\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_nothing_but_text() {
        assert_eq!(
            escape("</text><script>alert('x')\u{202e}\0&\"\u{ffff}"),
            "&lt;/text&gt;&lt;script&gt;alert(&#39;x&#39;)\\u{202e}\\x00&amp;&quot;\u{fffd}"
        );
    }
}
