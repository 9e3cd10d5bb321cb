//! The formats, their streams, and the files they are written to.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Mock, drawn, names_in, ti, words};

use super::{profile, search_at};

fn demo(arguments: &[&str]) -> String {
    let arguments = [&["--demo", "-q", "kti", "search"], arguments].concat();
    ti(&drawn(&arguments)).ends(0).stdout
}

#[test]
fn json_has_every_documented_field() {
    let element =
        &serde_json::from_str::<Value>(&demo(&["hxxp://evil[.]com/x", "--json"])).unwrap()[0];
    let mut element = element.clone();
    let retrieved_at = element["retrieved_at"].take();
    let time = retrieved_at.as_str().unwrap();
    assert!(
        time.parse::<jiff::Timestamp>().is_ok() && time.ends_with('Z'),
        "{time}"
    );
    assert_eq!(
        element,
        json!({
            "indicator": "evil.com", "type": "domain", "input": "hxxp://evil[.]com/x", "unicode": null,
            "status": "found", "level": "malicious", "judgments": ["C2", "Malware"],
            "tags": [
                {"type": "gangs", "tags": ["Sample Spider"]},
                {"type": "virus_family", "tags": ["SampleRAT"]},
                {"type": "industry", "tags": ["Finance", "Energy"]}
            ],
            "ip": null,
            "domain": {
                "domain": "evil.com", "cur_ips": ["192.0.2.10", "198.51.100.23"],
                "cur_whois": {
                    "registrar_name": "Example Registrar, Inc.", "name_server": ["ns1.example.net", "ns2.example.net"],
                    "registrant_name": "Redacted for privacy", "registrant_email": "abuse@example.net",
                    "registrant_company": "Example Holdings Ltd",
                    "registrant_address": "1 Example Street, Example City", "registrant_phone": "+1-555-0100",
                    "c_date": "2024-02-11 08:30:00", "u_date": "2026-01-15 10:02:11", "e_date": "2027-02-11 08:30:00",
                    "alexa": null
                }
            },
            "quota": {"left": 999999, "total": 1000000}, "request_id": "5a4db0c5-0000-4000-8000-000000000001",
            "retrieved_at": null, "cached": false, "error": null
        })
    );
    let ip = &serde_json::from_str::<Value>(&demo(&["192.0.2.10", "--json"])).unwrap()[0]["ip"];
    assert_eq!(
        *ip,
        json!({
            "ip": "192.0.2.10", "carrier": "Example Hosting",
            "location": {
                "country": "United States", "country_code": "US", "province": "Virginia", "city": "Ashburn",
                "lng": "-77.4874", "lat": "39.0438"
            },
            "asn": {"number": 64500, "rank": 4, "info": "EXAMPLE-HOSTING Example Hosting LLC"}
        })
    );
}

