//! Which rows of the Master IOC come out. Pure.

use jiff::Timestamp;

use crate::indicator::refang;

use super::kind::Kind;
use super::rows::{Row, is_date};
use crate::units::Past;

#[derive(Debug, clap::Args)]
pub struct FilterArgs {
    /// Only indicators of this type; can repeat, or list several: ip,domain
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    kinds: Vec<Kind>,

    /// Only indicators detected since: a day (2026-01-31, today), a month or a span (7d, 3mo)
    #[arg(long, value_name = "TIME")]
    since: Option<Past>,

    /// Only rows with this text in the indicator or the title, in any case
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,
}

/// What a row must be to come out.
pub struct Filter {
    kinds: Vec<Kind>,
    /// `YYYY-MM-DD`, which sorts as it reads.
    since: Option<String>,
    /// In lower case, as typed and refanged.
    texts: Vec<String>,
}

impl FilterArgs {
    /// None where every row comes out.
    pub fn filter(&self, now: Timestamp) -> Option<Filter> {
        if self.kinds.is_empty() && self.since.is_none() && self.grep.is_none() {
            return None;
        }
        let day = |past: Past| past.moments(now).0.strftime("%Y-%m-%d").to_string();
        let texts = self.grep.iter().flat_map(|text| {
            let text = text.to_lowercase();
            [refang(&text), text]
        });
        Some(Filter {
            kinds: self.kinds.clone(),
            since: self.since.map(day),
            texts: texts.collect(),
        })
    }
}

impl Filter {
    pub fn lets_through(&self, row: &Row) -> bool {
        let of_kind =
            || self.kinds.is_empty() || self.kinds.contains(&Kind::of(row.kind, row.indicator));
        // A row whose date is none might be new: it is not held back.
        let is_new = || match &self.since {
            Some(since) if is_date(row.detection_date.as_bytes()) => {
                row.detection_date.as_bytes()[..10] >= *since.as_bytes()
            }
            _ => true,
        };
        let has_text = || {
            self.texts.is_empty()
                || [row.indicator, row.publication].into_iter().any(|cell| {
                    let cell = cell.to_lowercase();
                    self.texts.iter().any(|text| cell.contains(text.as_str()))
                })
        };
        of_kind() && is_new() && has_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_must_hold() {
        let row = Row {
            id: "1",
            publication: "Lazarus in Space",
            indicator: "evil.example.com",
            detection_date: "2026-01-15",
            kind: "networkActivity",
        };
        let filter = |kinds: &[Kind], since: Option<&str>, grep: Option<&str>| {
            let args = FilterArgs {
                kinds: kinds.to_vec(),
                since: since.map(|since| since.parse().unwrap()),
                grep: grep.map(str::to_string),
            };
            args.filter("2026-01-20T12:00:00Z".parse().unwrap())
                .is_none_or(|filter| filter.lets_through(&row))
        };
        assert!(filter(&[], None, None));
        assert!(filter(&[Kind::Ip, Kind::Domain], None, None));
        assert!(!filter(&[Kind::Ip, Kind::Url], None, None));
        assert!(filter(&[], Some("2026-01-15"), None));
        assert!(filter(&[], Some("5d"), None));
        assert!(!filter(&[], Some("4d"), None));
        assert!(filter(&[], None, Some("LAZARUS")));
        assert!(filter(&[], None, Some("evil[.]example")));
        assert!(!filter(&[Kind::Domain], Some("5d"), Some("other")));
    }
}
