//! Whatever fails in passing: each input is answered once, and no request is sent that is not owed.

use ti::sandbox::Options;

use super::{Counting, counts, inputs, names, statuses};

const SEARCH: [&str; 6] = ["kti", "search", "-i", "-", "--ndjson", "-j"];

fn all_are_answered(service: &Counting, jobs: &str, count: u32) {
    let list = names(count);
    let arguments = [&SEARCH[..], &[jobs]].concat();
    let ran = service.ti(&arguments).stdin(list.clone()).ends(0);
    let elements = ran.ndjson();
    assert_eq!(inputs(&elements), list);
    assert_eq!(statuses(&elements), counts([("not_found", count as usize)]));
    service.answered_once(count as usize);
    assert_eq!(service.requests(), count + service.failed());
    ran.says(&format!("{count} inputs: {count} asked"));
}

#[test]
fn bursts_of_503() {
    let fails = |n| (n % 20 > 16).then_some(503);
    let service = Counting::failing(Options::default(), fails);
    all_are_answered(&service, "8", 300);
    assert!(service.failed() > 40);
}

#[test]
fn a_storm_of_limit_exceeded_slows_the_run_and_fails_nothing() {
    let fails = |n| ((20..26).contains(&n) || n == 50).then_some(409);
    let service = Counting::failing(Options::default(), fails);
    all_are_answered(&service, "8", 100);
    assert_eq!(service.failed(), 7);
}

#[test]
fn connections_that_are_reset() {
    let options = Options {
        faults: vec!["reset:2".parse().unwrap(), "cut:1".parse().unwrap()],
        ..Options::default()
    };
    let service = Counting::start(options);
    let arguments = [&SEARCH[..], &["4"]].concat();
    let mut run = service.ti(&arguments).stdin(names(50));
    let ran = run.ends(0);
    assert_eq!(statuses(&ran.ndjson()), counts([("not_found", 50)]));
    // The answer that was cut off had been given: it is the one that is owed twice.
    assert_eq!(service.server.requests(), 50 + 3);
    assert_eq!(service.requests(), 50 + 1);
}

#[test]
fn one_failure_stops_nothing_unless_asked_to() {
    let fails = |n| (n == 1).then_some(400);
    let service = Counting::failing(Options::default(), fails);
    let arguments = [&SEARCH[..], &["1"]].concat();
    let mut run = service.ti(&arguments).stdin(names(5));
    let ran = run.ends(8);
    let expected = counts([("not_found", 4), ("error", 1)]);
    assert_eq!(statuses(&ran.ndjson()), expected);

    let service = Counting::failing(Options::default(), fails);
    let arguments = [&SEARCH[..], &["1", "--fail-fast"]].concat();
    let mut run = service.ti(&arguments).stdin(names(5));
    let ran = run.ends(6);
    let expected = counts([("not_found", 1), ("error", 1), ("skipped", 3)]);
    assert_eq!(statuses(&ran.ndjson()), expected);
    assert_eq!(service.requests(), 2);
}

#[test]
fn the_same_indicator_is_asked_once() {
    let service = Counting::start(Options::default());
    // Far apart, close together, and in disguise.
    let list = [names(1500), names(1500), "1[.]EXAMPLE.net.\n".repeat(3)].concat();
    let arguments = [&SEARCH[..], &["16"]].concat();
    let ran = service.ti(&arguments).stdin(list).ends(0);
    assert_eq!(statuses(&ran.ndjson()), counts([("not_found", 3003)]));
    assert!(
        ran.ndjson()
            .iter()
            .all(|element| element["cached"] == false)
    );
    service.answered_once(1500);
}

#[test]
fn out_of_order_is_as_complete() {
    let fails = |n| (n == 1).then_some(503);
    let service = Counting::failing(Options::default(), fails);
    let arguments = [&SEARCH[..], &["8", "--unordered"]].concat();
    let mut run = service.ti(&arguments).stdin(names(40));
    let answered = inputs(&run.ends(0).ndjson());
    let mut sorted: Vec<_> = answered.lines().collect();
    sorted.sort_by_key(|name| name.split('.').next().unwrap().parse::<u32>().unwrap());
    let all = names(40);
    assert_eq!(sorted, all.lines().collect::<Vec<_>>());
}
