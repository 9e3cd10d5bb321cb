//! `ti config path|show`, and where settings come from.

use ti::sandbox::Options;

#[cfg(unix)]
use crate::support::chmod;
use crate::support::{drawn, sandbox, ti, words, write_private};

#[test]
fn the_path_is_the_platforms_the_variables_or_the_flags() {
    let mut run = ti(&["config", "path"])
        .config("")
        .looking_for_configuration();
    let expected = format!("{}\n", run.path("config/ti/config.toml").display());
    assert_eq!(run.ends(0).stdout, expected);
    let mut variable = ti(&["config", "path"]).env("TI_CONFIG", "/x/y.toml");
    assert_eq!(variable.ends(0).stdout, "/x/y.toml\n");
    let mut flag = ti(&["config", "path", "--config", "z.toml"]).env("TI_CONFIG", "/x/y.toml");
    assert_eq!(flag.ends(0).stdout, "z.toml\n");
}

#[test]
fn show_says_each_value_and_its_origin_and_no_secret() {
    let mut run = ti(&["config", "show", "--timeout", "7s", "--csv", "--fields", "setting,value,origin"])
        .config("[profile.work.kti]\naccess_key = \"AKLTwork\"\nsecret_key = \"very-secret\"\nproxy = \"http://u:hidden@proxy.example:3128\"\n")
        .env("TI_KTI_REGION", "cn-shanghai-2");
    let ran = run.ends(0);
    for row in [
        "access_key,AKLTwork,~/config/ti/config.toml:2",
        "secret_key,(redacted),~/config/ti/config.toml:3",
        "proxy,http://redacted@proxy.example:3128/,~/config/ti/config.toml:4",
        "region,cn-shanghai-2,TI_KTI_REGION",
        "timeout,7s,'--timeout",
        "service,ksm,default",
        "cacert,,",
    ] {
        assert!(
            ran.stdout.lines().any(|line| line == row),
            "{row}: {}",
            ran.stdout
        );
    }
    ran.never_shows("very-secret");
    ran.never_shows("hidden");
    assert!(
        ti(&drawn(&["config", "show"]))
            .ends(0)
            .stdout
            .starts_with("Provider")
    );
}

#[test]
fn the_current_folder_is_not_looked_at() {
    let mut run = ti(&["config", "show", "--csv"])
        .file("config.toml", "[profile.x.kti]\naccess_key = \"LOCAL\"\n");
    run.ends(0).never_shows("LOCAL");
}

