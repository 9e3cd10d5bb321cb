use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::*;
use crate::error::Kind as ErrorKind;
use crate::indicator::{Kind, parse};

const LISTED: &[(&str, &str, &str, &str)] = &[
    ("1", "evil.com", "Report 'A'", "2026-10-12"),
    ("2", "evil.com", "Report B", "2026-11-01"),
    ("3", "a.evil.com", "Report B", "2026-11-01"),
    ("4", "hxxp://evil.com:8080/a/", "Report B", "2026-11-01"),
    ("5", "192.0.2.0/24", "", ""),
    ("6", "192.0.2.7", "", ""),
    ("7", "2001:DB8::/32", "", ""),
    ("8", "D41D8CD98F00B204E9800998ECF8427E", "", ""),
];

fn origin(name: &str) -> Provenance {
    Provenance {
        name: name.to_string(),
        origin: format!("{name}.csv"),
        sha256: "00".to_string(),
        retrieved_at: "2026-11-24T03:15:00Z".parse().unwrap(),
        ages: true,
    }
}

fn fill(builder: &mut Builder, rows: &[(&str, &str, &str, &str)]) {
    for (id, sent, publication, date) in rows {
        let indicator = parse(sent).unwrap().indicator;
        let row = Listed {
            kind: indicator.kind(),
            key: &indicator.key(),
            sent,
            id,
            publication,
            date,
        };
        builder.add(&row).unwrap();
    }
}

fn build(path: &Path, name: &str, rows: &[(&str, &str, &str, &str)]) -> Built {
    let old = path.exists().then_some(path);
    let mut builder = Builder::begin(path, old, name).unwrap();
    fill(&mut builder, rows);
    builder.count_not_indexed();
    builder.finish(Some(&origin(name))).unwrap()
}

