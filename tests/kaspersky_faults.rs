//! What goes wrong at the portal: each has its exit code, and no file changes.

use ti::sandbox::Reply;

use crate::support::portal::{asking, base64, gzip, sandbox};
use crate::support::{Mock, names_in, ti};

#[test]
fn every_fault_has_its_code_and_leaves_the_old_file() {
    for (fault, code, said) in [
        ("400", 6, "rejected a parameter"),
        ("401", 4, "terms are not accepted"),
        ("403", 4, "no access to this API"),
        ("404", 6, "refused the request"),
        ("429", 7, "is rate-limiting requests"),
        ("503", 6, "is unavailable"),
        ("cut", 5, "broke off"),
        ("base64", 6, "bad base64"),
        ("gzip", 6, "bad gzip"),
        ("html", 6, "it is an HTML page, titled"),
        ("reset", 5, "closed the connection without an answer"),
    ] {
        let (_server, config) = sandbox(&[fault]);
        for command in ["ioc", "yara"] {
            let arguments = ["--retries", "0", "kaspersky", command, "-o", "out.csv"];
            let mut ti = ti(&arguments).config(&config).file("out.csv", "old");
            let ran = ti.ends(code);
            assert!(
                ran.stderr.contains(said),
                "{fault} {command}: {}",
                ran.stderr
            );
            assert_eq!(ran.stdout, "");
            assert_eq!(ti.read("out.csv"), "old", "{fault}");
            let left = names_in(ti.home.path());
            assert_eq!(left.len(), 2, "{fault}: {left:?}");
        }
    }
}

#[test]
fn what_passes_is_tried_again_and_what_does_not_is_not() {
    for (fault, requests) in [("503:2", 3), ("reset:1", 2), ("429:1", 2)] {
        let (server, config) = sandbox(&[fault]);
        ti(&["kaspersky", "list"]).config(&config).ends(0);
        assert_eq!(server.requests(), requests, "{fault}");
    }
    for fault in ["400", "401", "403", "404", "html"] {
        let (server, config) = sandbox(&[fault]);
        let ran = ti(&["kaspersky", "ioc", "--csv"]).config(&config).run();
        assert_ne!(ran.code, 0);
        assert_eq!(server.requests(), 1, "{fault}");
    }
}

#[test]
fn a_download_that_broke_off_begins_again_where_nobody_has_seen_it() {
    let (_server, config) = sandbox(&[]);
    let whole = ti(&["kaspersky", "ioc", "--csv"])
        .config(&config)
        .ends(0)
        .stdout;
    let (server, config) = sandbox(&["cut:2"]);
    let mut to_file = ti(&["kaspersky", "ioc", "-o", "out.csv"]).config(&config);
    to_file.ends(0);
    assert_eq!(to_file.read("out.csv"), whole);
    assert_eq!(server.requests(), 3);
    let (server, config) = sandbox(&["cut:2"]);
    ti(&["kaspersky", "ioc", "--csv"]).config(&config).ends(5);
    assert_eq!(server.requests(), 1);
}

#[test]
fn a_slow_answer_is_waited_for_as_long_as_it_moves() {
    let (_server, config) = sandbox(&["slow"]);
    ti(&["--timeout", "3s", "kaspersky", "ioc", "--csv"])
        .config(&config)
        .ends(0);
    let (_server, config) = sandbox(&["slow"]);
    let ran = ti(&["--timeout", "0.05", "kaspersky", "ioc", "--csv"])
        .config(&config)
        .ends(5);
    ran.says("raise --timeout");
}

#[test]
fn without_the_certificate_nobody_gets_in() {
    let (_server, config) = sandbox(&[]);
    // A token alone is a way to ask, and the sandbox wants a certificate for it too.
    let config: String = config
        .lines()
        .filter(|line| !line.starts_with("certificate"))
        .map(|line| format!("{line}\n"))
        .collect();
    let ran = ti(&["kaspersky", "list", "--retries", "0"])
        .config(&(config + "token = \"swordfish\"\n"))
        .ends(4);
    ran.says("demands a client certificate");
}

#[test]
fn a_bomb_is_an_error_and_no_file() {
    let bomb = base64(gzip(&vec![b'x'; 64 << 20]));
    let answer = format!(r#"{{"status":"ok","return_data":{{"master_yara":"{bomb}"}}}}"#);
    let mock = Mock::start(move |_| Reply::json(200, answer.clone()));
    let mut ti = asking(
        &mock,
        &["kaspersky", "yara", "-o", "r.yar", "--max-size", "1MiB"],
    );
    let ran = ti.ends(6);
    ran.says("larger than 1048576 bytes");
    ran.says("--max-size");
    assert!(!ti.path("r.yar").exists());
}

#[test]
fn no_secret_comes_out_whatever_is_said_and_traced() {
    let mock = Mock::start(|request| {
        let said = request.header("authorization").unwrap_or_default();
        let said = format!("CANARY-password {said}");
        Reply::new(500, "text/plain", said)
    });
    let ran = asking(&mock, &["-vv", "--retries", "0", "kaspersky", "list"]).ends(6);
    let coded = base64("user:CANARY-password");
    ran.never_says("CANARY");
    ran.never_says(&coded);
    ran.never_says("BEGIN PRIVATE KEY");
}

#[test]
fn an_empty_post_says_its_length() {
    let mock = Mock::json(r#"{"status":"ok","return_data":{"count":0,"publications":[]}}"#);
    asking(&mock, &["kaspersky", "list"]).ends(0);
    let request = &mock.received()[0];
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/api/publications/get_list")
    );
    assert_eq!(request.header("content-length"), Some("0"));
    let coded = format!("Basic {}", base64("user:CANARY-password"));
    assert_eq!(request.header("authorization"), Some(coded.as_str()));
}
