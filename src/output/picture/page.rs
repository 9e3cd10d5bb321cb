//! One page with all views: self-contained, without scripts, right in light and in dark. Pure.

use crate::document::{Body, Figure, Label, Lang, List, Phrase, Text};

use super::canvas::{PAGE, escape};
use super::frame::origin;

const STYLE: &str = include_str!("page.css");

/// A view of the page: its title, and its picture, its table or why it is not there.
pub(super) struct Section {
    title: String,
    body: String,
}

impl Section {
    pub fn of(figure: &Figure, empty: &str) -> Self {
        let body = match &figure.body {
            Body::List(list) if !list.rows.is_empty() => {
                format!(
                    "{}<p class=\"origin\">{}</p>",
                    table(list),
                    escape(&origin(figure))
                )
            }
            _ => match super::svg(figure, &PAGE) {
                Some(svg) => format!("<div class=\"picture\">{svg}</div>"),
                None => format!(
                    "<p class=\"empty\">{}</p><p class=\"origin\">{}</p>",
                    escape(empty),
                    escape(&origin(figure))
                ),
            },
        };
        // A picture brings its own title.
        let title = match figure.body {
            Body::List(_) => figure.title.clone(),
            _ if body.starts_with("<div") => String::new(),
            _ => figure.title.clone(),
        };
        Section { title, body }
    }

    pub fn missing(title: &str, why: &str) -> Self {
        Section {
            title: title.to_string(),
            body: format!("<p class=\"missing\">{}</p>", escape(why)),
        }
    }
}

fn table(list: &List) -> String {
    let cells = |tag: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: String = cells.map(|cell| format!("<{tag}>{cell}</{tag}>")).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let head = cells("th", &mut list.titles.iter().map(|title| escape(title)));
    let rows: String = list
        .rows
        .iter()
        .map(|row| cells("td", &mut row.iter().map(cell)))
        .collect();
    format!(
        "<div class=\"scroll\"><table>\n<thead>{head}</thead>\n<tbody>\n{rows}</tbody>\n</table></div>"
    )
}

fn cell(text: &Text) -> String {
    let class = match text.label {
        Label::Malicious => " class=\"malicious\"",
        Label::Suspicious => " class=\"suspicious\"",
        _ => "",
    };
    format!("<span{class}>{}</span>", escape(&text.text))
}

/// The whole page.
pub(super) fn page(sections: &[Section], lang: Lang) -> String {
    let title = Phrase::new("Threat intelligence report", "威胁情报报告").in_lang(lang);
    let code = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let sections: String = sections
        .iter()
        .map(|section| {
            let title = match section.title.as_str() {
                "" => String::new(),
                title => format!("<h2>{}</h2>\n", escape(title)),
            };
            format!("<section>\n{title}{}\n</section>\n", section.body)
        })
        .collect();
    // Nothing but its own style may be loaded or run, whatever a service's text holds.
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{sections}</main>\n</body>\n</html>\n"
    )
}
