//! Files that cron fetches: what is written, what is not, and what the exit code says.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use ti::sandbox::Reply;

use crate::support::portal::{HEADER, asking, master};
use crate::support::{Mock, has_tool, names_in, words};
#[cfg(unix)]
use crate::support::{chmod, mode_of};

fn rules(count: usize) -> String {
    (0..count)
        .map(|number| format!("rule r{number} {{ condition: true }}\n"))
        .collect()
}

/// Serves these files one after the other, the last one from then on.
fn serving(files: Vec<String>) -> Mock {
    let next = AtomicUsize::new(0);
    Mock::start(move |_| {
        let index = next.fetch_add(1, Ordering::SeqCst).min(files.len() - 1);
        Reply::json(200, master("master_yara", &files[index]))
    })
}

fn names(folder: &Path) -> Vec<String> {
    let mut names = names_in(folder);
    names.retain(|name| name.contains("r.yar"));
    names
}

#[test]
fn the_same_content_leaves_the_file_alone() {
    let mock = serving(vec![rules(3)]);
    let mut ti = asking(
        &mock,
        &["kaspersky", "yara", "-o", "r.yar", "--fail-unchanged"],
    );
    ti.ends(0);
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .append(true)
        .open(ti.path("r.yar"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    let ran = ti.ends(11);
    assert!(
        ran.stderr.starts_with("note: r.yar is the same as before"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        fs::metadata(ti.path("r.yar")).unwrap().modified().unwrap(),
        old
    );
    assert_eq!(names(ti.home.path()), ["r.yar"]);
}

#[test]
fn what_shrank_is_refused_until_it_is_allowed() {
    let mock = serving(vec![rules(10), rules(2)]);
    let mut ti = asking(&mock, &["kaspersky", "yara", "-o", "r.yar"]);
    ti.ends(0);
    let ran = ti.ends(6);
    ran.says("% smaller");
    ran.says("--max-shrink 100");
    assert_eq!(ti.read("r.yar"), rules(10));
    ti.command().args(["--max-shrink", "90%"]);
    ti.ends(0);
    assert_eq!(ti.read("r.yar"), rules(2));
}

/// A filter that lets little through says nothing of the service.
#[test]
fn what_shrinks_is_what_the_service_gave_before_filters() {
    let rows = |count: usize| {
        let row = |number| match number % 10 {
            0 => format!("{number},Report,{:032x},2026-01-15,md5Hash\n", number),
            _ => format!("{number},Report,h{number}.example.com,2026-01-15,networkActivity\n"),
        };
        let rows: String = (0..count).map(row).collect();
        master("master_ioc", &format!("{HEADER}{rows}"))
    };
    for (name, format) in [
        ("i.csv", "--csv"),
        ("i.ndjson", "--ndjson"),
        ("i.json", "--json"),
    ] {
        let answers = [
            rows(200),
            rows(200),
            rows(190),
            rows(40),
            rows(40),
            rows(150),
        ];
        let next = AtomicUsize::new(0);
        let mock = Mock::start(move |_| {
            let index = next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
            Reply::json(200, answers[index].clone())
        });
        let mut ti = asking(&mock, &["kaspersky", "ioc", "-o", name, format]);
        ti.ends(0);
        let whole = fs::metadata(ti.path(name)).unwrap().len();
        // All of it came, a tenth of it is wanted.
        ti.command().args(["--type", "md5"]);
        ti.ends(0);
        let filtered = fs::metadata(ti.path(name)).unwrap().len();
        assert!(filtered < whole / 5, "{filtered} {whole}");
        ti.ends(0);
        // The service lost four fifths, behind the filter.
        let said = ti.ends(6).stderr;
        assert!(said.contains("% smaller than for"), "{said}");
        ti.command().args(["--max-shrink", "100"]);
        ti.ends(0);
        assert!(fs::metadata(ti.path(name)).unwrap().len() < filtered);
        ti.ends(0);
    }
}

/// Other fields and another format make another size of the same.
#[test]
fn fields_and_formats_are_no_loss_and_hide_none() {
    let rows = |count: usize| {
        let row =
            |number| format!("{number},Report,h{number}.example.com,2026-01-15,networkActivity\n");
        let rows: String = (0..count).map(row).collect();
        master("master_ioc", &format!("{HEADER}{rows}"))
    };
    let forms = [
        "--csv",
        "--csv --fields indicator",
        "--csv",
        "--ndjson",
        "--raw",
        "--json --fields id",
    ];
    let answers = [vec![rows(200); forms.len()], vec![rows(60)]].concat();
    let next = AtomicUsize::new(0);
    let mock = Mock::start(move |_| {
        Reply::json(200, answers[next.fetch_add(1, Ordering::SeqCst)].clone())
    });
    let folder = tempfile::tempdir().unwrap();
    let run = |form: &str| {
        let arguments = [words("kaspersky ioc -o ioc"), words(form)].concat();
        let mut ti = asking(&mock, &arguments);
        ti.command().current_dir(&folder);
        ti.run()
    };
    for form in forms {
        run(form).code(0);
    }
    // A wordier format makes more of what is a third.
    run("--json").code(6).says("71 % smaller than for ");
}

#[test]
fn generations_and_the_checksum_go_with_the_file() {
    let mock = serving(vec![rules(3), rules(4), rules(5), rules(6)]);
    let mut ti = asking(&mock, &words("kaspersky yara -o r.yar --keep 2 --sha256"));
    for _ in 0..4 {
        ti.ends(0);
    }
    assert_eq!(
        names(ti.home.path()),
        ["r.yar", "r.yar.1", "r.yar.2", "r.yar.sha256"]
    );
    for (name, count) in [("r.yar", 6), ("r.yar.1", 5), ("r.yar.2", 4)] {
        assert_eq!(ti.read(name), rules(count), "{name}");
    }
    if has_tool("sha256sum", "whether it takes the checksum beside a file") {
        let checked = Command::new("sha256sum")
            .args(["-c", "r.yar.sha256"])
            .current_dir(ti.home.path())
            .output()
            .unwrap();
        assert!(checked.status.success(), "{checked:?}");
    }
}

#[cfg(unix)]
#[test]
fn permissions_of_the_old_file_are_kept() {
    let mock = serving(vec![rules(3)]);
    let mut ti = asking(&mock, &["kaspersky", "yara", "-o", "r.yar"]).file("r.yar", "old");
    chmod(ti.path("r.yar"), 0o640);
    ti.ends(0);
    assert_eq!(mode_of(ti.path("r.yar")), 0o640);
}

#[test]
fn two_runs_do_not_cross() {
    let mock = serving(vec![rules(3)]);
    let mut ti = asking(&mock, &["kaspersky", "yara", "-o", "r.yar"]);
    let lock = fs::File::create(ti.path(".r.yar.lock")).unwrap();
    lock.lock().unwrap();
    ti.ends(1).says("another run of ti is writing r.yar");
    assert!(!ti.path("r.yar").exists());
    lock.unlock().unwrap();
    ti.ends(0);
    assert_eq!(names(ti.home.path()), ["r.yar"]);
}

#[test]
fn a_file_must_be_named_and_its_format_known() {
    let mock = serving(vec![rules(3)]);
    for arguments in [
        vec!["kaspersky", "yara", "--fail-unchanged"],
        vec!["kaspersky", "ioc", "--keep", "1"],
        vec!["kaspersky", "ioc", "--sha256", "-o", "-"],
        vec!["kaspersky", "ioc", "-o", "master.dat"],
        vec!["kaspersky", "yara", "-o", "no/such/folder/r.yar"],
        vec!["kaspersky", "yara", "-o", "r.yar", "--max-shrink", "101"],
        vec!["kaspersky", "yara", "--max-size", "much"],
    ] {
        asking(&mock, &arguments).ends(2);
    }
    // A pipe is no file to replace: it gets what a file would.
    let mut ti = asking(&mock, &["kaspersky", "yara", "-o", "/dev/stdout"]);
    let ran = ti.command().stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), rules(3));
}

/// `--check` has the last word on a file that a scanner is to load.
#[test]
fn a_file_that_does_not_pass_its_check_leaves_the_old_one() {
    if !has_tool(
        "yara",
        "whether yara refuses a file before a scanner loads it",
    ) {
        return;
    }
    let bad = format!("{}rule twice {{ condition: nothing }}\n", rules(3));
    let mock = serving(vec![
        rules(3),
        bad,
        format!("\u{feff}{}", rules(4)),
        rules(5),
    ]);
    let check = "yara -w {} /dev/null";
    let mut ti = asking(
        &mock,
        &["kaspersky", "yara", "-o", "r.yar", "--check", check],
    );
    ti.ends(0);
    for _ in 0..2 {
        let ran = ti.ends(6);
        for said in [
            "did not pass --check",
            "error: ",
            "the old file stays as it was",
        ] {
            ran.says(said);
        }
        assert_eq!(ti.read("r.yar"), rules(3));
        assert_eq!(names(ti.home.path()), ["r.yar"]);
    }
    ti.ends(0);
    assert_eq!(ti.read("r.yar"), rules(5));
}

#[test]
fn a_check_that_makes_no_sense_is_refused_before_anything_is_asked() {
    let mock = serving(vec![rules(3)]);
    for (arguments, said) in [
        (&["--check", "cat {}"][..], "are about a file"),
        (
            &["-o", "/dev/null", "--check", "cat {}"],
            "are about a file",
        ),
        (&["-o", "/dev/null", "--keep", "3"], "are about a file"),
        (&["-o", "r.yar", "--check", "cat rules.yar"], "with {}"),
        (&["-o", "r.yar", "--check", "cat '{}"], "not closed"),
        (
            &["-o", "r.yar", "--check", "/no/such/program {}"],
            "no such file",
        ),
        (&["-o", "r.yar", "--check", "no-such-program {}"], "in PATH"),
        (&["-o", "r.yar", "--check", "/ {}"], "may be run"),
    ] {
        let all = [&["kaspersky", "yara"], arguments].concat();
        let mut ti = asking(&mock, &all).env("PATH", "/bin:/usr/bin");
        let ran = ti.ends(2);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
        assert!(!ti.path("r.yar").exists(), "{arguments:?}");
    }
    assert_eq!(mock.received().len(), 0);
    // A portal that nobody asks fails its test.
    asking(&mock, &["kaspersky", "yara"]).ends(0);
}
