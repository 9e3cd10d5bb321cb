//! What the shell is told when somebody presses Tab.
//!
//! The scripts under `completions/` call `ti` itself, so that values are completed too, the
//! names of profiles in the file among them. A script is of the same version as the program
//! that it calls: `ti completions SHELL` prints it, a package installs both.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, ValueHint};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::Shells;

use crate::config::{COMMON, DEFAULT_PROFILE, Location, Profile, Setting, Shape, TOP};
use crate::error::{Error, Result};
use crate::output::print;
use crate::providers;
use crate::redact::Redactor;
use crate::store::index::{Index, index_path};
use crate::system::System;

use super::help::Aside;

/// Set by the scripts to the name of the shell.
const VARIABLE: &str = "TI_COMPLETE";

/// Print the completion script for a shell
#[derive(Debug, Args)]
#[command(add = Aside, before_help = "\
Examples:
  source <(ti completions bash)                         in ~/.bashrc
  source <(ti completions zsh)                          in ~/.zshrc, after compinit
  ti completions fish > ~/.config/fish/completions/ti.fish")]
struct CompletionsArgs {
    shell: clap_complete::Shell,
}

pub fn command() -> Command {
    CompletionsArgs::augment_args(Command::new("completions"))
}

pub fn script(matches: &ArgMatches) -> Result<()> {
    let name = CompletionsArgs::from_arg_matches(matches)?
        .shell
        .to_string();
    let shells = Shells::builtins();
    let shell = shells
        .completer(&name)
        .ok_or_else(|| Error::usage("name a shell"))?;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "ti", "ti", "ti", &mut script)
        .map_err(|error| Error::write("the script", &error))?;
    let script = match name.as_str() {
        "bash" => quoting(&String::from_utf8_lossy(&script)).into_bytes(),
        _ => script,
    };
    print(&script)
}

