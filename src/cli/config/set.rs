//! `ti config set` and `ti config unset`: one setting in the file, everything else as it was.

use clap::Args;
use secrecy::ExposeSecret;

use crate::cli::run::Run;
use crate::config::{DEFAULT_PROFILE, Proxy, Setting, Shape, TOP};
use crate::console::Reporter;
use crate::error::{Error, Result, did_you_mean};

use super::change::{self, Old};
use super::edit::{self, Draft};
use super::prompt::{Prompt, piped_secret};

/// Change one setting in the file; a secret comes from stdin or is asked for
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  ti config set kti.region cn-beijing-6
  ti config set kti.secret_key                          asks for it
  pass show ti/kti | ti config set kti.secret_key       takes the first line
  ti config set kti.secret_key '{ env = \"KTI_SECRET\" }'
  ti config set default_profile work")]
pub struct SetArgs {
    /// PROVIDER.SETTING, as kti.endpoint; default_profile, lang or ignore.files
    key: String,

    /// The value; for a secret only where it is: { env | command | file = … }; no proxy's login
    value: Option<String>,
}

/// Take one setting out of the file
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  ti config unset kti.proxy
  ti config unset kti.proxy --profile work")]
pub struct UnsetArgs {
    /// PROVIDER.SETTING, as kti.endpoint; default_profile, lang or ignore.files
    key: String,
}

pub fn set(args: &SetArgs, run: &Run) -> Result<()> {
    let key = Key::of(&args.key)?;
    let typed = args.value.as_deref();
    // A file that cannot be read is told before anything is asked.
    let text = change::read(&run.profile)?;
    let value = match &key {
        Key::Top(setting) if setting.name == DEFAULT_PROFILE.name => {
            let name =
                typed.ok_or_else(|| Error::usage("which profile?").hint("name one of the file"))?;
            let file = change::parse(&run.profile, &text)?;
            file.check_profile(name).map_err(Error::as_usage)?;
            toml_edit::Value::from(name)
        }
        Key::Top(setting) => plain(setting.name, setting, typed, "ti config set")?,
        Key::Setting { provider, setting } => match is_kept_off_the_line(setting, typed) {
            true => secret(provider, setting, typed, run)?,
            false => plain(
                &format!("{provider}.{}", setting.name),
                setting,
                typed,
                provider,
            )?,
        },
    };
    let path = key.rewrite(run, |draft, steps| draft.set(steps, value.clone()))?;
    let place = change::shown_path(run);
    run.notes.note(&format!("{path} is set in {place}"));
    Ok(())
}

pub fn unset(args: &UnsetArgs, run: &Run) -> Result<()> {
    // A file that cannot be read is told before a mistyped key.
    change::read(&run.profile)?;
    let place = change::shown_path(run);
    let path = Key::of(&args.key)?.rewrite(run, |draft, steps| match draft.unset(steps) {
        true => Ok(()),
        false => Err(
            Error::config(format!("{} is not set in {place}", steps.join(".")))
                .hint("ti config show says where each value comes from"),
        ),
    })?;
    run.notes.note(&format!("{path} is no longer in {place}"));
    Ok(())
}

/// What KEY means.
enum Key {
    /// For all providers.
    Top(&'static Setting),
    Setting {
        provider: &'static str,
        setting: &'static Setting,
    },
}

impl Key {
    fn of(typed: &str) -> Result<Self> {
        if let Some(top) = TOP.iter().find(|top| top.name == typed) {
            return Ok(Key::Top(top));
        }
        match change::setting(typed) {
            Ok((provider, setting)) => Ok(Key::Setting { provider, setting }),
            Err(error) => Err(match did_you_mean(typed, TOP.iter().map(|top| top.name)) {
                Some(meant) => error.hint(format!("did you mean {meant}?")),
                None => error,
            }),
        }
    }

    /// Has the file changed where the key stands in it, in the profile that is meant, and gives
    /// that place.
    fn rewrite(
        &self,
        run: &Run,
        change: impl Fn(&mut Draft, &[&str]) -> Result<()>,
    ) -> Result<String> {
        let rewritten = change::rewrite(run, Old::Dropped, |text| {
            let profile;
            let steps = match self {
                Key::Top(setting) => setting.name.split('.').collect(),
                Key::Setting { provider, setting } => {
                    profile = change::profile_name(&run.profile, text)?;
                    vec!["profile", &*profile, *provider, setting.name]
                }
            };
            let mut draft = Draft::of(text)?;
            change(&mut draft, &steps)?;
            Ok((draft.text(), steps.join(".")))
        });
        Ok(rewritten?.0)
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
    edit::value(setting, &change::meant(setting, typed), from).map_err(Error::as_usage)
}

/// A proxy may have a login: it can be asked for as a secret is, and one with a login must be.
fn is_kept_off_the_line(setting: &Setting, typed: Option<&str>) -> bool {
    let has_login = |text| Proxy::parse(text).is_ok_and(|proxy| proxy.has_login());
    setting.is_secret() || (setting.shape == Shape::Proxy && typed.is_none_or(has_login))
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
        Some(None) => {
            let error = Error::usage(match setting.is_secret() {
                true => format!("{key} is a secret and was given as an argument"),
                false => format!("{key} holds a login and was given as an argument"),
            });
            let error = error
                .cause("others on this machine can read it there, and the shell keeps it")
                .hint(format!(
                    "leave it out to be asked, or pipe it in: … | ti config set {key}"
                ));
            Err(match setting.is_secret() {
                true => error.hint(format!(
                    "or say where it is: ti config set {key} '{{ env = \"NAME\" }}'"
                )),
                false => error,
            })
        }
        None => {
            let secret = match run.profile.system.stdin_is_terminal {
                true => Prompt(run.notes).secret(&format!("{key} (not shown): "))?,
                false => piped_secret()?,
            };
            run.profile.redactor.learn(&secret);
            match secret.expose_secret() {
                "" => Err(Error::usage("nothing was typed; nothing was changed")),
                text => edit::value(setting, text, &key).map_err(Error::as_usage),
            }
        }
    }
}
