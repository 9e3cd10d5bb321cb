//! `ti index` and `ti match` as their users run them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;
use ti::providers;
use ti::sandbox::{Options, Server};

#[cfg(unix)]
use crate::support::mode_of;
use crate::support::{Ran, Ti, ti, words};

const MASTER: &str = "\
Id,Publication,Indicator,DetectionDate,IndicatorType\r
1,'Report ''A'', first',evil.com,2026-10-12,networkActivity\r
2,Report B,evil.com,2026-11-01,networkActivity\r
3,Report B,hxxp://evil.org/gate.php,2026-11-01,networkActivity\r
4,Report B,D41D8CD98F00B204E9800998ECF8427E,2025-01-01,md5Hash\r
5,Report B,192.0.2.0/24,2026-11-01,networkActivity\r
\r
6,Report B,C:\\evil.com,2026-11-01,filePath\r
";

const LOG: &str = "\
GET http://CDN.Evil.com/x 10.0.0.1
nothing to see
d41d8cd98f00b204e9800998ecf8427e and evil[.]org/gate.php
to 192.0.2.7:443
";

/// A machine on which one command follows another.
struct Machine {
    data: TempDir,
    folder: PathBuf,
}

impl Machine {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("work");
        fs::create_dir(&folder).unwrap();
        let machine = Machine { data, folder };
        machine.file("master.csv", MASTER);
        machine.file("a.log", LOG);
        machine
    }

    fn with_index() -> Self {
        let machine = Self::new();
        machine.run("index update --from master.csv").code(0);
        machine
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.folder.join(name), bytes).unwrap();
    }

    fn ti(&self, line: &str) -> Ti {
        let mut run = ti(&words(line)).env("XDG_DATA_HOME", self.data.path().to_str().unwrap());
        run.command().current_dir(&self.folder);
        run
    }

    fn run(&self, line: &str) -> Ran {
        self.ti(line).run()
    }

    fn index(&self) -> PathBuf {
        self.data.path().join("ti/index.db")
    }
}

#[test]
fn an_index_is_built_shown_and_deleted() {
    let machine = Machine::new();
    machine.run("match a.log").code(3).says("ti index update");
    let built = machine.run("index update --from master.csv").code(0);
    built.says("5 rows; 1 more cannot be looked up; the index has 4 indicators");
    let path = machine.run("index path").code(0).stdout;
    assert_eq!(path.trim_end(), machine.index().to_str().unwrap());
    #[cfg(unix)]
    {
        assert_eq!(mode_of(machine.index()), 0o600);
    }
    machine.file("mine.txt", "see evil[.]example and 198.51.100.1\nrubbish\n");
    machine.run("index add mine.txt --name mine").code(0);
    let info = machine.run("index info --json").code(0).json();
    let told: Vec<_> = info
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["source"], &one["rows"], &one["not_indexed"]))
        .collect();
    assert_eq!(json!(told), json!([["kaspersky", 5, 1], ["mine", 2, 1]]));
    assert_eq!(
        info[0]["types"],
        json!({"cidr": 1, "domain": 2, "url": 1, "md5": 1})
    );
    // What is fetched anew leaves the lists as they are.
    machine.run("index update --from master.csv").code(0);
    assert_eq!(
        machine
            .run("index info --json")
            .code(0)
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
    machine.run("index remove mine").code(0);
    assert_eq!(machine.run("index remove mine").code(2).stdout, "");
    assert_eq!(
        machine
            .run("index add mine.txt --name kaspersky")
            .code(2)
            .stdout,
        ""
    );
    // What a killed update leaves, and the index before.
    let folder = machine.index().parent().unwrap().to_path_buf();
    let name = machine
        .index()
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_string();
    fs::write(folder.join(format!(".{name}.x1.download")), "rows").unwrap();
    fs::write(folder.join(format!("{name}.1")), "rows").unwrap();
    machine.run("index clear").code(0);
    let left = fs::read_dir(machine.index().parent().unwrap()).unwrap();
    assert_eq!(left.count(), 0);
}

