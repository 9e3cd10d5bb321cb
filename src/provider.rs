//! What a provider is.

use clap::ArgMatches;
use jiff::Timestamp;

use crate::config::{Profile, Setting, Settings};
use crate::console::Reporter;
use crate::context::Context;
use crate::document::Lang;
use crate::error::{Error, Result};
use crate::http::{Client, Limits};
use crate::output::Done;
use crate::sandbox::Service;
use crate::system::Clock;

/// A service that `ti` can ask: one folder under `providers/`, one entry in its list.
pub trait Provider: Sync {
    /// The word on the command line and in the profile.
    fn name(&self) -> &'static str;

    /// Its commands with their flags and help.
    fn commands(&self) -> clap::Command;

    /// What a profile can say of it, besides what every provider has.
    fn settings(&self) -> &'static [Setting];

    /// Runs the command that was typed.
    ///
    /// # Errors
    /// What came out is not worth keeping, or some of it is missing: the output was told which.
    fn run(&self, matches: &ArgMatches, cx: &Context<'_>) -> Result<Done>;

    /// What of its settings can be found wrong before anything is asked, for `ti config check`:
    /// a line each. What every provider has (file, secrets, endpoint, proxy) is checked already.
    fn preflight(&self, _settings: &Settings, _clock: Clock) -> Vec<Finding> {
        Vec::new()
    }

    /// How to find out whether the service lets us in. Without one `ti config check` ends before.
    fn login(&self) -> Option<Login> {
        None
    }

    /// Its side of the sandbox.
    fn sandbox(&self, options: &crate::sandbox::Options) -> Result<Box<dyn Service>>;
}

/// One thing that a provider looked at: its name, and what it is like or what is wrong with it.
pub struct Finding {
    pub name: &'static str,
    pub outcome: Result<String>,
    /// What somebody should do soon, although it works.
    pub warning: Option<String>,
}

/// The smallest request that shows whether the credentials hold.
pub struct Login {
    /// Whether it costs a lookup; it costs one at most.
    pub costs_lookup: bool,
    /// The secrets in the settings have been read.
    pub run: fn(&Settings, &LoginContext<'_>) -> Result<LoggedIn>,
}

/// All that a login is handed.
pub struct LoginContext<'a> {
    pub profile: &'a Profile,
    pub lang: Lang,
    pub notes: &'a dyn Reporter,
}

impl<'a> LoginContext<'a> {
    pub fn now(&self) -> Timestamp {
        (self.profile.system.clock)()
    }

    pub fn client(&self, settings: &Settings, limits: Limits) -> Result<Client<'a>> {
        Client::new(settings, limits, self.profile.system.clock, self.notes)
    }

    /// An error in a service's words, without any secret that it echoes.
    pub fn scrubbed(&self, mut error: Error) -> Error {
        for cause in &mut error.causes {
            *cause = self.profile.redactor.scrub(cause);
        }
        error
    }
}

/// What came of a login.
pub struct LoggedIn {
    /// What the service answered: `example.com was looked up`.
    pub said: String,
    /// What it said of the quota: `98 left of 100`.
    pub quota: Option<String>,
}
