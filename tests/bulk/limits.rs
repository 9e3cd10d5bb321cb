//! Quota: what is owed is asked, and not one lookup more.

use ti::sandbox::Options;

use crate::support::{Mock, ti};

use super::{Counting, counts, inputs, names, statuses};

fn with_quota(quota: u32) -> Counting {
    Counting::start(Options {
        quota: Some(quota),
        ..Options::default()
    })
}

fn run(service: &Counting, more: &[&str]) -> crate::support::Ran {
    let arguments = [&["kti", "search", "-i", "-", "--ndjson"], more].concat();
    service.ti(&arguments).stdin(names(40)).run()
}

#[test]
fn a_quota_that_runs_out_ends_the_run_and_another_one_goes_on() {
    let service = with_quota(25);
    let ran = run(&service, &[]).code(7);
    let elements_of_it = ran.ndjson();
    assert_eq!(inputs(&elements_of_it), names(40));
    let expected = counts([("not_found", 25), ("error", 1), ("skipped", 14)]);
    assert_eq!(statuses(&elements_of_it), expected);
    assert_eq!(service.requests(), 26);
    ran.says("the quota is used up");
    ran.says("LeftCount 0");
}

#[test]
fn the_reserve_is_left() {
    let service = with_quota(30);
    let ran = run(&service, &["--reserve", "10", "-j", "16"]).code(7);
    let expected = counts([("not_found", 20), ("skipped", 20)]);
    assert_eq!(statuses(&ran.ndjson()), expected);
    assert_eq!(service.requests(), 20);
    ran.says("--reserve 10");
}

/// What is left may be less than the reserve, or more: nobody knows.
#[test]
fn a_reserve_of_what_nobody_knows_is_left() {
    for (left, says) in [
        ("5.5", "LeftCount is 5.5, which is no whole number"),
        ("null", "the answer has no LeftCount"),
        ("\"many\"", "many"),
    ] {
        let body = format!(r#"{{"LeftCount":{left},"TotalCount":9,"IntelInfo":{{"RetCode":2}}}}"#);
        let mock = Mock::json(body);
        let run = |more: &[&str]| {
            let arguments = [&["kti", "search", "-i", "-", "--ndjson", "--fresh"], more].concat();
            ti(&arguments).kti(&mock.url()).stdin(names(8)).run()
        };
        let ran = run(&["--reserve", "50"]).code(7);
        assert_eq!(mock.received().len(), 1, "{left}");
        assert_eq!(
            statuses(&ran.ndjson()),
            counts([("not_found", 1), ("skipped", 7)])
        );
        ran.says("--reserve 50: how many lookups are left is not known")
            .says(says);
        run(&[]).code(0);
        assert_eq!(mock.received().len(), 9, "{left}");
    }
}

#[test]
fn no_more_than_max_lookups_and_the_cache_does_not_count() {
    let service = with_quota(100);
    for (round, known) in [(1, 15), (2, 30)] {
        let ran = run(&service, &["--max-lookups", "15"]).code(8);
        let expected = counts([("not_found", known), ("skipped", 40 - known)]);
        assert_eq!(statuses(&ran.ndjson()), expected);
        assert_eq!(service.requests(), 15 * round);
    }
    run(&service, &["--max-lookups", "15"]).code(0);
    service.answered_once(40);
}

#[test]
fn a_rate_is_not_exceeded() {
    let service = with_quota(100);
    let began = std::time::Instant::now();
    run(&service, &["--rate", "100/s", "-j", "16"]).code(0);
    // 40 starts are 39 pauses of 10 ms; a busy machine only adds to that.
    assert!(began.elapsed() >= std::time::Duration::from_millis(380));
}

#[test]
fn each_try_counts_and_the_summary_says_so() {
    // The service is in trouble from the fourth request on; every lookup is tried three times.
    let fails = |n| (n >= 3).then_some(503);
    for (more, code, tries) in [
        (&["--max-lookups", "10"][..], 8, 10),
        (&["--reserve", "30"], 7, 10),
    ] {
        let service = Counting::failing(
            Options {
                quota: Some(40),
                ..Options::default()
            },
            fails,
        );
        let more = [&["-j", "1", "--retries", "2"], more].concat();
        let ran = run(&service, &more).code(code);
        assert_eq!(service.requests(), tries, "{}", ran.stderr);
        let said = format!("({tries} tries, 3 answers)");
        ran.says(&said);
    }
}

#[test]
fn without_retries_a_too_fast_ends_nothing() {
    let service = Counting::failing(Options::default(), |n| (n == 5).then_some(409));
    run(&service, &["--retries", "0"]).code(0);
    service.answered_once(40);
}

#[cfg(unix)]
#[test]
fn lookups_at_a_time_follow_the_limit_of_open_files() {
    let service = Counting::start(Options::default());
    let home = service.ti(&[]).file("hosts", names(600)).keep();
    // A busy machine may be slow; what is tried again would be counted twice.
    let limited = "ulimit -n 128 && exec \"$0\" kti search -i hosts --ndjson -j 2000 --timeout 10m --connect-timeout 10m";
    let mut shell = std::process::Command::new("sh");
    let ran = shell
        .args(["-c", limited, env!("CARGO_BIN_EXE_ti")])
        .current_dir(home.path())
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_CACHE_HOME", service.cache.path())
        .output()
        .unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success(), "{stderr}");
    assert!(
        stderr.contains("96 lookups at a time, not 2000"),
        "{stderr}"
    );
    service.answered_once(600);
}
