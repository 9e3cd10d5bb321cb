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