#[test]
fn an_index_is_made_of_an_answer_too_and_of_nothing_else() {
    let machine = Machine::new();
    let answer = json!({"status": "ok", "return_data": {"master_ioc": MASTER}});
    machine.file("answer.json", answer.to_string());
    machine.run("index update --from answer.json").code(0);
    let before = fs::read(machine.index()).unwrap();
    let refused = json!({"status": "error", "status_msg": "no"});
    for (name, text) in [
        ("refused.json", refused.to_string()),
        ("rubbish.csv", "what is this".to_string()),
        ("cut.json", answer.to_string()[..200].to_string()),
        ("empty.csv", String::new()),
    ] {
        machine.file(name, text);
        let ran = machine.run(&format!("index update --from {name}")).code(6);
        ran.says(&format!("{name} cannot be read as a Master IOC"));
        assert_eq!(fs::read(machine.index()).unwrap(), before, "{name}");
    }
    machine.run("index update --from none.csv").code(2);
    let refused = machine.run("index update --from master.csv --group apt");
    refused.code(2).says("cannot be used with '--group");
    let ran = machine.run("index update --from master.csv --max-size 100");
    ran.code(6).says("larger than 100 bytes");
    assert_eq!(fs::read(machine.index()).unwrap(), before);
    // A row that cannot be read is told, and the others are there.
    machine.file("odd.csv", format!("{MASTER}7,too few\r\n"));
    machine.run("index update --from odd.csv").code(8);
    assert_eq!(machine.run("match a.log --count").code(0).stdout, "3\n");
}

#[test]
fn a_list_has_a_name_that_can_be_asked_for_and_split_off() {
    let machine = Machine::new();
    for (name, why) in [
        ("", "there is nothing to call it by"),
        ("kaspersky", "a service has that name"),
        ("a,b", "in it is a comma"),
        ("a|b", "in it is a comma"),
        ("a\nb", "in it is a comma"),
    ] {
        let mut run = machine.ti("index add a.log --name");
        run.command().arg(name);
        run.ends(2).says(why);
        assert!(!machine.index().exists());
    }
    machine.run("index add a.log --name a:b-c.d").code(0);
}

/// For whoever looks in it, one without a source is none.
#[test]
fn an_index_from_which_all_was_taken_is_none() {
    let machine = Machine::new();
    machine.file("mine.txt", "evil.com");
    machine.run("index add mine.txt --name mine").code(0);
    machine.run("index remove mine").code(0);
    for command in ["match a.log", "index info", "index remove mine"] {
        let ran = machine.run(command).code(3);
        ran.says("there is no index to look in")
            .says("ti index add");
        assert_eq!(ran.stdout, "");
    }
    let ran = machine.run("lookup evil.com").code(3);
    ran.says("there is no source to ask");
    // A service is asked all the same, and the index is no source of it.
    let mut run = machine.ti("lookup evil.com --offline --json");
    run = run.kti("http://127.0.0.1:9");
    let answer = run.run().json();
    assert_eq!(answer[0]["sources"].as_array().unwrap().len(), 1);
    machine.run("index add mine.txt --name mine").code(0);
    machine.run("match a.log").code(0);
}

#[test]
fn an_index_of_a_day_to_come_is_not_new_for_ever() {
    let machine = Machine::new();
    let file = fs::File::options()
        .append(true)
        .open(machine.folder.join("master.csv"));
    let ahead = std::time::SystemTime::now() + std::time::Duration::from_secs(400 * 86400);
    file.unwrap().set_modified(ahead).unwrap();
    machine.run("index update --from master.csv").code(0);
    for command in ["match a.log", "lookup evil.com"] {
        let ran = machine.run(command).code(0);
        ran.says("which is yet to come: nobody can say how old it is");
    }
    let ran = machine.run("match a.log --max-age 3650d").code(3);
    ran.says("check this machine's clock");
}

/// A disk that is full says nothing about the file that is read.
#[cfg(unix)]
#[test]
fn a_file_is_not_to_blame_for_a_full_disk() {
    let machine = Machine::with_index();
    let before = fs::read(machine.index()).unwrap();
    let row = |n| format!("{n},R,host-{n}.example,2026-10-12,networkActivity\r\n");
    let rows: String = (0..4000).map(row).collect();
    let head = MASTER.lines().next().unwrap();
    machine.file("large.csv", format!("{head}\r\n{rows}"));
    let limited = ["-c", "ulimit -f 32; exec \"$@\"", "sh"];
    let mut run = machine.ti("index update --from large.csv");
    run = run.through("sh", &limited);
    run.command().current_dir(&machine.folder);
    let ran = run.ends(1);
    ran.says("the index cannot be written");
    ran.never_says("large.csv");
    ran.never_says("--raw");
    assert_eq!(fs::read(machine.index()).unwrap(), before);
}