/// `type indicator how row,row`, one after the other.
fn found(index: &Index, text: &str, scope: &Scope) -> String {
    let hits = index.find(&parse(text).unwrap().indicator, scope).unwrap();
    let shown = hits.iter().map(|hit| {
        let rows: Vec<_> = hit.rows.iter().map(|row| row.id.as_str()).collect();
        let how = hit.how.name();
        format!("{} {} {how} {}", hit.kind, hit.indicator, rows.join(","))
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn open(path: &Path) -> Index {
    Index::open(path).unwrap().unwrap()
}

#[test]
fn what_is_listed_is_found_with_its_reports() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ti/index.db");
    let built = build(&path, "a", LISTED);
    assert_eq!((built.rows, built.not_indexed, built.indicators), (8, 1, 7));
    let index = open(&path);
    let all = Scope::default();
    for (asked, answer) in [
        ("EVIL.com", "domain evil.com exact 1,2"),
        (
            "b.a.evil.com",
            "domain a.evil.com subdomain 3; domain evil.com subdomain 1,2",
        ),
        ("notevil.com", ""),
        ("evil.com.au", ""),
        (
            "https://evil.com:8080/a/b?c",
            "url evil.com:8080/a/ url_prefix 4; domain evil.com exact 1,2",
        ),
        (
            "http://evil.com:8080/%61/b%2Ephp",
            "url evil.com:8080/a/ percent 4; domain evil.com exact 1,2",
        ),
        (
            "http://evil.com:8080/a/b%2Ephp",
            "url evil.com:8080/a/ url_prefix 4; domain evil.com exact 1,2",
        ),
        ("https://evil.com:8080/a", "domain evil.com exact 1,2"),
        (
            "192.0.2.7",
            "ip 192.0.2.7 exact 6; cidr 192.0.2.0/24 cidr 5",
        ),
        ("192.0.2.8", "cidr 192.0.2.0/24 cidr 5"),
        (
            "::ffff:192.0.2.7",
            "ip 192.0.2.7 exact 6; cidr 192.0.2.0/24 cidr 5",
        ),
        ("::ffff:192.0.2.128/121", "cidr 192.0.2.0/24 cidr 5"),
        ("192.0.2.128/25", "cidr 192.0.2.0/24 cidr 5"),
        ("2001:db8:0:0::1", "cidr 2001:db8::/32 cidr 7"),
        (
            "d41d8cd98f00b204e9800998ecf8427e",
            "md5 d41d8cd98f00b204e9800998ecf8427e exact 8",
        ),
    ] {
        assert_eq!(found(&index, asked, &all), answer, "{asked}");
    }
    let hits = index
        .find(&parse("evil.com").unwrap().indicator, &all)
        .unwrap();
    let row = &hits[0].rows[0];
    assert_eq!(
        [&row.source, &row.publication, &row.date, &row.sent],
        ["a", "Report 'A'", "2026-10-12", "evil.com"]
    );
    assert_eq!(index.indicators(), 7);
}

#[test]
fn a_scope_leaves_rows_out() {
    let mut builder = Builder::private().unwrap();
    fill(&mut builder, LISTED);
    let index = builder.into_index(&origin("a")).unwrap();
    let all = Scope::default();
    for (asked, scope, answer) in [
        (
            "evil.com",
            Scope {
                since: Some("2026-10-13".into()),
                ..all.clone()
            },
            "domain evil.com exact 2",
        ),
        (
            "192.0.2.7",
            Scope {
                since: Some("2026-12-01".into()),
                exact: true,
                ..all.clone()
            },
            "ip 192.0.2.7 exact 6",
        ),
        (
            "192.0.2.7",
            Scope {
                kinds: vec![Kind::Cidr],
                ..all.clone()
            },
            "cidr 192.0.2.0/24 cidr 5",
        ),
        (
            "x.evil.com",
            Scope {
                exact: true,
                ..all.clone()
            },
            "",
        ),
        (
            "evil.com",
            Scope {
                url_hosts: true,
                kinds: vec![Kind::Url],
                ..all.clone()
            },
            "url evil.com:8080/a/ url_host 4",
        ),
    ] {
        assert_eq!(found(&index, asked, &scope), answer, "{asked} {scope:?}");
    }
}

#[test]
fn the_filter_holds_all_that_is_listed() {
    let mut builder = Builder::private().unwrap();
    fill(&mut builder, LISTED);
    let index = builder.into_index(&origin("a")).unwrap();
    let filters = index.filters().unwrap();
    for (_, sent, ..) in LISTED {
        let indicator = parse(sent).unwrap().indicator;
        let key = indicator.key();
        assert!(
            filters.may_hold(Entry::Key(indicator.kind(), &key)),
            "{sent}"
        );
        if let Some(host) = indicator.host() {
            let host = host.to_string();
            assert!(
                filters.pass(gate(last_two_labels(host.as_bytes()))),
                "{sent}"
            );
        }
    }
    assert!(filters.may_hold(Entry::UrlHost("evil.com")));
}

#[test]
fn a_source_is_replaced_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ti/index.db");
    build(&path, "a", &LISTED[..2]);
    build(&path, "b", &LISTED[1..3]);
    build(&path, "a", &[("9", "other.example", "", "")]);
    let index = open(&path);
    let all = Scope::default();
    assert_eq!(found(&index, "evil.com", &all), "domain evil.com exact 2");
    assert_eq!(
        found(&index, "other.example", &all),
        "domain other.example exact 9"
    );
    let sources = index.sources();
    let names: Vec<_> = sources
        .iter()
        .map(|source| (source.name.as_str(), source.rows))
        .collect();
    assert_eq!(names, [("b", 2), ("a", 1)]);
    // Whoever opened it before goes on with what was there; the one before is kept.
    Builder::begin(&path, Some(&path), "b")
        .unwrap()
        .finish(None)
        .unwrap();
    assert_eq!(found(&index, "evil.com", &all), "domain evil.com exact 2");
    assert_eq!(found(&open(&path), "evil.com", &all), "");
    let before = open(&path.with_file_name("index.db.1"));
    assert_eq!(found(&before, "evil.com", &all), "domain evil.com exact 2");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
    }
}

#[test]
fn one_run_builds_at_a_time_and_an_unfinished_one_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    let first = Builder::begin(&path, None, "a").unwrap();
    let second = Builder::begin(&path, None, "a").err().unwrap();
    assert!(second.message.contains("another run"), "{second}");
    drop(first);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

