//! Whom `ti` trusts, shown by a TLS server that is not rustls: `openssl s_server`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};

use crate::support::{Ran, Running, has_tool, ti, words};

pub struct Authority {
    pub pem: String,
    issuer: Issuer<'static, KeyPair>,
}

pub fn authority(name: &str) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    Authority {
        pem,
        issuer: Issuer::new(params, key),
    }
}

/// A server with a certificate for `name` by the authority; it answers with a page of its own.
pub struct Server {
    _process: Running,
    pub port: String,
}

pub fn serve(authority: &Authority, name: &str, expired: bool) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![name.to_string()]).unwrap();
    if expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2020, 2, 1);
    }
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    fs_write(folder.path(), "server.pem", &certificate.pem());
    fs_write(folder.path(), "server.key", &key.serialize_pem());
    s_server(folder.path(), "server")
}

/// A server that shows `NAME.pem` of this folder, which it reads once.
fn s_server(folder: &Path, name: &str) -> Server {
    let line = format!("s_server -accept 127.0.0.1:0 -www -cert {name}.pem -key {name}.key");
    let mut child = Command::new("openssl")
        .args(words(&line))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It says `ACCEPT 127.0.0.1:43211` when it listens.
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let accept = lines.find_map(|line| line.unwrap().strip_prefix("ACCEPT ").map(str::to_string));
    Server {
        port: accept.unwrap().rsplit(':').next().unwrap().to_string(),
        _process: Running(child),
    }
}

fn ask(server: &Server, arguments: &[&str], variables: &[(&str, &Path)]) -> Ran {
    let all = [&["kti", "search", "evil.com", "--retries", "0"], arguments].concat();
    let mut run = ti(&all).kti(&format!("https://127.0.0.1:{}/", server.port));
    for (name, value) in variables {
        run = run.env(name, value.to_str().unwrap());
    }
    run.run()
}

