//! Every form that a certificate comes in, made by `openssl`, and a TLS peer that is not ours.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::portal::{certificate, config};
use crate::support::{Ran, Running, Ti, free_port, has_tool, ti, words};

fn has_openssl() -> bool {
    has_tool("openssl", "certificates by openssl")
}

/// Runs `openssl`; none where this build of it cannot do that.
fn try_openssl(folder: &Path, line: &str) -> Option<()> {
    let ran = Command::new("openssl")
        .args(words(line))
        .current_dir(folder)
        .output()
        .unwrap();
    if !ran.status.success() {
        eprintln!("openssl {line}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    ran.status.success().then_some(())
}

#[track_caller]
fn openssl(folder: &Path, line: &str) {
    assert!(try_openssl(folder, line).is_some(), "openssl {line}");
}

/// `NAME.pem` and `NAME.key`, self-signed, no authority.
fn issue(folder: &Path, name: &str, key: &str) {
    fs::write(
        folder.join("req.cnf"),
        "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=analyst\n\
         [ext]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName=IP:127.0.0.1\n",
    )
    .unwrap();
    openssl(
        folder,
        &format!(
            "req -x509 -config req.cnf -newkey {key} -nodes -keyout {name}.key -out {name}.pem -days 365"
        ),
    );
}

const EC: &str = "ec -pkeyopt ec_paramgen_curve:prime256v1";

/// `ti config check kaspersky` with these settings on top of the login: `certificate=FILE pw`.
fn check(folder: &Path, line: &str) -> Ti {
    let settings = words(line).into_iter();
    let settings = settings.map(|word| match word.split_once('=') {
        Some((name, file)) => format!("{name} = {:?}\n", folder.join(file)),
        None => format!("certificate_password = {word:?}\n"),
    });
    let login = config(&[("username", "user"), ("password", "secret")]);
    let config = login + &settings.collect::<String>();
    ti(&["config", "check", "kaspersky", "--json"]).config(&config)
}

/// What `config check` says of the certificate. The way goes on to a service that is not there.
fn certificate_step(ran: &Ran) -> Value {
    let steps = ran.json();
    let mut steps = steps.as_array().unwrap().iter();
    let step = steps.find(|step| {
        step["step"] == "certificate"
            || step["error"]["message"].to_string().contains("certificate")
    });
    step.unwrap_or_else(|| panic!("{}", ran.stdout)).clone()
}

#[test]
fn every_form_of_a_certificate_is_taken() {
    if !has_openssl() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    issue(folder, "ec", EC);
    issue(folder, "rsa", "rsa:2048");
    for line in [
        "rsa -in rsa.key -traditional -out pkcs1.key",
        "ec -in ec.key -out sec1.key",
        "pkcs8 -topk8 -in ec.key -v2 aes-256-cbc -passout pass:pw -out aes.key",
        "pkcs8 -topk8 -in rsa.key -v2 des3 -v2prf hmacWithSHA1 -passout pass:pw -out des3.key",
        "pkcs8 -topk8 -in ec.key -scrypt -passout pass:pw -out scrypt.key",
        "pkcs12 -export -inkey ec.key -in ec.pem -passout pass:pw -out new.pfx",
        "pkcs12 -export -inkey rsa.key -in rsa.pem -passout pass:pw -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 -out 3des.p12",
        "pkcs12 -in new.pfx -passin pass:pw -passout pass:pw -out converted.pem",
        "pkcs12 -in new.pfx -passin pass:pw -nodes -out plain.pem",
    ] {
        openssl(folder, line);
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    fs::write(
        folder.join("key-first.pem"),
        read("ec.key") + &read("ec.pem"),
    )
    .unwrap();
    // Other certificates may stand before the client's own.
    fs::write(
        folder.join("chain.pem"),
        read("rsa.pem") + &read("ec.pem") + &read("sec1.key"),
    )
    .unwrap();

    let mut forms = vec![
        "certificate=key-first.pem",
        "certificate=chain.pem",
        "certificate=plain.pem",
        "certificate=ec.pem certificate_key=ec.key",
        "certificate=rsa.pem certificate_key=pkcs1.key",
        "certificate=ec.pem certificate_key=sec1.key",
        "certificate=ec.pem certificate_key=aes.key pw",
        "certificate=rsa.pem certificate_key=des3.key pw",
        "certificate=ec.pem certificate_key=scrypt.key pw",
        "certificate=converted.pem pw",
        "certificate=new.pfx pw",
        "certificate=3des.p12 pw",
    ];
    let legacy = "pkcs12 -export -legacy -inkey rsa.key -in rsa.pem -passout pass:pw -out rc2.pfx";
    match try_openssl(folder, legacy) {
        Some(()) => forms.push("certificate=rc2.pfx pw"),
        None => eprintln!("SKIPPED: this openssl has no legacy provider: RC2 was NOT tested"),
    }
    for form in forms {
        let step = certificate_step(&check(folder, form).run());
        assert_eq!(step["status"], "ok", "{form:?}: {step}");
        let detail = step["detail"].as_str().unwrap();
        assert!(
            detail.starts_with("for analyst, by ") && detail.contains(", until 20"),
            "{form:?}: {detail}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_certificate_has_a_sentence_of_its_own() {
    if !has_openssl() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    issue(folder, "one", EC);
    issue(folder, "two", EC);
    for line in [
        "pkcs8 -topk8 -in one.key -passout pass:pw -out encrypted.key",
        "pkcs12 -export -inkey one.key -in one.pem -passout pass:pw -out one.pfx",
    ] {
        openssl(folder, line);
    }
    fs::write(folder.join("text.pfx"), "not a certificate").unwrap();
    for (settings, sentence) in [
        ("certificate=none.pfx", "there is no such file"),
        ("certificate=text.pfx", "it is neither PEM nor PKCS#12"),
        (
            "certificate=one.pfx",
            "it is encrypted and no password is set",
        ),
        ("certificate=one.pfx swordfish", "the password is wrong"),
        ("certificate=one.pem", "there is no private key in it"),
        ("certificate=one.key", "there is no certificate in it"),
        (
            "certificate=one.pem certificate_key=two.key",
            "is not that of this certificate",
        ),
        (
            "certificate=one.pem certificate_key=two.pem",
            "there is no private key in it",
        ),
        (
            "certificate=one.pem certificate_key=encrypted.key",
            "its key is encrypted and no password is set",
        ),
        (
            "certificate=one.pem certificate_key=encrypted.key swordfish",
            "the password is wrong",
        ),
    ] {
        let ran = check(folder, settings).ends(3);
        let said = certificate_step(&ran)["error"]["message"].to_string();
        assert!(said.contains(sentence), "{settings:?}: {said}");
        assert!(!format!("{ran:?}").contains("swordfish"), "{ran:?}");
    }
}

#[test]
fn an_expired_certificate_is_refused_and_one_that_soon_will_be_is_warned_of() {
    for (from, until, status, said) in [
        (-30, -3, "failed", "it expired on "),
        (2, 30, "failed", "it does not hold before "),
        (-30, 10, "warning", "ask for a new one in time"),
        (-30, 300, "ok", "for analyst, by analyst"),
    ] {
        let (certificate, key) = certificate("analyst", from, until);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("c.pem"), certificate + &key).unwrap();
        let step = certificate_step(&check(folder.path(), "certificate=c.pem").run());
        assert_eq!(step["status"], status, "{step}");
        assert!(step.to_string().contains(said), "{step}");
    }
}

#[test]
fn what_is_missing_is_said_before_anything_is_sent() {
    for (settings, name) in [
        (
            vec![("password", "swordfish"), ("certificate", "c.pem")],
            "username",
        ),
        (
            vec![("username", "u"), ("certificate", "c.pem")],
            "password",
        ),
        (
            vec![("username", "u"), ("password", "swordfish")],
            "certificate",
        ),
    ] {
        let ran = ti(&["kaspersky", "list"])
            .config(&config(&settings))
            .ends(3);
        let sentence = format!("error: kaspersky needs the setting {name}, which is not set");
        assert!(ran.stderr.starts_with(&sentence), "{}", ran.stderr);
    }
}

/// Whether somebody listens there. To connect would take what the server is to say.
fn is_open(port: u16) -> bool {
    match fs::read_to_string("/proc/net/tcp") {
        Ok(sockets) => sockets.contains(&format!(":{port:04X} 00000000:0000 0A")),
        Err(_) => TcpStream::connect(("127.0.0.1", port)).is_ok(),
    }
}

/// A server of openssl's with the certificate of that name, and its port.
fn s_server(folder: &Path, more: &str) -> (Running, u16) {
    let port = free_port();
    let line = format!("s_server -quiet -cert server.pem -key server.key{more}");
    let mut server = Running(
        Command::new("openssl")
            .args(words(&line))
            .args(["-accept", &format!("127.0.0.1:{port}")])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    while !is_open(port) {
        assert!(server.0.try_wait().unwrap().is_none(), "s_server ended");
        std::thread::yield_now();
    }
    (server, port)
}

/// A run that shows the certificate of this client.
fn showing(client: &str, folder: &Path, port: u16) -> Ti {
    let path = |name: &str| folder.join(name).display().to_string();
    ti(&["kaspersky", "list", "--json", "--retries", "0"]).config(&config(&[
        ("endpoint", &format!("https://127.0.0.1:{port}")),
        ("cacert", &path("server.pem")),
        ("username", "user"),
        ("password", "secret"),
        ("certificate", &path(&format!("{client}.pem"))),
        ("certificate_key", &path(&format!("{client}.key"))),
    ]))
}

/// Something that opens TLS in between has no use for the certificate, and the portal lets nobody
/// in without it.
#[test]
fn whoever_does_not_ask_for_the_certificate_is_not_the_portal() {
    if !has_openssl() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    issue(folder.path(), "server", EC);
    issue(folder.path(), "client", EC);
    for (asks, told) in [("", true), (" -verify 1", false)] {
        let (mut server, port) = s_server(folder.path(), asks);
        let mut stdin = server.0.stdin.take().unwrap();
        let mut asked = server.0.stdout.take().unwrap();
        let answering = std::thread::spawn(move || {
            // It prints what it is asked, and says what it is told.
            asked.read_exact(&mut [0]).unwrap();
            let refusal = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
            stdin.write_all(refusal).unwrap();
            (asked, stdin)
        });
        let ran = showing("client", folder.path(), port).ends(4);
        answering.join().unwrap();
        let sentence = "did not ask for the client certificate: something in between may open TLS";
        assert_eq!(ran.stderr.contains(sentence), told, "{}", ran.stderr);
    }
}

/// A peer that is not rustls, and lets nobody in without the certificate.
#[test]
fn openssl_sees_the_certificate() {
    if !has_openssl() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    issue(folder.path(), "server", EC);
    issue(folder.path(), "client", EC);
    issue(folder.path(), "other", EC);
    let strict = " -CAfile client.pem -Verify 1 -verify_return_error";
    let (mut server, port) = s_server(folder.path(), strict);
    let asking = |client: &str| showing(client, folder.path(), port);
    let refused = asking("other").ends(4);
    refused.says("refuses the client certificate");

    let mut stdin = server.0.stdin.take().unwrap();
    let stderr = BufReader::new(server.0.stderr.take().unwrap());
    let mut asked = server.0.stdout.take().unwrap();
    let answering = std::thread::spawn(move || {
        // It says so once it has seen the certificate and takes it.
        let seen = stderr
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("verify return:1"));
        // An answer before the request would be none. It prints what it is asked.
        asked.read_exact(&mut [0]).unwrap();
        let body = r#"{"status":"ok","status_msg":"","return_data":{"count":0,"publications":[]}}"#;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        stdin.write_all(format!("{head}{body}").as_bytes()).unwrap();
        stdin.flush().unwrap();
        (seen, stdin, asked)
    });
    let answered = asking("client").ends(0);
    assert_eq!(answered.stdout, "[]\n");
    assert!(answering.join().unwrap().0);
}

/// Forms that another program has to convert: each says so, with the command; and two that need
/// no converting.
#[test]
fn what_has_to_be_converted_says_how() {
    if !has_openssl() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    issue(folder, "one", EC);
    issue(folder, "rsa", "rsa:2048");
    openssl(
        folder,
        "pkcs12 -export -inkey one.key -in one.pem -passout pass:pw -out one.p12",
    );
    let mut p12 = fs::read(folder.join("one.p12")).unwrap();
    p12.extend(b"\r\n");
    fs::write(folder.join("newline.p12"), &p12).unwrap();
    // The same length in the form that only BER has; what is in it is not looked at.
    let indefinite = [&[0x30, 0x80][..], &p12[4..], &[0, 0]].concat();
    fs::write(folder.join("ber.p12"), indefinite).unwrap();
    // As pk12util of NSS writes it.
    fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/nss.p12"),
        folder.join("nss.p12"),
    )
    .unwrap();
    for line in [
        "pkcs8 -topk8 -in one.key -v1 PBE-SHA1-3DES -passout pass:pw -out pbes1.key",
        "rsa -in rsa.key -traditional -aes128 -passout pass:pw -out proc.key",
    ] {
        openssl(folder, line);
    }
    // A certificate of version 1, as `openssl x509 -req` makes without an extension.
    for line in [
        "req -new -key one.key -subj /CN=analyst -out one.csr",
        "x509 -req -in one.csr -signkey one.key -days 365 -out v1.pem",
    ] {
        openssl(folder, line);
    }
    // A key beside the certificate that is of no use, and the one that was made of it.
    let old = fs::read_to_string(folder.join("proc.key")).unwrap();
    let with_old = fs::read_to_string(folder.join("rsa.pem")).unwrap() + &old;
    fs::write(folder.join("with_old.pem"), with_old).unwrap();
    openssl(
        folder,
        "pkcs8 -topk8 -in proc.key -passin pass:pw -passout pass:pw -out key.pem",
    );
    for settings in [
        "certificate=newline.p12 pw",
        "certificate=with_old.pem certificate_key=key.pem pw",
        "certificate=v1.pem certificate_key=one.key",
    ] {
        let step = certificate_step(&check(folder, settings).run());
        assert_eq!(step["status"], "ok", "{settings:?}: {step}");
    }
    for (settings, sentence, command) in [
        (
            "certificate=ber.p12 pw",
            "it is encoded in BER",
            "openssl pkcs12 -in",
        ),
        (
            "certificate=nss.p12 pw",
            "it is encoded in BER",
            "openssl pkcs12 -legacy -in",
        ),
        (
            "certificate=with_old.pem pw",
            "encrypted in the old form of OpenSSL",
            "set certificate_key to KEY.pem",
        ),
        (
            "certificate=one.pem certificate_key=pbes1.key pw",
            "encrypted in a way that is not supported",
            "openssl pkcs8 -topk8",
        ),
        (
            "certificate=rsa.pem certificate_key=proc.key pw",
            "encrypted in the old form of OpenSSL",
            "openssl pkcs8 -topk8",
        ),
    ] {
        let ran = check(folder, settings).ends(3);
        let step = certificate_step(&ran);
        assert!(
            step["detail"].to_string().contains(sentence),
            "{settings:?}: {step}"
        );
        assert!(
            step["next"].to_string().contains(command),
            "{settings:?}: {step}"
        );
    }
}

/// Makes each with `openssl`: a file, and what is said where it is set as each of three settings.
#[test]
fn what_is_in_another_form_is_named_with_the_command_that_converts_it() {
    if !has_openssl() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    issue(folder, "own", "rsa:2048");
    for line in [
        "x509 -in own.pem -outform der -out cert.der",
        "pkey -in own.key -outform der -out pkcs8.der",
        "rsa -in own.key -traditional -outform der -out pkcs1.der",
        "pkcs8 -topk8 -in own.key -passout pass:CANARY -outform der -out encrypted.der",
        "crl2pkcs7 -nocrl -certfile own.pem -out chain.p7b",
        "crl2pkcs7 -nocrl -certfile own.pem -outform der -out chain.der",
        "req -config req.cnf -new -key own.key -out request.csr",
        "req -config req.cnf -new -key own.key -outform der -out request.der",
        "pkey -in own.key -pubout -out public.pem",
        "pkey -in own.key -pubout -outform der -out public.der",
        "x509 -in own.pem -trustout -out trusted.pem",
        "ecparam -genkey -name prime256v1 -out ec.pem",
        "ec -in ec.pem -outform der -out sec1.der",
        "pkcs12 -export -inkey own.key -in own.pem -passout pass:pw -out own.p12",
    ] {
        openssl(folder, line);
    }
    let der = fs::read(folder.join("cert.der")).unwrap();
    fs::write(folder.join("cut.der"), &der[..100]).unwrap();
    let pem = fs::read_to_string(folder.join("own.pem")).unwrap();
    let bare: String = pem
        .split_inclusive('\n')
        .filter(|line| !line.starts_with('-'))
        .collect();
    fs::write(folder.join("bare.txt"), bare).unwrap();
    fs::write(folder.join("store.jks"), b"\xfe\xed\xfe\xed\0\0\0\x02").unwrap();
    let openssh =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----\n";
    fs::write(folder.join("id_rsa"), openssh).unwrap();
    fs::write(folder.join("id_rsa.pub"), "ssh-rsa AAAAB3Nz me@home\n").unwrap();
    fs::write(folder.join("empty"), "\n").unwrap();

    let wants_key = "set certificate_key to the private key";
    let no_key = "a private key has no place there";
    let no_command = "from where it was issued";
    // What a certificate, as certificate and as cacert, and a key are converted by.
    let certificate = |command| [command, wants_key, command];
    let key = |command| [command, command, no_key];
    let (is_key, is_pkcs7) = ("it is a private key in DER", "it is PKCS#7 (.p7b)");
    let (is_public, begins) = ("it is a public key", "-----BEGIN CERTIFICATE-----");
    let is_request = "it is a request for a certificate (CSR)";
    let for_request = "whoever issues certificates answers it";
    let bare = "without its -----BEGIN and -----END lines";
    let encrypted = "it is an encrypted private key in DER";
    let x509_of_der = "openssl x509 -inform der";
    let pkcs7_of_der = "openssl pkcs7 -inform der";
    let print_certs = "openssl pkcs7 -print_certs";
    let (import, export) = ("keytool -importkeystore", "keytool -exportcert");
    let of_openssh = "ssh-keygen -p -m PKCS8";
    let no_keys = "openssl pkcs12 -in OLD.pfx -nokeys";
    // As certificate, certificate_key and cacert.
    for (file, what, ways) in [
        (
            "cert.der",
            "it is a certificate in DER",
            certificate(x509_of_der),
        ),
        ("bare.txt", bare, certificate("openssl base64 -d")),
        (
            "trusted.pem",
            "a form of OpenSSL's own",
            certificate("openssl x509 -in"),
        ),
        ("pkcs8.der", is_key, key("openssl pkey -inform der")),
        ("pkcs1.der", is_key, key("openssl pkey -inform der")),
        ("sec1.der", is_key, key("openssl pkey -inform der")),
        ("encrypted.der", encrypted, key("openssl pkcs8 -inform der")),
        ("chain.p7b", is_pkcs7, certificate(print_certs)),
        ("chain.der", is_pkcs7, certificate(pkcs7_of_der)),
        ("request.csr", is_request, [for_request; 3]),
        ("request.der", is_request, [for_request; 3]),
        ("public.pem", is_public, certificate(begins)),
        ("public.der", is_public, certificate(begins)),
        ("id_rsa.pub", is_public, certificate(begins)),
        ("id_rsa", "in the form of OpenSSH", key(of_openssh)),
        (
            "store.jks",
            "it is a keystore of Java",
            [import, import, export],
        ),
        ("own.p12", "PKCS#12", ["", "", no_keys]),
        ("ec.pem", "", ["set certificate_key to it", "", no_key]),
        ("cut.der", "it is cut off", [no_command; 3]),
        ("empty", "it is empty", [no_command; 3]),
    ] {
        let settings = [
            format!("certificate={file}"),
            format!("certificate=own.pem certificate_key={file}"),
            format!("certificate=own.p12 pw cacert={file}"),
        ];
        for (settings, way) in settings.iter().zip(ways).filter(|(_, way)| !way.is_empty()) {
            let ran = check(folder, settings).ends(3);
            for said in [what, way] {
                assert!(
                    ran.stdout.contains(said),
                    "{settings:?}: {said}: {}",
                    ran.stdout
                );
            }
            let of_pkcs12 = ran.stdout.contains("openssl pkcs12");
            assert_eq!(of_pkcs12, file == "own.p12", "{settings:?}: {}", ran.stdout);
        }
    }
}
