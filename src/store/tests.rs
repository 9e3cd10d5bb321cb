use super::*;
use crate::console::Weight;
use std::sync::Mutex;

#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Reporter for Heard {
    fn say(&self, _: Weight, text: &str) {
        self.0.lock().unwrap().push(text.to_string());
    }
    fn enabled(&self, _: Weight) -> bool {
        true
    }
}

fn heard() -> &'static Heard {
    Box::leak(Box::default())
}

fn source() -> Owner {
    Owner {
        provider: "kti",
        endpoint: "https://ksm.example/".to_string(),
    }
}

fn at(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).unwrap()
}

impl Store {
    fn keep(&mut self, indicator: &str, millisecond: i64, body: &str) {
        self.put(&source(), indicator, at(millisecond), body.as_bytes());
    }

    fn body(&mut self, indicator: &str) -> Option<String> {
        let entry = self.get(&source(), indicator)?;
        Some(String::from_utf8(entry.body).unwrap())
    }
}

const NOW: i64 = 1_800_000_000_000;

#[test]
fn the_last_answer_stays_for_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ti/cache.db");
    let notes = heard();
    let mut store = Store::open(&path, notes);
    assert_eq!(store.get(&source(), "evil.com"), None);
    store.keep("evil.com", NOW, "old");
    // By a clock that was set back meanwhile.
    store.keep("evil.com", NOW - 1, "new");
    drop(store);
    let mut store = Store::open(&path, notes);
    assert_eq!(store.body("evil.com").as_deref(), Some("new"));
    let elsewhere = Owner {
        endpoint: "https://other.example/".to_string(),
        ..source()
    };
    assert_eq!(store.get(&elsewhere, "evil.com"), None);
    assert!(notes.0.lock().unwrap().is_empty());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&folder.path().join("ti/cache.db-wal")), 0o600);
        assert_eq!(mode(&folder.path().join("ti")), 0o700);
    }
}

#[test]
fn what_is_older_than_it_is_kept_goes() {
    let mut store = Store::open(&tempfile::tempdir().unwrap().path().join("c"), heard());
    store.keep("old", NOW - millis(KEPT_FOR) - 1, "x");
    store.pruned = false;
    store.keep("new", NOW, "x");
    assert_eq!(store.get(&source(), "old"), None);
    assert!(store.get(&source(), "new").is_some());
}

