//! `ti man`: the manual pages, made from the definition of the command line.

mod config_page;
mod page;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::error::{Error, Result};
use crate::output::print;

use super::help::Aside;

pub fn command() -> Command {
    Command::new("man")
        .add(Aside)
        .about("Print the manual page, or write all pages")
        .before_help(
            "Examples:\n  \
             ti man | man -l -\n  \
             ti man ~/.local/share/man",
        )
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Write ti.1 and a page a command into DIR/man1, ti-config.5 into DIR/man5"),
        )
}

/// The pages of the whole command line.
pub fn run(matches: &ArgMatches, mut root: Command) -> Result<()> {
    root = root.disable_help_subcommand(true);
    root.build();
    match matches.get_one::<PathBuf>("dir") {
        None => print(page::text(&root)?.as_bytes()),
        Some(folder) => {
            write(&folder.join("man5"), "ti-config.5", &config_page::text())?;
            write_all(&folder.join("man1"), &root)
        }
    }
}

/// The page of a command and those of the commands below it.
fn write_all(folder: &Path, command: &Command) -> Result<()> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    write(folder, &format!("{name}.1"), &page::text(command)?)?;
    let below = command
        .get_subcommands()
        .filter(|below| !below.is_hide_set());
    below
        .into_iter()
        .try_for_each(|below| write_all(folder, below))
}

fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let path = folder.join(name);
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    std::fs::write(&path, text).map_err(|error| cannot_write(&path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::usage(format!("{}: cannot be written", path.display())).cause(error)
}
