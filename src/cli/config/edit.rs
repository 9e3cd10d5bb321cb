//! The file as text that is changed here and there: everything else stays as it was, comments
//! included. Pure.

use secrecy::ExposeSecret;
use toml_edit::{DocumentMut, Item, Table, Value};

use crate::config::{Setting, Shape, header_lines};
use crate::error::{Error, Result};

/// A file under change.
pub struct Draft(DocumentMut);

impl Draft {
    /// The text has been checked by [`crate::config::File::parse`]; a message of this parser
    /// would quote it.
    pub fn of(text: &str) -> Result<Self> {
        let parsed = text.parse::<DocumentMut>();
        parsed
            .map(Draft)
            .map_err(|_| Error::config("the configuration file is not valid TOML"))
    }

    /// Sets a value; missing tables are added. A comment behind the old value stays.
    pub fn set(&mut self, path: &[&str], mut value: Value) -> Result<()> {
        let Some((name, tables)) = path.split_last() else {
            return Ok(());
        };
        let mut table = self.0.as_table_mut() as &mut dyn toml_edit::TableLike;
        for (depth, step) in tables.iter().enumerate() {
            let entry = table.entry(step).or_insert_with(|| {
                let mut made = Table::new();
                // `[profile]` alone would only be in the way.
                made.set_implicit(depth + 1 < tables.len());
                Item::Table(made)
            });
            table = entry.as_table_like_mut().ok_or_else(|| {
                Error::config(format!("{step} is no table in the configuration file"))
            })?;
        }
        match table.get_mut(name).and_then(Item::as_value_mut) {
            Some(old) => {
                *value.decor_mut() = old.decor().clone();
                *old = value;
            }
            None => {
                table.insert(name, Item::Value(value));
            }
        }
        Ok(())
    }

    /// Whether there was anything to take out.
    pub fn unset(&mut self, path: &[&str]) -> bool {
        let Some((name, tables)) = path.split_last() else {
            return false;
        };
        let mut table = self.0.as_table_mut() as &mut dyn toml_edit::TableLike;
        for step in tables {
            match table.get_mut(step).and_then(Item::as_table_like_mut) {
                Some(inner) => table = inner,
                None => return false,
            }
        }
        table.remove(name).is_some()
    }

    pub fn get(&self, path: &[&str]) -> Option<&Item> {
        let mut item = self.0.as_item();
        for step in path {
            item = item.get(step)?;
        }
        Some(item)
    }

    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

/// What was typed for a setting, as it stands in the file. `from` names it in errors.
pub fn value(setting: &Setting, typed: &str, from: &str) -> Result<Value> {
    setting.check(typed, from)?;
    Ok(match setting.shape {
        Shape::Secret => secret(typed),
        Shape::Headers => match table(typed) {
            Some(headers) => headers,
            None => headers(typed, from)?,
        },
        Shape::Files => {
            let list = files(typed);
            let names = list.as_array().into_iter().flatten();
            names
                .filter_map(Value::as_str)
                .try_for_each(|name| setting.check(name, from))?;
            list
        }
        Shape::Count => typed
            .parse::<i64>()
            .map_or_else(|_| Value::from(typed), Value::from),
        _ => Value::from(typed),
    })
}

/// `["a.txt", "b.txt"]`, or the name of a single file.
pub fn files(typed: &str) -> Value {
    let list = typed.trim().parse::<Value>();
    list.ok()
        .filter(Value::is_array)
        .unwrap_or_else(|| Value::from_iter([typed]))
}

/// A secret, or where it is to be had.
pub fn secret(typed: &str) -> Value {
    table(typed).unwrap_or_else(|| Value::from(typed))
}

/// `X-Name: value`, one a line.
fn headers(typed: &str, from: &str) -> Result<Value> {
    let headers = header_lines(typed, from)?.into_iter();
    let headers = headers.map(|(name, value)| (name, Value::from(value.expose_secret())));
    Ok(Value::InlineTable(headers.collect()))
}

/// Where a secret is to be had, not the secret: `{ env = "NAME" }`, for headers
/// `{ X-Name = { env = "NAME" } }`.
pub fn reference(setting: &Setting, typed: &str) -> Option<Value> {
    let value = table(typed)?;
    let refers = |table: &toml_edit::InlineTable| {
        setting.shape == Shape::Secret || table.iter().all(|(_, value)| value.is_inline_table())
    };
    value.as_inline_table().is_some_and(refers).then_some(value)
}

fn table(typed: &str) -> Option<Value> {
    let value = typed.trim().parse::<Value>().ok()?;
    value.is_inline_table().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# ours\n\ndefault_profile = \"a\" # the one\n\n# the account\n[profile.a.kti]\nretries = 2   # few\naccess_key = \"k\"\n\n# the end\n";

    #[test]
    fn only_the_value_changes() {
        let mut draft = Draft::of(FILE).unwrap();
        draft
            .set(&["profile", "a", "kti", "retries"], Value::from(5))
            .unwrap();
        assert_eq!(draft.text(), FILE.replace("retries = 2 ", "retries = 5 "));
        assert!(draft.unset(&["profile", "a", "kti", "access_key"]));
        assert!(!draft.unset(&["profile", "b", "kti", "access_key"]));
        assert!(!draft.text().contains("access_key"));
        assert!(draft.text().contains("# the end"));
    }

    #[test]
    fn tables_that_are_missing_are_added() {
        let mut draft = Draft::of(FILE).unwrap();
        draft
            .set(&["profile", "b c", "kti", "region"], Value::from("x"))
            .unwrap();
        assert!(
            draft
                .text()
                .contains("[profile.\"b c\".kti]\nregion = \"x\"\n"),
            "{}",
            draft.text()
        );
        assert!(draft.text().starts_with("# ours\n\ndefault_profile"));
        let mut broken = Draft::of("profile = 3").unwrap();
        assert!(broken.set(&["profile", "a", "x"], Value::from(1)).is_err());
    }

    #[test]
    fn a_secret_is_a_text_or_where_to_find_it() {
        let secret = Setting::new("secret_key", Shape::Secret, "");
        let shown = |typed| value(&secret, typed, "").unwrap().to_string();
        assert_eq!(shown("{ env = \"X\" }"), "{ env = \"X\" }");
        assert_eq!(shown("a\"b"), "'a\"b'");
        let headers = Setting::new("headers", Shape::Headers, "");
        let shown = |typed| value(&headers, typed, "").unwrap().to_string();
        assert_eq!(shown("X-A: b"), "{ X-A = \"b\" }");
        assert_eq!(shown("{ \"X-A\" = \"b\" }"), "{ \"X-A\" = \"b\" }");
        assert!(value(&headers, "no colon", "").is_err());
        assert!(reference(&headers, "{ X-A = { env = \"X\" } }").is_some());
        assert!(reference(&headers, "{ X-A = \"b\" }").is_none());
        let retries = Setting::new("retries", Shape::Count, "");
        assert_eq!(value(&retries, "3", "").unwrap().to_string(), "3");
        assert!(value(&retries, "many", "retries").is_err());
    }
}
