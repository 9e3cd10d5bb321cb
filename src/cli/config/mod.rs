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
use clap::{ArgMatches, Command, FromArgMatches, Subcommand};

use crate::config::is_there;
use crate::console::Reporter;
use crate::error::Result;
use crate::output::print;
use crate::providers;

use crate::cli::run::Run;

pub use check::SCHEMA as CHECK_SCHEMA;
pub use show::SCHEMA as SHOW_SCHEMA;

#[derive(Debug, Subcommand)]
enum Commands {
    Init(init::InitArgs),
    Check(check::CheckArgs),
    Set(set::SetArgs),
    Unset(set::UnsetArgs),
    Show(show::ShowArgs),
    /// Print the path of the configuration file that is read
    #[command(before_help = "Examples:\n  ti config path\n  chmod 600 \"$(ti config path)\"")]
    Path,
}

pub fn command() -> Command {
    let command = Command::new("config")
        .about("Make the configuration, show it, and find out what is wrong")
        .before_help(
            "Examples:\n  \
             ti config init                          make a configuration\n  \
             ti config check                         find out what is wrong\n  \
             ti config set kti.region cn-beijing-6   change one setting",
        );
    Commands::augment_subcommands(command)
}

/// The name of a provider.
fn provider() -> PossibleValuesParser {
    let names = providers::ALL.iter().map(|provider| provider.name());
    PossibleValuesParser::new(names)
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let command = Commands::from_arg_matches(matches)?;
    if let Commands::Init(_) | Commands::Set(_) | Commands::Unset(_) = command {
        run.refuse_demo("configuration")?;
    }
    match command {
        Commands::Init(args) => init::run(&args, run),
        Commands::Check(args) => check::run(&args, run),
        Commands::Set(args) => set::set(&args, run),
        Commands::Unset(args) => set::unset(&args, run),
        Commands::Show(args) => show::run(&args, run),
        Commands::Path => {
            let location = &run.profile.location;
            let path = location.read();
            if location.machine_in_use().is_some() {
                let own = run.profile.shown(&location.own);
                run.notes
                    .note(&format!("it is the machine's, read as there is no {own}"));
            } else if !is_there(path) {
                let next = "there is no file there yet: ti config init";
                run.notes.note(&run.advice(next));
            }
            print(format!("{}\n", path.display()).as_bytes())
        }
    }
}
