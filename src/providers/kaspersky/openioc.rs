//! The indicators of a report in OpenIOC XML, 1.0 and 1.1 (contract: kaspersky.md, get_one). Pure.
//!
//! Names count without their namespace prefix. Nothing outside the text is fetched and no entity
//! is expanded but those of XML itself.

use std::collections::HashSet;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::indicator::Kind;

use super::publication::{self, Moment};
use super::terms::Class;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct OpenIoc {
    pub id: Option<String>,
    pub description: Option<String>,
    pub authored_date: Option<Moment>,
    pub last_modified: Option<Moment>,
    pub groups: Vec<Group>,
    pub items: Vec<Item>,
}

/// What joins items: an `Indicator` of OpenIOC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Group {
    /// Its `id` in the OpenIOC.
    pub id: Option<String>,
    /// `AND` or `OR`, as sent.
    pub operator: Option<String>,
    /// The place in `ioc_groups` of the group that it is in; null at the top.
    pub parent: Option<usize>,
    /// Whether it or a group that it is in is negated.
    pub negated: bool,
}

/// One `IndicatorItem`. Texts that many items have in common are kept once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    pub id: Option<Box<str>>,
    pub value: Box<str>,
    /// `Context@search`: `FileItem/Md5sum`
    pub search: Rc<str>,
    /// `Content@type`: `md5`, `string`
    pub content_type: Rc<str>,
    /// `is`, `isnot`, `contains`
    pub condition: Option<Rc<str>>,
    /// Whether it stands for what is *not* there: it is no indicator of compromise then.
    pub negated: bool,
    /// The place of its group.
    group: Option<u32>,
}

/// An item of a report's OpenIOC.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Indicator<'a> {
    /// From the search path, the content's type and the form of the value: a DLL that a sample
    /// imports is no domain.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What is looked for.
    pub value: &'a str,
    /// `Context@search` of the OpenIOC.
    pub search: &'a str,
    /// `Content@type` of the OpenIOC.
    pub content_type: &'a str,
    /// The same, under its name in all of ti.
    pub type_as_sent: &'a str,
    /// Its `id` in the OpenIOC.
    pub id: Option<&'a str>,
    /// `is`, `isnot`, `contains`, `containsnot`, `matches`, as sent.
    pub condition: Option<&'a str>,
    /// Whether it stands for what is not there: it is no indicator then, and JSON alone has it.
    pub negated: bool,
    /// `AND` or `OR` of its group.
    pub operator: Option<&'a str>,
    /// The place in `ioc_groups` of its group.
    pub group: Option<u32>,
}

impl Item {
    /// By the place it is looked for at; where that is not known, by the content's own type. A
    /// regular expression is none of the things that it matches.
    pub fn kind(&self) -> Kind {
        let class = Class::of(&self.search).or_else(|| Class::of(&self.content_type));
        match class.filter(|_| !self.is_pattern()) {
            Some(class) => class.kind_of(&self.value),
            None => Kind::Other,
        }
    }

    fn is_pattern(&self) -> bool {
        let condition = self.condition.as_deref().unwrap_or_default();
        condition.eq_ignore_ascii_case("matches") && self.value.contains(PATTERN)
    }
}

impl OpenIoc {
    /// An item as it comes out.
    pub fn indicator<'a>(&'a self, item: &'a Item) -> Indicator<'a> {
        let group = item.group.and_then(|group| self.groups.get(group as usize));
        Indicator {
            kind: item.kind(),
            value: &item.value,
            search: &item.search,
            content_type: &item.content_type,
            type_as_sent: &item.content_type,
            id: item.id.as_deref(),
            condition: item.condition.as_deref(),
            negated: item.negated,
            operator: group.and_then(|group| group.operator.as_deref()),
            group: item.group,
        }
    }

