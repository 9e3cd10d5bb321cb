//! `ti config init`: a first configuration, by questions and without.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use ti::sandbox::{Options, Server};

use crate::support::{Ti, has_tool, ti};

fn text(run: &Ti) -> String {
    fs::read_to_string(run.path("config/ti/config.toml")).unwrap()
}

#[test]
fn without_questions_it_takes_flags_and_variables() {
    let options = Options::default();
    let server =
        Server::start(ti::providers::ALL[0].sandbox(&options).unwrap(), options, 0).unwrap();
    let mut run = ti(&[
        "config",
        "init",
        "--non-interactive",
        "--profile",
        "work",
        "--set",
        "kti.access_key=AKLTsandbox",
        "--set",
        &format!("kti.endpoint={}", server.url()),
    ])
    .env("TI_KTI_SECRET_KEY", "sandbox-secret-key");
    let ran = run.run().code(0);
    assert_eq!(ran.stdout, "");
    assert!(
        ran.stderr.contains("next: ti config check"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("sandbox-secret-key"), "{}", ran.stderr);
    let written = text(&run);
    for line in [
        "default_profile = \"work\"",
        "[profile.work.kti]",
        "# the access key id of the account",
        "access_key = \"AKLTsandbox\"",
        "secret_key = \"sandbox-secret-key\"",
        "# region = \"cn-beijing-6\"   # region in the signature",
        "# retries = 4   # further tries after a passing failure",
    ] {
        assert!(
            written.lines().any(|known| known == line),
            "{line}: {written}"
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(run.path("config/ti/config.toml"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let path = run.path("config/ti/config.toml");
    ti(&["config", "check", "--config", path.to_str().unwrap()])
        .run()
        .code(0);
}

#[test]
fn what_was_there_stays() {
    let before = "# mine\n[profile.work.kti]\naccess_key = \"AKLTold\" # ann's\nsecret_key = { env = \"S\" }\n";
    let mut run = ti(&[
        "config",
        "init",
        "kti",
        "--non-interactive",
        "--set",
        "kti.region=cn-x",
    ])
    .config(before);
    run.run().code(0);
    assert_eq!(text(&run), format!("{before}region = \"cn-x\"\n"));
    let mut run = ti(&["config", "init", "kti", "--non-interactive"]).config(before);
    run.run().code(0);
    assert_eq!(text(&run), before);
    // Another profile: a part of its own, and the first one as it was.
    let mut run = ti(&[
        "config",
        "init",
        "kti",
        "--non-interactive",
        "--profile",
        "home",
        "--set",
        "kti.access_key=AKLThome",
    ])
    .env("TI_KTI_SECRET_KEY", "x")
    .config(before);
    run.run().code(0);
    assert!(
        text(&run).starts_with(&format!("{before}\n[profile.home.kti]\n# the access")),
        "{}",
        text(&run)
    );
}

#[test]
fn what_is_missing_or_wrong_is_said_and_nothing_written() {
    for (arguments, code, says) in [
        (&["--non-interactive"][..], 2, "no provider was chosen"),
        (
            &["kti", "--non-interactive"],
            3,
            "TI_KTI_ACCESS_KEY, TI_KTI_SECRET_KEY",
        ),
        (&["kti"], 2, "there is no terminal to ask at"),
        (
            &["kti", "--non-interactive", "--set", "kti.key=x"],
            2,
            "there is no such setting",
        ),
        (
            &["kti", "--non-interactive", "--set", "kti.secret_key=x"],
            2,
            "a secret is not given as an argument",
        ),
        (&["ktii"], 2, "a similar value exists: 'kti'"),
    ] {
        let mut run = ti(&[&["config", "init"], arguments].concat());
        let ran = run.run().code(code);
        assert!(ran.stderr.contains(says), "{says}: {}", ran.stderr);
        assert!(!run.path("config").exists());
    }
}

/// A terminal with `ti config init` in it, by util-linux's `script`.
struct Terminal {
    child: Child,
    shown: String,
}

impl Terminal {
    fn answer(&mut self, question: &str, answer: &str) {
        self.expect(question);
        self.type_line(answer);
    }

    /// Waits for a question.
    fn expect(&mut self, question: &str) {
        let stdout = self.child.stdout.as_mut().unwrap();
        let mut byte = [0];
        let from = self.shown.len();
        while !self.shown[from..].contains(question) {
            assert_eq!(
                stdout.read(&mut byte).unwrap(),
                1,
                "{question:?} was not asked: {}",
                self.shown
            );
            self.shown.push(char::from(byte[0]));
        }
    }

    fn type_line(&mut self, answer: &str) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(answer.as_bytes()).unwrap();
        stdin.write_all(b"\n").unwrap();
    }
}

/// Waits until what is typed is no longer shown: the question comes a moment earlier.
#[cfg(target_os = "linux")]
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

#[cfg(target_os = "linux")]
#[test]
fn it_asks_at_a_terminal_and_does_not_show_secrets() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let mut run = ti(&[]);
    let mut command = Command::new("script");
    command.args([
        "-qec",
        &format!("{} config init", env!("CARGO_BIN_EXE_ti")),
        "/dev/null",
    ]);
    let variables: Vec<_> = run
        .command()
        .get_envs()
        .map(|(k, v)| (k.to_owned(), v.map(ToOwned::to_owned)))
        .collect();
    command.env_clear().current_dir(run.home.path());
    for (name, value) in variables {
        command.env(name, value.unwrap_or_default());
    }
    let child = command
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut terminal = Terminal {
        child,
        shown: String::new(),
    };
    for provider in ti::providers::ALL.iter().map(|provider| provider.name()) {
        let answer = if provider == "kti" { "y" } else { "n" };
        terminal.answer(&format!("Set up {provider}, "), answer);
    }
    terminal.answer("kti.access_key, the access key id of the account: ", "");
    terminal.answer("it is needed", "AKLTtyped");
    terminal.expect("{ env = \"NAME\" }: ");
    await_no_echo(&terminal.child);
    terminal.type_line("typed-s3cret");
    let mut rest = String::new();
    terminal
        .child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut rest)
        .unwrap();
    assert!(
        terminal.child.wait().unwrap().success(),
        "{}{rest}",
        terminal.shown
    );
    assert!(
        !terminal.shown.contains("s3cret") && !rest.contains("s3cret"),
        "{}{rest}",
        terminal.shown
    );
    assert!(rest.contains("next: ti config check"), "{rest}");
    let written = text(&run);
    assert!(
        written
            .contains("access_key = \"AKLTtyped\"\n# its secret\nsecret_key = \"typed-s3cret\"\n"),
        "{written}"
    );
}
