//! How a run ends: Ctrl-C, `--fail-on`, `--only`, and a stdin that goes on for ever.

use crate::support::words;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use ti::sandbox::Options;

use super::{Counting, statuses};

#[test]
fn a_gate_closes_on_what_it_names() {
    let service = Counting::start(Options::default());
    let gate = |level: &str, names: &[&str]| {
        let arguments = [&["kti", "search", "--ndjson", "--fail-on", level], names].concat();
        service.ti(&arguments).run()
    };
    let ran = gate("malicious", &["nope.example", "evil.com"]).code(10);
    assert_eq!(ran.ndjson().len(), 2);
    ran.says("1 indicator is malicious");
    gate("suspicious", &["evil.com", "1.2.3"]).code(10);
    gate("malicious", &["nope.example", "example.com"]).code(0);
    gate("malicious", &["nope.example", "1.2.3"]).code(8);
}

#[test]
fn only_what_is_wanted_comes_out() {
    let service = Counting::start(Options::default());
    let only = |what: &str| {
        let arguments = [
            "kti",
            "search",
            "--ndjson",
            "--only",
            what,
            "evil.com",
            "8.8.8.8",
            "nope.example",
            "1.2.3",
        ];
        service.ti(&arguments).ends(8).ndjson()
    };
    let names = |elements: &[Value]| super::inputs(elements);
    assert_eq!(names(&only("malicious")), "evil.com\n");
    assert_eq!(names(&only("found")), "evil.com\n8.8.8.8\n");
    assert_eq!(names(&only("not_found,invalid")), "nope.example\n1.2.3\n");
    assert_eq!(names(&only("suspicious")), "");
}

#[test]
fn answers_do_not_wait_for_the_end_of_the_inputs() {
    let service = Counting::start(Options::default());
    let mut run = service.ti(&["kti", "search", "--ndjson"]);
    let mut child = run
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for name in ["evil.com", "nope.example", "evil.com"] {
        writeln!(stdin, "{name}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let element: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(element["input"], name);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

/// Both signals, and a second one. The service answers after an hour only.
#[cfg(unix)]
#[test]
fn an_interrupted_run_hands_out_what_it_knows() {
    let slow = Counting::start(Options {
        latency: Duration::from_secs(3600),
        ..Options::default()
    });
    for signal in ["-INT", "-TERM"] {
        let mut run = slow.ti(&words(
            "kti search 1.2.3 a.example b.example --ndjson --timeout 2h -v",
        ));
        let mut child = run
            .command()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("> GET") {
            assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "{said}");
        }
        let kill = std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        stderr.read_to_string(&mut said).unwrap();
        let mut stdout = String::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut stdout)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
        let lines: Vec<Value> = stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(
            statuses(&lines),
            super::counts([("invalid", 1), ("skipped", 2)])
        );
        assert!(
            said.contains("3 inputs: 1 asked") && said.contains("error: interrupted"),
            "{said}"
        );
    }
}

/// The pipe stays open: somebody may write more, and nobody waits for it.
#[test]
fn it_ends_at_once_while_stdin_is_open() {
    let fails = |_| Some(400);
    let broken = Counting::failing(Options::default(), fails);
    let empty = Counting::start(Options {
        quota: Some(0),
        ..Options::default()
    });
    let stranger = Counting::start(Options::default());
    let wrong_key = stranger.config().replace("sandbox-secret-key", "wrong");
    assert_ne!(wrong_key, stranger.config());
    for (config, more, code) in [
        (broken.config(), &["--fail-fast"][..], 6),
        (empty.config(), &[], 7),
        (wrong_key, &[], 4),
    ] {
        let arguments = [&["kti", "search", "--ndjson"], more].concat();
        let mut run = crate::support::ti(&arguments).config(&config);
        let mut child = run
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "evil.com").unwrap();
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(code), "{said}");
        assert_eq!(ended.stdout.split(|byte| *byte == b'\n').count(), 2);
        // How many more there are, nobody knows.
        assert!(
            said.contains("the inputs were not read to their end"),
            "{said}"
        );
        drop(stdin);
    }
}
