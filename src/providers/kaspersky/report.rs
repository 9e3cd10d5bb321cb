//! A report with its parts opened, as it comes out.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::document::{AnswerSchema, Record};
use crate::error::{Error, Kind, Result};
use crate::indicator;

use super::errors;
use super::openioc::{self, Group, Indicator, OpenIoc};
use super::parts::{Include, MAX_PARTS, Part, Wrapped};
use super::publication::{Moment, Publication};
use super::saved::Saved;

/// A report, its indicators, and what became of its parts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    #[serde(flatten)]
    pub publication: Publication,
    /// The report's page for people.
    pub page: String,
    /// The `id` of the OpenIOC document, 1.0 or 1.1.
    pub ioc_id: Option<String>,
    /// What it says of itself.
    pub ioc_description: Option<String>,
    /// When it was written.
    pub ioc_authored_date: Option<Moment>,
    /// When it was last changed.
    pub ioc_last_modified: Option<Moment>,
    /// How items belong together; null if there is no OpenIOC.
    pub ioc_groups: Option<Vec<Group>>,
    /// Null if the report has no OpenIOC, or it was not asked for or cannot be read.
    #[schemars(with = "Option<Vec<Indicator>>")]
    indicators: Value,
    /// One member a part; null if the report does not have it.
    #[schemars(with = "BTreeMap<String, Option<PartInfo>>")]
    pub parts: Record,
}

/// What became of a part.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartInfo {
    /// Bytes, unpacked; null if it cannot be unpacked.
    pub size: Option<usize>,
    /// Path of the file, with `--save`.
    pub saved: Option<String>,
    /// Base64, with `--inline`.
    pub content: Option<String>,
    /// Why it cannot be unpacked or read.
    pub error: Option<String>,
}

pub const SCHEMA: AnswerSchema =
    AnswerSchema::object::<Report>("kaspersky-get", &["kaspersky get"]);

/// A row of CSV and NDJSON.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// The report's.
    pub id: &'a str,
    pub report: &'a str,
    pub indicator: &'a str,
    #[serde(rename = "type")]
    pub kind: indicator::Kind,
    pub condition: Option<&'a str>,
    pub search: &'a str,
}

/// The parts of a report: unpacked one after the other, saved, and let go.
pub struct Opened {
    pub ioc: Option<OpenIoc>,
    parts: Record,
    /// Which parts cannot be had, and why.
    broken: Vec<(String, String)>,
}

impl Opened {
    /// # Errors
    /// A file that cannot be written; parts of which none can be unpacked. What is wrong with one
    /// of several is kept.
    pub fn of(
        mut sent: Vec<Wrapped>,
        wanted: &[Include],
        mut saved: Option<Saved>,
        inline: bool,
    ) -> Result<Self> {
        let mut opened = Opened {
            ioc: None,
            parts: Record::new(),
            broken: Vec::new(),
        };
        for part in &sent {
            opened.parts.insert(part.name.clone(), Value::Null);
        }
        for absent in absent(&sent, wanted) {
            opened.parts.insert(absent.name().to_string(), Value::Null);
        }
        // By its indicators a report is known again.
        sent.sort_by_key(|part| part.name != Include::Iocs.name());
        let mut left = MAX_PARTS;
        for part in sent {
            opened.add(part, &mut left, saved.as_mut(), inline)?;
        }
        let is_whole = |info: &Value| info["size"].is_u64();
        match &opened.broken[..] {
            [(name, why), ..] if !opened.parts.values().any(is_whole) => {
                Err(errors::malformed(format!("report_{name}: {why}")))
            }
            _ => Ok(opened),
        }
    }

    fn add(
        &mut self,
        part: Wrapped,
        left: &mut u64,
        saved: Option<&mut Saved>,
        inline: bool,
    ) -> Result<()> {
        let name = part.name.clone();
        let info = match part.unwrap(left) {
            Ok(part) => self.keep(part, saved, inline)?,
            Err(why) => PartInfo {
                size: None,
                saved: None,
                content: None,
                error: Some(why),
            },
        };
        if let Some(why) = &info.error {
            self.broken.push((name.clone(), why.clone()));
        }
        self.parts.insert(name, json!(info));
        Ok(())
    }

    fn keep(&mut self, part: Part, saved: Option<&mut Saved>, inline: bool) -> Result<PartInfo> {
        let is_ioc = part.name == Include::Iocs.name();
        let error = match is_ioc.then(|| openioc::parse(&part.content)) {
            Some(Ok(found)) => {
                self.ioc = Some(found);
                None
            }
            Some(Err(why)) => Some(format!("its OpenIOC: {why}")),
            None => None,
        };
        let path = saved.map(|saved| {
            if is_ioc {
                saved.compare(self.ioc.as_ref());
            }
            saved.put(&part)
        });
        Ok(PartInfo {
            size: Some(part.content.len()),
            saved: path.transpose()?,
            content: inline.then(|| BASE64_STANDARD.encode(&part.content)),
            error,
        })
    }

    /// What cannot be had of the report, if anything.
    pub fn trouble(&self) -> Option<Error> {
        let names: Vec<_> = self.broken.iter().map(|(name, _)| name.as_str()).collect();
        let message = match names[..] {
            [] => return None,
            ["iocs"] if self.broken[0].1.starts_with("its OpenIOC") => {
                "the report's indicators cannot be read".to_string()
            }
            [name] => format!("the report's part {name} cannot be read"),
            _ => format!("the report's parts {} cannot be read", names.join(", ")),
        };
        let mut error = Error::new(Kind::Partial, message);
        for (name, why) in &self.broken {
            error = match why.starts_with("its OpenIOC") {
                true => error.cause(why),
                false => error.cause(format!("report_{name}: {why}")),
            };
        }
        Some(error.hint("the rest of the report is whole; --raw gives all of it as it came"))
    }
}

/// What was asked for and is not in this report.
fn absent(sent: &[Wrapped], wanted: &[Include]) -> impl Iterator<Item = Include> {
    let asked = |part: &Include| wanted.contains(part) || wanted.contains(&Include::All);
    let is_there = |include: &Include| sent.iter().any(|part| include.is(&part.name));
    Include::EACH
        .into_iter()
        .filter(move |include| asked(include) && !is_there(include))
}

impl Report {
    /// `typed` is its ID where it does not name one itself.
    pub fn of(publication: Publication, typed: &str, opened: &Opened) -> Self {
        let ioc = opened.ioc.as_ref();
        let id = publication.id.as_deref().unwrap_or(typed.trim());
        let id = utf8_percent_encode(id, UNRESERVED);
        Report {
            page: format!("https://tip.kaspersky.com/reporting?id={id}"),
            publication,
            ioc_id: ioc.and_then(|ioc| ioc.id.clone()),
            ioc_description: ioc.and_then(|ioc| ioc.description.clone()),
            ioc_authored_date: ioc.and_then(|ioc| ioc.authored_date.clone()),
            ioc_last_modified: ioc.and_then(|ioc| ioc.last_modified.clone()),
            ioc_groups: ioc.map(|ioc| ioc.groups.clone()),
            indicators: Value::Null,
            parts: opened.parts.clone(),
        }
    }
}

/// RFC 3986, 2.3.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
