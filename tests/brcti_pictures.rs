//! Pictures and the page: well-formed, complete, and without anything from elsewhere.

use quick_xml::events::Event;
use ti::sandbox::Reply;

use crate::support::{Mock, ti};

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
                "Île-de-France",
                "20.4%",
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
                "time (as sent, without a zone)",
            ],
        ),
        ("traffic", &["Traffic by type", "records", "78.2%"]),
        ("traffic --series", &["Traffic over time", "5G"]),
    ] {
        let mut arguments = vec!["--demo", "-q", "brcti"];
        arguments.extend(view.split(' '));
        arguments.extend(["-o", "chart.svg"]);
        let mut run = ti(&arguments);
        run.run().code(0);
        let svg = std::fs::read_to_string(run.path("chart.svg")).unwrap();
        let text = text_of(&svg);
        for expected in expected
            .iter()
            .chain(&["Source: http://127.0.0.1:", "retrieved 2"])
        {
            assert!(text.contains(expected), "{view}: {expected} in {text}");
        }
    }
}

#[test]
fn a_png_is_one_or_says_that_there_is_no_font() {
    let mut run = ti(&[
        "--demo",
        "-q",
        "brcti",
        "types",
        "--lang",
        "zh",
        "-o",
        "chart.png",
    ]);
    let ran = run.run();
    if ran.code == 3 {
        assert!(
            ran.stderr.contains("no font on this machine"),
            "{}",
            ran.stderr
        );
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
    run.run().code(0);
    let page = std::fs::read_to_string(run.path("report.html")).unwrap();
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
        "/kp/queryIOCTypeDistribution" => {
            Reply::new(500, "application/json", r#"{"error":"<b>down</b>"}"#)
        }
        path if path.ends_with("GeoDistribution") || path.ends_with("Ratio") => {
            Reply::new(200, "application/json", r#"{"result":{}}"#)
        }
        _ => Reply::new(200, "application/json", r#"{"result":[]}"#),
    });
    let mut run = ti(&["brcti", "geo", "-o", "report.html"]).env("TI_BRCTI_ENDPOINT", &mock.url());
    let ran = run.run().code(8);
    assert!(
        ran.stderr.contains("1 of 6 views is missing"),
        "{}",
        ran.stderr
    );
    let page = std::fs::read_to_string(run.path("report.html")).unwrap();
    assert!(page.contains("&lt;b&gt;down&lt;/b&gt;"), "{page}");
    assert!(page.contains("br-cti has no data to show."));
    assert_eq!(mock.received().len(), 6);
}

#[test]
fn what_cannot_be_drawn_is_refused_before_any_request() {
    for (arguments, message) in [
        (
            &["brcti", "attacks", "--iocs", "--chart"][..],
            "there is nothing in it to draw",
        ),
        (
            &["brcti", "attacks", "--iocs", "-o", "x.svg"],
            "there is nothing in it to draw",
        ),
        (
            &["kti", "types", "--chart"],
            "there is nothing in it to draw",
        ),
        (
            &["kti", "search", "evil.com", "-o", "x.html"],
            "there is nothing in it to draw",
        ),
        (
            &["brcti", "geo", "--chart", "--fields", "count"],
            "--fields cannot be used",
        ),
    ] {
        let ran = ti(arguments).run().code(2);
        assert!(
            ran.stderr.contains(message),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}
