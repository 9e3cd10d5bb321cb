//! SIGKILL at any moment of a download: the old or the new file is there, whole.

use std::fs;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ti::sandbox::Reply;

use crate::support::portal::{asking, master};
use crate::support::{Mock, names_in, words};

const KILLS: usize = 20;

#[cfg(unix)]
#[test]
fn a_killed_download_leaves_the_old_or_the_new_file_whole() {
    // Different in every rule, alike in size.
    let version = |version: usize| -> String {
        let rule =
            |number| format!("rule v{version}_{number:06} {{ condition: filesize > {number} }}\n");
        (0..60_000).map(rule).collect()
    };
    let contents = [version(0), version(1)];
    let answers = contents
        .clone()
        .map(|content| master("master_yara", &content));
    let next = AtomicUsize::new(0);
    let mock = Mock::start(move |_| {
        let index = next.fetch_add(1, Ordering::SeqCst) % 2;
        Reply::json(200, answers[index].clone())
    });
    let mut ti = asking(
        &mock,
        &words("-q kaspersky yara -o r.yar --keep 2 --sha256"),
    );
    let started = Instant::now();
    ti.ends(0);
    let whole_run = started.elapsed();
    let is_whole = |content: &[u8]| contents.iter().any(|known| known.as_bytes() == content);
    let mut in_mid_download = 0;
    for _ in 0..KILLS {
        ti.command()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = ti.command().spawn().unwrap();
        // Any moment will do: there is nothing to wait for.
        std::thread::sleep(
            whole_run
                .mul_f64(fastrand::f64())
                .min(Duration::from_secs(5)),
        );
        child.kill().unwrap();
        child.wait().unwrap();
        let names = names_in(ti.home.path());
        in_mid_download += usize::from(names.iter().any(|name| name.ends_with(".download")));
        assert!(is_whole(&fs::read(ti.path("r.yar")).unwrap()));
        for older in ["r.yar.1", "r.yar.2"] {
            if let Ok(content) = fs::read(ti.path(older)) {
                assert!(is_whole(&content), "{older}");
            }
        }
    }
    assert!(in_mid_download > 0, "no run was killed while it wrote");
    // The next run that is left alone puts everything in order.
    ti.ends(0);
    let left = names_in(ti.home.path());
    assert!(
        !left.iter().any(|name| name.starts_with(".r.yar")),
        "{left:?}"
    );
}
