//! `ti man`: the manual pages, made from the definition of the command line.

mod config_page;
mod page;
mod place;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::cli::run::Run;
use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::files::Pending;
use crate::output::print;

use super::help::Aside;

/// Write the manual pages to where man finds them
#[derive(Debug, Args)]
#[command(add = Aside, before_help = "\
Examples:
  ti man                        then: man ti, man 5 ti-config
  ti man - | man -l -           without writing anything")]
struct ManArgs {
    /// Write ti.1 and a page a command into DIR/man1, ti-config.5 into DIR/man5; `-` prints ti.1
    /// [default: share/man beside the folder of the program, else your own]
    dir: Option<PathBuf>,
}

pub fn command() -> Command {
    ManArgs::augment_args(Command::new("man"))
}

/// Writes the pages of the whole command line, or prints the first one.
pub fn run(matches: &ArgMatches, mut root: Command, run: &Run) -> Result<()> {
    root = root.disable_help_subcommand(true);
    root.build();
    match ManArgs::from_arg_matches(matches)?.dir {
        Some(folder) if folder == Path::new("-") => print(page::text(&root)?.as_bytes()),
        Some(folder) => write_into(&folder, &root),
        None => install(&root, run),
    }
}

/// Writes the pages to where `man` finds them, or says what lets it.
fn install(root: &Command, run: &Run) -> Result<()> {
    let system = &run.profile.system;
    let mut failed = None;
    for folder in place::candidates(system) {
        if let Err(error) = write_into(&folder, root) {
            failed = failed.or(Some(error));
            continue;
        }
        let shown = run.profile.shown(&folder);
        run.notes.note(&format!("the manual pages are in {shown}"));
        run.notes.note(&match place::is_searched(&folder, system) {
            true => "next: man ti, man 5 ti-config".to_string(),
            false => format!(
                "man does not look there; a line for the profile of your shell: {}",
                place::line(&folder)
            ),
        });
        return Ok(());
    }
    let error = failed.unwrap_or_else(|| Error::usage("there is no folder for manual pages"));
    Err(error.hint("name one: ti man DIR"))
}

fn write_into(folder: &Path, root: &Command) -> Result<()> {
    write(&folder.join("man5"), "ti-config.5", &config_page::text())?;
    write_all(&folder.join("man1"), root)
}

/// The page of a command and those of the commands below it.
fn write_all(folder: &Path, command: &Command) -> Result<()> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    write(folder, &format!("{name}.1"), &page::text(command)?)?;
    let mut below = command.get_subcommands();
    below.try_for_each(|below| match below.is_hide_set() {
        true => Ok(()),
        false => write_all(folder, below),
    })
}

fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let path = folder.join(name);
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let written = Pending::create(&path).and_then(|mut page| {
        page.write_all(text.as_bytes())?;
        page.commit()
    });
    written.map_err(|error| cannot_write(&path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::usage(format!("{}: cannot be written", path.display()))
        .cause(error)
        .or_full_disk(error)
}
