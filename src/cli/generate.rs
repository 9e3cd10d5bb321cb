//! `ti completions` and `ti man`: made from the definition of the command line.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::error::{Error, Result};

use super::{args, print};

pub fn commands() -> [Command; 2] {
    let shell = Arg::new("shell")
        .value_name("SHELL")
        .required(true)
        .value_parser(value_parser!(Shell));
    let folder = Arg::new("dir")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help("Write ti.1 and a page a command into DIR");
    [
        Command::new("completions")
            .about("Print the completion script for a shell")
            .arg(shell),
        Command::new("man")
            .about("Print the manual page, or write all pages")
            .arg(folder),
    ]
}

pub fn run(name: &str, matches: &ArgMatches) -> Result<()> {
    if name == "completions" {
        let shell = matches.get_one::<Shell>("shell").copied();
        let shell = shell.ok_or_else(|| Error::usage("name a shell"))?;
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut args::command(), "ti", &mut script);
        return print(&script);
    }
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
