//! `ti kaspersky get`: one report, its indicators, and its parts in files.

use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::context::Context;
use crate::document::{Record, flat, record_of};
use crate::error::{Error, Kind, Result};
use crate::files::Folder;
use crate::output::Done;

use super::api::Api;
use super::openioc::{self, OpenIoc};
use super::parts::{self, Include, Part};
use super::publication::Publication;
use super::{NAME, envelope, get_view};

/// A report as PDF, wrapped; no answer of this kind is larger.
const MAX_BODY: usize = 256 << 20;

#[derive(Debug, clap::Args)]
pub struct GetArgs {
    /// The report, as `list` names it
    #[arg(value_name = "ID")]
    id: String,

    /// Parts to ask for; can repeat, or list several [default: iocs, with --save all]
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    include: Vec<Include>,

    /// Save the parts in this folder, each under the report's name
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,

    /// Put the parts themselves into the JSON, in base64
    #[arg(long)]
    inline: bool,
}

pub fn run(args: &GetArgs, cx: &Context) -> Result<Done> {
    let mut out = cx.output(get_view::LAYOUT).open()?;
    let folder = args.save.as_deref().map(Folder::open).transpose()?;
    if args.id.trim().is_empty() {
        return Err(Error::usage("the ID is empty").hint("ti kaspersky list shows the IDs"));
    }
    let settings = cx.settings(NAME)?;
    let api = Api::new(&settings, MAX_BODY, cx.clock, cx.notes)?;
    let response = api.one(args.id.trim(), &args.include_info(), &mut out)?;
    let opened = envelope::open(&response, &api.redactor);
    let mut sent = opened.map_err(|error| args.no_such_report(error))?;
    if out.is_raw() {
        return out.complete();
    }
    let parts = parts::take(&mut sent, &api.redactor)?;
    let (record, trouble) = args.record(sent, &parts, folder.as_ref())?;
    out.object(record)?;
    match trouble {
        None => out.complete(),
        Some(error) => out.partial(error),
    }
}

impl GetArgs {
    /// What was asked for, or what the way of asking makes likely.
    fn wanted(&self) -> Vec<Include> {
        if !self.include.is_empty() {
            return self.include.clone();
        }
        match self.save {
            Some(_) => vec![Include::All],
            None => vec![Include::Iocs],
        }
    }

    fn include_info(&self) -> String {
        let wanted = self.wanted();
        if wanted.contains(&Include::All) {
            return Include::All.name().to_string();
        }
        let names: Vec<_> = Include::EACH
            .into_iter()
            .filter(|part| wanted.contains(part))
            .map(Include::name)
            .collect();
        names.join(",")
    }

    /// The refusal of a report that the portal does not have.
    fn no_such_report(&self, refusal: Error) -> Error {
        if refusal.said.status != Some(404) {
            return refusal;
        }
        Error {
            kind: Kind::NotFound,
            message: format!("there is no report {:?}", self.id.trim()),
            hints: vec![
                "ti kaspersky list shows the IDs of the reports that you may read".to_string(),
            ],
            ..refusal
        }
    }

    /// The report as it comes out, its parts saved; and what was wrong with it, if anything.
    fn record(
        &self,
        sent: Record,
        parts: &[Part],
        folder: Option<&Folder>,
    ) -> Result<(Record, Option<Error>)> {
        let mut record = record_of(&Publication::of(sent))?;
        let iocs = parts.iter().find(|part| part.name == "iocs");
        let (found, trouble) = match iocs.map(|part| openioc::parse(&part.content)) {
            None => (None, None),
            Some(Ok(found)) => (Some(found), None),
            Some(Err(why)) => {
                let error = Error::new(Kind::Partial, "the report's indicators cannot be read");
                let hint = "--save DIR keeps them as they came";
                (
                    None,
                    Some(error.cause(format!("its OpenIOC: {why}")).hint(hint)),
                )
            }
        };
        let OpenIoc { id, items } = found.unwrap_or_default();
        let read = iocs.is_some() && trouble.is_none();
        record.insert("ioc_id".to_string(), id.into());
        record.insert(
            "indicators".to_string(),
            match read {
                true => items.iter().map(openioc::Item::json).collect(),
                false => Value::Null,
            },
        );
        let slug = slug(&record, &self.id);
        let mut shown = Record::new();
        for part in parts {
            let saved = match folder {
                Some(folder) => Some(folder.put(&part.file_name(&slug), &part.content)?),
                None => None,
            };
            let inline = self.inline.then(|| BASE64_STANDARD.encode(&part.content));
            let about = json!({"size": part.content.len(), "saved": saved, "content": inline});
            shown.insert(part.name.clone(), about);
        }
        for absent in self.absent(parts) {
            shown.insert(absent.name().to_string(), Value::Null);
        }
        record.insert("parts".to_string(), shown.into());
        Ok((record, trouble))
    }

    /// What was asked for and is not in this report.
    fn absent(&self, parts: &[Part]) -> impl Iterator<Item = Include> {
        let wanted = self.wanted();
        let asked = move |part: &Include| wanted.contains(part) || wanted.contains(&Include::All);
        let is_there = |include: Include| parts.iter().any(|part| include.is(&part.name));
        Include::EACH
            .into_iter()
            .filter(move |include| asked(include) && !is_there(*include))
    }
}

/// The report's name for its files, or its ID where the name has no letter.
fn slug(record: &Record, id: &str) -> String {
    let name = record.get("name").map(flat).unwrap_or_default();
    [name.as_str(), id, "report"]
        .map(parts::slug_of)
        .into_iter()
        .find(|slug| !slug.is_empty())
        .unwrap_or_default()
}
