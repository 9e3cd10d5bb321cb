//! `ti sandbox`: the built-in servers, kept running, for people who write scripts.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use clap::{Args, Command, FromArgMatches};

use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::files::{Pending, identity, unwritable};
use crate::output::{Takes, print};
use crate::providers;
use crate::sandbox::{Fault, Options, Server};
use crate::units;

use super::run::Run;

/// Serve sample data on loopback ports and print a profile for it
#[derive(Debug, Args)]
#[command(
    add = Takes::PROFILE,
    before_help = "\
Examples:
  ti sandbox -o sandbox.toml &                     a file that only you can read
  ti --config sandbox.toml kti search evil.com
  ti sandbox --fail 503:2 --latency 80ms           two failures, late answers",
    after_help = "The profile goes to stdout, or with -o to a file."
)]
struct SandboxArgs {
    /// Listen on this port and those after it; one a provider [default: any free ones]
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    port: u16,

    /// Begin with failures; a status, reset, cut, slow, html, base64 or gzip (damaged content),
    /// and how many (503:2); can repeat
    #[arg(long, value_name = "FAULT[:N]")]
    fail: Vec<Fault>,

    /// Wait before each answer
    #[arg(long, value_name = "TIME", value_parser = units::duration, default_value = "0ms")]
    latency: Duration,

    /// Lookups that the account has left
    #[arg(long, value_name = "N")]
    quota: Option<u32>,

    /// Answer in odd forms that services were seen to send (kaspersky)
    #[arg(long)]
    odd: bool,

    /// Filter lists of reports by the date of their update, not of publication (kaspersky)
    #[arg(long)]
    by_updated: bool,
}

/// By which a profile of sample data is known.
const FIRST_LINE: &str = "# Sample data from `ti sandbox`: invented, not intelligence.";

pub fn command() -> Command {
    SandboxArgs::augment_args(Command::new("sandbox"))
}

pub fn run(matches: &clap::ArgMatches, run: &Run) -> Result<()> {
    let args = SandboxArgs::from_arg_matches(matches)?;
    let file = run.globals.output.file();
    file.map_or(Ok(()), refuse_another)?;
    let mut servers = Vec::new();
    let mut profile = format!("{FIRST_LINE}\ndefault_profile = \"sandbox\"\n");
    for (provider, offset) in providers::ALL.iter().zip(0..) {
        let options = Options {
            faults: args.fail.clone(),
            latency: args.latency,
            quota: args.quota,
            large: run.globals.large,
            odd: args.odd,
            by_updated: args.by_updated,
        };
        let port = match args.port {
            0 => 0,
            first => first.saturating_add(offset),
        };
        let server = Server::start(provider.sandbox(&options)?, options, port)?;
        profile.push_str(&format!("\n[profile.sandbox.{}]\n", provider.name()));
        for (name, value) in server.settings() {
            // A JSON string is a TOML string too.
            profile.push_str(&format!("{name} = {}\n", serde_json::Value::from(value)));
        }
        servers.push(server);
    }
    match file {
        None => print(profile.as_bytes())?,
        Some(path) => {
            let written = Pending::create_private(path).and_then(|mut file| {
                file.write_all(profile.as_bytes())?;
                file.commit()
            });
            written.map_err(|error| unwritable(path, &error))?;
        }
    }
    run.notes
        .note("sample data: invented, not intelligence; Ctrl-C ends it");
    servers.into_iter().for_each(Server::wait);
    Ok(())
}

/// A profile of sample data takes the place of one, and of nothing else.
fn refuse_another(path: &Path) -> Result<()> {
    let is_another = |text: Vec<u8>| !text.is_empty() && !text.starts_with(FIRST_LINE.as_bytes());
    match identity(path).is_some() && fs::read(path).is_ok_and(is_another) {
        true => Err(Error::usage(format!(
            "--output {}: it is no profile of sample data",
            path.display()
        ))
        .cause("what is in it would be lost")
        .hint("write to another file")),
        false => Ok(()),
    }
}
