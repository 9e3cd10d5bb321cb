//! `ti config`: where settings come from, what they are, and whether they lead to an answer.

mod ask;
mod change;
mod check;
mod edit;
mod init;
mod page;
mod prompt;
mod set;
mod show;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::config::is_there;
use crate::console::Reporter;
use crate::error::Result;
use crate::output::{Takes, print};
use crate::providers;

use crate::cli::run::Run;

pub use check::SCHEMA as CHECK_SCHEMA;
pub use show::SCHEMA as SHOW_SCHEMA;

pub fn command() -> Command {
    Command::new("config")
        .about("Make the configuration, show it, and find out what is wrong")
        .before_help(
            "Examples:\n  \
             ti config init                          make a configuration\n  \
             ti config check                         find out what is wrong\n  \
             ti config set kti.region cn-beijing-6   change one setting",
        )
        .subcommand(init::command())
        .subcommand(check::command())
        .subcommand(set::set_command())
        .subcommand(set::unset_command())
        .subcommand(
            Command::new("show")
                .add(Takes::RECORDS.asking())
                .about("Show every setting, secrets redacted, and where it comes from")
                .before_help(
                    "Examples:\n  ti config show kti\n  ti config show --csv --fields setting,value,origin",
                )
                .arg(provider().help("Show the settings of this provider [default: of all]")),
        )
        .subcommand(
            Command::new("path")
                .about("Print the path of the configuration file that is read")
                .before_help("Examples:\n  ti config path\n  chmod 600 \"$(ti config path)\""),
        )
}

/// The name of a provider.
fn provider() -> Arg {
    let names = providers::ALL.iter().map(|provider| provider.name());
    Arg::new("provider")
        .value_name("PROVIDER")
        .value_parser(PossibleValuesParser::new(names))
        .ignore_case(true)
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    if let Some("init" | "set" | "unset") = matches.subcommand_name() {
        run.refuse_demo("configuration")?;
    }
    match matches.subcommand() {
        Some(("init", matches)) => init::run(matches, run),
        Some(("check", matches)) => check::run(matches, run),
        Some(("set", matches)) => set::set(matches, run),
        Some(("unset", matches)) => set::unset(matches, run),
        Some(("show", matches)) => show::run(matches, run),
        _ => {
            let location = &run.profile.location;
            let path = location.read();
            if location.machine_in_use().is_some() {
                let own = run.profile.shown(&location.own);
                run.notes
                    .note(&format!("it is the machine's, read as there is no {own}"));
            } else if !is_there(path) {
                let next = "there is no file there yet: ti config init";
                run.notes
                    .note(&run.given.keep(&run.notes.in_language(next)));
            }
            print(format!("{}\n", path.display()).as_bytes())
        }
    }
}
