//! The parts of a report: every `report_*` that was sent, unwrapped. Pure.

use std::io::{self, Read};

use serde_json::Value;

use crate::document::Record;
use crate::error::Result;
use crate::redact::Redactor;

use super::{content, errors};

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

/// No part of a report is larger, unpacked.
const MAX_PART: u64 = 256 << 20;

/// Takes the parts out of a publication as sent. `report_group` is none, and neither is what is
/// null or empty.
pub fn take(sent: &mut Record, redactor: &Redactor) -> Result<Vec<Part>> {
    let names: Vec<String> = sent
        .iter()
        .filter(|(key, value)| {
            let is_part = key.starts_with("report_") && *key != "report_group";
            is_part && (value.is_string() || value.is_null())
        })
        .map(|(key, _)| key.clone())
        .collect();
    let mut parts = Vec::new();
    for key in names {
        let name = key["report_".len()..].to_string();
        if let Some(Value::String(wrapped)) = sent.shift_remove(&key)
            && !wrapped.trim().is_empty()
        {
            let content = unwrap(&wrapped).map_err(|error| {
                let error = errors::malformed(format!("report_{name}: {error}"));
                errors::beginning_with(error, wrapped.as_bytes(), redactor)
            })?;
            parts.push(Part { name, content });
        }
    }
    Ok(parts)
}

fn unwrap(wrapped: &str) -> io::Result<Vec<u8>> {
    let mut unwrapped = Vec::new();
    content::unwrap(wrapped.as_bytes(), MAX_PART)?.read_to_end(&mut unwrapped)?;
    Ok(unwrapped)
}

impl Part {
    /// `lazarus-in-space.pdf`: the name that a person would choose.
    pub fn file_name(&self, slug: &str) -> String {
        let ending = match self.name.as_str() {
            "iocs" => "ioc".to_string(),
            "yara" => "yar".to_string(),
            "pdf" => "pdf".to_string(),
            name if Include::Execsum.is(name) => format!("summary.{}", self.ending()),
            name => format!("{}.{}", slug_of(name), self.ending()),
        };
        format!("{slug}.{ending}")
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

/// Longest slug, in characters; file systems allow 255 bytes for a name with its ending.
const MAX_SLUG: usize = 60;

/// Letters and digits in lower case with hyphens between them: whatever a report is called, this
/// is one harmless name. Empty where it has neither.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(MAX_SLUG).collect();
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
        let parts = take(sent, &Redactor::default()).unwrap_or_else(|error| panic!("{error}"));
        let shown: Vec<_> = parts
            .iter()
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
    fn damage_names_the_part() {
        let mut sent = json!({"report_pdf": "H4sIAAAA"});
        let error = take(sent.as_object_mut().unwrap(), &Redactor::default()).unwrap_err();
        assert_eq!(
            error.message,
            "the answer is unusable: report_pdf: bad gzip: it is cut off"
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
            assert_eq!(slug_of(name), slug, "{name:?}");
        }
        assert_eq!(slug_of(&"x".repeat(500)).len(), MAX_SLUG);
    }

    #[test]
    fn endings_say_what_is_inside() {
        let name = |part: &str, content: &[u8]| {
            Part {
                name: part.into(),
                content: content.into(),
            }
            .file_name("a")
        };
        assert_eq!(name("pdf", b""), "a.pdf");
        assert_eq!(name("iocs", b""), "a.ioc");
        assert_eq!(name("yara", b""), "a.yar");
        assert_eq!(name("execsum", b"%PDF-1.7"), "a.summary.pdf");
        assert_eq!(name("exec_summary", b" <HTML>"), "a.summary.html");
        assert_eq!(name("execsum", b"In short"), "a.summary.txt");
        assert_eq!(name("../new", b"\xff\xfe"), "a.new.bin");
    }
}
