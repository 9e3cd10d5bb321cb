//! What a provider is.

use std::sync::Arc;

use clap::ArgMatches;

use crate::config::{Origin, Setting, Settings};
use crate::context::Context;
use crate::document::{AnswerSchema, Lang, Record};
use crate::error::Result;
use crate::lookup::Source;
use crate::output::Done;
use crate::sandbox::Service;
use crate::system::Clock;

/// A service that `ti` can ask: one folder under `providers/`, one entry in its list.
pub trait Provider: Sync {
    /// The word on the command line and in the profile.
    fn name(&self) -> &'static str;

    /// Its commands with their flags and help. Each says by [`Takes`](crate::output::Takes) in what
    /// forms it answers and whether it asks a service; one that says nothing prints text alone.
    fn commands(&self) -> clap::Command;

    /// What a profile can say of it, besides what every provider has.
    fn settings(&self) -> &'static [Setting];

    /// Runs the command that was typed.
    ///
    /// # Errors
    /// What came out is not worth keeping, or some of it is missing: the output was told which.
    fn run(&self, matches: &ArgMatches, cx: &Context<'_>) -> Result<Done>;

    /// The JSON of its commands.
    fn schemas(&self) -> &'static [AnswerSchema];

    /// What of its settings can be found wrong before anything is asked, for `ti config check`:
    /// a line each. What every provider has (file, secrets, endpoint, proxy) is checked already.
    fn preflight(&self, _settings: &Settings, _clock: Clock) -> Vec<Finding> {
        Vec::new()
    }

    /// Whether its answers have pictures.
    fn draws(&self) -> bool {
        false
    }

    /// How to find out whether the service lets us in. Without one `ti config check` ends before.
    fn login(&self) -> Option<Login> {
        None
    }

    /// For a service that can be asked about indicators: how. `None` if it cannot, or is not
    /// configured.
    ///
    /// # Errors
    /// The profile cannot be read.
    fn source(&self, _cx: &Context<'_>) -> Result<Option<Arc<dyn Source>>> {
        Ok(None)
    }

    /// What it judges an indicator to be, as its own commands name it.
    fn judgment_in(&self, name: &str, _lang: Lang) -> String {
        name.to_string()
    }

    /// The words of the command that tells more than its `answer` within the `element` of a lookup,
    /// without `ti`; `None` if there is none.
    fn more(&self, _element: &Record, _answer: &Record) -> Option<Vec<String>> {
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

impl Finding {
    /// A login that goes out unencrypted works, and is worth a warning. `sent` are the settings
    /// that go along with each request.
    pub fn unencrypted(settings: &Settings, sent: &[&'static str]) -> Option<Self> {
        let is_http = settings
            .endpoint()
            .is_ok_and(|endpoint| endpoint.scheme() == "http");
        let is_set = |name: &&&'static str| {
            let resolved = settings.values.get(*name);
            resolved.is_some_and(|known| known.value.is_some() && known.origin != Origin::Demo)
        };
        let sent: Vec<_> = sent.iter().filter(is_set).copied().collect();
        (is_http && !sent.is_empty()).then(|| Finding {
            name: "encryption",
            outcome: Ok(format!("{} over http://, unencrypted", sent.join(", "))),
            warning: Some(
                "use https:// where the service has it: what goes over http:// can be read on the way"
                    .to_string(),
            ),
        })
    }
}

/// The smallest request that shows whether the credentials hold.
pub struct Login {
    /// Whether it costs a lookup; it costs one at most.
    pub costs_lookup: bool,
    /// The secrets in the settings have been read.
    pub run: fn(&Settings, &Context<'_>) -> Result<LoggedIn>,
}

/// What came of a login.
pub struct LoggedIn {
    /// What the service answered: `example.com was looked up`.
    pub said: String,
    /// What it said of the quota: `98 left of 100`.
    pub quota: Option<String>,
    /// What to do, where nothing is left of it.
    pub spent: Option<&'static str>,
}