/// What is no file is neither waited for nor taken for an index.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_an_index_is_an_error() {
    use rustix::fs::{CWD, mkfifoat};
    let machine = Machine::with_index();
    for name in ["index.db", "index.db-journal", "index.db-wal"] {
        let place = machine.index().with_file_name(name);
        let _ = fs::remove_file(&place);
        mkfifoat(CWD, &place, 0o600.into()).unwrap();
        for command in [
            "match a.log",
            "lookup evil.com",
            "index info",
            "index add a.log --name a",
        ] {
            let ran = machine.run(command).code(6);
            ran.says("not a regular file")
                .says("take away what is there");
        }
        let renewed = machine.run("index update --from master.csv");
        if name == "index.db" {
            renewed.code(1).says("not a file but a pipe or a device");
            machine.run("index clear").code(0);
            machine.run("index update --from master.csv").code(0);
        } else {
            renewed.code(0);
        }
        machine.run("match a.log").code(0);
    }
}

/// It may be in order: nothing of it is given up.
#[cfg(unix)]
#[test]
fn an_index_that_cannot_be_opened_is_no_damaged_one() {
    let machine = Machine::with_index();
    fs::remove_file(machine.index()).unwrap();
    std::os::unix::fs::symlink("index.db", machine.index()).unwrap();
    for command in [
        "match a.log",
        "lookup evil.com",
        "index info",
        "index add a.log --name a",
        "index update --from master.csv",
    ] {
        let ran = machine.run(command).code(1);
        ran.says("cannot be read").says("symbolic links");
        ran.never_says("index clear").never_says("take away");
        ran.never_says("added again");
    }
}

/// What a link leads to is a stranger's, unless it is an index.
#[cfg(unix)]
#[test]
fn clearing_takes_nothing_away_that_is_no_index() {
    use std::os::unix::fs::symlink;
    let machine = Machine::with_index();
    let whole = fs::read(machine.index()).unwrap();
    let at = |name: &str| machine.folder.join(name);
    machine.file("notes.txt", "mine");
    machine.file("notes.txt.1", "mine");
    let stranger = "CREATE TABLE mine (x)";
    rusqlite::Connection::open(at("other.db"))
        .and_then(|db| db.execute_batch(stranger))
        .unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, at("pipe"), 0o600.into()).unwrap();
    for name in ["notes.txt", "other.db", "pipe"] {
        let _ = fs::remove_file(machine.index());
        symlink(at(name), machine.index()).unwrap();
        let refused = machine.run("index clear").code(6);
        refused.says("does not begin as an index does");
        assert!(machine.index().is_symlink() && at(name).exists());
    }
    assert!(at("notes.txt.1").exists());
    fs::write(at("real.db"), whole).unwrap();
    fs::remove_file(machine.index()).unwrap();
    symlink(at("real.db"), machine.index()).unwrap();
    machine.run("index clear").code(0);
    assert!(!at("real.db").exists());
}

#[test]
fn an_index_that_cannot_be_relied_on_is_never_empty() {
    let machine = Machine::with_index();
    let whole = fs::read(machine.index()).unwrap();
    for spoilt in [&whole[..whole.len() / 2], b"not a database", b""] {
        fs::write(machine.index(), spoilt).unwrap();
        for command in ["match a.log", "index info", "index add a.log --name a"] {
            let ran = machine.run(command).code(6);
            assert_eq!(ran.stdout, "", "{command}");
            ran.says("ti index update");
        }
    }
    let renewed = machine.run("index update --from master.csv").code(0);
    renewed.says("warning: ");
    machine.run("match a.log").code(0);
}

#[test]
fn an_old_index_is_warned_of_or_refused() {
    let machine = Machine::new();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(9 * 24 * 3600);
    let file = fs::File::options()
        .append(true)
        .open(machine.folder.join("master.csv"))
        .unwrap();
    file.set_modified(old).unwrap();
    machine.run("index update --from master.csv").code(0);
    let warned = machine.run("match a.log").code(0);
    warned.says("warning: the index is 9 days old");
    machine.run("match a.log --max-age 10d").code(0);
    let refused = machine.run("match a.log --max-age 8d").code(3);
    assert_eq!(refused.stdout, "");
    file.set_modified(old + std::time::Duration::from_secs(8 * 24 * 3600 - 6 * 3600))
        .unwrap();
    machine.run("index update --from master.csv").code(0);
    let refused = machine.run("match a.log --max-age 1d").code(3);
    let is_told = refused.stderr.contains("the index is 30 hours old");
    assert!(is_told, "{}", refused.stderr);
}

