//! `list` and `get`.

use std::fs;

use serde_json::{Value, json};
use ti::sandbox::{Options, Reply};

use crate::support::portal::{asking, base64, gzip, sandbox, sandbox_with};
use crate::support::{Mock, drawn, names_in, ti, words};

const FIRST: &str = "0b5cf2f2-5a11-4e0c-9a3e-000000000001";
const BARE: &str = "0b5cf2f2-5a11-4e0c-9a3e-000000000005";

fn serving(data: Value) -> Mock {
    let answer = json!({"status": "ok", "status_msg": "", "return_data": data}).to_string();
    Mock::start(move |_| Reply::json(200, answer.clone()))
}

#[test]
fn a_list_is_a_table_or_json() {
    let (_server, config) = sandbox(&[]);
    let table = ti(&drawn(&["kaspersky", "list", "--limit", "2"]))
        .config(&config)
        .ends(0)
        .stdout;
    assert!(
        table.lines().all(|line| line.chars().count() <= 100),
        "{table}"
    );
    assert!(
        table.contains(FIRST) && table.contains("Paper Lantern"),
        "{table}"
    );
    let all = ti(&drawn(&["kaspersky", "list", "--json"]))
        .config(&config)
        .ends(0)
        .json();
    assert_eq!(all.as_array().unwrap().len(), 5);
    assert_eq!(all[0]["tags"], json!(["Supply chain", "Backdoor"]));
    assert_eq!(all[1]["tags"], json!(["Web skimmer", "Magecart"]));
    assert_eq!(all[1]["tags_actors"], json!([]));
    for report in all.as_array().unwrap() {
        let published = report["published"].as_str().unwrap();
        assert!(
            published.ends_with('Z') && published.contains('T'),
            "{published}"
        );
    }
    let csv = ti(&drawn(&words("kaspersky list --csv --fields id,tags")))
        .config(&config)
        .ends(0)
        .stdout;
    assert!(csv.contains("Supply chain|Backdoor\r\n"), "{csv}");
}

