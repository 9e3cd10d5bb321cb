use crate::cancel::Cancel;
use crate::config::Profile;
use crate::console::Stderr;
use crate::context::Context;
use crate::document::Lang;
use crate::error::{Error, Result};

use super::given::Given;
use super::globals::Globals;

/// What a command of `ti` itself runs with, besides its own arguments.
pub(super) struct Run<'a> {
    pub globals: &'a Globals,
    /// For the commands that messages name.
    pub given: &'a Given,
    pub profile: Profile,
    pub lang: Lang,
    pub notes: &'static Stderr,
    pub cancel: Cancel,
}

impl Run<'_> {
    /// Sample data stands in for what is the user's, which stays as it is.
    ///
    /// # Errors
    /// Usage: with `--demo`.
    pub fn refuse_demo(&self, what: &str) -> Result<()> {
        match self.globals.demo {
            true => Err(
                Error::usage(format!("the {what} of the sample data is not kept"))
                    .hint("leave --demo out"),
            ),
            false => Ok(()),
        }
    }

    /// A message in the reader's language, the commands in it about the same file and profile.
    pub fn advice(&self, text: &str) -> String {
        self.given.keep(&self.notes.in_language(text))
    }

    pub fn context(&self) -> Context<'_> {
        Context::new(
            &self.profile,
            &self.globals.output,
            self.lang,
            self.notes,
            &self.cancel,
        )
    }
}
