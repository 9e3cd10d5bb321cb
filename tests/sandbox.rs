//! `ti sandbox`: the built-in server for people who write scripts.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

#[cfg(unix)]
use crate::support::mode_of;
use crate::support::{Running, Ti, names_in, ti, words};

struct Sandbox {
    _process: Running,
    config: String,
    _home: Ti,
}

/// Starts it; the profile is complete when the note on stderr has come.
fn sandbox(arguments: &[&str]) -> Sandbox {
    let mut run = ti(&[&["sandbox"], arguments].concat());
    let mut child = run
        .command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut note = String::new();
    stderr.read_line(&mut note).unwrap();
    assert!(note.contains("sample data"), "{note}");
    let mut config = Vec::new();
    let mut stdout = child.stdout.take().unwrap();
    let mut buffer = [0; 4096];
    while !config.ends_with(b"\n") {
        let count = stdout.read(&mut buffer).unwrap();
        config.extend_from_slice(&buffer[..count]);
    }
    Sandbox {
        _process: Running(child),
        config: String::from_utf8(config).unwrap(),
        _home: run,
    }
}

#[test]
fn its_profile_reaches_it() {
    let running = sandbox(&[]);
    assert!(
        running.config.contains("[profile.sandbox.kti]"),
        "{}",
        running.config
    );
    ti(&["kti", "search", "evil.com"])
        .config(&running.config)
        .ends(0);
}

#[test]
fn its_faults_end_after_the_number_given() {
    let running = sandbox(&["--fail", "503:1", "--fail", "reset:1", "--latency", "5ms"]);
    let ask = |retries: &str| {
        let mut run =
            ti(&["kti", "search", "evil.com", "--retries", retries]).config(&running.config);
        run.run().code
    };
    assert_eq!(ask("0"), 6);
    assert_eq!(ask("0"), 5);
    assert_eq!(ask("0"), 0);
}

#[test]
fn its_quota_runs_out() {
    let running = sandbox(&["--quota", "2"]);
    let mut run = ti(&words(
        "kti search a.example b.example c.example d.example --ndjson",
    ))
    .config(&running.config);
    let ran = run.ends(7);
    let elements = ran.ndjson();
    let statuses: Vec<_> = elements.iter().map(|element| &element["status"]).collect();
    assert_eq!(statuses, ["not_found", "not_found", "error", "skipped"]);
}

#[cfg(unix)]
#[test]
fn its_profile_in_a_file_is_private() {
    let mut run = ti(&["sandbox", "-o", "sandbox.toml"]);
    let mut child = run.command().stderr(Stdio::piped()).spawn().unwrap();
    let mut note = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut note)
        .unwrap();
    let path = run.path("sandbox.toml");
    assert_eq!(mode_of(&path), 0o600);
    let mut ask = ti(&["kti", "search", "evil.com", "--config"]);
    ask.command().arg(&path);
    ask.ends(0);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn faults_are_checked_before_it_starts() {
    let ran = ti(&["sandbox", "--fail", "200"]).ends(2);
    ran.says("expected a status from 400 to 599");
}

/// What is the user's stays as it is.
#[test]
fn the_demo_changes_nothing_that_is_kept() {
    let config = "[profile.work.kti]\nregion = \"cn-beijing-6\"\n";
    for (command, what) in [
        (&["config", "set", "kti.region", "x"][..], "configuration"),
        (&["config", "unset", "kti.region"], "configuration"),
        (&["config", "init", "--non-interactive"], "configuration"),
        (&["cache", "clear"], "cache"),
        (&["index", "add", "list.txt", "--name", "ours"], "index"),
        (&["index", "remove", "ours"], "index"),
        (&["index", "clear"], "index"),
    ] {
        let mut run = ti(&[&["--demo"], command].concat())
            .config(config)
            .file("list.txt", "evil.com\n");
        let said = run.ends(2).stderr;
        let refusal = format!("error: the {what} of the sample data is not kept");
        assert!(said.contains(&refusal), "{said}");
        let path = run.path("config/ti/config.toml");
        assert_eq!(std::fs::read_to_string(path).unwrap(), config);
    }
    let mut update = ti(&["--demo", "index", "update"]);
    update.ends(0);
    assert!(names_in(update.path("")).is_empty());
}
