use super::*;

const SETTINGS: &[Setting] = &[
    Setting::new("access_key", Shape::Text, ""),
    Setting::new("secret_key", Shape::Secret, ""),
    Setting::new("certificate", Shape::Path, ""),
];

fn read(text: &str) -> Result<File> {
    File::parse(text, Path::new("/etc/ti/config.toml"), &[("kti", SETTINGS)])
}

#[test]
fn values_know_their_lines() {
    let file = read(
        "default_profile = \"work\"\n\n[profile.work.kti]\naccess_key = \"AK\"\nsecret_key = { env = \"S\" }\ncertificate = \"a.pem\"\ntimeout = 5\n",
    )
    .unwrap();
    let kti = &file.profiles["work"]["kti"];
    assert_eq!(kti["access_key"].line, 4);
    assert!(matches!(&kti["secret_key"].value, Value::Secret(Source::Env(name)) if name == "S"));
    assert!(matches!(&kti["certificate"].value, Value::Text(path) if path == "/etc/ti/a.pem"));
    assert!(matches!(&kti["timeout"].value, Value::Text(text) if text == "5"));
    assert!(!file.has_literal_secret());
}

#[test]
fn a_mistake_names_its_line_and_the_way_out() {
    for (text, message, hint) in [
        (
            "defaultprofile = 1",
            "/etc/ti/config.toml:1: unknown key \"defaultprofile\"",
            "did you mean \"default_profile\"?",
        ),
        (
            "[profile.w.kti]\nsecret_key = 7",
            "/etc/ti/config.toml:2: secret_key must be a string, or one of the forms below",
            "secret_key = { env = \"NAME\" }",
        ),
        (
            "[profile.w.kti]\nsecret_key = { vault = \"x\" }",
            "/etc/ti/config.toml:2: secret_key must be a string, or one of the forms below",
            "secret_key = { env = \"NAME\" }",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.message, message);
        assert_eq!(error.hints[0], hint);
    }
    assert_eq!(
        read("[profile.w.kti]\ntimeout = \"soon\"")
            .unwrap_err()
            .message,
        "/etc/ti/config.toml:2: timeout must be a time span like 30s or 2m"
    );
    assert_eq!(
        read("profile = 3").unwrap_err().message,
        "/etc/ti/config.toml:1: profile must be a table"
    );
}

#[test]
fn malformed_toml_does_not_quote_the_secret() {
    let error = read("[profile.w.kti]\nsecret_key = \"CANARY").unwrap_err();
    assert_eq!(error.message, "/etc/ti/config.toml:2: not valid TOML");
    assert!(!error.to_string().contains("CANARY"));
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "(\\[?profile[.=a-z \\]\"{}\n]{0,40}){0,4}|.{0,60}") {
        let _ = read(&text);
    }
}