    /// The indicators of compromise: what is negated is none.
    pub fn positive(&self) -> impl Iterator<Item = Indicator<'_>> {
        let items = self.items.iter().filter(|item| !item.negated);
        items.map(|item| self.indicator(item))
    }
}

/// What stands in regular expressions and in no name, address or path of a URL.
const PATTERN: [char; 11] = ['\\', '^', '$', '*', '+', '|', '(', ')', '[', '{', '}'];

/// Whether a condition, or the operator of a group, is the opposite of one: `isnot`,
/// `containsnot`, `is-not`, `!=`.
fn is_negative(condition: &str) -> bool {
    condition.starts_with('!') || condition.to_ascii_lowercase().contains("not")
}

/// Whether a text that begins so is OpenIOC.
pub fn is_begun(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut reader = Reader::from_str(head.trim_start_matches('\u{feff}'));
    loop {
        return match reader.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => is_root(root.local_name().as_ref()),
            Ok(Event::Text(text)) if text.trim().is_empty() => continue,
            Ok(Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
            _ => false,
        };
    }
}

/// 1.0 and 1.1.
fn is_root(name: &str) -> bool {
    matches!(name, "ioc" | "OpenIOC")
}

/// What is read of a report is not larger, by and large: a text of the size that a part may have
/// could be a hundred times its size once it is read.
const MAX_READ: usize = 256 << 20;
/// A group and an item beside their own texts, as they are kept until they have come out.
const GROUP: usize = 1024;
const ITEM: usize = size_of::<Item>() + 32;
/// A text that items have in common, and its place in the table of them.
const WORD: usize = 64;

/// # Errors
/// Text that is not well-formed, is too much, or has no `ioc` (1.0) or `OpenIOC` (1.1) at its root.
pub fn parse(xml: &[u8]) -> Result<OpenIoc, String> {
    parse_within(xml, MAX_READ)
}

fn parse_within(xml: &[u8], max: usize) -> Result<OpenIoc, String> {
    let text = std::str::from_utf8(xml).map_err(|_| "it is not UTF-8".to_string())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut document = Document {
        left: max,
        ..Document::default()
    };
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(element) => document.start(&element)?,
            Event::Empty(element) => {
                document.start(&element)?;
                document.end()?;
            }
            Event::End(_) => document.end()?,
            Event::Text(text) => document.text.push_str(&text.xml10_content()),
            Event::CData(text) => document.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(name)
                        .map_or_else(|| format!("&{name};"), str::to_string),
                };
                document.text.push_str(&resolved);
            }
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if !document.open.is_empty() => return Err("it is cut off".to_string()),
            Event::Eof if !document.began => return Err("there is no <ioc> in it".to_string()),
            Event::Eof => return Ok(document.found),
        }
    }
}

/// An element that is open, if it means anything here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Root,
    Description,
    AuthoredDate,
    Group,
    Item,
    Content,
    Unknown,
}

#[derive(Default)]
struct Document {
    found: OpenIoc,
    began: bool,
    open: Vec<Element>,
    /// The groups that are open, by their places.
    groups: Vec<usize>,
    item: Option<Item>,
    text: String,
    /// What many items have in common.
    words: HashSet<Rc<str>>,
    /// Bytes that may still be read, by and large.
    left: usize,
}

impl Document {
    fn start(&mut self, element: &BytesStart) -> Result<(), String> {
        let name = element.local_name();
        let opened = match name.as_ref() {
            name if self.open.is_empty() && is_root(name) => {
                self.began = true;
                self.found.id = attribute(element, "id")?;
                let modified = attribute(element, "last-modified")?;
                self.found.last_modified = modified.and_then(moment);
                Element::Root
            }
            name if self.open.is_empty() => {
                return Err(format!("its root is <{name}>, not <ioc>"));
            }
            "description" => Element::Description,
            "authored_date" => Element::AuthoredDate,
            "Indicator" => {
                self.start_group(element)?;
                Element::Group
            }
            "IndicatorItem" => {
                self.start_item(element)?;
                Element::Item
            }
            "Context" => {
                let search = self.word(element, "search")?;
                if let (Some(item), Some(search)) = (&mut self.item, search) {
                    item.search = search;
                }
                Element::Unknown
            }
            "Content" => {
                let kind = self.word(element, "type")?;
                if let (Some(item), Some(kind)) = (&mut self.item, kind) {
                    item.content_type = kind;
                }
                Element::Content
            }
            _ => Element::Unknown,
        };
        if matches!(
            opened,
            Element::Content | Element::Description | Element::AuthoredDate
        ) {
            self.text.clear();
        }
        self.open.push(opened);
        Ok(())
    }

