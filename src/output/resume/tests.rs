use std::fs;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::document::Column;

const LAYOUT: Layout = Layout::plain(&[
    Column::new("input", "", ""),
    Column::new("status", "", ""),
    Column::new("tags", "", ""),
]);

fn resumed(name: &str, text: &str) -> (Resumed, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let resumed = Resumed::open(&path, None, &LAYOUT).unwrap();
    let left = fs::read_to_string(&path).unwrap();
    (resumed, left)
}

#[test]
fn what_is_settled_stays_and_the_rest_goes() {
    let found = "{\"input\":\"a\",\"status\":\"found\"}\n";
    let text = [
        found,
        "{\"input\":\"b\",\"status\":\"error\"}\n",
        found,
        "{\"input\":\"c\",\"sta",
    ]
    .concat();
    let (mut resumed, left) = resumed("f.ndjson", &text);
    assert_eq!(left, [found, found].concat());
    let answered = &mut resumed.answered;
    assert_eq!(answered.len(), 2);
    let taken = ["a", "b", "c", "a", "a"].map(|input| answered.take(input));
    assert_eq!(taken, [true, false, false, true, false]);
}

#[test]
fn the_mark_of_an_editor_is_no_part_of_it() {
    for (name, text) in [
        (
            "f.ndjson",
            "\u{feff}{\"input\":\"a\",\"status\":\"found\"}\n",
        ),
        ("f.csv", "\u{feff}input,status,tags\r\na,found,\r\n"),
    ] {
        let (mut resumed, left) = resumed(name, text);
        assert_eq!(left, text);
        assert!(resumed.answered.take("a"), "{name}");
    }
}

#[test]
fn a_csv_goes_on_with_its_own_columns() {
    let whole = "status,tags,input\r\nfound,\"a\r\n\"\"b\"\"\",a\r\ninvalid,,'=x\r\n";
    let (mut resumed, left) = resumed("f.csv", &[whole, "found,\"a\r\n"].concat());
    assert_eq!(left, whole);
    assert!(resumed.answered.take("=x") && resumed.answered.take("a"));
    let fields = resumed.fields.unwrap();
    let names: Vec<_> = fields.0.iter().map(|column| column.field).collect();
    assert_eq!(names, ["status", "tags", "input"]);
    assert!(resumed.file.begun);
}

#[test]
fn half_a_header_is_none() {
    let (resumed, left) = resumed("f.csv", "status,ta");
    assert_eq!(left, "");
    assert!(!resumed.file.begun && resumed.fields.is_none());
}

#[test]
fn a_file_of_somebody_else_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("f.ndjson", "{\"a\":1}\n"),
        ("f.csv", "a,b\n"),
        ("f.json", "[]"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        assert!(Resumed::open(&path, None, &LAYOUT).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn two_at_once_are_one_too_many() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.csv");
    let first = Resumed::open(&path, None, &LAYOUT).unwrap();
    let Err(error) = Resumed::open(&path, None, &LAYOUT) else {
        panic!("two");
    };
    assert!(error.to_string().contains("another ti"), "{error}");
    drop(first);
}

/// Each leaves something that the next one has to take out: the file is rewritten each time.
#[test]
fn many_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.ndjson");
    let element = |status: &str| format!("{{\"input\":\"x\",\"status\":\"{status}\"}}\n");
    let settled = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..100 {
                    let Ok(mut resumed) = Resumed::open(&path, None, &LAYOUT) else {
                        continue;
                    };
                    let before = settled.fetch_add(1, Ordering::SeqCst);
                    assert_eq!(resumed.answered.len(), before as u64);
                    let both = element("found") + &element("error");
                    resumed.file.out.write_all(both.as_bytes()).unwrap();
                    resumed.file.out.flush().unwrap();
                }
            });
        }
    });
    let left = fs::read_to_string(&path).unwrap();
    let found = left.matches("found").count();
    assert_eq!(found, settled.into_inner());
    assert!(found > 0);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_to_go_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.ndjson");
    rustix::fs::mkfifoat(rustix::fs::CWD, &path, 0o600.into()).unwrap();
    assert!(Resumed::open(&path, None, &LAYOUT).is_err());
}
