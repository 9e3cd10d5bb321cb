//! `ti config check`: the whole way, and each thing that can be wrong on it.

mod road;

use serde_json::Value;
use ti::sandbox::{Options, Server};

use crate::support::{Ran, Ti, ti};

fn profile(endpoint: &str, more: &str) -> String {
    format!(
        "[profile.work.kti]\nendpoint = \"{endpoint}\"\naccess_key = \"AKLTsandbox\"\n\
         secret_key = \"sandbox-secret-key\"\nretries = 0\n{more}\n"
    )
}

fn check(config: &str, arguments: &[&str]) -> Ti {
    ti(&[&["config", "check", "kti"], arguments].concat()).config(config)
}

fn sandbox() -> Server {
    let options = Options::default();
    Server::start(ti::providers::ALL[0].sandbox(&options).unwrap(), options, 0).unwrap()
}

/// `file: ok, …` of a run with `--json`.
fn steps(ran: &Ran) -> Vec<(String, String)> {
    let word = |step: &Value, field: &str| step[field].as_str().unwrap().to_string();
    let steps = ran.json();
    let steps = steps.as_array().unwrap().iter();
    steps
        .map(|step| (word(step, "step"), word(step, "status")))
        .collect()
}

/// The way ends at this step with this code; `says` is in what is shown of it.
#[track_caller]
fn ends_at(config: &str, arguments: &[&str], step: &str, code: i32, says: &[&str]) {
    let ran = check(config, arguments).run().code(code);
    let last: Vec<_> = ran.stdout.split("\n  ✗ ").collect();
    assert_eq!(last.len(), 2, "one failure: {}", ran.stdout);
    let failed: String = last[1].split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(failed.starts_with(&format!("{step} ")), "{}", ran.stdout);
    for says in says {
        assert!(failed.contains(says), "{says}: {}", ran.stdout);
    }
    assert!(failed.contains("next: "), "{}", ran.stdout);
    let json = check(config, &[arguments, &["--json"]].concat())
        .run()
        .code(code);
    let (name, status) = steps(&json).pop().unwrap();
    assert_eq!((name.as_str(), status.as_str()), (step, "failed"));
}

#[test]
fn all_steps_of_a_way_that_leads_to_an_answer() {
    let server = sandbox();
    let config = profile(&server.url(), "");
    let ran = check(&config, &[]).run().code(0);
    for line in [
        "  ✓ file          ~/config/ti/config.toml, mode 0600",
        "  ✓ profile       work",
        "  ✓ settings      access_key, secret_key, endpoint set",
        "  ✓ secret_key    read: ~/config/ti/config.toml:4",
        "  ✓ proxy         none",
        "  ✓ clock         as the server's",
        "  ✓ login         example.com was looked up; this cost one lookup",
        "  ✓ quota         LeftCount 999999, TotalCount 1000000",
    ] {
        assert!(
            ran.stdout.lines().any(|known| known == line),
            "{line}: {}",
            ran.stdout
        );
    }
    assert_eq!(ran.stderr, "");
    assert!(!ran.stdout.contains("sandbox-secret-key"));
    // A greeting and a lookup.
    assert_eq!(server.requests(), 2);
}

#[test]
fn without_a_lookup_nothing_is_spent() {
    let server = sandbox();
    let ran = check(&profile(&server.url(), ""), &["--no-lookup", "--json"])
        .run()
        .code(0);
    let steps = steps(&ran);
    assert_eq!(
        steps.last().unwrap(),
        &("login".to_string(), "skipped".to_string())
    );
    assert_eq!(server.requests(), 1);
}

#[test]
fn marks_are_ascii_where_the_locale_is() {
    let server = sandbox();
    let mut run = check(&profile(&server.url(), ""), &[]).env("LC_ALL", "C");
    let ran = run.run().code(0);
    assert!(ran.stdout.is_ascii(), "{}", ran.stdout);
    assert!(ran.stdout.contains("  ok   login "), "{}", ran.stdout);
}

