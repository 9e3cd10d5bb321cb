//! `ti cache info`, `clear` and `path`.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use schemars::JsonSchema;
use serde::Serialize;

use crate::console::Reporter;
use crate::document::{AnswerSchema, Column, Layout, Phrase, Utc};
use crate::error::{Error, Result};
use crate::output::{Takes, print};
use crate::store::{Upkeep, cache_path};

use super::run::Run;

#[derive(Debug, Subcommand)]
enum Commands {
    /// Show how many answers are kept, from where and since when
    #[command(add = Takes::RECORDS, before_help = "Examples:\n  ti cache info\n  ti cache info --json")]
    Info,
    /// Take every answer out
    #[command(before_help = "Examples:\n  ti cache clear")]
    Clear,
    /// Print the path of the database (SQLite)
    #[command(before_help = "Examples:\n  ti cache path\n  sqlite3 \"$(ti cache path)\" .tables")]
    Path,
}

pub fn command() -> Command {
    let command = Command::new("cache")
        .about("Show or empty the cache of earlier answers")
        .before_help("Examples:\n  ti cache info\n  ti cache clear");
    Commands::augment_subcommands(command)
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let path = cache_path(&run.profile.system).ok_or_else(|| {
        Error::config("this machine has no folder for caches").hint("set XDG_CACHE_HOME")
    })?;
    match Commands::from_arg_matches(matches)? {
        Commands::Info => info(&Upkeep::open(&path)?, run),
        Commands::Clear => {
            run.refuse_demo("cache")?;
            let taken = Upkeep::clear(&path)?;
            run.notes.note(&format!("removed {taken} answers"));
            Ok(())
        }
        Commands::Path => print(format!("{}\n", path.display()).as_bytes()),
    }
}

/// The answers of one service that are kept.
#[derive(Debug, Serialize, JsonSchema)]
struct CachedSource {
    /// The service.
    provider: String,
    /// The address that was asked.
    endpoint: String,
    /// How many answers there are.
    answers: u64,
    /// Their size, as the service sent them.
    bytes: u64,
    /// When the oldest came (RFC 3339, UTC).
    oldest: Option<Utc>,
    /// When the newest came (RFC 3339, UTC).
    newest: Option<Utc>,
}

pub const SCHEMA: AnswerSchema = AnswerSchema::list::<CachedSource>("cache-info", &["cache info"]);

const LAYOUT: Layout = Layout {
    empty: Phrase::new("The cache is empty.", "缓存为空。"),
    ..Layout::plain(COLUMNS)
};

const COLUMNS: &[Column] = &[
    Column::new("provider", "Provider", "服务"),
    Column::new("endpoint", "Endpoint", "地址").no_wrap(),
    Column::new("answers", "Answers", "条数").right(),
    Column::new("bytes", "Bytes", "字节").right().droppable(1),
    Column::new("oldest", "Oldest", "最早").no_wrap(),
    Column::new("newest", "Newest", "最新")
        .no_wrap()
        .droppable(2),
];

fn info(upkeep: &Upkeep, run: &Run) -> Result<()> {
    let mut output = run.context().output(LAYOUT).open()?;
    for kept in upkeep.kept()? {
        output.element(&CachedSource {
            provider: kept.provider,
            endpoint: kept.endpoint,
            answers: kept.answers,
            bytes: kept.bytes,
            oldest: kept.oldest.map(Utc),
            newest: kept.newest.map(Utc),
        })?;
    }
    output.complete().map(drop)
}
