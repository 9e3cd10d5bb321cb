//! The indicators of a report in OpenIOC XML (contract: kaspersky.md, get_one). Pure.
//!
//! Names count without their namespace prefix. Nothing outside the text is fetched and no entity
//! is expanded but those of XML itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};

use super::kind::Kind;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct OpenIoc {
    /// `ioc@id`
    pub id: Option<String>,
    pub items: Vec<Item>,
}

/// One `IndicatorItem`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    pub value: String,
    /// `Context@search`: `FileItem/Md5sum`
    pub search: String,
    /// `Content@type`: `md5`, `string`
    pub content_type: String,
}

impl Item {
    /// By the content's own type, then by the path it was looked for at, then by its form.
    pub fn kind(&self) -> Kind {
        let by_type = Kind::of(&self.content_type, &self.value);
        if by_type != Kind::Other {
            return by_type;
        }
        let search = self.search.to_ascii_lowercase();
        let has = |part: &str| search.contains(part);
        match Kind::of_hash(&self.value) {
            Some(kind) if has("sum") || has("hash") || has("sha") || has("md5") => kind,
            _ if has("routeentry") || has("network") || has("dns") || has("port") || has("url") => {
                Kind::on_network(&self.value)
            }
            _ => Kind::Other,
        }
    }

    pub fn json(&self) -> Value {
        json!({
            "type": self.kind().name(),
            "value": self.value,
            "search": self.search,
            "content_type": self.content_type,
        })
    }
}

/// # Errors
/// Text that is not well-formed, or has no `ioc` at its root.
pub fn parse(xml: &[u8]) -> Result<OpenIoc, String> {
    let text = std::str::from_utf8(xml).map_err(|_| "it is not UTF-8".to_string())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut found, mut item, mut depth, mut in_content) = (OpenIoc::default(), None, 0, false);
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name();
                let name = name.as_ref();
                match name {
                    _ if depth == 0 && name != "ioc" => {
                        return Err(format!("its root is <{name}>, not <ioc>"));
                    }
                    "ioc" if depth == 0 => found.id = attribute(&element, "id")?,
                    "IndicatorItem" if !is_empty => item = Some(Item::default()),
                    "Context" => {
                        if let (Some(item), Some(search)) =
                            (&mut item, attribute(&element, "search")?)
                        {
                            item.search = search;
                        }
                    }
                    "Content" => {
                        if let (Some(item), Some(kind)) = (&mut item, attribute(&element, "type")?)
                        {
                            item.content_type = kind;
                        }
                        in_content = !is_empty;
                    }
                    _ => {}
                }
                depth += u32::from(!is_empty);
            }
            Event::End(element) => {
                depth -= 1;
                match element.local_name().as_ref() {
                    "Content" => in_content = false,
                    "IndicatorItem" => {
                        let done: Option<Item> = item.take();
                        found.items.extend(done.and_then(trimmed));
                    }
                    _ => {}
                }
            }
            Event::Text(text) => add(&mut item, in_content, &text.xml10_content()),
            Event::CData(text) => add(&mut item, in_content, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(name)
                        .map_or_else(|| format!("&{name};"), str::to_string),
                };
                add(&mut item, in_content, &resolved);
            }
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if depth > 0 => return Err("it is cut off".to_string()),
            Event::Eof if found == OpenIoc::default() && !text.contains("ioc") => {
                return Err("there is no <ioc> in it".to_string());
            }
            Event::Eof => return Ok(found),
        }
    }
}

fn add(item: &mut Option<Item>, in_content: bool, text: &str) {
    if let Some(item) = item
        && in_content
    {
        item.value.push_str(text);
    }
}

/// An item without a value says nothing.
fn trimmed(mut item: Item) -> Option<Item> {
    item.value = item.value.trim().to_string();
    (!item.value.is_empty()).then_some(item)
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
mod tests {
    use super::*;

    const SAMPLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="b1a2" last-modified="2026-01-02">
  <short_description>X</short_description>
  <definition>
    <Indicator operator="OR" id="1">
      <IndicatorItem id="2" condition="is">
        <Context document="FileItem" search="FileItem/Md5sum" type="mir" />
        <Content type="md5">d41d8cd98f00b204e9800998ecf8427e</Content>
      </IndicatorItem>
      <Indicator operator="AND">
        <IndicatorItem><Context search="RouteEntryItem/Destination"/><Content type="string"> 192.0.2.7 </Content></IndicatorItem>
        <IndicatorItem><Context search="RouteEntryItem/Destination"/><Content type="string">evil.example</Content></IndicatorItem>
        <IndicatorItem><Context search="FileItem/FullPath"/><Content type="string">C:\a&amp;b&#33;<![CDATA[<c>]]></Content></IndicatorItem>
        <IndicatorItem><Context search="FileItem/Size"/><Content type="int"/></IndicatorItem>
      </Indicator>
    </Indicator>
  </definition>
</ioc>"#;

    #[test]
    fn items_at_every_depth_are_found() {
        let found = parse(SAMPLE.as_bytes()).unwrap();
        assert_eq!(found.id.as_deref(), Some("b1a2"));
        let items: Vec<_> = found
            .items
            .iter()
            .map(|item| format!("{} {} {}", item.kind().name(), item.value, item.search))
            .collect();
        assert_eq!(
            items,
            [
                "md5 d41d8cd98f00b204e9800998ecf8427e FileItem/Md5sum",
                "ip 192.0.2.7 RouteEntryItem/Destination",
                "domain evil.example RouteEntryItem/Destination",
                r"other C:\a&b!<c> FileItem/FullPath",
            ]
        );
    }

    #[test]
    fn a_prefix_changes_nothing() {
        let prefixed = r#"<o:ioc xmlns:o="http://schemas.mandiant.com/2010/ioc"><o:IndicatorItem><o:Context search="a"/><o:Content type="sha256">b</o:Content></o:IndicatorItem></o:ioc>"#;
        assert_eq!(parse(prefixed.as_bytes()).unwrap().items[0].value, "b");
    }

    #[test]
    fn entities_are_not_expanded_and_nothing_is_fetched() {
        let hostile = r#"<!DOCTYPE ioc [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<ioc><IndicatorItem><Context search="s"/><Content type="t">&a;&x;</Content></IndicatorItem></ioc>"#;
        assert_eq!(parse(hostile.as_bytes()).unwrap().items[0].value, "&a;&x;");
    }

    #[test]
    fn what_is_no_openioc_is_said() {
        for (xml, why) in [
            ("", "there is no <ioc> in it"),
            ("plain", "there is no <ioc> in it"),
            ("<html></html>", "its root is <html>, not <ioc>"),
            ("<ioc><definition>", "it is cut off"),
        ] {
            assert_eq!(parse(xml.as_bytes()).unwrap_err(), why, "{xml}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(<ioc>|<Content>|</Content>|<IndicatorItem>|</IndicatorItem>|</ioc>|&#x41;|&a;|[<>&\"a]){0,12}") {
            let _ = parse(text.as_bytes());
        }
    }
}
