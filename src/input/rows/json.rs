//! A field of each object of an NDJSON, found by scanning: what stands in other fields is not
//! judged.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::str::FromStr;

use crate::document::{RowFormat, without_bom};
use crate::error::{Error, did_you_mean};
use crate::input::{Input, Inputs, Origin, Unreadable, stream};

use super::reader::Rows;
use super::{ADDED, said};

/// Names that are remembered to say what was meant instead.
const NAMES: usize = 500;

/// Where a value stands, as jq writes it: `.src.ip`, `."id.resp_h"`, `.answers[0].data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    typed: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    /// From 0; below it, from the end.
    Index(isize),
}

impl FromStr for Path {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "expected a path as in jq: .src.ip, .\"id.resp_h\", .answers[0].data, not {typed}"
            )
        };
        let mut steps = Vec::new();
        let mut rest = typed.trim();
        if !rest.starts_with(['.', '[']) && !rest.is_empty() {
            let (name, after) = bare(rest);
            steps.push(Step::Name(name.to_string()));
            rest = after;
        }
        while !rest.is_empty() {
            let (step, after) = step(rest).ok_or_else(wrong)?;
            steps.push(step);
            rest = after;
        }
        match steps.first() {
            Some(Step::Name(name)) if !name.is_empty() => Ok(Path {
                typed: typed.to_string(),
                steps,
            }),
            _ => Err(wrong()),
        }
    }
}

fn step(rest: &str) -> Option<(Step, &str)> {
    let dotted = rest.strip_prefix('.');
    if let Some(inner) = dotted.unwrap_or(rest).strip_prefix('[') {
        let (step, after) = match inner.starts_with('"') {
            true => quoted(inner)?,
            false => {
                let (digits, after) = inner.split_at(inner.find(']')?);
                (Step::Index(digits.trim().parse().ok()?), after)
            }
        };
        return Some((step, after.strip_prefix(']')?));
    }
    let rest = dotted?;
    if rest.starts_with('"') {
        return quoted(rest);
    }
    let (name, after) = bare(rest);
    (!name.is_empty()).then(|| (Step::Name(name.to_string()), after))
}

fn bare(text: &str) -> (&str, &str) {
    // What jq does not read as part of a name, and hyphens and `@`, which logs have in names.
    let in_name = |c: char| c.is_alphanumeric() || "_-@".contains(c);
    text.split_at(text.find(|c| !in_name(c)).unwrap_or(text.len()))
}

fn quoted(text: &str) -> Option<(Step, &str)> {
    let end = string_end(text.as_bytes(), 0)?;
    let name = serde_json::from_str(&text[..end]).ok()?;
    Some((Step::Name(name), &text[end..]))
}

pub(super) fn inputs<R: BufRead + Send + 'static>(mut rows: Rows<R>, path: Path) -> Inputs {
    let mut names = BTreeSet::new();
    let (mut objects, mut is_there) = (0_u64, false);
    let mut first = true;
    let stream = stream(move || {
        let Some(next) = rows.next(RowFormat::Json)? else {
            return match objects > 0 && !is_there {
                true => Err(nowhere(&path, &rows.name, objects, &names)),
                false => Ok(None),
            };
        };
        let mut line = &next.row.text[..];
        if std::mem::replace(&mut first, false) {
            line = without_bom(line);
        }
        let text = match field(line, &path.steps) {
            Ok(found) => {
                objects += u64::from(!line.trim_ascii().is_empty());
                is_there |= found.is_some();
                if !is_there && names.len() < NAMES {
                    collect(line, "", 3, &mut names);
                }
                found.map_or(Ok(String::new()), text)
            }
            Err(unreadable) => Err(unreadable),
        };
        Ok(Some(Input {
            text,
            place: Some(next.place),
            row: Some(next.row),
        }))
    });
    Inputs::of(Origin::Rows, stream)
}

/// Said when all rows have been passed on: none has the field.
fn nowhere(path: &Path, file: &str, objects: u64, names: &BTreeSet<String>) -> Error {
    let rows = match objects {
        1 => "1 row was".to_string(),
        _ => format!("{objects} rows were"),
    };
    let error = Error::usage(format!("no row of {file} has a field {}", path.typed))
        .cause(format!("{rows} passed on without it"));
    let plain = |path: &str| path.replace('"', "");
    let meant = names.iter().find(|name| plain(name) == plain(&path.typed));
    let meant = meant.map(String::as_str);
    match meant.or_else(|| did_you_mean(&path.typed, names.iter().map(String::as_str))) {
        Some(meant) => error.hint(format!("did you mean {meant}?")),
        None if names.is_empty() => error.hint("they have no fields at all"),
        None => error.hint(format!(
            "its fields: {}",
            names
                .iter()
                .take(20)
                .cloned()
                .collect::<Vec<_>>()
                .join(", ")
        )),
    }
}

