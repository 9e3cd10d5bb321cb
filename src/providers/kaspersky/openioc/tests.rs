use super::*;

const SAMPLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="b1a2" last-modified="2026-01-02T03:04:05">
  <short_description>X</short_description>
  <description> What it is <![CDATA[<about>]]> </description>
  <authored_date>2026-01-01</authored_date>
  <definition>
    <Indicator operator="OR" id="1">
      <IndicatorItem id="2" condition="is">
        <Context document="FileItem" search="FileItem/Md5sum" type="mir" />
        <Content type="md5">d41d8cd98f00b204e9800998ecf8427e</Content>
      </IndicatorItem>
      <Indicator operator="AND">
        <IndicatorItem><Context search="RouteEntryItem/Destination"/><Content type="string"> 192.0.2.7 </Content></IndicatorItem>
        <IndicatorItem condition="isnot"><Context search="RouteEntryItem/Destination"/><Content type="string">good.example</Content></IndicatorItem>
        <IndicatorItem><Context search="FileItem/FullPath"/><Content type="string">C:\a&amp;b&#33;<![CDATA[<c>]]></Content></IndicatorItem>
        <IndicatorItem><Context search="FileItem/Size"/><Content type="int"/></IndicatorItem>
      </Indicator>
      <IndicatorItem><Context search="RouteEntryItem/Destination"/><Content type="string">evil.example</Content></IndicatorItem>
    </Indicator>
  </definition>
</ioc>"#;

fn shown(found: &OpenIoc) -> Vec<String> {
    let shown = |item: Indicator| format!("{} {} {}", item.kind, item.value, item.search);
    found.positive().map(shown).collect()
}

#[test]
fn items_at_every_depth_are_found() {
    let found = parse(SAMPLE.as_bytes()).unwrap();
    assert_eq!(found.id.as_deref(), Some("b1a2"));
    assert_eq!(found.description.as_deref(), Some("What it is <about>"));
    let times = serde_json::json!([found.authored_date, found.last_modified]);
    assert_eq!(
        times,
        serde_json::json!(["2026-01-01T00:00:00Z", "2026-01-02T03:04:05Z"])
    );
    assert_eq!(
        shown(&found),
        [
            "md5 d41d8cd98f00b204e9800998ecf8427e FileItem/Md5sum",
            "ip 192.0.2.7 RouteEntryItem/Destination",
            r"file C:\a&b!<c> FileItem/FullPath",
            "domain evil.example RouteEntryItem/Destination",
        ]
    );
    let groups = serde_json::to_value(&found.groups).unwrap();
    assert_eq!(
        groups,
        serde_json::json!([
            {"id": "1", "operator": "OR", "parent": null, "negated": false},
            {"id": null, "operator": "AND", "parent": 0, "negated": false},
        ])
    );
    let of = |index: usize| serde_json::to_value(found.indicator(&found.items[index])).unwrap();
    assert_eq!(
        of(2),
        serde_json::json!({
            "type": "domain", "value": "good.example", "search": "RouteEntryItem/Destination",
            "content_type": "string", "type_as_sent": "string", "id": null, "condition": "isnot",
            "negated": true, "operator": "AND", "group": 1,
        })
    );
    assert_eq!(of(0)["id"], "2");
    assert_eq!(of(4)["operator"], "OR");
}

