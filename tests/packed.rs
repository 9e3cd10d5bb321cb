//! Files of the user's are read as they are kept: packed, and in UTF-16.

use serde_json::{Value, json};

use crate::support::portal::gzip;
use crate::support::{Ran, ti, words};

const LIST: &str = "evil.com\nlogin.example # 恶意\n";

fn zstd(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The same text in every form that is read.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let plain = text.as_bytes();
    vec![
        plain.to_vec(),
        gzip(plain),
        zstd(plain),
        gzip(&zstd(plain)),
        gzip(&gzip(plain)),
        utf16(text),
        zstd(&utf16(&format!("\u{feff}{text}"))),
    ]
}

/// What is named and not read, and what is said of it.
fn others() -> [(Vec<u8>, &'static str); 4] {
    let xz = b"\xfd7zXZ\0\0\x04";
    [
        (xz.to_vec(), "it is packed with xz, and was not read"),
        (gzip(xz), "unpack it first: xz -dc FILE"),
        (b"PK\x03\x04\x14\0".to_vec(), "unzip -p FILE"),
        (
            b"\x50\x2a\x4d\x18\x01\0\0\0a\x04\x22\x4d\x18".to_vec(),
            "it is packed with lz4",
        ),
    ]
}

fn torn(text: &str) -> Vec<u8> {
    let packed = gzip(text.as_bytes());
    packed[..packed.len() - 8].to_vec()
}

fn inputs(ran: &Ran) -> Vec<Value> {
    let all = ran.ndjson().into_iter();
    all.map(|element| element["input"].clone()).collect()
}

#[test]
fn lists_and_stdin_are_read_packed() {
    let of_file = words("--demo -q kti search --ndjson -i list");
    let of_stdin = words("--demo -q kti search --ndjson");
    for form in forms(LIST) {
        let ran = ti(&of_file).file("list", &form).ends(0);
        assert_eq!(inputs(&ran), ["evil.com", "login.example"]);
        let ran = ti(&of_stdin).stdin(form).ends(0);
        assert_eq!(inputs(&ran), ["evil.com", "login.example"]);
    }
    let gbk = gzip(b"evil.com\nlogin.example # \xb6\xf1\xd2\xe2\n");
    let asked = [&of_file[..], &["--encoding", "gbk"]].concat();
    let ran = ti(&asked).file("list", gbk).ends(0);
    assert_eq!(inputs(&ran), ["evil.com", "login.example"]);
    for (other, said) in others() {
        let ran = ti(&of_file).file("list", &other).ends(2);
        ran.says("list:1: cannot be read").says(said);
        assert_eq!(ran.stdout, "");
        ti(&of_stdin).stdin(other).ends(2).says(said);
    }
    let ran = ti(&of_file).file("list", torn(LIST)).ends(2);
    ran.says("list:3: cannot be read").says("is cut off");
    assert_eq!(inputs(&ran), ["evil.com", "login.example"]);
}

#[test]
fn texts_are_read_packed() {
    let mail = "From: a@evil.com\nSubject: x\nDate: Thu, 26 Nov 2026 10:00:00 +0000\n\n\
                See hxxp://evil[.]com/gate\n";
    let found = ti(&["-q", "extract", "mail"])
        .file("mail", mail)
        .ends(0)
        .stdout;
    assert!(found.contains("http://evil.com/gate"), "{found}");
    for form in forms(mail) {
        let ran = ti(&["-q", "extract", "mail"]).file("mail", form).ends(0);
        assert_eq!(ran.stdout, found);
    }
    for (other, said) in others() {
        let ran = ti(&["extract", "log"]).file("log", other).ends(2);
        ran.says("log: cannot be read").says(said);
        ran.never_says("0 indicators");
    }
    // What was read counts, but for half a line.
    let half = format!("{LIST}evil.co");
    for half in [half.clone(), format!("{mail}{}{half}", "\n".repeat(70_000))] {
        let ran = ti(&["-q", "extract", "log"])
            .file("log", torn(&half))
            .ends(2);
        assert!(
            ran.stdout.ends_with("evil.com\nlogin.example\n")
                || ran.stdout.contains("login.example\n")
        );
        ran.never_shows("evil.co\n").says("is cut off");
    }
    let ran = ti(&["extract", "log"]).file("log", torn(LIST)).ends(2);
    assert_eq!(ran.stdout, "evil.com\nlogin.example\n");
    ran.says("2 indicators in 2 lines").says("is cut off");
    let ran = ti(&words("--demo -q kti search --extract -i log --ndjson"))
        .file("log", gzip(b"see evil[.]com\n"))
        .ends(0);
    assert_eq!(inputs(&ran), ["evil[.]com"]);
}

#[test]
fn rows_come_out_unpacked() {
    let csv = words("--demo -q kti enrich rows --column host");
    let rows = "host,note\nevil.com,x\n";
    let plain = ti(&csv).file("rows", rows).ends(0).stdout;
    for form in forms(rows) {
        let ran = ti(&csv).file("rows", form).ends(0);
        assert_eq!(ran.stdout, plain);
    }
    let ndjson = words("--demo -q kti enrich - --field .host");
    let row = "{\"host\":\"evil.com\"}\n";
    let plain = ti(&ndjson).stdin(row).ends(0).stdout;
    for form in forms(row) {
        assert_eq!(ti(&ndjson).stdin(form).ends(0).stdout, plain);
    }
    for (other, said) in others() {
        ti(&csv).file("rows", other).ends(2).says(said);
    }
}

#[test]
fn known_good_lists_are_read_packed() {
    let search = words("-q --demo lookup evil.com --ndjson --ignore good");
    let misp = json!({"name": "ours", "type": "hostname", "list": ["evil.com"]}).to_string();
    for list in ["evil.com ours\n", &misp] {
        for form in forms(list) {
            let ran = ti(&search).file("good", form).ends(0);
            assert_eq!(ran.ndjson()[0]["ignored_by"]["entry"], "evil.com");
        }
    }
    for (other, said) in others() {
        let ran = ti(&search).file("good", other).ends(3);
        ran.says("the known-good list good cannot be read")
            .says(said);
    }
    ti(&search)
        .file("good", torn("evil.com\n"))
        .ends(3)
        .says("is cut off");
    // Small as it lies there, and large as it is held.
    let bomb = gzip(&[b'\n'; 1 << 20]).repeat(257);
    let ran = ti(&search).file("good", bomb).ends(3);
    ran.says("unpacked, it is larger than 268435456 bytes");
}

#[test]
fn an_earlier_answer_is_read_packed() {
    let search = words("--demo -q kti search evil.com --ndjson --changed-since old");
    let old = json!({"indicator": "evil.com", "status": "found", "level": "malicious"});
    for form in forms(&format!("{old}\n")) {
        let ran = ti(&search).file("old", form).ends(11);
        assert_eq!(ran.stdout, "");
    }
    for (other, said) in others() {
        let ran = ti(&search).file("old", other).ends(2);
        ran.says("--changed-since old: cannot be read").says(said);
    }
}

/// What is appended to such a file nobody could read.
#[test]
fn a_packed_file_is_not_gone_on_with() {
    let search = words("--demo kti search evil.com --ndjson --resume out");
    let begun = "{\"input\":\"a.example\",\"status\":\"found\"}\n";
    for (form, why, advice) in [
        (gzip(begun.as_bytes()), "packed with gzip", "gzip -dc FILE"),
        (zstd(begun.as_bytes()), "packed with Zstandard", "zstd -dc"),
        (b"\xfd7zXZ\0\0".to_vec(), "packed with xz", "xz -dc FILE"),
        (
            utf16(begun),
            "written in UTF-16LE",
            "iconv -f UTF-16LE -t UTF-8",
        ),
        (
            utf16(&format!("\u{feff}{begun}")),
            "written in UTF-16LE",
            "iconv -f UTF-16LE",
        ),
    ] {
        let mut run = ti(&search).file("out", &form);
        let ran = run.ends(2);
        ran.says("--resume out: cannot be used").says(why);
        ran.says(advice).never_says("--fields");
        assert_eq!(std::fs::read(run.path("out")).unwrap(), form);
    }
}
