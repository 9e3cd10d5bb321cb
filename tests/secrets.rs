//! A canary for a secret: whatever is run, and however it fails, it is nowhere to be seen.

use ti::sandbox::Reply;

use crate::support::{Mock, Ti, ti};

const CANARY: &str = "CaNaRy+s3cret/key=";

/// The canary plain, percent-encoded, and as `Debug` might write it.
const SHAPES: &[&str] = &[
    "CaNaRy+s3cret",
    "CaNaRy%2Bs3cret",
    "s3cret/key",
    "s3cret%2Fkey",
];

fn run_and_look(mut run: Ti) {
    let ran = run.run();
    let mut texts = vec![
        ("stdout".to_string(), ran.stdout),
        ("stderr".to_string(), ran.stderr),
    ];
    for entry in walk(run.home.path()) {
        // The configuration is where the secret belongs.
        if !entry.ends_with("config.toml") {
            texts.push((
                entry.display().to_string(),
                String::from_utf8_lossy(&std::fs::read(&entry).unwrap()).into_owned(),
            ));
        }
    }
    for (place, text) in texts {
        for shape in SHAPES {
            assert!(!text.contains(shape), "{shape} in {place}: {text}");
        }
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn no_secret_comes_out_of_any_run() {
    // Answers that echo what they were sent, as some proxies and error pages do.
    let echo = |status: u16| {
        Mock::start(move |request| {
            let sent = format!(
                "{} {} {:?} {}",
                request.method,
                request.query,
                request.headers,
                String::from_utf8_lossy(&request.body)
            );
            let body = serde_json::json!({"Error": {"Code": "SignatureDoesNotMatch", "Message": format!("{sent} {CANARY}")}});
            Reply::new(status, "application/json", body.to_string())
        })
    };
    let mocks = [
        echo(403),
        echo(400),
        echo(500),
        echo(409),
        Mock::json("not json"),
        Mock::json(r#"{"IntelInfo":{}}"#),
    ];
    for mock in &mocks {
        for signature in ["aws4", "simple"] {
            for method in ["get", "post"] {
                let config = format!(
                    "[profile.w.kti]\nendpoint = \"{}\"\naccess_key = \"AKLTx\"\nsecret_key = \"{CANARY}\"\nsignature = \"{signature}\"\nmethod = \"{method}\"\nretries = 0\n",
                    mock.url()
                );
                for format in [&["--json", "-o", "out.json"][..], &["--csv"], &[]] {
                    let arguments =
                        [&["-vv", "kti", "search", "evil.com", "b.example"], format].concat();
                    run_and_look(ti(&arguments).config(&config));
                    let arguments = [&["-vv", "config", "check", "kti"], format].concat();
                    run_and_look(ti(&arguments).config(&config));
                }
            }
        }
    }
    let unreachable = format!(
        "[profile.w.kti]\nendpoint = \"http://127.0.0.1:9/\"\naccess_key = \"a\"\nsecret_key = \"{CANARY}\"\nretries = 0\n"
    );
    for arguments in [
        &["-vv", "kti", "search", "evil.com"][..],
        &["-vv", "config", "show", "--json"],
        &["-vv", "config", "path"],
        &["-vv", "config", "check"],
        &["-vv", "config", "set", "kti.retries", "3"],
        &["-vv", "config", "unset", "kti.endpoint"],
        &["-vv", "config", "set", "kti.secret_key", CANARY],
        &["-vv", "config", "init", "kti", "--non-interactive"],
        &[
            "-vv",
            "kti",
            "search",
            "evil.com",
            "--proxy",
            "http://127.0.0.1:9/",
        ],
        &["-vv", "kti", "search", "evil.com", "--cacert", "gone"],
    ] {
        run_and_look(ti(arguments).config(&unreachable));
    }
    let malformed = format!("[profile.w.kti]\nsecret_key = \"{CANARY}\n");
    run_and_look(ti(&["-vv", "config", "show"]).config(&malformed));
    let wrong_place = format!("[profile.w.kti]\nsecret_kee = \"{CANARY}\"\n");
    run_and_look(ti(&["-vv", "config", "show"]).config(&wrong_place));
    run_and_look(ti(&["-vv", "config", "show"]).env("TI_KTI_SECRET_KEY", CANARY));
    run_and_look(ti(&["-vv", "config", "set", "kti.secret_key"]).stdin(CANARY));
    let init = &[
        "-vv",
        "config",
        "init",
        "--non-interactive",
        "--set",
        "kti.access_key=a",
    ];
    run_and_look(ti(init).env("TI_KTI_SECRET_KEY", CANARY));
}

/// It would be sent with every request, beside what the settings say.
#[test]
fn an_address_with_a_login_in_it_is_refused() {
    let endpoint = "http://user:CaNaRy+s3cret@127.0.0.1:1/";
    for (variable, command) in [
        ("TI_KTI_ENDPOINT", &["kti", "search", "evil.com"][..]),
        ("TI_KASPERSKY_ENDPOINT", &["kaspersky", "list"]),
        ("TI_BRCTI_ENDPOINT", &["brcti", "geo"]),
        ("TI_BRCTI_ENDPOINT", &["config", "check", "brcti"]),
    ] {
        let mut run = ti(command)
            .env("TI_KTI_ACCESS_KEY", "a")
            .env("TI_KTI_SECRET_KEY", "b")
            .env("TI_KASPERSKY_TOKEN", "t")
            .env(variable, endpoint);
        let ran = run.run().code(3);
        let said = ran.stderr + &ran.stdout;
        assert!(said.contains("must not hold a name"), "{said}");
        assert!(!said.contains("CaNaRy"), "{said}");
    }
}
