//! Errors as JSON: with `--json` or `--ndjson`, a run of which nothing comes says so in one object.

use serde_json::Value;
use ti::sandbox::Reply;

use crate::support::{Mock, Ran, ti, words};

const HELP: &str = "For more information, try '--help'.";

/// The object, which stands alone.
#[track_caller]
fn told(ran: &Ran) -> Value {
    let whole: Value =
        serde_json::from_str(&ran.stderr).unwrap_or_else(|error| panic!("{error}: {}", ran.stderr));
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    whole["error"].clone()
}

#[test]
fn a_run_that_fails_whole_says_so_in_one_object() {
    for (line, code, kind) in [
        ("kti search evil.com --json", 3, "config"),
        ("kti search evil.com --ndjson", 3, "config"),
        ("kti search evil.com --format json", 3, "config"),
        ("kaspersky list --json", 3, "config"),
        ("lookup evil.com --ndjson", 3, "config"),
        ("match x.log --json", 3, "config"),
        ("--demo kaspersky get nothing --json", 9, "missing"),
        ("--demo kti search rubbish --json", 2, "usage"),
        (
            "--demo kti search evil.com --fields nothing --json",
            2,
            "usage",
        ),
        ("--demo kti search -i nothing.txt --json", 2, "usage"),
        ("extract nothing.txt --json", 2, "usage"),
        ("kti types --json -o /nowhere/x.json", 2, "usage"),
        // The parser's own.
        ("kit --json", 2, "usage"),
        ("--json", 2, "usage"),
        ("--json kti", 2, "usage"),
        ("kti search x --limit 3 --ndjson", 2, "usage"),
        ("kti search x --jobs many --json", 2, "usage"),
        ("--format json kaspersky get", 2, "usage"),
        ("kaspersky get --format=ndjson", 2, "usage"),
        ("sandbox --json", 2, "usage"),
    ] {
        let ran = ti(&words(line)).ends(code);
        let error = told(&ran);
        assert_eq!(error["kind"], kind, "{line}: {error}");
        assert_eq!(error["exit_code"], code, "{line}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(
            !message.is_empty() && !message.starts_with("error"),
            "{line}: {error}"
        );
        for list in ["causes", "hints", "notes"] {
            assert!(error[list].is_array(), "{line}: {error}");
        }
    }
    // What the usage is, is no advice.
    for (line, hints) in [
        (
            "kit --json",
            &["a similar subcommand exists: 'kti'", HELP][..],
        ),
        ("kaspersky get --json", &[HELP]),
        (
            "kti types --format=jsno --json",
            &["a similar value exists: 'json'", HELP],
        ),
    ] {
        assert_eq!(
            told(&ti(&words(line)).run())["hints"],
            serde_json::json!(hints),
            "{line}"
        );
    }
}

#[test]
fn in_words_where_no_json_is_asked_for() {
    for line in [
        "kti search evil.com",
        "kti search evil.com -o x.json",
        "kit -- --json",
    ] {
        let ran = ti(&words(line)).run();
        assert!(ran.stderr.starts_with("error: "), "{line}: {}", ran.stderr);
    }
}

#[test]
fn what_was_said_before_it_is_in_it_and_nothing_is_said_twice() {
    let ran = ti(&["--demo", "kaspersky", "get", "nothing", "--json"]).run();
    let notes = told(&ran)["notes"].to_string();
    assert!(notes.contains("note: sample data"), "{notes}");
    let quiet = ti(&["-q", "--demo", "kaspersky", "get", "nothing", "--json"]).run();
    assert_eq!(told(&quiet)["notes"], serde_json::json!([]));
}

/// The data says what is missing, and the words are those of always.
#[test]
fn a_run_that_answers_some_speaks_in_words() {
    let arguments = ["--demo", "kti", "search", "rubbish", "evil.com", "--json"];
    let ran = ti(&arguments).ends(8);
    assert_eq!(ran.json()[0]["error"]["kind"], "usage");
    let said: Vec<_> = ran.stderr.lines().collect();
    assert!(said[0].starts_with("note: sample data"), "{said:?}");
    assert!(
        said.last().unwrap().starts_with("error: 1 of 2"),
        "{said:?}"
    );
    let arguments = [&arguments[..], &["--fail-on", "malicious"]].concat();
    let ran = ti(&arguments).run();
    ran.says("\nerror: ");
}

#[test]
fn no_secret_and_no_control_is_in_it() {
    let mock = Mock::start(|_| {
        let body = r#"{"Error":{"Code":"swordfish","Message":"\u001b[2J\u202eswordfish\"x"},"RequestId":"swordfish"}"#;
        Reply::json(403, body)
    });
    let config = format!(
        "[profile.work.kti]\naccess_key = \"a\"\nsecret_key = \"swordfish\"\nendpoint = \"{}\"\n",
        mock.url()
    );
    let mut run = ti(&["kti", "search", "evil.com", "--json"]).config(&config);
    let ran = run.run();
    ran.never_says("swordfish");
    let is_safe = |c: char| c == '\n' || !c.is_control() && c != '\u{202e}';
    assert!(ran.stderr.chars().all(is_safe), "{:?}", ran.stderr);
    let error = told(&ran);
    assert_eq!(error["status"], 403);
    assert!(error.to_string().contains("redacted"), "{error}");
}

#[test]
fn it_is_as_its_schema_says() {
    let path = crate::generated::root().join("docs/schema/error.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in [
        "kit --json",
        "kti search evil.com --json",
        "--demo kaspersky get x --json",
    ] {
        let ran = ti(&words(line)).run();
        let object: Value = serde_json::from_str(&ran.stderr).unwrap();
        assert!(validator.is_valid(&object), "{line}: {object}");
    }
}
