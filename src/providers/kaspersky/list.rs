//! `ti kaspersky list`: the reports of a window, filtered here, newest first.

use jiff::Timestamp;
use serde_json::Value;

use crate::context::Context;
use crate::document::{AnswerSchema, Asked};
use crate::error::{Error, Result};
use crate::http::Response;
use crate::output::Done;
use crate::redact::Redactor;

use super::api::{self, Api};
use super::names::{self, NamesArgs};
use super::publication::{By, Publication};
use super::{Group, NAME, envelope, errors, list_view};
use crate::units::Past;

#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// From this time on; a day (2026-01-31, today; UTC), a month, a time (2026-01-31T08:00Z) or a
    /// span (12h, 7d, 3mo)
    #[arg(long, value_name = "TIME")]
    since: Option<Past>,

    /// Up to this time, the whole of a day, month or year
    #[arg(long, value_name = "TIME")]
    until: Option<Past>,

    /// The date that the window and the order are about
    #[arg(long, value_name = "DATE", default_value = "published")]
    by: By,

    /// Only reports of this group; can repeat or list several (a,b), as can the filters below
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<Group>,

    /// Only reports with this tag, whole words in any case
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    tag: Vec<String>,

    /// Only reports about this actor
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    actor: Vec<String>,

    /// Only reports about this industry
    #[arg(long, value_name = "INDUSTRY", value_delimiter = ',')]
    industry: Vec<String>,

    /// Only reports about this country or region
    #[arg(long, value_name = "GEO", value_delimiter = ',')]
    geo: Vec<String>,

    /// Only reports with this text in name or description; in any case
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,

    /// The newest N
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    #[command(flatten)]
    names: NamesArgs,
}

pub const SCHEMA: AnswerSchema =
    AnswerSchema::list::<Publication>("kaspersky-list", &["kaspersky list"]);

pub fn run(args: &ListArgs, cx: &Context) -> Result<Done> {
    let layout = match args.names.chosen() {
        Some(_) => names::LAYOUT,
        None => list_view::layout(args.by),
    };
    let mut out = cx.output(layout).asked(args.described()).open()?;
    let settings = cx.settings(NAME)?;
    let window = args.window(cx.now())?;
    let api = Api::new(&settings, api::MAX_LIST, cx.clock, cx.notes)?;
    let (from, until) = args.asked(&window);
    let response = api.list(from, until)?;
    out.raw(&response.body)?;
    let (publications, warnings) = publications(&response, &api.redactor)?;
    for warning in warnings {
        cx.notes.warning(&warning);
    }
    let chosen = args.select(publications, &window);
    match args.names.chosen() {
        Some(names) => names::count(&chosen, names)
            .iter()
            .try_for_each(|name| out.element(name))?,
        None => chosen.iter().try_for_each(|report| out.element(report))?,
    }
    out.complete()
}

/// The reports of an answer, and what is to be known of those that are not in it.
pub(super) fn publications(
    response: &Response,
    redactor: &Redactor,
) -> Result<(Vec<Publication>, Vec<String>)> {
    let mut data = envelope::open(response, redactor)?;
    let announced = ["count", "total"]
        .iter()
        .filter_map(|name| data.get(*name).and_then(count))
        .max();
    let sent = match data.remove("publications") {
        Some(Value::Array(sent)) => sent,
        Some(Value::Null) if announced == Some(0) => Vec::new(),
        _ => {
            let why = "it has no publications";
            return Err(errors::unusable(why, response, redactor));
        }
    };
    let total = sent.len();
    let publications: Vec<_> = sent
        .into_iter()
        .filter_map(|sent| match sent {
            Value::Object(sent) => Some(Publication::of(sent)),
            _ => None,
        })
        .collect();
    // An empty list and one in which nothing can be read are not the same.
    if publications.is_empty() && total > 0 {
        let why = "not one of its publications is an object";
        return Err(errors::unusable(why, response, redactor));
    }
    let mut warnings = Vec::new();
    if let Some(announced) = announced.filter(|announced| *announced != total as u64) {
        let more = match announced.checked_sub(total as u64) {
            Some(more) => format!(": {more} more exist"),
            None => String::new(),
        };
        warnings.push(format!(
            "the portal announces {announced} reports and sends {total}{more}"
        ));
    }
    if publications.len() < total {
        warnings.push(match total - publications.len() {
            1 => "1 report is not an object: left out".to_string(),
            lost => format!("{lost} reports are not objects: left out"),
        });
    }
    Ok((publications, warnings))
}