/// In bash what is completed goes onto the line as it is: a blank or a `$` in it would mean
/// something, where no quote is open.
fn quoting(script: &str) -> String {
    const TYPED: &str = "words[COMP_CWORD]=\"$2\"";
    const BARE: &str = "words[COMP_CWORD]=\"${2//\\\\/}\"";
    const QUOTED: &str = "
    if [[ ${COMP_WORDS[COMP_CWORD]} != [\\\"\\']* ]]; then
        local index
        for index in \"${!COMPREPLY[@]}\"; do
            if [[ ${COMPREPLY[index]} == *[^[:alnum:]_./:=,@%+~-]* ]]; then
                printf -v \"COMPREPLY[index]\" %q \"${COMPREPLY[index]}\"
            fi
        done
    fi
}
if [[ \"${BASH_VERSINFO";
    script
        .replacen(TYPED, BARE, 1)
        .replacen("\n}\nif [[ \"${BASH_VERSINFO", QUOTED, 1)
}

/// Answers the shell, if it is the shell that asks; errors would only stand in the way of what
/// somebody types.
pub fn answer(argv: &[OsString], system: &System, command: fn() -> Command) -> Option<()> {
    let name = system.env.get(VARIABLE)?;
    let shells = Shells::builtins();
    let shell = shells.completer(name)?;
    // `ti -- ti kti sea`: what was typed stands behind the dashes.
    let typed = argv.iter().position(|word| word == "--")? + 1;
    let words = argv[typed..].to_vec();
    let index = system.env.get("_CLAP_COMPLETE_INDEX");
    let index = index.and_then(|index| index.parse().ok());
    let current = words.get(index.unwrap_or(words.len().saturating_sub(1)));
    let wants_flags = current.is_some_and(|word| word.to_string_lossy().starts_with('-'));
    let profile = profile(&words, system);
    let file = profile.as_ref().and_then(|profile| profile.file().ok()?);
    let profiles: Vec<_> = file
        .iter()
        .flat_map(|file| file.profiles.keys().cloned())
        .collect();
    let values = values(&words, &profiles);
    let mut command = with_values(command(), profiles, values, profile);
    command.build();
    let mut command = offered(&command, wants_flags);
    let mut answer = Vec::new();
    let here = std::path::absolute(".").ok();
    shell
        .write_complete(&mut command, words, here.as_deref(), &mut answer)
        .ok()?;
    print(&answer).ok()
}

/// The definition of the command line, with what only a look around can tell.
fn with_values(
    command: Command,
    profiles: Vec<String>,
    values: Vec<String>,
    profile: Option<Profile>,
) -> Command {
    fn offer(words: &[String]) -> Vec<CompletionCandidate> {
        words.iter().map(CompletionCandidate::new).collect()
    }
    let candidates = |words: Vec<String>| ArgValueCandidates::new(move || offer(&words));
    // The index is opened only for whoever asks for its lists.
    let with_lists = |index: Command| {
        index.mut_subcommand("remove", |remove| {
            remove.mut_args(|arg| match arg.get_id().as_str() {
                "name" => {
                    let profile = profile.clone();
                    arg.add(ArgValueCandidates::new(move || {
                        offer(&profile.as_ref().and_then(lists).unwrap_or_default())
                    }))
                }
                _ => arg,
            })
        })
    };
    // Not `mut_arg`, which would put a positional argument behind those that follow it.
    let with_keys = |config: Command| {
        config.mut_subcommands(move |command| {
            command.mut_args(|arg| match arg.get_id().as_str() {
                "key" => arg.add(candidates(keys())),
                "value" => arg.add(candidates(values.clone())),
                _ => arg,
            })
        })
    };
    command
        .mut_args(|arg| match arg.get_id().as_str() {
            "profile" => arg.add(candidates(profiles.clone())),
            "cacert" => arg.value_hint(ValueHint::FilePath),
            _ => arg,
        })
        .mut_subcommand("config", with_keys)
        .mut_subcommand("index", with_lists)
}

/// The same tree without what is hidden, which the engine would offer where nothing else begins as
/// what was typed. Where no flag is begun, they are many and rarely meant: they show where nothing
/// else does.
fn offered(command: &Command, wants_flags: bool) -> Command {
    let is_about_ti = |arg: &Arg| ["help", "version"].contains(&arg.get_id().as_str());
    let args = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set() && (wants_flags || !is_about_ti(arg)))
        // Each command has its own of the global ones already.
        .map(|arg| arg.clone().global(false))
        .map(|arg| match arg.is_positional() || wants_flags {
            true => arg,
            false => arg.hide(true),
        });
    let below = command
        .get_subcommands()
        // What is hidden elsewhere is a topic of `ti help`.
        .filter(|below| !below.is_hide_set() || command.get_name() == "help");
    Command::new(command.get_name().to_string())
        .about(command.get_about().cloned().unwrap_or_default())
        .version(command.get_version().unwrap_or_default().to_string())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(args)
        .subcommands(below.map(|below| offered(below, wants_flags)))
}

/// What `ti config set` takes.
fn keys() -> Vec<String> {
    let all = providers::ALL.iter().flat_map(|provider| {
        let settings = provider.settings().iter().chain(COMMON);
        settings.map(|setting| format!("{}.{}", provider.name(), setting.name))
    });
    all.chain(TOP.iter().map(|top| top.name.to_string()))
        .collect()
}

/// What can stand behind the last key on the line, where there is a choice.
fn values(words: &[OsString], profiles: &[String]) -> Vec<String> {
    let words = words.iter().rev().filter_map(|word| word.to_str());
    let known = |key: &str| {
        let top = TOP.iter().find(|top| top.name == key);
        top.or_else(|| {
            let (provider, name) = key.split_once('.')?;
            let provider = providers::ALL
                .iter()
                .find(|known| known.name() == provider)?;
            let mut settings = provider.settings().iter().chain(COMMON);
            settings.find(|setting| setting.name == name)
        })
    };
    match words.filter_map(known).next() {
        Some(setting) if setting.name == DEFAULT_PROFILE.name => profiles.to_vec(),
        Some(Setting {
            shape: Shape::OneOf(choices),
            ..
        }) => choices.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// What the file that the line names says, or the usual one.
fn profile(words: &[OsString], system: &System) -> Option<Profile> {
    let location = Location::find(flag(words, "--config").map(Path::new), system).ok()?;
    let asked = flag(words, "--profile").and_then(OsStr::to_str);
    Some(Profile {
        asked: asked.map(str::to_string),
        ..super::profile(location, system.clone(), Redactor::default())
    })
}

/// What stands on the line for it, as `--flag VALUE` or `--flag=VALUE`.
fn flag<'a>(words: &'a [OsString], flag: &str) -> Option<&'a OsStr> {
    let apart = words.windows(2).find(|pair| pair[0] == flag);
    let joined = || {
        let words = words.iter().filter_map(|word| word.to_str());
        let mut values = words.filter_map(|word| word.strip_prefix(flag)?.strip_prefix('='));
        values.next().map(OsStr::new)
    };
    apart.map(|pair| pair[1].as_os_str()).or_else(joined)
}

/// What the index of the profile has lists of.
fn lists(profile: &Profile) -> Option<Vec<String>> {
    let name = profile.chosen().ok()?;
    let path = index_path(&profile.system, name.as_deref())?;
    let sources = Index::open(&path).ok()??.sources();
    Some(sources.into_iter().map(|source| source.name).collect())
}
