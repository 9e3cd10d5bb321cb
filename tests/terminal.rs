//! What stderr is at a terminal: whom a person waits for, and lines that end between words.
#![cfg(target_os = "linux")]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use ti::sandbox::{Options, Reply};

use crate::bulk::{Counting, names};
use crate::support::terminal::Terminal;
use crate::support::{Mock, has_tool, ti, words};

/// A service that answers when it is told to.
fn held() -> (Mock, Sender<Reply>) {
    let (sender, replies): (_, Receiver<Reply>) = channel();
    let replies = Arc::new(Mutex::new(replies));
    let mock = Mock::start(move |_| replies.lock().unwrap().recv().unwrap());
    (mock, sender)
}

fn profile(mock: &Mock) -> String {
    format!(
        "[profile.default.kti]\nendpoint = \"{0}\"\naccess_key = \"A\"\nsecret_key = \"s\"\n\
         [profile.default.brcti]\nendpoint = \"{0}\"\n",
        mock.url()
    )
}

fn host(mock: &Mock) -> String {
    mock.url().replace("http://", "").replace('/', "")
}

fn found() -> Reply {
    Reply::json(200, r#"{"IntelInfo":{}}"#)
}

#[test]
fn whoever_waits_is_told_for_whom_and_the_line_goes_again() {
    if !has_tool("script", "what a terminal shows while it waits") {
        return;
    }
    for (line, locale, term, dots) in [
        ("kti search evil.com", "C.UTF-8", "xterm", "…"),
        ("--json kti search evil.com", "C.UTF-8", "xterm", "…"),
        ("kti search evil.com", "C", "dumb", "..."),
    ] {
        let (mock, answer) = held();
        let mut run = ti(&[]).config(&profile(&mock));
        run = run.env("LC_ALL", locale).env("TERM", term);
        let mut terminal = Terminal::start(&mut run, line);
        let words = format!("asking {} {dots} 1 s", host(&mock));
        terminal.expect(&words);
        answer.send(found()).unwrap();
        let (shown, _) = terminal.end();
        // It is written over with blanks before anything else is.
        let erased = format!("\r{}\r", " ".repeat(words.replace('…', ".").len()));
        let (_, after) = shown.split_once(&words).unwrap();
        let (_, rest) = after
            .split_once(&erased)
            .unwrap_or_else(|| panic!("{shown:?}"));
        assert!(!rest.contains("asking"), "{shown:?}");
        assert!(rest.contains("not") && rest.contains("found"), "{shown:?}");
    }
}

#[test]
fn who_does_not_want_to_know_is_not_told() {
    if !has_tool("script", "what a terminal shows while it waits") {
        return;
    }
    let (mock, answer) = held();
    let mut run = ti(&[]).config(&profile(&mock));
    // The first gives up after more than a second, and is silent until then.
    let lines = "-q kti search evil.com --timeout 1500ms --retries 0";
    let (shown, _) = Terminal::start(&mut run, lines).end();
    assert!(
        shown.contains("no answer from") && !shown.contains("asking"),
        "{shown:?}"
    );
    drop(answer);
    let arguments = words("kti search evil.com --timeout 1500ms --retries 0");
    let piped = ti(&arguments).config(&profile(&mock)).ends(5).stderr;
    assert!(
        !piped.contains("asking") && !piped.contains('\r'),
        "{piped:?}"
    );
}

/// Why, and when: in a pipe as well, without `-v`.
#[test]
fn each_further_try_says_why_and_when() {
    for (arguments, first, why) in [
        (
            "kti search evil.com",
            Reply::new(503, "text/plain", "").header("retry-after", "0"),
            "answered 503; asking again in 0 s (try 2 of 5)",
        ),
        (
            "kti search evil.com",
            Reply::new(429, "text/plain", "").header("retry-after", "0"),
            " s (try 2 of 5)",
        ),
        (
            "brcti geo",
            Reply::new(502, "text/plain", "").header("retry-after", "0"),
            "answered 502; asking again in 0 s (try 2 of 5)",
        ),
    ] {
        let arguments = &words(arguments)[..];
        let replies = Mutex::new(vec![first]);
        let mock = Mock::start(move |_| replies.lock().unwrap().pop().unwrap_or_else(found));
        let noted = |quiet: &[&str]| {
            let mut run = ti(&[arguments, quiet].concat()).config(&profile(&mock));
            run.run().stderr
        };
        let stderr = noted(&[]);
        let note = stderr.lines().find(|line| line.contains("asking again in"));
        let note = note.unwrap_or_else(|| panic!("{arguments:?}: {stderr}"));
        assert!(note.starts_with("note: ") && note.ends_with(why), "{note}");
        assert!(!noted(&["-q"]).contains("asking again"));
    }
}

/// A person reads a few of them; `-v` has all.
#[test]
fn many_further_tries_are_told_of_ten_times() {
    for (verbose, told, more) in [(&[][..], 10, 1), (&["-v"], 12, 0)] {
        // Three lookups are tried five times each, in vain.
        let service = Counting::failing(Options::default(), |n| (n < 15).then_some(503));
        let arguments = ["kti", "search", "-i", "-", "-j", "1"];
        let mut run = service.ti(&[&arguments, verbose].concat());
        run = run.stdin(names(4));
        let stderr = run.ends(8).stderr;
        assert_eq!(stderr.matches("; asking again in 0 s (try ").count(), told);
        assert_eq!(stderr.matches("more tries follow").count(), more);
    }
}

#[test]
fn lines_end_between_words_at_a_terminal_and_nowhere_in_a_pipe() {
    if !has_tool("script", "lines at a terminal") {
        return;
    }
    let line = "kti search 2001:db8::1";
    for width in ["40", "60", "80", "200"] {
        let run = ti(&[]).config("").env("COLUMNS", width);
        let mut run = run.env("NO_COLOR", "1");
        let (shown, _) = Terminal::start(&mut run, line).end();
        let shown = shown.replace('\r', "");
        let limit: usize = width.parse().unwrap();
        assert!(
            shown.lines().all(|line| line.chars().count() <= limit),
            "{shown}"
        );
        let hanging = |line: &str| {
            ["error: ", "  cause: ", "  hint:  ", "         ", "       "]
                .iter()
                .any(|head| line.starts_with(head))
        };
        assert!(shown.lines().all(hanging), "{shown}");
        let words: Vec<_> = shown.split_whitespace().collect();
        let run = ti(&["kti", "search", "2001:db8::1"]).config("");
        let piped = run.env("COLUMNS", width).ends(2).stderr;
        assert_eq!(words, piped.split_whitespace().collect::<Vec<_>>());
        assert_eq!(piped.lines().count(), 3, "{piped}");
    }
}

/// Where data and notes meet on one terminal, none begins behind the other in a line.
#[test]
fn no_note_stands_in_a_line_of_json() {
    if !has_tool("script", "what a terminal shows") {
        return;
    }
    for line in [
        "--demo --json match seen.log",
        "--demo --json kti search evil.com foo 8.8.8.8",
        "--demo --json lookup evil.com foo",
        "--demo --ndjson lookup evil.com foo",
        "--demo --json kaspersky list --since 3000",
        "--demo --json brcti geo",
    ] {
        let mut run = ti(&[])
            .env("NO_COLOR", "1")
            .file("seen.log", "GET http://update.lantern.example/x\n");
        let (shown, _) = Terminal::start(&mut run, line).end();
        let said = |line: &&str| line.contains("note: ") || line.contains("error: ");
        let begins = |line: &str| line.starts_with("note: ") || line.starts_with("error: ");
        assert!(shown.contains("note: "), "{shown}");
        for told in shown.lines().filter(said) {
            assert!(begins(told), "{line}: {told}");
        }
        let data: String = shown.lines().filter(|line| !begins(line)).collect();
        if line.contains("--json") && !line.contains("3000") {
            serde_json::from_str::<serde_json::Value>(&data).unwrap();
        }
    }
}
