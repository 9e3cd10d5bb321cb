//! `--demo`: the same code against the built-in server.

use crate::console::Reporter;
use crate::error::Result;
use crate::provider::Provider;
use crate::sandbox::{Options, Server};

use super::Run;

/// Starts the provider's sandbox and points the profile at it; no file and no variable counts.
pub fn start(provider: &dyn Provider, run: &mut Run) -> Result<Server> {
    let options = Options {
        large: run.globals.large,
        ..Options::default()
    };
    let server = Server::start(provider.sandbox(&options)?, options, 0)?;
    let settings = server.settings().into_iter().collect();
    run.profile.demo = Some([(provider.name(), settings)].into());
    run.notes
        .note("sample data from the built-in sandbox: invented, not intelligence");
    Ok(server)
}
