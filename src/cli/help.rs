//! Help: what fits a screen with `-h`, everything with `--help`, the global options with
//! `ti help options`. Both are views of the one definition.

use std::ffi::OsString;

use clap::builder::CommandExt;
use clap::{Arg, Command};

use crate::error::Result;
use crate::output::print;

pub const TEMPLATE: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// For `-h`, which has no line to spare.
const BRIEF: &str = "\
{about-with-newline}{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// For `ti` alone.
const FIRST: &str = "\
{about-with-newline}{before-help}{usage-heading} {usage}

Commands:
{subcommands}{after-help}";

/// The word of `ti help options`.
pub const OPTIONS: &str = "options";

/// A command that the short help of `ti` names only in its last line: it is for setting up.
#[derive(Debug, Clone, Copy)]
pub struct Aside;

impl CommandExt for Aside {}

/// The global options as a topic of `ti help`.
pub fn options() -> Command {
    Command::new(OPTIONS)
        .about("The options that commands have in common; each takes those that work for it")
        .before_help(
            "Examples:\n  ti --demo kti search evil.com --json\n  \
             ti --profile work kaspersky list --csv -o reports.csv",
        )
        .override_usage("ti [OPTIONS] <COMMAND> …")
        .hide(true)
}

/// `ti options`, which has nothing to do but to say them.
pub fn print_options(command: Command) -> Result<()> {
    let mut command = full(command);
    command.build();
    let text = command
        .find_subcommand_mut(OPTIONS)
        .map(|options| options.render_help().to_string());
    print(text.unwrap_or_default().as_bytes())
}

/// The help that was asked for, of whichever command: a definition that gives it when it is
/// handed the same words.
pub fn view(command: Command, words: &[OsString]) -> Command {
    let is_help_command = words.iter().skip(1).any(|word| word == "help");
    match is_help_command || words.iter().any(|word| word == "--help") {
        true => full(command),
        false => first(command),
    }
}

/// With every option, in the narrow form.
fn full(command: Command) -> Command {
    command
        .mut_args(|arg| arg.hide_short_help(false))
        .mut_subcommands(full)
}

/// What fits a screen: without the global options, without what is rarely needed, and without
/// what stands behind a semicolon, as details do.
fn brief(command: Command) -> Command {
    if command.get_name() == OPTIONS {
        return full(command);
    }
    let last = "global options: ti help options";
    let last = match command.get_after_help() {
        Some(notes) => format!("{notes}\n{last}"),
        None => last.to_string(),
    };
    command
        .mut_args(|arg| match arg.is_global_set() {
            true => arg.hide_short_help(true),
            false => first_clause(arg).help_heading(None),
        })
        .mut_subcommands(brief)
        .disable_help_subcommand(true)
        .help_template(BRIEF)
        .after_help(last)
}

fn first_clause(arg: Arg) -> Arg {
    let takes_values = arg.get_action().takes_values();
    let arg = arg.hide_possible_values(takes_values);
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    match clause(&help) {
        clause if clause.len() < help.len() => arg.help(clause.to_string()),
        _ => arg,
    }
}

/// What stands before the first semicolon that is not in parentheses.
fn clause(text: &str) -> &str {
    let mut depth = 0;
    let end = text.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        *c == ';' && depth == 0
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// `ti` alone: what there is to do, and where more stands.
fn first(command: Command) -> Command {
    let is_aside = |below: &Command| below.get::<Aside>().is_some();
    let aside = command.get_subcommands().filter(|below| is_aside(below));
    let names: Vec<_> = aside.map(Command::get_name).collect();
    let last = format!(
        "more commands: {}, help; global options: ti help options",
        names.join(", ")
    );
    brief(command)
        .mut_subcommands(|below| match is_aside(&below) {
            true => below.hide(true),
            false => below,
        })
        .help_template(FIRST)
        .after_help(last)
}
