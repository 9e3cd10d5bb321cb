//! The parts of a report: every `report_*` that was sent, unwrapped. Pure.

use std::io::Read;

use serde_json::Value;

use crate::document::Record;

use super::content::{self, Fault};

/// What can be asked for, in the words of `include_info`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Include {
    /// The indicators, as OpenIOC
    Iocs,
    /// The YARA rules
    Yara,
    /// The executive summary
    Execsum,
    /// The report itself
    Pdf,
    /// All of these
    All,
}

impl Include {
    pub const EACH: [Include; 4] = [Include::Pdf, Include::Execsum, Include::Iocs, Include::Yara];

    pub fn name(self) -> &'static str {
        match self {
            Include::Iocs => "iocs",
            Include::Yara => "yara",
            Include::Execsum => "execsum",
            Include::Pdf => "pdf",
            Include::All => "all",
        }
    }

    /// Whether the part called so is this one. The summary's name is not known for certain.
    pub fn is(self, part: &str) -> bool {
        match self {
            Include::Execsum => part.contains("sum"),
            Include::All => true,
            _ => part == self.name(),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// `pdf`, of `report_pdf`.
    pub name: String,
    pub content: Vec<u8>,
}

/// The parts of one report are not larger together, unpacked.
pub const MAX_PARTS: u64 = 256 << 20;

/// A part as sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// `pdf`, of `report_pdf`.
    pub name: String,
    sent: Value,
}

/// Takes the parts out of a publication as sent. `report_group` is none, and neither is what is
/// null or empty, nor what is no text and no part that can be asked for.
pub fn take(sent: &mut Record) -> Vec<Wrapped> {
    fn named(key: &str) -> Option<&str> {
        key.strip_prefix("report_").filter(|name| *name != "group")
    }
    let is_known = |name: &str| Include::EACH.iter().any(|part| part.is(name));
    let is_part = |key: &str, value: &Value| {
        named(key).is_some_and(|name| value.is_string() || value.is_null() || is_known(name))
    };
    let keys: Vec<String> = sent
        .iter()
        .filter(|(key, value)| is_part(key, value))
        .map(|(key, _)| key.clone())
        .collect();
    let part = |key: String| {
        let sent = sent.shift_remove(&key)?;
        let name = named(&key)?.to_string();
        (!is_blank(&sent)).then_some(Wrapped { name, sent })
    };
    keys.into_iter().filter_map(part).collect()
}

fn is_blank(sent: &Value) -> bool {
    match sent {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

impl Wrapped {
    /// The part, its bytes taken off `left`, which all of them share.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn unwrap(self, left: &mut u64) -> Result<Part, String> {
        let text = match &self.sent {
            Value::String(text) => text,
            Value::Array(items) if let [Value::String(text)] = &items[..] => text,
            _ => return Err("it is not text".to_string()),
        };
        let mut content = Vec::new();
        content::unwrap(text.as_bytes(), *left)
            .and_then(|mut unwrapped| unwrapped.read_to_end(&mut content))
            .map_err(|error| match Fault::of(&error) {
                Some(fault) if fault.too_large => {
                    format!("with it, the parts are larger than {MAX_PARTS} bytes, unpacked")
                }
                _ => error.to_string(),
            })?;
        *left -= content.len() as u64;
        Ok(Part {
            name: self.name,
            content,
        })
    }
}

impl Part {
    /// `lazarus-in-space.pdf`: the name that a person would choose. From the second on, `number`
    /// tells parts apart whose names would be one.
    pub fn file_name(&self, slug: &str, number: usize) -> String {
        let (name, ending) = match self.name.as_str() {
            "iocs" => ("", "ioc"),
            "yara" => ("", "yar"),
            "pdf" => ("", "pdf"),
            name if Include::Execsum.is(name) => (".summary", self.ending()),
            name => (
                &*format!(".{}", slug_of(name, MAX_PART_NAME)),
                self.ending(),
            ),
        };
        match number {
            0 | 1 => format!("{slug}{name}.{ending}"),
            number => format!("{slug}{name}-{number}.{ending}"),
        }
    }

    /// By the content's first bytes.
    fn ending(&self) -> &'static str {
        let text = self.content.trim_ascii_start();
        let begins = |with: &[u8]| {
            text.get(..with.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(with))
        };
        match () {
            () if begins(b"%PDF") => "pdf",
            () if begins(b"<!doctype html") || begins(b"<html") => "html",
            () if begins(b"<") => "xml",
            () if begins(b"{") => "json",
            () if begins(b"PK\x03\x04") => "docx",
            () if std::str::from_utf8(text).is_ok() => "txt",
            () => "bin",
        }
    }
}

/// Longest slugs of a title, of an ID and of a part's name, in bytes: with an ending and what a
/// temporary file adds, file systems allow 255.
pub const MAX_TITLE: usize = 100;
pub const MAX_ID: usize = 50;
const MAX_PART_NAME: usize = 40;

