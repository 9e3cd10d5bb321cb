//! `queryAttackTypeStatistics` and `queryTrafficTimeSeries`: counts of an open set of kinds at
//! times without a zone. An hour without an entry is a gap, not a zero.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::tz::{AmbiguousOffset, TimeZone};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::document::{
    AnswerSchema, Body, Civil, Column, Count, Document, Figure, Json, Lang, Layout, LegendEntry,
    Phrase, Point, Record, Series, Step, Time, Timeline, record_of,
};

use super::call::Call;
use super::doubts::Doubts;
use super::names;
use super::view::{COUNT, From, layout};
use super::window::Window;
use super::wire;

pub struct Over {
    call: Call,
    series: Series,
    window: Window,
    /// Counts and times that are in no picture.
    not_drawn: (usize, usize),
    from: From,
}

/// Understands a result. `Err` says which part of it is no entry.
pub fn read(call: Call, result: Option<&RawValue>, doubts: &mut Doubts) -> Result<Series, String> {
    let mut series = Series::default();
    let Some(result) = result else {
        return Ok(series);
    };
    let mut number = 0;
    let read = wire::elements(result, |element| {
        number += 1;
        entry(call, element, doubts, &mut series)
            .ok_or_else(|| format!("entry {number} of its result is not an object with a time"))
    });
    match read {
        None => Err("its result is not a list".to_string()),
        Some(read) => read.map(|()| series),
    }
}

/// The keys of an entry: its time, and the object that holds its counts.
fn keys(call: Call) -> (&'static str, &'static str) {
    match call {
        Call::Attacks => ("time", "stats"),
        _ => ("timestamp", "data"),
    }
}

fn entry(call: Call, raw: &RawValue, doubts: &mut Doubts, series: &mut Series) -> Option<()> {
    let (time_key, counts_key) = keys(call);
    let pairs = wire::pairs(raw)?;
    let value = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| *value)
    };
    let sent = value(time_key)?;
    let shown = wire::text(sent);
    let time = match Civil::parse(&shown) {
        Some(civil) => Time::At(civil),
        None => {
            doubts.times.add(|| format!("{shown:?}"));
            match sent.get() {
                "null" => Time::Null,
                _ => Time::Odd(shown.to_string()),
            }
        }
    };
    let mut count = |raw: &RawValue, key: &str| doubts.read(raw, || format!("{shown}, {key}"));
    let mut total = value("total").map(|raw| count(raw, "total"));
    let mut counts: Vec<(Cow<'_, str>, Count)> = Vec::new();
    match value(counts_key).map(|raw| (raw.get(), wire::pairs(raw))) {
        // No counts at this time: the entry is there, and nothing is filled in.
        None | Some(("null", _)) => {}
        Some((_, None)) => {
            let came = Count::Odd("not an object".to_string());
            doubts.odd(|| format!("{shown}, {counts_key}"), &came);
        }
        Some((_, Some(pairs))) => {
            for (key, raw) in &pairs {
                let count = count(raw, key);
                match (call, key.as_ref()) {
                    (Call::Attacks, "total") => total = Some(count),
                    (Call::Attacks, _) => counts.push((key.clone(), count)),
                    (_, code) => {
                        let name = names::of_code(code);
                        // Were the name there too, it would be another kind than the code's.
                        let taken = name != code && pairs.iter().any(|(other, _)| other == name);
                        let kind = if taken { code } else { name };
                        counts.push((Cow::Owned(kind.to_string()), count));
                    }
                }
            }
        }
    }
    if call == Call::Attacks {
        count_others(&mut counts, total.as_ref());
    }
    let counts = counts
        .iter()
        .map(|(kind, count)| (kind.as_ref(), count.clone()));
    series.push(time, total, counts);
    Some(())
}

