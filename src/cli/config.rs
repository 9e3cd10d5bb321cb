//! `ti config path` and `ti config show`.

use clap::{ArgMatches, Command};
use serde_json::json;

use crate::document::{Column, Drawn, Layout, Phrase, Sink};
use crate::error::Result;
use crate::note::Notes;
use crate::output::{Format, Output, listing};
use crate::profile::Origin;
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
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    match matches.subcommand_name() {
        Some("show") => show(run),
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
    let options = dispatch::options(run.globals, &run.profile.world, &LAYOUT)?;
    if options.format == Format::Raw {
        return Err(dispatch::no_raw());
    }
    let mut output = Output::open(options, &LAYOUT)?;
    for record in records {
        output.record(record)?;
    }
    output.finish(true)
}
