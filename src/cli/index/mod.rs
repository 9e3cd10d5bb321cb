//! `ti index`: what is listed, kept for those who look without a network.

mod info;
pub mod listing;

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};

use crate::console::Reporter;
use crate::document::{counted, grouped};
use crate::error::{Error, Result};
use crate::files::Succession;
use crate::output::{Takes, print};
use crate::providers::kaspersky::{self, MasterArgs};
use crate::store::index::{Builder, Built, Index, Origin};

use super::run::Run;
pub use info::SCHEMA;
pub use listing::{Listing, of_list, open};
use listing::{add_list, add_row, of_sample_data, open_file, path};

#[derive(Debug, Subcommand)]
enum Commands {
    /// Fetch the Master IOC, or read one, and put it in the place of the one before
    #[command(add = Takes::TEXT.asking(), before_help = "\
Examples:
  ti index update
  ti index update --from master.csv
  15 3 * * *  ti -q index update")]
    Update {
        #[command(flatten)]
        master: MasterArgs,

        /// Read FILE, the JSON answer or what `ti kaspersky ioc --raw` writes; asks nobody
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Add a list of your own: any text with indicators in it
    #[command(before_help = "\
Examples:
  ti index add blocklist.txt --name block
  ti index add incidents.csv --name incidents --reason case")]
    Add {
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// What matches call it; a list of this name is replaced
        #[arg(long)]
        name: String,

        /// FILE is CSV, and this column says why each is listed
        #[arg(long, value_name = "COLUMN")]
        reason: Option<String>,
    },
    /// Take a list out
    #[command(before_help = "Examples:\n  ti index remove block")]
    Remove { name: String },
    /// Show what is in it, from where and since when
    #[command(add = Takes::RECORDS, before_help = "Examples:\n  ti index info\n  ti index info --json")]
    Info,
    /// Delete it, and the one before
    #[command(before_help = "Examples:\n  ti index clear")]
    Clear,
    /// Print the path of the database (SQLite)
    #[command(before_help = "Examples:\n  ti index path\n  sqlite3 \"$(ti index path)\" .tables")]
    Path,
}

pub fn command() -> Command {
    let command = Command::new("index")
        .about("Keep the Master IOC and lists of your own, to look in them offline")
        .before_help("Examples:\n  ti index update\n  ti index info");
    Commands::augment_subcommands(command)
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    match Commands::from_arg_matches(matches)? {
        Commands::Update { master, from } => update(&master, from.as_deref(), run),
        Commands::Add { file, name, reason } => add(&file, &name, reason.as_deref(), run),
        Commands::Remove { name } => remove(&name, run),
        Commands::Info => info::run(run),
        Commands::Clear => clear(&path(run)?, run),
        Commands::Path => print(format!("{}\n", path(run)?.display()).as_bytes()),
    }
}

fn update(master: &MasterArgs, from: Option<&Path>, run: &Run) -> Result<()> {
    let cx = run.context();
    let file = from.map(open_file).transpose()?;
    if run.globals.demo && from.is_none() {
        let built = of_sample_data(run)?;
        let count = counted(built.indicators()?, "indicator");
        run.notes.note(&format!(
            "{count} of the sample data; --demo keeps no index"
        ));
        return Ok(());
    }
    let path = path(run)?;
    let mut builder = begin(&path, run)?;
    let (kept, from, at) = match (from, file) {
        (Some(from), Some((file, at))) => {
            let failed = |error: Error| Error {
                message: format!("{} is no Master IOC", from.display()),
                causes: [vec![error.message], error.causes].concat(),
                ..error
            };
            let kept = kaspersky::read(master, file, &cx, &mut builder, &mut add_row);
            (kept.map_err(failed)?, from.display().to_string(), at)
        }
        _ => {
            let kept = kaspersky::fetch(master, &cx, &mut builder, &mut add_row)?;
            (kept, "the service".to_string(), cx.now())
        }
    };
    let origin = Origin {
        name: kaspersky::NAME.to_string(),
        origin: from,
        sha256: kept.sha256,
        retrieved_at: at,
        ages: true,
    };
    let built = builder.finish(Some(&origin))?;
    tell(kaspersky::NAME, built, run);
    kept.unreadable.map_or(Ok(()), Err)
}

/// Goes on from the index that is there; from one that cannot be relied on nothing is taken.
fn begin(path: &Path, run: &Run) -> Result<Builder> {
    if !path.exists() {
        return Builder::begin(path, None, kaspersky::NAME);
    }
    let sound = Index::open(path).and_then(|index| index.sources().map(drop));
    match sound {
        Ok(()) => Builder::begin(path, Some(path), kaspersky::NAME),
        Err(error) => {
            let causes = error.causes.join(": ");
            run.notes.warning(&format!(
                "the index could not be relied on ({causes}); lists of your own have to be added again"
            ));
            Builder::begin(path, None, kaspersky::NAME)
        }
    }
}

fn add(file: &Path, name: &str, reason: Option<&str>, run: &Run) -> Result<()> {
    run.refuse_demo("index")?;
    let is_provider = run.profile.known.iter().any(|(known, _)| *known == name);
    if name.is_empty() || is_provider {
        return Err(Error::usage(format!("a list cannot be called {name:?}"))
            .hint("a service has that name; choose another with --name"));
    }
    let path = path(run)?;
    let old = path.exists().then_some(path.as_path());
    if let Some(old) = old {
        Index::open(old)?.sources()?;
    }
    let mut builder = Builder::begin(&path, old, name)?;
    let origin = add_list(&mut builder, file, name, reason)?;
    let built = builder.finish(Some(&origin))?;
    tell(name, built, run);
    Ok(())
}

fn remove(name: &str, run: &Run) -> Result<()> {
    run.refuse_demo("index")?;
    let path = path(run)?;
    let sources = Index::open(&path)?.sources()?;
    if !sources.iter().any(|source| source.name == name) {
        let names: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
        return Err(Error::usage(format!("the index has no list {name:?}"))
            .hint(format!("it has: {}", names.join(", "))));
    }
    let built = Builder::begin(&path, Some(&path), name)?.finish(None)?;
    let left = counted(built.indicators, "indicator");
    run.notes
        .note(&format!("{name} is out of the index; {left} are left"));
    Ok(())
}

fn clear(path: &Path, run: &Run) -> Result<()> {
    run.refuse_demo("index")?;
    let any = Succession::delete(path)?;
    run.notes.note(if any {
        "the index was deleted"
    } else {
        "there was no index"
    });
    Ok(())
}

fn tell(name: &str, built: Built, run: &Run) {
    let skipped = match built.not_indexed {
        0 => String::new(),
        count => format!("; {} more cannot be looked up", grouped(count.into())),
    };
    let rows = counted(built.rows, "row");
    let all = counted(built.indicators, "indicator");
    run.notes
        .note(&format!("{name}: {rows}{skipped}; the index has {all}"));
}