#[test]
fn mistakes_name_file_and_line() {
    for (text, says, hint) in [
        (
            "[profile.w.kti]\nacces_key = \"a\"\n",
            "config.toml:2: unknown key \"acces_key\" for kti",
            "did you mean \"access_key\"?",
        ),
        (
            "[profile.w.ktii]\n",
            "config.toml:1: unknown key \"ktii\" in [profile.w]",
            "did you mean \"kti\"?",
        ),
        ("profile = [", "config.toml:1: not valid TOML", ""),
        (
            "[profile.w.kti]\nsignature = \"aws\"\n",
            "config.toml:2: signature must be one of aws4, simple",
            "did you mean \"aws4\"?",
        ),
        (
            "[profile.w.kti]\nendpoint = \"ksm\"\n",
            "config.toml:2: endpoint must be a URL",
            "",
        ),
    ] {
        let ran = ti(&["config", "show"]).config(text).ends(3);
        ran.says(says);
        ran.says(hint);
    }
    let ran = ti(&["config", "show", "--profile", "wrk"])
        .config("[profile.work.kti]\n")
        .ends(3);
    ran.says("did you mean \"work\"?");
    let ran = ti(&["config", "show"]).env("TI_KTI_SECRETKEY", "x").ends(3);
    ran.says("did you mean TI_KTI_SECRET_KEY?");
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_read_is_refused() {
    let mut run = ti(&["config", "show"]).config("[profile.w.kti]\nsecret_key = \"x\"\n");
    let path = run.path("config/ti/config.toml");
    chmod(&path, 0o644);
    run.ends(3).says(&format!("chmod 600 {}", path.display()));
}

#[test]
fn secrets_come_from_where_they_are_kept() {
    for (secret, code) in [
        ("{ env = \"MY_SECRET\" }", 0),
        ("{ command = [\"echo\", \"sandbox-secret-key\"] }", 0),
        ("{ file = \"secret.txt\" }", 0),
        ("\"sandbox-secret-key\"", 0),
        ("{ env = \"UNSET\" }", 3),
        ("{ command = [\"false\"] }", 3),
        ("{ file = \"gone.txt\" }", 3),
    ] {
        let server = sandbox("kti", Options::default());
        let config = format!(
            "[profile.w.kti]\nendpoint = \"{}\"\naccess_key = \"AKLTsandbox\"\nsecret_key = {secret}\n",
            server.url()
        );
        let mut run = ti(&["kti", "search", "evil.com"])
            .config(&config)
            .env("MY_SECRET", "sandbox-secret-key");
        write_private(&run.path("config/ti/secret.txt"), "sandbox-secret-key\n");
        run.ends(code);
    }
}

#[test]
fn variables_alone_are_enough() {
    let server = sandbox("kti", Options::default());
    let mut run = ti(&["kti", "search", "evil.com"])
        .env("TI_KTI_ENDPOINT", &server.url())
        .env("TI_KTI_ACCESS_KEY", "AKLTsandbox")
        .env("TI_KTI_SECRET_KEY", "sandbox-secret-key");
    run.ends(0);
}

#[test]
fn the_example_loads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let ran = ti(&["config", "show", "--json"]).config(&text).ends(0);
    let shown = ran.json();
    let of = |name: &str| {
        shown
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["setting"] == name && row["provider"] == "kti")
            .unwrap()
            .clone()
    };
    assert_eq!(of("access_key")["value"], "AKLT0123456789");
    assert!(
        of("secret_key")["origin"]
            .as_str()
            .unwrap()
            .contains("config.toml:")
    );
}

#[test]
fn the_settings_of_one_provider_can_be_shown_alone() {
    let ran = ti(&["config", "show", "KTI", "--csv"]).ends(0);
    assert!(
        ran.stdout
            .lines()
            .skip(1)
            .all(|line| line.starts_with("kti,"))
    );
    ran.shows("kti,secret_key,");
}

/// Where the file has more than one profile and nobody says which, every command that would need
/// one says so.
#[test]
fn several_profiles_and_none_chosen_is_an_error_with_their_names() {
    let file = "[profile.home.kti]\naccess_key = \"a\"\n[profile.work.kti]\naccess_key = \"b\"\n";
    for arguments in [
        &["kti", "search", "evil.com"][..],
        &["lookup", "evil.com"],
        &["evil.com"],
        &["kaspersky", "list"],
        &["brcti", "geo"],
        &["match", "-q"],
        &["index", "info"],
        &["config", "show"],
        &["config", "set", "kti.retries", "3"],
        &["config", "init", "kti", "--non-interactive"],
    ] {
        let ran = ti(arguments).config(file).ends(3);
        for says in [
            "none is chosen",
            "home, work",
            "--profile NAME",
            "ti config set default_profile NAME",
        ] {
            assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
        }
    }
    // What needs no profile goes on.
    for arguments in [
        &["config", "path"][..],
        &["kti", "types"],
        &["--demo", "kti", "search", "evil.com"],
    ] {
        ti(arguments).config(file).ends(0);
    }
    for chosen in [
        ti(&["config", "show", "kti", "--profile", "home"]),
        ti(&["config", "show", "kti"]).env("TI_PROFILE", "home"),
    ] {
        { chosen }.config(file).ends(0).shows("config.toml:2");
    }
}

#[test]
fn commands_in_hints_are_about_the_same_file_and_profile() {
    let mut run = ti(&[
        "kti",
        "search",
        "evil.com",
        "--config",
        "my file.toml",
        "--profile",
        "work",
    ])
    .file("my file.toml", "[profile.work.kti]\n");
    let ran = run.ends(3);
    let kept = "ti config init --config 'my file.toml' --profile work kti asks for what is needed";
    ran.says(kept);
    // It can be copied as it is.
    let mut copied = ti(&[
        "config",
        "init",
        "--config",
        "my file.toml",
        "--profile",
        "work",
        "kti",
    ]);
    copied.ends(2).says("stdin is not a terminal");
}

