//! The commands of the providers. A new one is a line of `ASKING`, or of `OFFLINE` if there is no
//! answer of the service's to pass on.

use ti::providers;

/// Every command that asks a service, in each of its ways.
pub const ASKING: &[&str] = &[
    "kti search evil.com",
    "kaspersky list",
    "kaspersky get X",
    "kaspersky ioc",
    "kaspersky yara",
    "brcti geo",
    "brcti types",
    "brcti attacks",
    "brcti attacks --iocs",
    "brcti traffic",
    "brcti traffic --series",
];

/// Those that ask nobody, or write rows of the user's own.
pub const OFFLINE: &[&str] = &["kti types", "kti enrich rows.csv --column a"];

#[test]
fn every_command_is_among_these() {
    for provider in providers::ALL {
        for command in provider.commands().get_subcommands() {
            let name = format!("{} {}", provider.name(), command.get_name());
            let is_listed = ASKING
                .iter()
                .chain(OFFLINE)
                .any(|line| line.starts_with(&name));
            assert!(is_listed, "{name}");
        }
    }
}
