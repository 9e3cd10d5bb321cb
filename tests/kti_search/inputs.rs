//! Arguments, files and stdin; what is refused, and what duplicates cost.

use serde_json::Value;

use crate::support::{Mock, Ran, drawn, ti, words};

use super::search_at;

const EMPTY: &str = r#"{"RequestId":"r","LeftCount":5,"TotalCount":9,"IntelInfo":{}}"#;

fn inputs_of(ran: &Ran) -> Vec<Value> {
    let elements = ran.ndjson().into_iter();
    elements
        .map(|mut element| element["input"].take())
        .collect()
}

#[test]
fn arguments_file_and_stdin_in_their_order() {
    let file = "\u{feff}# a comment\r\na.example\r\n\r\n  b.example  # why\r\n";
    let mut run = ti(&words(
        "--demo -q kti search evil.com -i hosts.txt --ndjson",
    ))
    .file("hosts.txt", file);
    assert_eq!(
        inputs_of(&run.ends(0)),
        ["evil.com", "a.example", "b.example"]
    );

    let mut piped = ti(&["--demo", "-q", "kti", "search", "--ndjson"]).stdin("c.example\n");
    assert_eq!(inputs_of(&piped.ends(0)), ["c.example"]);

    // With an argument, a piped stdin is not read unless `-` says so.
    let mut named =
        ti(&["--demo", "-q", "kti", "search", "evil.com", "--ndjson"]).stdin("c.example\n");
    assert_eq!(inputs_of(&named.ends(0)), ["evil.com"]);
    for dash in [&["-"][..], &["-i", "-"]] {
        let arguments = [
            &["--demo", "-q", "kti", "search", "evil.com", "--ndjson"],
            dash,
        ]
        .concat();
        assert_eq!(
            inputs_of(&ti(&arguments).stdin("c.example\n").ends(0)),
            ["evil.com", "c.example"]
        );
    }
}

#[test]
fn no_input_is_an_empty_answer() {
    for (format, answer) in [("--json", "[]\n"), ("--ndjson", "")] {
        let mut run = ti(&drawn(&["--demo", "-q", "kti", "search", format])).stdin("# nothing\n");
        assert_eq!(run.ends(0).stdout, answer);
    }
    let csv = ti(&["--demo", "-q", "kti", "search", "--csv"])
        .stdin("")
        .ends(0)
        .stdout;
    assert_eq!(csv.lines().count(), 1);
    let table = ti(&drawn(&["--demo", "-q", "kti", "search"]))
        .stdin("")
        .ends(0)
        .stdout;
    assert_eq!(table, "Nothing to show.\n");
}

#[test]
fn what_the_service_does_not_take_is_refused_before_any_request() {
    for (input, why) in [
        ("127.1", "ends in a number"),
        ("010.8.8.8", "ends in a number"),
        ("0x7f.1", "ends in a number"),
        ("2001:db8::1", "an IPv6 address"),
        ("10.0.0.0/8", "an address range"),
        ("d41d8cd98f00b204e9800998ecf8427e", "a file hash"),
        ("bob@evil.com", "an e-mail address"),
        ("localhost", "it has no dot"),
        ("ev il.com", "forbidden character"),
        ("evil.com, login.example", "more than one thing"),
    ] {
        let ran = ti(&["--demo", "kti", "search", input, "--json"]).ends(2);
        assert!(ran.stderr.contains(why), "{input}: {}", ran.stderr);
        ran.says("nothing was asked");
        ran.never_says("LeftCount");
        assert_eq!(ran.json()[0]["status"], "invalid");
        assert_eq!(ran.json()[0]["error"]["kind"], "usage");
    }
}

#[test]
fn a_bad_line_is_named_and_the_others_are_answered() {
    let mut run = ti(&["--demo", "kti", "search", "-i", "hosts.txt", "--ndjson"])
        .file("hosts.txt", b"evil.com\n127.1\n\xff\xfe\n8.8.8.8\n");
    let ran = run.ends(8);
    assert_eq!(inputs_of(&ran), ["evil.com", "127.1", "", "8.8.8.8"]);
    ran.says("error: hosts.txt:2: \"127.1\" is refused");
    ran.says("error: hosts.txt:3: the line is refused: the line is not UTF-8");
    ran.says("error: 2 of 4 inputs were not answered");
}

