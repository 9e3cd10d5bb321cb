//! `ti config set` and `ti config unset`.

use std::fs;

#[cfg(unix)]
use crate::support::terminal::Terminal;
use crate::support::{Ti, ti, words};
#[cfg(unix)]
use crate::support::{chmod, mode_of};

const FILE: &str = "\
# our settings
default_profile = \"work\"   # at work

[profile.work.kti]
access_key = \"AKLTwork\"    # ann's
retries = 2

[profile.home.kti]
access_key = \"AKLThome\"
";

fn config(arguments: &[&str]) -> Ti {
    ti(&[&["config"], arguments].concat()).config(FILE)
}

fn text(run: &Ti) -> String {
    run.read("config/ti/config.toml")
}

#[test]
fn one_setting_changes_and_everything_else_stays() {
    let mut run = config(&["set", "kti.retries", "7"]);
    let ran = run.ends(0);
    assert_eq!(text(&run), FILE.replace("retries = 2", "retries = 7"));
    assert_eq!(ran.stdout, "");
    ran.says("profile.work.kti.retries is set in ~/config/ti/config.toml");
    let mut run = config(&["set", "kti.access_key", "AKLTnew", "--profile", "home"]);
    run.ends(0);
    assert_eq!(text(&run), FILE.replace("AKLThome", "AKLTnew"));
    let mut run = config(&["set", "default_profile", "home"]);
    run.ends(0);
    assert_eq!(text(&run), FILE.replace("= \"work\" ", "= \"home\" "));
    let mut run = config(&["unset", "kti.retries"]);
    run.ends(0);
    assert_eq!(text(&run), FILE.replace("retries = 2\n", ""));
}

#[test]
fn a_secret_comes_from_stdin_and_never_from_the_command_line() {
    let mut run = config(&["-v", "set", "kti.secret_key"]).stdin("s3cret \"quoted\"\nmore\n");
    let ran = run.ends(0);
    assert!(
        text(&run).contains("secret_key = 's3cret \"quoted\"'\n"),
        "{}",
        text(&run)
    );
    ran.never_says("s3cret");

    let mut run = config(&["set", "kti.secret_key", "s3cret"]);
    let ran = run.ends(2);
    assert_eq!(text(&run), FILE);
    ran.says("given as an argument");
    ran.never_says("s3cret");

    let mut run = config(&[
        "set",
        "kti.secret_key",
        "{ command = [\"pass\", \"show\", \"kti\"] }",
    ]);
    run.ends(0);
    assert!(text(&run).contains("secret_key = { command = [\"pass\", \"show\", \"kti\"] }\n"));

    config(&["set", "kti.secret_key"])
        .ends(2)
        .says("there is no secret on stdin");
}

#[test]
fn what_is_wrong_is_not_written() {
    for (arguments, code, says) in [
        (
            &["set", "kti.retires", "3"][..],
            2,
            "did you mean kti.retries?",
        ),
        (&["set", "kti.retries", "many"], 2, "must be a whole number"),
        (&["set", "kti.endpoint", "ksm"], 2, "must be a URL"),
        (&["set", "kti.endpoint"], 2, "there is no value"),
        (
            &["set", "kti.secret_key", "{ enw = \"X\" }"],
            3,
            "must be a string, or one of the forms",
        ),
        (
            &["unset", "kti.endpoint"],
            3,
            "profile.work.kti.endpoint is not set",
        ),
    ] {
        let mut run = config(arguments);
        run.ends(code).says(says);
        assert_eq!(text(&run), FILE);
    }
    let mut broken = ti(&["config", "set", "kti.retries", "3"]).config("profile = [");
    broken.ends(3);
    assert_eq!(text(&broken), "profile = [");
}

