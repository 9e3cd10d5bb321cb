//! `--help` of every command: examples first, sorted, and narrow enough to read.

use clap::Command;
use unicode_width::UnicodeWidthStr;

use crate::support::ti;

/// Every command with the words that lead to it.
pub fn all_commands() -> Vec<(Vec<String>, Command)> {
    fn collect(path: &[String], command: &Command, all: &mut Vec<(Vec<String>, Command)>) {
        for below in command.get_subcommands() {
            let path = [path, &[below.get_name().to_string()]].concat();
            collect(&path, below, all);
            all.push((path, below.clone()));
        }
    }
    let mut all = Vec::new();
    let root = ti::cli::command();
    collect(&[], &root, &mut all);
    all.push((Vec::new(), root));
    all
}

fn help(path: &[String]) -> String {
    let words: Vec<_> = path.iter().map(String::as_str).collect();
    let mut run = ti(&[&words[..], &["--help"]].concat()).env("COLUMNS", "200");
    run.ends(0).stdout
}

#[test]
fn every_command_shows_examples_before_its_options() {
    for (path, _) in all_commands() {
        let text = help(&path);
        let at = |words: &str| {
            text.find(words)
                .unwrap_or_else(|| panic!("{path:?}: no {words}"))
        };
        assert!(at("Examples:\n  ") < at("Usage: ti"), "{path:?}: {text}");
    }
}

#[test]
fn options_come_from_the_particular_to_the_general() {
    for (path, _) in all_commands() {
        let text = help(&path);
        let all = ["Options", "Output", "Profile", "Connection"];
        let place = |heading: &str| text.find(&format!("\n{heading}:\n"));
        // What asks no service has no connection.
        let places: Vec<_> = all.iter().filter_map(|heading| place(heading)).collect();
        assert!(places.is_sorted() && places.len() >= 3, "{path:?}: {text}");
    }
}

#[test]
fn short_help_fits_a_screen_and_says_where_the_rest_is() {
    for (path, command) in all_commands() {
        let words: Vec<_> = path.iter().map(String::as_str).collect();
        let mut run = ti(&[&words[..], &["-h"]].concat()).env("COLUMNS", "80");
        let text = run.ends(0).stdout;
        if path == ["options"] {
            continue;
        }
        assert!(text.lines().count() <= 24, "{path:?}: {text}");
        let is_too_long = |line: &str| line.chars().count() > 80;
        assert!(!text.lines().any(is_too_long), "{path:?}: {text}");
        assert!(text.contains("global options: ti help options"), "{text}");
        assert!(!text.contains("--connect-timeout"), "{path:?}: {text}");
        // All that it leaves out stands in the long one.
        let long = help(&path);
        let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        for name in shown.filter_map(|arg| arg.get_long()) {
            assert!(long.contains(&format!("--{name}")), "{path:?}: {name}");
        }
    }
    // Without a command it is the same, on stderr.
    let text = ti(&[]).env("COLUMNS", "80").ends(2).stderr;
    assert!(text.lines().count() <= 24, "{text}");
    let examples = text.lines().filter(|line| line.starts_with("  ti "));
    assert_eq!(examples.count(), 5, "{text}");
}

#[test]
fn an_option_stands_only_where_it_works() {
    for (line, works, does_not) in [
        (
            "sandbox",
            &["--output", "--quiet"][..],
            &["--csv", "--fields", "--stable"][..],
        ),
        (
            "kti search",
            &["--raw", "--timeout", "--title", "html,", "md]"],
            &["svg", "--chart"],
        ),
        ("brcti geo", &["svg", "--chart", "--title"], &[]),
        (
            "kti types",
            &["--csv"],
            &["--raw", "--timeout", "--chart", "--title", "html"],
        ),
        (
            "kti enrich",
            &["--output", "--timeout"],
            &["--format", "--raw"],
        ),
        (
            "kaspersky yara",
            &["--raw", "--fail-unchanged"],
            &["--csv", "--fields"],
        ),
        ("lookup", &["--json", "--timeout"], &["--raw"]),
        ("config path", &["--config"], &["--output", "--json"]),
        ("config check", &["--json", "--proxy"], &["--chart"]),
        ("completions", &["--lang"], &["--output", "--proxy"]),
    ] {
        let path: Vec<_> = line.split(' ').map(str::to_string).collect();
        let text = help(&path);
        for word in works {
            assert!(text.contains(word), "{line}: no {word}: {text}");
        }
        for word in does_not {
            assert!(!text.contains(word), "{line}: {word}: {text}");
        }
    }
}

#[test]
fn the_global_options_are_a_topic_of_help() {
    let text = ti(&["help", "options"]).ends(0).stdout;
    for name in [
        "--json",
        "--output",
        "--stable",
        "--profile",
        "--timeout",
        "--quiet",
    ] {
        assert!(text.contains(name), "{text}");
    }
    assert_eq!(ti(&["options"]).ends(0).stdout, text);
    // Help of one command is all of it.
    let text = ti(&["help", "kti", "search"]).ends(0).stdout;
    assert_eq!(text, ti(&["kti", "search", "--help"]).ends(0).stdout);
    assert!(text.contains("--max-lookups") && text.contains("--timeout"));
}

#[test]
fn no_line_is_wider_than_100_columns() {
    for (path, _) in all_commands() {
        for line in help(&path).lines() {
            assert!(
                line.width() <= 100,
                "{path:?}: {} columns: {line}",
                line.width()
            );
        }
    }
}

/// The words of an example as a shell would split them: up to a pipe, a comment or `&`.
fn words(example: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = example.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap(),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        if ["|", "&", ">", "<"].contains(&word) {
            break;
        }
        words.push(word.to_string());
        // Two blanks begin the comment.
        if after.starts_with("  ") {
            break;
        }
        rest = after.trim_start();
    }
    words
}

#[test]
fn the_examples_are_commands_that_there_are() {
    for (path, command) in all_commands() {
        let examples = command
            .get_before_help()
            .unwrap()
            .to_string()
            .replace("\\\n", "");
        let lines = examples.lines().filter(|line| line.starts_with("  ti "));
        for line in lines {
            let parsed = ti::cli::command().try_get_matches_from(words(line));
            assert!(parsed.is_ok(), "{path:?}: {line}: {:?}", words(line));
        }
    }
}

#[test]
fn a_mistyped_word_gets_its_neighbour() {
    for (words, meant) in [
        (&["ktii", "search"][..], "'kti'"),
        (&["kti", "serach", "x"], "'search'"),
        (&["config", "chekc"], "'check'"),
        (&["kti", "search", "x", "--jsno"], "'--json'"),
        (&["kti", "search", "x", "--format", "jsn"], "'json'"),
        (&["--profil", "x", "kti", "types"], "'--profile'"),
    ] {
        let ran = ti(words).ends(2);
        ran.says("similar");
        ran.says(meant);
    }
}
