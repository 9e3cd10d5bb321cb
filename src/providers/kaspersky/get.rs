//! `ti kaspersky get`: one report, its indicators, and its parts in files.

use std::path::PathBuf;

use crate::context::Context;
use crate::document::{Asked, Listed, record_of};
use crate::error::{Error, Kind, Result};
use crate::files::Folder;
use crate::http::Response;
use crate::output::Done;

use super::api::Api;
use super::openioc::OpenIoc;
use super::parts::{self, Include};
use super::publication::Publication;
use super::report::{Opened, Report, Row};
use super::saved::Saved;
use super::{NAME, envelope, errors, get_view, list};

/// A report as PDF, wrapped; no answer of this kind is larger.
const MAX_BODY: usize = 256 << 20;

#[derive(Debug, clap::Args)]
pub struct GetArgs {
    /// The report, as `list` names it; a beginning of that which no other has will do
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
    let asked = Asked::inside([args.id.trim()]);
    let mut out = cx.output(get_view::LAYOUT).asked(asked).open()?;
    let folder = args.save.as_deref().map(Folder::open).transpose()?;
    if args.id.trim().is_empty() {
        return Err(Error::usage("the ID is empty").hint("ti kaspersky list shows the IDs"));
    }
    let settings = cx.settings(NAME)?;
    let api = Api::new(&settings, MAX_BODY, cx.clock, cx.notes)?;
    let response = args.ask(&api, cx)?;
    out.sources(vec![cx.scrub(&format!(
        "Kaspersky Threat Intelligence Portal ({})",
        settings.required("endpoint")?
    ))]);
    out.raw(&response.body)?;
    let opened = envelope::open(&response, &api.redactor);
    let mut sent = opened.map_err(|error| args.no_such_report(error))?;
    if out.is_raw() {
        return out.complete();
    }
    let parts = parts::take(&mut sent);
    let publication = Publication::of(sent);
    if publication.id.is_none() && parts.is_empty() {
        let why = "it has neither the report's id nor any part of it";
        return Err(errors::unusable(why, &response, &api.redactor));
    }
    // The parts are here twice until then.
    drop(response);
    let saved = folder.map(|folder| {
        let id = publication.id.as_deref().unwrap_or(&args.id);
        Saved::under(folder, publication.name.as_deref().unwrap_or_default(), id)
    });
    let opened = Opened::of(parts, &args.wanted(), saved, args.inline)?;
    let trouble = opened.trouble();
    let report = Report::of(publication, &args.id, &opened);
    let (card, excerpt) = get_view::card(&report, opened.ioc.as_ref(), cx.lang);
    let id = report.publication.id.clone().unwrap_or_default();
    let name = report.publication.name.clone().unwrap_or_default();
    let ioc = opened.ioc.as_ref();
    out.listed(Listed {
        object: record_of(&report),
        field: "indicators",
        elements: ioc.map(|ioc| -> Box<dyn Iterator<Item = _>> {
            let items = ioc.items.iter().map(|item| ioc.indicator(item));
            Box::new(items.map(|item| record_of(&item)))
        }),
        rows: Box::new(ioc.into_iter().flat_map(OpenIoc::positive).map(|item| {
            record_of(&Row {
                id: &id,
                report: &name,
                indicator: item.value,
                kind: item.kind,
                condition: item.condition,
                search: item.search,
            })
        })),
        columns: get_view::BESIDE,
        card,
        excerpt,
    })?;
    match trouble {
        None => out.complete(),
        Some(error) => out.partial(error),
    }
}

impl GetArgs {
    /// The answer for the report whose ID was typed, or the beginning of its ID.
    fn ask(&self, api: &Api, cx: &Context) -> Result<Response> {
        let (typed, include) = (self.id.trim(), self.include_info());
        let response = api.one(typed, &include)?;
        if !is_absent(Some(response.status)) {
            return Ok(response);
        }
        match &ids_beginning(typed, api)[..] {
            [] => Ok(response),
            [id] => {
                cx.notes
                    .note(&format!("{typed:?} is the beginning of {id}"));
                api.one(id, &include)
            }
            ids => Err(ambiguous(typed, ids)),
        }
    }

    /// The refusal of a report that the portal does not have.
    fn no_such_report(&self, refusal: Error) -> Error {
        if !is_absent(refusal.said.status) || refusal.kind != Kind::Service {
            return refusal;
        }
        let id = self.id.trim();
        let none = Error {
            kind: Kind::NotFound,
            message: format!("there is no report {id:?}"),
            hints: vec![
                "ti kaspersky list shows the IDs of the reports that you may read".to_string(),
            ],
            ..refusal
        };
        match shlex::try_quote(id) {
            // No ID has a blank in it.
            Ok(title) if id.contains(' ') => {
                none.hint(format!("by its title: ti kaspersky list --grep {title}"))
            }
            _ => none,
        }
    }

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
}

/// The likeliest cause of 400 is a malformed ID (contract: kaspersky.md, "Errors").
fn is_absent(status: Option<u16>) -> bool {
    matches!(status, Some(400 | 404))
}

/// The IDs of the reports in the list that begin so; none if the list cannot be had, as it is not
/// what was asked for.
fn ids_beginning(typed: &str, api: &Api) -> Vec<String> {
    let listed = api
        .list(None, None)
        .and_then(|response| list::publications(&response, &api.redactor));
    let reports = listed.map_or(Vec::new(), |(reports, _)| reports);
    let ids = reports.into_iter().filter_map(|report| report.id);
    ids.filter(|id| id.starts_with(typed) && id != typed)
        .collect()
}

/// So many IDs are named.
const MAX_NAMED: usize = 5;

fn ambiguous(typed: &str, ids: &[String]) -> Error {
    let named: Vec<_> = ids.iter().take(MAX_NAMED).map(String::as_str).collect();
    let rest = match ids.len() - named.len() {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    Error::usage(format!("{} reports begin with {typed:?}", ids.len()))
        .cause(format!("{}{rest}", named.join(", ")))
        .hint("type more of the ID: ti kaspersky list shows all of them")
}
