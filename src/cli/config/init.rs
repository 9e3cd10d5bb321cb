//! `ti config init`: asks for what each chosen provider needs and writes it down.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgMatches, Command};
use secrecy::ExposeSecret;

use crate::cli::Run;
use crate::error::{Error, Kind, Result};
use crate::note::Notes;
use crate::profile::{Setting, Shape};
use crate::provider::Provider;
use crate::providers;

use super::{change, edit, page, prompt};

pub fn command() -> Command {
    let names: Vec<_> = providers::ALL
        .iter()
        .map(|provider| provider.name())
        .collect();
    Command::new("init")
        .about("Make the configuration: asks for what each provider needs, keeps what is there")
        .before_help(
            "Examples:\n  \
             ti config init\n  \
             ti config init kti --profile work\n  \
             ti config init kti --non-interactive --set kti.access_key=AKLT0123 \\\n    \
             --set 'kti.secret_key={ command = [\"pass\", \"show\", \"ti/kti\"] }'",
        )
        .arg(
            Arg::new("provider")
                .value_name("PROVIDER")
                .num_args(0..)
                .value_parser(clap::builder::PossibleValuesParser::new(names))
                .help("Set these up [default: asks]"),
        )
        .arg(
            Arg::new("non-interactive")
                .long("non-interactive")
                .action(ArgAction::SetTrue)
                .help("Ask nothing: values come from --set and from TI_* variables"),
        )
        .arg(
            Arg::new("set")
                .long("set")
                .value_name("KEY=VALUE")
                .action(ArgAction::Append)
                .value_parser(pair)
                .help("Take this value, as kti.access_key=AKLT…; a secret only as { env = … } and the like"),
        )
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    Ok((key.trim().to_string(), value.trim().to_string()))
}

/// Values by their keys: `kti.access_key`.
type Given = BTreeMap<String, String>;

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let asks = !matches.get_flag("non-interactive");
    if asks && !run.profile.world.stdin_is_terminal {
        return Err(Error::usage("there is no terminal to ask at")
            .hint("--non-interactive takes everything from --set and TI_* variables")
            .hint("ti config set KEY VALUE changes one setting"));
    }
    let given: Given = matches
        .get_many("set")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    check_keys(&given)?;
    let text = change::read(&run.profile)?;
    let profile = change::profile_name(&run.profile, &text)?;
    let mut page = page::Page::of(&text, &profile)?;
    for provider in chosen(matches, asks, &given, run)? {
        let values = values(provider, asks, &given, &page, run)?;
        page.provider(provider, values)?;
    }
    change::write(run, &page.text()?)?;
    let path = change::shown_path(run);
    run.notes.note(&format!(
        "written: {path}, profile {profile}; only you can read it"
    ));
    run.notes.note("next: ti config check");
    Ok(())
}

/// A mistyped key would silently do nothing.
fn check_keys(given: &Given) -> Result<()> {
    for (key, value) in given {
        let setting = key.split_once('.').and_then(|(provider, name)| {
            change::settings_of(provider)?.find(|setting| setting.name == name)
        });
        let setting = setting.ok_or_else(|| {
            Error::usage(format!("--set {key}: there is no such setting"))
                .hint("write it as PROVIDER.SETTING=VALUE; ti config show lists them")
        })?;
        if setting.shape == Shape::Secret && edit::reference(value).is_none() {
            return Err(Error::usage(format!("--set {key}: a secret is not given as an argument"))
                .cause("others on this machine can read it there, and the shell keeps it")
                .hint(format!("say where it is: --set '{key}={{ env = \"NAME\" }}', or {{ command | file = … }}")));
        }
    }
    Ok(())
}

