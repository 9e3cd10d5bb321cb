//! `--demo`: the same code against the built-in servers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Demo;
use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::providers;
use crate::sandbox::{Options, Server};

/// Starts a provider's sandbox when its settings are first asked for. It serves as long as the
/// profile is there.
pub fn sandboxes(large: bool, notes: &'static dyn Reporter) -> Demo {
    let servers = Mutex::new(BTreeMap::<&str, Server>::new());
    Arc::new(move |name: &'static str| {
        let mut servers = servers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = servers.get(name) {
            return Ok(server.settings().into_iter().collect());
        }
        if servers.is_empty() {
            notes.note("sample data from the built-in sandbox: invented, not intelligence");
        }
        let server = start(name, large)?;
        let settings = server.settings().into_iter().collect();
        servers.insert(name, server);
        Ok(settings)
    })
}

fn start(name: &str, large: bool) -> Result<Server> {
    let options = Options {
        large,
        ..Options::default()
    };
    let provider = providers::ALL.iter().find(|known| known.name() == name);
    let provider = provider.ok_or_else(|| Error::usage(format!("unknown provider {name}")))?;
    Server::start(provider.sandbox(&options)?, options, 0)
}
