//! The answers that the server's own code can give to each of the six questions.

use serde_json::{Value, json};
use ti::sandbox::Reply;

use crate::support::{Mock, Ran, drawn, provider, sandbox, ti, words};

fn ask(view: &str, body: impl Into<String>, more: &[&str]) -> Ran {
    let mock = Mock::json(format!(r#"{{"result":{}}}"#, body.into()));
    let arguments = [&["brcti"], &words(view)[..], more].concat();
    ti(&drawn(&arguments))
        .env("TI_BRCTI_ENDPOINT", &mock.url())
        .run()
}

fn json_of(view: &str, body: impl Into<String>) -> Value {
    ask(view, body, &["--json"]).code(0).json()
}

/// A statistics file that is not there yet, or was written from nothing.
#[test]
fn empty_files_are_no_data() {
    for (view, body, sum) in [
        ("geo", "{}", json!(0)),
        ("geo", "null", json!(0)),
        (
            "types",
            r#"{"ip_count":0,"port_count":0,"payload_count":0,"url_count":0,"hash_count":0}"#,
            json!(0),
        ),
        (
            "traffic",
            r#"{"non_traffic_count":0,"satellite_count":0,"five_g_count":0,"sdn_count":0}"#,
            json!(0),
        ),
    ] {
        assert_eq!(json_of(view, body)["sum"], sum, "{view} {body}");
    }
    for (view, body) in [
        ("attacks", "[]"),
        ("attacks", "null"),
        ("attacks --iocs", "[]"),
        ("traffic --series", "[]"),
        ("traffic --series", "null"),
    ] {
        assert_eq!(json_of(view, body), json!([]), "{view} {body}");
        assert!(ask(view, body, &[]).code(0).stdout.starts_with("br-cti "));
    }
}

/// The server cuts its list to ten, also where it has room for ten and fewer entries in it.
#[test]
fn padded_rows_are_no_rows() {
    let padding = r#"{"ip_address":"","location":"","attack_type":"","port":"","hash":""}"#;
    let entry =
        r#"{"ip_address":"203.0.113.9","location":"","attack_type":"","port":"","hash":""}"#;
    // A place is made of three fields, and another deployment may pad with blanks.
    let commas = r#"{"ip_address":" ","location":",,","attack_type":"\t","port":"","hash":null}"#;
    let body = format!("[{entry},{padding},null,{commas},{{}}]");
    let rows = json_of("attacks --iocs", body.clone());
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["indicator"], "203.0.113.9");
    // A type outside 1 to 5 has no name there.
    assert_eq!(rows[0]["attack_type"], Value::Null);
    let csv = ask("attacks --iocs", body, &["--csv"]).code(0).stdout;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert_eq!(
        json_of("attacks --iocs", format!("[{padding}]")),
        json!([]),
        "nothing but padding"
    );
}

/// A record of a type outside 1 to 5 is counted in `total` alone.
#[test]
fn records_of_no_known_type_are_a_kind_of_their_own() {
    let stats = |time: &str, honeypot: u64, total: u64| {
        format!(
            r#"{{"time":"{time}","stats":{{"malicious_traffic":0,"honeypot_info":{honeypot},"botnet":0,"app_layer_attack":0,"open_source_info":0,"total":{total}}}}}"#
        )
    };
    let body = format!(
        "[{},{}]",
        stats("2025-05-06 14:00:00", 4, 4),
        stats("2025-05-06 16:00:00", 1, 5)
    );
    let points = json_of("attacks", body.clone());
    assert_eq!(points[0]["counts"].get("other"), None);
    assert_eq!(points[1]["counts"]["other"], 4);
    assert_eq!(
        (&points[1]["total"], &points[1]["sum"]),
        (&json!(5), &json!(5))
    );
    let table = ask("attacks", body.clone(), &[]).code(0).stdout;
    let share = table
        .lines()
        .find(|line| line.starts_with("Share"))
        .unwrap();
    assert!(table.contains("Other"), "{table}");
    assert!(
        share.contains("55.6%") && share.contains("44.4%"),
        "{table}"
    );
    let chart = ask("attacks", body.clone(), &["--chart"]).code(0).stdout;
    assert!(chart.contains("Other 4 44.4%"), "{chart}");
    let day = ask("attacks", body, &["--by", "day", "--csv"])
        .code(0)
        .stdout;
    assert!(day.contains("2025-05-06,other,4"), "{day}");
}

#[test]
fn traffic_codes_have_the_names_of_the_server() {
    let body =
        r#"[{"timestamp":"2025-05-06 16:00:00","data":{"0":5,"1":2,"2":3,"3":4,"7":1},"total":0}]"#;
    let counts = &json_of("traffic --series", body)[0]["counts"];
    assert_eq!(
        *counts,
        json!({"non_traffic": 5, "five_g": 2, "satellite": 3, "sdn": 4, "7": 1})
    );
    let shown = |more: &[&str]| ask("traffic --series", body, more).code(0).stdout;
    for (more, words) in [
        (&["--chart"][..], ["Satellite 3", "SDN 4", "code 7 1"]),
        (
            &["--chart", "--lang", "zh"],
            ["卫星网络 3", "SDN 4", "代码 7 1"],
        ),
        (
            &["--format", "svg"],
            ["Satellite  3", "SDN  4", "code 7  1"],
        ),
    ] {
        let shown = shown(more);
        for word in words {
            assert!(shown.contains(word), "{word}: {shown}");
        }
    }
}

/// Wherever one comes: it is not to be taken for a number.
#[test]
fn an_unknown_code_reads_as_one() {
    let attacks = r#"[{"time":"2025-05-06 16:00:00","stats":{"botnet":1,"6":2,"total":3}}]"#;
    for (view, body, count) in [
        ("attacks", attacks, "2"),
        ("types", r#"{"ip_count":1,"6":2}"#, "2"),
        ("traffic", r#"{"sdn_count":1,"6":2}"#, "2"),
    ] {
        for more in [&[][..], &["--chart"], &["--format", "svg"]] {
            let shown = ask(view, body, more).code(0).stdout;
            // A heading of a table may have a line for each word.
            let is_told = shown.contains("code 6") || more.is_empty() && shown.contains(" code\n");
            assert!(is_told, "{view} {more:?}: {shown}");
        }
        let csv = ask(view, body, &["--csv"]).code(0).stdout;
        assert!(csv.contains(&format!("6,{count}\r\n")), "{view}: {csv}");
    }
}

#[test]
fn null_stays_null() {
    let geo = json_of("geo", r#"{"CN":{"Beijing":null},"DE":null}"#);
    assert_eq!(geo["countries"][0]["regions"][0]["count"], Value::Null);
    assert_eq!(geo["countries"][1]["count"], Value::Null);
    let types = json_of("types", r#"{"ip_count":null}"#);
    assert_eq!(types["types"][0]["count"], Value::Null);
    let attacks = json_of(
        "attacks",
        r#"[{"time":null,"stats":{"botnet":null,"total":null}}]"#,
    );
    assert_eq!(
        attacks[0],
        json!({"time": null, "counts": {"botnet": null}, "total": null, "sum": 0})
    );
    let series = json_of(
        "traffic --series",
        r#"[{"timestamp":"2025-05-06 16:00:00","data":null}]"#,
    );
    assert_eq!(series[0]["counts"], json!({}));
    // A text that says so is another thing.
    let types = json_of("types", r#"{"ip_count":"null"}"#);
    assert_eq!(types["types"][0]["count"], "null");
}

/// With fewer than ten entries the server's code fails, and the connection with it.
#[test]
fn a_server_that_hangs_up_on_the_list_is_explained() {
    let options = ti::sandbox::Options {
        faults: vec!["reset".parse().unwrap()],
        ..Default::default()
    };
    let server = sandbox("brcti", options);
    let asked = |view: &str| {
        ti(&[&["--retries", "0", "brcti"], &words(view)[..]].concat())
            .env("TI_BRCTI_ENDPOINT", &server.url())
            .ends(5)
            .stderr
    };
    let said = asked("attacks --iocs");
    assert!(said.contains("fewer than ten"), "{said}");
    let said = asked("attacks");
    assert!(!said.contains("fewer than ten"), "{said}");
}

#[test]
fn any_method_is_answered_by_the_sandbox() {
    let service = provider("brcti").sandbox(&Default::default()).unwrap();
    for method in ["GET", "POST", "PUT"] {
        let Reply { status, body, .. } = service.answer(&ti::sandbox::Received {
            method: method.to_string(),
            path: "/kp/queryTrafficTypeRatio".to_string(),
            query: String::new(),
            headers: vec![(
                "authorization".to_string(),
                "Bearer sandbox-token".to_string(),
            )],
            body: Vec::new(),
        });
        assert_eq!(status, 200, "{method}");
        assert!(body.starts_with(b"{"), "{method}");
    }
}

#[test]
fn a_time_that_does_not_exist_is_kept_as_sent_and_said() {
    let mock = Mock::json(
        r#"{"result":[{"time":"2025-03-30 02:00:00","stats":{"botnet":2}},{"time":"2025-03-30 03:00:00","stats":{"botnet":1}}]}"#,
    );
    let ran = |more: &[&str]| {
        ti(&[&["brcti", "attacks", "--json"], more].concat())
            .env("TI_BRCTI_ENDPOINT", &mock.url())
            .env("TI_BRCTI_TIMEZONE", "Europe/Berlin")
            .ends(0)
    };
    for more in [&[][..], &["--by", "hour"]] {
        let ran = ran(more);
        assert_eq!(ran.json()[0]["time"], "2025-03-30 02:00:00");
        assert_eq!(ran.json()[1]["time"], "2025-03-30T03:00:00+02:00");
        ran.says("1 time does not exist");
    }
    let day = ran(&["--by", "day"]);
    assert_eq!(day.json()[0]["time"], "2025-03-30");
    assert_eq!(day.stderr, "");
}
