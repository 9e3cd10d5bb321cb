//! `ti schema`: what the JSON of a command looks like.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::document::AnswerSchema;
use crate::error::{Error, Result, did_you_mean};
use crate::output::Takes;
use crate::providers;

use super::help::Aside;
use super::run::Run;
use super::{cache, config, extract, index, lookup, matching, report};

const OWN: [AnswerSchema; 8] = [
    lookup::SCHEMA,
    extract::SCHEMA,
    matching::SCHEMA,
    index::SCHEMA,
    cache::SCHEMA,
    config::CHECK_SCHEMA,
    config::SHOW_SCHEMA,
    report::ERROR_SCHEMA,
];

/// Those of all commands.
pub fn all() -> impl Iterator<Item = AnswerSchema> {
    let of_providers = providers::ALL.iter().flat_map(|known| known.schemas());
    of_providers.copied().chain(OWN)
}

/// The commands that have one, as they are typed.
fn commands() -> impl Iterator<Item = &'static str> {
    all().flat_map(|schema| schema.commands.iter().copied())
}

/// The words of all commands, flags among them, each once.
fn words() -> Vec<&'static str> {
    let mut words: Vec<_> = commands().flat_map(str::split_whitespace).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn flags() -> impl Iterator<Item = &'static str> {
    words()
        .into_iter()
        .filter_map(|word| word.strip_prefix("--"))
}

pub fn command() -> Command {
    let names = words().into_iter().filter(|word| !word.starts_with('-'));
    let flag = |name: &'static str| {
        let of = commands().filter_map(|command| command.strip_suffix(name)?.strip_suffix(" --"));
        let of: Vec<_> = of.map(|command| format!("ti {command}")).collect();
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help_heading("Of the command")
            .help(format!("The other JSON that {} has with it", of.join(", ")))
    };
    Command::new("schema")
        .add(Aside)
        .add(Takes::BYTES)
        .about("Print the JSON Schema of what a command prints with --json")
        .before_help(
            "Examples:\n  \
             ti schema                       the commands that have one\n  \
             ti schema kti search\n  \
             ti schema brcti attacks --iocs -o iocs.schema.json",
        )
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .num_args(0..)
                .value_parser(PossibleValuesParser::new(names))
                .hide_possible_values(true)
                .help("The command, as it is typed [default: list all that have one]"),
        )
        .args(flags().map(flag))
}

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let mut out = run.context().byte_output().open()?;
    let words = matches.get_many::<String>("command").into_iter().flatten();
    let asked = flags().filter(|flag| matches.get_flag(flag));
    let typed: Vec<_> = words
        .cloned()
        .chain(asked.map(|flag| format!("--{flag}")))
        .collect();
    match &typed[..] {
        [] => commands().try_for_each(|command| out.line(command.as_bytes()))?,
        words => out.line(of(&words.join(" "))?.as_bytes())?,
    }
    out.complete().map(drop)
}

/// The schema of a command.
fn of(typed: &str) -> Result<String> {
    let Some(found) = all().find(|schema| schema.commands.contains(&typed)) else {
        let error = Error::usage(format!("ti {typed} prints no JSON that has a schema"));
        let longer = commands().find(|command| command.contains(typed));
        return Err(match longer.or_else(|| did_you_mean(typed, commands())) {
            Some(meant) => error.hint(format!("did you mean ti schema {meant}?")),
            None => error.hint("ti schema alone lists the commands that have one"),
        });
    };
    Ok(found.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_one_schema() {
        let mut commands: Vec<_> = commands().collect();
        let count = commands.len();
        commands.sort_unstable();
        commands.dedup();
        assert_eq!(commands.len(), count);
    }

    #[test]
    fn a_command_without_one_is_told_of_its_neighbour() {
        for (typed, meant) in [
            ("kti", "did you mean ti schema kti search?"),
            ("kaspersky lst", "did you mean ti schema kaspersky list?"),
            (
                "quite something else",
                "ti schema alone lists the commands that have one",
            ),
        ] {
            assert_eq!(of(typed).unwrap_err().hints, [meant]);
        }
        assert!(
            of("lookup")
                .unwrap()
                .contains("\"title\": \"ti lookup --json\"")
        );
    }
}