#[test]
fn a_server_is_trusted_by_any_store_and_by_none_unasked() {
    if !has_tool("openssl", "whom ti trusts") {
        return;
    }
    let (known, other) = (authority("known"), authority("other"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("known.pem"), &known.pem).unwrap();
    std::fs::write(path("other.pem"), &other.pem).unwrap();
    std::fs::create_dir(path("store")).unwrap();
    std::fs::write(path("store/known.pem"), &known.pem).unwrap();
    std::fs::create_dir(path("empty")).unwrap();
    let (known_pem, other_pem) = (path("known.pem"), path("other.pem"));
    let cacert = |path: &'_ Path| ["--cacert".to_string(), path.display().to_string()];
    let server = serve(&known, "127.0.0.1", false);
    let none = ("SSL_CERT_DIR", path("empty"));
    // What is trusted answers with a page that is no answer of KTI: exit 6.
    for (flags, variables, code) in [
        (vec![], vec![], 5),
        (cacert(&known_pem).to_vec(), vec![], 6),
        (cacert(&known_pem).to_vec(), vec![none.clone()], 6),
        (cacert(&other_pem).to_vec(), vec![], 5),
        (
            cacert(&other_pem).to_vec(),
            vec![("SSL_CERT_FILE", known_pem.clone())],
            6,
        ),
        (vec![], vec![("SSL_CERT_FILE", known_pem.clone())], 6),
        (vec![], vec![("SSL_CERT_DIR", path("store"))], 6),
        (
            vec![],
            vec![
                ("SSL_CERT_FILE", other_pem.clone()),
                ("SSL_CERT_DIR", path("store")),
            ],
            6,
        ),
        (
            vec![],
            vec![("SSL_CERT_FILE", other_pem.clone()), none.clone()],
            5,
        ),
        (vec![], vec![("SSL_CERT_FILE", path("gone.pem"))], 5),
    ] {
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, path)| (*name, path.as_path()))
            .collect();
        let ran = ask(&server, &flags, &variables).code(code);
        let says = if code == 5 {
            "pass its certificate: --cacert FILE"
        } else {
            "HTML page"
        };
        assert!(
            ran.stderr.contains(says),
            "{flags:?} {variables:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_certificate_that_is_not_right_is_refused_with_the_reason() {
    if !has_tool("openssl", "certificates that are not right") {
        return;
    }
    let known = authority("known");
    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("known.pem");
    std::fs::write(&pem, &known.pem).unwrap();
    for (name, expired, says) in [
        (
            "127.0.0.1",
            true,
            "its certificate has expired, or this machine's clock is wrong",
        ),
        (
            "other.example",
            false,
            "its certificate is for another name",
        ),
    ] {
        let server = serve(&known, name, expired);
        let ran = ask(&server, &["--cacert", pem.to_str().unwrap()], &[]).code(5);
        ran.says(says);
    }
}

#[test]
fn an_authority_made_anew_under_its_old_name_is_not_the_one_that_is_trusted() {
    if !has_tool("openssl", "an authority made anew") {
        return;
    }
    let (old, new) = (authority("company"), authority("company"));
    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("old.pem");
    std::fs::write(&pem, &old.pem).unwrap();
    let server = serve(&new, "127.0.0.1", false);
    let ran = ask(&server, &["--cacert", pem.to_str().unwrap()], &[]).code(5);
    ran.says("renew the file of --cacert");
}

/// `openssl req` and `openssl x509` with these words, in this folder.
fn openssl(folder: &Path, line: &str) {
    let ran = Command::new("openssl")
        .args(line.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "openssl {line}: {said}");
}

/// What people have who made a certificate for their own server.
#[test]
fn each_certificate_that_is_refused_says_why() {
    if !has_tool("openssl", "certificates that are refused") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let ec = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    let name = "-subj /CN=x -addext subjectAltName=IP:127.0.0.1";
    // An authority of our own, and what it signs.
    openssl(
        folder,
        &format!("req -x509 {ec} -keyout ca.key -out ca.pem -subj /CN=ca -days 9"),
    );
    fs_write(
        folder,
        "purpose.cnf",
        "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=clientAuth\n",
    );
    fs_write(
        folder,
        "leaf.cnf",
        "subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n",
    );
    for (leaf, extra) in [
        ("v1", ""),
        ("purpose", " -extfile purpose.cnf"),
        ("good", " -extfile leaf.cnf"),
    ] {
        openssl(
            folder,
            &format!("req {ec} -keyout {leaf}.key -out {leaf}.csr -subj /CN=x"),
        );
        openssl(
            folder,
            &format!(
                "x509 -req -in {leaf}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 9 -out {leaf}.pem{extra}"
            ),
        );
    }
    openssl(
        folder,
        &format!("req -x509 {ec} -keyout own.key -out own.pem {name} -days 9"),
    );
    openssl(
        folder,
        &format!(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp256k1 -nodes -keyout curve.key -out curve.pem {name} -days 9"
        ),
    );
    openssl(
        folder,
        &format!(
            "req -x509 {ec} -keyout other.key -out other.pem -subj /CN=x -addext subjectAltName=DNS:other.example -days 9"
        ),
    );
    for (shown, cacert, code, says) in [
        ("good", "ca", 6, "HTML page"),
        // What `openssl req -x509` makes, known itself.
        ("own", "own", 6, "HTML page"),
        ("other", "other", 5, "it is for another name"),
        ("own", "ca", 5, "it is an authority's own (CA:TRUE)"),
        ("v1", "ca", 5, "it is of X.509 version 1"),
        (
            "purpose",
            "ca",
            5,
            "it is for another purpose than a server's",
        ),
        ("curve", "curve", 5, "have no way of TLS in common"),
    ] {
        let server = s_server(folder, shown);
        let cacert = folder.join(format!("{cacert}.pem"));
        let ran = ask(&server, &["--cacert", cacert.to_str().unwrap()], &[]).code(code);
        assert!(ran.stderr.contains(says), "{shown}: {}", ran.stderr);
        assert!(
            !ran.stderr.contains("cannot reach"),
            "{shown}: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains("hint:"), "{shown}: {}", ran.stderr);
    }
}

fn fs_write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}
