//! br-cti: where indicators are, of what type, and the attacks and traffic seen over time.
//!
//! argv → [`args`] → [`command`] → [`api`] → http → [`answer`] → [`wire`] → [`geo`], [`shares`],
//! [`series`] or [`iocs`] → document. Everything but `command` is pure.

mod answer;
mod api;
mod args;
mod call;
mod command;
mod countries;
mod doubts;
mod geo;
mod iocs;
mod names;
mod sandbox;
mod series;
mod shares;
mod source;
mod view;
mod window;
mod wire;

use std::sync::Arc;

use clap::{ArgMatches, FromArgMatches, Subcommand};

use crate::config::{Setting, Settings, Shape};
use crate::context::Context;
use crate::document::{AnswerSchema, Lang, Record};
use crate::error::Result;
use crate::lookup::Source;
use crate::output::Done;
use crate::provider::{Finding, Login, Provider};
use crate::sandbox::{Options, Service};
use crate::system::Clock;

use args::Commands;
use call::Call;

pub struct Brcti;

const SETTINGS: &[Setting] = &[
    Setting::new(
        "endpoint",
        Shape::Url,
        "address of the service, without its /kp/… paths",
    )
    .required()
    // Where a server of its makers listens, unless it was told otherwise.
    .suggested("http://127.0.0.1:7777"),
    Setting::new(
        "token",
        Shape::Secret,
        "sent as Authorization: Bearer, where the service wants one",
    ),
    Setting::new("username", Shape::Text, "sent as Authorization: Basic").unless("token"),
    Setting::new("password", Shape::Secret, "the password of that user name")
        .with("username")
        .or_empty(),
    Setting::new(
        "headers",
        Shape::Headers,
        "further headers of each request; their values are secrets",
    ),
    Setting::new(
        "timezone",
        Shape::TimeZone,
        "zone of the service's times, like Asia/Shanghai: they become RFC 3339",
    ),
];

impl Provider for Brcti {
    fn name(&self) -> &'static str {
        "brcti"
    }

    fn commands(&self) -> clap::Command {
        let command = clap::Command::new("brcti")
            .about("br-cti: where indicators are; records by type, attack and traffic")
            .before_help("Examples:\n  ti brcti geo\n  ti brcti traffic -o report.html");
        Commands::augment_subcommands(command)
    }

    fn settings(&self) -> &'static [Setting] {
        SETTINGS
    }

    fn run(&self, matches: &ArgMatches, cx: &Context<'_>) -> Result<Done> {
        let (call, geo, window) = match Commands::from_arg_matches(matches)? {
            Commands::Geo(geo) => (Call::Geo, Some(geo), None),
            Commands::Types => (Call::Types, None, None),
            Commands::Attacks(args) if args.iocs => (Call::AttackIocs, None, None),
            Commands::Attacks(args) => (Call::Attacks, None, Some(args.window)),
            Commands::Traffic(args) if args.series => {
                (Call::TrafficSeries, None, Some(args.window))
            }
            Commands::Traffic(_) => (Call::Traffic, None, None),
        };
        let (geo, window) = (geo.unwrap_or_default(), window.unwrap_or_default());
        command::run(call, &geo, &window, cx)
    }

    fn schemas(&self) -> &'static [AnswerSchema] {
        &[geo::SCHEMA, shares::SCHEMA, series::SCHEMA, iocs::SCHEMA]
    }

    fn preflight(&self, settings: &Settings, _: Clock) -> Vec<Finding> {
        let sent = ["token", "username", "password", "headers"];
        Vec::from_iter(Finding::unencrypted(settings, &sent))
    }

    fn draws(&self) -> bool {
        true
    }

    fn login(&self) -> Option<Login> {
        Some(Login {
            costs_lookup: false,
            run: api::login,
        })
    }

    fn source(&self, cx: &Context<'_>) -> Result<Option<Arc<dyn Source>>> {
        let settings = cx.settings("brcti")?;
        let is_configured = settings.endpoint().is_ok();
        let attackers = || Arc::new(source::Attackers::new(settings, cx.clock, cx.notes));
        Ok(is_configured.then(|| attackers() as Arc<dyn Source>))
    }

    fn judgment_in(&self, name: &str, lang: Lang) -> String {
        names::title(name, lang).to_string()
    }

    fn more(&self, _: &Record, _: &Record) -> Option<Vec<String>> {
        Some(["brcti", "attacks", "--iocs"].map(str::to_string).to_vec())
    }

    fn sandbox(&self, options: &Options) -> Result<Box<dyn Service>> {
        Ok(Box::new(sandbox::Brcti::new(options)))
    }
}
