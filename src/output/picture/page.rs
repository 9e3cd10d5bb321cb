//! One page with all views: self-contained, without scripts, right in light and in dark, on a
//! desk and in a hand. Pure.

use jiff::Timestamp;

use crate::document::{Body, Figure, Label, Lang, List, Phrase, Text};
use crate::output::chart::line::grouped;

use super::canvas::{Sheet, escape};
use super::frame::{origin, sample};

const STYLE: &str = include_str!("page.css");

/// A view of the page: its title, and its picture, its table or why it is not there.
pub(super) struct Section {
    title: String,
    body: String,
    facts: Option<Facts>,
}

/// What the top of the page says of a view.
struct Facts {
    title: String,
    /// So many of what.
    headline: Option<(u128, String)>,
    retrieved_at: Timestamp,
    is_sample: bool,
}

impl Section {
    pub fn of(figure: &Figure, empty: &str) -> Self {
        let origin = || {
            let texts = [figure.footnote.clone(), origin(figure)];
            let texts = texts.iter().filter(|text| !text.is_empty());
            texts
                .map(|text| format!("<p class=\"origin\">{}</p>", escape(text)))
                .collect::<String>()
        };
        let drawn = [("wide", &Sheet::WIDE), ("narrow", &Sheet::NARROW)]
            .map(|(class, sheet)| Some((class, super::svg(figure, sheet)?)));
        let (title, body) = match (&figure.body, drawn) {
            // A picture brings its own title.
            (_, [Some((wide, picture)), Some((narrow, small))]) => (
                String::new(),
                format!(
                    "<div class=\"picture {wide}\">{picture}</div><div class=\"picture {narrow}\">{small}</div>"
                ),
            ),
            (Body::List(list), _) if !list.rows.is_empty() => {
                (figure.title.clone(), table(list) + &origin())
            }
            _ => {
                let empty = format!("<p class=\"empty\">{}</p>", escape(empty));
                (figure.title.clone(), empty + &origin())
            }
        };
        let facts = Facts {
            title: figure.title.clone(),
            headline: count(&figure.body).map(|count| (count, figure.unit.clone())),
            retrieved_at: figure.retrieved_at,
            is_sample: figure.is_sample,
        };
        Section {
            title,
            body,
            facts: Some(facts),
        }
    }

    pub fn missing(title: &str, why: &str) -> Self {
        Section {
            title: title.to_string(),
            body: format!("<p class=\"missing\">{}</p>", escape(why)),
            facts: None,
        }
    }
}

/// How many there are in it; none where there is nothing.
fn count(body: &Body) -> Option<u128> {
    match body {
        Body::Bars(bars) => (!bars.bars.is_empty()).then_some(bars.sum),
        Body::Timeline(timeline) => {
            let series = timeline.series;
            (!series.is_empty()).then(|| series.sums().iter().sum())
        }
        Body::List(list) => u128::try_from(list.rows.len())
            .ok()
            .filter(|rows| *rows > 0),
    }
}

/// The columns in which there is anything.
fn table(list: &List) -> String {
    let is_used = |column: &usize| {
        let mut cells = list.rows.iter().filter_map(|row| row.get(*column));
        cells.any(|cell| !cell.text.is_empty())
    };
    let used: Vec<_> = (0..list.titles.len()).filter(is_used).collect();
    let title = |column: &usize| escape(list.titles.get(*column).map_or("", String::as_str));
    let head: String = used
        .iter()
        .map(|column| format!("<th>{}</th>", title(column)))
        .collect();
    // In a hand each row stands on its own, and its cells bring their titles.
    let row = |row: &Vec<Text>| {
        let cells = used.iter().filter_map(|column| {
            let (title, cell) = (title(column), cell(row.get(*column)?));
            Some(format!("<td data-title=\"{title}\">{cell}</td>"))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = list.rows.iter().map(row).collect();
    format!(
        "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>"
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

/// Date and headline numbers, and whether all is invented.
fn top(sections: &[Section], lang: Lang) -> String {
    let facts = || sections.iter().filter_map(|section| section.facts.as_ref());
    let sample = facts()
        .any(|facts| facts.is_sample)
        .then(|| format!("<p class=\"sample\">{}</p>\n", escape(sample(lang))));
    let date = facts().map(|facts| facts.retrieved_at).max().map(|at| {
        let at = at.strftime("%Y-%m-%d %H:%M UTC");
        format!("<p class=\"date\">{at}</p>\n")
    });
    let headline = |facts: &Facts| {
        let (count, unit) = facts.headline.as_ref()?;
        let (count, unit, title) = (grouped(*count), escape(unit), escape(&facts.title));
        Some(format!(
            "<li><b>{count}</b> {unit}<span>{title}</span></li>\n"
        ))
    };
    let headlines: String = facts().filter_map(headline).collect();
    let headlines =
        (!headlines.is_empty()).then(|| format!("<ul class=\"headline\">\n{headlines}</ul>\n"));
    [sample, date, headlines].into_iter().flatten().collect()
}

/// The whole page.
pub(super) fn page(sections: &[Section], title: Option<&str>, lang: Lang) -> String {
    let own = Phrase::new("Threat intelligence report", "威胁情报报告").in_lang(lang);
    let title = escape(title.unwrap_or(own));
    let code = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let top = top(sections, lang);
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
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{top}{sections}</main>\n</body>\n</html>\n"
    )
}
