//! A report as a page. Pure.

use crate::document::{Card, Section};
use crate::output::page::{self, escape, headline, headlines, marked, paragraph, section};

use super::{Report, lines};

pub(super) fn render(report: &Report) -> String {
    let mut body = top(report);
    if let Some(overview) = &report.overview {
        body += &section("", &page::table(&overview.titles, &overview.rows));
    }
    body.extend(report.cards.iter().map(|card| of_card(card)));
    if let Some((title, list)) = report.list {
        body += &section(title, &page::table(&list.titles, &list.rows));
    }
    if let Some((title, names)) = &report.folded {
        body += &section(title, &paragraph("names", names));
    }
    if let Some(empty) = report.empty {
        body += &section("", &paragraph("empty", empty));
    }
    page::page(&report.title, report.lang, &body)
}

fn top(report: &Report) -> String {
    let line = |class: &str, text: &str| paragraph(class, text) + "\n";
    let mut top = String::new();
    top.extend(report.sample.map(|sample| line("sample", sample)));
    top += &line("date", &report.date);
    top.extend(report.remarks.iter().map(|remark| line("remark", remark)));
    let numbers = report.headline.iter();
    top += &headlines(numbers.map(|(count, unit)| headline(count, unit, "")));
    top.extend(report.facts.iter().map(|(name, text)| {
        let (name, text) = (escape(name), escape(text));
        format!("<p class=\"fact\"><b>{name}</b> {text}</p>\n")
    }));
    top
}

fn of_card(card: &Card) -> String {
    let mut body = String::new();
    if !card.verdict.text.is_empty() {
        body += &format!("<p class=\"verdict\">{}</p>\n", marked(&card.verdict));
    }
    body.extend(card.sections.iter().map(of_part));
    section(&card.title.text, &body)
}

fn of_part(part: &Section) -> String {
    let mut body = format!("<h3>{}</h3>\n", escape(&part.title));
    let (named, prose): (Vec<_>, Vec<_>) = part.rows.iter().partition(|(name, _)| !name.is_empty());
    if !named.is_empty() {
        let named = named.into_iter();
        let named: String = named
            .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), marked(value)))
            .collect();
        body += &format!("<dl>\n{named}</dl>\n");
    }
    let prose = prose.into_iter().flat_map(|(_, value)| lines(&value.text));
    body.extend(prose.map(|line| paragraph("prose", line) + "\n"));
    body
}
