//! A report as a page. Pure.

use std::fmt::Write;

use crate::document::{Card, Section};
use crate::output::page::{self, escape, headline, marked};

use super::{Report, lines};

pub(super) fn render(report: &Report) -> String {
    let mut body = top(report);
    if let Some(overview) = &report.overview {
        section(
            &mut body,
            "",
            &page::table(&overview.titles, &overview.rows),
        );
    }
    for card in &report.cards {
        push(&mut body, &of_card(card));
    }
    if let Some((title, list)) = report.list {
        section(&mut body, title, &page::table(&list.titles, &list.rows));
    }
    if let Some((title, names)) = &report.folded {
        let names = format!("<p class=\"names\">{}</p>", escape(names));
        section(&mut body, title, &names);
    }
    if let Some(empty) = report.empty {
        let empty = format!("<p class=\"empty\">{}</p>", escape(empty));
        section(&mut body, "", &empty);
    }
    page::page(&report.title, report.lang, &body)
}

fn top(report: &Report) -> String {
    let mut top = String::new();
    if let Some(sample) = report.sample {
        push(
            &mut top,
            &format!("<p class=\"sample\">{}</p>\n", escape(sample)),
        );
    }
    push(
        &mut top,
        &format!("<p class=\"date\">{}</p>\n", escape(&report.date)),
    );
    for remark in report.remarks {
        push(
            &mut top,
            &format!("<p class=\"remark\">{}</p>\n", escape(remark)),
        );
    }
    if !report.headline.is_empty() {
        let numbers = report.headline.iter();
        let numbers: String = numbers
            .map(|(count, unit)| headline(count, unit, ""))
            .collect();
        push(
            &mut top,
            &format!("<ul class=\"headline\">\n{numbers}</ul>\n"),
        );
    }
    for (name, text) in &report.facts {
        let (name, text) = (escape(name), escape(text));
        push(
            &mut top,
            &format!("<p class=\"fact\"><b>{name}</b> {text}</p>\n"),
        );
    }
    top
}

fn of_card(card: &Card) -> String {
    let mut body = String::new();
    if !card.verdict.text.is_empty() {
        push(
            &mut body,
            &format!("<p class=\"verdict\">{}</p>\n", marked(&card.verdict)),
        );
    }
    card.sections
        .iter()
        .for_each(|part| of_part(part, &mut body));
    let mut whole = String::new();
    section(&mut whole, &card.title.text, &body);
    whole
}

fn of_part(part: &Section, body: &mut String) {
    push(body, &format!("<h3>{}</h3>\n", escape(&part.title)));
    let is_named = |(name, _): &&(String, _)| !name.is_empty();
    let named: String = part
        .rows
        .iter()
        .filter(is_named)
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), marked(value)))
        .collect();
    if !named.is_empty() {
        push(body, &format!("<dl>\n{named}</dl>\n"));
    }
    let prose = part.rows.iter().filter(|row| !is_named(row));
    for line in prose.flat_map(|(_, value)| lines(&value.text)) {
        push(body, &format!("<p class=\"prose\">{}</p>\n", escape(line)));
    }
}

fn section(page: &mut String, title: &str, body: &str) {
    let title = match title {
        "" => String::new(),
        title => format!("<h2>{}</h2>\n", escape(title)),
    };
    // Writing to memory cannot fail.
    let _ = write!(page, "<section>\n{title}{body}\n</section>\n");
}

fn push(page: &mut String, html: &str) {
    page.push_str(html);
}
