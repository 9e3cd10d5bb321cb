use std::fs;

use ti::sandbox::Options;

use super::{Counting, counts, names, statuses};
use crate::support::ti;

const SEARCH: [&str; 5] = ["kti", "search", "-i", "-", "--ndjson"];

#[test]
fn an_answer_is_kept_for_the_next_run() {
    let service = Counting::start(Options::default());
    let search = |more: &[&str]| {
        let arguments = [&SEARCH[..], more].concat();
        service
            .ti(&arguments)
            .stdin("evil.com\nnope.example\n")
            .run()
    };
    let first = search(&[]).code(0).ndjson();
    let ran = search(&[]).code(0);
    let second = ran.ndjson();
    assert_eq!(service.requests(), 2);
    for (mut then, now) in first.into_iter().zip(second) {
        assert_eq!(
            (&then["cached"], &now["cached"]),
            (&false.into(), &true.into())
        );
        then["cached"] = true.into();
        assert_eq!(then, now);
    }
    ran.says("0 asked, 2 from the cache");

    let fresh = search(&["--fresh"]).code(0).ndjson();
    assert_eq!(fresh[0]["cached"], false);
    search(&["--max-age", "0"]).code(0);
    assert_eq!(service.requests(), 6);

    let ran = service.cached(ti(&["cache", "info", "--json"])).ends(0);
    assert_eq!(ran.json()[0]["answers"], 2);
    let bytes = fs::read(service.cache.path().join("ti/cache.db")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("evil.com") && !text.contains("sandbox-secret-key"));
    service.cached(ti(&["cache", "clear"])).ends(0);
    search(&[]).code(0);
    assert_eq!(service.requests(), 8);
}

#[test]
fn offline_nobody_is_asked_and_no_account_is_needed() {
    let service = Counting::start(Options::default());
    let mut run = service.ti(&["kti", "search", "evil.com"]);
    run.ends(0);
    let endpoint = format!("[profile.a.kti]\nendpoint = {:?}\n", service.server.url());
    let offline = |list: &'static str| {
        let arguments = [&SEARCH[..], &["--offline"]].concat();
        let run = ti(&arguments).config(&endpoint).stdin(list);
        service.cached(run).run()
    };
    offline("evil.com\n").code(0);
    let ran = offline("evil.com\nnope.example\n").code(8);
    assert_eq!(
        statuses(&ran.ndjson()),
        counts([("error", 1), ("found", 1)])
    );
    offline("nope.example\n").code(8);
    assert_eq!(service.requests(), 1);
}

