//! Answers that are not as they should be: said, or shown as they came; never a silent zero.

use serde_json::json;
use ti::sandbox::Reply;

use crate::support::{Mock, Ran, drawn, ti, words};

fn ask(view: &str, status: u16, body: &'static str, more: &[&str]) -> Ran {
    let mock = Mock::start(move |_| Reply::json(status, body));
    let arguments = [&["--retries", "0", "brcti"], &words(view)[..], more].concat();
    ti(&drawn(&arguments))
        .env("TI_BRCTI_ENDPOINT", &mock.url())
        .run()
}

#[test]
fn what_is_no_answer_says_what_came() {
    for (status, body, code, message) in [
        (200, "{}", 6, "it has no result"),
        (200, "", 6, "the body is empty"),
        (200, "[]", 6, "it is JSON, but not an object"),
        (200, "nonsense", 6, "it is not JSON"),
        (200, r#"{"result":7}"#, 6, "its result is not"),
        (200, r#"{"error":"no such tenant"}"#, 6, "no such tenant"),
        (200, r#"{"msg":"请先登录"}"#, 6, "请先登录"),
        (
            200,
            r#"{"message":"maintenance","result":null,"error":"down"}"#,
            6,
            "down",
        ),
        (
            200,
            "<!DOCTYPE html><title>Sign in</title>",
            6,
            "HTML page, titled \"Sign in\"",
        ),
        (401, r#"{"error":"who are you"}"#, 4, "who are you"),
        (403, "", 4, "HTTP 403"),
        (404, "<html><title>nginx</title>", 6, "titled \"nginx\""),
        (429, "", 7, "HTTP 429"),
        (
            500,
            r#"{"error":{"message":"kp_handler: nil"}}"#,
            6,
            "kp_handler: nil",
        ),
    ] {
        for view in [
            "geo",
            "types",
            "attacks",
            "attacks --iocs",
            "traffic",
            "traffic --series",
        ] {
            let ran = ask(view, status, body, &[]).code(code);
            assert!(
                ran.stderr.contains(message),
                "{view} {body}: {}",
                ran.stderr
            );
            assert!(
                ran.stderr.contains("hint:") || body.contains("error") || body.contains("msg"),
                "{}",
                ran.stderr
            );
            assert_eq!(ran.stdout, "");
        }
    }
}

#[test]
fn empty_and_null_are_no_data_and_null_is_said() {
    for (view, body) in [
        ("geo", r#"{"result":{}}"#),
        ("types", r#"{"result":{}}"#),
        ("attacks", r#"{"result":[]}"#),
        ("attacks --iocs", r#"{"result":[]}"#),
        ("traffic", r#"{"result":{}}"#),
        ("traffic --series", r#"{"result":[]}"#),
    ] {
        let ran = ask(view, 200, body, &[]).code(0);
        assert!(
            ran.stdout.starts_with("br-cti ") && ran.stdout.lines().count() == 1,
            "{}",
            ran.stdout
        );
        assert_eq!(ran.stderr, "");
        let null = ask(view, 200, r#"{"result":null}"#, &["--csv"]).code(0);
        assert_eq!(null.stdout.lines().count(), 1, "a header alone");
        null.says("is null: taken as no data");
    }
    let json = ask("geo", 200, r#"{"result":{}}"#, &["--json"])
        .code(0)
        .json();
    assert_eq!((&json["countries"], &json["sum"]), (&json!([]), &json!(0)));
    assert_eq!(
        ask("attacks", 200, r#"{"result":[]}"#, &["--json"]).json(),
        json!([])
    );
}

#[test]
fn counts_that_are_none_are_shown_as_they_came() {
    let body = r#"{"result":{"CN":{"Beijing":"12","Shanghai":-3,"?":9007199254740993},"XX":{"a":null},"DE":"many"}}"#;
    let ran = ask("geo", 200, body, &["--csv"]).code(0);
    assert_eq!(
        ran.stdout.lines().collect::<Vec<_>>(),
        [
            "country,region,count",
            "CN,?,9007199254740993",
            "CN,Beijing,12",
            "CN,Shanghai,-3",
            "XX,a,",
            "DE,,many"
        ]
    );
    ran.says(
        "3 counts are not whole numbers: shown as sent, in no sum (first CN, Shanghai: \"-3\")",
    );
    ran.says("1 count was sent as text: read as numbers");
    let json = ask("geo", 200, body, &["--json"]).code(0);
    json.shows("\"sum\":9007199254741005");
    json.shows("\"count\":\"-3\"");
    json.shows("\"count\":null");
    let table = ask("geo", 200, body, &[]).code(0).stdout;
    for shown in ["9,007,199,254,740,993", "-3", "null", "many"] {
        assert!(table.contains(shown), "{table}");
    }
    let chart = ask("geo", 200, body, &["--chart"]).code(0).stdout;
    assert!(chart.contains("many"), "{chart}");
}

#[test]
fn counts_beyond_64_bits_keep_their_digits() {
    let body = r#"{"result":{"ip_count":18446744073709551615,"url_count":18446744073709551615,"hash_count":99999999999999999999}}"#;
    let json = ask("types", 200, body, &["--json"]).code(0).stdout;
    assert!(json.contains("\"count\":18446744073709551615"), "{json}");
    assert!(
        json.contains("\"count\":\"99999999999999999999\""),
        "{json}"
    );
    assert!(json.contains("\"sum\":\"36893488147419103230\""), "{json}");
}

#[test]
fn times_that_are_none_are_shown_as_they_came() {
    let body = r#"{"result":[{"timestamp":"soon","data":{"0":5,"7":1},"total":"x"},{"timestamp":"2024-12-22 15:00:00","data":{"0":2}}]}"#;
    let ran = ask("traffic --series", 200, body, &["--csv"]).code(0);
    assert_eq!(
        ran.stdout.lines().collect::<Vec<_>>(),
        [
            "time,type,count",
            "soon,non_traffic,5",
            "soon,7,1",
            "2024-12-22 15:00:00,non_traffic,2"
        ]
    );
    ran.says("1 time is not of the form");
    let by_day = ask("traffic --series", 200, body, &["--by", "day", "--csv"]).code(0);
    assert_eq!(
        by_day.stdout,
        "time,type,count\r\n2024-12-22,non_traffic,2\r\n"
    );
    let table = ask("traffic --series", 200, body, &[]).code(0).stdout;
    assert!(table.contains("soon") && table.contains("7"), "{table}");
    assert!(table.lines().any(|line| line.contains("code")), "{table}");
    let chart = ask(
        "traffic --series",
        200,
        r#"{"result":[{"timestamp":"soon","data":{"0":5}}]}"#,
        &["--chart"],
    );
    chart.code(0).shows("There is no time to draw.");
    let no_entry = ask("attacks", 200, r#"{"result":[{"stats":{}}]}"#, &[]).code(6);
    no_entry.says("entry 1 of its result");
}

#[test]
fn hostile_text_is_made_visible() {
    let body = r#"{"result":{"\u001b[2JCN":{"\u202eevil":3}}}"#;
    for more in [&[][..], &["--chart"], &["--format", "svg"], &["--json"]] {
        let ran = ask("geo", 200, body, more).code(0);
        assert!(
            !ran.stdout.contains(['\u{1b}', '\u{202e}']),
            "{}",
            ran.stdout
        );
    }
    let svg = ask(
        "geo",
        200,
        r#"{"result":{"<script>":{"&":3}}}"#,
        &["--format", "svg"],
    )
    .code(0);
    svg.never_shows("<script>");
    svg.shows("&lt;script&gt;");
}