/// A number, or a number as text.
fn count(value: &Value) -> Option<u64> {
    let whole = |number: f64| (number >= 0.0 && number.fract() == 0.0).then_some(number as u64);
    let text = || value.as_str()?.trim().parse().ok();
    value
        .as_u64()
        .or_else(|| whole(value.as_f64().or_else(text)?))
}

/// Both ends included.
struct Window {
    from: Timestamp,
    until: Timestamp,
}

impl ListArgs {
    fn window(&self, now: Timestamp) -> Result<Window> {
        let from = self
            .since
            .map_or(Timestamp::UNIX_EPOCH, |past| past.moments(now).0);
        let from = from.max(Timestamp::UNIX_EPOCH);
        let until = self.until.map_or(now, |past| past.moments(now).1);
        if from > until {
            return Err(Error::usage(match self.until {
                Some(_) => "--since is later than --until",
                None => "--since is later than now",
            }));
        }
        Ok(Window { from, until })
    }

    /// The bounds that lose nothing by whichever of its dates the portal filters, as no report is
    /// updated before it is published (contract: kaspersky.md, "Call").
    fn asked(&self, window: &Window) -> (Option<i64>, Option<i64>) {
        match self.by {
            By::Published => (self.since.map(|_| window.from.as_second()), None),
            By::Updated => (None, self.until.map(|_| window.until.as_second())),
        }
    }

    /// The flags that say which reports are meant.
    fn described(&self) -> Asked {
        let groups: Vec<_> = self.group.iter().map(|group| group.name()).collect();
        let by = (self.by == By::Updated).then_some("updated");
        Asked::default()
            .flag("by", by)
            .flag("since", self.since)
            .flag("until", self.until)
            .list("group", &groups)
            .list("tag", &self.tag)
            .list("actor", &self.actor)
            .list("industry", &self.industry)
            .list("geo", &self.geo)
            .flag("grep", self.grep.as_ref())
    }

    /// What was asked for, newest first; a report without a date that can be read is kept, last.
    fn select(&self, publications: Vec<Publication>, window: &Window) -> Vec<Publication> {
        // Without a bound the portal's own clock says what has been published.
        let inside = |at: Timestamp| {
            (self.since.is_none() || at >= window.from)
                && (self.until.is_none() || at.as_second() <= window.until.as_second())
        };
        let date = |report: &Publication| {
            let moment = match self.by {
                By::Published => &report.published,
                By::Updated => &report.updated,
            };
            moment.known().map(|at| at.0)
        };
        let mut chosen: Vec<_> = publications
            .into_iter()
            .filter(|report| date(report).is_none_or(inside) && self.matches(report))
            .collect();
        chosen.sort_by_key(|report| std::cmp::Reverse(date(report)));
        chosen.truncate(self.limit.unwrap_or(usize::MAX));
        chosen
    }

    /// Each filter that was given must hold, by any of its values.
    fn matches(&self, report: &Publication) -> bool {
        let any = |wanted: &[String], words: &[String]| {
            wanted.is_empty()
                || words
                    .iter()
                    .any(|word| wanted.iter().any(|wanted| has_words(word, wanted)))
        };
        let group = report.report_group.as_deref().unwrap_or_default().trim();
        let is_of =
            |wanted: &Group| *wanted == Group::All || wanted.name().eq_ignore_ascii_case(group);
        let has_text = self.grep.as_ref().is_none_or(|text| {
            let text = text.to_lowercase();
            let mut places = [&report.name, &report.desc].into_iter().flatten();
            places.any(|said| said.to_lowercase().contains(&text))
        });
        (self.group.is_empty() || self.group.iter().any(is_of))
            && has_text
            && any(&self.tag, &report.tags)
            && any(&self.actor, &report.tags_actors)
            && any(&self.industry, &report.tags_industry)
            && any(&self.geo, &report.tags_geo)
    }
}

/// Whether `text` has the words of `wanted` in a row: "lazarus" is in "Lazarus Group", and "oman"
/// is not in "Romania".
fn has_words(text: &str, wanted: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_string)
            .collect()
    };
    let (text, wanted) = (words(text), words(wanted));
    !wanted.is_empty() && text.windows(wanted.len()).any(|some| some == wanted)
}

#[cfg(test)]
mod tests;
