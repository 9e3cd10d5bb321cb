//! `ti config path`, `ti config show` and `ti config check`.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::document::{Column, Drawn, Layout, Phrase, Record, Sink};
use crate::error::Result;
use crate::net::Identity;
use crate::note::Notes;
use crate::output::{Format, Output, listing};
use crate::profile::{Origin, Resolved};
use crate::providers;

use super::{Run, dispatch, print};

pub fn command() -> Command {
    Command::new("config")
        .about("Where settings come from and what they are")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("path").about("Print the path of the configuration file"))
        .subcommand(
            Command::new("show")
                .about("Show every setting, secrets redacted, and where it comes from"),
        )
        .subcommand(
            Command::new("check")
                .about("Check that settings, secrets and certificate can be used; nothing is sent")
                .arg(
                    Arg::new("provider")
                        .value_name("PROVIDER")
                        .value_parser(names())
                        .help("Check this one [default: all that something is set for]"),
                ),
        )
}

fn names() -> Vec<&'static str> {
    providers::ALL
        .iter()
        .map(|provider| provider.name())
        .collect()
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    match matches.subcommand() {
        Some(("show", _)) => show(run),
        Some(("check", matches)) => check(matches.get_one::<String>("provider"), run),
        _ => {
            let path = &run.profile.path;
            if !path.exists() {
                run.notes.note("there is no file there yet");
            }
            print(format!("{}\n", path.display()).as_bytes())
        }
    }
}

const LAYOUT: Layout = Layout {
    columns: COLUMNS,
    table: COLUMNS,
    card: None,
    empty: Phrase::new("", ""),
    max_rows: usize::MAX,
    drawn: Drawn::Never,
};

const COLUMNS: &[Column] = &[
    Column::new("provider", "Provider", "服务"),
    Column::new("setting", "Setting", "设置"),
    Column::new("value", "Value", "值"),
    Column::new("origin", "From", "来源"),
];

fn show(run: &Run) -> Result<()> {
    if run.globals.fields.as_deref() == Some("") {
        return print(listing(&LAYOUT).as_bytes());
    }
    let mut records = Vec::new();
    for provider in providers::ALL {
        let settings = run.profile.settings(provider.name())?;
        for (name, resolved) in &settings.values {
            let value = resolved.shown();
            let origin = match &resolved.origin {
                Origin::Unset => None,
                origin => Some(origin.to_string()),
            };
            let record = json!({"provider": provider.name(), "setting": name, "value": value, "origin": origin});
            records.extend(record.as_object().cloned());
        }
    }
    write(records, &LAYOUT, run)
}

const CHECK_LAYOUT: Layout = Layout {
    columns: CHECK_COLUMNS,
    table: CHECK_COLUMNS,
    card: None,
    empty: Phrase::new("Nothing is set for any provider.", "没有任何设置。"),
    max_rows: usize::MAX,
    drawn: Drawn::Never,
};

const CHECK_COLUMNS: &[Column] = &[
    Column::new("provider", "Provider", "服务").firm(),
    Column::new("status", "Status", "状态").firm(),
    Column::new("certificate", "Certificate", "证书"),
    Column::new("subject", "For", "持有者"),
    Column::new("issuer", "By", "颁发者"),
    Column::new("expires", "Until", "有效期至").firm(),
];

/// Reads every secret and the certificate as a request would; the first that cannot be used is
/// the error.
fn check(only: Option<&String>, run: &Run) -> Result<()> {
    if run.globals.fields.as_deref() == Some("") {
        return print(listing(&CHECK_LAYOUT).as_bytes());
    }
    let mut records = Vec::new();
    for provider in providers::ALL {
        if only.is_some_and(|only| only != provider.name()) {
            continue;
        }
        let settings = run.profile.settings(provider.name())?;
        let is_set =
            |resolved: &Resolved| !matches!(resolved.origin, Origin::Default | Origin::Unset);
        if only.is_none() && !settings.values.values().any(is_set) {
            continue;
        }
        provider.check(&settings)?;
        let identity = Identity::of(&settings)?;
        if let Some(identity) = &identity {
            identity.check((run.profile.world.clock)(), run.notes)?;
        }
        let of = |field: fn(&Identity) -> String| identity.as_ref().map(field);
        let record = json!({
            "provider": provider.name(),
            "status": "ok",
            "certificate": of(|identity| identity.path().display().to_string()),
            "subject": of(|identity| identity.subject.clone()),
            "issuer": of(|identity| identity.issuer.clone()),
            "expires": of(|identity| identity.not_after.strftime("%Y-%m-%d").to_string()),
        });
        records.extend(record.as_object().cloned());
    }
    write(records, &CHECK_LAYOUT, run)
}

fn write(records: Vec<Record>, layout: &Layout, run: &Run) -> Result<()> {
    let options = dispatch::options(run.globals, &run.profile.world, layout)?;
    if options.format == Format::Raw {
        return Err(dispatch::no_raw());
    }
    let mut output = Output::open(options, layout)?;
    for record in records {
        output.record(record)?;
    }
    output.finish(true).map(drop)
}
