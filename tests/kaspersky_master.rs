//! `ioc` and `yara`: every form of the answer, every form of the output.

use std::process::Command;

use ti::sandbox::Reply;

use crate::support::portal::{HEADER, asking, base64, gzip, master, sandbox};
use crate::support::{Mock, has_tool, ti};

fn serving(answer: String) -> Mock {
    Mock::start(move |_| Reply::json(200, answer.clone()))
}

fn rows(rows: &str) -> Mock {
    serving(master("master_ioc", &format!("{HEADER}{rows}")))
}

const ROWS: &str = "1,'A, ''b''',evil.example,2026-01-02,networkActivity\n\n\
                    2,B,0123456789abcdef0123456789abcdef,2026-03-04,md5Hash\n\
                    3,=C(),192.0.2.1,2026-05-06,networkActivity\n\
                    4,D,C:\\x.exe,2026-05-07,filePath\n";

#[test]
fn every_wrapping_of_the_content_gives_the_same_rows() {
    let csv = format!("\u{feff}{HEADER}{ROWS}");
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let packed = base64(gzip(csv.as_bytes()));
    let inner = format!(r#"{{"master_ioc":"{packed}"}}"#);
    let answers = [
        format!(r#"{{"status":"ok","status_msg":"","return_data":{inner}}}"#),
        format!(
            r#"{{"return_data":{{"x":1,"master_ioc":"{packed}","y":[]}},"z":{{}},"status":"OK"}}"#
        ),
        format!(r#"{{"status":"ok","return_data":{}}}"#, json(&inner)),
        format!(r#"{{"status":"ok","return_data":"{packed}"}}"#),
        format!(
            r#"{{"status":"ok","return_data":{{"master_ioc":"{}"}}}}"#,
            base64(&csv)
        ),
        format!(
            r#"{{"status":"ok","return_data":{{"master_ioc":{}}}}}"#,
            json(&csv)
        ),
    ];
    let expected = "id,publication,indicator,detection_date,type,type_as_sent\r\n\
                    1,\"A, 'b'\",evil.example,2026-01-02,domain,networkActivity\r\n\
                    2,B,0123456789abcdef0123456789abcdef,2026-03-04,md5,md5Hash\r\n\
                    3,'=C(),192.0.2.1,2026-05-06,ip,networkActivity\r\n\
                    4,D,C:\\x.exe,2026-05-07,file,filePath\r\n";
    for answer in answers {
        let mock = serving(answer.clone());
        let ran = asking(&mock, &["kaspersky", "ioc", "--csv"]).ends(0);
        assert_eq!(ran.stdout, expected, "{answer}");
        assert_eq!(mock.received()[0].query, "report_group=all");
    }
}

#[test]
fn the_formats_say_the_same() {
    let mock = rows(ROWS);
    let run = |arguments: &[&str]| {
        asking(&mock, &[&["kaspersky", "ioc"], arguments].concat())
            .ends(0)
            .stdout
    };
    let lines = run(&["--ndjson"]);
    assert_eq!(
        lines.lines().next(),
        Some(
            r#"{"id":"1","publication":"A, 'b'","indicator":"evil.example","detection_date":"2026-01-02","type":"domain","type_as_sent":"networkActivity"}"#
        )
    );
    let array: Vec<serde_json::Value> = serde_json::from_str(&run(&["--json"])).unwrap();
    let each: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(array, each);
    assert_eq!(run(&["--raw"]), format!("{HEADER}{ROWS}"));
    assert_eq!(
        run(&["--csv", "--fields", "indicator,type"]).lines().nth(1),
        Some("evil.example,domain")
    );
    assert_eq!(
        run(&["--ndjson", "--fields", "id"]).lines().nth(1),
        Some(r#"{"id":"2"}"#)
    );
    let table = run(&[]);
    assert!(
        table.contains("evil[.]example") && table.contains("domain"),
        "{table}"
    );
}

#[test]
fn a_table_shows_the_first_hundred_and_says_so() {
    let many: String = (0..250)
        .map(|id| format!("{id},T,h{id}.example,2026-01-02,networkActivity\n"))
        .collect();
    let mock = rows(&many);
    let ran = asking(&mock, &["kaspersky", "ioc"]).ends(0);
    ran.shows("h99[.]example");
    ran.never_shows("h100[.]example");
    ran.shows("the first 100 of 250 rows");
}

#[test]
fn filters_leave_what_was_asked_for() {
    let mock = rows(ROWS);
    for (arguments, ids) in [
        (vec!["--type", "domain"], vec!["1"]),
        (vec!["--type", "ip,md5"], vec!["2", "3"]),
        (vec!["--type", "file"], vec!["4"]),
        (vec!["--type", "other"], vec![]),
        (vec!["--since", "2026-03-04"], vec!["2", "3", "4"]),
        (vec!["--grep", "EVIL[.]example"], vec!["1"]),
        (vec!["--grep", "nothing"], vec![]),
        (vec!["--grep", "192.0.2."], vec!["3"]),
        (vec!["--indicator", "192.0.2."], vec![]),
        (vec!["--indicator", "192[.]0.2.1"], vec!["3"]),
        (
            vec!["--indicator", "0123456789ABCDEF0123456789ABCDEF"],
            vec!["2"],
        ),
        (vec!["--indicator", "C:\\x.exe"], vec!["4"]),
    ] {
        let all = [
            &["kaspersky", "ioc", "--csv", "--fields", "id"],
            &arguments[..],
        ]
        .concat();
        let ran = asking(&mock, &all).ends(0);
        let found: Vec<_> = ran.stdout.lines().skip(1).collect();
        assert_eq!(found, ids, "{arguments:?}");
    }
    let (_server, config) = sandbox(&[]);
    let all = ti(&["kaspersky", "ioc", "--csv"])
        .config(&config)
        .ends(0)
        .stdout;
    let fin = ti(&["kaspersky", "ioc", "--csv", "--group", "fin"])
        .config(&config)
        .ends(0)
        .stdout;
    assert!(fin.lines().count() > 1 && fin.lines().count() < all.lines().count());
    ti(&["kaspersky", "ioc", "--raw", "--grep", "x"])
        .config(&config)
        .ends(2);
}

/// What changed is not to be believed: a list of titles for a scanner is worse than the old file.
#[test]
fn a_changed_file_does_not_take_the_good_ones_place() {
    let many = |row: &dyn Fn(usize) -> String| (0..30).map(row).collect::<String>();
    let inserted =
        many(&|n| format!("{n},Report {n},high,h{n}.example,2026-01-02,networkActivity\n"));
    let swapped = many(&|n| format!("{n},h{n}.example,Report {n},2026-01-02,networkActivity\n"));
    let good = many(&|n| format!("{n},'Report {n}',h{n}.example,2026-01-02,networkActivity\n"));
    let severity = "Id,Publication,Severity,Indicator,DetectionDate,IndicatorType\n";
    let indicator_first = "Id,Indicator,Publication,DetectionDate,IndicatorType\n";
    let with_actor = "Id,Publication,Indicator,DetectionDate,IndicatorType,Actor\n";
    for (what, header, rows, code) in [
        ("inserted, unknown", "a,b,c,d,e,f\n", inserted.clone(), 6),
        (
            "inserted, under the old header",
            HEADER,
            inserted.clone(),
            6,
        ),
        ("inserted, without a header", "", inserted.clone(), 6),
        ("inserted, and the header says so", severity, inserted, 0),
        ("swapped", HEADER, swapped.clone(), 6),
        (
            "swapped, and the header says so",
            indicator_first,
            swapped,
            0,
        ),
        (
            "type and date swapped",
            HEADER,
            many(&|n| format!("{n},R,h{n}.example,networkActivity,2026-01-02\n")),
            6,
        ),
        (
            "type and indicator swapped",
            HEADER,
            many(&|n| format!("{n},R,networkActivity,2026-01-02,h{n}.example\n")),
            6,
        ),
        (
            "type and title swapped",
            HEADER,
            many(&|n| format!("{n},networkActivity,h{n}.example,2026-01-02,Report {n}\n")),
            6,
        ),
        (
            "double quotes",
            HEADER,
            many(&|n| {
                format!("{n},\"Report {n}\",\"h{n}.example\",\"2026-01-02\",\"networkActivity\"\n")
            }),
            6,
        ),
        (
            "double quotes around titles",
            HEADER,
            many(&|n| format!("{n},\"Report {n}\",h{n}.example,2026-01-02,networkActivity\n")),
            6,
        ),
        (
            "hashes that are none",
            HEADER,
            many(&|n| format!("{n},R,{n}{n}{n},2026-01-02,sha256Hash\n")),
            6,
        ),
        (
            "one row of it",
            HEADER,
            "0,Report 0,high,2026-01-02,networkActivity\n".to_string(),
            6,
        ),
        (
            "titles in the indicator's place, of types that nobody knows",
            "",
            many(&|n| format!("{n},h{n}.example,Report {n},2026-01-02,high\n")),
            6,
        ),
        (
            "commas in titles without quotes",
            HEADER,
            good.clone()
                + &many(&|n| format!("{n},A, B,h{n}.example,2026-01-02,networkActivity\n")),
            6,
        ),
        (
            "other lines from somewhere on",
            HEADER,
            good.clone() + &many(&|n| format!("{n};x\n")),
            6,
        ),
        (
            "a sixth column that some rows have",
            with_actor,
            many(&|n| match n % 2 {
                0 => format!("{n},R,h{n}.example,2026-01-02,networkActivity,A\n"),
                _ => format!("{n},R,h{n}.example,2026-01-02,networkActivity\n"),
            }),
            0,
        ),
        (
            "one row in thirty is odd",
            HEADER,
            good.clone() + "0,R,what is this,2026-01-02,networkActivity\n",
            0,
        ),
        ("two headers", HEADER, format!("{good}{HEADER}{good}"), 0),
    ] {
        let csv = format!("{header}{rows}");
        for format in ["out.csv", "out.ndjson", "out.json"] {
            let mock = serving(master("master_ioc", &csv));
            let old = format!("{}\n", "old".repeat(900));
            let arguments = ["kaspersky", "ioc", "-o", format, "--max-shrink", "100"];
            let mut ti = asking(&mock, &arguments).file(format, &old);
            let ran = ti.run();
            assert_eq!(ran.code, code, "{what}: {}", ran.stderr);
            let written = ti.read(format);
            assert_eq!(written == old, code == 6, "{what}: {written}");
            if code == 0 {
                assert!(written.contains("h29.example"), "{what}: {written}");
                assert!(!written.contains("Publication"), "{what}: {written}");
                assert!(!written.contains("high"), "{what}: {written}");
            }
        }
    }
}

#[test]
fn unreadable_rows_are_counted_and_the_others_kept() {
    let mock = rows(
        "1,T,a.example,2026-01-02,x\n2,short\n3,T,b.example,2026-01-02,x\n4,'open,c,2026-01-02,x\n",
    );
    let mut ti = asking(&mock, &["-v", "kaspersky", "ioc", "-o", "out.csv"]);
    let ran = ti.ends(8);
    ran.says("error: 2 lines of the Master IOC cannot be read");
    ran.says("line 3: it has too few cells");
    ran.says("line 5: a quote is opened and not closed");
    let written = ti.read("out.csv");
    assert_eq!(written.lines().count(), 3, "{written}");
}

#[test]
fn a_file_without_content_is_unusable() {
    for content in ["", HEADER, "<html></html>\n", "a;b;c\n"] {
        for format in ["--csv", "--raw"] {
            let mock = serving(master("master_ioc", content));
            let mut ti = asking(&mock, &["kaspersky", "ioc", format, "-o", "f"]);
            // The service's own bytes are not looked into further than for two lines.
            if format == "--raw" && content.lines().count() > 1 {
                continue;
            }
            ti.ends(6);
            assert!(!ti.path("f").exists());
        }
    }
    let header = base64(HEADER);
    let mock = serving(format!(
        r#"{{"status":"ok","return_data":{{"master_ioc":"{header}"}}}}"#
    ));
    asking(&mock, &["kaspersky", "ioc", "--raw"]).ends(6);
    let mock = serving(master("master_yara", "import \"pe\"\n// none\n"));
    asking(&mock, &["kaspersky", "yara"]).ends(6);
    let mock = serving(r#"{"status":"error","status_msg":"No licence","return_data":null}"#.into());
    let ran = asking(&mock, &["kaspersky", "yara"]).ends(6);
    ran.says("No licence");
}

#[test]
fn rules_come_byte_for_byte() {
    let rules =
        "\u{feff}import \"pe\"\r\n\r\nrule A { condition: true }\r\n// \u{1b}[31m\u{202e} é\n\n";
    let mock = serving(master("master_yara", rules));
    assert_eq!(asking(&mock, &["kaspersky", "yara"]).ends(0).stdout, rules);
    let mut to_file = asking(&mock, &["kaspersky", "yara", "-o", "rules.json"]);
    assert_eq!(to_file.ends(0).stdout, "");
    assert_eq!(to_file.read("rules.json"), rules);
    assert_eq!(mock.received()[0].path, "/api/publications/get_master_yara");
    let ran = asking(&mock, &["kaspersky", "yara"]).run();
    let warning = "warning: the Master YARA begins with a byte-order mark, which yara refuses";
    ran.says(warning);
    asking(&mock, &["kaspersky", "yara", "--json"]).ends(2);
}

#[test]
fn yara_compiles_the_rules_of_the_sandbox() {
    if !has_tool("yara", "whether the sandbox's rules can be compiled") {
        return;
    }
    let mut ti = ti(&["-q", "--demo", "kaspersky", "yara", "-o", "rules.yar"]);
    ti.ends(0);
    let path = ti.path("rules.yar");
    let ran = Command::new("yara").args([&path, &path]).output().unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let matched = String::from_utf8_lossy(&ran.stdout).lines().count();
    assert_eq!(matched, 4);
}

fn packed(member: &str, content: &[u8]) -> String {
    let wrapped = base64(gzip(content));
    format!(r#"{{"status":"ok","return_data":{{"{member}":"{wrapped}"}}}}"#)
}

/// What is whole but odd stops a file, and `--raw` is the way past that.
#[test]
fn a_byte_in_another_encoding_is_said_by_its_line_and_raw_passes_it_on() {
    let rules = b"rule a { condition: true }\n\n// caf\xe9\nrule b { condition: true }\n";
    let prose = b"Private information: nothing here.\n";
    for (content, said) in [
        (&rules[..], "line 3 of the file is not UTF-8"),
        (prose, "the Master YARA has no rules"),
    ] {
        let mock = serving(packed("master_yara", content));
        let mut ti = asking(&mock, &["kaspersky", "yara", "-o", "r.yar"]).file("r.yar", "old");
        ti.ends(6).says(said);
        assert_eq!(ti.read("r.yar"), "old");
        ti.command().arg("--raw");
        ti.ends(0);
        assert_eq!(std::fs::read(ti.path("r.yar")).unwrap(), content);
    }
    // The odd byte costs its row, and in what is passed on nothing.
    let csv = format!("{HEADER}{ROWS}").into_bytes();
    let csv = [&csv[..], b"9,T,caf\xe9,2026-01-02,networkActivity\n"].concat();
    let mock = serving(packed("master_ioc", &csv));
    asking(&mock, &["kaspersky", "ioc", "--csv"]).ends(8);
    let mut ti = asking(&mock, &["kaspersky", "ioc", "--raw", "-o", "raw.bytes"]);
    ti.ends(0);
    assert_eq!(std::fs::read(ti.path("raw.bytes")).unwrap(), csv);
    // What is not whole is passed on by nobody.
    let mut broken = gzip(rules);
    broken.truncate(broken.len() - 9);
    let answer = format!(
        r#"{{"status":"ok","return_data":{{"master_yara":"{}"}}}}"#,
        base64(broken)
    );
    let mock = serving(answer);
    let mut ti = asking(&mock, &["kaspersky", "yara", "--raw", "-o", "r.yar"]).file("r.yar", "old");
    ti.ends(6);
    assert_eq!(ti.read("r.yar"), "old");
}

/// What yara itself takes is taken, and has rules where yara finds some.
#[test]
fn rules_are_judged_as_yara_does() {
    if !has_tool("yara", "whether rules are told as yara tells them") {
        return;
    }
    for (source, has_rules) in [
        ("rule A { condition: true }\n", true),
        (
            "// first\nprivate\nglobal rule\n  A\n{ condition: true }\nrule B { condition: true }",
            true,
        ),
        (
            "/* rule X { condition: true } */ rule A : one two { condition: true }",
            true,
        ),
        (
            "import \"pe\"\nrule // of what\nA { condition: true }",
            true,
        ),
        ("/*/ */rule/**/A{condition:true}", true),
        ("import \"pe\"\n// rule A { condition: true }\n", false),
        ("/* rule A { condition: true }\n*/\n", false),
    ] {
        let mock = serving(master("master_yara", source));
        let mut ti = asking(&mock, &["kaspersky", "yara", "-o", "r.yar"]);
        let code = ti.run().code;
        assert_eq!(code, if has_rules { 0 } else { 6 }, "{source}");
        let home = ti.home.path();
        let (rules, file) = (home.join("rules.yar"), home.join("file"));
        std::fs::write(&rules, source).unwrap();
        std::fs::write(&file, "x").unwrap();
        let yara = Command::new("yara")
            .arg("-w")
            .args([&rules, &file])
            .output()
            .unwrap();
        assert!(yara.status.success(), "{source}: {yara:?}");
        assert_eq!(!yara.stdout.is_empty(), has_rules, "{source}");
    }
}
