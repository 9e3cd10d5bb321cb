//! Whom to trust: the authorities of `--cacert`, and the system's. Verification is never off.
//! And who we are, where a service asks.

mod certificate;
mod form;
mod identity;
mod observer;
mod pem;
pub(super) mod refusal;
mod trust;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::SectionKind;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::{CertificateResult, load_certs_from_paths};

use crate::config::{Settings, read_small};
use crate::error::{Error, Result};

pub use certificate::Certificate;
use form::Form;
pub(super) use identity::Asked;
pub use identity::Identity;
pub(super) use observer::Observer;
pub use observer::{PeerCertificate, Voucher};
use trust::{Load, Trust};

/// Larger files hold no certificate, whatever they are.
const MAX_FILE: u64 = 1 << 20;

/// The stores of certificate authorities, that of `--cacert` first.
pub(super) fn trust(settings: &Settings) -> Result<Trust> {
    let mut stores = Vec::new();
    let mut own = Vec::new();
    if let Some(path) = settings.text("cacert") {
        let (roots, certificates) = read_cacert(Path::new(path))?;
        let load: Load = Box::new(move || roots.clone());
        stores.push(load);
        own = certificates;
    }
    let is_own = !stores.is_empty();
    stores.extend(system_stores(settings));
    let trust = Trust::new(stores, own, provider());
    let is_https = settings.endpoint().is_ok_and(|url| url.scheme() == "https");
    if is_https && !is_own {
        trust.read_ahead();
    }
    Ok(trust)
}

/// How many authorities the file and the system's stores hold.
pub(super) fn count(settings: &Settings) -> Result<(Option<usize>, usize)> {
    let file = settings.text("cacert");
    let file = file.map(|path| read_cacert(Path::new(path)));
    let file = file.transpose()?.map(|(roots, _)| roots.len());
    // The stores overlap: the fullest one says what there is.
    let system = system_stores(settings)
        .iter()
        .map(|load| load().len())
        .max();
    Ok((file, system.unwrap_or(0)))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

pub(super) fn config(trust: Trust, identity: Option<&Identity>) -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .context("cannot set up TLS")?
        // The verifier is rustls' own, once for each store.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(trust));
    Ok(match identity {
        Some(identity) => builder.with_client_cert_resolver(identity.resolver()),
        None => builder.with_no_client_auth(),
    })
}

/// Linux keeps each certificate twice, in one bundle and in a folder of single files: the bundle
/// comes first and mostly suffices. `SSL_CERT_FILE` and `SSL_CERT_DIR` hold as with OpenSSL.
#[cfg(target_os = "linux")]
fn system_stores(settings: &Settings) -> Vec<Load> {
    let file = settings.env.get_os("SSL_CERT_FILE").map(PathBuf::from);
    let folders = settings.env.folders("SSL_CERT_DIR");
    let (file, folders) = match file.is_none() && folders.is_empty() {
        true => {
            let found = openssl_probe::probe();
            (found.cert_file, found.cert_dir)
        }
        false => (file, folders),
    };
    let from_file = file
        .map(|file| -> Load { Box::new(move || roots(load_certs_from_paths(Some(&file), None))) });
    let from_folder = |folder: std::path::PathBuf| -> Load {
        Box::new(move || roots(load_certs_from_paths(None, Some(&folder))))
    };
    from_file
        .into_iter()
        .chain(folders.into_iter().map(from_folder))
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn system_stores(_: &Settings) -> Vec<Load> {
    vec![Box::new(|| roots(rustls_native_certs::load_native_certs()))]
}

/// What is readable of a store; without a single root no server can be trusted, and the
/// handshake says so.
fn roots(loaded: CertificateResult) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(loaded.certs);
    roots
}

/// The authorities in the file, and all certificates in it as they are.
fn read_cacert(path: &Path) -> Result<(RootCertStore, Vec<CertificateDer<'static>>)> {
    let refused = |why: &str| {
        Error::config(format!("cacert {}: cannot be used", path.display()))
            .cause(why)
            .hint("it must be a PEM file with one or more certificates")
    };
    if !path.exists() {
        return Err(Error::config(format!(
            "cacert {}: there is no such file",
            path.display()
        )));
    }
    let bytes = read_small(path, MAX_FILE).map_err(|error| refused(&error.to_string()))?;
    let mut certificates = Vec::new();
    let mut roots = RootCertStore::empty();
    let sections = pem::sections(&pem::without_boms(&bytes));
    for (kind, der) in sections.map_err(|damage| damage.add_to(refused(damage.why())))? {
        if kind == SectionKind::Certificate {
            let certificate = CertificateDer::from(der);
            roots
                .add(certificate.clone())
                .map_err(|_| refused("a certificate in it is damaged"))?;
            certificates.push(certificate);
        }
    }
    if !roots.is_empty() {
        return Ok((roots, certificates));
    }
    let error = refused("there is no certificate in it");
    Err(match Form::of(&bytes) {
        Some(form) => error.cause(form.what()).hint(form.way_out("cacert")),
        None => error,
    })
}