#[test]
fn a_cache_that_cannot_be_used_costs_a_warning_and_nothing_else() {
    let service = Counting::start(Options::default());
    let damaged = tempfile::tempdir().unwrap();
    fs::create_dir(damaged.path().join("ti")).unwrap();
    fs::write(damaged.path().join("ti/cache.db"), "rubbish".repeat(999)).unwrap();
    let in_the_way = tempfile::NamedTempFile::new().unwrap();
    for (place, said) in [
        (damaged.path(), "it was set aside"),
        (in_the_way.path(), "no cache"),
    ] {
        let ran = service
            .ti(&SEARCH)
            .env("XDG_CACHE_HOME", place.to_str().unwrap())
            .stdin([names(3), names(3)].concat())
            .ends(0);
        assert_eq!(statuses(&ran.ndjson()), counts([("not_found", 6)]));
        let warnings = ran.stderr.matches("warning: ").count();
        assert!(warnings == 1 && ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert_eq!(service.requests(), 6);
}

#[test]
fn an_answer_that_is_not_as_it_was_given_is_asked_for_again() {
    let service = Counting::start(Options::default());
    let search = || service.ti(&SEARCH).stdin("evil.com\n").ends(0);
    search();
    let path = service.cache.path().join("ti/cache.db");
    let mut bytes = fs::read(&path).unwrap();
    let code = b"\"RetCode\":0";
    let at = memchr::memmem::find(&bytes, code).unwrap() + code.len() - 1;
    bytes[at] ^= 2;
    fs::write(&path, bytes).unwrap();
    let ran = search();
    ran.says("an answer is not as it was written");
    ran.says("it was set aside");
    assert_eq!(statuses(&ran.ndjson()), counts([("found", 1)]));
    search().never_says("warning");
    assert_eq!(service.requests(), 2);
}

#[test]
fn offline_without_a_cache_nothing_is_said_of_one() {
    let service = Counting::start(Options::default());
    let in_the_way = tempfile::NamedTempFile::new().unwrap();
    let ran = service
        .ti(&["kti", "search", "evil.com", "--offline"])
        .env("XDG_CACHE_HOME", in_the_way.path().to_str().unwrap())
        .run()
        .code(8);
    ran.says("warning: no cache");
    ran.says("there is no cache to answer from");
    ran.never_says("asked:");
    ran.never_says("--max-age");
    assert_eq!(service.requests(), 0);
}

#[test]
fn twenty_processes_share_it() {
    let service = Counting::start(Options::default());
    std::thread::scope(|scope| {
        for one in 0..20 {
            let service = &service;
            scope.spawn(move || {
                let own: String = (0..10).map(|n| format!("{n}.of{one}.example\n")).collect();
                service.ti(&SEARCH).stdin(own).ends(0).never_says("warning");
            });
        }
    });
    service.answered_once(200);
    let all: String = (0..20)
        .flat_map(|one| (0..10).map(move |n| format!("{n}.of{one}.example\n")))
        .collect();
    service.ti(&SEARCH).stdin(all).ends(0);
    service.answered_once(200);
}

/// Whoever is at the cache, and whatever stands in its place: a lookup waits a moment and goes on.
#[cfg(unix)]
#[test]
fn a_cache_that_cannot_be_had_holds_nobody_up() {
    use std::path::Path;

    use rustix::fs::{CWD, Mode, mkfifoat};

    let fifo = |path: &Path| mkfifoat(CWD, path, Mode::from(0o600)).unwrap();
    for name in ["cache.db", "cache.db.lock", "cache.db-wal", "cache.db-shm"] {
        let service = Counting::start(Options::default());
        let path = service.cache.path().join("ti").join(name);
        fs::create_dir(path.parent().unwrap()).unwrap();
        fifo(&path);
        let search = || service.ti(&["kti", "search", "evil.com"]);
        let said = search().ends(0).stderr;
        assert!(
            said.contains("warning: no cache") && said.contains("regular file"),
            "{said}"
        );
        let clear = service.ti(&["cache", "clear"]).run();
        assert_eq!(
            clear.code,
            i32::from(name == "cache.db"),
            "{name}: {clear:?}"
        );
    }

    let service = Counting::start(Options::default());
    let path = service.cache.path().join("ti/cache.db");
    let search = || service.ti(&["kti", "search", "evil.com", "--fresh"]);
    fs::create_dir(path.parent().unwrap()).unwrap();
    let lock = fs::File::create(path.with_file_name("cache.db.lock")).unwrap();
    lock.lock().unwrap();
    let said = search().ends(0).stderr;
    assert!(
        said.contains("warning: no cache") && said.contains("cache.db.lock"),
        "{said}"
    );
    drop(lock);
    let said = search().ends(0).stderr;
    assert!(!said.contains("warning"), "{said}");

    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let said = search().ends(0).stderr;
    assert!(
        said.contains("not used any further") && said.contains("locked"),
        "{said}"
    );
}

#[test]
fn clearing_it_beside_twenty_readers_works_each_time() {
    let service = Counting::start(Options::default());
    let search = |list: String| service.ti(&SEARCH).stdin(list).ends(0);
    search(names(50));
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    let ran = search(names(5));
                    ran.never_says("warning");
                }
            });
        }
        for _ in 0..12 {
            let cleared = service.ti(&["cache", "clear"]).run();
            // The readers end before this thread says what it saw.
            if cleared.code != 0 {
                stop.store(true, std::sync::atomic::Ordering::SeqCst);
            }
            cleared.code(0);
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}
