use super::*;

fn args() -> ReplaceArgs {
    ReplaceArgs {
        max_shrink: 50,
        keep: 0,
        sha256: false,
        check: None,
    }
}

fn put(path: &Path, args: &ReplaceArgs, content: &str) -> Result<Replaced> {
    let (replacement, mut pending) = Replacement::begin(path, args.clone())?;
    pending.write_all(content.as_bytes()).unwrap();
    replacement.finish(pending)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_same_content_leaves_the_file_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    assert_eq!(put(&path, &args(), "one").unwrap(), Replaced::Written);
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    File::options()
        .append(true)
        .open(&path)
        .unwrap()
        .set_modified(old)
        .unwrap();

    assert_eq!(put(&path, &args(), "one").unwrap(), Replaced::Unchanged);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), old);
    assert_eq!(put(&path, &args(), "two").unwrap(), Replaced::Written);
    assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    assert_eq!(names(folder.path()), ["a.csv"]);
}

#[test]
fn what_shrank_too_much_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    put(&path, &args(), "0123456789").unwrap();
    let error = put(&path, &args(), "0123").unwrap_err();
    assert_eq!(error.kind, Kind::Service);
    assert!(error.message.contains("60 % smaller"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "0123456789");
    assert_eq!(put(&path, &args(), "01234").unwrap(), Replaced::Written);
    let all = ReplaceArgs {
        max_shrink: 100,
        ..args()
    };
    assert_eq!(put(&path, &all, "").unwrap(), Replaced::Written);
    assert!(shrank(100, 99, 0) && !shrank(0, 0, 0) && !shrank(100, 0, 100));
}

#[test]
fn of_a_time_when_more_were_kept_nothing_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let put_keeping = |keep, content: &str| {
        put(&path, &ReplaceArgs { keep, ..args() }, content).unwrap();
        names(folder.path())
    };
    for content in ["one", "two", "three", "four"] {
        put_keeping(u32::MAX, content);
    }
    let beside = folder.path().join("a.csv.9");
    fs::write(&beside, "somebody else's").unwrap();
    // Left out once, it takes nothing away.
    assert_eq!(put_keeping(0, "five").len(), 5);
    assert_eq!(put_keeping(1, "six_"), ["a.csv", "a.csv.1", "a.csv.9"]);
    let first = folder.path().join("a.csv.1");
    assert_eq!(fs::read_to_string(first).unwrap(), "five");
}

#[test]
fn generations_move_up_and_the_oldest_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let keep = ReplaceArgs { keep: 2, ..args() };
    for content in ["one", "two", "two", "three", "four"] {
        put(&path, &keep, content).unwrap();
    }
    assert_eq!(names(folder.path()), ["a.csv", "a.csv.1", "a.csv.2"]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(
        [read("a.csv"), read("a.csv.1"), read("a.csv.2")],
        ["four", "three", "two"]
    );
}

#[test]
fn a_run_killed_between_the_link_and_the_rename_loses_no_generation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let keep = ReplaceArgs { keep: 2, ..args() };
    put(&path, &keep, "one").unwrap();
    put(&path, &keep, "two").unwrap();
    rotate(&path, 2).unwrap();
    put(&path, &keep, "three").unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(
        [read("a.csv"), read("a.csv.1"), read("a.csv.2")],
        ["three", "two", "one"]
    );
}

#[test]
fn the_checksum_is_in_the_form_of_sha256sum() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let sha256 = ReplaceArgs {
        sha256: true,
        ..args()
    };
    put(&path, &sha256, "abc").unwrap();
    let line = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.csv\n";
    let sidecar = folder.path().join("a.csv.sha256");
    assert_eq!(fs::read_to_string(&sidecar).unwrap(), line);
    // A run that was killed before it wrote the checksum is made good by the next one.
    fs::remove_file(&sidecar).unwrap();
    assert_eq!(put(&path, &sha256, "abc").unwrap(), Replaced::Unchanged);
    assert_eq!(fs::read_to_string(&sidecar).unwrap(), line);
    assert_eq!(checksum_line("00", b"a\\b\nc"), b"\\00  a\\\\b\\nc\n");
    // A name need not be UTF-8: sha256sum takes it byte for byte.
    assert_eq!(checksum_line("00", b"caf\xe9"), b"00  caf\xe9\n");
}

#[test]
fn what_a_killed_run_left_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let others = [
        ".a.csv.gz.x1.download",
        ".a.csv.x1.partial",
        ".b.csv.x1.download",
    ];
    for name in [".a.csv.x1.download", ".a.csv.sha256.x1.download"]
        .iter()
        .chain(&others)
    {
        fs::write(folder.path().join(name), "").unwrap();
    }
    put(&folder.path().join("a.csv"), &args(), "one").unwrap();
    assert_eq!(names(folder.path()), [&others[..], &["a.csv"]].concat());
}

#[test]
fn two_runs_do_not_cross() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let _first = Replacement::begin(&path, args()).unwrap();
    let error = put(&path, &args(), "two").unwrap_err();
    assert!(
        error.message.starts_with("another run of ti is writing"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_does_not_pass_its_check_takes_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let checked = ReplaceArgs {
        check: Some("grep -q good {}".parse().unwrap()),
        keep: 1,
        sha256: true,
        ..args()
    };
    assert_eq!(put(&path, &checked, "good 1").unwrap(), Replaced::Written);
    let error = put(&path, &checked, "bad 12").unwrap_err();
    assert_eq!(error.kind, Kind::Service);
    assert_eq!(fs::read_to_string(&path).unwrap(), "good 1");
    assert_eq!(names(folder.path()), ["a.csv", "a.csv.sha256"]);
    assert_eq!(put(&path, &checked, "good 2").unwrap(), Replaced::Written);
    assert_eq!(names(folder.path()), ["a.csv", "a.csv.1", "a.csv.sha256"]);
}
