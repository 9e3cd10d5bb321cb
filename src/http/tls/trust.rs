//! Which certificate authorities are trusted: several stores, each read only if those before it
//! do not vouch for the server.
//!
//! Reading the system's store takes as long as a server takes to answer. Where it will be needed it
//! is read meanwhile; with `--cacert` it is mostly not needed, and where `SSL_CERT_FILE` and `SSL_CERT_DIR` both name a store they usually hold the
//! same certificates. What is trusted is the union of all stores, as if they were one: a server
//! is accepted if any of them vouches for it.

use std::fmt;
use std::sync::{Arc, LazyLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use crate::system::spawn;

use super::observer::Observer;

/// Reads one store; an empty one vouches for nobody.
pub(super) type Load = Box<dyn Fn() -> RootCertStore + Send + Sync>;

pub(in crate::http) struct Trust {
    stores: Vec<Arc<Store>>,
    /// The certificates of `cacert`: a server that shows one of them is known itself.
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
    /// Told of what was shown, where somebody wants to know.
    observer: Option<Observer>,
}

/// The verifier of one store, which is read when it is first asked; `None` for an empty one.
type Store = LazyLock<Option<Arc<WebPkiServerVerifier>>, Box<Make>>;
type Make = dyn FnOnce() -> Option<Arc<WebPkiServerVerifier>> + Send + Sync;

impl Trust {
    pub(super) fn new(
        loads: Vec<Load>,
        own: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Self {
        let store = |load: Load| {
            let provider = provider.clone();
            let make = move || {
                let roots = Arc::new(load());
                let builder = WebPkiServerVerifier::builder_with_provider(roots, provider);
                builder.build().ok()
            };
            Arc::<Store>::new(LazyLock::new(Box::new(make)))
        };
        Trust {
            stores: loads.into_iter().map(store).collect(),
            own,
            provider,
            observer: None,
        }
    }

    /// Begins to read the first store, which every server is shown to.
    pub(super) fn read_ahead(&self) {
        if let Some(first) = self.stores.first().cloned() {
            // Without a thread to be had it is read when a server is shown to it.
            let _ = spawn(move || drop(LazyLock::force(&first).clone()));
        }
    }

    /// The same trust, under the eyes of an observer.
    pub(in crate::http) fn before(self, observer: Observer) -> Self {
        Trust {
            observer: Some(observer),
            ..self
        }
    }

    fn algorithms(&self) -> &WebPkiSupportedAlgorithms {
        &self.provider.signature_verification_algorithms
    }

    /// Which of the stores vouches for the server, counted from 0, as `verify` asks each.
    fn vouching(
        &self,
        verify: impl Fn(&WebPkiServerVerifier) -> Result<ServerCertVerified, Error>,
    ) -> Result<usize, Error> {
        let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let mut refusal = unknown.clone();
        for (index, store) in self.stores.iter().enumerate() {
            let Some(verifier) = &***store else {
                continue;
            };
            match verify(verifier) {
                Ok(_) => return Ok(index),
                // A store that knows the issuer says what is wrong; one that does not, says less.
                Err(error) if refusal == unknown => refusal = error,
                Err(_) => {}
            }
        }
        Err(refusal)
    }
}

/// What `openssl req -x509` makes is an authority's certificate. Its dates were looked at when
/// this is said of it.
fn is_authority(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(other)) = error else {
        return false;
    };
    format!("{other:?}").contains("CaUsedAsEndEntity")
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let vouching = self.vouching(|store| {
            store.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        });
        let vouching = match vouching {
            Err(error) if is_authority(&error) && self.own.contains(end_entity) => {
                let certificate = ParsedCertificate::try_from(end_entity)?;
                verify_server_name(&certificate, server_name).map(|()| 0)
            }
            vouching => vouching,
        };
        if let Some(observer) = &self.observer {
            observer.see(end_entity, intermediates, vouching.as_ref().ok().copied());
        }
        vouching.map(|_| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, self.algorithms())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, self.algorithms())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms().supported_schemes()
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trust({} stores)", self.stores.len())
    }
}
