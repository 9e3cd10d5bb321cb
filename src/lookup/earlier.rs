//! An earlier answer, read again: of each indicator how bad it was, in a few bytes. Pure.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, SeqAccess, Visitor};

use crate::error::{Error, Result};
use crate::indicator::{Indicator, is_plain_name, parse};
use crate::intel::Level;

/// An element is never larger than this.
const MAX_ELEMENT: u64 = 16 << 20;

/// What an earlier run said of its inputs, by their canonical indicators.
#[derive(Default)]
pub struct Earlier {
    /// One after the other.
    indicators: String,
    /// In the order of their indicators, each of which is there once.
    entries: Vec<EarlierAnswer>,
}

#[derive(Clone, Copy)]
struct EarlierAnswer {
    start: usize,
    length: u32,
    said: Said,
}

/// What was said of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It failed, or was not asked.
    Nothing,
    /// How bad it is; `None` where nothing is known of it.
    Level(Option<Level>),
}

/// What is read of an element; each field has to be there.
#[derive(Deserialize)]
struct Element {
    #[serde(deserialize_with = "Option::deserialize")]
    indicator: Option<String>,
    status: String,
    #[serde(deserialize_with = "Option::deserialize")]
    level: Option<Level>,
    /// Of an answer over several sources.
    sources: Option<Vec<Source>>,
    /// Of an answer that has not all.
    change: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Source {
    source: String,
}

impl Element {
    /// # Errors
    /// Why it cannot be compared with answers of these sources; `None` for those of one service.
    fn said(&self, sources: Option<&[String]>) -> Result<Said, String> {
        if self.change.is_some() {
            return Err("the answer has nothing but what had changed".to_string());
        }
        match (&self.sources, sources) {
            (None, None) => {}
            (Some(_), None) => return Err("it is an answer of ti lookup".to_string()),
            (None, Some(_)) => return Err("it does not say which sources were asked".to_string()),
            (Some(then), Some(now)) => {
                let mut then = then.iter().map(|said| &said.source);
                if let Some(gone) = then.find(|name| !now.contains(name)) {
                    return Err(format!("it has what {gone} said, which is not asked now"));
                }
            }
        }
        match (self.status.as_str(), self.level) {
            ("found", Some(level)) => Ok(Said::Level(Some(level))),
            ("not_found" | "unsupported", None) => Ok(Said::Level(None)),
            ("error" | "invalid" | "skipped", _) => Ok(Said::Nothing),
            (status, Some(level)) => Err(format!("{status:?} beside the level {level:?}")),
            (status, None) => Err(format!("the status {status:?} without a level")),
        }
    }
}

impl Earlier {
    /// Reads an answer in NDJSON or JSON, called `name`. `sources` are those that are asked now,
    /// where an element says what each of several said.
    ///
    /// # Errors
    /// Usage: it cannot be read, or has something else in it; with the line.
    pub fn read(source: impl Read, name: &str, sources: Option<&[String]>) -> Result<Earlier> {
        let left = Cell::new(MAX_ELEMENT);
        let mut reader = BufReader::with_capacity(
            1 << 16,
            Limited {
                source,
                left: &left,
            },
        );
        let mut earlier = Earlier::default();
        let mut add = |element: Element| {
            left.set(MAX_ELEMENT);
            earlier.add(&element, sources)
        };
        let begins = reader.fill_buf().map_err(|error| unreadable(name, &error));
        let first = begins?.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            Some(b'[') => read_array(&mut reader, &mut add),
            _ => read_lines(&mut reader, &mut add),
        }
        .map_err(|wrong| wrong.told(name))?;
        earlier.order();
        Ok(earlier)
    }

    fn add(&mut self, element: &Element, sources: Option<&[String]>) -> Result<(), String> {
        let said = element.said(sources)?;
        let Some(indicator) = &element.indicator else {
            return Ok(());
        };
        let indicator = canonical(indicator);
        self.entries.push(EarlierAnswer {
            start: self.indicators.len(),
            length: u32::try_from(indicator.len()).unwrap_or(u32::MAX),
            said,
        });
        self.indicators.push_str(&indicator);
        Ok(())
    }

    /// Of several elements of one indicator the last one counts.
    fn order(&mut self) {
        let indicators = &self.indicators;
        self.entries
            .sort_by(|a, b| a.indicator(indicators).cmp(b.indicator(indicators)));
        self.entries.dedup_by(|later, earlier| {
            let is_same = later.indicator(indicators) == earlier.indicator(indicators);
            if is_same {
                *earlier = *later;
            }
            is_same
        });
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The number of this indicator.
    pub fn find(&self, indicator: &str) -> Option<usize> {
        let by_name = |entry: &EarlierAnswer| entry.indicator(&self.indicators).cmp(indicator);
        self.entries.binary_search_by(by_name).ok()
    }

    /// The indicator with this number, below [`Earlier::len`], and what was said of it.
    pub fn entry(&self, number: usize) -> (&str, Said) {
        let entry = &self.entries[number];
        (entry.indicator(&self.indicators), entry.said)
    }
}

/// An indicator as it is written today: an earlier version may have had another form for it.
fn canonical(text: &str) -> Cow<'_, str> {
    if is_plain_name(text) && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let parsed = match parse(text).map(|parsed| parsed.indicator) {
        // Without its scheme a default port is none: no scheme of this name has one.
        Ok(Indicator::Url(_)) => parse(&format!("any://{text}")).map(|parsed| parsed.indicator),
        parsed => parsed,
    };
    match parsed {
        Ok(indicator) => Cow::Owned(indicator.key().into_owned()),
        Err(_) => Cow::Borrowed(text),
    }
}

