use crate::cancel::Cancel;
use crate::config::Profile;
use crate::console::Stderr;
use crate::context::Context;
use crate::document::Lang;

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
