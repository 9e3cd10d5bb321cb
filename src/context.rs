//! All that a command is handed; it reaches for nothing else.

use jiff::Timestamp;

use crate::cancel::Cancel;
use crate::config::{Profile, Settings};
use crate::console::Reporter;
use crate::document::{Lang, Layout};
use crate::error::Result;
use crate::output::{Format, Opening, OutputArgs, Payload};
use crate::store::{Store, cache_path};
use crate::system::{Clock, System};

#[derive(Clone, Copy)]
pub struct Context<'a> {
    profile: &'a Profile,
    output: &'a OutputArgs,
    pub clock: Clock,
    pub lang: Lang,
    /// For as long as the process lives: a hurried end leaves threads behind that may speak.
    pub notes: &'static dyn Reporter,
    pub cancel: &'a Cancel,
}

impl<'a> Context<'a> {
    pub fn new(
        profile: &'a Profile,
        output: &'a OutputArgs,
        lang: Lang,
        notes: &'static dyn Reporter,
        cancel: &'a Cancel,
    ) -> Self {
        Context {
            profile,
            output,
            clock: profile.system.clock,
            lang,
            notes,
            cancel,
        }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub fn system(&self) -> &'a System {
        &self.profile.system
    }

    /// The settings of one provider. Only here is the profile read: an offline command needs none.
    pub fn settings(&self, provider: &'static str) -> Result<Settings> {
        self.profile.settings(provider)
    }

    fn opening(&self, payload: Payload) -> Opening<'a> {
        Opening::new(
            self.output,
            self.lang,
            self.system(),
            &self.profile.redactor,
            self.notes,
            payload,
            self.profile.demo.is_some(),
        )
    }

    /// Where records go, laid out like this.
    pub fn output(&self, layout: Layout) -> Opening<'a> {
        self.opening(Payload::Records(layout))
    }

    /// Where the user's own rows go, in their own format.
    pub fn row_output(&self, format: Format) -> Opening<'a> {
        self.opening(Payload::Rows(Some(format)))
    }

    /// Where lines of the user's own go, in no format that has a name.
    pub fn line_output(&self) -> Opening<'a> {
        self.opening(Payload::Rows(None))
    }

    /// Where a file of the service's goes, as it is.
    pub fn byte_output(&self) -> Opening<'a> {
        self.opening(Payload::Bytes)
    }

    /// What is kept between runs; sample data is not.
    pub fn store(&self) -> Store {
        match cache_path(self.system()) {
            Some(path) if self.profile.demo.is_none() => Store::open(&path, self.notes),
            _ => Store::private(self.notes),
        }
    }

    /// Text from a service that is to be kept or shown, without any secret that it echoes.
    pub fn scrub(&self, text: &str) -> String {
        self.profile.redactor.scrub(text)
    }
}