/// The value at a path in a line that is an object, as it is written; empty lines have none.
fn field<'a>(line: &'a [u8], steps: &[Step]) -> Result<Option<&'a [u8]>, Unreadable> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let object = line.trim_ascii();
    let mut has_them = false;
    let members = |name: &[u8], _: &[u8]| {
        has_them |= ADDED.iter().any(|added| is_name(name, added));
    };
    if !object.starts_with(b"{") || each_member(object, members) != Some(object.len()) {
        return Err(Unreadable::NotAnObject);
    }
    match has_them {
        true => Err(Unreadable::HasThem),
        false => Ok(at(object, steps)),
    }
}

fn at<'a>(value: &'a [u8], steps: &[Step]) -> Option<&'a [u8]> {
    let (step, rest) = match steps {
        [] => return Some(value),
        [step, rest @ ..] => (step, rest),
    };
    let mut found = None;
    match step {
        Step::Name(wanted) => {
            each_member(value, |name, value| {
                if is_name(name, wanted) {
                    found = Some(value);
                }
            })?;
        }
        Step::Index(wanted) => {
            let mut elements = Vec::new();
            each_element(value, |value| elements.push(value))?;
            let from_end = if *wanted < 0 { elements.len() } else { 0 };
            found = elements.get(from_end.checked_add_signed(*wanted)?).copied();
        }
    }
    at(found?, rest)
}

fn text(value: &[u8]) -> Result<String, Unreadable> {
    match value {
        b"null" => Ok(String::new()),
        [b'"', ..] => serde_json::from_slice(value)
            .map(said)
            .map_err(|_| Unreadable::BadText),
        _ => Err(Unreadable::NotText),
    }
}

/// `name` as it is written, its quotes included.
fn is_name(name: &[u8], wanted: &str) -> bool {
    let inner = &name[1..name.len() - 1];
    inner == wanted.as_bytes()
        || (inner.contains(&b'\\')
            && serde_json::from_slice::<String>(name).is_ok_and(|name| name == wanted))
}

/// Calls `each` with the name and the value of every member of an object; gives where it ends.
fn each_member<'a>(text: &'a [u8], mut each: impl FnMut(&'a [u8], &'a [u8])) -> Option<usize> {
    each_part(text, *b"{}", |at| {
        let name_end = string_end(text, at)?;
        let begin = blanks(text, expect(text, blanks(text, name_end), b':')?);
        let end = value_end(text, begin)?;
        each(&text[at..name_end], &text[begin..end]);
        Some(end)
    })
}

fn each_element<'a>(text: &'a [u8], mut each: impl FnMut(&'a [u8])) -> Option<usize> {
    each_part(text, *b"[]", |at| {
        let end = value_end(text, at)?;
        each(&text[at..end]);
        Some(end)
    })
}

/// Calls `part` with where each part begins between brackets; it gives where that ends.
fn each_part(
    text: &[u8],
    [opening, closing]: [u8; 2],
    mut part: impl FnMut(usize) -> Option<usize>,
) -> Option<usize> {
    let mut at = blanks(text, expect(text, 0, opening)?);
    if let Some(end) = expect(text, at, closing) {
        return Some(end);
    }
    loop {
        at = blanks(text, part(at)?);
        if let Some(end) = expect(text, at, closing) {
            return Some(end);
        }
        at = blanks(text, expect(text, at, b',')?);
    }
}

fn expect(text: &[u8], at: usize, byte: u8) -> Option<usize> {
    (text.get(at) == Some(&byte)).then_some(at + 1)
}

fn blanks(text: &[u8], from: usize) -> usize {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    from + text[from.min(text.len())..]
        .iter()
        .take_while(blank)
        .count()
}

