//! `--changed-since`: what is new, worse, better or gone since an earlier answer.

use serde_json::{Value, json};
use ti::sandbox::{Options, Reply};

use crate::bulk::Counting;
use crate::support::{Mock, Ran, Ti, ti};

/// An element of `kti search` in an earlier answer.
fn element(indicator: &str, level: &str) -> String {
    let (status, level) = match level {
        "" => ("not_found", Value::Null),
        "failed" => ("error", Value::Null),
        level => ("found", level.into()),
    };
    json!({"indicator": indicator, "input": indicator, "status": status, "level": level})
        .to_string()
}

fn old(elements: &[(&str, &str)]) -> String {
    let lines = elements
        .iter()
        .map(|(indicator, level)| element(indicator, level) + "\n");
    lines.collect()
}

/// A search of the sample data compared with this earlier answer.
fn search(earlier: &str, arguments: &[&str]) -> Ti {
    let common = ["--demo", "kti", "search", "--changed-since", "old.ndjson"];
    ti(&[&common, arguments].concat()).file("old.ndjson", earlier)
}

fn changes(ran: &Ran) -> Vec<(String, String, Value, Value)> {
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let all = ran.json();
    let all = all.as_array().unwrap().iter();
    all.map(|element| {
        let before = element["level_before"].clone();
        let name = text(&element["indicator"]);
        (
            text(&element["change"]),
            name,
            before,
            element["level"].clone(),
        )
    })
    .collect()
}

#[test]
fn only_what_is_different_is_shown() {
    let earlier = old(&[
        ("evil.com", "malicious"),
        ("login.example", "info"),
        ("8.8.8.8", "suspicious"),
        ("nothing.example", ""),
        ("left.example", "malicious"),
        ("failed.example", "failed"),
    ]);
    let inputs = [
        "hxxps://evil[.]com/x",
        "LOGIN.example",
        "8.8.8.8",
        "nothing.example",
        "failed.example",
        "further.example",
        "--json",
    ];
    let ran = search(&earlier, &inputs).ends(0);
    let expected = [
        ("worse", "login.example", json!("info"), json!("malicious")),
        ("better", "8.8.8.8", json!("suspicious"), json!("info")),
        ("new", "failed.example", Value::Null, Value::Null),
        ("new", "further.example", Value::Null, Value::Null),
        ("gone", "left.example", json!("malicious"), Value::Null),
    ]
    .map(|(change, name, before, now)| (change.to_string(), name.to_string(), before, now));
    assert_eq!(changes(&ran), expected);
    let words = "2 new, 1 worse, 1 better, 1 gone, 2 as before\n";
    ran.says(words);
}

/// A file of one day and the one of the next: no change is exit 11, in every form.
#[test]
fn a_run_compared_with_itself_has_no_change() {
    for (name, format) in [
        ("day.ndjson", "--ndjson"),
        ("day.json", "--json"),
        ("day", "--ndjson"),
    ] {
        for command in [&["kti", "search"][..], &["lookup"]] {
            let inputs = [
                "evil.com",
                "nothing.example",
                "8.8.8.8",
                "https://evil.com/a#b",
            ];
            let first = [&["--demo", format, "-o", name], command, &inputs].concat();
            let home = ti(&first);
            let run = |arguments: &[&str]| {
                let mut again = ti(arguments);
                again.command().current_dir(home.home.path());
                again.run()
            };
            run(&first).code(0);
            let compared = [&["--demo"], command, &["--json", "--changed-since", name]].concat();
            let ran = run(&[&compared[..], &inputs].concat()).code(11);
            assert_eq!(ran.json(), json!([]));
            let note = format!("nothing has changed since {name}");
            ran.says(&note);
            let ran = run(&[&compared[..], &inputs[..1]].concat()).code(0);
            ran.says(" gone, 1 as before");
        }
    }
}

#[test]
fn a_table_shows_before_and_now_worst_first() {
    let earlier = old(&[
        ("evil.com", "info"),
        ("8.8.8.8", "malicious"),
        ("left.example", ""),
    ]);
    let table = |more: &[&str]| {
        let arguments = [&["8.8.8.8", "evil.com", "--format", "table"], more].concat();
        search(&earlier, &arguments).ends(0).stdout
    };
    insta::assert_snapshot!(table(&[]));
    insta::assert_snapshot!(table(&["--lang", "zh"]));
    let one = search(
        &old(&[("evil.com", "")]),
        &["evil.com", "--format", "table"],
    );
    let card = { one }.ends(0).stdout;
    assert!(
        card.starts_with("evil[.]com  worse: not found → malicious\n"),
        "{card}"
    );
    let line = search(&earlier, &["evil.com", "8.8.8.8"]).ends(0).stdout;
    assert!(
        line.starts_with("worse\tevil[.]com\tinfo → malicious\t"),
        "{line}"
    );
    let csv = search(&earlier, &["evil.com", "8.8.8.8", "--csv"])
        .ends(0)
        .stdout;
    assert!(csv.starts_with("change,level_before,indicator,"), "{csv}");
    assert!(csv.contains("\r\ngone,,left.example,"), "{csv}");
}