/// What says which language it is, the first of them.
#[test]
fn the_language_comes_from_flag_variable_file_or_locale() {
    let shown = |run: &mut crate::support::Ti| {
        let ran = run.ends(0);
        let row = ran.stdout.lines().find(|line| line.starts_with(",lang,"));
        row.unwrap_or_default()
            .trim_start_matches(",lang,")
            .to_string()
    };
    let show = |more: &[&str]| ti(&[&["config", "show", "--csv"], more].concat());
    let zh = "lang = \"zh\"\n";
    for (mut run, expected) in [
        (
            show(&["--lang", "zh"])
                .config("lang = \"en\"\n")
                .env("TI_LANG", "en"),
            "zh,'--lang",
        ),
        (
            show(&[]).config("lang = \"en\"\n").env("TI_LANG", "zh"),
            "zh,TI_LANG",
        ),
        (show(&[]).config(zh), "zh,~/config/ti/config.toml:1"),
        (show(&["--lang", "en"]).config(zh), "en,'--lang"),
        (
            show(&[])
                .config("lang = \"en\"\n")
                .env("LC_ALL", "zh_CN.UTF-8"),
            "en,~/config/ti/config.toml:1",
        ),
        (show(&[]).env("LC_ALL", "zh_CN.UTF-8"), "zh,LC_ALL"),
        (
            show(&[]).env("LC_ALL", "").env("LC_MESSAGES", "zh_TW.utf8"),
            "zh,LC_MESSAGES",
        ),
        (
            show(&[]).env("LC_ALL", "").env("LANG", "zh_CN.UTF-8"),
            "zh,LANG",
        ),
        (show(&[]).env("LANG", "zh_CN.UTF-8"), "en,default"),
        // The sample data has no file.
        (show(&["--demo"]).config(zh), "en,default"),
    ] {
        assert_eq!(shown(&mut run), expected);
    }
    // It is one thing to be shown in Chinese, another to be read by a script.
    for format in ["--json", "--ndjson", "--csv"] {
        let answer = |locale| {
            let arguments = [
                "--demo",
                "-q",
                "kti",
                "search",
                "evil.com",
                "8.8.8.8",
                format,
                "--fields",
                "indicator,level,judgments,tags",
            ];
            ti(&arguments).env("LC_ALL", locale).ends(0).stdout
        };
        assert_eq!(answer("zh_CN.UTF-8"), answer("C.UTF-8"), "{format}");
    }
    let table = ti(&drawn(&["--demo", "-q", "kti", "search", "evil.com"]))
        .env("LC_ALL", "zh_CN.UTF-8")
        .ends(0);
    table.shows("恶意");
    let ran = ti(&["kti", "types"]).env("TI_LANG", "zn").ends(3);
    ran.says("TI_LANG: lang must be one of en, zh");
    let ran = ti(&["config", "show"]).config("lang = \"de\"\n").ends(3);
    ran.says("config.toml:1: lang must be one of en, zh");
}

/// `ti --config <(pass show ti/config) …`
#[cfg(unix)]
#[test]
fn a_configuration_from_a_pipe_is_read_once() {
    let config = "lang = \"zh\"\n[profile.work.kti]\naccess_key = \"AK\"\n[profile.work.brcti]\nendpoint = \"https://gw.example\"\n";
    let mut run = ti(&["config", "show", "--csv", "--config", "/dev/stdin"]).stdin(config);
    let shown = run.ends(0).stdout;
    for row in [
        ",lang,zh,",
        "kti,access_key,AK,",
        "brcti,endpoint,https://gw.example,",
    ] {
        assert!(shown.contains(row), "{row}: {shown}");
    }
}

/// A machine with a configuration for all its users: the test starts itself as the program, as
/// `/etc` is not its own.
#[cfg(unix)]
mod of_the_machine {
    use std::fs;
    use std::path::PathBuf;
    use std::process::{Command, ExitCode};

    use serde_json::Value;
    use tempfile::TempDir;
    use ti::system::System;

    use crate::support::{chmod, write_private};

    const ROOT: &str = "TEST_MACHINE";
    const WORDS: &str = "TEST_WORDS";

