//! `ti config show`: every setting, secrets redacted, and where it comes from.

use clap::Args;
use schemars::JsonSchema;
use serde::Serialize;

use crate::cli::run::Run;
use crate::config::{IGNORE, LANG, Origin, lang};
use crate::document::{AnswerSchema, Column, Layout};
use crate::error::Result;
use crate::output::Takes;
use crate::providers;

/// Show every setting, secrets redacted, and where it comes from
#[derive(Debug, Args)]
#[command(add = Takes::RECORDS.asking(), before_help = "\
Examples:
  ti config show kti
  ti config show --csv --fields setting,value,origin")]
pub struct ShowArgs {
    /// Show the settings of this provider [default: of all]
    #[arg(value_parser = super::provider(), ignore_case = true)]
    provider: Option<String>,
}

/// A setting of a provider.
#[derive(Debug, Serialize, JsonSchema)]
struct ShownSetting {
    /// Whose setting it is: `kti`; null for `lang` and `ignore.files`, which are for all of them.
    provider: Option<&'static str>,
    /// Its name: `access_key`.
    setting: &'static str,
    /// What it is set to; null if it is not set. Secrets are never shown.
    value: Option<String>,
    /// The flag, the variable (of `lang` also one of the locale), the file and line, or `default`.
    origin: Option<String>,
}

pub const SCHEMA: AnswerSchema =
    AnswerSchema::list::<ShownSetting>("config-show", &["config show"]);

const LAYOUT: Layout = Layout::plain(COLUMNS);

const COLUMNS: &[Column] = &[
    Column::new("provider", "Provider", "服务"),
    Column::new("setting", "Setting", "设置"),
    Column::new("value", "Value", "值"),
    Column::new("origin", "From", "来源"),
];

pub fn run(args: &ShowArgs, run: &Run) -> Result<()> {
    let mut output = run.context().output(LAYOUT).open()?;
    let mut shown = Vec::new();
    let asked = args.provider.as_deref();
    if asked.is_none() {
        let (lang, origin) = lang(&run.profile, run.globals.output.lang)?;
        shown.push(row(None, LANG.name, Some(lang.name().to_string()), &origin));
        let lists = run.profile.ignore_files()?.into_iter();
        let (lists, origins): (Vec<_>, Vec<_>) = lists.unzip();
        let origin = origins.first().unwrap_or(&Origin::Unset);
        let value = (!lists.is_empty()).then(|| format!("{lists:?}"));
        shown.push(row(None, IGNORE.name, value, origin));
    }
    let all = providers::ALL.iter();
    for provider in
        all.filter(|provider| asked.is_none_or(|asked| asked.eq_ignore_ascii_case(provider.name())))
    {
        let settings = run.profile.settings(provider.name())?;
        for (name, resolved) in &settings.values {
            let provider = Some(provider.name());
            shown.push(row(provider, name, resolved.shown(), &resolved.origin));
        }
    }
    shown
        .iter()
        .try_for_each(|setting| output.element(setting))?;
    output.complete().map(drop)
}

/// `provider` is `None` for what all of them share.
fn row(
    provider: Option<&'static str>,
    setting: &'static str,
    value: Option<String>,
    origin: &Origin,
) -> ShownSetting {
    ShownSetting {
        provider,
        setting,
        value,
        origin: (*origin != Origin::Unset).then(|| origin.to_string()),
    }
}
