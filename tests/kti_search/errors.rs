//! What can go wrong, and what the user is told: each exit code that a lookup can end with.

use std::net::TcpListener;

use serde_json::Value;
use ti::sandbox::{Options, Reply};

use crate::support::{Mock, free_port, sandbox, ti};

use super::{profile, search_at};

fn answering(status: u16, content_type: &'static str, body: &'static str) -> Mock {
    Mock::start(move |_| Reply::new(status, content_type, body))
}

#[test]
fn an_error_in_any_form_is_readable() {
    for body in [
        r#"{"Error":{"Code":"AccessDenied","InnerCode":"x","Message":"User: a is not authorized"},"RequestId":"req-1"}"#,
        r#"{"RequestId":"req-1","Code":"AccessDenied","Message":"User: a is not authorized"}"#,
        r#"{"error":{"code":"AccessDenied","message":"User: a is not authorized"},"RequestID":"req-1"}"#,
        "<?xml version=\"1.0\"?><response><Error><Code>AccessDenied</Code><Message>User: a is not authorized</Message></Error><RequestId>req-1</RequestId></response>",
        r#"{"ErrorResponse":{"Error":{"Type":"Sender","Code":"AccessDenied","Message":"User: a is not authorized"},"RequestId":"req-1"}}"#,
        r#"{"code":4000,"message":"User: a is not authorized","codeDesc":"AccessDenied","RequestId":"req-1"}"#,
        "\u{feff}{\"Code\":\"AccessDenied\",\"Message\":\"User: a is not authorized\",\"RequestId\":\"req-1\"}",
        "<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: a is not authorized</Message></Error><RequestID>req-1</RequestID></ErrorResponse>",
    ] {
        let mock = answering(403, "text/plain", body);
        let ran = search_at(&mock, &["evil.com", "--json"]).code(4);
        let told: Value = serde_json::from_str(&ran.stderr).unwrap();
        let error = &told["error"];
        assert_eq!(error["kind"], "credentials");
        assert_eq!(
            error["message"],
            "evil.com: KTI refused the request: AccessDenied"
        );
        assert_eq!(
            error["causes"],
            serde_json::json!([
                "User: a is not authorized   (HTTP 403, request req-1)",
                "the user is not entitled to this operation"
            ])
        );
        let hint = error["hints"][0].as_str().unwrap();
        assert!(hint.starts_with("let the account's owner grant"), "{hint}");
        let error = &ran.json()[0]["error"];
        assert_eq!(
            (error["code"].as_str(), error["request_id"].as_str()),
            (Some("AccessDenied"), Some("req-1"))
        );
    }
    let mock = answering(
        403,
        "text/plain",
        r#"{"Error":{"Code":"AccessDenied","Message":"m"}}"#,
    );
    let ran = search_at(&mock, &["evil.com", "--lang", "zh"]).code(4);
    ran.says("用户无权限操作该资源");
}

#[test]
fn the_right_service_name_is_passed_on_word_for_word() {
    let body = r#"{"Error":{"Code":"SignatureDoesNotMatch","Message":"Credential should be scoped to correct service: kti."}}"#;
    let ran = search_at(&answering(403, "application/json", body), &["evil.com"]).code(4);
    ran.says("Credential should be scoped to correct service: kti.");
    ran.says("ti config set kti.service kti");
}

#[test]
fn a_wrong_clock_is_said_with_its_difference() {
    let mock = Mock::start(|_| {
        let date = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(72);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&date)
            .unwrap();
        Reply::json(
            403,
            r#"{"Error":{"Code":"SignatureDoesNotMatch","Message":"Signature expired:x"}}"#,
        )
        .header("date", date)
    });
    let ran = search_at(&mock, &["evil.com"]).code(4);
    let hint = ran
        .stderr
        .lines()
        .find(|line| line.contains("clock is"))
        .unwrap_or_else(|| panic!("{}", ran.stderr));
    assert!(
        hint.contains("1h 1") && hint.contains("behind the service's"),
        "{hint}"
    );
}

