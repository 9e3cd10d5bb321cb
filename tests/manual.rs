//! The manual pages: one a command, and clean in the eyes of a checker.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{has_tool, ti};

fn pages() -> (crate::support::Ti, Vec<PathBuf>) {
    let mut run = ti(&["man", "pages"]);
    run.ends(0);
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
    let printed = ti(&["man", "-"]).ends(0);
    assert!(printed.stdout.contains(".TH TI 1") && printed.stderr.is_empty());
}

#[test]
fn every_setting_is_in_the_page_of_the_file() {
    let (home, _) = pages();
    let text = home.read("pages/man5/ti-config.5");
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
    for setting in ti::config::TOP {
        assert!(text.contains(setting.name), "{}", setting.name);
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

/// As `cargo install` leaves it: the folder of programs in `PATH`, the pages beside it.
#[cfg(unix)]
#[test]
fn pages_are_installed_where_man_finds_them() {
    let home = ti(&[]).keep();
    let at = |path: &str| home.path().join(path);
    let bin = at(".cargo/bin");
    fs::create_dir_all(&bin).unwrap();
    let program = bin.join("ti");
    let built = env!("CARGO_BIN_EXE_ti");
    if fs::hard_link(built, &program).is_err() {
        fs::copy(built, &program).unwrap();
    }
    let usual = std::env::var("PATH").unwrap();
    let in_path = format!("{}:{usual}", bin.display());
    let run = |path: &str| {
        let output = Command::new(&program)
            .arg("man")
            .env_clear()
            .env("HOME", home.path())
            .env("PATH", path)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.success() && output.stdout.is_empty(),
            "{said}"
        );
        said
    };
    let said = run(&usual);
    let line = "a line for the profile of your shell: export MANPATH=";
    assert!(
        said.contains("the manual pages are in ~/.cargo/share/man"),
        "{said}"
    );
    assert!(said.contains(line), "{said}");
    for page in ["man1/ti.1", "man1/ti-kti-search.1", "man5/ti-config.5"] {
        assert!(at(".cargo/share/man").join(page).is_file(), "{page}");
    }
    if !has_tool("manpath", "that man looks beside the folders of PATH") {
        return;
    }
    let said = run(&in_path);
    assert!(said.contains("next: man ti, man 5 ti-config"), "{said}");
    // What they say is so, for the man of this machine.
    let finds = |path: &str, manpath: Option<String>| {
        let mut man = Command::new("man");
        man.args(["-w", "ti"])
            .env_clear()
            .env("HOME", home.path())
            .env("PATH", path);
        let output = man
            .envs(manpath.map(|manpath| ("MANPATH", manpath)))
            .output()
            .unwrap();
        String::from_utf8(output.stdout)
            .unwrap()
            .contains(".cargo/share/man/man1/ti.1")
    };
    let manpath = format!("{}:", at(".cargo/share/man").display());
    assert!(finds(&in_path, None));
    assert!(!finds(&usual, None));
    assert!(finds(&usual, Some(manpath)));
}

/// What cannot be written to is left for the next best.
#[cfg(unix)]
#[test]
fn without_any_folder_it_says_so() {
    let mut run = ti(&["man"]);
    fs::write(run.path("data"), "a file").unwrap();
    run.ends(2).says("name one: ti man DIR");
}
