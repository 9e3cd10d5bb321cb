use super::*;
use serde_json::json;

fn shown<T: Serialize>(info: &Info<T>) -> Value {
    json!({"judgments": info.judgments, "tags": info.tags, "about": info.about})
}

fn read(sent: Value) -> Value {
    shown(&ip(sent.into()))
}

#[test]
fn lists_in_every_form() {
    for judgments in [
        json!(["C2", "Brute Force"]),
        json!({"item": ["C2", "Brute Force"]}),
        json!({"member": "C2", "Item": "Brute Force"}),
        json!([{"Judgment": "C2"}, {"Judgment": ["Brute Force", null, ""]}]),
    ] {
        let ip = read(json!({"Judgments": judgments}));
        assert_eq!(ip["judgments"], json!(["C2", "Brute Force"]));
    }
    let of = |judgments: Value| read(json!({"judgments": judgments}))["judgments"].take();
    assert_eq!(of(json!("C2")), json!(["C2"]));
    assert_eq!(of(json!(["C2", 7, true])), json!(["C2", "7", "true"]));
    assert_eq!(of(json!("")), Value::Null);
    assert_eq!(of(json!(null)), Value::Null);
}

#[test]
fn tags_hold_tags() {
    let one = json!({"Type": "gangs", "Tags": ["Foo", "Bar"]});
    let expected = json!([{"type": "gangs", "tags": ["Foo", "Bar"]}]);
    for tags in [
        json!([one]),
        json!(one),
        json!({"item": one}),
        json!({"Tags": one}),
        json!({"Tag": [{"Type": "gangs", "Tags": {"item": ["Foo", "Bar"]}}]}),
        json!({"member": {"type": "gangs", "tags": {"Tags": ["Foo", "Bar"]}}}),
    ] {
        assert_eq!(read(json!({"Tags": tags}))["tags"], expected);
    }
    let two = json!({"Tags": [{"Type": "region", "Tags": "x", "tags": 1}, {"Tags": ["y"]}]});
    assert_eq!(
        read(two)["tags"],
        json!([{"type": "region", "tags": ["x", "1"]}, {"type": null, "tags": ["y"]}])
    );
}

#[test]
fn numbers_as_text_and_text_as_numbers() {
    let ip = read(
        json!({"Asn": {"Number": "64500", "Rank": 4}, "Location": {"Lng": 116.4, "Lat": "39.9"}}),
    );
    let about = &ip["about"];
    assert_eq!(
        about["asn"],
        json!({"number": 64500, "rank": 4, "info": null})
    );
    assert_eq!(about["location"]["lng"], "116.4");
    for (sent, expected) in [
        (json!("AS64500"), json!("AS64500")),
        (json!(7.0), json!(7)),
        (json!(7.5), json!(7.5)),
        (json!(u64::MAX), json!(u64::MAX)),
        (json!(-3), json!(-3)),
        (json!(true), json!(true)),
    ] {
        assert_eq!(json!(integer(sent.into())), expected);
    }
    let domain = domain(json!({"CurWhois": {"NameServer": "ns1.example|ns2.example|"}}).into());
    assert_eq!(
        shown(&domain)["about"]["cur_whois"]["name_server"],
        json!(["ns1.example", "ns2.example"])
    );
}

#[test]
fn what_is_not_known_is_kept() {
    let ip = read(json!({"Score": 7, "Asn": "", "carrier": "x", "ip": "192.0.2.1", "IP": "2"}));
    let about = &ip["about"];
    assert_eq!(about["Score"], 7);
    assert_eq!(about["asn"], Value::Null);
    assert_eq!(about["carrier"], "x");
    assert_eq!(about["ip"], json!(["192.0.2.1", "2"]));
    let odd = read(json!({"Location": "somewhere", "Carrier": {"a": 1}, "asn": [1]}));
    let about = &odd["about"];
    assert_eq!(about["location"], "somewhere");
    assert_eq!(about["carrier"], json!({"a": 1}));
    assert_eq!(about["asn"], json!([1]));
    assert_eq!(read(json!("text"))["about"], "text");
    let named_as_ours = read(json!({"Location": {"CountryCode": "CN", "country_code": 86}}));
    let location = &named_as_ours["about"]["location"];
    assert_eq!(location["country_code"], "CN");
    assert_eq!(location["country_code_"], 86);
}
