//! `ti config set` and `ti config unset`: one setting in the file, everything else as it was.

use clap::{Arg, ArgMatches, Command};
use secrecy::ExposeSecret;

use crate::cli::run::Run;
use crate::config::{LANG, Setting};
use crate::console::Reporter;
use crate::error::{Error, Kind, Result, did_you_mean};

use super::change::{self, Old};
use super::edit;
use super::prompt::{Prompt, piped_secret};

const DEFAULT_PROFILE: &str = "default_profile";

/// What stands at the top of the file, for all providers.
const TOP: [&str; 2] = [DEFAULT_PROFILE, LANG.name];

pub fn set_command() -> Command {
    Command::new("set")
        .about("Change one setting in the file; a secret comes from stdin or is asked for")
        .before_help(
            "Examples:\n  \
             ti config set kti.region cn-beijing-6\n  \
             ti config set kti.secret_key                          asks for it\n  \
             pass show ti/kti | ti config set kti.secret_key       takes the first line\n  \
             ti config set kti.secret_key '{ env = \"KTI_SECRET\" }'\n  \
             ti config set default_profile work",
        )
        .arg(key())
        .arg(
            Arg::new("value")
                .value_name("VALUE")
                .help("The value; for a secret only where it is: { env | command | file = … }"),
        )
}

pub fn unset_command() -> Command {
    Command::new("unset")
        .about("Take one setting out of the file")
        .before_help(
            "Examples:\n  ti config unset kti.proxy\n  ti config unset kti.proxy --profile work",
        )
        .arg(key())
}

fn key() -> Arg {
    Arg::new("key")
        .value_name("KEY")
        .required(true)
        .help("PROVIDER.SETTING, as kti.endpoint; default_profile; or lang")
}

pub fn set(matches: &ArgMatches, run: &Run) -> Result<()> {
    let key = Key::of(matches)?;
    let typed = matches.get_one::<String>("value").map(String::as_str);
    // A file that cannot be read is told before anything is asked.
    let text = change::read(&run.profile)?;
    let value = match &key {
        Key::DefaultProfile => {
            let name =
                typed.ok_or_else(|| Error::usage("which profile?").hint("name one of the file"))?;
            let file = change::parse(&run.profile, &text)?;
            file.check_profile(name).map_err(as_usage)?;
            toml_edit::Value::from(name)
        }
        Key::Lang => plain(LANG.name, &LANG, typed, "ti config set")?,
        Key::Setting { provider, setting } => match setting.is_secret() {
            true => secret(provider, setting, typed, run)?,
            false => plain(
                &format!("{provider}.{}", setting.name),
                setting,
                typed,
                provider,
            )?,
        },
    };
    let (path, _) = change::rewrite(run, Old::Dropped, |text| {
        let path = key.path(run, text)?;
        let steps: Vec<_> = path.iter().map(String::as_str).collect();
        let mut draft = edit::Draft::of(text)?;
        draft.set(&steps, value.clone())?;
        Ok((draft.text(), path))
    })?;
    let place = change::shown_path(run);
    run.notes
        .note(&format!("{} is set in {place}", path.join(".")));
    Ok(())
}

pub fn unset(matches: &ArgMatches, run: &Run) -> Result<()> {
    // A file that cannot be read is told before a mistyped key.
    change::read(&run.profile)?;
    let key = Key::of(matches)?;
    let place = change::shown_path(run);
    let (path, _) = change::rewrite(run, Old::Dropped, |text| {
        let path = key.path(run, text)?;
        let steps: Vec<_> = path.iter().map(String::as_str).collect();
        let mut draft = edit::Draft::of(text)?;
        if !draft.unset(&steps) {
            return Err(
                Error::config(format!("{} is not set in {place}", path.join(".")))
                    .hint("ti config show says where each value comes from"),
            );
        }
        Ok((draft.text(), path))
    })?;
    run.notes
        .note(&format!("{} is no longer in {place}", path.join(".")));
    Ok(())
}

/// What KEY means.
enum Key {
    DefaultProfile,
    Lang,
    Setting {
        provider: &'static str,
        setting: &'static Setting,
    },
}

impl Key {
    fn of(matches: &ArgMatches) -> Result<Self> {
        let typed = matches.get_one::<String>("key").map_or("", String::as_str);
        if typed == DEFAULT_PROFILE {
            return Ok(Key::DefaultProfile);
        }
        if typed == LANG.name {
            return Ok(Key::Lang);
        }
        match change::setting(typed) {
            Ok((provider, setting)) => Ok(Key::Setting { provider, setting }),
            Err(error) => Err(match did_you_mean(typed, TOP) {
                Some(meant) => error.hint(format!("did you mean {meant}?")),
                None => error,
            }),
        }
    }

    /// Where in the file it stands, in the profile that is meant.
    fn path(&self, run: &Run, text: &str) -> Result<Vec<String>> {
        let (provider, setting) = match self {
            Key::DefaultProfile => return Ok(vec![DEFAULT_PROFILE.to_string()]),
            Key::Lang => return Ok(vec![LANG.name.to_string()]),
            Key::Setting { provider, setting } => (provider, setting),
        };
        let profile = change::profile_name(&run.profile, text)?;
        let path = ["profile", &profile, provider, setting.name];
        Ok(path.map(str::to_string).to_vec())
    }
}

/// `from` names in errors what the value is of.
fn plain(
    key: &str,
    setting: &Setting,
    typed: Option<&str>,
    from: &str,
) -> Result<toml_edit::Value> {
    let typed = typed.ok_or_else(|| {
        Error::usage(format!("{key}: there is no value")).hint(format!("ti config set {key} VALUE"))
    })?;
    edit::value(setting, &change::meant(setting, typed), from).map_err(as_usage)
}

/// What was typed is wrong, not what is in the file.
fn as_usage(error: Error) -> Error {
    Error {
        kind: Kind::Usage,
        ..error
    }
}

fn secret(
    provider: &str,
    setting: &Setting,
    typed: Option<&str>,
    run: &Run,
) -> Result<toml_edit::Value> {
    let key = format!("{provider}.{}", setting.name);
    match typed.map(|typed| edit::reference(setting, typed)) {
        Some(Some(reference)) => Ok(reference),
        // The value is not repeated: it is in the shell's history already.
        Some(None) => Err(
            Error::usage(format!("{key} is a secret and was given as an argument"))
                .cause("others on this machine can read it there, and the shell keeps it")
                .hint(format!(
                    "leave it out to be asked, or pipe it in: … | ti config set {key}"
                ))
                .hint(format!(
                    "or say where it is: ti config set {key} '{{ env = \"NAME\" }}'"
                )),
        ),
        None => {
            let secret = match run.profile.system.stdin_is_terminal {
                true => Prompt(run.notes).secret(&format!("{key} (not shown): "))?,
                false => piped_secret()?,
            };
            run.profile.redactor.learn(&secret);
            match secret.expose_secret() {
                "" => Err(Error::usage("nothing was typed; nothing was changed")),
                text => edit::value(setting, text, &key),
            }
        }
    }
}
