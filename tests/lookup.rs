//! `ti lookup`: one answer over all sources.

use serde_json::Value;
use ti::sandbox::Options;

use crate::bulk::Counting;
use crate::support::{Mock, Ran, Ti, ti, words};

fn demo(arguments: &[&str]) -> Ti {
    ti(&[&["--demo"], arguments].concat())
}

fn statuses(element: &Value) -> Vec<String> {
    let sources = element["sources"].as_array().unwrap();
    let word = |answer: &Value| {
        let of = |name: &str| answer[name].as_str().unwrap().to_string();
        format!("{} {}", of("source"), of("status"))
    };
    sources.iter().map(word).collect()
}

#[test]
fn a_first_word_that_is_an_indicator_is_looked_up() {
    for word in ["evil.com", "hxxps://evil[.]com/x", "evil(.)com"] {
        let ran = demo(&[word, "--json"]).ends(0);
        assert_eq!(ran.json()[0]["input"], word);
        assert_eq!(ran.json()[0]["level"], "malicious");
    }
    demo(&["--json", "--", "evil.com"]).ends(0);
    for word in ["serach", "kit", "evil", "readme.nosuchending"] {
        demo(&[word]).ends(2).says("unrecognized subcommand");
    }
}

/// As `ti match` reads them.
#[test]
fn percent_escapes_hide_nothing() {
    for typed in [
        "http://ev%69l.com/",
        "evil%2Ecom",
        "hxxp://u@ev%69l[.]com:80/x",
        "http://ev%2569l.com/x",
    ] {
        let ran = demo(&["kti", "search", typed, "--json"]).ends(0);
        assert_eq!(ran.json()[0]["indicator"], "evil.com");
        assert_eq!(ran.json()[0]["input"], typed);
    }
    for typed in [
        "http://evil.com%2Fx",
        "http://evil.com%00/",
        "http://%FFevil.com/",
    ] {
        demo(&["kti", "search", typed]).ends(2);
    }
    for (typed, is_good) in [
        ("http://evil.com/b.php", true),
        ("http://evil.com/b%2Ephp", true),
        ("http://ev%69l.com/%2562.php", true),
        ("http://evil.com/c%2Ephp", false),
    ] {
        let ran = demo(&["lookup", typed, "--json", "--ignore", "good"])
            .file("good", "http://evil.com/b.php ours\n")
            .ends(0);
        assert_eq!(ran.json()[0]["ignored_by"].is_object(), is_good, "{typed}");
    }
}

/// What was typed is what the error is about.
#[test]
fn an_indicator_where_a_providers_command_is_missing_is_named() {
    for provider in ["kti", "kaspersky", "brcti", "config", "index"] {
        let ran = ti(&[provider, "evil.com"]).ends(2);
        ran.says("'evil.com'");
        ran.never_says("lookup");
    }
}

#[test]
fn several_sources_give_one_answer() {
    let inputs = [
        "evil.com",
        "192.168.0.238",
        "d41d8cd98f00b204e9800998ecf8427e",
        "rubbish",
    ];
    let arguments = [&["lookup", "--json"], &inputs[..]].concat();
    let ran = demo(&arguments).ends(8);
    let elements = ran.json();
    let kti_and_brcti = |at: usize| {
        let mut all = statuses(&elements[at]);
        all.retain(|word| word.starts_with("kti") || word.starts_with("brcti"));
        all
    };
    assert_eq!(kti_and_brcti(0), ["kti found", "brcti not_found"]);
    assert_eq!(kti_and_brcti(1), ["kti not_found", "brcti found"]);
    assert_eq!(kti_and_brcti(2), ["kti unsupported", "brcti unsupported"]);
    assert_eq!(elements[3]["status"], "invalid");
    assert_eq!(elements[3]["sources"], serde_json::json!([]));
    let inputs_back = elements
        .as_array()
        .unwrap()
        .iter()
        .map(|element| &element["input"]);
    assert!(inputs_back.eq(inputs.iter()));
}

#[test]
fn the_index_answers_for_hashes_names_and_what_is_below_them() {
    let ran = demo(&words("lookup 0123456789ABCDEF0123456789abcdef a.update.lantern.example --source kaspersky --json"))
    .ends(0);
    for (at, how) in [(0, "exact"), (1, "subdomain")] {
        let said = &ran.json()[at]["sources"][0];
        assert_eq!(
            (&said["status"], &said["how"]),
            (&"found".into(), &how.into())
        );
        assert_eq!(said["reports"][0]["detection_date"], "2026-10-12");
    }
}

