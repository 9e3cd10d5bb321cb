//! The flags that every command has.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, Args};

use crate::output::OutputArgs;

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Globals {
    #[command(flatten)]
    pub output: OutputArgs,

    /// Print the data and errors only, no notes
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Show requests on stderr; -vv shows headers and bodies too (never secrets)
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,

    /// Answer from sample data of a built-in server; needs no account
    #[arg(long, global = true, help_heading = "Profile")]
    pub demo: bool,

    /// With --demo and sandbox: more sample data, where there is more (kaspersky, brcti)
    #[arg(long, global = true, help_heading = "Profile")]
    pub large: bool,

    /// Use this profile of the configuration file
    #[arg(long, global = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new(), help_heading = "Profile")]
    pub profile: Option<String>,

    /// Read this configuration file
    #[arg(long, global = true, value_name = "FILE", help_heading = "Profile")]
    pub config: Option<PathBuf>,

    /// Time for one request, answer included; for a master file, the longest wait for its next byte
    /// [default: 30s]
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
