//! The six views as their users see them: the vendor's examples in every form, windows, settings.

use serde_json::{Value, json};
use ti::sandbox::Reply;

use crate::support::{Mock, drawn, ti, words};

macro_rules! example {
    ($name:literal) => {
        include_str!(concat!(
            "../src/providers/brcti/sandbox/examples/",
            $name,
            ".json"
        ))
    };
}

/// Each view, by the words that ask for it, and the vendor's example of its answer.
const VIEWS: [(&str, &str); 6] = [
    ("geo", example!("queryIOCGeoDistribution")),
    ("types", example!("queryIOCTypeDistribution")),
    ("attacks", example!("queryAttackTypeStatistics")),
    ("attacks --iocs", example!("queryAttackIOCInfo")),
    ("traffic", example!("queryTrafficTypeRatio")),
    ("traffic --series", example!("queryTrafficTimeSeries")),
];

fn demo(view: &str, more: &[&str]) -> crate::support::Ran {
    demo_at("100", view, more)
}

fn demo_at(columns: &str, view: &str, more: &[&str]) -> crate::support::Ran {
    let arguments = [&["--demo", "-q", "brcti"], &words(view)[..], more].concat();
    ti(&drawn(&arguments)).env("COLUMNS", columns).ends(0)
}

/// The numbers and texts of a CSV column.
fn csv_column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = header.iter().position(|title| title == name).unwrap();
    reader
        .records()
        .map(|row| row.unwrap()[at].to_string())
        .collect()
}

