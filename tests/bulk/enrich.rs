use crate::support::words;
use std::fs;

use ti::sandbox::Options;

use super::Counting;

#[test]
fn a_csv_gains_columns_and_keeps_every_other_byte() {
    let service = Counting::start(Options::default());
    let rows = b"\xef\xbb\xbfid,host,note\r\n1,evil.com,\"a, \"\"b\"\"\"\r\n2, ,\xff\n\r\n3,evil[.]com,\"two\r\nlines\"\n4,1.2.3,\n5,nope.example,end";
    let mut run = service
        .ti(&words("kti enrich in.csv --column host -o out.csv"))
        .file("in.csv", rows);
    run.ends(8).says("in.csv:7: \"1.2.3\" is refused");
    let evil = "found,malicious,C2|Malware,gangs:Sample Spider|virus_family:SampleRAT|industry:Finance|industry:Energy,evil.com";
    let expected = [
        b"\xef\xbb\xbfid,host,note,ti_status,ti_level,ti_judgments,ti_tags,ti_indicator\r\n1,evil.com,\"a, \"\"b\"\"\",",
        evil.as_bytes(),
        b"\r\n2, ,\xff,,,,,\n\r\n3,evil[.]com,\"two\r\nlines\",",
        evil.as_bytes(),
        b"\n4,1.2.3,,invalid,,,,\n5,nope.example,end,not_found,,,,nope.example",
    ]
    .concat();
    let written = fs::read(run.path("out.csv")).unwrap();
    assert_eq!(
        String::from_utf8_lossy(&written),
        String::from_utf8_lossy(&expected)
    );
    service.answered_once(2);
}

#[test]
fn an_ndjson_gains_fields() {
    let service = Counting::start(Options::default());
    let rows = "{\"src\": {\"ip\":\"10.0.0.1\"}, \"n\": 1.50}\n{\"src\":{}}\nrubbish\n";
    let mut run = service
        .ti(&["kti", "enrich", "-", "--field", ".src.ip"])
        .stdin(rows);
    let ran = run.ends(8);
    assert_eq!(
        ran.stdout,
        "{\"src\": {\"ip\":\"10.0.0.1\"}, \"n\": 1.50,\"ti_status\":\"found\",\"ti_level\":\"info\",\"ti_judgments\":[\"Bogon\"],\"ti_tags\":null,\"ti_indicator\":\"10.0.0.1\"}\n\
         {\"src\":{},\"ti_status\":null,\"ti_level\":null,\"ti_judgments\":null,\"ti_tags\":null,\"ti_indicator\":null}\nrubbish\n"
    );
}

#[test]
fn it_refuses_before_any_request() {
    let service = Counting::start(Options::default());
    for (more, said) in [
        (&["--column", "hots"][..], "did you mean \"host\"?"),
        (&["--column", "host", "--json"], "keep their own format"),
        (&[], "--column"),
    ] {
        let arguments = [&["kti", "enrich", "in.csv"], more].concat();
        let ran = service
            .ti(&arguments)
            .file("in.csv", "host\nevil.com\n")
            .ends(2);
        ran.says(said);
    }
    let mut again = service
        .ti(&["kti", "enrich", "in.csv", "--column", "host"])
        .file("in.csv", "host,ti_level\nevil.com,\n");
    again.ends(2);
    assert_eq!(service.requests(), 0);
}

/// Rows are read faster than they are answered: what waits has a limit in bytes.
#[cfg(target_os = "linux")]
#[test]
fn large_rows_are_not_heaped_up() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    const ROWS: usize = 160;
    let service = Counting::start(Options {
        latency: std::time::Duration::from_millis(5),
        ..Options::default()
    });
    let arguments = ["kti", "enrich", "-", "--column", "host", "-j", "1"];
    let mut run = service.ti(&arguments);
    let mut child = run
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        stdin.write_all(b"host,note\n").unwrap();
        let note = "x".repeat(1 << 20);
        for n in 0..ROWS {
            writeln!(stdin, "{n}.example.net,{note}").unwrap();
        }
        // Still open: the process is there to be looked at.
        stdin
    });
    let mut lines = BufReader::new(child.stdout.take().unwrap()).split(b'\n');
    assert_eq!(lines.by_ref().take(ROWS + 1).count(), ROWS + 1);
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(writer.join().unwrap());
    assert!(child.wait().unwrap().success());
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak: u32 = peak
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    assert!(peak < 96 << 10, "{peak} kB at the peak");
}