/// An item, or a group of items, stands for what is there or for what is not.
#[test]
fn what_is_negated_is_no_indicator() {
    for (group, item, positive) in [
        ("", "", true),
        ("", r#"condition="is""#, true),
        ("", r#"condition="contains" negate="false""#, true),
        ("", r#"condition="matches" negate="0""#, true),
        ("", r#"condition="isnot""#, false),
        ("", r#"condition="ISNOT""#, false),
        ("", r#"condition="is-not""#, false),
        ("", r#"condition="containsnot""#, false),
        ("", r#"condition="is" negate="true""#, false),
        ("", r#"condition="!=""#, false),
        ("", r#"condition="doesnotcontain""#, false),
        ("", r#"negate="FALSE""#, true),
        ("", r#"negate=" 1 ""#, false),
        ("", r#"negate="yes""#, false),
        (r#"operator="NOT""#, "", false),
        (r#"negate="true""#, r#"condition="is""#, false),
        (r#"operator="OR""#, r#"condition="is""#, true),
    ] {
        let xml = format!(
            r#"<OpenIOC><criteria><Indicator {group}><Indicator><IndicatorItem {item}><Context search="Network/DNS"/>
            <Content type="string">evil.example</Content></IndicatorItem></Indicator></Indicator></criteria></OpenIOC>"#
        );
        let found = parse(xml.as_bytes()).unwrap();
        assert_eq!(
            found.positive().count(),
            usize::from(positive),
            "{group} {item}"
        );
        assert_eq!(found.items.len(), 1);
    }
}

/// A regular expression is no domain, and a condition that is called so may hold one.
#[test]
fn a_pattern_is_none_of_the_things_that_it_matches() {
    for (condition, value, kind) in [
        ("matches", r"evil\.example", Kind::Other),
        ("Matches", "evil.*example", Kind::Other),
        ("matches", "^192.0.2.1$", Kind::Other),
        ("matches", "evil.example", Kind::Domain),
        ("is", "evil[.]example", Kind::Domain),
        ("contains", "http://evil.example/a?b=(c)", Kind::Url),
    ] {
        let xml = format!(
            r#"<ioc><IndicatorItem condition="{condition}"><Context search="Network/DNS"/><Content>{value}</Content></IndicatorItem></ioc>"#
        );
        let found = parse(xml.as_bytes()).unwrap();
        assert_eq!(found.items[0].kind(), kind, "{condition} {value}");
    }
}

#[test]
fn the_second_version_is_read_as_the_first() {
    let xml = r#"<OpenIOC xmlns="http://openioc.org/schemas/OpenIOC_1.1" id="c3" last-modified="2026-01-02T03:04:05Z" published-date="0001-01-01T00:00:00">
      <metadata><short_description>X</short_description><description>Y</description><authored_by>Z</authored_by>
        <authored_date>2026-01-01T00:00:00</authored_date><links><link rel="category">description</link></links></metadata>
      <criteria><Indicator id="a" operator="OR">
        <IndicatorItem id="b" condition="is" preserve-case="false" negate="false">
          <Context document="DnsEntryItem" search="DnsEntryItem/Host" type="mir"/><Content type="string">evil.example</Content>
        </IndicatorItem></Indicator></criteria>
      <parameters><param id="p" ref-id="b" name="severity"><value>5</value></param></parameters></OpenIOC>"#;
    let found = parse(xml.as_bytes()).unwrap();
    assert_eq!(shown(&found), ["domain evil.example DnsEntryItem/Host"]);
    assert_eq!(found.id.as_deref(), Some("c3"));
    assert_eq!(found.description.as_deref(), Some("Y"));
    assert!(found.authored_date.is_some() && found.last_modified.is_some());
}

#[test]
fn a_prefix_changes_nothing() {
    let prefixed = r#"<o:ioc xmlns:o="http://schemas.mandiant.com/2010/ioc"><o:IndicatorItem><o:Context search="a"/><o:Content type="sha256">b</o:Content></o:IndicatorItem></o:ioc>"#;
    assert_eq!(&*parse(prefixed.as_bytes()).unwrap().items[0].value, "b");
}

#[test]
fn entities_are_not_expanded_and_nothing_is_fetched() {
    let hostile = r#"<!DOCTYPE ioc [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<ioc><IndicatorItem><Context search="s"/><Content type="t">&a;&x;</Content></IndicatorItem></ioc>"#;
    assert_eq!(
        &*parse(hostile.as_bytes()).unwrap().items[0].value,
        "&a;&x;"
    );
}

#[test]
fn it_is_known_by_its_beginning() {
    for (head, known) in [
        ("<ioc id='x'>", true),
        (
            "\u{feff}<?xml version='1.0'?>\n<!-- a --><OpenIOC xmlns='x'><met",
            true,
        ),
        ("<o:ioc xmlns:o='x'/>", true),
        ("<iocs>", false),
        ("<html><ioc>", false),
        ("evil.example <ioc>", false),
        ("<ioc", false),
        ("", false),
    ] {
        assert_eq!(is_begun(head.as_bytes()), known, "{head}");
    }
}

#[test]
fn what_is_no_openioc_is_said() {
    for (xml, why) in [
        ("", "there is no <ioc> in it"),
        ("plain ioc", "there is no <ioc> in it"),
        ("<html></html>", "its root is <html>, not <ioc>"),
        ("<ioc><definition>", "it is cut off"),
    ] {
        assert_eq!(parse(xml.as_bytes()).unwrap_err(), why, "{xml}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "(<ioc>|<Indicator>|</Indicator>|<Content>|</Content>|<IndicatorItem>|</IndicatorItem>|</ioc>|&#x41;|&a;|[<>&\"a]){0,12}") {
        let _ = parse(text.as_bytes());
    }
}

/// Small as a text, and a gigabyte once it is read.
#[test]
fn what_is_read_has_a_limit() {
    let max = 1 << 20;
    let item = r#"<IndicatorItem><Content type="t">value</Content></IndicatorItem>"#;
    let words = |number: usize| {
        format!(
            r#"<IndicatorItem condition="c{number}"><Context search="s{number}"/></IndicatorItem>"#
        )
    };
    for (many, what) in [
        ("<Indicator/>".repeat(max / GROUP + 1), "groups"),
        (item.repeat(max / ITEM + 1), "items"),
        ((0..max / WORD / 2).map(words).collect(), "texts in common"),
    ] {
        let error = parse_within(format!("<ioc>{many}</ioc>").as_bytes(), max).unwrap_err();
        assert_eq!(error, "it holds more than a report can have", "{what}");
    }
    let some = "<Indicator/>".repeat(1000);
    assert_eq!(
        parse(format!("<ioc>{some}</ioc>").as_bytes())
            .unwrap()
            .groups
            .len(),
        1000
    );
}
