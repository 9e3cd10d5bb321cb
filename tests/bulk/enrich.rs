use std::fs;

use ti::sandbox::Options;

use super::Counting;

#[test]
fn a_csv_gains_columns_and_keeps_every_other_byte() {
    let service = Counting::start(Options::default());
    let cache = tempfile::tempdir().unwrap();
    let rows = b"\xef\xbb\xbfid,host,note\r\n1,evil.com,\"a, \"\"b\"\"\"\r\n2, ,\xff\n\r\n3,evil[.]com,\"two\r\nlines\"\n4,1.2.3,\n5,nope.example,end";
    let mut run = service
        .ti(
            &[
                "kti", "enrich", "in.csv", "--column", "host", "-o", "out.csv",
            ],
            cache.path(),
        )
        .file("in.csv", rows);
    let ran = run.run().code(8);
    assert!(
        ran.stderr.contains("in.csv:7: \"1.2.3\" is refused"),
        "{}",
        ran.stderr
    );
    let evil = "found,malicious,C2|Malware,gangs:Sample Spider|virus_family:SampleRAT|industry:Finance|industry:Energy";
    let expected = [
        b"\xef\xbb\xbfid,host,note,ti_status,ti_level,ti_judgments,ti_tags\r\n1,evil.com,\"a, \"\"b\"\"\",",
        evil.as_bytes(),
        b"\r\n2, ,\xff,,,,\n\r\n3,evil[.]com,\"two\r\nlines\",",
        evil.as_bytes(),
        b"\n4,1.2.3,,invalid,,,\n5,nope.example,end,not_found,,,",
    ]
    .concat();
    let written = fs::read(run.path("out.csv")).unwrap();
    assert_eq!(
        String::from_utf8_lossy(&written),
        String::from_utf8_lossy(&expected)
    );
    service.answered_once(2);
}

#[test]
fn an_ndjson_gains_fields() {
    let service = Counting::start(Options::default());
    let cache = tempfile::tempdir().unwrap();
    let rows = "{\"src\": {\"ip\":\"10.0.0.1\"}, \"n\": 1.50}\n{\"src\":{}}\nrubbish\n";
    let mut run = service
        .ti(&["kti", "enrich", "-", "--field", ".src.ip"], cache.path())
        .stdin(rows);
    let ran = run.run().code(8);
    assert_eq!(
        ran.stdout,
        "{\"src\": {\"ip\":\"10.0.0.1\"}, \"n\": 1.50,\"ti_status\":\"found\",\"ti_level\":\"info\",\"ti_judgments\":[\"Bogon\"],\"ti_tags\":null}\n\
         {\"src\":{},\"ti_status\":null,\"ti_level\":null,\"ti_judgments\":null,\"ti_tags\":null}\nrubbish\n"
    );
}

#[test]
fn it_refuses_before_any_request() {
    let service = Counting::start(Options::default());
    let cache = tempfile::tempdir().unwrap();
    for (more, said) in [
        (&["--column", "hots"][..], "did you mean \"host\"?"),
        (&["--column", "host", "--json"], "keep their own format"),
        (&[], "--column"),
    ] {
        let arguments = [&["kti", "enrich", "in.csv"], more].concat();
        let ran = service
            .ti(&arguments, cache.path())
            .file("in.csv", "host\nevil.com\n")
            .run()
            .code(2);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    let mut again = service
        .ti(
            &["kti", "enrich", "in.csv", "--column", "host"],
            cache.path(),
        )
        .file("in.csv", "host,ti_level\nevil.com,\n");
    again.run().code(2);
    assert_eq!(service.requests(), 0);
}

/// Rows are read faster than they are answered: what waits has a limit in bytes.
#[cfg(target_os = "linux")]
#[test]
fn large_rows_are_not_heaped_up() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    const ROWS: usize = 160;
    let service = Counting::start(Options {
        latency: std::time::Duration::from_millis(5),
        ..Options::default()
    });
    let cache = tempfile::tempdir().unwrap();
    let arguments = ["kti", "enrich", "-", "--column", "host", "-j", "1"];
    let mut run = service.ti(&arguments, cache.path());
    let mut child = run
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        stdin.write_all(b"host,note\n").unwrap();
        let note = "x".repeat(1 << 20);
        for n in 0..ROWS {
            writeln!(stdin, "{n}.example.net,{note}").unwrap();
        }
        // Still open: the process is there to be looked at.
        stdin
    });
    let mut lines = BufReader::new(child.stdout.take().unwrap()).split(b'\n');
    assert_eq!(lines.by_ref().take(ROWS + 1).count(), ROWS + 1);
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(writer.join().unwrap());
    assert!(child.wait().unwrap().success());
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak: u32 = peak
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    assert!(peak < 96 << 10, "{peak} kB at the peak");
}
