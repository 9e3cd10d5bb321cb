//! How lookups are laid out: the columns of the CSV and the table of several.

use serde_json::Value;

use crate::document::{Column, Lang, Record, Text, at, flat, text_at};
use crate::intel::Level;
use crate::lookup::change_view::levels;
use crate::lookup::view::{harmless, indicator, level_of, verdict};

use super::types;

/// Of CSV and `--fields`.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("indicator", "Indicator", "指标").harmless(harmless),
    Column::new("type", "Type", "类型"),
    Column::new("input", "Input", "输入").harmless(harmless),
    Column::new("unicode", "Unicode", "Unicode").harmless(harmless),
    Column::new("status", "Status", "状态"),
    Column::new("level", "Level", "级别").cell(level),
    Column::new("judgments", "Threat types", "威胁类型").cell(judgments),
    Column::new("tags", "Tags", "标签")
        .cell(tags)
        .csv(flat_tags),
    Column::new("ip.ip", "IP", "IP").harmless(harmless),
    Column::new("ip.carrier", "Carrier", "运营商"),
    Column::new("ip.location.country", "Country", "国家"),
    Column::new("ip.location.country_code", "Country code", "国家代码"),
    Column::new("ip.location.province", "Province", "省份"),
    Column::new("ip.location.city", "City", "城市"),
    Column::new("ip.location.lng", "Longitude", "经度").right(),
    Column::new("ip.location.lat", "Latitude", "纬度").right(),
    Column::new("ip.asn.number", "ASN", "ASN").right(),
    Column::new("ip.asn.rank", "ASN risk", "ASN 风险值").right(),
    Column::new("ip.asn.info", "AS name", "ASN 信息"),
    Column::new("domain.domain", "Domain", "域名").harmless(harmless),
    Column::new("domain.cur_ips", "Resolves to", "解析 IP"),
    Column::new("domain.cur_whois.registrar_name", "Registrar", "域名服务商"),
    Column::new("domain.cur_whois.name_server", "Name servers", "域名服务器"),
    Column::new("domain.cur_whois.registrant_name", "Registrant", "注册者"),
    Column::new("domain.cur_whois.registrant_email", "E-mail", "注册邮箱"),
    Column::new("domain.cur_whois.registrant_company", "Company", "注册机构"),
    Column::new("domain.cur_whois.registrant_address", "Address", "注册地址"),
    Column::new("domain.cur_whois.registrant_phone", "Phone", "注册电话"),
    Column::new("domain.cur_whois.c_date", "Created", "注册时间"),
    Column::new("domain.cur_whois.u_date", "Updated", "更新时间"),
    Column::new("domain.cur_whois.e_date", "Expires", "过期时间"),
    Column::new("domain.cur_whois.alexa", "Alexa rank", "Alexa 排名").right(),
    Column::new("quota.left", "LeftCount", "剩余次数").right(),
    Column::new("quota.total", "TotalCount", "总次数").right(),
    Column::new("request_id", "Request", "请求 ID"),
    Column::new("retrieved_at", "Retrieved", "查询时间"),
    Column::new("cached", "Cached", "缓存"),
    Column::new("answered_for", "About", "应答对象")
        .harmless(harmless)
        .opt_in(),
    Column::new("error.kind", "Error", "错误"),
    Column::new("error.code", "Error code", "错误代码"),
    Column::new("error.message", "Error message", "错误消息"),
    Column::new("error.request_id", "Error request", "错误请求 ID"),
];

/// Of a table that nobody chose the fields of.
pub(super) const TABLE: &[Column] = &[
    Column::new("", "Indicator", "指标")
        .cell(indicator)
        .no_wrap(),
    Column::new("", "Level", "级别").cell(level).no_wrap(),
    Column::new("", "Threat types", "威胁类型").cell(judgments),
    Column::new("", "Tags", "标签").cell(tags),
    Column::new("", "About", "概况").cell(about).droppable(1),
];

/// A field as one cell of a CSV.
pub fn flat_field(record: &Record, field: &str) -> String {
    let column = COLUMNS.iter().find(|column| column.field == field);
    column.map_or_else(String::new, |column| column.flat(record))
}

/// The level, or what kept it from being known; with the one before, where answers are compared.
pub(super) fn level(record: &Record, lang: Lang) -> Text {
    levels(record, level_now(record, lang), lang)
}

