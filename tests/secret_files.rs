//! Files with secrets in them, damaged in every way that a copy, an editor or a variable of a CI
//! system damages them: each is an error of the configuration that says what is wrong, and not a
//! byte of the secret is in it.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

#[cfg(unix)]
use crate::support::chmod;
use crate::support::portal::{certificate, config};
use crate::support::ti;

/// The file as it should be, and what became of it.
fn damaged(pem: &str) -> Vec<(&'static str, Vec<u8>)> {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = BASE64_STANDARD.decode(&body).unwrap();
    let lines: Vec<_> = pem.lines().collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| pem.encode_utf16().flat_map(bytes).collect();
    let text = |text: String| text.into_bytes();
    vec![
        ("in one line", text(pem.replace('\n', ""))),
        ("blanks for line breaks", text(pem.replace('\n', " "))),
        ("tabs for line breaks", text(pem.replace('\n', "\t"))),
        ("\\n for line breaks", text(pem.replace('\n', "\\n"))),
        ("\\r\\n for line breaks", text(pem.replace('\n', "\\r\\n"))),
        ("in quotes, with \\n", text(format!("{:?}", pem))),
        (
            "no break behind the first line",
            text(pem.replacen("-----\n", "-----", 1)),
        ),
        (
            "no break before the last line",
            text(pem.replace("\n-----END", "-----END")),
        ),
        ("no end", text(lines[..lines.len() - 1].join("\n"))),
        ("no beginning", text(lines[1..].join("\n"))),
        (
            "cut in the middle",
            pem.as_bytes()[..pem.len() / 2].to_vec(),
        ),
        (
            "a letter that is no base64",
            text(pem.replacen("\nM", "\n*", 1)),
        ),
        ("a letter too few", text(pem.replacen("\nM", "\n", 1))),
        ("another end", text(pem.replace("END ", "END X "))),
        ("four dashes", text(pem.replace("-----BEGIN", "----BEGIN"))),
        (
            "four dashes behind",
            text(pem.replacen("-----\n", "----\n", 1)),
        ),
        (
            "long dashes",
            text(pem.replace("-----", "\u{2014}\u{2014}-")),
        ),
        (
            "quoted as in a mail",
            text(pem.lines().map(|line| format!("> {line}\n")).collect()),
        ),
        (
            "indented",
            text(pem.lines().map(|line| format!("  {line}\n")).collect()),
        ),
        ("in a yaml file", text(format!("key: {pem}"))),
        ("its base64 alone", text(body.clone())),
        ("base64 once more", text(BASE64_STANDARD.encode(pem))),
        ("UTF-16, little", utf16(u16::to_le_bytes)),
        ("UTF-16, big", utf16(u16::to_be_bytes)),
        (
            "not what its label says",
            text(pem.replace("PRIVATE KEY", "RSA PRIVATE KEY")),
        ),
        ("DER", der.clone()),
        ("DER, cut", der[..der.len() - 20].to_vec()),
        ("DER that is damaged", {
            let mut der = der.clone();
            der[5] ^= 0x40;
            der
        }),
        ("DER in PEM, damaged", {
            let mut der = der.clone();
            der[5] ^= 0x40;
            let body = BASE64_STANDARD.encode(der);
            format!("{}\n{body}\n{}\n", lines[0], lines[lines.len() - 1]).into_bytes()
        }),
    ]
}

/// Pieces of a secret file in every form in which an error could hold them: of the text, and of
/// what it decodes to.
fn pieces(pem: &str) -> Vec<String> {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = BASE64_STANDARD.decode(&body).unwrap();
    let mut pieces = Vec::new();
    for bytes in [body.as_bytes(), &der] {
        // What all keys of a kind begin with is no secret.
        for piece in bytes[40..].chunks_exact(8) {
            pieces.push(String::from_utf8_lossy(piece).into_owned());
            pieces.push(piece.escape_ascii().to_string());
            pieces.push(hex::encode(piece));
            pieces.push(piece.iter().map(|byte| format!("%{byte:02X}")).collect());
            let list = format!("{piece:?}");
            pieces.push(list.trim_matches(['[', ']']).to_string());
            pieces.push(BASE64_STANDARD.encode(&piece[..6]));
        }
    }
    pieces
}

