//! The properties of the source tree that a test can hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .flat_map(|path| match path.is_dir() {
            true => rust_files(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    files.sort();
    files
}

/// Path below `src/` and text without comments and tests.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let code = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let text = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap()
            .to_string();
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let name = path
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        (name, lines.collect::<Vec<_>>().join("\n"))
    };
    rust_files(&src)
        .iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .map(code)
        .collect()
}

/// `net/tls.rs` → `net`, `error.rs` → `error`.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

#[track_caller]
fn only_in(allowed: &[&str], words: &[&str]) {
    for (file, text) in sources() {
        for word in words {
            let here = allowed.iter().any(|place| file.starts_with(place));
            assert!(
                here || !text.contains(word),
                "{word} in src/{file}; its place is {allowed:?}"
            );
        }
    }
}

/// Code lines: tests, comments and blank lines do not count.
#[test]
fn files_are_small() {
    for (file, text) in sources() {
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= 400, "src/{file} has {lines} lines of code");
    }
}

#[test]
fn effects_have_their_places() {
    only_in(&["http/"], &["reqwest::"]);
    only_in(
        &["http/", "sandbox/"],
        &["TcpStream", "TcpListener", "tokio::"],
    );
    only_in(&["store/"], &["rusqlite::"]);
    only_in(&["system.rs", "main.rs"], &["std::env::", "env::var"]);
    only_in(
        &[
            "cli/",
            "config/",
            "files/",
            "output/",
            "input/",
            "http/tls/mod.rs",
            "http/tls/identity/read.rs",
            "sandbox/tls.rs",
            "store/",
            "matching/logs.rs",
            "system.rs",
        ],
        &["std::fs", "fs::", "File::"],
    );
    only_in(
        &["cli/", "output/", "input/", "console/", "system.rs"],
        &["io::stdout", "io::stdin", "io::stderr"],
    );
    only_in(
        &["config/command.rs", "files/check.rs"],
        &["process::Command", "process::{Command"],
    );
    only_in(&[], &["thread::spawn"]);
}

#[test]
fn output_and_the_parts_below_know_no_provider() {
    for (file, text) in sources() {
        if ["cli", "providers"].contains(&module(&file)) {
            continue;
        }
        assert!(!text.contains("providers::"), "src/{file} names a provider");
        for name in ti::providers::ALL.iter().map(|provider| provider.name()) {
            let quoted = format!("\"{name}\"");
            assert!(!text.contains(&quoted), "src/{file} names {name}");
        }
    }
}

/// The index is of one provider's file, and what is extracted is counted for another's command.
#[test]
fn of_the_command_line_only_what_is_about_a_provider_names_it() {
    for (file, used) in names() {
        let used = used.iter().find(|used| used.starts_with("providers::"));
        let is_about_one = file.starts_with("cli::index") || file == "cli::extract";
        assert!(
            !file.starts_with("cli") || is_about_one || used.is_none(),
            "{file} names {used:?}"
        );
    }
}

/// Which top-level module uses which.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in sources() {
        let from = module(&file);
        let used = graph.entry(from.to_string()).or_default();
        for rest in text.split("crate::").skip(1) {
            let to: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect();
            if to != from {
                used.insert(to);
            }
        }
    }
    graph
}

#[test]
fn no_module_uses_one_that_uses_it() {
    let graph = uses();
    let mut done = BTreeSet::new();
    while done.len() < graph.len() {
        let ready = graph.iter().find(|(name, used)| {
            !done.contains(*name) && used.iter().all(|used| done.contains(used))
        });
        let Some((name, _)) = ready else {
            let rest: Vec<_> = graph
                .iter()
                .filter(|(name, _)| !done.contains(*name))
                .collect();
            panic!("a cycle among {rest:?}");
        };
        done.insert(name.clone());
    }
}

/// `output/csv.rs` → `output::csv`, `output/mod.rs` → `output`.
fn path_of(file: &str) -> String {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.replace('/', "::")
}

/// Every path that a text names, groups in braces written out: `a::{b, c::{d}}` → `a::b`, `a::c::d`.
fn paths(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    let (mut found, mut prefixes, mut word) = (Vec::new(), vec![String::new()], String::new());
    for c in text.chars().chain([' ']) {
        if is_part(c) {
            word.push(c);
            continue;
        }
        // Blanks after a comma or a brace belong to the group.
        if c.is_whitespace() && word.is_empty() {
            continue;
        }
        let whole = format!("{}{word}", prefixes.last().map_or("", String::as_str));
        match c {
            '{' if word.ends_with("::") => prefixes.push(whole),
            '{' => prefixes.push(String::new()),
            '}' => {
                found.push(whole);
                if prefixes.len() > 1 {
                    prefixes.pop();
                }
            }
            _ => found.push(whole),
        }
        word.clear();
    }
    found
}

/// Which file names which other one; a module and what is inside of it are one house.
fn names() -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources();
    let modules: BTreeSet<String> = sources.iter().map(|(file, _)| path_of(file)).collect();
    let mut graph = BTreeMap::new();
    for (file, text) in &sources {
        let here = path_of(file);
        let is_face = file.ends_with("mod.rs");
        let absolute = |path: &str| {
            let mut base: Vec<_> = here.split("::").collect();
            if !is_face {
                base.pop();
            }
            let mut rest = path;
            if let Some(inner) = rest.strip_prefix("crate::") {
                return Some(inner.to_string());
            }
            let mut up = 0;
            while let Some(outer) = rest.strip_prefix("super::") {
                (rest, up) = (outer, up + 1);
            }
            // In a file of its own, the first `super` is the folder that it lies in.
            let drop = if is_face { up } else { up.max(1) - 1 };
            if up == 0 && !is_face {
                return None;
            }
            base.truncate(base.len().checked_sub(drop)?);
            base.push(rest);
            Some(base.join("::"))
        };
        let used: &mut BTreeSet<String> = graph.entry(here.clone()).or_default();
        for path in paths(text).iter().filter_map(|path| absolute(path)) {
            let mut path = path.as_str();
            while !modules.contains(path) && path.contains("::") {
                path = path.rsplit_once("::").unwrap().0;
            }
            let inside = |outer: &str, inner: &str| inner.starts_with(&format!("{outer}::"));
            if modules.contains(path)
                && path != here
                && !inside(path, &here)
                && !inside(&here, path)
            {
                used.insert(path.to_string());
            }
        }
    }
    graph
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let mut graph = names();
    loop {
        let ended: Vec<_> = graph
            .iter()
            .filter(|(_, used)| used.iter().all(|used| !graph.contains_key(used)))
            .map(|(name, _)| name.clone())
            .collect();
        if ended.is_empty() {
            break;
        }
        graph.retain(|name, _| !ended.contains(name));
    }
    // What is left is in a circle, or leads to one.
    let rest: Vec<_> = graph
        .iter()
        .map(|(name, used)| {
            let used: Vec<_> = used
                .iter()
                .filter(|used| graph.contains_key(*used))
                .collect();
            format!("{name} -> {used:?}")
        })
        .collect();
    assert!(rest.is_empty(), "a circle among\n{}", rest.join("\n"));
}

#[test]
fn every_test_file_is_run() {
    let main = fs::read_to_string(root().join("tests/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_module =
            path.extension().is_some_and(|ending| ending == "rs") || path.join("mod.rs").exists();
        if is_module && name != "main" {
            assert!(
                main.contains(&format!("mod {name};")),
                "tests/{name} is not in tests/main.rs"
            );
        }
    }
}
