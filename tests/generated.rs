//! What is committed and made from one definition: completions, the settings in the README, and
//! the README's examples. `TI_UPDATE=1 cargo test` writes them anew;
//! what changes from run to run has then to be put as `…` again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ti::sandbox::{Options, Server};

use crate::support::{drawn, has_tool, ti, words};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_update() -> bool {
    std::env::var_os("TI_UPDATE").is_some()
}

#[track_caller]
pub fn compare(path: &Path, made: &str) {
    if is_update() {
        fs::write(path, made).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == made,
        "{} is out of date: TI_UPDATE=1 cargo test",
        path.display()
    );
}

#[test]
fn completions_are_up_to_date() {
    for (shell, name) in [
        ("bash", "ti.bash"),
        ("zsh", "_ti"),
        ("fish", "ti.fish"),
        ("powershell", "_ti.ps1"),
    ] {
        let made = ti(&["completions", shell]).ends(0).stdout;
        compare(&root().join("completions").join(name), &made);
    }
}

#[test]
fn the_settings_in_the_readme_are_those_of_the_program() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut made = readme.clone();
    let shared = [("top", ti::config::TOP), ("common", ti::config::COMMON)];
    let providers = ti::providers::ALL
        .iter()
        .map(|provider| (provider.name(), provider.settings()));
    for (name, settings) in providers.chain(shared) {
        let (begin, end) = (format!("<!-- settings: {name} -->\n"), "<!-- end -->");
        let start = made
            .find(&begin)
            .unwrap_or_else(|| panic!("README.md has no {begin}"))
            + begin.len();
        let stop = start + made[start..].find(end).unwrap();
        let mut table = "| setting | default | what it is |\n|---|---|---|\n".to_string();
        for setting in settings {
            let default = setting
                .default
                .map(|value| format!("`{value}`"))
                .unwrap_or_default();
            table.push_str(&format!(
                "| `{}` | {default} | {} |\n",
                setting.name, setting.help
            ));
        }
        made.replace_range(start..stop, &table);
    }
    compare(&path, &made);
}

/// A command of a document with the output that it shows.
struct Example {
    command: String,
    shown: Vec<String>,
}

/// The commands of the ```console blocks: `$ ` begins one, `\` at its end goes on.
fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(language) => inside = !inside && language == "console",
            None if !inside => {}
            None => match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push(Example {
                    command: command.to_string(),
                    shown: Vec::new(),
                }),
                (None, Some(last)) if last.command.ends_with('\\') => {
                    last.command.push('\n');
                    last.command.push_str(line);
                }
                (None, Some(last)) => last.shown.push(line.to_string()),
                (None, None) => {}
            },
        }
    }
    examples
}

/// `…` alone on a line stands for any lines, within a line for any text.
fn matches(shown: &[String], printed: &[&str]) -> bool {
    match (shown.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first == "…" => {
            (0..=printed.len()).any(|skip| matches(rest, &printed[skip..]))
        }
        (Some((first, rest)), Some((line, more))) => {
            line_matches(first, line.trim_end()) && matches(rest, more)
        }
        _ => false,
    }
}

fn line_matches(shown: &str, printed: &str) -> bool {
    let (head, rest) = match shown.split_once('…') {
        Some(parts) => parts,
        None => return shown == printed,
    };
    let Some(printed) = printed.strip_prefix(head) else {
        return false;
    };
    let places = printed
        .char_indices()
        .map(|(at, _)| at)
        .chain([printed.len()]);
    places
        .into_iter()
        .any(|at| line_matches(rest, &printed[at..]))
}

/// Runs the examples as a reader would, with variables that lead to the sandbox. Says how many
/// there were.
/// Documents show what a terminal would: the drawn table, where the line itself pipes nothing.
fn on_a_terminal(line: &str) -> String {
    let (command, rest) = line.split_at(line.find(';').unwrap_or(line.len()));
    let words = words(command);
    match (words.split_first(), line.contains(['|', '>', '&'])) {
        (Some((&"ti", arguments)), false) => format!("ti {}{rest}", drawn(arguments).join(" ")),
        _ => line.to_string(),
    }
}

pub fn run_examples(document: &str) -> usize {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let mut renewed = text.clone();
    let examples = examples(&text);
    let count = examples.len();
    let options = Options::default();
    let serve = |provider: &&'static dyn ti::provider::Provider| {
        let service = provider.sandbox(&options).unwrap();
        (
            provider.name(),
            Server::start(service, options.clone(), 0).unwrap(),
        )
    };
    let servers: Vec<_> = ti::providers::ALL.iter().map(serve).collect();
    let mut home = ti(&[]);
    let folder = home.home.path().to_path_buf();
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_ti"));
    let path = format!(
        "{}:{}",
        binary.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    fs::write(
        folder.join("hosts.txt"),
        "evil.com\nlogin.example\n8.8.8.8\n",
    )
    .unwrap();
    for Example { command, shown } in examples {
        if !wanted(&command) {
            continue;
        }
        let line = on_a_terminal(&command.replace("cargo run --release -- ", "ti "));
        let mut shell = Command::new("sh");
        let variables: Vec<_> = home
            .command()
            .get_envs()
            .map(|(k, v)| (k.to_owned(), v.map(ToOwned::to_owned)))
            .collect();
        shell.env_clear();
        for (name, value) in variables {
            shell.env(name, value.unwrap_or_default());
        }
        for (provider, server) in &servers {
            for (name, value) in server.settings() {
                shell.env(format!("TI_{provider}_{name}").to_uppercase(), value);
            }
        }
        let output = shell
            .arg("-c")
            .arg(&line)
            .env("PATH", &path)
            .current_dir(&folder)
            .output()
            .unwrap();
        let printed =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        let printed: Vec<_> = printed.lines().collect();
        if !matches(&shown, &printed) && is_update() {
            let block = |lines: &[String]| format!("$ {command}\n{}", lines.join("\n"));
            let lines: Vec<_> = printed.iter().map(ToString::to_string).collect();
            renewed = renewed.replace(&block(&shown), &block(&lines));
            continue;
        }
        assert!(
            matches(&shown, &printed),
            "{document}: $ {command}\nshows\n{}\nand prints\n{}",
            shown.join("\n"),
            printed.join("\n")
        );
    }
    if is_update() {
        fs::write(root().join(document), renewed).unwrap();
    }
    count
}

/// The tests do not run themselves.
fn wanted(command: &str) -> bool {
    if command.starts_with("cargo test") || command.starts_with("cargo install") {
        return false;
    }
    !command.contains("jq") || has_tool("jq", command)
}

#[test]
fn the_examples_of_the_readme_print_what_it_says() {
    assert!(run_examples("README.md") > 5);
}
