//! KTI, Kingsoft Cloud's threat intelligence (金山云威胁情报).
//!
//! argv → [`search`], [`enrich`] → `lookup` → [`source`] → [`api`] ([`sign`]) → http → [`wire`] →
//! [`model`] → [`answer`] ([`about`]) → [`element`] → [`view`] and [`card`].

mod about;
pub mod answer;
mod api;
mod card;
mod element;
mod enrich;
mod errors;
mod list_types;
mod model;
mod only;
mod sandbox;
mod search;
mod sign;
mod source;
mod tree;
mod types;
mod view;
mod wire;

use std::sync::Arc;

use clap::{ArgMatches, FromArgMatches, Subcommand};

use crate::config::{Setting, Settings, Shape};
use crate::context::Context;
use crate::document::{AnswerSchema, Lang, Record, text_at};
use crate::error::Result;
use crate::lookup::Source;
use crate::output::{Done, Takes};
use crate::provider::{Finding, Login, Provider};
use crate::sandbox::{Options, Service};
use crate::system::Clock;

pub use source::SERVICE;

pub struct Kti;

#[derive(Debug, Subcommand)]
enum Commands {
    /// Look indicators up: IPv4 addresses, domains, or the hosts of URLs
    #[command(add = Takes::REPORT.with_raw(), before_help = "\
Examples:
  ti kti search evil.com 8.8.8.8
  ti kti search 'hxxps://evil[.]com/gate.php'        as it stands in a report
  ti kti search -i hosts.txt -o answers.csv          a file of them, one a line
  ti kti search -i hosts.txt --ndjson | jq 'select(.level == \"malicious\")'")]
    Search(search::SearchArgs),
    /// Add what is known of one column or field to each row of a file
    #[command(add = Takes::ROWS.asking(), before_help = "\
Examples:
  ti kti enrich proxy.csv --column domain > enriched.csv
  ti kti enrich events.ndjson --field .src.ip -o enriched.ndjson")]
    Enrich(enrich::EnrichArgs),
    /// List the threat types and tag types in English and Chinese (offline)
    #[command(add = Takes::RECORDS, before_help = "Examples:\n  ti kti types\n  ti kti types --csv -o types.csv")]
    Types,
}

const SETTINGS: &[Setting] = &[
    Setting::new(
        "access_key",
        Shape::Text,
        "the access key id of the account",
    )
    .required(),
    Setting::new("secret_key", Shape::Secret, "the secret of the access key").required(),
    Setting::new("endpoint", Shape::Url, "address of the service")
        .default("https://ksm.api.ksyun.com/"),
    Setting::new("region", Shape::Text, "region in the signature").default("cn-beijing-6"),
    Setting::new("service", Shape::Text, "service in the signature").default("ksm"),
    Setting::new(
        "signature",
        Shape::OneOf(&["aws4", "simple"]),
        "signing scheme",
    )
    .default("aws4"),
    Setting::new(
        "method",
        Shape::OneOf(&["get", "post"]),
        "how parameters are sent",
    )
    .default("get"),
];

impl Provider for Kti {
    fn name(&self) -> &'static str {
        "kti"
    }

    fn commands(&self) -> clap::Command {
        let command = clap::Command::new("kti")
            .about("Kingsoft Cloud threat intelligence (KTI): addresses and domains")
            .before_help("Examples:\n  ti kti search evil.com\n  ti kti types");
        Commands::augment_subcommands(command)
    }

    fn settings(&self) -> &'static [Setting] {
        SETTINGS
    }

    fn run(&self, matches: &ArgMatches, cx: &Context<'_>) -> Result<Done> {
        match Commands::from_arg_matches(matches)? {
            Commands::Search(args) => search::run(&args, cx),
            Commands::Enrich(args) => enrich::run(&args, cx),
            Commands::Types => list_types::run(cx),
        }
    }

    fn schemas(&self) -> &'static [AnswerSchema] {
        &[element::SCHEMA, list_types::SCHEMA]
    }

    fn preflight(&self, settings: &Settings, _: Clock) -> Vec<Finding> {
        let outcome = api::Access::of(settings).map(|access| access.describe());
        vec![Finding {
            name: "signature",
            outcome,
            warning: None,
        }]
    }

    fn login(&self) -> Option<Login> {
        Some(Login {
            costs_lookup: true,
            run: source::login,
        })
    }

    fn source(&self, cx: &Context<'_>) -> Result<Option<Arc<dyn Source>>> {
        let settings = cx.settings("kti")?;
        let is_configured = settings.required("access_key").is_ok();
        is_configured.then(|| source::Kti::source(cx)).transpose()
    }

    fn judgment_in(&self, name: &str, lang: Lang) -> String {
        types::threat_in(name, lang)
    }

    fn more(&self, element: &Record, _: &Record) -> Option<Vec<String>> {
        let input = text_at(element, "input");
        Some(vec!["kti".to_string(), "search".to_string(), input])
    }

    fn sandbox(&self, options: &Options) -> Result<Box<dyn Service>> {
        Ok(Box::new(sandbox::Kti::new(options)?))
    }
}
