//! What a person sees first: tables and cards, and the bare values for the next command.

use ti::sandbox::Options;
use unicode_width::UnicodeWidthStr;

use crate::bulk::Counting;
use crate::support::{Ti, drawn, ti, words};

fn demo(arguments: &[&str]) -> Ti {
    let text = "see hxxp://evil[.]com/gate.php and update.lantern.example\n";
    ti(&[&["--demo", "-q"], arguments].concat()).file("report.txt", text)
}

fn printed(arguments: &[&str]) -> String {
    demo(arguments).ends(0).stdout
}

/// The sample reports are of the last days.
fn undated(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("20") {
        let (before, date) = rest.split_at(at);
        shown.push_str(before);
        let is_date = date.len() >= 10
            && date[..10].bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let end = if is_date { 10 } else { 2 };
        shown.push_str(if is_date { "YYYY-MM-DD" } else { &date[..2] });
        rest = &date[end..];
    }
    shown + rest
}

const SEVERAL: &[&str] = &[
    "kti",
    "search",
    "192.0.2.22",
    "evil.com",
    "8.8.8.8",
    "198.51.100.13",
    "nothing.example",
];

#[test]
fn tables_at_three_widths() {
    for (name, arguments) in [
        ("search", SEVERAL),
        ("search_one", &["kti", "search", "8.8.8.8"]),
        ("kti_types", &["kti", "types"]),
        ("lookup", &["lookup", "evil.com", "8.8.8.8", "192.0.2.41"]),
        ("reports", &["kaspersky", "list"]),
        ("master_ioc", &["kaspersky", "ioc"]),
        ("attackers", &["brcti", "attacks", "--iocs"]),
    ] {
        for width in ["80", "100", "200"] {
            let ran = demo(&drawn(arguments)).env("COLUMNS", width).ends(0);
            let limit = width.parse().unwrap();
            for line in ran.stdout.lines() {
                assert!(line.width() <= limit, "{width}: {line}");
            }
            insta::assert_snapshot!(format!("{name}_{width}"), undated(&ran.stdout));
        }
    }
}

/// A locale without UTF-8 has no signs but those of ASCII; what a service says stays.
#[test]
fn without_utf8_there_are_no_signs_of_ours() {
    for arguments in [
        SEVERAL,
        &["kti", "search", "8.8.8.8"],
        &["lookup", "evil.com"],
        &["lookup", "evil.com", "8.8.8.8", "nothing.example"],
        &["kaspersky", "list"],
        &["kaspersky", "get", "0b5cf2f2-5a11-4e0c-9a3e-000000000001"],
        &["kaspersky", "ioc"],
        &["brcti", "attacks"],
        &["config", "check"],
        &["index", "info"],
    ] {
        for width in ["80", "100", "200"] {
            let mut run = demo(&drawn(arguments))
                .env("LC_ALL", "C")
                .env("COLUMNS", width);
            let shown = run.ends(0).stdout;
            assert!(!shown.contains(['·', '…', '→', '–', '─', '✓']), "{shown}");
        }
    }
}

/// What has no names is a text: it begins where the names do, and an address that has room in a
/// line is in one.
#[test]
fn a_text_on_a_card_has_the_whole_width() {
    let arguments = ["kaspersky", "get", "0b5cf2f2-5a11-4e0c-9a3e-000000000001"];
    let shown = demo(&drawn(&arguments)).env("COLUMNS", "80").ends(0).stdout;
    let page = "  https://tip.kaspersky.com/reporting?id=0b5cf2f2-5a11-4e0c-9a3e-000000000001";
    assert_eq!(shown.lines().last(), Some(page), "{shown}");
    assert!(
        shown.contains("\nDescription\n  How an invented actor"),
        "{shown}"
    );
}

/// The least important column goes first, and what the row is about stays longest.
#[test]
fn columns_go_by_what_they_are_worth() {
    for (width, there, gone) in [
        ("80", &["Indicator", "Detected"][..], "Type, Report"),
        ("100", &["Indicator", "Detected", "Report"], "Type"),
        ("140", &["Indicator", "Type", "Detected", "Report"], ""),
    ] {
        let mut run = demo(&drawn(&["kaspersky", "ioc"])).env("COLUMNS", width);
        let table = run.ends(0).stdout;
        let titles: Vec<_> = table.lines().next().unwrap().split_whitespace().collect();
        assert_eq!(titles, there, "{width}");
        let told = table.lines().find_map(|line| line.split_once("also: "));
        assert_eq!(told.map_or("", |(_, titles)| titles), gone, "{width}");
    }
}