/// What helps all of them is said once, at the end; what is said of one alone is not.
#[test]
fn of_many_that_are_refused_the_end_says_what_helps() {
    const EXTRACT: &str = "--extract looks up the indicators in a text";
    const ANY_NAME: &str = "if it is a name all the same, --any-name asks for it";
    for (list, said) in [
        (
            "Dear team,\nwe saw hxxp://evil[.]com/a and 192.0.2.7 today.\nRegards\n",
            &[EXTRACT][..],
        ),
        ("printer.corp\nscanner.corp\nevil.com\n", &[ANY_NAME]),
        ("printer.corp\nevil.com and 8.8.8.8\n", &[ANY_NAME, EXTRACT]),
        ("127.1\nx\n", &[]),
    ] {
        let mut run = ti(&["--demo", "lookup", "-i", "list.txt"]).file("list.txt", list);
        let stderr = run.run().stderr;
        let hints: Vec<_> = stderr
            .lines()
            .filter_map(|line| line.trim().strip_prefix("hint:"))
            .map(str::trim)
            .collect();
        assert_eq!(hints, said, "{list}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_a_usage_error() {
    for name in ["gone.txt", "."] {
        let ran = ti(&["--demo", "kti", "search", "-i", name]).ends(2);
        ran.says(&format!("--input {name}: cannot be read"));
    }
}

#[test]
fn disguised_indicators_are_asked_for_by_their_names() {
    let mock = Mock::json(EMPTY);
    let inputs = [
        "hxxps://evil[.]com/a?b",
        "EVIL.com.",
        "evil(.)com:443",
        "1.2.3[.]4",
        "金山。cn",
        "  evil.com  ",
    ];
    let ran = search_at(&mock, &[&inputs[..], &["--ndjson"]].concat()).code(0);
    assert_eq!(inputs_of(&ran), inputs);
    ran.says("is a URL: its host evil.com is looked up");
    ran.says("is a host with a port: its host evil.com");
    let mut asked: Vec<_> = mock
        .received()
        .iter()
        .map(|request| {
            let param = request
                .query
                .split('&')
                .find(|pair| pair.starts_with("Param="));
            param.unwrap().to_string()
        })
        .collect();
    // Duplicates cost one lookup and are answered each; which is asked first is left open.
    asked.sort();
    assert_eq!(
        asked,
        ["Param=1.2.3.4", "Param=evil.com", "Param=xn--rhtz55j.cn"]
    );
}

/// A forgotten `-i` would cost a lookup of a name that nobody meant.
#[test]
fn a_file_is_not_looked_up() {
    for name in ["hosts.txt", "evil.zip", "ioc.tsv", "evil.com"] {
        let mut run = ti(&["--demo", "kti", "search", name]).file(name, "evil.com\n");
        let ran = run.ends(2);
        let (file, hint) = (format!("{name} is a file"), format!("-i {name}"));
        ran.says(&file);
        ran.says(&hint);
        let mut named = ti(&["--demo", "kti", "search", "--any-name", name]).file(name, "");
        named.ends(0);
    }
    // Without such a file, a name that nobody can have is asked for where that is meant.
    for name in ["invoice.pdf", "setup.exe", "server.corp", "evil.com的"] {
        let ran = ti(&["--demo", "kti", "search", name]).ends(2);
        ran.says("is no public suffix");
        ran.says("--any-name");
        let asked = ti(&["--demo", "kti", "search", "--any-name", name, "--json"]).run();
        assert_eq!(asked.code(0).json()[0]["input"], name);
    }
}

#[test]
fn what_is_more_than_one_thing_is_refused_and_extracted() {
    let text = "see hxxp://a[.]example/x and http://evil.com/y, then bob@evil.com、8.8.8.8。";
    let ran = ti(&["--demo", "kti", "search", text, "--json"]).ends(2);
    ran.says("more than one thing: hxxp://a[.]example/x, http://evil.com/y");
    ran.says("--extract");
    assert_eq!(ran.json()[0]["input"], text);

    let ran = ti(&["--demo", "kti", "search", "--extract", "--ndjson"])
        .stdin(text)
        .ends(0);
    assert_eq!(
        inputs_of(&ran),
        ["hxxp://a[.]example/x", "http://evil.com/y", "8.8.8.8"]
    );
    ran.says(
        "4 indicators in 1 line: 1 address, 2 URLs, 1 e-mail address; \
             1 e-mail address is nothing for KTI",
    );
}

#[test]
fn the_host_of_a_url_is_asked_and_never_one_in_its_path() {
    let mock = Mock::json(EMPTY);
    let inputs = [
        "evil.com/redirect?u=http://8.8.8.8/",
        "evil.com:8080/?u=https://good.example",
        "h[tt]p://evil.com/x#http://good.example/",
        "meow://EVIL[.]com",
        "「evil.com」",
        "• evil.com",
        "- evil.com",
        "- hxxp://evil[.]com/x",
    ];
    let ran = search_at(&mock, &[&inputs[..], &["--ndjson"]].concat()).code(0);
    assert_eq!(inputs_of(&ran), inputs);
    let asked: Vec<_> = mock
        .received()
        .iter()
        .map(|request| request.query.clone())
        .collect();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].contains("Param=evil.com"), "{asked:?}");
}

