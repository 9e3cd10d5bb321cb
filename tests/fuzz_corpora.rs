//! What the fuzzers began with, and whatever they once found: each input once, without a fuzzer.

use std::fs;
use std::path::Path;

#[path = "../fuzz/fuzz_targets/indicator.rs"]
mod indicator;
#[path = "../fuzz/fuzz_targets/kaspersky_answer.rs"]
mod kaspersky_answer;
#[path = "../fuzz/fuzz_targets/kti_answer.rs"]
mod kti_answer;
#[path = "../fuzz/fuzz_targets/master_answer.rs"]
mod master_answer;
#[path = "../fuzz/fuzz_targets/master_rows.rs"]
mod master_rows;
#[path = "../fuzz/fuzz_targets/match_scan.rs"]
mod match_scan;
#[path = "../fuzz/fuzz_targets/openioc.rs"]
mod openioc;
#[path = "../fuzz/fuzz_targets/profile.rs"]
mod profile;
#[path = "../fuzz/fuzz_targets/rows.rs"]
mod rows;
#[path = "../fuzz/fuzz_targets/scan.rs"]
mod scan;

type Check = fn(&[u8]);

const TARGETS: &[(&str, Check)] = &[
    ("indicator", indicator::check),
    ("kaspersky_answer", kaspersky_answer::check),
    ("kti_answer", kti_answer::check),
    ("master_answer", master_answer::check),
    ("master_rows", master_rows::check),
    ("match_scan", match_scan::check),
    ("openioc", openioc::check),
    ("profile", profile::check),
    ("rows", rows::check),
    ("scan", scan::check),
];

fn names_in(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: fs::DirEntry| {
        entry
            .path()
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    };
    let mut names: Vec<_> = entries.map(|entry| name(entry.unwrap())).collect();
    names.sort();
    names
}

#[test]
fn every_input_of_every_corpus_holds() {
    for (name, check) in TARGETS {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/corpus")
            .join(name);
        let mut count = 0;
        for entry in fs::read_dir(&corpus).unwrap() {
            check(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 0, "{} is empty", corpus.display());
    }
}

#[test]
fn every_target_and_every_corpus_is_replayed() {
    let targets: Vec<_> = TARGETS.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(names_in("fuzz/fuzz_targets"), targets);
    assert_eq!(names_in("fuzz/corpus"), targets);
}
