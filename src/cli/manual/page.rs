//! The page of one command: what it is, how it is called, examples, then everything else.

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::exit_codes::EXIT_CODES;
use crate::error::{Error, Result};

pub const DATE: &str = env!("TI_BUILD_DATE");
pub const MANUAL: &str = "ti manual";

const VARIABLES: &[(&str, &str)] = &[
    ("TI_CONFIG", "the configuration file, as --config"),
    ("TI_PROFILE", "the profile, as --profile"),
    ("TI_LANG", "the language, as --lang: en or zh"),
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "the first that is set says the language where nothing else does",
    ),
    (
        "TI_PROVIDER_SETTING",
        "any setting of any provider, as TI_KTI_SECRET_KEY; they are listed in ti-config(5)",
    ),
    (
        "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY",
        "the proxy, where no setting and no flag names one",
    ),
    (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "the certificate authorities, in place of the system's (Linux)",
    ),
    (
        "NO_COLOR, CLICOLOR_FORCE",
        "no colour; colour although stdout is no terminal",
    ),
    ("COLUMNS", "the width of tables"),
];

pub fn text(command: &Command) -> Result<String> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    let is_root = name == command.get_name();
    // The flags of every command stand in ti(1).
    let own = match is_root {
        true => command.clone(),
        false => command.clone().mut_args(|arg| match arg.is_global_set() {
            true => arg.hide(true),
            false => arg,
        }),
    };
    let man = Man::new(own.clone())
        .title(name.to_uppercase())
        .date(DATE)
        .source(format!("ti {}", env!("CARGO_PKG_VERSION")))
        .manual(MANUAL);
    let mut page = Vec::new();
    let out = &mut page;
    let failed = |error| Error::write("the manual page", &error);
    man.render_title(out).map_err(failed)?;
    man.render_name_section(out).map_err(failed)?;
    man.render_synopsis_section(out).map_err(failed)?;
    if let Some(examples) = own.get_before_help() {
        let mut section = Roff::default();
        section.control("SH", ["EXAMPLES"]);
        let examples = examples.to_string();
        verbatim(&mut section, examples.trim_start_matches("Examples:\n"));
        section.to_writer(out).map_err(failed)?;
    }
    man.render_description_section(out).map_err(failed)?;
    if own.get_arguments().any(|arg| !arg.is_hide_set()) {
        man.render_options_section(out).map_err(failed)?;
    }
    if own.get_subcommands().any(|below| !below.is_hide_set()) {
        man.render_subcommands_section(out).map_err(failed)?;
    }
    let mut rest = Roff::default();
    match is_root {
        true => {
            definitions(&mut rest, "EXIT STATUS", EXIT_CODES);
            definitions(&mut rest, "ENVIRONMENT", VARIABLES);
            see_also(&mut rest, &own, "ti-config(5)");
        }
        false => {
            if let Some(notes) = own.get_after_help() {
                rest.control("SH", ["NOTES"]);
                verbatim(&mut rest, &notes.to_string());
            }
            rest.control("SH", ["EXIT STATUS"]);
            rest.text([
                roman("The codes of every command are listed in "),
                bold("ti"),
                roman("(1)."),
            ]);
            see_also(&mut rest, &own, "ti(1), ti-config(5)");
        }
    }
    rest.to_writer(out).map_err(failed)?;
    Ok(tidy(&String::from_utf8_lossy(&page)))
}

/// Without the line breaks beside blank lines that clap_mangen writes: they do nothing, and
/// checkers complain.
fn tidy(page: &str) -> String {
    let lines: Vec<_> = page.lines().collect();
    let is_blank = |index: Option<usize>| {
        let line = index.and_then(|index| lines.get(index));
        line.is_some_and(|line| line.is_empty() || *line == ".sp")
    };
    let kept = lines.iter().enumerate().filter(|(index, line)| {
        **line != ".br" || !(is_blank(index.checked_sub(1)) || is_blank(Some(index + 1)))
    });
    kept.map(|(_, line)| format!("{line}\n")).collect()
}

/// Lines as they are, not filled.
pub fn verbatim(roff: &mut Roff, text: &str) {
    roff.control("nf", []);
    for line in text.lines() {
        let line = line.strip_prefix("  ").unwrap_or(line);
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

/// Names with what they mean.
pub fn definitions(roff: &mut Roff, title: &str, entries: &[(impl ToString, &str)]) {
    roff.control("SH", [title]);
    for (name, meaning) in entries {
        roff.control("TP", []);
        roff.text([bold(name.to_string())]);
        roff.text([roman(*meaning)]);
    }
}

fn see_also(roff: &mut Roff, command: &Command, others: &str) {
    let below = command.get_subcommands();
    let names = below
        .filter(|below| !below.is_hide_set())
        .filter_map(|below| Some(format!("{}(1), ", below.get_display_name()?)));
    roff.control("SH", ["SEE ALSO"]);
    roff.text([roman(names.collect::<String>() + others)]);
}
