//! `ti kaspersky list --actors` and the like: the names there are, one a row. Pure.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{AnswerSchema, Column, Layout, Phrase};

use super::publication::Publication;

#[derive(Debug, clap::Args)]
#[group(multiple = false)]
#[command(next_help_heading = "Names instead of reports")]
pub struct NamesArgs {
    /// Count the actors that the reports are about
    #[arg(long, hide_short_help = true)]
    actors: bool,

    /// Count their tags
    #[arg(long, hide_short_help = true)]
    tags: bool,

    /// Count their industries
    #[arg(long, hide_short_help = true)]
    industries: bool,

    /// Count their countries and regions
    #[arg(long, hide_short_help = true)]
    geos: bool,
}

/// The list of a report that the names are taken from.
pub type Names = fn(&Publication) -> &[String];

impl NamesArgs {
    /// `None` if the reports themselves were asked for.
    pub fn chosen(&self) -> Option<Names> {
        let lists: [(bool, Names); 4] = [
            (self.actors, |report| &report.tags_actors),
            (self.tags, |report| &report.tags),
            (self.industries, |report| &report.tags_industry),
            (self.geos, |report| &report.tags_geo),
        ];
        lists
            .into_iter()
            .find_map(|(chosen, list)| chosen.then_some(list))
    }
}

pub const LAYOUT: Layout = Layout {
    empty: Phrase::new("No names.", "没有名称。"),
    ..Layout::plain(&[
        Column::new("name", "Name", "名称"),
        Column::new("reports", "Reports", "报告数").right(),
    ])
};

/// A name in the lists of the reports.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NameCount {
    /// As it stands in the first report that has it; upper and lower case count as one.
    pub name: String,
    /// How many reports have it.
    pub reports: u64,
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<NameCount>(
    "kaspersky-names",
    &[
        "kaspersky list --actors",
        "kaspersky list --tags",
        "kaspersky list --industries",
        "kaspersky list --geos",
    ],
);

/// The most frequent first.
pub fn count(reports: &[Publication], names: Names) -> Vec<NameCount> {
    let mut counts: Vec<NameCount> = Vec::new();
    let mut places: HashMap<String, (usize, usize)> = HashMap::new();
    for (number, report) in reports.iter().enumerate() {
        for name in names(report) {
            let next = (counts.len(), usize::MAX);
            let (place, last) = places.entry(name.to_lowercase()).or_insert(next);
            if *place == counts.len() {
                counts.push(NameCount {
                    name: name.clone(),
                    reports: 0,
                });
            }
            // A report that has it twice is one report.
            if *last != number {
                counts[*place].reports += 1;
                *last = number;
            }
        }
    }
    counts.sort_by(|one, other| {
        let by_count = other.reports.cmp(&one.reports);
        by_count.then_with(|| one.name.to_lowercase().cmp(&other.name.to_lowercase()))
    });
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_counted_once_a_report_in_any_case() {
        let reports = [
            json!({"tags": ["Backdoor", "APT"]}),
            json!({"tags": "apt, Rootkit, APT"}),
            json!({"tags": null}),
            json!({"tags": ["apt", "backdoor"]}),
        ]
        .map(|sent| Publication::of(sent.as_object().unwrap().clone()));
        let counted = count(&reports, |report| &report.tags);
        let shown: Vec<_> = counted
            .iter()
            .map(|count| format!("{} {}", count.name, count.reports))
            .collect();
        assert_eq!(shown, ["APT 3", "Backdoor 2", "Rootkit 1"]);
    }
}
