//! How a run ends when it cannot go on by itself: by a signal, at a limit of the machine.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::terminal::Terminal;
use crate::support::{Ti, chmod, has_tool, names_in, ti};

const SIGNALS: [Signal; 3] = [Signal::INT, Signal::TERM, Signal::HUP];

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

fn spawn(run: &mut Ti) -> Child {
    let command = run.command();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

fn hosts(count: u32) -> String {
    (0..count)
        .map(|number| format!("{number}.example.net\n"))
        .collect()
}

fn is_alive(id: &str) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(id.trim()).join("stat"));
    // Whoever was to bury it may not: dead it is all the same.
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

/// More than a pipe holds, and nobody who takes it.
#[test]
fn a_signal_ends_a_run_whose_reader_does_not_read() {
    for twice in [false, true] {
        let mut runs: Vec<_> = SIGNALS
            .iter()
            .map(|signal| {
                let arguments = ["--demo", "-q", "kti", "search", "-i", "hosts", "--ndjson"];
                let mut run = ti(&arguments).file("hosts", hosts(3000));
                let mut child = spawn(&mut run);
                let mut first = [0];
                child
                    .stdout
                    .as_mut()
                    .unwrap()
                    .read_exact(&mut first)
                    .unwrap();
                send(&child, *signal);
                if twice {
                    send(&child, *signal);
                }
                (run, child)
            })
            .collect();
        for (_, child) in &mut runs {
            assert_eq!(child.wait().unwrap().code(), Some(130));
        }
    }
}

/// The command of a secret, and what that has begun, end with the run.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_ends_a_run_whose_secret_does_not_come() {
    for signal in SIGNALS {
        let config = "[profile.work.kti]\naccess_key = \"AKLT\"\nendpoint = \"http://127.0.0.1:9/\"\n\
                      secret_key = { command = [\"sh\", \"-c\", \"sleep 1000 & echo $! $$ > ids; mv ids begun; wait\"] }\n";
        let mut run = ti(&["kti", "search", "evil.com"]).config(config);
        run.command()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = run.command().spawn().unwrap();
        let begun = run.path("begun");
        while !begun.exists() {
            assert_eq!(child.try_wait().unwrap(), None);
            std::thread::yield_now();
        }
        send(&child, signal);
        send(&child, signal);
        assert_eq!(child.wait().unwrap().code(), Some(130));
        let ids = fs::read_to_string(begun).unwrap();
        if fs::File::open("/dev/tty").is_ok() {
            continue; // Here the command is the terminal's.
        }
        for id in ids.split_whitespace() {
            while is_alive(id) {
                std::thread::yield_now();
            }
        }
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error_like_a_full_disk() {
    for (redirect, more) in [
        ("", &["-o", "out.ndjson"][..]),
        (" > out.ndjson", &["--ndjson"]),
    ] {
        let arguments = [&["--demo", "-q", "kti", "search", "-i", "hosts"], more].concat();
        let mut run = ti(&arguments).file("hosts", hosts(200));
        let script = format!("ulimit -f 1; exec \"$0\" \"$@\"{redirect}");
        let ran = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_ti")])
            .args(&arguments)
            .current_dir(run.home.path())
            .env("HOME", run.home.path())
            .output()
            .unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(1), "{said}");
        assert!(
            said.contains("cannot write") && said.contains("too large"),
            "{said}"
        );
        let left = names_in(run.home.path());
        let is_partial = |name: &String| name.contains("partial");
        assert!(!left.iter().any(is_partial), "{left:?}");
        assert_eq!(
            left.len(),
            if redirect.is_empty() { 1 } else { 2 },
            "{left:?}"
        );
        run.command()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
    }
}

/// From none at all to enough: each run answers or says what is wrong.
#[cfg(target_os = "linux")]
#[test]
fn too_little_memory_is_said() {
    let mut refused = 0;
    for kib in (30_000..120_000).step_by(2_000) {
        let script = format!("ulimit -v {kib}; exec \"$0\" \"$@\"");
        let ran = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_ti")])
            .args(["--demo", "-q", "kti", "search", "evil.com"])
            .output()
            .unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        match ran.status.code() {
            Some(0) => {}
            Some(1) => {
                refused += 1;
                // At the edge there may be no room for one more thread.
                assert!(said.contains("(ulimit -v)"), "{kib}: {said}");
            }
            // The system cannot even load the program.
            code => assert!(
                code.is_none() || code == Some(127),
                "{kib}: {code:?} {said}"
            ),
        }
    }
    assert!(refused > 0);
}

/// The limit on processes does not hold for root.
#[cfg(target_os = "linux")]
#[test]
fn no_thread_to_be_had_is_said() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("NOT TESTED: only root can be another user, whom the limit holds");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("ti");
    // A copy that is written while another thread forks is busy, and cannot be run.
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_ti"))
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    for (number, (arguments, code)) in [
        (&["--demo", "-q", "kti", "search", "evil.com"][..], 1),
        (&["sandbox"], 1),
        (&["kti", "search", "evil.com"], 1),
        (&["config", "check"], 5),
    ]
    .iter()
    .enumerate()
    {
        chmod(folder.path(), 0o777);
        chmod(&program, 0o777);
        let user = 60_000 + number as u32;
        let ran = Command::new("prlimit")
            .args(["--nproc=1"])
            .arg(&program)
            .args(*arguments)
            .env_clear()
            .env("HOME", folder.path())
            .env("TI_KTI_ACCESS_KEY", "AKLT")
            .env("TI_KTI_SECRET_KEY", "secret")
            .env("TI_KTI_ENDPOINT", "http://127.0.0.1:9/")
            .uid(user)
            .gid(user)
            .output()
            .unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
        assert_eq!(ran.status.code(), Some(*code), "{arguments:?}: {said}");
        assert!(said.contains("error: "), "{arguments:?}: {said}");
    }
}

/// A shell goes on after Ctrl-C at a hidden question: what is typed into it is seen again.
#[test]
fn a_terminal_shows_again_what_is_typed() {
    if !has_tool("script", "a signal at a hidden question") {
        return;
    }
    let mut run = ti(&["config", "set", "kti.secret_key"]).config("");
    let shell = format!(
        "trap : INT; {} config set kti.secret_key; trap '' INT; stty -a >after; mv after settings",
        env!("CARGO_BIN_EXE_ti")
    );
    let mut terminal = Terminal::shell(&mut run, &shell);
    terminal.expect("(not shown): ");
    // The question comes a moment before the echo goes: it is asked to end until it has.
    let settings = run.path("settings");
    while !settings.exists() {
        terminal.press(b"\x03");
        std::thread::yield_now();
    }
    terminal.end();
    let settings = fs::read_to_string(settings).unwrap();
    assert!(settings.contains(" echo "), "{settings}");
    run.command()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
}
