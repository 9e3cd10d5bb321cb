//! `ti kti search` as an analyst, a script and a cron job use it.

mod errors;
mod formats;
mod inputs;
mod requests;
mod variants;

use crate::support::{Mock, Ran, drawn, ti, words};

/// A profile for a service at `url`.
fn profile(url: &str) -> String {
    format!(
        "[profile.test.kti]\nendpoint = \"{url}\"\naccess_key = \"AKLTtest\"\nsecret_key = \"test-secret\"\n\
         retries = 0\n"
    )
}

/// Asks a service that gives this answer.
fn search_at(mock: &Mock, arguments: &[&str]) -> Ran {
    let arguments = [&["kti", "search"], arguments].concat();
    ti(&drawn(&arguments)).config(&profile(&mock.url())).run()
}

#[test]
fn the_demo_answers_without_any_configuration() {
    let ran = ti(&drawn(&["--demo", "kti", "search", "evil.com"])).ends(0);
    assert!(
        ran.stdout.starts_with("evil[.]com  malicious\n"),
        "{}",
        ran.stdout
    );
    ran.says("note: sample data");
    ran.says("quota: LeftCount 999999, TotalCount 1000000");
}

#[test]
fn several_are_a_row_each_and_defanged_where_malicious() {
    let ran = ti(&drawn(&words(
        "--demo -q kti search evil.com 8.8.8.8 nothing.example",
    )))
    .ends(0);
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("Indicator"), "{}", ran.stdout);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("evil[.]com") && line.contains("malicious"))
    );
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("8.8.8.8") && line.contains("info, benign"))
    );
    let last = "1 malicious, 1 info, 1 not found (--all shows them)";
    assert_eq!(lines.last(), Some(&last));
    assert_eq!(ran.stderr, "");
}

#[test]
fn chinese_names_on_request() {
    let ran = ti(&drawn(&words("--demo -q --lang zh kti search 192.0.2.22"))).ends(0);
    for expected in [
        "恶意",
        "威胁类型",
        "扫描, SSH 暴力破解, 暴力破解",
        "基础标签",
        "运营商",
    ] {
        ran.shows(expected);
    }
}

#[test]
fn an_idn_is_shown_as_both() {
    let ran = ti(&drawn(&["--demo", "-q", "kti", "search", "例子.example"])).ends(0);
    assert!(
        ran.stdout
            .starts_with("例子[.]example (xn--fsqu00a[.]example)  malicious\n"),
        "{}",
        ran.stdout
    );
    let ran = ti(&["--demo", "-q", "kti", "search", "例子.example", "--json"]).ends(0);
    assert_eq!(ran.json()[0]["indicator"], "xn--fsqu00a.example");
    assert_eq!(ran.json()[0]["unicode"], "例子.example");
}

#[test]
fn nothing_found_is_an_answer() {
    let ran = ti(&drawn(&words("--demo -q kti search nothing.example"))).ends(0);
    assert_eq!(ran.stdout, "nothing.example  not found\n");
    let ran = ti(&["--demo", "-q", "kti", "search", "nothing.example", "--json"]).ends(0);
    assert_eq!(ran.json()[0]["status"], "not_found");
    assert_eq!(ran.json()[0]["level"], serde_json::Value::Null);
}

#[test]
fn a_domain_that_the_service_refuses_is_invalid() {
    // An underscore is a name to us and none to the service: RetCode 1.
    let mut run = ti(&["--demo", "-q", "kti", "search", "_a.example", "--json"]);
    let ran = run.ends(6);
    assert_eq!(ran.json()[0]["status"], "invalid");
    assert_eq!(
        ran.json()[0]["error"]["message"],
        "KTI says this is not a valid domain: RetCode 1: 输入的域名格式不正确"
    );
}

#[test]
fn the_threat_and_tag_types_are_listed_offline() {
    let ran = ti(&["kti", "types"]).ends(0);
    ran.shows("Sinkhole C2");
    let ran = ti(&["kti", "types", "--json"]).ends(0);
    let types = ran.json();
    assert_eq!(types.as_array().unwrap().len(), 45 + 7);
    assert_eq!(
        types[0],
        serde_json::json!({
            "kind": "threat", "name": "C2", "name_zh": "远控", "category": "C2", "category_zh": "远控", "level": "malicious"
        })
    );
    let ran = ti(&["kti", "types", "--csv"]).ends(0);
    assert!(
        ran.stdout
            .starts_with("kind,name,name_zh,category,category_zh,level\r\n"),
        "{}",
        ran.stdout
    );
    ti(&["kti", "types", "--raw"]).ends(2);
    assert_eq!(
        ti(&["kti", "types", "--ndjson"])
            .ends(0)
            .stdout
            .lines()
            .count(),
        52
    );
}
