//! Through proxies that are not ours: tinyproxy for HTTP, microsocks for SOCKS5.

use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use ti::sandbox::Reply;

#[cfg(unix)]
use crate::support::chmod;
use crate::support::portal::sandbox;
use crate::support::{Mock, Ran, Running, free_port, has_tool, ti, words};

const LOGIN: &str = "user:CANARY-pa55@";

struct Proxy {
    _process: Running,
    scheme: &'static str,
    port: u16,
    _folder: TempDir,
}

impl Proxy {
    /// With `user:password@`, or nothing.
    fn url(&self, login: &str) -> String {
        format!("{}://{login}127.0.0.1:{}", self.scheme, self.port)
    }
}

/// Both proxies, letting in who has the login.
fn proxies() -> Vec<Proxy> {
    let mut proxies = Vec::new();
    if has_tool("tinyproxy", "HTTP proxies") {
        proxies.push(start("http", |port, folder| {
            let config = folder.path().join("tinyproxy.conf");
            let (user, password) = LOGIN.trim_end_matches('@').split_once(':').unwrap();
            let text =
                format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nBasicAuth {user} {password}\n");
            std::fs::write(&config, text).unwrap();
            let mut command = Command::new("tinyproxy");
            command.arg("-d").arg("-c").arg(config);
            command
        }));
    }
    if has_tool("microsocks", "SOCKS proxies") {
        for scheme in ["socks5", "socks5h"] {
            proxies.push(start(scheme, |port, _| {
                let (user, password) = LOGIN.trim_end_matches('@').split_once(':').unwrap();
                let mut command = Command::new("microsocks");
                command.args(["-i", "127.0.0.1", "-p", &port.to_string()]);
                command.args(["-u", user, "-P", password]);
                command
            }));
        }
    }
    proxies
}

fn start(scheme: &'static str, command: impl Fn(u16, &TempDir) -> Command) -> Proxy {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let mut child = command(port, &folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "the proxy ended");
        std::thread::yield_now();
    }
    Proxy {
        _process: Running(child),
        scheme,
        port,
        _folder: folder,
    }
}

/// One lookup over HTTP and one list over HTTPS with a client certificate.
fn ask(proxy: &str) -> [Ran; 2] {
    let kti =
        Mock::json(r#"{"LeftCount":1,"IntelInfo":{"Type":"domain","RetCode":2,"Domain":{}}}"#);
    let (_portal, config) = sandbox(&[]);
    let lookup = ti(&[
        "-vv", "--proxy", proxy, "kti", "search", "evil.com", "--json",
    ])
    .kti(&kti.url())
    .run();
    let list = ti(&["-vv", "--proxy", proxy, "kaspersky", "list", "--json"])
        .config(&config)
        .run();
    if lookup.code != 0 {
        // The proxy kept it from being asked.
        std::mem::forget(kti);
    }
    [lookup, list]
}

#[test]
fn the_way_through_a_proxy() {
    for proxy in proxies() {
        for ran in ask(&proxy.url(LOGIN)) {
            ran.never_says("CANARY");
            let answer = ran.code(0).json();
            assert!(!answer.as_array().unwrap().is_empty());
        }
        let (_portal, config) = sandbox(&[]);
        let url = proxy.url(LOGIN);
        let ran = ti(&["--proxy", &url, "config", "check", "kaspersky"])
            .config(&config)
            .ends(0);
        ran.shows("(the proxy) in");
        ran.shows("✓ login");
        ran.never_shows("CANARY");
    }
}

#[test]
fn a_proxy_that_does_not_know_the_login_is_the_one_to_blame() {
    for proxy in proxies() {
        let [lookup, list] = ask(&proxy.url(""));
        // tinyproxy has 401 for a wrong login over plain HTTP, as a service would.
        let [_, wrong] = ask(&proxy.url("user:CANARY-other@"));
        for ran in [lookup, list, wrong] {
            let ran = ran.code(5);
            let said = "the proxy refused the connection to 127.0.0.1";
            ran.says(said);
            ran.says("its user and password");
            ran.never_says("CANARY");
        }
        let (_portal, config) = sandbox(&[]);
        let url = proxy.url("user:CANARY-other@");
        let ran = ti(&["--proxy", &url, "config", "check", "kaspersky"])
            .config(&config)
            .ends(5);
        ran.shows("✗ proxy");
    }
}

/// The variables that curl reads.
#[test]
fn variables_name_a_proxy_and_what_needs_none() {
    for proxy in proxies() {
        let (_portal, config) = sandbox(&[]);
        let ran = |no_proxy: &str| {
            ti(&["kaspersky", "list", "--json"])
                .config(&config)
                .env("ALL_PROXY", &proxy.url("user:wrong@"))
                .env("NO_PROXY", no_proxy)
                .run()
        };
        ran("example.org").code(5).says("the proxy refused");
        ran("example.org,127.0.0.1").code(0);
        ran("*").code(0);
        ran("example.org, *").code(0);
    }
}

/// Nobody refused: there is nobody. The endpoint is not to blame, nor a password.
#[test]
fn a_proxy_that_is_not_there_is_named() {
    let port = free_port();
    for scheme in ["http", "socks5", "socks5h"] {
        for endpoint in ["http://192.0.2.1/", "https://192.0.2.1/"] {
            let ran = ti(&["kti", "search", "evil.com", "--retries", "0"])
                .kti(endpoint)
                .env("TI_KTI_PROXY", &format!("{scheme}://127.0.0.1:{port}"))
                .ends(5);
            let said = format!("cannot connect to the proxy 127.0.0.1:{port}");
            assert!(
                ran.stderr.contains(&said),
                "{scheme} {endpoint}: {}",
                ran.stderr
            );
            ran.says("check the proxy's address");
        }
    }
}

/// A proxy that hangs up once is asked again; it has refused nothing.
#[test]
fn a_tunnel_that_is_lost_is_dug_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let answering = std::thread::spawn(move || {
        let mut asked = 0;
        for stream in listener.incoming().take(2) {
            // Closed before it has said anything.
            drop(stream.unwrap());
            asked += 1;
        }
        asked
    });
    let ran = ti(&["kti", "search", "evil.com", "--retries", "1"])
        .kti("https://192.0.2.1/")
        .env("TI_KTI_PROXY", &format!("http://127.0.0.1:{port}"))
        .ends(5);
    ran.says("tried 2 times");
    assert_eq!(answering.join().unwrap(), 2);
}

