//! The manual pages: one a command, and clean in the eyes of a checker.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{has_tool, ti};

fn pages() -> (crate::support::Ti, Vec<PathBuf>) {
    let mut run = ti(&["man", "pages"]);
    run.run().code(0);
    let sections = ["pages/man1", "pages/man5"].map(|section| run.path(section));
    let entries = sections.iter().flat_map(|path| fs::read_dir(path).unwrap());
    let mut pages: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    (run, pages)
}

#[test]
fn there_is_a_page_for_every_command_and_for_the_file() {
    let (_home, pages) = pages();
    let names: Vec<_> = pages
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap())
        .collect();
    for page in [
        "ti.1",
        "ti-kti.1",
        "ti-kti-search.1",
        "ti-config-check.1",
        "ti-config.5",
    ] {
        assert!(names.contains(&page), "{page}: {names:?}");
    }
    for path in &pages {
        let text = fs::read_to_string(path).unwrap();
        let at = |section: &str| {
            text.find(&format!(".SH {section}"))
                .unwrap_or_else(|| panic!("{}: no {section}", path.display()))
        };
        assert!(at("EXAMPLES") < at("DESCRIPTION"), "{}", path.display());
        assert!(text.contains("SEE ALSO"), "{}", path.display());
    }
    let root =
        fs::read_to_string(&pages[names.iter().position(|name| *name == "ti.1").unwrap()]).unwrap();
    for words in ["TI_CONFIG", "HTTPS_PROXY", "rate limit", "130"] {
        assert!(root.contains(words), "{words}");
    }
    assert!(ti(&["man"]).run().code(0).stdout.contains(".TH TI 1"));
}

#[test]
fn every_setting_is_in_the_page_of_the_file() {
    let (home, _) = pages();
    let text = fs::read_to_string(home.path("pages/man5/ti-config.5")).unwrap();
    for provider in ti::providers::ALL {
        for setting in provider.settings() {
            assert!(
                text.contains(&setting.variable(provider.name())),
                "{}",
                setting.name
            );
        }
    }
    for setting in ti::config::COMMON {
        assert!(
            text.contains(&setting.name.to_uppercase()),
            "{}",
            setting.name
        );
    }
}

#[test]
fn a_checker_finds_nothing_to_complain_about() {
    let (_home, pages) = pages();
    if has_tool("mandoc", "the manual pages in a checker") {
        let output = Command::new("mandoc")
            .args(["-T", "lint", "-W", "warning"])
            .args(&pages)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}