impl EarlierAnswer {
    fn indicator(self, indicators: &str) -> &str {
        &indicators[self.start..self.start + self.length as usize]
    }
}

/// What stands in the way of reading on.
enum Wrong {
    Unreadable(io::Error),
    /// In this line, counted from 1.
    Damaged(usize, String),
}

impl Wrong {
    fn told(self, name: &str) -> Error {
        match self {
            Wrong::Unreadable(error) => unreadable(name, &error),
            Wrong::Damaged(line, why) => Error::usage(format!(
                "--changed-since {name}:{line}: not an element of an earlier answer that can be compared"
            ))
            .cause(why)
            .cause("nothing was asked")
            .hint("it takes what the same command wrote with --ndjson or --json, all of it: \
                   without --changed-since, and with --fields none but those beside \
                   indicator, status, level and sources"),
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Error {
    Error::usage(format!("--changed-since {name}: cannot be read")).cause(error)
}

type Add<'a> = dyn FnMut(Element) -> Result<(), String> + 'a;

/// An element a line.
fn read_lines(reader: &mut impl BufRead, add: &mut Add) -> Result<(), Wrong> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = reader.read_until(b'\n', &mut line);
        let read = read.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => Wrong::Damaged(number, error.to_string()),
            _ => Wrong::Unreadable(error),
        })?;
        if read == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let element = serde_json::from_slice(&line).map_err(|error| without_place(&error));
        element
            .and_then(&mut *add)
            .map_err(|why| Wrong::Damaged(number, why))?;
    }
    Ok(())
}

/// One array of elements, however it is broken into lines.
fn read_array(reader: &mut impl BufRead, add: &mut Add) -> Result<(), Wrong> {
    let mut json = serde_json::Deserializer::from_reader(reader);
    let read = json.deserialize_seq(Elements(add));
    read.and_then(|()| json.end()).map_err(|error| {
        // A line break where none may be is counted already.
        let line = error.line() - usize::from(error.column() == 0 && error.line() > 1);
        match error.io_error_kind() {
            None | Some(io::ErrorKind::InvalidData) => Wrong::Damaged(line, without_place(&error)),
            Some(_) => Wrong::Unreadable(error.into()),
        }
    })
}

/// Each element of an array, one at a time in memory.
struct Elements<'a, 'b>(&'a mut Add<'b>);

impl<'de> Visitor<'de> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an array of elements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element()? {
            (self.0)(element).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

/// The place within the line, or in the file, is said already or says nothing.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) => what.to_string(),
        None => text,
    }
}