/// Where the string ends that begins there.
fn string_end(text: &[u8], from: usize) -> Option<usize> {
    let mut at = expect(text, from, b'"')?;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        match text[at] {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// Where the value ends that begins there: brackets are counted, and nothing else is judged.
fn value_end(text: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = from;
    loop {
        match text.get(at)? {
            b'"' => at = string_end(text, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' | b' ' | b'\t' if depth > 0 => {
                at += 1;
                continue;
            }
            b',' | b':' => return None,
            _ => {
                let ends = |byte: &u8| b",:]}[{\" \t".contains(byte);
                let literal = &text[at..];
                at += literal.iter().position(ends).unwrap_or(literal.len());
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The paths of an object, as one would type them.
fn collect(object: &[u8], before: &str, depth: u8, names: &mut BTreeSet<String>) {
    each_member(object.trim_ascii(), |name, value| {
        let Ok(name) = serde_json::from_slice::<String>(name) else {
            return;
        };
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let path = match is_plain && !name.is_empty() {
            true => format!("{before}.{name}"),
            false => format!("{before}.{name:?}"),
        };
        if value.starts_with(b"{") && depth > 1 {
            collect(value, &path, depth - 1, names);
        }
        if names.len() < NAMES {
            names.insert(path);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, line: &str) -> Result<String, Unreadable> {
        let path: Path = path.parse().unwrap();
        field(line.as_bytes(), &path.steps)?.map_or(Ok(String::new()), text)
    }

    #[test]
    fn a_field_is_found_by_its_path() {
        for (path, line, expected) in [
            (".src.ip", r#"{"src": {"ip": "192.0.2.1"}}"#, "192.0.2.1"),
            ("src.ip", r#"{"src": {"ip": "192.0.2.1"}}"#, "192.0.2.1"),
            (".src.ip", r#"{"src": {}}"#, ""),
            (".src.ip", r#"{"src": null}"#, ""),
            (".src.ip", r#"{}"#, ""),
            (".src.ip", "", ""),
            (
                ".\"id.resp_h\"",
                r#"{"id.resp_h":"a.example"}"#,
                "a.example",
            ),
            (
                ".[\"id.resp_h\"]",
                r#"{"id.resp_h":"a.example"}"#,
                "a.example",
            ),
            (
                ".answers[0].data",
                r#"{"answers":[{"data":"x"},{"data":"y"}]}"#,
                "x",
            ),
            (".answers[1]", r#"{"answers":["x" , "y"]}"#, "y"),
            (".answers[9]", r#"{"answers":["x"]}"#, ""),
            (".answers[-1]", r#"{"answers":["x" , "y"]}"#, "y"),
            (".answers[-3]", r#"{"answers":["x" , "y"]}"#, ""),
            (".a[1][0].\"b c\"", r#"{"a":[1,[{"b c":"x"}]]}"#, "x"),
            (".a[\"b\"][0]", r#"{"a":{"b":["x"]}}"#, "x"),
            (".@host-name", r#"{"@host-name":"x"}"#, "x"),
            (
                ".h",
                r#"{"n":1e400,"s":"\ud800","h":"a.example"}"#,
                "a.example",
            ),
            (".h", r#"{"h":"a\u002eexample"}"#, "a.example"),
            (".h", r#"{"\u0068":"a.example"}"#, "a.example"),
            (".h", r#"{"h":"one","h":"two"}"#, "two"),
            (".h", r#"{"x":{"h":"no"},"h":"a"}"#, "a"),
            (".h", r#"{"h":"-"}"#, ""),
            (".h", r#"{"h":"(empty)"}"#, ""),
            (".h", r#"{"h":"N/A"}"#, ""),
            (".h", r#"{"h":null}"#, ""),
        ] {
            assert_eq!(found(path, line), Ok(expected.to_string()), "{path} {line}");
        }
        let steps = ".h".parse::<Path>().unwrap().steps;
        let bad = field(b"{\"x\":\"\xff\",\"h\":\"a\"}", &steps).unwrap();
        assert_eq!(text(bad.unwrap()), Ok("a".to_string()));
        for (line, why) in [
            (r#"{"h": 7}"#, Unreadable::NotText),
            (r#"{"h": {"a": 1}}"#, Unreadable::NotText),
            (r#"["h"]"#, Unreadable::NotAnObject),
            ("{", Unreadable::NotAnObject),
            (r#"{"h":"a""#, Unreadable::NotAnObject),
            (r#"{"h":"a"} x"#, Unreadable::NotAnObject),
            (r#"{"h" "a"}"#, Unreadable::NotAnObject),
            (r#"{"h":"\ud800"}"#, Unreadable::BadText),
            (r#"{"ti_tags": 1}"#, Unreadable::HasThem),
        ] {
            assert_eq!(found(".h", line), Err(why), "{line}");
        }
    }

    #[test]
    fn what_is_no_path_is_said_so() {
        for path in [
            "", ".", "..a", ".a.", ".a[", ".a[x]", ".a[-]", ".a[]", ".a[1:2]", ".\"a", ".a]",
            "[0]", ".a\"b\"", ".a?", "$.a", ".a|.b", ".a,.b", ". a", ".a b", ".a // .b", ".a['b']",
        ] {
            assert!(path.parse::<Path>().is_err(), "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_makes_it_panic(line in "[{}\\[\\]\":,h\\\\1 ]{0,30}") {
            let _ = found(".h[0].h", &line);
            let mut names = BTreeSet::new();
            collect(line.as_bytes(), "", 3, &mut names);
        }

        #[test]
        fn what_is_an_object_is_one_here_too(value in "[a-z1\\[\\]{}\",: ]{0,20}") {
            let line = format!("{{\"h\":{value}}}");
            if serde_json::from_str::<serde_json::Value>(&line).is_ok() {
                proptest::prop_assert!(found(".x", &line).is_ok(), "{}", line);
            }
        }
    }
}
