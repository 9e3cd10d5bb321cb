//! `--help` of every command: examples first, sorted, and narrow enough to read.

use clap::Command;
use unicode_width::UnicodeWidthStr;

use crate::support::ti;

/// Every command with the words that lead to it.
fn all_commands() -> Vec<(Vec<String>, Command)> {
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
    run.run().code(0).stdout
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
        let places: Vec<_> = [
            "\nOptions:\n",
            "\nOutput:\n",
            "\nProfile:\n",
            "\nConnection:\n",
        ]
        .map(|heading| {
            text.find(heading)
                .unwrap_or_else(|| panic!("{path:?}: {heading}"))
        })
        .to_vec();
        assert!(places.is_sorted(), "{path:?}: {text}");
    }
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
        let ran = ti(words).run().code(2);
        assert!(
            ran.stderr.contains("similar") && ran.stderr.contains(meant),
            "{}",
            ran.stderr
        );
    }
}
