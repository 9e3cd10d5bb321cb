//! `ti config init`: a first configuration, by questions and without.

use std::fs;

use ti::sandbox::Options;

#[cfg(target_os = "linux")]
use crate::support::terminal::Terminal;
use crate::support::{Ti, has_tool, sandbox, ti, words};
#[cfg(unix)]
use crate::support::{chmod, mode_of};

fn text(run: &Ti) -> String {
    run.read("config/ti/config.toml")
}

#[test]
fn without_questions_it_takes_flags_and_variables() {
    let server = sandbox("kti", Options::default());
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
    let ran = run.ends(0);
    assert_eq!(ran.stdout, "");
    ran.says("next: ti config check");
    ran.never_says("sandbox-secret-key");
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
    assert_eq!(mode_of(run.path("config/ti/config.toml")), 0o600);
    let path = run.path("config/ti/config.toml");
    ti(&["config", "check", "--config", path.to_str().unwrap()]).ends(0);
}

#[test]
fn what_was_there_stays() {
    let before = "# mine\n[profile.work.kti]\naccess_key = \"AKLTold\" # ann's\nsecret_key = { env = \"S\" }\n";
    let mut run = ti(&words(
        "config init kti --non-interactive --set kti.region=cn-x",
    ))
    .config(before);
    run.ends(0);
    assert_eq!(text(&run), format!("{before}region = \"cn-x\"\n"));
    let mut run = ti(&["config", "init", "kti", "--non-interactive"]).config(before);
    run.ends(0);
    assert_eq!(text(&run), before);
    // Another profile: a part of its own, and the first one as it was.
    let mut run = ti(&words(
        "config init kti --non-interactive --profile home --set kti.access_key=AKLThome",
    ))
    .env("TI_KTI_SECRET_KEY", "x")
    .config(before);
    run.ends(0);
    assert!(
        text(&run).starts_with(&format!("{before}\n[profile.home.kti]\n# the access")),
        "{}",
        text(&run)
    );
}

#[test]
fn what_is_missing_or_wrong_is_said_and_nothing_written() {
    for (arguments, code, says) in [
        ("--non-interactive", 2, "no provider was chosen"),
        (
            "kti --non-interactive",
            3,
            "TI_KTI_ACCESS_KEY, TI_KTI_SECRET_KEY",
        ),
        ("kti", 2, "stdin is not a terminal"),
        (
            "kti --non-interactive --set kti.key=x",
            2,
            "there is no setting \"kti.key\"",
        ),
        (
            "kti --non-interactive --set kti.secret_key=x",
            2,
            "a secret is not given as an argument",
        ),
        ("ktii", 2, "a similar value exists: 'kti'"),
        (
            "kti --non-interactive --set kti.acces_key=x",
            2,
            "did you mean kti.access_key?",
        ),
        (
            "kaspersky --non-interactive",
            2,
            "nothing was given for kaspersky",
        ),
    ] {
        let arguments = &words(arguments)[..];
        let mut run = ti(&[&["config", "init"], arguments].concat());
        run.ends(code).says(says);
        assert!(!run.path("config").exists());
    }
}

/// `ti config init` with these words at a terminal.
#[cfg(target_os = "linux")]
fn init(run: &mut Ti, words: &str) -> Terminal {
    Terminal::start(run, &format!("config init {words}"))
}

/// All that it says until it ends; it must end well.
#[cfg(target_os = "linux")]
fn end(terminal: Terminal) -> String {
    let (shown, is_well) = terminal.end();
    assert!(is_well, "{shown}");
    shown
}

/// The same, with the check at the end left for later.
#[cfg(target_os = "linux")]
fn without_check(mut terminal: Terminal) -> String {
    terminal.answer("Check it now? ", "");
    end(terminal)
}

