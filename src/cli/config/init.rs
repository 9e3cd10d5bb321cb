//! `ti config init`: asks for what each chosen provider needs and writes it down.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use clap::Args;

use crate::cli::run::Run;
use crate::config::{COMMON, Condition, Profile, Setting, Shape};
use crate::console::Reporter;
use crate::error::{Error, Kind, Result};
use crate::provider::Provider;
use crate::providers;

use super::change::{self, Old};
use super::prompt::Prompt;
use super::{ask, check, edit, page};

/// Make the configuration: asks for what each provider needs, keeps what is there
#[derive(Debug, Args)]
#[command(before_help = r#"Examples:
  ti config init
  ti config init kti --profile work
  ti config init kti --non-interactive --set kti.access_key=AKLT0123 \
    --set 'kti.secret_key={ command = ["pass", "show", "ti/kti"] }'"#)]
pub struct InitArgs {
    /// Set these up [default: asks]
    #[arg(value_name = "PROVIDER", value_parser = super::provider(), ignore_case = true)]
    providers: Vec<String>,

    /// Ask nothing: values come from --set and from TI_* variables
    #[arg(long)]
    non_interactive: bool,

    /// Take this value, as kti.access_key=AKLT…; a secret only as { env = … } and the like
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    Ok((key.trim().to_string(), value.trim().to_string()))
}

/// Values by their keys: `kti.access_key`.
type Given = BTreeMap<String, String>;

pub fn run(args: &InitArgs, run: &Run) -> Result<()> {
    let asks = !args.non_interactive;
    if asks && !run.profile.system.stdin_is_terminal {
        return Err(Error::usage("stdin is not a terminal")
            .hint("--non-interactive takes everything from --set and TI_* variables")
            .hint("ti config set KEY VALUE changes one setting"));
    }
    let given: Given = args.set.iter().cloned().collect();
    check_keys(&given)?;
    let text = change::read(&run.profile)?;
    let name = change::profile_name(&run.profile, &text)?;
    let page = page::Page::of(&text, &name)?;
    let chosen = chosen(&args.providers, asks, &given, run)?;
    let mut answers = Vec::new();
    for provider in &chosen {
        answers.push(values(*provider, asks, &given, &page, run)?);
    }
    // Into the file as it is now: questions take their time.
    let (replaced, copy) = change::rewrite(run, Old::Kept, |text| {
        let mut page = page::Page::of(text, &name)?;
        for (provider, values) in chosen.iter().zip(&answers) {
            page.provider(*provider, values.clone())?;
        }
        Ok((page.text(), page.replaced))
    })?;
    let path = change::shown_path(run);
    run.notes.note(&format!(
        "written: {path}, profile {name}; only you can read it"
    ));
    if !replaced.is_empty() {
        run.notes
            .note(&format!("replaced: {}", replaced.join(", ")));
    }
    if let Some(copy) = copy {
        let copy = run.profile.shown(&copy);
        run.notes
            .note(&format!("the file as it was: {copy}; only you can read it"));
    }
    let written = Run {
        profile: Profile {
            asked: Some(name),
            loaded: OnceLock::new(),
            ..run.profile.clone()
        },
        cancel: run.cancel.clone(),
        ..*run
    };
    if asks {
        warn_of_what_is_wrong(&chosen, &written)?;
        if Prompt(run.notes)
            .offer("\nCheck it now? It costs at most one lookup of each service. [y/N] ")?
        {
            return check::check(&chosen, &written);
        }
    }
    run.notes.note(&run.advice("next: ti config check"));
    Ok(())
}

/// A certificate that cannot be opened is best mended while the person is still there.
fn warn_of_what_is_wrong(chosen: &[&dyn Provider], run: &Run) -> Result<()> {
    for provider in chosen {
        let settings = run.profile.settings(provider.name())?;
        let findings = provider.preflight(&settings, run.profile.system.clock);
        for error in findings.into_iter().filter_map(|found| found.outcome.err()) {
            // A setting is named with its provider already.
            match error.message.starts_with(&format!("{} ", provider.name())) {
                true => run.notes.warning(&error.to_string()),
                false => run.notes.warning(&format!("{}: {error}", provider.name())),
            }
        }
    }
    Ok(())
}

/// A mistyped key would silently do nothing.
fn check_keys(given: &Given) -> Result<()> {
    for (key, value) in given {
        let (_, setting) = change::setting(key)?;
        if setting.is_secret() && edit::reference(setting, value).is_none() {
            return Err(Error::usage(format!("--set {key}: a secret is not given as an argument"))
                .cause("others on this machine can read it there, and the shell keeps it")
                .hint(format!("say where it is: --set '{key}={{ env = \"NAME\" }}', or {{ command | file = … }}")));
        }
    }
    Ok(())
}

/// Those that were named, else those that the person wants or that something is given for.
fn chosen(
    named: &[String],
    asks: bool,
    given: &Given,
    run: &Run,
) -> Result<Vec<&'static dyn Provider>> {
    let mut chosen = Vec::new();
    for provider in providers::ALL.iter().copied() {
        let name = provider.name();
        let wanted = if !named.is_empty() {
            named.iter().any(|named| named.eq_ignore_ascii_case(name))
        } else if asks {
            let commands = provider.commands();
            let about = commands
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            let prompt = Prompt(run.notes);
            prompt.say(&about);
            prompt.yes(&format!("  Set up {name}? [y/N] "))?
        } else {
            let prefix = format!("{name}.");
            let variable = |setting: &Setting| {
                run.profile
                    .system
                    .env
                    .get(&setting.variable(name))
                    .is_some()
            };
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
    let mut values: Vec<(&'static Setting, toml_edit::Value)> = Vec::new();
    let mut missing = Vec::new();
    for setting in provider.settings().iter().chain(COMMON) {
        let key = format!("{name}.{}", setting.name);
        let variable = setting.variable(name);
        let old = page.get(name, setting.name);
        let own = provider
            .settings()
            .iter()
            .any(|own| own.name == setting.name);
        let from_variable = run.profile.system.env.get(&variable);
        // What has a default is written as a comment; an address can be another one all the same.
        let is_question = own && (setting.default.is_none() || setting.shape == Shape::Url);
        let is_set = |other: &str| {
            values.iter().any(|(known, _)| known.name == other) || page.get(name, other).is_some()
        };
        let wanted = match setting.asked {
            Condition::Always => true,
            Condition::With(other) => is_set(other),
            Condition::Unless(other) => !is_set(other),
        };
        let value = match (given.get(&key), from_variable) {
            (Some(given), _) => Some(edit::value(setting, &change::meant(setting, given), name)?),
            (None, Some(value)) => Some(edit::value(setting, value, &variable)?),
            (None, None) if asks && is_question && wanted => ask::ask(setting, &key, old, run)?,
            (None, None) => None,
        };
        match value {
            Some(value) => values.push((setting, value)),
            None if setting.required && old.is_none() => missing.push(variable),
            None => {}
        }
    }
    if !missing.is_empty() {
        return Err(Error::new(
            Kind::Config,
            format!("{name} needs more; nothing was written"),
        )
        .cause(format!("not set: {}", missing.join(", ")))
        .hint("set the variable, or use --set PROVIDER.SETTING=VALUE"));
    }
    if values.is_empty() && !page.has(name) {
        return Err(
            Error::usage(format!("nothing was given for {name}; nothing was written"))
                .hint("give values with --set PROVIDER.SETTING=VALUE or TI_* variables"),
        );
    }
    Ok(values)
}