/// Half of an ID or of a hash is of no use to anybody.
#[test]
fn what_is_to_be_copied_is_never_broken() {
    let at = |width: &str, arguments: &[&str]| {
        let mut run = ti(&drawn(
            &[&["--demo", "-q", "kaspersky"], arguments].concat(),
        ));
        run = run.env("COLUMNS", width);
        run.ends(0).stdout
    };
    for width in ["80", "100", "200"] {
        assert!(at(width, &["list"]).contains(FIRST), "{width}");
        let table = at(width, &["ioc"]);
        assert!(
            table.contains("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            "{width}: {table}"
        );
        let limit = width.parse().unwrap();
        assert!(
            table.lines().all(|line| line.chars().count() <= limit),
            "{width}: {table}"
        );
    }
    let narrow = at("80", &["ioc"]);
    assert!(
        narrow.contains("  Detected\n") && narrow.contains("in a wider window also: Type, Report"),
        "{narrow}"
    );
    assert!(!at("200", &["ioc"]).contains("in a wider window"));
}

#[test]
fn the_window_is_asked_for_and_filtered_again() {
    let at = |id: &str, published: Value, updated: Value| json!({"id": id, "published": published, "updated": updated});
    let mock = serving(json!({"count": 4, "publications": [
        at("in", json!(1767323045), json!("x")),
        at("out", json!("1600000000"), json!("2026-01-02T03:04:05")),
        at("edge", json!("2026-01-02"), json!(null)),
        at("undated", json!(null), json!("")),
    ]}));
    let list = |arguments: &[&str]| {
        let arguments = [&["kaspersky", "list", "--csv", "--fields", "id"], arguments].concat();
        let ran = asking(&mock, &arguments).ends(0);
        let mut ids: Vec<_> = ran.stdout.lines().skip(1).map(str::to_string).collect();
        ids.sort();
        ids.join(" ")
    };
    let window = ["--since", "2026-01-02", "--until", "2026-01-02"];
    assert_eq!(list(&window), "edge in undated");
    assert_eq!(
        list(&[&window[..], &["--by", "updated"]].concat()),
        "edge in out undated"
    );
    list(&["--since", "2026-01-02", "--by", "updated"]);
    list(&["--until", "2026-01-02"]);
    list(&[]);
    let asked: Vec<_> = mock.received().into_iter().map(|sent| sent.query).collect();
    assert_eq!(
        asked,
        ["date_start=1767312000", "date_end=1767398399", "", "", ""]
    );
}

/// A portal filters by one of a report's dates, and nobody says by which.
#[test]
fn no_report_is_lost_by_whichever_date_the_portal_filters() {
    for by_updated in [false, true] {
        let (_server, config) = sandbox_with(Options {
            by_updated,
            ..Options::default()
        });
        // Each report is updated a day after it was published.
        for (arguments, found) in [
            (&["--since", "36h"][..], ""),
            (&["--since", "3d"], "1"),
            (&["--since", "36h", "--by", "updated"], "1"),
            (&["--until", "90d"], "5"),
            (&["--until", "4d", "--since", "492h"], "23"),
            (&["--until", "4d", "--since", "468h"], "2"),
            (&["--until", "36h", "--by", "updated"], "2345"),
            (&["--until", "108h", "--by", "updated"], "345"),
            (&[], "12345"),
        ] {
            let mut all = vec!["kaspersky", "list", "--csv", "--fields", "id"];
            all.extend(arguments);
            let ran = ti(&all).config(&config).ends(0);
            let ids = ran.stdout.lines().skip(1);
            let ids: String = ids.filter_map(|id| id.chars().last()).collect();
            assert_eq!(ids, found, "by_updated {by_updated}: {arguments:?}");
        }
    }
}

#[test]
fn names_are_counted_instead_of_reports_listed() {
    let (_server, config) = sandbox(&[]);
    let names = |arguments: &[&str]| {
        let all = [&["kaspersky", "list", "--csv"], arguments].concat();
        ti(&all).config(&config).ends(0).stdout
    };
    assert_eq!(
        names(&["--geos", "--group", "fin"]),
        "name,reports\r\nBrazil,1\r\nFrance,1\r\nGermany,1\r\n"
    );
    let of = |flag: &str| names(&[flag]).lines().nth(1).map(str::to_string);
    assert_eq!(of("--actors").as_deref(), Some("Paper Lantern,1"));
    assert_eq!(of("--industries").as_deref(), Some("Energy,1"));
    assert_eq!(of("--tags").as_deref(), Some("Backdoor,1"));
    ti(&["kaspersky", "list", "--tags", "--geos"])
        .config(&config)
        .ends(2);
}

#[test]
fn filters_take_several_values_and_an_empty_answer_repeats_them() {
    let (_server, config) = sandbox(&[]);
    let list = |arguments: &[&str]| {
        let all = [&["kaspersky", "list"], arguments].concat();
        ti(&drawn(&all)).config(&config).run()
    };
    for (arguments, count) in [
        (&["--industry", "Finance,Energy"][..], 2),
        (&["--tag", "ransomware,bootkit"], 2),
        (&["--geo", "oman,brazil", "--group", "fin"], 1),
        (&["--group", "apt,fin"], 5),
        (&["--group", "all"], 5),
    ] {
        let csv = list(&[arguments, &["--csv"]].concat()).code(0).stdout;
        assert_eq!(csv.lines().count(), count + 1, "{arguments:?}");
    }
    list(&["--group", "crimeware"]).code(2).says("fin");
    let none = list(&[
        "--since",
        "36h",
        "--actor",
        "no one,lazarus",
        "--by",
        "published",
    ]);
    assert_eq!(
        none.code(0).stdout,
        "No reports with --since 36h --actor 'no one,lazarus'\n"
    );
    let none = list(&["--since", "2w", "--by", "updated", "--grep", "nothing"]);
    assert_eq!(
        none.code(0).stdout,
        "No reports with --by updated --since 2w --grep nothing\n"
    );
    let none = list(&["--actors", "--geo", "nowhere", "--format", "table"]);
    assert_eq!(none.code(0).stdout, "No names with --geo nowhere\n");
}

#[test]
fn a_wide_table_says_whom_a_report_is_about() {
    let at = |width: &str| {
        let run = ti(&drawn(&["--demo", "-q", "kaspersky", "list"]))
            .env("COLUMNS", width)
            .run();
        run.code(0).stdout
    };
    for shown in [
        "Software, Government",
        "Japan, Taiwan",
        "Quiet Harbour Group",
    ] {
        assert!(at("200").contains(shown), "{shown}: {}", at("200"));
    }
    assert!(!at("100").contains("Japan"), "{}", at("100"));
}

#[test]
fn more_than_came_is_said_and_nothing_is_an_empty_list() {
    for (data, code, said) in [
        (json!({"count": 0, "publications": null}), 0, ""),
        (json!({"count": "0", "publications": null}), 0, ""),
        (json!({"total": 0, "publications": null}), 0, ""),
        (
            json!({"count": 3, "publications": null}),
            6,
            "it has no publications",
        ),
        (json!({"publications": null}), 6, "it has no publications"),
        (
            json!({"count": 1, "total": 7, "publications": [{"id": "a"}]}),
            0,
            "announces 7 reports and sends 1: 6 more exist",
        ),
        (
            json!({"count": 3.0, "publications": [{"id": "a"}]}),
            0,
            "announces 3 reports and sends 1: 2 more exist",
        ),
        (
            json!({"total": "2", "publications": [{"id": "a"}]}),
            0,
            "announces 2 reports and sends 1: 1 more exist",
        ),
        (
            json!({"count": 2, "publications": [{"id": "a"}, 7]}),
            0,
            "1 report is not an object: left out",
        ),
        (
            json!({"count": 1, "publications": [[]]}),
            6,
            "not one of its publications is an object",
        ),
        (
            json!({"total": 500, "publications": []}),
            0,
            "500 more exist",
        ),
        (
            json!({"count": 0, "publications": [{"id": "a"}]}),
            0,
            "announces 0 reports and sends 1",
        ),
    ] {
        let ran = asking(&serving(data.clone()), &["kaspersky", "list"]).ends(code);
        assert!(ran.stderr.contains(said), "{data}: {}", ran.stderr);
        assert_eq!(
            ran.stderr.is_empty(),
            said.is_empty(),
            "{data}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_count_that_differs_and_fields_that_are_new_are_no_error() {
    let mock =
        serving(json!({"count": "7", "new": 1, "publications": [{"id": 5, "novel": {"a": [1]}}]}));
    let ran = asking(&mock, &["kaspersky", "list", "--json"]).ends(0);
    ran.says("warning: the portal announces 7 reports and sends 1");
    assert_eq!(ran.json()[0]["novel"], json!({"a": [1]}));
    assert_eq!(ran.json()[0]["id"], "5");
    let empty = serving(json!({"count": 0, "publications": []}));
    assert_eq!(
        asking(&empty, &["kaspersky", "list"]).ends(0).stdout,
        "No reports.\n"
    );
    let broken = serving(json!({"count": 0}));
    asking(&broken, &["kaspersky", "list"]).ends(6);
}

#[test]
fn a_report_is_a_card_with_its_indicators() {
    let (_server, config) = sandbox(&[]);
    let card = ti(&drawn(&["kaspersky", "get", FIRST]))
        .config(&config)
        .ends(0)
        .stdout;
    for shown in [
        "Paper Lantern",
        "apt",
        "update.lantern[.]example",
        "192.0.2[.]41",
        "Indicators (4)",
        "https://tip.kaspersky.com/reporting?id=0b5cf2f2-5a11-4e0c-9a3e-000000000001",
    ] {
        assert!(card.contains(shown), "{shown}: {card}");
    }
    let json = ti(&drawn(&["kaspersky", "get", FIRST, "--json"]))
        .config(&config)
        .ends(0)
        .json();
    assert_eq!(json["ioc_id"], FIRST);
    assert_eq!(
        json["indicators"][2],
        json!({
            "type": "domain", "value": "update.lantern.example", "search": "RouteEntryItem/Destination",
            "content_type": "string", "type_as_sent": "string", "id": format!("{FIRST}-3"), "condition": "is",
            "negated": false, "operator": "OR", "group": 0,
        })
    );
    assert_eq!(json["parts"]["iocs"]["saved"], Value::Null);
    let none = ti(&drawn(&[
        "kaspersky",
        "get",
        BARE,
        "--include",
        "all",
        "--json",
    ]))
    .config(&config)
    .ends(0)
    .json();
    assert_eq!(
        (&none["parts"]["iocs"], &none["indicators"]),
        (&Value::Null, &Value::Null)
    );
    assert!(none["parts"]["pdf"]["size"].as_u64().unwrap() > 100);
    let card = ti(&drawn(&["kaspersky", "get", BARE]))
        .config(&config)
        .ends(0)
        .stdout;
    assert!(card.contains("not in this report"), "{card}");
    let rows = |format: &str| {
        let run = ti(&["kaspersky", "get", FIRST, format])
            .config(&config)
            .run();
        run.code(0).stdout
    };
    let csv = rows("--csv");
    assert_eq!(
        csv.lines().next(),
        Some("id,report,indicator,type,condition,search")
    );
    let title = "Paper Lantern: a supply chain attack on example software";
    assert_eq!(
        csv.lines().nth(3),
        Some(&*format!(
            "{FIRST},{title},update.lantern.example,domain,is,RouteEntryItem/Destination"
        ))
    );
    let lines = rows("--ndjson");
    assert_eq!(lines.lines().count(), 4);
    let line: Value = serde_json::from_str(lines.lines().nth(3).unwrap()).unwrap();
    assert_eq!(
        line,
        json!({"id": FIRST, "report": title, "indicator": "192.0.2.41", "type": "ip", "condition": "is", "search": "RouteEntryItem/Destination"})
    );
}

/// What the report has stands in one object; what its indicators have, in a row each.
#[test]
fn fields_of_the_report_and_of_its_indicators_can_be_chosen() {
    let (_server, config) = sandbox(&[]);
    let get = |more: &[&str]| {
        let all = [&["kaspersky", "get", FIRST], more].concat();
        ti(&all).config(&config).ends(0).stdout
    };
    let title = "Paper Lantern: a supply chain attack on example software";
    let name = format!("{{\"name\":\"{title}\"}}\n");
    assert_eq!(get(&["--json", "--fields", "name"]), name);
    assert_eq!(get(&["--ndjson", "--fields", "name"]), name);
    assert_eq!(
        get(&["--csv", "--fields", "id,report_group,tags"]),
        format!("id,report_group,tags\r\n{FIRST},apt,Supply chain|Backdoor\r\n")
    );
    let table = get(&["--format", "table", "--fields", "name,page"]);
    assert!(
        table.contains("Paper Lantern") && table.contains("reporting?id="),
        "{table}"
    );
    let rows = get(&["--csv", "--fields", "report_group,indicator,type"]);
    assert_eq!(
        rows.lines().nth(3),
        Some("apt,update.lantern.example,domain")
    );
    let rows: Value =
        serde_json::from_str(&get(&["--json", "--fields", "indicator,name"])).unwrap();
    assert_eq!(
        rows[2],
        json!({"indicator": "update.lantern.example", "name": title})
    );
    let whole: Value = serde_json::from_str(&get(&["--json"])).unwrap();
    let some: Value =
        serde_json::from_str(&get(&["--json", "--fields", "indicators,parts"])).unwrap();
    assert_eq!(some["indicators"], whole["indicators"]);
    assert_eq!(some["indicators"].as_array().unwrap().len(), 4);
    // Every field of the object can be chosen, and the list of fields has it.
    let listed = get(&["--fields"]);
    for field in whole.as_object().unwrap().keys() {
        assert!(listed.lines().any(|line| line == field), "{field}");
    }
    let refused = ti(&["kaspersky", "get", FIRST, "--fields", "nam"])
        .config(&config)
        .ends(2);
    refused.says("did you mean name?");
}

/// By its whole ID, or by a beginning of it that no other has.
#[test]
fn a_report_is_found_by_the_beginning_of_its_id() {
    let listed = |ids: &[&str]| {
        let publications: Vec<_> = ids
            .iter()
            .map(|id| json!({"id": id, "name": "N"}))
            .collect();
        json!({"count": ids.len(), "publications": publications})
    };
    let serving = |ids: &'static [&'static str], absent: u16| {
        Mock::start(move |request| {
            let known = |id: &&&str| request.query.contains(&format!("publication_id={id}&"));
            let data = match request.path.ends_with("get_list") {
                true => listed(ids),
                false => match ids.iter().find(known) {
                    Some(id) => json!({"id": id, "name": "N"}),
                    None => return Reply::json(absent, "{}"),
                },
            };
            let answer = json!({"status": "ok", "status_msg": "", "return_data": data});
            Reply::json(200, answer.to_string())
        })
    };
    for absent in [400, 404] {
        for (typed, code, said) in [
            ("ab12", 0, ""),
            ("ab1", 0, "\"ab1\" is the beginning of ab12"),
            ("cd", 2, r#"2 reports begin with \"cd\""#),
            ("b12", 9, r#"there is no report \"b12\""#),
            ("zz", 9, "ti kaspersky list"),
        ] {
            let mock = serving(&["ab12", "cd34", "cd56"], absent);
            let ran = asking(&mock, &["kaspersky", "get", typed, "--json"]).run();
            let ran = ran.code(code);
            assert!(ran.stderr.contains(said), "{typed}: {}", ran.stderr);
            if code == 0 {
                assert_eq!(ran.json()["id"], "ab12");
            }
        }
    }
}

#[test]
fn a_report_without_id_and_parts_is_none() {
    for (data, code) in [
        (json!({}), 6),
        (json!({"name": "N"}), 6),
        (json!({"id": "", "name": "", "report_pdf": null}), 6),
        (json!({"id": " "}), 6),
        (json!({"id": "1"}), 0),
        (json!({"report_yara": "rule a { condition: true }"}), 0),
    ] {
        let ran = asking(&serving(data.clone()), &["kaspersky", "get", "1"]).run();
        assert_eq!(ran.code, code, "{data}: {}", ran.stderr);
    }
}

/// A block list is made of what is there, and never of what must not be.
#[test]
fn what_is_negated_comes_out_in_json_alone() {
    let xml = r#"<ioc id="i" last-modified="2026-01-02T03:04:05"><description>About</description>
        <authored_date>2026-01-01T00:00:00</authored_date><definition><Indicator operator="AND" id="g">
        <IndicatorItem id="a" condition="is"><Context search="DnsEntryItem/Host"/><Content type="string">evil.example</Content></IndicatorItem>
        <IndicatorItem id="b" condition="isnot"><Context search="DnsEntryItem/Host"/><Content type="string">good.example</Content></IndicatorItem>
        <IndicatorItem id="c" condition="contains"><Context search="FileItem/PEInfo/ImportedModules/Module/Name"/><Content type="string">kernel32.dll</Content></IndicatorItem>
        </Indicator></definition></ioc>"#;
    let mock =
        serving(json!({"id": "1", "name": "N", "report_iocs": base64(gzip(xml.as_bytes()))}));
    let run = |format: &str| {
        let arguments = ["kaspersky", "get", "1", "--format", format];
        asking(&mock, &arguments).ends(0)
    };
    for format in ["table", "csv", "ndjson"] {
        let shown = run(format).stdout;
        assert!(!shown.contains("good"), "{format}: {shown}");
        assert!(shown.contains("kernel32.dll"), "{format}: {shown}");
    }
    let json = run("json").json();
    let of = |field: &str| {
        let items = json["indicators"].as_array().unwrap();
        items
            .iter()
            .map(|item| item[field].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("id"), ["a", "b", "c"]);
    assert_eq!(of("type"), ["domain", "domain", "other"]);
    assert_eq!(of("condition"), ["is", "isnot", "contains"]);
    assert_eq!(of("negated"), [false, true, false]);
    assert_eq!(of("operator"), ["AND", "AND", "AND"]);
    assert_eq!(json["ioc_description"], "About");
    assert_eq!(json["ioc_authored_date"], "2026-01-01T00:00:00Z");
    assert_eq!(json["ioc_last_modified"], "2026-01-02T03:04:05Z");
    assert_eq!(json["ioc_groups"][0]["id"], "g");

    // Saved, it is a list to look in.
    let log = "x evil.example y\nx good.example y\nkernel32.dll\nschemas.mandiant.com\n";
    let matching = |list: &str| {
        ti(&["match", "--iocs", "report.ioc", "proxy.log"])
            .file("report.ioc", list)
            .file("proxy.log", log)
            .run()
    };
    assert_eq!(matching(xml).code(0).stdout, "x evil.example y\n");
    let broken = matching("<?xml version='1.0'?>\n<ioc><definition>").code(2);
    broken.says("it is cut off");
}

/// One damaged part costs nothing else.
#[test]
fn a_damaged_part_is_named_and_the_others_are_kept() {
    let ioc = r#"<ioc id="i"><IndicatorItem><Context search="DnsEntryItem/Host"/><Content type="s">evil.example</Content></IndicatorItem></ioc>"#;
    let rules = "rule a { condition: true }";
    for (damaged, why) in [
        ("H4sIAAAA", "bad gzip: it is cut off"),
        ("H4sI!!!!", "bad base64"),
    ] {
        let mock = serving(json!({
            "id": "1", "name": "N", "report_pdf": damaged, "report_iocs": base64(gzip(ioc.as_bytes())),
            "report_execsum": "No summary is available", "report_yara": base64(gzip(rules.as_bytes())),
        }));
        let mut ti = asking(&mock, &["kaspersky", "get", "1", "--save", "d", "--json"]);
        let ran = ti.ends(8);
        let said = format!("report_pdf: {why}");
        ran.says(&said);
        let json = ran.json();
        assert_eq!(json["indicators"][0]["value"], "evil.example");
        assert_eq!(json["parts"]["pdf"]["size"], Value::Null);
        assert!(
            json["parts"]["pdf"]["error"]
                .as_str()
                .unwrap()
                .starts_with(why)
        );
        let names: Vec<_> = json["parts"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["pdf", "iocs", "execsum", "yara"]);
        assert_eq!(names_in(ti.path("d")), ["n.ioc", "n.summary.txt", "n.yar"]);
        let summary = ti.read("d/n.summary.txt");
        assert_eq!(summary, "No summary is available");
    }
}

/// Packed, it is small; all of it together is not kept.
#[cfg(target_os = "linux")]
#[test]
fn the_parts_of_a_report_have_one_limit_together() {
    let bomb = base64(gzip(&vec![b'a'; 100 << 20]));
    let mut data =
        json!({"id": "1", "name": "N", "report_yara": base64(gzip(b"rule a { condition: true }"))});
    for number in 0..8 {
        data[format!("report_x{number}")] = bomb.clone().into();
    }
    let mock = serving(data);
    let ti = asking(&mock, &["kaspersky", "get", "1", "--save", "d", "--json"]);
    let limited = format!("ulimit -v {}; exec \"$0\" \"$@\"", 700 << 10);
    let mut ti = ti.through("sh", &["-c", &limited]);
    ti.ends(8).says("larger than 268435456 bytes");
    assert_eq!(names_in(ti.path("d")), ["n.x0.txt", "n.x1.txt", "n.yar"]);
}

/// An item is kept in some two hundred bytes until it has come out.
#[cfg(target_os = "linux")]
#[test]
fn many_items_take_little_memory() {
    let items: String = (0..150_000)
        .map(|number| {
            format!(
                r#"<IndicatorItem id="{number:036}" condition="is"><Context search="FileItem/Md5sum"/><Content type="md5">{number:032x}</Content></IndicatorItem>"#
            )
        })
        .collect();
    let ioc = format!(r#"<ioc id="i"><Indicator operator="OR">{items}</Indicator></ioc>"#);
    let mock =
        serving(json!({"id": "1", "name": "N", "report_iocs": base64(gzip(ioc.as_bytes()))}));
    let ti = asking(&mock, &["kaspersky", "get", "1", "--csv", "-o", "out.csv"]);
    let limited = format!("ulimit -v {}; exec \"$0\" \"$@\"", 288 << 10);
    let mut ti = ti.through("sh", &["-c", &limited]);
    ti.ends(0);
    let rows = ti.read("out.csv");
    assert_eq!(rows.lines().count(), 150_001);
}

/// Names that cannot be made, and names that would be one.
#[test]
fn every_part_of_every_report_has_a_file_of_its_own() {
    let report = |id: &str, name: &str, more: Value| {
        let mut report = json!({"id": id, "name": name, "report_yara": format!("rule r{id} {{ condition: true }}")});
        report
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        report
    };
    let save = |folder: &std::path::Path, data: Value| {
        let folder = folder.display().to_string();
        let mock = serving(data);
        let arguments = ["kaspersky", "get", "1", "--save", &folder, "--json"];
        let json = asking(&mock, &arguments).ends(0).json();
        let parts = json["parts"].as_object().unwrap().values();
        let saved = parts.filter_map(|part| part["saved"].as_str().map(str::to_string));
        saved
            .map(|path| fs::read_to_string(path).unwrap())
            .collect::<Vec<_>>()
    };
    let outer = tempfile::tempdir().unwrap();
    let folder = |name: &str| outer.path().join(name);

    // Two reports of one title, and one of them again.
    let (one, two) = (
        report("1", "Same", json!({})),
        report("2", "Same", json!({})),
    );
    for data in [&one, &two, &one, &two] {
        save(&folder("two"), data.clone());
    }
    assert_eq!(names_in(folder("two")), ["same-2.yar", "same.yar"]);
    assert!(
        fs::read_to_string(folder("two").join("same.yar"))
            .unwrap()
            .contains("r1")
    );

    // The OpenIOC says that it is the same report: its files are replaced.
    let ioc = |id: &str| json!({"report_iocs": format!("<ioc id='{id}'></ioc>")});
    save(&folder("again"), report("1", "Same", ioc("i")));
    save(&folder("again"), report("3", "Same", ioc("i")));
    save(&folder("again"), report("4", "Same", ioc("j")));
    assert_eq!(
        names_in(folder("again")),
        ["same-4.ioc", "same-4.yar", "same.ioc", "same.yar"]
    );
    assert!(
        fs::read_to_string(folder("again").join("same.yar"))
            .unwrap()
            .contains("r3")
    );

    // Two parts whose names come to one.
    let parts = json!({"report_a-b": "one, plain", "report_a_b": "two, plain", "report_A b": "three, plain",
        "report_execsum": "four, plain", "report_exec_summary": "five, plain"});
    let saved = save(&folder("parts"), report("1", "N", parts));
    assert_eq!(saved.len(), 6);
    assert_eq!(names_in(folder("parts")).len(), 6);

    // Letters of four bytes, and no letters at all.
    for (at, name) in ["\u{10428}".repeat(90), "…".repeat(9), "a".repeat(400)]
        .iter()
        .enumerate()
    {
        let long = json!({format!("report_{}", "\u{10428}".repeat(90)): "long, plain"});
        let saved = save(
            &folder(&at.to_string()),
            report(&"9".repeat(90), name, long),
        );
        assert_eq!(saved.len(), 2, "{name}");
    }
}

#[test]
fn parts_are_saved_under_names_that_a_person_would_choose() {
    let (_server, config) = sandbox(&[]);
    let mut ti =
        ti(&["kaspersky", "get", FIRST, "--save", "reports/new", "--json"]).config(&config);
    let json = ti.ends(0).json();
    let slug = "paper-lantern-a-supply-chain-attack-on-example-software";
    let names = names_in(ti.path("reports/new"));
    assert_eq!(
        names,
        ["ioc", "pdf", "summary.txt", "yar"].map(|end| format!("{slug}.{end}"))
    );
    let saved = json["parts"]["pdf"]["saved"].as_str().unwrap();
    assert_eq!(saved, format!("reports/new/{slug}.pdf"));
    assert!(fs::read(ti.path(saved)).unwrap().starts_with(b"%PDF-1.4"));
}

#[test]
fn nothing_is_saved_outside_the_folder_and_inline_gives_the_part_itself() {
    let rules = base64(gzip(b"rule a { condition: true }"));
    let mock = serving(json!({
        "id": "../x", "name": "../../../tmp/\u{202e}evil\0.yar/..", "report_group": "apt",
        "report_yara": rules, "report_../../up": "plain text, not base64", "report_pdf": null,
    }));
    let mut ti = asking(
        &mock,
        &words("kaspersky get ../x --save in --inline --json"),
    );
    let json = ti.ends(0).json();
    let names = names_in(ti.path("in"));
    assert_eq!(names, ["tmp-evil-yar.up.txt", "tmp-evil-yar.yar"]);
    assert_eq!(
        json["parts"]["yara"]["content"],
        base64("rule a { condition: true }")
    );
    assert_eq!(json["parts"]["pdf"], Value::Null);
    assert_eq!(
        mock.received()[0].query,
        "publication_id=..%2Fx&include_info=all&lang=en"
    );
}

#[test]
fn indicators_that_cannot_be_read_do_not_hide_the_report() {
    let mock = serving(json!({"id": "1", "name": "N", "report_iocs": base64("<ioc><definition>")}));
    let ran = asking(&mock, &["kaspersky", "get", "1", "--json"]).ends(8);
    assert_eq!(ran.json()["indicators"], Value::Null);
    ran.says("its OpenIOC: it is cut off");
    let mock = serving(json!({"id": "1", "name": "N", "report_pdf": "H4sIAAAA"}));
    let ran = asking(&mock, &["kaspersky", "get", "1", "--save", "d"]).ends(6);
    ran.says("report_pdf: bad gzip");
}

#[test]
fn a_container_needs_no_file() {
    let (server, _) = sandbox(&[]);
    let mut ti = ti(&words("kaspersky list --limit 1 --csv --fields id"));
    for (name, value) in server.settings() {
        ti = ti.env(&format!("TI_KASPERSKY_{}", name.to_uppercase()), &value);
    }
    assert_eq!(ti.ends(0).stdout, format!("id\r\n{FIRST}\r\n"));
}

/// What is odd comes out as what is usual does; and there is enough to filter.
#[test]
fn the_sandbox_has_odd_forms_and_large_files() {
    let list = |options: Options| {
        let (_server, config) = sandbox_with(options);
        let run = ti(&words("kaspersky list --json --fields id,tags,tags_actors"))
            .config(&config)
            .run();
        run.code(0).json()
    };
    let odd = Options {
        odd: true,
        ..Options::default()
    };
    assert_eq!(list(odd), list(Options::default()));
    let (_server, config) = sandbox_with(Options {
        large: true,
        ..Options::default()
    });
    let count = |arguments: &[&str]| {
        let all = [&["kaspersky"], arguments].concat();
        let run = ti(&all).config(&config).run();
        run.code(0).stdout.lines().count() - 1
    };
    assert_eq!(count(&["list", "--csv"]), 50);
    let (all, fin) = (
        count(&["ioc", "--csv"]),
        count(&["ioc", "--csv", "--group", "fin"]),
    );
    assert!(fin > 1_000 && all > 2 * fin, "{all} {fin}");
    assert!(count(&["yara"]) > 5_000);
}
