//! What the JSON of a command looks like, as a JSON Schema (2020-12) made from the type that is
//! written.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// The JSON of the commands that answer with one type.
#[derive(Debug, Clone, Copy)]
pub struct AnswerSchema {
    /// The name of its file: `brcti-series`.
    pub name: &'static str,
    /// The commands as they are typed, without `ti`: `brcti traffic --series`.
    pub commands: &'static [&'static str],
    about: &'static str,
    made: fn() -> Schema,
}

impl AnswerSchema {
    /// For commands that list elements of this type.
    pub const fn list<T: JsonSchema>(
        name: &'static str,
        commands: &'static [&'static str],
    ) -> AnswerSchema {
        AnswerSchema {
            name,
            commands,
            about: "An array; with --ndjson each line is one of its items.",
            made: made::<Vec<T>>,
        }
    }

    /// For commands whose answer is one object.
    pub const fn object<T: JsonSchema>(
        name: &'static str,
        commands: &'static [&'static str],
    ) -> AnswerSchema {
        AnswerSchema {
            name,
            commands,
            about: "One object; with --ndjson each line is a row of the CSV.",
            made: made::<T>,
        }
    }

    /// For what is no answer: `about` says when it is written.
    pub const fn aside<T: JsonSchema>(name: &'static str, about: &'static str) -> AnswerSchema {
        AnswerSchema {
            name,
            commands: &[],
            about,
            made: made::<T>,
        }
    }

    /// As it is printed and kept in a file.
    pub fn text(&self) -> String {
        // A schema is JSON: it cannot fail.
        serde_json::to_string_pretty(&self.schema()).unwrap_or_default() + "\n"
    }

    pub fn schema(&self) -> Schema {
        let mut schema = (self.made)();
        let commands = self.commands.iter();
        let commands: Vec<_> = commands
            .map(|command| format!("ti {command} --json"))
            .collect();
        if !commands.is_empty() {
            schema.insert("title".to_string(), commands.join(", ").into());
        }
        schema.insert("description".to_string(), self.about.into());
        schema
    }
}

/// In one piece, as a reader wants it.
fn made<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let whole = settings.with(|settings| settings.inline_subschemas = true);
    whole.into_generator().into_root_schema_for::<T>()
}