/// A file, how it is read, the exit code, what comes out and what is said.
#[track_caller]
fn enriched(name: &str, file: &[u8], more: &[&str], code: i32, rows: &[&str], said: &[&str]) {
    let service = Counting::start(Options::default());
    let arguments = [&["kti", "enrich", name, "-o", "out"], more].concat();
    let mut run = service.ti(&arguments).file(name, file);
    let ran = run.ends(code);
    for said in said {
        ran.says(said);
    }
    let written = fs::read(run.path("out")).unwrap_or_default();
    let written = String::from_utf8_lossy(&written).into_owned();
    assert_eq!(
        written.split_inclusive('\n').collect::<Vec<_>>(),
        rows,
        "{}",
        ran.stderr
    );
}

const NEW: &str = "ti_status,ti_level,ti_judgments,ti_tags,ti_indicator";
const NOT_FOUND: &str = "not_found,,,,a.example";

#[test]
fn every_csv_that_people_have_is_read() {
    let header = |line: &str| format!("{line},{NEW}\n");
    let row = |line: &str| format!("{line},{NOT_FOUND}\n");
    // Padded; passed on unchanged and told; empty in many words.
    enriched(
        "in.csv",
        b"id,host,note\n1,a.example\n2,a.example,x,y\n3,-,\n4,N/A,\n5,(empty),\n6,null,\n",
        &["--column", "host"],
        8,
        &[
            &header("id,host,note"),
            &row("1,a.example,"),
            "2,a.example,x,y\n",
            "3,-,,,,,,\n",
            "4,N/A,,,,,,\n",
            "5,(empty),,,,,,\n",
            "6,null,,,,,,\n",
        ],
        &[
            "in.csv:3: the line is refused: the row has more cells than the header",
            "6 rows: 1 asked + 0 cached + 4 empty + 1 failed",
        ],
    );
    // A quote that never closes spoils one row.
    enriched(
        "in.csv",
        b"host\na.example\n\"a.example\na.example\n",
        &["--column", "host"],
        8,
        &[
            &header("host"),
            &row("a.example"),
            "\"a.example\n",
            &row("a.example"),
        ],
        &[
            "in.csv:3: the line is refused: a quote opens there that never closes",
            "3 rows: 2 asked + 0 cached + 0 empty + 1 failed",
        ],
    );
    let semicolons = NEW.replace(',', ";");
    for (file, more) in [
        (&b"id;host\n1;a.example\n"[..], &[][..]),
        (b"id;host\n1;a.example\n", &["--delimiter", ";"]),
    ] {
        enriched(
            "in.csv",
            file,
            &[&["--column", "host"], more].concat(),
            0,
            &[
                &format!("id;host;{semicolons}\n"),
                "1;a.example;not_found;;;;a.example\n",
            ],
            &[],
        );
    }
    enriched(
        "in.csv",
        b"sep=;\nid;host\n1;a.example\n",
        &["--column", "host"],
        0,
        &[
            "sep=;\n",
            &format!("id;host;{semicolons}\n"),
            "1;a.example;not_found;;;;a.example\n",
        ],
        &[],
    );
    enriched(
        "in.tsv",
        b"id\thost\r\n1\ta.example\r\n",
        &["--column", "host"],
        0,
        &[
            &format!("id\thost\t{}\r\n", NEW.replace(',', "\t")),
            "1\ta.example\tnot_found\t\t\t\ta.example\r\n",
        ],
        &[],
    );
    // An old Mac's line ends.
    enriched(
        "in.csv",
        b"host\ra.example\r",
        &["--column", "host"],
        0,
        &[&format!("host,{NEW}\ra.example,{NOT_FOUND}\r")],
        &[],
    );
    enriched(
        "in.csv",
        b"host,host\nx,a.example\n",
        &["--column", "host#2", "--bom"],
        0,
        &[
            &format!("\u{feff}{}", header("host,host")),
            &row("x,a.example"),
        ],
        &[],
    );
    enriched(
        "in.csv",
        b"host,host\nx,a.example\n",
        &["--column", "host"],
        2,
        &[],
        &["2 columns \"host\"", "--column host#1"],
    );
    // Whatever is written for nothing is nothing, and no failure.
    let nothing = ["—", "?", "#N/A", "\\N", "<null>", "None", "无", "..."];
    let mut file = "host\na.example\n".to_string();
    let mut rows = vec![header("host"), row("a.example")];
    for word in nothing {
        file += &format!("{word}\n");
        rows.push(format!("{word},,,,,\n"));
    }
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    enriched(
        "in.csv",
        file.as_bytes(),
        &["--column", "host"],
        0,
        &rows,
        &["9 rows: 1 asked + 0 cached + 8 empty + 0 failed"],
    );
}

