//! The command line as a whole: global options, each provider's commands, our own.

use std::ffi::OsString;

use clap::{Arg, Args, Command};

use crate::output::Takes;
use crate::providers;

use super::globals::Globals;
use super::{OWN, exit_codes, help};

const ABOUT: &str = "Threat intelligence from KTI, Kaspersky and br-cti, one command each";

/// Examples come first: most people look for the line to change.
const EXAMPLES: &str = "\
Examples:
  ti --demo kti search evil.com            without an account, from sample data
  ti config init                           a profile for your account
  ti kti search evil.com 8.8.8.8           look indicators up
  ti kti search -i hosts.txt --csv         a file of them, as CSV
  ti config check                          find out what is wrong";

/// The one definition of the command line: parser, help, completions and man pages.
pub fn command() -> Command {
    let globals = globals();
    let command = whole(|_| true);
    answering(command.mut_subcommands(|below| laid_out(fitted(below, &globals))))
}

/// The same for a line that is understood; commands that are not asked for stay as they are.
pub fn parser() -> Command {
    answering(whole(|_| true).mut_subcommands(put_off))
}

/// The same with those commands alone whose names are among some words: most lines need no others.
pub fn parser_of(words: &[OsString]) -> Command {
    let is_named = |name: &str| words.iter().any(|word| word == name);
    answering(whole(is_named).mut_subcommands(put_off))
}

/// Laid out where it is asked for.
fn put_off(command: Command) -> Command {
    command.defer(|command| {
        let command = answering(command);
        match command.has_subcommands() {
            true => command.mut_subcommands(put_off),
            false => fitted(command, &globals()),
        }
    })
}

fn globals() -> Vec<Arg> {
    let command = Globals::augment_args(Command::new("ti"));
    command.get_arguments().cloned().collect()
}

fn whole(is_wanted: impl Fn(&str) -> bool) -> Command {
    let command = Command::new("ti")
        .version(env!("TI_VERSION"))
        .before_help(EXAMPLES)
        .after_help(exit_codes::after_help())
        .infer_long_args(false)
        .max_term_width(100);
    let providers = providers::ALL
        .iter()
        .filter(|known| is_wanted(known.name()));
    let command = command.subcommands(providers.map(|known| known.commands()));
    let own = OWN.iter().filter(|(name, ..)| is_wanted(name));
    let command = command.subcommands(own.map(|(_, own, _)| own()));
    // The arguments bring a sentence about themselves.
    Globals::augment_args(command).about(ABOUT)
}

/// A command with those of the global options that work for it; the others are hidden, and
/// refused where they are typed.
fn fitted(command: Command, globals: &[Arg]) -> Command {
    if command.has_subcommands() {
        return command.mut_subcommands(|below| fitted(below, globals));
    }
    if command.get_name() == help::OPTIONS {
        return command;
    }
    let takes = Takes::of(&command);
    globals.iter().fold(command, |command, global| {
        let id = global.get_id();
        let own = match (takes.refuses(global), id.as_str()) {
            (Some(_), _) => global.clone().hide(true),
            (None, "format") => global.clone().value_parser(takes.formats()),
            (None, _) => return command,
        };
        // A command that was put off has those of the whole already.
        let is_there = command.get_arguments().any(|known| known.get_id() == id);
        match is_there {
            true => command.mut_arg(id, |_| own),
            false => command.arg(own),
        }
    })
}

/// As [`answering`], with all that is below it.
fn laid_out(command: Command) -> Command {
    answering(command).mut_subcommands(laid_out)
}

/// Every command's help in the same order: what it does, examples, usage, options. It is the answer
/// where a command stands without the one below it.
fn answering(command: Command) -> Command {
    let has_below = command.has_subcommands();
    command
        .help_template(help::TEMPLATE)
        .subcommand_required(has_below)
        .arg_required_else_help(has_below)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
        super::parser().debug_assert();
        super::parser_of(&["kti".into()]).debug_assert();
    }
}