#[test]
fn a_damaged_or_newer_file_is_set_aside() {
    let foreign = |version: u8| {
        move |path: &Path| {
            let tables = format!("CREATE TABLE other (x); PRAGMA user_version = {version}");
            let db = Connection::open(path).unwrap();
            db.execute_batch(&tables).unwrap();
        }
    };
    let rubbish = |path: &Path| std::fs::write(path, "not a database at all".repeat(500)).unwrap();
    for (spoil, said) in [
        (&foreign(9) as &dyn Fn(&Path), "newer version"),
        (&foreign(1), "damaged"),
        (&foreign(2), "damaged"),
        (&rubbish, "damaged"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        spoil(&path);
        let notes = heard();
        let mut store = Store::open(&path, notes);
        store.keep("evil.com", NOW, "x");
        drop(store);
        let mut store = Store::open(&path, notes);
        assert_eq!(store.body("evil.com").as_deref(), Some("x"));
        assert!(crate::files::with_ending(&path, ".aside").exists());
        let notes = notes.0.lock().unwrap();
        assert!(
            matches!(&notes[..], [one] if one.contains(said)),
            "{notes:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_damaged_file_behind_a_link_is_cleared_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (link, there) = (folder.path().join("cache.db"), folder.path().join("real"));
    std::os::unix::fs::symlink(&there, &link).unwrap();
    std::fs::write(&there, "what was looked up ".repeat(500)).unwrap();
    assert_eq!(Upkeep::clear(&link).unwrap(), 0);
    let left = std::fs::read(&there).unwrap();
    assert!(left.starts_with(b"SQLite format 3"));
    assert!(link.is_symlink() && !crate::files::with_ending(&there, ".aside").exists());
}

#[test]
fn damage_found_on_the_way_costs_the_cache_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let notes = heard();
    let mut store = Store::open(&path, notes);
    for number in 0..2_000 {
        store.keep(&number.to_string(), NOW, &"x".repeat(500));
    }
    drop(store);
    // The first page, with the version, stays as it is.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    let mut store = Store::open(&path, notes);
    assert_eq!(store.get(&source(), "7"), None);
    store.keep("7", NOW, "again");
    assert_eq!(store.body("7").as_deref(), Some("again"));
    assert_eq!(notes.0.lock().unwrap().len(), 1, "{:?}", notes.0);
}

/// An answer comes as it was given, or not at all.
#[test]
fn a_single_bit_changes_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let mut store = Store::open(&path, heard());
    let names: Vec<_> = (0..20).map(|number| format!("{number}.example")).collect();
    for name in &names {
        store.keep(name, NOW, name);
    }
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let mut warned = 0;
    for byte in (0..whole.len()).step_by(37) {
        let mut bytes = whole.clone();
        bytes[byte] ^= 1 << (byte % 8);
        std::fs::write(&path, &bytes).unwrap();
        let notes = heard();
        let mut store = Store::open(&path, notes);
        for name in &names {
            if let Some(entry) = store.get(&source(), name) {
                assert_eq!(
                    (entry.body, entry.retrieved_at),
                    (name.as_bytes().to_vec(), at(NOW))
                );
            }
        }
        drop(store);
        warned += notes.0.lock().unwrap().len();
    }
    assert!(warned > 20, "{warned}");
}

/// Whoever finds the damage first renews the file; the others go on with that one.
#[test]
fn what_another_has_renewed_is_not_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let notes = heard();
    let mut store = Store::open(&path, notes);
    store.keep("a", NOW, &"x".repeat(99));
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let body = memchr::memmem::find(&bytes, b"xxx").unwrap();
    bytes[body] = b'y';
    std::fs::write(&path, &bytes).unwrap();
    let mut stores = [(); 3].map(|()| Store::open(&path, notes));
    for (number, store) in stores.iter_mut().enumerate() {
        assert_eq!(store.get(&source(), "a"), None);
        store.keep(&number.to_string(), NOW, "paid");
    }
    drop(stores);
    let mut store = Store::open(&path, notes);
    for number in ["0", "1", "2"] {
        assert_eq!(store.body(number).as_deref(), Some("paid"), "{number}");
    }
    let aside = std::fs::read(crate::files::with_ending(&path, ".aside")).unwrap();
    assert_eq!(memchr::memmem::find(&aside, b"yxx"), Some(body));
    assert_eq!(notes.0.lock().unwrap().len(), 1, "{:?}", notes.0);
}

#[test]
fn one_of_an_older_layout_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let older = "CREATE TABLE answers (
            provider TEXT, endpoint TEXT, indicator TEXT, retrieved_ms INTEGER, body BLOB,
            PRIMARY KEY (provider, endpoint, indicator)
        ) WITHOUT ROWID;
        CREATE INDEX answers_by_age ON answers (retrieved_ms);
        PRAGMA user_version = 1";
    Connection::open(&path)
        .unwrap()
        .execute_batch(older)
        .unwrap();
    let notes = heard();
    let mut store = Store::open(&path, notes);
    store.keep("evil.com", NOW, "x");
    drop(store);
    assert_eq!(
        Store::open(&path, notes).body("evil.com").as_deref(),
        Some("x")
    );
    assert!(notes.0.lock().unwrap().is_empty(), "{:?}", notes.0);
}

#[test]
fn without_a_place_it_works_for_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    let notes = heard();
    let mut store = Store::open(&in_the_way.join("ti/cache.db"), notes);
    store.keep("evil.com", NOW, "x");
    assert_eq!(store.body("evil.com").as_deref(), Some("x"));
    assert_eq!(notes.0.lock().unwrap().len(), 1);
}

#[test]
fn twenty_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ti/cache.db");
    let notes = heard();
    std::thread::scope(|scope| {
        for one in 0..20 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path, notes);
                for number in 0..20 {
                    store.keep(&format!("{one}-{number}"), NOW, "x");
                }
            });
        }
    });
    let kept = Upkeep::open(&path).unwrap().kept().unwrap();
    assert_eq!(kept[0].answers, 400);
    assert!(notes.0.lock().unwrap().is_empty(), "{:?}", notes.0);
    assert_eq!(Upkeep::clear(&path).unwrap(), 400);
    assert!(Upkeep::open(&path).unwrap().kept().unwrap().is_empty());
}