#[cfg(unix)]
#[test]
fn the_file_is_made_for_its_owner_only() {
    let mut run = ti(&["config", "set", "kti.retries", "3"]);
    run.ends(0);
    let path = run.path("config/ti/config.toml");
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "[profile.default.kti]\nretries = 3\n"
    );
    assert_eq!(mode_of(&path), 0o600);
    assert_eq!(mode_of(run.path("config/ti")), 0o700);
    chmod(&path, 0o644);
    let mut again = ti(&["config", "set", "kti.secret_key"])
        .stdin("x")
        .env("TI_CONFIG", path.to_str().unwrap());
    again.ends(0);
    assert_eq!(mode_of(&path), 0o600);
}

#[test]
fn headers_come_from_stdin_or_as_places_where_their_values_are() {
    let mut run = config(&["set", "brcti.headers"]).stdin("X-Key: s3cret\n");
    let ran = run.ends(0);
    assert!(
        text(&run).contains("headers = { X-Key = \"s3cret\" }\n"),
        "{}",
        text(&run)
    );
    ran.never_says("s3cret");
    let references = "{ X-Key = { env = \"KEY\" } }";
    let mut run = config(&["set", "brcti.headers", references]);
    run.ends(0);
    assert!(text(&run).contains(references), "{}", text(&run));
    for argument in ["X-Key: s3cret", "{ X-Key = \"s3cret\" }"] {
        let mut run = config(&["set", "brcti.headers", argument]);
        run.ends(2).says("was given as an argument");
        assert_eq!(text(&run), FILE);
    }
}

#[test]
fn what_a_setting_cannot_be_is_refused_when_it_is_set() {
    for (key, value, says) in [
        ("brcti.timezone", "Shanghai", "like Asia/Shanghai"),
        ("kaspersky.max_size", "4XB", "a size like 500MiB"),
        (
            "kti.retries",
            "lots",
            "kti: retries must be a whole number from 0 to 4294967295",
        ),
    ] {
        let mut run = config(&["set", key, value]);
        run.ends(2).says(says);
        assert_eq!(text(&run), FILE);
    }
}

#[test]
fn a_path_may_begin_at_home() {
    let mut run = config(&["set", "kaspersky.certificate", "~/client.pfx"]);
    run.ends(0);
    assert!(text(&run).contains("\"~/client.pfx\""), "{}", text(&run));
    let ran = config(&["show", "--csv"])
        .config(&text(&run).replace("~/client", "~/other"))
        .ends(0);
    ran.shows("/other.pfx");
    ran.never_shows("~/other");
}

#[test]
fn a_default_profile_is_one_that_is_there() {
    for (name, hint) in [
        ("wrok", "did you mean \"work\"?"),
        ("zzz", "profiles there: home, work"),
    ] {
        let mut run = config(&["set", "default_profile", name]);
        let ran = run.ends(2);
        ran.says("there is no profile");
        ran.says(hint);
        assert_eq!(text(&run), FILE);
    }
    let ran = ti(&["config", "set", "default_profile", "work"]).ends(2);
    ran.says("ti config init makes one");
}

#[test]
fn the_language_is_set_for_all_providers() {
    let mut run = config(&["set", "lang", "zh"]);
    run.ends(0);
    assert!(text(&run).contains("\nlang = \"zh\"\n"), "{}", text(&run));
    for (arguments, says) in [
        (&["set", "lang", "zh_CN"][..], "lang must be one of en, zh"),
        (&["set", "lang"], "lang: there is no value"),
        (&["set", "lnag", "zh"], "did you mean lang?"),
        (
            &["set", "kti.lang", "zh"],
            "there is no setting \"kti.lang\"",
        ),
    ] {
        let mut run = config(arguments);
        run.ends(2).says(says);
        assert_eq!(text(&run), FILE);
    }
    let mut run = ti(&["config", "unset", "lang"]).config("lang = \"zh\"\n");
    run.ends(0);
    assert_eq!(text(&run), "");
}