#[test]
fn a_file_that_is_not_right() {
    let ran = check("profile = [", &[]).run().code(3);
    assert!(ran.stdout.contains("✗ file"), "{}", ran.stdout);
    let ran = check("[profile.a.kti]\n[profile.b.kti]\n", &["--profile", "c"])
        .run()
        .code(3);
    assert!(ran.stdout.contains("✗ profile"), "{}", ran.stdout);
    let ran = ti(&["config", "check"]).run().code(3);
    assert!(ran.stderr.contains("ti config init"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read() {
    use std::os::unix::fs::PermissionsExt;
    let mut run = check(&profile("http://127.0.0.1:1/", ""), &[]);
    let path = run.path("config/ti/config.toml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let ran = run.run().code(3);
    assert!(
        ran.stdout.contains("✗ file") && ran.stdout.contains("chmod 600"),
        "{}",
        ran.stdout
    );
}

#[test]
fn settings_and_secrets_that_are_not_there() {
    ends_at(
        "[profile.work.kti]\naccess_key = \"a\"\n",
        &[],
        "settings",
        3,
        &[
            "needs the setting secret_key",
            "ti config init kti asks for what is needed",
            "TI_KTI_SECRET_KEY",
        ],
    );
    let no_such_variable =
        "[profile.work.kti]\naccess_key = \"a\"\nsecret_key = { env = \"GONE\" }\n";
    ends_at(
        no_such_variable,
        &[],
        "secret_key",
        3,
        &["the variable GONE is not set"],
    );
    ends_at(
        &profile("http://127.0.0.1:1/api", ""),
        &[],
        "signature",
        3,
        &["endpoint must not have a path"],
    );
}

#[test]
fn a_secret_is_read_once() {
    let server = sandbox();
    let config = profile(&server.url(), "").replace(
        "\"sandbox-secret-key\"",
        "{ command = [\"sh\", \"-c\", \"echo x >> runs; echo sandbox-secret-key\"] }",
    );
    let mut run = check(&config, &[]);
    run.run().code(0);
    assert_eq!(std::fs::read_to_string(run.path("runs")).unwrap(), "x\n");
}

#[test]
fn a_key_that_is_not_right() {
    let server = sandbox();
    let config = profile(&server.url(), "");
    ends_at(
        &config.replace("AKLTsandbox", "AKLTother"),
        &[],
        "login",
        4,
        &[
            "KTI refused the request: InvalidClientTokenId",
            "access_key",
        ],
    );
    ends_at(
        &config.replace("sandbox-secret-key", "wrong-secret"),
        &[],
        "login",
        4,
        &["SignatureDoesNotMatch", "secret_key"],
    );
}

#[test]
fn a_quota_that_is_used_up() {
    let options = Options {
        quota: Some(0),
        ..Options::default()
    };
    let server =
        Server::start(ti::providers::ALL[0].sandbox(&options).unwrap(), options, 0).unwrap();
    ends_at(
        &profile(&server.url(), ""),
        &[],
        "login",
        7,
        &["the quota is used up"],
    );
}

#[test]
fn the_demo_can_be_checked() {
    let ran = ti(&["-q", "--demo", "config", "check"]).run().code(0);
    assert!(
        ran.stdout.starts_with("kti\n  ✓ settings"),
        "{}",
        ran.stdout
    );
}

#[test]
fn monitoring_finds_every_field() {
    let server = sandbox();
    let config = profile(&server.url(), "").replace("AKLTsandbox", "AKLTother");
    let ran = check(&config, &["--ndjson"]).run().code(4);
    let last: Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["provider"], "kti");
    assert_eq!(last["error"]["kind"], "credentials");
    assert_eq!(last["error"]["code"], "InvalidClientTokenId");
    assert!(last["error"]["request_id"].is_string() && last["next"].is_array());
    let ran = check(&config, &["--csv", "--fields", "step,status,error.code"])
        .run()
        .code(4);
    assert!(
        ran.stdout.contains("login,failed,InvalidClientTokenId"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr.contains("error: not ready: kti"),
        "{}",
        ran.stderr
    );
    check(&config, &["--raw"]).run().code(2);
}
