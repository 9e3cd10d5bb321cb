//! Times, rates, sizes and durations: one grammar each, whichever command takes them.

use crate::support::ti;

const SINCE: [&[&str]; 3] = [
    &["kaspersky", "list"],
    &["kaspersky", "ioc", "--csv"],
    &["brcti", "attacks"],
];

#[test]
fn a_time_in_the_past_is_the_same_in_every_command() {
    for command in SINCE {
        let since = |time: &str| {
            let arguments = [&["--demo", "-q"], command, &["--since", time]].concat();
            ti(&arguments).env("TI_BRCTI_TIMEZONE", "UTC").run()
        };
        for time in [
            "90m",
            "7d",
            "2w",
            "3mo",
            "1y",
            "today",
            "yesterday",
            "2026",
            "2026-11",
            "2026-11-05",
            "2026-11-05 08:00",
            "2026-11-05T08:00:00+08:00",
        ] {
            // Sample data has no settings but its own: not all are within reach of a clock.
            let ran = since(time);
            let has_no_zone = command[0] == "brcti" && ran.stderr.contains("have no zone");
            assert!(ran.code == 0 || has_no_zone, "{command:?} {time}: {ran:?}");
        }
        for time in ["7", "+7d", "7 fortnights", "2026-13", "soon"] {
            let said = since(time).code(2).stderr;
            assert!(said.contains("write 2025-01-31"), "{time}: {said}");
        }
        let said = since("m").code(2).stderr;
        assert!(
            said.contains("minutes") && said.contains("months"),
            "{said}"
        );
        since("9999y").code(2).says("1000 years");
    }
}

#[test]
fn what_is_out_of_bounds_is_refused_and_never_a_panic() {
    let search = ["kti", "search", "evil.com"];
    let download = ["kaspersky", "yara"];
    for (command, flag, values, said) in [
        (
            &search[..],
            "--rate",
            &[
                "1e-19", "1e-20", "1e-320", "1e300", "inf", "0.01/h", "1000001",
            ][..],
            "a rate is between",
        ),
        (&search, "--rate", &["0", "-0.0", "NaN", "/s"], "above 0"),
        (&search, "--max-age", &["1e300", "99999999d", "101y"], ""),
        (&search, "--timeout", &["1e300", "99999999d", "0", "-0"], ""),
        (
            &download,
            "--max-size",
            &["0", "1.5G", "1e9", ""],
            "a size like",
        ),
        (&download, "--max-size", &["99999999999999G"], "below"),
        (&["sandbox"], "--latency", &["1e300", "-1s", "soon"], ""),
    ] {
        for value in values {
            let flag = format!("{flag}={value}");
            let arguments = [&["--demo", "-q"], command, &[&flag]].concat();
            let ran = ti(&arguments).run();
            assert!([2, 3].contains(&ran.code), "{flag}: {ran:?}");
            assert!(ran.stderr.contains(said), "{flag}: {}", ran.stderr);
            assert!(!ran.stderr.contains("panicked"), "{flag}");
        }
    }
    let slow = [
        "--demo", "-q", "kti", "search", "evil.com", "--rate", "0.042/h",
    ];
    ti(&slow).ends(0);
}
