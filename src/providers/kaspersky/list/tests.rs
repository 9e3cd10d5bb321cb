use clap::Parser;
use serde_json::json;

use super::*;

#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: ListArgs,
}

fn args(line: &[&str]) -> ListArgs {
    Line::parse_from([&["list"], line].concat()).args
}

fn ids(line: &[&str]) -> Vec<String> {
    let reports = json!([
        {"id": "old", "name": "Quiet Harbour", "published": 1735689600, "updated": "2026-01-30T00:00:00Z", "report_group": "apt",
         "tags": ["Backdoor"], "tags_actors": ["Lazarus Group"], "tags_geo": ["Romania"], "tags_industry": []},
        {"id": "new", "published": "1769731200", "updated": 1769731200, "report_group": "fin",
         "tags": ["Ransomware", "Backdoor"], "tags_actors": null, "tags_geo": "Oman, Japan", "tags_industry": ["Finance"]},
        {"id": "undated", "report_group": "APT", "published": 0, "updated": "0001-01-01T00:00:00"},
    ]);
    let publications = reports.as_array().unwrap().iter();
    let publications = publications.map(|sent| Publication::of(sent.as_object().unwrap().clone()));
    let args = args(line);
    let window = args
        .window("2026-01-31T00:00:00Z".parse().unwrap())
        .unwrap();
    let chosen = args.select(publications.collect(), &window);
    chosen
        .iter()
        .map(|report| report.id.clone().unwrap())
        .collect()
}

#[test]
fn the_newest_come_first_and_those_without_a_date_last() {
    assert_eq!(ids(&[]), ["new", "old", "undated"]);
    assert_eq!(ids(&["--limit", "1"]), ["new"]);
}

#[test]
fn the_window_is_about_the_date_that_was_named() {
    assert_eq!(ids(&["--since", "7d"]), ["new", "undated"]);
    assert_eq!(
        ids(&["--since", "7d", "--by", "updated"]),
        ["old", "new", "undated"]
    );
    assert_eq!(ids(&["--until", "2025-01-01"]), ["old", "undated"]);
    assert_eq!(
        ids(&["--since", "2026-01-30", "--until", "2026-01-30"]),
        ["new", "undated"]
    );
    let args = args(&["--since", "1d", "--until", "2d"]);
    assert!(
        args.window(Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(999))
            .is_err()
    );
}

#[test]
fn filters_hold_together_and_their_values_by_themselves() {
    assert_eq!(ids(&["--group", "apt"]), ["old", "undated"]);
    assert_eq!(ids(&["--tag", "backdoor"]), ["new", "old"]);
    assert_eq!(
        ids(&["--tag", "ransomware", "--tag", "BACKDOOR"]),
        ["new", "old"]
    );
    assert_eq!(ids(&["--tag", "backdoor", "--group", "fin"]), ["new"]);
    assert_eq!(ids(&["--actor", "lazarus"]), ["old"]);
    assert_eq!(ids(&["--geo", "oman"]), ["new"]);
    assert_eq!(ids(&["--industry", "finance"]), ["new"]);
    assert!(ids(&["--industry", "energy"]).is_empty());
}

#[test]
fn a_text_is_looked_for_in_name_and_description() {
    assert_eq!(ids(&["--grep", "quiet HAR"]), ["old"]);
    assert!(ids(&["--grep", "loud"]).is_empty());
}
