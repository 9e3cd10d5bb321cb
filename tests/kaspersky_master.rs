//! `ioc` and `yara`: every form of the answer, every form of the output.

use std::process::Command;

use ti::sandbox::Reply;

use crate::support::portal::{HEADER, asking, base64, gzip, master, sandbox};
use crate::support::{Mock, ti};

fn serving(answer: String) -> Mock {
    Mock::start(move |_| Reply::new(200, "application/json", answer.clone()))
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
    let expected = "id,publication,indicator,detection_date,type\r\n\
                    1,\"A, 'b'\",evil.example,2026-01-02,networkActivity\r\n\
                    2,B,0123456789abcdef0123456789abcdef,2026-03-04,md5Hash\r\n\
                    3,'=C(),192.0.2.1,2026-05-06,networkActivity\r\n\
                    4,D,C:\\x.exe,2026-05-07,filePath\r\n";
    for answer in answers {
        let mock = serving(answer.clone());
        let ran = asking(&mock, &["kaspersky", "ioc", "--csv"]).run().code(0);
        assert_eq!(ran.stdout, expected, "{answer}");
        assert_eq!(mock.received()[0].query, "report_group=all");
    }
}

#[test]
fn the_formats_say_the_same() {
    let mock = rows(ROWS);
    let run = |arguments: &[&str]| {
        asking(&mock, &[&["kaspersky", "ioc"], arguments].concat())
            .run()
            .code(0)
            .stdout
    };
    let lines = run(&["--ndjson"]);
    assert_eq!(
        lines.lines().next(),
        Some(
            r#"{"id":"1","publication":"A, 'b'","indicator":"evil.example","detection_date":"2026-01-02","type":"networkActivity"}"#
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
        Some("evil.example,networkActivity")
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
    let ran = asking(&mock, &["kaspersky", "ioc"]).run().code(0);
    assert!(ran.stdout.contains("h99[.]example") && !ran.stdout.contains("h100[.]example"));
    assert!(
        ran.stdout.contains("the first 100 of 250 rows"),
        "{}",
        ran.stdout
    );
}

#[test]
fn filters_leave_what_was_asked_for() {
    let mock = rows(ROWS);
    for (arguments, ids) in [
        (vec!["--type", "domain"], vec!["1"]),
        (vec!["--type", "ip,md5"], vec!["2", "3"]),
        (vec!["--type", "other"], vec!["4"]),
        (vec!["--since", "2026-03-04"], vec!["2", "3", "4"]),
        (vec!["--grep", "EVIL[.]example"], vec!["1"]),
        (vec!["--grep", "nothing"], vec![]),
    ] {
        let all = [
            &["kaspersky", "ioc", "--csv", "--fields", "id"],
            &arguments[..],
        ]
        .concat();
        let ran = asking(&mock, &all).run().code(0);
        let found: Vec<_> = ran.stdout.lines().skip(1).collect();
        assert_eq!(found, ids, "{arguments:?}");
    }
    let (_server, config) = sandbox(&[]);
    let all = ti(&["kaspersky", "ioc", "--csv"])
        .config(&config)
        .run()
        .code(0)
        .stdout;
    let fin = ti(&["kaspersky", "ioc", "--csv", "--group", "fin"])
        .config(&config)
        .run()
        .code(0)
        .stdout;
    assert!(fin.lines().count() > 1 && fin.lines().count() < all.lines().count());
    ti(&["kaspersky", "ioc", "--raw", "--grep", "x"])
        .config(&config)
        .run()
        .code(2);
}

#[test]
fn unreadable_rows_are_counted_and_the_others_kept() {
    let mock = rows(
        "1,T,a.example,2026-01-02,x\n2,short\n3,T,b.example,2026-01-02,x\n4,'open,c,2026-01-02,x\n",
    );
    let mut ti = asking(&mock, &["-v", "kaspersky", "ioc", "-o", "out.csv"]);
    let ran = ti.run().code(8);
    assert!(
        ran.stderr
            .contains("error: 2 lines of the Master IOC cannot be read"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("line 3: it has too few cells"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("line 5: a quote is opened and not closed"),
        "{}",
        ran.stderr
    );
    let written = std::fs::read_to_string(ti.path("out.csv")).unwrap();
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
            ti.run().code(6);
            assert!(!ti.path("f").exists());
        }
    }
    let header = base64(HEADER);
    let mock = serving(format!(
        r#"{{"status":"ok","return_data":{{"master_ioc":"{header}"}}}}"#
    ));
    asking(&mock, &["kaspersky", "ioc", "--raw"]).run().code(6);
    let mock = serving(master("master_yara", "import \"pe\"\n// none\n"));
    asking(&mock, &["kaspersky", "yara"]).run().code(6);
    let mock = serving(r#"{"status":"error","status_msg":"No licence","return_data":null}"#.into());
    let ran = asking(&mock, &["kaspersky", "yara"]).run().code(6);
    assert!(ran.stderr.contains("No licence"), "{}", ran.stderr);
}

#[test]
fn rules_come_byte_for_byte() {
    let rules =
        "\u{feff}import \"pe\"\r\n\r\nrule A { condition: true }\r\n// \u{1b}[31m\u{202e} é\n\n";
    let mock = serving(master("master_yara", rules));
    assert_eq!(
        asking(&mock, &["kaspersky", "yara"]).run().code(0).stdout,
        rules
    );
    let mut to_file = asking(&mock, &["kaspersky", "yara", "-o", "rules.json"]);
    assert_eq!(to_file.run().code(0).stdout, "");
    assert_eq!(
        std::fs::read_to_string(to_file.path("rules.json")).unwrap(),
        rules
    );
    assert_eq!(mock.received()[0].path, "/api/publications/get_master_yara");
    asking(&mock, &["kaspersky", "yara", "--json"])
        .run()
        .code(2);
}

#[test]
fn yara_compiles_the_rules_of_the_sandbox() {
    if Command::new("yara").arg("--version").output().is_err() {
        eprintln!("SKIPPED: yara is not installed, so the sandbox's rules were NOT compiled");
        return;
    }
    let mut ti = ti(&["-q", "--demo", "kaspersky", "yara", "-o", "rules.yar"]);
    ti.run().code(0);
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