#[test]
fn a_file_in_another_encoding_keeps_it() {
    let file = b"host,\xb1\xb8\xd7\xa2\na.example,\xb6\xf1\xd2\xe2\n";
    let service = Counting::start(Options::default());
    let arguments = words("kti enrich in.csv --column \u{5907}\u{6ce8} --encoding gbk -o out");
    let mut run = service.ti(&arguments).file("in.csv", file);
    run.ends(2).says("\"恶意\" is refused");
    let arguments = words("kti enrich in.csv --column host --encoding gbk -o out");
    let mut run = service.ti(&arguments).file("in.csv", file);
    run.ends(0);
    let expected = [
        &b"host,\xb1\xb8\xd7\xa2,"[..],
        NEW.as_bytes(),
        b"\na.example,\xb6\xf1\xd2\xe2,",
        NOT_FOUND.as_bytes(),
        b"\n",
    ]
    .concat();
    assert_eq!(fs::read(run.path("out")).unwrap(), expected);
    for (label, bytes) in [
        (
            "shift_jis",
            &b"host,\x94\xf5\x8dl\na.example,\x88\xab\x88\xd3\n"[..],
        ),
        ("big5", b"host,\xb3\xc6\xb5\xf9\na.example,\xb4c\xb7N\n"),
        ("latin1", b"host,d\xe9j\xe0\na.example,\xe9t\xe9\n"),
    ] {
        let arguments = [
            "kti",
            "enrich",
            "in.csv",
            "--column",
            "host",
            "--encoding",
            label,
            "-o",
            "out",
        ];
        let mut run = service.ti(&arguments).file("in.csv", bytes);
        run.ends(0);
        let written = fs::read(run.path("out")).unwrap();
        let kept = |line: &[u8]| {
            bytes
                .split(|byte| *byte == b'\n')
                .any(|row| !row.is_empty() && line.starts_with(row))
        };
        let lines: Vec<_> = written
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .collect();
        assert!(
            lines.len() == 2 && lines.iter().all(|line| kept(line)),
            "{label}"
        );
    }
    // UTF-16 is told by its mark and comes out as UTF-8.
    let utf16: Vec<u8> = "\u{feff}host,备注\r\na.example,x\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    enriched(
        "in.csv",
        &utf16,
        &["--column", "host"],
        0,
        &[
            &format!("host,备注,{NEW}\r\n"),
            &format!("a.example,x,{NOT_FOUND}\r\n"),
        ],
        &[],
    );
}

#[test]
fn a_field_is_found_where_jq_finds_it() {
    let added = |line: &str| {
        format!(
            "{},\"ti_status\":\"not_found\",\"ti_level\":null,\"ti_judgments\":null,\"ti_tags\":null,\"ti_indicator\":\"a.example\"}}\n",
            line.strip_suffix('}').unwrap()
        )
    };
    for (path, line) in [
        (".\"id.resp_h\"", "{\"id.resp_h\":\"a.example\"}"),
        (
            ".answers[0].data",
            "{\"answers\":[{\"data\":\"a.example\"}]}",
        ),
        (
            ".answers[-1].data",
            "{\"answers\":[1,{\"data\":\"a.example\"}]}",
        ),
        (".h", "{\"n\":1e400,\"s\":\"\\ud800\",\"h\":\"a.example\"}"),
        (".h", "\u{feff}{\"h\":\"a.example\"}"),
    ] {
        enriched(
            "in.ndjson",
            format!("{line}\n").as_bytes(),
            &["--field", path],
            0,
            &[&added(line)],
            &[],
        );
    }
    for path in [".h[", ".h[]", ".h?", "$.h", ".h|.x", ".h .x", ". h"] {
        enriched(
            "in.ndjson",
            b"{\"h\":\"a.example\"}\n",
            &["--field", path],
            2,
            &[],
            &["as in jq"],
        );
    }
    let none = "{\"id.resp_h\":\"a.example\",\"ti_status\":null,\"ti_level\":null,\"ti_judgments\":null,\"ti_tags\":null,\"ti_indicator\":null}\n";
    enriched(
        "in.ndjson",
        b"{\"id.resp_h\":\"a.example\"}\n{\"id.resp_h\":\"a.example\"}\n",
        &["--field", ".id.resp_h"],
        2,
        &[none, none],
        &[
            "no row of in.ndjson has a field .id.resp_h",
            "did you mean .\"id.resp_h\"?",
            "2 rows: 0 asked + 0 cached + 2 empty + 0 failed",
        ],
    );
}

#[test]
fn rows_keep_their_format() {
    let service = Counting::start(Options::default());
    for (name, flag, value, out) in [
        ("in.csv", "--column", "host", "out.json"),
        ("in.csv", "--column", "host", "out.ndjson"),
        ("in.ndjson", "--field", ".host", "out.csv"),
        ("in.ndjson", "--field", ".host", "out.png"),
    ] {
        let arguments = ["kti", "enrich", name, flag, value, "-o", out];
        let ran = service
            .ti(&arguments)
            .file(name, "host\nevil.com\n")
            .ends(2);
        ran.says("keep their own format");
    }
    assert_eq!(service.requests(), 0);
}