/// An entry's `total` counts every record, also those of no type that the service tells apart:
/// the rest is a kind of its own. What is no number leaves it open how many those are.
fn count_others(counts: &mut Vec<(Cow<'_, str>, Count)>, total: Option<&Count>) {
    let whole: Option<Vec<_>> = counts.iter().map(|(_, count)| count.whole()).collect();
    let (Some(whole), Some(total)) = (whole, total.and_then(Count::whole)) else {
        return;
    };
    let others = total.saturating_sub(whole.iter().sum());
    match counts.iter_mut().find(|(kind, _)| kind == names::OTHER) {
        _ if others == 0 => {}
        Some((_, Count::Whole(count))) => *count += others,
        _ => counts.push((Cow::Borrowed(names::OTHER), Count::Whole(others))),
    }
}

/// How many points have a `total` that is not the sum of their counts, and the first of them.
fn disagreement(series: &Series) -> Option<String> {
    let differs = |point: &Point| {
        point
            .total()
            .and_then(|total| total.whole())
            .is_some_and(|total| total != point.sum())
    };
    let mut differing = series.points().filter(differs);
    let first = differing.next()?;
    let count = differing.count() + 1;
    let (all, total, sum) = (series.len(), first.total()?, first.sum());
    let time = first.time().label(series.step());
    Some(format!(
        "total and sum disagree at {count} of {all} times; the first is {time}: total {total}, sum {sum}"
    ))
}

/// Times that are shown as moments, and are none in this zone: its clocks skipped them.
fn skipped(series: &Series, zone: &TimeZone, doubts: &mut Doubts) {
    if !matches!(series.step(), None | Some(Step::Hour)) {
        return;
    }
    for point in series.points() {
        match point.time() {
            Time::At(at) if is_skipped(at, zone) => doubts.skipped.add(|| at.to_string()),
            _ => {}
        }
    }
}

fn is_skipped(at: Civil, zone: &TimeZone) -> bool {
    matches!(
        zone.to_ambiguous_timestamp(at.datetime()).offset(),
        AmbiguousOffset::Gap { .. }
    )
}

/// As given; RFC 3339 where the zone is known and the time is a moment in it.
fn shown(time: &Time, step: Option<Step>, zone: Option<&TimeZone>) -> Option<String> {
    Some(match (time, step, zone) {
        (Time::Null, ..) => return None,
        (Time::At(civil), None | Some(Step::Hour), Some(zone)) if !is_skipped(*civil, zone) => {
            match civil.datetime().to_zoned(zone.clone()) {
                Ok(zoned) => zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
                Err(_) => civil.to_string(),
            }
        }
        (Time::At(civil), None | Some(Step::Hour), _) => civil.to_string(),
        _ => time.label(step),
    })
}

/// What was counted at one time.
#[derive(Debug, Serialize, JsonSchema)]
struct Element {
    /// As sent (`2024-12-21 17:00:00`); RFC 3339 with the setting `timezone`; the slot with `--by`
    /// (`2024-12-21`, `2024-12`).
    time: Option<String>,
    /// A count a type: those that were sent, and no others; in `attacks` also `other`, the records
    /// of `total` that are of no such type.
    #[schemars(with = "BTreeMap<String, Count>")]
    counts: Record,
    /// What the service says; with `--by` the sum of that. In `traffic --series` it is mostly 0, a
    /// fault of the server.
    total: Option<Count>,
    /// What `counts` add up to.
    sum: Count,
}

/// A row of CSV; `total` and `sum` are of all types.
#[derive(Debug, Serialize)]
struct Row<'a> {
    time: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'a str,
    count: Count,
    total: Option<&'a Count>,
    sum: Count,
}

pub const LAYOUT: Layout = layout(&[
    Column::new("time", "Time", "时间"),
    Column::new("type", "Type", "类型"),
    COUNT,
    Column::new("total", "Total as sent", "总数（原值）")
        .right()
        .opt_in(),
    Column::new("sum", "Sum", "合计").right().opt_in(),
]);

pub const SCHEMA: AnswerSchema =
    AnswerSchema::list::<Element>("brcti-series", &["brcti attacks", "brcti traffic --series"]);

