//! `--version`: what was built, of which commit, and when.

use crate::support::{has_tool, ti};

#[test]
fn the_version_says_what_was_built() {
    let shown = ti(&["--version"]).ends(0).stdout;
    let built = shown
        .strip_prefix(&format!("ti {} (", env!("CARGO_PKG_VERSION")))
        .and_then(|rest| rest.strip_suffix(")\n"))
        .unwrap_or_else(|| panic!("{shown}"));
    let date = built.rsplit(' ').next().unwrap();
    assert!(date.parse::<jiff::civil::Date>().is_ok(), "{shown}");
    let has_repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(".git")
        .exists();
    if has_repository && has_tool("git", "the commit in --version") {
        assert!(built.len() == 12 + 1 + 10, "{shown}");
    }
}