/// What is typed for a trial does not leave the machine, whatever the environment says.
#[test]
fn the_demo_needs_no_proxy_and_tells_none() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let variables = [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
        "TI_KTI_PROXY",
        "TI_KASPERSKY_PROXY",
        "TI_BRCTI_PROXY",
    ];
    for arguments in [
        &["--demo", "kti", "search", "evil.com"][..],
        &["--demo", "kaspersky", "list"],
        &["--demo", "brcti", "geo"],
        &["--demo", "config", "check"],
        &["--demo", "--proxy", &proxy, "kti", "search", "evil.com"],
    ] {
        let run = variables
            .iter()
            .fold(ti(arguments), |run, name| run.env(name, &proxy));
        let ran = run.config("").ends(0);
        let said = ran.stderr.contains("warning: --proxy is left out");
        assert_eq!(said, arguments.contains(&"--proxy"), "{}", ran.stderr);
    }
    let came = listener.accept().map(drop);
    assert_eq!(came.unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

/// Nobody is asked, neither the service nor a proxy: the way that was meant is not there.
#[test]
fn a_proxy_that_cannot_be_used_is_not_gone_around() {
    let service = TcpListener::bind("127.0.0.1:0").unwrap();
    service.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}/", service.local_addr().unwrap());
    let run = |variable: &str, value: &str, arguments: &[&str]| {
        ti(&[arguments, &["kti", "search", "evil.com", "--retries", "0"]].concat())
            .kti(&endpoint)
            .env(variable, value)
            .run()
    };
    for value in [
        "htp://127.0.0.1:1",
        "socks5h//127.0.0.1:1",
        " http://127.0.0.1:1",
        "http://127.0.0.1:1 ",
        "socks://127.0.0.1:1",
        "http:/127.0.0.1:1",
        "//127.0.0.1:1",
        "http://",
        "http://:1",
        "http://127.0.0.1:99999",
        "http://user:CANARY/x@127.0.0.1:1",
        "http://user:CANARY#x@127.0.0.1:1",
        "3128",
        "DIRECT; PROXY x",
    ] {
        for variable in [
            "ALL_PROXY",
            "all_proxy",
            "http_proxy",
            "HTTP_PROXY",
            "TI_KTI_PROXY",
        ] {
            let ran = run(variable, value, &[]).code(3);
            let said = format!("error: {variable}: this proxy cannot be used");
            assert!(ran.stderr.starts_with(&said), "{value}: {}", ran.stderr);
            ran.never_says("CANARY");
        }
        let ran = run("X", "", &["--proxy", value]).code(3);
        ran.says("--proxy: this proxy");
    }
    // A variable that does not matter does not.
    run("HTTPS_PROXY", "htp://x", &["--timeout", "50ms"]).code(5);
    assert!(service.accept().is_ok());
    let unused = ti(&words("kti search evil.com --retries 0 --timeout 50ms"))
        .kti(&endpoint)
        .env("ALL_PROXY", "htp://x")
        .env("NO_PROXY", "127.0.0.0/8")
        .run();
    unused.code(5);
    assert!(service.accept().is_ok());
    assert!(service.accept().is_err(), "somebody else asked");
}