impl Over {
    /// What of a series lies in a window.
    pub fn of(
        call: Call,
        series: Series,
        window: &Window,
        doubts: &mut Doubts,
        from: From,
    ) -> Self {
        doubts.disagreement = disagreement(&series);
        let not_drawn = series.oddities();
        let series = match &window.times {
            Some(times) => series.within(times),
            None => series,
        };
        let series = match window.by {
            Some(step) => series.by(step),
            None => series,
        };
        if let Some(zone) = &window.zone {
            skipped(&series, zone, doubts);
        }
        Over {
            call,
            series,
            window: window.clone(),
            not_drawn,
            from,
        }
    }

    /// What a picture must say to be read on its own.
    fn remarks(&self, lang: Lang) -> Vec<String> {
        let (counts, times) = self.not_drawn;
        let not_drawn = (counts + times > 0).then(|| match lang {
            Lang::En => format!(
                "not drawn: {counts} counts that are not numbers, {times} entries without a time"
            ),
            Lang::Zh => format!("未绘出：{counts} 个非数值计数，{times} 条时间无效的记录"),
        });
        self.window
            .remark(lang)
            .into_iter()
            .chain(not_drawn)
            .collect()
    }

    fn element(&self, point: &Point) -> Element {
        let counts = point.counts();
        Element {
            time: self.time(point),
            counts: counts
                .map(|(kind, count)| (kind.to_string(), json!(count)))
                .collect(),
            total: point.total(),
            sum: Count::Whole(point.sum()),
        }
    }

    fn time(&self, point: &Point) -> Option<String> {
        shown(&point.time(), self.series.step(), self.window.zone.as_ref())
    }

    fn observations<'a>(&'a self, point: Point<'a>) -> impl Iterator<Item = Record> + 'a {
        let (time, total) = (self.time(&point), point.total());
        point.counts().map(move |(kind, count)| {
            record_of(&Row {
                time: time.as_deref(),
                kind,
                count,
                total: total.as_ref(),
                sum: Count::Whole(point.sum()),
            })
        })
    }
}

