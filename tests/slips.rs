//! A slip of the fingers is answered with what was meant, and what would do nothing is refused.

use crate::support::{ti, words};

#[track_caller]
fn refused(line: &str, said: &[&str]) {
    let ran = ti(&words(line)).ends(2);
    for said in said {
        assert!(
            ran.stderr.contains(said),
            "{line}: no {said}\n{}",
            ran.stderr
        );
    }
    assert_eq!(ran.stdout, "", "{line}");
}

#[test]
fn a_word_that_is_no_command_leads_to_the_one_that_is_meant() {
    for (line, said) in [
        ("kit", "'kti'"),
        ("lokup x", "'lookup'"),
        ("config chek", "'check'"),
        ("help kti serch", "ti kti search"),
        ("search evil.com", "ti kti search"),
        ("list", "ti kaspersky list"),
        ("geo", "ti brcti geo"),
        ("yraa", "ti kaspersky yara"),
        ("kaspersky search x", "ti kti search"),
        ("kaspersky report", "ti kaspersky get"),
        ("brcti country", "unrecognized subcommand 'country'"),
        ("whois evil.com", "did you mean: ti lookup evil.com"),
        (
            "--demo vt hxxp://evil[.]com",
            "did you mean: ti lookup 'hxxp://evil[.]com'",
        ),
        ("kti 8.8.8.8", "ti kti search 8.8.8.8"),
        (
            "kti hxxps://evil[.]com/x",
            "ti kti search 'hxxps://evil[.]com/x'",
        ),
    ] {
        refused(line, &[said]);
    }
    // A likeness of beginnings alone is none.
    for line in ["xyzzy", "kaspersky lionel", "config checkbox"] {
        let ran = ti(&words(line)).ends(2);
        assert!(!ran.stderr.contains("tip:"), "{line}: {}", ran.stderr);
    }
}

#[test]
fn an_option_or_a_value_leads_to_the_one_that_is_meant() {
    for (line, said) in [
        ("kti search x --jsno", "'--json'"),
        ("kti search x --jsonl", "'--ndjson'"),
        ("kti search --file hosts.txt", "'--input'"),
        ("lookup -f hosts.txt", "'--input'"),
        ("kaspersky list --sicne 7d", "'--since'"),
        ("kaspersky list lantern", "did you mean: --grep lantern"),
        ("kaspersky ioc a;b", "did you mean: --grep 'a;b'"),
        (
            "lookup x --resume f",
            "'--resume' is an option of 'ti kti search'",
        ),
        ("kti types --format jsno", "'json'"),
        ("kaspersky list --by updatd", "'updated'"),
        ("kti types --json name,level", "--json --fields name,level"),
        ("kti types --csv=name,level", "--csv --fields name,level"),
        (
            "--demo kti search evil.com --csv indicator,level",
            "--csv --fields indicator,level",
        ),
        ("--demo kti search evil.com -o json", "did you mean --json?"),
        ("--demo kti search evil.com -o CSV", "did you mean --csv?"),
        (
            "--demo kti search evil.com -o table",
            "did you mean --format table?",
        ),
        ("--demo brcti geo -o svg", "did you mean --format svg?"),
        ("--demo kti types -o png", "nothing in it to draw"),
        ("--demo kti search evil.com -o raw", "did you mean --raw?"),
    ] {
        refused(line, &[said]);
    }
    for argument in ["hosts.txt", "@hosts.txt"] {
        let mut run = ti(&["--demo", "kti", "search", argument]).file("hosts.txt", "evil.com");
        let said = run.ends(2).stderr;
        assert!(
            said.contains("-i hosts.txt reads the indicators in it"),
            "{said}"
        );
    }
    // A variable of a script that is not set is nothing to search for.
    let said = ti(&["kaspersky", "list", ""]).ends(2).stderr;
    assert!(!said.contains("--grep"), "{said}");
    let title = ["--demo", "kaspersky", "get", "Paper Lantern"];
    let said = ti(&title).ends(9).stderr;
    assert!(
        said.contains("ti kaspersky list --grep 'Paper Lantern'"),
        "{said}"
    );
    let hash = "d41d8cd98f00b204e9800998ecf8427e";
    let ran = ti(&["--demo", "kti", "search", hash]).ends(2);
    ran.says(&format!("ti lookup {hash}"));
}