#[cfg(target_os = "linux")]
#[test]
fn it_asks_at_a_terminal_and_does_not_show_secrets() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let mut run = ti(&[]);
    let mut terminal = init(&mut run, "");
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
    terminal.answer(
        "kti.secret_key: the secret of the access key\r\n  \
         Where is it? here (in this file), variable, command, file\r\n  > ",
        "",
    );
    terminal.answer("it is needed", "in my head");
    terminal.answer("here, variable, command or file, please", "here");
    terminal.answer_unseen("the secret, not shown > ", "typed-s3cret");
    terminal.answer("(Enter takes https://ksm.api.ksyun.com/)", "not an address");
    terminal.answer("must be a URL", "");
    let shown = without_check(terminal);
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
    let mut terminal = init(&mut run, "brcti");
    terminal.answer("(Enter takes http://127.0.0.1:7777)", "");
    terminal.answer("brcti.token: ", "");
    terminal.answer("brcti.username: ", "");
    terminal.answer("brcti.headers: ", "");
    terminal.answer("brcti.timezone: ", "");
    without_check(terminal);
    assert!(
        text(&run).contains("\nendpoint = \"http://127.0.0.1:7777\"\n"),
        "{}",
        text(&run)
    );
    let refused = ti(&["config", "init", "brcti", "--non-interactive"]);
    { refused }.ends(3).says("TI_BRCTI_ENDPOINT");
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
    let mut terminal = init(&mut run, "kaspersky --profile work");
    terminal.answer("kaspersky.username: ", "ann");
    terminal.answer("kaspersky.password: ", "here");
    terminal.answer_unseen("the secret, not shown > ", "typed-s3cret");
    terminal.answer("kaspersky.certificate: ", "nowhere.pfx");
    terminal.answer("there is no such file", "~/client.pfx");
    terminal.answer("kaspersky.certificate_key: ", "");
    terminal.answer("kaspersky.certificate_password: ", "");
    terminal.answer("kaspersky.endpoint: ", "");
    let shown = without_check(terminal);
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
    let mut terminal = init(&mut run, "kaspersky --profile work");
    terminal.answer("(Enter keeps \"ann\")", "bob");
    terminal.answer("Enter keeps it)", "");
    terminal.answer("(Enter keeps \"~/client.pfx\")", "");
    terminal.answer("kaspersky.certificate_key: ", "");
    terminal.answer("kaspersky.certificate_password: ", "");
    terminal.answer("kaspersky.endpoint: ", "");
    let shown = without_check(terminal);
    assert!(
        shown.contains("note: replaced: kaspersky.username\r\n"),
        "{shown}"
    );
    let written = text(&run);
    assert!(written.contains("username = \"bob\"\n"), "{written}");
    assert!(
        written.contains("password = \"typed-s3cret\"\n"),
        "{written}"
    );
}

/// What a secret is kept in is asked, and written as such.
#[cfg(target_os = "linux")]
#[test]
fn it_asks_where_a_secret_lives() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    for (home, answers, written) in [
        (
            "variable",
            &[
                ("the variable's name > ", "MY KEY"),
                ("letters, digits and _", "MY_KEY"),
            ][..],
            "secret_key = { env = \"MY_KEY\" }\n",
        ),
        (
            "c",
            &[
                ("the command that prints it", "pass show 'a"),
                ("a quote is opened and not closed", "pass show 'ti/my kti'"),
            ],
            "secret_key = { command = [\"pass\", \"show\", \"ti/my kti\"] }\n",
        ),
        (
            "F",
            &[
                ("the file's path > ", "nowhere"),
                ("there is no such file", "~/kti.secret"),
            ],
            "secret_key = { file = \"~/kti.secret\" }\n",
        ),
        // Another place is as good; and what the file understands is understood here.
        (
            "file",
            &[
                ("the file's path > ", ""),
                ("nothing was typed: where is it?", "here"),
                ("the secret, not shown > ", "{ env = \"X\" }"),
            ],
            "secret_key = { env = \"X\" }\n",
        ),
    ] {
        let mut run = ti(&[]).file("kti.secret", "s3cret");
        chmod(run.path("kti.secret"), 0o644);
        let mut terminal = init(&mut run, "kti");
        terminal.answer("kti.access_key: ", "AKLT");
        terminal.answer("Where is it?", home);
        for (question, answer) in answers {
            match question.contains("not shown") {
                true => terminal.answer_unseen(question, answer),
                false => terminal.answer(question, answer),
            }
        }
        match home {
            "variable" => terminal.expect("MY_KEY is not set at present"),
            "F" => terminal.expect("others can read it (mode 0644): chmod 600 "),
            _ => {}
        }
        terminal.answer("kti.endpoint: ", "");
        let shown = without_check(terminal);
        assert!(!shown.contains("kti: kti"), "{shown}");
        assert!(text(&run).contains(written), "{written}: {}", text(&run));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn it_asks_in_the_language_of_the_reader() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let mut run = ti(&[]).env("TI_LANG", "zh").env("NO_COLOR", "1");
    let mut terminal = init(&mut run, "");
    terminal.answer(
        "金山云威胁情报（KTI）：IP 地址和域名\r\n  要设置 kti 吗？[y/N] ",
        "y",
    );
    terminal.answer("要设置 kaspersky 吗？", "what");
    terminal.answer("  请输入 y 或 n；", "n");
    terminal.answer("要设置 brcti 吗？", "");
    terminal.answer("\r\nkti.access_key：账号的 Access Key ID\r\n  > ", "");
    terminal.answer("  此项必填；", "AKLT");
    terminal.answer("  它在哪里？here（此文件）、", "there");
    terminal.answer("  请输入 here、", "here");
    terminal.answer_unseen("  密钥（不显示）> ", "typed-s3cret");
    terminal.answer("  （按 Enter 采用 https://ksm.api.ksyun.com/）\r\n  > ", "");
    terminal.answer("\r\n现在检查吗？每个服务最多消耗一次查询。[y/N] ", "");
    let shown = end(terminal);
    assert!(shown.contains("注意：下一步：ti config check"), "{shown}");
    assert!(text(&run).contains("secret_key = \"typed-s3cret\"\n"));
}