#[test]
fn csv_has_fixed_columns_and_guards_against_formulas() {
    let csv = demo(&["evil.com", "192.0.2.10", "--csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| {
        let column = header.iter().position(|column| column == name).unwrap();
        rows[row][column].to_string()
    };
    assert_eq!(header.len(), 41);
    assert_eq!(cell(0, "judgments"), "C2|Malware");
    assert_eq!(
        cell(0, "tags"),
        "gangs:Sample Spider|virus_family:SampleRAT|industry:Finance|industry:Energy"
    );
    assert_eq!(cell(0, "domain.cur_whois.registrant_phone"), "'+1-555-0100");
    assert_eq!(cell(0, "ip.ip"), "");
    assert_eq!(cell(1, "ip.location.lng"), "-77.4874");
    assert!(csv.ends_with("\r\n"));
}

#[test]
fn fields_are_listed_chosen_and_checked() {
    let ran = ti(&drawn(&["kti", "search", "--fields"])).ends(0);
    assert_eq!(ran.stdout.lines().count(), 42);
    assert!(
        ran.stdout.starts_with("indicator\ntype\n"),
        "{}",
        ran.stdout
    );
    let chosen = words("evil.com 8.8.8.8 --fields level,ip.asn.number,indicator");
    assert_eq!(
        demo(&[&chosen[..], &["--csv"]].concat()),
        "level,ip.asn.number,indicator\r\nmalicious,,evil.com\r\ninfo,64505,8.8.8.8\r\n"
    );
    assert_eq!(
        demo(&[&chosen[..], &["--ndjson"]].concat()),
        "{\"level\":\"malicious\",\"ip\":{\"asn\":{\"number\":null}},\"indicator\":\"evil.com\"}\n\
         {\"level\":\"info\",\"ip\":{\"asn\":{\"number\":64505}},\"indicator\":\"8.8.8.8\"}\n"
    );
    let table = demo(&chosen);
    assert!(table.starts_with("Level"), "{table}");
    let ran = ti(&drawn(&words("--demo kti search evil.com --fields levl"))).ends(2);
    ran.says("did you mean level?");
    ti(&words("--demo kti search evil.com --fields level --raw")).ends(2);
}

#[test]
fn raw_is_the_answer_byte_for_byte() {
    const BODY: &str = " {\"RequestId\" : \"x\",\n\n \"IntelInfo\":\"\", \"esc\": \"\\u001b\"}\t";
    let mock = Mock::json(BODY);
    assert_eq!(
        search_at(&mock, &["a.example", "--raw"]).code(0).stdout,
        BODY
    );
    let two = search_at(&mock, &["a.example", "b.example", "--raw"]).code(0);
    assert_eq!(two.stdout, format!("{BODY}\n{BODY}"));
}

#[test]
fn a_file_is_written_whole_and_its_ending_chooses_the_format() {
    for (name, begins) in [
        ("out.csv", "indicator,type,"),
        ("out.json", "[\n{\"indicator\":\"evil.com\""),
        ("out.ndjson", "{\"indicator\":\"evil.com\""),
        ("out.txt", "evil[.]com  malicious\n"),
    ] {
        let mut run = ti(&["--demo", "kti", "search", "evil.com", "-o", name]);
        let ran = run.ends(0);
        assert_eq!(ran.stdout, "");
        let written = run.read(name);
        assert!(written.starts_with(begins), "{written}");
    }
    let mut run = ti(&words("--demo kti search evil.com -o out.csv --json"));
    run.ends(2).says("json was asked for");
    assert!(!run.path("out.csv").exists());
}

#[test]
fn a_name_that_promises_another_format_is_refused_and_what_is_written_is_said() {
    for name in ["answers.xlsx", "answers.pdf", "answers.tsv"] {
        let mut run = ti(&["--demo", "kti", "search", "evil.com", "-o", name]);
        let ran = run.ends(2);
        ran.says("says no format");
        let mut run = ti(&["--demo", "kti", "search", "evil.com", "--json", "-o", name]);
        let ran = run.ends(0);
        let said = format!("note: written: {name}\n");
        ran.says(&said);
    }
    for name in ["answers.txt", "answers"] {
        let mut run = ti(&["--demo", "-q", "kti", "search", "evil.com", "-o", name]);
        assert_eq!(run.ends(0).stderr, "");
    }
}

#[test]
fn a_file_stays_as_it_was_when_nothing_was_answered() {
    let mock = Mock::start(|_| ti::sandbox::Reply::new(500, "text/plain", ""));
    let mut run = ti(&["kti", "search", "evil.com", "-o", "out.json"])
        .config(&profile(&mock.url()))
        .file("out.json", "old");
    run.ends(6);
    assert_eq!(run.read("out.json"), "old");
    let names = names_in(run.home.path());
    let is_partial = |name: &String| name.contains("partial");
    assert!(!names.iter().any(is_partial), "{names:?}");
}

#[test]
fn a_target_that_cannot_be_written_is_known_before_any_request() {
    for target in ["no/such/folder/out.json", "."] {
        let ran = ti(&["--demo", "kti", "search", "evil.com", "-o", target]).ends(2);
        ran.says("cannot be written");
        ran.never_says("quota");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let ran = ti(&words("--demo kti search evil.com --json -o /dev/full")).ends(1);
    ran.says("cannot write /dev/full");
}

#[test]
fn each_line_comes_as_soon_as_it_is_known() {
    for format in ["--ndjson", "--csv"] {
        let mut run = ti(&["--demo", "-q", "kti", "search", "-", format]);
        let mut child = run
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = || lines.next().unwrap().unwrap();
        // The input stays open: an answer that waited for its end would never come.
        std::io::Write::write_all(&mut stdin, b"evil.com\n8.8.8.8\n").unwrap();
        if format == "--csv" {
            assert!(next().starts_with("indicator,"));
        }
        assert!(next().contains("evil.com"));
        drop(stdin);
        assert!(next().contains("8.8.8.8"));
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let mut run = ti(&["--demo", "kti", "search", "-", "--ndjson"]);
    let mut child = run
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let _ = std::io::Write::write_all(&mut stdin, b"evil.com\n8.8.8.8\nexample.com\n");
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let is_error = |line: &str| line.starts_with("error");
    assert!(!stderr.lines().any(is_error), "{stderr}");
}

/// A gate does not open because nobody reads.
#[test]
fn a_closed_pipe_opens_no_gate() {
    let code = |line: &str| {
        let mut run = ti(&words(line))
            .file("log", "to evil.com\n")
            .file("list", "evil.com\n");
        let old = r#"{"indicator":"nothing.example","status":"not_found","level":null}"#;
        run = run.file("old", old);
        let mut child = run
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        child.wait().unwrap().code()
    };
    for format in ["", " --json", " --ndjson", " --csv", " --format table"] {
        let gate = |line: &str| code(&format!("{line}{format}"));
        let search = "--demo kti search 8.8.8.8 nothing.example evil.com";
        assert_eq!(
            gate(&format!("{search} --fail-on malicious")),
            Some(10),
            "{format}"
        );
        let lookup = "--demo lookup nothing.example evil.com --fail-on malicious";
        assert_eq!(gate(lookup), Some(10), "{format}");
        let same = "--demo kti search nothing.example --changed-since old";
        assert_eq!(gate(same), Some(11), "{format}");
        let nothing = "--demo lookup nothing.example --fail-on malicious";
        assert_eq!(gate(nothing), Some(0), "{format}");
    }
    let mut run = ti(&words("match --iocs list --fail-on-match")).file("list", "evil.com\n");
    let mut child = run
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"to evil.com\n").unwrap();
    // Its stdin stays open.
    assert_eq!(child.wait().unwrap().code(), Some(10));
    for format in ["", " --json", " --csv", " --count"] {
        let line = format!("match --iocs list log --fail-on-match{format}");
        assert_eq!(code(&line), Some(10), "{format}");
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let plain = demo(&["evil.com"]);
    assert!(!plain.contains('\u{1b}'));
    let coloured = demo(&["evil.com", "--color", "always"]);
    assert!(
        coloured.contains("\u{1b}[31m") || coloured.contains("\u{1b}[1m\u{1b}[31m"),
        "{coloured:?}"
    );
    let mut forced =
        ti(&drawn(&["--demo", "kti", "search", "evil.com"])).env("CLICOLOR_FORCE", "1");
    assert!(forced.ends(0).stdout.contains('\u{1b}'));
    let mut never = ti(&drawn(&["--demo", "kti", "search", "evil.com"]))
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1");
    assert!(!never.ends(0).stdout.contains('\u{1b}'));
}

#[test]
fn a_table_keeps_to_the_width_with_chinese_text_too() {
    for columns in [60, 80, 160] {
        let mut run = ti(&drawn(&words(
            "--demo -q kti search 例子.example evil.com 192.0.2.22 --lang zh",
        )))
        .env("COLUMNS", &columns.to_string());
        for line in run.ends(0).stdout.lines() {
            assert!(
                unicode_width::UnicodeWidthStr::width(line) <= columns,
                "{columns}: {line}"
            );
        }
    }
}

#[test]
fn a_locale_without_utf8_gets_ascii_rules() {
    let mut run = ti(&drawn(&words("--demo -q kti search evil.com 8.8.8.8")))
        .env("LC_ALL", "de_DE.ISO-8859-1");
    let ran = run.ends(0);
    assert!(
        ran.stdout.lines().nth(1).unwrap().starts_with("----"),
        "{}",
        ran.stdout
    );
}

/// For `grep` and `cut`: a line a record, whatever the width and however many there are.
#[test]
fn into_a_pipe_a_table_is_lines_with_tabs() {
    for inputs in [&["evil.com"][..], &["evil.com", "8.8.8.8", "login.example"]] {
        let arguments = [&["--demo", "-q", "kti", "search"], inputs].concat();
        let narrow = ti(&arguments).env("COLUMNS", "40").ends(0).stdout;
        let wide = ti(&arguments).env("COLUMNS", "200").ends(0).stdout;
        assert_eq!(narrow, wide);
        assert_eq!(narrow.lines().count(), inputs.len());
        let tabs = |line: &str| line.matches('\t').count();
        let columns = tabs(narrow.lines().next().unwrap());
        assert!(columns > 3 && narrow.lines().all(|line| tabs(line) == columns));
        assert!(narrow.starts_with("evil[.]com\tmalicious\t"), "{narrow}");
    }
    let fields = ["--fields", "level,indicator"];
    let arguments = [&["--demo", "-q", "kti", "search", "evil.com"], &fields[..]].concat();
    assert_eq!(ti(&arguments).ends(0).stdout, "malicious\tevil.com\n");
}

/// Nothing for the next program in the pipe, and a word for whoever reads stderr.
#[test]
fn an_empty_answer_is_no_line_in_a_pipe() {
    let arguments = ["--demo", "kti", "search", "8.8.8.8", "--only", "malicious"];
    let ran = ti(&arguments).ends(0);
    assert_eq!(ran.stdout, "");
    ran.says("note: Nothing to show with --only malicious\n");
}