/// Never silently empty.
#[test]
fn what_cannot_be_relied_on_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    assert!(Index::open(&path).unwrap().is_none());
    let rows: Vec<_> = (0..2000).map(|n| format!("host-{n}.example")).collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|name| ("1", name.as_str(), "R", ""))
        .collect();
    build(&path, "a", &rows);
    let whole = fs::read(&path).unwrap();
    let scope = Scope::default();
    let use_it = || -> crate::error::Result<()> {
        let index = Index::open(&path)?.unwrap();
        index.filters()?;
        index.kinds()?;
        for (_, name, ..) in &rows {
            let found = index.find(&parse(name).unwrap().indicator, &scope)?;
            assert!(
                !found.is_empty(),
                "{name} is not found, and nothing is said"
            );
        }
        Ok(())
    };
    use_it().unwrap();
    let refused = |what: &str| {
        let error = use_it().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Service, "{what}");
        assert!(error.hints[0].contains("ti index update"), "{what}");
    };
    for length in [0, 50, 4096, whole.len() / 2, whole.len() - 4096] {
        fs::write(&path, &whole[..length]).unwrap();
        refused("cut off");
    }
    fs::write(&path, "not a database".repeat(1000)).unwrap();
    refused("no database");
    fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE rows (x)")
        .unwrap();
    refused("foreign");
    for change in [
        "PRAGMA user_version = 7",
        "PRAGMA user_version = 5",
        "UPDATE parts SET bytes = zeroblob(length(bytes)) WHERE id = 0",
        "UPDATE parts SET bytes = zeroblob(length(bytes)) WHERE id = 1",
        "UPDATE parts SET bytes = zeroblob(length(bytes)) WHERE id = 2",
        "UPDATE parts SET bytes = zeroblob(0) WHERE id = 7",
        "DELETE FROM parts WHERE id = 7",
        "UPDATE parts SET (checksum, bytes) = (SELECT checksum, bytes FROM parts WHERE id = 8) WHERE id = 7",
        "UPDATE rows SET indicator = 'x' || indicator WHERE id = 7",
        "UPDATE rows SET kind = 'url' WHERE id = 7",
        "DELETE FROM rows WHERE id = 7",
        "DELETE FROM reports",
        "UPDATE reports SET source = 7",
        "UPDATE rows SET report = 7",
        "UPDATE rows SET date = '2026-01-01'",
        "UPDATE rows SET row_id = '2'",
        "UPDATE rows SET sent = 'host[.]example'",
        "UPDATE reports SET publication = 'S'",
        "CREATE INDEX another ON rows (kind)",
        "DROP TABLE parts",
        "DROP TABLE rows",
    ] {
        fs::write(&path, &whole).unwrap();
        Connection::open(&path)
            .unwrap()
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {change}"))
            .unwrap();
        refused(change);
    }
    // The text that a table is made by, one letter another one.
    for (made_by, other) in [
        ("id           INTEGER PRIMARY KEY,\n        kind", 'Q'),
        ("checksum     INTEGER NOT NULL", 'b'),
    ] {
        let mut bytes = whole.clone();
        let at = memchr::memmem::find(&bytes, made_by.as_bytes()).unwrap();
        bytes[at + made_by.len() - 3] = other as u8;
        fs::write(&path, bytes).unwrap();
        refused(made_by);
    }
    let mut torn = whole.clone();
    let at = whole.len() / 2;
    torn[at..at + 4096 * 8].fill(0x5a);
    fs::write(&path, torn).unwrap();
    refused("overwritten");
}

