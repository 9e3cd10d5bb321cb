//! The last step: a provider's own login, with nobody listening to what it finds.

use crate::cli::Run;
use crate::document::{Record, Sink};
use crate::error::Result;
use crate::profile::Settings;
use crate::provider::{Context, LoggedIn, Login};

pub fn log_in(login: &Login, settings: &Settings, run: &Run) -> Result<LoggedIn> {
    let inputs = Box::new(std::iter::empty());
    let mut nowhere = Nowhere;
    let lang = run.globals.lang;
    let context = Context::new(&run.profile, lang, run.notes, inputs, &mut nowhere);
    (login.run)(settings, &context)
}

struct Nowhere;

impl Sink for Nowhere {
    fn record(&mut self, _: Record) -> Result<()> {
        Ok(())
    }

    fn raw(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }

    fn is_raw(&self) -> bool {
        false
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
