use crate::support::words;
use std::fs;
use std::process::Stdio;

use serde_json::Value;
use ti::sandbox::Options;

use super::{Counting, names};

/// Killed without a word in the middle of its work, and its last line cut in half.
#[cfg(unix)]
#[test]
fn a_killed_run_is_gone_on_with() {
    let service = Counting::start(Options::default());
    for file in ["out.ndjson", "out.csv"] {
        let folder = tempfile::tempdir().unwrap();
        let (list, out) = (folder.path().join("hosts"), folder.path().join(file));
        let mark = file.replace('.', "-");
        let hosts: String = (1..=60).map(|n| format!("{n}.{mark}.example\n")).collect();
        fs::write(&list, &hosts).unwrap();
        let (list, out) = (list.to_str().unwrap(), out.to_str().unwrap());
        let search = ["kti", "search", "-i", list, "--resume", out, "-j", "1"];
        let before = service.requests();

        let slowly = [&search[..], &["--rate", "100"]].concat();
        let mut run = service.ti(&slowly);
        let mut child = run.command().stderr(Stdio::null()).spawn().unwrap();
        while fs::read(out)
            .unwrap_or_default()
            .split(|b| *b == b'\n')
            .count()
            < 12
        {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let written = fs::read(out).unwrap();
        fs::write(out, &written[..written.len() - 20]).unwrap();

        service.ti(&search).ends(0);
        let ran = service.ti(&search).ends(0);
        ran.says("has 60 answers already: inputs that are the same are not asked again");
        assert_eq!(inputs_in(file, &fs::read_to_string(out).unwrap()), hosts);
        // What was under way when it was killed may have been asked twice.
        let asked = service.requests() - before;
        assert!((60..=61).contains(&asked), "{asked}");
    }
}

fn inputs_in(name: &str, text: &str) -> String {
    let line = |input: &str| format!("{input}\n");
    if name.ends_with("csv") {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        return reader.records().map(|row| line(&row.unwrap()[2])).collect();
    }
    text.lines()
        .map(|text| serde_json::from_str::<Value>(text).unwrap())
        .map(|element| line(element["input"].as_str().unwrap()))
        .collect()
}

#[test]
fn what_failed_is_asked_again_and_stands_once() {
    let fails = |n| (n == 2).then_some(400);
    let service = Counting::failing(Options::default(), fails);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.csv");
    let search = words("kti search -i - --fields status,input -j 1 --resume");
    let search = [&search[..], &[out.to_str().unwrap()]].concat();
    let run = |list: String| service.ti(&search).stdin(list).run();
    run(names(4)).code(8);
    run([names(5), names(2)].concat()).code(0);
    assert_eq!(
        fs::read_to_string(&out).unwrap(),
        "status,input\r\nnot_found,1.example.net\r\nnot_found,2.example.net\r\nnot_found,4.example.net\r\n\
         not_found,3.example.net\r\nnot_found,5.example.net\r\nnot_found,1.example.net\r\nnot_found,2.example.net\r\n"
    );
    service.answered_once(5);
}

#[test]
fn it_refuses_what_it_cannot_go_on_with() {
    let service = Counting::start(Options::default());
    for more in [
        &["--resume", "out.json"][..],
        &["--resume", "out.csv", "--only", "found"],
        &["--resume", "out.csv", "-o", "other.csv"],
        &["--resume", "out.csv", "--json"],
        &["--resume", "out.csv", "--ndjson"],
        &["--resume", "out.ndjson", "--csv"],
        &["--resume", "out.md", "--csv"],
        &["--resume", "out.csv", "--fields", "indicator,status"],
        &["--resume", "out.csv", "--fields", "input,level"],
        &["--resume", "out.jsonl", "--fields", "indicator"],
        &["--resume", "out.txt", "--csv", "--fields", "status"],
    ] {
        let arguments = [&["kti", "search", "evil.com"], more].concat();
        let mut ti = service.ti(&arguments);
        ti.ends(2);
        assert!(!ti.path(more[1]).exists(), "{more:?}");
    }
    assert_eq!(service.requests(), 0);
}
