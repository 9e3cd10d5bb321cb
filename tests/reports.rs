//! Reports: `-o case.html` and `-o case.md`.

use std::fs;
use std::process::Command;

use ti::sandbox::Reply;

use crate::support::portal::asking;
use crate::support::{Mock, Ti, has_tool, ti, words};

const CASE: [&str; 6] = [
    "evil.com",
    "login.example",
    "8.8.8.8",
    "nothing.example",
    "10.0.0.0/8",
    "elsewhere.example",
];

/// What a run wrote, with what differs from run to run named.
fn report(run: &mut Ti, file: &str, code: i32) -> String {
    run.ends(code);
    let text = run.read(file);
    let place = text.find("127.0.0.1:").map(|at| at + 10);
    let text = match place {
        Some(at) => {
            let port: String = text[at..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            text.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:PORT")
        }
        None => text,
    };
    let dates = regex_lite::Regex::new(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\dZ| UTC)").unwrap();
    dates.replace_all(&text, "DATE").into_owned()
}

fn demo(file: &str, arguments: &[&str]) -> Ti {
    ti(&[&["--demo", "-q", "-o", file], arguments].concat())
}

#[test]
fn a_case_in_markdown() {
    let search = [&["kti", "search"], &CASE[..]].concat();
    insta::assert_snapshot!(report(&mut demo("case.md", &search), "case.md", 8));
    let lookup = [
        "lookup",
        "evil.com",
        "192.168.0.238",
        "--title",
        "Case 7",
        "--lang",
        "zh",
    ];
    insta::assert_snapshot!(report(&mut demo("case.md", &lookup), "case.md", 0));
    let id = "0b5cf2f2-5a11-4e0c-9a3e-000000000001";
    insta::assert_snapshot!(report(
        &mut demo("case.md", &["kaspersky", "get", id]),
        "case.md",
        0
    ));
}

#[test]
fn a_case_as_a_page() {
    let search = [
        &["kti", "search"],
        &CASE[..],
        &["--title", "<Case> & \"7\""],
    ]
    .concat();
    let page = report(&mut demo("case.html", &search), "case.html", 8);
    let body = page.split_once("</style>").unwrap().1;
    insta::assert_snapshot!(body);
    for outside in [
        "<script", "<link", "<img", "src=", "href=", "url(", "@import",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// Whatever a service sends is text.
#[test]
fn hostile_text_is_text() {
    let hostile = "</dd><script>alert(1)</script>|`[x](http://evil.com)`\\u001b[2J\\u202e www.evil.com a@evil.com";
    let answer = format!(
        r#"{{"IntelInfo":{{"Type":"domain","RetCode":0,"Domain":{{"Domain":"evil.com","Judgments":["{hostile}"],"Tags":[{{"Type":"{hostile}","Tags":["{hostile}"]}}],"CurWhois":{{"RegistrarName":"{hostile}"}},"{hostile}":"{hostile}"}}}}}}"#
    );
    let run = |file: &str| {
        let mock = Mock::json(answer.clone());
        let mut run = ti(&[
            "kti", "search", "evil.com", "-q", "--title", "# | <b>", "-o", file,
        ])
        .kti(&mock.url());
        report(&mut run, file, 0)
    };
    let page = run("case.html");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    for forbidden in ["<script", "<b># |", "\u{1b}", "\u{202e}"] {
        assert!(!page.contains(forbidden), "{page}");
    }
    let text = run("case.md").replace("\\]", "~");
    assert!(text.starts_with("# \\# &#124; &lt;b&gt;\n"), "{text}");
    for forbidden in [
        "<", "`", "|", "](", "://", "www.", "@e", "\u{1b}", "\u{202e}",
    ] {
        assert!(!text.contains(forbidden), "{forbidden}: {text}");
    }
}

/// Nothing that is asked about is left in a form that a click opens.
#[test]
fn indicators_are_disguised_wherever_they_stand() {
    for file in ["case.md", "case.html"] {
        let lookup = ["lookup", "evil.com", "8.8.8.8", "--source", "kti"];
        let text = report(&mut demo(file, &lookup), file, 0);
        for name in ["evil.com", "8.8.8.8"] {
            assert!(!text.contains(name), "{text}");
        }
        assert!(text.contains("ti kti search evil"), "{text}");
    }
}

/// A report says when it is not whole, and when nothing was found.
#[test]
fn a_report_says_what_it_has_not() {
    let mut run = demo(
        "case.md",
        &["kti", "search", "nothing.example", "--only", "found"],
    );
    let text = report(&mut run, "case.md", 0);
    assert!(
        text.contains("\nNothing to show with --only found\n"),
        "{text}"
    );
    let search = ["kti", "search", "evil.com", "10.0.0.0/8"];
    let text = report(&mut demo("case.md", &search), "case.md", 8);
    let missing = "> This report is not complete: 1 of 2 inputs were not answered\n";
    assert!(text.contains(missing), "{text}");
    let gate = ["kti", "search", "evil.com", "--fail-on", "malicious"];
    let text = report(&mut demo("case.md", &gate), "case.md", 10);
    assert!(!text.contains("not complete"), "{text}");
    let gate = [&gate[..], &["10.0.0.0/8"]].concat();
    let text = report(&mut demo("case.md", &gate), "case.md", 10);
    assert!(text.contains(missing), "{text}");
}

#[test]
fn more_than_anybody_reads_is_cut_and_said() {
    let inputs: String = (0..2_100)
        .map(|number| format!("{number}.example.net\n"))
        .collect();
    let mut run = ti(&words("--demo kti search --all -j 64 -o case.html")).stdin(inputs);
    let ran = run.ends(0);
    let said = "the 2,000 worst of 2,100 are in the report; --csv, --json and --ndjson have all";
    ran.says(said);
    let page = run.read("case.html");
    assert!(page.contains(said));
    assert_eq!(page.matches("<h2>").count(), 2_000);
    let inputs: String = (0..1_100)
        .map(|number| format!("{number}.example.net\n"))
        .collect();
    let mut run = ti(&words("--demo kti search -j 64 -o case.md")).stdin(inputs);
    let ran = run.ends(0);
    let text = run.read("case.md");
    assert!(text.contains("- **1,100** not found\n"), "{text}");
    assert!(text.ends_with(" and 100 more\n"), "{text}");
    let said = "of 1,100 not found, 1,000 are named in the report";
    let top = text.split("\n## ").next().unwrap();
    assert!(top.contains(said), "{top}");
    ran.says(said);
}

/// Where there is no report, that is said before anything is asked.
#[test]
fn what_has_no_report_says_so() {
    for (arguments, said) in [
        ("--demo kaspersky list -o x.md", "in Markdown"),
        ("--demo kaspersky list -o x.html", "nothing in it to draw"),
        ("--demo brcti geo --format md", "in Markdown"),
        (
            "--demo kti search evil.com -o x.svg",
            "nothing in it to draw",
        ),
        (
            "--demo kti search evil.com -o x.md --fields level",
            "--fields",
        ),
        ("--demo kti search evil.com -o x.md --csv", "says md"),
        ("--demo kti search evil.com --title x", "--title is for"),
    ] {
        let arguments = &words(arguments)[..];
        let ran = ti(arguments).ends(2);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

/// The portal's own texts in a report; its list is whole.
#[test]
fn a_report_of_the_portal_has_all_indicators() {
    let mock = Mock::start(|_| Reply::json(200, PORTAL));
    let mut run = asking(&mock, &["kaspersky", "get", "7", "-q", "-o", "case.html"]);
    let page = report(&mut run, "case.html", 0);
    assert!(page.contains("&lt;b&gt;Title"), "{page}");
}

const PORTAL: &str =
    r#"{"status":"ok","return_data":{"id":"7","name":"<b>Title","desc":"one\ntwo"}}"#;

/// It is a page that a browser shows, on paper too.
#[test]
fn a_browser_prints_it() {
    if !has_tool("chromium", "a report printed by a browser") {
        return;
    }
    let mut run = demo("case.html", &["kti", "search", "evil.com"]);
    report(&mut run, "case.html", 0);
    let home = run.path(".");
    let printed = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--print-to-pdf=case.pdf",
        ])
        .arg(format!("file://{}", run.path("case.html").display()))
        .current_dir(&home)
        .env("HOME", &home)
        .output()
        .unwrap();
    let pdf = fs::read(run.path("case.pdf"));
    assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{printed:?}");
}
