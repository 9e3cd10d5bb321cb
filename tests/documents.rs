//! The documents: their commands print what they show, and their links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::generated::{root, run_examples};

/// Every document, as a path from the root.
fn documents() -> Vec<String> {
    let markdown = |folder: &str| {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let pages: Vec<_> = names
            .filter(|name| name.ends_with(".md"))
            .map(|name| PathBuf::from(folder).join(name).display().to_string())
            .collect();
        pages
    };
    let mut all = [markdown(""), markdown("docs")].concat();
    all.sort();
    all
}

#[test]
fn the_commands_of_the_documents_print_what_they_show() {
    let pages = documents().into_iter().filter(|page| page != "README.md");
    let counts: Vec<_> = pages.map(|page| (run_examples(&page), page)).collect();
    let of = |page: &str| {
        counts
            .iter()
            .find(|(_, known)| known == page)
            .map(|(count, _)| *count)
    };
    for page in [
        "README.zh.md",
        "README.ja.md",
        "docs/scripting.md",
        "docs/setup.md",
    ] {
        assert!(of(page) > Some(1), "{page} shows no commands");
    }
}

/// `[text](target)` outside of code.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        for rest in line.split("](").skip(1).filter(|_| !in_code) {
            links.extend(rest.split_once(')').map(|(target, _)| target.to_string()));
        }
    }
    links
}

/// Headings as the anchors that they get.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |line: &str| -> String {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn every_link_leads_somewhere() {
    for page in documents() {
        let path = root().join(&page);
        let text = fs::read_to_string(&path).unwrap();
        for link in links(&text) {
            if link.starts_with("http://") || link.starts_with("https://") {
                assert!(url::Url::parse(&link).is_ok(), "{page}: {link}");
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file.is_empty() {
                true => path.clone(),
                false => path.parent().unwrap().join(file),
            };
            assert!(target.exists(), "{page}: {link} is not there");
            let known = || anchors(&fs::read_to_string(&target).unwrap());
            assert!(
                anchor.is_empty() || known().contains(anchor),
                "{page}: no heading for {link}"
            );
        }
    }
}

#[test]
fn every_document_is_linked_to() {
    let linked: BTreeSet<PathBuf> = documents()
        .iter()
        .flat_map(|page| {
            let text = fs::read_to_string(root().join(page)).unwrap();
            let folder = PathBuf::from(page).parent().unwrap().to_path_buf();
            links(&text).into_iter().map(move |link| folder.join(link))
        })
        .collect();
    for page in [
        "docs/scripting.md",
        "docs/setup.md",
        "docs/operations.md",
        "docs/security.md",
    ] {
        assert!(linked.contains(&PathBuf::from(page)), "{page}");
    }
}

#[test]
fn every_package_holds_what_there_is() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for file in [
        "completions/ti.bash",
        "completions/_ti",
        "completions/ti.fish",
        "config.example.toml",
        "packaging/config.toml",
        "packaging/crontab",
    ] {
        assert!(
            manifest.contains(&format!("[\"{file}\"")) && root().join(file).exists(),
            "{file}"
        );
    }
}

#[test]
fn the_crontab_that_is_explained_is_the_one_in_the_package() {
    let page = fs::read_to_string(root().join("docs/operations.md")).unwrap();
    let crontab = fs::read_to_string(root().join("packaging/crontab")).unwrap();
    assert!(page.contains(&format!("```cron\n{crontab}```\n")));
}
