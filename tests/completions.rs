//! The completion scripts in real shells: loaded, and asked as by somebody who presses Tab.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Ti, has_tool, ti};

const FILE: &str = "default_profile = \"work\"\n[profile.work.kti]\n[profile.home.kti]\n";

fn script(name: &str) -> String {
    format!("{}/completions/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Runs a shell's own script with `ti` in its path and the file above.
fn run(program: &str, arguments: &[&str], text: &str) -> Vec<String> {
    let mut home: Ti = ti(&[]).config(FILE).file("evil.txt", "");
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_ti"));
    let folder = binary.parent().unwrap().display();
    let mut command = Command::new(program);
    command.args(arguments).arg(text).env_clear();
    let place = home.home.path().to_path_buf();
    let variables = home.command().get_envs();
    for (name, value) in variables {
        command.env(name, value.unwrap_or_default());
    }
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap());
    let output = command
        .env("PATH", path)
        .current_dir(place)
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && stderr.is_empty(),
        "{program}: {stderr}"
    );
    let stdout = String::from_utf8(output.stdout).unwrap();
    stdout.lines().map(str::to_string).collect()
}

fn in_bash(words: &[&str]) -> Vec<String> {
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    let current = words.last().unwrap();
    let text = format!(
        "source '{}'\nCOMP_WORDS=({})\nCOMP_CWORD={}\nCOMP_TYPE=9\n_clap_complete_ti ti '{current}' ''\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script("ti.bash"),
        quoted.join(" "),
        words.len() - 1,
    );
    run("bash", &["--norc", "-c"], &text)
}

/// What would be offered goes to `_describe`, in a shell that has its completion system.
fn in_zsh(words: &[&str]) -> Vec<String> {
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    let text = format!(
        "autoload -Uz compinit && compinit -u -D\nsource '{}'\n[[ $_comps[ti] == _clap_dynamic_completer_ti ]] || exit 9\n\
         _describe() {{ local name=$3; [[ $name == values ]] && name=$4; print -rl -- \"${{(@P)name}}\" }}\n\
         words=({})\nCURRENT={}\n_clap_dynamic_completer_ti",
        script("_ti"),
        quoted.join(" "),
        words.len(),
    );
    run("zsh", &["-f", "-c"], &text)
}

fn in_fish(words: &[&str]) -> Vec<String> {
    let text = format!(
        "source '{}'; complete -C '{}'",
        script("ti.fish"),
        words.join(" ")
    );
    run("fish", &["--no-config", "-c"], &text)
}

/// The candidates without what is said about them.
fn candidates(shown: Vec<String>) -> Vec<String> {
    let word = |line: &String| line.split(['\t', ':']).next().unwrap().to_string();
    let mut words: Vec<_> = shown
        .iter()
        .map(word)
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words
}

