//! What a provider is, and all that it is handed.

use std::path::Path;

use clap::ArgMatches;
use jiff::Timestamp;

use crate::cancel::Cancel;
use crate::config::{Profile, Setting, Settings};
use crate::console::Reporter;
use crate::document::{Folder, Lang, Layout, Sink};
use crate::error::{Error, Result};
use crate::files::ReplaceArgs;
use crate::http::{Client, Limits};
use crate::input::{Inputs, Source};
use crate::sandbox::Service;
use crate::store::Store;
use crate::store::cache_path;
use crate::system::Clock;

/// A service that `ti` can ask: one folder under `providers/`, one entry in its list.
pub trait Provider: Sync {
    /// The word on the command line and in the profile.
    fn name(&self) -> &'static str;

    /// Its commands with their flags and help.
    fn commands(&self) -> clap::Command;

    /// What a profile can say of it, besides what every provider has.
    fn settings(&self) -> &'static [Setting];

    /// The command that was typed.
    fn parse(&self, matches: &ArgMatches) -> Result<Box<dyn Command>>;

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

/// One command, its arguments understood.
pub trait Command {
    fn layout(&self) -> Layout;

    /// Where its indicators come from, for a command that takes any.
    fn inputs(&self) -> Option<&dyn Source> {
        None
    }

    /// Whether a service answers it, so that there is something for `--raw`.
    fn has_raw(&self) -> bool {
        true
    }

    /// The file of an earlier run that this one is to go on with.
    fn resumes(&self) -> Option<&Path> {
        None
    }

    /// Whether it writes the user's own rows, in their own format.
    fn writes_rows(&self) -> bool {
        false
    }

    /// How the file of `--output` is replaced, for a command whose file others rely on.
    fn replace(&self) -> Option<&ReplaceArgs> {
        None
    }

    /// The folder that it fills, for a command that was asked to.
    fn folder(&self) -> Option<&Path> {
        None
    }

    /// An error means that what came out is not worth keeping: no file takes its place.
    fn run(&self, context: Context<'_>) -> Result<Ending>;
}

/// How a run ended that answered something.
#[derive(Debug)]
pub enum Ending {
    Complete,
    /// Some of it is missing, and why.
    Partial(Error),
}

/// All that a command is handed; it reaches for nothing else.
pub struct Context<'a> {
    profile: &'a Profile,
    pub clock: Clock,
    pub lang: Lang,
    /// For as long as the process lives: a hurried end leaves threads behind that may speak.
    pub notes: &'static dyn Reporter,
    pub interrupt: Cancel,
    pub inputs: Inputs,
    pub out: &'a mut dyn Sink,
    /// Where the command asked for one.
    pub folder: Option<&'a dyn Folder>,
}

impl<'a> Context<'a> {
    pub fn new(
        profile: &'a Profile,
        lang: Lang,
        notes: &'static dyn Reporter,
        interrupt: Cancel,
        inputs: Inputs,
        out: &'a mut dyn Sink,
    ) -> Self {
        Context {
            profile,
            clock: profile.system.clock,
            lang,
            notes,
            interrupt,
            inputs,
            out,
            folder: None,
        }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The settings of one provider. Only here is the profile read: an offline command needs none.
    pub fn settings(&self, provider: &'static str) -> Result<Settings> {
        self.profile.settings(provider)
    }

    pub fn client(&self, settings: &Settings, limits: Limits) -> Result<Client<'static>> {
        Client::new(settings, limits, self.clock, self.notes)
    }

    /// What is kept between runs; sample data is not.
    pub fn store(&self) -> Store {
        match cache_path(&self.profile.system) {
            Some(path) if self.profile.demo.is_none() => Store::open(&path, self.notes),
            _ => Store::private(self.notes),
        }
    }

    /// Text from a service that is to be kept or shown, without any secret that it echoes.
    pub fn scrub(&self, text: &str) -> String {
        self.profile.redactor.scrub(text)
    }
}
