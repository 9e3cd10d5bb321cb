//! Arguments, files and stdin; what is refused, and what duplicates cost.

use crate::support::{Mock, drawn, ti};

use super::search_at;

const EMPTY: &str = r#"{"RequestId":"r","LeftCount":5,"TotalCount":9,"IntelInfo":{}}"#;

fn inputs_of(stdout: &str) -> Vec<String> {
    let lines = stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines
        .map(|element| element["input"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn arguments_file_and_stdin_in_their_order() {
    let file = "\u{feff}# a comment\r\na.example\r\n\r\n  b.example  # why\r\n";
    let mut run = ti(&[
        "--demo",
        "-q",
        "kti",
        "search",
        "evil.com",
        "-i",
        "hosts.txt",
        "--ndjson",
    ])
    .file("hosts.txt", file);
    assert_eq!(
        inputs_of(&run.run().code(0).stdout),
        ["evil.com", "a.example", "b.example"]
    );

    let mut piped = ti(&["--demo", "-q", "kti", "search", "--ndjson"]).stdin("c.example\n");
    assert_eq!(inputs_of(&piped.run().code(0).stdout), ["c.example"]);

    // With an argument, a piped stdin is not read unless `-` says so.
    let mut named =
        ti(&["--demo", "-q", "kti", "search", "evil.com", "--ndjson"]).stdin("c.example\n");
    assert_eq!(inputs_of(&named.run().code(0).stdout), ["evil.com"]);
    for dash in [&["-"][..], &["-i", "-"]] {
        let arguments = [
            &["--demo", "-q", "kti", "search", "evil.com", "--ndjson"],
            dash,
        ]
        .concat();
        let mut both = ti(&arguments).stdin("c.example\n");
        assert_eq!(
            inputs_of(&both.run().code(0).stdout),
            ["evil.com", "c.example"]
        );
    }
}

#[test]
fn no_input_is_an_empty_answer() {
    for (format, answer) in [("--json", "[]\n"), ("--ndjson", "")] {
        let mut run = ti(&drawn(&["--demo", "-q", "kti", "search", format])).stdin("# nothing\n");
        assert_eq!(run.run().code(0).stdout, answer);
    }
    let csv = ti(&["--demo", "-q", "kti", "search", "--csv"])
        .stdin("")
        .run()
        .code(0)
        .stdout;
    assert_eq!(csv.lines().count(), 1);
    let table = ti(&drawn(&["--demo", "-q", "kti", "search"]))
        .stdin("")
        .run()
        .code(0)
        .stdout;
    assert_eq!(table, "Nothing to show.\n");
}

#[test]
fn what_the_service_does_not_take_is_refused_before_any_request() {
    for (input, why) in [
        ("127.1", "ends in a number"),
        ("010.8.8.8", "ends in a number"),
        ("0x7f.1", "ends in a number"),
        ("2001:db8::1", "an IPv6 address"),
        ("10.0.0.0/8", "an address range"),
        ("d41d8cd98f00b204e9800998ecf8427e", "a file hash"),
        ("bob@evil.com", "an e-mail address"),
        ("localhost", "it has no dot"),
        ("ev il.com", "forbidden character"),
    ] {
        let ran = ti(&["--demo", "kti", "search", input, "--json"])
            .run()
            .code(2);
        assert!(ran.stderr.contains(why), "{input}: {}", ran.stderr);
        assert!(ran.stderr.contains("nothing was asked"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("LeftCount"), "{}", ran.stderr);
        assert_eq!(ran.json()[0]["status"], "invalid");
        assert_eq!(ran.json()[0]["error"]["kind"], "usage");
    }
}

#[test]
fn a_bad_line_is_named_and_the_others_are_answered() {
    let mut run = ti(&["--demo", "kti", "search", "-i", "hosts.txt", "--ndjson"])
        .file("hosts.txt", b"evil.com\n127.1\n\xff\xfe\n8.8.8.8\n");
    let ran = run.run().code(8);
    assert_eq!(inputs_of(&ran.stdout), ["evil.com", "127.1", "", "8.8.8.8"]);
    assert!(
        ran.stderr
            .contains("error: hosts.txt:2: \"127.1\" is refused"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("error: hosts.txt:3: the line is refused: the line is not UTF-8"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("error: 2 of 4 inputs were not answered"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_file_that_cannot_be_read_is_a_usage_error() {
    for name in ["gone.txt", "."] {
        let ran = ti(&["--demo", "kti", "search", "-i", name]).run().code(2);
        assert!(
            ran.stderr
                .contains(&format!("--input {name}: cannot be read")),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn disguised_indicators_are_asked_for_by_their_names() {
    let mock = Mock::json(EMPTY);
    let inputs = [
        "hxxps://evil[.]com/a?b",
        "EVIL.com.",
        "evil(.)com:443",
        "1.2.3[.]4",
        "金山。cn",
        "  evil.com  ",
    ];
    let ran = search_at(&mock, &[&inputs[..], &["--ndjson"]].concat()).code(0);
    assert_eq!(inputs_of(&ran.stdout), inputs);
    assert!(
        ran.stderr
            .contains("is a URL: its host evil.com is looked up"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("is a host with a port: its host evil.com"),
        "{}",
        ran.stderr
    );
    let mut asked: Vec<_> = mock
        .received()
        .iter()
        .map(|request| {
            let param = request
                .query
                .split('&')
                .find(|pair| pair.starts_with("Param="));
            param.unwrap().to_string()
        })
        .collect();
    // Duplicates cost one lookup and are answered each; which is asked first is left open.
    asked.sort();
    assert_eq!(
        asked,
        ["Param=1.2.3.4", "Param=evil.com", "Param=xn--rhtz55j.cn"]
    );
}

/// A forgotten `-i` would cost a lookup of a name that nobody meant.
#[test]
fn a_file_is_not_looked_up() {
    let mut run = ti(&["--demo", "kti", "search", "hosts.txt"]).file("hosts.txt", "evil.com\n");
    let ran = run.run().code(2);
    assert!(ran.stderr.contains("hosts.txt is a file"), "{}", ran.stderr);
    assert!(ran.stderr.contains("-i hosts.txt"), "{}", ran.stderr);
    // Without such a file it is a name like any other.
    ti(&["--demo", "kti", "search", "hosts.txt"]).run().code(0);
}