fn check(shell: &str, complete: fn(&[&str]) -> Vec<String>) {
    if !has_tool(shell, "completions in it") {
        return;
    }
    for (words, expected) in [
        (&["ti", "comp"][..], &["completions"][..]),
        (&["ti", "config", "se"], &["set"]),
        (
            &["ti", "--format", ""],
            &[
                "chart", "csv", "html", "json", "md", "ndjson", "png", "svg", "table",
            ],
        ),
        (&["ti", "kti", "search", "--format", "n"], &["ndjson"]),
        // What works, where it works.
        (
            &["ti", "kti", "search", "--format", ""],
            &["csv", "html", "json", "md", "ndjson", "table"],
        ),
        (&["ti", "brcti", "geo", "--format", "s"], &["svg"]),
        (&["ti", "sandbox", "--cs"], &[]),
        (&["ti", "kti", "types", "--tim"], &[]),
        (&["ti", "kti", "search", "--tim"], &["--timeout"]),
        (&["ti", "help", "opt"], &["options"]),
        (&["ti", "kti", "search", "--profile", ""], &["home", "work"]),
        (&["ti", "kti", "search", "--fo"], &["--format"]),
        (&["ti", "kti", "search", "-i", "ev"], &["evil.txt"]),
        (&["ti", "config", "set", "kti.reg"], &["kti.region"]),
        (&["ti", "--color", "al"], &["always"]),
        (&["ti", "kti", "search", "--only", "Ph"], &["Phishing"]),
        (&["ti", "config", "set", "lang", ""], &["en", "zh"]),
        (&["ti", "config", "set", "kti.method", "p"], &["post"]),
        (
            &["ti", "config", "set", "default_profile", ""],
            &["home", "work"],
        ),
    ] {
        assert_eq!(candidates(complete(words)), expected, "{shell}: {words:?}");
    }
    for (words, known) in [
        (&["ti", ""][..], &["config", "kti", "sandbox"][..]),
        (&["ti", "config", "check", ""], &["kti"]),
        (&["ti", "config", "init", ""], &["kti"]),
    ] {
        let offered = candidates(complete(words));
        for word in known {
            assert!(
                offered.contains(&word.to_string()),
                "{shell}: {words:?}: {offered:?}"
            );
        }
        // Flags only where nothing else is to be had.
        assert!(
            !offered.iter().any(|word| word.starts_with('-')),
            "{shell}: {offered:?}"
        );
    }
}

#[test]
fn bash_completes_commands_and_values() {
    check("bash", in_bash);
}

/// A blank within a value must not end the word.
#[test]
fn bash_takes_what_it_completes_for_one_word() {
    if !has_tool("bash", "completions in it") {
        return;
    }
    for typed in ["SSH", "SSH\\ "] {
        let shown = in_bash(&["ti", "kti", "search", "--only", typed]);
        assert_eq!(shown, ["SSH\\ Brute\\ Force"], "{typed}");
    }
    let offered = in_bash(&["ti", "kti", "search", "--fo"]);
    assert_eq!(offered, ["--format"]);
}

#[test]
fn zsh_completes_commands_and_values() {
    check("zsh", in_zsh);
}

#[test]
fn fish_completes_commands_and_values() {
    check("fish", in_fish);
}

#[test]
fn the_scripts_name_no_place_of_this_machine() {
    for name in ["ti.bash", "_ti", "ti.fish", "_ti.ps1"] {
        let text = std::fs::read_to_string(script(name)).unwrap();
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{name}");
        assert!(
            Path::new(&script(name)).exists() && text.contains("TI_COMPLETE"),
            "{name}"
        );
    }
}

#[test]
fn the_lists_of_the_index_are_offered() {
    let data = tempfile::tempdir().unwrap();
    let here = |run: Ti| run.env("XDG_DATA_HOME", data.path().to_str().unwrap());
    let offered = |arguments: &[&str]| {
        let line = [&["--", "ti", "index", "remove"], arguments].concat();
        let ran = here(ti(&line))
            .env("TI_COMPLETE", "fish")
            .config(FILE)
            .ends(0);
        candidates(ran.stdout.lines().map(str::to_string).collect())
    };
    let none = offered(&[""]);
    assert!(none.iter().all(|word| word.starts_with("--")), "{none:?}");
    for (profile, name) in [("work", "block"), ("work", "bad"), ("home", "other")] {
        let add = &[
            "index",
            "add",
            "/dev/stdin",
            "--name",
            name,
            "--profile",
            profile,
        ];
        here(ti(add)).config(FILE).stdin("evil.com\n").ends(0);
    }
    assert_eq!(offered(&[""]), ["bad", "block"]);
    assert_eq!(offered(&["bl"]), ["block"]);
    assert_eq!(offered(&["--profile", "home", ""]), ["other"]);
    assert_eq!(offered(&["--profile=home", ""]), ["other"]);
}

#[test]
fn a_file_that_cannot_be_read_offers_nothing_and_says_nothing() {
    let mut run = ti(&["--", "ti", "--profile", ""])
        .env("TI_COMPLETE", "fish")
        .config("profile = [");
    let ran = run.ends(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}
