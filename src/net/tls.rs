//! Whom to trust: the system's roots, and those of `--cacert`. Verification is never off.
//! And who we are, where a service asks.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::error::{Error, Kind, Result};
use crate::note::{Notes, Weight};

use super::identity::Identity;

pub(super) fn config(
    cacert: Option<&str>,
    identity: Option<&Identity>,
    notes: &dyn Notes,
) -> Result<ClientConfig> {
    let mut roots = system_roots(notes);
    if let Some(path) = cacert {
        add_file(Path::new(path), &mut roots)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(Kind::Internal, "cannot set up TLS").caused_by(&error))?
        .with_root_certificates(roots);
    Ok(match identity {
        Some(identity) => builder.with_client_cert_resolver(identity.resolver()),
        None => builder.with_no_client_auth(),
    })
}

fn system_roots(notes: &dyn Notes) -> RootCertStore {
    let loaded = load_system();
    let mut roots = RootCertStore::empty();
    let (_, unreadable) = roots.add_parsable_certificates(loaded.certs);
    if roots.is_empty() {
        let why = loaded
            .errors
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        notes.warning(&format!(
            "this machine has no certificate authorities to trust ({why}); \
             install its ca-certificates package, or pass --cacert FILE"
        ));
    } else if unreadable > 0 {
        notes.say(
            Weight::Trace,
            &format!("{unreadable} certificates of the system's store are unreadable"),
        );
    }
    roots
}

/// Linux keeps each certificate twice, in one bundle and in a folder of single files; reading
/// the bundle alone takes half the time. `SSL_CERT_FILE` and `SSL_CERT_DIR` hold as everywhere.
#[cfg(target_os = "linux")]
fn load_system() -> rustls_native_certs::CertificateResult {
    let named = |variable| std::env::var_os(variable).is_some();
    match openssl_probe::probe().cert_file {
        Some(bundle) if !named("SSL_CERT_FILE") && !named("SSL_CERT_DIR") => {
            rustls_native_certs::load_certs_from_paths(Some(&bundle), None)
        }
        _ => rustls_native_certs::load_native_certs(),
    }
}

#[cfg(not(target_os = "linux"))]
fn load_system() -> rustls_native_certs::CertificateResult {
    rustls_native_certs::load_native_certs()
}

fn add_file(path: &Path, roots: &mut RootCertStore) -> Result<()> {
    let refused = || {
        Error::config(format!("cacert {}: cannot be used", path.display()))
            .hint("it must be a PEM file with one or more certificates")
    };
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| refused().caused_by(&error))?;
    let mut count = 0;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| refused().caused_by(&error))?;
        roots
            .add(certificate)
            .map_err(|error| refused().caused_by(&error))?;
        count += 1;
    }
    match count {
        0 => Err(refused().cause("there is no certificate in it")),
        _ => Ok(()),
    }
}
