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
            "there is no setting \"kti.key\"",
        ),
        (
            &["kti", "--non-interactive", "--set", "kti.secret_key=x"],
            2,
            "a secret is not given as an argument",
        ),
        (&["ktii"], 2, "a similar value exists: 'kti'"),
        (
            &["kti", "--non-interactive", "--set", "kti.acces_key=x"],
            2,
            "did you mean kti.access_key?",
        ),
        (
            &["kaspersky", "--non-interactive"],
            2,
            "nothing was given for kaspersky",
        ),
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
    /// `ti config init` with these arguments, in the home of `run`.
    fn start(run: &mut Ti, arguments: &str) -> Self {
        let mut command = Command::new("script");
        command.args([
            "-qec",
            &format!("{} config init {arguments}", env!("CARGO_BIN_EXE_ti")),
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
        Terminal {
            child,
            shown: String::new(),
        }
    }

    /// Answers a question whose answer is not shown.
    #[cfg(target_os = "linux")]
    fn answer_unseen(&mut self, question: &str, answer: &str) {
        self.expect(question);
        await_no_echo(&self.child);
        self.type_line(answer);
    }

    /// All that it says until it ends; it must end well.
    fn end(mut self) -> String {
        let mut rest = Vec::new();
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_end(&mut rest).unwrap();
        self.shown.push_str(&String::from_utf8_lossy(&rest));
        assert!(self.child.wait().unwrap().success(), "{}", self.shown);
        self.shown
    }

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
    let mut terminal = Terminal::start(&mut run, "");
    for provider in ti::providers::ALL.iter().map(|provider| provider.name()) {
        let question = format!("Set up {provider}? [y/N] ");
        if provider == "kti" {
            // What was meant for a later question is not taken for a no.
            terminal.answer(&question, "AKLTtoosoon");
            terminal.answer("y or n, please", "y");
        } else {
            terminal.answer(&question, "");
        }
    }
    terminal.answer(
        "kti.access_key: the access key id of the account\r\n  > ",
        "",
    );
    terminal.answer("it is needed", "AKLTtyped");
    terminal.answer_unseen(
        "kti.secret_key: the secret of the access key",
        "typed-s3cret",
    );
    terminal.answer("(Enter takes https://ksm.api.ksyun.com/)", "not an address");
    terminal.answer("must be a URL", "");
    let shown = terminal.end();
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(shown.contains("next: ti config check\r\n"), "{shown}");
    let written = text(&run);
    assert!(
        written.contains(
            "access_key = \"AKLTtyped\"\n# the secret of the access key\nsecret_key = \"typed-s3cret\"\n"
        ),
        "{written}"
    );
}

/// What most have is offered, and written where nothing is typed: the setting stays required.
#[cfg(target_os = "linux")]
#[test]
fn it_offers_the_address_that_a_server_has_by_default() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let mut run = ti(&[]);
    let mut terminal = Terminal::start(&mut run, "brcti");
    terminal.answer("(Enter takes http://127.0.0.1:7777)", "");
    terminal.answer_unseen("brcti.token: ", "");
    terminal.answer("brcti.username: ", "");
    terminal.answer_unseen("brcti.headers: ", "");
    terminal.answer("brcti.timezone: ", "");
    terminal.end();
    assert!(
        text(&run).contains("\nendpoint = \"http://127.0.0.1:7777\"\n"),
        "{}",
        text(&run)
    );
    let refused = ti(&["config", "init", "brcti", "--non-interactive"]);
    let ran = { refused }.run().code(3);
    assert!(ran.stderr.contains("TI_BRCTI_ENDPOINT"), "{}", ran.stderr);
}

/// A login is one of several; a file is there or not; a certificate opens or does not.
#[cfg(target_os = "linux")]
#[test]
fn it_asks_for_one_login_and_looks_at_the_certificate_at_once() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let mut run = ti(&[])
        .env("NO_COLOR", "1")
        .file("client.pfx", "no certificate");
    let mut terminal = Terminal::start(&mut run, "kaspersky --profile work");
    terminal.answer("kaspersky.username: ", "ann");
    terminal.answer_unseen("kaspersky.password: ", "typed-s3cret");
    terminal.answer("kaspersky.certificate: ", "nowhere.pfx");
    terminal.answer("there is no such file", "~/client.pfx");
    terminal.answer("kaspersky.certificate_key: ", "");
    terminal.answer_unseen("kaspersky.certificate_password: ", "");
    terminal.answer("kaspersky.endpoint: ", "");
    let shown = terminal.end();
    assert!(!shown.contains("kaspersky.token"), "{shown}");
    assert!(
        shown.contains("warning: kaspersky: certificate "),
        "{shown}"
    );
    assert!(
        shown.contains("next: ti config check --profile work\r\n"),
        "{shown}"
    );
    assert!(
        text(&run).contains("certificate = \"~/client.pfx\"\n"),
        "{}",
        text(&run)
    );

    // Once more: what is there is offered, and a secret is not shown.
    let mut terminal = Terminal::start(&mut run, "kaspersky --profile work");
    terminal.answer("(Enter keeps \"ann\")", "bob");
    terminal.answer_unseen("Enter keeps it)", "");
    terminal.answer("(Enter keeps \"~/client.pfx\")", "");
    terminal.answer("kaspersky.certificate_key: ", "");
    terminal.answer_unseen("kaspersky.certificate_password: ", "");
    terminal.answer("kaspersky.endpoint: ", "");
    terminal.end();
    let written = text(&run);
    assert!(written.contains("username = \"bob\"\n"), "{written}");
    assert!(
        written.contains("password = \"typed-s3cret\"\n"),
        "{written}"
    );
}
