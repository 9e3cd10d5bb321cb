//! `--stable` and `--fail-unchanged`: two runs that say the same are the same.

use std::fs;

use crate::support::{ti, words};

/// Names of the run, wherever they stand.
const OF_THE_RUN: [&str; 4] = ["quota", "request_id", "retrieved_at", "cached"];

#[test]
fn what_differs_from_run_to_run_is_left_out_everywhere() {
    for line in [
        "kti search evil.com 8.8.8.8 nothing.example rubbish",
        "lookup evil.com 192.168.0.238 rubbish",
        "kaspersky list",
        "kaspersky get 0b5cf2f2-5a11-4e0c-9a3e-000000000001",
        "kaspersky ioc",
        "brcti geo",
        "brcti attacks",
        "brcti attacks --iocs",
        "kti types",
        "config check --no-lookup",
    ] {
        for format in ["--json", "--ndjson", "--csv"] {
            let arguments = [&["--demo", "-q", "--stable", format], &words(line)[..]].concat();
            let ran = ti(&arguments).run();
            assert!([0, 8].contains(&ran.code), "{line}: {}", ran.stderr);
            assert_ne!(ran.stdout, "", "{line} {format}");
            for name in OF_THE_RUN {
                let quoted = format!("\"{name}\":");
                let header = ran.stdout.lines().next().unwrap_or_default();
                let in_header = header.split([',', '.']).any(|part| part == name);
                let found = match format {
                    "--csv" => in_header,
                    _ => ran.stdout.contains(&quoted),
                };
                assert!(!found, "{line} {format}: {name}");
            }
        }
    }
}

#[test]
fn it_is_for_data_and_contradicts_itself_nowhere() {
    for (line, said) in [
        ("kti types --stable", "JSON, NDJSON and CSV"),
        ("kti types --stable --format table", "JSON, NDJSON and CSV"),
        ("--demo config check --stable", "JSON, NDJSON and CSV"),
        ("match --stable x.log", "JSON, NDJSON and CSV"),
        (
            "--demo kti search evil.com --raw --stable",
            "JSON, NDJSON and CSV",
        ),
        (
            "--demo kti search evil.com --csv --stable --fields indicator,quota.left",
            "--fields names quota.left",
        ),
    ] {
        let ran = ti(&words(line)).ends(2);
        assert!(ran.stderr.contains(said), "{line}: {}", ran.stderr);
    }
}

/// Every command that writes a file, whatever is in it.
#[test]
fn the_same_file_is_told_apart_from_a_new_one() {
    for (line, file) in [
        ("--demo kti search evil.com --stable", "a.csv"),
        ("--demo kti search evil.com 8.8.8.8 --stable", "a.ndjson"),
        ("--demo lookup evil.com --stable", "a.json"),
        ("kti types", "a.txt"),
        ("kti types --format table", "a.table"),
        ("--demo kaspersky list --fields id,name", "a.csv"),
        ("--demo kaspersky yara", "a.yar"),
        ("--demo kaspersky ioc", "a.csv"),
        ("--demo kti enrich rows.csv --column host", "out.csv"),
        ("extract text.txt", "a.json"),
        ("--demo kti search evil.com --raw", "a.raw"),
    ] {
        let arguments = [&words(line)[..], &["-o", file, "--fail-unchanged"]].concat();
        let mut run = ti(&arguments)
            .file("rows.csv", "host\nevil.com\n")
            .file("text.txt", "evil[.]com");
        let path = run.path(file);
        run.ends(0);
        let first = fs::metadata(&path).unwrap().modified().unwrap();
        let ran = run.ends(11);
        assert!(
            ran.stderr.contains("the same as before"),
            "{line}: {}",
            ran.stderr
        );
        let now = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(now, first, "{line}");
        // A file that others rely on may not shrink so.
        if !line.contains("kaspersky yara") && !line.contains("kaspersky ioc") {
            fs::write(&path, "another").unwrap();
            run.ends(0);
            assert_ne!(fs::read(&path).unwrap(), b"another", "{line}");
        }
    }
}

#[test]
fn without_a_file_there_is_nothing_to_compare() {
    for line in [
        "kti types --fail-unchanged",
        "kti types --fail-unchanged -o -",
        "--demo kaspersky yara --fail-unchanged",
        "--demo kti search evil.com --resume a.csv --fail-unchanged",
    ] {
        let ran = ti(&words(line)).ends(2);
        assert!(
            ran.stderr.contains("--fail-unchanged"),
            "{line}: {}",
            ran.stderr
        );
    }
}