/// Lists of one's own are sources too; an index that cannot be relied on is not the end.
#[test]
fn lists_are_sources_and_a_damaged_index_is_a_line() {
    let service = Counting::start(Options::default());
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        service
            .ti(arguments)
            .env("XDG_DATA_HOME", data.path().to_str().unwrap())
            .file("block.txt", "listed.example\n")
            .run()
    };
    run(&["index", "add", "block.txt", "--name", "block"]).code(0);
    let ran = run(&["lookup", "www.listed.example", "--json"]).code(0);
    assert_eq!(statuses(&ran.json()[0]), ["kti not_found", "block found"]);
    let ran = run(&words(
        "lookup listed.example --source block --offline --json",
    ))
    .code(0);
    assert_eq!(ran.json()[0]["level"], "malicious");
    let index = std::fs::read_dir(data.path().join("ti")).unwrap();
    for file in index
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
    {
        std::fs::write(file, "rubbish").unwrap();
    }
    let ran = run(&["lookup", "evil.com", "--json"]).code(8);
    assert_eq!(statuses(&ran.json()[0]), ["kti found", "index error"]);
    run(&["lookup", "evil.com", "--source", "block"]).code(6);
}

#[test]
fn a_hash_alone_is_no_failure() {
    let hash = "d41d8cd98f00b204e9800998ecf8427e";
    let ran = demo(&["lookup", hash, "--source", "kti,brcti", "--json"]).ends(0);
    assert_eq!(ran.json()[0]["status"], "unsupported");
}

#[test]
fn a_card_for_one_and_the_worst_first_for_several() {
    let card = demo(&["lookup", "evil.com", "--source", "kti", "--format", "table"]).ends(0);
    assert!(
        card.stdout
            .starts_with("evil[.]com  malicious · 1 of 1 sources\n\nkti\n"),
        "{}",
        card.stdout
    );
    card.shows("ti kti search evil.com");
    let table = |command: &[&str], more: &[&str]| {
        let inputs = ["nothing.example", "8.8.8.8", "evil.com", "192.0.2.77"];
        let arguments = [command, &inputs, &["--format", "table"], more].concat();
        demo(&arguments).ends(0).stdout
    };
    for command in [&["kti", "search"][..], &["lookup", "--source", "kti"]] {
        let shown = table(command, &[]);
        let worst = shown.find("\nevil[.]com ");
        assert!(
            worst.is_some() && worst < shown.find("\n8.8.8.8 "),
            "{shown}"
        );
        let last = shown.lines().last().unwrap();
        assert_eq!(
            last, "1 malicious, 1 info, 2 not found (--all shows them)",
            "{shown}"
        );
        let all = table(command, &["--all"]);
        assert!(all.contains("\nnothing.example"), "{all}");
        assert!(all.ends_with("1 malicious, 1 info, 2 not found\n"), "{all}");
    }
}

#[test]
fn whose_host_is_looked_up_is_said_where_it_is() {
    let url = "http://update.lantern.example/x";
    let told = "is a URL: its host update.lantern.example is looked up";
    for (sources, said) in [
        ("kti", Some(format!("{told}\n"))),
        ("kaspersky", None),
        ("kti,kaspersky", Some(format!("{told} (kti)\n"))),
    ] {
        let ran = demo(&["lookup", url, "--source", sources]).ends(0);
        match said {
            Some(said) => assert!(ran.stderr.contains(&said), "{}", ran.stderr),
            None => assert!(!ran.stderr.contains("is a URL"), "{}", ran.stderr),
        }
    }
}

/// The commands of a card, as a person copies them.
fn more(card: &str) -> Vec<&str> {
    let lines = card.lines();
    lines
        .filter_map(|line| Some(line.trim().strip_prefix("More")?.trim()))
        .collect()
}