/// Longest slug that a person reads, in characters.
const MAX_SLUG: usize = 60;

/// Letters and digits in lower case with hyphens between them, at most `max` bytes: whatever a
/// report is called, this is one harmless name. Empty if it has neither.
pub fn slug_of(name: &str, max: usize) -> String {
    let mut slug = String::new();
    let characters = name.chars().flat_map(char::to_lowercase);
    let mut count = 0;
    for character in characters {
        let next = match character.is_alphanumeric() {
            true => character,
            false if slug.is_empty() || slug.ends_with('-') => continue,
            false => '-',
        };
        count += 1;
        if count > MAX_SLUG || slug.len() + next.len_utf8() > max {
            break;
        }
        slug.push(next);
    }
    slug.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_are_taken_whatever_they_are_wrapped_in() {
        let mut sent = json!({
            "report_group": "apt", "name": "N",
            "report_pdf": "JVBERi0xLjQK", "report_yara": "rule a { condition: true }",
            "report_iocs": "H4sIAAAAAAAC/0tMTEwEAEXlmK0EAAAA", "report_execsum": null, "report_x": "",
        });
        let sent = sent.as_object_mut().unwrap();
        let mut left = MAX_PARTS;
        let parts = take(sent);
        let shown: Vec<_> = parts
            .into_iter()
            .map(|part| part.unwrap(&mut left).unwrap())
            .map(|part| {
                format!(
                    "{}: {}",
                    part.name,
                    String::from_utf8_lossy(&part.content).trim()
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "pdf: %PDF-1.4",
                "yara: rule a { condition: true }",
                "iocs: aaaa"
            ]
        );
        assert_eq!(sent.keys().collect::<Vec<_>>(), ["report_group", "name"]);
    }

    #[test]
    fn what_is_no_text_is_no_absent_part() {
        let mut sent = json!({"report_iocs": 7, "report_yara": {"a": 1}, "report_pdf": ["JVBERi0xLjQK"],
            "report_execsum": [[""]], "report_x": 7});
        let parts = take(sent.as_object_mut().unwrap());
        let unwrapped: Vec<_> = parts.into_iter().map(|part| part.unwrap(&mut 9)).collect();
        let no_text = || Err("it is not text".to_string());
        let pdf = Part {
            name: "pdf".to_string(),
            content: b"%PDF-1.4\n".to_vec(),
        };
        assert_eq!(unwrapped, [no_text(), no_text(), Ok(pdf)]);
        assert_eq!(sent, json!({"report_x": 7}));
    }

    #[test]
    fn damage_costs_its_part_and_the_others_share_what_is_left() {
        let mut sent = json!({"report_a": "H4sIAAAA", "report_b": "x y", "report_c": "more text"});
        let mut left = 5;
        let outcomes: Vec<_> = take(sent.as_object_mut().unwrap())
            .into_iter()
            .map(|part| part.unwrap(&mut left).map(|part| part.content.len()))
            .collect();
        assert_eq!(
            outcomes,
            [
                Err("bad gzip: it is cut off".to_string()),
                Ok(3),
                Err("with it, the parts are larger than 268435456 bytes, unpacked".to_string()),
            ]
        );
    }

    #[test]
    fn names_are_harmless_whatever_the_report_is_called() {
        for (name, slug) in [
            ("Lazarus in Space (part 2)", "lazarus-in-space-part-2"),
            ("../../etc/passwd", "etc-passwd"),
            ("/", ""),
            ("..", ""),
            ("a\0b\nc\u{202e}d", "a-b-c-d"),
            ("C:\\x", "c-x"),
            ("標的型攻撃 2026", "標的型攻撃-2026"),
        ] {
            assert_eq!(slug_of(name, 100), slug, "{name:?}");
        }
        assert_eq!(slug_of(&"x".repeat(500), 100).len(), MAX_SLUG);
        assert_eq!(slug_of(&"𐐨".repeat(500), 101).len(), 100);
    }

    #[test]
    fn endings_say_what_is_inside() {
        let name = |part: &str, content: &[u8]| {
            Part {
                name: part.into(),
                content: content.into(),
            }
            .file_name("a", 1)
        };
        assert_eq!(name("pdf", b""), "a.pdf");
        assert_eq!(name("iocs", b""), "a.ioc");
        assert_eq!(name("yara", b""), "a.yar");
        assert_eq!(name("execsum", b"%PDF-1.7"), "a.summary.pdf");
        assert_eq!(name("exec_summary", b" <HTML>"), "a.summary.html");
        assert_eq!(name("execsum", b"In short"), "a.summary.txt");
        assert_eq!(name("../new", b"\xff\xfe"), "a.new.bin");
        assert!(name(&"𐐨".repeat(90), b"").len() < 60);
    }
}
