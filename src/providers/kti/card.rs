//! One lookup alone, as a card.

use serde_json::Value;

use crate::document::{Card, Column, Lang, Phrase, Record, Section, Text, at, flat, text_at};
use crate::lookup::change_view::with_change;
use crate::lookup::rank::cached_since;
use crate::lookup::view::{harmless, indicator};

use super::view::{COLUMNS, asn, filled, judgments, level, tag_groups, why_benign_too};

pub fn card(record: &Record, lang: Lang) -> Option<Card> {
    if at(record, "error").is_some() {
        return None;
    }
    let phrase = |en, zh| Phrase::new(en, zh).in_lang(lang).to_string();
    let mut verdict = vec![
        (
            phrase("Threat types", "威胁类型"),
            judgments(record, lang).text,
        ),
        (
            phrase("Level", "级别"),
            why_benign_too(record, lang).unwrap_or_default(),
        ),
    ];
    verdict.extend(tag_groups(record, lang));
    let about = text_at(record, "answered_for");
    verdict.push((phrase("About", "应答对象"), harmless(record, &about)));
    let cached =
        cached_since(record).map(|since| format!("{} {since}", phrase("cached", "缓存于")));
    verdict.push((phrase("Answer", "结果"), cached.unwrap_or_default()));
    let sections = [
        (phrase("Verdict", "研判"), verdict),
        (phrase("Address", "地址"), address(record, lang)),
        (
            phrase("Domain", "域名"),
            fields(record, lang, &["domain.cur_ips"]),
        ),
        (phrase("WHOIS", "WHOIS"), fields(record, lang, WHOIS)),
        (
            phrase("Also sent by the service", "服务返回的其他字段"),
            unknown(record),
        ),
    ];
    let sections = sections.into_iter().filter_map(|(title, mut rows)| {
        rows.retain(|(_, value)| !value.is_empty());
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(name, value)| (name, Text::plain(value)))
            .collect();
        (!rows.is_empty()).then_some(Section { title, rows })
    });
    Some(Card {
        title: indicator(record, lang),
        verdict: with_change(record, level(record, lang), lang),
        sections: sections.collect(),
    })
}

const WHOIS: &[&str] = &[
    "domain.cur_whois.registrar_name",
    "domain.cur_whois.name_server",
    "domain.cur_whois.c_date",
    "domain.cur_whois.u_date",
    "domain.cur_whois.e_date",
    "domain.cur_whois.registrant_name",
    "domain.cur_whois.registrant_company",
    "domain.cur_whois.registrant_email",
    "domain.cur_whois.registrant_phone",
    "domain.cur_whois.registrant_address",
    "domain.cur_whois.alexa",
];

fn address(record: &Record, lang: Lang) -> Vec<(String, String)> {
    let phrase = |en, zh| Phrase::new(en, zh).in_lang(lang).to_string();
    let parts =
        ["city", "province", "country"].map(|part| text_at(record, &format!("ip.location.{part}")));
    let mut place = filled(parts);
    place.dedup();
    let mut place = place.join(", ");
    let code = text_at(record, "ip.location.country_code");
    if !code.is_empty() {
        place = format!("{place} ({code})").trim().to_string();
    }
    let mut rows = vec![(phrase("Location", "位置"), place)];
    let position = ["ip.location.lat", "ip.location.lng"].map(|field| text_at(record, field));
    if position.iter().all(|part| !part.is_empty()) {
        let name = phrase("Latitude, longitude", "纬度, 经度");
        rows.push((name, position.join(", ")));
    }
    rows.push(("ASN".to_string(), asn(record)));
    let rank = text_at(record, "ip.asn.rank");
    if !rank.is_empty() {
        let of_four = phrase("of 4 (4 is the highest)", "/ 4（4 为最高）");
        rows.push((
            phrase("ASN risk", "ASN 风险值"),
            format!("{rank} {of_four}"),
        ));
    }
    rows.extend(fields(record, lang, &["ip.carrier"]));
    rows
}

/// Fields under their titles; lists with commas.
fn fields(record: &Record, lang: Lang, names: &[&str]) -> Vec<(String, String)> {
    let columns = names
        .iter()
        .filter_map(|name| COLUMNS.iter().find(|column| column.field == *name));
    let row = |column: &Column| {
        let value = match at(record, column.field) {
            Some(Value::Array(items)) => items.iter().map(flat).collect::<Vec<_>>().join(", "),
            Some(value) => flat(value),
            None => String::new(),
        };
        (column.title.in_lang(lang).to_string(), value)
    };
    columns.map(row).collect()
}

/// What no column names, under the names that the service gave it.
fn unknown(record: &Record) -> Vec<(String, String)> {
    fn walk(path: &str, value: &Value, rows: &mut Vec<(String, String)>) {
        let within = |field: &str| {
            field
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        if COLUMNS.iter().any(|column| column.field == path) {
            return;
        }
        match value.as_object() {
            Some(object) if COLUMNS.iter().any(|column| within(column.field)) => {
                for (name, value) in object {
                    walk(&format!("{path}.{name}"), value, rows);
                }
            }
            _ => rows.push((path.to_string(), flat(value))),
        }
    }
    let mut rows = Vec::new();
    for (name, value) in record {
        walk(name, value, &mut rows);
    }
    rows
}