    fn start_group(&mut self, element: &BytesStart) -> Result<(), String> {
        let parent = self.groups.last().copied();
        let inherits = parent.is_some_and(|parent| self.found.groups[parent].negated);
        let operator = attribute(element, "operator")?;
        let negative = operator.as_deref().is_some_and(is_negative);
        self.count(GROUP)?;
        self.groups.push(self.found.groups.len());
        self.found.groups.push(Group {
            id: attribute(element, "id")?,
            operator,
            parent,
            negated: negative || inherits || is_negated(element)?,
        });
        Ok(())
    }

    fn start_item(&mut self, element: &BytesStart) -> Result<(), String> {
        let condition = self.word(element, "condition")?;
        let group = self.groups.last().copied();
        let inherits = group.is_some_and(|group| self.found.groups[group].negated);
        let negative = condition.as_deref().is_some_and(is_negative);
        self.item = Some(Item {
            id: attribute(element, "id")?.map(String::into),
            negated: negative || inherits || is_negated(element)?,
            condition,
            group: group.and_then(|group| u32::try_from(group).ok()),
            ..Item::default()
        });
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<(), String> {
        let left = self.left.checked_sub(bytes);
        self.left = left.ok_or("it holds more than a report can have")?;
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        match self.open.pop() {
            Some(Element::Content) => {
                if let Some(item) = &mut self.item {
                    item.value = self.text.trim().into();
                }
            }
            // An item without a value says nothing.
            Some(Element::Item) => {
                let item = self.item.take().filter(|item| !item.value.is_empty());
                if let Some(item) = item {
                    let id = item.id.as_ref().map_or(0, |id| id.len());
                    self.count(ITEM + item.value.len() + id)?;
                    self.found.items.push(item);
                }
            }
            Some(Element::Group) => {
                self.groups.pop();
            }
            Some(Element::Description) if self.found.description.is_none() => {
                let text = self.text.trim();
                self.found.description = (!text.is_empty()).then(|| text.to_string());
            }
            Some(Element::AuthoredDate) if self.found.authored_date.is_none() => {
                self.found.authored_date = moment(std::mem::take(&mut self.text));
            }
            _ => {}
        }
        Ok(())
    }

    /// An attribute that many items have in common.
    fn word(&mut self, element: &BytesStart, name: &str) -> Result<Option<Rc<str>>, String> {
        let Some(word) = attribute(element, name)? else {
            return Ok(None);
        };
        if let Some(known) = self.words.get(word.as_str()) {
            return Ok(Some(Rc::clone(known)));
        }
        self.count(WORD + word.len())?;
        let word: Rc<str> = word.into();
        self.words.insert(Rc::clone(&word));
        Ok(Some(word))
    }
}

fn moment(text: String) -> Option<Moment> {
    let text = text.trim();
    (!text.is_empty()).then(|| publication::moment(Value::from(text)))
}

/// What says neither yes nor no is no indicator to rely on.
fn is_negated(element: &BytesStart) -> Result<bool, String> {
    let negate = attribute(element, "negate")?.unwrap_or_default();
    let negate = negate.trim().to_ascii_lowercase();
    Ok(!matches!(negate.as_str(), "" | "false" | "0" | "no"))
}

fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, String> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| error.to_string())?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