#[test]
fn bare_values_are_for_the_next_command() {
    let first = |arguments: &[&str]| {
        let values = printed(arguments);
        values.lines().next().unwrap_or_default().to_string()
    };
    for (arguments, expected) in [
        ("kti search hxxp://evil[.]com/x", "evil.com"),
        ("lookup evil[.]com", "evil.com"),
        ("kaspersky ioc --type url", "http://198.51.100.17/pay.js"),
        (
            "kaspersky get 0b5cf2f2-5a11-4e0c-9a3e-000000000001 --fields type",
            "md5",
        ),
        ("brcti attacks --iocs", "36.99.136.136"),
        ("extract report.txt", "http://evil.com/gate.php"),
        ("match report.txt", "update.lantern.example"),
        ("kti search evil.com --fields domain.cur_ips", "192.0.2.10"),
        ("kti search nothing.example --fields level", ""),
        ("brcti geo --fields country", "CN"),
    ] {
        let arguments = &words(arguments)[..];
        let arguments = [arguments, &["--values"]].concat();
        assert_eq!(first(&arguments), expected, "{arguments:?}");
    }
    // What comes out goes in again, each on a line of its own.
    let values = demo(&["kaspersky", "ioc", "--values", "--type", "domain"]).ends(0);
    let again = demo(&words(
        "kti search -i - --csv --fields indicator --any-name",
    ));
    let again = again.stdin(values.stdout.clone()).run();
    let again: Vec<_> = again.stdout.lines().skip(1).map(str::to_string).collect();
    assert!(
        again.len() > 2
            && again
                .iter()
                .all(|line| values.stdout.contains(line.as_str()))
    );
}

#[test]
fn an_answer_without_indicators_has_no_bare_values() {
    for (arguments, why) in [
        ("kti types", "this answer has none"),
        ("kaspersky list", "this answer has none"),
        ("kaspersky list --actors", "this answer has none"),
        ("brcti geo", "this answer has none"),
        ("brcti attacks", "this answer has none"),
        ("config show", "this answer has none"),
        ("cache info", "this answer has none"),
        ("index info", "this answer has none"),
        (
            "kti search evil.com --fields level,type",
            "--fields names 2",
        ),
        ("kti search evil.com --fields nothing", "there is no field"),
        (
            "kti enrich report.txt --field a",
            "the rows keep their own format",
        ),
        ("kaspersky yara", "passes a file on as it is"),
        ("match --count report.txt", "not about records"),
    ] {
        let arguments = &words(arguments)[..];
        let arguments = [&["--demo", "-q", "--values"], arguments].concat();
        let ran = ti(&arguments).file("report.txt", "x").ends(2);
        assert!(ran.stderr.contains(why), "{arguments:?}: {}", ran.stderr);
        ran.says("  hint:  ");
    }
}

/// In a drawn table, also where `--fields` chooses; never in what another program reads.
#[test]
fn what_does_harm_is_defanged_wherever_a_table_is_drawn() {
    for (arguments, field, bare, shown) in [
        ("kti search evil.com", "indicator", "evil.com", "evil[.]com"),
        (
            "kti search http://evil.com/a",
            "input",
            "http://evil.com/a",
            "hxxp://evil[.]com/a",
        ),
        (
            "kti search evil.com",
            "domain.domain",
            "evil.com",
            "evil[.]com",
        ),
        ("kti search 8.8.8.8", "indicator", "8.8.8.8", "8.8.8.8"),
        ("lookup evil.com", "indicator", "evil.com", "evil[.]com"),
        (
            "kaspersky ioc --type url",
            "indicator",
            "http://198.51.100.17/pay.js",
            "hxxp://198.51.100[.]17/pay.js",
        ),
        (
            "kaspersky ioc --type file",
            "indicator",
            r"C:\Windows\Temp\harbour.sys",
            r"C:\Windows\Temp\harbour.sys",
        ),
        (
            "brcti attacks --iocs",
            "indicator",
            "36.99.136.136",
            "36.99.136[.]136",
        ),
        (
            "extract report.txt",
            "indicator",
            "http://evil.com/gate.php",
            "hxxp://evil[.]com/gate.php",
        ),
        (
            "match report.txt",
            "match",
            "update.lantern.example",
            "update.lantern[.]example",
        ),
        (
            "match report.txt",
            "text",
            "and update.lantern.example",
            "and update.lantern[.]example",
        ),
    ] {
        let arguments = &words(arguments)[..];
        let with = |format: &[&str]| printed(&[arguments, &["--fields", field], format].concat());
        let drawn = with(&["--format", "table"]);
        assert!(drawn.contains(shown), "{arguments:?}: {drawn}");
        for format in [&["--csv"][..], &["--values"], &[]] {
            let text = with(format);
            assert!(text.contains(bare), "{arguments:?} {format:?}: {text}");
        }
    }
}

#[test]
fn what_the_service_calls_in_its_own_way_has_words() {
    let card = printed(&drawn(&["kti", "search", "evil.com"]));
    for row in [
        "  Gang            Sample Spider",
        "  Malware family  SampleRAT",
        "  Industry        Finance",
    ] {
        assert!(card.contains(row), "{card}");
    }
    let json = demo(&["kti", "search", "evil.com", "--json"])
        .ends(0)
        .json();
    assert_eq!(json[0]["tags"][1]["type"], "virus_family");
    let types = demo(&["kti", "types", "--json"]).ends(0).json();
    assert!(
        types
            .as_array()
            .unwrap()
            .iter()
            .any(|kind| kind["name"] == "virus_family")
    );
}