/// A file for all users stays one as long as nothing in it is secret.
#[cfg(unix)]
#[test]
fn a_file_that_others_read_is_closed_for_a_secret_only() {
    let run = |arguments: &[&str], stdin: &str, mode: u32, says: bool| {
        let mut run = config(arguments).stdin(stdin);
        chmod(run.path("config/ti/config.toml"), 0o644);
        let ran = run.ends(0);
        assert_eq!(
            mode_of(run.path("config/ti/config.toml")),
            mode,
            "{arguments:?}"
        );
        let said = ran.stderr.contains("others could read it (mode 0644)");
        assert_eq!(said, says, "{}", ran.stderr);
    };
    run(&["set", "kti.retries", "3"], "", 0o644, false);
    run(&["unset", "kti.retries"], "", 0o644, false);
    run(
        &["set", "kti.secret_key", "{ env = \"X\" }"],
        "",
        0o644,
        false,
    );
    run(&["set", "kti.secret_key"], "s3cret\n", 0o600, true);
    run(
        &["set", "kti.proxy"],
        "http://user:pw@proxy:1\n",
        0o600,
        true,
    );
}

#[test]
fn a_proxy_with_a_login_is_no_argument() {
    for typed in [
        "http://user:CANARY@proxy:1",
        "CANARY-token@proxy:1",
        "socks5h://user:CANARY@[::1]:1080",
    ] {
        let mut run = config(&["set", "kti.proxy", typed]);
        let ran = run.ends(2);
        ran.says("kti.proxy holds a login and was given as an argument")
            .says("pipe it in: … | ti config set kti.proxy")
            .never_says("CANARY")
            .never_says("env =");
        assert_eq!(text(&run), FILE);
        let mut run = config(&["set", "kti.proxy"]).stdin(format!("{typed}\n"));
        run.ends(0).never_says("CANARY");
        assert!(text(&run).contains(&format!("proxy = \"{typed}\"")));
    }
    config(&["set", "kti.proxy", "http://proxy:3128"]).ends(0);
    let ran = config(&["set", "kti.proxy"])
        .stdin("http://user:CANARY@:1\n")
        .ends(2);
    ran.says("this proxy cannot be used").never_says("CANARY");
}

#[cfg(unix)]
#[test]
fn ctrl_d_is_the_end_of_the_input_where_a_secret_is_asked_too() {
    let mut run = config(&[]);
    let line = format!(
        "{} config set kti.secret_key; echo exit $?",
        env!("CARGO_BIN_EXE_ti")
    );
    let mut terminal = Terminal::shell(&mut run, &line);
    terminal.press_unseen("(not shown): ", b"\x04");
    let (shown, _) = terminal.end();
    assert!(
        shown.contains("the input ended; nothing was written"),
        "{shown}"
    );
    assert!(shown.contains("exit 130"), "{shown}");
    assert_eq!(text(&run), FILE);
}

/// `--profile "$NAME"`, where nobody has set it.
#[test]
fn a_profile_without_a_name_is_none() {
    for line in [
        &["config", "set", "kti.retries", "2", "--profile", ""][..],
        &["--profile=", "config", "show"],
    ] {
        let mut run = ti(line).config(FILE);
        run.ends(2).says("--profile");
        assert_eq!(text(&run), FILE);
    }
}

#[test]
fn what_is_empty_or_holds_a_login_is_no_value() {
    for (key, value, says) in [
        ("kti.access_key", "", "access_key must not be empty"),
        ("kaspersky.certificate", "", "certificate must not be empty"),
        ("brcti.timezone", "", "timezone must not be empty"),
        ("lang", "", "lang must not be empty"),
        ("ignore.files", "", "ignore.files must not be empty"),
        (
            "ignore.files",
            "['a', '']",
            "ignore.files must not be empty",
        ),
        (
            "kti.endpoint",
            "https://user:pw@x/",
            "endpoint must not hold a name or a password",
        ),
        (
            "brcti.endpoint",
            "https://user@x/",
            "endpoint must not hold a name or a password",
        ),
        (
            "kaspersky.endpoint",
            "http://:pw@x/",
            "endpoint must not hold a name or a password",
        ),
    ] {
        let mut run = config(&["set", key, value]);
        run.ends(2).says(says).never_says("pw");
        assert_eq!(text(&run), FILE);
    }
    for (line, says) in [
        (
            "kti]\nsecret_key = \"\"",
            "config.toml:2: secret_key must not be empty",
        ),
        (
            "kaspersky]\ntoken = \"\"",
            "config.toml:2: token must not be empty",
        ),
        (
            "brcti]\ntoken = ''",
            "config.toml:2: token must not be empty",
        ),
        (
            "kti]\nregion = \"\"",
            "config.toml:2: region must not be empty",
        ),
        (
            "kti]\nendpoint = \"https://user:pw@x/\"",
            "config.toml:2: endpoint must not hold",
        ),
    ] {
        let mut run = ti(&["config", "show"]).config(&format!("[profile.a.{line}\n"));
        run.ends(3).says(says).never_says("pw");
    }
    let may_be =
        "[profile.a.kaspersky]\ncertificate_password = \"\"\n[profile.a.brcti]\npassword = \"\"\n";
    ti(&["config", "show"]).config(may_be).ends(0);
}