#[test]
fn every_profile_has_an_index_of_its_own() {
    let machine = Machine::new();
    let config = "default_profile = \"a\"\n[profile.a.kti]\n[profile.\"b c\".kti]\n";
    machine.file("ti.toml", config);
    let path = |more: &str| {
        machine
            .run(&format!("--config ti.toml {more}index path"))
            .code(0)
            .stdout
    };
    assert!(path("").ends_with("/ti/index-a.db\n"));
    let spaced = machine
        .ti("--config ti.toml index path")
        .env("TI_PROFILE", "b c")
        .ends(0);
    assert!(spaced.stdout.ends_with("/ti/index-b%20c.db\n"));
}

#[test]
fn matches_come_out_as_lines_or_as_objects() {
    let machine = Machine::with_index();
    let lines: Vec<_> = LOG.split_inclusive('\n').collect();
    let matched = [lines[0], lines[2], lines[3]].concat();
    for (command, printed) in [
        ("match a.log", matched.as_str()),
        ("match -j 3 a.log", &matched),
        ("match --only line a.log", &matched),
        ("match --invert a.log", lines[1]),
        (
            "match --only match a.log",
            "CDN.Evil.com\nd41d8cd98f00b204e9800998ecf8427e\nevil[.]org/gate.php\n192.0.2.7\n",
        ),
        (
            "match --only indicator a.log",
            "evil.com\nd41d8cd98f00b204e9800998ecf8427e\nevil.org/gate.php\n192.0.2.0/24\n",
        ),
        ("match --count a.log", "3\n"),
        ("match --count --invert a.log", "1\n"),
        ("match --count a.log a.log", "a.log:3\na.log:3\n"),
        (
            "match --exact --only match a.log",
            "d41d8cd98f00b204e9800998ecf8427e\nevil[.]org/gate.php\n",
        ),
        (
            "match --type domain,cidr --only indicator a.log",
            "evil.com\n192.0.2.0/24\n",
        ),
        (
            "match --since 2026-01-01 --only indicator a.log",
            "evil.com\nevil.org/gate.php\n192.0.2.0/24\n",
        ),
        (
            "match --csv --fields file,line,indicator,how a.log",
            "file,line,indicator,how\r\na.log,1,evil.com,subdomain\r\na.log,3,d41d8cd98f00b204e9800998ecf8427e,exact\r\na.log,3,evil.org/gate.php,defanged\r\na.log,4,192.0.2.0/24,cidr\r\n",
        ),
    ] {
        assert_eq!(machine.run(command).code(0).stdout, printed, "{command}");
    }
    let first = machine.run("match --json a.log").code(0).json()[0].clone();
    assert_eq!(
        first,
        json!({
            "file": "a.log", "line": 1, "offset": 11, "match": "CDN.Evil.com", "indicator": "evil.com",
            "type": "domain", "how": "subdomain", "text": lines[0].trim_end(),
            "sources": [{"source": "kaspersky", "level": "malicious", "reports": [
                {"id": "1", "publication": "Report 'A', first", "detection_date": "2026-10-12"},
                {"id": "2", "publication": "Report B", "detection_date": "2026-11-01"}]}],
            "ignored_by": null,
        })
    );
    let piped = machine.ti("match").stdin(LOG).ends(0);
    assert_eq!(piped.stdout, matched);
    assert!(
        piped.stderr.ends_with(
            "1 file, 4 lines, 3 with a match; index of "
                .to_string()
                .as_str()
        ) || piped
            .stderr
            .contains("1 file, 4 lines, 3 with a match; index of 20"),
        "{}",
        piped.stderr
    );
    assert!(
        piped.stderr.trim_end().ends_with(", 4 indicators"),
        "{}",
        piped.stderr
    );
    machine.run("match --json --count a.log").code(2);
    assert_eq!(
        machine
            .run("match --json --type ip a.log")
            .code(0)
            .stdout
            .trim(),
        "[]"
    );
    // Lines go to a file as they are; its ending can say otherwise.
    machine.run("match -o hits.log a.log").code(0);
    assert_eq!(
        fs::read_to_string(machine.folder.join("hits.log")).unwrap(),
        matched
    );
    machine.run("match -o hits.json a.log").code(0);
    let hits: Value =
        serde_json::from_slice(&fs::read(machine.folder.join("hits.json")).unwrap()).unwrap();
    assert_eq!(hits.as_array().unwrap().len(), 4);
}

