//! Kaspersky Threat Intelligence Portal: APT and crimeware reports, Master IOC and Master YARA.
//!
//! A list or a report: [`api`] → http → [`envelope`] → [`publication`], [`parts`], [`openioc`]
//! → views. A master file flows: http → [`master`] (JSON) → [`content`] (base64, gzip) →
//! [`rows`] → output, and is held at no point. What is public here is pure and reads what the
//! portal sends: the fuzz targets call it.

mod api;
mod cells;
mod columns;
mod content;
mod download;
pub mod envelope;
mod errors;
mod filter;
mod get;
mod get_view;
mod ioc;
mod kept;
mod list;
mod list_view;
pub mod master;
mod names;
pub mod openioc;
pub mod parts;
mod pieces;
pub mod publication;
mod report;
pub mod rows;
mod sandbox;
mod saved;
mod terms;
mod time;
mod yara;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use serde_json::Value;

use crate::config::{Setting, Settings, Shape};
use crate::context::Context;
use crate::document::{AnswerSchema, Record, at, text_at};
use crate::error::Result;
use crate::output::{Done, Takes};
use crate::provider::{Finding, Login, Provider};
use crate::sandbox::{Options, Service};
use crate::system::Clock;

pub use download::MasterArgs;
pub use kept::{Kept, fetch, is_looked_up, read};
pub use master::Receiver;
pub use rows::Row;

pub struct Kaspersky;

pub const NAME: &str = "kaspersky";

#[derive(Debug, Subcommand)]
enum Commands {
    /// List reports, newest first
    #[command(add = Takes::RECORDS.with_raw(), before_help = "\
Examples:
  ti kaspersky list --since 30d
  ti kaspersky list --since 2026-01-01 --by updated --actor lazarus
  ti kaspersky list --industry finance --json | jq -r '.[].id'")]
    List(list::ListArgs),
    /// Show a report and its indicators, and save its parts
    #[command(add = Takes::REPORT.with_raw(), before_help = "\
Examples:
  ti kaspersky get 5f0c3a52-0000-4000-8000-000000000001
  ti kaspersky get 5f0c3a52-0000-4000-8000-000000000001 --include all --save reports")]
    Get(get::GetArgs),
    /// Fetch the Master IOC: the indicators of all reports
    #[command(add = Takes::RECORDS.with_raw(), before_help = "\
Examples:
  ti kaspersky ioc -o /var/lib/ti/master.csv
  ti kaspersky ioc --type sha256 --since 90d --ndjson | jq -r .indicator
  ti kaspersky ioc --grep evil.com --csv")]
    Ioc(ioc::IocArgs),
    /// Fetch the Master YARA: the rules of all reports
    #[command(add = Takes::BYTES.with_raw(), before_help = "\
Examples:
  ti kaspersky yara -o /etc/yara/kaspersky.yar
  ti kaspersky yara -q -o kaspersky.yar --fail-unchanged --keep 3 --sha256")]
    Yara(download::DownloadArgs),
}

const SETTINGS: &[Setting] = &[
    Setting::new("username", Shape::Text, "the user name of the account"),
    Setting::new("password", Shape::Secret, "the password of the account").with("username"),
    Setting::new(
        "certificate",
        Shape::Path,
        "the client certificate: a .pfx or .p12, or a PEM file",
    ),
    Setting::new(
        "certificate_key",
        Shape::Path,
        "the private key, if it is in a PEM file of its own",
    )
    .with("certificate"),
    Setting::new(
        "certificate_password",
        Shape::Secret,
        "the password of the .pfx or of the encrypted key",
    )
    .with("certificate")
    .or_empty(),
    Setting::new(
        "token",
        Shape::Secret,
        "API token to send instead of user name and password",
    )
    .unless("username"),
    Setting::new("endpoint", Shape::Url, "address of the service")
        .default("https://tip.kaspersky.com"),
    Setting::new(
        "max_size",
        Shape::Size,
        "largest master file that is accepted, unpacked",
    )
    .default("4GiB"),
];

/// The reports that a master file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Group {
    All,
    /// Reports on advanced persistent threats
    Apt,
    /// Reports on financially motivated threats (crimeware)
    Fin,
}

impl Group {
    fn name(self) -> &'static str {
        match self {
            Group::All => "all",
            Group::Apt => "apt",
            Group::Fin => "fin",
        }
    }
}

/// Whether a row has the ID of its report, a UUID, and not a number of its own.
fn is_of_report(id: &str) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    id.bytes().all(is_hex) && id.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

impl Provider for Kaspersky {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> clap::Command {
        let command = clap::Command::new(NAME)
            .about("Kaspersky Threat Intelligence: reports, Master IOC, Master YARA")
            .before_help(
                "Examples:\n  ti kaspersky list --since 30d\n  ti kaspersky yara -o kaspersky.yar",
            );
        Commands::augment_subcommands(command)
    }

    fn settings(&self) -> &'static [Setting] {
        SETTINGS
    }

    fn schemas(&self) -> &'static [AnswerSchema] {
        &[list::SCHEMA, names::SCHEMA, report::SCHEMA, rows::SCHEMA]
    }

    fn preflight(&self, settings: &Settings, clock: Clock) -> Vec<Finding> {
        api::preflight(settings, clock())
    }

    fn login(&self) -> Option<Login> {
        Some(Login {
            costs_lookup: false,
            run: api::login,
        })
    }

    fn run(&self, matches: &ArgMatches, cx: &Context<'_>) -> Result<Done> {
        match Commands::from_arg_matches(matches)? {
            Commands::List(args) => list::run(&args, cx),
            Commands::Get(args) => get::run(&args, cx),
            Commands::Ioc(args) => ioc::run(&args, cx),
            Commands::Yara(args) => yara::run(&args, cx),
        }
    }

    fn more(&self, _: &Record, answer: &Record) -> Option<Vec<String>> {
        let reports = at(answer, "reports").and_then(Value::as_array)?;
        let reports = reports.iter().filter_map(Value::as_object);
        let mut ids = reports.clone().map(|report| text_at(report, "id"));
        let words = match ids.find(|id| is_of_report(id)) {
            Some(id) => vec!["kaspersky".to_string(), "get".to_string(), id],
            // What was asked may be another than what is listed: a name below it.
            None => {
                let command = ["kaspersky", "ioc", "--grep"].map(str::to_string);
                let entry = text_at(reports.into_iter().next()?, "listed_as");
                [&command[..], &[entry]].concat()
            }
        };
        Some(words)
    }

    fn sandbox(&self, options: &Options) -> Result<Box<dyn Service>> {
        Ok(Box::new(sandbox::Portal::new(options)?))
    }
}