#[test]
fn a_whitelist_beside_a_level_is_explained() {
    let why = "benign beside another level: ";
    let table = printed(&drawn(SEVERAL));
    assert_eq!(table.matches(why).count(), 1, "{table}");
    let card = printed(&drawn(&["kti", "search", "8.8.8.8"]));
    assert!(
        card.contains("info by IDC, benign by Whitelist: the worst counts"),
        "{card}"
    );
    for other in [
        &["kti", "search", "evil.com", "192.0.2.22"][..],
        &["kti", "search", "evil.com"],
    ] {
        let text = printed(&drawn(other));
        assert!(
            !text.contains("the worst counts") && !text.contains(why),
            "{text}"
        );
    }
}

/// Since when the cache has what it has stands once, not in each row.
#[test]
fn what_the_cache_knew_is_said_once() {
    let service = Counting::start(Options::default());
    let table = || {
        let arguments = ["-q", "kti", "search", "-i", "-", "--format", "table"];
        let mut run = service.ti(&arguments).env("COLUMNS", "200");
        run = run.stdin("evil.com\n192.0.2.22\nnothing.example\n");
        run.ends(0).stdout
    };
    let asked = table();
    assert!(!asked.contains("cached"), "{asked}");
    let cached = table();
    assert_eq!(cached.matches("cached").count(), 1, "{cached}");
    let last = cached.lines().last().unwrap();
    assert!(
        last.contains(" · 3 cached, the oldest 20") && last.ends_with('Z'),
        "{last}"
    );
}

#[test]
fn an_empty_answer_repeats_the_question() {
    for (arguments, sentence) in [
        (
            &["kti", "search", "8.8.8.8", "--only", "malicious,Tor"][..],
            "Nothing to show with --only malicious,Tor",
        ),
        (
            &["kaspersky", "list", "--group", "fin", "--actor", "no one"],
            "No reports with --group fin --actor 'no one'",
        ),
        (
            &["kaspersky", "list", "--actors", "--tag", "x"],
            "No names with --tag x",
        ),
        (
            &["kaspersky", "ioc", "--type", "ip", "--grep", "nothing"],
            "No indicators with --type ip --grep nothing",
        ),
        (
            &["kaspersky", "ioc", "--indicator", "a.example"],
            "No indicators with --indicator a.example",
        ),
        (
            &["brcti", "attacks", "--since", "2030-01-01"],
            "br-cti has no data to show with --since 2030-01-01",
        ),
        (
            &["match", "empty.txt", "--exact", "--type", "md5"],
            "No match with --exact --type md5",
        ),
        (&["extract", "empty.txt"], "No indicators in empty.txt"),
    ] {
        let table = [&["--demo", "-q", "--format", "table"], arguments].concat();
        let ran = ti(&table).file("empty.txt", "nothing here\n").ends(0);
        assert_eq!(ran.stdout, format!("{sentence}\n"), "{arguments:?}");
        let piped = [&["--demo"], arguments].concat();
        if ["extract", "match"].contains(&arguments[0]) {
            // Into a pipe they print lines of their own, and counts on stderr.
            continue;
        }
        let ran = ti(&piped).file("empty.txt", "nothing here\n").ends(0);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        assert!(
            ran.stderr.contains(&format!("note: {sentence}\n")),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

/// A lookup names what the commands of the service name, and JSON has it as it was sent.
#[test]
fn a_lookup_has_the_words_of_the_service() {
    let lookup = ["lookup", "36.99.136.136"];
    let card = printed(&drawn(&lookup));
    assert!(card.contains("  Threat types  Honeypot\n"), "{card}");
    let json = printed(&[&lookup[..], &["--json"]].concat());
    assert!(json.contains("\"judgments\":[\"honeypot_info\"]"), "{json}");
}

#[test]
fn what_a_table_says_of_itself_keeps_to_a_narrow_window() {
    for line in [
        "kti search evil.com login.example 8.8.8.8 1.1.1.1 nothing.example",
        "brcti attacks",
        "brcti traffic --series",
        "kaspersky ioc",
        "lookup evil.com login.example nothing.example",
    ] {
        let demo = [&["--demo", "-q", "--format", "table"], &words(line)[..]].concat();
        let shown = ti(&demo).env("COLUMNS", "40").ends(0).stdout;
        let said = shown
            .lines()
            .rev()
            .take_while(|line| !line.contains(['│', '─']));
        for said in said {
            let columns = said.chars().count();
            assert!(columns <= 40, "{columns}: {said}\n{shown}");
        }
    }
}
