//! An answer never takes the place of what is read for it.

use std::fs::{self, File};

use crate::support::{Ti, ti, words};

const LOG: &str = "GET http://update.lantern.example/x\nother line\n";

fn refused(mut ti: Ti, name: &str, kept: &str) {
    ti.ends(2).says("what is read").says("are one file");
    assert_eq!(ti.read(name), kept);
}

#[test]
fn output_over_what_is_read_is_refused_and_the_file_stays() {
    for line in [
        "match F -o F",
        "match F -o ./F",
        "match other.log F --json -o F",
        "match F --iocs F -o F.log",
        "match --iocs F other.log -o F",
        "match --ignore F other.log -o F",
        "extract F --json -o F",
        "extract F --values -o F",
        "kti search -i F --ndjson -o F",
        "kti search -i F --ndjson --resume F",
        "kti search --extract -i F --csv -o F",
        "lookup --ignore F evil.com --csv -o F",
        "lookup -i F --csv -o F",
        "--config F kti types --csv -o F",
        "--config F config show --csv -o F",
        "--cacert F kti search evil.com --csv -o F",
    ] {
        // A name like this has no ending that promises a format.
        let line = line.replace("F.log", "./F");
        let demo = ["--demo"].into_iter().chain(words(&line));
        let ti = ti(&demo.collect::<Vec<_>>()).file("other.log", LOG);
        refused(ti.file("F", LOG), "F", LOG);
    }
}

#[test]
fn what_the_configuration_names_is_read_too() {
    const PROFILE: &str = "[ignore]\nfiles = [\"../../known-good\"]\n\
        [profile.a.kti]\nsecret_key = { file = \"../../key\" }\ncacert = \"../../ca.pem\"\n\
        [profile.a.brcti]\nheaders = { \"X-Key\" = { file = \"../../header\" } }\n\
        [profile.a.kaspersky]\ncertificate = \"~/own.pem\"\n";
    for name in [
        "known-good",
        "key",
        "ca.pem",
        "header",
        "own.pem",
        "config/ti/config.toml",
    ] {
        let kept = if name.contains('/') { PROFILE } else { "x" };
        let line = format!("extract - --csv -o {name}");
        let ti = ti(&words(&line)).config(PROFILE);
        refused(ti.file(name, kept), name, kept);
    }
    let line = "extract - --csv -o named.pem";
    let ti = ti(&words(line)).env("TI_KTI_CACERT", "named.pem");
    refused(ti.file("named.pem", "x"), "named.pem", "x");
}

#[cfg(unix)]
#[test]
fn a_file_is_the_same_by_another_name_and_as_stdin_and_stdout() {
    let hard = ti(&words("match F -o hard")).file("F", LOG);
    fs::hard_link(hard.path("F"), hard.path("hard")).unwrap();
    refused(hard, "F", LOG);
    let link = ti(&words("match F -o link")).file("F", LOG);
    std::os::unix::fs::symlink("F", link.path("link")).unwrap();
    refused(link, "F", LOG);

    let mut piped = ti(&words("extract --csv -o F")).file("F", LOG);
    let stdin = File::open(piped.path("F")).unwrap();
    let ran = piped.command().stdin(stdin).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(piped.read("F"), LOG);

    let mut grown = ti(&words("match F --iocs list"))
        .file("F", LOG)
        .file("list", "x.com");
    let append = File::options().append(true).open(grown.path("F")).unwrap();
    let ran = grown.command().stdout(append).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(grown.read("F"), LOG);
}

#[test]
fn an_answer_in_a_folder_of_logs_is_no_log() {
    let line = "match logs --iocs list -o logs/hits.log";
    let mut ti = ti(&words(line)).file("list", "update.lantern.example\n");
    fs::create_dir(ti.path("logs")).unwrap();
    fs::write(ti.path("logs/proxy.log"), LOG).unwrap();
    ti.ends(0)
        .never_says("is not read")
        .says("note: 1 file, 2 lines, 1 with a match");
    let first = ti.read("logs/hits.log");
    assert!(first.ends_with("GET http://update.lantern.example/x\n"));
    ti.ends(0)
        .says("warning: logs/hits.log is not read: the answer goes there")
        .says("note: 1 file, 2 lines, 1 with a match");
    assert_eq!(ti.read("logs/hits.log"), first);
}

#[test]
fn rows_are_enriched_in_place() {
    let line = "--demo kti enrich hosts.csv --column host -o hosts.csv";
    let mut rows = ti(&words(line)).file("hosts.csv", "host\nevil.com\n");
    rows.ends(0);
    assert!(rows.read("hosts.csv").starts_with("host,ti_status"));
    let line = "--demo --config hosts.csv kti enrich hosts.csv --column host -o hosts.csv";
    let known = ti(&words(line)).file("hosts.csv", "host\n");
    refused(known, "hosts.csv", "host\n");
}

#[test]
fn rows_are_not_enriched_without_end() {
    let line = "--demo kti enrich hosts.csv --column host";
    let mut rows = ti(&words(line)).file("hosts.csv", "host\nevil.com\n");
    let append = File::options()
        .append(true)
        .open(rows.path("hosts.csv"))
        .unwrap();
    let ran = rows.command().stdout(append).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(rows.read("hosts.csv"), "host\nevil.com\n");
}

#[test]
fn an_answer_takes_no_place_of_the_index_or_the_cache() {
    for (name, profile) in [
        ("data/ti/index.db", ""),
        ("cache/ti/cache.db", ""),
        ("data/ti/index-work.db", "[profile.work.kti]\n"),
    ] {
        let line = format!("extract - --csv -o {name}");
        let mut ti = ti(&words(&line)).config(profile);
        fs::create_dir_all(ti.path(name).parent().unwrap()).unwrap();
        ti = ti.file(name, "x");
        ti.ends(2).says("--output names what ti keeps");
        assert_eq!(ti.read(name), "x");
    }
}

#[test]
fn a_profile_of_sample_data_takes_the_place_of_no_other() {
    const OWN: &str = "[profile.work.kti]\naccess_key = \"x\"\n";
    let mut sandbox = ti(&words("sandbox -o config/ti/config.toml")).config(OWN);
    sandbox
        .ends(2)
        .says("it is no profile of sample data")
        .says("what is in it would be lost");
    assert_eq!(sandbox.read("config/ti/config.toml"), OWN);
}
