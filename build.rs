//! Says what was built: the commit, and a date that is the same for whoever builds it again.
//!
//! The date is `SOURCE_DATE_EPOCH`, else the commit's, else today. A tarball has no commit in
//! it: `TI_COMMIT` names it, and cargo's own packages bring it with them.

// Cargo reads what a build script prints.
#![allow(clippy::print_stdout)]

use std::process::Command;

fn main() {
    for name in ["SOURCE_DATE_EPOCH", "TI_COMMIT"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    // The log grows with every commit and change of branch; a worktree has its own. One that is
    // not there would count as changed every time.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"]);
    if let Some(log) = log.filter(|log| std::path::Path::new(log).exists()) {
        println!("cargo:rerun-if-changed={log}");
    }
    let commit = variable("TI_COMMIT")
        .or_else(|| git(&["rev-parse", "HEAD"]))
        .or_else(packaged_commit)
        .map(|commit| commit.chars().take(12).collect::<String>());
    let seconds = variable("SOURCE_DATE_EPOCH")
        .or_else(|| git(&["log", "-1", "--format=%ct"]))
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or_else(now);
    let date = civil(seconds.div_euclid(86_400));
    let version = variable("CARGO_PKG_VERSION").unwrap_or_default();
    let built = match commit {
        Some(commit) => format!("{commit} {date}"),
        None => date.clone(),
    };
    println!("cargo:rustc-env=TI_VERSION={version} ({built})");
    println!("cargo:rustc-env=TI_BUILD_DATE={date}");
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What git says of this folder; nothing where there is no git, or where another repository
/// merely contains it.
fn git(arguments: &[&str]) -> Option<String> {
    let here = variable("CARGO_MANIFEST_DIR")?;
    if !std::path::Path::new(&here).join(".git").exists() {
        return None;
    }
    let output = Command::new("git")
        .args(arguments)
        .current_dir(here)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_string())
}

/// `cargo package` writes down the commit: `{"git": {"sha1": "…"}, …}`.
fn packaged_commit() -> Option<String> {
    let text = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = text.split_once("\"sha1\":")?;
    rest.split('"').nth(1).map(str::to_string)
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().cast_signed())
}

/// Days since 1970 as a date of the Gregorian calendar.
fn civil(days: i64) -> String {
    // Howard Hinnant's algorithm: eras of 400 years, years that begin in March.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