    /// The program, where one of the tests below starts it.
    #[test]
    fn as_the_program() {
        let (Ok(root), Ok(words)) = (std::env::var(ROOT), std::env::var(WORDS)) else {
            return;
        };
        let system = System {
            machine_config: Some(PathBuf::from(root).join("etc")),
            ..System::of_this_process()
        };
        let words = ["ti"].into_iter().chain(words.lines()).map(Into::into);
        let code = ti::cli::run(words, system);
        let code = (0..=u8::MAX).find(|known| ExitCode::from(*known) == code);
        std::process::exit(code.unwrap().into());
    }

    struct Machine(TempDir);

    impl Machine {
        fn new(text: &str, mode: u32) -> Self {
            let machine = Machine(tempfile::tempdir().unwrap());
            fs::create_dir_all(machine.at("etc/ti")).unwrap();
            fs::create_dir_all(machine.at("home/ti")).unwrap();
            fs::write(machine.at("etc/ti/config.toml"), text).unwrap();
            chmod(machine.at("etc/ti/config.toml"), mode);
            machine
        }

        fn at(&self, path: &str) -> PathBuf {
            self.0.path().join(path)
        }

        /// What it says on stderr.
        fn run(&self, arguments: &[&str], code: i32) -> String {
            let output = Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "config::of_the_machine::as_the_program",
                    "--nocapture",
                ])
                .env_clear()
                .env("HOME", self.at("home"))
                .env("XDG_CONFIG_HOME", self.at("home"))
                .env(ROOT, self.0.path())
                .env(WORDS, arguments.join("\n"))
                .output()
                .unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
            stderr
        }

        /// What a command with `--json` says.
        fn json(&self, arguments: &[&str], code: i32) -> Value {
            let out = self.at("out.json");
            let output = ["-o", out.to_str().unwrap()];
            self.run(&[arguments, &output].concat(), code);
            serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap()
        }

        fn of(&self, setting: &str) -> Value {
            let shown = self.json(&["config", "show", "kti"], 0);
            let mut rows = shown.as_array().unwrap().iter();
            rows.find(|row| row["setting"] == setting).unwrap().clone()
        }
    }

    const TEXT: &str = "lang = \"zh\"\n[profile.all.kti]\naccess_key = \"AK\"\nsecret_key = { file = \"kti.secret\" }\n";

    #[test]
    fn it_is_read_where_the_user_has_none() {
        let machine = Machine::new(TEXT, 0o644);
        let file = machine.at("etc/ti/config.toml").display().to_string();
        let access_key = machine.of("access_key");
        assert_eq!(access_key["value"], "AK");
        assert_eq!(access_key["origin"], format!("{file}:3"));
        // Relative to that file.
        let secret = machine.at("etc/ti/kti.secret").display().to_string();
        assert_eq!(
            machine.of("secret_key")["value"],
            format!("{{ file = {secret:?} }}")
        );
        let shown = machine.json(&["config", "show"], 0);
        assert_eq!(shown[0]["value"], "zh");
        assert_eq!(shown[0]["origin"], format!("{file}:1"));
        let steps = machine.json(&["config", "check"], 3);
        assert_eq!(
            steps[0]["detail"],
            format!("{file}, mode 0644, of the machine")
        );
        assert_eq!(steps[1]["detail"], "all");

        let said = machine.run(&["config", "path"], 0);
        assert!(
            said.contains("这是本机的全局配置；因 ~/ti/config.toml 不存在而读取它"),
            "{said}"
        );
        // A file that is named stands for it.
        let named = machine.at("none.toml");
        let named = ["config", "show", "kti", "--config", named.to_str().unwrap()];
        let shown = machine.json(&named, 0);
        assert!(!shown.to_string().contains("AK"), "{shown}");

        // One's own stands for it, whatever is in it.
        write_private(&machine.at("home/ti/config.toml"), "");
        assert_eq!(machine.of("access_key")["value"], Value::Null);
        assert_eq!(machine.json(&["config", "show"], 0)[0]["value"], "en");
    }

    #[test]
    fn it_is_never_written_and_a_secret_in_it_is_the_owners() {
        let machine = Machine::new(TEXT, 0o644);
        let said = machine.run(&["config", "set", "kti.retries", "7"], 0);
        assert!(
            said.contains("/etc/ti/config.toml，只读取 ~/ti/config.toml"),
            "{said}"
        );
        let said = machine.run(&["config", "set", "kti.retries", "7"], 0);
        assert!(!said.contains("只读取"), "{said}");
        let text = |path: &str| fs::read_to_string(machine.at(path)).unwrap();
        assert_eq!(text("etc/ti/config.toml"), TEXT);
        assert_eq!(
            text("home/ti/config.toml"),
            "[profile.default.kti]\nretries = 7\n"
        );

        let literal = "[profile.all.kti]\nsecret_key = \"s3cret\"\n";
        for (mode, code) in [(0o644, 3), (0o640, 3), (0o600, 0)] {
            let machine = Machine::new(literal, mode);
            let said = machine.run(
                &["config", "show", "kti", "-o", "/dev/null", "--json"],
                code,
            );
            assert_eq!(said.contains("chmod 600"), code == 3, "{said}");
        }
        let steps = Machine::new(literal, 0o644).json(&["config", "check"], 3);
        assert_eq!(steps[0]["status"], "failed");
        let next = steps[0]["next"].to_string();
        assert!(
            next.contains("chmod 600") && next.contains("ti config init makes a file of your own"),
            "{next}"
        );

        let several = Machine::new("[profile.a.kti]\n[profile.b.kti]\n", 0o644);
        let steps = several.json(&["config", "check"], 3);
        assert_eq!(steps[1]["next"][1], "or set the variable TI_PROFILE");
    }
}

