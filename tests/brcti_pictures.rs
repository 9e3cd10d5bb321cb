//! Pictures and the page: well-formed, complete, and without anything from elsewhere.

use quick_xml::events::Event;
use ti::sandbox::Reply;

use crate::support::{Mock, ti, words};

/// All text of an XML document; panics where it is not well-formed.
fn text_of(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn an_svg_has_title_axes_units_source_and_time() {
    for (view, expected) in [
        (
            "geo",
            &[
                "Indicators by country",
                "437 indicators",
                "CN  China",
                "20.4%",
                "Places are no evidence",
            ][..],
        ),
        (
            "types",
            &[
                "Records by type of indicator",
                "572 declarations",
                "Payloads",
                "164",
            ],
        ),
        (
            "attacks",
            &[
                "Attack records over time",
                "records per day",
                "Honeypot",
                "2025-01-06",
                "time of registration (as sent, without a zone)",
            ],
        ),
        ("traffic", &["Traffic by type", "records", "78.2%"]),
        ("traffic --series", &["Traffic over time", "5G"]),
    ] {
        let demo = ["--demo", "-q", "brcti", "-o", "chart.svg"];
        let mut run = ti(&[&demo, &words(view)[..]].concat());
        run.ends(0);
        let svg = run.read("chart.svg");
        let text = text_of(&svg);
        for expected in
            expected
                .iter()
                .chain(&["Source: http://127.0.0.1:", "retrieved 2", "SAMPLE DATA"])
        {
            assert!(text.contains(expected), "{view}: {expected} in {text}");
        }
    }
}

fn svg(arguments: &[&str]) -> String {
    let arguments = [&["--demo", "-q", "brcti"], arguments, &["--format", "svg"]].concat();
    ti(&arguments).ends(0).stdout
}

/// The colour of the rectangle before a text, or of the bar that says it.
fn colour_of(svg: &str, name: &str) -> String {
    let marks = svg.lines().zip(svg.lines().skip(1));
    let beside = marks
        .filter(|(_, text)| text.contains(&format!(">{name}  ")))
        .map(|(mark, _)| mark);
    let named = svg
        .lines()
        .filter(|line| line.contains(&format!("<title>{name}: ")));
    let mark = beside
        .chain(named)
        .next()
        .unwrap_or_else(|| panic!("{name} in {svg}"));
    mark.split("fill=\"").nth(1).unwrap()[..7].to_string()
}

#[test]
fn a_kind_keeps_its_colour_in_every_picture() {
    let (small, large) = (svg(&["attacks"]), svg(&["attacks", "--large"]));
    let window = svg(&["attacks", "--since", "2025"]);
    for kind in [
        "Botnet",
        "Honeypot",
        "Open source",
        "Malicious traffic",
        "Application layer",
    ] {
        let colour = colour_of(&small, kind);
        assert_eq!(colour_of(&large, kind), colour, "{kind}");
        assert_eq!(colour_of(&window, kind), colour, "{kind}");
    }
    let (bars, series) = (svg(&["traffic"]), svg(&["traffic", "--series"]));
    for kind in ["Non-traffic", "5G"] {
        assert_eq!(colour_of(&bars, kind), colour_of(&series, kind), "{kind}");
    }
    assert_ne!(colour_of(&bars, "Non-traffic"), colour_of(&bars, "5G"));
}

#[test]
fn a_picture_of_countries_can_be_taken_in_at_a_glance() {
    let bars = |arguments: &[&str]| {
        let svg = svg(arguments);
        (svg.matches("<title>").count() - 1, svg)
    };
    let (count, shown) = bars(&["geo", "--large"]);
    assert_eq!(count, 16);
    assert_eq!(colour_of(&shown, "45 more"), "#7a8699", "the rest is grey");
    assert_eq!(bars(&["geo", "--large", "--top", "60"]).0, 60);
    // A country with one region has one bar.
    let (count, shown) = bars(&["geo", "--depth", "region"]);
    assert_eq!(count, 15 + 3, "{shown}");
    assert!(text_of(&shown).contains("FR  France, Île-de-France"));
    // Tables and data have all, unasked.
    let json = ti(&["--demo", "-q", "--large", "brcti", "geo", "--json"])
        .run()
        .json();
    assert_eq!(json["countries"].as_array().unwrap().len(), 60);
    assert!(
        !json["countries"][0]["regions"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn what_the_window_cuts_off_is_drawn_as_such() {
    let outlines = |arguments: &[&str]| {
        let svg = svg(&[&["attacks", "--large"], arguments].concat());
        let text = text_of(&svg);
        assert!(text.contains("records per week"), "{text}");
        let times: std::collections::BTreeSet<_> = svg
            .lines()
            .filter(|line| line.contains("stroke-dasharray"))
            .filter_map(|line| Some(line.split_once("<title>")?.1[..10].to_string()))
            .collect();
        assert_eq!(!times.is_empty(), text.contains("cut off by the window"));
        times
            .into_iter()
            .filter(|time| time.starts_with('2'))
            .collect::<Vec<_>>()
    };
    assert!(outlines(&[]).is_empty());
    assert!(outlines(&["--since", "2025-01-06", "--until", "2025-12-28"]).is_empty());
    assert_eq!(
        outlines(&["--since", "2025-01-08", "--until", "2025-12-04"]),
        ["2025-01-06", "2025-12-01"]
    );
    assert_eq!(outlines(&["--until", "2025-12-04"]), ["2025-12-01"]);
    let chart = ti(&words(
        "--demo -q --large brcti attacks --chart --since 2025-01-08",
    ))
    .ends(0)
    .stdout;
    assert!(
        chart.contains("The first column is cut off by the window."),
        "{chart}"
    );
}

/// Where the zone of the service's clock is known, so is what is not over yet.
#[test]
fn what_lasts_until_now_is_cut_off_there() {
    // The hour after this one too, so that the test may run into it.
    let hour = |ago: i64| jiff::Timestamp::now() - jiff::SignedDuration::from_hours(ago);
    let entries: Vec<_> = (-1..50)
        .rev()
        .map(|ago| {
            let time = hour(ago).strftime("%Y-%m-%d %H:00:00");
            format!(r#"{{"time":"{time}","stats":{{"botnet":1,"total":1}}}}"#)
        })
        .collect();
    let mock = Mock::json(format!(r#"{{"result":[{}]}}"#, entries.join(",")));
    let drawn = |zone: &str, more: &[&str]| {
        let all = [&["brcti", "attacks"], more].concat();
        let mut run = ti(&all).env("TI_BRCTI_ENDPOINT", &mock.url());
        if !zone.is_empty() {
            run = run.env("TI_BRCTI_TIMEZONE", zone);
        }
        run.ends(0).stdout
    };
    let since = ["--since", "2020-01-01"];
    for (zone, more, is_cut) in [
        ("UTC", &since[..], true),
        ("", &since, false),
        ("UTC", &[], false),
    ] {
        let chart = drawn(zone, &[more, &["--chart"]].concat());
        let said = "The last column is cut off by the window.";
        assert_eq!(chart.contains(said), is_cut, "{zone} {more:?}: {chart}");
        let svg = drawn(zone, &[more, &["--format", "svg"]].concat());
        assert_eq!(svg.contains("stroke-dasharray"), is_cut, "{zone} {more:?}");
    }
}

#[test]
fn a_flag_and_the_name_of_the_file_agree_or_nothing_is_asked() {
    // A chart in a file of pictures is a picture.
    for (name, begins) in [
        ("x.svg", &b"<svg"[..]),
        ("x.html", b"<!DOCTYPE"),
        ("x.txt", b"Traffic by type"),
    ] {
        let mut run = ti(&["--demo", "-q", "brcti", "traffic", "--chart", "-o", name]);
        run.ends(0);
        let file = std::fs::read(run.path(name)).unwrap();
        assert!(file.starts_with(begins), "{name}");
    }
    for (flags, name) in [
        (&["--chart"][..], "x.csv"),
        (&["--chart"], "x.json"),
        (&["--json"], "x.csv"),
        (&["--json"], "x.jsonl"),
        (&["--ndjson"], "x.json"),
        (&["--csv"], "x.svg"),
        (&["--raw"], "x.png"),
        (&["--format", "table"], "x.html"),
        (&["--format", "svg"], "x.png"),
        (&["--format", "html"], "x.SVG"),
    ] {
        let arguments = [&["brcti", "traffic", "-o", name], flags].concat();
        let mut run = ti(&arguments);
        let ran = run.ends(2);
        assert!(
            ran.stderr.contains("the file's name says"),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert!(!run.path(name).exists(), "{arguments:?}");
    }
    for (flags, name) in [
        (&["--json"][..], "x.json"),
        (&["--json"], "x.txt"),
        (&["--ndjson"], "x.jsonl"),
        (&["--raw"], "x.json"),
        (&["--format", "svg"], "x.svg"),
        (&["--format", "html"], "x.htm"),
        (&["--csv"], "-"),
    ] {
        ti(&[&["--demo", "-q", "brcti", "traffic", "-o", name], flags].concat()).ends(0);
    }
}

#[test]
fn a_title_of_ones_own_stands_over_chart_picture_and_page() {
    let title = "Week 12 <b>\u{202e}";
    for (view, more) in [
        ("traffic", "--chart"),
        ("traffic", "--format=svg"),
        ("traffic", "--format=html"),
    ] {
        let ran = ti(&["--demo", "-q", "brcti", view, more, "--title", title]).ends(0);
        assert!(ran.stdout.contains("Week 12 "), "{more}: {}", ran.stdout);
        assert!(!ran.stdout.contains('\u{202e}'), "{more}: {}", ran.stdout);
        assert_eq!(
            ran.stdout.contains("Week 12 <b>"),
            more == "--chart",
            "{more}"
        );
    }
    let refused = ti(&["brcti", "traffic", "--title", "x", "--json"]).ends(2);
    refused.says("--title is for charts");
}

#[test]
fn only_sample_data_is_called_so() {
    let mock = Mock::json(r#"{"result":{"ip_count":1}}"#);
    let real = ti(&["brcti", "types", "--format", "svg"])
        .env("TI_BRCTI_ENDPOINT", &mock.url())
        .ends(0);
    real.never_shows("SAMPLE DATA");
    for lang in ["en", "zh"] {
        assert!(svg(&["types", "--lang", lang]).contains("SAMPLE DATA"));
    }
    let page = ti(&["--demo", "-q", "brcti", "types", "--format", "html"]).ends(0);
    page.shows("<p class=\"sample\">SAMPLE DATA");
}

#[test]
fn the_top_of_the_page_has_date_and_headline_numbers_and_no_column_is_empty() {
    let page = ti(&["--demo", "-q", "brcti", "geo", "--format", "html"])
        .ends(0)
        .stdout;
    let (top, rest) = page.split_once("<section>").unwrap();
    assert!(
        top.contains("<p class=\"date\">20") && top.contains(" UTC</p>"),
        "{top}"
    );
    for headline in [
        "<b>437</b> indicators<span>Indicators by country</span>",
        "<b>572</b> declarations",
        "<b>172</b> records",
        "<b>78</b> records",
        "<b>10</b> indicators<span>Indicators of attacks</span>",
    ] {
        assert!(top.contains(headline), "{headline}: {top}");
    }
    for (title, there) in [
        ("Indicator", true),
        ("City", true),
        ("Port", false),
        ("Hash", false),
    ] {
        assert_eq!(
            rest.contains(&format!("<th>{title}</th>")),
            there,
            "{title}"
        );
    }
    // Each picture a second time, as a hand can hold it.
    assert_eq!(page.matches("viewBox=\"0 0 960 ").count(), 5);
    assert_eq!(page.matches("viewBox=\"0 0 380 ").count(), 5);
    assert!(page.contains("@media (max-width: 640px)"));
}

#[test]
fn a_png_is_one_or_says_that_there_is_no_font() {
    let mut run = ti(&words("--demo -q brcti types --lang zh -o chart.png"));
    let ran = run.run();
    if ran.code == 3 {
        ran.says("no font on this machine");
        return;
    }
    let png = std::fs::read(run.path("chart.png")).unwrap();
    assert!(
        png.starts_with(b"\x89PNG\r\n\x1a\n"),
        "{}",
        ran.code(0).stderr
    );
    assert_eq!(png[16..20], 1920_u32.to_be_bytes());
}

#[test]
fn the_page_has_all_six_views_and_needs_no_network() {
    let mut run = ti(&["--demo", "-q", "brcti", "traffic", "-o", "report.html"]);
    run.ends(0);
    let page = run.read("report.html");
    let titles = [
        "Traffic by type",
        "Indicators by country",
        "Records by type of indicator",
        "Attack records over time",
        "Traffic over time",
        "Indicators of attacks",
    ];
    let places: Vec<_> = titles
        .iter()
        .map(|title| page.find(title).unwrap())
        .collect();
    assert!(
        places.is_sorted(),
        "the view asked for is first: {places:?}"
    );
    assert!(page.contains("36.99.136[.]136") && page.contains("private IP"));
    assert!(page.contains("default-src 'none'"));
    for from_elsewhere in [
        "<script", "<link", "<img", "src=", "href=", "@import", "url(",
    ] {
        assert!(!page.contains(from_elsewhere), "{from_elsewhere}");
    }
}

#[test]
fn a_view_that_fails_leaves_its_reason_on_the_page() {
    let mock = Mock::start(|request| match request.path.as_str() {
        "/kp/queryIOCTypeDistribution" => Reply::json(500, r#"{"error":"<b>down</b>"}"#),
        path if path.ends_with("GeoDistribution") || path.ends_with("Ratio") => {
            Reply::json(200, r#"{"result":{}}"#)
        }
        _ => Reply::json(200, r#"{"result":[]}"#),
    });
    let mut run = ti(&["brcti", "geo", "-o", "report.html"]).env("TI_BRCTI_ENDPOINT", &mock.url());
    run.ends(8).says("1 of 6 views is missing");
    let page = run.read("report.html");
    assert!(page.contains("&lt;b&gt;down&lt;/b&gt;"), "{page}");
    assert!(page.contains("br-cti has no data to show."));
    assert_eq!(mock.received().len(), 6);
}

#[test]
fn what_cannot_be_drawn_is_refused_before_any_request() {
    for (arguments, message) in [
        (
            "brcti attacks --iocs --chart",
            "there is nothing in it to draw",
        ),
        (
            "brcti attacks --iocs -o x.svg",
            "there is nothing in it to draw",
        ),
        ("kti types --chart", "there is nothing in it to draw"),
        ("kti types -o x.html", "there is nothing in it to draw"),
        (
            "brcti geo --chart --fields count",
            "--fields cannot be used",
        ),
    ] {
        let arguments = &words(arguments)[..];
        let ran = ti(arguments).ends(2);
        assert!(
            ran.stderr.contains(message),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}