/// What failed or was not asked is neither gone nor better, and the exit code is as ever.
#[test]
fn what_has_no_answer_is_told_apart() {
    let earlier = old(&[
        ("0.example.net", "malicious"),
        ("1.example.net", "malicious"),
    ]);
    let service = Counting::failing(Options::default(), |number| (number == 0).then_some(500));
    let run = |arguments: &[&str]| {
        let common = [
            "kti",
            "search",
            "--changed-since",
            "old",
            "--json",
            "--retries",
            "0",
        ];
        let all = [&common, arguments].concat();
        service.ti(&all).file("old", &earlier).run()
    };
    let ran = run(&["0.example.net", "1.example.net", "rubbish", "-j", "1"]).code(8);
    let words =
        "0 new, 0 worse, 1 better, 0 gone, 0 as before, 2 not known, as an answer is missing";
    ran.says(words);
    assert_eq!(ran.json().as_array().unwrap().len(), 1);
    let ran = run(&["0.example.net", "1.example.net", "--max-lookups", "0"]).code(8);
    let words = "1 not known, as an answer is missing";
    ran.says(words);
    ran.never_says("nothing has changed");
}

/// A source that fails, or is not asked any more, makes nothing better.
#[test]
fn among_several_sources_each_has_to_answer() {
    let mock = Mock::start(|_| Reply::new(503, "text/plain", "down"));
    let said = |source: &str| json!({"source": source, "status": "found", "level": "malicious"});
    let earlier = |sources: &[&str]| {
        let sources: Vec<_> = sources.iter().map(|source| said(source)).collect();
        json!({"indicator": "listed.example", "status": "found", "level": "malicious", "sources": sources})
            .to_string()
    };
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], earlier: &str| {
        ti(arguments)
            .env("XDG_DATA_HOME", data.path().to_str().unwrap())
            .kti(&mock.url())
            .file("block.txt", "other.example\n")
            .file("old", earlier)
            .run()
    };
    run(&["index", "add", "block.txt", "--name", "block"], "").code(0);
    let compared = [
        "lookup",
        "listed.example",
        "--changed-since",
        "old",
        "--json",
    ];
    let compared = [&compared[..], &["--retries", "0"]].concat();
    let ran = run(&compared, &earlier(&["kti", "block"])).code(8);
    assert_eq!(ran.json(), json!([]));
    ran.says("1 not known");
    let ran = run(&compared, &earlier(&["kti", "gone"])).code(2);
    ran.says("it has what gone said, which is not asked now");
}

#[test]
fn a_gate_counts_what_has_changed() {
    let bad = [
        "evil.com",
        "login.example",
        "--fail-on",
        "malicious",
        "-q",
        "--json",
    ];
    let known = old(&[("evil.com", "malicious"), ("login.example", "malicious")]);
    search(&known, &bad).ends(11);
    let news = old(&[("evil.com", "malicious"), ("login.example", "info")]);
    let ran = search(&news, &bad).ends(10);
    ran.says("--fail-on: 1 indicator is malicious, of what has changed");
    let gone = old(&[("evil.com", "malicious"), ("left.example", "malicious")]);
    search(&gone, &["evil.com", "--fail-on", "malicious"]).ends(0);
}

/// Nothing is asked where there is nothing to compare with.
#[test]
fn an_earlier_answer_that_is_none_is_refused_first() {
    let good = element("evil.com", "info") + "\n";
    let service = Counting::start(Options::default());
    let refused = |arguments: &[&str], earlier: &str, said: &str| {
        let all = [&["kti", "search", "evil.com"], arguments].concat();
        let mut run = service
            .ti(&all)
            .file("old", earlier)
            .file("day.ndjson", &good);
        let ran = run.ends(2);
        ran.says(said);
        assert!(ran.stdout.is_empty());
        assert_eq!(service.requests(), 0);
    };
    let since = ["--changed-since", "old"];
    refused(
        &since,
        &(good.clone() + "{oops\n"),
        "--changed-since old:2: ",
    );
    refused(&since, "indicator,level\n", "--changed-since old:1: ");
    refused(
        &since,
        &good.replace("}", ",\"change\":\"new\"}"),
        "had changed",
    );
    refused(&since, &good.replace("}", ",\"sources\":[]}"), "ti lookup");
    refused(
        &["--changed-since", "nowhere"],
        "",
        "--changed-since nowhere: cannot be read",
    );
    refused(
        &["--changed-since", "."],
        "",
        "--changed-since .: cannot be read",
    );
    refused(&["--changed-since", "-"], "", "stdin is for indicators");
    refused(
        &["--changed-since", "old", "--raw"],
        &good,
        "leave --raw out",
    );
    refused(
        &["--changed-since", "old", "--resume", "x.csv"],
        &good,
        "cannot be used with",
    );
    let same = ["--changed-since", "day.ndjson", "-o", "./day.ndjson"];
    refused(&same, "", "--output and what is read are one file");
}

/// Files of earlier versions have it.
#[test]
fn an_older_form_of_an_indicator_is_the_same_indicator() {
    let old = old(&[("::ffff:8.8.8.8", "info"), ("EVIL.com", "malicious")]);
    let ran = search(&old, &["8.8.8.8", "evil.com", "--json"]).ends(11);
    ran.says("0 new, 0 worse, 0 better, 0 gone, 2 as before");
}
