//! `ti config path|show`, and where settings come from.

use crate::support::{drawn, ti, write_private};

#[test]
fn the_path_is_the_platforms_the_variables_or_the_flags() {
    let mut run = ti(&["config", "path"]);
    let expected = format!("{}\n", run.path("config/ti/config.toml").display());
    assert_eq!(run.run().code(0).stdout, expected);
    let mut variable = ti(&["config", "path"]).env("TI_CONFIG", "/x/y.toml");
    assert_eq!(variable.run().code(0).stdout, "/x/y.toml\n");
    let mut flag = ti(&["config", "path", "--config", "z.toml"]).env("TI_CONFIG", "/x/y.toml");
    assert_eq!(flag.run().code(0).stdout, "z.toml\n");
}

#[test]
fn show_says_each_value_and_its_origin_and_no_secret() {
    let mut run = ti(&["config", "show", "--timeout", "7s", "--csv", "--fields", "setting,value,origin"])
        .config("[profile.work.kti]\naccess_key = \"AKLTwork\"\nsecret_key = \"very-secret\"\nproxy = \"http://u:hidden@proxy.example:3128\"\n")
        .env("TI_KTI_REGION", "cn-shanghai-2");
    let ran = run.run().code(0);
    for row in [
        "access_key,AKLTwork,~/config/ti/config.toml:2",
        "secret_key,(redacted),~/config/ti/config.toml:3",
        "proxy,http://u:redacted@proxy.example:3128/,~/config/ti/config.toml:4",
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
    assert!(
        !ran.stdout.contains("very-secret") && !ran.stdout.contains("hidden"),
        "{}",
        ran.stdout
    );
    let mut table = ti(&drawn(&["config", "show"]));
    assert!(table.run().code(0).stdout.starts_with("Provider"));
}

#[test]
fn the_current_folder_is_not_looked_at() {
    let mut run = ti(&["config", "show", "--csv"])
        .file("config.toml", "[profile.x.kti]\naccess_key = \"LOCAL\"\n");
    assert!(!run.run().code(0).stdout.contains("LOCAL"));
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
        let ran = ti(&["config", "show"]).config(text).run().code(3);
        assert!(
            ran.stderr.contains(says) && ran.stderr.contains(hint),
            "{}",
            ran.stderr
        );
    }
    let ran = ti(&["config", "show", "--profile", "wrk"])
        .config("[profile.work.kti]\n")
        .run()
        .code(3);
    assert!(
        ran.stderr.contains("did you mean \"work\"?"),
        "{}",
        ran.stderr
    );
    let ran = ti(&["config", "show"])
        .env("TI_KTI_SECRETKEY", "x")
        .run()
        .code(3);
    assert!(
        ran.stderr.contains("did you mean TI_KTI_SECRET_KEY?"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let mut run = ti(&["config", "show"]).config("[profile.w.kti]\nsecret_key = \"x\"\n");
    let path = run.path("config/ti/config.toml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = run.run().code(3);
    assert!(
        ran.stderr
            .contains(&format!("chmod 600 {}", path.display())),
        "{}",
        ran.stderr
    );
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
        let options = ti::sandbox::Options::default();
        let server = ti::sandbox::Server::start(
            ti::providers::ALL[0].sandbox(&options).unwrap(),
            options,
            0,
        )
        .unwrap();
        let config = format!(
            "[profile.w.kti]\nendpoint = \"{}\"\naccess_key = \"AKLTsandbox\"\nsecret_key = {secret}\n",
            server.url()
        );
        let mut run = ti(&["kti", "search", "evil.com"])
            .config(&config)
            .env("MY_SECRET", "sandbox-secret-key");
        write_private(&run.path("config/ti/secret.txt"), "sandbox-secret-key\n");
        run.run().code(code);
    }
}

#[test]
fn variables_alone_are_enough() {
    let options = ti::sandbox::Options::default();
    let server =
        ti::sandbox::Server::start(ti::providers::ALL[0].sandbox(&options).unwrap(), options, 0)
            .unwrap();
    let mut run = ti(&["kti", "search", "evil.com"])
        .env("TI_KTI_ENDPOINT", &server.url())
        .env("TI_KTI_ACCESS_KEY", "AKLTsandbox")
        .env("TI_KTI_SECRET_KEY", "sandbox-secret-key");
    run.run().code(0);
}

#[test]
fn the_example_loads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let ran = ti(&["config", "show", "--json"])
        .config(&text)
        .run()
        .code(0);
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
    let ran = ti(&["config", "show", "KTI", "--csv"]).run().code(0);
    assert!(
        ran.stdout
            .lines()
            .skip(1)
            .all(|line| line.starts_with("kti,"))
    );
    assert!(ran.stdout.contains("kti,secret_key,"), "{}", ran.stdout);
}
