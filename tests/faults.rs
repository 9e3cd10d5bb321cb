//! Every command against every fault of the sandbox: it ends in time, with a documented code,
//! says what failed, keeps the old file whole, and shows no secret.
//!
//! A new command is one line of `COMMANDS`; a new fault one of `FAULTS`.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use ti::providers;
use ti::sandbox::{Options, Server};

use crate::support::{Ran, Ti, names_in, sandbox, settings_of, ti, words};

/// A report of the sandbox that has every part.
const REPORT: &str = "0b5cf2f2-5a11-4e0c-9a3e-000000000001";

/// Every command that asks a service, in each of its ways, and the file that it writes.
const COMMANDS: &[(&str, &str)] = &[
    ("kti search evil.com", "out.json"),
    ("kti search evil.com 8.8.8.8 nothing.example", "out.json"),
    ("kti search -i hosts.txt -j 4", "out.ndjson"),
    ("kti search -i hosts.txt --only malicious", "out.csv"),
    ("kti search evil.com --raw", "out.bytes"),
    ("lookup evil.com --source kti", "out.json"),
    ("lookup -i hosts.txt --source kti", "out.csv"),
    ("kti enrich rows.csv --column host", "out.csv"),
    ("kaspersky list", "out.json"),
    ("kaspersky list --since 30d --by updated", "out.csv"),
    ("kaspersky get REPORT", "out.json"),
    ("kaspersky get REPORT --save parts", "out.json"),
    ("kaspersky ioc", "out.csv"),
    ("kaspersky ioc --type ip,domain", "out.ndjson"),
    ("kaspersky ioc --raw", "out.bytes"),
    ("kaspersky yara --keep 2 --sha256", "out.yar"),
    ("brcti geo", "out.json"),
    ("brcti types", "out.csv"),
    ("brcti attacks", "out.json"),
    ("brcti attacks --iocs", "out.ndjson"),
    ("brcti traffic", "out.svg"),
    ("brcti traffic --series --by day", "out.png"),
    ("brcti geo", "out.html"),
    ("index update", "out.bytes"),
    ("config check", "out.json"),
];

/// What the sandbox does, and the codes that a command may end with.
const FAULTS: &[(&str, &[i32])] = &[
    // For a report: there is none of that ID.
    ("400", &[6, 9]),
    // A service may send it in words of its own.
    ("401", &[4, 6]),
    ("403", &[4]),
    ("404", &[6, 9]),
    ("409", &[6, 7]),
    ("412", &[6]),
    ("429", &[7]),
    ("500", &[6]),
    ("502", &[6]),
    ("503", &[6]),
    ("504", &[6]),
    ("reset", &[5]),
    ("cut", &[5]),
    ("html", &[6]),
];

/// Damage within content that is wrapped, which only the portal's is.
const DAMAGE: &[&str] = &["base64", "gzip"];

/// What the services of the sandbox let in with.
const SECRETS: &[&str] = &["sandbox-secret-key", "sandbox-password"];

struct System {
    _servers: Vec<Server>,
    config: String,
}

/// A sandbox for every provider that the command asks, and the file that leads to them.
fn system(command: &str, options: &Options) -> System {
    let mut config = "default_profile = \"s\"\n".to_string();
    let mut servers = Vec::new();
    for provider in providers::ALL {
        let is_asked = match command.split(' ').next() {
            Some("config" | "lookup") => true,
            Some("index") => provider.name() == "kaspersky",
            first => first == Some(provider.name()),
        };
        if !is_asked {
            continue;
        }
        let server = sandbox(provider.name(), options.clone());
        let settings = settings_of(&server);
        config += &format!("[profile.s.{}]\nretries = 0\n{settings}", provider.name());
        servers.push(server);
    }
    System {
        _servers: servers,
        config,
    }
}

fn failing(fault: &str) -> Options {
    Options {
        faults: vec![fault.parse().unwrap()],
        ..Options::default()
    }
}

/// With a file in place that must not be touched.
fn run(command: (&str, &str), options: &Options, more: &[&str]) -> (Ti, Ran) {
    let (line, output) = command;
    let line = line.replace("REPORT", REPORT);
    // The index has a place of its own.
    let to: &[&str] = match line.starts_with("index") {
        true => &[],
        false => &["-o", output],
    };
    let arguments = [&words(&line)[..], more, &["-vv"], to].concat();
    let system = system(&line, options);
    let mut run = ti(&arguments)
        .config(&system.config)
        .file("hosts.txt", "evil.com\n8.8.8.8\nnothing.example\n")
        .file("rows.csv", "host,n\nevil.com,1\n8.8.8.8,2\n")
        .file(output, "old");
    let ran = run.run();
    (run, ran)
}

