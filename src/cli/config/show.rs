//! `ti config show`: every setting, secrets redacted, and where it comes from.

use clap::ArgMatches;
use serde_json::json;

use crate::cli::run::Run;
use crate::config::{LANG, Origin, lang};
use crate::document::{Column, Layout, Record};
use crate::error::Result;
use crate::providers;

const LAYOUT: Layout = Layout::plain(COLUMNS);

const COLUMNS: &[Column] = &[
    Column::new("provider", "Provider", "服务"),
    Column::new("setting", "Setting", "设置"),
    Column::new("value", "Value", "值"),
    Column::new("origin", "From", "来源"),
];

pub fn run(matches: &ArgMatches, run: &Run) -> Result<()> {
    let mut output = run.context().output(LAYOUT).open()?;
    let mut records = Vec::new();
    let asked = matches.get_one::<String>("provider");
    if asked.is_none() {
        let (lang, origin) = lang(&run.profile, run.globals.output.lang)?;
        records.push(row(None, LANG.name, Some(lang.name().to_string()), &origin));
    }
    let all = providers::ALL.iter();
    for provider in
        all.filter(|provider| asked.is_none_or(|asked| asked.eq_ignore_ascii_case(provider.name())))
    {
        let settings = run.profile.settings(provider.name())?;
        for (name, resolved) in &settings.values {
            let provider = Some(provider.name());
            records.push(row(provider, name, resolved.shown(), &resolved.origin));
        }
    }
    for record in records {
        output.record(record)?;
    }
    output.complete().map(drop)
}

/// `provider` is `None` for what all of them share.
fn row(provider: Option<&str>, setting: &str, value: Option<String>, origin: &Origin) -> Record {
    let origin = (*origin != Origin::Unset).then(|| origin.to_string());
    [
        ("provider", json!(provider)),
        ("setting", json!(setting)),
        ("value", json!(value)),
        ("origin", json!(origin)),
    ]
    .map(|(field, value)| (field.to_string(), value))
    .into_iter()
    .collect()
}
