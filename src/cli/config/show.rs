//! `ti config show`: every setting, secrets redacted, and where it comes from.

use clap::ArgMatches;
use serde_json::json;

use crate::cli::run::Run;
use crate::config::Origin;
use crate::document::{Column, Layout};
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
    let all = providers::ALL.iter();
    for provider in
        all.filter(|provider| asked.is_none_or(|asked| asked.eq_ignore_ascii_case(provider.name())))
    {
        let settings = run.profile.settings(provider.name())?;
        for (name, resolved) in &settings.values {
            let value = resolved.shown();
            let origin = match &resolved.origin {
                Origin::Unset => None,
                origin => Some(origin.to_string()),
            };
            let record = json!({"provider": provider.name(), "setting": name, "value": value, "origin": origin});
            records.extend(record.as_object().cloned());
        }
    }
    for record in records {
        output.record(record)?;
    }
    output.complete().map(drop)
}
