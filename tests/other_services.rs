//! What answers at the address of a service, or of a proxy, and is another thing.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::support::{Ran, Ti, ti};

/// What it says: before it is asked, and after it.
struct Other {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

fn other(first: &'static [u8], after: &'static [u8]) -> Other {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = heard.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, ear) = (stream.unwrap(), ear.clone());
            thread::spawn(move || {
                let mut request = [0; 4096];
                let _ = stream.write_all(first);
                if let Ok(length) = stream.read(&mut request) {
                    ear.lock().unwrap().extend_from_slice(&request[..length]);
                    let _ = stream.write_all(after);
                    let _ = stream.shutdown(Shutdown::Write);
                    // What is not read would reset the connection.
                    while matches!(stream.read(&mut request), Ok(1..)) {}
                }
            });
        }
    });
    Other { port, heard }
}

fn asking(endpoint: &str, flags: &[&str]) -> Ti {
    let arguments = [&["kti", "search", "evil.com", "--retries", "0"], flags].concat();
    ti(&arguments).config(&format!(
        "[profile.test.kti]\nendpoint = \"{endpoint}\"\naccess_key = \"AKLTtest\"\nsecret_key = \"CANARY\"\n"
    ))
}

#[track_caller]
fn says(ran: &Ran, sentence: &str, hint: &str) {
    let said = &ran.stderr;
    assert!(said.contains(sentence), "{sentence}\n{said}");
    assert!(said.contains(hint), "{hint}\n{said}");
    assert!(!said.contains("cannot reach"), "{said}");
    assert!(!said.contains("does not let us through"), "{said}");
    assert!(!said.contains("cannot connect"), "{said}");
}

const ALERT: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";
const BAD: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const OTHER: &str = "what listens there does not speak";

#[test]
fn what_speaks_another_language_is_quoted() {
    for (first, after, quoted) in [
        (
            &b"SSH-2.0-OpenSSH_9.6\r\n"[..],
            &b""[..],
            ": \"SSH-2.0-OpenSSH_9.6\"",
        ),
        (
            b"220 mail.example ESMTP\r\n",
            b"",
            ": \"220 mail.example ESMTP\"",
        ),
        (
            b"220 (vsFTPd 3.0.5)\r\n",
            b"530 login\r\n",
            ": \"220 (vsFTPd 3.0.5)\"",
        ),
        (
            b"",
            b"-ERR unknown command\r\n",
            ": \"-ERR unknown command\"",
        ),
        (b"J\x00\x00\x00\x0a8.0.36\x00", b"", "\n"),
        (b"\x1b]0;owned\x07\r\n", b"", "\n"),
    ] {
        let other = other(first, after);
        for (scheme, language) in [("http", "HTTP"), ("https", "TLS")] {
            let place = format!("127.0.0.1:{}", other.port);
            let ran = asking(&format!("{scheme}://{place}"), &[]).ends(5);
            let answered = format!("{place} answered, but not in {language}{quoted}");
            let unasked = format!("{place} speaks before it is asked{quoted}");
            let sentence = match ran.stderr.contains(&unasked) {
                true => unasked,
                false => answered,
            };
            says(&ran, &sentence, OTHER);
            assert!(!ran.stderr.contains('\x1b'), "{}", ran.stderr);
        }
    }
}

#[test]
fn tls_and_http_that_are_taken_for_each_other_are_told_apart() {
    let tls = other(b"", ALERT);
    let ran = asking(&format!("http://127.0.0.1:{}", tls.port), &[]).run();
    let speaks_tls = "what listens there does not speak plain HTTP, but TLS";
    says(&ran.code(5), "answered, but not in HTTP\n", speaks_tls);

    let http = other(b"", BAD);
    let ran = asking(&format!("https://127.0.0.1:{}", http.port), &[]).run();
    let sentence = "answered, but not in TLS: \"HTTP/1.1 400 Bad Request\"";
    says(
        &ran.code(5),
        sentence,
        "what listens there does not speak TLS, but HTTP",
    );

    let deaf = other(b"", b"");
    let ran = asking(&format!("https://127.0.0.1:{}", deaf.port), &[]).run();
    says(
        &ran.code(5),
        "closed the connection in the TLS handshake",
        "",
    );
    // The second look shows nothing of who asks.
    for other in [tls, http, deaf] {
        let heard = other.heard.lock().unwrap();
        let looks = memchr::memmem::find_iter(&heard, b"HEAD / HTTP/1.0\r\n\r\n");
        assert_eq!(looks.count(), 1);
    }
}

#[test]
fn one_that_takes_connections_and_is_silent_was_reached() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", silent.local_addr().unwrap());
    let ran = asking(&endpoint, &["--connect-timeout", "50ms"]).run();
    says(
        &ran.code(5),
        "takes connections, but gave no answer in TLS in time",
        "raise --connect-timeout",
    );
}

#[test]
fn an_answer_with_a_broken_head_is_an_answer() {
    for head in [
        &b"HTTP/1.1 abc OK\r\n\r\n"[..],
        b"HTTP/1.1 200 OK\r\nbad header: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
    ] {
        let other = other(b"", head);
        let ran = asking(&format!("http://127.0.0.1:{}", other.port), &[]).run();
        says(&ran.code(5), "is not valid HTTP", "cause: ");
    }
}

#[test]
fn a_proxy_that_is_none_is_told_by_what_it_says() {
    let ssh = other(b"SSH-2.0-OpenSSH_9.6\r\n", b"");
    let http = other(b"", BAD);
    for (other, scheme, endpoint, sentence) in [
        (
            &ssh,
            "http",
            "https",
            "but not in HTTP: \"SSH-2.0-OpenSSH_9.6\"",
        ),
        (
            &ssh,
            "socks5h",
            "https",
            "but not in SOCKS: \"SSH-2.0-OpenSSH_9.6\"",
        ),
        (
            &ssh,
            "https",
            "https",
            "but not in TLS: \"SSH-2.0-OpenSSH_9.6\"",
        ),
        (
            &http,
            "socks5h",
            "https",
            "but not in SOCKS: \"HTTP/1.1 400 Bad Request\"",
        ),
        (
            &http,
            "https",
            "https",
            "but not in TLS: \"HTTP/1.1 400 Bad Request\"",
        ),
    ] {
        let proxy = format!("{scheme}://127.0.0.1:{}", other.port);
        let ran = asking(&format!("{endpoint}://svc.example"), &["--proxy", &proxy]).run();
        let who = format!("the proxy 127.0.0.1:{} answered, {sentence}", other.port);
        says(&ran.code(5), &who, "check the proxy's address");
    }
}
