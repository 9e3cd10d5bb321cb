//! A terminal of its own for the program, and all that it has shown.
#![cfg(unix)]

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Command};

use super::Ti;

pub struct Terminal {
    child: Child,
    shown: Vec<u8>,
}

impl Terminal {
    /// `ti` with the words of this line, in the home of `run`.
    pub fn start(run: &mut Ti, line: &str) -> Self {
        Self::shell(run, &format!("{} {line}", env!("CARGO_BIN_EXE_ti")))
    }

    /// A line of the shell.
    pub fn shell(run: &mut Ti, line: &str) -> Self {
        Terminal {
            child: run.at_terminal(line).spawn().unwrap(),
            shown: Vec::new(),
        }
    }

    /// Waits until it shows this.
    pub fn expect(&mut self, words: &str) {
        let stdout = self.child.stdout.as_mut().unwrap();
        let mut byte = [0];
        let from = self.shown.len();
        while !self.shown[from..].ends_with(words.as_bytes()) {
            let is_read = stdout.read(&mut byte).unwrap() == 1;
            let shown = || String::from_utf8_lossy(&self.shown);
            assert!(is_read, "{words:?} was not shown: {}", shown());
            self.shown.push(byte[0]);
        }
    }

    pub fn answer(&mut self, question: &str, answer: &str) {
        self.expect(question);
        self.press(format!("{answer}\n").as_bytes());
    }

    /// Answers a question whose answer is not shown.
    pub fn answer_unseen(&mut self, question: &str, answer: &str) {
        self.press_unseen(question, format!("{answer}\n").as_bytes());
    }

    pub fn press_unseen(&mut self, question: &str, keys: &[u8]) {
        self.expect(question);
        await_no_echo(&self.child);
        self.press(keys);
    }

    /// Whether anybody reads them shows in what comes of it.
    pub fn press(&mut self, keys: &[u8]) {
        let _ = self.child.stdin.as_mut().unwrap().write_all(keys);
    }

    /// All that it shows until it ends, and whether it ends well.
    pub fn end(mut self) -> (String, bool) {
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_end(&mut self.shown).unwrap();
        let is_well = self.child.wait().unwrap().success();
        (String::from_utf8(self.shown).unwrap(), is_well)
    }
}

/// Waits until what is typed is no longer shown: the question comes a moment earlier.
fn await_no_echo(child: &Child) {
    let children = |pid: u32| fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let mut pid = child.id();
    while let Some(next) = children(pid).unwrap_or_default().split_whitespace().next() {
        pid = next.parse().unwrap();
    }
    let terminal = fs::read_link(format!("/proc/{pid}/fd/0")).unwrap();
    let is_silent = || {
        let output = Command::new("stty")
            .arg("-F")
            .arg(&terminal)
            .arg("-a")
            .output();
        String::from_utf8_lossy(&output.unwrap().stdout).contains(" -echo ")
    };
    while !is_silent() {
        std::thread::yield_now();
    }
}
