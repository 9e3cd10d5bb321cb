//! `ti man`: made from the definition of the command line.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::error::{Error, Result};

use super::{args, print};

pub fn command() -> Command {
    Command::new("man")
        .about("Print the manual page, or write all pages")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Write ti.1 and a page a command into DIR"),
        )
}

pub fn run(matches: &ArgMatches) -> Result<()> {
    match matches.get_one::<PathBuf>("dir") {
        Some(folder) => {
            let failed = |error| {
                Error::usage(format!("{}: cannot be written", folder.display())).cause(error)
            };
            std::fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(args::command(), folder).map_err(failed)
        }
        None => {
            let mut page = Vec::new();
            let rendered = clap_mangen::Man::new(args::command()).render(&mut page);
            rendered.map_err(|error| Error::write("the manual page", &error))?;
            print(&page)
        }
    }
}
