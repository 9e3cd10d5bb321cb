//! Every command against every fault of the sandbox: it ends in time, with a documented code,
//! says what failed, keeps the old file whole, and shows no secret.
//!
//! A new command is one line of `COMMANDS`; a new fault one of `FAULTS`.

use std::time::Duration;

use ti::providers;
use ti::sandbox::{Options, Server};

use crate::support::{Ran, Ti, ti};

/// Arguments of every command that asks a service.
const COMMANDS: &[&[&str]] = &[
    &["kti", "search", "evil.com"],
    &["kti", "search", "evil.com", "8.8.8.8", "nothing.example"],
    &["kaspersky", "list"],
    &["kaspersky", "ioc"],
    &["brcti", "geo"],
    &["brcti", "attacks"],
    &["config", "check"],
];

/// What the sandbox does, and the codes that a command may end with: 8 only where some of it
/// succeeded.
const FAULTS: &[(&str, &[i32])] = &[
    ("400", &[6]),
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

const SECRET: &str = "sandbox-secret-key";

struct World {
    _servers: Vec<Server>,
    config: String,
}

/// A sandbox for every provider, and the file that leads to them.
fn world(options: &Options) -> World {
    let mut config = "default_profile = \"s\"\n".to_string();
    let start = |provider: &&dyn ti::provider::Provider| {
        let server = Server::start(provider.sandbox(options).unwrap(), options.clone(), 0).unwrap();
        config.push_str(&format!("[profile.s.{}]\nretries = 0\n", provider.name()));
        for (name, value) in server.settings() {
            config.push_str(&format!("{name} = {}\n", serde_json::Value::from(value)));
        }
        server
    };
    let servers = providers::ALL.iter().map(start).collect();
    World {
        _servers: servers,
        config,
    }
}

fn options(faults: &[&str]) -> Options {
    Options {
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..Options::default()
    }
}

/// With `-o`, so that a file stands that must not be touched.
fn run(command: &[&str], world: &World, more: &[&str]) -> (Ti, Ran) {
    let arguments = [command, more, &["-vv", "--json", "-o", "out.json"]].concat();
    let mut run = ti(&arguments).config(&world.config).file("out.json", "old");
    let ran = run.run();
    (run, ran)
}

#[track_caller]
fn held(command: &[&str], fault: &str, run: &Ti, ran: &Ran) {
    let what = format!("{command:?} and {fault}: {}\n{}", ran.code, ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{what}");
    assert!(
        ran.stderr.lines().any(|line| line.starts_with("error: ")),
        "{what}"
    );
    assert!(
        !ran.stderr.contains(SECRET) && !ran.stdout.contains(SECRET),
        "{what}"
    );
    // No half of a file, and none that was begun.
    let left = std::fs::read_dir(run.home.path()).unwrap();
    let mut names: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    names.retain(|name| name != "config" && name != "cache");
    assert_eq!(names, ["out.json"], "{what}");
    let text = std::fs::read_to_string(run.path("out.json")).unwrap();
    if text != "old" {
        serde_json::from_str::<serde_json::Value>(&text)
            .unwrap_or_else(|_| panic!("{what}\n{text}"));
        assert!(!text.contains(SECRET), "{what}");
    }
}

#[test]
fn every_command_meets_every_fault() {
    for command in COMMANDS {
        for (fault, codes) in FAULTS {
            let world = world(&options(&[fault]));
            let (run, ran) = run(command, &world, &[]);
            assert!(
                codes.contains(&ran.code),
                "{command:?} and {fault}: {} is not of {codes:?}\n{}",
                ran.code,
                ran.stderr
            );
            held(command, fault, &run, &ran);
        }
    }
}

#[test]
fn every_command_gives_up_in_time() {
    let late = Options {
        latency: Duration::from_secs(60),
        ..Options::default()
    };
    for command in COMMANDS {
        let world = world(&late);
        let (run, ran) = run(command, &world, &["--timeout", "50ms"]);
        assert_eq!(ran.code, 5, "{command:?}: {}", ran.stderr);
        held(command, "60 s of silence", &run, &ran);
    }
}

/// A fault that passes is outwaited; what was asked is answered.
#[test]
fn every_command_outlives_a_fault_that_passes() {
    for command in COMMANDS.iter().filter(|command| command[0] != "config") {
        for fault in ["503:1", "reset:1", "cut:1"] {
            let world = world(&options(&[fault]));
            let (run, ran) = run(command, &world, &["--retries", "2"]);
            assert_eq!(ran.code, 0, "{command:?} and {fault}: {}", ran.stderr);
            assert_ne!(
                std::fs::read_to_string(run.path("out.json")).unwrap(),
                "old"
            );
        }
    }
}
