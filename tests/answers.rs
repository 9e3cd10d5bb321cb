//! What comes in place of an answer, or with one: every service is read in the same way.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::support::portal;
use crate::support::{Ti, ti, words};

/// A server that says on each connection what the test makes it say, byte by byte.
fn raw_server(serve: impl Fn(TcpStream) + Send + Sync + Copy + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            std::thread::spawn(move || serve(stream));
        }
    });
    url
}

/// The head of the next request, or `None` at the end of the connection.
fn request(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(String::from_utf8(head).unwrap())
}

/// `ti`, set up to ask all three services at this address, as a person would with a token.
fn asking(url: &str, command: &str) -> Ti {
    let (certificate, key) = portal::certificate("test", -1, 365);
    let ti = ti(&words(command)).file("client.pem", certificate + &key);
    let config = format!(
        "default_profile = \"t\"\n\
         [profile.t.kti]\nendpoint = {url:?}\naccess_key = \"AKLTtest\"\nsecret_key = \"CANARY-secret\"\n\
         [profile.t.kaspersky]\nendpoint = {url:?}\nusername = \"user\"\npassword = \"CANARY-password\"\ncertificate = {:?}\n\
         [profile.t.brcti]\nendpoint = {url:?}\ntoken = \"CANARY-token\"\n",
        ti.path("client.pem").display().to_string()
    );
    ti.config(&config)
}

/// A command of every service that reads a whole answer, and one that reads it as it comes.
const COMMANDS: &[&str] = &[
    "kti search evil.com",
    "kaspersky list",
    "kaspersky get X",
    "brcti geo",
    "kaspersky ioc --csv",
];

const TRICKLE: Duration = Duration::from_millis(20);

/// Sends the head and then bytes for ever, each well within the time for one.
fn trickle(mut stream: TcpStream, status: &str) {
    if request(&mut stream).is_some() {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 1000000\r\n\r\n{{");
        let _ = stream.write_all(head.as_bytes());
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(TRICKLE);
        }
    }
}

/// Would not end without a limit for the whole.
#[test]
fn a_whole_answer_has_to_come_within_the_timeout() {
    let answers = raw_server(|stream| trickle(stream, "200 OK"));
    let refusals = raw_server(|stream| trickle(stream, "500 Internal Server Error"));
    let whole = COMMANDS.iter().filter(|command| !command.contains(" ioc"));
    let runs = whole.map(|command| (&answers, command));
    for (url, command) in runs.chain(COMMANDS.iter().map(|command| (&refusals, command))) {
        let line = format!("{command} --timeout 200ms --retries 1");
        asking(url, &line).ends(5).says("raise --timeout");
    }
}

/// Each byte comes within the timeout, and all of them take far longer.
#[test]
fn a_download_may_take_as_long_as_it_comes() {
    let url = raw_server(|mut stream| {
        if request(&mut stream).is_none() {
            return;
        }
        let body = portal::master(
            "master_ioc",
            &format!("{}1,'A',evil.example,2026-01-01,Domain\n", portal::HEADER),
        );
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        for piece in body.as_bytes().chunks(3) {
            stream.write_all(piece).unwrap();
            std::thread::sleep(TRICKLE);
        }
    });
    asking(&url, "kaspersky ioc --csv --timeout 1s --retries 0").ends(0);
}

/// A refusal without an end, sent as fast as it goes.
#[test]
fn a_refusal_has_64_kib_to_say_what_it_has_to() {
    let url = raw_server(|mut stream| {
        if request(&mut stream).is_some() {
            let _ = stream.write_all(b"HTTP/1.1 418 Teapot\r\n\r\n");
            let _ = stream.write_all(b"I am a teapot. ");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
    });
    for command in COMMANDS {
        asking(&url, command).ends(6).says("418");
    }
}

/// The answer of KTI about a domain, as it goes over the wire.
fn verdict(name: &str) -> String {
    let body = format!(
        r#"{{"IntelInfo":{{"RetCode":0,"Domain":{{"Domain":"{name}","Judgments":["C2"]}}}}}}"#
    );
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// What a request of KTI's asks about.
fn asked(head: &str) -> String {
    let (_, asked) = head.split_once("Param=").unwrap();
    asked.split(['&', ' ']).next().unwrap().to_string()
}

/// Inputs that are each asked on its own.
fn names() -> String {
    let names: Vec<_> = (0..60).map(|n| format!("n{n}.example")).collect();
    names.join("\n")
}

/// One answer too many that comes late shifts all others of its connection by one: it costs the
/// lookup that meets it, and no other is asked on that connection.
#[test]
fn an_answer_to_another_question_ends_its_connection() {
    static SHIFTED: AtomicBool = AtomicBool::new(false);
    let url = raw_server(|mut stream| {
        let mut pending = None;
        let mut count = 0;
        while let Some(head) = request(&mut stream) {
            count += 1;
            if count == 3 && !SHIFTED.swap(true, Ordering::SeqCst) {
                pending = Some(verdict("surplus.example"));
            }
            let own = verdict(&asked(&head));
            let sent = match pending.take() {
                Some(before) => {
                    pending = Some(own);
                    before
                }
                None => own,
            };
            if stream.write_all(sent.as_bytes()).is_err() {
                break;
            }
        }
    });
    let mut run = asking(&url, "kti search -i - --fresh --ndjson -j 1").stdin(names());
    let ran = run.ends(8);
    let wrong = ran
        .stdout
        .lines()
        .filter(|line| line.contains("\"status\":\"error\""));
    assert_eq!(wrong.count(), 1, "{}", ran.stderr);
}

/// One answer too many on a kept connection would be taken for the answer to the next lookup.
#[test]
fn an_answer_too_many_answers_nobody() {
    let url = raw_server(|mut stream| {
        while let Some(head) = request(&mut stream) {
            let both = verdict(&asked(&head)) + &verdict("surplus.example");
            if stream.write_all(both.as_bytes()).is_err() {
                break;
            }
        }
    });
    for jobs in ["1", "8"] {
        let line = format!("kti search -i - --fresh --ndjson -j {jobs}");
        let ran = asking(&url, &line).stdin(names()).ends(0);
        for line in ran.stdout.lines() {
            let element: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(element["domain"]["domain"], element["indicator"], "{line}");
        }
    }
}