#[test]
fn what_is_known_to_be_good_is_marked_and_does_not_count() {
    let machine = Machine::with_index();
    machine.file("good.txt", "evil.com,our own\n192.0.2.7\n");
    let ignore = "--ignore good.txt a.log";
    let lines: Vec<_> = LOG.split_inclusive('\n').collect();
    let ran = machine.run(&format!("match {ignore}")).code(0);
    assert_eq!(ran.stdout, lines[2]);
    ran.says("4 lines, 1 with a match, 2 ignored; ");
    let all = machine
        .run(&format!("match --show-ignored {ignore}"))
        .code(0);
    assert_eq!(all.stdout, [lines[0], lines[2], lines[3]].concat());
    assert_eq!(
        machine
            .run(&format!("match --count {ignore}"))
            .code(0)
            .stdout,
        "1\n"
    );
    let others = machine.run(&format!("match --invert {ignore}")).code(0);
    assert_eq!(others.stdout, [lines[0], lines[1], lines[3]].concat());
    let hits = machine
        .run(&format!("match --json {ignore}"))
        .code(0)
        .json();
    let marked: Vec<_> = hits
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| &hit["ignored_by"]["entry"])
        .collect();
    assert_eq!(json!(marked), json!(["evil.com", null, null, "192.0.2.7"]));
    assert_eq!(hits[0]["ignored_by"]["reason"], "our own");
    let only = format!("match --type domain --fail-on-match {ignore}");
    machine.run(&only).code(0);
    machine.run("match --ignore none.txt a.log").code(3);
}

#[test]
fn the_exit_code_tells() {
    let machine = Machine::with_index();
    for (command, code) in [
        ("match a.log", 0),
        ("match --type email a.log", 0),
        ("match --fail-on-match a.log", 10),
        ("match --fail-on-match --type email a.log", 0),
        ("match none.log", 2),
        ("match none.log a.log", 8),
    ] {
        machine.run(command).code(code);
    }
    let counts = machine.run("match --count none.log a.log").code(8).stdout;
    assert_eq!(counts, "a.log:3\n");
    let some = machine.run("match none.log a.log").code(8);
    assert_eq!(some.stdout.lines().count(), 3);
    some.says("none.log: ");
}

#[test]
fn logs_are_read_packed_and_in_folders() {
    let machine = Machine::with_index();
    fs::create_dir(machine.folder.join("logs")).unwrap();
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    machine.file("logs/1.gz", [gzip(&LOG[..40]), gzip(&LOG[40..])].concat());
    let zst = ruzstd::encoding::compress_to_vec(
        LOG.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    machine.file("logs/2.zst", zst);
    machine.file("logs/3", LOG);
    assert_eq!(
        machine.run("match --count logs").code(0).stdout,
        "logs/1.gz:3\nlogs/2.zst:3\nlogs/3:3\n"
    );
    let torn = gzip(LOG);
    machine.file("logs/1.gz", &torn[..torn.len() - 9]);
    let ran = machine.run("match --count logs").code(8);
    ran.says("logs/1.gz: ");
}

#[test]
fn a_list_needs_no_index() {
    let machine = Machine::new();
    machine.file(
        "list.txt",
        "# mine\nevil.com\nhxxps://evil[.]org/gate.php\n",
    );
    let ran = machine
        .run("match --iocs list.txt --only indicator a.log")
        .code(0);
    assert_eq!(ran.stdout, "evil.com\nevil.org/gate.php\n");
    ran.says("; list of 2 indicators\n");
    machine.file("more.txt", "evil.com\nrubbish\n*.evil.org\nnone\n");
    let ran = machine.run("match --iocs more.txt a.log").code(0);
    ran.says("; list of 2 indicators; 2 more cannot be looked up\n");
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>()
    };
    machine.file(
        "wide.txt",
        utf16("\u{feff}evil.com\r\nevil.org/gate.php\r\n"),
    );
    let ran = machine.run("match --iocs wide.txt --only indicator a.log");
    assert_eq!(ran.code(0).stdout, "evil.com\nevil.org/gate.php\n");
    // What cannot be read is no list without an indicator.
    let utf32: Vec<u8> = "evil.com\n"
        .chars()
        .flat_map(|c| u32::from(c).to_le_bytes())
        .collect();
    machine.file("wider.txt", utf32);
    machine
        .run("match --iocs wider.txt a.log")
        .code(2)
        .says("it looks like UTF-32");
    machine.file("list.xz", b"\xfd7zXZ\0\0\x04");
    machine
        .run("match --iocs list.xz a.log")
        .code(2)
        .says("xz -dc FILE\n");
    machine.file("none.txt", "nothing in it\n");
    machine.run("match --iocs none.txt a.log").code(2);
    machine.file("why.csv", "ioc,why\nevil.com,\"Seen, twice\"\n");
    machine
        .run("index add why.csv --name mine --reason why")
        .code(0);
    let hit = machine.run("match --json a.log").code(0).json()[0]["sources"][0].clone();
    assert_eq!(hit["source"], "mine");
    assert_eq!(hit["reports"][0]["publication"], "Seen, twice");
}

