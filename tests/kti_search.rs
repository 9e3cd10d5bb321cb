use crate::support::ti;

#[test]
fn the_demo_answers() {
    let ran = ti(&["--demo", "kti", "search", "evil.com"]).run().code(0);
    assert!(
        ran.stdout.starts_with("evil[.]com  malicious\n"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("sample data"), "{}", ran.stderr);
}
