//! What can be wrong between this machine and the service.

use ti::sandbox::Reply;

use super::{check, ends_at, ends_with, profile, sandbox};
use crate::support::{Mock, free_port, has_tool};
use crate::tls::{authority, serve};

#[test]
fn a_host_or_port_that_is_not_right() {
    let free = free_port();
    ends_at(
        &profile(&format!("http://127.0.0.1:{free}/")),
        "connection",
        5,
        &["Connection refused", "check the endpoint and its port"],
    );
    ends_at(
        &profile("http://name.invalid/"),
        "name",
        5,
        &[
            "name.invalid has no address",
            "check the endpoint's spelling",
        ],
    );
    // What listens there speaks HTTP, not TLS.
    let server = sandbox();
    ends_at(
        &profile(&server.url().replace("http:", "https:")),
        "tls",
        5,
        &["does not speak TLS"],
    );
}

#[test]
fn tls_by_a_private_authority_and_an_expired_certificate() {
    if !has_tool("openssl", "whose certificate a server shows") {
        return;
    }
    let company = authority("Company CA");
    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("company.pem");
    std::fs::write(&pem, &company.pem).unwrap();
    let pem = pem.to_str().unwrap();
    let server = serve(&company, "127.0.0.1", false);
    let config = profile(&format!("https://127.0.0.1:{}/", server.port));
    ends_at(
        &config,
        "tls",
        5,
        &[
            "for 127.0.0.1, by Company CA",
            "pass its certificate: --cacert FILE",
        ],
    );
    let ran = check(&config, &["--cacert", pem, "--no-lookup"]).ends(0);
    let text = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("authorities 1 of cacert, "), "{}", ran.stdout);
    assert!(
        text.contains("for 127.0.0.1, by Company CA, valid until 4096-01-01; trusted by cacert"),
        "{}",
        ran.stdout
    );
    // It is a web page's server and does not say what time it is.
    assert!(text.contains("– clock"), "{}", ran.stdout);

    let server = serve(&company, "127.0.0.1", true);
    let config = profile(&format!("https://127.0.0.1:{}/", server.port));
    ends_with(
        &config,
        &["--cacert", pem],
        "tls",
        5,
        &[
            "valid until 2020-02-01",
            "its certificate has expired, or this machine's clock is wrong",
        ],
    );
}

#[test]
fn a_proxy_that_refuses() {
    for status in [403, 407] {
        let proxy = Mock::start(move |request| {
            assert_eq!(request.method, "CONNECT");
            Reply::new(status, "text/plain", "no")
        });
        let config = profile("https://ksm.example/");
        let proxy = proxy.url().replace("http://", "http://user:pa55@");
        let arguments = ["--proxy", proxy.as_str()];
        ends_with(
            &config,
            &arguments,
            "proxy",
            5,
            &["the proxy refused the connection to ksm.example"],
        );
        let ran = check(&config, &arguments).ends(5);
        ran.never_shows("pa55");
        ran.shows("(the proxy)");
    }
    let free = free_port();
    let proxy = format!("socks5://user:pa55@127.0.0.1:{free}");
    ends_with(
        &profile("https://ksm.example/"),
        &["--proxy", &proxy],
        "connection",
        5,
        &[
            "cannot connect to the proxy 127.0.0.1",
            "check the proxy's address",
        ],
    );
    let plain = Mock::start(|_| Reply::new(407, "text/plain", "no"));
    let config = profile("http://ksm.example/");
    let mut run = check(&config, &[]).env("http_proxy", &plain.url());
    let ran = run.ends(5);
    ran.shows("✗ proxy         the proxy refused the connection to ksm.example");
}

#[test]
fn a_clock_that_is_off_by_an_hour() {
    let server = Mock::start(|_| {
        let ahead = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
        let date = ahead.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        Reply::new(403, "text/plain", "").header("date", date)
    });
    ends_at(
        &profile(&server.url()),
        "clock",
        3,
        &[
            "this machine's clock is",
            "behind the server's",
            "timedatectl set-ntp true",
        ],
    );
    // A clock that is known to be wrong costs no lookup.
    assert_eq!(server.received().len(), 2);
}

#[test]
fn a_server_in_trouble_is_a_warning() {
    let server = Mock::start(|request| match request.query.as_str() {
        "" => Reply::new(503, "text/html", "<html><title>maintenance</title></html>"),
        _ => Reply::json(200, r#"{"IntelInfo":{"RetCode":2}}"#),
    });
    let config = profile(&server.url());
    let ran = check(&config, &[]).ends(0);
    let said = "! server        answers (HTTP 503 without credentials";
    ran.shows(said);
    ran.shows("try again later");
    let ran = check(&config, &["--json"]).ends(0);
    let warned = ("server".to_string(), "warning".to_string());
    assert!(super::steps(&ran).contains(&warned), "{}", ran.stdout);
}