impl Document for Over {
    fn json(&self) -> Json<'_> {
        let points = self.series.points();
        Json::Elements(Box::new(
            points.map(|point| record_of(&self.element(&point))),
        ))
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        let points = self.series.points();
        Box::new(points.flat_map(|point| self.observations(point)))
    }

    fn figure(&self, lang: Lang) -> Figure<'_> {
        let kinds = self.series.kinds().iter().map(String::as_str);
        let legend = kinds
            .clone()
            .zip(names::hues(self.call, kinds))
            .map(|(kind, hue)| LegendEntry {
                name: names::heading(kind, lang),
                hue,
            });
        let body = Timeline {
            series: &self.series,
            legend: legend.collect(),
            window: self.window.ends,
            axis: Phrase::new("time of registration", "登记时间")
                .in_lang(lang)
                .to_string(),
            zone: self
                .window
                .zone
                .as_ref()
                .and_then(|zone| zone.iana_name())
                .map(str::to_string),
        };
        let mut figure = self.from.figure(self.call, lang, Body::Timeline(body));
        figure.remarks = self.remarks(lang);
        figure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(call: Call, json: &str, zone: Option<&str>) -> (Over, Doubts) {
        let raw = RawValue::from_string(json.to_string()).unwrap();
        let mut doubts = Doubts::default();
        let series = read(call, Some(&raw), &mut doubts).unwrap();
        let over = Over {
            call,
            series,
            window: Window {
                zone: zone.map(|name| TimeZone::get(name).unwrap()),
                ..Window::default()
            },
            not_drawn: (0, 0),
            from: From {
                source: String::new(),
                retrieved_at: crate::document::Utc(jiff::Timestamp::UNIX_EPOCH),
                is_sample: false,
            },
        };
        (over, doubts)
    }

    fn elements(over: &Over) -> Vec<String> {
        match over.json() {
            Json::Elements(elements) => elements.map(|e| json!(e).to_string()).collect(),
            Json::Object(_) => panic!(),
        }
    }

    #[test]
    fn total_and_sum_are_both_there_and_unknown_codes_as_they_came() {
        let json = r#"[{"timestamp":"2024-12-22 15:00:00","data":{"0":20,"7":1},"total":0},{"timestamp":"soon","data":{"1":"x"}}]"#;
        let (over, doubts) = over(Call::TrafficSeries, json, None);
        assert_eq!(
            elements(&over),
            [
                r#"{"time":"2024-12-22 15:00:00","counts":{"non_traffic":20,"7":1},"total":0,"sum":21}"#,
                r#"{"time":"soon","counts":{"five_g":"x"},"total":null,"sum":0}"#,
            ]
        );
        assert_eq!((doubts.counts.count, doubts.times.count), (1, 1));
        assert_eq!(
            disagreement(&over.series).unwrap(),
            "total and sum disagree at 1 of 2 times; the first is 2024-12-22 15:00:00: total 0, sum 21"
        );
    }

    #[test]
    fn a_known_zone_makes_times_rfc_3339() {
        let json = r#"[{"time":"2024-12-21 17:00:00","stats":{"botnet":0,"total":4}}]"#;
        let (over, _) = over(Call::Attacks, json, Some("Asia/Shanghai"));
        assert_eq!(
            elements(&over),
            [
                r#"{"time":"2024-12-21T17:00:00+08:00","counts":{"botnet":0,"other":4},"total":4,"sum":4}"#
            ]
        );
    }

    #[test]
    fn a_time_that_the_clocks_skipped_is_kept_as_sent() {
        let zone = Some("Europe/Berlin");
        for (time, expected) in [
            ("2025-03-30 01:00:00", "2025-03-30T01:00:00+01:00"),
            ("2025-03-30 02:00:00", "2025-03-30 02:00:00"),
            ("2025-03-30 02:59:59", "2025-03-30 02:59:59"),
            ("2025-03-30 03:00:00", "2025-03-30T03:00:00+02:00"),
            // Twice on the clock, so it exists.
            ("2025-10-26 02:00:00", "2025-10-26T02:00:00+02:00"),
        ] {
            let json = format!(r#"[{{"time":"{time}","stats":{{"botnet":1}}}}]"#);
            let (over, _) = over(Call::Attacks, &json, zone);
            assert_eq!(
                elements(&over),
                [format!(
                    r#"{{"time":"{expected}","counts":{{"botnet":1}},"total":null,"sum":1}}"#
                )]
            );
        }
    }

    #[test]
    fn the_rest_of_a_total_is_a_kind_of_its_own() {
        let counts = |stats: &str| {
            let json = format!(r#"[{{"time":"2024-12-21 17:00:00","stats":{stats}}}]"#);
            let (over, _) = over(Call::Attacks, &json, None);
            elements(&over)
                .remove(0)
                .replace(r#"{"time":"2024-12-21 17:00:00","counts":"#, "")
        };
        // In the last two, nobody can say how many are left.
        let table = r#"
            {"botnet":1,"total":1} == {"botnet":1},"total":1,"sum":1}
            {"botnet":1,"total":5} == {"botnet":1,"other":4},"total":5,"sum":5}
            {"total":2} == {"other":2},"total":2,"sum":2}
            {"other":1,"total":3} == {"other":3},"total":3,"sum":3}
            {"botnet":3,"total":1} == {"botnet":3},"total":1,"sum":3}
            {"botnet":"x","total":5} == {"botnet":"x"},"total":5,"sum":0}
            {"botnet":null,"total":null} == {"botnet":null},"total":null,"sum":0}
        "#;
        for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let (stats, expected) = row.split_once(" == ").unwrap();
            assert_eq!(counts(stats), expected);
        }
    }

    #[test]
    fn what_is_no_list_of_entries_is_refused() {
        let refused = |json: &str| {
            let raw = RawValue::from_string(json.to_string()).unwrap();
            read(Call::Attacks, Some(&raw), &mut Doubts::default()).unwrap_err()
        };
        assert_eq!(refused("{}"), "its result is not a list");
        assert_eq!(
            refused(r#"[{"time":"2024-12-21 17:00:00"},7]"#),
            "entry 2 of its result is not an object with a time"
        );
    }
}