/// With a clock to compare with or without one, an expired signature is about the clock.
#[test]
fn an_expired_signature_is_about_the_clock() {
    for (message, date) in [
        ("Signature expired:20210812T024736Z", None),
        ("Signature expired:20210812T024736Z", Some("soon")),
        ("Date in Credential scope does not match YYYYMMDD", None),
    ] {
        let mock = Mock::start(move |_| {
            let body =
                format!(r#"{{"Error":{{"Code":"SignatureDoesNotMatch","Message":"{message}"}}}}"#);
            let reply = Reply::json(403, body);
            match date {
                Some(date) => reply.header("date", date),
                None => reply,
            }
        });
        let ran = search_at(&mock, &["evil.com"]).code(4);
        ran.says("hint:  check this machine's clock");
        ran.never_says("secret_key");
    }
}

/// One odd character or number in an answer does not cost the verdict.
#[test]
fn an_odd_field_does_not_cost_the_verdict() {
    for odd in [
        r#""RetCode":0.0,"RetMsg":"""#,
        r#""RetCode":"0.0","RetMsg":"""#,
        r#""RetCode":0,"RetMsg":"\ud800""#,
        r#""RetCode":0,"RetMsg":"\udc00\ud83d x""#,
        r#""RetCode":0,"RetMsg":"C:\q \u12 \'""#,
    ] {
        let body = format!(
            "{{\"LeftCount\":9.0,\"IntelInfo\":{{{odd},\"Domain\":{{\"Domain\":\"evil.com\",\"Judgments\":[\"C2\"]}}}}}}"
        );
        let mock = Mock::json(body);
        let ran = search_at(&mock, &["evil.com", "--json"]).code(0);
        let element = &ran.json()[0];
        assert_eq!(element["status"], "found", "{odd}");
        assert_eq!(element["quota"]["left"], 9, "{odd}");
    }
}

#[test]
fn an_answer_that_nobody_asked_to_have_compressed_is_named_as_such() {
    for status in [200, 403, 502] {
        let mock = Mock::start(move |_| {
            let body = crate::support::portal::gzip(b"{}");
            Reply::json(status, body).header("content-encoding", "gzip")
        });
        let ran = search_at(&mock, &["evil.com"]);
        assert_ne!(ran.code, 0);
        ran.says("compressed (Content-Encoding: gzip)");
    }
}

/// Inside HTTP 200 too.
#[test]
fn an_error_beside_an_empty_answer_is_an_error() {
    let body = r#"{"Error":{"Code":"AccessDenied","Message":"no"},"LeftCount":9,"IntelInfo":{}}"#;
    let ran = search_at(&Mock::json(body), &["evil.com"]).code(4);
    ran.says("AccessDenied");
}

#[test]
fn what_is_no_answer_is_called_by_its_name() {
    for (status, body, says, code) in [
        (200, "", "the body is empty", 6),
        (
            200,
            "<!DOCTYPE html><title>Sign in</title>",
            "it is an HTML page, titled \"Sign in\"",
            6,
        ),
        (200, "OK", "it is neither JSON nor XML", 6),
        (200, "[]", "it is JSON, but not an object", 6),
        (200, "null", "it is JSON, but not an object", 6),
        (200, "{\"RequestId\":\"x\"}", "it has no IntelInfo", 6),
        (
            200,
            "{\"IntelInfo\":7}",
            "its IntelInfo is not an object",
            6,
        ),
        (
            200,
            "{\"IntelInfo\":{\"RetCode\":9,\"RetMsg\":\"odd\"}}",
            "its RetCode is 9",
            6,
        ),
        (
            200,
            "<response><RequestId>x</RequestId></ResponseMetadata></response>",
            "it is XML, but not well-formed",
            6,
        ),
        (200, "{\"IntelInfo\":", "it is JSON, but not well-formed", 6),
        (
            502,
            "<html><title>Bad Gateway</title></html>",
            "it is an HTML page, titled \"Bad Gateway\"",
            6,
        ),
        (503, "", "the body is empty", 6),
        (401, "", "check the endpoint, access_key and secret_key", 4),
    ] {
        let ran = search_at(&answering(status, "text/plain", body), &["evil.com"]).code(code);
        assert!(ran.stderr.contains(says), "{body}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "a failure alone has nothing for stdout");
    }
}

#[test]
fn an_account_without_lookups_is_said_so() {
    // The vendor's own sample of an answer.
    let body = "<?xml version=\"1.0\"?>\n<response>\n  <RequestId>fd229f7c</RequestId>\n  <LeftCount>0</LeftCount>\n  \
                <TotalCount>2</TotalCount>\n  <IntelInfo>\n  </IntelInfo>\n</response>";
    let ran = search_at(
        &answering(200, "text/xml", body),
        &["evil.com", "b.example", "--ndjson"],
    )
    .code(7);
    ran.says("the quota is used up");
    let statuses: Vec<_> = ran
        .stdout
        .lines()
        .map(|line| line.contains("\"status\":\"skipped\""))
        .collect();
    assert_eq!(statuses, [false, true]);
}

#[test]
fn refused_credentials_stop_the_run() {
    let mock = answering(
        403,
        "text/plain",
        r#"{"Error":{"Code":"InvalidClientTokenId","Message":"m"}}"#,
    );
    let ran = search_at(&mock, &["a.example", "b.example", "c.example", "--ndjson"]).code(4);
    assert_eq!(mock.received().len(), 1);
    assert_eq!(
        ran.stdout
            .lines()
            .filter(|line| line.contains("\"skipped\""))
            .count(),
        2
    );
}

#[test]
fn network_failures_name_the_way_out() {
    let port = free_port();
    let refused = format!("http://127.0.0.1:{port}/");
    // One that takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent_url = format!("http://{}/", silent.local_addr().unwrap());
    for (url, timeout, says, hint) in [
        (
            refused.as_str(),
            "5s",
            "cannot reach 127.0.0.1",
            "nothing listens there",
        ),
        (
            silent_url.as_str(),
            "50ms",
            "no answer from 127.0.0.1:",
            "raise --timeout",
        ),
        (
            "http://name.invalid/",
            "5s",
            "cannot reach name.invalid",
            "check the endpoint's spelling",
        ),
    ] {
        let mut run = ti(&["kti", "search", "evil.com", "--timeout", timeout, "--json"])
            .config(&profile(url));
        let ran = run.ends(5);
        ran.says(says);
        ran.says(hint);
        assert_eq!(ran.json()[0]["error"]["kind"], "network");
    }
}

#[test]
fn an_answer_that_breaks_off_is_a_network_failure() {
    for fault in ["cut", "reset"] {
        let faults = vec![fault.parse().unwrap()];
        let options = Options {
            faults,
            ..Options::default()
        };
        let server = sandbox("kti", options);
        let mut run =
            ti(&["kti", "search", "evil.com", "--retries", "0"]).config(&profile(&server.url()));
        run.ends(5);
        assert_eq!(server.requests(), 1);
    }
}

#[test]
fn configuration_is_checked_before_anything_is_asked() {
    let no_key = ti(&["kti", "search", "evil.com"]).ends(3);
    no_key.says("TI_KTI_ACCESS_KEY");
    assert_eq!(no_key.stdout, "");
    let mut with_path =
        ti(&["kti", "search", "evil.com"]).config(&profile("http://127.0.0.1:1/api"));
    with_path.ends(3).says("endpoint must not have a path");
    for (flag, value, says) in [
        (
            "--timeout",
            "soon",
            "--timeout: timeout must be a time span",
        ),
        ("--retries", "-1", "unexpected argument"),
        (
            "--retries",
            "many",
            "--retries: retries must be a whole number",
        ),
    ] {
        let mut run =
            ti(&["kti", "search", "evil.com", flag, value]).config(&profile("http://127.0.0.1:1/"));
        run.ends(2).says(says);
    }
    for (cacert, says) in [
        ("gone.pem", "cacert gone.pem: there is no such file"),
        ("empty.pem", "there is no certificate in it"),
    ] {
        let mut run = ti(&["kti", "search", "evil.com", "--cacert", cacert])
            .config(&profile("http://127.0.0.1:1/"))
            .file("empty.pem", "");
        run.ends(3).says(says);
    }
    let mut run =
        ti(&["kti", "search", "evil.com", "--proxy", "::"]).config(&profile("http://127.0.0.1:1/"));
    run.ends(3);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_with_130_and_leaves_no_file() {
    use std::io::Write;
    use std::process::Stdio;
    let mut run =
        ti(&["--demo", "-q", "kti", "search", "-", "-o", "out.json", "-v"]).file("out.json", "old");
    let mut child = run
        .command()
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The file is begun once the inputs are read from the pipe, which stays open.
    child
        .stdin
        .as_mut()
        .unwrap()
        .write_all(b"evil.com\n")
        .unwrap();
    while std::fs::read_dir(run.home.path()).unwrap().count() < 2 {
        std::thread::yield_now();
    }
    std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert_eq!(run.read("out.json"), "old");
    assert_eq!(std::fs::read_dir(run.home.path()).unwrap().count(), 1);
}

/// One answer too many on a connection shifts every later one by one.
#[test]
fn an_answer_about_something_else_is_no_verdict() {
    let about = |ip: &str, domain: &str| {
        format!(r#"{{"LeftCount":5,"IntelInfo":{{"RetCode":0,"Ip":{ip},"Domain":{domain}}}}}"#)
    };
    let evil = r#"{"Domain":"Evil.COM.","Judgments":["C2"]}"#;
    let other = r#"{"Ip":"8.8.8.8","Judgments":["Whitelist"]}"#;
    let nobody = r#"{"Judgments":["Whitelist"]}"#;
    // Names of nobody, and of a host of many.
    let suffix = r#"{"Domain":"co.uk","Judgments":["C2"]}"#;
    let host = r#"{"Domain":"github.io","Judgments":["C2"]}"#;
    for (asked, body, code, answered_for) in [
        ("evil.com", about("null", evil), 0, Value::Null),
        ("www.evil.com", about("null", evil), 0, "evil.com".into()),
        ("evil.example", about("null", evil), 6, Value::Null),
        ("notevil.com", about("null", evil), 6, Value::Null),
        ("8.8.8.8", about("null", evil), 6, Value::Null),
        ("evil.co.uk", about("null", suffix), 6, Value::Null),
        ("evil.github.io", about("null", host), 6, Value::Null),
        (
            "8.8.8.8",
            about(r#"{"Ip":"8.8.4.4"}"#, "null"),
            6,
            Value::Null,
        ),
        // What is told of another is no answer, whatever stands beside it.
        ("evil.com", about(nobody, "{}"), 6, Value::Null),
        ("evil.com", about(other, "null"), 6, Value::Null),
        ("8.8.8.8", about("{}", nobody), 6, Value::Null),
        ("evil.com", about(other, evil), 0, Value::Null),
        ("evil.com", about(nobody, evil), 0, Value::Null),
    ] {
        let mock = Mock::json(body);
        let folder = tempfile::tempdir().unwrap();
        let search = |more: &[&str]| {
            let arguments = [&["kti", "search", asked, "--json"], more].concat();
            ti(&arguments)
                .config(&profile(&mock.url()))
                .env("XDG_CACHE_HOME", folder.path().to_str().unwrap())
                .run()
        };
        let ran = search(&[]).code(code);
        let element = &ran.json()[0];
        assert_eq!(element["answered_for"], answered_for, "{asked}");
        if code == 0 {
            assert_eq!(element["level"], "malicious", "{asked}");
            let is_told = ran.stderr.contains("the answer is about evil.com");
            assert_eq!(is_told, !answered_for.is_null(), "{}", ran.stderr);
            let chosen = search(&["--fields", "answered_for"]).code(0);
            assert_eq!(chosen.json()[0]["answered_for"], answered_for);
            continue;
        }
        assert_eq!(
            (&element["status"], &element["level"]),
            (&"error".into(), &Value::Null)
        );
        ran.says("answered about something else");
        search(&["--offline"]).code(8);
    }
}

/// Of several objects the one that is about what was asked, whatever else it is told of.
#[test]
fn of_several_objects_the_one_that_is_meant_counts() {
    let domain =
        |name: &str, judgment: &str| format!(r#"{{"Domain":"{name}","Judgments":["{judgment}"]}}"#);
    let info = |domains: &str| format!(r#"{{"RetCode":0,"Domain":{domains}}}"#);
    let (evil, good) = (domain("evil.com", "C2"), domain("good.com", "Whitelist"));
    let both = [info(&good), info(&evil)].join(",");
    for (info, says) in [
        (format!("[{both}]"), None),
        (format!("[[{both}]]"), None),
        (info(&format!("[{good},{evil}]")), None),
        (info(&format!("[{evil}]")), None),
        (info(&format!(r#"{{"item":[{good},{evil}]}}"#)), None),
        (format!(r#"{{"member":[{both}]}}"#), None),
        // The other one names another, and this one nobody.
        (
            format!("[{},{}]", info(&good), info(r#"{"Judgments":["C2"]}"#)),
            None,
        ),
        (
            info(&format!(r#"[{{"Domain":"","Judgments":"C2"}},{good}]"#)),
            None,
        ),
        (
            format!(r#"[{},{{"RetCode":2}}]"#, info(&good)),
            Some("its IntelInfo is a list of 2, and 0 of them are about evil.com"),
        ),
        (
            format!("[{both},{}]", info(&evil)),
            Some("its IntelInfo is a list of 3, and 2 of them are about evil.com"),
        ),
        (
            info(&format!("[{good},{good}]")),
            Some("its Domain is a list of 2, and 0 of them are about evil.com"),
        ),
    ] {
        let mock = Mock::json(format!(r#"{{"LeftCount":9,"IntelInfo":{info}}}"#));
        let ran = search_at(&mock, &["evil.com", "--json", "--fail-on", "malicious"]);
        match says {
            None => assert_eq!(ran.code(10).json()[0]["level"], "malicious", "{info}"),
            Some(says) => _ = ran.code(6).says(says),
        }
    }
    let beside = r#"{"IntelInfo":{"RetCode":0,"Ip":{"Ip":"8.8.8.8","Judgments":["Whitelist"]},
        "Domain":{"Domain":"evil.com","Judgments":["C2"]}}}"#;
    let element = search_at(&Mock::json(beside), &["evil.com", "--json"])
        .code(0)
        .json()[0]
        .clone();
    assert_eq!(element["judgments"], serde_json::json!(["C2"]));
    assert_eq!(element["ip"], Value::Null);
    assert_eq!(element["Ip"]["Ip"], "8.8.8.8");
}

/// Whichever of two things an answer says that is the worse of what was asked, and the other is
/// shown beside it.
#[test]
fn an_answer_that_says_two_things_is_no_weaker_than_either() {
    let c2 = r#"{"Domain":"evil.com","Judgments":["C2"]}"#;
    let evil = &format!(r#""Domain":{c2}"#);
    let xml = |domain: &str| {
        format!("<r><IntelInfo><RetCode>0</RetCode><Domain>{domain}</Domain></IntelInfo></r>")
    };
    let item = "<Domain>evil.com</Domain><Judgments><item>C2</item></Judgments>";
    let good = "<Domain>good.com</Domain><Judgments><item>Whitelist</item></Judgments>";
    for (body, ret_code) in [
        (
            format!(r#"{{"IntelInfo":{{"RetCode":2,"RetMsg":"none",{evil}}}}}"#),
            "2",
        ),
        (
            format!(r#"{{"IntelInfo":{{"RetCode":"1.0",{evil}}}}}"#),
            "1",
        ),
        (
            r#"{"IntelInfo":{"RetCode":2,"Domain":{"Judgments":["C2"]}}}"#.to_string(),
            "2",
        ),
        // A name that is there twice, or in two spellings.
        (
            format!(r#"{{"IntelInfo":{{{evil}}},"IntelInfo":{{"RetCode":2}}}}"#),
            "",
        ),
        (format!(r#"{{"IntelInfo":{{{evil},"Domain":{{}}}}}}"#), ""),
        (format!(r#"{{"IntelInfo":{{{evil},"domain":null}}}}"#), ""),
        (format!(r#"{{"IntelInfo":{{"DOMAIN":[],{evil}}}}}"#), ""),
        (
            r#"{"IntelInfo":{"Domain":{"Judgments":["Whitelist"],"Judgments":"C2"}}}"#.to_string(),
            "",
        ),
        (
            r#"{"IntelInfo":{"Domain":{"Judgments":[],"judgments":"Whitelist|C2"}}}"#.to_string(),
            "",
        ),
        (
            r#"{"IntelInfo":{"Domain":{"judgments":"Info|C2","Judgments":["Whitelist"]}}}"#
                .to_string(),
            "",
        ),
        (
            format!(r#"{{"IntelInfo":{{"domain":{c2},"Domain":{{"Domain":"good.com"}}}}}}"#),
            "",
        ),
        (xml(item), ""),
        (xml(&format!("<item>{item}</item>")), ""),
        (xml(&format!("<item>{good}</item><item>{item}</item>")), ""),
        (
            xml(&format!("<Domain>{item}</Domain><Domain>{good}</Domain>")),
            "",
        ),
        (xml(&format!("<list><item>{item}</item></list>")), ""),
        (
            format!("<r><IntelInfo><item><Domain>{item}</Domain></item></IntelInfo></r>"),
            "",
        ),
    ] {
        let mock = Mock::json(body.clone());
        let arguments = &["evil.com", "--json", "--fail-on", "malicious"];
        let ran = search_at(&mock, arguments).code(10);
        let element = &ran.json()[0];
        assert_eq!(element["level"], "malicious", "{body}");
        assert_eq!(
            element["RetCode"].as_str().unwrap_or_default(),
            ret_code,
            "{body}"
        );
    }
    // A name alone is nothing that is known of it.
    let named = r#"{"IntelInfo":{"RetCode":2.0,"Domain":{"Domain":"evil.com","CurIps":[]}}}"#;
    let ran = search_at(&Mock::json(named), &["evil.com", "--json"]).code(0);
    assert_eq!(ran.json()[0]["status"], "not_found");
    let other = r#"{"IntelInfo":{"RetCode":2,"Domain":{"Domain":"good.com","Judgments":["C2"]}}}"#;
    search_at(&Mock::json(other), &["evil.com"]).code(6);
    // Two answers to one question, and nothing tells which is right.
    for (first, second) in [("IntelInfo", "IntelInfo"), ("IntelInfo", "intelInfo")] {
        let two = format!(r#"{{"{first}":{{"RetCode":2}},"{second}":{{"RetCode":0,{evil}}}}}"#);
        let ran = search_at(&Mock::json(two), &["evil.com", "--fail-on", "malicious"]);
        ran.code(10);
    }
    for (first, second) in [("Domain", "Domain"), ("domain", "Domain")] {
        let two = format!(
            r#"{{"IntelInfo":{{"{first}":{c2},"{second}":{{"Domain":"evil.com","Judgments":[]}}}}}}"#
        );
        let ran = search_at(&Mock::json(two), &["evil.com"]).code(6);
        ran.says("its Domain is a list of 2, and 2 of them are about evil.com");
    }
}

/// Inside HTTP 200, and in no cache.
#[test]
fn only_what_the_service_calls_not_found_is_not_found() {
    for (body, says) in [
        (
            r#"{"LeftCount":9,"IntelInfo":{"RetMsg":"internal error, try later"}}"#,
            "RetMsg: \"internal error, try later\"",
        ),
        (
            r#"{"LeftCount":9,"IntelInfo":{"RetMsg":"busy","Domain":{}}}"#,
            "its IntelInfo has neither a RetCode nor data",
        ),
        (
            r#"{"IntelInfo":{"Code":"Busy","Message":"later"}}"#,
            r#""Message":"later""#,
        ),
        (
            r#"{"IntelInfo":{"Domain":"internal error"}}"#,
            "neither a RetCode nor",
        ),
        (
            r#"{"IntelInfo":{"RetCode":0,"Domain":"internal error"}}"#,
            "its Domain is not an object",
        ),
        (
            r#"{"IntelInfo":{"Domain":"busy","Ip":{"Ip":"8.8.8.8"}}}"#,
            "answered about something else",
        ),
        (
            r#"{"IntelInfo":{"Type":"domain"}}"#,
            "neither a RetCode nor",
        ),
        (
            r#"{"LeftCount":-1,"IntelInfo":{}}"#,
            "with a LeftCount of -1 that may be for want of lookups",
        ),
        (
            r#"{"LeftCount":"none","IntelInfo":""}"#,
            "LeftCount of \"none\"",
        ),
        (r#"{"LeftCount":0.5,"IntelInfo":[]}"#, "LeftCount of 0.5"),
        (
            r#"{"Error":{"Code":"Busy","Message":"later"},"IntelInfo":{"RetCode":2}}"#,
            "KTI answered with an error: Busy",
        ),
    ] {
        let mock = Mock::json(body);
        let folder = tempfile::tempdir().unwrap();
        let search = |more: &[&str]| {
            ti(&[&["kti", "search", "evil.com"], more].concat())
                .config(&profile(&mock.url()))
                .env("XDG_CACHE_HOME", folder.path().to_str().unwrap())
                .run()
        };
        search(&[]).code(6).says(says);
        search(&["--offline"]).code(8);
    }
}

/// A proxy is blamed only where there is one, and a redirect is one that leads somewhere.
#[test]
fn a_status_is_called_what_it_is() {
    for (status, code, says, never) in [
        (407, 5, "no proxy is set", "check --proxy"),
        (304, 6, "KTI answered HTTP 304", "redirects"),
        (
            300,
            6,
            "a proxy or another service may have answered",
            "redirects",
        ),
        (
            301,
            6,
            "the service redirects (HTTP 301)",
            "may have answered",
        ),
        (404, 6, "check the endpoint", "redirects"),
        (429, 7, "ask for fewer indicators at a time", "redirects"),
    ] {
        for body in ["", "{}"] {
            let ran = search_at(&answering(status, "text/plain", body), &["evil.com"]);
            let ran = ran.code(code);
            ran.says(says).never_says(never).says("hint");
            ran.says("cause");
        }
    }
    let elsewhere =
        Mock::start(|_| Reply::new(300, "text/plain", "").header("location", "https://a.example/"));
    let ran = search_at(&elsewhere, &["evil.com"]).code(6);
    ran.says("it points to https://a.example");
}