#[test]
fn a_name_in_two_scripts_is_asked_with_a_word_about_it() {
    let ran = ti(&["--demo", "kti", "search", "域名evil.com", "--json"]).ends(0);
    assert_eq!(ran.json()[0]["indicator"], "xn--evil-uk1gj6r.com");
    ran.says("域名evil.com is looked up as one name, xn--evil-uk1gj6r.com; if evil.com was meant");
}

#[test]
fn a_refusal_shows_what_was_typed() {
    for (typed, why) in [
        ("*.Evil.com", "a wildcard: ask for Evil.com"),
        ("Bob[at]Evil.com", "it is an e-mail address"),
        ("XN--tub-test.evil.com", "is no punycode"),
    ] {
        let ran = ti(&["--demo", "kti", "search", typed]).ends(2);
        for said in [typed, "is refused", why] {
            ran.says(said);
        }
    }
    // What is an indicator, though none of the service's, as well.
    let typed = [
        "10.0.0.0/255.0.0.0",
        "hxxp://[2001:DB8::1]/X",
        "SHA256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "Bob[at]Evil[.]com",
    ];
    let mut search = vec!["--demo", "-q", "kti", "search", "--json", "evil.com"];
    search.extend(typed);
    let all = ti(&search).ends(8).json();
    for (element, typed) in all.as_array().unwrap()[1..].iter().zip(typed) {
        assert_eq!(element["input"], typed);
        let message = element["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with(&format!("{typed} is refused: it")),
            "{message}"
        );
    }
}

#[test]
fn files_in_every_encoding_are_read() {
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let text = "evil.com # 恶意\r\n8.8.8.8\r\n";
    let search = ["--demo", "-q", "kti", "search", "-i", "hosts", "--ndjson"];
    for (file, more) in [
        (utf16(&format!("\u{feff}{text}")), &[][..]),
        (utf16(text), &[]),
        (utf16(text), &["--encoding", "utf-16le"]),
        (b"evil.com # \xb6\xf1\xd2\xe2\n8.8.8.8\n".to_vec(), &[]),
        (
            b"evil.com # \xb6\xf1\xd2\xe2\n8.8.8.8\n".to_vec(),
            &["--encoding", "gbk"],
        ),
    ] {
        let ran = ti(&[&search[..], more].concat())
            .file("hosts", file)
            .ends(0);
        assert_eq!(inputs_of(&ran), ["evil.com", "8.8.8.8"]);
    }
    ti(&[&search[..], &["--encoding", "rubbish"]].concat()).ends(2);
}