/// Wherever it is: in rows, in filters, in what SQLite finds them by. What is taken over into a
/// new index is not taken for whole there either.
#[test]
fn a_single_bit_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    let mut rows: Vec<_> = (0..150).map(|n| format!("host-{n}.example")).collect();
    rows.extend((0..50).map(|n| format!("http://url-{n}.example/{n}")));
    rows.extend((0..50).map(|n| format!("10.0.{n}.0/24")));
    let listed: Vec<_> = rows
        .iter()
        .map(|row| ("1", row.as_str(), "R", ""))
        .collect();
    build(&path, "a", &listed);
    let whole = fs::read(&path).unwrap();
    let all = Scope::default();
    let hosts = Scope {
        url_hosts: true,
        ..Scope::default()
    };
    let missing = |index: &Index| -> crate::error::Result<Vec<&str>> {
        let (filters, ranges) = (index.filters()?, index.ranges()?.len());
        assert_eq!(
            (ranges, index.sources().len(), index.indicators()),
            (50, 1, 250)
        );
        let mut missing = Vec::new();
        for row in &rows {
            let indicator = parse(row).unwrap().indicator;
            let mut found = index.find(&indicator, &all)?.len();
            if let Some(host) = indicator.host() {
                found *= index.find(host, &hosts)?.len();
            }
            if found == 0 || !filters.may_hold(Entry::Key(indicator.kind(), &indicator.key())) {
                missing.push(row.as_str());
            }
        }
        Ok(missing)
    };
    assert_eq!(missing(&open(&path)).unwrap(), [""; 0]);
    let (mut damaged, mut taken_over) = (0, 0);
    for at in (0..whole.len()).step_by(389) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let found = Index::open(&path).and_then(|index| index.as_ref().map_or(Ok(vec![]), missing));
        match found {
            Ok(missing) => assert!(missing.is_empty(), "at {at}: {missing:?}"),
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::Service, "at {at}: {error}");
                damaged += 1;
            }
        }
        let next = folder.path().join("next.db");
        if let Ok(builder) = Builder::begin(&next, Some(&path), "") {
            builder.finish(None).unwrap();
            assert_eq!(
                missing(&open(&next)).unwrap(),
                [""; 0],
                "at {at}, taken over"
            );
            taken_over += 1;
        }
    }
    assert!(damaged > 20 && taken_over > 20, "{damaged} {taken_over}");
}

/// What SQLite would put back into the next index.
#[test]
fn what_lies_beside_an_index_goes_when_another_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    build(&path, "a", LISTED);
    let stray = ["index.db-journal", "index.db-wal", "index.db-shm"];
    let stray = stray.map(|name| folder.path().join(name));
    let lay = || stray.iter().for_each(|path| fs::write(path, "x").unwrap());
    lay();
    Builder::begin(&path, None, "")
        .unwrap()
        .finish(None)
        .unwrap();
    assert!(stray.iter().all(|path| !path.exists()));
    lay();
    assert!(super::delete(&path).unwrap());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn an_index_may_lie_elsewhere_behind_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("ti/index.db");
    let there = folder.path().join("disk/real.db");
    for folder in [&link, &there] {
        fs::create_dir(folder.parent().unwrap()).unwrap();
    }
    std::os::unix::fs::symlink(&there, &link).unwrap();
    build(&link, "a", LISTED);
    build(&link, "b", &LISTED[..1]);
    let all = Scope::default();
    assert_eq!(
        found(&open(&link), "evil.com", &all),
        "domain evil.com exact 1,2,1"
    );
    let before = open(&there.with_file_name("real.db.1"));
    assert_eq!(
        found(&before, "evil.com", &all),
        "domain evil.com exact 1,2"
    );
    assert!(super::delete(&link).unwrap());
    assert_eq!(fs::read_dir(there.parent().unwrap()).unwrap().count(), 0);
    // It is the user's, who may go on with it.
    assert!(link.is_symlink());
}

#[test]
fn a_profile_may_be_called_anything() {
    let system = |data_home: Option<&str>| crate::system::System {
        data_home: data_home.map(Into::into),
        ..crate::system::System::of_this_process()
    };
    let path = |name| index_path(&system(Some("/d")), name).unwrap();
    assert_eq!(path(None), Path::new("/d/ti/index.db"));
    assert_eq!(path(Some("work")), Path::new("/d/ti/index-work.db"));
    assert_eq!(
        path(Some("../a b")),
        Path::new("/d/ti/index-%2e%2e%2fa%20b.db")
    );
    assert_eq!(index_path(&system(None), None), None);
}