/// Every output of every command that reads the file. It ends with one of these codes.
#[track_caller]
fn look(settings: &[(&str, &str)], name: &str, codes: &[i32], pieces: &[String]) {
    for arguments in [
        &["-vv", "kaspersky", "list"][..],
        &["-vv", "config", "check", "kaspersky"],
        &["-vv", "config", "check", "kaspersky", "--json"],
        &["-vv", "config", "show", "kaspersky"],
    ] {
        let ran = ti(arguments).config(&config(settings)).run();
        if arguments[2] != "show" {
            let shown = format!("{}{}", ran.stdout, ran.stderr);
            assert!(codes.contains(&ran.code), "{name}: {}: {shown}", ran.code);
        }
        for text in [&ran.stdout, &ran.stderr] {
            for piece in pieces {
                assert!(!text.contains(piece.as_str()), "{piece} of {name}: {text}");
            }
        }
    }
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut settings = vec![
        ("endpoint", "http://127.0.0.1:9"),
        ("username", "user"),
        ("password", "secret"),
        ("retries", "0"),
    ];
    settings.extend(more);
    settings
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn a_damaged_private_key_is_not_shown() {
    let (cert, key) = certificate("analyst", -1, 365);
    let folder = tempfile::tempdir().unwrap();
    let (own, damaged_key, both) = (
        path(folder.path(), "own.pem"),
        path(folder.path(), "key.pem"),
        path(folder.path(), "both.pem"),
    );
    fs::write(&own, &cert).unwrap();
    let pieces = pieces(&key);
    for (name, bytes) in damaged(&key) {
        fs::write(&damaged_key, &bytes).unwrap();
        fs::write(&both, [cert.as_bytes(), &bytes].concat()).unwrap();
        for settings in [
            with(&[("certificate", &own), ("certificate_key", &damaged_key)]),
            with(&[("certificate", &both)]),
            with(&[("certificate", &damaged_key)]),
        ] {
            look(&settings, name, &[3], &pieces);
        }
        let authorities = with(&[
            ("endpoint", "https://127.0.0.1:9"),
            ("certificate", &both),
            ("cacert", &damaged_key),
        ]);
        look(&authorities[1..], name, &[3], &pieces);
    }
}

/// The two that people meet most: they are told what to do.
#[test]
fn lost_line_breaks_are_named() {
    let (cert, key) = certificate("analyst", -1, 365);
    let folder = tempfile::tempdir().unwrap();
    let (own, damaged) = (
        path(folder.path(), "own.pem"),
        path(folder.path(), "key.pem"),
    );
    fs::write(&own, cert + &key).unwrap();
    for broken in [key.replace('\n', ""), key.replace('\n', "\\n")] {
        fs::write(&damaged, broken).unwrap();
        let settings = with(&[("certificate", &own), ("certificate_key", &damaged)]);
        let ran = ti(&["kaspersky", "list"])
            .config(&config(&settings))
            .ends(3);
        let sentence = format!("error: certificate_key {damaged}: its line breaks are missing");
        assert!(ran.stderr.starts_with(&sentence), "{}", ran.stderr);
        ran.says("hint:");
        let settings = with(&[("certificate", &own), ("cacert", &damaged)]);
        let ran = ti(&["kaspersky", "list"])
            .config(&config(&settings))
            .ends(3);
        ran.says(&damaged);
    }
}

/// What never ends, or never begins, is no secret; and it is said at once.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = path(folder.path(), "fifo");
    std::process::Command::new("mkfifo")
        .arg(&fifo)
        .status()
        .unwrap();
    let large = path(folder.path(), "large");
    fs::write(&large, vec![b'x'; (1 << 20) + 1]).unwrap();
    let secret = path(folder.path(), "secret");
    fs::write(&secret, vec![b'x'; 64 * 1024 + 1]).unwrap();
    let of_file = |name: &str| format!("{{ file = {name:?} }}");
    for (name, says) in [
        (fifo.as_str(), "not a file but a pipe or a device"),
        ("/dev/zero", "not a file but a pipe or a device"),
        (folder.path().to_str().unwrap(), "it is a folder"),
        (&large, "larger than"),
    ] {
        for settings in [
            with(&[("certificate", name)]),
            with(&[("certificate", name), ("certificate_key", name)]),
            with(&[("endpoint", "https://127.0.0.1:9"), ("cacert", name)])[1..].to_vec(),
        ] {
            let settings: Vec<_> = settings.iter().map(|(k, v)| (*k, *v)).collect();
            let mut text = config(&settings);
            if !settings.iter().any(|(key, _)| *key == "certificate") {
                text = text.replace(
                    "username = \"user\"\npassword = \"secret\"",
                    "token = \"abcdef\"",
                );
            }
            let ran = ti(&["kaspersky", "list"]).config(&text).ends(3);
            assert!(ran.stderr.contains(says), "{name}: {}", ran.stderr);
        }
        let text = config(&with(&[])).replace("\"secret\"", &of_file(name));
        let ran = ti(&["kaspersky", "list"]).config(&text).ends(3);
        assert!(ran.stderr.contains(says), "{name}: {}", ran.stderr);
    }
    let text = config(&with(&[])).replace("\"secret\"", &of_file(&secret));
    let ran = ti(&["kaspersky", "list"]).config(&text).ends(3);
    ran.says("larger than 64 KiB");
}

/// Blanks are taken off and said; what nobody sees is taken off.
#[test]
fn what_stands_around_a_secret_comes_off() {
    let mock = crate::support::Mock::json(r#"{"result":[]}"#);
    for (value, warned) in [
        ("\u{feff}t0ken-t0ken\r\n", false),
        ("t0ken-t0ken \n", true),
        (" t0ken-t0ken", true),
    ] {
        let mut run = ti(&["brcti", "types"])
            .env("TI_BRCTI_ENDPOINT", &mock.url())
            .env("TI_BRCTI_TOKEN", value);
        let ran = run.run();
        let said = "warning: brcti token: a blank before or behind it is left out";
        assert_eq!(ran.stderr.contains(said), warned, "{}", ran.stderr);
        let received = mock.received();
        let sent = received.last().unwrap().header("authorization");
        assert_eq!(sent, Some("Bearer t0ken-t0ken"));
    }
}

#[cfg(unix)]
#[test]
fn a_secret_in_a_file_that_others_can_read_is_warned_of() {
    let run = ti(&["config", "check", "brcti"]).file("token", "t0ken-t0ken\n");
    let mock = crate::support::Mock::json(r#"{"result":[]}"#);
    let token = run.path("token");
    for (mode, warned) in [(0o600, false), (0o640, true), (0o604, true)] {
        chmod(&token, mode);
        let text = format!(
            "[profile.w.brcti]\nendpoint = {:?}\ntoken = {{ file = {token:?} }}\n",
            mock.url()
        );
        let ran = ti(&["config", "check", "brcti", "--json"])
            .config(&text)
            .run();
        let steps = ran.json();
        let mut steps = steps.as_array().unwrap().iter();
        let step = steps.find(|step| step["step"] == "token").unwrap();
        assert_eq!(step["status"] == "warning", warned, "{step}");
        assert!(
            !warned || step["next"][0].as_str().unwrap().contains("chmod 600"),
            "{step}"
        );
    }
}
