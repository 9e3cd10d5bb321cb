//! Files that others use too: links, locks, attributes, and what a killed run left.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::fs::{CWD, Mode, mkfifoat};

use crate::support::{Ti, chmod, has_tool, names_in, ti, words};

const SEARCH: [&str; 6] = ["--demo", "kti", "search", "evil.com", "-o", "out.csv"];
const YARA: [&str; 4] = ["kaspersky", "yara", "-o", "rules.yar"];

fn yara(more: &[&str]) -> Ti {
    let arguments = [&["--demo"], &YARA[..], more].concat();
    ti(&arguments)
}

fn fifo(path: &Path) {
    mkfifoat(CWD, path, Mode::from(0o600)).unwrap();
}

fn names(run: &Ti) -> Vec<String> {
    let mut names = names_in(run.home.path());
    names.retain(|name| name != "cache");
    names
}

#[test]
fn a_link_to_nothing_gets_its_target() {
    for arguments in [&SEARCH[..], &[&["--demo"], &YARA[..]].concat()] {
        let mut run = ti(arguments);
        let out = run.path(arguments.last().unwrap());
        symlink("target", &out).unwrap();
        run.ends(0);
        assert!(fs::symlink_metadata(&out).unwrap().is_symlink());
        assert!(fs::metadata(run.path("target")).unwrap().len() > 0);
        fs::remove_file(&out).unwrap();
        symlink("no/such/folder/x", &out).unwrap();
        let said = run.ends(2).stderr;
        assert!(
            said.contains("mkdir -p ") && said.contains("no/such/folder\n"),
            "{said}"
        );
    }
}

/// A pipe that nobody reads or writes, in the place of a file that would be replaced.
#[test]
fn a_pipe_is_neither_waited_for_nor_replaced() {
    for (line, code) in [
        ("--config p config set kti.retries 2", 3),
        ("--config p config unset kti.retries", 3),
        ("--config p config init kti --non-interactive", 3),
        ("--config p config show", 3),
        ("sandbox -o p", 2),
    ] {
        let mut run = ti(&words(line));
        fifo(&run.path("p"));
        let ran = run.ends(code);
        ran.says("not a file but a pipe or a device");
        let there = fs::symlink_metadata(run.path("p")).unwrap();
        assert!(there.file_type().is_fifo(), "{line}");
        assert_eq!(names(&run), ["p"], "{line}");
    }
}

