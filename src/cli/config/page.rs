//! The file that `ti config init` writes: what was there, and a commented part for each new
//! provider. Pure.

use crate::config::{COMMON, Setting, Shape};
use crate::error::Result;
use crate::provider::Provider;

use super::edit::{self, Draft};

const HEAD: &str = "\
# The settings of ti, for its owner's eyes only. Each has a variable too, which wins over this
# file: TI_KTI_REGION for region under kti. `ti config check` checks every step to an answer.
";

pub struct Page<'a> {
    draft: Draft,
    profile: &'a str,
    /// Parts for providers that the file does not have yet.
    parts: Vec<Part>,
    /// The settings that had another value, as `kti.region`.
    pub replaced: Vec<String>,
}

struct Part {
    provider: &'static dyn Provider,
    values: Vec<(&'static Setting, toml_edit::Value)>,
}

impl<'a> Page<'a> {
    pub fn of(text: &str, profile: &'a str) -> Result<Self> {
        let is_new = text.trim().is_empty();
        let head = format!(
            "{HEAD}\ndefault_profile = {}\n",
            toml_edit::Value::from(profile)
        );
        Ok(Page {
            draft: Draft::of(if is_new { &head } else { text })?,
            profile,
            parts: Vec::new(),
            replaced: Vec::new(),
        })
    }

    /// What the file has for this setting already.
    pub fn get(&self, provider: &str, setting: &str) -> Option<&toml_edit::Item> {
        self.draft
            .get(&["profile", self.profile, provider, setting])
    }

    pub fn has(&self, provider: &str) -> bool {
        self.draft
            .get(&["profile", self.profile, provider])
            .is_some()
    }

    /// Values for one provider: into its part of the file, or as a new one.
    pub fn provider(
        &mut self,
        provider: &'static dyn Provider,
        values: Vec<(&'static Setting, toml_edit::Value)>,
    ) -> Result<()> {
        let name = provider.name();
        if !self.has(name) {
            self.parts.push(Part { provider, values });
            return Ok(());
        }
        for (setting, value) in values {
            let old = self.get(name, setting.name).map(ToString::to_string);
            if old.is_some_and(|old| old.trim() != value.to_string().trim()) {
                self.replaced.push(format!("{name}.{}", setting.name));
            }
            let path = ["profile", self.profile, name, setting.name];
            self.draft.set(&path, value)?;
        }
        Ok(())
    }

    pub fn text(&self) -> String {
        let mut text = self.draft.text();
        for part in &self.parts {
            if !text.ends_with("\n\n") {
                text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
            }
            text.push_str(&part.text(self.profile));
        }
        text
    }
}

impl Part {
    fn text(&self, profile: &str) -> String {
        let profile = toml_edit::Key::new(profile);
        let mut text = format!("[profile.{profile}.{}]\n", self.provider.name());
        for (setting, value) in &self.values {
            let value = value.to_string();
            text.push_str(&format!(
                "# {}\n{} = {}\n",
                setting.help,
                setting.name,
                value.trim()
            ));
        }
        text.push_str("\n# What is not set; the values shown are the defaults.\n");
        let is_set =
            |setting: &Setting| self.values.iter().any(|(set, _)| set.name == setting.name);
        for setting in self.provider.settings().iter().chain(COMMON) {
            if !is_set(setting) {
                let default = match (setting.default, setting.shape) {
                    (Some(default), _) => default,
                    (None, Shape::Headers) => "{ X-Name = \"…\" }",
                    (None, _) => "…",
                };
                let default = edit::value(setting, default, setting.name)
                    .unwrap_or_else(|_| toml_edit::Value::from(default));
                text.push_str(&format!(
                    "# {} = {default}   # {}\n",
                    setting.name, setting.help
                ));
            }
        }
        text
    }
}