#[test]
fn a_file_that_is_called_like_a_format_can_be_written_all_the_same() {
    let mut run = ti(&["-q", "kti", "types", "--json", "-o", "./json"]);
    run.ends(0);
    let text = run.read("json");
    assert!(text.starts_with("[\n"), "{text}");
    // A list of two that is one: a file of that name.
    let mut run = ti(&["extract", "--json", "a,b"]).file("a,b", "evil.com");
    assert_eq!(run.ends(0).json()[0]["indicator"], "evil.com");
}

#[test]
fn what_would_do_nothing_is_refused_and_what_works_is_named() {
    for (line, said) in [
        (
            "sandbox --csv",
            &["does not take --csv", "a profile", "--output"][..],
        ),
        ("--csv sandbox", &["does not take --csv"]),
        (
            "sandbox -o x --fail-unchanged",
            &["does not take --fail-unchanged"],
        ),
        (
            "kti search evil.com --chart",
            &["nothing in it to draw", "--json"],
        ),
        (
            "kti search evil.com --format svg",
            &["table, json, ndjson, csv, html or md"],
        ),
        (
            "--format svg kti search evil.com",
            &["table, json, ndjson, csv, html or md"],
        ),
        ("kti types --raw", &["does not take --raw"]),
        ("lookup evil.com --raw", &["does not take --raw"]),
        ("kti types --title x", &["does not take --title"]),
        ("kti types --timeout 5s", &["it asks no service"]),
        (
            "extract x --proxy http://a.example",
            &["it asks no service"],
        ),
        ("cache path --fields a", &["it prints text alone"]),
        ("config path -o x", &["does not take --output"]),
        ("completions bash --csv", &["does not take --csv"]),
        ("index update --stable", &["does not take --stable"]),
        (
            "kti enrich x.csv --column a --csv",
            &["keep their own format"],
        ),
        ("kaspersky yara --chart", &["passes a file on"]),
    ] {
        refused(line, said);
    }
}

/// A setting, a variable and a field that only begin like another one.
#[test]
fn a_shared_beginning_is_no_likeness() {
    for (name, meant) in [
        ("TI_KTI_FOO", None),
        ("TI_KASPERSKY_FOO", None),
        ("TI_BRCTI_PORT", None),
        ("TI_KTI_PROXI", Some("TI_KTI_PROXY")),
        ("TI_KTI_SECRETKEY", Some("TI_KTI_SECRET_KEY")),
    ] {
        let ran = ti(&["config", "show"]).env(name, "x").ends(3);
        let hint = ran
            .stderr
            .split_once("did you mean ")
            .map(|(_, hint)| hint.trim());
        assert_eq!(hint.map(|hint| hint.trim_end_matches('?')), meant, "{name}");
    }
    for (field, meant) in [
        ("ip.asn.rnak", Some("ip.asn.rank")),
        ("ip.location.foo", None),
        ("domain.cur_whois.x", None),
        ("indicatr", Some("indicator")),
    ] {
        let ran = ti(&["--demo", "kti", "search", "evil.com", "--fields", field]).ends(2);
        let hint = ran
            .stderr
            .split_once("did you mean ")
            .map(|(_, hint)| hint.trim());
        assert_eq!(
            hint.map(|hint| hint.trim_end_matches('?')),
            meant,
            "{field}"
        );
    }
}

#[test]
fn one_name_has_one_meaning() {
    let by = |flag: &str| {
        let arguments = [
            "--demo", "-q", "brcti", "geo", "--depth", "country", flag, "2", "--csv",
        ];
        ti(&arguments).ends(0).stdout
    };
    assert_eq!(by("--limit"), by("--top"));
    for (path, command) in crate::help::all_commands() {
        let longs: Vec<_> = command
            .get_arguments()
            .filter_map(clap::Arg::get_long)
            .collect();
        assert!(!longs.contains(&"top"), "{path:?}");
    }
}