#[track_caller]
fn held(command: (&str, &str), fault: &str, run: &Ti, ran: &Ran) {
    let (_, output) = command;
    let what = format!("{command:?} and {fault}: {}\n{}", ran.code, ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{what}");
    assert!(
        ran.stderr.lines().any(|line| line.starts_with("error: ")),
        "{what}"
    );
    let written = std::fs::read(run.path(output)).unwrap();
    let shown = [
        &ran.stderr,
        &ran.stdout,
        &*String::from_utf8_lossy(&written),
    ]
    .concat();
    assert!(
        SECRETS.iter().all(|secret| !shown.contains(secret)),
        "{what}"
    );
    // No half of a file, and none that was begun.
    let mut names = names_in(run.home.path());
    names.retain(|name| {
        !["config", "cache", "data", "hosts.txt", "rows.csv"].contains(&name.as_str())
    });
    assert_eq!(names, [output], "{what}");
    // Failures are answers too, in the formats that have a place for them.
    if written != b"old" {
        assert!(is_whole(output, &written), "{what}\n{shown}");
    }
}

/// Whether a file ends as one of its kind does.
fn is_whole(name: &str, bytes: &[u8]) -> bool {
    let is_json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).is_ok();
    match name.rsplit_once('.').unwrap().1 {
        "json" => is_json(bytes),
        "ndjson" => {
            bytes.ends_with(b"\n") && bytes.trim_ascii_end().split(|b| *b == b'\n').all(is_json)
        }
        // Every row has as many cells as the header.
        "csv" => csv::Reader::from_reader(bytes)
            .records()
            .all(|row| row.is_ok()),
        "png" => bytes.ends_with(b"IEND\xae\x42\x60\x82"),
        "svg" => bytes.trim_ascii_end().ends_with(b"</svg>"),
        "html" => bytes.trim_ascii_end().ends_with(b"</html>"),
        // Passed on, so that none of it may be there.
        _ => false,
    }
}

/// Several at once: most of the time is spent waiting.
fn for_each_command(
    commands: impl Iterator<Item = &'static (&'static str, &'static str)> + Send,
    check: impl Fn((&'static str, &'static str)) + Sync,
) {
    let commands = Mutex::new(commands);
    let next = || commands.lock().unwrap().next();
    let work = || {
        while let Some(command) = next() {
            check(*command);
        }
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
}

#[test]
fn every_command_meets_every_fault() {
    for_each_command(COMMANDS.iter(), |command| {
        for (fault, codes) in FAULTS {
            let (run, ran) = run(command, &failing(fault), &[]);
            assert!(
                codes.contains(&ran.code),
                "{command:?} and {fault}: {} is not of {codes:?}\n{}",
                ran.code,
                ran.stderr
            );
            held(command, fault, &run, &ran);
        }
    });
}

#[test]
fn damaged_content_is_no_content() {
    let wrapped = COMMANDS.iter().filter(|(line, _)| {
        ["get", "ioc", "yara"]
            .iter()
            .any(|name| line.starts_with(&format!("kaspersky {name}")))
    });
    for_each_command(wrapped, |command| {
        for fault in DAMAGE {
            let (run, ran) = run(command, &failing(fault), &[]);
            assert_eq!(ran.code, 6, "{command:?} and {fault}: {}", ran.stderr);
            held(command, fault, &run, &ran);
        }
    });
}

#[test]
fn every_command_gives_up_in_time() {
    let late = Options {
        latency: Duration::from_secs(60),
        ..Options::default()
    };
    for_each_command(COMMANDS.iter(), |command| {
        let (run, ran) = run(command, &late, &["--timeout", "50ms"]);
        assert_eq!(ran.code, 5, "{command:?}: {}", ran.stderr);
        held(command, "60 s of silence", &run, &ran);
    });
}

/// A fault that passes is outwaited; what was asked is answered.
#[test]
fn every_command_outlives_a_fault_that_passes() {
    let asking = COMMANDS
        .iter()
        // The index has a place of its own: tests/matching.rs.
        .filter(|(line, _)| !line.starts_with("config") && !line.starts_with("index"));
    for_each_command(asking, |command| {
        for fault in ["503:1", "reset:1", "cut:1"] {
            let (run, ran) = run(command, &failing(fault), &["--retries", "2"]);
            assert_eq!(ran.code, 0, "{command:?} and {fault}: {}", ran.stderr);
            let written = std::fs::read(run.path(command.1)).unwrap();
            assert_ne!(written, b"old");
            let passed_on = command.1.ends_with(".yar") || command.1.ends_with(".bytes");
            assert!(
                passed_on || is_whole(command.1, &written),
                "{command:?} and {fault}"
            );
        }
    });
}