#[test]
fn what_comes_in_slowly_is_answered_at_once() {
    for jobs in ["1", "2"] {
        let machine = Machine::with_index();
        let mut run = machine.ti(&format!("match -j {jobs}"));
        let command = run.command().stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        for number in 0..3 {
            write!(stdin, "nothing\n{number} evil.com\nand").unwrap();
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            let before = if number == 0 { "" } else { "and" };
            assert_eq!(
                line.trim_start_matches("andnothing"),
                format!("{number} evil.com\n"),
                "{before}"
            );
        }
        drop(stdin);
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn bytes_and_long_lines_come_through_as_they_are() {
    let machine = Machine::with_index();
    let line = b"\xff\xfeevil.com\xff\r\n";
    machine.file("odd.log", line);
    let mut run = machine.ti("match odd.log");
    let output = run.command().output().unwrap();
    assert_eq!(output.stdout, line);
    let mut long = vec![b'x'; 3 << 20];
    for at in [5_usize, (1 << 20) - 4, (1 << 20) + 300_000, (3 << 20) - 20] {
        long[at - 1..at + 9].copy_from_slice(b" evil.com ");
    }
    machine.file("long.log", &long);
    for jobs in 1..3 {
        let printed = machine.ti(&format!("match -j {jobs} long.log"));
        let printed = { printed }.command().output().unwrap().stdout;
        assert_eq!(printed, [&long[..], b"\n"].concat());
        let ran = machine
            .run(&format!(
                "match -j {jobs} --ndjson --fields line,offset long.log"
            ))
            .code(0);
        let hits: Vec<Value> = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let expected = [5, (1 << 20) - 4, (1 << 20) + 300_000, (3 << 20) - 20];
        assert_eq!(
            json!(hits),
            json!(expected.map(|at| json!({"line": 1, "offset": at})))
        );
        ran.says("1 line, 1 with a match");
    }
}

/// Wherever its matches stand, a line is printed whole or not at all, as a grep does.
#[test]
fn a_line_of_megabytes_is_one_line() {
    let machine = Machine::with_index();
    machine.file("good.txt", b"good.evil.com\n");
    let line = |length: usize, names: &[(usize, &str)]| {
        let mut line = vec![b'x'; length];
        for (at, name) in names {
            line[*at..at + name.len()].copy_from_slice(name.as_bytes());
        }
        line.push(b'\n');
        line
    };
    let (evil, good) = (" evil.com ", " good.evil.com ");
    let lines = [
        line(20, &[]),
        line(3 << 20, &[((3 << 20) - 50, evil)]),
        line(10, &[(0, evil)]),
        line(6 << 20, &[]),
        line(2 << 20, &[(9, good), ((2 << 20) - 50, evil)]),
        line(2 << 20, &[(9, good)]),
        line(2 << 20, &[(9, evil), ((2 << 20) - 50, good)]),
        // Where one block ends and the next begins.
        line(
            3 << 20,
            &[((1 << 20) - 8200, evil), ((1 << 20) - 8190, evil)],
        ),
        line(1 << 20, &[]),
    ];
    let log = lines.concat();
    let log = &log[..log.len() - 1];
    machine.file("long.log", log);
    let taken = |numbers: &[usize]| -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| lines[*number].clone())
            .collect()
    };
    let (evil, other) = ([1, 2, 4, 6, 7], [0, 3, 5, 8]);
    for jobs in 1..3 {
        let output = |more: &str| {
            let line = format!("match {more} -j {jobs} --ignore good.txt long.log");
            let mut ti = machine.ti(&line.replace("  ", " "));
            ti.command().output().unwrap()
        };
        for (more, expected) in [
            ("", taken(&evil)),
            ("--only line", taken(&evil)),
            ("--show-ignored", taken(&[1, 2, 4, 5, 6, 7])),
            ("--invert", taken(&other)),
            ("--count", b"5\n".to_vec()),
            ("--count --invert", b"4\n".to_vec()),
        ] {
            let output = output(more);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                output.stdout == expected,
                "{more}: {} bytes: {said}",
                output.stdout.len()
            );
            assert!(
                said.contains("9 lines, 5 with a match, 1 ignored"),
                "{said}"
            );
        }
    }
    let mut piped = machine.ti("match").stdin(log);
    assert!(piped.run().stdout.as_bytes() == taken(&[1, 2, 4, 5, 6, 7]));
}