/// The values of headers are secrets too, one at a time.
#[cfg(target_os = "linux")]
#[test]
fn headers_are_asked_for_by_name() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let mut run = ti(&[]);
    let mut terminal = init(&mut run, "brcti");
    terminal.answer("(Enter takes http://127.0.0.1:7777)", "");
    terminal.answer("brcti.token: ", "");
    terminal.answer("brcti.username: ", "");
    terminal.answer("brcti.headers: ", "X-Key: s3cret");
    terminal.answer("letters, digits and hyphens", "X-Key");
    terminal.answer("Where is it?", "variable");
    terminal.answer("the variable's name > ", "KEY");
    terminal.answer("the name of one more", "X-Team");
    terminal.answer("Where is it?", "here");
    terminal.answer_unseen("the secret, not shown > ", "blue");
    terminal.answer("the name of one more", "");
    terminal.answer("brcti.timezone: ", "");
    without_check(terminal);
    let written = "headers = { X-Key = { env = \"KEY\" }, X-Team = \"blue\" }\n";
    assert!(text(&run).contains(written), "{}", text(&run));
}

/// The check is the one of `ti config check`, for what was set up, with its exit code; the end of
/// the input leaves it.
#[cfg(target_os = "linux")]
#[test]
fn it_offers_the_check_at_its_end() {
    if !has_tool("script", "questions at a terminal") {
        return;
    }
    let server = sandbox("kti", Options::default());
    let mut run = ti(&[]).env("NO_COLOR", "1");
    let mut terminal = init(&mut run, "kti --config my.toml --profile work");
    terminal.answer("kti.access_key: ", "AKLTsandbox");
    terminal.answer("Where is it?", "here");
    terminal.answer_unseen("the secret, not shown > ", "sandbox-secret-key");
    terminal.answer("kti.endpoint: ", &server.url());
    terminal.answer("Check it now? ", "y");
    let shown = end(terminal);
    assert!(shown.contains("example.com was looked up"), "{shown}");
    assert!(shown.contains(" profile       work\r\n"), "{shown}");
    assert!(!shown.contains("next:"), "{shown}");

    let mut terminal = init(&mut run, "kti --config my.toml --profile work");
    terminal.answer("kti.access_key: ", "");
    terminal.answer("Where is it?", "");
    terminal.answer("kti.endpoint: ", "");
    terminal.expect("Check it now? ");
    // The input ends, as with Ctrl-D.
    terminal.press(&[4]);
    let shown = end(terminal);
    assert!(
        shown.contains("next: ti config check --config my.toml --profile work\r\n"),
        "{shown}"
    );
}

#[cfg(unix)]
#[test]
fn the_file_that_was_there_is_kept_and_what_is_replaced_is_said() {
    use std::os::unix::fs::symlink;
    let before = "[profile.work.kti]\naccess_key = \"old\"\nsecret_key = \"s3cret\"\n";
    let init = |file: &str| {
        ti(&["config", "init", "kti", "--non-interactive"])
            .config(file)
            .env("TI_KTI_ACCESS_KEY", "new")
            .env("TI_KTI_SECRET_KEY", "s3cret")
    };
    let mut run = init(before);
    let copy = run.path("config/ti/config.toml.bak");
    // Somebody else's file is not written to by way of a link.
    let run_path = run.path("other");
    fs::write(&run_path, "other").unwrap();
    symlink(&run_path, &copy).unwrap();
    let ran = run.ends(0);
    ran.says("replaced: kti.access_key\n");
    ran.says("the file as it was: ~/config/ti/config.toml.bak; only you can read it");
    ran.never_says("s3cret");
    assert_eq!(fs::read_to_string(&copy).unwrap(), before);
    assert_eq!(fs::read_to_string(&run_path).unwrap(), "other");
    assert!(fs::symlink_metadata(&copy).unwrap().is_file());
    assert_eq!(mode_of(&copy), 0o600);

    // With nothing before it, or nothing new, there is nothing to keep.
    let mut first = ti(&["config", "init", "kti", "--non-interactive"])
        .env("TI_KTI_ACCESS_KEY", "new")
        .env("TI_KTI_SECRET_KEY", "s3cret");
    for _ in 0..2 {
        first.ends(0).never_says(".bak");
        assert!(!first.path("config/ti/config.toml.bak").exists());
    }
    // What cannot be kept is not replaced.
    let mut blocked = init(before);
    fs::create_dir(blocked.path("config/ti/config.toml.bak")).unwrap();
    blocked.ends(3).says("config.toml.bak");
    assert_eq!(text(&blocked), before);
}
