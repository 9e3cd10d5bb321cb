//! `ti config check`: the whole way, and each thing that can be wrong on it.

mod road;

use std::process::Stdio;

use serde_json::Value;
use ti::sandbox::{Options, Server};

#[cfg(unix)]
use crate::support::chmod;
use crate::support::portal::asking;
use crate::support::{Mock, Ran, Ti, sandbox as sandbox_of, ti, words};

fn profile(endpoint: &str) -> String {
    format!(
        "[profile.work.kti]\nendpoint = \"{endpoint}\"\naccess_key = \"AKLTsandbox\"\n\
         secret_key = \"sandbox-secret-key\"\nretries = 0\n"
    )
}

fn check(config: &str, arguments: &[&str]) -> Ti {
    ti(&[&["config", "check", "kti"], arguments].concat()).config(config)
}

fn sandbox() -> Server {
    sandbox_of("kti", Options::default())
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
fn ends_at(config: &str, step: &str, code: i32, says: &[&str]) {
    ends_with(config, &[], step, code, says);
}

#[track_caller]
fn ends_with(config: &str, arguments: &[&str], step: &str, code: i32, says: &[&str]) {
    let ran = check(config, arguments).ends(code);
    let last: Vec<_> = ran.stdout.split("\n  ✗ ").collect();
    assert_eq!(last.len(), 2, "one failure: {}", ran.stdout);
    let failed: String = last[1].split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(failed.starts_with(&format!("{step} ")), "{}", ran.stdout);
    for says in says {
        assert!(failed.contains(says), "{says}: {}", ran.stdout);
    }
    assert!(failed.contains("next: "), "{}", ran.stdout);
    let json = check(config, &[arguments, &["--json"]].concat()).ends(code);
    let (name, status) = steps(&json).pop().unwrap();
    assert_eq!((name.as_str(), status.as_str()), (step, "failed"));
}

#[test]
fn all_steps_of_a_way_that_leads_to_an_answer() {
    let server = sandbox();
    let config = profile(&server.url());
    let ran = check(&config, &[]).ends(0);
    for line in [
        "  ✓ file          ~/config/ti/config.toml, mode 0600",
        "  ✓ profile       work",
        "  ✓ settings      access_key, secret_key, endpoint set",
        "  ✓ secret_key    read: ~/config/ti/config.toml:4",
        "  ✓ proxy         none",
        "  ✓ clock         in sync",
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
    ran.never_shows("sandbox-secret-key");
    // A greeting and a lookup.
    assert_eq!(server.requests(), 2);
}

#[test]
fn without_a_lookup_nothing_is_spent() {
    let server = sandbox();
    let ran = check(&profile(&server.url()), &["--no-lookup", "--json"]).ends(0);
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
    let mut run = check(&profile(&server.url()), &[]).env("LC_ALL", "C");
    let ran = run.ends(0);
    assert!(ran.stdout.is_ascii(), "{}", ran.stdout);
    ran.shows("  ok   login ");
}

#[test]
fn a_file_that_is_not_right() {
    let ran = check("profile = [", &[]).ends(3);
    ran.shows("✗ file");
    let ran = check("[profile.a.kti]\n[profile.b.kti]\n", &["--profile", "c"]).ends(3);
    ran.shows("✗ profile");
    ti(&["config", "check"]).ends(3).says("ti config init");
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read() {
    let mut run = check(&profile("http://127.0.0.1:1/"), &[]);
    let path = run.path("config/ti/config.toml");
    chmod(&path, 0o640);
    let ran = run.ends(3);
    ran.shows("✗ file");
    ran.shows("chmod 600");
}

#[test]
fn settings_and_secrets_that_are_not_there() {
    ends_at(
        "[profile.work.kti]\naccess_key = \"a\"\n",
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
        "secret_key",
        3,
        &["the variable GONE is not set"],
    );
    ends_at(
        &profile("http://127.0.0.1:1/api"),
        "signature",
        3,
        &["endpoint must not have a path"],
    );
}

#[test]
fn a_secret_is_read_once() {
    let server = sandbox();
    let config = profile(&server.url()).replace(
        "\"sandbox-secret-key\"",
        "{ command = [\"sh\", \"-c\", \"echo x >> runs; echo sandbox-secret-key\"] }",
    );
    let mut run = check(&config, &[]);
    run.ends(0);
    assert_eq!(run.read("runs"), "x\n");
}

#[test]
fn a_key_that_is_not_right() {
    let server = sandbox();
    let config = profile(&server.url());
    ends_at(
        &config.replace("AKLTsandbox", "AKLTother"),
        "login",
        4,
        &[
            "KTI refused the request: InvalidClientTokenId",
            "access_key",
        ],
    );
    ends_at(
        &config.replace("sandbox-secret-key", "wrong-secret"),
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
    let server = sandbox_of("kti", options);
    ends_at(
        &profile(&server.url()),
        "login",
        7,
        &["the quota is used up"],
    );
}

#[test]
fn a_quota_that_the_check_used_up() {
    let options = Options {
        quota: Some(1),
        ..Options::default()
    };
    let server = sandbox_of("kti", options);
    let ran = check(&profile(&server.url()), &[]).ends(0);
    ran.shows("! quota         LeftCount 0, TotalCount 1");
    ran.shows("ask Kingsoft Cloud for more lookups");
}

#[test]
fn an_answer_that_is_none_to_the_login() {
    for (info, says) in [
        (
            r#"{"RetCode":0,"Domain":{"Domain":"other.com"}}"#,
            "example.com was asked, and the answer is about other.com",
        ),
        (
            r#"{"RetCode":1,"RetMsg":"no domain"}"#,
            "KTI says this is not a valid domain",
        ),
        (r#"{"RetMsg":"later"}"#, "neither a RetCode nor data"),
    ] {
        let mock = Mock::json(format!(
            r#"{{"LeftCount":9,"TotalCount":9,"IntelInfo":{info}}}"#
        ));
        ends_at(&profile(&mock.url()), "login", 6, &[says]);
    }
}

#[test]
fn the_demo_can_be_checked() {
    let ran = ti(&["-q", "--demo", "config", "check"]).ends(0);
    assert!(
        ran.stdout.starts_with("kti\n  ✓ settings"),
        "{}",
        ran.stdout
    );
}

#[test]
fn monitoring_finds_every_field() {
    let server = sandbox();
    let config = profile(&server.url()).replace("AKLTsandbox", "AKLTother");
    let ran = check(&config, &["--ndjson"]).ends(4);
    let last: Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["provider"], "kti");
    assert_eq!(last["error"]["kind"], "credentials");
    assert_eq!(last["error"]["code"], "InvalidClientTokenId");
    assert!(last["error"]["request_id"].is_string() && last["next"].is_array());
    let ran = check(&config, &["--csv", "--fields", "step,status,error.code"]).ends(4);
    ran.shows("login,failed,InvalidClientTokenId");
    ran.says("error: not ready: kti");
    check(&config, &["--raw"]).ends(2);
}

/// One word for the whole, at the end, however it came about.
#[test]
fn monitoring_finds_one_word_for_the_whole() {
    let overall = |mut run: Ti, code| {
        let steps = run.ends(code).json();
        let steps = steps.as_array().unwrap();
        let words: Vec<_> = steps.iter().map(|step| step["overall"].clone()).collect();
        let status = |wanted| steps.iter().any(|step| step["status"] == wanted);
        assert_eq!(
            words.last().unwrap() == "failed",
            status("failed"),
            "{steps:#?}"
        );
        assert!(words.is_sorted_by_key(|word| {
            ["ok", "warning", "failed"]
                .iter()
                .position(|known| word == known)
        }));
        words.last().unwrap().as_str().unwrap().to_string()
    };
    let server = sandbox();
    let good = profile(&server.url());
    assert_eq!(overall(check(&good, &["--json"]), 0), "ok");
    // What is skipped is no failure.
    assert_eq!(overall(check(&good, &["--json", "--no-lookup"]), 0), "ok");
    let other = good.replace("AKLTsandbox", "AKLTother");
    assert_eq!(overall(check(&other, &["--json"]), 4), "failed");
    assert_eq!(overall(check("profile = [", &["--json"]), 3), "failed");
    assert_eq!(overall(ti(&["config", "check", "--json"]), 3), "failed");
    // A warning stays one when all goes on well.
    let blank = good.replace("\"sandbox-secret-key\"", "\" sandbox-secret-key\"");
    assert_eq!(overall(check(&blank, &["--json"]), 0), "warning");
}

#[test]
fn several_profiles_and_none_chosen() {
    let several = "[profile.home.kti]\naccess_key = \"a\"\n[profile.work.kti]\n";
    ends_at(
        several,
        "profile",
        3,
        &[
            "none is chosen",
            "home, work",
            "next: name one: --profile NAME",
        ],
    );
    let ran = ti(&["config", "check", "--json"]).config(several).ends(3);
    let steps = ran.json();
    let profile = &steps[1];
    assert_eq!(profile["status"], "failed");
    let said = profile["error"]["message"].as_str().unwrap();
    assert!(said.contains("home, work"), "{said}");
    assert_eq!(profile["next"][0], "name one: --profile NAME");
}

#[test]
fn what_to_do_next_is_about_the_same_file_and_profile() {
    let run = ti(&words(
        "config check kti --json --config x.toml --profile work",
    ));
    let steps = run.file("x.toml", "[profile.work.kti]\n").ends(3).json();
    let last = steps.as_array().unwrap().last().unwrap();
    let next = "ti config init --config x.toml --profile work kti asks for what is needed";
    assert_eq!(last["next"][0], next);
}

/// A proxy of the shell's is not there for cron: it works, and a setting would work everywhere.
#[test]
fn a_proxy_of_a_variable_is_noted_where_it_is_taken() {
    let service = sandbox();
    let proxy =
        crate::support::Mock::start(move |_| ti::sandbox::Reply::new(407, "text/plain", "no"));
    let config = profile("http://ksm.example/");
    let noted = |run: Ti| {
        let steps = { run }.run().json();
        let steps = steps.as_array().unwrap().iter();
        let mut proxies = steps.filter(|step| step["step"] == "proxy");
        let step = proxies.next().unwrap();
        assert_eq!(step["status"], "ok");
        (
            step["detail"].as_str().unwrap().to_string(),
            step["next"].clone(),
        )
    };
    let (said, next) =
        noted(check(&config, &["--json", "--profile", "work"]).env("http_proxy", &proxy.url()));
    assert!(said.ends_with(", by http_proxy"), "{said}");
    assert_eq!(
        next[0],
        "cron and systemd know http_proxy only where it is set for them; ti config set --profile work kti.proxy URL holds everywhere"
    );
    // Not where a setting names it, and not where nothing goes through it.
    let set = profile("http://ksm.example/") + &format!("proxy = {:?}\n", proxy.url());
    let (_, next) = noted(check(&set, &["--json"]));
    assert_eq!(next, Value::Array(Vec::new()));
    let direct = profile(&service.url());
    for run in [
        check(&direct, &["--json"]).env("https_proxy", &proxy.url()),
        check(&direct, &["--json"])
            .env("http_proxy", &proxy.url())
            .env("NO_PROXY", "127.0.0.1"),
    ] {
        assert_eq!(noted(run), ("none".to_string(), Value::Array(Vec::new())));
    }
}

/// A time zone that the machine does not know fails where it is needed, and nowhere else.
#[cfg(unix)]
#[test]
fn a_time_zone_that_is_missing_matters_to_its_provider_only() {
    let (kti, brcti) = (sandbox(), sandbox_of("brcti", Options::default()));
    let config = format!(
        "{}\n[profile.work.brcti]\nendpoint = {:?}\ntimezone = \"Asia/Shanghai\"\n",
        profile(&kti.url()),
        brcti.url()
    );
    let here = |arguments: &[&str]| {
        let run = ti(arguments).config(&config);
        let zones = run.path("zones");
        std::fs::create_dir(&zones).unwrap();
        // One zone in the form of RFC 8536: UTC, without transitions.
        let block = |version: &[u8]| {
            let counts = [0u32, 0, 0, 0, 1, 4].map(u32::to_be_bytes).concat();
            [b"TZif", version, &[0; 15][..], &counts, &[0; 6], b"UTC\0"].concat()
        };
        let file = [block(b"2"), block(b"2"), b"\nUTC0\n".to_vec()].concat();
        std::fs::write(zones.join("UTC"), file).unwrap();
        let zones = zones.display().to_string();
        run.env("TZDIR", &zones)
    };
    here(&["kti", "search", "evil.com"]).ends(0);
    let ran = here(&["brcti", "types"]).ends(3);
    ran.says("config.toml:9: timezone must be");
    let steps = here(&["config", "check", "--json"]).ends(8).json();
    let failed: Vec<_> = steps
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["status"] == "failed")
        .collect();
    assert_eq!(failed.len(), 1, "{failed:#?}");
    assert_eq!(
        (&failed[0]["provider"], &failed[0]["step"]),
        (&"brcti".into(), &"settings".into())
    );
}

/// A login that goes out unencrypted is worth a warning; a service without one is not.
#[test]
fn a_login_over_http_is_warned_of() {
    let mock = Mock::json(r#"{"result":{"ip_count":1}}"#);
    for (variable, warned) in [
        (("TI_BRCTI_TOKEN", "t"), true),
        (("TI_BRCTI_HEADERS", "X-Key: k"), true),
        (("TI_BRCTI_TIMEZONE", "Asia/Shanghai"), false),
    ] {
        let ran = ti(&["config", "check", "brcti"])
            .env("TI_BRCTI_ENDPOINT", &mock.url())
            .env(variable.0, variable.1)
            .ends(0);
        let said = ran.stdout + &ran.stderr;
        assert_eq!(said.contains("unencrypted"), warned, "{said}");
    }
    let mock = Mock::json(r#"{"status":"ok","return_data":{"count":0,"publications":[]}}"#);
    let ran = asking(&mock, &["config", "check", "kaspersky"]).ends(0);
    ran.shows("username, password over http://, unencrypted");
}

/// The exit code is what a script asks for.
#[test]
fn it_says_what_is_wrong_without_a_reader_too() {
    let nowhere = profile("http://127.0.0.1:9");
    for more in [&[][..], &["--json"], &["--ndjson"]] {
        let mut run = check(&nowhere, more);
        let command = run.command();
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(5), "{more:?}");
    }
}

#[test]
fn known_good_lists_are_read() {
    let config = |lists: &str| {
        format!("[ignore]\nfiles = [{lists}]\n[profile.a.brcti]\ntoken = {{ env = \"X\" }}\n")
    };
    let check = ["config", "check", "--json"];
    let mut run = ti(&check).config(&config("\"~/good.txt\""));
    let missing = run.ends(3);
    let steps = missing.json();
    assert_eq!(
        (&steps[2]["step"], &steps[2]["status"]),
        (&"ignore.files".into(), &"failed".into())
    );
    let next = steps[2]["next"][0].as_str().unwrap();
    assert!(
        next.starts_with("~/config/ti/config.toml:2 names it"),
        "{next}"
    );
    missing.says("not ready: ignore.files, brcti");
    let there = run.file("good.txt", "evil.com").ends(3);
    let step = &there.json()[2];
    assert_eq!(step["status"], "ok");
    assert_eq!(
        step["detail"],
        "what is on ~/good.txt does not count for --fail-on"
    );
    let none = ti(&check).config(&config("")).ends(3);
    assert_ne!(none.json()[2]["step"], "ignore.files");
}
