//! The command line: global flags here, each provider's commands in its folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{ArgAction, Args, Command};

use crate::document::Lang;
use crate::output::Format;
use crate::providers;

use super::{cache, complete, config, exit_codes, manual, sandbox};

const ABOUT: &str = "Threat intelligence from KTI, Kaspersky and br-cti, one command each";

/// Examples come first: most people look for the line to change.
const EXAMPLES: &str = "\
Examples:
  ti --demo kti search evil.com            without an account, from sample data
  ti config init                           a profile for your account
  ti kti search evil.com 8.8.8.8           look indicators up
  ti kti search -i hosts.txt --csv         a file of them, as CSV
  ti config check                          find out what is wrong";

const TEMPLATE: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Globals {
    /// Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]
    #[arg(long, global = true, value_name = "FORMAT", group = "form")]
    pub format: Option<Format>,

    /// JSON: an array, or one object where the answer is one
    #[arg(long, global = true, group = "form")]
    json: bool,

    /// A JSON object a line, each as soon as it is known
    #[arg(long, global = true, group = "form")]
    ndjson: bool,

    /// CSV with a header (RFC 4180)
    #[arg(long, global = true, group = "form")]
    csv: bool,

    /// The service's own answer, byte for byte
    #[arg(long, global = true, group = "form")]
    raw: bool,

    /// Draw it in the terminal, where the answer has numbers to compare (brcti)
    #[arg(long, global = true, group = "form")]
    chart: bool,

    /// Write to FILE, which changes only when the answer is complete; `-` is stdout
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Choose fields and their order; without a value, list them
    #[arg(long, global = true, value_name = "A,B", num_args = 0..=1, default_missing_value = "")]
    pub fields: Option<String>,

    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,

    /// Language of titles and of the names of threats in tables
    #[arg(long, global = true, value_name = "LANG", default_value = "en")]
    pub lang: Lang,

    /// Print the data and errors only, no notes
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Show requests on stderr; -vv shows headers and bodies too (never secrets)
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,

    /// Answer from sample data of a built-in server; needs no account
    #[arg(long, global = true, help_heading = "Profile")]
    pub demo: bool,

    /// With --demo and sandbox: more sample data, where there is more (brcti)
    #[arg(long, global = true, help_heading = "Profile")]
    pub large: bool,

    /// Use this profile of the configuration file
    #[arg(long, global = true, value_name = "NAME", help_heading = "Profile")]
    pub profile: Option<String>,

    /// Read this configuration file
    #[arg(long, global = true, value_name = "FILE", help_heading = "Profile")]
    pub config: Option<PathBuf>,

    /// Time for one request, answer included [default: 30s]
    #[arg(long, global = true, value_name = "TIME", help_heading = "Connection")]
    timeout: Option<String>,

    /// Time to connect [default: 10s]
    #[arg(long, global = true, value_name = "TIME", help_heading = "Connection")]
    connect_timeout: Option<String>,

    /// Further tries after a passing failure [default: 4]
    #[arg(long, global = true, value_name = "N", help_heading = "Connection")]
    retries: Option<String>,

    /// Go through this proxy [default: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY]
    #[arg(long, global = true, value_name = "URL", help_heading = "Connection")]
    proxy: Option<String>,

    /// Trust the certificate authorities in this PEM file besides the system's
    #[arg(long, global = true, value_name = "FILE", help_heading = "Connection")]
    cacert: Option<String>,
}

impl Globals {
    pub fn chosen_format(&self) -> Format {
        let by_ending = || self.output.as_deref().and_then(Format::of_path);
        self.asked_format()
            .or_else(by_ending)
            .unwrap_or(Format::Table)
    }

    /// The format that a flag names.
    pub fn asked_format(&self) -> Option<Format> {
        match self {
            Globals { json: true, .. } => Some(Format::Json),
            Globals { ndjson: true, .. } => Some(Format::Ndjson),
            Globals { csv: true, .. } => Some(Format::Csv),
            Globals { raw: true, .. } => Some(Format::Raw),
            Globals { chart: true, .. } => Some(Format::Chart),
            Globals { format, .. } => *format,
        }
    }

    /// The settings that flags give: setting → (value, flag).
    pub fn settings(&self) -> BTreeMap<&'static str, (String, &'static str)> {
        let flags = [
            ("timeout", &self.timeout, "--timeout"),
            (
                "connect_timeout",
                &self.connect_timeout,
                "--connect-timeout",
            ),
            ("retries", &self.retries, "--retries"),
            ("proxy", &self.proxy, "--proxy"),
            ("cacert", &self.cacert, "--cacert"),
        ];
        flags
            .into_iter()
            .filter_map(|(setting, value, flag)| Some((setting, (value.clone()?, flag))))
            .collect()
    }
}

/// The one definition of the command line: parser, help, completions and man pages.
pub fn command() -> Command {
    let command = Command::new("ti")
        .version(env!("TI_VERSION"))
        .about(ABOUT)
        .before_help(EXAMPLES)
        .after_help(exit_codes::after_help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .infer_long_args(false)
        .max_term_width(100);
    let command = providers::ALL.iter().fold(command, |command, provider| {
        command.subcommand(provider.commands())
    });
    let own = [config::command(), cache::command(), sandbox::command()];
    let command = command
        .subcommands(own)
        .subcommands([complete::command(), manual::command()]);
    laid_out(Globals::augment_args(command))
}

/// Every command's help in the same order: what it does, examples, usage, options.
fn laid_out(command: Command) -> Command {
    command.help_template(TEMPLATE).mut_subcommands(laid_out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