#[test]
fn sample_data_needs_neither_index_nor_account() {
    let machine = Machine::new();
    let info = machine.run("--demo index info --json").code(0).json();
    assert_eq!(info[0]["source"], "kaspersky");
    let listed = machine
        .run("--demo -q kaspersky ioc --type domain --csv --fields indicator")
        .code(0);
    let domain = listed.stdout.lines().nth(1).unwrap().to_string();
    let ran = machine
        .ti("--demo match")
        .stdin(format!("a\nb www.{domain} c\n"))
        .ends(0);
    assert_eq!(ran.stdout, format!("b www.{domain} c\n"));
    assert!(!machine.index().exists());
    machine.run("--demo index clear").code(2);
}

#[test]
fn the_network_may_fail_and_the_old_index_stands() {
    let machine = Machine::with_index();
    let before = fs::read(machine.index()).unwrap();
    let update = |fault: &str, retries: &str| {
        let options = Options {
            faults: vec![fault.parse().unwrap()],
            ..Options::default()
        };
        let provider = providers::ALL
            .iter()
            .find(|one| one.name() == "kaspersky")
            .unwrap();
        let server = Server::start(provider.sandbox(&options).unwrap(), options, 0).unwrap();
        let mut run = machine.ti(&format!("index update --retries {retries}"));
        for (name, value) in server.settings() {
            run = run.env(&format!("TI_KASPERSKY_{}", name.to_uppercase()), &value);
        }
        run.run()
    };
    for (fault, code) in [
        ("401", 4),
        ("503", 6),
        ("reset", 5),
        ("cut", 5),
        ("html", 6),
        ("base64", 6),
        ("gzip", 6),
    ] {
        update(fault, "0").code(code).says("error: ");
        assert_eq!(fs::read(machine.index()).unwrap(), before, "{fault}");
        assert_eq!(
            fs::read_dir(machine.index().parent().unwrap())
                .unwrap()
                .count(),
            1,
            "{fault}"
        );
    }
    // What broke off is read anew, and nothing stands there twice.
    for fault in ["503:1", "cut:1"] {
        update(fault, "2").code(0);
        assert_eq!(
            machine.run("index info --json").code(0).json()[0]["rows"],
            11,
            "{fault}"
        );
    }
}

/// PowerShell writes such logs.
#[test]
fn a_log_in_utf16_is_read_with_a_mark_or_without() {
    let machine = Machine::with_index();
    let marked = "\u{feff}恶意 one\r\nGET http://cdn.evil.com/x\r\n";
    let little: fn(u16) -> [u8; 2] = u16::to_le_bytes;
    // netstat begins with an empty line; in bytes, 上 begins with one too.
    for (name, log, to) in [
        ("le.log", marked, little),
        ("be.log", marked, u16::to_be_bytes),
        (
            "bare_le.log",
            "\r\nGET http://cdn.evil.com/x\r\n活动连接",
            little,
        ),
        (
            "bare_be.log",
            "上一最开活动连接\nGET http://cdn.evil.com/x\n",
            u16::to_be_bytes,
        ),
    ] {
        machine.file(name, log.encode_utf16().flat_map(to).collect::<Vec<_>>());
        let found = machine.run(&format!("match {name} --json")).code(0).json();
        assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
        assert_eq!(
            (&found[0]["line"], &found[0]["match"], &found[0]["text"]),
            (
                &json!(2),
                &json!("cdn.evil.com"),
                &json!("GET http://cdn.evil.com/x")
            )
        );
    }
}