/// Not what was typed is wrong where the disk is full, or the file may not be as large.
#[cfg(unix)]
#[test]
fn a_disk_without_room_is_the_fault_of_the_machine() {
    let limited = ["-c", "ulimit -f 0; exec \"$@\"", "sh"];
    for line in [
        "config set kti.retries 7",
        "config unset kti.retries",
        "config init brcti --non-interactive --set brcti.endpoint=http://a.example",
        "man pages",
        "--demo kti search evil.com --ndjson --resume old.ndjson",
        "--demo kti types -o types.csv",
    ] {
        let mut run = ti(&words(line)).config(FILE).through("sh", &limited);
        let rows = "{\"input\":\"a.com\",\"status\":\"found\"}\n{\"input\":\"b.com\",\"status\":\"error\"}\n";
        fs::write(run.path("old.ndjson"), rows).unwrap();
        run.ends(1);
        assert_eq!(
            (text(&run), run.read("old.ndjson")),
            (FILE.to_string(), rows.to_string())
        );
    }
}

#[test]
fn known_good_lists_are_a_setting_like_others() {
    let mut run = config(&["set", "ignore.files", "good.txt"]).file("good.txt", "evil.com\n");
    run.ends(0);
    let whole = run.path("good.txt").display().to_string();
    let expected = format!("\n[ignore]\nfiles = [\"{whole}\"]\n");
    assert!(text(&run).ends_with(&expected), "{}", text(&run));
    let several = r#"["a.txt", "~/b c.txt"]"#;
    let mut run = config(&["set", "ignore.files", several]);
    run.ends(0);
    assert!(
        text(&run).ends_with(&format!("\nfiles = {several}\n")),
        "{}",
        text(&run)
    );
    config(&["set", "ignore.file", "x"])
        .ends(2)
        .says("did you mean ignore.files?");

    let lists = "[ignore]\nfiles = [\n  \"a.txt\",\n  \"~/b.txt\",\n]\n";
    let shown = ti(&["config", "show", "--csv"]).config(lists).ends(0);
    shown
        .shows("config/ti/a.txt\"\", ")
        .shows("/b.txt\"\"]\",~/config/ti/config.toml:3");
    ti(&["config", "show", "--csv"])
        .ends(0)
        .shows(",ignore.files,,");
    let mut run = ti(&["config", "unset", "ignore.files"]).config(lists);
    run.ends(0);
    assert!(!text(&run).contains("a.txt"));
}

/// Whoever adds a second profile or takes the choice away is told at once.
#[test]
fn several_profiles_without_a_choice_are_told() {
    let one = "[profile.a.kti]\nretries = 2\n";
    let says = "none is chosen: ti config set --profile b default_profile NAME";
    let mut run = ti(&["config", "set", "kti.retries", "3", "--profile", "b"]).config(one);
    let ran = run.ends(0);
    ran.says(says);
    let ran = config(&["unset", "default_profile"]).ends(0);
    ran.says("none is chosen");
    let ran = config(&["set", "kti.retries", "3"]).ends(0);
    ran.never_says("none is chosen");
}
