use super::*;
use secrecy::ExposeSecret;

const KTI: &[Setting] = &[
    Setting::new("access_key", Shape::Text, ""),
    Setting::new("secret_key", Shape::Secret, ""),
    Setting::new("method", Shape::OneOf(&["get", "post"]), "").default("get"),
];

fn profile(file: &str, env: &[(&str, &str)]) -> (tempfile::TempDir, Profile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, file).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let env = env.iter().map(|(k, v)| (k.to_string(), v.to_string()));
    let system = System {
        env: env.collect(),
        home: Some(folder.path().to_path_buf()),
        ..System::of_this_process()
    };
    let location = Location::named(&path);
    let known = vec![("kti", KTI)];
    (
        folder,
        Profile::new(location, system, known, Redactor::default()),
    )
}

const TWO: &str = "default_profile = \"work\"\n[profile.work.kti]\naccess_key = \"W\"\nsecret_key = \"work-secret\"\n[profile.home.kti]\naccess_key = \"H\"\n";

#[test]
fn flag_over_variable_over_profile_over_default() {
    let (_folder, mut profile) = profile(TWO, &[("TI_KTI_TIMEOUT", "7s"), ("TI_KTI_RETRIES", "2")]);
    profile
        .flags
        .insert("timeout", ("3s".to_string(), "--timeout"));
    let settings = profile.settings("kti").unwrap();
    let shown = |name: &str| {
        let origin = &settings.values[name].origin;
        format!("{} {origin}", settings.text(name).unwrap_or("-"))
    };
    assert_eq!(shown("timeout"), "3s --timeout");
    assert_eq!(shown("retries"), "2 TI_KTI_RETRIES");
    assert_eq!(shown("access_key"), "W ~/config.toml:3");
    assert_eq!(shown("method"), "get default");
    assert_eq!(shown("proxy"), "- not set");
    let secret = settings.required_secret("secret_key").unwrap();
    assert_eq!(secret.expose_secret(), "work-secret");
    assert_eq!(profile.redactor.scrub("work-secret"), "(redacted)");
}

#[test]
fn a_profile_is_chosen_by_flag_variable_default_or_by_being_alone() {
    let (_folder, mut by_variable) = profile(TWO, &[("TI_PROFILE", "home")]);
    assert_eq!(
        by_variable.settings("kti").unwrap().text("access_key"),
        Some("H")
    );
    by_variable.asked = Some("work".to_string());
    assert_eq!(
        by_variable.settings("kti").unwrap().text("access_key"),
        Some("W")
    );
    let (_folder, alone) = profile("[profile.only.kti]\naccess_key = \"O\"\n", &[]);
    assert_eq!(alone.settings("kti").unwrap().text("access_key"), Some("O"));
}

#[test]
fn what_is_missing_says_what_to_do() {
    let (_folder, empty) = profile("", &[]);
    let error = empty
        .settings("kti")
        .unwrap()
        .required("access_key")
        .unwrap_err();
    assert_eq!(error.kind, crate::error::Kind::Config);
    assert_eq!(
        error.hints[..2],
        [
            "ti config init kti asks for what is needed",
            "or set the variable TI_KTI_ACCESS_KEY"
        ]
    );
}
