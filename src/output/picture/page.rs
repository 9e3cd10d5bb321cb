//! One page with all views. Pure.

use jiff::Timestamp;

use crate::document::{Body, Figure, Lang, grouped};
use crate::output::page::{self, escape, paragraph, sample};

use super::canvas::Sheet;
use super::frame::origin;

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
                .map(|text| paragraph("origin", text))
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
            (Body::List(list), _) if !list.rows.is_empty() => (
                figure.title.clone(),
                page::table(&list.titles, &list.rows) + &origin(),
            ),
            _ => (figure.title.clone(), paragraph("empty", empty) + &origin()),
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
            body: paragraph("missing", why),
            facts: None,
        }
    }
}

/// How many there are in it; `None` if there is nothing.
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

/// Date and headline numbers, and whether all is invented.
fn top(sections: &[Section], lang: Lang) -> String {
    let facts = || sections.iter().filter_map(|section| section.facts.as_ref());
    let is_sample = facts().any(|facts| facts.is_sample);
    let sample = is_sample.then(|| paragraph("sample", sample(lang)) + "\n");
    let at = facts().map(|facts| facts.retrieved_at).max();
    let at = at.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let date = at.map(|at| paragraph("date", &at) + "\n");
    let headline = |facts: &Facts| {
        let (count, unit) = facts.headline.as_ref()?;
        let about = format!("<span>{}</span>", escape(&facts.title));
        Some(page::headline(&grouped(*count), unit, &about))
    };
    let headlines = page::headlines(facts().filter_map(headline));
    let lines = [sample, date, Some(headlines)];
    lines.into_iter().flatten().collect()
}

/// The whole page.
pub(super) fn page(sections: &[Section], title: Option<&str>, lang: Lang) -> String {
    let top = top(sections, lang);
    let sections = sections.iter();
    let sections: String = sections
        .map(|section| page::section(&section.title, &section.body))
        .collect();
    let title = title.unwrap_or(page::own_title(lang));
    page::page(title, lang, &(top + &sections))
}