#[test]
fn an_access_control_list_stays_as_it_is() {
    if !(has_tool("setfacl", "access control lists") && has_tool("getfacl", "the same")) {
        return;
    }
    for arguments in [&SEARCH[..], &[&["--demo"], &YARA[..]].concat()] {
        let mut run = ti(arguments);
        let out = run.path(arguments.last().unwrap());
        let tool = |name: &str, arguments: &[&str]| {
            let ran = Command::new(name)
                .args(arguments)
                .arg(&out)
                .output()
                .unwrap();
            (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
        };
        let list = || tool("getfacl", &["-pcn"]).1;
        fs::write(&out, "old").unwrap();
        chmod(&out, 0o640);
        if !tool("setfacl", &["-m", "u:12345:rw"]).0 {
            eprintln!("NOT TESTED: this file system has no access control lists");
            return;
        }
        xattr::set(&out, "user.origin", b"here").unwrap();
        let before = list();
        assert!(
            before.contains("user:12345:rw-") && before.contains("group::r--"),
            "{before}"
        );
        run.ends(0).never_says("warning");
        assert_eq!(list(), before);
        assert_eq!(xattr::get(&out, "user.origin").unwrap().unwrap(), b"here");

        // What the folder would give does not come to a file that had none.
        fs::remove_file(&out).unwrap();
        fs::write(&out, "old").unwrap();
        chmod(&out, 0o640);
        let before = list();
        let folder = run.home.path().to_str().unwrap();
        let set = Command::new("setfacl")
            .args(["-d", "-m", "u:12345:rw", folder])
            .status();
        assert!(set.unwrap().success());
        run.ends(0);
        assert_eq!(list(), before);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_mounted_file_is_refused_before_anything_is_asked() {
    let script = "touch out.csv rules.yar && mount --bind out.csv out.csv && mount --bind rules.yar rules.yar && exec \"$@\"";
    let can = Command::new("unshare")
        .args([
            "-m",
            "sh",
            "-c",
            "cd $(mktemp -d) && touch f && mount --bind f f",
        ])
        .stderr(Stdio::null())
        .status();
    if !can.is_ok_and(|status| status.success()) {
        eprintln!("NOT TESTED: this user cannot mount anything");
        return;
    }
    for arguments in [&SEARCH[..], &[&["--demo"], &YARA[..]].concat()] {
        let mut run = ti(arguments);
        let path = std::env::var_os("PATH").unwrap();
        let mut command = Command::new("unshare");
        command
            .args(["-m", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_ti")])
            .args(arguments)
            .current_dir(run.home.path())
            .env("HOME", run.home.path())
            .env("PATH", path);
        let ran = command.output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{said}");
        assert!(said.contains("mount the folder"), "{said}");
        assert!(!said.contains("quota"), "{said}");
        assert!(run.command().status().is_ok());
    }
}

#[test]
fn a_lock_name_or_sidecar_that_is_a_link_or_a_pipe_is_refused() {
    type Make = fn(&Path, &Path);
    let makes: [Make; 3] = [
        |path, _| fifo(path),
        |path, victim| symlink(victim, path).unwrap(),
        |path, _| symlink("/dev/null", path).unwrap(),
    ];
    for make in makes {
        for (name, more) in [
            (".rules.yar.lock", &[][..]),
            ("rules.yar.sha256", &["--sha256"]),
        ] {
            let mut run = yara(more);
            let victim = run.path("victim");
            make(&run.path(name), &victim);
            let said = run.ends(2).stderr;
            assert!(said.contains(name), "{said}");
            assert!(said.contains("not a regular file") || said.contains("a symbolic link"));
            assert_eq!(names(&run), [name], "{said}");
        }
        let mut run = ti(&["config", "set", "kti.region", "x"]).config("");
        make(
            &run.path("config/ti/.config.toml.lock"),
            &run.path("victim"),
        );
        let said = run.ends(3).stderr;
        assert!(said.contains(".config.toml.lock"), "{said}");
        assert!(!run.path("victim").exists());
    }
}

/// A run by root leaves what nobody else can open.
#[test]
fn a_lock_file_of_somebody_else_names_itself() {
    use std::os::unix::process::CommandExt;
    if !rustix::process::geteuid().is_root() {
        eprintln!("NOT TESTED: only root can leave a lock file for others");
        return;
    }
    let mut run = yara(&[]);
    // The folders above a temporary one may be root's alone.
    let open = |path: &Path| chmod(path, 0o777);
    open(run.home.path());
    fs::write(run.path(".rules.yar.lock"), "").unwrap();
    chmod(run.path(".rules.yar.lock"), 0o600);
    let program = run.path("ti");
    fs::copy(env!("CARGO_BIN_EXE_ti"), &program).unwrap();
    open(&program);
    let ran = Command::new(&program)
        .args(["--demo"])
        .args(YARA)
        .current_dir(run.home.path())
        .env("HOME", run.home.path())
        .uid(65534)
        .gid(65534)
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(
        said.contains(".rules.yar.lock: Permission denied"),
        "{said}"
    );
    assert!(run.command().status().is_ok());
}

#[test]
fn what_a_killed_run_left_goes_with_the_next() {
    for (arguments, left, kept) in [
        (
            &SEARCH[..],
            ".out.csv.Ab12xY.partial",
            ".out.csv.gz.Ab12xY.partial",
        ),
        (
            &["--demo", "brcti", "geo", "-o", "report.html"],
            ".report.html.Ab12xY.partial",
            "report.html.partial",
        ),
        (
            &[&["--demo"], &YARA[..]].concat(),
            ".rules.yar.Ab12xY.download",
            ".rules.Ab12xY.download",
        ),
    ] {
        let mut run = ti(arguments).file(left, "").file(kept, "");
        run.ends(0);
        assert!(
            !run.path(left).exists() && run.path(kept).exists(),
            "{left}"
        );
    }
    let mut run = ti(&["config", "set", "kti.region", "x"]).config("");
    let copy = run.path("config/ti/.config.toml.Ab12xY.partial");
    fs::write(&copy, "secret").unwrap();
    run.ends(0);
    assert!(!copy.exists());
}

#[test]
fn thirty_changes_at_once_are_thirty_changes() {
    let mut run = ti(&["config", "path"]).config("# ours\n");
    run.ends(0);
    let children: Vec<_> = (0..30)
        .map(|number| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_ti"));
            let profile = format!("p{number}");
            command
                .args([
                    "config",
                    "set",
                    "kti.region",
                    "there",
                    "--profile",
                    &profile,
                ])
                .env_clear()
                .env("HOME", run.home.path())
                .env("XDG_CONFIG_HOME", run.path("config"))
                .stderr(Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let text = run.read("config/ti/config.toml");
    for number in 0..30 {
        assert!(
            text.contains(&format!("[profile.p{number}.kti]")),
            "{number}: {text}"
        );
    }
    assert_eq!(fs::read_dir(run.path("config/ti")).unwrap().count(), 1);
}

#[test]
fn a_change_waits_for_a_lock_and_not_for_ever() {
    let mut run = ti(&["config", "set", "kti.region", "x"]).config("");
    let lock = File::create(run.path("config/ti/.config.toml.lock")).unwrap();
    lock.lock().unwrap();
    let said = run.ends(3).stderr;
    assert!(said.contains("another run of ti is changing"), "{said}");
    drop(lock);
    run.ends(0);
}

/// At stdout a reader who has enough ends a run well; of a pipe that was asked for by name it is
/// an error, and no gate opens by it.
#[test]
fn a_named_pipe_whose_reader_goes_away_is_an_error() {
    let hosts: String = (0..3000).map(|n| format!("{n}.example.net\n")).collect();
    for more in [
        "--ndjson",
        "--csv --fail-on malicious",
        "--format table --all",
    ] {
        let line = format!("--demo kti search -i hosts -o pipe {more}");
        let mut run = ti(&words(&line)).file("hosts", &hosts);
        let pipe = run.path("pipe");
        fifo(&pipe);
        let reader = std::thread::spawn(move || {
            let mut first = [0];
            File::open(pipe).unwrap().read_exact(&mut first).unwrap();
        });
        run.ends(1).says("its reader went away");
        reader.join().unwrap();
    }
}