#[test]
fn a_proxy_whose_name_leads_nowhere_is_the_one_to_blame() {
    for scheme in ["http", "socks5", "socks5h"] {
        for endpoint in ["http://192.0.2.1/", "https://192.0.2.1/"] {
            let ran = ti(&["kti", "search", "evil.com", "--retries", "0"])
                .kti(endpoint)
                .env("TI_KTI_PROXY", &format!("{scheme}://proxy.invalid:1"))
                .ends(5);
            let said = "the proxy proxy.invalid has no address";
            assert!(
                ran.stderr.contains(said),
                "{scheme} {endpoint}: {}",
                ran.stderr
            );
        }
    }
}

/// Also the token in the place of a user, with something short for a password, or percent-encoded.
#[test]
fn a_login_that_a_proxy_echoes_shows_nowhere() {
    for login in [
        "CANARY-1",
        "CANARY-1:x",
        "CANARY-1:",
        "CANARY%2D1:-",
        "CANARY-0123456789:api-key",
    ] {
        let echo = login.split(':').next().unwrap().replace("%2D", "-");
        for (status, content) in [(403, "text/plain"), (200, "text/html"), (407, "text/plain")] {
            let body = format!("<html><title>no {echo}</title>");
            let mock = Mock::start(move |_| Reply::new(status, content, body.clone()));
            let proxy = mock.url().replace("http://", &format!("http://{login}@"));
            let arguments = ["-vv", "kti", "search", "evil.com", "--json"];
            let ran = ti(&arguments)
                .kti("http://kti.example/")
                .env("HTTP_PROXY", &proxy)
                .run();
            let shown = ran.stdout + &ran.stderr;
            assert!(!shown.contains("CANARY"), "{login}: {shown}");
        }
    }
}

#[test]
fn a_login_of_a_proxy_shows_nowhere() {
    for proxy in [
        "http://ann:CANARY@127.0.0.1:9",
        "ann:CANARY@127.0.0.1:9",
        "http://CANARY@127.0.0.1:9",
        "http://CANARY:x-oauth@127.0.0.1:9",
        "u%3ACANARY@127.0.0.1:9",
        "socks5h://CANARY:@127.0.0.1:9",
    ] {
        let config = format!(
            "[profile.w.kti]\naccess_key = \"a\"\nsecret_key = \"bcdef\"\nretries = 0\nproxy = \"{proxy}\"\n"
        );
        for arguments in [
            &["config", "show", "kti"][..],
            &["config", "show", "kti", "--json"],
            &["-vv", "config", "check", "kti", "--json"],
            &["-vv", "kti", "search", "evil.com"],
        ] {
            let ran = ti(arguments).config(&config).run();
            let shown = ran.stdout + &ran.stderr;
            assert!(!shown.contains("CANARY"), "{shown}");
            assert!(
                arguments[1] != "show" || shown.contains("://redacted@"),
                "{shown}"
            );
        }
        #[cfg(unix)]
        {
            let mut run =
                ti(&["config", "show"]).config(&format!("[profile.w.kti]\nproxy = \"{proxy}\"\n"));
            let path = run.path("config/ti/config.toml");
            chmod(&path, 0o644);
            run.ends(3).says("others can read it");
        }
    }
    for endpoint in ["htps://ann:CANARY@h.example/", "ann:CANARY@h.example"] {
        let ran = ti(&["config", "show"])
            .env("TI_KTI_ENDPOINT", endpoint)
            .ends(3);
        ran.never_says("CANARY");
        ran.says("(redacted)@h.example");
    }
    for endpoint in ["https://CANARY@h.example/", "https://ann:CANARY@h.example/"] {
        let shown = ti(&["config", "show", "kti", "--csv"])
            .env("TI_KTI_ENDPOINT", endpoint)
            .ends(3);
        shown.says("TI_KTI_ENDPOINT: endpoint must not hold");
        shown.never_says("CANARY").never_shows("CANARY");
    }
}

/// `http://` to another machine: said on each run, and when the way is checked.
#[test]
fn a_login_without_encryption_is_warned_of() {
    let proxy = Mock::start(|_| Reply::json(200, r#"{"IntelInfo":{"RetCode":2}}"#));
    let run = |arguments: &[&str], endpoint: &str| {
        ti(arguments)
            .kti(endpoint)
            .env("http_proxy", &proxy.url())
            .ends(0)
    };
    let said = "requests to http://gw.example go unencrypted";
    let ran = run(
        &["kti", "search", "evil.com", "b.example"],
        "http://gw.example/",
    );
    assert_eq!(ran.stderr.matches(said).count(), 1, "{}", ran.stderr);
    let ran = run(&["config", "check", "kti"], "http://gw.example/");
    let shown = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        shown.contains(&format!("! endpoint {said}")),
        "{}",
        ran.stdout
    );
    let ran = run(&["kti", "search", "evil.com"], "http://127.0.0.1:9/");
    ran.never_says("unencrypted");
}