#[test]
fn each_section_has_the_command_that_tells_more() {
    let machine = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        ti(arguments)
            .env("XDG_DATA_HOME", machine.path().to_str().unwrap())
            .ends(0)
    };
    let report = "0b5cf2f2-5a11-4e0c-9a3e-000000000001";
    let master = machine.path().join("master.csv");
    let rows = format!(
        "id,publication,indicator,detection_date,type\n\
         1,Report A,evil.com,2026-10-12,networkActivity\n\
         2,Report B,http://evil.org/a?x=1&y='2',2026-10-12,networkActivity\n\
         3,Report C,two.example,2026-10-12,networkActivity\n\
         {report},Report C,two.example,2026-10-12,networkActivity\n"
    );
    std::fs::write(&master, rows).unwrap();
    run(&["index", "update", "--from", master.to_str().unwrap()]);
    for (asked, command) in [
        (
            "cdn.evil.com",
            "ti kaspersky ioc --grep evil.com".to_string(),
        ),
        (
            "http://evil.org/a?x=1&y='2'",
            r#"ti kaspersky ioc --grep "http://evil.org/a?x=1&y='2'""#.to_string(),
        ),
        ("two.example", format!("ti kaspersky get {report}")),
    ] {
        let card = run(&["lookup", asked, "--format", "table"]);
        assert_eq!(more(&card.stdout), [command], "{}", card.stdout);
    }
    // They are there, and find it.
    for asked in ["update.lantern.example", "http://evil.com/a?b='c'&d"] {
        let card = demo(&["lookup", asked, "--format", "table"]).ends(0);
        for command in more(&card.stdout) {
            let mut words = shlex::split(command).unwrap();
            words[0] = "--demo".to_string();
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let ran = ti(&[&words[..], &["--ndjson"]].concat()).ends(0);
            assert!(!ran.stdout.is_empty(), "{command}");
        }
        assert!(!more(&card.stdout).is_empty(), "{}", card.stdout);
    }
}

#[test]
fn what_is_known_to_be_good_is_marked_and_opens_no_gate() {
    let run = |list: &str, more: &[&str]| {
        let arguments = [
            &[
                "lookup",
                "a.evil.com",
                "evil.com",
                "--source",
                "kti",
                "--json",
                "--ignore",
                "good",
            ],
            more,
        ];
        demo(&arguments.concat()).file("good", list).run()
    };
    let ran = run("evil.com our own\n", &["--fail-on", "malicious"]);
    let evil = &ran.code(0).json()[1];
    assert_eq!(evil["level"], "malicious");
    let by = serde_json::json!({"list": "good", "entry": "evil.com", "reason": "our own"});
    assert_eq!(evil["ignored_by"], by);
    run("=a.evil.com\n", &["--fail-on", "malicious"]).code(10);
    let misp =
        r#"{"name":"Ours","type":"hostname","list":["evil.com"],"matching_attributes":["domain"]}"#;
    assert_eq!(
        run(misp, &[]).code(0).json()[1]["ignored_by"]["list"],
        "Ours"
    );
    for broken in ["nonsense here\n", "{", ""] {
        run(broken, &[]).code(3).says("the known-good list good");
    }
    demo(&["lookup", "evil.com", "--ignore", "missing"]).ends(3);
}

#[test]
fn known_good_lists_stand_in_the_configuration() {
    let service = Counting::start(Options::default());
    let config = format!("{}\n[ignore]\nfiles = [\"good.txt\"]\n", service.config());
    let run = |list: Option<&str>| -> Ran {
        let mut run = service
            .ti(&["lookup", "evil.com", "--json"])
            .config(&config);
        if let Some(list) = list {
            std::fs::write(run.path("config/ti/good.txt"), list).unwrap();
        }
        run.run()
    };
    let ran = run(Some("evil.com\n")).code(0);
    assert_eq!(ran.json()[0]["ignored_by"]["entry"], "evil.com");
    run(None).code(3);
}