/// Reads no further than this without a whole element.
struct Limited<'a, R> {
    source: R,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            let why = format!("an element is larger than {} MiB", MAX_ELEMENT >> 20);
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let most = buffer
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.source.read(&mut buffer[..most])?;
        self.left.set(left - read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Earlier> {
        Earlier::read(text.as_bytes(), "old", None)
    }

    fn said(earlier: &Earlier, indicator: &str) -> Option<Said> {
        earlier
            .find(indicator)
            .map(|number| earlier.entry(number).1)
    }

    const BAD: &str = r#"{"indicator":"b.com","status":"found","level":"malicious","new":[1]}"#;
    const UNKNOWN: &str = r#"{"indicator":"a.com","status":"not_found","level":null}"#;
    const FAILED: &str = r#"{"indicator":"c.com","status":"error","level":null}"#;
    const REFUSED: &str = r#"{"indicator":null,"status":"invalid","level":null}"#;

    #[test]
    fn an_answer_is_read_in_every_form_that_it_comes_in() {
        let all = [BAD, UNKNOWN, FAILED, REFUSED];
        let values: Vec<serde_json::Value> = all
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for text in [
            all.join("\n"),
            all.join("\r\n\n") + "\n",
            format!("[\n{}\n]\n", all.join(",\n")),
            serde_json::to_string_pretty(&values).unwrap(),
        ] {
            let earlier = read(&text).unwrap();
            assert_eq!(earlier.len(), 3, "{text}");
            let bad = Said::Level(Some(Level::Malicious));
            assert_eq!(said(&earlier, "b.com"), Some(bad));
            assert_eq!(said(&earlier, "a.com"), Some(Said::Level(None)));
            assert_eq!(said(&earlier, "c.com"), Some(Said::Nothing));
            assert_eq!(said(&earlier, "b"), None);
        }
        for empty in ["", "\n\n", "[]", "[\n]\n"] {
            assert_eq!(read(empty).unwrap().len(), 0, "{empty:?}");
        }
    }

    #[test]
    fn of_several_elements_the_last_one_counts() {
        let level = |level: &str| {
            format!("{{\"indicator\":\"a.com\",\"status\":\"found\",\"level\":\"{level}\"}}\n")
        };
        let text = [
            &level("malicious"),
            BAD,
            "\n",
            &level("info"),
            &level("none"),
        ]
        .concat();
        let earlier = read(&text).unwrap();
        assert_eq!(earlier.len(), 2);
        let last = Said::Level(Some(Level::None));
        assert_eq!(said(&earlier, "a.com"), Some(last));
        assert_eq!(earlier.entry(0), ("a.com", last));
    }

    #[test]
    fn what_was_written_in_another_form_is_the_same() {
        for (then, now) in [
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:DB8:0::1", "2001:db8::1"),
            ("192.0.2.77/24", "192.0.2.0/24"),
            ("192.0.2.7/32", "192.0.2.7"),
            ("[::ffff:192.0.2.7]:8080/x", "192.0.2.7:8080/x"),
            ("Evil.com", "evil.com"),
            ("金山.cn", "xn--rhtz55j.cn"),
            ("evil.com/A?b=C", "evil.com/A?b=C"),
            ("evil.com:443/", "evil.com:443/"),
            ("evil.com:80/x", "evil.com:80/x"),
            ("bob@Evil.com", "bob@evil.com"),
            ("what nobody understands", "what nobody understands"),
        ] {
            assert_eq!(canonical(then), now);
            let line = serde_json::json!({"indicator": then, "status": "error", "level": null});
            let earlier = read(&line.to_string()).unwrap();
            assert_eq!(said(&earlier, now), Some(Said::Nothing), "{then}");
        }
        for typed in [
            "http://evil.com:443/a",
            "https://evil.com:80",
            "ftp://[2001:db8::1]:21/",
        ] {
            let key = parse(typed).unwrap().indicator.key().into_owned();
            assert_eq!(canonical(&key), key, "{typed}");
        }
    }

    #[test]
    fn what_is_no_element_is_told_with_its_line() {
        let elements = [
            "oops",
            r#""indicator":"a.com","status":"fou"#,
            r#""status":"found","level":"info""#,
            r#""indicator":"a.com","level":"info""#,
            r#""indicator":"a.com","status":"found""#,
            r#""indicator":"a.com","status":"found","level":null"#,
            r#""indicator":"a.com","status":"found","level":"bad""#,
            r#""indicator":"a.com","status":"not_found","level":"info""#,
            r#""indicator":"a.com","status":"seen","level":null"#,
            r#""indicator":7,"status":"error","level":null"#,
            r#""indicator":"a.com","status":"found","level":"info","change":"new""#,
            r#""indicator":"a.com","status":"found","level":"info","sources":[]"#,
        ];
        let elements = elements.map(|fields| (format!("{BAD}\n\n{{{fields}}}\n{UNKNOWN}\n"), 3));
        let others = [
            (BAD[..30].to_string(), 1),
            ("indicator,type\na.com,domain\n".to_string(), 1),
            ("7".to_string(), 1),
            (format!("[\n{BAD},\n{{\"a\":\"\n\"}}\n]"), 3),
            (format!("[\n{BAD},\n{{\"a\":1}}\n]"), 3),
            (format!("[\n{BAD}\n"), 2),
            (format!("[\n{BAD}\n]\nmore"), 4),
        ];
        for (text, line) in elements.into_iter().chain(others) {
            let Err(error) = read(&text) else {
                panic!("{text}");
            };
            let message = format!("--changed-since old:{line}: ");
            assert!(error.message.starts_with(&message), "{text}: {error}");
            assert_eq!(error.kind, crate::error::Kind::Usage);
        }
    }

    #[test]
    fn sources_that_are_not_asked_now_cannot_be_compared() {
        let element = |sources: &str| {
            format!(r#"{{"indicator":"a.com","status":"found","level":"info"{sources}}}"#)
        };
        let now = ["kti".to_string(), "block".to_string()];
        for (sources, is_read) in [
            (r#","sources":[{"source":"kti","status":"found"}]"#, true),
            (r#","sources":[]"#, true),
            (r#","sources":[{"source":"kti"},{"source":"gone"}]"#, false),
            (r#","sources":[{}]"#, false),
            ("", false),
        ] {
            let text = element(sources);
            let read = Earlier::read(text.as_bytes(), "old", Some(&now));
            assert_eq!(read.is_ok(), is_read, "{sources}");
        }
    }

    #[test]
    fn what_never_ends_is_given_up() {
        for begin in ["", "{\"a\":\"", "[{\"a\":\""] {
            let endless = begin.as_bytes().chain(io::repeat(b'x'));
            let Err(error) = Earlier::read(endless, "old", None) else {
                panic!("{begin}");
            };
            assert!(error.to_string().contains("larger than 16 MiB"), "{error}");
        }
    }
}
