//! `ti kaspersky list`: the reports of a window, filtered here, newest first.

use jiff::Timestamp;
use serde_json::Value;

use crate::document::{Layout, Record};
use crate::error::{Error, Result};
use crate::http::Limits;
use crate::provider::{Command, Context, Ending};

use super::access::Access;
use super::time::Bound;
use super::{NAME, envelope, errors, list_view, publication};

/// Thousands of reports with their descriptions are a few MiB.
pub(super) const MAX_BODY: usize = 64 << 20;

#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// From this time on: a day (2026-01-31, UTC), a time (2026-01-31T08:00Z) or a span (7d, 12h)
    #[arg(long, value_name = "TIME")]
    since: Option<Bound>,

    /// Up to this time, the whole of a day
    #[arg(long, value_name = "TIME")]
    until: Option<Bound>,

    /// The date that the window and the order are about
    #[arg(long, value_name = "DATE", default_value = "published")]
    by: By,

    /// Only reports of this group (apt, fin); can repeat, as can the filters below
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,

    /// Only reports with this tag, whole words in any case
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// Only reports about this actor
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,

    /// Only reports about this industry
    #[arg(long, value_name = "INDUSTRY")]
    industry: Vec<String>,

    /// Only reports about this country or region
    #[arg(long, value_name = "GEO")]
    geo: Vec<String>,

    /// Only reports with this text in the name or the description, in any case
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,

    /// The newest N
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum By {
    Published,
    Updated,
}

impl By {
    pub fn field(self) -> &'static str {
        match self {
            By::Published => "published",
            By::Updated => "updated",
        }
    }
}

impl Command for ListArgs {
    fn layout(&self) -> Layout {
        list_view::layout(self.by)
    }

    fn run(&self, context: Context<'_>) -> Result<Ending> {
        let settings = context.settings(NAME)?;
        let access = Access::of(&settings)?;
        let window = self.window(context.now())?;
        let limits = Limits {
            max_body: MAX_BODY,
            is_passing: errors::is_passing,
        };
        let client = context.client(&settings, limits)?;
        let (from, until) = (window.from.as_second(), window.until.as_second());
        let response = client.send(&|_| Ok(access.list(from, until)))?;
        if context.out.is_raw() && response.status == 200 {
            context.out.raw(&response.body)?;
            return Ok(Ending::Complete);
        }
        let mut data = envelope::open(&response)?;
        let Some(Value::Array(sent)) = data.remove("publications") else {
            return Err(errors::malformed("it has no publications", &response.body));
        };
        let count = data.get("count").and_then(count);
        if count.is_some_and(|count| count != sent.len() as u64) {
            context.notes.warning(&format!(
                "the portal announces {} reports and sends {}",
                count.unwrap_or_default(),
                sent.len()
            ));
        }
        let total = sent.len();
        let publications: Vec<_> = sent
            .into_iter()
            .filter_map(|sent| match sent {
                Value::Object(sent) => Some(publication::of(sent)),
                _ => None,
            })
            .collect();
        if publications.len() < total {
            let lost = total - publications.len();
            context
                .notes
                .warning(&format!("{lost} reports are not objects: left out"));
        }
        for record in self.select(publications, &window) {
            context.out.record(record)?;
        }
        Ok(Ending::Complete)
    }
}

/// A number, or a number as text.
fn count(value: &Value) -> Option<u64> {
    value
        .as_u64()
        .or_else(|| value.as_str()?.trim().parse().ok())
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
            .map_or(Timestamp::UNIX_EPOCH, |bound| bound.from(now));
        let until = self.until.map_or(now, |bound| bound.until(now));
        if from > until {
            return Err(Error::usage(match self.until {
                Some(_) => "--since is later than --until",
                None => "--since is later than now",
            }));
        }
        Ok(Window { from, until })
    }

    /// What was asked for, newest first; a report without a date that can be read is kept, last.
    fn select(&self, publications: Vec<Record>, window: &Window) -> Vec<Record> {
        let field = self.by.field();
        // Without a bound the portal's own clock says what has been published.
        let inside = |at: Timestamp| {
            (self.since.is_none() || at >= window.from)
                && (self.until.is_none() || at.as_second() <= window.until.as_second())
        };
        let mut chosen: Vec<_> = publications
            .into_iter()
            .map(|record| (publication::at(&record, field), record))
            .filter(|(at, record)| at.is_none_or(inside) && self.matches(record))
            .collect();
        chosen.sort_by(|(one, _), (other, _)| other.cmp(one));
        let limit = self.limit.unwrap_or(usize::MAX);
        chosen
            .into_iter()
            .map(|(_, record)| record)
            .take(limit)
            .collect()
    }

    /// Each filter that was given must hold, by any of its values.
    fn matches(&self, record: &Record) -> bool {
        let any = |wanted: &[String], field: &str| {
            wanted.is_empty()
                || publication::words(record, field)
                    .any(|word| wanted.iter().any(|wanted| has_words(word, wanted)))
        };
        let group = record
            .get("report_group")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let in_group = self.group.is_empty()
            || self
                .group
                .iter()
                .any(|wanted| wanted.trim().eq_ignore_ascii_case(group.trim()));
        let has_text = self.grep.as_ref().is_none_or(|text| {
            let text = text.to_lowercase();
            ["name", "desc"].iter().any(|field| {
                let said = record.get(*field).and_then(Value::as_str);
                said.is_some_and(|said| said.to_lowercase().contains(&text))
            })
        });
        in_group
            && has_text
            && any(&self.tag, "tags")
            && any(&self.actor, "tags_actors")
            && any(&self.industry, "tags_industry")
            && any(&self.geo, "tags_geo")
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
#[path = "list_tests.rs"]
mod tests;
