//! An answer as sent, JSON or XML, as one tree. Pure.
//!
//! In XML an element with children is an object, a repeated element a list, anything else text;
//! attributes, namespaces and the root's name say nothing here (contract: kti.md, "Answer").

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use serde_json::Value;

use crate::document::Record;
use crate::http::Response;
use crate::http::answer::{self, NoAnswer};
use crate::http::oversize::{self, MAX_DEPTH};

use super::tree::{self, Fields, Node};

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    #[error("it is JSON, but not well-formed: {0}")]
    Json(String),
    #[error("it is JSON, but not an object")]
    NotAnObject,
    #[error("it is XML, but not well-formed: {0}")]
    Xml(String),
    #[error("it is neither JSON nor XML")]
    Neither,
}

/// The body, to be [`read`].
pub fn text(response: &Response) -> Result<Cow<'_, str>, Malformed> {
    Ok(answer::text(response)?)
}

/// What `Accept` asked for does not matter: the body itself tells what it is.
pub fn read(text: &str) -> Result<Fields<'_>, Malformed> {
    if text.starts_with('<') {
        return Ok(match xml(text).map_err(Malformed::Xml)? {
            Value::Object(root) => root.into(),
            // `<response/>`: well-formed, and without anything in it.
            _ => Fields::default(),
        });
    }
    let read = serde_json::from_str(text);
    match read.or_else(|_| oversize::value(text).map(Node::from)) {
        Ok(Node::Object(fields)) => Ok(fields),
        Ok(_) => Err(Malformed::NotAnObject),
        Err(error) if text.starts_with(['{', '[']) => Err(Malformed::Json(error.to_string())),
        Err(_) => Err(Malformed::Neither),
    }
}

/// An element that is being read.
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Record,
}

impl Element {
    fn named(name: &str) -> Self {
        Element {
            name: name.to_string(),
            ..Element::default()
        }
    }

    /// Adds a child; one that is there already becomes a list.
    fn add(&mut self, child: Element) {
        let Element {
            name,
            text,
            children,
        } = child;
        let value = match children.is_empty() {
            true => Value::String(text.trim().to_string()),
            false => Value::Object(children),
        };
        tree::add(&mut self.children, name, value);
    }
}