fn level_now(record: &Record, lang: Lang) -> Text {
    let mut shown = verdict(record, lang);
    if is_benign_too(record) {
        shown.text.push_str(", ");
        shown.text.push_str(Level::Benign.phrase().in_lang(lang));
    }
    shown
}

/// A whitelist entry beside something worse is shown, and hides nothing.
pub(super) fn is_benign_too(record: &Record) -> bool {
    let is_benign = |name: &String| level_by(name) == Some(Level::Benign);
    level_of(record) > Level::Benign && names(record).iter().any(is_benign)
}

fn level_by(name: &str) -> Option<Level> {
    types::threat(name).map(|threat| threat.level)
}

/// Why a level stands beside `benign`: `IDC is info, Whitelist benign; the worst counts`.
pub(super) fn why_benign_too(record: &Record, lang: Lang) -> Option<String> {
    if !is_benign_too(record) {
        return None;
    }
    let level = level_of(record);
    let named = |wanted: Level| {
        let names = names(record)
            .into_iter()
            .filter(|name| level_by(name).unwrap_or(Level::Suspicious) == wanted);
        let names: Vec<_> = names.map(|name| types::threat_in(&name, lang)).collect();
        (names.join(", "), wanted.phrase().in_lang(lang))
    };
    let ((worse, level), (better, benign)) = (named(level), named(Level::Benign));
    Some(match lang {
        Lang::En => format!("{level} by {worse}, {benign} by {better}: the worst counts"),
        Lang::Zh => format!("{worse}为{level}，{better}为{benign}：以最严重者为准"),
    })
}

fn names(record: &Record) -> Vec<String> {
    let judgments = at(record, "judgments").and_then(Value::as_array);
    judgments.into_iter().flatten().map(flat).collect()
}

pub(super) fn judgments(record: &Record, lang: Lang) -> Text {
    let names: Vec<_> = names(record)
        .iter()
        .map(|name| types::threat_in(name, lang))
        .collect();
    Text::plain(names.join(", "))
}

/// Each tag type with its tags.
pub(super) fn tag_groups(record: &Record, lang: Lang) -> Vec<(String, String)> {
    let groups = at(record, "tags").and_then(Value::as_array);
    let group = |tag: &Value| {
        let kind = tag.get("type").map(flat).unwrap_or_default();
        let tags = tag.get("tags").and_then(Value::as_array);
        let tags: Vec<_> = tags.into_iter().flatten().map(flat).collect();
        (types::tag_type_in(&kind, lang), tags.join(", "))
    };
    groups.into_iter().flatten().map(group).collect()
}

fn tags(record: &Record, lang: Lang) -> Text {
    let groups = tag_groups(record, lang).into_iter();
    Text::plain(groups.map(|(_, tags)| tags).collect::<Vec<_>>().join(", "))
}

/// In CSV a tag carries its type: `gangs:Foo|region:Bar`.
fn flat_tags(value: &Value) -> String {
    let pairs = value.as_array().into_iter().flatten().flat_map(|tag| {
        let kind = tag.get("type").map(flat).unwrap_or_default();
        let tags = tag.get("tags").and_then(Value::as_array);
        let tags = tags.into_iter().flatten();
        tags.map(move |tag| format!("{kind}:{}", flat(tag)))
    });
    pairs.collect::<Vec<_>>().join("|")
}

/// The few words that tell an analyst what it is.
fn about(record: &Record, _: Lang) -> Text {
    let [what, whose] = match at(record, "ip") {
        Some(_) => [text_at(record, "ip.location.country"), asn(record)],
        None => [
            text_at(record, "domain.cur_ips").replace('|', ", "),
            text_at(record, "domain.cur_whois.registrar_name"),
        ],
    };
    Text::plain(filled([what, whose]).join(" · "))
}

pub(super) fn filled<const N: usize>(parts: [String; N]) -> Vec<String> {
    let mut parts = Vec::from(parts);
    parts.retain(|part| !part.is_empty());
    parts
}

/// `AS64500 Example Net`
pub(super) fn asn(record: &Record) -> String {
    let number = match text_at(record, "ip.asn.number") {
        number if number.is_empty() => number,
        number => format!("AS{}", number.trim_start_matches("AS")),
    };
    let name = text_at(record, "ip.asn.info");
    filled([number, name]).join(" ")
}