/// As Notepad saves it under "Unicode", and as Windows PowerShell writes it.
fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16();
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn files_in_utf_16_are_understood_or_said_to_be_that() {
    let config = "[ignore]\nfiles = [\"good.txt\"]\n[profile.work.kti]\naccess_key = \"AKLTwork\"\n\
                  secret_key = { file = \"secret.txt\" }\nendpoint = \"http://127.0.0.1:9\"\n";
    let marked = |text: &str| utf16(&format!("\u{feff}{text}"));
    let run = |arguments: &[&str], bytes: &[u8], secret: &[u8], good: &[u8]| {
        let run = ti(arguments).config("");
        for (name, bytes) in [
            ("config.toml", bytes),
            ("secret.txt", secret),
            ("good.txt", good),
        ] {
            std::fs::write(run.path("config/ti").join(name), bytes).unwrap();
        }
        run
    };
    let lookup = words("lookup evil.com --source kti --retries 0 --json");
    // All are read: the network is the first that fails.
    let ran = run(
        &lookup,
        &marked(config),
        &marked("s3cret\r\n"),
        &marked("good.com ours\r\n"),
    )
    .run();
    ran.says("127.0.0.1:9");

    // What is changed is UTF-8 from then on.
    let set = ["config", "set", "kti.access_key", "AKLTnew"];
    let mut set = run(&set, &marked(config), b"s3cret", b"good.com");
    set.ends(0);
    let now = set.read("config/ti/config.toml");
    assert!(
        now.contains("AKLTnew") && now.starts_with("[ignore]"),
        "{now}"
    );

    let plain = config.as_bytes();
    let unmarked = "it looks like UTF-16 without a byte-order mark; save it as UTF-8";
    for (config, secret, good, file, why) in [
        (
            &utf16(config)[..],
            &b"s3cret"[..],
            &b"good.com"[..],
            "config.toml",
            unmarked,
        ),
        (
            b"# caf\xe9\n",
            b"s3cret",
            b"good.com",
            "config.toml",
            "it is not UTF-8",
        ),
        (
            plain,
            &utf16("s3cret\r\n"),
            b"good.com",
            "secret.txt",
            unmarked,
        ),
        (
            plain,
            b"s3cret",
            b"good.com caf\xe9\r\n",
            "good.txt",
            "it is not UTF-8",
        ),
    ] {
        let ran = run(&lookup, config, secret, good).ends(3);
        let said = ran.stderr.contains(file) && ran.stderr.contains(why);
        assert!(said, "{file}: {}", ran.stderr);
    }
}
