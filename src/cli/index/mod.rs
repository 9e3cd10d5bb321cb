//! `ti index`: what is listed, kept for those who look without a network.

mod info;
pub mod listing;

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};

use crate::console::Reporter;
use crate::document::counted;
use crate::error::{Error, Kind, Result};
use crate::output::{Takes, print};
use crate::providers::kaspersky::{self, MasterArgs};
use crate::store::index::{Builder, Built, Index, Provenance, delete};

use super::run::Run;
pub use info::SCHEMA;
pub use listing::{Listing, of_list, open};
use listing::{add_list, add_row, no_index, not_looked_up, of_sample_data, open_file, path};

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
        #[arg(long, value_name = "FILE", conflicts_with = "group")]
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
        let count = counted(built.indicators(), "indicator");
        run.notes.note(&format!(
            "{count} of the sample data; --demo keeps no index"
        ));
        return Ok(());
    }
    let path = path(run)?;
    let mut builder = begin(&path, run)?;
    let (kept, from, at) = match (from, file) {
        (Some(from), Some((file, at))) => {
            let kept = kaspersky::read(master, file, &cx, &mut builder, &mut add_row);
            let kept = kept.map_err(|error| of_file(from, error))?;
            (kept, from.display().to_string(), at)
        }
        _ => {
            let kept = kaspersky::fetch(master, &cx, &mut builder, &mut add_row)?;
            (kept, "the service".to_string(), cx.now())
        }
    };
    let origin = Provenance {
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

/// The file is named where it is to blame: it is not where the index cannot be written.
fn of_file(file: &Path, error: Error) -> Error {
    match error.kind {
        Kind::Internal => error,
        Kind::Usage => Error {
            message: format!("{} cannot be read", file.display()),
            ..error
        },
        _ => Error {
            message: format!("{} cannot be read as a Master IOC", file.display()),
            causes: [vec![error.message], error.causes].concat(),
            ..error
        },
    }
}

/// Goes on from the index that is there; from one that cannot be relied on nothing is taken.
fn begin(path: &Path, run: &Run) -> Result<Builder> {
    match Builder::begin(path, Some(path), kaspersky::NAME) {
        Err(error) if error.kind == Kind::Service => {
            let causes = error.causes.join(": ");
            run.notes.warning(&format!(
                "the index could not be relied on ({causes}); lists of your own have to be added again"
            ));
            Builder::begin(path, None, kaspersky::NAME)
        }
        begun => begun,
    }
}

fn add(file: &Path, name: &str, reason: Option<&str>, run: &Run) -> Result<()> {
    run.refuse_demo("index")?;
    check_name(name, run)?;
    let path = path(run)?;
    let mut builder = Builder::begin(&path, Some(&path), name)?;
    let origin = add_list(&mut builder, file, name, reason)?;
    let built = builder.finish(Some(&origin))?;
    tell(name, built, run);
    Ok(())
}

/// A name stands in `--source A,B`, and in cells as `NAME:STATUS|…`.
fn check_name(name: &str, run: &Run) -> Result<()> {
    let is_provider = run.profile.known.iter().any(|(known, _)| *known == name);
    let is_plain = |c: char| !c.is_control() && !matches!(c, ',' | '|');
    let why = if is_provider {
        "a service has that name"
    } else if name.trim().is_empty() {
        "there is nothing to call it by"
    } else if name.trim() != name || !name.chars().all(is_plain) {
        "in it is a comma, a pipe sign or a control character, or a blank before or behind it"
    } else {
        return Ok(());
    };
    Err(Error::usage(format!("a list cannot be called {name:?}"))
        .cause(why)
        .hint("choose another with --name"))
}

fn remove(name: &str, run: &Run) -> Result<()> {
    run.refuse_demo("index")?;
    let path = path(run)?;
    let index = Index::open(&path)?.ok_or_else(|| no_index(&path))?;
    let sources = index.sources();
    if sources.is_empty() {
        return Err(no_index(&path));
    }
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
    let any = delete(path)?;
    run.notes.note(if any {
        "the index was deleted"
    } else {
        "there was no index"
    });
    Ok(())
}

fn tell(name: &str, built: Built, run: &Run) {
    let skipped = not_looked_up(built.not_indexed);
    let rows = counted(built.rows, "row");
    let all = counted(built.indicators, "indicator");
    run.notes
        .note(&format!("{name}: {rows}{skipped}; the index has {all}"));
}
