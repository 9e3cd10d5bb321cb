//! The same answer in every form that this vendor's services use, and hostile ones.

use serde_json::{Value, json};

use crate::support::{Mock, Ran, ti};

use super::{profile, search_at};

fn element(mock: &Mock) -> Value {
    let mut element = search_at(mock, &["192.0.2.1", "--json"]).code(0).json()[0].clone();
    element["retrieved_at"].take();
    element
}

#[test]
fn json_and_xml_in_all_their_forms_mean_the_same() {
    let plain = Mock::json(
        r#"{"RequestId":"r","LeftCount":5,"TotalCount":9,"Extra":"kept","IntelInfo":{"Type":"ip","RetCode":0,"RetMsg":"",
        "Ip":{"Ip":"192.0.2.1","Carrier":"c","Location":{"Country":"中国","Lng":"1.5"},"Asn":{"Number":64500,"Rank":3,"Info":"i"},
        "Judgments":["C2","Brute Force"],"Tags":[{"Type":"gangs","Tags":["A","B"]}],"Score":"7"}}}"#,
    );
    let expected = element(&plain);
    assert_eq!(expected["Extra"], "kept");
    assert_eq!(expected["ip"]["Score"], "7");
    assert_eq!(expected["judgments"], json!(["C2", "Brute Force"]));
    let wrap = |judgments: &str, tags: &str| {
        format!(
            "\u{feff}<?xml version=\"1.0\"?><k:response xmlns:k=\"urn:x\"><RequestId>r</RequestId><LeftCount>5</LeftCount>\
             <TotalCount>9</TotalCount><Extra>kept</Extra><IntelInfo><Type>ip</Type><RetCode>0</RetCode><RetMsg/>\
             <Ip><Ip>192.0.2.1</Ip><Carrier>c</Carrier><Location><Country>中国</Country><Lng>1.5</Lng></Location>\
             <Asn><Number>64500</Number><Rank>3</Rank><Info>i</Info></Asn>{judgments}{tags}<Score>7</Score></Ip>\
             </IntelInfo></k:response>"
        )
    };
    let tag = "<Type>gangs</Type><Tags><item>A</item><item>B</item></Tags>";
    for (judgments, tags) in [
        (
            "<Judgments><item>C2</item><item>Brute Force</item></Judgments>",
            format!("<Tags><item>{tag}</item></Tags>"),
        ),
        (
            "<Judgments><member>C2</member><member>Brute Force</member></Judgments>",
            format!("<Tags><member>{tag}</member></Tags>"),
        ),
        (
            "<Judgments><Judgment>C2</Judgment><Judgment>Brute Force</Judgment></Judgments>",
            format!("<Tags><Tag>{tag}</Tag></Tags>"),
        ),
        (
            "<Judgments>C2</Judgments><Judgments>Brute Force</Judgments>",
            format!("<Tags>{tag}</Tags>"),
        ),
        (
            "<Judgments><Item>C2</Item><Item>Brute Force</Item></Judgments>",
            format!("<Tags><Tags>{tag}</Tags></Tags>"),
        ),
        (
            "<Judgments><item>C2</item><item>Brute Force</item></Judgments>",
            "<Tags><item><Type>gangs</Type><Tags>A</Tags><Tags>B</Tags></item></Tags>".to_string(),
        ),
    ] {
        let body = wrap(judgments, &tags);
        let mock = Mock::start(move |_| ti::sandbox::Reply::new(200, "text/xml", body.clone()));
        assert_eq!(element(&mock), expected);
    }
    // An array of one, numbers as text, names in other cases.
    let odd = Mock::json(
        r#"{"requestid":"r","leftcount":"5","TotalCount":"9","Extra":"kept","IntelInfo":[{"Type":"ip","RetCode":"0",
        "IP":{"Ip":"192.0.2.1","carrier":"c","Location":{"Country":"中国","Lng":1.5},"Asn":{"Number":"64500","Rank":"3","Info":"i"},
        "Judgments":{"item":["C2","Brute Force"]},"Tags":{"item":{"Type":"gangs","Tags":["A","B"]}},"Score":"7"}}]}"#,
    );
    assert_eq!(element(&odd), expected);
}

#[test]
fn an_empty_answer_is_no_data() {
    for body in [
        r#"{"RequestId":"r","LeftCount":5,"IntelInfo":{}}"#,
        r#"{"RequestId":"r","LeftCount":5,"IntelInfo":""}"#,
        r#"{"RequestId":"r","LeftCount":5,"IntelInfo":null}"#,
        r#"{"RequestId":"r","LeftCount":5,"IntelInfo":[]}"#,
        r#"{"IntelInfo":{"Type":"ip","RetCode":2,"RetMsg":"没有查询到数据"}}"#,
        "<response><LeftCount>5</LeftCount><IntelInfo/></response>",
    ] {
        let mock = Mock::json(body);
        assert_eq!(element(&mock)["status"], "not_found", "{body}");
    }
}