/// Those that were named, else those that the person wants or that something is given for.
fn chosen(
    matches: &ArgMatches,
    asks: bool,
    given: &Given,
    run: &Run,
) -> Result<Vec<&'static dyn Provider>> {
    let named: Vec<_> = matches
        .get_many::<String>("provider")
        .into_iter()
        .flatten()
        .collect();
    let mut chosen = Vec::new();
    for provider in providers::ALL.iter().copied() {
        let name = provider.name();
        let wanted = if !named.is_empty() {
            named.iter().any(|named| *named == name)
        } else if asks {
            let commands = provider.commands();
            let about = commands
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            let answer = prompt::line(&format!("Set up {name}, {about}? [y/N] "))?;
            answer.to_lowercase().starts_with('y')
        } else {
            let prefix = format!("{name}.");
            let variable =
                |setting: &Setting| run.profile.world.env.get(&setting.variable(name)).is_some();
            given.keys().any(|key| key.starts_with(&prefix))
                || provider.settings().iter().any(variable)
        };
        if wanted {
            chosen.push(provider);
        }
    }
    match chosen.is_empty() {
        false => Ok(chosen),
        true => Err(Error::usage("no provider was chosen; nothing was written")
            .hint("name one, as ti config init kti, or give values with --set and TI_* variables")),
    }
}

/// The values to write: what is given, what is typed; what is in the file already stays.
fn values(
    provider: &dyn Provider,
    asks: bool,
    given: &Given,
    page: &page::Page,
    run: &Run,
) -> Result<Vec<(&'static Setting, toml_edit::Value)>> {
    let name = provider.name();
    let mut values = Vec::new();
    let mut missing = Vec::new();
    for setting in change::settings_of(name).into_iter().flatten() {
        let key = format!("{name}.{}", setting.name);
        let variable = setting.variable(name);
        let is_there = page.has(name, setting.name);
        let own = provider
            .settings()
            .iter()
            .any(|own| own.name == setting.name);
        let from_variable = run.profile.world.env.get(&variable);
        let typed = match (given.get(&key), from_variable) {
            (Some(given), _) => Some((from_here(setting, given), format!("--set {key}"))),
            (None, Some(value)) => Some((value.to_string(), variable.clone())),
            // What has a default is written as a comment.
            (None, None) if asks && own && setting.default.is_none() => {
                ask(setting, &key, is_there)?.map(|typed| (from_here(setting, &typed), key))
            }
            (None, None) => None,
        };
        match typed {
            Some((typed, from)) => values.push((setting, edit::value(setting, &typed, &from)?)),
            None if setting.required && !is_there => missing.push(variable),
            None => {}
        }
    }
    match missing.is_empty() {
        true => Ok(values),
        false => Err(Error::new(
            Kind::Config,
            format!("{name} needs more; nothing was written"),
        )
        .cause(format!("not set: {}", missing.join(", ")))
        .hint("set the variable, or use --set PROVIDER.SETTING=VALUE")),
    }
}

fn from_here(setting: &Setting, typed: &str) -> String {
    match setting.shape {
        Shape::Path => change::from_here(typed),
        _ => typed.to_string(),
    }
}

/// None where nothing was typed. What cannot be used is asked for again.
fn ask(setting: &Setting, key: &str, is_there: bool) -> Result<Option<String>> {
    let empty = match (is_there, setting.required) {
        (true, _) => " [Enter keeps it]",
        (false, true) => "",
        (false, false) => " [Enter leaves it out]",
    };
    let help = setting.help;
    loop {
        let typed = match setting.shape {
            Shape::Secret => {
                let question = format!(
                    "{key}, {help}{empty}\n  not shown; or where it is, as {{ env = \"NAME\" }}: "
                );
                prompt::secret(&question)?.expose_secret().to_string()
            }
            _ => prompt::line(&format!("{key}, {help}{empty}: "))?,
        };
        if typed.is_empty() && (is_there || !setting.required) {
            return Ok(None);
        }
        match (typed.is_empty(), setting.check(&typed, key)) {
            (false, Ok(())) => return Ok(Some(typed)),
            (false, Err(error)) => prompt::say(&error.message)?,
            (true, _) => prompt::say("it is needed; Ctrl-C ends this, and nothing is written")?,
        }
    }
}
