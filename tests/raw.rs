//! `--raw` means one thing in every command of every service: the bytes as they came, with an
//! answer and with a refusal alike, but for our own secrets.

use ti::sandbox::{Received, Reply};

use crate::support::commands::{ASKING, OFFLINE};
use crate::support::portal::{HEADER, asking, base64, master};
use crate::support::{Mock, Ran, ti, words};

const ROWS: &str = "1,'A',evil.example,2026-01-01,Domain\n";
const RULES: &str = "rule a { condition: true }\n";

/// What an asked service answers, and what of it is passed on; `echo` stands in it.
fn answer(path: &str, echo: &str) -> (String, String) {
    let whole = |body: String| (body.clone(), body);
    match path.rsplit('/').next().unwrap() {
        "" => whole(format!(
            "{{\"IntelInfo\": {{\"RetCode\":2,\"x\":\"\\ud800 {echo}\"}}}}\r\n"
        )),
        "get_list" => whole(format!(
            "{{\"status\":\"ok\",\"x\":\"{echo}\",\"return_data\":{{\"count\":0,\"publications\":[]}}}}"
        )),
        "get_one" => whole(format!(
            "{{\"status\":\"ok\",\"return_data\":{{\"id\":\"X\",\"name\":\"{echo}\"}}}}\n\n"
        )),
        "get_master_ioc" => {
            let content = format!("{HEADER}{ROWS}1,'{echo}',b.example,2026-01-01,Domain\n");
            (master("master_ioc", &content), content)
        }
        "get_master_yara" => {
            let content = format!("// {echo}\n{RULES}");
            (master("master_yara", &content), content)
        }
        "queryIOCGeoDistribution" => whole(format!(
            " {{\"x\":\"{echo}\",\"result\":{{\"CN\":{{\"a\":1}}}}}}"
        )),
        "queryIOCTypeDistribution" | "queryTrafficTypeRatio" => whole(format!(
            "{{\"result\":{{\"ip_count\":1}},\"x\":\"{echo}\"}}"
        )),
        _ => whole(format!("\u{feff}{{\"result\":[],\"x\":\"{echo}\"}}")),
    }
}

/// Asks a service that answers in its own way, with all three set up for it.
fn run(command: &str, mock: &Mock, more: &[&str]) -> Ran {
    let words = words(command);
    let words = [&words[..], &["--raw", "--retries", "0"], more].concat();
    asking(mock, &words)
        .kti(&mock.url())
        .env("TI_BRCTI_ENDPOINT", &mock.url())
        .env("TI_BRCTI_USERNAME", "user")
        .env("TI_BRCTI_PASSWORD", "CANARY-password")
        .file("rows.csv", "a\nevil.com\n")
        .run()
}

fn answering(echo: &'static str) -> Mock {
    Mock::start(move |request: &Received| Reply::json(200, answer(&request.path, echo).0))
}

#[test]
fn an_answer_comes_out_as_it_came() {
    for command in ASKING {
        let mock = answering("é ~*");
        let ran = run(command, &mock, &[]).code(0);
        let (_, expected) = answer(&mock.received()[0].path, "é ~*");
        assert_eq!(ran.stdout, expected, "{command}");
        ran.never_says("redacted");
    }
}

#[test]
fn a_refusal_comes_out_as_it_came_and_its_exit_code_stands() {
    let body = "\u{feff}{\"Message\": \"no\x1b[31m\u{202e}\\ud800\",\r\n nothing that ends\n";
    for status in [302, 400, 401, 403, 404, 418, 429, 500, 503] {
        for command in ASKING {
            let mock = Mock::start(move |_| Reply::new(status, "text/plain", body));
            let ran = run(command, &mock, &[]);
            assert!(
                matches!(ran.code, 4 | 6 | 7 | 9),
                "{command}: {}",
                ran.stderr
            );
            let words: Vec<_> = command.split(' ').chain(["--retries", "0"]).collect();
            let without = asking(&mock, &words)
                .kti(&mock.url())
                .env("TI_BRCTI_ENDPOINT", &mock.url())
                .run();
            assert_eq!(ran.code, without.code, "{command} and {status}");
            // A redirect is not what was asked for, and goes nowhere.
            let expected = if status == 302 { "" } else { body };
            assert_eq!(ran.stdout, expected, "{command} and {status}");
            assert!(!without.stdout.contains("nothing that ends"), "{command}");
        }
    }
}

/// KTI's own word for "too fast" is met by a slower pace, and ends like any other refusal.
#[test]
fn a_refusal_that_may_pass_comes_out_when_it_does_not() {
    let body = r#"{"Error":{"Code":"LimitExceeded","Message":"slow"}}"#;
    let mock = Mock::start(move |_| Reply::json(409, body));
    assert_eq!(run("kti search evil.com", &mock, &[]).code(7).stdout, body);
}

#[test]
fn what_cannot_be_used_comes_out_as_it_came_and_is_an_error() {
    for body in [
        "",
        "<html><title>Sign in</title>",
        "oops",
        "[]",
        "{\"result\":",
    ] {
        let whole = ASKING
            .iter()
            .filter(|line| !["ioc", "yara"].iter().any(|end| line.ends_with(end)));
        for command in whole {
            let ran = run(command, &Mock::json(body), &[]).code(6);
            assert_eq!(ran.stdout, body, "{command}");
        }
    }
}

#[test]
fn a_secret_that_is_echoed_is_replaced_and_nothing_else() {
    let basic = base64("user:CANARY-password");
    let secret = |command: &str| match command.starts_with("kti") {
        true => "CANARY-secret",
        false => "CANARY-password",
    };
    for command in ASKING {
        let mock = answering(secret(command));
        let ran = run(command, &mock, &["-v"]).code(0);
        let (_, expected) = answer(&mock.received()[0].path, "(redacted)");
        assert_eq!(ran.stdout, expected, "{command}");
        let warnings = ran
            .stderr
            .matches("holds a secret of the configuration")
            .count();
        assert_eq!(warnings, 1, "{command}: {}", ran.stderr);
        let echo = format!("you sent {} Basic {basic}", secret(command));
        let mock = Mock::start(move |_| Reply::new(500, "text/plain", echo.clone()));
        let ran = run(command, &mock, &[]).code(6);
        assert!(
            ran.stdout.starts_with("you sent (redacted)"),
            "{command}: {}",
            ran.stdout
        );
        let is_kti = command.starts_with("kti");
        assert_eq!(
            ran.stdout.contains(&basic),
            is_kti,
            "{command}: {}",
            ran.stdout
        );
        ran.says("holds a secret");
    }
}

#[test]
fn a_file_is_replaced_by_an_answer_only() {
    for command in ASKING {
        let mock = Mock::start(|_| Reply::new(500, "text/plain", "no"));
        let ran = run(command, &mock, &["-o", "kept"]).code(6);
        assert_eq!(ran.stdout, "", "{command}");
    }
}

#[test]
fn who_asks_nobody_has_nothing_to_pass_on() {
    for command in OFFLINE {
        let words: Vec<_> = command.split(' ').chain(["--raw"]).collect();
        ti(&words).file("rows.csv", "a\nevil.com\n").ends(2);
    }
}