#[test]
fn absent_null_and_empty_fields_are_null() {
    let mock = Mock::json(
        r#"{"IntelInfo":{"RetCode":0,"Ip":{"Ip":"192.0.2.1","Location":null,"Asn":{},"Judgments":null,"Tags":""}}}"#,
    );
    let element = element(&mock);
    assert_eq!(element["ip"]["location"], Value::Null);
    assert_eq!(element["judgments"], Value::Null);
    assert_eq!(
        (&element["level"], &element["status"]),
        (&json!("none"), &json!("found"))
    );
    assert_eq!(element["quota"], json!({"left": null, "total": null}));
}

const HOSTILE: &str = concat!(
    r#"{"RequestId":"r","LeftCount":5,"IntelInfo":{"RetCode":0,"Domain":{"Domain":"evil.com","Judgments":["C2\u001b[2J"],"#,
    r#""Tags":[{"Type":"gangs\u0007","Tags":["\u202egnp.exe"]}],"CurWhois":{"RegistrarName":"=cmd()|' /C calc'!A0","#,
    r#""RegistrantName":"\u001b]0;owned\u0007\u009b31m","RegistrantAddress":"a\r\nb\tc","Odd\u001b[1m":"x"}}}}"#
);

fn is_safe(ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        let dangerous = |c: &char| {
            (c.is_control() && *c != '\n' && *c != '\r') || ('\u{202a}'..='\u{202e}').contains(c)
        };
        assert_eq!(text.chars().find(dangerous), None, "{text:?}");
    }
}

#[test]
fn hostile_text_reaches_no_terminal() {
    let mock = Mock::json(HOSTILE);
    for arguments in [
        &["evil.com"][..],
        &["evil.com", "www.evil.com"],
        &["evil.com", "--json"],
        &["evil.com", "--ndjson", "-vv"],
    ] {
        is_safe(&search_at(&mock, arguments).code(0));
    }
    let card = search_at(&mock, &["evil.com"]).stdout;
    assert!(
        card.contains(r"\x1b]0;owned\x07\x9b31m") && card.contains(r"a\r\nb\tc"),
        "{card}"
    );
    let json = search_at(&mock, &["evil.com", "--json"]);
    assert_eq!(
        json.json()[0]["judgments"][0],
        "C2\u{1b}[2J",
        "JSON keeps the text as it is"
    );
    let csv = search_at(&mock, &["evil.com", "--csv"]).stdout;
    assert!(csv.contains(",'=cmd()|' /C calc'!A0,"), "{csv}");
}

#[test]
fn an_error_message_is_hostile_too() {
    let mock = Mock::start(|_| {
        ti::sandbox::Reply::json(
            400,
            r#"{"Error":{"Code":"X\u001b[2J","Message":"\u001b]0;owned\u0007\u202e"}}"#,
        )
    });
    let ran = search_at(&mock, &["evil.com"]).code(6);
    is_safe(&ran);
    ran.says(r"X\x1b[2J");
}

#[test]
fn very_long_text_is_cut_on_screen_and_too_long_an_answer_refused() {
    let long = "A".repeat(3 << 20);
    let body = format!(
        r#"{{"IntelInfo":{{"RetCode":0,"Domain":{{"Domain":"evil.com","CurWhois":{{"RegistrarName":"{long}"}}}}}}}}"#
    );
    let mock = Mock::start(move |_| ti::sandbox::Reply::json(200, body.clone()));
    let card = search_at(&mock, &["evil.com"]).code(0).stdout;
    assert!(
        card.len() < 10_000 && card.contains("(3145728 characters)"),
        "{}",
        card.len()
    );
    assert_eq!(
        search_at(&mock, &["evil.com", "--json"]).code(0).json()[0]["domain"]["cur_whois"]["registrar_name"],
        long
    );

    let mock = Mock::start(|_| ti::sandbox::Reply::json(200, vec![b'['; 10 << 20]));
    let ran = search_at(&mock, &["evil.com"]).code(6);
    ran.says("the answer is larger than 4 MiB");
}

#[test]
fn proxies_carry_the_request_or_say_why_not() {
    // As a forward proxy, the mock gets the absolute form of the URL.
    let proxy = Mock::json(r#"{"IntelInfo":{}}"#);
    let mut run = ti(&["kti", "search", "evil.com", "--proxy", &proxy.url()])
        .config(&profile("http://ksm.invalid/"));
    run.ends(0);
    assert_eq!(proxy.received()[0].header("host"), Some("ksm.invalid"));
    let mut by_variable = ti(&["kti", "search", "evil.com"])
        .config(&profile("http://ksm.invalid/"))
        .env("http_proxy", &proxy.url());
    by_variable.ends(0);
    assert_eq!(proxy.received().len(), 2);
}