fn xml(text: &str) -> Result<Value, String> {
    let mut reader = Reader::from_str(text);
    // The elements that are open, outermost first; below them one that holds the root.
    let mut open = vec![Element::default()];
    // Those that are nested too deeply.
    let mut too_deep: usize = 0;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let depth = open.len();
        let Some(current) = open.last_mut() else {
            return Err("an end tag without its element".to_string());
        };
        match event {
            Event::Start(_) if depth > MAX_DEPTH => too_deep += 1,
            Event::Empty(_) if depth > MAX_DEPTH => {}
            Event::End(_) if too_deep > 0 => too_deep -= 1,
            Event::Start(start) => open.push(Element::named(start.local_name().as_ref())),
            Event::Empty(empty) => current.add(Element::named(empty.local_name().as_ref())),
            Event::End(_) => {
                // The reader has checked that the tag is the one that is open.
                if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
                    parent.add(done);
                }
            }
            Event::Text(text) => current.text.push_str(&text.xml10_content()),
            Event::CData(text) => current.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => current.text.push_str(&resolve(&reference)?),
            Event::DocType(_) => return Err("a document type is not accepted".to_string()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match (open.pop(), open.pop()) {
        (Some(top), None) => {
            let mut roots = top.children.into_iter();
            match (roots.next(), roots.next()) {
                (Some((_, Value::Array(_))), _) | (Some(_), Some(_)) => {
                    Err("there is more than one root".to_string())
                }
                (Some((_, root)), None) => Ok(root),
                (None, _) => Err("there is no element in it".to_string()),
            }
        }
        (Some(unclosed), _) => Err(format!("<{}> is not closed", unclosed.name)),
        (None, _) => Err("an end tag without its element".to_string()),
    }
}

/// The five entities of XML and character references; no others are expanded.
fn resolve(reference: &BytesRef) -> Result<String, String> {
    if let Some(character) = reference
        .resolve_char_ref()
        .map_err(|error| error.to_string())?
    {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_xml_entity(&name)
        .map(str::to_string)
        .ok_or_else(|| format!("the entity &{name}; is not accepted"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Page;
    use serde_json::json;

    fn read_bytes(body: &[u8]) -> Result<Value, Malformed> {
        let response = Response::kept(body.to_vec(), jiff::Timestamp::UNIX_EPOCH);
        let text = text(&response)?;
        let fields = read(&text)?;
        Ok(Value::Object(fields.into_record()))
    }

    fn read_text(text: &str) -> Result<Value, Malformed> {
        read_bytes(text.as_bytes())
    }

    #[test]
    fn xml_becomes_the_tree_that_json_would_be() {
        let body = "\u{feff}<?xml version=\"1.0\"?>\n<r:response xmlns:r=\"urn:x\"><!-- c -->\n<A>1</A><B/>\
            <L><item>x</item><item>y &amp; &#x4e2d;</item></L><R>1</R><R><![CDATA[<2>]]></R></r:response>";
        assert_eq!(
            read_text(body).unwrap(),
            json!({"A": "1", "B": "", "L": {"item": ["x", "y & 中"]}, "R": ["1", "<2>"]})
        );
    }

    #[test]
    fn what_is_no_answer_says_what_it_is() {
        // The vendor's own sample, with the end tag that has no beginning.
        let stray = "<?xml version=\"1.0\"?><response><RequestId>x</RequestId></ResponseMetadata></response>";
        assert!(matches!(read_text(stray), Err(Malformed::Xml(_))));
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aa\">]><x>&a;</x>";
        assert!(matches!(read_text(bomb), Err(Malformed::Xml(_))));
        let bad_xml = |why: &str| Malformed::Xml(why.into());
        for (body, error) in [
            ("", NoAnswer::Empty.into()),
            (" \n", NoAnswer::Empty.into()),
            (
                "<!DOCTYPE html><TITLE>Sign in</TITLE>",
                NoAnswer::Page(Page {
                    title: Some("Sign in".into()),
                })
                .into(),
            ),
            ("<html></html>", NoAnswer::Page(Page { title: None }).into()),
            ("Bad Gateway", Malformed::Neither),
            ("[]", Malformed::NotAnObject),
            ("[{}]", Malformed::NotAnObject),
            ("null", Malformed::NotAnObject),
            ("\"Bad Gateway\"", Malformed::NotAnObject),
            ("-7.5", Malformed::NotAnObject),
            ("nul", Malformed::Neither),
            ("<a>", bad_xml("<a> is not closed")),
            ("<a/><b/>", bad_xml("there is more than one root")),
            ("<a/><a/>", bad_xml("there is more than one root")),
            ("<a>&b;</a>", bad_xml("the entity &b; is not accepted")),
        ] {
            assert_eq!(read_text(body), Err(error), "{body}");
        }
        assert_eq!(read_bytes(b"\xff{}"), Err(NoAnswer::NotUtf8.into()));
        assert!(matches!(read_text("{\"a\": }"), Err(Malformed::Json(_))));
        assert_eq!(read_text("<response/>").unwrap(), json!({}));
    }

    #[test]
    fn a_field_that_is_nested_too_deeply_costs_no_other() {
        for depth in [63, 64, 65, 127, 128, 200, 100_000] {
            let nested = |open: &str, inner: &str, close: &str| {
                format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
            };
            for body in [
                format!("{{\"a\":{},\"b\":\"1\"}}", nested("[", "", "]")),
                format!("{{\"a\":{},\"b\":\"1\"}}", nested("{\"x\":", "7", "}")),
                format!("<r><a>{}</a><b>1</b></r>", nested("<x>", "7<y/>", "</x>")),
            ] {
                let read = read_text(&body).unwrap();
                assert_eq!(read["b"], "1");
                assert!(!read["a"].is_null());
                // Whoever reads what we write takes it too.
                let written = read.to_string();
                assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), read);
            }
        }
        let read = read_text("{\"a\":-1e999,\"b\":\"1\"}").unwrap();
        assert_eq!(read, json!({"a": "-1e999", "b": "1"}));
        let open = "[".repeat(100_000);
        assert!(matches!(read_text(&open), Err(Malformed::Json(_))));
        assert!(matches!(
            read_text(&open.replace('[', "<a>")),
            Err(Malformed::Xml(_))
        ));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(body in "(<[/a-c!?]{0,3}[a-c ]{0,3}>|[{}\\[\\]\",:&;a-c]){0,30}") {
            let _ = read_text(&body);
        }
    }
}
