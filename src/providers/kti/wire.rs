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

use super::tree::{Fields, Node};

/// Elements deeper than this are no answer of this service.
const MAX_DEPTH: usize = 64;

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    #[error("it is JSON, but not well-formed: {0}")]
    Json(String),
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
    let node = match text.as_bytes().first() {
        Some(b'<') => xml(text).map_err(Malformed::Xml)?.into(),
        Some(b'{' | b'[') => {
            serde_json::from_str(text).map_err(|error| Malformed::Json(error.to_string()))?
        }
        _ => return Err(Malformed::Neither),
    };
    match node {
        Node::Object(fields) => Ok(fields),
        // `<response/>`: well-formed, and without anything in it.
        Node::Text(_) | Node::Other(Value::Null) => Ok(Fields::default()),
        _ => Err(Malformed::Json("the answer is not an object".to_string())),
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
        match self.children.get_mut(&name) {
            None => {
                self.children.insert(name, value);
            }
            Some(Value::Array(list)) => list.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
}

fn xml(text: &str) -> Result<Value, String> {
    let mut reader = Reader::from_str(text);
    // The elements that are open, outermost first; below them one that holds the root.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let depth = open.len();
        let Some(current) = open.last_mut() else {
            return Err("an end tag without its element".to_string());
        };
        match event {
            Event::Start(start) if depth > MAX_DEPTH => {
                let name = start.name();
                return Err(format!("<{}> is nested too deeply", name.as_ref()));
            }
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
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(matches!(read_text(&deep), Err(Malformed::Xml(_))));
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(matches!(read_text(&deep), Err(Malformed::Json(_))));
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

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(body in "(<[/a-c!?]{0,3}[a-c ]{0,3}>|[{}\\[\\]\",:&;a-c]){0,30}") {
            let _ = read_text(&body);
        }
    }
}
