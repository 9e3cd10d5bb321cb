//! `ti extract`: a text goes in, its indicators come out.

use crate::support::{ti, words};

const REPORT: &str = "\
The actor used hxxps://evil[.]com/gate.php and evil[.]com (198.51.100.13, see \u{201e}evil.com\u{201c}).\n\
\n\
联系 bob[at]evil[.]com、login.example；样本 d41d8cd98f00b204e9800998ecf8427e，Chrome/120.0.0.0。\n\
Run setup.py from 192.0.2.0/24 or [2001:db8::1]:443, 2026-11-25.\n";

#[test]
fn into_a_pipe_goes_one_a_line() {
    let ran = ti(&["extract"]).stdin(REPORT).ends(0);
    assert_eq!(
        ran.stdout,
        "https://evil.com/gate.php\nevil.com\n198.51.100.13\nbob@evil.com\nlogin.example\n\
         d41d8cd98f00b204e9800998ecf8427e\n192.0.2.0/24\n2001:db8::1\n"
    );
    assert_eq!(
        ran.stderr,
        "note: 8 indicators in 4 lines: 2 domains, 2 addresses, 1 range, 1 URL, 1 e-mail address, 1 hash; \
         1 address, 1 range, 1 e-mail address, 1 hash are nothing for KTI; \
         1 name that could be a file left out (--loose takes them)\n"
    );
    let loose = ti(&["-q", "extract", "--loose", "a.txt"])
        .file("a.txt", REPORT)
        .ends(0);
    loose.shows("\nsetup.py\n");
}

#[test]
fn json_says_how_often_and_where_first() {
    let ran = ti(&["-q", "extract", "a.txt", "--json"])
        .file("a.txt", REPORT)
        .ends(0);
    let all = ran.json();
    assert_eq!(all[1]["indicator"], "evil.com");
    assert_eq!(all[1]["text"], "evil[.]com");
    assert_eq!(all[1]["disguised"], true);
    assert_eq!(all[1]["count"], 2);
    assert_eq!(
        (&all[1]["file"], &all[1]["line"], &all[1]["offset"]),
        (&"a.txt".into(), &1.into(), &47.into())
    );
    assert_eq!(all[7]["type"], "ipv6");
    assert_eq!(all[7]["line"], 4);

    let csv = ti(&["-q", "extract", "a.txt", "--csv"])
        .file("a.txt", REPORT)
        .ends(0);
    assert!(
        csv.stdout
            .starts_with("indicator,type,text,disguised,count,file,line,offset\r\n"),
        "{}",
        csv.stdout
    );
    let table = ti(&["-q", "extract", "a.txt", "--format", "table"])
        .file("a.txt", REPORT)
        .ends(0);
    table.shows("Indicator");
    let none = ti(&["extract", "--json"]).stdin("nothing here\n").ends(0);
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("[]\n", "note: 0 indicators in 1 line\n")
    );
}

#[test]
fn a_mail_is_decoded() {
    let mail = "Received: from mx.evil.com (192.0.2.9)\r\nFrom: Bob <bob@evil.com>\r\nSubject: hi\r\n\
        MIME-Version: 1.0\r\nMessage-ID: <1@id.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        see http://login.exam=\r\nple/a?b=3D1\r\n\
        --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        aHh4cDovL2V2aWxbLl1vcmcveA==\r\n\
        --b\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=\"pay.zip\"\r\n\r\nPK\r\n--b--\r\n";
    let mut run = ti(&["-q", "extract", "--loose", "mail.eml"]).file("mail.eml", mail);
    assert_eq!(
        run.ends(0).stdout,
        "mx.evil.com\n192.0.2.9\nbob@evil.com\nhttp://login.example/a?b=1\nhttp://evil.org/x\n"
    );
}

/// The first of them has parts: what is behind its last one is no part of it.
#[test]
fn each_mail_of_a_mailbox_is_decoded() {
    let parts = "From bob@evil.com Sat Nov 21 10:00:00 2026\nFrom: a@b.example\nSubject: hi\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n\
        see http://login.exam=\nple/a\n--b--\n\n";
    let base64 = |name: &str, text: &str| {
        format!(
            "From {name} Sat Nov 21 10:01:00 2026\nSubject: x\nDate: y\nContent-Transfer-Encoding: base64\n\n{text}\n\n"
        )
    };
    // `hxxp://evil[.]org/x`
    let second = base64("-", "aHh4cDovL2V2aWxbLl1vcmcveA==");
    let long = base64("c@d.example", &"YWFhIGFhYSBhYWEgYWFh\n".repeat(10_000));
    let last = base64("-", "ZXZpbC5jb20=");
    let mailbox = [parts, &long, &second, &last].concat();
    let lines = mailbox.lines().count();
    let ran = ti(&["extract", "inbox"]).file("inbox", &mailbox).ends(0);
    assert_eq!(
        ran.stdout,
        "bob@evil.com\na@b.example\nhttp://login.example/a\nc@d.example\nhttp://evil.org/x\nevil.com\n"
    );
    ran.says(&format!("6 indicators in {lines} lines"));
}

#[test]
fn several_files_and_one_that_is_not_there() {
    let run = || {
        ti(&["extract", "a.txt", "gone.txt", "b.txt"])
            .file("a.txt", "evil.com")
            .file("b.txt", "evil.com evil.org")
    };
    let ran = run().ends(8);
    assert_eq!(ran.stdout, "evil.com\nevil.org\n");
    ran.says("gone.txt: cannot be read");
    ti(&["extract", "gone.txt"]).ends(2);
    let ran = ti(&["extract", "--encoding", "gbk", "-"])
        .stdin(b"\xb6\xf1\xd2\xe2evil.com")
        .ends(0);
    assert_eq!(ran.stdout, "evil.com\n");
}

/// What is extracted can be looked up as it is.
#[test]
fn a_list_of_them_goes_into_a_search() {
    let list = ti(&["-q", "extract"])
        .stdin("hxxp://evil[.]com/x, 8.8.8.8")
        .ends(0)
        .stdout;
    let ran = ti(&words("--demo -q kti search --csv --fields indicator"))
        .stdin(list)
        .ends(0);
    assert_eq!(ran.stdout, "indicator\r\nevil.com\r\n8.8.8.8\r\n");
}

/// As a text it has them all; as a report, only what it stands for.
#[test]
fn a_report_in_openioc_is_a_text_like_any_other() {
    let item = |condition: &str, value: &str| {
        format!(
            r#"<IndicatorItem condition="{condition}"><Context search="Network/DNS"/><Content type="string">{value}</Content></IndicatorItem>"#
        )
    };
    let ioc = format!(
        r#"<ioc id="1">{}{}</ioc>"#,
        item("is", "evil.com"),
        item("isnot", "good.com")
    );
    let found = ti(&["extract", "a.ioc"]).file("a.ioc", &ioc).ends(0);
    assert_eq!(found.stdout, "evil.com\ngood.com\n");
    let mut matching = ti(&["match", "--iocs", "a.ioc", "log"])
        .file("a.ioc", &ioc)
        .file("log", "1 evil.com\n2 good.com\n");
    assert_eq!(matching.ends(0).stdout, "1 evil.com\n");
}
