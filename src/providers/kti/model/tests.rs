use super::*;
use serde_json::json;

#[test]
fn lists_in_every_form() {
    for judgments in [
        json!(["C2", "Brute Force"]),
        json!({"item": ["C2", "Brute Force"]}),
        json!({"member": "C2", "Item": "Brute Force"}),
        json!([{"Judgment": "C2"}, {"Judgment": ["Brute Force", null, ""]}]),
    ] {
        let ip = read(json!({"Judgments": judgments}), IP);
        assert_eq!(ip["judgments"], json!(["C2", "Brute Force"]));
    }
    assert_eq!(
        read(json!({"judgments": "C2"}), IP)["judgments"],
        json!(["C2"])
    );
    assert_eq!(read(json!({"Judgments": ""}), IP)["judgments"], Value::Null);
    assert_eq!(
        read(json!({"Judgments": null}), IP)["judgments"],
        Value::Null
    );
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
        assert_eq!(read(json!({"Tags": tags}), IP)["tags"], expected);
    }
    let two = json!({"Tags": [{"Type": "region", "Tags": "x"}, {"Tags": ["y"]}]});
    assert_eq!(
        read(two, IP)["tags"],
        json!([{"type": "region", "tags": ["x"]}, {"type": null, "tags": ["y"]}])
    );
}

#[test]
fn numbers_as_text_and_text_as_numbers() {
    let ip = read(
        json!({"Asn": {"Number": "64500", "Rank": 4}, "Location": {"Lng": 116.4, "Lat": "39.9"}}),
        IP,
    );
    assert_eq!(ip["asn"], json!({"number": 64500, "rank": 4, "info": null}));
    assert_eq!(ip["location"]["lng"], "116.4");
    assert_eq!(integer(json!("AS64500")), json!("AS64500"));
    let domain = read(
        json!({"CurWhois": {"NameServer": "ns1.example|ns2.example|"}}),
        DOMAIN,
    );
    assert_eq!(
        domain["cur_whois"]["name_server"],
        json!(["ns1.example", "ns2.example"])
    );
}

#[test]
fn what_is_not_known_is_kept() {
    let ip = read(
        json!({"Score": 7, "Asn": "", "carrier": "x", "ip": "192.0.2.1", "IP": "2"}),
        IP,
    );
    assert_eq!(ip["Score"], 7);
    assert_eq!(ip["asn"], Value::Null);
    assert_eq!(ip["carrier"], "x");
    assert_eq!(ip["IP"], "2");
    let mut record = json!({"status": "found"}).as_object().unwrap().clone();
    keep(
        &mut record,
        json!({"status": "theirs"}).as_object().unwrap().clone(),
    );
    assert_eq!(
        Value::Object(record),
        json!({"status": "found", "status_": "theirs"})
    );
}