#[test]
fn a_source_that_fails_is_a_line_and_not_the_end() {
    let service = Counting::start(Options::default());
    // Nobody listens there.
    let config = format!(
        "{}[profile.sandbox.brcti]\nendpoint = \"http://127.0.0.1:1/\"\nretries = 0\n",
        service.config()
    );
    let run = |more: &[&str]| {
        let arguments = [&["lookup", "--json"], more].concat();
        service.ti(&arguments).config(&config).run()
    };
    let ran = run(&["evil.com", "nothing.example"]).code(8);
    let lines: Vec<_> = ran
        .stderr
        .lines()
        .filter(|line| line.contains("brcti"))
        .collect();
    assert_eq!(lines.len(), 1, "{}", ran.stderr);
    assert_eq!(statuses(&ran.json()[0]), ["kti found", "brcti error"]);
    assert_eq!(statuses(&ran.json()[1]), ["kti not_found", "brcti skipped"]);
    // Where a source is missing, nobody knows that there is nothing.
    assert_eq!(ran.json()[1]["status"], "skipped");
    ran.says(", 0 not found,");
    let digest = "d41d8cd98f00b204e9800998ecf8427e";
    // Each input is in one of the counts, whatever became of it at how many sources.
    let ran = run(&["evil.com", "8.8.8.8", digest, "bob@evil.com", "1.2.3"]).code(8);
    ran.says(" 2 found, 0 not found, 1 failed, 2 unsupported\n")
        .says("error: 3 of 5 inputs were not answered by every source\n");
    run(&["evil.com"]).code(8);
    run(&["evil.com", "--source", "brcti"]).code(5);
    // Nor is it asked about what it does not know.
    let hash = "d41d8cd98f00b204e9800998ecf8427e";
    let ran = run(&[hash, "--source", "brcti"]).code(2);
    ran.says(&format!("{hash} is refused"));
    ran.says("it is of the type md5, and br-cti lists addresses and domains only");
    run(&["evil.com", "--source", "kti"]).code(0);
    // Nobody is asked, and what the cache knows is there.
    let ran = run(&["evil.com", "other.example", "--offline"]).code(8);
    assert_eq!(statuses(&ran.json()[0]), ["kti found"]);
}

#[test]
fn a_source_that_is_not_there_is_named() {
    for (arguments, code, said) in [
        (&["lookup", "evil.com"][..], 3, "there is no source to ask"),
        (
            &["lookup", "evil.com", "--source", "kti"],
            3,
            "the source kti cannot be asked",
        ),
        (
            &["--demo", "lookup", "evil.com", "--source", "kit"],
            2,
            "there is no source \"kit\"",
        ),
        (&["--demo", "lookup", "evil.com", "--raw"], 2, "--raw"),
    ] {
        ti(arguments).ends(code).says(said);
    }
}

/// A list of which nothing can be looked up says nothing of what was asked.
#[test]
fn a_list_that_names_nothing_is_no_answer() {
    let evil = r#"{"ip_address":"evil.com","attack_type":"botnet"}"#;
    let unread = r#"{"ip":"evil.com","attack_type":"botnet"},{"ip_address":{"v":7}}"#;
    let twice = r#"{"ip_address":null,"ip_address":"evil.com","ip_address":""}"#;
    for (result, code, says) in [
        (format!("[{evil}]"), 10, ""),
        (format!("[{twice}]"), 10, ""),
        (format!("[{evil}],\"result\":null"), 10, ""),
        (
            format!("[{unread},{evil}]"),
            10,
            "2 entries of br-cti's list name no address or domain",
        ),
        // A range has the address in it, and a URL is a part of what the name leads to: whether
        // that is asked about, nobody said.
        (
            format!(r#"[{evil},{{"ip_address":"203.0.113.0/24"}}]"#),
            10,
            "1 entry of br-cti's list names no address or domain",
        ),
        (
            r#"[{"ip_address":"http://evil.com/a"},{"ip_address":"203.0.113.0/24"}]"#.to_string(),
            6,
            "not one entry of its result names an address or a domain as ip_address",
        ),
        (
            format!("[{unread}]"),
            6,
            "not one entry of its result names an address or a domain as ip_address",
        ),
        ("[{}]".to_string(), 0, ""),
        ("null".to_string(), 0, "is null: taken as no data"),
    ] {
        let mock = Mock::json(format!(r#"{{"result":{result}}}"#));
        let arguments = [
            "lookup",
            "evil.com",
            "--source",
            "brcti",
            "--fail-on",
            "malicious",
        ];
        let mut run = ti(&arguments).env("TI_BRCTI_ENDPOINT", &mock.url());
        let ran = run.ends(code);
        ran.says(says);
        assert_eq!(
            ran.stderr.contains("br-cti's list"),
            says.contains("br-cti's list")
        );
    }
}
