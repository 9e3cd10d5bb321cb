//! HTTPS that demands a client certificate, as some services do: with an authority made at
//! start-up, whose certificate and a client's are written where the profile can name them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::WebPkiClientVerifier;
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;

/// The folders of this process, so that an interrupted run can take them away.
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn folders() -> MutexGuard<'static, Vec<PathBuf>> {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes every folder with certificates. For the way out after Ctrl-C only.
pub fn abandon_all() {
    for folder in folders().drain(..) {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Days that the certificates hold.
const VALIDITY: i64 = 365;

pub(super) struct Tls {
    pub acceptor: TlsAcceptor,
    folder: TempDir,
}

impl Tls {
    pub fn new() -> anyhow::Result<Self> {
        // For its owner's eyes only; it goes away with the server.
        let folder = tempfile::Builder::new().prefix("ti-sandbox-").tempdir()?;
        folders().push(folder.path().to_path_buf());
        let acceptor = certify(folder.path())?;
        Ok(Tls { acceptor, folder })
    }

    /// What a profile needs to get in, besides what the service itself wants.
    pub fn settings(&self) -> [(&'static str, String); 2] {
        let path = |name| self.folder.path().join(name).display().to_string();
        [
            ("cacert", path("authority.pem")),
            ("certificate", path("client.pem")),
        ]
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        folders().retain(|folder| folder != self.folder.path());
    }
}

fn certify(folder: &Path) -> anyhow::Result<TlsAcceptor> {
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();

    let mut params = params("ti sandbox authority", today)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate()?;
    let authority = params.self_signed(&key)?;
    fs::write(folder.join("authority.pem"), authority.pem())?;
    let issuer = Issuer::new(params, key);

    let mut params = self::params("ti sandbox client", today)?;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let key = KeyPair::generate()?;
    let client = params.signed_by(&key, &issuer)?;
    let both = client.pem() + &key.serialize_pem();
    fs::write(folder.join("client.pem"), both)?;

    let mut params = self::params("ti sandbox", today)?;
    params.subject_alt_names =
        CertificateParams::new(["127.0.0.1".into(), "localhost".into()])?.subject_alt_names;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let server = params.signed_by(&key, &issuer)?;

    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone()).build()?;
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![server.der().clone()], key.into())?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn params(name: &str, today: Date) -> anyhow::Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    let at = |date: Date| {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        date_time_ymd(date.year().into(), month, day)
    };
    params.not_before = at(today.yesterday()?);
    params.not_after = at(today.checked_add(jiff::Span::new().days(VALIDITY))?);
    Ok(params)
}
