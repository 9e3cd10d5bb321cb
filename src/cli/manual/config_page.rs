//! `ti-config(5)`: the configuration file.

use clap_mangen::roff::{Roff, bold, roman};

use crate::config::{COMMON, Setting, Shape, TOP};
use crate::providers;

use super::page::{DATE, MANUAL, definitions, verbatim};

const EXAMPLES: &str = "\
default_profile = \"work\"

[profile.work.kti]
access_key = \"AKLT0123456789\"
secret_key = { command = [\"pass\", \"show\", \"ti/kti\"] }

[profile.proxy.kti]
access_key = \"AKLT0123456789\"
secret_key = { env = \"KTI_SECRET\" }
proxy = \"http://proxy.example.org:3128\"
cacert = \"company-ca.pem\"";

const SECRETS: &[(&str, &str)] = &[
    (
        "\"text\"",
        "the secret itself; the file must then be for its owner only (mode 0600)",
    ),
    ("{ env = \"NAME\" }", "the variable NAME"),
    (
        "{ command = [\"pass\", \"show\", \"x\"] }",
        "the first line that a program prints; it is run without a shell",
    ),
    (
        "{ file = \"path\" }",
        "the first line of a file, relative to the configuration file",
    ),
];

pub fn text() -> String {
    let mut roff = Roff::default();
    let source = format!("ti {}", env!("CARGO_PKG_VERSION"));
    roff.control("TH", ["TI-CONFIG", "5", DATE, &source, MANUAL]);
    roff.control("SH", ["NAME"]);
    roff.text([roman("ti-config - the configuration file of ti")]);
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([roman(
        "what --config or TI_CONFIG names, else $XDG_CONFIG_HOME/ti/config.toml, else /etc/ti/config.toml",
    )]);
    roff.control("SH", ["EXAMPLES"]);
    verbatim(&mut roff, EXAMPLES);
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([
        roman("The file is TOML. A table "),
        bold("[profile.NAME.PROVIDER]"),
        roman(" holds the settings of one provider; "),
        bold("default_profile"),
        roman(" names the profile to use without --profile and TI_PROFILE. A single profile needs no default."),
    ]);
    roff.control("PP", []);
    roff.text([roman(
        "A flag wins over a variable, a variable over the file, the file over the default. Where the user has a file, that of the machine is not read. The file is never looked for in the current folder. An unknown key is an error.",
    )]);
    definitions(&mut roff, "SECRETS", SECRETS);
    settings(
        &mut roff,
        "the top of the file",
        TOP,
        |setting| match setting.name {
            "default_profile" => Some("TI_PROFILE".to_string()),
            "lang" => Some("TI_LANG".to_string()),
            _ => None,
        },
    );
    for provider in providers::ALL {
        let name = provider.name();
        let variable = |setting: &Setting| Some(setting.variable(name));
        settings(&mut roff, name, provider.settings(), variable);
    }
    let variable = |setting: &Setting| Some(setting.variable("provider"));
    settings(&mut roff, "every provider", COMMON, variable);
    roff.control("SH", ["SEE ALSO"]);
    roff.text([roman(
        "ti(1), ti-config-init(1), ti-config-check(1), ti-config-set(1)",
    )]);
    roff.to_roff()
}

fn settings(
    roff: &mut Roff,
    of: &str,
    settings: &[Setting],
    variable: impl Fn(&Setting) -> Option<String>,
) {
    roff.control(
        "SH",
        [format!("SETTINGS OF {}", of.to_uppercase()).as_str()],
    );
    for setting in settings {
        roff.control("TP", []);
        roff.text([bold(setting.name)]);
        let mut text = setting.help.to_string();
        if let Shape::OneOf(choices) = setting.shape {
            text.push_str(&format!(": {}", choices.join(" or ")));
        }
        if setting.shape == Shape::Secret {
            text.push_str("; see SECRETS");
        }
        if setting.required {
            text.push_str("; needed");
        }
        if let Some(default) = setting.default {
            text.push_str(&format!(" [default: {default}]"));
        }
        if let Shape::Files = setting.shape {
            text.push_str("; a list, as files in the table [ignore]");
        }
        if let Some(variable) = variable(setting) {
            text.push_str(&format!(". Variable: {variable}"));
        }
        roff.text([roman(text)]);
    }
}