fn numbers(value: &Value) -> Vec<u64> {
    match value {
        Value::Number(number) => number.as_u64().into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(fields) => fields.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_number_of_the_examples_comes_out() {
    for (view, example) in VIEWS {
        let example: Value = serde_json::from_str(example).unwrap();
        let table = demo(view, &[]).stdout;
        let json = numbers(&demo(view, &["--json"]).json());
        let fields = match view {
            "attacks" | "traffic --series" => &["--csv", "--fields", "time,count,total"][..],
            _ => &["--csv"],
        };
        let csv = demo(view, fields).stdout;
        for number in numbers(&example["result"]) {
            assert!(json.contains(&number), "{view} --json: {number}");
            assert!(csv.contains(&number.to_string()), "{view} --csv: {number}");
            assert!(table.contains(&number.to_string()), "{view}: {number}");
        }
        let texts = example.to_string();
        for indicator in example["result"].as_array().into_iter().flatten() {
            if let Some(address) = indicator["ip_address"].as_str() {
                assert!(
                    csv.contains(address) && texts.contains(address),
                    "{address}"
                );
            }
        }
    }
}

#[test]
fn sums_are_those_of_the_contract() {
    let sum = |csv: &str| -> u64 {
        csv_column(csv, "count")
            .iter()
            .map(|count| count.parse::<u64>().unwrap())
            .sum()
    };
    assert_eq!(sum(&demo("geo", &["--csv"]).stdout), 437);
    assert_eq!(demo("geo", &["--json"]).json()["sum"], 437);
    assert_eq!(sum(&demo("types", &["--csv"]).stdout), 572);
    let series = demo("traffic --series", &["--json"]).json();
    let of = |kind: &str| -> u64 {
        let points = series.as_array().unwrap().iter();
        points
            .filter_map(|point| point["counts"][kind].as_u64())
            .sum()
    };
    assert_eq!((of("non_traffic"), of("five_g")), (61, 17));
    let ratio = demo("traffic", &["--json"]).json();
    assert_eq!(ratio["types"][0]["count"], 61);
    assert_eq!(ratio["types"][1]["count"], 17);
    assert_eq!(sum(&demo("attacks", &["--csv"]).stdout), 172);
}

#[test]
fn tables_and_charts_at_three_widths() {
    for (view, _) in VIEWS {
        let name = view.replace(" --", "_");
        for columns in ["60", "100", "160"] {
            insta::assert_snapshot!(
                format!("{name}_{columns}"),
                demo_at(columns, view, &[]).stdout
            );
            if view != "attacks --iocs" {
                let chart = demo_at(columns, view, &["--chart"]).stdout;
                insta::assert_snapshot!(format!("{name}_chart_{columns}"), chart);
            }
        }
    }
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    for (columns, large) in [(60, false), (80, false), (160, false), (60, true)] {
        for (view, _) in VIEWS {
            for chart in [false, true] {
                if view == "attacks --iocs" && chart {
                    continue;
                }
                let mut more = Vec::new();
                more.extend(large.then_some("--large"));
                more.extend(chart.then_some("--chart"));
                let shown = demo_at(&columns.to_string(), view, &more).stdout;
                for line in shown.lines() {
                    let width = unicode_width::UnicodeWidthStr::width(line);
                    assert!(width <= columns, "{view} at {columns}: {line}");
                }
            }
        }
    }
}

#[test]
fn in_chinese_in_colour_and_in_ascii() {
    insta::assert_snapshot!(
        "geo_zh",
        demo("geo", &["--lang", "zh", "--top", "3"]).stdout
    );
    insta::assert_snapshot!("iocs_zh", demo("attacks --iocs", &["--lang", "zh"]).stdout);
    insta::assert_snapshot!(
        "attacks_chart_colour",
        demo("attacks", &["--chart", "--color", "always"]).stdout
    );
    let ascii = ti(&["--demo", "-q", "brcti", "attacks", "--chart"])
        .env("LC_ALL", "C")
        .ends(0);
    assert!(ascii.stdout.is_ascii(), "{}", ascii.stdout);
    insta::assert_snapshot!("attacks_chart_ascii", ascii.stdout);
    let ascii = ti(&drawn(&["--demo", "-q", "brcti", "types"]))
        .env("LC_ALL", "C")
        .ends(0);
    assert!(ascii.stdout.is_ascii(), "{}", ascii.stdout);
}

#[test]
fn regions_and_the_rest_can_be_left_out() {
    let csv = demo("geo", &["--depth", "country", "--top", "2", "--csv"]).stdout;
    assert_eq!(csv, "country,region,count\r\nCN,,89\r\nDE,,36\r\n");
    let json = demo("geo", &["--depth", "country", "--top", "2", "--json"]).json();
    assert_eq!(
        json["others"],
        json!({"countries": 13, "count": 312, "share": 0.714})
    );
    assert_eq!(json["countries"][0]["share"], 0.2037);
    assert_eq!(json["countries"][0].get("regions"), None);
}

#[test]
fn windows_and_slots_are_of_the_services_clock() {
    let day = words("--since 2024-12-22 --until 2024-12-23 --by day --json");
    assert_eq!(
        demo("traffic --series", &day).json(),
        json!([
            {"time": "2024-12-22", "counts": {"non_traffic": 20, "five_g": 1}, "total": 21, "sum": 21},
            {"time": "2024-12-23", "counts": {"non_traffic": 25}, "total": 0, "sum": 25},
        ])
    );
    let months = demo(
        "attacks",
        &["--by", "month", "--csv", "--fields", "time,sum"],
    )
    .stdout;
    let mut months: Vec<_> = months.lines().skip(1).collect();
    months.dedup();
    assert_eq!(
        months,
        [
            "2024-12,140",
            "2025-01,1",
            "2025-03,7",
            "2025-04,13",
            "2025-05,11"
        ]
    );
    let none = ["--since", "2030-01-01", "--json"];
    assert_eq!(demo("attacks", &none).json(), json!([]));
    assert_eq!(
        demo("attacks", &none[..2]).stdout,
        "br-cti has no data to show with --since 2030-01-01\n"
    );
    let refused = |more: &[&str]| {
        let arguments = [&["--demo", "-q", "brcti"], more].concat();
        ti(&arguments).ends(2).stderr
    };
    assert!(refused(&["attacks", "--since", "soon"]).contains("write 2025-01-31"));
    assert!(refused(&["attacks", "--since", "7d"]).contains("have no zone"));
    assert!(refused(&["traffic", "--by", "day"]).contains("--series"));
    assert!(
        refused(&["attacks", "--since", "2025-02", "--until", "2025-01"])
            .contains("--since is after")
    );
}

#[test]
fn total_and_sum_that_disagree_are_said_under_v() {
    let ran = ti(&["--demo", "-v", "brcti", "traffic", "--series", "--json"]).ends(0);
    let said =
        "total and sum disagree at 8 of 9 times; the first is 2024-12-23 12:00:00: total 0, sum 19";
    ran.says(said);
    assert_eq!(ran.json()[1]["total"], 0);
    assert_eq!(ran.json()[1]["sum"], 19);
}

#[test]
fn raw_is_the_answer_byte_for_byte() {
    for (view, example) in VIEWS {
        assert_eq!(demo(view, &["--raw"]).stdout, example, "{view}");
    }
}

#[test]
fn the_large_sample_is_behind_large() {
    let geo = demo("geo", &["--large", "--json"]).json();
    assert_eq!(geo["countries"].as_array().unwrap().len(), 60);
    let hours = demo("attacks", &["--large", "--json"]).json();
    assert_eq!(hours.as_array().unwrap().len(), 365 * 24 - 7 * 24);
    let refused = ti(&["--large", "brcti", "geo"]).ends(2).stderr;
    assert!(refused.contains("--large is for sample data"), "{refused}");
}

#[test]
fn without_an_endpoint_the_way_to_one_is_said() {
    let ran = ti(&["brcti", "geo"]).ends(3);
    for said in [
        "there is no ~/config/ti/config.toml yet",
        "ti config init brcti asks",
        "TI_BRCTI_ENDPOINT",
    ] {
        ran.says(said);
    }
}

#[test]
fn settings_go_along_and_never_show() {
    let mock = Mock::json(r#"{"result":{"ip_count":1}}"#);
    let (url, secrets) = (mock.url(), ["CANARY-token", "CANARY-header"]);
    let config = format!(
        "[profile.p.brcti]\nendpoint = \"{url}gw\"\ntoken = \"{}\"\nheaders = {{ \"X-Gate\" = \"{}\" }}\n",
        secrets[0], secrets[1]
    );
    let ran = ti(&["-vv", "brcti", "types", "--json"])
        .config(&config)
        .ends(0);
    let request = &mock.received()[0];
    assert_eq!(request.path, "/gw/kp/queryIOCTypeDistribution");
    assert_eq!(request.header("authorization"), Some("Bearer CANARY-token"));
    assert_eq!(request.header("x-gate"), Some("CANARY-header"));
    let shown = ti(&["config", "show"]).config(&config).ends(0);
    shown.shows("X-Gate: (redacted)");
    let all = [ran.stdout, ran.stderr, shown.stdout, shown.stderr].concat();
    assert!(!all.contains("CANARY"), "{all}");

    let basic = ti(&["brcti", "types"])
        .env("TI_BRCTI_ENDPOINT", &url)
        .env("TI_BRCTI_USERNAME", "ann")
        .env("TI_BRCTI_PASSWORD", "pw")
        .env("TI_BRCTI_HEADERS", "X-A: 1\nX-B: two");
    { basic }.ends(0);
    let request = &mock.received()[1];
    assert_eq!(request.header("authorization"), Some("Basic YW5uOnB3"));
    assert_eq!(
        (request.header("x-a"), request.header("x-b")),
        (Some("1"), Some("two"))
    );

    let both = ti(&["brcti", "types"])
        .env("TI_BRCTI_ENDPOINT", &url)
        .env("TI_BRCTI_USERNAME", "ann")
        .env("TI_BRCTI_TOKEN", "CANARY")
        .ends(3);
    both.says("token and username are both set");
}

#[test]
fn a_secret_that_the_service_echoes_is_redacted() {
    let mock = Mock::start(|request| {
        let echo = format!(
            "{{\"message\":\"bad token {}\"}}",
            request.header("authorization").unwrap()
        );
        Reply::json(401, echo)
    });
    let ran = ti(&["brcti", "geo"])
        .env("TI_BRCTI_ENDPOINT", &mock.url())
        .env("TI_BRCTI_TOKEN", "CANARY-token")
        .ends(4);
    ran.says("bad token Bearer (redacted)");
}

#[test]
fn a_timezone_makes_times_rfc_3339() {
    let mock = Mock::json(r#"{"result":[{"time":"2024-12-21 17:00:00","stats":{"botnet":2}}]}"#);
    let ran = |zone: &str, more: &[&str]| {
        ti(&[&["brcti", "attacks", "--json"], more].concat())
            .env("TI_BRCTI_ENDPOINT", &mock.url())
            .env("TI_BRCTI_TIMEZONE", zone)
            .run()
    };
    let time = |more: &[&str]| ran("Asia/Shanghai", more).code(0).json()[0]["time"].clone();
    assert_eq!(time(&[]), "2024-12-21T17:00:00+08:00");
    assert_eq!(time(&["--by", "hour"]), "2024-12-21T17:00:00+08:00");
    assert_eq!(time(&["--by", "day"]), "2024-12-21");
    // How long ago can be told now.
    assert_eq!(
        ran("Asia/Shanghai", &["--since", "1h"]).code(0).json(),
        json!([])
    );
    let wrong = ran("Mars/Olympus", &[]).code(3);
    wrong.says("must be the name of a time zone");
}
